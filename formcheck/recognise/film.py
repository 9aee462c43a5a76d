"""What every frame of a recording shows, as numbers that do not hang on the person's size or place.

Angles and distances between limbs are read in the world, heights in the picture; lengths are torsos.
Distances are read in the picture and in space: the picture is exact where it shows them, and the world goes
on to know them where one limb covers the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from formcheck.features.body import axes, scale
from formcheck.geometry import Floats, between, dot, nanmedian, unit
from formcheck.landmarks import INDEX, LEFT, RIGHT

#: Frames are looked at at most so many times a second: movements take a second, and arrays stay small.
RATE_HZ: Final = 12.0
#: The torso's length is the median over so long, s: as long as a look.
SPAN_S: Final = 5.0

#: What is kept of a number's course over a few seconds.
USUAL, CHANGE, REST = "usual", "change", "at rest"
_LEVEL, _LEVEL_REST = (USUAL, CHANGE), (USUAL, CHANGE, REST)
_WAY, _WAY_REST = (CHANGE,), (CHANGE, REST)

#: Numbers of the whole body. Places in the picture have no level, only a way.
COMMON: Final = {
    "trunk upright": _LEVEL_REST,
    "on the side": _LEVEL,
    "belly up": _LEVEL,
    "shoulders over hips": _LEVEL_REST,
    "hips over ankles": _LEVEL_REST,
    "knees over hips": _LEVEL_REST,
    "wrists over hips": _LEVEL_REST,
    "wrists over knees": _LEVEL_REST,
    "wrists over ankles": _LEVEL_REST,
    "head over hips": _LEVEL,
    "shoulders over ankles": _LEVEL,
    "wrists apart": _LEVEL,
    "ankles apart": _LEVEL,
    "knees apart": _LEVEL_REST,
    "feet apart": _LEVEL,
    "wrists apart in space": _LEVEL,
    "ankles apart in space": _LEVEL_REST,
    "knees apart in space": _LEVEL_REST,
    "feet apart in space": _LEVEL,
    "ankles apart sideways": _LEVEL_REST,
    "knees apart sideways": _LEVEL_REST,
    "knees wider than hands": _LEVEL,
    "thighs apart": _LEVEL_REST,
    "elbows bent": _LEVEL,
    "arms from the trunk": _LEVEL,
    "arms in front": _LEVEL,
    "shoulders turned against hips": _LEVEL,
    "shoulders turned": _WAY,
    "hands to the head": _LEVEL,
    "hands to the knees": _LEVEL,
    "hands to the hips": _LEVEL,
    "elbow to the other knee": _LEVEL,
    "knees differ": _LEVEL_REST,
    "hips to one foot": _LEVEL,
    "shoulders beside the hips": _LEVEL,
    "hips up": _WAY_REST,
    "hips across": _WAY,
    "shoulders up": _WAY_REST,
    "wrists up": _WAY_REST,
    "wrists across": _WAY,
    "size": _WAY,
}
#: Numbers of each leg.
LEG: Final = {
    "knee bent": _LEVEL_REST,
    "hip bent": _LEVEL_REST,
    "ankle up": _WAY,
    "ankle over hips": _LEVEL_REST,
    "knee up": _WAY_REST,
    "foot across": _WAY,
    "thigh forwards": _LEVEL_REST,
    "thigh outwards": _LEVEL_REST,
    "shin upright": _LEVEL,
    "foot before the other": _LEVEL_REST,
    "foot above the other": _LEVEL_REST,
    "foot above the other in space": _LEVEL_REST,
    "foot beside the other": _LEVEL_REST,
    "toes down": _LEVEL,
    "thigh upright": _LEVEL_REST,
    "foot before the trunk": _LEVEL,
}
COLUMN: Final = {name: i for i, name in enumerate(COMMON)}
LEG_COLUMN: Final = {name: i for i, name in enumerate(LEG)}

_SIDES: Final = ((LEFT, RIGHT, 1.0), (RIGHT, LEFT, -1.0))
_MOVING: Final = [side[j] for side in (LEFT, RIGHT) for j in ("shoulder", "hip", "knee", "ankle", "wrist")]


@dataclass(frozen=True)
class Film:
    """The numbers of every frame with somebody in it, computed once.

    Attributes:
        t: ``(T,)`` seconds.
        common: ``(T, len(COMMON))``.
        legs: ``(T, 2, len(LEG))`` left and right.
        pace: ``(T,)`` how fast the joints move in the picture, torsos a second.
        facing: ``(T, 2)`` where the person looks, level: to the right of the picture and away from it.
        place: ``(T,)`` of the hips across the picture, torsos.
        feet: ``(T, 2, 2)`` ankles from the hips, left and right: to the right of the picture, away from it.
        feet_up: ``(T,)`` of both ankles in the picture, torsos.
        camera: ``(T, 2)`` share of the view's direction on the body's front and head.
    """

    t: Floats
    common: Floats
    legs: Floats
    pace: Floats
    facing: Floats
    place: Floats
    feet: Floats
    feet_up: Floats
    camera: Floats


def film(t: Floats, image: Floats, world: Floats) -> Film:
    """Reads a recording.

    Args:
        t: ``(T,)`` seconds.
        image: ``(T, 33, 2+)`` px, legs repaired; NaN where nobody was seen.
        world: ``(T, 33, 3)`` metres.
    """
    keep = _thin(t)
    keep = keep[np.isfinite(image[keep, :, :2]).all((1, 2)) & np.isfinite(world[keep]).all((1, 2))]
    t, xy, w = t[keep], image[keep, :, :2].astype(np.float64), world[keep].astype(np.float64)
    frame = np.nan_to_num(axes(w))
    px_per_m = np.nan_to_num(scale(xy, w), nan=1.0)
    metres = np.linalg.norm(_middle(w, "shoulder") - _middle(w, "hip"), axis=-1)
    torso, torso_m = np.maximum(_smooth(metres * px_per_m), 1.0), np.maximum(_smooth(metres), 0.1)
    body = w / torso_m[:, None, None]
    seen = _places(xy, torso)
    # Level and to the front: across the shoulders' line, which is level too unless the body lies on its side.
    facing = np.stack([frame[:, 1, 2], np.zeros(len(t)), -frame[:, 1, 0]], axis=1)
    flat = frame[:, 2] * (1, 0, 1)
    facing = np.nan_to_num(unit(np.where(dot(facing, flat)[:, None] < 0, -facing, facing)))
    aside = np.nan_to_num(unit(frame[:, 1] * (1, 0, 1)))
    feet = np.stack([body[:, s["ankle"]] - _middle(body, "hip") for s in (LEFT, RIGHT)], axis=1)
    return Film(
        t,
        _common(seen, body, frame, aside, px_per_m),
        np.stack([_leg(seen, body, frame, facing, aside, *side) for side in _SIDES], axis=1),
        _pace(t, seen),
        facing[:, ::2],
        _middle(seen, "hip")[:, 0],
        feet[..., ::2],
        -_middle(seen, "ankle")[:, 1],
        np.stack([-frame[:, 2, 2], frame[:, 0, 2]], axis=1),
    )


def _common(xy: Floats, w: Floats, frame: Floats, aside: Floats, px_per_m: Floats) -> Floats:
    """``(T, len(COMMON))`` from points in torsos, the trunk's axes and the level direction to its left."""
    up = -xy[..., 1]
    hips, shoulders, wrists, knees, ankles = (
        _middle(up, joint) for joint in ("hip", "shoulder", "wrist", "knee", "ankle")
    )
    gravity = -frame[:, :, 1]
    arms = [w[:, s["elbow"]] - w[:, s["shoulder"]] for s in (LEFT, RIGHT)]
    across_shoulders = w[:, LEFT["shoulder"]] - w[:, RIGHT["shoulder"]]

    def apart(points: Floats, joint: str) -> Floats:
        return np.asarray(np.linalg.norm(points[:, LEFT[joint]] - points[:, RIGHT[joint]], axis=-1))

    def sideways(joint: str) -> Floats:
        return dot(w[:, LEFT[joint]] - w[:, RIGHT[joint]], aside)

    def gap(a: int, b: int) -> Floats:
        return np.asarray(np.linalg.norm(w[:, a] - w[:, b], axis=-1))

    def beside(joint: str, of: str) -> Floats:
        return np.abs(dot(_middle(w, joint) - _middle(w, of), aside))

    values = {
        "trunk upright": gravity[:, 0],
        "on the side": np.abs(gravity[:, 1]),
        "belly up": gravity[:, 2],
        "shoulders over hips": shoulders - hips,
        "hips over ankles": hips - ankles,
        "knees over hips": knees - hips,
        "wrists over hips": wrists - hips,
        "wrists over knees": wrists - knees,
        "wrists over ankles": wrists - ankles,
        "head over hips": up[:, INDEX["nose"]] - hips,
        "shoulders over ankles": shoulders - ankles,
        "wrists apart": apart(xy, "wrist"),
        "ankles apart": apart(xy, "ankle"),
        "knees apart": apart(xy, "knee"),
        "feet apart": apart(xy, "foot_index"),
        "wrists apart in space": apart(w, "wrist"),
        "ankles apart in space": apart(w, "ankle"),
        "knees apart in space": apart(w, "knee"),
        "feet apart in space": apart(w, "foot_index"),
        "ankles apart sideways": sideways("ankle"),
        "knees apart sideways": sideways("knee"),
        "knees wider than hands": np.abs(sideways("knee")) - apart(w, "wrist"),
        "thighs apart": _angle(*(w[:, s["knee"]] - w[:, s["hip"]] for s in (LEFT, RIGHT))),
        "elbows bent": np.mean([_bend(w, s, "shoulder", "elbow", "wrist") for s in (LEFT, RIGHT)], axis=0),
        "arms from the trunk": np.mean([_angle(arm, -frame[:, 0]) for arm in arms], axis=0),
        "arms in front": np.mean([dot(np.nan_to_num(unit(arm)), frame[:, 2]) for arm in arms], axis=0),
        "shoulders turned against hips": _angle(across_shoulders, w[:, LEFT["hip"]] - w[:, RIGHT["hip"]]),
        "shoulders turned": np.degrees(np.unwrap(np.arctan2(across_shoulders[:, 2], across_shoulders[:, 0]))),
        "hands to the head": np.mean([gap(s["wrist"], s["ear"]) for s in (LEFT, RIGHT)], axis=0),
        "hands to the knees": np.min(
            [gap(hand["wrist"], leg["knee"]) for hand in (LEFT, RIGHT) for leg in (LEFT, RIGHT)], axis=0
        ),
        "hands to the hips": np.mean([gap(s["wrist"], s["hip"]) for s in (LEFT, RIGHT)], axis=0),
        "elbow to the other knee": np.minimum(
            gap(LEFT["elbow"], RIGHT["knee"]), gap(RIGHT["elbow"], LEFT["knee"])
        ),
        "knees differ": np.abs(
            _bend(w, LEFT, "hip", "knee", "ankle") - _bend(w, RIGHT, "hip", "knee", "ankle")
        ),
        "hips to one foot": beside("hip", "ankle"),
        "shoulders beside the hips": beside("shoulder", "hip"),
        "hips up": hips,
        "hips across": _middle(xy, "hip")[:, 0],
        "shoulders up": shoulders,
        "wrists up": wrists,
        "wrists across": _middle(xy, "wrist")[:, 0],
        "size": np.log(np.maximum(px_per_m, 1e-3)),
    }
    return np.stack([values[name] for name in COMMON], axis=1)


