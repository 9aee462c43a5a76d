"""Several exercises in one film: nothing jumps, every act is where the truth says, seen as it asks."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from samples.studio import suite, truth
from samples.studio.body import Body
from samples.studio.performance import Performance
from samples.studio.produce import Set
from samples.studio.script import Act, RepPlan, Segment
from samples.studio.skeleton import landmarks
from samples.studio.string import string

REPS = (RepPlan(), RepPlan(amplitude=0.3))
ACTS = (
    Act("clamshell", "left", (Segment("enter"), Segment("set", reps=REPS)), 40.0, seed=1),
    Act(
        "clamshell", "right", (Segment("set", reps=REPS),), 50.0, (Segment("drink"), Segment("phone")), seed=2
    ),
    Act("squat", "both", (Segment("set", reps=REPS), Segment("idle", 1.0)), 85.0, seed=3),
    Act("squat", "both", (Segment("set", reps=REPS), Segment("leave")), 85.0, seed=3),
)


@cache
def workout() -> Performance:
    return string(ACTS, Body.load("woman_average"), 7)


def test_everything_happens_in_its_order():
    kinds = [s["kind"] for s in workout().segments]
    assert kinds == [
        *("enter", "set", "rise", "walk", "down"),
        *("set", "rise", "walk", "drink", "phone", "walk", "down"),
        *("set", "idle", "rise", "step", "down"),
        *("set", "leave"),
    ]
    ends = [s["end_s"] for s in workout().segments]
    assert [s["start_s"] for s in workout().segments] == pytest.approx([0.0, *ends[:-1]])
    assert workout().duration_s == pytest.approx(ends[-1])
    assert [act.exercise for act in workout().acts] == ["clamshell", "clamshell", "squat", "squat"]
    assert [rep.counted for rep in workout().reps] == [True, False] * 4
    sets = [s for s in workout().segments if s["kind"] == "set"]
    for act, span in zip(workout().acts, sets, strict=True):
        assert all(span["start_s"] <= rep.start_s < rep.end_s <= span["end_s"] for rep in act.reps)


def test_nothing_jumps():
    step = 1 / 120
    for segment in workout().segments[1:]:
        near = segment["start_s"] + step * np.arange(-6, 7)
        points = landmarks(workout().body, workout().at(near))
        assert np.abs(np.diff(points, axis=0)).max() / step < 1.0, segment


def test_the_body_does_what_the_act_says():
    """In the second act the person lies on the left side, in the third one stands and sits down."""
    second, third = workout().acts[1:3]
    lying = landmarks(workout().body, workout().at(second.reps[0].turn_s))[0]
    assert lying[24, 1] > lying[23, 1] + 0.1  # the right hip is the upper one
    up, down = landmarks(workout().body, workout().at([third.reps[0].start_s, third.reps[0].turn_s]))
    assert up[23, 1] - down[23, 1] > 0.3


def test_the_truth_tells_each_act_as_its_camera_sees_it():
    clip = next(c for c in suite.expand(suite.load()) if c.acts)
    shot = replace(clip.shot, azimuth_deg=ACTS[0].azimuth_deg, elevation_deg=12.0)
    known = Set(replace(clip, acts=ACTS, shot=shot)).truth(joints=False)
    assert json.loads(truth.dump(known)) == known
    assert known["exercise"] is None
    assert known["scene"] == "string"
    assert known["count"] == 4
    assert [act["side"] for act in known["acts"]] == ["left", "right", "both", "both"]
    # Acts are not done on quite the same spot, and the camera is a few metres away.
    for act, told in zip(ACTS, known["acts"], strict=True):
        assert told["camera"]["azimuth_deg"] == pytest.approx(act.azimuth_deg, abs=9)
        assert told["count"] == 1
        assert [rep["counted"] for rep in told["reps"]] == [True, False]
        assert told["start_s"] < told["reps"][0]["start_s"] < told["reps"][-1]["end_s"] <= told["end_s"]
    assert known["camera"]["azimuth_deg"] == known["acts"][0]["camera"]["azimuth_deg"]
