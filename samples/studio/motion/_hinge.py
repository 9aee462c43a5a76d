"""Bending over a bar and standing up with it: what deadlifts share.

The person stands at the origin and looks along z; the feet stay, the arms hang down to the bar. A pose is
told by the bend of the knees, the lean of the line from hips to shoulders and how far the shoulders are ahead
of the ankles; the hips are where they have to be for that, so they go back as the trunk comes down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from formcheck.landmarks import INDEX
from samples.studio.body import SIDES, Body
from samples.studio.motion.contact import angle_at, ankle_height, at_most, plant
from samples.studio.motion.faults import STILL, FaultInfo, Sway
from samples.studio.rotation import Floats, X, Y, Z, about_x, about_y, about_z
from samples.studio.skeleton import Pose, Posed, landmarks

#: Share of the arm's length from shoulder to wrist when it hangs: never quite straight.
STRAIGHT: Final = 0.985
#: Height of the wrists with the bar on the floor, m: a bar of 0.225 m in closed hands.
WRIST_M: Final = 0.30
ARMS: Final = ("left_wrist", "right_wrist", "left_elbow", "right_elbow")
SHOULDERS: Final = ("left_shoulder", "right_shoulder")
#: docs/thresholds.md, Deadlifts. The bar's ways are shares of a torso of 0.50 m.
BAR_DRIFT: Final = FaultInfo("cm", 7.5, 12.5, ARMS)
BACK_ROUND: Final = FaultInfo("deg", 20, 32, (*SHOULDERS, "nose"))


@dataclass(frozen=True)
class Stance:
    """How somebody stands and grips.

    Attributes:
        out: Each ankle from the middle, m.
        toes: Feet turned out, degrees.
        grip: Each wrist from the middle, m.
        bar: The bar ahead of the ankles, m.
        gaze: Share of the lean that the head does not take part in.
    """

    out: float
    toes: float
    grip: float
    bar: float
    gaze: float


@dataclass(frozen=True)
class Fold:
    """A posture ``(T,)`` each: bend of the knees and lean of the trunk, degrees; shoulders ahead, m."""

    knees: Floats
    lean: Floats
    ahead: Floats


def hips_of(body: Body, stance: Stance, fold: Fold) -> tuple[Floats, Floats]:
    """Height and way ahead ``(T,)`` of the hips' middle, m."""
    ahead = fold.ahead - torso(body) * np.sin(np.radians(fold.lean))
    reach = leg(body, fold.knees) ** 2 - (hip_out(body) - stance.out) ** 2 - ahead**2
    return ankle_height(body) + np.sqrt(np.maximum(reach, 0.01)), ahead


def knees_for(body: Body, stance: Stance, height: Floats, ahead: Floats) -> Floats:
    """Bend of the knees that brings the hips there, degrees; nearly straight where that is too far."""
    thigh, shin = body.length("thigh_l"), body.length("calf_l")
    far = np.hypot(np.hypot(height - ankle_height(body), ahead), hip_out(body) - stance.out)
    far = at_most(far, leg(body, 0.0), 0.05)
    return np.degrees(np.arccos((far**2 - thigh**2 - shin**2) / (2 * thigh * shin)))


def torso(body: Body) -> float:
    """From the hips' to the shoulders' middle, m."""
    return float(np.linalg.norm(_middle(body, "upperarm") - _middle(body, "thigh")))


def leg(body: Body, knees: ArrayLike) -> Floats:
    """From hip to ankle with so much of a bend, m."""
    thigh, shin = body.length("thigh_l"), body.length("calf_l")
    return np.sqrt(thigh**2 + shin**2 + 2 * thigh * shin * np.cos(np.radians(knees)))


def hip_out(body: Body) -> float:
    """The hip's joint from the middle, m."""
    return float(body.offset("pelvis", "thigh_l")[0])


def arm(body: Body) -> float:
    """From shoulder to wrist of a hanging arm, m."""
    return STRAIGHT * (body.length("upperarm_l") + body.length("lowerarm_l"))


def shoulder_out(body: Body) -> float:
    """The shoulder's joint from the middle, m."""
    return float(body.heads[body.index["upperarm_l"], 0])


def _middle(body: Body, bone: str) -> Floats:
    return (body.heads[body.index[f"{bone}_l"]] + body.heads[body.index[f"{bone}_r"]]) / 2


