"""What clamshell and leg raise share, on a skeleton whose roll and camera are known."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from formcheck.app.fold import fold
from formcheck.exercises import catalogue, find
from formcheck.spec import Fault
from formcheck.types import Severity, Verdict

from ..skeleton import Camera, Move, perform

BOTH = ("clamshell", "side_leg_raise")
#: Cameras toward the feet.
CAMERAS = (Camera(22, 15), Camera(36, 15), Camera(52, 15))


def roll(exercise: str) -> Fault:
    return find(exercise).fault("hip_roll_back")


def said(exercise: str, degrees: float, camera: Camera, side: str = "left") -> Verdict:
    """The verdict on the second rep of a set rolled back by so much."""
    moves = [Move(faults={"hip_roll_back": degrees})] * 2
    reps = fold(perform(exercise, moves, camera=camera, side=side).recording, find(exercise)).reps
    assert [r.counted for r in reps] == [True, True]
    return next(v for v in reps[1].verdicts if v.fault == "hip_roll_back")


def test_what_is_shared_is_no_exercise() -> None:
    assert set(BOTH) < set(catalogue())
    assert not any(name.startswith("_") for name in catalogue())


@pytest.mark.parametrize("exercise", BOTH)
def test_the_recommended_view_is_where_a_roll_is_read_from_the_feet(exercise: str) -> None:
    assert find(exercise).best.azimuth == roll(exercise).ways[0].seen.azimuth


@pytest.mark.parametrize("exercise", BOTH)
def test_a_roll_reads_more_the_more_of_it_shows(exercise: str) -> None:
    """The sine of the azimuth, which is not undone: it is estimated too badly."""
    grown = [said(exercise, 30, c).value - said(exercise, 0, c).value for c in CAMERAS]
    shown = [np.sin(np.radians(c.azimuth)) for c in CAMERAS]
    assert all(a < b for a, b in pairwise(grown)), grown
    assert grown[-1] / grown[0] < shown[-1] / shown[0], grown


@pytest.mark.parametrize("exercise", BOTH)
@pytest.mark.parametrize("camera", CAMERAS)
def test_the_side_does_not_matter(exercise: str, camera: Camera) -> None:
    left, right = (said(exercise, 25, camera, side) for side in ("left", "right"))
    assert left.value == pytest.approx(right.value, abs=0.05)
    assert left.verdict is right.verdict


@pytest.mark.parametrize("exercise", BOTH)
def test_low_from_the_belly_nothing_is_said(exercise: str) -> None:
    for degrees in (0, 30):
        assert said(exercise, degrees, Camera(0, 8)).verdict is Severity.UNKNOWN


@pytest.mark.parametrize("azimuth", [26, 34, 42, 50])
def test_a_drift_reads_more_the_larger_it_is(azimuth: float) -> None:
    """Perfect landmarks read two thirds of it, those of the pose model all: they draw a shorter thigh."""
    exercise = find("side_leg_raise")
    found = []
    for degrees in (0, 20, 40):
        moves = [Move(faults={"leg_drift_forward": degrees})] * 2
        recording = perform(exercise.id, moves, camera=Camera(azimuth, 12)).recording
        verdicts = fold(recording, exercise).reps[1].verdicts
        found.append(next(v for v in verdicts if v.fault == "leg_drift_forward"))
    assert all(a.value + 7 < b.value < a.value + 25 for a, b in pairwise(found)), found
    assert [v.verdict is Severity.OK for v in (found[0], found[2])] == [True, False]
