"""Hip adduction machine: seated, both thighs press the pads together; the angle falls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.motion._machine import (
    ANGLE,
    FAULTS,
    FURNITURE,
    LEAST,
    POSTURE,
    WORKING,
    Style,
    angle,
    measure,
    sit,
)
from samples.studio.motion.faults import STILL, Sway
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


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    return sit(body, depth, faults, style, sway, (style.open, style.closed))
