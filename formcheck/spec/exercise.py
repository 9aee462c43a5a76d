"""Exercises: what is counted, what makes it this one, its faults, its variants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from formcheck.spec.faults import Condition, Fault, Gate, Placing, Seen
from formcheck.spec.names import Posture, SideRule, SpecError
from formcheck.spec.signals import Signal


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
            torsos; infinite where the person walks on. On the tune split a clear clip's whole rep moves them
            by 0.27 at most between the rest before and the rest after; 0.34 and more is where somebody gets
            up, turns over or walks.
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
        placings: What to put right before a set, where it is off.
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
    placings: tuple[Placing, ...] = ()
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
        faults = tuple(replace(f, ways=tuple(w.eased(factor) for w in f.ways)) for f in self.faults)
        return replace(self, faults=faults)
