"""A set and what follows it: how one state leads to the next."""

from __future__ import annotations

from formcheck.engine import score, summary
from formcheck.geometry import Floats
from formcheck.session import words
from formcheck.session.approach import Approach
from formcheck.session.cues import HABIT
from formcheck.session.events import Event, Saved, SetDone, Tone
from formcheck.session.plan import REST_S
from formcheck.session.record import SetRecord
from formcheck.session.workout import side_of
from formcheck.types import Severity

#: The call before the end of a rest, s; and the shortest rest that is called.
CALL_S, CALLED_S = 10.0, 15.0
#: A turned-over body ends the rest between two sides early, after so long, s.
EARLY_S = 3.0
#: Without pictures for longer than this, a set goes on from the start position, s.
BROKEN_S = 2.0


class Flow(Approach):
    """The state machine: `_go` takes it one frame further, others push it."""

    def _go(self, t: float, image: Floats, world: Floats) -> list[Event]:
        if self.state in ("frame", "ready"):
            return self._get_ready(t, image, world)
        if self.state == "count_in":
            return self._count_in(t)
        if self.state == "set":
            return self._in_set(t, image, world)
        return self._in_rest(t) if self.state == "rest" else []

    def _in_set(self, t: float, image: Floats, world: Floats) -> list[Event]:
        assert self._workout is not None
        out = self._workout.update(t, image, world)
        why = self._workout.over(t, self._sight)
        if why == "nothing":
            self._workout = self._record = None
            return out + self._move(t, "ready", "nothing done")
        return out + (self._end_set(t, why) if why else [])

    def _in_rest(self, t: float) -> list[Event]:
        until, of = self._rest
        step, exercise = self.step, self.exercise
        if step is None or exercise is None:
            return self._move(t, "ready", "rest over") if t >= until else []
        if t >= until:
            return [Tone("end", t), *self._move(t, "ready", "rest over"), *self._announce(t)]
        if not self._called and of > CALLED_S and until - t <= CALL_S:
            self._called = True
            return self._coach.say(t, words.ten_seconds(exercise.name, step), "rest")
        # Turned over to the other side: nobody does that to rest.
        if self._turns() and of - (until - t) > EARLY_S:
            look = self._looks(t)
            if look.holds and look.upper == step.side and look.advice is None:
                return self._move(t, "ready", "turned over")
        return []

    def _end_set(self, t: float, why: str) -> list[Event]:
        """The set is over: verdict, one sentence, and on to the rest."""
        assert self._workout is not None
        assert self._record is not None
        out = self._workout.finish(t)
        record, self._workout, self._record = self._record, None, None
        return [*out, Tone("end", t), *self._close(t, why, record), *self._advance(t, why)]

    def _close(self, t: float, why: str, record: SetRecord) -> list[Event]:
        """Sums a set up and keeps it."""
        exercise = self.exercise
        assert exercise is not None
        record.why, record.end_s = why, t
        record.score = score.of_set(record.counted) if record.counted else None
        seen = side_of(record)
        if seen is not None and exercise.side not in ("both", "alternating"):
            self._did(seen.value)
            record.side = seen.value
        record.fault, cue = summary.top(exercise, record.counted, least=HABIT)
        self.records.append(record)
        # Without a score too little was seen: that is no clean rep.
        clean = sum(
            r.score is not None and r.worst() in (Severity.OK, Severity.UNKNOWN) for r in record.counted
        )
        self._summary = words.set_over(record.count, record.side, cue, clean)
        if self._habit(record):
            self._summary += f" {words.EASIER}"
        done = SetDone(
            t, record.exercise, record.set, record.side, record.count, why, record.counted, cue, record.score
        )
        return [done, Saved(t)]

    def _advance(self, t: float, why: str) -> list[Event]:
        """On to the next step of the plan, with the last one's rest between."""
        said = self._coach.say(t, self._summary, "summary") if self._summary else []
        rest_s = self.step.rest_s if self.step else REST_S
        self.step_number += 1
        self._upper, self._believed, self._called = "", "", False
        if self.step is None and not self.free:
            total = words.all_done(len(self.records), sum(r.count for r in self.records))
            said = self._coach.say(t, f"{self._summary} {total}".strip(), "summary")
            self._summary = total
            return [*said, *self._move(t, "done", why), Saved(t)]
        self._rest = (t + rest_s, rest_s)
        return [*said, *self._move(t, "rest", why), Saved(t)]

    def _did(self, side: str) -> None:
        """The other side than planned was done: the plan follows."""
        step = self.step
        if step is not None and step.side in ("left", "right") and side in ("left", "right"):
            swapped = self.plan.swapped(self.step_number, side) if step.side != side else None
            self.plan = swapped or self.plan

    def _habit(self, record: SetRecord) -> bool:
        """The same fault in two of the last three sets of this exercise."""
        last = [r.fault for r in self.records if r.exercise == record.exercise][-3:]
        return bool(record.fault) and last.count(record.fault) == 2

    def _turns(self) -> bool:
        """Whether what comes is the other side of what was just done, lying on it."""
        step, exercise = self.step, self.exercise
        if step is None or exercise is None or exercise.side != "upper" or not self.records:
            return False
        return step.side in ("left", "right") and self.records[-1].side not in ("", "auto", step.side)
