"""Cable kickback: standing, hands on a support at chest height; the left leg goes back, straight."""

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
from samples.studio.motion.contact import ankle_height
from samples.studio.motion.faults import STILL, FaultInfo, Sway, grown
from samples.studio.rotation import Floats, X, Y, Z, about_x, about_y, unit
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

ANGLE: Final = "leg_back_deg"
FAULTS: Final = {
    "trunk_tip": TRUNK_TIP,
    "hip_open": FaultInfo("deg", *HIP_OPEN, ("left_hip", "left_knee")),
    "knee_bend": KNEE_BEND,
}


@dataclass(frozen=True)
class Style:
    """A person's way; degrees unless said otherwise.

    Attributes:
        stance: The leg that stands.
        lean: Trunk forwards, all the time.
        behind: Start of the ankle that works, behind the other one, m.
        back: Thigh behind the trunk's line in a full rep.
        knee: Flexion of the knee at the turn.
        grip: Height of the hands over the shoulders, m; and
        reach: how far ahead they are, in arm lengths.
        loose: Tip of the trunk that a clean rep has, and
        ajar: opening of the pelvis.
    """

    stance: Stance = field(default_factory=Stance)
    lean: float = 18.0
    behind: float = 0.0
    back: float = 15.0
    knee: float = 5.0
    grip: float = -0.12
    reach: float = 0.8
    loose: float = 1.0
    ajar: float = 1.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        soft, toes, under = rng.uniform(3, 12), rng.uniform(0, 15), rng.uniform(0.3, 0.9)
        return cls(
            stance=Stance(soft, toes, under, rng.uniform(-0.06, -0.01)),
            lean=rng.uniform(8, 28),
            behind=rng.uniform(-0.06, 0.06),
            back=rng.uniform(8, 22),
            knee=rng.uniform(2, 8),
            grip=rng.uniform(-0.25, -0.02),
            reach=rng.uniform(0.68, 0.88),
            loose=rng.uniform(0, 4),
            ajar=rng.uniform(0, 4.5),
        )


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    share = np.asarray(depth, np.float64)
    tip = grown(share, faults, "trunk_tip", style.loose)
    turn = grown(share, faults, "hip_open", style.ajar)
    pose = _trunk(body, style, tip, turn, sway)
    stand(pose, style.stance)
    _leg(pose, body, style, share, faults, sway)
    _arms(pose, style)
    return pose


def _trunk(body: Body, style: Style, tip: ArrayLike, turn: ArrayLike, sway: Sway) -> Pose:
    """Pelvis and spine over the right hip, leaning; the chest turns less than the pelvis does."""
    pose = Pose(body)
    rocked = np.asarray(sway.flexion) - np.asarray(sway.breath) - 0.6 * np.asarray(sway.rock)
    pose.spine(0.5 * rocked, sway.lateral, np.asarray(sway.twist) - 0.6 * np.asarray(turn))
    lean = style.lean + np.asarray(tip)
    pose.root = about_x(lean) @ about_y(turn) @ sway.trunk()
    pose.put(pose.place("thigh_r"), hips_over(body, style.stance, sway))
    pose.head(np.asarray(sway.nod) - 0.6 * lean, 0, sway.look)
    return pose


def _leg(pose: Pose, body: Body, style: Style, share: Floats, faults: Mapping[str, Any], sway: Sway) -> None:
    """The leg's angles go evenly from hanging beside the other one to straight behind the trunk."""
    resting = _trunk(body, style, 0.0, 0.0, STILL)
    hip = resting.place("thigh_l")
    half = float(body.offset("pelvis", "thigh_l")[0])
    ankle = np.array([0.95 * half, ankle_height(body) + HOVER_M, -style.behind])
    flexion, abduction, knee = hanging(body, hip, ankle)
    top = -(style.lean + style.back)
    bend = straightened(knee, style.knee, share, faults)
    limb = swaying(sway, share)
    away = abduction + 1.5 * share + 0.5 * limb
    swing_leg(pose, flexion + share * (top - flexion) + limb, away, 4 + 4 * share, bend)
    # At the start the sole is level, at the end square to the shin.
    level = flexion - knee
    pose.turn("foot_l", about_x((1 - np.clip(share * 2, 0, 1)) * level - 12 * np.clip(share, 0, 1)))


def _arms(pose: Pose, style: Style) -> None:
    """Hands on a support that stays where it is, palms down."""
    body = pose.body
    resting = _trunk(body, style, 0.0, 0.0, STILL)
    arm = body.length("upperarm_l") + body.length("lowerarm_l")
    for side, out in zip(SIDES, (1, -1), strict=True):
        shoulder = resting.place(f"upperarm_{side}")
        level = np.sqrt((style.reach * arm) ** 2 - style.grip**2)
        wrist = shoulder + style.grip * Y + level * Z - 0.02 * out * X
        pose.arm(side, wrist, unit(0.7 * out * X - Y - 0.2 * Z))
        pose.hand(side, unit(Z - 0.25 * out * X), -Y)


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` the leg behind the vertical, from hip to ankle, degrees."""
    way = below_hip(body, posed)
    return np.degrees(np.arctan2(-way[:, 2], -way[:, 1]))


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults, see `sizes`."""
    del style
    return sizes(body, start, posed, Z)
