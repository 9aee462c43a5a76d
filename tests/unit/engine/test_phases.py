"""A rep cut into its parts: times in closed form."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine.counter import Span
from formcheck.engine.phases import Phases, cut
from formcheck.smooth.lowpass import zero_phase
from formcheck.types import Floats

from ...skeleton import Done, Move, curve, script, share_between


def one_rep(
    move: Move, fps: float, *, profile: str = "cosine", size: float = 30.0, rest: float = 12.0, **span: Any
) -> tuple[Floats, Floats, Done, Phases]:
    """A single rep with a second of rest on both sides, cut."""
    (done,) = script([move], lead=1.0)
    t = np.arange(0, done.end + 1.0, 1 / fps)
    y = rest + size * curve(t, [done], profile)
    known: dict[str, Any] = {
        "start_s": done.start, "turn_s": done.turn, "end_s": done.end, "rest": rest, "rise": size,
        "whole_rise": True, "whole_fall": True, "counted": True,
    }  # fmt: skip
    return t, y, done, cut(t, y, Span(**(known | span)))


moves = st.builds(
    Move, up=st.floats(0.6, 3), hold=st.floats(0.1, 2), down=st.floats(0.6, 3), amp=st.just(1.0)
)
rates = st.sampled_from([15.0, 24.0, 30.0, 60.0])


class TestTimes:
    @given(moves, rates, st.sampled_from(["cosine", "linear", "minjerk"]))
    @settings(max_examples=60, deadline=None)
    def test_are_those_of_the_curve(self, move: Move, fps: float, profile: str) -> None:
        """Between 10 and 90 %: 0.590 of a cosine's time, 0.8 of a line's, 0.507 of a minimum jerk's."""
        share = share_between(profile)
        _, _, done, p = one_rep(move, fps, profile=profile)
        frame = 1 / fps
        edge = (1 - share) / 2
        assert p.lift_s == pytest.approx(share * move.up, abs=frame)
        assert p.return_s == pytest.approx(share * move.down, abs=frame)
        assert p.hold_s == pytest.approx(move.hold + edge * (move.up + move.down), abs=frame)
        assert p.start_s == pytest.approx(done.start + edge * move.up, abs=frame)
        assert p.end_s == pytest.approx(done.end - edge * move.down, abs=frame)
        middle = (done.start + (1 - edge) * move.up + done.end - (1 - edge) * move.down) / 2
        assert p.turn_s == pytest.approx(middle, abs=frame)

    def test_closed_forms(self) -> None:
        assert share_between("cosine") == pytest.approx(0.590, abs=0.001)
        assert share_between("minjerk") == pytest.approx(0.507, abs=0.001)
        assert share_between("linear") == pytest.approx(0.8, abs=1e-4)

    @pytest.mark.parametrize("fps", [15, 30, 60])
    @pytest.mark.parametrize("offset", [-500.0, 0.0, 500.0])
    @pytest.mark.parametrize("size", [0.5, 30.0, 2000.0])
    def test_do_not_depend_on_the_unit(self, fps: float, offset: float, size: float) -> None:
        move = Move(1.2, 0.5, 1.5)
        _, _, _, here = one_rep(move, fps)
        _, _, _, there = one_rep(move, fps, rest=offset, size=size)
        assert (here.lift_s, here.hold_s, here.return_s) == pytest.approx(
            (there.lift_s, there.hold_s, there.return_s), abs=1e-6
        )

    def test_survive_the_filter(self) -> None:
        """A calm rep through the 4 Hz low-pass keeps its tempo within a frame."""
        move = Move(2.0, 1.0, 2.0)
        t, y, done, p = one_rep(move, 30)
        noisy = y + np.random.default_rng(0).normal(0, 0.5, len(t))
        q = cut(
            t, zero_phase(t, noisy, 4.0), Span(done.start, done.turn, done.end, 12.0, 30.0, True, True, True)
        )
        assert q.lift_s == pytest.approx(p.lift_s, abs=0.1)
        assert q.return_s == pytest.approx(p.return_s, abs=0.1)

    def test_are_missing_where_a_side_was_not_seen(self) -> None:
        t, y, done, _ = one_rep(Move(1.5, 0.5, 1.5), 30)
        span = Span(
            done.start + 0.75,
            done.turn,
            done.end,
            12.0,
            30.0,
            whole_rise=False,
            whole_fall=True,
            counted=True,
        )
        late = t >= done.start + 0.75
        p = cut(t[late], y[late], span)
        assert np.isnan(p.lift_s)
        assert p.return_s == pytest.approx(0.59 * 1.5, abs=1 / 30)
        span = Span(
            done.start,
            done.turn,
            done.end - 0.75,
            12.0,
            30.0,
            whole_rise=True,
            whole_fall=False,
            counted=True,
        )
        early = t <= done.end - 0.75
        q = cut(t[early], y[early], span)
        assert np.isnan(q.return_s)
        assert q.lift_s == pytest.approx(0.59 * 1.5, abs=1 / 30)

    def test_tempo_names_the_lift_concentric_whichever_half_it_is(self) -> None:
        _, _, _, p = one_rep(Move(0.8, 0.4, 2.4), 60)
        up, down = p.tempo(lift_first=True), p.tempo(lift_first=False)
        assert (up.concentric_s, up.eccentric_s) == (down.eccentric_s, down.concentric_s)
        assert up.concentric_s < up.eccentric_s
        assert up.hold_s == down.hold_s


class TestMasks:
    @given(moves, rates)
    @settings(max_examples=40, deadline=None)
    def test_cover_the_rep_in_order(self, move: Move, fps: float) -> None:
        t, y, done, p = one_rep(move, fps)
        m = p.masks
        level = (y - 12.0) / 30.0
        assert (level[m["rest"]] < 0.16).all()
        assert (level[m["top"]] > 0.79).all()
        assert (level[m["turn"]] > 0.94).all()
        assert (m["turn"] <= m["top"]).all()
        assert (m["top"] <= m["move"]).all()
        assert (m["lift"] <= m["move"]).all()
        assert (m["return"] <= m["move"]).all()
        assert t[m["lift"]].max() <= t[m["return"]].min()
        assert t[m["move"]].min() >= done.start - 1 / fps
        assert t[m["move"]].max() <= done.end + 1 / fps
        assert m["rest"][0]
        assert m["rest"][-1]

    def test_progress_runs_from_nothing_to_one(self) -> None:
        _, y, _, p = one_rep(Move(), 30)
        assert p.progress == pytest.approx((y - 12.0) / 30.0, abs=0.01)

    def test_rest_does_not_reach_into_the_neighbours(self) -> None:
        """Three reps in a window: the rest of the middle one is only what touches it."""
        done = script([Move(1, 0.3, 1, 0.8)] * 3, lead=0.5)
        t = np.arange(0, done[-1].end + 0.5, 1 / 30)
        y = 30 * curve(t, done)
        d = done[1]
        p = cut(t, y, Span(d.start, d.turn, d.end, 0.0, 30.0, True, True, True))
        rested = t[p.masks["rest"]]
        assert rested.min() > done[0].end - 0.4
        assert rested.max() < done[2].start + 0.4
        assert p.turn_s == pytest.approx(d.turn, abs=1 / 30)

    def test_holes_in_the_curve_are_no_rest(self) -> None:
        t, y, done, _ = one_rep(Move(), 30)
        y[10:20] = np.nan
        p = cut(t, y, Span(done.start, done.turn, done.end, 12.0, 30.0, True, True, True))
        assert not p.masks["rest"][10:20].any()
        assert p.lift_s == pytest.approx(0.59 * 1.2, abs=1 / 30)
