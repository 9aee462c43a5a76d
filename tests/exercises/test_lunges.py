"""Lunges and exercises on one leg: people and scenes that gates and limits once got wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from formcheck.app.fold import fold
from formcheck.exercises import find
from formcheck.sources.recording import load
from formcheck.types import Rep, Severity

FOLDER = Path(__file__).parents[2] / "samples" / "recordings" / "studio"
LUNGES = ("forward_lunge", "reverse_lunge", "walking_lunge", "lateral_lunge", "bulgarian_split_squat")

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="there are no studio recordings")


def counted(name: str, exercise: str) -> list[Rep]:
    return [rep for rep in fold(load(FOLDER / f"{name}.npz"), find(exercise)).reps if rep.counted]


@pytest.mark.parametrize(
    "name",
    [
        "reverse_lunge_tune_03",  # one leg is taken for the other at the bottom
        "bulgarian_split_squat_more_05",  # the rear leg is hidden behind the front one
        "bulgarian_split_squat_tune_01",
        "walking_lunge_tune_06",  # the scale of the picture changes from step to step
        "reverse_lunge_more_05",
        "lateral_lunge_more_02",  # the straight leg reads as bent by 46°
    ],
)
def test_every_rep_is_counted(name: str) -> None:
    known = json.loads((FOLDER / f"{name}.json").read_text())
    assert len(counted(name, known["exercise"])) == known["count"]


@pytest.mark.parametrize("exercise", LUNGES)
@pytest.mark.parametrize("name", ["life_tune_09", "life_tune_03", "life_tune_06", "life_tune_15"])
def test_walking_tidying_and_drinking_are_no_lunges(name: str, exercise: str) -> None:
    assert counted(name, exercise) == []


@pytest.mark.parametrize("exercise", LUNGES)
def test_squats_are_no_lunges(exercise: str) -> None:
    assert len(counted("squat_tune_01", "squat")) > 4
    assert counted("squat_tune_01", exercise) == []


def test_wild_landmarks_are_no_bent_knee() -> None:
    """In three reps a straight leg's shin reads as half as long, its knee as bent by 124° and more."""
    reps = counted("standing_hip_abduction_more_01", "standing_hip_abduction")
    assert len(reps) > 5
    found = [v.verdict for rep in reps for v in rep.verdicts if v.fault == "knee_bend"]
    assert not {Severity.MILD, Severity.SEVERE} & set(found)
