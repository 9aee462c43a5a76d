"""What a person does to a session on purpose: signs and keys."""

from __future__ import annotations

from formcheck.session import words
from formcheck.session.approach import FORCED_FLOOR_S, FORCED_S
from formcheck.session.events import Event, Gestured, Hush, Saved, Tone
from formcheck.session.flow import Flow
from formcheck.session.gestures import Held
from formcheck.session.plan import MOST_REPS, REPS
from formcheck.session.sight import LYING


class Controls(Flow):
    """Start, pause, next, stop, pain, undo, target."""

    def _sign(self, t: float, held: Held) -> list[Event]:
        """A sign was held: what it does hangs on the state."""
        if held.pain:
            out = self._pain(t, "gesture")
        elif held.name == "crossed":
            out = self._pause(t, "stopped") if self.state not in ("paused", "pain", "done") else []
        elif (self.state, held.name) not in words.GESTURES:
            out = []
        else:
            out = self._start_or_pause(t, "gesture") if held.name == "both_up" else self._next(t, "gesture")
        return [Gestured(t, held.name), Tone("gesture", t), *out] if out else []

    def _start_or_pause(self, t: float, why: str) -> list[Event]:
        if self.state in ("set", "count_in"):
            return self._pause(t, why)
        if self.state in ("paused", "rest"):
            return self._resume(t, why)
        if self.state == "pain":
            return self._move(t, "paused", why)
        exercise = self.exercise
        if self.state not in ("frame", "ready") or exercise is None:
            return []
        self._forced = True
        wait = FORCED_FLOOR_S if exercise.posture in LYING else FORCED_S
        return [*self._move(t, "count_in", why), *self._coach.begin(t, wait, exercise)]

    def _resume(self, t: float, why: str) -> list[Event]:
        """On from a pause, or from a rest that was long enough."""
        if self.state == "paused" and self._rest_left > 0:
            self._rest, self._rest_left = (t + self._rest_left, self._rest[1]), 0.0
            return self._move(t, "rest", why)
        said = self._announce(t) if self.state == "rest" else []
        return [*self._move(t, "ready", why), *said]

    def _pause(self, t: float, why: str) -> list[Event]:
        out: list[Event] = [Hush(t)]
        if self._workout is not None:
            out += self._workout.finish(t)
            self._workout = None
        self._rest_left = max(0.0, self._rest[0] - t) if self.state == "rest" else 0.0
        out += self._move(t, "paused", why)
        said = words.STOPPED if why == "stopped" else words.PAUSED_SAID
        return [*out, Saved(t), *self._coach.say(t, said, "guide")]

    def _pain(self, t: float, why: str) -> list[Event]:
        if self.state in ("pain", "done"):
            return []
        out = self._pause(t, why) if self.state != "paused" else [Hush(t)]
        kept = [e for e in out if isinstance(e, Hush | Saved)]
        return [*kept, *self._move(t, "pain", why), *self._coach.say(t, words.PAIN_SAID, "safety")]

    def _next(self, t: float, why: str) -> list[Event]:
        """Ends the set, the pause or the rest; skips a set that has not begun."""
        if self.state in ("waiting", "done", "pain") or self.step is None:
            return []
        if self.state == "set" and self._record is not None and self._record.count:
            return self._end_set(t, why)
        if self.state == "rest" or (self.state == "paused" and self._rest_left > 0):
            self._rest_left = 0.0
            return [*self._move(t, "ready", why), *self._announce(t)]
        record, self._record, self._workout, self._summary = self._record, None, None, ""
        # Paused in the middle: it stays as it is.
        out = self._close(t, why, record) if record is not None and record.count else []
        out = [Hush(t), *out, *self._advance(t, why)]
        skipped = self.state != "done"
        return [*out, *self._move(t, "ready", why), *self._announce(t)] if skipped else out

    def _undo(self, t: float) -> list[Event]:
        if self._workout is not None:
            done, record = self._workout.undo(), self._workout.record
        else:
            last = self._record or (self.records[-1] if self.records else None)
            if last is None:
                return []
            done, record = last.undo(), last
        if not done:
            return []
        return [Hush(t), Saved(t), *self._coach.say(t, str(record.count), "count")]

    def _target(self, t: float, change: int) -> list[Event]:
        step = self.step
        if step is None:
            return []
        reps = REPS if step.reps is None else min(MOST_REPS, max(1, step.reps + change))
        self.plan = self.plan.with_reps(self.step_number, reps)
        if self._record is not None:
            self._record.target = reps
        return [Saved(t), *self._coach.say(t, words.target(reps), "guide")]
