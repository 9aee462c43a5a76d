"""Definitions in words: signals, measures, limits, views. For `explain` and the results."""

from __future__ import annotations

import math
from collections.abc import Sequence

from formcheck.engine.control import LIFT_S, LOWERING_S, Control
from formcheck.engine.judge import AGAINST_REST
from formcheck.spec import (
    Along,
    Between,
    Combine,
    Deviation,
    Direction,
    Distance,
    Exercise,
    Fitted,
    Flexion,
    Gate,
    Lean,
    Limits,
    Measure,
    OfBoth,
    OverLine,
    Phase,
    Posture,
    Ratio,
    Scaled,
    Seen,
    Signal,
    Slope,
    Travel,
    Turn,
)

POSTURES: dict[Posture, str] = {
    "standing": "standing",
    "side_lying": "lying on the side",
    "quadruped": "on hands and knees",
    "supine": "lying on the back",
    "seated": "sitting",
    "hinged": "bent over a bar on the floor",
}
SIDES = {
    "upper": "the upper one",
    "moving": "the leg that moves",
    "planted": "the leg whose foot stays on the floor",
    "alternating": "one after the other",
    "both": "both at once",
}
#: The level part of each is called by the same name with `_level` behind it.
DIRECTIONS = {
    "back": "towards the back",
    "belly": "towards the belly",
    "up": "upwards",
    "head": "towards the head",
    "feet": "towards the feet",
    "out": "outwards",
}
PHASES: dict[Phase, str] = {
    "rest": "at rest",
    "lift": "on the way to the turn",
    "top": "near the turn",
    "turn": "at the turn",
    "return": "on the way back",
    "move": "during the whole rep",
}
#: Kinds of measures that have to last: `formcheck.engine.judge.measure`.
HELD = ("change", "swing", "level")
#: Joints whose name is not the everyday word.
JOINTS = {"foot_index": "toes", "other_foot_index": "other toes", "feet": "feet", "nose": "nose"}


def numbers(reps: Sequence[int]) -> str:
    """Rep numbers as people say them: "rep 3", "reps 1 to 4 and 6", "no rep"."""
    if not reps:
        return "no rep"
    runs: list[list[int]] = []
    for rep in reps:
        if runs and rep == runs[-1][-1] + 1:
            runs[-1].append(rep)
        else:
            runs.append([rep])
    parts: list[str] = []
    for run in runs:
        parts += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(rep) for rep in run]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"rep{'' if len(reps) == 1 else 's'} {listed}"


def joint(name: str) -> str:
    """A joint of the vocabulary of `formcheck.spec`, with its article."""
    if name in JOINTS:
        return f"the {JOINTS[name]}"
    if name.startswith("other_"):
        return f"the other {name.removeprefix('other_').replace('_', ' ')}"
    word = name.replace("_", " ")
    if name.endswith("s"):
        return f"the middle of the {word}"
    return f"the {word}"


def signal(of: Signal) -> str:  # noqa: C901, PLR0911, PLR0912 - one sentence for each word of the language
    """What a signal is, as a noun phrase."""
    match of:
        case Flexion(a, b, c):
            return f"the bend at {joint(b)} between {joint(a)} and {joint(c)}"
        case Between(a, b, c, d):
            return f"the angle between {_bone(a, b)} and {_bone(c, d)}"
        case Turn(a, b, c, d):
            return f"the turn of {_bone(a, b)} against {_bone(c, d)} about the trunk"
        case Slope(a, b):
            return f"the rise of {_bone(a, b)} above the horizontal"
        case Lean(a, b):
            return f"the forward lean of {_bone(a, b)}"
        case Distance(a, b):
            return f"the distance of {joint(b)} from {joint(a)}"
        case Ratio(a, b):
            return f"{signal(a)} against {signal(b)}"
        case Along(a, direction, than):
            beyond = f" from {joint(than)}" if than else ""
            return f"how far {joint(a)} is {_direction(direction)}{beyond}"
        case OverLine(name, a, b):
            return f"how far {joint(name)} is above {_bone(a, b)}"
        case Deviation(a, wanted):
            return f"how far {signal(a)} is from {wanted:g}{_gap(of.unit)}"
        case Fitted(terms, unit):
            points = ", ".join(signal(term) for _, term in terms)
            return f"the size in {unit} that fits best to {points}"
        case Travel(name):
            return f"how far {joint(name)} travels in any direction"
        case OfBoth(how, a):
            sides = {
                "min": "the side with less",
                "max": "the side with more",
                "mean": "the mean of both sides",
            }
            return f"{signal(a)} ({sides[how]})"
        case Combine(a, b, factor):
            joined = "plus" if factor > 0 else "minus"
            return f"{signal(a)}, {joined} {signal(b)}"
        case Scaled(a, _, offset) if offset == 0:
            return signal(a)
        case Scaled(a, factor, offset):
            return f"{offset:g} {'plus' if factor > 0 else 'minus'} {signal(a)}"
    return type(of).__name__


