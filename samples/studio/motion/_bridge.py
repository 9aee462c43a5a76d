"""What bridges on both feet share: hips that rise until knee, hip and shoulder are in line.

The head lies towards −x. What carries the shoulders, the floor or a bench, is the exercise's `Support`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import SIDES, Body
from samples.studio.motion._supine import (
    ARCHED,
    INCOMPLETE,
    LORDOSIS,
    SUPINE,
    foot_for,
    over_the_line,
    slope,
    tilt_for,
)
from samples.studio.motion.contact import ankle_height, plant, widths
from samples.studio.motion.faults import STILL, FaultInfo, Sway, grown, growth
from samples.studio.rotation import Floats, X, Z, about_x, about_y, across, unit
from samples.studio.skeleton import Pose, Posed
from samples.studio.timing import smooth

WORKING: Final = ("both",)
ANGLE: Final = "hip_angle_deg"
#: Less than that and the hips are not straight.
LEAST: Final = 0.975
#: docs/thresholds.md, Bridges. Knees count from the line between hip and ankle.
FAULTS: Final = {
    "incomplete_extension": INCOMPLETE,
    "back_arch": ARCHED,
    "knee_valgus": FaultInfo("cm", 3, 5, ("left_knee", "right_knee")),
    "uneven_hips": FaultInfo("deg", 10, 15, ("left_hip", "right_hip")),
    "shin_angle": FaultInfo("deg", 15, 25, ("left_ankle", "right_ankle", "left_knee")),
}
#: Faults of how somebody has got ready, there in every rep: a person's way, though a size may be commanded.
SETUP: Final = ("shin_angle",)
#: Share of people who put their feet wrong, and by how much the shin is then off, degrees.
MISPLACED: Final = 0.35
FAR, NEAR = (17.0, 36.0), (-28.0, -17.0)
#: Nearest that a knee's middle comes to the body's, in thicknesses of its inner half.
APART: Final = 1.02


@dataclass(frozen=True)
class Legs:
    """How a person stands on the floor; degrees unless said otherwise.

    Attributes:
        shin: Shin at the top, from the vertical towards the feet.
        straight: How much the hip is short of straight in a full rep.
        width: Ankle's distance from the middle, in half hip widths.
        toes: Toes outwards.
        out: Knees outside the line between hip and ankle, cm.
        favours: The side whose hip sinks: 1 left, −1 right.
        loose: Slope of the hips that a clean rep has.
    """

    shin: float = 2.0
    straight: float = 2.0
    width: float = 1.8
    toes: float = 8.0
    out: float = 1.5
    favours: float = 1.0
    loose: float = 0.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Legs:
        """A random way; some people's feet are too far from the hips, or too near."""
        wrong = rng.uniform(*(FAR if rng.random() < 0.5 else NEAR))
        right = rng.uniform(-6.5, 6.5)
        return cls(
            shin=wrong if rng.random() < MISPLACED else right,
            straight=rng.uniform(-1.5, 2.5),
            width=rng.uniform(1.55, 2.1),
            toes=rng.uniform(0, 18),
            out=rng.uniform(0, 3),
            favours=float(rng.choice([-1, 1])),
            loose=rng.uniform(0, 3),
        )


@dataclass(frozen=True)
class Trunk:
    """The trunk over its support; degrees.

    Attributes:
        tilt: Chest, its lower end up.
        arch: Lower back.
        drop: Slope of the hips, the left one lower.
        sway: Of the living body.
    """

    tilt: Floats
    arch: Floats
    drop: Floats
    sway: Sway


@dataclass(frozen=True, eq=False)
class Support:
    """What carries the shoulders.

    Attributes:
        chest: Puts the shoulders of a pose, whose chest is turned already, where they are carried.
        rest: Tilt of the chest at the start, degrees.
        top: ``(3,)`` middle of the shoulders at the top, m.
    """

    chest: Callable[[Pose, Trunk], None]
    rest: float
    top: Floats


def raise_hips(
    body: Body, depth: ArrayLike, faults: Mapping[str, Any], legs: Legs, support: Support, sway: Sway
) -> Pose:
    """Trunk and legs at a depth ``(T,)``; arms and head are the exercise's."""
    share = np.asarray(depth, np.float64)
    short = np.asarray(faults.get("incomplete_extension", 0.0), np.float64)
    beyond = np.asarray(faults.get("back_arch", 0.0), np.float64)
    drop = legs.favours * grown(share, faults, "uneven_hips", legs.loose)
    feet = _feet(body, legs, support, faults.get("shin_angle", legs.shin))
    inside = np.asarray(faults.get("knee_valgus", 0.0), np.float64)
    out = legs.out - np.where(inside > 0, inside + legs.out, 0.0) * growth(share)
    still = Trunk(np.asarray(support.rest), np.zeros(()), np.zeros(()), STILL)
    low = _hip_angle(_standing(body, legs, support, still, feet, legs.out))
    # Sizes count from straight, whatever the person's own full rep is; small ones lead over to it.
    own = 180 - legs.straight - low
    wrong = np.where(beyond > 0, 180 + beyond, 180 - np.maximum(short, legs.straight)) - low
    target = low + own * share + (wrong * _settled(share) - own * share) * np.minimum((beyond + short) / 3, 1)
    trunk = Trunk(np.zeros_like(target), LORDOSIS * beyond * growth(share), drop, sway)

    def at(tilt: Floats) -> Pose:
        return _standing(body, legs, support, replace(trunk, tilt=tilt), feet, out)

    return at(tilt_for(lambda tilt: _hip_angle(at(tilt)), support.rest, target))


