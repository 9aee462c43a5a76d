"""Verdicts of one rep: each fault measured where the camera can see it, and unknown where it cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from formcheck.engine.phases import Phases
from formcheck.features.body import Window, median
from formcheck.features.signals import evaluate
from formcheck.features.view import inside
from formcheck.geometry import Floats, held, stretch
from formcheck.spec import Exercise, Fault, Gate, Limits, Measure, Signal, Way, joints
from formcheck.types import Severity, Verdict, View

#: A joint is seen when its visibility is at least this on that share of the phase (thresholds,
#: Signal processing).
VISIBLE, SHARE = 0.5, 0.7
#: Neither of two joints is seen where the better one's visibility is less than this.
GUESSED = 0.5
#: A view less certain than this decides nothing. Clean trunks read 0.9; a guessed one below 0.5.
SURE = 0.5
#: Measures that compare with the rep's own rest.
AGAINST_REST = ("change", "swing", "shift")


def verdicts(
    exercise: Exercise,
    window: Window,
    phases: Phases,
    view: View,
    better: Mapping[Measure, float] | None = None,
) -> list[Verdict]:
    """One verdict for each fault of the exercise, in its order.

    Args:
        better: Of each measure what the better of this person's whole reps have read.
    """
    return [_verdict(fault, window, phases, view, better or {}) for fault in exercise.faults]


def readings(exercise: Exercise, found: Iterable[Verdict]) -> dict[Measure, float]:
    """What was read with each measure; a verdict's limit tells which way was taken."""
    return {
        way.measure: verdict.value
        for verdict in found
        for way in exercise.fault(verdict.fault).ways
        if way.limits.mild == verdict.limit and np.isfinite(verdict.value)
    }


def gate_value(gate: Gate, window: Window, phases: Phases) -> float:
    """The number that a gate looks at; NaN where it was not seen.

    A far limb is guessed well enough for a gate while the near one is seen. Where neither is, as behind the
    plates of a bar, both are made up: hands that hang to the shins read 9 % of the torso above the ankles.
    """
    mask = phases.masks[gate.measure.during]
    for joint in joints(gate.measure.signal):
        if not median(window.glimpsed(joint)[mask]) >= GUESSED:
            return float("nan")
    return measure(gate.measure, window, phases, 0.1)[0]


def measure(m: Measure, window: Window, phases: Phases, hold_s: float) -> tuple[float, int, Floats]:
    """A measure's value, the frame of its worst, and the curve it was read from."""
    x = curve(m, window, phases)
    mask = phases.masks[m.during]
    chosen = np.where(mask, x, np.nan)
    if m.how in ("median", "shift"):
        return median(chosen), int(np.argmax(mask)), x
    if m.how == "best":
        good = chosen[np.isfinite(chosen)]
        return (float(np.percentile(good, 90)) if good.size else float("nan")), int(np.argmax(mask)), x
    value, where = held(window.t, chosen, hold_s)
    if m.how == "swing":
        back, there = held(window.t, -chosen, hold_s)
        if back > value:
            return back, there, -x
    return value, where, x


def curve(m: Measure, window: Window, phases: Phases) -> Floats:
    """The signal, for a change as the difference from the rep's own rest."""
    x = evaluate(m.signal, window)
    return x - median(x[phases.masks["rest"]]) if m.how in AGAINST_REST else x


