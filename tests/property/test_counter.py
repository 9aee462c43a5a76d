"""The counter, against curves whose number of reps is known by construction."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine.counter import Counter, Span
from formcheck.types import Floats

from ..skeleton import Done, Move, curve, script

LEAST, FULL = 10.0, 30.0


def counter() -> Counter:
    return Counter(LEAST, FULL, min_s=0.5, max_s=12.0)


def feed(t: Floats, y: Floats, *, end: bool = True, c: Counter | None = None) -> list[Span]:
    c = c or counter()
    spans = [s for a, b in zip(t, y, strict=True) if (s := c.update(float(a), float(b)))]
    last = c.finish() if end else None
    return [*spans, last] if last else spans


def counted(spans: Sequence[Span]) -> int:
    return sum(s.counted for s in spans)


def draw_curve(
    moves: Sequence[Move], fps: float, *, lead: float = 1.0, tail: float = 1.0, profile: str = "cosine"
) -> tuple[Floats, Floats, tuple[Done, ...]]:
    """Times and heights: the amplitude of a move is its size in the signal's unit."""
    done = script(moves, lead=lead)
    t = np.arange(0, (done[-1].end if done else lead) + tail, 1 / fps)
    return t, curve(t, done, profile), done


tempos = st.builds(
    Move,
    up=st.floats(0.4, 3.0),
    hold=st.floats(0.0, 2.0),
    down=st.floats(0.4, 3.0),
    rest=st.floats(0.0, 6.0),
    amp=st.just(1.0),
)
fidgets = st.builds(
    Move,
    up=st.floats(0.2, 1),
    hold=st.floats(0, 1),
    down=st.floats(0.2, 1),
    rest=st.floats(0.1, 2),
    amp=st.floats(0.05, 0.95),
)
profiles = st.sampled_from(["cosine", "minjerk", "linear"])


class TestCounts:
    @given(
        st.lists(tempos, min_size=1, max_size=8),
        st.floats(12, 90),
        st.sampled_from([10.0, 15.0, 24.0, 29.97, 60.0]),
        st.floats(-100, 100),
        profiles,
    )
    @settings(max_examples=60, deadline=None)
    def test_every_rep_of_any_tempo_range_and_rate(
        self, moves: list[Move], size: float, fps: float, offset: float, profile: str
    ) -> None:
        t, y, done = draw_curve(moves, fps, profile=profile)
        spans = feed(t, offset + size * y)
        assert counted(spans) == len(spans) == len(moves)
        for span, d in zip(spans, done, strict=True):
            assert d.start - 0.1 <= span.start_s <= d.start + d.move.up
            assert d.start + d.move.up * 0.7 <= span.turn_s <= d.end - d.move.down * 0.7
            assert span.end_s <= d.end + 1 / fps + 1e-6
            assert span.rise == pytest.approx(size, rel=0.12)
            assert span.whole_rise

    @given(
        st.integers(1, 12),
        st.floats(14, 60),
        st.integers(0, 10_000),
        st.floats(0, 0.04),
        st.floats(-0.1, 0.1),
    )
    @settings(max_examples=40, deadline=None)
    def test_with_noise_and_a_rest_that_wanders(
        self, n: int, size: float, seed: int, noise: float, drift: float
    ) -> None:
        """Noise of 4 % of the range; a rest that rises or falls by up to a tenth of the range a rep."""
        rng = np.random.default_rng(seed)
        moves = [
            Move(
                rng.uniform(0.6, 2),
                rng.uniform(0, 1),
                rng.uniform(0.6, 2),
                rng.uniform(0.3, 2),
                rng.uniform(0.9, 1.1),
            )
            for _ in range(n)
        ]
        t, y, done = draw_curve(moves, 30)
        per_s = drift * n / done[-1].end
        assert counted(feed(t, size * (y + per_s * t + rng.normal(0, noise, len(t))))) == n

    @pytest.mark.parametrize("rest", [0.0, 0.2, 1.0, 5.0, 30.0, 120.0])
    def test_after_a_rest_of_any_length(self, rest: float) -> None:
        t, y, _ = draw_curve([Move(rest=rest)] * 4, 20)
        assert counted(feed(t, 30 * y)) == 4

    def test_while_the_range_fades(self) -> None:
        """Fatigue: each rep 7 % smaller than the one before, to less than a half of the first."""
        moves = [Move(amp=0.93**k) for k in range(12)]
        assert counted(feed(*draw_curve(moves, 30)[:2], c=counter())) == 0, "below the least range"
        t, y, _ = draw_curve(moves, 30)
        assert counted(feed(t, 40 * y)) == 12

    @pytest.mark.parametrize("size", [12.0, 18.0, 30.0, 60.0, 120.0])
    def test_in_the_persons_own_range(self, size: float) -> None:
        t, y, _ = draw_curve([Move()] * 6, 30)
        assert counted(feed(t, size * y)) == 6

    @pytest.mark.parametrize("step", [-0.25, 0.1, 0.25])
    def test_when_the_person_settles_elsewhere(self, step: float) -> None:
        """After the third rep the rest lies higher or lower by a share of the range."""
        t, y, done = draw_curve([Move(rest=1.5)] * 6, 30)
        shift = np.clip((t - done[2].end) / 0.8, 0, 1) * step
        assert counted(feed(t, 30 * (y + shift))) == 6

    @given(st.floats(0.05, 0.35), st.floats(0.3, 1.2), st.sampled_from([15.0, 30.0, 60.0]))
    @settings(max_examples=40, deadline=None)
    def test_a_top_with_two_humps_once(self, dip: float, width: float, fps: float) -> None:
        t, y, done = draw_curve([Move(1.0, 2.0, 1.0, 1.0)] * 3, fps)
        for d in done:
            u = np.clip((t - d.turn) / width, -0.5, 0.5)
            y = y - dip * (1 + np.cos(2 * np.pi * u)) / 2
        assert counted(feed(t, 30 * y)) == 3


