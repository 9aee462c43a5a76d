"""Clamshell: on the side, knees bent, heels together; the upper knee opens like a shell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.motion.contact import widths
from samples.studio.motion.faults import STILL, FaultInfo, Sway, grown
from samples.studio.motion.side_lying import (
    POSTURE,
    Bed,
    Support,
    draw_bed,
    floor_leg,
    lie,
    pelvis_roll,
    supported,
)
from samples.studio.rotation import Floats, Y, about, about_x, across, unit
from samples.studio.skeleton import Pose, Posed

__all__ = ["ANGLE", "FAULTS", "LEAST", "POSTURE", "Style", "angle", "measure", "pose"]

ANGLE: Final = "knee_opening_deg"
LEAST: Final = 0.85
#: docs/thresholds.md, Side-lying.
FAULTS: Final = {
    "hip_roll_back": FaultInfo("deg", 10, 20, ("left_hip", "left_shoulder")),
    "feet_apart": FaultInfo("cm", 5, 10, ("left_ankle", "left_heel", "left_foot_index")),
}


@dataclass(frozen=True)
class Style:
    """A person's way; degrees.

    Attributes:
        bed: How the person lies.
        hip: Flexion of the hips. Hips at 45–60° and knees at about 90°: domain's setup.
        knee: Flexion of the knees.
        opening: How far the upper knee turns about the line from hip to heel in a full rep.
        loose: Roll of the pelvis that a clean rep has.
    """

    bed: Bed = field(default_factory=Bed)
    hip: float = 50.0
    knee: float = 88.0
    opening: float = 60.0
    loose: float = 0.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        hip, knee, opening = rng.uniform(45, 60), rng.uniform(80, 95), rng.uniform(48, 70)
        return cls(draw_bed(rng), hip, knee, opening, rng.uniform(0, 3))


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    share = np.asarray(depth, np.float64)
    roll = grown(share, faults, "hip_roll_back", style.loose)
    gap = grown(share, faults, "feet_apart") / 100
    turn = style.opening * share + np.asarray(sway.limb)

    def legs(pose: Pose, support: Support) -> None:
        _legs(pose, support, style, turn, gap)

    return lie(body, style.bed, _support(body, style), roll, 0.0, sway, legs)


@lru_cache(maxsize=32)
def _support(body: Body, style: Style) -> Support:
    return supported(
        body, style.bed, lambda pose, support: _legs(pose, support, style, np.zeros(()), np.zeros(()))
    )


def _legs(pose: Pose, support: Support, style: Style, turn: Floats, gap: Floats) -> None:
    """The lower leg on the floor, the upper one open by `turn` degrees; `gap` between the feet, m."""
    floor_leg(pose, support, style.hip, style.knee)
    width = widths(pose.body)
    hip, low_knee = pose.place("thigh_l"), pose.place("calf_r")
    ankle = pose.place("foot_r") + np.multiply.outer(2 * width.foot_in + gap, Y)
    axis = unit(ankle - hip)
    aside = across(low_knee - hip, axis)
    # Closed, the knee lies on the other one; `rest` is how far it is turned up from the lower knee for that.
    rest = np.degrees(2 * np.arcsin(width.knee_in / np.linalg.norm(aside, axis=-1)))
    up = np.sign(np.cross(axis, aside)[..., 1])
    knee = (about(axis, up * (rest + turn)) @ aside[..., None])[..., 0]
    pose.leg("l", ankle, knee)
    pose.turn("foot_l", about_x(10))


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` 2·asin(distance of the knees / (2 · length of the shin)), degrees."""
    knees = posed.position[:, body.index["calf_l"]] - posed.position[:, body.index["calf_r"]]
    half = np.linalg.norm(knees, axis=-1) / (2 * body.length("calf_l"))
    return np.degrees(2 * np.arcsin(np.minimum(half, 1)))


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults: roll of the pelvis in degrees, growth of the ankles' distance in cm."""
    del style

    def ankles(of: Posed) -> Floats:
        step = of.position[:, body.index["foot_l"]] - of.position[:, body.index["foot_r"]]
        return np.linalg.norm(step, axis=-1)

    apart = 100 * (ankles(posed) - ankles(start)[:1])
    return {"hip_roll_back": pelvis_roll(start, posed, body), "feet_apart": apart}
