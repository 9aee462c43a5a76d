"""One rep in time: lifts, swings and falls."""

from __future__ import annotations

import numpy as np
import pytest

from samples.studio.timing import Stroke, minimum_jerk


def test_a_smooth_lift_spends_half_of_its_time_between_10_and_90_percent():
    """Of the minimum-jerk curve it is 0.507: it is at 10 % at 0.2467 of the time."""
    assert minimum_jerk(0.2467) == pytest.approx(0.1, abs=1e-3)
    (lift, speed), (lower, _) = Stroke(0.5, 2.0, 0.5, 1.0, 0.9).control()
    assert lift == pytest.approx(0.507 * 2, abs=0.01)
    assert lower == pytest.approx(0.507, abs=0.02)
    # Its peak speed is 15/8 of the mean.
    assert speed == pytest.approx(15 / 8 / 2, rel=0.03)
    np.testing.assert_allclose(minimum_jerk([-1, 0, 0.5, 1, 2]), [0, 0, 0.5, 1, 1])


def test_a_swung_lift_is_a_sine_squared_that_goes_too_far():
    """Such a curve spends 0.590 of its time between 10 and 90 %: domain, 2.0."""
    stroke = Stroke(1.0, 0.5, 0.05, 1.0, 1.0, swung=True)
    (seconds, speed), _ = stroke.control()
    assert seconds == pytest.approx(0.590 * 0.5, abs=0.003)
    assert speed == pytest.approx(np.pi / 2 / 0.5, rel=0.02)
    assert 1.04 < stroke.at(np.linspace(1, 3, 400)).max() < 1.08


@pytest.mark.parametrize(("falls", "part"), [("back", 1), ("out", 0)])
def test_a_fall_takes_its_time_and_gets_faster(falls: str, part: int):
    seconds = 0.5
    out, back = (seconds, 1.0) if falls == "out" else (1.0, seconds)
    stroke = Stroke(0.0, out, 0.3, back, 1.0, falls=falls)
    # Freely for 0.8 of the time: 10 % after √(0.1 / 1.25) of it; braked, 90 % after 0.859 of it.
    assert stroke.control()[part][0] == pytest.approx(seconds * (0.859 - 0.283), abs=0.015)
    begin = 0.0 if falls == "out" else stroke.out + stroke.hold
    t = begin + np.linspace(0, 0.79 * seconds, 30)
    speed = np.abs(np.gradient(stroke.at(t), t))[2:-1]
    assert np.all(np.diff(speed) > 0)
    # Steady acceleration: the speed's own slope does not change.
    np.testing.assert_allclose(np.diff(speed), np.diff(speed).mean(), rtol=0.05, atol=0.003)


@pytest.mark.parametrize("stroke", [
    Stroke(1.0, 1.2, 0.4, 1.3, 0.9, bend=0.85),
    Stroke(1.0, 0.5, 0.05, 0.8, 1.0, swung=True),
    Stroke(1.0, 1.2, 0.4, 0.5, 1.0, falls="back"),
    Stroke(1.0, 0.5, 0.2, 1.0, 1.0, falls="out"),
])  # fmt: skip
def test_a_stroke_is_continuous_and_starts_and_ends_at_rest(stroke: Stroke):
    t = np.linspace(0, stroke.end + 1, 40001)
    share = stroke.at(t)
    np.testing.assert_allclose(share[(t < stroke.start) | (t > stroke.end)], 0, atol=1e-12)
    step = t[1] - t[0]
    speed = np.gradient(share, step)
    assert np.abs(np.diff(share)).max() < 8 * step
    # The speed has no jump: one would show as a change that does not shrink with the step.
    assert np.abs(np.diff(speed)).max() < 60 * step
    assert share.max() == pytest.approx(stroke.height * (1.06 if stroke.swung else 1), abs=0.001)
