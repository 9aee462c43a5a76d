"""Hip thrust: the shoulder blades on the edge of a bench, head towards −x; both feet lift the pelvis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import SIDES, Body
from samples.studio.motion._bridge import (
    ANGLE,
    FAULTS,
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
from samples.studio.motion._supine import seat
from samples.studio.motion.contact import cross_arms, lowest, trunk_size
from samples.studio.motion.faults import STILL, Sway
from samples.studio.room import Block
from samples.studio.rotation import Floats, X, Y, Z
from samples.studio.skeleton import Pose

__all__ = [
    "ANGLE",
    "AXES",
    "FAULTS",
    "FURNITURE",
    "LEAST",
    "POSTURE",
    "SETUP",
    "WORKING",
    "Style",
    "angle",
    "measure",
    "pose",
]

POSTURE: Final = "seated"
#: The feet are towards x, as in bridges on the floor.
AXES: Final = (X, -Z)
#: Less than that and the hips are not straight.
LEAST: Final = 0.985
#: Height of the bench, and where its edge is, m.
BENCH_M, EDGE_M = 0.40, -0.35
FURNITURE: Final = (
    Block((EDGE_M - 0.19, BENCH_M / 2, 0.0), (0.36, BENCH_M, 1.1), (0.24, 0.23, 0.25), stays=True),
)
#: How far below the shoulders the edge supports the back, m, and how far the back sinks in there.
BLADES_M, SINK_M = 0.15, 0.015
#: Tilts of the chest at which the seat's height is looked up, degrees.
TILTS: Final = np.arange(-74.0, 0.0, 4.0)


@dataclass(frozen=True)
class Style:
    """A person's way; degrees unless said otherwise.

    Attributes:
        legs: How the feet stand.
        low: Height of the seat over the floor at the start, m.
        arms: "hips", hands where a bar would lie, or "crossed" on the chest.
        nod: Chin towards the chest.
    """

    legs: Legs = field(default_factory=Legs)
    low: float = 0.10
    arms: str = "hips"
    nod: float = 22.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        legs, low = Legs.draw(rng), rng.uniform(0.05, 0.15)
        return cls(legs, low, str(rng.choice(["hips", "hips", "crossed"])), rng.uniform(10, 30))


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    pose = raise_hips(body, depth, faults, style.legs, _bench(body, style.low), sway)
    pose.head(style.nod + np.asarray(sway.nod), 0, sway.look)
    _arms(pose, style)
    return pose


@lru_cache(maxsize=64)
def _bench(body: Body, low: float) -> Support:
    """The chest turns about the edge, which touches the same place of the back at every tilt."""
    shoulder = body.heads[[body.index[f"upperarm_{s}"] for s in SIDES]].mean(0)
    back = body.vertices[body.vertices_of("spine_02", "spine_03", share=0.6)]
    level = back[(np.abs(back[:, 1] - shoulder[1] + BLADES_M) < 0.03) & (np.abs(back[:, 0]) < 0.12)]
    contact = np.array([0.0, -BLADES_M, float(np.percentile(level[:, 2], 10)) + SINK_M - shoulder[2]])
    edge = EDGE_M * X + BENCH_M * Y

    def chest(pose: Pose, trunk: Trunk) -> None:
        del trunk
        place = pose.between("upperarm") + (pose.rotation("spine_03") @ contact[:, None])[..., 0]
        pose.put(place, edge)

    still = Trunk(TILTS, np.zeros_like(TILTS), np.zeros_like(TILTS), STILL)
    sitting = trunk_of(body, chest, still)
    for side in SIDES:
        sitting.hip(side, 75)
    height = lowest(body, sitting, seat(body))
    rest = float(np.interp(low, height, TILTS))
    flat = trunk_of(body, chest, Trunk(np.zeros(1), np.zeros(1), np.zeros(1), STILL))
    return Support(chest, rest, flat.between("upperarm")[0])


def _arms(pose: Pose, style: Style) -> None:
    if style.arms == "crossed":
        cross_arms(pose)
        return
    body = pose.body
    turned, middle = pose.rotation("pelvis"), pose.between("thigh")
    shoulders = float(body.offset("thigh_l", "upperarm_l")[2])
    for side, out in zip(SIDES, (1, -1), strict=True):
        ahead = shoulders + trunk_size(body, 0.2)[1] + 0.07
        wrist = middle + _on(turned, out * 0.17, 0.25, ahead)
        pose.arm(side, wrist, _on(turned, out, -0.1, -0.3))
        pose.hand(side, _on(turned, -1.0 * out, -0.6, 0.15), _on(turned, 0, 0, -1))


def _on(turned: Floats, *offset: float) -> Floats:
    return np.asarray((turned @ np.array(offset)[:, None])[..., 0])
