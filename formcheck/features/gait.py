"""Walking and running: steps, and figures about them. Information, never a fault.

A step is told by the legs passing each other: how far the left ankle is ahead of the right one swings from
positive to negative and back, and each swing ends with a foot that lands. What the pose model does to legs that
cover each other is to exchange them, which turns the sign and not the size, so steps are counted by the size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.features.body import LEAST_TORSO_PX, Window, axes, median
from formcheck.features.view import angles
from formcheck.geometry import Bools, Floats
from formcheck.landmarks import LEFT, RIGHT
from formcheck.smooth.lowpass import running_median, zero_phase
from formcheck.smooth.outliers import clean
from formcheck.types import Recording, Side

#: Steps are sampled at this rate, Hz, whatever the source's: extremes fall between frames.
RATE_HZ: Final = 120.0
#: The feet's low-pass, Hz (docs/thresholds.md, Signal processing: 6 for gait).
SMOOTH_HZ: Final = 6.0
#: Way of the ankles past each other that is a step at least, % of the torso.
LEAST_STEP: Final = 18.0
#: And as a share of the usual one.
LEAST_SHARE: Final = 0.45
#: A step takes so long, s (domain: 40 to 220 a minute).
STEP_S: Final = (0.24, 1.3)
#: Steps belong to one bout while each takes at most this many times the usual time.
BOUT: Final = 1.7
#: Fewer steps in a row are somebody who turns or sets the feet.
LEAST_STEPS: Final = 4
#: The side that a person faces is read over so long, s.
FACING_S: Final = 0.7
#: Azimuths in which lengths along the way and heights of the hips show, degrees.
FROM_SIDE: Final = (60.0, 120.0)
FROM_ENDS: Final = (28.0, 152.0)


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        t: When the foot lands, s.
        side: Whose foot.
        bout: Number of the bout from 1: steps without a pause.
    """

    t: float
    side: Side
    bout: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a walk.

    Attributes:
        id: Permanent.
        name: For people.
        value: NaN where it is unknown.
        unit: Of the value.
        reason: Why it is unknown; empty otherwise.
        note: What else a person should know: whose step is longer, for instance.
    """

    id: str
    name: str
    value: float
    unit: str
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gait:
    """Somebody's walk.

    Attributes:
        steps: In order.
        figures: Cadence, symmetry and so on, always the same ones in the same order.
    """

    steps: tuple[Step, ...]
    figures: tuple[Figure, ...]

    def figure(self, figure_id: str) -> Figure:
        """The figure with this id.

        Raises:
            KeyError: There is none.
        """
        return {figure.id: figure for figure in self.figures}[figure_id]
