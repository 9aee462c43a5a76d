"""Figures of somebody's walking or running: information, never a fault.

How uninjured people walk or run is no fault, and changing it is not known to help them (Souza 2016, Phys Med
Rehabil Clin N Am 27:217). So there are no limits here, only values, and reasons where there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.features.body import median
from formcheck.features.steps import LEAST_STEPS, Bout, Walk
from formcheck.types import Figure, Recording, Side

#: Azimuths in which lengths along the way and heights of the hips show, degrees.
FROM_SIDE: Final = (60.0, 120.0)
FROM_ENDS: Final = (28.0, 152.0)
#: Reasons why a figure is unknown.
NOT_SIDE: Final = "shows from the side only"
NOT_ENDS: Final = "shows from behind or in front only"
FEW: Final = "too few steps in a row were seen"
SLOW: Final = "the video has too few frames a second"
UNEVEN: Final = "the steps are too irregular to tell"
QUICK: Final = "the foot is too fast at landing to tell"
NO_RHYTHM: Final = "the feet are not seen well enough"
UNREADABLE: Final = "the pose model's hips do not follow it"
#: What else there is to know of angles against the vertical of the picture.
TILT: Final = "a tilted camera adds its tilt"
#: Steps that a figure needs: of each foot for a difference of both, in all for a mean.
EACH_FOOT, IN_ALL = 5, 6
#: Frames that each step needs for its moment. With 13 to 18 the difference of both feet's step times is wrong
#: by up to 3 % of a step, with 10 by 5 (tune split).
FRAMES_A_STEP: Final = 12.0
#: In quicker steps, those of runners, the shin turns by 8 degrees while a landing is missed by 0.02 s.
UNHURRIED_S: Final = 0.43
#: What the pose model's trunk leans less than the body's, degrees: 2.7 to 7.2 in eight clips (tune split).
UPRIGHTER: Final = 4.4
#: Largest standard error of the difference of step times that still tells something, % of a step.
SURE_PCT: Final = 2.5
#: Steps further than this share from the usual time are starts, turns and stops.
REGULAR: Final = 0.25


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        t: When the foot lands, s; from behind and in front, when it is highest in the picture.
        side: Whose foot.
        bout: Number of the bout from 1: steps without a pause.
    """

    t: float
    side: Side
    bout: int


@dataclass(frozen=True, slots=True)
class Gait:
    """How somebody walks or runs.

    Attributes:
        steps: In order.
        figures: Steps, cadence and so on, always the same ones in the same order.
    """

    steps: tuple[Step, ...]
    figures: tuple[Figure, ...]

    def figure(self, figure_id: str) -> Figure:
        """The figure with this id.

        Raises:
            KeyError: There is none.
        """
        return {figure.id: figure for figure in self.figures}[figure_id]


def measure(recording: Recording) -> Gait:
    """Steps and figures of a whole recording.

    Args:
        recording: Landmarks. Of one who does not walk there are no steps, and all figures are unknown.
    """
    walk = Walk.of(recording)
    every, rate = ([], 0.0) if walk is None else (walk.bouts(), walk.rate)
    bouts = [bout for bout in every if bout.steady]
    few = FEW if bouts or not every else NO_RHYTHM
    steps = tuple(
        Step(round(float(t), 3), Side(side), number)
        for number, bout in enumerate(bouts, 1)
        for t, side in zip(bout.landed, bout.sides, strict=True)
    )
    side = [bout for bout in bouts if FROM_SIDE[0] <= bout.azimuth <= FROM_SIDE[1]]
    ends = [bout for bout in bouts if not FROM_ENDS[0] < bout.azimuth < FROM_ENDS[1]]
    # What does not show is told as the reason, and only then that there were few steps.
    aside = few if side or not bouts else NOT_SIDE
    behind = few if ends or not bouts else NOT_ENDS
    figures = (
        Figure("steps", "steps", float(len(steps)), "")
        if few == FEW
        else _unknown("steps", "steps", "", few),
        _cadence(bouts, few),
        _symmetry(side, rate, aside),
        _unknown("pelvic_drop", "pelvis drops on the free side", "°", UNREADABLE),
        _sideways(ends, behind),
        _lean(side, aside),
        _overstride(side, rate, aside),
    )
    return Gait(steps, figures)


