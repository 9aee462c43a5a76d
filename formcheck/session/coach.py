"""When to say what beside the reps: guidance that is not repeated at once, the count-in, announcements."""

from __future__ import annotations

from formcheck.session import words
from formcheck.session.events import Event, Kind, Say, Tone
from formcheck.session.plan import Step
from formcheck.session.readiness import Look
from formcheck.session.record import SetRecord
from formcheck.spec import Exercise

#: How long words may wait for their turn, s.
EXPIRES_S: dict[Kind, float] = {
    "count": 0.8,
    "cue": 1.5,
    "praise": 1.5,
    "guide": 5.0,
    "rest": 4.0,
    "summary": 8.0,
    "safety": 60.0,
}
#: The same guidance again after so long, each time twice as long up to the second; another one after the
#: third, s.
AGAIN_S, AT_MOST_S, BETWEEN_S = 12.0, 96.0, 3.0
BEAT_S = 1.0


class Coach:
    """Remembers what was said last."""

    def __init__(self) -> None:
        self._said: dict[str, float] = {}
        self._times: dict[str, int] = {}
        self._last_s = float("-inf")
        self._introduced: set[str] = set()
        self._until_s = self.count_in_of_s = 0.0
        self._next = 0

    def say(self, t: float, text: str, kind: Kind) -> list[Event]:
        """Says it now."""
        if kind in ("guide", "rest", "summary"):
            self._last_s = t
        return [Say(words.spoken(text), kind, t, t + EXPIRES_S[kind])]

    def guide(self, t: float, text: str, *, once: bool = False) -> list[Event]:
        """Says it unless it was said a short while ago, or something else just now."""
        if once and text in self._said:
            return []
        pause = min(AT_MOST_S, AGAIN_S * 2.0 ** (self._times.get(text, 1) - 1))
        if t - self._said.get(text, float("-inf")) < pause or t - self._last_s < BETWEEN_S:
            return []
        self._said[text], self._times[text] = t, self._times.get(text, 0) + 1
        return self.say(t, text, "guide")

    def start_position(
        self, t: float, look: Look, exercise: Exercise, step: Step | None, record: SetRecord | None
    ) -> list[Event]:
        """Which start position is waited for: the whole of it once, then what is missing."""
        if exercise.id not in self._introduced and step is not None and record is None:
            self._introduced.add(exercise.id)
            self._said[exercise.setup] = t
            return self.announce(t, exercise, step, new=True)
        return self.guide(t, look.missing)

    def announce(self, t: float, exercise: Exercise, step: Step, *, new: bool) -> list[Event]:
        """What comes; how to begin is told the first time."""
        text = words.announce(exercise.name, step, new=new)
        if new:
            self._introduced.add(exercise.id)
            self._said[exercise.setup] = t
            text = f"{text} {exercise.setup}"
        return self.say(t, text, "guide")

    # -- count-in

    def begin(self, t: float, seconds: float, exercise: Exercise) -> list[Event]:
        """The count-in begins: how to lie or stand need not be told any more."""
        self._introduced.add(exercise.id)
        self._times.clear()
        self._until_s, self.count_in_of_s = t + seconds, seconds
        self._next = len(words.COUNT_IN)
        return [] if seconds <= self._next * BEAT_S else self.say(t, words.GET_READY, "guide")

    def left_s(self, t: float) -> float:
        """Seconds of the count-in that are left."""
        return max(0.0, self._until_s - t)

    def count_in(self, t: float) -> list[Event] | None:
        """The numbers, each at its beat; None when it is over."""
        left = self._until_s - t
        if left <= 0:
            return None
        if self._next and left <= self._next * BEAT_S + 1e-6:
            word = words.COUNT_IN[len(words.COUNT_IN) - self._next]
            self._next -= 1
            return [Tone("tick", t), *self.say(t, word, "count")]
        return []