def over_the_bar(body: Body, stance: Stance, lean: float, lead: float) -> Fold:
    """The posture at the floor: arms straight to the bar, the shoulders `lead` m ahead of it."""
    slope, ahead = np.radians(lean), np.array(stance.bar + lead)
    shoulders = WRIST_M + np.sqrt(arm(body) ** 2 - lead**2 - (stance.grip - shoulder_out(body)) ** 2)
    trunk = torso(body)
    height = np.array(shoulders - trunk * np.cos(slope))
    knees = knees_for(body, stance, height, ahead - trunk * np.sin(slope))
    return Fold(knees, np.array(lean), ahead)


def stand(
    body: Body,
    stance: Stance,
    fold: Fold,
    *,
    rounded: ArrayLike = 0.0,
    drift: ArrayLike = 0.0,
    sway: Sway = STILL,
) -> Pose:
    """The whole body.

    Args:
        body: Whose.
        stance: Feet and grip.
        fold: The posture.
        rounded: Bend of the back forwards, degrees.
        drift: How far the bar is ahead of its place, m.
        sway: Of a living body.
    """
    moved = np.asarray(sway.shift, np.float64)
    height, ahead = hips_of(body, stance, fold)
    middle = np.stack(
        np.broadcast_arrays(moved[..., 0], height - 0.3 * np.abs(moved[..., 2]), ahead + moved[..., 2]), -1
    )
    pose = Pose(body)
    pose.spine(
        np.asarray(rounded) + np.asarray(sway.flexion) - np.asarray(sway.breath), sway.lateral, sway.twist
    )
    line = pose.between("upperarm") - pose.between("thigh")
    pitch = fold.lean - np.degrees(np.arctan2(line[..., 2], line[..., 1]))
    pose.root = about_z(0.3 * np.asarray(sway.lateral)) @ about_x(pitch + 0.3 * np.asarray(sway.flexion))
    pose.put(pose.between("thigh"), middle)
    pose.head(np.asarray(sway.nod) + 3 - stance.gaze * fold.lean + 0.3 * np.asarray(rounded), 0, sway.look)
    for side, out in zip(SIDES, (1, -1), strict=True):
        flat = np.array([out * stance.out, ankle_height(body), 0])
        toes = about_y(out * stance.toes) @ Z
        plant(pose, side, flat, toes, toes + 0.05 * out * X)
        _hang(pose, side, out, stance, drift)
    return pose


def _hang(pose: Pose, side: str, out: int, stance: Stance, drift: ArrayLike) -> None:
    """An arm that hangs to the bar."""
    shoulder = pose.place(f"upperarm_{side}")
    aside = out * stance.grip - shoulder[..., 0]
    ahead = stance.bar + np.asarray(drift) - shoulder[..., 2]
    down = np.sqrt(np.maximum(arm(pose.body) ** 2 - aside**2 - ahead**2, 0.01))
    wrist = shoulder + np.stack(np.broadcast_arrays(aside, -down, ahead), -1)
    pose.arm(side, wrist, -Z + 0.6 * out * X)
    pose.hand(side, -Y + 0 * wrist, -Z)


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` the mean angle at the hips between shoulder and knee; 180 is straight, degrees."""
    at = [[posed.position[:, body.index[f"{b}_{s}"]] for b in ("upperarm", "thigh", "calf")] for s in SIDES]
    return np.mean([angle_at(*points) for points in at], 0)


def sizes(body: Body, start: Posed, posed: Posed) -> dict[str, Floats]:
    """``(T,)`` what faults are made of: lean, knees and bend of the back in degrees, the bar's way in cm."""
    joints = {
        b: np.stack([posed.position[:, body.index[f"{b}_{s}"]] for s in SIDES])
        for b in ("upperarm", "thigh", "calf", "foot")
    }
    trunk = (joints["upperarm"] - joints["thigh"]).mean(0)
    knees = np.mean([180 - angle_at(*(joints[b][i] for b in ("thigh", "calf", "foot"))) for i in (0, 1)], 0)
    chest, pelvis = (posed.rotation[:, body.index[b]] for b in ("spine_03", "pelvis"))
    bend = np.swapaxes(pelvis, -1, -2) @ chest
    wrists = [INDEX["left_wrist"], INDEX["right_wrist"]]
    bar, before = (landmarks(body, p)[:, wrists, 2].mean(1) for p in (posed, start))
    return {
        "lean": np.degrees(np.arctan2(trunk[:, 2], trunk[:, 1])),
        "knees": knees,
        "rounded": np.degrees(np.arctan2(bend[:, 2, 1], bend[:, 1, 1])),
        "bar": 100 * (bar - before[0]),
    }


def size_of(faults: Mapping[str, Any], name: str) -> Floats:
    """A commanded size; 0 where there is none."""
    return np.asarray(faults.get(name, 0.0), np.float64)
