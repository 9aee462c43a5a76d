"""The plan of the day: which exercise, which side, how many sets and reps, how long a rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from formcheck.errors import UsageError
from formcheck.exercises import find
from formcheck.spec import Exercise

#: Without a plan: sets × reps and rest, s; the change of sides needs a turn-over, not a rest.
#: ACSM 2009 for novices: 1–3 sets of 8–12, 1–2 min; small muscles less.
SETS, REPS, REST_S, TURN_S = 3, 12, 45.0, 15.0
MOST_SETS, MOST_REPS = 20, 200
SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class Step:
    """One set to do.

    Attributes:
        side: "left", "right", "both" (no side), or "auto" (whichever the person does).
        set: From 1 within the exercise, the same for the left and the right one.
        sets: How many of this exercise.
        reps: Wanted; None for an open end.
        rest_s: After it.
    """

    exercise: str
    side: str
    set: int
    sets: int
    reps: int | None
    rest_s: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in order; after the last one the session is done."""

    steps: tuple[Step, ...]

    @classmethod
    def of(
        cls,
        exercise: Exercise,
        *,
        sets: int = SETS,
        reps: int | None = REPS,
        side: str = "auto",
        rest_s: float = REST_S,
        turn_s: float = TURN_S,
    ) -> Plan:
        """Sets of one exercise; one-sided ones left and right in turn, unless a side is named.

        Args:
            exercise: What to do.
            sets: How many, for each side.
            reps: In each; None for an open end.
            side: "left", "right", or "auto" for both.
            rest_s: Between sets, s.
            turn_s: Between the sides of one set, s.
        """
        if exercise.side in ("both", "alternating"):
            sides: Sequence[str] = ("both",)
        else:
            sides = (side,) if side in SIDES else SIDES
        steps = [
            Step(exercise.id, s, n, sets, reps, rest_s if s == sides[-1] else turn_s)
            for n in range(1, sets + 1)
            for s in sides
        ]
        return cls(tuple(steps))

    @classmethod
    def parse(cls, text: str, *, rest_s: float = REST_S, turn_s: float = TURN_S) -> Plan:
        """Reads ``"clamshell 2x12, squat 3x8, side_leg_raise left 10"``.

        Each part is an exercise, then in any order a side (left, right; both sides when not said) and
        sets×reps or reps alone.

        Raises:
            UsageError: A part cannot be read, or there is none.
        """
        steps: list[Step] = []
        for part in text.split(","):
            words = part.split()
            if not words:
                continue
            exercise, side, sets, reps = find(words[0].lower()), "auto", 1, REPS
            for word in (w.lower() for w in words[1:]):
                match = re.fullmatch(r"(?:(\d+)[x×*])?(\d+)", word)
                if word in SIDES:
                    side = word
                elif match:
                    sets, reps = int(match[1] or 1), int(match[2])
                else:
                    raise UsageError(f"cannot read '{word}' in the plan", hint=_EXAMPLE)
            _within("sets", sets, MOST_SETS)
            _within("reps", reps, MOST_REPS)
            steps += cls.of(exercise, sets=sets, reps=reps, side=side, rest_s=rest_s, turn_s=turn_s).steps
        if not steps:
            raise UsageError("the plan is empty", hint=_EXAMPLE)
        return cls(tuple(steps))

    def __len__(self) -> int:
        return len(self.steps)

    def __getitem__(self, k: int) -> Step:
        return self.steps[k]

    def swapped(self, k: int, side: str) -> Plan | None:
        """The plan with step `k` done on `side` and the next step of that side put in its place.

        None where no step of the same exercise and set is left for that side.
        """
        here = self.steps[k]
        for j in range(k + 1, len(self.steps)):
            there = self.steps[j]
            if (there.exercise, there.set) == (here.exercise, here.set) and there.side == side:
                steps = list(self.steps)
                steps[k], steps[j] = replace(here, side=there.side), replace(there, side=here.side)
                return Plan(tuple(steps))
        return None

    def with_reps(self, k: int, reps: int) -> Plan:
        """The plan with another target for step `k` and the ones like it after it."""
        here = self.steps[k]
        steps = [
            replace(s, reps=reps) if j >= k and s.exercise == here.exercise else s
            for j, s in enumerate(self.steps)
        ]
        return Plan(tuple(steps))


_EXAMPLE = 'such as "clamshell 2x12, squat 3x8"'


def _within(what: str, n: int, most: int) -> None:
    if not 1 <= n <= most:
        raise UsageError(f"{n} {what} in the plan", hint=f"1 to {most}")
