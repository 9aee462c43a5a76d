"""Performances: a script of what somebody does becomes a body in motion at any time, with its truth.

Everything is built with the *left* side working; for the right one the finished movement is mirrored
(z → −z, left and right exchanged), in `Performance.at` and nowhere else; but a set whose reps are done by one
side after the other mirrors every second rep about the body's own middle, in `Exercising.at`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any, Final

import numpy as np

from formcheck.errors import UsageError
from samples.studio import life, motion
from samples.studio.body import Body
from samples.studio.exercising import AXES, Exercising
from samples.studio.outcome import reps_of
from samples.studio.performance import LifeSegment, Performance
from samples.studio.script import ALTERNATING, PARTIAL, RepPlan, RepTruth, Script, Segment
from samples.studio.skeleton import landmarks
from samples.studio.sway import Swaying
from samples.studio.timing import Stroke

#: Seconds of stillness before the first rep of a set.
LEAD_S: Final = 0.7
#: How late a lift or a lowering has its speed, differently every time; see `Stroke.bend`.
BEND: Final = (0.85, 1.15)
#: What is done in the exercise's own posture; everything else is `samples.studio.life`.
OWN: Final = ("set", "idle")


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
            reps += reps_of(part, now)
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
