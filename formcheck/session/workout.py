"""One set in progress: counts, cues, metronome, and when it is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np

from formcheck.engine import meter as meters
from formcheck.engine.engine import Engine
from formcheck.engine.events import Counted, Judged
from formcheck.geometry import Floats
from formcheck.session import words
from formcheck.session.cues import Cue, Cues
from formcheck.session.events import Event, Saved, Say, Tone
from formcheck.session.record import SetRecord
from formcheck.session.sight import BODY, LYING, STANDS, UPRIGHT, Sight
from formcheck.spec import Exercise
from formcheck.types import Meter, Rep, Severity, Side, Tempo

#: How long words may wait for their turn, s: later they are about something else.
COUNT_S, CUE_S = 0.8, 1.5
#: A cue stays on the screen, s; the number lights up.
SHOW_S, FLASH_S = 2.5, 0.3
#: Resting: nothing moved for this long, or for so many usual reps, s. Slow people pause 6 s.
REST_S, REST_REPS = 10.0, 3.0
#: A movement, in least ranges of a rep: less is fidgeting or noise.
WORKS = 0.7
#: And it changes by more than this.
HELD = 0.3
#: Pictures further apart than this, s, do not tell whether something moved meanwhile.
GAP_S: Final = 1.0
#: Nothing was done at all: back to the start position, s.
IDLE_S = 20.0
#: Off the floor, or away from one's place by more than this (torsos), for so long, s.
UP_S, AWAY, AWAY_S = 1.0, 0.9, 0.8
#: Lies or sits on the floor instead of standing, s; bent over a bar, the hips stay up.
DOWN, DOWN_S = 0.3, 5.0
#: Nobody to be seen for so long ends it, s.
GONE_S = 20.0
#: After the last rep its verdict is waited for, s.
VERDICT_S = 1.3
#: The metronome, s.
BEAT_S = 1.0


class Workout:
    """One set, or what is left of it after a pause.

    Args:
        exercise: With its limits.
        record: Where it is kept; reps of before a pause are in it already.
        cues: What was said before.
        side: The working side where it is certain; "auto" to have it found.
        tempo: Wanted; turns the metronome on.
        ignore: Fault ids that are not judged.
        lead: The last frames before the start, ``(t, image, world)``: the rest position.
    """

    def __init__(
        self,
        t: float,
        exercise: Exercise,
        record: SetRecord,
        cues: Cues,
        *,
        side: str = "auto",
        tempo: Tempo | None = None,
        ignore: frozenset[str] = frozenset(),
        lead: Iterable[tuple[float, Floats, Floats]] = (),
    ) -> None:
        self.exercise, self.record, self.cues = exercise, record, cues
        self.engine = Engine(exercise, side=side, ignore=ignore)
        for frame in lead:
            self.engine.update(*frame)
        self.cue: Cue | None = None
        self.note = ""
        self._tempo = tempo
        self._active_s = self._t = t
        self._cue_s = self._count_s = self._note_s = float("-inf")
        self._beat_s = t
        self._open = 0  # counted and not yet judged
        self._skip = 0  # of them, taken off by hand
        self._best, self._level = float("nan"), float("-inf")
        self._up_s = self._away_s = self._down_s = float("nan")
        self._place: Floats | None = None

    # -- in

    def update(self, t: float, image: Floats, world: Floats) -> list[Event]:
        """Takes a pose."""
        out: list[Event] = []
        if t - self._t > GAP_S:  # nobody looked: that was no rest
            self._active_s = t
        self._t = t
        for event in self.engine.update(t, image, world):
            out += self._counted(t) if isinstance(event, Counted) else self._judged(t, event)
        if self._works() or not np.isfinite(image[list(BODY), 0]).any():  # who is not seen does not rest
            self._active_s = t
        if self.cue and t - self._cue_s > SHOW_S:
            self.cue = None
        if self.note and t - self._note_s > SHOW_S:
            self.note = ""
        if self._tempo is not None and t - self._beat_s >= BEAT_S:
            self._beat_s += BEAT_S * int((t - self._beat_s) / BEAT_S)
            out.append(Tone("tick", t))
        return out

    def undo(self) -> bool:
        """Takes the last rep off."""
        waits = self._open > self._skip and len(self.record.counted) < self.record.count
        done = self.record.undo()
        self._skip += waits and done
        return done

    def finish(self, t: float) -> list[Event]:
        """The set is over: what was counted is judged; a movement in progress does not count any more."""
        out: list[Event] = []
        for event in self.engine.finish():
            if isinstance(event, Counted):
                break
            out += self._judged(t, event, quiet=True)
        # What the first reps read is known to be a fault, or this person's build, when all are done.
        self.record.reps = [self.engine.settled(rep) for rep in self.record.reps]
        return out

    def over(self, t: float, sight: Sight) -> str:
        """Why the set is over; empty while it goes on. "nothing" when not a rep was done."""
        record = self.record
        if record.target is not None and record.count >= record.target:
            return "target reached" if not self._open or t - self._count_s > VERDICT_S else ""
        why = self._left(t, sight)
        usual = np.median([r.end_s - r.start_s for r in record.counted]) if record.counted else 0.0
        quiet = t - self._active_s
        if not why and record.count and quiet > max(REST_S, REST_REPS * float(usual)):
            why = "resting"
        if not why and not record.count and quiet > IDLE_S:
            why = "nothing"
        return ("nothing" if why and not record.count else why) if why else ""

    # -- out

    @property
    def meter(self) -> Meter | None:
        """Range of motion now; None where nobody's range is judged, as in walking."""
        counter, cycle = self.engine.counter, self.exercise.reps
        rise = counter.value - counter.rest
        if self.exercise.informative or not np.isfinite(rise):
            return None
        value = max(0.0, cycle.degrees(rise)) if rise > 0 else 0.0
        self._best = float(np.nanmax([self._best, value])) if counter.moving else value
        done = [r.range for r in self.record.counted]
        return meters.meter(value, self._best, meters.target(cycle, done))

    def flash(self, t: float) -> bool:
        """Whether a rep was counted just now."""
        return t - self._count_s < FLASH_S

    @property
    def levels(self) -> tuple[Severity, ...]:
        """One colour for each counted rep; unknown for those not judged yet."""
        known = tuple(rep.worst() for rep in self.record.counted)[: self.record.count]
        return known + (Severity.UNKNOWN,) * (self.record.count - len(known))

    # -- the pieces

    def _counted(self, t: float) -> list[Event]:
        self.record.count += 1
        self._open += 1
        self._count_s = self._active_s = t
        return [Tone("count", t), Say(str(self.record.count), "count", t, t + COUNT_S)]

    def _judged(self, t: float, event: Judged, *, quiet: bool = False) -> list[Event]:
        record, rep = self.record, event.rep
        if rep.counted:
            self._open -= 1
            if self._skip and self._open < self._skip:
                self._skip -= 1
                return []
        rep = replace(rep, set=record.set, index=len(record.counted) + 1 if rep.counted else 0)
        record.reps.append(rep)
        if record.side == "auto" and rep.counted:
            record.side = rep.side.value
        return [Saved(t, (rep,)), *([] if quiet else self._speak(t, rep))]

    def _speak(self, t: float, rep: Rep) -> list[Event]:
        if not rep.counted:
            self.note, self._note_s = words.NOT_COUNTED, t
            return []
        cue = self.cues.about(rep)
        last = self.record.target is not None and self.record.count >= self.record.target
        if cue is None or last:  # the summary follows
            return []
        self.cue, self._cue_s = cue, t
        return [Say(words.spoken(cue.text), "praise" if cue.severity is Severity.OK else "cue", t, t + CUE_S)]

    def _works(self) -> bool:
        """Whether a movement is going on that may become a rep; noise and a held pose are none."""
        counter, least = self.engine.counter, self.exercise.reps.min_range
        if abs(counter.value - self._level) < HELD * least:
            return False
        self._level = counter.value
        return counter.moving and counter.value - counter.rest > WORKS * least

    def _left(self, t: float, sight: Sight) -> str:
        """Whether the person has got up, gone or sat down."""
        if t - sight.seen_s > GONE_S:
            return "gone"
        trunk, feet = sight.trunk, sight.feet
        if not np.isfinite(trunk):
            return ""
        if self._place is None and np.isfinite(feet).all():
            self._place = feet
        posture = self.exercise.posture
        up = trunk > UPRIGHT if posture in LYING else posture == "seated" and sight.legs > STANDS
        on_feet = posture in ("standing", "hinged")
        # Steps are part of the movement where the legs take turns: who walks away then, rests.
        stays = on_feet and self.exercise.side != "alternating"
        far = self._place is not None and np.linalg.norm(feet - self._place) > AWAY * sight.torso
        self._up_s = _since(self._up_s, t, up)
        self._away_s = _since(self._away_s, t, stays and bool(far))
        self._down_s = _since(self._down_s, t, on_feet and trunk < DOWN and sight.legs < STANDS / 2)
        if t - self._up_s >= UP_S:
            return "standing up"
        if t - self._away_s >= AWAY_S:
            return "walking away"
        return "sitting down" if t - self._down_s >= DOWN_S else ""


def _since(since_s: float, t: float, now: bool) -> float:
    """Since when something lasts; NaN when it does not."""
    if not now:
        return float("nan")
    return t if np.isnan(since_s) else since_s


def side_of(record: SetRecord) -> Side | None:
    """The side that most counted reps were done on."""
    sides = [rep.side for rep in record.counted]
    return max(set(sides), key=sides.count) if sides else None
