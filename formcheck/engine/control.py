"""Control of the movement: momentum, dropped return, rebound and short range, for every exercise alike.

Formulas and limits: docs/thresholds.md, Control of movement; tuned on simulated reps from calm to kicked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from formcheck.engine.phases import LOW, Phases
from formcheck.geometry import Bools, Floats
from formcheck.spec import Exercise, Fault, Limits
from formcheck.types import Severity, Verdict

#: A stretch without frames in the lift that makes its speed unknowable, s (thresholds,
#: Control of movement).
MAX_GAP_S = 0.15
#: Fewer frames a second than this: no speed from it (thresholds, Signal processing).
MIN_RATE_HZ = 10.0


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
    unit="signs of 4",
    limits=Limits(2, 3),
    weight=15,
    source="thresholds, Control of movement: time of the lift, its peak speed, the kick at the bottom, "
    "the stay at the top",
)
DROPPED = Control(
    id="dropped_return",
    name="dropped lowering",
    cue="Lower slowly, count to two",
    why="Half of the work is in the way back; dropping gives it away.",
    unit="s too fast",
    limits=Limits(0.0, 0.25),
    weight=10,
    source="thresholds, Control of movement: 90 to 10 % in under 0.60 s and 0.35 s of the movement itself, "
    "which the landmarks read shorter",
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
    limits=Limits(20, 35),
    weight=10,
    source="thresholds, Control of movement: below 80 % of the user's own best mild, below 65 % severe",
)
ALL = (MOMENTUM, DROPPED, REBOUND, SHORT)


def faults_of(exercise: Exercise) -> dict[str, Fault | Control]:
    """Every fault that a rep of this exercise can show, by id: its own first, then those of control."""
    own: dict[str, Fault | Control] = {fault.id: fault for fault in exercise.faults}
    shared = [c for c in ALL if not (c is MOMENTUM and exercise.reps.ballistic)]
    return own | {c.id: c for c in shared}


#: Signs of momentum, mild and severe: lift time, s; peak speed, ranges/s; kick, ranges/s²; share of the
#: rep's time at the top and that time in s (thresholds, Control of movement). The movement itself has 0.60
#: and 0.40 s for the lift, but the landmarks' curves are steeper than the movement: a lift of 0.59 s reads
#: 0.44–0.59 s on rendered people, whose clean reps must not be called swung.
LIFT_S = (0.45, 0.32)
SPEED = (3.0, 4.6)
KICK = (12.0, 20.0)
STAY = (0.25, 0.45)
#: A turn without a stop is normal at the bottom of a squat: there, bouncing begins 8 ranges/s² later
#: (thresholds, Control of movement: 20 against 12).
BOUNCE_MORE = 8.0
#: Who stays above 90 % of the depth for longer has not bounced, s. Measured on unhurried real squats: 0.34 s
#: at the shortest; acceleration alone is noise where the knees are half hidden (70 ranges/s² read there).
BOUNCE_S = 0.25
#: Nor has who takes longer than this from 10 % down to 10 % up, s: those real squats took 1.6 s and more.
BOUNCE_REP_S = 1.5


def judge(
    exercise: Exercise,
    t: Floats,
    phases: Phases,
    *,
    mixed: Bools,
    rise: float,
    reference: float,
    first: bool,
    since_last_s: float,
) -> list[Verdict]:
    """The verdicts on control of one rep.

    Args:
        mixed: ``(T,)`` frames whose signal cannot be trusted: they hide every speed.
        rise: Range of this rep, in the counted signal's unit.
        reference: The range it is measured against; NaN while there is none.
        first: Whether it is the first rep of its set: its beginning is not judged.
        since_last_s: Rest before this rep, NaN when unknown.
    """
    lift = phases.masks["lift"]
    confused = "the legs were mixed up in the picture" if mixed.any() else ""
    reason = confused or _blind(t, lift)
    speed, kick = _speed(t, phases)
    verdicts = []
    if exercise.reps.ballistic:
        pass  # intent to drive up fast is normal under load: not judged, not listed
    elif reason or np.isnan(phases.lift_s):
        verdicts.append(_unknown(MOMENTUM, reason or "the lift was not seen whole"))
    else:
        verdicts.append(_momentum(phases, speed, kick, first=first))
    back_reason = confused or _blind(t, phases.masks["return"])
    lowering = phases.return_s if exercise.reps.lift_first else phases.lift_s
    if not exercise.reps.lift_first:
        back_reason = reason
    if back_reason or np.isnan(lowering):
        verdicts.append(_unknown(DROPPED, back_reason or "the lowering was not seen whole"))
    else:
        mild, severe = exercise.reps.lowering_s
        # Written as time missing, scaled so that the shared limits hold for every exercise.
        missing = (mild - lowering) * DROPPED.limits.severe / (mild - severe)
        verdicts.append(_graded(DROPPED, missing, phases.end_s))
    verdicts.append(_rebound(exercise, t, phases, kick, reason, first=first, since_last_s=since_last_s))
    if np.isnan(reference):
        verdicts.append(_unknown(SHORT, "your own range is not known yet"))
    else:
        verdicts.append(_graded(SHORT, 100.0 * (1 - rise / reference), phases.turn_s))
    return verdicts


def _rebound(
    exercise: Exercise,
    t: Floats,
    phases: Phases,
    kick: float,
    reason: str,
    *,
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
    return _graded(REBOUND, kick if since_last_s < 0.15 else 0.0, phases.start_s)


def _blind(t: Floats, mask: Bools) -> str:
    """Why a speed cannot be told in this phase, or nothing."""
    times = t[mask]
    if len(times) < 3:
        return "too few frames to tell speed"
    gaps = np.diff(times)
    if gaps.max() > MAX_GAP_S:
        return "the picture stood still in between"
    return "too few frames a second to tell speed" if 1 / np.median(gaps) < MIN_RATE_HZ else ""


def _speed(t: Floats, phases: Phases) -> tuple[float, float]:
    """Peak speed of the lift in ranges/s, and the acceleration at its beginning in ranges/s²."""
    if len(t) < 5:
        return float("nan"), float("nan")
    velocity = np.gradient(phases.progress, t)
    acceleration = np.gradient(velocity, t)
    lift = phases.masks["lift"]
    start = np.asarray(phases.masks["move"], bool) & (phases.progress < 0.4) & (t <= phases.turn_s)
    speeds = velocity[lift]
    peak = float(np.nanmax(speeds)) if np.isfinite(speeds).any() else float("nan")
    kicks = acceleration[start]
    kick = float(np.nanmax(kicks)) if np.isfinite(kicks).any() else 0.0
    return peak, kick


def _momentum(phases: Phases, speed: float, kick: float, *, first: bool) -> Verdict:
    total = np.nansum([phases.lift_s, phases.hold_s, phases.return_s])
    stay = phases.hold_s if np.isfinite(phases.hold_s) else np.inf
    mild = [
        phases.lift_s < LIFT_S[0],
        speed >= SPEED[0],
        kick >= KICK[0] and not first,
        stay < STAY[0] * total and stay < STAY[1],
    ]
    severe = [phases.lift_s < LIFT_S[1], speed >= SPEED[1], kick >= KICK[1] and not first]
    signs = float(sum(mild)) + (1.0 if sum(severe) >= 2 else 0.0)
    level = Severity.SEVERE if sum(severe) >= 2 else Severity.MILD if sum(mild) >= 2 else Severity.OK
    bad = level is not Severity.OK
    nan = float("nan")
    return Verdict(
        MOMENTUM.id,
        level,
        signs,
        MOMENTUM.unit,
        MOMENTUM.limits.mild,
        at_s=phases.start_s + LOW,
        from_s=phases.start_s if bad else nan,
        until_s=phases.turn_s if bad else nan,
        severe=MOMENTUM.limits.severe,
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
