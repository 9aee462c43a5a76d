"""Control of the movement: momentum, dropped return, rebound and short range, for every exercise alike.

Formulas and limits: docs/thresholds.md, Control of movement. Times are those of the joint: what the
landmarks read, divided by the exercise's pace. A fault is called, and a rep is cleared, where the reading's
error allows it; in between the verdict is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, isfinite, nan, sqrt
from typing import Final

import numpy as np

from formcheck.engine.own import Missing
from formcheck.engine.phases import LOW, Phases
from formcheck.engine.stroke import Stroke, strokes
from formcheck.features.body import Window
from formcheck.geometry import Bools, Floats
from formcheck.spec import Exercise, Fault, Limits
from formcheck.types import Severity, Verdict

#: A stretch without frames in the lift that makes its speed unknowable, s (thresholds,
#: Control of movement).
MAX_GAP_S: Final = 0.15
#: Fewer frames a second than this: no speed from it (thresholds, Signal processing).
MIN_RATE_HZ: Final = 10.0
#: Seconds from 10 to 90 %, mild and severe, of a lift and of a lowering.
LIFT_S: Final = (0.60, 0.40)
LOWERING_S: Final = (0.60, 0.35)
#: % of the person's own best that is missing, mild and severe.
MISSING: Final = (20.0, 35.0)
#: Nothing is called where either way is rougher than this: half of all wrong calls were there.
SMOOTH: Final = 0.04
#: The same where one way is looked at alone: right calls read up to 0.02, two wrong ones 0.026 and 0.034.
SMOOTH_ALONE: Final = 0.025
#: A fault of time is called, or a rep cleared, below and above the limit times exp(−this × pace error). A
#: lift and what follows it err apart from each other, so both together need less (tune split, people left
#: out).
CALLED_LIFT, CLEARED_LIFT = 0.8, 0.3
CALLED_LOWERING, CLEARED_LOWERING = 3.0, 1.1
#: The same for the range, in range errors above and below the limit.
RANGE_MARGIN: Final = 0.75
#: A short range is not called unless the joints went less far, too, by so many % (tune split and six more
#: people: in wrong calls by 18-34, two of twelve by more than 25; in right ones by 12-72, 23 of 27).
LESS_WAY: Final = 25.0
#: A lowering sets in so many of its 10 to 90 % times before its middle: minimum jerk 0.99, a cosine 0.85.
SETS_IN: Final = 0.9


@dataclass(frozen=True, slots=True)
class Control:
    """One of the faults that all exercises share; the fields are those of `formcheck.spec.Fault`."""

    id: str
    name: str
    cue: str
    why: str
    unit: str
    limits: Limits
    weight: float
    source: str
    primary: bool = False

    @property
    def label(self) -> str:
        """The fault in words."""
        return self.name


MOMENTUM = Control(
    id="momentum",
    name="swinging",
    cue="Slow down: two seconds up",
    why="A swing does the work that the muscle should do; a slow lift keeps it under tension.",
    unit="s too fast",
    limits=Limits(0.0, LIFT_S[0] - LIFT_S[1]),
    weight=15,
    source="thresholds, Control of movement: two thirds of the lift's time and one third of the stay, "
    "under 0.60 and 0.40 s",
)
DROPPED = Control(
    id="dropped_return",
    name="dropped lowering",
    cue="Lower slowly, count to two",
    why="Half of the work is in the way back; dropping gives it away.",
    unit="s too fast",
    limits=Limits(0.0, LOWERING_S[0] - LOWERING_S[1]),
    weight=10,
    source="thresholds, Control of movement: 90 to 10 % in under 0.60 s and 0.35 s",
)
REBOUND = Control(
    id="rebound",
    name="bouncing",
    cue="Settle before the next one",
    why="Bouncing out of the bottom lets elastic recoil replace the first part of the lift.",
    unit="1/s²",
    limits=Limits(12, 20),
    weight=8,
    source="thresholds, Control of movement: no rest (< 0.15 s) and a reversal of at least 12 ranges/s²",
)
SHORT = Control(
    id="short_rom",
    name="short range",
    cue="A little further",
    why="A fuller range trains the muscle over more of its length.",
    unit="% missing",
    limits=Limits(*MISSING),
    weight=10,
    source="thresholds, Control of movement: below 80 % of the user's own best mild, below 65 % severe",
)
ALL = (MOMENTUM, DROPPED, REBOUND, SHORT)


def faults_of(exercise: Exercise) -> dict[str, Fault | Control]:
    """Every fault that a rep of this exercise can show, by id: its own first, then those of control."""
    if exercise.informative:
        return {}
    own: dict[str, Fault | Control] = {fault.id: fault for fault in exercise.faults}
    cycle = exercise.reps
    shared = (SHORT,) if cycle.flows else tuple(c for c in ALL if not (c is MOMENTUM and cycle.ballistic))
    return own | {c.id: c for c in shared}


#: A turn without a stop is normal at the bottom of a squat: there, bouncing begins 8 ranges/s² later
#: (thresholds, Control of movement: 20 against 12).
BOUNCE_MORE = 8.0
#: Who stays above 90 % of the depth for longer has not bounced, s. Measured on unhurried real squats: 0.34 s
#: at the shortest; acceleration alone is noise where the knees are half hidden (70 ranges/s² read there).
BOUNCE_S = 0.25
#: Nor has who takes longer than this from 10 % down to 10 % up, s: those real squats took 1.6 s and more.
BOUNCE_REP_S = 1.5
#: Who rests for longer before a rep does not bounce into it, s.
SETTLED_S = 0.15
UNCLEAR = "the movement was not seen clearly"
UNSURE = "too near the limit for what the landmarks can tell"


def judge(
    exercise: Exercise,
    window: Window,
    phases: Phases,
    *,
    mixed: Bools,
    missing: Missing,
    first: bool,
    since_last_s: float,
) -> list[Verdict]:
    """The verdicts on control of one rep.

    Args:
        window: The rep and the rest around it.
        mixed: ``(T,)`` frames whose counted signal cannot be trusted.
        missing: What this rep lacks of the person's own range.
        first: Whether it is the first rep of its set: it cannot bounce out of the one before.
        since_last_s: Rest before this rep, NaN when unknown.
    """
    if exercise.informative:
        return []
    t, cycle = window.t, exercise.reps
    out, back = (_in_joint_seconds(one, cycle.reading.pace) for one in strokes(window, phases))
    out_hidden, back_hidden = _blind(t, phases.masks["lift"]), _blind(t, phases.masks["return"])
    confused = "the legs were mixed up in the picture" if mixed.any() else ""
    # The counted signal's own time: it may waver, but where it is calm the joints did not swing.
    crossed_s = phases.lift_s / cycle.reading.pace
    verdicts = []
    if not (cycle.ballistic or cycle.flows):  # intent to drive up fast is normal under load: not listed
        verdicts.append(_momentum(exercise, phases, out, back, out_hidden, crossed_s))
    if not cycle.flows:
        ways = (back, out, back_hidden) if cycle.lift_first else (out, back, out_hidden)
        verdicts.append(_dropped(exercise, phases, *ways))
        verdicts.append(
            _rebound(
                exercise,
                t,
                phases,
                confused or out_hidden,
                calm=(out is not None and out.time_s >= LIFT_S[0]) or crossed_s >= LIFT_S[0],
                smooth=_smooth(out, back),
                first=first,
                since_last_s=since_last_s,
            )
        )
    verdicts.append(_short(exercise, phases, missing, (out, back), confused))
    return verdicts


def _in_joint_seconds(stroke: Stroke | None, pace: float) -> Stroke | None:
    """A stroke that was seen clearly, with the times of the joint; None for any other."""
    if stroke is None or not stroke.clear:
        return None
    return replace(stroke, time_s=stroke.time_s / pace, late_s=stroke.late_s / pace)


def _momentum(
    exercise: Exercise,
    phases: Phases,
    out: Stroke | None,
    back: Stroke | None,
    hidden: str,
    crossed_s: float,
) -> Verdict:
    """A lift that is quick and does not stay: two parts its time, one part the stay.

    The stay is from the middle of the lift until the lowering sets in. A swung lift without a stop has as
    much of it as its time, so the sum is in the lift's seconds; a calm one has more.
    """
    if hidden or out is None:
        return _unknown(MOMENTUM, hidden or "the lift was not seen clearly")
    if back is None:
        value = out.time_s  # whether it stays is not known: a slow one needs no stay
    else:
        value = (2 * out.time_s + back.middle_s - SETS_IN * back.time_s - out.middle_s) / 3
    error = exercise.reps.reading.pace_error
    called = LIFT_S[0] * (1 - exp(-CALLED_LIFT * error))
    cleared = LIFT_S[0] * (1 - exp(-CLEARED_LIFT * error))
    if crossed_s < LIFT_S[0]:
        cleared = -called  # a quick lift is cleared by its stay alone, and by as much as calls one
    # A swing is one by the mean of both readings of the lift's time, too, where the signal's is the slower.
    # Of ten exercises, seventeen people: wrong calls 1 instead of 4, right ones 79 instead of 86.
    mean = value + max(0.0, crossed_s - out.time_s) / 3
    agreed = mean < LIFT_S[0] - called and crossed_s < LIFT_S[0] - called / 2
    return _timed(
        MOMENTUM,
        LIFT_S[0] - value,
        (cleared, called),
        trusted=_smooth(out, back) and agreed,
        at_s=phases.start_s + LOW,
        span_s=(phases.start_s, phases.turn_s),
    )


def _dropped(
    exercise: Exercise, phases: Phases, lowering: Stroke | None, lift: Stroke | None, hidden: str
) -> Verdict:
    """A lowering that takes less time than a controlled one."""
    if hidden or lowering is None:
        return _unknown(DROPPED, hidden or "the lowering was not seen clearly")
    # What falls is fastest at the end, what is lowered is not: the second half counts twice.
    value = sqrt(lowering.time_s * 2 * lowering.late_s)
    cycle = exercise.reps
    ballistic, error = cycle.ballistic, cycle.reading.pace_error
    crossed_s = (phases.return_s if cycle.lift_first else phases.lift_s) / cycle.reading.pace
    if lift is not None and not ballistic:
        # Landmarks that stick and then catch up are too quick on both ways.
        value *= sqrt(max(1.0, LIFT_S[0] / lift.time_s))
    return _timed(
        DROPPED,
        LOWERING_S[0] - value,
        (
            LOWERING_S[0] * (1 - exp(-CLEARED_LOWERING * error)),
            LOWERING_S[0] * (1 - exp(-CALLED_LOWERING * error)),
        ),
        # By the counted signal, too: 118 right calls took up to 0.59 s there, four of six wrong ones 0.69
        # and more.
        trusted=(lowering.rough < SMOOTH_ALONE if ballistic else _smooth(lowering, lift))
        and crossed_s < LOWERING_S[0],
        at_s=phases.end_s,
    )


def _rebound(
    exercise: Exercise,
    t: Floats,
    phases: Phases,
    reason: str,
    *,
    calm: bool,
    smooth: bool,
    first: bool,
    since_last_s: float,
) -> Verdict:
    """Bouncing: out of the rest between reps, or, where lowering comes first, out of the turn."""
    if not exercise.reps.lift_first:
        if reason or np.isnan(phases.return_s):
            return _unknown(REBOUND, reason or "the turn was not seen whole")
        slowing = -np.gradient(np.gradient(phases.progress, t), t)
        top = slowing[phases.masks["top"]]
        quick = phases.lift_s + phases.hold_s + phases.return_s < BOUNCE_REP_S
        bounced = quick and phases.hold_s < BOUNCE_S and np.isfinite(top).any()
        return _graded(REBOUND, float(np.nanmax(top)) - BOUNCE_MORE if bounced else 0.0, phases.turn_s)
    if first or reason or np.isnan(since_last_s):
        return _unknown(REBOUND, reason or "there is no rep before it")
    # Twelve ranges/s² at the bottom of a swing take its lift through 10 to 90 % in 0.38 s.
    kick = _kick(t, phases) if since_last_s < SETTLED_S and not calm else 0.0
    if kick > REBOUND.limits.mild and not smooth:
        return _unknown(REBOUND, UNCLEAR)
    return _graded(REBOUND, kick, phases.start_s)


def _short(
    exercise: Exercise,
    phases: Phases,
    lacks: Missing,
    ways: tuple[Stroke | None, ...],
    confused: str,
) -> Verdict:
    """Less range than the person's own best."""
    missing = lacks.of_range
    if not isfinite(missing):
        return _unknown(SHORT, "your own range is not known yet")
    margin = RANGE_MARGIN * exercise.reps.reading.range_error
    if missing <= MISSING[0] - margin:
        return _graded(SHORT, missing, phases.turn_s)
    if confused or None in ways:
        return _unknown(SHORT, confused or UNCLEAR)
    # Reps that lie apart among themselves do not tell a short one: it has to lack as much more as the common
    # ones are below the best. Seventeen people: of seven wrong calls none is left, of 19 right ones 18.
    if missing <= MISSING[0] + margin + lacks.spread or not lacks.of_way > LESS_WAY:
        return _unknown(SHORT, UNSURE)
    return _graded(SHORT, missing, phases.turn_s)