def measure(of: Measure) -> str:
    """How a signal becomes one number for a rep."""
    fallen = isinstance(of.signal, Scaled) and of.signal.factor < 0 and of.signal.offset == 0
    how = {
        "change": "how much it falls" if fallen else "how much it grows",
        "swing": "how much it moves either way",
        "level": "its smallest value" if fallen else "its largest value",
        "shift": "how much its usual value grows",
        "median": "its usual value",
        "best": "its best value",
    }[of.how]
    against = " against the rep's own rest" if of.how in AGAINST_REST else ""
    return f"{signal(of.signal)}: {how}{against}, {PHASES[of.during]}"


def limits(of: Limits, unit: str) -> str:
    """Where mild and severe begin. Limits of a turned sign are told the right way round."""
    unit = _gap(unit)
    short = "" if unit.startswith(" ") else unit
    if of.severe <= 0:
        return f"mild below {-of.mild:g}{short}, severe below {-of.severe:g}{unit}"
    return f"mild from {of.mild:g}{short}, severe from {of.severe:g}{unit}"


def shared_limits(of: Control, exercise: Exercise) -> str:
    """Where mild and severe begin for a fault that all exercises share."""
    mild, severe = of.limits.mild, of.limits.severe
    match of.id:
        case "momentum":
            mild, severe = LIFT_S
            return (
                f"mild when the lift takes under {mild:.2f} s, severe under {severe:.2f} s, "
                "and the top is not held"
            )
        case "dropped_return":
            mild, severe = LOWERING_S
            return f"mild when the way down takes under {mild:.2f} s, severe under {severe:.2f} s"
        case "rebound":
            return f"mild from {mild:g}, severe from {severe:g} ranges per s² at a reversal without rest"
        case "short_rom":
            return f"mild when {mild:g}%, severe when {severe:g}% are missing to your own best"
    return limits(of.limits, of.unit)


def seen(of: Seen, posture: Posture) -> str:
    """From where something can be judged; empty when from anywhere."""
    parts = []
    if of.azimuth:
        parts.append(f"from {' or '.join(_kinds(of.azimuth, posture))}")
    if of.side:
        parts.append("on the side that works" if of.side == "working" else "on the side that does not work")
    low, high = of.elevation
    if low > -90 and high < 90:
        parts.append(f"with the camera {low:g}° to {high:g}° above the body's level")
    elif low > -90:
        parts.append(f"with the camera at least {low:g}° above the body's level")
    elif high < 90:
        parts.append(f"with the camera at most {high:g}° above the body's level")
    if of.shows is not None:
        direction, least = of.shows
        way_ = _direction(direction).removeprefix("towards ")
        parts.append(f"where the way to {way_} shows in the picture (at least {100 * least:.0f} % of it)")
    if of.joints:
        names = [joint(name).removeprefix("the ") for name in of.joints]
        parts.append(f"with {', '.join(names)} visible")
    return ", ".join(parts)


def gate(of: Gate) -> str:
    """A condition on the rep as a whole."""
    unit = _gap(of.measure.signal.unit)
    bounds = [f"at least {of.low:g}{unit}"] if math.isfinite(of.low) else []
    bounds += [f"at most {of.high:g}{unit}"] if math.isfinite(of.high) else []
    return f"{of.what}: {measure(of.measure)}: {' and '.join(bounds)}"


def counted(exercise: Exercise) -> str:
    """What makes a rep."""
    cycle = exercise.reps
    unit = _gap(cycle.signal.unit)
    size = f"at least {cycle.min_range:g}{unit}, typically {cycle.full_range:g}{unit}"
    return f"{signal(cycle.signal)}: {size}, within {cycle.min_s:g} to {cycle.max_s:g} s"


def _gap(unit: str) -> str:
    """The unit as it follows a number: words stand apart from it."""
    return unit if unit in ("°", "%") else f" {unit.replace('% torso', '% of the torso')}"


def _direction(of: Direction) -> str:
    base = of.removesuffix("_level")
    return DIRECTIONS[base] + (", level" if base != of else "")


def _bone(a: str, b: str) -> str:
    return f"the line from {joint(a)} to {joint(b)}"


def _kinds(windows: Sequence[tuple[float, float]], posture: Posture) -> list[str]:
    """The names of the views in these windows of azimuth; a view counts when its middle lies inside."""
    from formcheck.features.view import KINDS

    names: list[str] = []
    begin = 0.0
    for end, name in KINDS[posture]:
        middle = (begin + min(end, 180.0)) / 2
        # The first and the last kind lie around 0° and 180°, so their middle is that end.
        centre = 0.0 if begin == 0 else 180.0 if end >= 180 else middle
        if any(low <= centre <= high for low, high in windows):
            names.append(f"the {name}")
        begin = end
    if names:
        return names
    return [f"{low:g}° to {high:g}° around the body" for low, high in windows]
