"""The words an exercise is written in.

A definition is data: frozen, hashable, without behaviour. `features.signals` turns a *signal* (one number
per frame) into an array, `engine.judge` turns a *measure* (one number per rep) into a verdict.

Joints are named without a side. ``"hip"`` is the hip of the working side, ``"other_hip"`` the opposite
one, ``"hips"`` the midpoint of both; the engine finds the working side.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from formcheck.landmarks import INDEX, PAIRED

Space = Literal["world", "image"]
Posture = Literal["standing", "side_lying", "quadruped", "supine", "seated", "hinged"]
Direction = Literal["back", "back_level", "belly", "belly_level", "up", "head", "feet", "out"]
#: "top" is the last fifth of the range, "turn" the last twentieth, "move" everything between two rests.
Phase = Literal["rest", "lift", "top", "turn", "return", "move"]
#: How the working side is found. "upper": of a body on its side, the upper one. "moving": the leg that
#: travels. "planted": the foot that stays on the floor. "alternating": the leg that travels or, standing, is
#: ahead, another one each time if the person likes. "both": no side.
SideRule = Literal["upper", "moving", "planted", "alternating", "both"]


class SpecError(ValueError):
    """A definition that contradicts itself; raised while the exercise's file is imported."""


def _joint(name: str) -> str:
    """Checks a joint's name in the vocabulary of this module and returns it."""
    bare = name.removeprefix("other_")
    if bare in PAIRED or (bare[:-1] in PAIRED and bare.endswith("s")) or bare in INDEX or bare == "feet":
        return name
    known = ", ".join(PAIRED)
    raise SpecError(f"no joint is called {name!r} (joints: {known}; plural for the midpoint; other_… )")


# --- signals: one number per frame -----------------------------------------------------------------


class Signal:
    """One number per frame. Signals can be added, subtracted and scaled."""

    __slots__ = ()
    unit: str

    def __add__(self, other: Signal) -> Signal:
        """Sum of two signals of one unit."""
        return Combine(self, other, 1.0)

    def __sub__(self, other: Signal) -> Signal:
        """Difference of two signals of one unit."""
        return Combine(self, other, -1.0)

    def change(self, during: Phase = "top") -> Measure:
        """Held rise of the signal above the rep's own rest, in the named phase."""
        return Measure(self, "change", during)

    def drop(self, during: Phase = "top") -> Measure:
        """Held fall of the signal below the rep's own rest, in the named phase."""
        return Measure(Scaled(self, -1.0), "change", during)

    def swing(self, during: Phase = "top") -> Measure:
        """Held departure from the rep's own rest, to either side."""
        return Measure(self, "swing", during)

    def level(self, during: Phase = "top") -> Measure:
        """Held largest value in the named phase, without a baseline."""
        return Measure(self, "level", during)

    def floor(self, during: Phase = "top") -> Measure:
        """Held smallest value in the named phase, without a baseline; the sign is turned."""
        return Measure(Scaled(self, -1.0), "level", during)

    def shift(self, during: Phase = "top") -> Measure:
        """Median in the named phase minus the median of the rep's own rest."""
        return Measure(self, "shift", during)

    def typical(self, during: Phase = "rest") -> Measure:
        """Median in the named phase."""
        return Measure(self, "median", during)

    def best(self, during: Phase = "top") -> Measure:
        """The largest value reached in the named phase, a 90th percentile against single frames."""
        return Measure(self, "best", during)


@dataclass(frozen=True, slots=True)
class Combine(Signal):
    """``a + factor * b``."""

    a: Signal
    b: Signal
    factor: float

    @property
    def unit(self) -> str:  # type: ignore[override]
        """The unit of both."""
        return self.a.unit


@dataclass(frozen=True, slots=True)
class Scaled(Signal):
    """``factor * a + offset``; `scaled_unit` renames the unit, as when centimetres become degrees."""

    a: Signal
    factor: float
    offset: float = 0.0
    scaled_unit: str = ""

    @property
    def unit(self) -> str:  # type: ignore[override]
        """The new unit, or the old one."""
        return self.scaled_unit or self.a.unit


@dataclass(frozen=True, slots=True)
class Flexion(Signal):
    """Bend at joint `b` between `a` and `c`: 0° is straight, in `space`."""

    a: str
    b: str
    c: str
    space: Space = "world"
    unit: str = field(default="°", init=False)

    def __post_init__(self) -> None:
        for name in (self.a, self.b, self.c):
            _joint(name)