def _settled(share: Floats) -> Floats:
    """The depth, drawn to 1 just below the top, where reps of every amplitude that is counted end."""
    return share + (1 - share) * smooth((share - 0.85) / 0.12)


def trunk_of(body: Body, support: Callable[[Pose, Trunk], None], trunk: Trunk) -> Pose:
    """Pelvis and spine over shoulders that stay where they are carried."""
    sway = trunk.sway
    chest = SUPINE @ about_x(-trunk.tilt)
    pose = Pose(body)
    # A turn about the tilted pelvis' length that slopes the line of the hips by the drop.
    sine = np.sin(np.radians(trunk.drop)) / np.cos(np.radians(trunk.tilt - trunk.arch))
    turn = -np.degrees(np.arcsin(np.clip(sine, -1, 1)))
    pose.spine(-trunk.arch - np.asarray(sway.breath) + sway.flexion, sway.lateral, turn + sway.twist)
    pose.root = chest @ np.swapaxes(pose.rotation("spine_03"), -1, -2)
    support(pose, trunk)
    pose.put(np.zeros(3), np.asarray(sway.shift, np.float64) * (1, 0, 1))
    return pose


def _standing(body: Body, legs: Legs, support: Support, trunk: Trunk, feet: Floats, out: ArrayLike) -> Pose:
    """The trunk on its two planted legs."""
    pose = trunk_of(body, support.chest, trunk)
    near = APART * widths(body).knee_in
    for side, sign in zip(SIDES, (1, -1), strict=True):
        outwards = -sign * Z
        ankle = feet * (1, 1, sign)
        hip = pose.place(f"thigh_{side}")
        axis = unit(ankle - hip)
        aside = unit(across(np.broadcast_to(outwards, axis.shape), axis))
        above = sign * np.cross(axis, aside)
        # The knee on its circle about the line from hip to ankle, so many cm outside of it.
        thigh, shin, far = body.length("thigh_l"), body.length("calf_l"), np.linalg.norm(ankle - hip, axis=-1)
        along = (thigh**2 - shin**2 + far**2) / (2 * far)
        radius = np.sqrt(np.maximum(thigh**2 - along**2, 1e-4))
        middle = (hip + along[..., None] * axis) @ outwards
        level = np.maximum(np.asarray(out) / 100, near - middle) / (aside @ outwards)
        turn = np.arcsin(np.clip(level / radius, -0.95, 0.95))
        knee = np.cos(turn)[..., None] * above + np.sin(turn)[..., None] * aside
        plant(pose, side, ankle, about_y(sign * legs.toes) @ X, knee)
    return pose


def _feet(body: Body, legs: Legs, support: Support, lean: ArrayLike) -> Floats:
    """``(..., 3)`` the left ankle: where the shins lean by `lean` when shoulder, hip and knee are in line."""
    shoulder, hip = (body.heads[body.index[f"{b}_l"]] for b in ("upperarm", "thigh"))
    line = float(np.linalg.norm((shoulder - hip)[1:])) + body.length("thigh_l")
    along = foot_for(body, lean, line, support.top)
    half = float(body.offset("pelvis", "thigh_l")[0])
    return np.stack(
        np.broadcast_arrays(along, np.asarray(ankle_height(body)), np.asarray(-legs.width * half)), -1
    )


def _hip_angle(pose: Pose) -> Floats:
    return over_the_line(*(pose.between(b) for b in ("upperarm", "thigh", "calf")))


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` the angle at the hips between shoulders and knees; 180 is straight, degrees."""
    return over_the_line(*(_middle(body, posed, bone) for bone in ("upperarm", "thigh", "calf")))


def measure(body: Body, start: Posed, posed: Posed, style: Any) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults.

    Extension and arch are how far the hips are on either side of straight; valgus how far the knees are
    inside the lines from hips to ankles; uneven the slope of the hips' line since the start; the shins' lean
    counts to either side of the vertical.
    """
    del style
    straight = angle(body, posed) - 180
    shin = _middle(body, posed, "calf") - _middle(body, posed, "foot")
    inside = [_inside(body, posed, side, out) for side, out in zip(SIDES, (-1, 1), strict=True)]
    return {
        "incomplete_extension": np.maximum(-straight, 0),
        "back_arch": np.maximum(straight, 0),
        "knee_valgus": 100 * np.mean(inside, 0),
        "uneven_hips": np.abs(slope(body, posed) - slope(body, start)),
        "shin_angle": np.abs(np.degrees(np.arctan2(shin[:, 0], shin[:, 1]))),
    }


def _inside(body: Body, posed: Posed, side: str, outwards: int) -> Floats:
    """How far a knee is inside the line from hip to ankle, level, m."""
    hip, knee, ankle = (posed.position[:, body.index[f"{b}_{side}"]] for b in ("thigh", "calf", "foot"))
    axis = unit(ankle - hip)
    foot = hip + np.sum((knee - hip) * axis, -1, keepdims=True) * axis
    inside: Floats = -outwards * (knee - foot)[:, 2]
    return inside


def _middle(body: Body, posed: Posed, bone: str) -> Floats:
    middle: Floats = posed.position[:, [body.index[f"{bone}_{s}"] for s in SIDES]].mean(1)
    return middle
