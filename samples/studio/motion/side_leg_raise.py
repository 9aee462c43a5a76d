"""Side-lying leg raise: the straight upper leg goes up and comes down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.motion.contact import angle_at, elevation, in_plane
from samples.studio.motion.faults import STILL, FaultInfo, Sway, grown, raised
from samples.studio.motion.side_lying import (
    LYING,
    POSTURE,
    Bed,
    Support,
    draw_bed,
    floor_leg,
    lie,
    pelvis_roll,
    supported,
)
from samples.studio.rotation import Floats, about_x, about_y, about_z, dot, unit
from samples.studio.skeleton import Pose, Posed

__all__ = ["ANGLE", "FAULTS", "LEAST", "POSTURE", "Style", "angle", "measure", "pose"]

ANGLE: Final = "leg_elevation_deg"
LEAST: Final = 0.85
#: docs/thresholds.md, Side-lying.
FAULTS: Final = {
    "hip_roll_back": FaultInfo("deg", 10, 20, ("left_hip", "left_shoulder")),
    "hip_hike": FaultInfo("deg", 8, 15, ("left_hip",)),
    "knee_bend": FaultInfo("deg", 20, 35, ("left_ankle", "left_heel", "left_foot_index")),
    "leg_drift_forward": FaultInfo("deg", 15, 25, ("left_knee", "left_ankle")),
}
#: Rolling back takes the toes up with it, by this share of the roll.
TOES_FOLLOW: Final = 0.6


@dataclass(frozen=True)
class Style:
    """A person's way; degrees.

    Attributes:
        bed: How the person lies.
        hip: Flexion of the lower hip, for balance.
        knee: Flexion of the lower knee.
        rest: Elevation of the upper leg at the start: stacked hips and feet slope by −8°; some hover.
        top: Its elevation in a full rep; the hip itself ends at about 45° (domain, 2.0).
        bend: Flexion of the "straight" knee.
        ahead: Flexion of the upper hip.
        toes: Rotation of the leg, toes up.
        loose: Roll of the pelvis that a clean rep has.
    """

    bed: Bed = field(default_factory=Bed)
    hip: float = 30.0
    knee: float = 50.0
    rest: float = -6.0
    top: float = 36.0
    bend: float = 4.0
    ahead: float = 2.0
    toes: float = 0.0
    loose: float = 0.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        return cls(
            bed=draw_bed(rng),
            hip=rng.uniform(15, 45),
            knee=rng.uniform(30, 80),
            rest=rng.uniform(-8, -4),
            top=rng.uniform(31, 41),
            bend=rng.uniform(2, 7),
            ahead=rng.uniform(-2, 5),
            toes=rng.uniform(-12, 8),
            loose=rng.uniform(0, 3),
        )


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    share = np.asarray(depth, np.float64)
    roll = grown(share, faults, "hip_roll_back", style.loose)
    raise_ = style.rest + (style.top - style.rest) * share + np.asarray(sway.limb)
    ahead = raised(style.ahead, share, faults, "leg_drift_forward") + 0.5 * np.asarray(sway.limb)
    bend = raised(style.bend, share, faults, "knee_bend")

    toes = style.toes + TOES_FOLLOW * roll

    def legs(pose: Pose, support: Support) -> None:
        _legs(pose, support, style, raise_, ahead, bend, toes)

    hike = grown(share, faults, "hip_hike")
    return lie(body, style.bed, _support(body, style), roll, hike, sway, legs)


@lru_cache(maxsize=32)
def _support(body: Body, style: Style) -> Support:
    start = (np.asarray(a) for a in (style.rest, style.ahead, style.bend, style.toes))
    raise_, ahead, bend, toes = start
    return supported(
        body, style.bed, lambda pose, support: _legs(pose, support, style, raise_, ahead, bend, toes)
    )


def _legs(
    pose: Pose, support: Support, style: Style, raise_: Floats, ahead: Floats, bend: Floats, toes: Floats
) -> None:
    """The lower leg bent on the floor, the upper one raised by an angle, degrees."""
    floor_leg(pose, support, style.hip, style.knee)
    # Flexion that brings a raised leg out of the body's plane by `ahead`.
    sine = np.sin(np.radians(ahead)) / np.cos(np.radians(raise_))
    flexion = np.degrees(np.arcsin(np.clip(sine, -1, 1)))
    pose.set_global("thigh_l", LYING @ about_x(-flexion) @ about_z(raise_) @ about_y(toes))
    pose.knee("l", bend)
    pose.turn("foot_l", about_x(8))


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` how far the line from hip to ankle rises above the horizontal, degrees."""
    return elevation(posed.position[:, body.index["foot_l"]] - posed.position[:, body.index["thigh_l"]])


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults, degrees.

    Roll and hike are those of the pelvis since the start, the hike against the line from hips to shoulders;
    the knee's bend is its flexion, the drift the thigh's way out of the plane that the body lies in.
    """
    del style
    place = posed.position
    hip, knee, ankle = (place[:, body.index[b]] for b in ("thigh_l", "calf_l", "foot_l"))
    thigh = unit(knee - hip)
    drift = np.degrees(np.arctan2(thigh @ LYING[:, 2], np.hypot(thigh @ LYING[:, 0], thigh @ LYING[:, 1])))
    return {
        "hip_roll_back": pelvis_roll(start, posed, body),
        "hip_hike": _hip_line(body, posed) - _hip_line(body, start)[:1],
        "knee_bend": 180 - angle_at(hip, knee, ankle),
        "leg_drift_forward": drift,
    }


def _hip_line(body: Body, posed: Posed) -> Floats:
    """``(T,)`` angle from the trunk's line to the hips' line, towards the ribs, degrees."""
    pelvis = posed.rotation[:, body.index["pelvis"]]
    left, right = (posed.position[:, body.index[f"thigh_{s}"]] for s in "lr")
    shoulders = (
        posed.position[:, body.index["upperarm_l"]] + posed.position[:, body.index["upperarm_r"]]
    ) / 2
    trunk = in_plane(shoulders - (left + right) / 2, pelvis[:, :, 2])
    across_hips = in_plane(left - right, pelvis[:, :, 2])
    return np.degrees(np.arcsin(np.clip(dot(trunk, across_hips), -1, 1)))
