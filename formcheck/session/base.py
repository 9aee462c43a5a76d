"""What a session knows, and the few things that all of its states share."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan

import numpy as np

from formcheck.exercises import find
from formcheck.geometry import Floats
from formcheck.session.coach import Coach
from formcheck.session.cues import Cues
from formcheck.session.events import Event, Moved, Screen, State
from formcheck.session.gestures import Gestures, Held
from formcheck.session.plan import Plan, Step
from formcheck.session.readiness import Look, Readiness
from formcheck.session.record import SetRecord
from formcheck.session.sight import Sight
from formcheck.session.workout import Workout
from formcheck.smooth.identity import IdentityRepair
from formcheck.smooth.lowpass import zero_phase
from formcheck.smooth.one_euro import OneEuro
from formcheck.spec import Exercise
from formcheck.types import Recording, Tempo

#: Names an exercise from the last seconds of landmarks: its id or None, how sure (0..1), the runner-up's id.
Recognise = Callable[[Recording], tuple[str | None, float, str | None]]
#: Steadiness of the drawn skeleton: cutoff at rest, Hz, and what speed (torsos/s) adds to it.
DRAW_HZ, DRAW_BETA = 2.0, 1.5


class Base:
    """The values of a session; `Session` tells what its arguments are."""

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
        self._restless_s = inf  # since when the position is there
        self._believed = ""  # a side that is taken for the upper one against what is seen
        self._camera_ok: set[str] = set()
        self._told_s: dict[str, float] = {}  # when it was told for each exercise how to lie or stand better
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

    def _move(self, t: float, state: State, why: str) -> list[Event]:
        self.state, self._since_s = state, t
        self._slip_s = self._camera_s = self._turn_s = nan
        self._restless_s = t
        if state in ("ready", "frame", "rest"):
            self._ready.reset()
        return [Moved(t, state, why)]

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
