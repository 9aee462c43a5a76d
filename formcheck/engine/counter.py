"""Counts repetitions of one number: an adaptive zig-zag with hysteresis in the user's own range.

A rep is a rise from rest, a turn, and a fall back. What is large enough is learnt from the reps themselves
(docs/thresholds.md, Counting), so a person with half of the usual range is counted as well as a gymnast;
only below the exercise's least range is a movement never a rep.

Now and then the pose model puts both legs on one, and the number drops in the middle of a rep. No body goes
below its own rest in the middle of a lift, so frames that do are not looked at.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np

from formcheck.engine.collapse import Collapse, Value

#: A turn is certain when the signal has fallen back by this share of its height (thresholds, Counting): where
#: the recording ends, too. Real films that end right behind a turn (a twist, a machine) count one too many
#: otherwise.
CONFIRM = 0.5
#: A rep is over when the fall has come down to this share of its height above the valley.
RETURN = 0.35
#: A rise has begun at this share of the usual range above the valley.
RISE = 0.25
#: And it stays down for so long, s: a drop that the legs' mix-up begins or ends with passes in 0.1 s.
BACK_S = 0.15
#: Least share of the usual range that counts after one rep; after more, `Counter.partial` is asked.
SHARE_ONE = 0.35
#: Smaller than this share of the usual range is fidgeting and not even a partial rep.
FIDGET = 0.3
#: Share of the height by which the far side of a turn must be seen when the recording begins in a rep.
SEEN_TURN = 0.12
#: What begins before the recording does, or half-way up, has to rise by this share of a full range: anything
#: may have begun.
UNSEEN_RISE = 0.6
#: Least duration of a rep that the recording cuts, as a share of a whole one's: one side and the turn.
ONE_SIDE = 0.65
#: Below the rest by more than this share of the usual range, a frame has its legs mixed up: the whole signal,
#: and a part of it; after so long, s, it is a new rest after all (tune split: such drops last up to 0.9 s).
DIP, DIP_PART, DIP_S = 0.3, 0.5, 1.2
#: Where a rise stops for so long, s, a rep may begin: the person was only lying down until then.
LEDGE_S = 1.0
#: Frames of rest that tell where each part of the signal rests.
RESTS = 15
#: Two movements that together last for about one usual rep, from and to so many, the first of them for less
#: than that share of one, are one rep in two pieces. Two that are quicker are quick ones: the samples
#: have swings after slow reps.
TOGETHER, BROKEN = (0.8, 1.1), 0.6
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
        partial: Below this share of the usual range it is a partial rep, once two reps are known.
        median_s: Width of the median over the values, s: single wild frames do not show.
        usual: Height of this person's reps, where it is known from before; NaN else.
        flows: The next rep may begin at once, on the other side: a quick fall and rise is two reps, and no
            collapse in the middle of one.
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
        partial: float = 0.5,
        median_s: float = 0.0,
        usual: float = float("nan"),
        flows: bool = False,
    ) -> None:
        self.size, self.partial, self.median_s, self.flows = size, partial, median_s, flows
        self.min_range, self.full_range = min_range, full_range
        self.min_s, self.max_s, self.max_gap_s = min_s, max_s, max_gap_s
        # Known from before, it is as good as two reps.
        self.ranges: deque[float] = deque([usual] * 2 if np.isfinite(usual) else [], maxlen=5)
        self.lasted_s: deque[float] = deque(maxlen=5)
        self.value = float("nan")
        self._values: deque[tuple[float, float]] = deque()  # what the median is taken of
        self._before: tuple[float, float] | None = None  # start and end of the rep before
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
        self._low_s = float("nan")  # since when it has been back
        self._flat = (float("nan"),) * 3  # a level that the signal has kept: since when, until when, level
        self._ledge: tuple[float, float] | None = None  # when it left one where it had long been
        self._odd_s = float("nan")  # since when it has been below the rest
        self._collapse = Collapse()
        self._rests: deque[tuple[float, ...]] = deque(maxlen=RESTS)  # the parts of the signal at rest
        self._floor = np.empty(0)  # and the least that each may read in the movement in progress
        self._opening: tuple[float, float] | None = None  # what the recording began with, and
        self._top = (float("nan"), float("-inf"))  # the highest since, while nothing else was seen

    @property
    def usual(self) -> float:
        """The user's own range: the median of the last reps, or the exercise's typical one."""
        return median(self.ranges) if self.ranges else self.full_range

    def enough(self, height: float) -> bool:
        """Whether a movement of this height counts now."""
        share = self.partial if len(self.ranges) > 1 else SHARE_ONE if self.ranges else 0.0
        return height >= self.min_range and self.size(height) >= share * self.size(self.usual)

    @property
    def moving(self) -> bool:
        """Whether a movement is in progress."""
        return self._peak is not None

    @property
    def rest(self) -> float:
        """The signal's value at rest, NaN before the first frame."""
        return self._valley[1]

    def update(self, t: float, y: float, parts: tuple[float, ...] = ()) -> Span | None:
        """Takes one value; returns a movement when it is over.

        Args:
            t: Seconds.
            y: The signal.
            parts: What it is the mean of, where it is: no part of it falls below its own rest either.
        """
        if not np.isfinite(y):
            return None
        if t - self._last > self.max_gap_s:
            self.reset()
        self._last = t
        if np.isnan(self._begin):
            self._begin = t
        height = float("nan")  # as at rest: no collapse is waited for
        if self._peak and not self.flows:
            height = max(self._peak[1] - self._valley[1], self.min_range)
        return self._take_all(self._collapse.passed((t, y, parts), height, t - self._leave))

    def _take_all(self, values: list[Value]) -> Span | None:
        """The movement that is over with one of these values."""
        spans = [self._take(*value) for value in values]
        return next((span for span in spans if span), None)

    def _take(self, t: float, y: float, parts: tuple[float, ...]) -> Span | None:
        """One value that is believed, after the gaps."""
        if self._mixed_up(t, y, parts):
            return self._elsewhere(t, y) if t - self._odd_s >= DIP_S else None
        y = self.value = self._steady(t, y)
        if self._peak is None:
            self._at_rest(t, y, parts)
            return None
        return self._moving(t, y)

    def forget(self) -> None:
        """What was just counted is no rep: it must not teach what is usual."""
        self.ranges.pop()
        if self.lasted_s:
            self.lasted_s.pop()
        self._before = None

    def relearn(self, height: float) -> None:
        """Another side begins, seen from elsewhere: this height is all that is known of it."""
        self.ranges.clear()
        self.ranges.append(height)

    def finish(self) -> Span | None:
        """The recording is over: the movement in progress, if it was seen to come back."""
        done = self._take_all(self._collapse.kept())
        if done or self._peak is None:
            return done
        height = self._peak[1] - self._valley[1]
        fallen = self._peak[1] - self._dip[1]
        turned = fallen >= CONFIRM * self._known(height)
        # One whole side must have been seen: the rise, or else the fall.
        whole = not self._whole_rise_missing() or (self.enough(fallen) and fallen >= (1 - RETURN) * height)
        span = self._span(self._last, whole_fall=False, big=turned and whole)
        self.reset()
        return span

    # -- what is believed

    def _mixed_up(self, t: float, y: float, parts: tuple[float, ...]) -> bool:
        """Whether the signal, or in a movement a part of it, has dropped below its rest."""
        low = self._valley[1]
        if self._whole_rise_missing():
            below = False  # its rest is not known
        elif self._peak is not None:
            known = self.usual if self.ranges else max(self.min_range, self._peak[1] - low)
            below = y < low - DIP * known
            below |= bool(self._floor.size and (np.array(parts) < self._floor - DIP_PART * known).any())
        else:
            below = bool(self.ranges) and y < low - DIP * self.usual
        if not below:
            self._odd_s = float("nan")
            return False
        if np.isnan(self._odd_s):
            self._odd_s = t
        self._low_s = float("nan")
        return True

    def _elsewhere(self, t: float, y: float) -> Span | None:
        """It stays below the rest: the person has settled there. What was going on ended on the way."""
        span = self._span(self._odd_s, whole_fall=True, big=True) if self._peak is not None else None
        self._odd_s = float("nan")
        self._rests.clear()
        self._values.clear()
        self._settle(again=False, t=t, y=y)
        return span

    def _steady(self, t: float, y: float) -> float:
        """Median of the last moments: swapped legs and wild frames do not reach the zig-zag."""
        recent = self._values
        if recent and t - recent[-1][0] > 2 * self.median_s + DIP_S:
            recent.clear()
        recent.append((t, y))
        while len(recent) > 3 and t - recent[0][0] > self.median_s:
            recent.popleft()
        values = sorted(value for _, value in recent)
        return values[len(values) // 2] if self.median_s and len(values) > 2 else y

    # -- the two states

    def _at_rest(self, t: float, y: float, parts: tuple[float, ...]) -> None:
        recent = self._recent
        while recent and recent[0][0] < t - VALLEY_S:
            recent.popleft()
        recent.append((t, y))
        self._valley = min(recent, key=lambda point: point[1])
        rise = RISE * min(self.usual, self.full_range)
        if y <= self._valley[1] + min(NEAR * self.usual, rise / 2) or not np.isfinite(self._leave):
            self._leave = t
            self._rests.append(parts)
        if y - self._valley[1] >= rise:
            self._peak = self._dip = (t, y)
            self._flat = t, t, y
            self._floor = np.median(np.array(self._rests), axis=0) if self._rests else np.empty(0)
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
            self._flat = t, t, y

    def _moving(self, t: float, y: float) -> Span | None:
        assert self._peak is not None
        self._begin_from_ledge(t, y)
        if y >= self._peak[1]:
            self._peak = self._dip = (t, y)
            self._low_s = float("nan")
            return None
        if y <= self._dip[1]:
            self._dip = (t, y)
        height = self._peak[1] - self._valley[1]
        fallen = self._peak[1] - self._dip[1]
        if y > self._valley[1] + RETURN * height:
            self._low_s = float("nan")
        elif np.isnan(self._low_s):
            self._low_s = t
        back = back_for_long = t - self._low_s >= BACK_S
        if self._whole_rise_missing():
            # The rest is not known yet: over when the fall has come to a stop.
            stopped = t - self._dip[0] > 0.25 or y - self._dip[1] > 0.1 * fallen
            back = self.enough(fallen) and stopped
        # Upwards again without coming all the way back: the next rep has begun.
        # Not within the shortest rep: there it is the landmarks that dip.
        again = fallen >= CONFIRM * self._known(height) and y - self._dip[1] >= RISE * self.usual
        again &= self._dip[0] - self._leave >= self.min_s
        if back or again:
            end = self._dip[0] if again else self._low_s if back_for_long else t
            span = self._span(end, whole_fall=True, big=True)
            self._settle(again=again, t=t, y=y)
            return span
        if t - self._leave > self.max_s:  # settled somewhere else: that is the new rest
            self._settle(again=False, t=t, y=y)
        return None

    def _known(self, height: float) -> float:
        """Of which a way back is a share: one that goes further than usual need not come further back."""
        return min(height, self.usual) if self.ranges else height

    def _begin_from_ledge(self, t: float, y: float) -> None:
        """Takes a long stop on the way up for the rest, once a rep has risen from it."""
        since, until, level = self._flat
        near = NEAR * self.usual
        if abs(y - level) <= near:
            self._flat = since, t, level
        else:
            if y > level and until - since >= LEDGE_S:
                self._ledge = until, level
            self._flat = t, t, y
        if self._ledge and y < self._ledge[1] - near:
            self._ledge = None
        if self._ledge and y - self._ledge[1] >= UNSEEN_RISE * min(self.usual, self.full_range):
            self._leave, self._valley, self._ledge = self._ledge[0], self._ledge, None
            self._peak = self._dip = (t, y)
            self._cut = False

    def _settle(self, *, again: bool, t: float, y: float) -> None:
        """Goes back to rest, or straight into the next rise."""
        self._cut = False
        self._recent.clear()
        self._recent.append(self._dip if again else (t, y))
        self._valley, self._leave = self._recent[0], self._recent[0][0]
        self._peak, self._ledge = None, None
        self._low_s = float("nan")
        self._flat = t, t, y
        if again:
            self._peak = self._dip = (t, y)

    def _whole_rise_missing(self) -> bool:
        """Whether the recording began inside this rise: no rest was seen before it."""
        return self._cut and self._leave - self._begin < 0.3

    def _is_second_piece(self, end: float) -> bool:
        """Whether the rep before was only the first piece of this one: both together last for one."""
        if self._before is None or len(self.lasted_s) < 3:
            return False
        start, stop = self._before
        usual_s = float(np.median(self.lasted_s))
        least, most = TOGETHER
        return stop - start < BROKEN * usual_s and least * usual_s < end - start < most * usual_s

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
        if whole and self._is_second_piece(end):
            return None
        counted = big and turned and self.enough(height)
        counted &= whole_rise or height >= UNSEEN_RISE * min(self.usual, self.full_range)
        if not counted and height < max(FIDGET * self.usual, 0.5 * self.min_range):
            return None
        if counted:
            self.ranges.append(height)
            self._before = (self._leave, end)
            if whole:
                self.lasted_s.append(end - self._leave)
        rest = self._valley[1] if whole_rise else min(self._valley[1], self._dip[1])
        return Span(self._leave, self._peak[0], end, rest, height, whole_rise, whole_fall, counted)
