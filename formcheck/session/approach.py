"""Before a set: the picture, the start position, the camera's place, the count-in."""

from __future__ import annotations

from math import inf, nan

import numpy as np

from formcheck.geometry import Floats
from formcheck.session import words
from formcheck.session.base import Base
from formcheck.session.cues import Cues
from formcheck.session.events import Event, Hush, Moved, Tone
from formcheck.session.plan import REST_S, Plan, Step
from formcheck.session.readiness import Look
from formcheck.session.record import SetRecord
from formcheck.session.sight import HOLD_S, LYING
from formcheck.session.workout import Workout
from formcheck.spec import Exercise
from formcheck.types import Recording

#: Count-in, s; longer when it was asked for by a sign or a key: one has to get there.
COUNT_IN_S, FORCED_S, FORCED_FLOOR_S = 3.0, 5.0, 10.0
#: The start position may be left for so long during the count-in, s.
SLIP_S = 0.6
#: And hips or feet may be so far from where they were, torsos: people settle.
STRAY = 0.4
#: Camera in the wrong place: after so long it is taken as it is, s.
CAMERA_S = 8.0
#: Feet in the wrong place: told, and after so long it is taken as it is, s.
PLACE_S = 6.0
#: In position, but never still: after so long it is said, and after so long it is enough to stay there, s.
RESTLESS_S, JUMPY_S = 5.0, 10.0
#: Lying still on the other side than the wanted one: after so long it is taken for a mistake of the eye, s.
TURN_S = 12.0
#: The recogniser: landmarks that it is shown, how often it is asked, how sure it has to be, twice in a row.
FIND_WINDOW_S, FIND_EVERY_S, FIND_SURE = 8.0, 1.0, 0.45


class Approach(Base):
    """From "frame" over "ready" and "count_in" to "set"."""

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
            self._camera_s, self._restless_s = nan, t
            self._doubt(t, look)
            return self._coach.start_position(t, look, exercise, self.step, self._record)
        if self._held is not None:  # a sign is no start position
            return []
        waited = t - self._restless_s
        # Lying, some views let the landmarks jump about for good: somebody who stays there is ready.
        if not look.holds and not (look.stays and waited > JUMPY_S and exercise.posture in LYING):
            return self._coach.guide(t, words.HOLD_SAID) if waited > RESTLESS_S else []
        if look.camera is not None and exercise.posture not in self._camera_ok:
            return self._wrong_camera(t, look)
        return self._hold(t, look, exercise)

    def _hold(self, t: float, look: Look, exercise: Exercise) -> list[Event]:
        """The start position was held: the count-in begins, unless the feet had better stand elsewhere."""
        if look.placing:
            self._told_s.setdefault(exercise.id, t)
            if self._awaits_feet(t):
                return self._coach.guide(t, look.placing)
        self._upper, self._place = self._believed or look.upper, self._sight.place
        self._forced = False
        return [*self._move(t, "count_in", "in position"), *self._coach.begin(t, COUNT_IN_S, exercise)]

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
        self._camera_s = nan
        return self._coach.say(t, words.cannot_see_said(look.hidden), "guide") if look.hidden else []

    def _awaits_feet(self, t: float) -> bool:
        """Whether the person was told how to lie or stand: once for each exercise, and not for ever."""
        return self.exercise is not None and t - self._told_s.get(self.exercise.id, -inf) < PLACE_S

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
                early = look.advice is None and float(self._way()[1]) < STRAY / 2  # on the spot
                said = self._coach.say(t, words.WAIT_SAID, "guide") if early else []
                return [Hush(t), *self._move(t, "ready", "left the position"), *said]
        out = self._coach.count_in(t)
        return out if out is not None else self._begin(t)

    def _way(self) -> Floats:
        """``(2,)`` how far hips and feet are from where the start position was held, torsos."""
        return np.asarray(np.linalg.norm(self._sight.place - self._place, axis=-1) / self._sight.torso)

    def _strayed(self) -> bool:
        return bool((self._way() > STRAY).any())

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
