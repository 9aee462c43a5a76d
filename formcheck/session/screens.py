"""The contents of the picture for each state of a session."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from formcheck.session import words
from formcheck.session.events import Gesture, Screen
from formcheck.session.gestures import HOLD_S, PAIN_S, Held
from formcheck.session.plan import Step
from formcheck.session.readiness import Look
from formcheck.session.record import SetRecord
from formcheck.session.workout import Workout
from formcheck.spec import Exercise

#: A sign is shown once it has lasted so long, s: arms that pass by do not flicker.
SHOW_SIGN_S = 0.25
#: Nobody is seen: said on the screen of a set after this, s.
LOST_S = 1.5


def getting_ready(base: Screen, look: Look, exercise: Exercise | None, *, finding: bool) -> Screen:
    """Before a set: what to change, or the start position."""
    if look.advice is not None:
        return replace(base, headline=look.advice.headline, detail=look.advice.said)
    if exercise is None:
        head, line = (words.FIND, words.FIND_DETAIL) if finding else (words.CHOOSE, words.CHOOSE_DETAIL)
        return replace(base, headline=head, detail=line)
    if look.missing:
        turn = look.missing if look.upper else ""
        return replace(base, headline=words.TURN_OVER if turn else words.READY, detail=look.missing)
    if look.camera is not None and base.state == "ready":
        advice = look.camera
        return replace(base, headline=advice.headline, detail=advice.said, camera_hint=advice.hint)
    if look.placing and look.holds:
        return replace(base, headline=words.ALMOST, detail=look.placing)
    return replace(base, headline=words.HOLD if not look.holds else words.GOOD, detail=words.HOLD_DETAIL)


def in_set(base: Screen, workout: Workout, t: float, lost_s: float, hidden: tuple[str, ...]) -> Screen:
    """During a set."""
    cue = workout.cue
    record = workout.record
    return replace(
        base,
        headline=words.LOST if lost_s > LOST_S else "",
        detail=workout.note,
        count=record.count,
        target=record.target,
        reps=workout.levels,
        meter=workout.meter,
        cue=cue.text if cue else "",
        cue_severity=cue.severity if cue else None,
        limbs=cue.limbs if cue else (),
        notes=((words.cannot_see(hidden),) if hidden else ()) + base.notes,
        flash=workout.flash(t),
    )


def counting_in(base: Screen, left_s: float, of_s: float) -> Screen:
    """The count-in."""
    n = max(1, ceil(left_s - 1e-6))
    head = words.GET_READY if n > len(words.COUNT_IN) else str(n)
    return replace(base, headline=head, countdown_s=left_s, countdown_of_s=of_s)


def resting(base: Screen, left_s: float, of_s: float, summary: str, next_up: str) -> Screen:
    """The rest between two sets; what was said about the last one stays."""
    return replace(
        base,
        headline=words.REST,
        detail=summary,
        countdown_s=left_s,
        countdown_of_s=of_s,
        next_up=next_up,
        notes=(words.NEXT_SKIPS, *base.notes),
    )


def with_record(base: Screen, record: SetRecord | None) -> Screen:
    """Count and target of a set that is not going on just now."""
    if record is None:
        return base
    return replace(
        base,
        count=record.count,
        target=record.target,
        reps=tuple(r.worst() for r in record.counted)[: record.count],
    )


def sign(held: Held | None, state: str) -> Gesture | None:
    """Feedback for a sign that is being given, where it would do something."""
    if held is None or held.held_s < SHOW_SIGN_S:
        return None
    label, progress = words.GESTURES.get((state, held.name), ""), held.held_s / HOLD_S
    if held.name == "crossed" and state not in ("done", "pain"):
        stopped = held.held_s > HOLD_S or state == "paused"
        label = words.PAIN_LABEL if stopped else words.STOP
        progress = held.held_s / PAIN_S if stopped else progress
    elif progress > 1:
        return None  # done already
    return Gesture(held.name, label, min(1.0, float(progress))) if label else None


def plan_line(step: Step | None) -> str:
    """Where in the plan; empty without one."""
    return words.plan_line(step) if step else ""
