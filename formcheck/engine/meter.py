"""The meter of the range of motion: how far a rep goes, against what the person usually does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from formcheck.spec import Cycle
from formcheck.types import Meter

#: The meter's full length, in targets: room for more than the target.
LENGTH: Final = 1.2
#: The target zone begins at this share of the target (docs/thresholds.md: below 80 % is short).
ZONE: Final = 0.8


def target(cycle: Cycle, ranges: Sequence[float]) -> float:
    """The person's own full range, as the verdict on short range uses it; the exercise's before two reps.

    Args:
        cycle: What is counted.
        ranges: Of the counted reps, as shown, degrees.
    """
    return float(np.percentile(ranges, 80)) if len(ranges) > 1 else cycle.degrees(cycle.full_range)


def meter(value: float, best: float, full: float) -> Meter:
    """The meter at a moment; all in degrees as shown.

    Args:
        value: How far the rep is now.
        best: The furthest of this rep.
        full: What a full rep reaches: `target`.
    """
    length = LENGTH * full
    return Meter(
        value=float(np.clip(value / length, 0, 1)),
        target=(ZONE / LENGTH, 1 / LENGTH),
        best=float(np.clip(best / length, 0, 1)),
        label=f"{max(0.0, value):.0f}°",
    )