def _smooth(*ways: Stroke | None) -> bool:
    return all(way is not None and way.rough < SMOOTH for way in ways)


def _blind(t: Floats, mask: Bools) -> str:
    """Why a speed cannot be told in this phase, or nothing."""
    times = t[mask]
    if len(times) < 3:
        return "too few frames to tell speed"
    gaps = np.diff(times)
    if gaps.max() > MAX_GAP_S:
        return "the picture stood still in between"
    return "too few frames a second to tell speed" if 1 / np.median(gaps) < MIN_RATE_HZ else ""


def _kick(t: Floats, phases: Phases) -> float:
    """The acceleration at the beginning of the lift, ranges/s²."""
    start = phases.masks["move"] & (phases.progress < 0.4) & (t <= phases.turn_s)
    if len(t) < 5:
        return 0.0
    kicks = np.gradient(np.gradient(phases.progress, t), t)[start]
    return float(np.nanmax(kicks)) if np.isfinite(kicks).any() else 0.0


def _timed(
    control: Control,
    too_fast_s: float,
    between_s: tuple[float, float],
    *,
    trusted: bool,
    at_s: float,
    span_s: tuple[float, float] = (nan, nan),
) -> Verdict:
    """A verdict on a time.

    Args:
        too_fast_s: Seconds that are missing to the limit.
        between_s: Less than the first clears, more than the second is a fault.
        trusted: Whether it was seen well enough to call a fault, and other readings agree.
        span_s: First and last moment of the fault.
    """
    cleared, called = between_s
    if too_fast_s >= cleared and not (trusted and too_fast_s > called):
        return _unknown(control, UNSURE if trusted else UNCLEAR)
    severe = max(control.limits.severe, called)
    level = Severity.SEVERE if too_fast_s > severe else Severity.MILD if too_fast_s > called else Severity.OK
    first, last = span_s if level is not Severity.OK else (nan, nan)
    return Verdict(
        control.id,
        level,
        round(too_fast_s, 3),
        control.unit,
        round(called, 3),
        at_s=at_s,
        from_s=first,
        until_s=last,
        severe=round(severe, 3),
    )


def _graded(control: Control, value: float, at: float) -> Verdict:
    limits = control.limits
    level = (
        Severity.SEVERE if value > limits.severe else Severity.MILD if value > limits.mild else Severity.OK
    )
    return Verdict(
        control.id,
        level,
        round(float(value), 3),
        control.unit,
        limits.mild,
        at_s=at,
        severe=limits.severe,
    )


def _unknown(control: Control, reason: str) -> Verdict:
    return Verdict(control.id, Severity.UNKNOWN, unit=control.unit, limit=control.limits.mild, reason=reason)
