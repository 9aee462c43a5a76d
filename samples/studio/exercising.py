"""Sets and the idling between them as one movement: reps in time, with their faults, of a living body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samples.studio import motion
from samples.studio.body import Body
from samples.studio.motion.faults import Sway
from samples.studio.rotation import Floats, X, Z
from samples.studio.script import RepPlan
from samples.studio.skeleton import Posed, joined
from samples.studio.sway import Swaying
from samples.studio.timing import Stroke, smooth

#: Where azimuth 0 and 90 are while the left side works, by posture (docs/time-and-coordinates.md).
AXES: Final = {
    "standing": (Z, X),
    "side_lying": (Z, X),
    "quadruped": (X, -Z),
    "supine": (X, -Z),
    "seated": (Z, X),
    "hinged": (Z, X),
}
#: Depth from which on a limb sways in such a set: at the start nothing may tell which side comes next.
ALONE: Final = 0.25


@dataclass(frozen=True)
class Exercising:
    """The stretches in the exercise's posture: sets and idling, as one movement.

    Attributes:
        body: Who.
        move: The exercise.
        style: The person's way.
        strokes: The reps in time, seconds from the stretch's start.
        plans: The same reps as planned.
        swaying: The living body.
        duration_s: How long.
        alternating: Whether every second rep is done by the other side.
        origin: ``(3,)`` where the exercise's origin is, m: somewhere else once the person has walked.
    """

    body: Body
    move: motion.Motion
    style: Any
    strokes: tuple[Stroke, ...]
    plans: tuple[RepPlan, ...]
    swaying: Swaying
    duration_s: float
    alternating: bool = False
    origin: Floats = field(default_factory=lambda: np.zeros(3))

    def at(self, times: ArrayLike) -> Posed:
        """The poses at `times` ``(T,)``."""
        t = np.atleast_1d(np.asarray(times, np.float64))
        depth = sum((s.at(t) for s in self.strokes), np.zeros_like(t))
        faults = {}
        for name in self.move.FAULTS:
            sizes = [
                (s, p.faults[name]) for s, p in zip(self.strokes, self.plans, strict=True) if name in p.faults
            ]
            if sizes:
                # A size may jump between reps, where the depth is 0 and nothing of it shows.
                faults[name] = sum(np.where((t >= s.start) & (t <= s.end), size, 0.0) for s, size in sizes)
        swung = [s for s in self.strokes if s.swung]
        sway = self.swaying.at(t, swung)
        if not self.alternating:
            return self._posed(t, depth, faults, sway)
        other = np.any([(t >= s.start) & (t <= s.end) for s in self.strokes[1::2]], 0) & np.ones_like(t, bool)
        sway = sway.mirrored(other, middle_plane(self.move.POSTURE))
        sway = replace(sway, limb=sway.limb * smooth(depth / ALONE))
        posed = self._posed(t, depth, faults, sway)
        return _with(posed, other, self._other(posed[np.flatnonzero(other)]))

    def _posed(self, t: Floats, depth: Floats, faults: Mapping[str, Any], sway: Sway) -> Posed:
        """The poses of the side that the exercise is written for."""
        posed = self.move.pose(self.body, depth, faults, self.style, sway).solve()
        step = motion.step(self.move, self.body, self.style)
        if not step.any():
            return posed.moved(self.origin)
        back = np.any([(t >= s.turn) & (t <= s.end) for s in self.strokes], 0) & np.ones_like(t, bool)
        returned = motion.returning(self.move)(self.body, depth, faults, self.style, sway).solve()
        done = np.sum([t > s.end for s in self.strokes], 0) * np.ones_like(t)
        there = _with(posed, back, returned[np.flatnonzero(back)])
        return there.moved(self.origin + np.multiply.outer(done, step))

    @property
    def walked(self) -> Floats:
        """``(3,)`` how far the person gets, m."""
        return len(self.strokes) * motion.step(self.move, self.body, self.style)

    def _other(self, posed: Posed) -> Posed:
        """The same done by the other side."""
        return other_side(self.body, self.move.POSTURE, self.start(), posed)

    def turned(self, passing: float | None = None) -> Posed:
        """The poses at the reps' turns, without sway; or at another depth that all of them pass."""
        depth = np.array([float(s.at([s.turn])[0]) if passing is None else passing for s in self.strokes])
        names = {name for plan in self.plans for name in plan.faults}
        faults = {name: np.array([plan.faults.get(name, 0.0) for plan in self.plans]) for name in names}
        return self.move.pose(self.body, depth, faults, self.style).solve()

    def start(self) -> Posed:
        """The start pose, without sway: one instant."""
        return self.move.pose(self.body, 0.0, {}, self.style).solve()

    def extremes(self) -> Posed:
        """Start and turns together: how much room the movement takes."""
        turned = [self.turned()] if self.strokes else []
        if self.alternating:
            turned += [self._other(posed) for posed in turned]
        here = joined([self.start(), *turned]).moved(self.origin)
        return joined([here, here.moved(self.walked)]) if self.walked.any() else here


def _with(posed: Posed, rows: NDArray[np.bool_], others: Posed) -> Posed:
    """Poses of which those in `rows` ``(T,)`` are replaced by `others`."""
    posed.rotation[rows], posed.position[rows] = others.rotation, others.position
    return posed


def middle_plane(posture: str) -> Floats:
    """``(3,)`` the level direction out of the plane between a body's left and right side, at the start."""
    return np.abs(AXES[posture][1])


def other_side(body: Body, posture: str, start: Posed, posed: Posed) -> Posed:
    """Poses as the other side does them: mirrored about the middle of the start pose."""
    out = middle_plane(posture)
    return posed.mirrored(body, out, float(start.position[0, body.index["pelvis"]] @ out))
