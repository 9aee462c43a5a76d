from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.smooth import zero_phase


def wave(t: np.ndarray, hz: float) -> np.ndarray:
    return np.sin(2 * np.pi * hz * t)


@pytest.mark.parametrize("fps", [30, 60, 120])
def test_slow_motion_passes_without_delay(fps: int) -> None:
    t = np.arange(0, 6, 1 / fps)
    x = wave(t, 0.5)
    smooth = zero_phase(t, x, 6)
    np.testing.assert_allclose(smooth, x, atol=0.01)
    assert abs(int(smooth[: 2 * fps].argmax()) - int(x[: 2 * fps].argmax())) <= 1


@pytest.mark.parametrize("fps", [30, 60, 240])
@pytest.mark.parametrize("hz", [1.0, 3.0, 6.0, 9.0])
def test_the_gain_is_butterworths_squared(fps: int, hz: float) -> None:
    """Order 2 forwards and backwards with the bilinear transform's frequency warping."""
    t = np.arange(0, 20, 1 / fps)
    rate = min(fps, 120)
    warp = np.tan(np.pi * hz / rate) / np.tan(np.pi * 6 / rate)
    middle = slice(len(t) // 4, -len(t) // 4)
    smooth = zero_phase(t, wave(t, hz), 6)[middle]
    gain = np.sqrt(2) * smooth.std()
    assert gain == pytest.approx(1 / (1 + warp**4), abs=0.02)


def test_jitter_shrinks() -> None:
    t = np.arange(0, 10, 1 / 60)
    noise = np.random.default_rng(3).normal(0, 1, t.shape)
    assert zero_phase(t, noise, 4).std() < 0.4


def test_constant_and_ramp_are_untouched_up_to_the_ends() -> None:
    t = np.arange(0, 3, 1 / 30)
    np.testing.assert_allclose(zero_phase(t, np.full(t.shape, 3.0), 4), 3.0, atol=1e-9)
    np.testing.assert_allclose(zero_phase(t, 5 * t, 4), 5 * t, atol=1e-4)


def test_uneven_times() -> None:
    generator = np.random.default_rng(4)
    t = np.cumsum(generator.uniform(0.02, 0.05, 300))
    np.testing.assert_allclose(zero_phase(t, wave(t, 0.4), 6), wave(t, 0.4), atol=0.03)


def test_nan_stays_and_runs_are_filtered_alone() -> None:
    t = np.arange(0, 6, 1 / 30)
    x = np.stack([wave(t, 0.5), wave(t, 0.3), np.full(t.shape, np.nan)], axis=1)
    x[60:70, 0] = np.nan
    smooth = zero_phase(t, x, 6)
    np.testing.assert_array_equal(np.isnan(smooth), np.isnan(x))
    np.testing.assert_array_equal(smooth[:60, 0], zero_phase(t[:60], x[:60, 0], 6))
    np.testing.assert_array_equal(smooth[70:, 0], zero_phase(t[70:], x[70:, 0], 6))
    np.testing.assert_array_equal(smooth[:, 1], zero_phase(t, x[:, 1], 6))


def test_a_pause_in_the_times_parts_two_runs() -> None:
    t = np.concatenate([np.arange(0, 2, 1 / 30), 10 + np.arange(0, 2, 1 / 30)])
    x = np.where(t < 5, 0.0, 100.0)
    np.testing.assert_allclose(zero_phase(t, x, 4), x, atol=1e-9)


def test_short_runs_and_slow_sampling_come_back_as_they_are() -> None:
    for t in (np.arange(3) / 30, np.arange(20) / 5, np.array([]), np.array([1.0])):
        x = np.random.default_rng(5).normal(size=(len(t), 2))
        np.testing.assert_array_equal(zero_phase(t, x, 6), x)


@settings(max_examples=20, deadline=None)
@given(scale=st.floats(0.01, 100), shift=st.floats(-1e3, 1e3), late=st.floats(0, 100))
def test_linear_and_independent_of_the_clock(scale: float, shift: float, late: float) -> None:
    t = np.arange(0, 3, 1 / 30)
    x = np.random.default_rng(6).normal(size=(90, 2))
    direct = scale * zero_phase(t, x, 4) + shift
    np.testing.assert_allclose(
        zero_phase(t + late, scale * x + shift, 4), direct, atol=1e-4 * (1 + abs(scale))
    )


def test_backwards_in_time_is_the_same() -> None:
    """But for the padding, which has died away after half a second."""
    t = np.arange(0, 5, 1 / 30)
    x = np.random.default_rng(7).normal(size=t.shape)
    np.testing.assert_allclose(zero_phase(t, x[::-1], 4)[::-1], zero_phase(t, x, 4), atol=2e-3)


def test_scipy_is_not_imported_before_it_is_needed() -> None:
    root = Path(__file__).resolve().parents[3]
    code = "import sys, formcheck.smooth; print([m for m in sys.modules if m.startswith('scipy')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
