"""Performances: a script of what somebody does becomes a body in motion at any time, with its truth.

Everything is built with the *left* side working; for the right one the finished movement is mirrored
(z → −z, left and right exchanged), in `Performance.at` and nowhere else; but a set whose reps are done by one
side after the other mirrors every second rep about the body's own middle, in `Exercising.at`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from formcheck.errors import UsageError
from samples.studio import life, motion
from samples.studio.body import Body
from samples.studio.motion.faults import FaultInfo, Sway
from samples.studio.rotation import Floats, X, Z
from samples.studio.script import RepPlan, RepTruth, Script, Segment
from samples.studio.skeleton import Posed, joined, landmarks
from samples.studio.sway import Swaying
from samples.studio.timing import Stroke, smooth

__all__ = ["CONTROL", "Performance", "RepPlan", "RepTruth", "Script", "Segment", "perform"]

#: Below this share of the full movement a rep is a partial one and not counted (domain: 0.5).
PARTIAL: Final = 0.5
#: A fault is told in the truth from this share of its mild limit on.
TOLD: Final = 0.4
#: Seconds of stillness before the first rep of a set.
LEAD_S: Final = 0.7
#: How late a lift or a lowering has its speed, differently every time; see `Stroke.bend`.
BEND: Final = (0.85, 1.15)
#: Control of movement, 10 to 90 % (docs/thresholds.md: Control of movement).
CONTROL: Final = {
    "momentum": FaultInfo("s", 0.60, 0.40, (), less=True),
    "dropped_return": FaultInfo("s", 0.60, 0.35, (), less=True),
}
#: Where azimuth 0 and 90 are while the left side works, by posture (docs/time-and-coordinates.md).
AXES: Final = {
    "standing": (Z, X),
    "side_lying": (Z, X),
    "quadruped": (X, -Z),
    "supine": (X, -Z),
    "seated": (Z, X),
    "hinged": (Z, X),
}
#: The side of a set whose reps are done by the left side and the right one in turns.
ALTERNATING: Final = "alternating"
#: Depth from which on a limb sways in such a set: at the start nothing may tell which side comes next.
ALONE: Final = 0.25
#: What is done in the exercise's own posture; everything else is `samples.studio.life`.
OWN: Final = ("set", "idle")


class LifeSegment(Protocol):
    """A stretch of life: a movement as a function of time, at rest on both ends."""

    @property
    def duration_s(self) -> float:
        """Seconds."""

    def at(self, times: ArrayLike) -> Posed:
        """The poses at `times` ``(T,)``, seconds from its start."""


@dataclass(frozen=True)
class Told:
    """One exercise of a performance that has several.

    Attributes:
        exercise: formcheck's id.
        side: The working side.
        performance: It alone, before it was turned.
        turn: ``(3, 3)`` about the vertical through the origin.
        start_s: When it begins.
    """

    exercise: str
    side: str
    performance: Performance
    turn: Floats
    start_s: float

    @property
    def reps(self) -> list[RepTruth]:
        """Its reps at their times in the whole."""
        return [
            replace(
                rep,
                start_s=self.start_s + rep.start_s,
                turn_s=self.start_s + rep.turn_s,
                end_s=self.start_s + rep.end_s,
            )
            for rep in self.performance.reps
        ]


@dataclass(frozen=True)
class Performance:
    """Somebody in motion.

    Attributes:
        body: Who.
        duration_s: How long.
        posture: standing, side_lying, quadruped or supine.
        zero: ``(3,)`` the level direction in which azimuth 0 is.
        quarter: ``(3,)`` where azimuth 90 is.
        reps: What was done, in time.
        segments: ``kind``, ``start_s``, ``end_s`` of every stretch.
        centre: ``(3,)`` the middle of the set, m: what a camera looks at.
        extent: ``(3,)`` size of the box around the set's landmarks, m.
        acts: The exercises where there are several; directions are those of the first one.
        walked: ``(3,)`` how far the person gets while exercising, m.
    """

    body: Body
    duration_s: float
    posture: str
    zero: Floats
    quarter: Floats
    reps: list[RepTruth]
    segments: list[dict[str, Any]]
    centre: Floats
    extent: Floats
    parts: tuple[tuple[float, LifeSegment], ...]
    mirrored: bool
    acts: tuple[Told, ...] = ()
    walked: Floats = field(default_factory=lambda: np.zeros(3))

    def at(self, times: ArrayLike) -> Posed:
        """The poses at any `times` ``(T,)``, seconds; before the start and after the end they stand still."""
        t = np.clip(np.atleast_1d(np.asarray(times, np.float64)), 0, self.duration_s)
        bones = len(self.body.names)
        out = Posed(np.empty((len(t), bones, 3, 3)), np.empty((len(t), bones, 3)))
        part = np.searchsorted([start for start, _ in self.parts], t, side="right") - 1
        for i in np.unique(part):
            start, segment = self.parts[i]
            rows = np.flatnonzero(part == i)
            posed = segment.at(t[rows] - start)
            out.rotation[rows], out.position[rows] = posed.rotation, posed.position
        return out.mirrored(self.body) if self.mirrored else out


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


def perform(script: Script, body: Body, joins: tuple[bool, bool] = (False, False)) -> Performance:
    """Perform a script.

    Args:
        script: What.
        body: Who.
        joins: Whether something goes before it and something comes after, so that it has to begin or end in
            its rest pose.

    Raises:
        UsageError: There is no such exercise, fault or scene.
    """
    if script.exercise is None:
        return _scene(script, body)
    move = motion.find(script.exercise)
    rng = np.random.default_rng(script.seed)
    style = script.style or move.Style.draw(rng)
    start = move.pose(body, 0.0, {}, style).solve()
    posture = "standing" if move.POSTURE == "hinged" else move.POSTURE
    parts: list[tuple[float, LifeSegment]] = []
    told: list[dict[str, Any]] = []
    reps: list[RepTruth] = []
    now, way = 0.0, sum(len(s.reps) for s in script.segments) * motion.step(move, body, style)
    walked = -way / 2  # the middle of the room is half-way
    for own, group in groupby(script.segments, lambda s: s.kind in OWN):
        segments = list(group)
        if own:
            edges = (
                joins[0] or segments[0] is not script.segments[0],
                joins[1] or segments[-1] is not script.segments[-1],
            )
            part, spans = _exercise(body, move, style, segments, edges, rng, script.side == ALTERNATING)
            part = replace(part, origin=walked)
            walked = walked + part.walked
            reps += _truth(part, now)
            parts.append((now, part))
            told += [{"kind": k, "start_s": now + a, "end_s": now + b} for k, a, b in spans]
            now += part.duration_s
            continue
        for segment in segments:
            seed = int(rng.integers(2**31))
            here = start.moved(walked)
            stretch = life.segment(segment.kind, body, here, posture, segment.seconds, seed)
            parts.append((now, stretch))
            told.append({"kind": segment.kind, "start_s": now, "end_s": now + stretch.duration_s})
            now += stretch.duration_s
    zero, quarter = getattr(move, "AXES", AXES[move.POSTURE])
    mirrored = script.side == "right"
    flip = np.array([1.0, 1, -1]) if mirrored else np.ones(3)
    sets = [p for _, p in parts if isinstance(p, Exercising)]
    points = np.concatenate([landmarks(body, p.extremes()) for p in sets] or [landmarks(body, start)]) * flip
    low, high = points.min((0, 1)), points.max((0, 1))
    return Performance(
        body,
        now,
        move.POSTURE,
        zero * flip,
        quarter * flip,
        reps,
        told,
        (low + high) / 2,
        high - low,
        tuple(parts),
        mirrored,
        walked=way * flip,
    )


def _scene(script: Script, body: Body) -> Performance:
    """A scene of life: one stretch, no exercise."""
    if len(script.segments) != 1:
        raise UsageError("a scene of life has one segment", hint="its kind is the scene's name")
    (segment,) = script.segments
    scene = life.scene(segment.kind, body, segment.seconds, script.seed)
    points = landmarks(body, scene.at(np.arange(0, scene.duration_s, 0.2)))
    low, high = points.min((0, 1)), points.max((0, 1))
    told = [{"kind": segment.kind, "start_s": 0.0, "end_s": scene.duration_s}]
    return Performance(
        body,
        scene.duration_s,
        "standing",
        *AXES["standing"],
        [],
        told,
        (low + high) / 2,
        high - low,
        ((0.0, scene),),
        mirrored=False,
    )


def _exercise(
    body: Body,
    move: motion.Motion,
    style: Any,
    segments: list[Segment],
    edges: tuple[bool, bool],
    rng: np.random.Generator,
    alternating: bool,
) -> tuple[Exercising, list[tuple[str, float, float]]]:
    """Sets and idling one after another, with kind, start and end of each. `edges`: is life there?"""
    strokes: list[Stroke] = []
    plans: list[RepPlan] = []
    spans = []
    now = 0.0
    for segment in segments:
        begin = now
        now += segment.seconds if segment.kind == "idle" else LEAD_S
        for plan in segment.reps:
            if unknown := sorted(set(plan.faults) - set(move.FAULTS)):
                raise UsageError(f"no such fault: {unknown[0]}", hint=f"known: {', '.join(move.FAULTS)}")
            stroke = _stroke(move, plan, now, rng)
            strokes.append(stroke)
            plans.append(plan)
            now = stroke.end + plan.rest_s
        spans.append((segment.kind, begin, now))
    sway = Swaying.draw(rng, move.POSTURE, now, fade_in=edges[0], fade_out=edges[1])
    return Exercising(body, move, style, tuple(strokes), tuple(plans), sway, now, alternating), spans


def _stroke(move: motion.Motion, plan: RepPlan, start: float, rng: np.random.Generator) -> Stroke:
    height = max(plan.amplitude, move.LEAST) if plan.amplitude >= PARTIAL else plan.amplitude
    bend = rng.uniform(*BEND)
    if motion.lowers_first(move):
        falls = "out" if plan.dropped else ""
        return Stroke(start, plan.lower_s, plan.hold_s, plan.lift_s, height, falls=falls, bend=bend)
    falls = "back" if plan.dropped else ""
    return Stroke(start, plan.lift_s, plan.hold_s, plan.lower_s, height, plan.swung, falls, bend)


def _truth(part: Exercising, offset: float) -> list[RepTruth]:
    """What was done in a stretch that begins at `offset` s."""
    if not part.strokes:
        return []
    move, body = part.move, part.body
    start, turned = part.start(), part.turned()
    full = float(move.angle(body, move.pose(body, 1.0, {}, part.style).solve())[0])
    rest = float(move.angle(body, start)[0])
    angle = move.angle(body, turned)
    sizes = move.measure(body, start, turned, part.style)
    for name, depth in motion.passed(move).items():
        sizes[name] = move.measure(body, start, part.turned(depth), part.style)[name]
    limits = move.limits(body, part.style)
    out = []
    for i, (stroke, plan) in enumerate(zip(part.strokes, part.plans, strict=True)):
        counted = plan.amplitude >= PARTIAL
        faults: dict[str, dict[str, Any]] = {}
        for name, info in limits.items():
            value = float(sizes[name][i])
            # A partial rep is not judged; only what was commanded is told of it.
            if name in plan.faults or (counted and info.share(value) >= TOLD):
                faults[name] = {"value": round(value, 2), "unit": info.unit, "grade": info.grade(value)}
        faults |= _control(move, stroke, plan)
        out.append(
            RepTruth(
                start_s=offset + stroke.start,
                turn_s=offset + stroke.turn,
                end_s=offset + stroke.end,
                counted=counted,
                amplitude=(float(angle[i]) - rest) / (full - rest),
                angle_start=rest,
                angle_turn=float(angle[i]),
                faults=faults,
                side=("left", "right")[i % 2] if part.alternating else "",
            )
        )
    return out


def _control(move: motion.Motion, stroke: Stroke, plan: RepPlan) -> dict[str, dict[str, Any]]:
    """Momentum, if it was commanded; a dropped return, if it was commanded or is quick enough to be one.

    A quick lift alone is no momentum: that takes a throw without a stop. A squat has none.
    """
    if getattr(move, "FLOWS", False):
        return {}
    out, back = stroke.control()
    lowers_first = motion.lowers_first(move)
    told = {"momentum": out} if plan.swung and not lowers_first else {}
    lowering = out if lowers_first else back
    if plan.dropped or CONTROL["dropped_return"].grade(lowering[0]) != "sub":
        told["dropped_return"] = lowering
    return {
        name: {
            "value": round(seconds, 3),
            "unit": "s",
            "grade": CONTROL[name].grade(seconds),
            "peak_per_s": round(speed, 2),
        }
        for name, (seconds, speed) in told.items()
    }