def _regular(bouts: Sequence[Bout]) -> list[tuple[float, str]]:
    """Time and foot of each step that is no start, turn or stop."""
    every = [(float(s), side) for b in bouts for s, side in zip(b.intervals, b.sides[1:], strict=True)]
    usual = median(np.array([seconds for seconds, _ in every]))
    return [(seconds, side) for seconds, side in every if abs(seconds / usual - 1) <= REGULAR]


def _cadence(bouts: Sequence[Bout], reason: str) -> Figure:
    seconds = [s for s, _ in _regular(bouts)]
    if len(seconds) < LEAST_STEPS - 1:
        return _unknown("cadence", "cadence", "steps/min", reason)
    return Figure("cadence", "cadence", round(60 / float(np.mean(seconds)), 1), "steps/min")


def _symmetry(bouts: Sequence[Bout], rate: float, reason: str) -> Figure:
    """By how much one foot's steps take longer than the other's, % of the mean step time."""
    id_, name, unit = "asymmetry", "left–right difference of step times", "%"
    steps = _regular(bouts)
    left, right = (np.array([s for s, side in steps if side == foot]) for foot in ("left", "right"))
    if min(len(left), len(right)) < EACH_FOOT:
        return _unknown(id_, name, unit, reason)
    mean = (left.mean() + right.mean()) / 2
    if rate * mean < FRAMES_A_STEP:
        return _unknown(id_, name, unit, SLOW)
    error = np.sqrt(left.var(ddof=1) / len(left) + right.var(ddof=1) / len(right))
    if 100 * error / mean > SURE_PCT:
        return _unknown(id_, name, unit, UNEVEN)
    difference = 100 * (right.mean() - left.mean()) / mean
    longer = "right" if difference > 0 else "left"
    return Figure(id_, name, round(abs(float(difference)), 1), unit, note=f"the {longer} foot's take longer")


def _sideways(bouts: Sequence[Bout], reason: str) -> Figure:
    """The mean over bouts, each by its steps."""
    id_, name, steps = "lateral_lean", "trunk leans to either side", [len(bout.t) for bout in bouts]
    if sum(steps) < IN_ALL:
        return _unknown(id_, name, "°", reason)
    value = float(np.average([bout.trunk for bout in bouts], weights=steps))
    return Figure(id_, name, round(value, 1), "°")


def _lean(bouts: Sequence[Bout], reason: str) -> Figure:
    """The mean of both ways, where somebody walks there and back: then a camera's tilt cancels out."""
    id_, name = "trunk_lean", "trunk leans forward"
    ways = [[v for b in bouts if b.facing == way for v in b.lean if np.isfinite(v)] for way in (1.0, -1.0)]
    if sum(map(len, ways)) < IN_ALL:
        return _unknown(id_, name, "°", reason)
    values = [float(np.median(way)) for way in ways if way]
    note = TILT if len(values) == 1 else ""
    return Figure(id_, name, round(float(np.mean(values)) + UPRIGHTER, 1), "°", note=note)


def _overstride(bouts: Sequence[Bout], rate: float, reason: str) -> Figure:
    """The mean of both feet."""
    id_, name = "overstride", "shin at landing, foot ahead of the knee"
    feet: dict[str, list[float]] = {"left": [], "right": []}
    for bout in bouts:
        for value, side in zip(bout.shin, bout.sides, strict=True):
            if np.isfinite(value):
                feet[side].append(float(value))
    if sum(map(len, feet.values())) < IN_ALL or not all(feet.values()):
        return _unknown(id_, name, "°", reason)
    usual = median(np.concatenate([bout.intervals for bout in bouts]))
    if usual < UNHURRIED_S:
        return _unknown(id_, name, "°", QUICK)
    if rate * usual < FRAMES_A_STEP:
        return _unknown(id_, name, "°", SLOW)
    value = float(np.mean([np.median(v) for v in feet.values()]))
    return Figure(id_, name, round(value, 1), "°", note=TILT)


def _unknown(id_: str, name: str, unit: str, reason: str) -> Figure:
    return Figure(id_, name, float("nan"), unit, reason)
