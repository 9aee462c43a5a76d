"""Sitting in a machine that the thighs open or close: looking along z, the seat over the origin.

The feet glide at the floor's height, under the knees. A backrest ends every lean back, so trunks only rock
forwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from formcheck.landmarks import INDEX
from samples.studio.body import SIDES, Body
from samples.studio.motion.contact import SINK, ankle_height, cross_arms, trunk_size
from samples.studio.motion.faults import FaultInfo, Sway, grown
from samples.studio.room import Block
from samples.studio.rotation import Floats, X, Y, Z, about_x, unit
from samples.studio.skeleton import Pose, Posed, landmarks

POSTURE: Final = "seated"
ANGLE: Final = "between_thighs_deg"
LEAST: Final = 0.85
WORKING: Final = ("both",)
#: domain.md, 3.4: the trunk's angle changes within the rep.
FAULTS: Final = {
    "trunk_rock": FaultInfo("deg", 10, 20, ("left_shoulder", "right_shoulder", "nose")),
}
#: Thickness of a thigh under its bone, m.
THIGH: Final = 0.075
STEEL: Final = (0.16, 0.16, 0.18)


@dataclass(frozen=True)
class Style:
    """A person's way in a machine; degrees.

    Attributes:
        closed: Each thigh from straight ahead, knees together.
        open: The same, knees apart.
        back: How far the trunk leans back.
        shin: Shins forward of the vertical.
        thigh: Knees above the hips.
        arms: "handles", "crossed" or "lap".
        loose: How far the trunk of a clean rep rocks.
        toes: Feet turned out against the thighs.
    """

    closed: float = 10.0
    open: float = 40.0
    back: float = 10.0
    shin: float = 5.0
    thigh: float = 2.0
    arms: str = "handles"
    loose: float = 0.0
    toes: float = 5.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        return cls(
            closed=rng.uniform(7, 15),
            open=rng.uniform(33, 47),
            back=rng.uniform(3, 16),
            shin=rng.uniform(-4, 16),
            thigh=rng.uniform(-1, 7),
            arms=str(rng.choice(["handles", "handles", "crossed", "lap"])),
            loose=rng.uniform(0, 3.5),
            toes=rng.uniform(-6, 12),
        )


def sit(
    body: Body,
    depth: ArrayLike,
    faults: Mapping[str, Any],
    style: Style,
    sway: Sway,
    way: tuple[float, float],
) -> Pose:
    """The pose at a depth: each thigh goes the `way` from start to turn, degrees from straight ahead."""
    share = np.asarray(depth, np.float64)
    apart = way[0] + (way[1] - way[0]) * share
    pose = Pose(body)
    rock = grown(share, faults, "trunk_rock", style.loose)
    flexion = 3 + 0.4 * rock + np.asarray(sway.flexion) - np.asarray(sway.breath)
    pose.spine(flexion, sway.lateral, sway.twist)
    line = pose.between("upperarm") - pose.between("thigh")
    lean = rock - style.back + 0.5 * np.asarray(sway.rock)
    pitch = lean - np.degrees(np.arctan2(line[..., 2], line[..., 1]))
    pose.root = about_x(pitch + 0.3 * np.asarray(sway.flexion))
    pose.put(pose.between("thigh"), hip_height(body, style) * Y + np.asarray(sway.shift) * (1, 0, 1))
    pose.head(np.asarray(sway.nod) + 3 - 0.7 * lean, 0, sway.look)
    tilt, rise = np.radians(style.shin), np.radians(style.thigh)
    angle = np.radians(apart)
    for side, out in zip(SIDES, (1, -1), strict=True):
        ahead = np.multiply.outer(out * np.sin(angle), X) + np.multiply.outer(np.cos(angle), Z)
        thigh = np.cos(rise) * ahead + np.sin(rise) * Y
        knee = pose.place(f"thigh_{side}") + body.length("thigh_l") * thigh
        ankle = knee + body.length("calf_l") * (np.sin(tilt) * ahead - np.cos(tilt) * Y)
        pose.leg(side, ankle * (1, 0, 1) + ankle_height(body) * Y, thigh)
        toes = np.radians(apart + style.toes)
        foot = np.multiply.outer(out * np.sin(toes), X) + np.multiply.outer(np.cos(toes), Z)
        pose.foot(side, foot, Y)
    _arms(pose, style)
    return pose


def hip_height(body: Body, style: Style) -> float:
    """Height of the hips' joints when the feet are at the floor's height, m."""
    rise, tilt = np.radians(style.thigh), np.radians(style.shin)
    knee = ankle_height(body) + body.length("calf_l") * np.cos(tilt)
    return float(knee - body.length("thigh_l") * np.sin(rise))


def _arms(pose: Pose, style: Style) -> None:
    body = pose.body
    if style.arms == "crossed":
        cross_arms(pose)
        return
    hips = pose.between("thigh")
    for side, out in zip(SIDES, (1, -1), strict=True):
        if style.arms == "handles":
            wide = max(trunk_size(body, 0.05)[0], trunk_size(body, 0.15)[0]) + 0.1
            wrist = hips * (0, 0, 1) + np.array([out * wide, hip_height(body, style) + 0.08, -0.06])
            pose.arm(side, wrist, unit(0.4 * out * X - Z))
            pose.hand(side, unit(0.25 * out * X - 0.1 * Z - Y), -out * X)
        else:
            ahead = trunk_size(body, 0.1)[1] + 0.07
            pose.arm(side, hips + np.array([0.1 * out, 0.12, ahead]), unit(out * X - 0.3 * Z))
            pose.hand(side, unit(Z - 0.6 * out * X - 0.2 * Y), -Y)


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` the angle between the thighs as seen from above, degrees."""
    steps = [
        posed.position[:, body.index[f"calf_{s}"]] - posed.position[:, body.index[f"thigh_{s}"]]
        for s in SIDES
    ]
    left, right = (np.degrees(np.arctan2(step[:, 0], step[:, 2])) for step in steps)
    return left - right


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` how far the line from hips to shoulders has rocked forwards since the start, degrees."""
    del style
    return {"trunk_rock": _lean(body, posed) - _lean(body, start)}


def _lean(body: Body, posed: Posed) -> Floats:
    points = landmarks(body, posed)
    shoulders, hips = (
        (points[:, INDEX[f"left_{joint}"]] + points[:, INDEX[f"right_{joint}"]]) / 2
        for joint in ("shoulder", "hip")
    )
    line = shoulders - hips
    return np.degrees(np.arctan2(line[:, 2], line[:, 1]))


def seat(body: Body, style: Style) -> tuple[Block, ...]:
    """The seat, and a pad behind the back."""
    top = hip_height(body, style) - THIGH - SINK
    seat = Block((0.0, top / 2, -0.02), (0.34, top, 0.34), STEEL, stays=True)
    behind = -0.16 - 0.35 * np.sin(np.radians(style.back))
    pad = Block((0.0, top + 0.4, behind - 0.06), (0.3, 0.5, 0.06), STEEL, stays=True)
    return seat, pad


FURNITURE: Final = seat
