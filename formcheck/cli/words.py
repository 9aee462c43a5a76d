"""Definitions in words: signals, measures, limits, views. For `explain` and the results.

Functions give them in the current language; the tables are English.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from formcheck.engine.control import LIFT_S, LOWERING_S, Control
from formcheck.engine.judge import AGAINST_REST
from formcheck.language import tr
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
    LeanInLine,
    Limits,
    Measure,
    OfBoth,
    OverLine,
    Phase,
    Placing,
    Posture,
    Ratio,
    Scaled,
    Seen,
    Signal,
    Slope,
    Travel,
    Turn,
    While,
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
OF_BOTH = {"min": "the side with less", "max": "the side with more", "mean": "the mean of both sides"}
#: Kinds of measures that have to last: `formcheck.engine.judge.measure`.
HELD = ("change", "swing", "level")
#: Joints whose name is not the everyday word.
JOINTS = {"foot_index": "toes", "other_foot_index": "other toes", "feet": "feet", "nose": "nose"}


def numbers(reps: Sequence[int]) -> str:
    """Rep numbers as people say them: "rep 3", "reps 1 to 4 and 6", "no rep"."""
    if not reps:
        return tr("no rep")
    runs: list[list[int]] = []
    for rep in reps:
        if runs and rep == runs[-1][-1] + 1:
            runs[-1].append(rep)
        else:
            runs.append([rep])
    parts: list[str] = []
    for run in runs:
        first, last = run[0], run[-1]
        several = len(run) > 2
        parts += [tr("{first:d} to {last:d}", first=first, last=last)] if several else [str(r) for r in run]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}{tr(' and ')}{parts[-1]}"
    return tr("rep {listed}" if len(reps) == 1 else "reps {listed}", listed=listed)


def joint(name: str) -> str:
    """A joint of the vocabulary of `formcheck.spec`, with its article."""
    return tr(_joint(name))


def _joint(name: str) -> str:
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
            return tr("the bend at {b} between {a} and {c}", a=joint(a), b=joint(b), c=joint(c))
        case Between(a, b, c, d):
            return tr("the angle between {a} and {b}", a=_bone(a, b), b=_bone(c, d))
        case Turn(a, b, c, d):
            return tr("the turn of {a} against {b} about the trunk", a=_bone(a, b), b=_bone(c, d))
        case Slope(a, b):
            return tr("the rise of {bone} above the horizontal", bone=_bone(a, b))
        case Lean(a, b):
            return tr("the forward lean of {bone}", bone=_bone(a, b))
        case LeanInLine(_, b, c, d):
            return tr("the lean of {bone} with {joint} raised into line", bone=_bone(d, c), joint=joint(b))
        case Distance(a, b):
            return tr("the distance of {b} from {a}", a=joint(a), b=joint(b))
        case Ratio(a, b):
            return tr("{a} against {b}", a=signal(a), b=signal(b))
        case Along(a, direction, than):
            beyond = tr(" from {joint}", joint=joint(than)) if than else ""
            way = _direction(direction)
            return tr("how far {joint} is {way}{beyond}", joint=joint(a), way=way, beyond=beyond)
        case OverLine(name, a, b):
            return tr("how far {joint} is above {bone}", joint=joint(name), bone=_bone(a, b))
        case Deviation(a, wanted):
            unit = _gap(of.unit)
            return tr("how far {signal} is from {wanted:g}{unit}", signal=signal(a), wanted=wanted, unit=unit)
        case While(a, other, below):
            text = "{signal}, while {other} is below {below:g}{unit}"
            return tr(text, signal=signal(a), other=signal(other), below=below, unit=_gap(other.unit))
        case Fitted(terms, unit):
            points = ", ".join(signal(term) for _, term in terms)
            return tr("the size in {unit} that fits best to {points}", unit=_gap(unit).strip(), points=points)
        case Travel(name):
            return tr("how far {joint} travels in any direction", joint=joint(name))
        case OfBoth(how, a):
            return f"{signal(a)} ({tr(OF_BOTH[how])})"
        case Combine(a, b, factor):
            return f"{signal(a)}, {tr('plus' if factor > 0 else 'minus')} {signal(b)}"
        case Scaled(a, _, offset) if offset == 0:
            return signal(a)
        case Scaled(a, factor, offset):
            return f"{offset:g} {tr('plus' if factor > 0 else 'minus')} {signal(a)}"
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
    against = tr(" against the rep's own rest") if of.how in AGAINST_REST else ""
    return f"{signal(of.signal)}: {tr(how)}{against}, {tr(PHASES[of.during])}"


def limits(of: Limits, unit: str) -> str:
    """Where mild and severe begin. Limits of a turned sign are told the right way round."""
    unit = _gap(unit)
    short = "" if unit.startswith(" ") else unit
    if of.severe <= 0:
        text = tr("mild below {mild:g}{short}, severe below {severe:g}{unit}")
        return text.format(mild=-of.mild, severe=-of.severe, short=short, unit=unit)
    text = tr("mild from {mild:g}{short}, severe from {severe:g}{unit}")
    return text.format(mild=of.mild, severe=of.severe, short=short, unit=unit)


def shared_limits(of: Control) -> str:
    """Where mild and severe begin for a fault that all exercises share."""
    mild, severe = of.limits.mild, of.limits.severe
    match of.id:
        case "momentum":
            mild, severe = LIFT_S
            text = (
                "mild when the lift takes under {mild:.2f} s, severe under {severe:.2f} s, "
                "and the top is not held"
            )
            return tr(text, mild=mild, severe=severe)
        case "dropped_return":
            mild, severe = LOWERING_S
            text = "mild when the way down takes under {mild:.2f} s, severe under {severe:.2f} s"
            return tr(text, mild=mild, severe=severe)
        case "rebound":
            text = "mild from {mild:g}, severe from {severe:g} ranges per s² at a reversal without rest"
            return tr(text, mild=mild, severe=severe)
        case "short_rom":
            text = "mild when {mild:g}%, severe when {severe:g}% are missing to your own best"
            return tr(text, mild=mild, severe=severe)
    return limits(of.limits, of.unit)


def seen(of: Seen, posture: Posture) -> str:
    """From where something can be judged; empty when from anywhere."""
    parts = []
    if of.azimuth:
        parts.append(tr("from {views}", views=tr(" or ").join(_kinds(of.azimuth, posture))))
    if of.side:
        working = of.side == "working"
        parts.append(tr("on the side that works" if working else "on the side that does not work"))
    low, high = of.elevation
    if low > -90 and high < 90:
        text = "with the camera {low:g}° to {high:g}° above the body's level"
        parts.append(tr(text, low=low, high=high))
    elif low > -90:
        parts.append(tr("with the camera at least {low:g}° above the body's level", low=low))
    elif high < 90:
        parts.append(tr("with the camera at most {high:g}° above the body's level", high=high))
    if of.shows is not None:
        direction, least = of.shows
        text = "where the way {way} shows in the picture (at least {share:.0f} % of it)"
        parts.append(tr(text, way=_direction(direction), share=100 * least))
    if of.joints:
        names = ", ".join(tr(_joint(name).removeprefix("the ")) for name in of.joints)
        parts.append(tr("with {names} visible", names=names))
    return ", ".join(parts)


def placing(of: Placing) -> str:
    """What is put right before a set, and where it begins to be wrong."""
    unit = _gap(of.signal.unit)
    return tr(
        '{signal}: below {low:g}{unit} "{below}", above {high:g}{unit} "{above}"',
        signal=signal(of.signal),
        low=of.low,
        high=of.high,
        unit=unit,
        below=tr(of.below),
        above=tr(of.above),
    )


def gate(of: Gate) -> str:
    """A condition on the rep as a whole."""
    unit = _gap(of.measure.signal.unit)
    bounds = [tr("at least {low:g}{unit}", low=of.low, unit=unit)] if math.isfinite(of.low) else []
    bounds += [tr("at most {high:g}{unit}", high=of.high, unit=unit)] if math.isfinite(of.high) else []
    return f"{tr(of.what)}: {measure(of.measure)}: {tr(' and ').join(bounds)}"


def counted(exercise: Exercise) -> str:
    """What makes a rep."""
    cycle = exercise.reps
    unit = _gap(cycle.signal.unit)
    size = tr("at least {low:g}{unit}", low=cycle.min_range, unit=unit)
    usual = tr("typically {full:g}{unit}", full=cycle.full_range, unit=unit)
    within = tr("within {low:g} to {high:g} s", low=cycle.min_s, high=cycle.max_s)
    return f"{signal(cycle.signal)}: {size}, {usual}, {within}"


def amount(value: float, unit: str) -> str:
    """A number with its unit."""
    return f"{value:g}{_gap(unit)}"


def _gap(unit: str) -> str:
    """The unit as it follows a number: words stand apart from it."""
    return unit if unit in ("°", "%") else f" {tr(unit.replace('% torso', '% of the torso'))}"


def _direction(of: Direction) -> str:
    base = of.removesuffix("_level")
    return tr(DIRECTIONS[base]) + (tr(", level") if base != of else "")


def _bone(a: str, b: str) -> str:
    return tr("the line from {a} to {b}", a=joint(a), b=joint(b))


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
            names.append(tr("the {view}", view=name))
        begin = end
    if names:
        return names
    return [tr("{low:g}° to {high:g}° around the body", low=low, high=high) for low, high in windows]
