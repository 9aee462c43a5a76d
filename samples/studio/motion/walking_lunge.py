"""Walking lunge: a step forwards, the rear knee sinks towards the floor, the rear foot comes up beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.motion._lunge import Style, bend_of, faults_of, sizes
from samples.studio.motion._split import step, stride
from samples.studio.motion.faults import STILL, FaultInfo, Sway
from samples.studio.rotation import Floats, Z
from samples.studio.skeleton import Pose, Posed

__all__ = [
    "ALTERNATES",
    "ANGLE",
    "FAULTS",
    "LEAST",
    "POSTURE",
    "Style",
    "angle",
    "back",
    "limits",
    "measure",
    "pose",
    "stride",
]

POSTURE: Final = "standing"
ANGLE: Final = "leg_bend_deg"
ALTERNATES: Final = True
LEAST: Final = 0.94
FAULTS: Final = faults_of("left")


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    return step(body, depth, faults, style, sway, front="l", steps="l")


def back(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose on the way back: the front foot stays, the rear one comes up to it."""
    pose = step(body, depth, faults, style, sway, front="l", steps="r")
    pose.put(pose.position, pose.position + stride(body, style) * Z)
    return pose


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