def _verdict(
    fault: Fault, window: Window, phases: Phases, view: View, better: Mapping[Measure, float]
) -> Verdict:
    way, reason = _choose(fault, window, phases, view)
    if way is None:
        first = fault.ways[0]
        return Verdict(
            fault.id,
            Severity.UNKNOWN,
            unit=_unit(first.measure.signal),
            limit=first.limits.mild,
            reason=reason,
        )
    value, where, x = measure(way.measure, window, phases, fault.hold_s)
    unit, limits = _unit(way.measure.signal), way.limits
    if not np.isfinite(value):
        return Verdict(
            fault.id, Severity.UNKNOWN, unit=unit, limit=limits.mild, reason="not seen long enough"
        )
    level = _level(value, limits)
    if level is Severity.OK and not way.clears:
        why = "only a large one would show in the landmarks"
        return Verdict(fault.id, Severity.UNKNOWN, round(value, 2), unit, limits.mild, reason=why)
    if _its_build(value, way, better) or (level is Severity.OK and value > way.ok_to):
        why = "too close to call: clean reps of some people look like this, and faulty ones of others"
        return Verdict(fault.id, Severity.UNKNOWN, round(value, 2), unit, limits.mild, reason=why)
    if value > way.believable:
        why = "reads as more than anybody does: the body's points are misplaced here"
        return Verdict(fault.id, Severity.UNKNOWN, round(value, 2), unit, limits.mild, reason=why)
    begin, end = stretch(window.t, np.where(phases.masks["move"], x, -np.inf), limits.mild, where)
    return Verdict(
        fault.id,
        level,
        round(value, 2),
        unit,
        limits.mild,
        at_s=float(window.t[where]),
        from_s=begin if level is not Severity.OK else float("nan"),
        until_s=end if level is not Severity.OK else float("nan"),
        severe=limits.severe,
    )


def settled(exercise: Exercise, verdict: Verdict, better: Mapping[Measure, float]) -> Verdict:
    """A verdict that was too close to call, held against what the person's reps have read since.

    Args:
        exercise: That it was given by.
        verdict: Any; all but those that a better rep of the person decides stay as they are.
        better: As for `verdicts`.
    """
    if verdict.verdict is not Severity.UNKNOWN or not verdict.value >= verdict.limit:
        return verdict
    ways = (way for fault in exercise.faults if fault.id == verdict.fault for way in fault.ways)
    for way in ways:
        close = way.limits.mild == verdict.limit and verdict.value < min(way.certain, way.believable)
        if close and not _its_build(verdict.value, way, better):
            level = _level(verdict.value, way.limits)
            return replace(verdict, verdict=level, reason="", severe=way.limits.severe)
    return verdict


def _level(value: float, limits: Limits) -> Severity:
    if value >= limits.severe:
        return Severity.SEVERE
    return Severity.MILD if value >= limits.mild else Severity.OK


def _its_build(value: float, way: Way, better: Mapping[Measure, float]) -> bool:
    """Whether clean reps of some people read so much, and this person's better ones do not read less."""
    limits, own = way.limits, better.get(way.measure, float("inf"))
    return limits.mild <= value < way.certain and own > value - (limits.severe - limits.mild)


def _unit(signal: Signal) -> str:
    return signal.unit


def _choose(fault: Fault, window: Window, phases: Phases, view: View) -> tuple[Way | None, str]:
    """The first way that the camera allows, or the reason why there is none."""
    if view.confidence < SURE:
        return None, "the body was not seen well enough to tell the camera's angle"
    here = [way for way in fault.ways if inside(way.seen, window, view.azimuth_deg, view.elevation_deg)]
    if not here:
        return None, f"not visible from this angle ({view.kind}): {fault.ways[0].seen.where}"
    reason = ""
    for way in here:
        if way.measure.how in AGAINST_REST and not phases.masks["rest"].any():
            reason = "the rest before this rep was not seen"
            continue
        hidden = _hidden(way, window, phases)
        if not hidden:
            return way, ""
        reason = f"{hidden} hidden or outside the picture"
    return None, reason


def _hidden(way: Way, window: Window, phases: Phases) -> str:
    """The first joint that is not seen through the phase that matters."""
    mask = phases.masks[way.measure.during]
    for name in way.seen.joints:
        if not mask.any() or (window.seen(name)[mask] >= VISIBLE).mean() < SHARE:
            return name.removeprefix("other_").replace("_", " ")
    return ""