@dataclass(frozen=True, slots=True)
class Between(Signal):
    """Angle between the segments ``a→b`` and ``c→d``, degrees, in `space`."""

    a: str
    b: str
    c: str
    d: str
    space: Space = "world"
    unit: str = field(default="°", init=False)

    def __post_init__(self) -> None:
        for name in (self.a, self.b, self.c, self.d):
            _joint(name)


@dataclass(frozen=True, slots=True)
class Turn(Signal):
    """Angle between the segments ``a→b`` and ``c→d`` as seen along the trunk, degrees, in the world."""

    a: str
    b: str
    c: str
    d: str
    unit: str = field(default="°", init=False)

    def __post_init__(self) -> None:
        for name in (self.a, self.b, self.c, self.d):
            _joint(name)


@dataclass(frozen=True, slots=True)
class Slope(Signal):
    """Elevation of the segment ``a→b`` above the horizontal of the picture, degrees, up positive."""

    a: str
    b: str
    unit: str = field(default="°", init=False)

    def __post_init__(self) -> None:
        for name in (self.a, self.b):
            _joint(name)


@dataclass(frozen=True, slots=True)
class Lean(Signal):
    """Angle of the segment ``a→b`` (lower to upper) from the vertical of the picture, degrees.

    Positive to the side that the body faces in the picture, so that a forward lean is positive whether
    the person looks left or right.
    """

    a: str
    b: str
    unit: str = field(default="°", init=False)

    def __post_init__(self) -> None:
        for name in (self.a, self.b):
            _joint(name)


@dataclass(frozen=True, slots=True)
class Distance(Signal):
    """Distance of two joints in % of the torso's length, in `space`."""

    a: str
    b: str
    space: Space = "image"
    unit: str = field(default="% torso", init=False)

    def __post_init__(self) -> None:
        for name in (self.a, self.b):
            _joint(name)


@dataclass(frozen=True, slots=True)
class Ratio(Signal):
    """Quotient of two signals, in %."""

    a: Signal
    b: Signal
    unit: str = field(default="%", init=False)


@dataclass(frozen=True, slots=True)
class Along(Signal):
    """Position of a joint along a body direction as it shows in the picture, % of the torso's length.

    The direction is fixed at the rep's rest: "back" is where the back faces, and so on; "up" is up in the
    picture; "back_level" and "belly_level" are the level part; "out" is from the middle of the pelvis to
    the working hip. The way is measured in the picture
    and is *not* blown up by the foreshortening, so it only means something where the direction shows
    (`Seen.shows`). With `than`, relative to that joint.
    """

    joint: str
    direction: Direction
    than: str = ""
    unit: str = field(default="% torso", init=False)

    def __post_init__(self) -> None:
        _joint(self.joint)
        if self.than:
            _joint(self.than)


@dataclass(frozen=True, slots=True)
class Travel(Signal):
    """How far a joint is from where it was at rest, in the picture, % of the torso's length."""

    joint: str
    unit: str = field(default="% torso", init=False)

    def __post_init__(self) -> None:
        _joint(self.joint)


@dataclass(frozen=True, slots=True)
class OverLine(Signal):
    """Height of a joint above the line ``a–b`` in the picture, % of the torso's length."""

    joint: str
    a: str
    b: str
    unit: str = field(default="% torso", init=False)

    def __post_init__(self) -> None:
        for name in (self.joint, self.a, self.b):
            _joint(name)


@dataclass(frozen=True, slots=True)
class Deviation(Signal):
    """Distance of a signal from a wanted value, without a sign."""

    a: Signal
    wanted: float

    @property
    def unit(self) -> str:  # type: ignore[override]
        """The signal's unit."""
        return self.a.unit


@dataclass(frozen=True, slots=True)
class Fitted(Signal):
    """A weighted sum of signals that reads the size of a fault in its own unit.

    The pose model moves points that stand still, differently for each body; a single point's way says
    little, and together they say more. The weights come from `tests/bench/fit.py` and are few enough to read.
    """

    terms: tuple[tuple[float, Signal], ...]
    fitted_unit: str
    offset: float = 0.0

    @property
    def unit(self) -> str:  # type: ignore[override]
        """The fault's unit."""
        return self.fitted_unit


@dataclass(frozen=True, slots=True)
class OfBoth(Signal):
    """The smaller, larger or mean value of a signal on the two sides."""

    how: Literal["min", "max", "mean"]
    a: Signal

    @property
    def unit(self) -> str:  # type: ignore[override]
        """The signal's unit."""
        return self.a.unit


# --- measures: one number per rep -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measure:
    """A signal reduced to one number for a rep. See the methods of `Signal`."""

    signal: Signal
    how: Literal["change", "swing", "level", "shift", "median", "best"]
    during: Phase


