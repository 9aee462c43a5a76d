"""The states of a session, and how one follows the other: frame, ready, count-in, set, rest."""

from __future__ import annotations

from collections.abc import Callable
from math import nan

import numpy as np

from formcheck.engine import score
from formcheck.exercises import find
from formcheck.geometry import Floats
from formcheck.session import words
from formcheck.session.coach import Coach
from formcheck.session.cues import Cues, next_time
from formcheck.session.events import Event, Hush, Moved, Saved, Screen, SetDone, State, Tone
from formcheck.session.gestures import Gestures, Held
from formcheck.session.plan import REST_S, Plan, Step
from formcheck.session.readiness import Look, Readiness
from formcheck.session.record import SetRecord
from formcheck.session.sight import HOLD_S, Sight
from formcheck.session.workout import Workout, side_of
from formcheck.smooth.identity import IdentityRepair
from formcheck.smooth.lowpass import zero_phase
from formcheck.smooth.one_euro import OneEuro
from formcheck.spec import Exercise
from formcheck.types import Recording, Severity, Tempo

#: Names an exercise from the last seconds of landmarks: its id or None, how sure (0..1), the runner-up's id.
Recognise = Callable[[Recording], tuple[str | None, float, str | None]]

#: Count-in, s; longer when it was asked for by a sign or a key: one has to get there.
COUNT_IN_S, FORCED_S, FORCED_FLOOR_S = 3.0, 5.0, 10.0
#: The start position may be left for so long during the count-in, s.
SLIP_S = 0.6
#: And hips or feet may be so far from where they were, torsos: people settle.
STRAY = 0.4
#: Camera in the wrong place: after so long it is taken as it is, s.
CAMERA_S = 8.0
#: Lying still on the other side than the wanted one: after so long it is taken for a mistake of the eye, s.
TURN_S = 12.0
#: The call before the end of a rest, s; and the shortest rest that is called.
CALL_S, CALLED_S = 10.0, 15.0
#: A turned-over body ends the rest between two sides early, after so long, s.
EARLY_S = 3.0
#: Without pictures for longer than this, a set goes on from the start position, s.
BROKEN_S = 2.0
#: The recogniser: landmarks that it is shown, how often it is asked, how sure it has to be, twice in a row.
FIND_WINDOW_S, FIND_EVERY_S, FIND_SURE = 8.0, 1.0, 0.7
#: Steadiness of the drawn skeleton: cutoff at rest, Hz, and what speed (torsos/s) adds to it.
DRAW_HZ, DRAW_BETA = 2.0, 1.5