class TestDoesNotCount:
    @given(st.integers(0, 10_000), st.floats(0, 1.2), st.sampled_from([10.0, 30.0, 60.0]))
    @settings(max_examples=40, deadline=None)
    def test_stillness(self, seed: int, noise: float, fps: float) -> None:
        t = np.arange(0, 30, 1 / fps)
        y = np.random.default_rng(seed).normal(20, noise, len(t))
        assert feed(t, y) == []

    @given(st.lists(fidgets, min_size=1, max_size=10))
    @settings(max_examples=60, deadline=None)
    def test_fidgeting_below_the_least_range(self, moves: list[Move]) -> None:
        t, y, _ = draw_curve(moves, 30)
        assert counted(feed(t, LEAST * y)) == 0

    @pytest.mark.parametrize("per_s", [-20.0, -1.0, -0.2, 0.2, 1.0, 5.0, 20.0])
    def test_drifting_one_way(self, per_s: float) -> None:
        t = np.arange(0, 60, 1 / 30)
        assert counted(feed(t, per_s * t)) == 0

    def test_changing_place_for_good(self) -> None:
        """Up once and never down again: sat down, lay down."""
        t = np.arange(0, 60, 1 / 30)
        assert counted(feed(t, 40 * np.clip((t - 5) / 2, 0, 1))) == 0

    @pytest.mark.parametrize("share", [0.36, 0.42, 0.47])
    def test_a_partial_rep_which_is_told(self, share: float) -> None:
        t, y, done = draw_curve([Move(), Move(), Move(), Move(amp=share), Move()], 30)
        spans = feed(t, 40 * y)
        assert [s.counted for s in spans] == [True, True, True, False, True]
        assert spans[3].turn_s == pytest.approx(done[3].turn, abs=0.4)
        assert spans[3].rise == pytest.approx(40 * share, rel=0.02)

    @pytest.mark.parametrize("share", [0.55, 0.7])
    def test_a_short_rep_is_a_rep(self, share: float) -> None:
        t, y, _ = draw_curve([Move(), Move(), Move(), Move(amp=share), Move()], 30)
        assert counted(feed(t, 40 * y)) == 5

    def test_partials_do_not_teach_what_is_usual(self) -> None:
        moves = [Move()] * 3 + [Move(amp=0.4)] * 12 + [Move()]
        t, y, _ = draw_curve(moves, 20)
        assert [s.counted for s in feed(t, 40 * y)] == [True] * 3 + [False] * 12 + [True]

    def test_a_twitch_that_is_too_short(self) -> None:
        t, y, _ = draw_curve([Move(0.1, 0.05, 0.1)] * 5, 60)
        assert counted(feed(t, 40 * y)) == 0

    def test_a_hold_that_is_too_long(self) -> None:
        t, y, _ = draw_curve([Move(1, 15, 1), Move(), Move()], 20)
        assert counted(feed(t, 40 * y)) == 2


