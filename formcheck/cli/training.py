"""From the words of the command line to a live session: what is to be trained."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from formcheck.cli.options import known
from formcheck.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from formcheck.app.store import Saved
    from formcheck.session.plan import Plan
    from formcheck.session.session import Session
    from formcheck.spec import Exercise
    from formcheck.types import Tempo


@dataclass(frozen=True, slots=True)
class Training:
    """What is to be trained, in the user's words.

    Attributes:
        coach: Whether faults are judged at all.
        limits: A file of the person's own limits; None: the one in the settings folder, if it is there.
    """

    exercise: str | None = None
    plan: str | None = None
    sets: int = 3
    reps: int = 12
    rest_s: float = 45.0
    side: str = "auto"
    tempo: str | None = None
    strictness: str = "normal"
    ignore: tuple[str, ...] = ()
    coach: bool = True
    limits: Path | None = None

    def session(self, before: Saved | None = None) -> Session:
        """A new session, or the one that was broken off before.

        Raises:
            UsageError: One of the words is not known, or the file of limits is wrong.
        """
        from formcheck.app import limits as own_limits
        from formcheck.engine import control
        from formcheck.exercises import STRICTNESS, catalogue, find
        from formcheck.recognise import now
        from formcheck.session.plan import Plan
        from formcheck.session.session import Session

        limits = STRICTNESS[known("strictness", self.strictness, STRICTNESS)]

        file = self.limits or own_limits.find_file()
        own = own_limits.load(file) if file else own_limits.OwnLimits()

        def rules(name: str) -> Exercise:
            mine = own.applied(find(name).with_limits(limits))
            skipped = own.ignored(mine.id)
            return replace(mine, faults=tuple(f for f in mine.faults if f.id not in skipped))

        side = known("side", self.side, ("left", "right", "auto"))
        tempo = tempo_of(self.tempo)
        planned = [step.exercise for step in self._plan().steps] if self.plan is not None else []
        ids = planned or ([find(self.exercise).id] if self.exercise else list(catalogue()))
        faults = {fault for name in ids for fault in control.faults_of(find(name))}
        ignored = frozenset(known("fault", fault, sorted(faults)) for fault in self.ignore)
        if self.plan is not None or self.exercise:
            # What all exercises share is left out of the whole session.
            shared = {c.id for c in control.ALL}
            ignored |= {fault for name in ids for fault in own.ignored(name) if fault in shared}
        if before is not None:
            return Session.restore(before.state, rules=rules, recognise=now)
        unjudged = ignored if self.coach else frozenset(faults)
        if self.plan is None and self.exercise is None:
            return Session(None, side=side, tempo=tempo, rules=rules, ignore=unjudged, recognise=now)
        first = rules(ids[0])
        usual = Plan.of(first, sets=self.sets, reps=self.reps or None, side=side, rest_s=self.rest_s)
        plan = self._plan() if self.plan is not None else usual
        return Session(first, plan=plan, side=side, tempo=tempo, rules=rules, ignore=unjudged)

    def _plan(self) -> Plan:
        from formcheck.session.plan import Plan

        return Plan.parse(self.plan or "", rest_s=self.rest_s)

    @property
    def name(self) -> str:
        """For the saved file."""
        words = (self.exercise or self.plan or "").replace(",", " ").split()
        return words[0].lower() if words else ""


def tempo_of(text: str | None) -> Tempo | None:
    """``2-1-2``: seconds up, hold, down.

    Raises:
        UsageError: It can't be read.
    """
    if text is None:
        return None
    from formcheck.types import Tempo

    match = re.fullmatch(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)", text.strip())
    parts = [float(part) for part in match.groups()] if match else []
    if not match or not (0.3 <= parts[0] <= 20 and parts[1] <= 20 and 0.3 <= parts[2] <= 20):
        raise UsageError(f"cannot read the tempo '{text}'", hint="seconds up, hold and down, such as 2-1-2")
    return Tempo(*parts)
