"""Which side works: told from a whole rep, for a single frame may be turned round."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from formcheck.features.body import Window, median
from formcheck.features.posture import fits
from formcheck.geometry import Bools, Floats, between, dot, nanmedian
from formcheck.landmarks import LEFT, MIRROR, RIGHT
from formcheck.spec import SideRule

#: One shoulder and hip above the others by so much, torsos in the picture, tells upper from lower.
ORDERED = 0.15
_LEGS = {table[joint] for table in (LEFT, RIGHT) for joint in ("knee", "ankle", "heel", "foot_index")}
#: For every landmark where it is read when the trunk is turned round: the legs stay.
_TURNED = tuple(i if i in _LEGS else mirror for i, mirror in enumerate(MIRROR))
#: Difference in height of the two ankles in the picture, torsos, that tells the planted foot for certain.
PLANTED = 0.5
#: Differences of the legs at the bottom of a lunge that tell the working one for certain: height of shins,
#: torsos, and bend of the knees, degrees, which is the less certain of the two.
SPLIT, BENT = 0.5, 150.0


def evidence(rule: SideRule, window: Window, masks: Mapping[str, Bools]) -> float:
    """How much a rep speaks for the left (positive) or the right side (negative), −1..1.

    Feet and knees are read in the picture: in the world's depth the planted foot is the higher one in one
    bridge of six, at rest, and a lifted knee often no further from its hip than the other.

    Args:
        window: The rep and its rest.
        masks: Its phases, ``(T,)`` each; "rest" and "top" are looked at.
    """
    if rule == "both":
        return 0.0
    if rule in ("moving", "alternating"):
        # Sitting, the chest turns; on the back, both legs travel; in lunges a foot may stay or both may step.
        if rule == "alternating" and fits("seated", window, masks["rest"]):
            return _turned(window, masks)
        if rule == "alternating" and fits("supine", window, masks["rest"]):
            return _stretched(window, masks)
        if rule == "alternating" and fits("standing", window, masks["rest"]):
            return _lunging(window, masks)
        left, right = (_travel(window, masks, table) for table in (LEFT, RIGHT))
        value = (left - right) / max(left + right, 1e-6)
    elif rule == "upper":
        value = median(-window.axes[:, 1, 1])  # the left axis' share of the picture's up
    else:
        lower = window.xy[:, LEFT["ankle"], 1] - window.xy[:, RIGHT["ankle"], 1]  # y is down
        value = (median(lower[masks["rest"]]) + median(lower[masks["top"]])) / 2 / window.torso / PLANTED
    return float(np.clip(value, -1.0, 1.0)) if np.isfinite(value) else 0.0


def put_back(image: Floats, world: Floats) -> tuple[Floats, Floats]:
    """Left and right of a body that lies on its side, the same in all frames of a rep.

    The pose model turns the trunk round now and then, for a second and more: in 16 of 156 sets of the side's
    exercises in a twentieth of the frames and more. But nobody's upper shoulder becomes the lower one in a
    rep. `formcheck.smooth.identity`, which goes frame by frame and knows no posture, has to believe a trunk
    that stays turned; the legs it puts back by themselves, and they are left as they are.

    Args:
        image: ``(T, 33, 4)`` px, px, px, visibility.
        world: ``(T, 33, 3)`` metres.
    """
    y = image[..., 1]
    shoulders, hips = (y[:, RIGHT[joint]] - y[:, LEFT[joint]] for joint in ("shoulder", "hip"))
    over = (shoulders + hips) / 2
    left, right = (image[:, table["shoulder"], :2] - image[:, table["hip"], :2] for table in (LEFT, RIGHT))
    least = ORDERED * median(np.linalg.norm(left + right, axis=-1) / 2)
    turned = (np.abs(over) > least) & (np.sign(over) != np.sign(median(over)))
    if not turned.any():
        return image, world
    image, world = image.copy(), world.copy()
    image[turned], world[turned] = image[turned][:, _TURNED], world[turned][:, _TURNED]
    return image, world


def _turned(window: Window, masks: Mapping[str, Bools]) -> float:
    """How far the hands are turned to the left (positive) or the right of the trunk, −1..1."""
    hands = window.points("wrists", "world") - window.points("shoulders", "world")
    left = dot(hands, window.axes[:, 1])
    value = median(left[masks["top"]]) / max(median(np.linalg.norm(hands, axis=-1)), 1e-6)
    return float(np.clip(2 * value, -1.0, 1.0)) if np.isfinite(value) else 0.0


def _stretched(window: Window, masks: Mapping[str, Bools]) -> float:
    """How much further from the chest the left foot is than the right one, torsos, −1..1."""
    chest = window.points("shoulders", "world")
    left, right = (
        median(np.linalg.norm(window.world[:, table["ankle"]] - chest, axis=-1)[masks["top"]])
        for table in (LEFT, RIGHT)
    )
    trunk = median(np.linalg.norm(window.points("hips", "world") - chest, axis=-1))
    value = (left - right) / max(trunk, 1e-6)
    return float(np.clip(value, -1.0, 1.0)) if np.isfinite(value) else 0.0


def _lunging(window: Window, masks: Mapping[str, Bools]) -> float:
    """Which leg a lunge is done on, −1..1: the one whose shin is more upright, and whose knee bends more.

    The front foot is under its knee, the rear knee is near the floor: 0.5 torsos and more between the shins'
    heights. To the side both slant alike, but one leg stays straight: 60° and more between the knees.
    """
    top = masks["top"]
    shins, bends = [], []
    for table in (LEFT, RIGHT):
        hip, knee, ankle = (table[joint] for joint in ("hip", "knee", "ankle"))
        shins.append(median((window.xy[:, ankle, 1] - window.xy[:, knee, 1])[top]) / window.torso)
        thigh, shin = (window.world[:, b] - window.world[:, a] for a, b in ((hip, knee), (knee, ankle)))
        bends.append(median(between(thigh, shin)[top]))
    value = (shins[0] - shins[1]) / SPLIT + (bends[0] - bends[1]) / BENT
    return float(np.clip(value, -1.0, 1.0)) if np.isfinite(value) else 0.0


def _travel(window: Window, masks: Mapping[str, Bools], table: Mapping[str, int]) -> float:
    """Way of a knee and its ankle between rest and top, px; 0 where they were not seen."""
    leg = window.xy[:, [table["knee"], table["ankle"]]]
    way = np.linalg.norm(nanmedian(leg[masks["top"]]) - nanmedian(leg[masks["rest"]]), axis=-1)
    return float(np.nan_to_num(way).sum())
