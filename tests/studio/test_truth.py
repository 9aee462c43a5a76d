"""The truth of a clip: what its numbers mean, checked against geometry that is known."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from formcheck.landmarks import LEFT, RIGHT
from samples.studio import suite, truth
from samples.studio.clip import Clip
from samples.studio.motion import find
from samples.studio.produce import Set
from samples.studio.script import RepPlan, Segment
from samples.studio.skeleton import landmarks

CLIPS = suite.expand(suite.load())


def clip(exercise: str, **changes) -> Clip:
    """A short clip: two reps of which the second is faulty, as planned for that exercise otherwise."""
    first = next(c for c in CLIPS if c.exercise == exercise)
    fault = {"clamshell": {"hip_roll_back": 25.0}, "squat": {"forward_lean": 30.0}}[exercise]
    segments = (Segment("set", reps=(RepPlan(), RepPlan(faults=fault))), Segment("idle", 0.5))
    shot = replace(first.shot, **changes.pop("shot", {}))
    return replace(first, segments=segments, shot=shot, second=None, hidden_foot=False, **changes)


def told(one: Clip) -> truth.Truth:
    return Set(one).truth()


def test_it_is_json_and_says_what_was_done():
    made = Set(clip("clamshell", side="left"))
    known = made.truth()
    assert json.loads(truth.dump(known)) == known
    assert known["schema"] == "formcheck.truth/1"
    assert known["count"] == 2 == len(known["reps"])
    assert known["frames"] == len(made.times)
    clean, rolled = known["reps"]
    assert "hip_roll_back" not in clean["faults"]
    assert rolled["faults"]["hip_roll_back"]["value"] == pytest.approx(25, abs=2.5)
    assert rolled["faults"]["hip_roll_back"]["grade"] == "severe"
    assert (
        clean["end_s"]
        < rolled["start_s"]
        < rolled["turn_s"]
        < rolled["end_s"]
        <= known["frames"] / known["fps"]
    )
    assert [segment["kind"] for segment in known["segments"]] == ["set", "idle"]


def test_it_says_which_half_and_whose_series_it_is():
    tune, more = (told(clip("squat", series=series)) for series in ("tune", "more"))
    assert (tune["split"], more["split"]) == ("tune", "tune")
    assert "series" not in tune
    assert more["series"] == "more"


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_camera_stands_where_the_plan_wants_it(side):
    known = told(clip("clamshell", side=side, shot={"azimuth_deg": 42.0, "elevation_deg": 15.0}))
    assert known["camera"]["azimuth_deg"] == pytest.approx(42, abs=0.1)
    assert known["camera"]["elevation_deg"] == pytest.approx(15, abs=0.1)
    assert "azimuth_side" not in known["camera"]


@pytest.mark.parametrize(("azimuth", "side"), [(80.0, "left"), (-80.0, "right")])
def test_of_somebody_upright_the_camera_has_a_side(azimuth, side):
    known = told(clip("squat", shot={"azimuth_deg": azimuth, "elevation_deg": 5.0}))
    assert known["camera"]["azimuth_deg"] == pytest.approx(80, abs=0.1)
    assert known["camera"]["azimuth_side"] == side


def test_joints_are_where_the_camera_sees_them():
    made = Set(clip("squat"))
    known = made.truth()["joints"]
    moment = 13
    points = landmarks(made.body, made.performance.at(known["t"][moment]))[0]
    for name, index in (("left_knee", LEFT["knee"]), ("right_wrist", RIGHT["wrist"])):
        px = known["px"][moment][known["names"].index(name)]
        np.testing.assert_allclose(px, made.camera.project(points[index]), atol=0.06)
    px = np.array(known["px"])
    assert np.all(px >= 0)
    assert np.all(px <= made.camera.size), "the movement fits into the picture"


class TestShows:
    def test_a_lean_shows_best_from_the_side_and_knees_that_cave_in_from_the_front(self):
        side = told(clip("squat", shot={"azimuth_deg": 90.0, "elevation_deg": 3.0}))["shows"]
        front = told(clip("squat", shot={"azimuth_deg": 0.0, "elevation_deg": 3.0}))["shows"]
        # From the front the head and shoulders still sink.
        assert side["forward_lean"] > 1.2 * front["forward_lean"]
        assert front["knee_valgus"] > 2 * side["knee_valgus"]

    def test_a_roll_does_not_show_low_from_the_belly(self):
        low = told(clip("clamshell", shot={"azimuth_deg": 0.0, "elevation_deg": 3.0}))["shows"]
        feet = told(clip("clamshell", shot={"azimuth_deg": 50.0, "elevation_deg": 15.0}))["shows"]
        assert low["hip_roll_back"] < 0.6 * feet["hip_roll_back"]

    def test_both_sides_show_the_same(self):
        left, right = (told(clip("clamshell", side=side))["shows"] for side in ("left", "right"))
        assert left == pytest.approx(right, abs=0.5)  # the camera is not aimed quite the same

    def test_the_movement_of_a_squat_is_the_way_of_the_hips_and_head_down(self):
        level = told(clip("squat", shot={"azimuth_deg": 90.0, "elevation_deg": 3.0}))["shows"]["movement"]
        raised = told(clip("squat", shot={"azimuth_deg": 90.0, "elevation_deg": 40.0}))["shows"]["movement"]
        assert 70 < level < 160
        assert raised < level

    def test_a_larger_fault_shows_more_and_none_not_at_all(self):
        one = clip("squat", shot={"azimuth_deg": 90.0})
        made = Set(one)
        view = truth.Projection("squat", "both", made.body, made.style, made.camera)
        shows = [view.shows({"forward_lean": size}, "forward_lean") for size in (0.0, 20.0, 40.0)]
        assert shows[0] == 0
        assert 0 < shows[1] < shows[2]

    def test_it_does_not_hang_on_the_size_of_the_picture(self):
        small, large = (
            told(clip("squat", shot={"size": size}))["shows"] for size in ((320, 240), (640, 480))
        )
        assert small == pytest.approx(large, abs=0.3)

    def test_every_fault_of_the_exercise_is_there(self):
        assert set(told(clip("squat"))["shows"]) == {"movement", *find("squat").FAULTS}