class TestCut:
    """A recording may begin or end inside a rep: it counts when the turn and one whole side were seen."""

    def begun(self, share: float, profile: str = "cosine") -> int:
        """Reps of three when the recording begins at a share of the first one's rising time."""
        t, y, done = draw_curve([Move(1.5, 0.5, 1.5, 1.0)] * 3, 30, profile=profile)
        kept = t >= done[0].start + share * 1.5
        return counted(feed(t[kept], 30 * y[kept]))

    @given(st.floats(0.05, 0.55), profiles)
    @settings(max_examples=40, deadline=None)
    def test_begins_inside_a_rise(self, share: float, profile: str) -> None:
        assert self.begun(share, profile) == 3

    @pytest.mark.parametrize("share", [0.6, 0.68, 0.72])
    def test_begins_late_in_a_rise(self, share: float) -> None:
        """18 to 35 % of the height are left, then the turn and the whole fall."""
        assert self.begun(share) == 3

    @given(st.floats(0.15, 0.9), profiles)
    @settings(max_examples=40, deadline=None)
    def test_begins_inside_a_fall(self, share: float, profile: str) -> None:
        """The turn was not seen."""
        t, y, done = draw_curve([Move(1.5, 0.5, 1.5, 1.0)] * 3, 30, profile=profile)
        kept = t >= done[0].end - (1 - share) * 1.5
        assert counted(feed(t[kept], 30 * y[kept])) == 2

    @given(st.floats(0.6, 0.99), profiles)
    @settings(max_examples=40, deadline=None)
    def test_ends_inside_a_fall(self, share: float, profile: str) -> None:
        t, y, done = draw_curve([Move(1.5, 0.5, 1.5, 1.0)] * 3, 30, profile=profile)
        kept = t <= done[-1].end - (1 - share) * 1.5
        spans = feed(t[kept], 30 * y[kept])
        assert counted(spans) == 3
        assert spans[-1].end_s == pytest.approx(min(t[kept][-1], spans[-1].end_s))

    @given(st.floats(0.01, 0.3), profiles)
    @settings(max_examples=40, deadline=None)
    def test_ends_right_after_the_turn(self, share: float, profile: str) -> None:
        """Nobody knows yet whether it comes back."""
        t, y, done = draw_curve([Move(1.5, 0.5, 1.5, 1.0)] * 3, 30, profile=profile)
        kept = t <= done[-1].end - (1 - share) * 1.5
        assert counted(feed(t[kept], 30 * y[kept])) == 2

    @given(st.floats(0.05, 1.0), profiles)
    @settings(max_examples=40, deadline=None)
    def test_ends_before_the_turn(self, share: float, profile: str) -> None:
        t, y, done = draw_curve([Move(1.5, 0.5, 1.5, 1.0)] * 3, 30, profile=profile)
        kept = t <= done[-1].start + share * 1.5
        assert counted(feed(t[kept], 30 * y[kept])) == 2

    def test_ends_at_the_top(self) -> None:
        t, y, done = draw_curve([Move(1.5, 1.0, 1.5)] * 3, 30)
        kept = t <= done[-1].turn
        assert counted(feed(t[kept], 30 * y[kept])) == 2

    def test_a_single_rep_that_fills_the_recording(self) -> None:
        t, y, _ = draw_curve([Move()], 30, lead=0.0, tail=0.0)
        assert counted(feed(t, 30 * y)) == 1


class TestGaps:
    def test_a_short_gap_anywhere(self) -> None:
        t, y, done = draw_curve([Move()] * 3, 30)
        for at in np.arange(0.5, done[-1].end, 0.35):
            hole = np.where((t >= at) & (t < at + 0.4), np.nan, 30 * y)
            assert counted(feed(t, hole)) == 3, f"gap at {at:.2f} s"

    def test_a_long_gap_in_the_rest(self) -> None:
        t, y, done = draw_curve([Move(rest=6)] * 3, 30)
        hole = np.where((t >= done[0].end + 1) & (t < done[1].start - 1), np.nan, 30 * y)
        assert counted(feed(t, hole)) == 3

    def test_a_long_gap_costs_only_its_own_rep(self) -> None:
        t, y, done = draw_curve([Move(2, 1, 2, 1)] * 4, 30)
        hole = np.where((t >= done[1].turn) & (t < done[1].turn + 3), np.nan, 30 * y)
        assert counted(feed(t, hole)) in (3, 4)

    def test_two_halves_on_both_sides_of_a_long_gap_are_no_rep(self) -> None:
        """Before the gap a rise, after it a fall: the turn was never seen."""
        t, y, done = draw_curve([Move(1.5, 6, 1.5, 1)], 30)
        hole = np.where((t >= done[0].start + 1.5) & (t < done[0].end - 1.2), np.nan, 30 * y)
        assert counted(feed(t, hole)) == 0

    def test_nothing_but_gaps(self) -> None:
        assert feed(np.arange(100) / 30, np.full(100, np.nan)) == []
        assert counter().finish() is None
        assert np.isnan(counter().rest)


