"""The session: poses and keys in; words, sounds and the contents of a picture out. Pure, without a clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import isfinite
from typing import Any

import numpy as np

from formcheck.engine import score
from formcheck.exercises import find
from formcheck.geometry import Floats
from formcheck.session import saved, screens, words
from formcheck.session.coach import Coach
from formcheck.session.cues import Cues, next_time
from formcheck.session.events import (
    Event,
    Gestured,
    GestureName,
    Hush,
    Moved,
    Quit,
    Saved,
    Screen,
    SetDone,
    State,
    Tone,
)
from formcheck.session.gestures import Gestures, Held
from formcheck.session.plan import MOST_REPS, REPS, REST_S, Plan, Step
from formcheck.session.readiness import Look, Readiness
from formcheck.session.record import SetRecord
from formcheck.session.sight import HOLD_S, Sight
from formcheck.session.workout import Workout, side_of
from formcheck.smooth.identity import IdentityRepair
from formcheck.smooth.lowpass import zero_phase
from formcheck.smooth.one_euro import OneEuro
from formcheck.spec import Exercise
from formcheck.types import Recording, Tempo

SCHEMA = saved.SCHEMA

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


class Session:
    """One training session.

    Args:
        exercise: What is trained; None: the plan's, or what `recognise` finds.
        plan: The sets to do; None for the usual ones of the exercise.
        side: "left", "right", or "auto" for what the plan says.
        tempo: Wanted seconds of lift, hold and lowering: turns the metronome on.
        rules: Gives an exercise by its id, with the limits of the wanted strictness.
        ignore: Fault ids that are neither judged nor spoken.
        recognise: Names the exercise when none was given.
    """

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
        self._light = float("nan")
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
        self._slip_s = self._camera_s = self._turn_s = float("nan")
        self._believed = ""  # a side that is taken for the upper one against what is seen
        self._camera_ok: set[str] = set()
        self._upper, self._place = "", np.full((2, 2), np.nan)
        self._before_wait: State = "frame"
        self._found: list[tuple[float, Floats, Floats]] = []
        self._found_id, self._asked_s = "", float("-inf")
        self._points = (np.full((33, 2), np.nan), np.zeros(33))
        self._screen = Screen("frame")
        # The engine's filter imports a library on its first use: a second that no rep should wait for.
        zero_phase(np.arange(8.0) / 30, np.zeros((8, 1)), 4.0)

    # -- what others ask

    @property
    def screen(self) -> Screen:
        """What to draw now; valid until the next call of `update`, `key` or `waiting`."""
        return self._screen

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

    def note(self, name: str, text: str) -> None:
        """Shows a small line until it is set to ""; for the machinery: "Slow: 9 fps", "Muted"."""
        self._notes[name] = text

    # -- in

    def update(
        self,
        t: float,
        image: Floats,
        world: Floats,
        size: tuple[int, int],
        light: float = float("nan"),
    ) -> list[Event]:
        """Takes the newest frame's pose. Frames may be missing or come irregularly.

        Args:
            t: Seconds, never before the last call's.
            image: ``(33, 4)`` px, px, px, visibility; NaN throughout when nobody was found.
            world: ``(33, 3)`` metres.
            size: Width and height of the picture, px; may change.
            light: Mean luminance of the picture, 0..1; NaN = not measured.
        """
        out: list[Event] = []
        if size != self._size or t - self._t > BROKEN_S:
            self._size = size
            self._sight.clear()
            self._ready.reset()
        if self.state == "waiting":
            out += self._back(t)
        self._t, self._light = t, light
        image, world = self._repair(t, np.asarray(image, float), np.asarray(world, float))
        self._sight.add(t, image, world)
        self._steady(t, image)
        self._held = self._gestures.update(t, image, self._sight.torso)
        if self._held and (self._held.fired or self._held.pain):
            out += self._sign(t, self._held)
        out += self._go(t, image, world)
        self._show(t)
        return out

    def key(self, t: float, name: str) -> list[Event]:
        """Takes a key.

        Args:
            t: Seconds, the clock of the frames.
            name: "space" start or pause, "n" next set or side, "u" undo a count, "+" and "-" target,
                "p" pain, "v" help, "q" quit. Others are ignored ("m" is the machinery's).
        """
        out: list[Event] = []
        if name == "q":
            return [Quit(t)]
        if name == "space":
            out = self._start_or_pause(t, "key")
        elif name == "n":
            out = self._next(t, "key")
        elif name == "p":
            out = self._pain(t, "key")
        elif name == "u":
            out = self._undo(t)
        elif name in ("+", "-"):
            out = self._target(t, 1 if name == "+" else -1)
        elif name == "v":
            self._help = not self._help
        self._show(t)
        return out

    def waiting(self, t: float, reason: str) -> list[Event]:
        """No picture comes: unplugged, black, frozen. Call it now and then; `update` ends it.

        Args:
            t: Seconds, the clock of the frames.
            reason: For people, short: "Camera unplugged".
        """
        out: list[Event] = []
        if self.state != "waiting":
            self._before_wait = self.state
            out = [*self._move(t, "waiting", reason)]
            self._gestures.reset()
        self._screen = replace(
            self._base(t), headline=words.WAITING, detail=reason, points=self._points[0] * np.nan
        )
        return out

    def finish(self, t: float) -> list[Event]:
        """The source is over, or the program ends: what was begun is judged and kept."""
        out = self._end_set(t, "source over") if self._workout is not None else []
        self._show(t)
        return out

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
        if look.advice is not None:
            if not self._ready.lasts(t):
                return []
            out = [] if self.state == "frame" else self._move(t, "frame", "picture")
            return out + self._coach.guide(t, look.advice.said)
        if self.state == "frame":
            if not self._ready.lasts(t):
                return []
            out = self._coach.guide(t, words.GOOD_SAID, once=True)
            return out + self._move(t, "ready", "picture good")
        if self.exercise is None:
            return self._find(t, image, world)
        if look.missing:
            self._camera_s = float("nan")
            self._doubt(t, look)
            return self._coach.start_position(t, look, self.exercise, self.step, self._record)
        if not look.holds:
            return []
        if look.camera is not None and self.exercise.posture not in self._camera_ok:
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
            self._turn_s = float("nan")
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
            kept = look.advice is None and not look.missing and not self._strayed()
            self._slip_s = float("nan") if kept else t if np.isnan(self._slip_s) else self._slip_s
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
        self._workout = Workout(
            t,
            exercise,
            self._record,
            self._cues.setdefault(exercise.id, Cues(exercise, self.tempo)),
            side=self._upper or (self.side if self.side in ("left", "right") else "auto"),
            tempo=self.tempo,
            ignore=self.ignore,
            lead=[f for f in self._sight.frames if t - HOLD_S <= f[0] < t],
        )
        return [*self._coach.say(t, words.GO, "count"), Tone("tick", t), *self._move(t, "set", "go")]

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
        self._slip_s = self._camera_s = self._turn_s = float("nan")
        if state in ("ready", "frame", "rest"):
            self._ready.reset()
        return [Moved(t, state, why)]

    def _end_set(self, t: float, why: str) -> list[Event]:
        """The set is over: verdict, one sentence, and on to the rest."""
        assert self._workout is not None
        assert self._record is not None
        workout, record, exercise = self._workout, self._record, self._workout.exercise
        out = workout.finish(t)
        self._workout = self._record = None
        record.why, record.end_s = why, t
        record.score = score.of_set(record.counted) if record.counted else None
        seen = side_of(record)
        if seen is not None:
            self._did(seen.value)
            record.side = seen.value
        record.fault, cue = next_time(exercise, record.counted)
        self.records.append(record)
        clean = sum(r.worst().value in ("ok", "unknown") for r in record.counted)
        self._summary = words.set_over(record.count, record.side, cue, clean)
        if self._habit(record):
            self._summary += f" {words.EASIER}"
        out += [
            Tone("end", t),
            SetDone(
                t,
                record.exercise,
                record.set,
                record.side,
                record.count,
                why,
                record.counted,
                cue,
                record.score,
            ),
            Saved(t),
        ]
        return out + self._advance(t, why)

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

    def _back(self, t: float) -> list[Event]:
        """Pictures come again."""
        state = self._before_wait
        if state == "count_in" or (state == "set" and t - self._since_s > BROKEN_S):
            out = self._workout.finish(t) if self._workout else []
            self._workout = None
            return [*out, *self._move(t, "ready", "picture is back")]
        return self._move(t, state, "picture is back")

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

    # -- signs and keys

    def _sign(self, t: float, held: Held) -> list[Event]:
        if held.pain:
            return (
                [] if self.state in ("done", "pain") else [Gestured(t, "crossed"), *self._pain(t, "gesture")]
            )
        out: list[Event] = []
        if held.name == "crossed":
            out = self._pause(t, "stopped") if self.state not in ("paused", "pain", "done") else []
        elif (self.state, held.name) in words.GESTURES:
            out = self._start_or_pause(t, "gesture") if held.name == "both_up" else self._next(t, "gesture")
        name: GestureName = held.name
        return [Gestured(t, name), Tone("gesture", t), *out] if out else []

    def _start_or_pause(self, t: float, why: str) -> list[Event]:
        if self.state in ("set", "count_in"):
            return self._pause(t, why)
        if self.state == "pain":
            return [*self._move(t, "paused", why)]
        if self.state == "paused" and self._rest_left > 0:
            self._rest, self._rest_left = (t + self._rest_left, self._rest[1]), 0.0
            return self._move(t, "rest", why)
        if self.state == "rest":
            return [*self._move(t, "ready", why), *self._announce(t)]
        if self.state == "paused":
            return self._move(t, "ready", why)
        exercise = self.exercise
        if self.state not in ("frame", "ready") or exercise is None:
            return []
        self._forced = True
        wait = FORCED_S if exercise.posture == "standing" else FORCED_FLOOR_S
        return [*self._move(t, "count_in", why), *self._coach.begin(t, wait)]

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
        if self.state == "set":
            assert self._record is not None
            if self._record.count:
                return self._end_set(t, why)
            self._workout = self._record = None
        elif self.state == "rest":
            return [*self._move(t, "ready", why), *self._announce(t)]
        elif self.state not in ("ready", "count_in", "paused", "frame"):
            return []
        if self.step is None:
            return []
        record, self._record = self._record, None
        if record is not None and record.count:  # paused in the middle: it stays as it is
            record.why, record.end_s = why, t
            record.score = score.of_set(record.counted) if record.counted else None
            self.records.append(record)
        self._rest_left, self._summary = 0.0, ""
        out = [Hush(t), *self._advance(t, why)]
        if self.state == "rest":
            out += [*self._move(t, "ready", why), *self._announce(t)]
        return out

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

    # -- out

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

    def _steady(self, t: float, image: Floats) -> None:
        torso = self._sight.torso
        if isfinite(torso):
            self._points = (self._draw(t, image[:, :2] / torso) * torso, np.nan_to_num(image[:, 3]))

    def _base(self, t: float) -> Screen:
        exercise = self.exercise
        return Screen(
            self.state,
            title=exercise.name if exercise else "",
            plan=screens.plan_line(self.step),
            notes=tuple(text for text in self._notes.values() if text),
            help=self._help,
            gesture=screens.sign(self._held, self.state),
            points=self._points[0],
            visibility=self._points[1],
        )

    def _show(self, t: float) -> None:
        base, state = self._base(t), self.state
        if state in ("frame", "ready"):
            base = screens.with_record(base, self._record or self._planned())
            finding = self._recognise is not None
            skip = self.exercise is not None and self.exercise.posture in self._camera_ok
            look = replace(self._look, camera=None) if skip else self._look
            base = screens.getting_ready(base, look, self.exercise, finding=finding)
        elif state == "count_in":
            base = screens.with_record(base, self._record or self._planned())
            base = screens.counting_in(base, self._coach.left_s(t), self._coach.count_in_of_s)
        elif state == "set" and self._workout is not None:
            hidden = self._look.hidden
            base = screens.in_set(base, self._workout, t, t - self._sight.seen_s, hidden)
        elif state == "rest":
            step, exercise = self.step, self.exercise
            coming = words.coming(exercise.name, step) if step and exercise else ""
            base = screens.with_record(base, self.records[-1] if self.records else None)
            base = screens.resting(base, max(0.0, self._rest[0] - t), self._rest[1], self._summary, coming)
        else:
            base = screens.with_record(base, self._record)
            head, line = words.STILL_STATES.get(state, ("", self._summary))
            base = replace(base, headline=head, detail=line or self._summary)
        self._screen = base

    def _planned(self) -> SetRecord | None:
        step = self.step
        return SetRecord(step.exercise, 0, step.side, step.reps) if step else None

    # -- kept

    def state_dict(self) -> dict[str, Any]:
        """All that is needed to go on after a crash: plain values for JSON, schema `SCHEMA`."""
        return saved.to_dict(
            plan=self.plan,
            free=self.free,
            step=self.step_number,
            records=self.records,
            current=self._record,
            side=self.side,
            tempo=self.tempo,
            ignore=self.ignore,
        )

    @classmethod
    def restore(
        cls,
        state: Mapping[str, Any],
        *,
        rules: Callable[[str], Exercise] = find,
        recognise: Recognise | None = None,
    ) -> Session:
        """A session that goes on where the saved one was, before its current set's next rep.

        Raises:
            UsageError: Not such a file, or of a version that this program does not know.
        """
        kept = saved.from_dict(state)
        session = cls(
            None,
            plan=None if kept.free else kept.plan,
            side=kept.side,
            tempo=kept.tempo,
            rules=rules,
            ignore=kept.ignore,
            recognise=recognise,
        )
        session.plan, session.step_number = kept.plan, kept.step
        session.records, session._record = kept.records, kept.current
        if session.step is None and not kept.free:
            session.state = "done"
        return session