def _leg(
    xy: Floats,
    w: Floats,
    frame: Floats,
    facing: Floats,
    aside: Floats,
    leg: dict[str, int],
    other: dict[str, int],
    left: float,
) -> Floats:
    """``(T, len(LEG))``; `left` is 1 for the left leg and -1 for the right one."""
    up = -xy[..., 1]
    thigh, shin, foot = (
        np.nan_to_num(unit(w[:, leg[a]] - w[:, leg[b]]))
        for a, b in (("knee", "hip"), ("knee", "ankle"), ("foot_index", "heel"))
    )
    past = w[:, leg["ankle"]] - w[:, other["ankle"]]
    values = {
        "knee bent": _bend(w, leg, "hip", "knee", "ankle"),
        "hip bent": _bend(w, leg, "shoulder", "hip", "knee"),
        "ankle up": up[:, leg["ankle"]],
        "ankle over hips": up[:, leg["ankle"]] - _middle(up, "hip"),
        "knee up": up[:, leg["knee"]],
        "foot across": xy[:, leg["foot_index"], 0],
        "thigh forwards": dot(thigh, frame[:, 2]),
        "thigh outwards": left * dot(thigh, frame[:, 1]),
        "shin upright": -shin[:, 1],
        "foot before the other": dot(past, facing),
        "foot above the other": up[:, leg["ankle"]] - up[:, other["ankle"]],
        "foot above the other in space": -past[:, 1],
        "foot beside the other": left * dot(past, aside),
        "toes down": foot[:, 1],
        "thigh upright": -thigh[:, 1],
        "foot before the trunk": dot(w[:, leg["ankle"]] - _middle(w, "hip"), frame[:, 2]),
    }
    return np.stack([values[name] for name in LEG], axis=1)


