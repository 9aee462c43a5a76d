"""Geometry: exact values, NaN in NaN out, and held extremes against their plain definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from formcheck.geometry import between, dot, held, nanmedian, stretch, unit, wrap
from formcheck.types import Floats

NAN = float("nan")
coordinates = st.floats(-1e4, 1e4, allow_subnormal=False)
vectors = hnp.arrays(float, (3,), elements=coordinates)


@given(vectors)
def test_unit_has_length_one_and_the_same_direction(v: Floats) -> None:
    length = np.linalg.norm(v)
    u = unit(v)
    if length > 1e-6:
        assert np.linalg.norm(u) == pytest.approx(1.0)
        assert u * length == pytest.approx(v, abs=1e-6)


def test_a_vector_without_length_or_with_a_hole_has_no_direction() -> None:
    v = np.array([[0.0, 0.0, 0.0], [1.0, NAN, 0.0], [0.0, 2.0, 0.0]])
    u = unit(v)
    assert np.isnan(u[:2]).all()
    assert u[2].tolist() == [0.0, 1.0, 0.0]


@pytest.mark.parametrize("degrees", [0, 1, 30, 45, 90, 135, 179, 180])
def test_between_gives_the_angle(degrees: float) -> None:
    a = np.radians(degrees)
    got = between(np.array([2.0, 0.0]), 5 * np.array([np.cos(a), np.sin(a)]))
    assert float(got) == pytest.approx(degrees, abs=1e-5)


@given(vectors, vectors)
def test_between_is_symmetric_and_turns_over_with_a_vector(a: Floats, b: Floats) -> None:
    forth, back, over = between(a, b), between(b, a), between(a, -b)
    assert np.array_equal(forth, back, equal_nan=True)
    if np.isfinite(forth):
        assert 0 <= forth <= 180
        assert float(forth + over) == pytest.approx(180.0, abs=1e-4)


def test_between_of_many_keeps_holes_where_they_are() -> None:
    a = np.array([[1.0, 0], [NAN, 0], [0, 0]])
    got = between(a, np.array([[0.0, 1], [1, 0], [1, 0]]))
    assert got[0] == pytest.approx(90.0)
    assert np.isnan(got[1:]).all()


def test_dot_is_over_the_last_axis() -> None:
    a, b = np.arange(12.0).reshape(2, 2, 3), np.ones(3)
    assert dot(a, b).tolist() == [[3.0, 12.0], [21.0, 30.0]]


HOLED = hnp.arrays(
    float,
    hnp.array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=7),
    elements=st.one_of(st.just(float("nan")), st.floats(-1e6, 1e6)),
)


@pytest.mark.filterwarnings("ignore:All-NaN")  # numpy warns of what is nothing but holes; ours does not
@given(HOLED)
def test_nanmedian_is_that_of_numpy_over_each_axis(x: Floats) -> None:
    for axis in range(x.ndim):
        np.testing.assert_allclose(nanmedian(x, axis), np.nanmedian(x, axis=axis), rtol=1e-12)


def test_nanmedian_of_nothing_is_missing() -> None:
    assert np.isnan(nanmedian(np.empty(0)))
    assert np.isnan(nanmedian(np.empty((0, 3)))).tolist() == [True] * 3


@given(st.floats(-5000, 5000))
def test_wrap_is_the_same_angle_within_a_half_turn(x: float) -> None:
    w = float(wrap(np.array(x)))
    assert -180 <= w <= 180
    assert np.cos(np.radians(w)) == pytest.approx(np.cos(np.radians(x)), abs=1e-6)
    assert np.sin(np.radians(w)) == pytest.approx(np.sin(np.radians(x)), abs=1e-6)


def plainly_held(t: Floats, x: Floats, hold_s: float) -> float:
    """The definition, word by word: over all stretches that last for `hold_s`, the best lowest value."""
    seen = [(a, b) for a, b in zip(t, x, strict=True) if np.isfinite(b)]
    if not seen:
        return NAN
    levels = [
        min(v for _, v in seen[i : j + 1])
        for i in range(len(seen))
        for j in range(i, len(seen))
        if seen[j][0] - seen[i][0] >= hold_s - 1e-7
    ]
    return max(levels) if levels else min(v for _, v in seen)


@st.composite
def curves(draw: st.DrawFn) -> tuple[Floats, Floats, float]:
    steps = draw(st.lists(st.integers(1, 12), min_size=1, max_size=25))
    t = np.cumsum(steps) / 100.0
    values = st.one_of(st.integers(-20, 20).map(float), st.just(NAN))
    x = np.array(draw(st.lists(values, min_size=len(t), max_size=len(t))))
    return t, x, draw(st.integers(0, 80)) / 100.0


@given(curves())
def test_held_is_the_best_level_that_lasts(case: tuple[Floats, Floats, float]) -> None:
    t, x, hold_s = case
    level, where = held(t, x, hold_s)
    assert level == pytest.approx(plainly_held(t, x, hold_s), nan_ok=True)
    if np.isfinite(level):
        assert x[where] >= level
        # The place lies in a stretch that keeps the level for long enough, if there is any.
        run = np.flatnonzero(np.isfinite(x) & (x >= level))
        assert where in run


def test_held_leaves_out_one_wild_frame() -> None:
    t = np.arange(60) / 30
    x = np.where((t >= 0.5) & (t < 1.0), 10.0, 0.0)
    x[5] = 99.0
    level, where = held(t, x, 0.2)
    assert level == 10.0
    assert 0.5 <= t[where] < 1.0


def test_held_bridges_frames_that_are_missing() -> None:
    t = np.arange(30) / 30
    x = np.full(30, 7.0)
    x[3:20] = NAN
    assert held(t, x, 0.5)[0] == 7.0
    assert np.isnan(held(t, np.full(30, NAN), 0.5)[0])
    assert np.isnan(held(np.empty(0), np.empty(0), 0.5)[0])


def test_stretch_is_the_run_around_a_frame() -> None:
    t = np.arange(10) / 10
    x = np.array([0, 5, 5, 0, 5, 6, 5, 0, 0, 5.0])
    assert stretch(t, x, 5.0, 5) == (0.4, 0.6)
    assert stretch(t, x, 5.0, 1) == (0.1, 0.2)
    assert stretch(t, x, 5.0, 9) == (0.9, 0.9)
    assert np.isnan(stretch(t, x, 5.0, 3)).all()
    assert np.isnan(stretch(t, np.full(10, NAN), 5.0, 3)).all()


def test_stretch_goes_on_over_a_hole() -> None:
    t = np.arange(6) / 10
    assert stretch(t, np.array([0, 5, NAN, NAN, 5, 0]), 5.0, 1) == (0.1, 0.4)


@given(curves(), st.integers(0, 24), st.integers(-20, 20))
def test_stretch_holds_the_level_throughout(case: tuple[Floats, Floats, float], i: int, level: int) -> None:
    t, x, _ = case
    i %= len(t)
    first, last = stretch(t, x, level, i)
    if not (np.isfinite(x[i]) and x[i] >= level):
        assert np.isnan(first)
        assert np.isnan(last)
        return
    assert first <= t[i] <= last
    inside = (t >= first) & (t <= last)
    assert not (x[inside] < level).any()
    before, after = x[t < first], x[t > last]
    assert not before.size or before[-1] < level
    assert not after.size or after[0] < level
