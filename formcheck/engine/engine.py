"""The engine: poses in, events out. Causal, whatever the poses come from."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace

import numpy as np

from formcheck.engine import control, judge, phases, score, stroke
from formcheck.engine.belongs import belongs
from formcheck.engine.counter import Counter, Span
from formcheck.engine.events import Counted, Event, Judged
from formcheck.engine.history import History, frame_window
from formcheck.engine.own import Own
from formcheck.engine.peers import Peers
from formcheck.features import side as sides
from formcheck.features import variant
from formcheck.features import view as views
from formcheck.features.body import Window, median
from formcheck.features.signals import evaluate
from formcheck.geometry import Bools, Floats
from formcheck.smooth.lowpass import running_median, zero_phase
from formcheck.smooth.outliers import clean
from formcheck.spec import Exercise, Fitted, Measure
from formcheck.types import Rep, Side, Verdict

#: How far a rep's analysis looks beyond its start and end, s: enough for a baseline.
MARGIN_S = 0.7
#: The verdict waits for the rest after the rep: this long after the signal has come to rest, and at most
#: that long after the count, s. Slow lowering needs 0.4 s from the count to the rest.
SETTLE_S, PATIENCE_S = 0.15, 1.0
#: At rest again, as a share of the rise.
SETTLED = 0.1
#: A set is over after this pause or 2.5 usual reps, whichever is longer, s (docs/thresholds.md, Counting).
SET_PAUSE_S = 6.0
#: A drop of this share of the rep's range below the median is no movement.
MIXED = 0.12
#: The scale of the picture is the median of so many looks, one each so many seconds: 8 s. From the front, the
#: trunk of a crouching person reads a third larger than standing.
SCALE_MANY, SCALE_EVERY_S = 40, 0.2
#: What is left of the evidence for the working side with the next rep: a clear rep overrules all before it,
#: an unclear one is taken for what they were.
SIDE_MEMORY = 0.45
#: What must be left of the least range in the filtered signal, for a rep and for a partial one: white noise
#: of 3 px once read as 18° and was 10° filtered.
REAL, REAL_PARTIAL = 0.8, 0.5

#: What whole reps have read, by side and measure.
Read = dict[str, dict[Measure, list[float]]]
#: The percentile of these that a reading is held against, of five the least: of more, that may be a slip of
#: the landmarks (against the least of all, six more people had 23 primary faults called wrongly and 54
#: rightly; with this 13 and 54).
BETTER = 20


@dataclass(slots=True)
class _Waiting:
    """A movement that is counted and not yet judged."""

    span: Span
    since_s: float
    set: int
    index: int
    side: str
    rested_s: float = float("inf")

    def due(self, t: float, value: float, *, moving: bool) -> bool:
        """Whether enough has been seen after it."""
        if value <= self.span.rest + SETTLED * self.span.rise:
            self.rested_s = min(self.rested_s, t)
        return moving or t - self.rested_s >= SETTLE_S or t - self.since_s >= PATIENCE_S


@dataclass(slots=True)
class _Set:
    """The set in progress."""

    number: int = 1
    index: int = 0
    side: str = ""
    last_end_s: float = float("-inf")
    spans_s: deque[float] = field(default_factory=lambda: deque(maxlen=5))
    own: dict[str, Own] = field(default_factory=dict)  # of each side
    read: Read = field(default_factory=dict)


class Engine:
    """Counts and judges one exercise.

    Args:
        exercise: Already with the limits of the wanted strictness.
        side: "left", "right" or "auto".
        ignore: Fault ids that are neither judged nor reported.
        usual: Height of this person's reps in the counted signal, where it is known from before; NaN else.
        read: What `Engine.read` was when the same reps were played before.
        peers: What `Engine.peers` was then.
    """

    def __init__(
        self,
        exercise: Exercise,
        *,
        side: str = "auto",
        ignore: frozenset[str] = frozenset(),
        usual: float = float("nan"),
        read: Read | None = None,
        peers: Peers | None = None,
    ) -> None:
        self.exercise = exercise
        self.ignore = ignore
        self._fixed = side if side in ("left", "right") else ""
        self._side = self._fixed or "left"
        self._lean = 0.0  # evidence of the reps so far for the left side
        self._last_t = float("nan")
        cycle = exercise.reps
        self.counter = Counter(
            cycle.min_range,
            cycle.full_range,
            min_s=cycle.min_s,
            max_s=cycle.max_s,
            size=cycle.degrees,
            partial=cycle.partial,
            median_s=cycle.median_s,
            usual=usual,
            flows=cycle.flows,
        )
        #: The movements that passed every gate of the exercise.
        self.peers = deepcopy(peers) if peers else Peers()
        #: Heights of the counted reps in the counted signal.
        self.rises: list[float] = []
        self.history = History(cycle.max_s + MARGIN_S + 2 * PATIENCE_S)
        before = {
            side: {of: [*values] for of, values in known.items()} for side, known in (read or {}).items()
        }
        self._set = _Set(read=before)
        self._waiting: _Waiting | None = None
        self._torsos: deque[tuple[float, float]] = deque(maxlen=SCALE_MANY)
        self._torso = float("nan")
        self._origin = np.full(2, np.nan)  # where in the picture the person was first seen, px
        #: What each counted rep says of the exercise's variants, see `features.variant`.
        self.variants: list[Floats] = []

    @property
    def side(self) -> str:
        """The side that is taken for the working one now."""
        return self._side

    @property
    def read(self) -> Read:
        """What the person's whole reps have read: what may be the body's build is held against it."""
        return self._set.read

    def update(self, t: float, image: Floats, world: Floats) -> list[Event]:
        """Takes one pose.

        Args:
            t: Seconds, after the last call's.
            image: ``(33, 4)`` px, px, px, visibility; NaN = missing.
            world: ``(33, 3)`` metres.
        """
        self.history.add(t, image, world)
        self._last_t = t
        span = self.counter.update(t, *self._value(t, image, world))
        events: list[Event] = []
        if self._waiting and (span or self._waiting.due(t, self.counter.value, moving=self.counter.moving)):
            events += self._judge(t)
        if span:
            events += self._take(span, t)
        return events

    def finish(self) -> list[Event]:
        """The source is over."""
        events: list[Event] = self._judge(self._last_t) if self._waiting else []
        span = self.counter.finish()
        if span:
            events += self._take(span, self._last_t)
        if self._waiting:
            events += self._judge(self._last_t)
        return events

    # -- the pieces

    def _value(self, t: float, image: Floats, world: Floats) -> tuple[float, tuple[float, ...]]:
        """The counted signal of one pose and its parts, at the scale of the last seconds.

        A single pose's scale wobbles. Places are told from where the person was first seen: in torsos from
        the picture's edge, hips that stay move by a quarter of a torso when the scale changes by 5 %.
        """
        window = frame_window(image, world, t, self._side)
        if np.isnan(self._origin).any():
            self._origin = window.points("hips")[0]
        if np.isfinite(self._origin).all():
            window.xy = window.xy - self._origin
        if not self._torsos or t - self._torsos[-1][0] >= SCALE_EVERY_S:
            torso = window.torso
            if np.isfinite(torso):
                self._torsos.append((t, torso))
                sizes = sorted(size for _, size in self._torsos)
                self._torso = sizes[len(sizes) // 2]
        window.__dict__["torso"] = self._torso  # takes the place of the cached property
        signal = self.exercise.reps.signal
        if not isinstance(signal, Fitted):
            return float(evaluate(signal, window)[0]), ()
        parts = [weight * float(evaluate(part, window)[0]) for weight, part in signal.terms]
        return signal.offset + sum(parts), tuple(len(parts) * part for part in parts)

    def _window(self, start_s: float, end_s: float, side: str) -> Window:
        """Cleaned and zero-phase filtered poses of a stretch."""
        t, image, world = self.history.between(start_s, end_s)
        if self.exercise.side == "upper":
            image, world = sides.put_back(image, world)
        image, world = clean(t, image.astype(np.float64), world.astype(np.float64))
        hz = self.exercise.reps.smooth_hz
        xy = zero_phase(t, image[..., :2], hz)
        return Window(t.copy(), xy, image[..., 3], zero_phase(t, world, hz), side)

    def _take(self, span: Span, t: float) -> list[Event]:
        """A movement is over: is it one of this exercise? Then it is counted at once."""
        window, cut = self._analyse(span, t + 1e-6, self._side)
        lean, side = self._working(window, cut)
        learnt = span.counted
        turned_over = self._turned_over(span, side) and span.rise >= self.exercise.reps.min_range
        if turned_over:
            span = replace(span, counted=True)
        real = self._large(span, window, cut)
        if not (real and belongs(self.exercise, window.on_side(side), cut, span, self.peers)):
            if learnt:
                self.counter.forget()
            return []
        if turned_over:
            # The other side is seen from elsewhere: what was usual says nothing about it.
            self.counter.relearn(span.rise)
        self._lean, self._side = lean, side
        self._begin_set(span, side)
        if span.counted:
            self._set.index += 1
            self.rises.append(span.rise)
            self._set.spans_s.append(span.end_s - span.start_s)
        self._waiting = _Waiting(span, t, self._set.number, self._set.index if span.counted else 0, side)
        return [Counted(t, self._set.number, self._set.index)] if span.counted else []

    def _turned_over(self, span: Span, side: str) -> bool:
        """Whether a set of the other side begins, after a pause."""
        if self.exercise.side in ("both", "alternating") or self._set.side in ("", side):
            return False
        return span.start_s - self._set.last_end_s > SET_PAUSE_S

    def _analyse(self, span: Span, end_s: float, side: str) -> tuple[Window, phases.Phases]:
        window = self._window(span.start_s - MARGIN_S, end_s, side)
        cut = phases.cut(window.t, self._curve(window), span)
        return window.with_rest(cut.masks["rest"]), cut

    def _curve(self, window: Window) -> Floats:
        """The counted signal of a window without short dips; a median keeps the edges' times."""
        return running_median(
            window.t, evaluate(self.exercise.reps.signal, window), self.exercise.reps.median_s
        )

    def _mixed(self, window: Window, cut: phases.Phases) -> Bools:
        """Frames of the upper half in which the signal drops away from its own median: legs mixed up.

        A swing's sharp peak lies above its median and is a movement.
        """
        raw = evaluate(self.exercise.reps.signal, window)
        y = self._curve(window)
        rise = np.nanmax(y, initial=-np.inf) - np.nanmin(y, initial=np.inf)
        return np.asarray((y - raw > MIXED * rise) & cut.masks["move"] & (cut.progress > 0.5))

    def _large(self, span: Span, window: Window, cut: phases.Phases) -> bool:
        """Whether the movement is still there after filtering: noise is not."""
        least = self.exercise.reps.min_range
        return self._rise(cut, window, span) >= (REAL if span.counted else REAL_PARTIAL) * least

    def _working(self, window: Window, cut: phases.Phases) -> tuple[float, str]:
        """The evidence so far for the left side, this rep's included, and the side that it speaks for."""
        if self._fixed:
            return self._lean, self._fixed
        if self.exercise.side == "both":
            # No side works more: read the leg that the camera sees better.
            sight = {
                s: median(window.on_side(s).seen("knee") + window.on_side(s).seen("ankle"))
                for s in ("left", "right")
            }
            return 0.0, max(sight, key=lambda s: sight[s])
        memory = 0.0 if self.exercise.side == "alternating" else SIDE_MEMORY
        lean = memory * self._lean + sides.evidence(self.exercise.side, window, cut.masks)
        return lean, "left" if lean > 0 else "right"

    def _begin_set(self, span: Span, side: str) -> None:
        now = self._set
        usual = median(np.array(now.spans_s)) if now.spans_s else 0.0
        paused = span.start_s - now.last_end_s > max(SET_PAUSE_S, 2.5 * usual)
        changed = now.side not in ("", side) and self.exercise.side not in ("both", "alternating")
        if now.side and (paused or changed):
            self._set = _Set(number=now.number + 1, own=now.own, read=now.read)
        self._set.side = side

    def _judge(self, t: float) -> list[Event]:
        """The verdicts of the movement that was just taken."""
        assert self._waiting is not None
        waiting, self._waiting = self._waiting, None
        span, number, index, side = waiting.span, waiting.set, waiting.index, waiting.side
        window, cut = self._analyse(span, min(t + 1e-6, span.end_s + PATIENCE_S), side)
        view = views.estimate(window, self.exercise)
        rise = self._rise(cut, window, span)
        if self.exercise.variants and span.counted:
            self.variants.append(variant.readings(self.exercise, window, cut.masks))
        range_, ways = self.exercise.reps.degrees(rise), stroke.ways(window, cut)
        own = self._set.own.setdefault(side, Own())
        read = self._set.read.setdefault(side, {})
        found = judge.verdicts(self.exercise, window, cut, view, _better(read))
        if span.counted:  # a partial rep reads little of everything
            for of, value in judge.readings(self.exercise, found).items():
                read.setdefault(of, []).append(value)
        found += control.judge(
            self.exercise,
            window,
            cut,
            mixed=self._mixed(window, cut),
            missing=own.missing(range_, ways),
            first=index == 1,
            since_last_s=cut.start_s - self._set.last_end_s
            if np.isfinite(self._set.last_end_s)
            else float("nan"),
        )
        if span.counted:
            own.add(range_, ways)
        kept = tuple(v for v in found if v.fault not in self.ignore)
        self._set.last_end_s = cut.end_s
        return [Judged(t, self._rep(span, cut, number, index, side, rise, kept), view)]

    def settled(self, rep: Rep) -> Rep:
        """A rep of this set with what was too close to call when it was done and is not any more."""
        side = self._set.side if rep.side is Side.BOTH else rep.side.value
        better = _better(self._set.read.get(side, {}))
        kept = tuple(judge.settled(self.exercise, verdict, better) for verdict in rep.verdicts)
        return replace(
            rep, verdicts=kept, score=score.of_rep(self.exercise, kept) if rep.counted else rep.score
        )

    def _rep(
        self,
        span: Span,
        cut: phases.Phases,
        number: int,
        index: int,
        side: str,
        rise: float,
        kept: tuple[Verdict, ...],
    ) -> Rep:
        cycle = self.exercise.reps
        return Rep(
            set=number,
            index=index,
            side=Side.BOTH if self.exercise.side == "both" else Side(side),
            start_s=round(cut.start_s, 3),
            turn_s=round(cut.turn_s, 3),
            end_s=round(cut.end_s, 3),
            counted=span.counted,
            range=round(cycle.degrees(rise), 1),
            tempo=cut.tempo(lift_first=cycle.lift_first),
            score=score.of_rep(self.exercise, kept) if span.counted else None,
            verdicts=kept,
        )

    def _rise(self, cut: phases.Phases, window: Window, span: Span) -> float:
        y = self._curve(window)
        rest = y[cut.masks["rest"]]
        top = y[cut.masks["top"]]
        if not np.isfinite(top).any():
            return 0.0
        return float(np.nanmax(top)) - (median(rest) if rest.size else span.rest)


def _better(read: Mapping[Measure, list[float]]) -> dict[Measure, float]:
    """Of each measure what the better of the whole reps have read."""
    return {of: float(np.percentile(values, BETTER, method="lower")) for of, values in read.items()}
