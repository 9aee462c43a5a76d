"""Reverse lunge: a step backwards, its knee sinks towards the floor, and back to standing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.motion._lunge import Style, bend_of, faults_of, sizes
from samples.studio.motion._split import step
from samples.studio.motion.faults import STILL, FaultInfo, Sway
from samples.studio.rotation import Floats
from samples.studio.skeleton import Pose, Posed

__all__ = [
    "ALTERNATES",
    "ANGLE",
    "FAULTS",
    "LEAST",
    "POSTURE",
    "WORKING",
    "Style",
    "angle",
    "limits",
    "measure",
    "pose",
]

POSTURE: Final = "standing"
ANGLE: Final = "leg_bend_deg"
#: The front leg works; the other one steps.
ALTERNATES: Final = True
#: In turns, or one side for a whole set.
WORKING: Final = ("alternating", "left", "alternating", "right")
LEAST: Final = 0.94
FAULTS: Final = faults_of("left")


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    return step(body, depth, faults, style, sway, front="l", steps="r")


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` bend of an even leg under hips as high as these, degrees."""
    return bend_of(body, posed)


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults: see `sizes`."""
    del start, style
    return sizes(body, posed, "l")


def limits(body: Body, style: Style) -> dict[str, FaultInfo]:
    """The same for everybody."""
    del body, style
    return FAULTS
