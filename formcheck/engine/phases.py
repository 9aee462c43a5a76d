"""A rep cut into rest, lift, top and return, from the zero-phase curve of what is counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from formcheck.engine.counter import Span
from formcheck.geometry import Bools, Floats
from formcheck.types import Tempo

#: Shares of the height between which a phase lies: start < 10 %, lift 10–90 %, top > 90 %.
LOW, HIGH = 0.1, 0.9
#: Alignment faults are judged from here on: the end of the lift and the top.
TOP = 0.8
#: "At the turn": narrower, for what is wanted at the deepest point.
TURN = 0.95
#: Rest for baselines is a little wider than "below 10 %", so that quick reps leave some frames.
REST = 0.15


@dataclass(frozen=True, slots=True)
class Phases:
    """Masks and moments of one rep within a window.

    Attributes:
        progress: ``(T,)`` 0 at rest, 1 at the turn.
        masks: Phase name to ``(T,)`` bool.
        lift_s: Seconds from 10 to 90 %.
        hold_s: Seconds above 90 %.
        return_s: Seconds from 90 to 10 %; all three NaN where that part was not seen whole.
        start_s: 10 % on the way up, or the window's cut.
        turn_s: The middle of the top.
        end_s: 10 % on the way back.
    """

    progress: Floats
    masks: dict[str, Bools]
    lift_s: float
    hold_s: float
    return_s: float
    start_s: float
    turn_s: float
    end_s: float

    def tempo(self, *, lift_first: bool) -> Tempo:
        """As the exercise names it: in a squat, the way down comes first and is the eccentric part."""
        up, down = (self.lift_s, self.return_s) if lift_first else (self.return_s, self.lift_s)
        return Tempo(_short(up), _short(self.hold_s), _short(down))


def _short(x: float) -> float:
    return round(x, 2)


def cut(t: Floats, y: Floats, span: Span) -> Phases:
    """Cuts the rep.

    Args:
        t: ``(T,)`` seconds; the window reaches beyond the rep on both sides where it can.
        y: ``(T,)`` the counted signal, zero-phase filtered.
        span: The movement.
    """
    inside = (t >= span.start_s - 0.05) & (t <= span.end_s + 0.05)
    values = np.where(inside, y, -np.inf)
    values[~np.isfinite(values)] = -np.inf
    turn = int(np.argmax(values))
    rest = _rest_level(t, y, span, turn)
    height = max(float(y[turn]) - rest, 1e-6)
    progress = (y - rest) / height
    up, first = _walk(progress, turn, -1)
    down, last = _walk(progress, turn, +1)
    above = np.flatnonzero((progress >= HIGH) & (np.arange(len(t)) >= first) & (np.arange(len(t)) <= last))
    enter, leave = (int(above[0]), int(above[-1])) if above.size else (turn, turn)
    index = np.arange(len(t))
    masks: dict[str, Bools] = {
        "rest": _rest_mask(progress, first, last),
        "lift": (index >= first) & (index <= enter),
        "top": (progress >= TOP) & (index >= first) & (index <= last),
        "turn": (progress >= TURN) & (index >= first) & (index <= last),
        "return": (index >= leave) & (index <= last),
        "move": (index >= first) & (index <= last),
    }
    nan = float("nan")
    return Phases(
        progress=progress,
        masks=masks,
        lift_s=_cross(t, progress, enter, HIGH) - _cross(t, progress, first, LOW) if up else nan,
        hold_s=_cross(t, progress, leave, HIGH, falling=True) - _cross(t, progress, enter, HIGH)
        if up or down
        else nan,
        return_s=_cross(t, progress, last, LOW, falling=True) - _cross(t, progress, leave, HIGH, falling=True)
        if down
        else nan,
        start_s=_cross(t, progress, first, LOW) if up else float(t[first]),
        turn_s=float((t[enter] + t[leave]) / 2),
        end_s=_cross(t, progress, last, LOW, falling=True) if down else float(t[last]),
    )


def _rest_level(t: Floats, y: Floats, span: Span, turn: int) -> float:
    """The valley before the rise; after it, where the recording began inside the rise."""
    near = (t >= span.start_s - 0.6) & (t <= t[turn]) if span.whole_rise else (t >= t[turn])
    near &= np.isfinite(y)
    if not near.any():
        return span.rest
    # A low percentile and not the minimum: the filter may ring by a degree where a quick rep begins.
    return float(np.percentile(y[near], 5))


def _walk(progress: Floats, turn: int, step: int) -> tuple[bool, int]:
    """From the turn outwards to the first frame below `LOW`: whether it is there, and the last one above."""
    i = turn
    while 0 <= i + step < len(progress):
        if progress[i + step] < LOW:
            return True, i + step
        i += step
    return False, i


def _rest_mask(progress: Floats, first: int, last: int) -> Bools:
    """The unbroken rest directly before and directly after the rep."""
    mask = np.zeros(len(progress), bool)
    for begin, step in ((first, -1), (last, +1)):
        i = begin
        while 0 <= i < len(progress) and progress[i] < REST:
            mask[i] = True
            i += step
    return mask


def _cross(t: Floats, p: Floats, i: int, level: float, *, falling: bool = False) -> float:
    """The time at which the curve crosses `level` next to frame `i`, between frames."""
    j = i + 1 if (p[i] < level) != falling else i - 1
    if not 0 <= j < len(p) or not np.isfinite(p[j]) or (p[i] - level) * (p[j] - level) > 0:
        return float(t[i])
    return float(t[i] + (level - p[i]) / (p[j] - p[i]) * (t[j] - t[i]))
