"""The session: poses and keys in; words, sounds and the contents of a picture out. Pure, without a clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import isfinite, isnan
from typing import Any

import numpy as np

from formcheck.exercises import find
from formcheck.geometry import Floats
from formcheck.session import saved, screens, words
from formcheck.session.base import DRAW_BETA, DRAW_HZ, Recognise
from formcheck.session.controls import Controls
from formcheck.session.events import Event, Quit, Screen
from formcheck.session.flow import BROKEN_S
from formcheck.session.record import SetRecord
from formcheck.session.sight import Sight
from formcheck.smooth.identity import IdentityRepair
from formcheck.smooth.one_euro import OneEuro
from formcheck.spec import Exercise

SCHEMA = saved.SCHEMA


class Session(Controls):
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

    @property
    def screen(self) -> Screen:
        """What to draw now; valid until the next call of `update`, `key` or `waiting`."""
        return self._screen

    def note(self, name: str, text: str) -> None:
        """Shows a small line until it is set to ""; for the machinery: "Slow: 9 fps", "Muted"."""
        self._notes[name] = text

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
            out += self._new_picture(t, size)
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
            self._base(), headline=words.WAITING, detail=reason, points=self._points[0] * np.nan
        )
        return out

    def finish(self, t: float) -> list[Event]:
        """The source is over, or the program ends: what was begun is judged and kept."""
        out = self._end_set(t, "source over") if self._workout is not None else []
        self._show(t)
        return out

    # -- the picture

    def _new_picture(self, t: float, size: tuple[int, int]) -> list[Event]:
        """Another picture, or one after a gap: nothing seen before can be compared with it."""
        self._size = size
        self._sight, self._repair, self._draw = Sight(), IdentityRepair(), OneEuro(DRAW_HZ, DRAW_BETA)
        self._ready.reset()
        self._gestures.reset()
        if self._workout is None or self.state != "set":
            return []
        out = self._workout.finish(t)
        self._workout = self._resumed(t)
        return out

    def _back(self, t: float) -> list[Event]:
        """Pictures come again."""
        state = self._before_wait
        if state == "count_in" or (state == "set" and t - self._since_s > BROKEN_S):
            out = self._workout.finish(t) if self._workout else []
            self._workout = None
            return [*out, *self._move(t, "ready", "picture is back")]
        return self._move(t, state, "picture is back")

    # -- out

    def _steady(self, t: float, image: Floats) -> None:
        torso = self._sight.torso
        if isfinite(torso):
            self._points = (self._draw(t, image[:, :2] / torso) * torso, np.nan_to_num(image[:, 3]))

    def _base(self) -> Screen:
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
        base, state = self._base(), self.state
        if state in ("frame", "ready"):
            base = screens.with_record(base, self._record or self._planned())
            finding = self._recognise is not None
            # Shown when it is said, to somebody who lies there: who gets down is seen from anywhere.
            look = replace(self._look, camera=None) if isnan(self._camera_s) else self._look
            look = look if self._awaits_feet(t) else replace(look, placing="")
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
