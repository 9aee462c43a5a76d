"""Signals, one number per frame, and how one becomes a measure, one number per rep."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from formcheck.spec.names import Direction, Phase, Space, check_joint

#: The fields of a signal that name a joint, or another signal.
_PARTS = ("a", "b", "c", "d", "joint", "than", "other")


class Signal:
    """One number per frame. Signals can be added, subtracted and scaled."""

    __slots__ = ()
    unit: str

    def __post_init__(self) -> None:
        for name in _named(self):
            check_joint(name)

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
class Measure:
    """A signal reduced to one number for a rep. See the methods of `Signal`."""

    signal: Signal
    how: Literal["change", "swing", "level", "shift", "median", "best"]
    during: Phase


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


@dataclass(frozen=True, slots=True)
class Between(Signal):
    """Angle between the segments ``a→b`` and ``c→d``, degrees, in `space`."""

    a: str
    b: str
    c: str
    d: str
    space: Space = "world"
    unit: str = field(default="°", init=False)


@dataclass(frozen=True, slots=True)
class Turn(Signal):
    """Angle between the segments ``a→b`` and ``c→d`` as seen along the trunk, degrees, in the world."""

    a: str
    b: str
    c: str
    d: str
    unit: str = field(default="°", init=False)


@dataclass(frozen=True, slots=True)
class Slope(Signal):
    """Elevation of the segment ``a→b`` above the horizontal of the picture, degrees, up positive."""

    a: str
    b: str
    unit: str = field(default="°", init=False)


@dataclass(frozen=True, slots=True)
class Lean(Signal):
    """Angle of the segment ``a→b`` (lower to upper) from the vertical of the picture, degrees.

    Positive to the side that the body faces in the picture, so that a forward lean is positive whether
    the person looks left or right.
    """

    a: str
    b: str
    unit: str = field(default="°", init=False)


@dataclass(frozen=True, slots=True)
class LeanInLine(Signal):
    """How the segment ``d→c`` would lean if ``b`` rose until ``a``, ``b`` and ``c`` are in line, degrees.

    ``a`` and ``d`` stay where they are and the segments keep their lengths. From the vertical of the picture,
    positive towards ``a``. So the hips on the floor tell how the shins will stand at the top of a bridge.
    """

    a: str
    b: str
    c: str
    d: str
    unit: str = field(default="°", init=False)


@dataclass(frozen=True, slots=True)
class Distance(Signal):
    """Distance of two joints in % of the torso's length, in `space`."""

    a: str
    b: str
    space: Space = "image"
    unit: str = field(default="% torso", init=False)


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


@dataclass(frozen=True, slots=True)
class Travel(Signal):
    """How far a joint is from where it was at rest, in the picture, % of the torso's length."""

    joint: str
    unit: str = field(default="% torso", init=False)


@dataclass(frozen=True, slots=True)
class OverLine(Signal):
    """Height of a joint above the line ``a–b`` in the picture, % of the torso's length."""

    joint: str
    a: str
    b: str
    unit: str = field(default="% torso", init=False)


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
class While(Signal):
    """A signal in the frames in which another one is below a limit; missing in the others."""

    a: Signal
    other: Signal
    below: float

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


def joints(signal: Signal) -> frozenset[str]:
    """The joints that a signal is read from, as they are named in it."""
    nested = [part for name in _PARTS if isinstance(part := getattr(signal, name, None), Signal)]
    nested += [part for _, part in getattr(signal, "terms", ())]
    return frozenset(_named(signal)).union(*map(joints, nested))


def _named(signal: Signal) -> list[str]:
    """The joints that a signal names itself."""
    parts = ((name, getattr(signal, name, None)) for name in _PARTS)
    return [part for name, part in parts if isinstance(part, str) and (part or name != "than")]
