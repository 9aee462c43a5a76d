"""What exercises share that are done standing on one leg: the right one, at the origin and looking along z.

The left leg works; it starts beside the other one, its sole just over the floor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import SIDES, Body
from samples.studio.motion.contact import ankle_height, plant
from samples.studio.motion.faults import FaultInfo, Sway, raised
from samples.studio.rotation import Floats, Y, Z, about_x, about_y, about_z, angle_about, unit
from samples.studio.skeleton import Pose, Posed
from samples.studio.timing import smooth

POSTURE: Final = "standing"
LOWERS_FIRST: Final = False
WORKING: Final = ("left", "right")
LEAST: Final = 0.85
#: docs/thresholds.md, Standing on one leg.
TRUNK_TIP: Final = FaultInfo("deg", 10, 20, ("left_shoulder", "right_shoulder", "nose"))
HIP_OPEN: Final = (12, 22)
KNEE_BEND: Final = FaultInfo("deg", 20, 35, ("left_ankle", "left_heel", "left_foot_index"))
#: How high the sole that works is over the floor at the start, m.
HOVER_M: Final = 0.008


@dataclass(frozen=True)
class Stance:
    """The leg that carries the body; degrees unless said otherwise.

    Attributes:
        soft: Flexion of its knee.
        toes: Its toes outwards.
        under: Its ankle between the middle (0) and under its own hip (1): people shift over the leg that
            carries them.
        ahead: Hips ahead of its ankle, m.
    """

    soft: float = 6.0
    toes: float = 8.0
    under: float = 0.6
    ahead: float = 0.0


def hips_over(body: Body, stance: Stance, sway: Sway) -> Floats:
    """``(..., 3)`` where the right hip is, over the ankle that stands at the origin's right."""
    thigh, shin = body.length("thigh_r"), body.length("calf_r")
    half = float(body.offset("pelvis", "thigh_l")[0])
    length = np.sqrt(thigh**2 + shin**2 + 2 * thigh * shin * np.cos(np.radians(stance.soft)))
    aside = (1 - stance.under) * half
    height = ankle_height(body) + np.sqrt(length**2 - aside**2 - stance.ahead**2)
    hip = np.array([-half, height, stance.ahead])
    return hip + np.asarray(sway.shift, np.float64) * (1, 0, 1)


def stand(pose: Pose, stance: Stance) -> None:
    """Plant the right foot; the trunk is set already."""
    body = pose.body
    half = float(body.offset("pelvis", "thigh_l")[0])
    ankle = np.array([-stance.under * half, ankle_height(body), 0.0])
    ahead = about_y(-stance.toes) @ Z
    plant(pose, "r", ankle, ahead, unit(ahead + 0.05 * Y))


def hanging(body: Body, hip: Floats, ankle: Floats) -> tuple[Floats, Floats, Floats]:
    """A leg whose ankle is at a place: flexion, abduction of the thigh in the world, flexion of the knee."""
    thigh, shin = body.length("thigh_l"), body.length("calf_l")
    way = ankle - hip
    far = np.minimum(np.linalg.norm(way, axis=-1), 0.9999 * (thigh + shin))
    knee = np.degrees(np.arccos(np.clip((far**2 - thigh**2 - shin**2) / (2 * thigh * shin), -1, 1)))
    bent = np.degrees(np.arccos(np.clip((thigh**2 + far**2 - shin**2) / (2 * thigh * far), -1, 1)))
    flexion = np.degrees(np.arctan2(way[..., 2], np.hypot(way[..., 0], way[..., 1]))) + bent
    abduction = np.degrees(np.arctan2(way[..., 0], -way[..., 1]))
    return flexion, abduction, knee


def straightened(start: Floats, turn: float, share: Floats, faults: Mapping[str, Any]) -> Floats:
    """Flexion of the knee that works, from the start's to the turn's, or the fault's, degrees."""
    # The knee is straight well before the turn.
    return raised(start + (turn - start) * smooth(share / 0.75), share, faults, "knee_bend")


def swaying(sway: Sway, share: Floats) -> Floats:
    """The sway of the leg that works, degrees: little while its foot is at the floor."""
    return np.asarray(sway.limb) * (0.35 + 0.65 * np.minimum(share, 1))


def swing_leg(
    pose: Pose, flexion: ArrayLike, abduction: ArrayLike, turned: ArrayLike, knee: ArrayLike
) -> None:
    """The left leg by its angles in the world, toes `turned` outwards; the foot square to the shin."""
    thigh = about_z(abduction) @ about_x(np.negative(flexion)) @ about_y(turned)
    pose.set_global("thigh_l", thigh)
    pose.knee("l", knee)
    pose.turn("foot_l", about_x(0.0))


def sizes(body: Body, start: Posed, posed: Posed, tips: Floats) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults: the trunk's and the pelvis' turn since the start, the knee's flexion.

    Args:
        body: Whose.
        start: The start pose.
        posed: The poses to measure.
        tips: ``(3,)`` where the trunk tips to.
    """
    lines = (_trunk_line(body, start), _trunk_line(body, posed))
    before, now = (np.degrees(np.arctan2(line @ tips, line[:, 1])) for line in lines)
    return {
        "trunk_tip": now - before,
        "hip_open": _opened(body, start, posed),
        "knee_bend": _knee_flexion(body, posed),
    }


def _opened(body: Body, start: Posed, posed: Posed) -> Floats:
    """``(T,)`` how far the pelvis has turned about its own length towards the left leg, degrees."""
    at = body.index["pelvis"]
    turn = np.swapaxes(start.rotation[:1, at], -1, -2) @ posed.rotation[:, at]
    return angle_about(turn, 1)


def _trunk_line(body: Body, posed: Posed) -> Floats:
    """``(T, 3)`` from the middle of the hips to that of the shoulders, m."""
    hips, shoulders = (
        posed.position[:, [body.index[f"{bone}_{side}"] for side in SIDES]].mean(1)
        for bone in ("thigh", "upperarm")
    )
    line: Floats = shoulders - hips
    return line


def _knee_flexion(body: Body, posed: Posed) -> Floats:
    """``(T,)`` of the left knee, degrees."""
    hip, knee, ankle = (posed.position[:, body.index[f"{b}_l"]] for b in ("thigh", "calf", "foot"))
    cosine = np.sum(unit(knee - hip) * unit(ankle - knee), -1)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def below_hip(body: Body, posed: Posed) -> Floats:
    """``(T, 3)`` from the left hip to the left ankle, m."""
    way: Floats = posed.position[:, body.index["foot_l"]] - posed.position[:, body.index["thigh_l"]]
    return way
