"""Standing hip abduction: on the right leg; the left one goes out to the side, straight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import SIDES, Body
from samples.studio.motion._one_leg import (
    HIP_OPEN,
    HOVER_M,
    KNEE_BEND,
    LEAST,
    LOWERS_FIRST,
    POSTURE,
    TRUNK_TIP,
    WORKING,
    Stance,
    below_hip,
    hanging,
    hips_over,
    sizes,
    stand,
    straightened,
    swaying,
    swing_leg,
)
from samples.studio.motion.contact import ankle_height, cross_arms, hand_on_hip
from samples.studio.motion.faults import STILL, FaultInfo, Sway, grown
from samples.studio.rotation import Floats, X, Y, Z, about_x, about_y, about_z, unit
from samples.studio.skeleton import Pose, Posed

__all__ = [
    "ANGLE",
    "FAULTS",
    "LEAST",
    "LOWERS_FIRST",
    "POSTURE",
    "WORKING",
    "Style",
    "angle",
    "measure",
    "pose",
]

ANGLE: Final = "leg_out_deg"
FAULTS: Final = {
    "trunk_tip": TRUNK_TIP,
    "hip_open": FaultInfo("deg", *HIP_OPEN, ("left_hip", "left_foot_index")),
    "knee_bend": KNEE_BEND,
}


@dataclass(frozen=True)
class Style:
    """A person's way; degrees unless said otherwise.

    Attributes:
        stance: The leg that stands.
        beside: Start of the ankle that works, from the other one, m.
        out: Leg out to the side in a full rep, from the vertical.
        ahead: Leg ahead of the body at the turn.
        hike: The pelvis' working side up in a full rep.
        toes: Toes out.
        knee: Flexion of the knee at the turn.
        arms: "hips", "crossed", or "support": the right hand on something ahead.
        loose: Tip of the trunk that a clean rep has, and
        ajar: turn of the pelvis.
    """

    stance: Stance = field(default_factory=Stance)
    beside: float = 0.18
    out: float = 33.0
    ahead: float = 2.0
    hike: float = 3.0
    toes: float = 5.0
    knee: float = 4.0
    arms: str = "hips"
    loose: float = 1.0
    ajar: float = 1.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        soft, toes, under = rng.uniform(2, 8), rng.uniform(0, 12), rng.uniform(0.2, 0.7)
        return cls(
            stance=Stance(soft, toes, under, rng.uniform(-0.01, 0.03)),
            beside=rng.uniform(0.15, 0.24),
            out=rng.uniform(26, 42),
            ahead=rng.uniform(-4, 6),
            hike=rng.uniform(0, 6),
            toes=rng.uniform(0, 14),
            knee=rng.uniform(1.5, 8),
            arms=str(rng.choice(["hips", "crossed", "support"])),
            loose=rng.uniform(0, 4),
            ajar=rng.uniform(0, 4.5),
        )


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    share = np.asarray(depth, np.float64)
    tip = grown(share, faults, "trunk_tip", style.loose)
    turn = grown(share, faults, "hip_open", style.ajar)
    pose = _trunk(body, style, share, tip, turn, sway)
    stand(pose, style.stance)
    _leg(pose, body, style, share, faults, sway)
    _arms(pose, style)
    return pose


def _trunk(body: Body, style: Style, share: ArrayLike, tip: ArrayLike, turn: ArrayLike, sway: Sway) -> Pose:
    """Pelvis and spine over the right hip. The line from hips to shoulders tips to the right by `tip`."""
    pose = Pose(body)
    hike = style.hike * np.asarray(share)
    rocked = np.asarray(sway.lateral) + 0.6 * np.asarray(sway.rock)
    # A third of the tip is the pelvis', the rest the spine's.
    pelvis = hike + np.asarray(tip) / 3
    flexion = np.asarray(sway.flexion) - np.asarray(sway.breath)
    twist = np.asarray(sway.twist) - 0.6 * np.asarray(turn)
    bend = np.asarray(tip) - pelvis
    for _ in range(3):
        pose.spine(flexion, bend + rocked, twist)
        pose.root = about_y(turn) @ about_z(-pelvis) @ sway.trunk()
        line = pose.between("upperarm") - pose.between("thigh")
        now = np.degrees(np.arctan2(-line[..., 0], line[..., 1]))
        bend = bend + 1.4 * (np.asarray(tip) + rocked - now)
    pose.put(pose.place("thigh_r"), hips_over(body, style.stance, sway))
    pose.head(np.asarray(sway.nod) + 3, -0.5 * np.asarray(tip), sway.look)
    return pose


def _leg(pose: Pose, body: Body, style: Style, share: Floats, faults: Mapping[str, Any], sway: Sway) -> None:
    """The leg's angles go evenly from hanging beside the other one to straight out."""
    resting = _trunk(body, style, 0.0, 0.0, 0.0, STILL)
    half = float(body.offset("pelvis", "thigh_l")[0])
    ankle = np.array([style.beside - style.stance.under * half, ankle_height(body) + HOVER_M, 0.0])
    flexion, abduction, knee = hanging(body, resting.place("thigh_l"), ankle)
    bend = straightened(knee, style.knee, share, faults)
    ahead = flexion + share * (style.ahead + style.knee / 2 - flexion)
    out = abduction + share * (style.out - abduction)
    limb = swaying(sway, share)
    toes = style.toes + 0.7 * grown(share, faults, "hip_open", style.ajar)
    swing_leg(pose, ahead + 0.5 * limb, out + limb, toes, bend)
    level = flexion - knee
    pose.turn("foot_l", about_x((1 - np.clip(share * 2, 0, 1)) * level))


def _arms(pose: Pose, style: Style) -> None:
    if style.arms == "crossed":
        cross_arms(pose)
        return
    for side, out in zip(SIDES, (1, -1), strict=True):
        if style.arms == "support" and side == "r":
            resting = _trunk(pose.body, style, 0.0, 0.0, 0.0, STILL)
            wrist = resting.place("upperarm_r") + np.array([-0.06, -0.2, 0.42])
            pose.arm(side, wrist, unit(out * X - Y))
            pose.hand(side, Z, -Y)
        else:
            hand_on_hip(pose, side, unit(out * X - 0.5 * Z))


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` the leg out from the vertical, from hip to ankle as seen from the front, degrees."""
    way = below_hip(body, posed)
    return np.degrees(np.arctan2(way[:, 0], -way[:, 1]))


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults, see `sizes`."""
    del style
    return sizes(body, start, posed, -X)
