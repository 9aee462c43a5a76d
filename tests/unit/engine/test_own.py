"""The person's own range: known after two reps, by the signal and by the joints' ways."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.engine.own import Own


def known(n: int) -> Own:
    own = Own()
    for _ in range(n):
        own.add(40.0, np.array([np.nan, 0.1, 0.5, 1.0]))
    return own


def test_one_rep_tells_nothing() -> None:
    of = known(1).missing(20.0, np.ones(4))
    assert np.isnan([of.of_range, of.of_way, of.spread]).all()


@pytest.mark.parametrize("share", [0.5, 0.8, 1.0, 1.2])
def test_what_is_missing(share: float) -> None:
    of = known(3).missing(share * 40, share * np.array([np.nan, 0.1, 0.5, 1.0]))
    assert of.of_range == pytest.approx(100 * (1 - share))
    assert of.of_way == pytest.approx(100 * (1 - share))
    assert of.spread == pytest.approx(0)


def test_joints_that_hardly_move_say_nothing() -> None:
    assert known(3).missing(40.0, np.array([0.9, 0.9, 0.5, 1.0])).of_way == pytest.approx(0)


def test_joints_that_were_not_seen_leave_the_others() -> None:
    assert known(3).missing(40.0, np.array([np.nan, np.nan, np.nan, 0.5])).of_way == pytest.approx(50)
    assert np.isnan(known(3).missing(40.0, np.full(4, np.nan)).of_way)


def test_the_best_reps_are_the_measure() -> None:
    own = Own()
    for range_ in (10.0, 40.0, 40.0, 40.0):
        own.add(range_, np.ones(1) * range_)
    of = own.missing(20.0, np.ones(1) * 20)
    assert (of.of_range, of.of_way, of.spread) == pytest.approx((50, 50, 0))


@pytest.mark.parametrize(("second", "spread"), [(40.0, 0.0), (30.0, 10.5), (20.0, 22.2)])
def test_reps_that_lie_apart(second: float, spread: float) -> None:
    """The 40th percentile of two below their 80th: 0.4 of the way between them."""
    own = Own()
    for range_ in (40.0, second):
        own.add(range_, np.ones(1))
    assert own.missing(40.0, np.ones(1)).spread == pytest.approx(spread, abs=0.05)
