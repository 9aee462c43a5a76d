"""Where mild and severe begin in the body's own units: what a commanded size is graded by.

The studio's limits, which are those of docs/thresholds.md, "proposed for the body". They are needed for
truths that name a size and no grade, and to tell a trace of a fault (at most half of mild: still a clean
rep) from one in between.
"""

from __future__ import annotations

from samples.studio import motion
from samples.studio.motion import FaultInfo
from samples.studio.outcome import CONTROL

#: Range missing against the person's own best (docs/thresholds.md, Control of movement): no truth names it.
SHORT = FaultInfo("%", 20, 35, ())


def of(exercise: str, fault: str) -> FaultInfo:
    """The limits of a fault of an exercise.

    Raises:
        KeyError: The studio has none for it.
    """
    return {**motion.find(exercise).FAULTS, **CONTROL, "short_rom": SHORT}[fault]
