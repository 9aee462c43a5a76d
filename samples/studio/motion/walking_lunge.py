"""Walking lunge: a step forwards, the rear knee sinks towards the floor, the rear foot comes up beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.motion._lunge import ANGLE, FAULTS, LEAST, POSTURE, Style, angle, measure
from samples.studio.motion._split import ALTERNATES, step, stride
from samples.studio.motion.faults import STILL, Sway
from samples.studio.rotation import Z
from samples.studio.skeleton import Pose

__all__ = [
    "ALTERNATES",
    "ANGLE",
    "FAULTS",
    "LEAST",
    "POSTURE",
    "Style",
    "angle",
    "back",
    "measure",
    "pose",
    "stride",
]


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    return step(body, depth, faults, style, sway, front="l", steps="l")


def back(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose on the way back: the front foot stays, the rear one comes up to it."""
    pose = step(body, depth, faults, style, sway, front="l", steps="r")
    pose.put(pose.position, pose.position + stride(body, style) * Z)
    return pose
