"""What the reps add up to: counts per fault, the score, and the one thing to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from formcheck.engine import control, score
from formcheck.spec import Exercise
from formcheck.types import FaultCount, Rep, Severity, Verdict

#: A mild fault in fewer than this share of the reps is not worth a word about the whole (docs/thresholds.md,
#: Cues: mild is spoken when seen in 2 of 3).
WORTH: Final = 0.2


def per_fault(exercise: Exercise, reps: Sequence[Rep]) -> tuple[FaultCount, ...]:
    """How often each fault showed in the counted reps, the exercise's own first."""
    seen: dict[str, list[Verdict]] = {}
    for rep in reps:
        if rep.counted:
            for verdict in rep.verdicts:
                seen.setdefault(verdict.fault, []).append(verdict)
    labels = {f.id: f.label for f in control.faults_of(exercise).values()}
    counts = []
    for fault, verdicts in seen.items():
        level = Counter(v.verdict for v in verdicts)
        reasons = Counter(v.reason for v in verdicts if v.reason)
        counts.append(
            FaultCount(
                fault,
                labels[fault],
                level[Severity.OK],
                level[Severity.MILD],
                level[Severity.SEVERE],
                level[Severity.UNKNOWN],
                reasons.most_common(1)[0][0] if reasons else "",
            )
        )
    return tuple(counts)


def top(exercise: Exercise, reps: Sequence[Rep], *, least: int = 1) -> tuple[str, str]:
    """The fault that matters most and its cue; two empty texts when none does.

    Severity times weight, summed over the reps, decides; a primary fault counts double
    (docs/thresholds.md, Cues: alignment before momentum before range). More range is never asked for
    while the form fails.

    Args:
        exercise: What was judged.
        reps: Of a set or of a whole film; partial ones say nothing.
        least: A mild fault in fewer reps than this is not worth a word.
    """
    known = control.faults_of(exercise)
    best, cue, most = "", "", 0.0
    for seen in per_fault(exercise, reps):
        if not seen.severe and seen.mild < max(least, WORTH * (seen.ok + seen.shown)):
            continue
        fault = known[seen.fault]
        cost = fault.weight * (2 if fault.primary else 1) * (seen.severe + 0.5 * seen.mild)
        if cost > most:
            best, cue, most = fault.id, fault.cue, cost
    return best, cue


def total(reps: Sequence[Rep]) -> int | None:
    """The session's score: the mean of its sets', weighted by their reps; None when none has one."""
    sets: dict[int, list[Rep]] = {}
    for rep in reps:
        if rep.counted:
            sets.setdefault(rep.set, []).append(rep)
    scored = [(score.of_set(group), len(group)) for group in sets.values()]
    known = [(value, n) for value, n in scored if value is not None]
    if not known or sum(n for _, n in known) < sum(n for _, n in scored) / 2:
        return None
    return round(sum(v * n for v, n in known) / sum(n for _, n in known))
