"""Reverse lunge: a step backwards, its knee sinks towards the floor, and back to standing.

The front leg works; the other one steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.motion._lunge import ANGLE, FAULTS, LEAST, POSTURE, Style, angle, measure
from samples.studio.motion._split import ALTERNATES, WORKING, step
from samples.studio.motion.faults import STILL, Sway
from samples.studio.skeleton import Pose

__all__ = [
    "ALTERNATES",
    "ANGLE",
    "FAULTS",
    "LEAST",
    "POSTURE",
    "WORKING",
    "Style",
    "angle",
    "measure",
    "pose",
]


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    return step(body, depth, faults, style, sway, front="l", steps="r")