@dataclass(frozen=True, slots=True)
class Limits:
    """Where mild and severe begin, in the measure's unit."""

    mild: float
    severe: float

    def __post_init__(self) -> None:
        if not self.mild < self.severe:
            raise SpecError(f"severe must lie beyond mild, not {self.mild} and {self.severe}")

    def eased(self, factor: float) -> Limits:
        """Both limits moved by ``factor - 1`` of the gap between them.

        A gap, and not the limits themselves, because a limit may be an absolute angle ("at least 165°").
        """
        shift = (self.severe - self.mild) * (factor - 1.0)
        return Limits(self.mild + shift, self.severe + shift)


@dataclass(frozen=True, slots=True)
class Seen:
    """From where something can be judged.

    Attributes:
        azimuth: Windows of camera azimuth in degrees; empty = any. Conventions: docs/time-and-coordinates.md.
        elevation: Lowest and highest camera elevation, degrees.
        shows: A body direction and the least share of it (0..1) that must lie in the picture plane.
        joints: Joints that have to be visible (mean visibility of at least 0.5).
        side: On which side of the body the camera is: that of the working limb, or the other; empty = any.
        where: What to tell a person who cannot be judged from here: where to put the camera.
    """

    azimuth: tuple[tuple[float, float], ...] = ()
    elevation: tuple[float, float] = (-90.0, 90.0)
    shows: tuple[Direction, float] | None = None
    joints: tuple[str, ...] = ()
    where: str = ""
    side: Literal["", "working", "other"] = ""

    def __post_init__(self) -> None:
        for name in self.joints:
            _joint(name)
        for low, high in (*self.azimuth, self.elevation):
            if not low < high:
                raise SpecError(f"an empty window: {low} to {high}")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to see a fault: a measure, its limits and the views in which it holds.

    Attributes:
        clears: False where a large fault shows but a smaller one does not: below the limit, the verdict is
            unknown and not ok.
    """

    measure: Measure
    limits: Limits
    seen: Seen
    clears: bool = True


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault.

    Attributes:
        id: Permanent, ``snake_case``.
        ways: The first one that the camera allows decides.
        cue: At most six words, positive.
        why: One sentence for `explain` and the report.
        limb: Bones to colour, as pairs of joints.
        weight: Points that a severe one costs (docs/thresholds.md, Scoring).
        primary: One of the faults that the exercise stands or falls with.
        hold_s: How long it must last.
        source: Where the limits come from.
    """

    id: str
    ways: tuple[Way, ...]
    cue: str
    why: str
    limb: tuple[tuple[str, str], ...]
    name: str = ""
    weight: float = 10.0
    primary: bool = False
    hold_s: float = 0.2
    source: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.id):
            raise SpecError(f"fault ids are snake_case, not {self.id!r}")
        if not self.ways:
            raise SpecError(f"{self.id}: a fault needs at least one way to be seen")
        if len(self.cue.split()) > 6:
            raise SpecError(f"{self.id}: a cue has at most six words: {self.cue!r}")
        for pair in self.limb:
            for name in pair:
                _joint(name)

    @property
    def label(self) -> str:
        """The fault in words."""
        return self.name or self.id.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition on the rep as a whole: outside of it, the movement is something else and no rep.

    Attributes:
        low: Smallest value that still belongs to the exercise.
        high: Largest.
    """

    measure: Measure
    low: float = float("-inf")
    high: float = float("inf")
    what: str = ""

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise SpecError(f"a gate that lets nothing through: {self.low} to {self.high}")


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a variant of an exercise looks like.

    Attributes:
        measure: A median in a phase (`Signal.typical`).
        low: Smallest value that belongs to the variant.
        high: Largest.
        seen: Views in which the measure can tell; elsewhere the condition is neither true nor false.
    """

    measure: Measure
    low: float = float("-inf")
    high: float = float("inf")
    seen: Seen = Seen()

    def __post_init__(self) -> None:
        if self.measure.how != "median":
            raise SpecError(f"a variant is told by medians, not by {self.measure.how!r}")
        if not self.low < self.high:
            raise SpecError(f"a condition that nothing meets: {self.low} to {self.high}")


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of doing an exercise that is named and not judged, such as what is held in the hands.

    Attributes:
        id: Permanent, ``snake_case``.
        name: In words.
        conditions: All of them hold; none: what is left.

    A variant that looks different in different hands is written several times, with the same id.
    """

    id: str
    name: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How the landmarks read a movement, as measured on people whose movement is known.

    Attributes:
        pace: Seconds that they read where the joint takes one, from 10 to 90 % of its way.
        pace_error: Spread of that from rep to rep, as a share.
        range_error: Spread of a rep's range against the same person's other reps, %.
    """

    pace: float = 0.9
    pace_error: float = 0.15
    range_error: float = 6.0


