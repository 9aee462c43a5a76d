"""Falls of the counted signal that no body makes: the pose model puts both legs on one point for a moment.

A collapse in the middle of a slow rep would cut it in two. Its values are kept back until the signal jumps
up again, and are then forgotten; where it stays down, the person has come down, and they are handed on.
"""

from __future__ import annotations

from collections import deque

import numpy as np

#: A fall by this share of the height within so long, s, is no body's. It is waited for so long, s, whether
#: the signal comes back to within that share of where it was (tune split: collapses last 0.1-0.45 s). Not in
#: a movement that has lasted for less than that, s: it may be a swing.
FALL, FALL_S, WAIT_S, REGAINED, SWING_S = 0.5, 0.14, 0.45, 0.3, 0.8

#: Seconds, the signal, and the parts that it is the mean of.
Value = tuple[float, float, tuple[float, ...]]


class Collapse:
    """Keeps back what may be a collapse."""

    def __init__(self) -> None:
        self._fresh: deque[tuple[float, float]] = deque()  # the last FALL_S
        self._kept: list[Value] = []
        self._level = float("nan")  # before the fall

    def passed(self, value: Value, height: float, lasted_s: float) -> list[Value]:
        """Takes a value; returns those that are believed now, in order of time.

        Args:
            value: The newest.
            height: Of the movement in progress, in the signal's unit; NaN at rest.
            lasted_s: For how long it has gone on.
        """
        t, y, _ = value
        fresh = self._fresh
        if np.isnan(height):
            fresh.clear()
            return [value]
        if self._kept:
            if y < self._level - REGAINED * height:
                self._kept.append(value)
                return self.kept() if t - self._kept[0][0] >= WAIT_S else []
            self._kept.clear()
            fresh.clear()
        while fresh and t - fresh[0][0] > FALL_S:
            fresh.popleft()
        level = max((before for _, before in fresh), default=y)
        fresh.append((t, y))
        if level - y < FALL * height or lasted_s < SWING_S:
            return [value]
        self._level = level
        self._kept.append(value)
        return []

    def kept(self) -> list[Value]:
        """Hands on what was kept back: no more is waited for."""
        late, self._kept = self._kept, []
        self._fresh.clear()
        return late
