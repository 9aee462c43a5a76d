"""Bicycle crunch: on the back, head towards −x, shoulders up, hands at the head; the left leg stretches.

Both knees stand over the hips at the start. As one leg stretches the other knee comes in, and the chest turns
towards it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import SIDES, Body, Ints
from samples.studio.motion._supine import SUPINE
from samples.studio.motion.contact import SINK, angle_at, lowest, sparse
from samples.studio.motion.faults import STILL, FaultInfo, Sway, grown
from samples.studio.motion.side_lying import pelvis_roll
from samples.studio.rotation import Floats, Y, about_x, about_y, angle_about
from samples.studio.skeleton import Pose, Posed

POSTURE: Final = "supine"
ANGLE: Final = "between_thighs_deg"
ALTERNATES: Final = True
FLOWS: Final = True
LEAST: Final = 0.85
#: domain.md, 3.5: how far the head is bent onto the chest, and the pelvis rolled to a side, since the start.
FAULTS: Final = {
    "neck_pull": FaultInfo("deg", 20, 30, ("nose", "left_ear", "right_ear")),
    "hips_rock": FaultInfo("deg", 15, 25, ("left_hip", "right_hip", "left_knee", "right_knee")),
}
#: Share of the trunk's bend by which the pelvis tucks under: the small of the back stays on the floor.
TUCK: Final = 0.4


@dataclass(frozen=True)
class Style:
    """A person's way; degrees.

    Attributes:
        curl: Bend of the trunk that keeps the shoulders up.
        turn: Chest towards the knee that comes in.
        hip: Thighs from the floor at the start.
        knee: Flexion of the knees at the start.
        low: The stretched leg's thigh.
        straight: Flexion of its knee.
        tucked: The other thigh.
        bent: Flexion of the other knee.
        nod: Chin towards the chest.
        elbows: Elbows from straight out towards the front.
        apart: Thighs outwards.
        loose: Roll of the pelvis that a clean rep has.
        gives: Bend of the neck that a clean rep adds.
    """

    curl: float = 38.0
    turn: float = 30.0
    hip: float = 88.0
    knee: float = 92.0
    low: float = 28.0
    straight: float = 12.0
    tucked: float = 116.0
    bent: float = 108.0
    nod: float = 10.0
    elbows: float = 15.0
    apart: float = 4.0
    loose: float = 0.0
    gives: float = 0.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        return cls(
            curl=rng.uniform(34, 46),
            turn=rng.uniform(20, 38),
            hip=rng.uniform(80, 96),
            knee=rng.uniform(80, 105),
            low=rng.uniform(22, 38),
            straight=rng.uniform(4, 24),
            tucked=rng.uniform(106, 124),
            bent=rng.uniform(95, 120),
            nod=rng.uniform(4, 16),
            elbows=rng.uniform(10, 30),
            apart=rng.uniform(1, 8),
            loose=rng.uniform(0, 6),
            gives=rng.uniform(0, 6),
        )


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    share = np.asarray(depth, np.float64)
    pull = grown(share, faults, "neck_pull", style.gives)
    roll = grown(share, faults, "hips_rock", style.loose)
    pose = Pose(body, SUPINE @ about_y(-roll) @ about_x(0.5 * np.asarray(sway.rock) - TUCK * style.curl))
    flexion = style.curl + np.asarray(sway.flexion) - np.asarray(sway.breath)
    # The pelvis rolls under the chest.
    pose.spine(flexion, sway.lateral, roll - style.turn * share + np.asarray(sway.twist))
    _legs(pose, style, share, sway)
    low = lowest(body, pose, _back(body)) - pose.between("thigh")[..., 1]
    pose.put(pose.between("thigh"), np.multiply.outer(-low - SINK, Y) + np.asarray(sway.shift) * (1, 0, 1))
    pose.head(np.asarray(sway.nod) + style.nod + pull, 0, sway.look)
    _arms(pose, style)
    return pose


@lru_cache(maxsize=32)
def _back(body: Body) -> Ints:
    return sparse(body.vertices_of("pelvis", "spine_01", "spine_02", share=0.6))


def _legs(pose: Pose, style: Style, share: Floats, sway: Sway) -> None:
    """The left leg stretches, the right knee comes in."""
    loose = np.asarray(sway.limb)
    ends = {"l": (style.low, style.straight), "r": (style.tucked, style.bent)}
    for side in SIDES:
        hip, knee = ends[side]
        more = (loose if side == "l" else 0.0) - TUCK * style.curl
        pose.hip(side, style.hip + (hip - style.hip) * share + more, style.apart)
        pose.knee(side, style.knee + (knee - style.knee) * share)
        pose.turn(f"foot_{side}", about_x(20))


def _arms(pose: Pose, style: Style) -> None:
    """Hands behind the ears, elbows out; they go with the head."""
    head, chest = pose.rotation("head"), pose.rotation("spine_03")
    place = pose.place("head")
    ahead = np.sin(np.radians(style.elbows))
    for side, out in zip(SIDES, (1, -1), strict=True):
        wrist = place + (head @ np.array([0.115 * out, 0.03, -0.02]))
        pose.arm(side, wrist, chest @ np.array([out * 1.0, 0.25, ahead - 0.2]))
        pose.hand(side, head @ np.array([-0.6 * out, 0.5, -0.55]), head @ np.array([-0.5 * out, 0, 0.8]))


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` the angle between the thighs, degrees."""
    hips, knees = (
        [posed.position[:, body.index[f"{bone}_{side}"]] for side in SIDES] for bone in ("thigh", "calf")
    )
    return angle_at(knees[0] - hips[0], np.zeros_like(hips[0]), knees[1] - hips[1])


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults, see `FAULTS`."""
    del style
    return {
        "neck_pull": _nod(body, posed) - _nod(body, start),
        "hips_rock": np.abs(pelvis_roll(start, posed, body)),
    }


def _nod(body: Body, posed: Posed) -> Floats:
    """How far the head is bent forwards against the chest, degrees."""
    chest, head = (posed.rotation[:, body.index[bone]] for bone in ("spine_03", "head"))
    return angle_about(np.swapaxes(chest, -1, -2) @ head, 0)
