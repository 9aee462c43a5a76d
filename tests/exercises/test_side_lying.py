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
#: A camera in the middle of each window toward the feet.
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
def test_the_windows_toward_the_feet_follow_each_other(exercise: str) -> None:
    windows = sorted(w.seen.azimuth[0] for w in roll(exercise).ways if 0 <= w.seen.azimuth[0][0] < 90)
    assert all(a[1] == b[0] for a, b in pairwise(windows))
    assert windows[0][0] < find(exercise).best.azimuth[0][1]
    assert find(exercise).best.azimuth == ((windows[0][0], windows[-1][1]),)


@pytest.mark.parametrize("exercise", BOTH)
def test_a_roll_reads_alike_wherever_the_camera_stands_toward_the_feet(exercise: str) -> None:
    grown = [said(exercise, 30, c).value - said(exercise, 0, c).value for c in CAMERAS]
    assert np.ptp(grown) < 0.35 * np.mean(grown), grown


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
