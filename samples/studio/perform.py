"""Performances: a script of what somebody does becomes a body in motion at any time, with its truth.

Everything is built with the *left* side working; for the right one the finished movement is mirrored
(z → −z, left and right exchanged), in `Performance.at` and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import ArrayLike

from formcheck.errors import UsageError
from samples.studio import life, motion
from samples.studio.body import Body
from samples.studio.motion.faults import FaultInfo
from samples.studio.rotation import Floats, X, Z
from samples.studio.script import RepPlan, RepTruth, Script, Segment
from samples.studio.skeleton import Posed, joined, landmarks
from samples.studio.sway import Swaying
from samples.studio.timing import Stroke

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
}
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
    """

    body: Body
    move: motion.Motion
    style: Any
    strokes: tuple[Stroke, ...]
    plans: tuple[RepPlan, ...]
    swaying: Swaying
    duration_s: float

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
        return self.move.pose(self.body, depth, faults, self.style, sway).solve()

    def turned(self) -> Posed:
        """The poses at the reps' turns, without sway."""
        depth = np.array([float(s.at([s.turn])[0]) for s in self.strokes])
        names = {name for plan in self.plans for name in plan.faults}
        faults = {name: np.array([plan.faults.get(name, 0.0) for plan in self.plans]) for name in names}
        return self.move.pose(self.body, depth, faults, self.style).solve()

    def start(self) -> Posed:
        """The start pose, without sway: one instant."""
        return self.move.pose(self.body, 0.0, {}, self.style).solve()

    def extremes(self) -> Posed:
        """Start and turns together: how much room the movement takes."""
        return joined([self.start(), *([self.turned()] if self.strokes else [])])


def perform(script: Script, body: Body) -> Performance:
    """Perform a script.

    Args:
        script: What.
        body: Who.

    Raises:
        UsageError: There is no such exercise, fault or scene.
    """
    if script.exercise is None:
        return _scene(script, body)
    move = motion.find(script.exercise)
    rng = np.random.default_rng(script.seed)
    style = script.style or move.Style.draw(rng)
    start = move.pose(body, 0.0, {}, style).solve()
    parts: list[tuple[float, LifeSegment]] = []
    told: list[dict[str, Any]] = []
    reps: list[RepTruth] = []
    now = 0.0
    for own, group in groupby(script.segments, lambda s: s.kind in OWN):
        segments = list(group)
        if own:
            edges = segments[0] is not script.segments[0], segments[-1] is not script.segments[-1]
            part, spans = _exercise(body, move, style, segments, edges, rng)
            reps += _truth(part, now)
            parts.append((now, part))
            told += [{"kind": k, "start_s": now + a, "end_s": now + b} for k, a, b in spans]
            now += part.duration_s
            continue
        for segment in segments:
            seed = int(rng.integers(2**31))
            stretch = life.segment(segment.kind, body, start, move.POSTURE, segment.seconds, seed)
            parts.append((now, stretch))
            told.append({"kind": segment.kind, "start_s": now, "end_s": now + stretch.duration_s})
            now += stretch.duration_s
    zero, quarter = AXES[move.POSTURE]
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
    return Exercising(body, move, style, tuple(strokes), tuple(plans), sway, now), spans


def _stroke(move: motion.Motion, plan: RepPlan, start: float, rng: np.random.Generator) -> Stroke:
    height = max(plan.amplitude, move.LEAST) if plan.amplitude >= PARTIAL else plan.amplitude
    bend = rng.uniform(*BEND)
    if move.POSTURE == "standing":  # lowering comes first
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
            )
        )
    return out


def _control(move: motion.Motion, stroke: Stroke, plan: RepPlan) -> dict[str, dict[str, Any]]:
    """Momentum, if it was commanded; a dropped return, if it was commanded or is quick enough to be one.

    A quick lift alone is no momentum: that takes a throw without a stop. A squat has none.
    """
    out, back = stroke.control()
    standing = move.POSTURE == "standing"
    told = {"momentum": out} if plan.swung and not standing else {}
    lowering = out if standing else back
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
