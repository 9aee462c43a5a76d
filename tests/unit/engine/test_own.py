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
    assert np.isnan(known(1).missing(20.0, np.ones(4))).all()


@pytest.mark.parametrize("share", [0.5, 0.8, 1.0, 1.2])
def test_what_is_missing(share: float) -> None:
    by_range, by_way = known(3).missing(share * 40, share * np.array([np.nan, 0.1, 0.5, 1.0]))
    assert by_range == pytest.approx(100 * (1 - share))
    assert by_way == pytest.approx(100 * (1 - share))


def test_joints_that_hardly_move_say_nothing() -> None:
    assert known(3).missing(40.0, np.array([0.9, 0.9, 0.5, 1.0]))[1] == pytest.approx(0)


def test_joints_that_were_not_seen_leave_the_others() -> None:
    assert known(3).missing(40.0, np.array([np.nan, np.nan, np.nan, 0.5]))[1] == pytest.approx(50)
    assert np.isnan(known(3).missing(40.0, np.full(4, np.nan))[1])


def test_the_best_reps_are_the_measure() -> None:
    own = Own()
    for range_ in (10.0, 40.0, 40.0, 40.0):
        own.add(range_, np.ones(1) * range_)
    assert own.missing(20.0, np.ones(1) * 20) == pytest.approx((50, 50))