def _thin(t: Floats) -> Floats:
    """Indices of frames that are at least a look apart."""
    keep, last = [], -np.inf
    for i, now in enumerate(t):
        if now - last >= 0.9 / RATE_HZ:
            keep.append(i)
            last = now
    return np.array(keep, int)


def _middle(points: Floats, joint: str) -> Floats:
    return np.asarray((points[:, LEFT[joint]] + points[:, RIGHT[joint]]) / 2)


def _angle(u: Floats, v: Floats) -> Floats:
    return np.nan_to_num(between(u, v))


def _bend(w: Floats, side: dict[str, int], a: str, b: str, c: str) -> Floats:
    return _angle(w[:, side[b]] - w[:, side[a]], w[:, side[c]] - w[:, side[b]])


def _smooth(x: Floats) -> Floats:
    """Median of `SPAN_S` around every frame."""
    if not len(x):
        return x
    half = int(SPAN_S * RATE_HZ / 2)
    return np.asarray(
        nanmedian(sliding_window_view(np.pad(x, half, constant_values=np.nan), 2 * half + 1), axis=1)
    )


def _places(xy: Floats, torso: Floats) -> Floats:
    """``(T, 33, 2)`` points in torsos from where the hips were first.

    The torso's length is not the same all the time, so ways are added up: a place over a length that changes
    would move without going anywhere.
    """
    hips = _middle(xy, "hip")
    way = np.zeros_like(hips)
    way[1:] = np.cumsum(np.diff(hips, axis=0) / torso[1:, None], axis=0)
    return np.asarray(way[:, None] + (xy - hips[:, None]) / torso[:, None, None])


def _pace(t: Floats, xy: Floats) -> Floats:
    """Mean speed of the joints, over five frames."""
    if len(t) < 2:
        return np.zeros(len(t))
    ways = np.linalg.norm(np.gradient(xy[:, _MOVING], axis=0), axis=-1).mean(1)
    speed = ways / np.maximum(np.gradient(t), 1e-3)
    return np.convolve(np.pad(speed, 2, mode="edge"), np.ones(5) / 5, "valid")
