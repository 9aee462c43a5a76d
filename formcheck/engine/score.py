"""From verdicts to a number: penalties that can be read, and no number when too much was unseen.

Rules: docs/thresholds.md, Scoring.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from formcheck.engine import control
from formcheck.spec import Exercise
from formcheck.types import Rep, Severity, Verdict

#: Highest score with one severe primary fault, and with two severe faults.
CAP_PRIMARY, CAP_TWO = 69, 49
#: No single rep loses more than this.
MOST = 85.0
#: The faults of control together cost at most this much.
CONTROL_CAP = 30.0
#: With more than this share of the primary faults' weight unseen, there is no number. First proposed was 0.4,
#: with which no single view of a squat would ever be scored: the knees show from the front, depth and lean
#: from the side.
UNSEEN = 0.6


def of_rep(exercise: Exercise, verdicts: Sequence[Verdict]) -> int | None:
    """0..100; None when nothing is judged, or more than `UNSEEN` of the primary faults' weight is unknown."""
    if exercise.informative:
        return None
    by_id = {v.fault: v for v in verdicts}
    primary = [f for f in exercise.faults if f.primary and f.id in by_id]
    weight = sum(f.weight for f in primary)
    unseen = sum(f.weight for f in primary if by_id[f.id].verdict is Severity.UNKNOWN)
    if weight and unseen > UNSEEN * weight:
        return None
    lost = 0.0
    for fault in exercise.faults:
        if fault.id in by_id:
            lost += fault.weight * _share(by_id[fault.id])
    loose = sum(c.weight * _share(by_id[c.id]) for c in control.ALL if c.id in by_id)
    score = 100.0 - min(MOST, lost + min(CONTROL_CAP, loose))
    severe = [v for v in verdicts if v.verdict is Severity.SEVERE]
    if any(f.primary and by_id[f.id].verdict is Severity.SEVERE for f in exercise.faults if f.id in by_id):
        score = min(score, CAP_PRIMARY)
    if len(severe) >= 2:
        score = min(score, CAP_TWO)
    return round(score)


def _share(verdict: Verdict) -> float:
    """0 when ok, a half at mild, one at severe, in between by the value."""
    if verdict.verdict is Severity.SEVERE:
        return 1.0
    if verdict.verdict is not Severity.MILD:
        return 0.0
    gap = verdict.severe - verdict.limit
    if not gap > 0:  # a verdict without its severe limit: no more than mild is known
        return 0.5
    return float(np.clip(0.5 + 0.5 * (verdict.value - verdict.limit) / gap, 0.5, 1.0))


def of_set(reps: Sequence[Rep]) -> int | None:
    """Mean of the reps' scores without the worst tenth, less 5 × the share of one recurring severe fault."""
    scores = sorted(rep.score for rep in reps if rep.score is not None)
    counted = [rep for rep in reps if rep.counted]
    if not scores or len(scores) < len(counted) / 2:
        return None
    kept = scores[len(scores) // 10 :]
    severe = [v.fault for rep in counted for v in rep.verdicts if v.verdict is Severity.SEVERE]
    most = max((severe.count(fault) for fault in set(severe)), default=0)
    return round(max(0.0, float(np.mean(kept)) - 5.0 * most / len(counted)))
