"""Sumo deadlift: feet wide, hands between the knees; depth 0 is the bar on the floor, 1 the lockout."""

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

    width: float = 1.95
    toes: float = 42.0
    grip: float = 0.8
    low: float = 53.0
    lead: float = 0.01
    bar: float = 0.075
    thighs: float = 0.07

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way. Stance 70 ± 11 cm, feet turned out by 42 ± 8° (Escamilla 2000)."""
        return cls(
            width=rng.uniform(1.65, 2.3),
            toes=rng.uniform(32, 52),
            grip=rng.uniform(0.65, 0.95),
            low=rng.uniform(49, 62),
            lead=rng.uniform(-0.01, 0.04),
            bar=rng.uniform(0.06, 0.09),
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
