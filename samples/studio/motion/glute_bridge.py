"""Glute bridge: on the back, head towards −x; both feet are planted and lift the pelvis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import SIDES, Body, Ints
from samples.studio.motion._bridge import (
    FAULTS,
    SETUP,
    SUPINE,
    Legs,
    Support,
    Trunk,
    angle,
    measure,
    raise_hips,
    seat,
    trunk_of,
)
from samples.studio.motion.contact import SINK, hand_down, lowest, palm_height, sparse
from samples.studio.motion.faults import STILL, FaultInfo, Sway
from samples.studio.rotation import Floats, X, Y, Z, about_x, about_y, unit
from samples.studio.skeleton import Pose

__all__ = [
    "ANGLE",
    "FAULTS",
    "LEAST",
    "POSTURE",
    "SETUP",
    "WORKING",
    "Style",
    "angle",
    "limits",
    "measure",
    "pose",
]

POSTURE: Final = "supine"
WORKING: Final = ("both",)
ANGLE: Final = "hip_angle_deg"
#: Less than that and the hips are not straight.
LEAST: Final = 0.975
#: Tilts of the chest and arches of the back at which their contact with the floor is looked up, degrees.
TILTS: Final = np.arange(-10.0, 70.0, 4.0)
ARCHES: Final = np.arange(0.0, 49.0, 4.0)


@dataclass(frozen=True)
class Style:
    """A person's way; degrees.

    Attributes:
        legs: How the feet stand.
        arms: Arms away from the body, on the floor.
        nod: Chin towards the chest.
    """

    legs: Legs = field(default_factory=Legs)
    arms: float = 30.0
    nod: float = 6.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        return cls(Legs.draw(rng), rng.uniform(18, 48), rng.uniform(0, 12))


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    pose = raise_hips(body, depth, faults, style.legs, _floor(body), sway)
    _head(pose, style, sway)
    _arms(pose, style)
    return pose


@lru_cache(maxsize=32)
def _back(body: Body) -> Ints:
    return sparse(body.vertices_of("spine_02", "spine_03", "clavicle_l", "clavicle_r", share=0.5), 700)


@lru_cache(maxsize=32)
def _floor(body: Body) -> Support:
    """Rest the body on the floor: shoulders at every tilt and arch, the seat at the start."""
    tilt, arch = np.meshgrid(TILTS, ARCHES, indexing="ij")
    lying = Trunk(tilt.ravel(), arch.ravel(), np.zeros(tilt.size), STILL)
    down = trunk_of(body, lambda pose, _: pose.put(pose.between("upperarm"), np.zeros(3)), lying)
    for side in SIDES:
        down.hip(side, 55)
    heights = (-lowest(body, down, _back(body)) - SINK).reshape(tilt.shape)
    seated = lowest(body, down, seat(body)).reshape(tilt.shape)[:, 0] + heights[:, 0] + SINK
    rest = float(np.interp(0.0, seated, TILTS))

    def chest(pose: Pose, trunk: Trunk) -> None:
        up = _looked_up(heights, trunk.tilt, trunk.arch)
        pose.put(pose.between("upperarm"), -0.45 * X + np.multiply.outer(up, Y))

    top = float(np.interp(rest + 28, TILTS, heights[:, 0]))
    return Support(chest, rest, np.array([-0.45, top, 0.0]))


def _looked_up(heights: Floats, tilt: Floats, arch: Floats) -> Floats:
    """Heights on the grid of `TILTS` and `ARCHES` at any tilt and arch, linearly between."""
    tilt, arch = np.broadcast_arrays(tilt, arch)
    row = np.clip((tilt - TILTS[0]) / (TILTS[1] - TILTS[0]), 0, len(TILTS) - 1.001)
    column = np.clip((arch - ARCHES[0]) / (ARCHES[1] - ARCHES[0]), 0, len(ARCHES) - 1.001)
    i, j = row.astype(int), column.astype(int)
    a, b = row - i, column - j
    near = (1 - b) * heights[i, j] + b * heights[i, j + 1]
    return np.asarray((1 - a) * near + a * ((1 - b) * heights[i + 1, j] + b * heights[i + 1, j + 1]))


def _arms(pose: Pose, style: Style) -> None:
    """On the floor beside the body, palms down."""
    body = pose.body
    reach = 0.97 * (body.length("upperarm_l") + body.length("lowerarm_l"))
    for side, out in zip(SIDES, (-Z, Z), strict=True):
        a = np.radians(style.arms)
        along = np.cos(a) * X + np.sin(a) * out
        shoulder = pose.place(f"upperarm_{side}")
        drop = shoulder[..., 1] - palm_height(body)
        level = np.sqrt(reach**2 - drop**2)
        hand_down(pose, side, shoulder + np.multiply.outer(level, along), along, unit(out + 0.4 * Y))


def _head(pose: Pose, style: Style, sway: Sway) -> None:
    """The neck bends until the back of the head lies on the floor."""
    body = pose.body
    neck = body.offset("neck_01", "head")
    rise = _head_height(body, style.nod) - pose.place("neck_01")[..., 1]
    bend = np.arcsin(np.clip(rise / np.hypot(neck[1], neck[2]), -1, 1)) - np.arctan2(neck[2], neck[1])
    pose.set_global("neck_01", SUPINE @ about_x(np.degrees(bend)))
    pose.set_global("head", SUPINE @ about_x(style.nod) @ about_y(sway.look))


@lru_cache(maxsize=32)
def _head_height(body: Body, nod: float) -> float:
    """Height of the head's joint when its back lies on the floor, m."""
    pose = Pose(body, SUPINE @ about_x(nod))
    low = lowest(body, pose, sparse(body.vertices_of("head"), 1000))
    return float(pose.place("head")[1] - low[0]) - SINK


def limits(body: Body, style: Style) -> dict[str, FaultInfo]:
    """The same for everybody."""
    del body, style
    return FAULTS
