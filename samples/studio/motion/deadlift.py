"""Deadlift: standing at the origin, looking along z; depth 0 is the bar on the floor, 1 the lockout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.motion import _hinge, _pull
from samples.studio.motion.faults import STILL, FaultInfo, Sway
from samples.studio.rotation import Floats
from samples.studio.skeleton import Pose, Posed

POSTURE: Final = "hinged"
WORKING: Final = ("both",)
ANGLE: Final = "hip_angle_deg"
#: Less than that and the lockout is not upright.
LEAST: Final = 0.9
FAULTS: Final = _pull.FAULTS
AT: Final = _pull.AT


@dataclass(frozen=True)
class Style(_pull.Way):
    """A person's way."""

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way. Stance 32 ± 8 cm, feet turned out by 14 ± 6° (Escamilla 2000)."""
        return cls(
            width=rng.uniform(0.75, 1.15),
            toes=rng.uniform(5, 22),
            grip=rng.uniform(1.45, 1.7),
            low=rng.uniform(60, 73),
            lead=rng.uniform(0.0, 0.06),
            bar=rng.uniform(0.075, 0.105),
            thighs=rng.uniform(0.0, 0.05),
            soft=rng.uniform(2, 7),
            tall=rng.uniform(-2, 3),
            round=rng.uniform(-4, 6),
            gaze=rng.uniform(0.35, 0.9),
        )


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    return _pull.pose(body, depth, faults, style, sway)


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` the mean angle at the hips between shoulder and knee; 180 is straight, degrees."""
    return _hinge.angle(body, posed)


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults, see `_pull.measure`."""
    del style
    return _pull.measure(body, start, posed)


def limits(body: Body, style: Style) -> dict[str, FaultInfo]:
    """`FAULTS`: the same for everybody."""
    del body, style
    return FAULTS
