"""Hip adduction machine: seated, both thighs press the pads together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.motion._machine import (
    FAULTS,
    LEAST,
    POSTURE,
    WORKING,
    Style,
    between_thighs,
    measure,
    seat,
    sit,
)
from samples.studio.motion.faults import STILL, FaultInfo, Sway
from samples.studio.rotation import Floats
from samples.studio.skeleton import Pose, Posed

__all__ = [
    "ANGLE",
    "FAULTS",
    "FURNITURE",
    "LEAST",
    "POSTURE",
    "WORKING",
    "Style",
    "angle",
    "limits",
    "measure",
    "pose",
]

ANGLE: Final = "between_thighs_deg"
FURNITURE: Final = seat


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    share = np.asarray(depth, np.float64)
    return sit(body, style, style.open + (style.closed - style.open) * share, share, faults, sway)


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` the angle between the thighs, degrees; it falls."""
    return between_thighs(body, posed)


def limits(body: Body, style: Style) -> dict[str, FaultInfo]:
    """The same for everybody."""
    del body, style
    return FAULTS
