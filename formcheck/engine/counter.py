"""Counts repetitions of one number: an adaptive zig-zag with hysteresis in the user's own range.

A rep is a rise from rest, a turn, and a fall back. What is large enough is learnt from the reps themselves
(docs/thresholds.md, Counting), so a person with half of the usual range is counted as well as a gymnast;
only below the exercise's least range is a movement never a rep.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

#: A turn is certain when the signal has fallen back by this share of its height (thresholds, Counting).
CONFIRM = 0.5
#: A rep is over when the fall has come down to this share of its height above the valley.
RETURN = 0.35
#: A rise has begun at this share of the usual range above the valley.
RISE = 0.25
#: Least share of the usual range that counts: after one rep and after more. First proposed were .35 and .45;
#: but anything below one half is called a partial rep: that is the rule that users are told, and the range
#: is read to about 2 %.
SHARE_ONE, SHARE_MORE = 0.35, 0.52
#: Smaller than this share of the usual range is fidgeting and not even a partial rep.
FIDGET = 0.3
#: Share of the height by which the far side of a turn must be seen when the recording cuts a rep.
SEEN_TURN = 0.12
#: Least duration of a rep that the recording cuts, as a share of a whole one's: one side and the turn.
ONE_SIDE = 0.65
#: A movement that begins so far above the rest before it, as a share of the usual range, and lasts for less
#: than this share of the one before is its echo: the knees' distance wavers on the way back seen from behind.
ECHO_HIGH, ECHO_SHORT = 0.25, 0.45
#: The valley is the lowest value of this long before the rise, so that a person who settles a little
#: higher than before does not wait for ever.
VALLEY_S = 3.0
#: At rest means within this share of the usual range above the valley.
NEAR = 0.12


@dataclass(frozen=True, slots=True)
class Span:
    """A finished movement.

    Attributes:
        start_s: Where the rise began.
        turn_s: Where it was largest.
        end_s: Where it was back, or where the recording ended.
        rest: The signal's value in the valley, in its unit.
        rise: Height above the valley.
        whole_rise: False when the recording began inside the rise.
        whole_fall: False when it ended inside the fall.
        counted: Large enough for a rep; otherwise a partial one.
    """

    start_s: float
    turn_s: float
    end_s: float
    rest: float
    rise: float
    whole_rise: bool
    whole_fall: bool
    counted: bool


class Counter:
    """Feeds on one value a frame; NaN means the signal was not seen.

    Args:
        min_range: Least range of a rep, in the signal's unit.
        full_range: Range of a typical full rep: the first idea of what is usual.
        min_s: Shortest believable time from start to end.
        max_s: Longest.
        max_gap_s: An unseen stretch longer than this ends what was going on.
        size: Turns a height into what shares are taken of; degrees, where the signal is not even in them.
    """

    def __init__(
        self,
        min_range: float,
        full_range: float,
        *,
        min_s: float,
        max_s: float,
        max_gap_s: float = 1.5,
        size: Callable[[float], float] = float,
    ) -> None:
        self.size = size
        self.min_range, self.full_range = min_range, full_range
        self.min_s, self.max_s, self.max_gap_s = min_s, max_s, max_gap_s
        self.ranges: deque[float] = deque(maxlen=5)
        self._before: tuple[float, float] | None = None  # rest and duration of the movement before
        self.reset()

    def reset(self) -> None:
        """Forgets the movement in progress; what is usual for this person stays."""
        self._recent: deque[tuple[float, float]] = deque()  # the last VALLEY_S at rest
        self._begin = self._last = float("nan")
        self._cut = True  # nothing has been seen before the movement in progress
        self._valley = (float("nan"), float("nan"))
        self._leave = float("nan")
        self._peak: tuple[float, float] | None = None  # None while at rest
        self._dip = (float("nan"), float("nan"))
        self._opening: tuple[float, float] | None = None  # what the recording began with, and
        self._top = (float("nan"), float("-inf"))  # the highest since, while nothing else was seen

    @property
    def usual(self) -> float:
        """The user's own range: the median of the last reps, or the exercise's typical one."""
        return float(np.median(self.ranges)) if self.ranges else self.full_range

    def enough(self, height: float) -> bool:
        """Whether a movement of this height counts now."""
        share = SHARE_MORE if len(self.ranges) > 1 else SHARE_ONE if self.ranges else 0.0
        return height >= self.min_range and self.size(height) >= share * self.size(self.usual)

    @property
    def moving(self) -> bool:
        """Whether a movement is in progress."""
        return self._peak is not None

    @property
    def rest(self) -> float:
        """The signal's value at rest, NaN before the first frame."""
        return self._valley[1]

    def update(self, t: float, y: float) -> Span | None:
        """Takes one value; returns a movement when it is over."""
        if not np.isfinite(y):
            return None
        if t - self._last > self.max_gap_s:
            self.reset()
        self._last = t
        if np.isnan(self._begin):
            self._begin = t
        if self._peak is None:
            self._at_rest(t, y)
            return None
        return self._moving(t, y)

    def finish(self) -> Span | None:
        """The recording is over: the movement in progress, if its turn was seen."""
        if self._peak is None:
            return None
        height = self._peak[1] - self._valley[1]
        fallen = self._peak[1] - self._dip[1]
        turned = fallen >= SEEN_TURN * height
        # One whole side must have been seen: the rise, or else the fall.
        whole = not self._whole_rise_missing() or (self.enough(fallen) and fallen >= (1 - RETURN) * height)
        span = self._span(self._last, whole_fall=False, big=turned and whole)
        self.reset()
        return span

    # -- the two states

    def _at_rest(self, t: float, y: float) -> None:
        recent = self._recent
        while recent and recent[0][0] < t - VALLEY_S:
            recent.popleft()
        recent.append((t, y))
        self._valley = min(recent, key=lambda point: point[1])
        if y <= self._valley[1] + NEAR * self.usual or not np.isfinite(self._leave):
            self._leave = t
        if y - self._valley[1] >= RISE * min(self.usual, self.full_range):
            self._peak = self._dip = (t, y)
        elif self._cut:
            self._begun_high(t, y)

    def _begun_high(self, t: float, y: float) -> None:
        """A recording that begins just before a turn: the rise is small, the fall is a whole one."""
        if self._opening is None:
            self._opening = (t, y)
        if y > self._top[1]:
            self._top = (t, y)
        fall = self._top[1] - y
        if self.enough(fall) and self._top[1] - self._opening[1] >= SEEN_TURN * fall:
            self._valley, self._leave = self._opening, self._opening[0]
            self._peak, self._dip = self._top, (t, y)

    def _moving(self, t: float, y: float) -> Span | None:
        assert self._peak is not None
        if y >= self._peak[1]:
            self._peak = self._dip = (t, y)
            return None
        if y <= self._dip[1]:
            self._dip = (t, y)
        height = self._peak[1] - self._valley[1]
        fallen = self._peak[1] - self._dip[1]
        back = y <= self._valley[1] + RETURN * height
        if self._whole_rise_missing():
            # The rest is not known yet: over when the fall has come to a stop.
            stopped = t - self._dip[0] > 0.25 or y - self._dip[1] > 0.1 * fallen
            back = self.enough(fallen) and stopped
        # Upwards again without coming all the way back: the next rep has begun.
        again = fallen >= CONFIRM * height and y - self._dip[1] >= RISE * self.usual
        if back or again:
            span = self._span(self._dip[0] if again else t, whole_fall=True, big=True)
            self._settle(again=again, t=t, y=y)
            return span
        if t - self._leave > self.max_s:  # settled somewhere else: that is the new rest
            self._settle(again=False, t=t, y=y)
        return None

    def _settle(self, *, again: bool, t: float, y: float) -> None:
        """Goes back to rest, or straight into the next rise."""
        self._cut = False
        self._recent.clear()
        self._recent.append(self._dip if again else (t, y))
        self._valley, self._leave = self._recent[0], self._recent[0][0]
        self._peak = None
        if again:
            self._peak = self._dip = (t, y)

    def _whole_rise_missing(self) -> bool:
        """Whether the recording began inside this rise: no rest was seen before it."""
        return self._cut and self._leave - self._begin < 0.3

    def _is_echo(self, end: float) -> bool:
        """A short bump on the way back of the rep before: begun high above its rest, and soon over."""
        if self._before is None:
            return False
        rest, lasted = self._before
        return self._valley[1] - rest > ECHO_HIGH * self.usual and end - self._leave < ECHO_SHORT * lasted

    def _span(self, end: float, *, whole_fall: bool, big: bool) -> Span | None:
        assert self._peak is not None
        whole_rise = not self._whole_rise_missing()
        rise = self._peak[1] - self._valley[1]
        fall = self._peak[1] - self._dip[1]
        height = rise if whole_rise else max(rise, fall)
        turned = rise >= SEEN_TURN * height
        whole = whole_rise and whole_fall
        # A rep that the recording cuts may be shorter, not by more than the missing side.
        if not self.min_s * (1.0 if whole else ONE_SIDE) <= end - self._leave <= self.max_s:
            return None
        if whole and self._is_echo(end):
            return None
        counted = big and turned and self.enough(height)
        if not counted and height < max(FIDGET * self.usual, 0.5 * self.min_range):
            return None
        if counted:
            self.ranges.append(height)
        rest = self._valley[1] if whole_rise else min(self._valley[1], self._dip[1])
        self._before = (rest, end - self._leave)
        return Span(self._leave, self._peak[0], end, rest, height, whole_rise, whole_fall, counted)
