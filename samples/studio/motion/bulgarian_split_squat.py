"""Bulgarian split squat: down and up over the front leg, the instep of the other foot on a bench."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.motion import _lunge
from samples.studio.motion._lunge import (
    ANGLE,
    FAULTS,
    LEAST,
    POSTURE,
    Foot,
    angle,
    leg_length,
    measure,
    sideways,
)
from samples.studio.motion._lunge_pose import stand
from samples.studio.motion._split import hips_at_bottom
from samples.studio.motion.contact import ankle_height
from samples.studio.motion.faults import STILL, Sway
from samples.studio.room import Block
from samples.studio.rotation import X, Y, Z
from samples.studio.skeleton import Pose

__all__ = [
    "ANGLE",
    "FAULTS",
    "FURNITURE",
    "LEAST",
    "POSTURE",
    "WORKING",
    "Style",
    "angle",
    "measure",
    "pose",
]

#: The front leg works.
WORKING: Final = ("left", "right")
#: Height of the ankle's joint over the bench that its instep lies on, m.
INSTEP_M: Final = 0.065
#: Where the hips are at the start, as a share of the way to the rear ankle.
BACK: Final = 0.17


@dataclass(frozen=True)
class Style(_lunge.Style):
    """A person's way.

    Attributes:
        bench: Height of the bench, m.
    """

    stride: float = 0.92
    bench: float = 0.42

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        shin = rng.uniform(0, 16)
        return cls(
            stride=rng.uniform(0.86, 0.98),
            width=rng.uniform(0.8, 1.2),
            toes=rng.uniform(0, 14),
            knee=max(rng.uniform(82, 92), 91 - shin),
            shin=shin,
            soft=rng.uniform(6, 14),
            lean=rng.uniform(3, 12),
            round=rng.uniform(-3, 5),
            outside=rng.uniform(-0.8, 3.5),
            arms=str(rng.choice(["sides", "hips", "goblet"])),
            gaze=rng.uniform(0.45, 0.95),
            favours=float(rng.choice([-1, 1])),
            aside=rng.uniform(0, 2.5),
            bench=rng.uniform(0.36, 0.44),
        )


def bench(body: Body, style: Style) -> tuple[Block, ...]:
    """The bench: its near edge is under the ankle."""
    depth = 0.34
    middle = -style.stride * leg_length(body) + 0.02 - depth / 2
    return (Block((0.0, style.bench / 2, middle), (1.1, style.bench, depth), (0.22, 0.22, 0.25), stays=True),)


FURNITURE: Final = bench


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    share = _lunge.depth_of(np.asarray(depth, np.float64), faults)
    wide, far = style.width * sideways(body), style.stride * leg_length(body)
    flat = np.zeros(np.shape(share))
    ahead = np.multiply.outer(flat + wide, X) + ankle_height(body) * Y
    behind = np.multiply.outer(flat - 0.8 * wide, X) + (style.bench + INSTEP_M) * Y - far * Z
    feet = {"l": Foot(ahead, flat, style.toes)}
    back, high = hips_at_bottom(body, style, faults, far)
    first = BACK * far
    hips = np.multiply.outer(-first - share * (back - first), Z) + np.asarray(sway.shift) * (1, 0, 1)
    both = feet | {"r": Foot(behind, flat, 0.0)}
    start = _lunge.under_reach(
        body,
        np.ones(()),
        np.asarray(_lunge.standing(body, style)),
        -first * Z,
        {k: _at_start(f) for k, f in both.items()},
    )
    up = _lunge.under_reach(body, np.ones(()), _lunge.sunk(body, start, high, share), hips, both)
    hips = hips + np.multiply.outer(up, Y)
    lean = _lunge.leaning(share, faults, style.lean)
    pose = stand(body, style, share, faults, sway, hips, feet, "l", lean)
    pose.leg("r", behind, Z - Y)
    pose.foot("r", -Z - 0.15 * Y + 0 * behind, -Y)
    return pose


def _at_start(foot: Foot) -> Foot:
    """The foot at one instant."""
    return Foot(np.reshape(foot.ankle, (-1, 3))[0], np.zeros(()), foot.toes)
