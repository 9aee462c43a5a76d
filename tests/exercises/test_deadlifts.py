"""Deadlifts: where their reps begin, and that they are told from each other and from squats.

Bodies of the studio before a camera, their joints exactly where they are.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.app.fold import fold
from formcheck.exercises import find
from formcheck.exercises.romanian_deadlift import hinge
from formcheck.landmarks import LEFT, RIGHT
from formcheck.types import Recording
from samples.studio.body import Body
from samples.studio.perform import perform
from samples.studio.script import RepPlan, Script, Segment
from samples.studio.skeleton import landmarks

from ..skeleton import Camera, shoot

DEADLIFTS = ("deadlift", "sumo_deadlift", "romanian_deadlift")
SIDE = Camera(90, 8, 3.6)
#: Reps that rest on the floor, or upright, for so long, s.
RESTS = {"touch and go": 0.0, "short": 0.5, "dead stop": 2.5}


def film(
    exercise: str, *segments: Segment, camera: Camera = SIDE, seed: int = 3, style: object = None
) -> Recording:
    body = Body.load("woman_average")
    performance = perform(Script(exercise, "both", segments, seed, style), body)
    t = np.arange(0, performance.duration_s, 1 / 15)
    return shoot(t, landmarks(body, performance.at(t)), camera, "standing", noise_px=1)


def reps(many: int, rest_s: float) -> Segment:
    return Segment("set", reps=(RepPlan(lift_s=1.1, hold_s=0.3, lower_s=1.2, rest_s=rest_s),) * many)


def count(recording: Recording, exercise: str) -> int:
    return sum(rep.counted for rep in fold(recording, find(exercise)).reps)


@pytest.mark.parametrize("rest_s", RESTS.values(), ids=RESTS)
@pytest.mark.parametrize("exercise", DEADLIFTS)
def test_every_rep_counts_whether_or_not_the_bar_rests(exercise: str, rest_s: float) -> None:
    for azimuth in (90, 40, 10, 140):
        recording = film(exercise, reps(4, rest_s), camera=Camera(azimuth, 8, 3.6))
        assert count(recording, exercise) == 4, azimuth


@pytest.mark.parametrize("exercise", DEADLIFTS)
def test_bending_down_to_the_bar_and_leaving_it_are_no_reps(exercise: str) -> None:
    recording = film(exercise, Segment("enter"), reps(3, 0.5), Segment("leave"))
    assert count(recording, exercise) == 3


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
@pytest.mark.parametrize("done", ["squat", *DEADLIFTS])
def test_they_are_told_apart(done: str, seed: int) -> None:
    recording = film(done, Segment("idle", 1.0), reps(3, 0.6), seed=seed)
    for exercise in ("squat", *DEADLIFTS):
        # Between two pulls somebody goes down and comes up again, as deep as in a squat and with the trunk
        # forward: squats that lean do so too.
        if done in ("deadlift", "sumo_deadlift") and exercise == "squat":
            continue
        # From the side nobody can tell how wide the feet stand.
        if {done, exercise} == {"deadlift", "sumo_deadlift"}:
            continue
        assert count(recording, exercise) == (3 if exercise == done else 0), exercise


@pytest.mark.parametrize("azimuth", [5, 40, 140])
def test_a_wide_stance_tells_sumo_where_it_shows(azimuth: float) -> None:
    for done, other in (("deadlift", "sumo_deadlift"), ("sumo_deadlift", "deadlift")):
        recording = film(done, reps(3, 0.6), camera=Camera(azimuth, 8, 3.6))
        assert count(recording, done) == 3
        assert count(recording, other) == 0


def test_romanian_reps_count_where_something_hides_the_feet() -> None:
    recording = film("romanian_deadlift", reps(4, 0.5))
    image = recording.image.copy()
    for side in (LEFT, RIGHT):
        # The pose model guesses them further up the shins.
        up = 0.8 * (image[:, side["ankle"], 1] - image[:, side["knee"], 1])
        for joint in ("ankle", "heel", "foot_index"):
            image[:, side[joint], 1] -= up
    assert count(replace(recording, image=image), "romanian_deadlift") == 4


@pytest.mark.parametrize(("sunk", "degrees"), [(0, 0), (50, 60), (100, 90)])
def test_a_hinge_is_shown_in_degrees(sunk: float, degrees: float) -> None:
    assert hinge(sunk) == pytest.approx(degrees)
