from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.smooth.one_euro import OneEuro


class Published:
    """The algorithm of the paper, one number at a time, written from its formulas."""

    def __init__(self, min_cutoff: float, beta: float, d_cutoff: float) -> None:
        self.min_cutoff, self.beta, self.d_cutoff = min_cutoff, beta, d_cutoff
        self.x: float | None = None
        self.dx = 0.0
        self.t = 0.0

    @staticmethod
    def alpha(te: float, cutoff: float) -> float:
        tau = 1 / (2 * math.pi * cutoff)
        return 1 / (1 + tau / te)

    def __call__(self, t: float, x: float) -> float:
        if self.x is None:
            self.x, self.t = x, t
            return x
        te = t - self.t
        dx = (x - self.x) / te
        a = self.alpha(te, self.d_cutoff)
        self.dx = a * dx + (1 - a) * self.dx
        a = self.alpha(te, self.min_cutoff + self.beta * abs(self.dx))
        self.x = a * x + (1 - a) * self.x
        self.t = t
        return self.x


steps = st.lists(st.tuples(st.floats(0.004, 0.2), st.floats(-50, 50)), min_size=1, max_size=30)


@given(steps, st.floats(0.05, 5), st.floats(0, 2), st.floats(0.2, 3))
def test_equals_the_published_formula(
    data: list[tuple[float, float]], min_cutoff: float, beta: float, d_cutoff: float
) -> None:
    ours, theirs = OneEuro(min_cutoff, beta, d_cutoff), Published(min_cutoff, beta, d_cutoff)
    t = 0.0
    for step, x in data:
        assert float(ours(t, np.array(x))) == pytest.approx(theirs(t, x), abs=1e-9)
        t += step


def test_every_component_is_filtered_for_itself() -> None:
    generator = np.random.default_rng(1)
    values = generator.normal(size=(20, 3, 2))
    together = OneEuro(1, 0.5)
    alone = [OneEuro(1, 0.5) for _ in range(6)]
    for i, x in enumerate(values):
        apart = [one(i / 30, x.ravel()[k]) for k, one in enumerate(alone)]
        np.testing.assert_allclose(together(i / 30, x).ravel(), np.array(apart, float))


def test_the_first_value_passes_even_at_time_zero() -> None:
    np.testing.assert_array_equal(OneEuro(1, 0)(0.0, np.array([3.0, -4.0])), [3, -4])


def test_a_constant_stays_constant() -> None:
    one = OneEuro(1, 0.5)
    for t in np.arange(0, 2, 0.033):
        assert one(t, np.array([7.0])) == pytest.approx(7)


def test_a_repeated_or_earlier_time_changes_nothing() -> None:
    one, other = OneEuro(1, 0.5), OneEuro(1, 0.5)
    for t, x in ((0.0, 1.0), (0.1, 2.0)):
        one(t, np.array([x]))
        before = other(t, np.array([x]))
    np.testing.assert_array_equal(one(0.1, np.array([50.0])), before)
    np.testing.assert_array_equal(one(0.05, np.array([50.0])), before)
    np.testing.assert_array_equal(one(0.2, np.array([3.0])), other(0.2, np.array([3.0])))


def test_nan_passes_and_teaches_nothing() -> None:
    one, other = OneEuro(1, 0.5), OneEuro(1, 0.5)
    for t, x in ((0.0, 1.0), (0.1, 2.0)):
        one(t, np.array([x, x]))
        other(t, np.array([x, x]))
    partly = one(0.2, np.array([np.nan, 3.0]))
    assert np.isnan(partly[0])
    assert partly[1] == other(0.2, np.array([3.0, 3.0]))[1]
    # 0.2 s later the first component goes on from where it was at 0.1 s
    published = Published(1, 0.5, 1)
    for t, x in ((0.0, 1.0), (0.1, 2.0), (0.3, 4.0)):
        expected = published(t, x)
    assert one(0.3, np.array([4.0, 4.0]))[0] == pytest.approx(expected)


def test_a_component_missing_for_long_starts_afresh() -> None:
    one = OneEuro(0.1, 0)
    one(0.0, np.array([0.0, 0.0]))
    for t in (0.2, 0.4, 0.6):
        one(t, np.array([np.nan, 0.0]))
    after = one(0.7, np.array([100.0, 100.0]))
    assert after[0] == 100
    assert 0 < after[1] < 20


def test_reset_forgets() -> None:
    one = OneEuro(0.1, 0)
    one(0.0, np.zeros(2))
    one.reset()
    np.testing.assert_array_equal(one(0.01, np.array([5.0, 6.0])), [5, 6])


def test_less_jitter_at_rest_little_lag_in_motion() -> None:
    generator = np.random.default_rng(2)
    times = np.arange(0, 4, 1 / 30)
    rest = np.array(
        [
            OneEuro.__call__(one, t, x)
            for one in [OneEuro(1, 0.5)]
            for t, x in zip(times, generator.normal(0, 0.01, (120, 1)), strict=True)
        ]
    )
    assert rest[30:].std() < 0.006
    one = OneEuro(1, 0.5)
    ramp = np.array([one(t, np.array([5 * t])) for t in times])[:, 0]  # 5 trunk lengths a second
    assert np.abs(ramp - 5 * times)[30:].max() < 5 * 0.06  # under 60 ms


@pytest.mark.parametrize("bad", [(0, 1, 1), (1, -1, 1), (1, 1, 0)])
def test_impossible_settings(bad: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="positive"):
        OneEuro(*bad)
