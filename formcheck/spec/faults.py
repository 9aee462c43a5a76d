"""What is asked of a measure: faults with limits and views, gates, conditions of variants."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from formcheck.spec.names import Direction, SpecError, check_joint
from formcheck.spec.signals import Measure, Signal


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


def at_most(mild: float, *, severe: float) -> Limits:
    """Mild from `mild`, severe from `severe`."""
    return Limits(mild, severe)


def at_least(mild: float, *, severe: float) -> Limits:
    """For measures whose sign is turned (`Signal.floor`): mild below `mild`, severe below `severe`."""
    return Limits(-mild, -severe)


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
            check_joint(name)
        for low, high in (*self.azimuth, self.elevation):
            if not low < high:
                raise SpecError(f"an empty window: {low} to {high}")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to see a fault: a measure, its limits and the views in which it holds.

    Attributes:
        clears: False where a large fault shows but a smaller one does not: below the limit, the verdict is
            unknown and not ok.
        ok_to: The largest value that is called ok. From there to the limit clean reps of some people and
            faulty ones of others read alike, and the verdict is unknown.
        certain: From here it is the fault whoever it is. Between the mild limit and this, only where the same
            person has read lower by as much as lies between mild and severe: then it is not the body's build.
        believable: Nobody who was told to do it reads more: beyond, the points are misplaced, and the verdict
            is unknown.
    """

    measure: Measure
    limits: Limits
    seen: Seen
    clears: bool = True
    ok_to: float = float("inf")
    certain: float = float("-inf")
    believable: float = float("inf")

    def __post_init__(self) -> None:
        if not self.limits.severe < self.believable:
            raise SpecError(
                f"severe from {self.limits.severe:g} is never reached: above {self.believable:g} "
                "the body's points are misplaced"
            )

    def eased(self, factor: float) -> Way:
        """With all of its limits moved, see `Limits.eased`."""
        shift = (self.limits.severe - self.limits.mild) * (factor - 1.0)
        limits = self.limits.eased(factor)
        certain = min(self.certain + shift, self.believable)
        return replace(self, limits=limits, ok_to=self.ok_to + shift, certain=certain)


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
        once: True for what cannot be changed during a set: it is said once.
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
    once: bool = False
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
                check_joint(name)

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

    def inside(self, value: float) -> float:
        """How far a value lies inside; negative outside, NaN where nothing was read."""
        return min(value - self.low, self.high - value)


@dataclass(frozen=True, slots=True)
class Placing:
    """How somebody lies or stands before a set: told once, where it is off, and judged no further.

    Attributes:
        signal: Read in the start position.
        low: From here on it is right.
        high: Up to here.
        below: What to do where it is less, a sentence.
        above: What to do where it is more.
        seen: Views in which it shows.
        source: What the limits rest on.
    """

    signal: Signal
    low: float
    high: float
    below: str
    above: str
    seen: Seen
    source: str

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise SpecError(f"no place is right: {self.low} to {self.high}")


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
