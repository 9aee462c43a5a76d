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
    ANGLE,
    FAULTS,
    LEAST,
    SETUP,
    WORKING,
    Legs,
    Support,
    Trunk,
    angle,
    measure,
    raise_hips,
    trunk_of,
)
from samples.studio.motion._supine import SHOULDERS_X, arms_down, head_down, seat
from samples.studio.motion.contact import SINK, lowest, sparse
from samples.studio.motion.faults import STILL, Sway
from samples.studio.rotation import Floats, X, Y
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
    "measure",
    "pose",
]

POSTURE: Final = "supine"
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
    head_down(pose, style.nod, sway)
    arms_down(pose, style.arms)
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
        pose.put(pose.between("upperarm"), SHOULDERS_X * X + np.multiply.outer(up, Y))

    top = float(np.interp(rest + 28, TILTS, heights[:, 0]))
    return Support(chest, rest, np.array([SHOULDERS_X, top, 0.0]))


def _looked_up(heights: Floats, tilt: Floats, arch: Floats) -> Floats:
    """Heights on the grid of `TILTS` and `ARCHES` at any tilt and arch, linearly between."""
    tilt, arch = np.broadcast_arrays(tilt, arch)
    row = np.clip((tilt - TILTS[0]) / (TILTS[1] - TILTS[0]), 0, len(TILTS) - 1.001)
    column = np.clip((arch - ARCHES[0]) / (ARCHES[1] - ARCHES[0]), 0, len(ARCHES) - 1.001)
    i, j = row.astype(int), column.astype(int)
    a, b = row - i, column - j
    near = (1 - b) * heights[i, j] + b * heights[i, j + 1]
    return np.asarray((1 - a) * near + a * ((1 - b) * heights[i + 1, j] + b * heights[i + 1, j + 1]))