class Flow:
    """The state machine: `_go` takes it one frame further, others push it."""

    def __init__(
        self,
        exercise: Exercise | None = None,
        *,
        plan: Plan | None = None,
        side: str = "auto",
        tempo: Tempo | None = None,
        rules: Callable[[str], Exercise] = find,
        ignore: frozenset[str] = frozenset(),
        recognise: Recognise | None = None,
    ) -> None:
        self.tempo, self.side, self.ignore = tempo, side, ignore
        self._rules, self._recognise = rules, recognise
        if exercise is not None and plan is None:
            plan = Plan.of(exercise, side=side)
        self._given = exercise
        self.plan = plan or Plan(())
        #: Nothing is planned: sets come as they are recognised.
        self.free = plan is None
        self.step_number = 0
        self.records: list[SetRecord] = []
        self.state: State = "frame"
        self._since_s = 0.0
        self._t = 0.0
        self._size = (0, 0)
        self._light = nan
        self._help = False
        self._notes: dict[str, str] = {}
        self._repair, self._draw = IdentityRepair(), OneEuro(DRAW_HZ, DRAW_BETA)
        self._sight, self._ready, self._gestures = Sight(), Readiness(), Gestures()
        self._coach = Coach()
        self._look = Look()
        self._held: Held | None = None
        self._record: SetRecord | None = None
        self._workout: Workout | None = None
        self._cues: dict[str, Cues] = {}
        self._rest = (0.0, 0.0)  # until, of
        self._rest_left = 0.0
        self._summary = ""
        self._called = self._forced = False
        self._slip_s = self._camera_s = self._turn_s = nan
        self._believed = ""  # a side that is taken for the upper one against what is seen
        self._camera_ok: set[str] = set()
        self._upper, self._place = "", np.full((2, 2), np.nan)
        self._before_wait: State = "frame"
        self._found: list[tuple[float, Floats, Floats]] = []
        self._found_id, self._asked_s = "", float("-inf")
        self._points: tuple[Floats, Floats] = (np.full((33, 2), np.nan), np.zeros(33))
        self._screen: Screen = Screen("frame")
        # The engine's filter imports a library on its first use: a second that no rep should wait for.
        zero_phase(np.arange(8.0) / 30, np.zeros((8, 1)), 4.0)

    @property
    def over(self) -> bool:
        """Whether the plan is done."""
        return self.state == "done"

    @property
    def step(self) -> Step | None:
        """The set that comes or goes on; None when all are done or nobody knows yet."""
        return self.plan[self.step_number] if self.step_number < len(self.plan) else None

    @property
    def exercise(self) -> Exercise | None:
        """The one of the set that comes or goes on."""
        step = self.step
        if step is None:
            return None
        if self._given is not None and self._given.id == step.exercise:
            return self._given
        return self._rules(step.exercise)

    # -- the states

    def _go(self, t: float, image: Floats, world: Floats) -> list[Event]:
        if self.state in ("frame", "ready"):
            return self._get_ready(t, image, world)
        if self.state == "count_in":
            return self._count_in(t)
        if self.state == "set":
            return self._in_set(t, image, world)
        return self._in_rest(t) if self.state == "rest" else []

    def _get_ready(self, t: float, image: Floats, world: Floats) -> list[Event]:
        look = self._look = self._looks(t)
        if not self._ready.lasts(t):
            return [] if look.advice is not None or self.state == "frame" else self._position(t, look)
        if look.advice is not None:
            out = [] if self.state == "frame" else self._move(t, "frame", "picture")
            return out + self._coach.guide(t, look.advice.said)
        if self.state == "frame":
            out = self._coach.guide(t, words.GOOD_SAID, once=True)
            return out + self._move(t, "ready", "picture good")
        return self._position(t, look) if self.exercise is not None else self._find(t, image, world)

    def _position(self, t: float, look: Look) -> list[Event]:
        """The picture is good: is the start position there, and held?"""
        exercise = self.exercise
        if exercise is None:
            return []
        if look.missing:
            self._camera_s = nan
            self._doubt(t, look)
            return self._coach.start_position(t, look, exercise, self.step, self._record)
        if not look.holds or self._held is not None:  # a sign is no start position
            return []
        if look.camera is not None and exercise.posture not in self._camera_ok:
            return self._wrong_camera(t, look)
        return self._hold(t, look)

    def _hold(self, t: float, look: Look) -> list[Event]:
        """The start position was held: the count-in begins."""
        self._upper, self._place = self._believed or look.upper, self._sight.place
        self._forced = False
        return [*self._move(t, "count_in", "in position"), *self._coach.begin(t, COUNT_IN_S)]

    def _doubt(self, t: float, look: Look) -> None:
        """Somebody who does not turn over when asked may lie right, and be seen wrong: then so be it."""
        step = self.step
        if not look.settled or step is None:
            self._turn_s = nan
        elif np.isnan(self._turn_s):
            self._turn_s = t
        elif t - self._turn_s > TURN_S:
            self._believed = step.side

    def _wrong_camera(self, t: float, look: Look) -> list[Event]:
        """Asks for another place of the camera; after a while it is taken as it is, if reps show at all."""
        assert self.exercise is not None
        if np.isnan(self._camera_s):
            self._camera_s = t
        if t - self._camera_s < CAMERA_S or not look.countable:
            return self._coach.guide(t, self.exercise.camera)
        self._camera_ok.add(self.exercise.posture)
        return self._coach.say(t, words.cannot_see_said(look.hidden), "guide") if look.hidden else []

    def _find(self, t: float, image: Floats, world: Floats) -> list[Event]:
        """Asks the recogniser what is being done."""
        if self._recognise is None:
            return self._coach.guide(t, words.CHOOSE_SAID)
        self._found.append((t, image, world))
        while t - self._found[0][0] > FIND_WINDOW_S:
            self._found.pop(0)
        if t - self._asked_s < FIND_EVERY_S or t - self._found[0][0] < FIND_WINDOW_S / 2:
            return self._coach.guide(t, words.FIND_SAID)
        self._asked_s = t
        times, images, worlds = (np.array(x) for x in zip(*self._found, strict=True))
        found, sure, _ = self._recognise(Recording(times, images, worlds, self._size))
        last, self._found_id = self._found_id, found if found and sure >= FIND_SURE else ""
        if not self._found_id or self._found_id != last:
            return []
        self._found, self._found_id = [], ""
        rules = self._rules(last)
        sets = 1 + sum(step.exercise == last for step in self.plan.steps)
        side = "both" if rules.side in ("both", "alternating") else self.side
        self.plan = Plan((*self.plan.steps, Step(last, side, sets, sets, None, REST_S)))
        self._ready.reset()
        return [Moved(t, self.state, f"recognised {last}"), *self._coach.say(t, f"{rules.name}.", "guide")]

    def _count_in(self, t: float) -> list[Event]:
        look = self._look = self._looks(t)
        if not self._forced:
            kept = look.advice is None and look.stays and not self._strayed()
            self._slip_s = nan if kept else t if np.isnan(self._slip_s) else self._slip_s
            if t - self._slip_s > SLIP_S:
                return [Hush(t), *self._move(t, "ready", "left the position")]
        out = self._coach.count_in(t)
        return out if out is not None else self._begin(t)

    def _strayed(self) -> bool:
        """Whether the person left the place in which the start position was held."""
        way = np.linalg.norm(self._sight.place - self._place, axis=-1) / self._sight.torso
        return bool(np.nanmax(way, initial=0.0) > STRAY)

    def _begin(self, t: float) -> list[Event]:
        step, exercise = self.step, self.exercise
        assert step is not None
        assert exercise is not None
        if self._record is None:
            side = self._upper or step.side
            self._record = SetRecord(exercise.id, len(self.records) + 1, side, step.reps, start_s=t)
        self._workout = self._resumed(t)
        return [*self._coach.say(t, words.GO, "count"), Tone("tick", t), *self._move(t, "set", "go")]

    def _resumed(self, t: float) -> Workout:
        """The set, from its beginning or from where it was."""
        exercise = self.exercise
        assert exercise is not None
        assert self._record is not None
        return Workout(
            t,
            exercise,
            self._record,
            self._cues.setdefault(exercise.id, Cues(exercise, self.tempo)),
            side=self._upper or (self.side if self.side in ("left", "right") else "auto"),
            tempo=self.tempo,
            ignore=self.ignore,
            lead=[f for f in self._sight.frames if t - HOLD_S <= f[0] < t],
        )

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

    # -- from one to the other

    def _move(self, t: float, state: State, why: str) -> list[Event]:
        self.state, self._since_s = state, t
        self._slip_s = self._camera_s = self._turn_s = nan
        if state in ("ready", "frame", "rest"):
            self._ready.reset()
        return [Moved(t, state, why)]

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
        if seen is not None:
            self._did(seen.value)
            record.side = seen.value
        record.fault, cue = next_time(exercise, record.counted)
        self.records.append(record)
        clean = sum(r.worst() in (Severity.OK, Severity.UNKNOWN) for r in record.counted)
        self._summary = words.set_over(record.count, record.side, cue, clean)
        if self._habit(record):
            self._summary += f" {words.EASIER}"
        done = SetDone(
            t, record.exercise, record.set, record.side, record.count, why, record.counted, cue, record.score
        )
        return [done, Saved(t)]

    def _advance(self, t: float, why: str) -> list[Event]:
        """On to the next step of the plan, with the last one's rest between."""
        said = self._coach.say(t, words.spoken(self._summary), "summary") if self._summary else []
        rest_s = self.step.rest_s if self.step else REST_S
        self.step_number += 1
        self._upper, self._believed, self._called = "", "", False
        if self.step is None and not self.free:
            total = words.all_done(len(self.records), sum(r.count for r in self.records))
            said = self._coach.say(t, words.spoken(f"{self._summary} {total}"), "summary")
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

    def _announce(self, t: float) -> list[Event]:
        step, exercise = self.step, self.exercise
        if step is None or exercise is None:
            return []
        new = not self.records or self.records[-1].exercise != exercise.id
        return self._coach.announce(t, exercise, step, new=new)

    def _looks(self, t: float) -> Look:
        step = self.step
        wanted = step.side if step and step.side != self._believed else "auto"
        look = self._ready.look(t, self._sight, self._size, self._light, self.exercise, wanted)
        if look.settled and self.state in ("frame", "ready") and self._record is None:
            swapped = self.plan.swapped(self.step_number, look.upper)
            if swapped is not None:  # this side first, then
                self.plan = swapped
                self._ready.reset()
        return look