@dataclass(frozen=True, slots=True)
class Cycle:
    """What is counted: a signal that leaves its rest, turns, and comes back.

    Attributes:
        signal: Rises from rest to turn, and reads the same whichever side works. The terms of a `Fitted` one
            rise alike: one of them far below its rest tells of legs that are mixed up.
        min_range: The least rise that can be a rep, in the signal's unit.
        full_range: What a full rep reads on a typical person: the meter's target.
        partial: Below this share of the person's usual range, in degrees as shown, it is a partial rep. One
            half of the movement reads more where the signal is steepest at the bottom.
        min_s: Shortest believable rep.
        max_s: Longest.
        smooth_hz: Cut-off of the zero-phase filter for the rep's analysis (thresholds, Signal processing).
        median_s: Width of the median that keeps swapped legs from the counter, s; wide ones swallow quick
            swings.
        seen: Views in which the movement shows at all; None for all. Elsewhere nothing is counted.
        gain: Reading times gain = the joint's true change, for the report. MediaPipe's depth is compressed.
        shown: Turns the rise into the degrees that a person is shown; in place of `gain`.
        reading: How the landmarks read its time and range.
        ballistic: True where a fast lift is normal (loaded compound lifts): momentum is not judged.
        lift_first: False where lowering comes first, as in a squat.
        flows: True where reps go from side to side and pass their rest without a stop: there is nothing to
            throw, to drop or to bounce out of.
        drift: How far half of the body's points may be at a rep's end from where they were at its start,
            torsos; infinite where the person walks on.
    """

    signal: Signal
    min_range: float
    full_range: float
    partial: float = 0.5
    min_s: float = 0.5
    max_s: float = 12.0
    smooth_hz: float = 4.0
    median_s: float = 0.2
    seen: Seen | None = None
    gain: float = 1.0
    shown: Callable[[float], float] | None = None
    reading: Reading = Reading()
    ballistic: bool = False
    lift_first: bool = True
    flows: bool = False
    drift: float = 0.35

    def __post_init__(self) -> None:
        if not 0 < self.min_range < self.full_range:
            raise SpecError("a cycle needs 0 < min_range < full_range")
        if not 0 < self.min_s < self.max_s:
            raise SpecError("a cycle needs 0 < min_s < max_s")

    def degrees(self, rise: float) -> float:
        """A rise of the signal as the degrees that a person is shown."""
        return self.shown(rise) if self.shown else rise * self.gain


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise, whole.

    Attributes:
        id: Permanent, ``snake_case``; also the file's name.
        posture: In which it is done.
        side: How the working side is found.
        reps: What is counted.
        gates: What makes it this exercise and no other.
        faults: In the order of importance.
        setup: How to lie or stand, for `explain`.
        camera: Where to put the camera, one sentence.
        best: The view in which most can be judged.
        refs: Sources.
        variants: Told for each set, the first one that fits: `features.variant`.
        informative: Nothing about it is judged, neither by itself nor by what all exercises share: it is
            counted and described.
    """

    id: str
    name: str
    posture: Posture
    side: SideRule
    reps: Cycle
    gates: tuple[Gate, ...]
    faults: tuple[Fault, ...]
    setup: str
    camera: str
    best: Seen
    refs: tuple[str, ...]
    variants: tuple[Variant, ...] = ()
    informative: bool = False

    def __post_init__(self) -> None:
        ids = [fault.id for fault in self.faults]
        if len(set(ids)) != len(ids):
            raise SpecError(f"{self.id}: a fault is defined twice")

    def fault(self, fault_id: str) -> Fault:
        """The fault with this id.

        Raises:
            KeyError: There is none.
        """
        return {fault.id: fault for fault in self.faults}[fault_id]

    def with_limits(self, factor: float) -> Exercise:
        """The same exercise with all limits moved by `factor`; 1 leaves them alone."""
        faults = tuple(
            replace(f, ways=tuple(replace(w, limits=w.limits.eased(factor)) for w in f.ways))
            for f in self.faults
        )
        return replace(self, faults=faults)


# --- short forms -----------------------------------------------------------------------------------


def at_most(mild: float, *, severe: float) -> Limits:
    """Mild from `mild`, severe from `severe`."""
    return Limits(mild, severe)


def at_least(mild: float, *, severe: float) -> Limits:
    """For measures whose sign is turned (`Signal.floor`): mild below `mild`, severe below `severe`."""
    return Limits(-mild, -severe)
