"""Everything that a session says or shows, in one place: short, plain, positive."""

from __future__ import annotations

from collections.abc import Sequence

from formcheck.language import tr
from formcheck.session.plan import Step

GOOD = "Good"
GOOD_SAID = "Good. I can see you."
WAITING = "Waiting"
STEP_IN = "Step into view"
LOST = "Come back into view"
CHOOSE = "Which exercise?"
CHOOSE_DETAIL = "Start with a name: formcheck live clamshell"
CHOOSE_SAID = "Which exercise? Start me with its name."
FIND = "Start moving"
FIND_SAID = "Start moving. I will see what it is."
FIND_DETAIL = "Two or three reps show me what you do."
HOLD = "Hold still"
HOLD_DETAIL = HOLD_SAID = "Hold the start position for a second."
WAIT_SAID = "Hold still until I say go."
TURN_OVER = "Turn over"
GET_READY = "Get ready"
READY = "Start position"
ALMOST = "Almost"
GO = "Go"
COUNT_IN = ("Three", "Two", "One")
PAUSED = "Paused"
PAUSED_DETAIL = "Both arms up, or the space bar, to go on."
STOPPED = "Stopped. Both arms up to go on."
PAUSED_SAID = "Paused."
REST = "Rest"
DONE = "All done"
TURN_CAMERA = "Turn the camera"
NEXT_SKIPS = "One arm up: skip the rest."
BETTER = "Better"
NOT_COUNTED = "Too small to count"
SLOWER, FASTER = "Slow down a little", "A little quicker"
PAIN = "Stop and rest"
PAIN_DETAIL = "If pain stays, see a clinician. Chest pain, dizzy, cannot stand: call for help."
PAIN_SAID = (
    "Stop and rest. If the pain is sharp or stays, see a clinician. "
    "If you have chest pain, feel dizzy, or cannot put weight on the leg, call for medical help."
)
EASIER = "Make it easier: fewer reps, a smaller range, slower."

#: What a gesture will do, by state and gesture.
GESTURES = {
    ("frame", "both_up"): "Start",
    ("ready", "both_up"): "Start",
    ("ready", "one_up"): "Skip",
    ("count_in", "both_up"): "Pause",
    ("count_in", "one_up"): "Skip",
    ("set", "both_up"): "Pause",
    ("set", "one_up"): "End set",
    ("rest", "both_up"): "Start",
    ("rest", "one_up"): "Next",
    ("paused", "both_up"): "Go on",
    ("paused", "one_up"): "Skip",
    ("pain", "both_up"): "Go on",
}
#: Headline and detail of the states in which nothing moves; an empty detail is the last summary.
STILL_STATES = {
    "paused": (PAUSED, PAUSED_DETAIL),
    "pain": (PAIN, PAIN_DETAIL),
    "done": (DONE, ""),
}
STOP, PAIN_LABEL = "Stop", "Pain"


def spoken(text: str) -> str:
    """A sentence for a voice, in the chosen language: signs as words."""
    return tr(text).replace("–", tr(" to ")).replace("°", tr(" degrees")).replace("·", ",")


def plan_line(step: Step) -> str:
    """Where in the plan: "Set 2 of 3 · left"."""
    parts = [f"Set {step.set} of {step.sets}"] if step.sets > 1 else []
    if step.side in ("left", "right"):
        parts.append(step.side)
    return " · ".join(parts)


def coming(name: str, step: Step) -> str:
    """What comes next, on the screen: "Clamshell · right"."""
    return f"{name} · {step.side}" if step.side in ("left", "right") else name


def announce(name: str, step: Step, *, new: bool) -> str:
    """What comes next, spoken."""
    side = f", {step.side} side" if step.side in ("left", "right") else ""
    again = "" if new or side else f", set {step.set}"
    return f"{name}{side}{again}."


def ten_seconds(name: str, step: Step) -> str:
    """The call before a rest is over."""
    return f"Ten seconds. Next: {coming(name, step).replace(' ·', ',')}."


def turn_over(side: str) -> str:
    """The person lies on the wrong side."""
    return f"Turn over: {side} side up."


def check(what: str) -> str:
    """Something of the start position is missing."""
    return f"{what.capitalize()}."


def cannot_see(labels: Sequence[str]) -> str:
    """What the camera's place hides, for the screen."""
    return f"Not visible from here: {', '.join(labels)}"


def cannot_see_said(labels: Sequence[str]) -> str:
    """The same, spoken, two at most."""
    return f"From here I can't judge {' or '.join(labels[:2])}."


def reps(n: int) -> str:
    """A number of reps in words."""
    return f"{n} rep" if n == 1 else f"{n} reps"


def set_over(count: int, side: str, cue: str, clean: int) -> str:
    """The spoken sentence at the end of a set."""
    what = reps(count) + (f", {side}" if side in ("left", "right") else "")
    if cue:
        return f"{what}. Next time: {cue[0].lower()}{cue[1:]}."
    return f"{what}, all clean." if clean == count else f"{what}."


def all_done(sets: int, count: int) -> str:
    """The spoken sentence at the end of the plan."""
    return f"All done. {sets} {'set' if sets == 1 else 'sets'}, {reps(count)}." if sets else "All done."


def target(n: int) -> str:
    """The target was changed."""
    return f"Target {n}"