@st.composite
def wild(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """Any curve at all, with holes and uneven times."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    n = draw(st.integers(2, 400))
    t = np.cumsum(rng.uniform(0.01, draw(st.sampled_from([0.05, 0.2, 1.0])), n))
    steps = rng.normal(0, draw(st.sampled_from([1.0, 5.0, 20.0])), n)
    y = np.cumsum(steps) * rng.choice([0.2, 1.0]) + 40 * np.sin(t * rng.uniform(0.2, 6))
    y[rng.uniform(size=n) < draw(st.sampled_from([0.0, 0.1]))] = np.nan
    return t, np.round(y, 3)


class TestWhateverComes:
    @given(wild())
    @settings(max_examples=60, deadline=None)
    def test_spans_are_in_order_and_never_overlap(self, case: tuple[Floats, Floats]) -> None:
        t, y = case
        before = -np.inf
        for span in feed(t, y):
            assert before <= span.start_s < span.turn_s <= span.end_s <= t[-1]
            assert span.rise > 0
            assert np.isfinite(span.rest)
            if span.counted:
                assert span.rise >= LEAST
            before = span.end_s

    @given(wild(), st.sampled_from([0.125, 0.5, 4.0]))
    @settings(max_examples=40, deadline=None)
    def test_the_unit_does_not_matter(self, case: tuple[Floats, Floats], factor: float) -> None:
        t, y = case
        here = feed(t, y)
        there = feed(t, y * factor, c=Counter(LEAST * factor, FULL * factor, min_s=0.5, max_s=12.0))
        assert [(s.start_s, s.turn_s, s.end_s, s.counted) for s in here] == [
            (s.start_s, s.turn_s, s.end_s, s.counted) for s in there
        ]
        assert [s.rise * factor for s in here] == pytest.approx([s.rise for s in there])

    @given(wild(), st.integers(-1000, 1000))
    @settings(max_examples=50, deadline=None)
    def test_nor_does_the_beginning_of_time(self, case: tuple[Floats, Floats], offset: int) -> None:
        t, y = case
        t = np.round(t * 64) / 64  # exact in binary, so that adding a whole number changes nothing
        t, which = np.unique(t, return_index=True)
        here, there = feed(t, y[which]), feed(t + offset, y[which])
        assert [(s.start_s + offset, s.end_s + offset, s.counted) for s in here] == [
            (s.start_s, s.end_s, s.counted) for s in there
        ]

    @given(wild(), st.floats(0, 1))
    @settings(max_examples=50, deadline=None)
    def test_what_was_told_stays_told(self, case: tuple[Floats, Floats], share: float) -> None:
        t, y = case
        k = int(share * len(t))
        told, all_of_it = feed(t[:k], y[:k], end=False), feed(t, y, end=False)
        assert told == all_of_it[: len(told)]


@given(
    seconds=st.floats(0.1, 0.4),
    where=st.floats(0.0, 0.5),
    fps=st.sampled_from([15.0, 25.0, 30.0]),
    depth=st.floats(0.6, 1.0),
)
def test_legs_put_on_one_point_for_a_moment_do_not_cut_a_rep(
    seconds: float, where: float, fps: float, depth: float
) -> None:
    moves = [Move(up=1.2, hold=1.0, down=1.2, rest=0.8, amp=FULL)] * 5
    t, y, done = draw_curve(moves, fps)
    for rep in done:
        begin = rep.start + rep.move.up + where
        y[(t >= begin) & (t < begin + seconds)] *= 1 - depth
    assert counted(feed(t, y)) == len(moves)


@pytest.mark.parametrize("fps", [15.0, 25.0, 30.0])
@pytest.mark.parametrize("stroke_s", [0.3, 0.4, 0.5])
def test_quick_swings_are_not_taken_for_one(fps: float, stroke_s: float) -> None:
    moves = [Move(up=stroke_s, hold=0.15, down=stroke_s, rest=0.5, amp=FULL)] * 6
    t, y, _ = draw_curve(moves, fps)
    assert counted(feed(t, y)) == len(moves)


@pytest.mark.parametrize("fps", [15.0, 25.0, 30.0])
@pytest.mark.parametrize("stroke_s", [0.2, 0.25])
def test_where_reps_flow_a_quick_change_of_sides_is_no_collapse(fps: float, stroke_s: float) -> None:
    moves = [Move(up=0.25, hold=0.7, down=stroke_s, rest=0.15, amp=FULL)] * 6
    t, y, _ = draw_curve(moves, fps)
    c = Counter(LEAST, FULL, min_s=0.5, max_s=12.0, median_s=0.2, flows=True)
    assert counted(feed(t, y, c=c)) == len(moves)
