"""The meter of the range of motion."""

from __future__ import annotations

import pytest

from formcheck.engine.meter import meter, target
from formcheck.exercises import catalogue
from formcheck.spec import Cycle, Exercise, Flexion


def test_the_target_is_what_the_person_does() -> None:
    cycle = Cycle(Flexion("hip", "knee", "ankle"), min_range=20, full_range=60, gain=1.5)
    assert target(cycle, []) == target(cycle, [200.0]) == 90.0, "the exercise's, as it is shown"
    assert target(cycle, [100.0, 80.0]) == pytest.approx(96.0)


@pytest.mark.parametrize("exercise", catalogue().values(), ids=lambda e: e.id)
def test_every_exercise_has_a_target(exercise: Exercise) -> None:
    assert target(exercise.reps, []) > 0


def test_a_rep_on_the_meter() -> None:
    half = meter(40.0, 60.0, 80.0)
    assert half.value == pytest.approx(40 / 96)
    assert half.best == pytest.approx(60 / 96)
    assert half.target == pytest.approx((0.8 / 1.2, 1 / 1.2))
    assert half.label == "40°"


def test_the_meter_stays_in_its_frame() -> None:
    assert meter(500.0, 500.0, 80.0).value == meter(500.0, 500.0, 80.0).best == 1.0
    low = meter(-3.0, -3.0, 80.0)
    assert (low.value, low.best, low.label) == (0.0, 0.0, "0°")
