"""What to say about a rep: at most one thing, and mostly nothing.

Severe faults are said at once, mild ones when they come back (2 of the last 3 reps). Alignment goes before
momentum, that before range, that before tempo. The same words are not said again for two reps; when the fault
is gone, "Better", once.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import isfinite
from typing import Final

from formcheck.engine import control
from formcheck.engine.limbs import Bone, bones
from formcheck.session import words
from formcheck.spec import Exercise, Fault
from formcheck.types import Rep, Severity, Tempo

#: A mild fault is a habit when it shows in so many of the last reps.
HABIT, LAST = 2, 3
#: The same cue not again for so many reps.
COOLDOWN: Final = 2
#: Time up and down, against the wanted one, that is too short and too long.
QUICK, SLOW = 0.7, 1.5
FAST_ID, SLOW_ID = "tempo_fast", "tempo_slow"
BAD = (Severity.MILD, Severity.SEVERE)


@dataclass(frozen=True, slots=True)
class Cue:
    """What to say and show about a rep; `severity` OK is a praise."""

    fault: str
    text: str
    severity: Severity
    limbs: tuple[tuple[Bone, Severity], ...] = ()


class Cues:
    """Remembers the reps of one exercise on one side, and what was said about them.

    Args:
        exercise: With its limits.
        tempo: The wanted one, if any.
    """

    def __init__(self, exercise: Exercise, tempo: Tempo | None = None) -> None:
        self.exercise, self.tempo = exercise, tempo
        self._faults = control.faults_of(exercise)
        self._last: deque[dict[str, Severity]] = deque(maxlen=LAST)
        self._said: dict[str, int] = {}  # rep number at which each cue was last said
        self._open = ""  # the fault that was said last and is not better yet
        self._n = 0

    def about(self, rep: Rep) -> Cue | None:
        """The one thing to say about a counted rep; None for silence."""
        self._n += 1
        levels = {v.fault: v.verdict for v in rep.verdicts} | self._tempo(rep)
        self._last.append(levels)
        found = [f for f in levels if self._due(f) and not (f in self._said and self._once(f))]
        if found:
            fault = max(found, key=lambda f: self._rank(f, levels[f]))
            if self._n - self._said.get(fault, -COOLDOWN - 1) <= COOLDOWN:
                return None
            self._said[fault], self._open = self._n, fault
            return self._cue(fault, levels[fault], rep)
        if self._open and levels.get(self._open) is Severity.OK:
            fault, self._open = self._open, ""
            return Cue(fault, words.BETTER, Severity.OK)
        return None

    def _due(self, fault: str) -> bool:
        """Severe now, or mild now and often enough of late."""
        now = self._last[-1][fault]
        habit = sum(levels.get(fault) in BAD for levels in self._last)
        return now is Severity.SEVERE or (now is Severity.MILD and habit >= HABIT)

    def _once(self, fault: str) -> bool:
        known = self._faults.get(fault)
        return isinstance(known, Fault) and known.once

    def _rank(self, fault: str, level: Severity) -> tuple[int, float]:
        """Severe alignment, momentum and lowering, mild alignment, range, tempo; then by weight."""
        known = self._faults.get(fault)
        if known is None:
            return 0, 0.0
        if isinstance(known, Fault):
            return (4 if level is Severity.SEVERE else 2), known.weight * (2 if known.primary else 1)
        return (1 if known is control.SHORT else 3), known.weight

    def _cue(self, fault: str, level: Severity, rep: Rep) -> Cue:
        known = self._faults.get(fault)
        if known is None:
            return Cue(fault, words.SLOWER if fault == FAST_ID else words.FASTER, level)
        return Cue(fault, known.cue, level, tuple((bone, level) for bone in bones(known, rep.side)))

    def _tempo(self, rep: Rep) -> dict[str, Severity]:
        """Two faults of tempo, mild at most, when one is wanted and the rep's was read."""
        if self.tempo is None:
            return {}
        share = (rep.tempo.concentric_s + rep.tempo.eccentric_s) / (
            self.tempo.concentric_s + self.tempo.eccentric_s
        )
        if not isfinite(share):
            return {}
        mild, ok = Severity.MILD, Severity.OK
        return {FAST_ID: mild if share < QUICK else ok, SLOW_ID: mild if share > SLOW else ok}
