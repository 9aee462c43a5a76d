"""Performances: the same at any time, on both sides, of everybody."""

from __future__ import annotations

import time

import numpy as np
import pytest

from formcheck.errors import UsageError
from formcheck.landmarks import INDEX, MIRROR
from samples.studio import motion
from samples.studio.exercising import middle_plane
from samples.studio.perform import perform
from samples.studio.rotation import Floats
from samples.studio.script import RepPlan, Script, Segment
from samples.studio.skeleton import landmarks
from tests.studio.performing import a_set, body, path


@pytest.mark.parametrize("exercise", motion.EXERCISES)
def test_the_movement_is_the_same_however_it_is_asked_for(exercise: str):
    performance = a_set(exercise, RepPlan(faults={next(iter(motion.find(exercise).FAULTS)): 8.0}), idle=0.7)
    t = np.linspace(-1, performance.duration_s + 1, 60)
    together = performance.at(t)
    for i in np.random.default_rng(0).permutation(60)[:20]:
        np.testing.assert_allclose(performance.at([t[i]]).position[0], together.position[i], atol=1e-9)
    np.testing.assert_array_equal(together.position[0], performance.at([0.0]).position[0])


@pytest.mark.parametrize("exercise", motion.EXERCISES)
def test_nothing_jerks(exercise: str):
    move = motion.find(exercise)
    # Faults of how somebody has got ready don't come and go between reps.
    names = [name for name in move.FAULTS if name not in getattr(move, "SETUP", ())]
    plans = [RepPlan(faults={name: move.FAULTS[name].severe}, rest_s=0.05) for name in names]
    # Nobody swings a bar up from the floor, nor a step.
    if motion.find(exercise).POSTURE != "hinged" and not exercise.endswith("_lunge"):
        plans.append(RepPlan(lift_s=0.6, hold_s=0.05, swung=True))
    performance = a_set(exercise, *plans, idle=0.5)
    step = 1 / 240
    points = landmarks(body(), performance.at(np.arange(0, performance.duration_s, step)))
    assert np.abs(np.diff(points, axis=0)).max() / step < 3.6
    # A thrown leg is about as fast as it gets: 40 m/s² at the foot are 0.7 mm in 1/240 s². A knee that
    # straightens under somebody who steps back gets twice that.
    most = 100 if exercise.endswith("_lunge") else 60
    assert np.abs(np.diff(points, 2, axis=0)).max() / step**2 < most


ALTERNATING = [name for name in motion.EXERCISES if getattr(motion.find(name), "ALTERNATES", False)]


@pytest.mark.parametrize("exercise", ALTERNATING)
def test_every_second_rep_is_done_by_the_other_side(exercise: str):
    """Mirrored about the body's own middle, without a jump, and the truth tells the sides."""
    fault, info = next(iter(motion.find(exercise).FAULTS.items()))
    plan = RepPlan(faults={fault: info.severe})
    one, turns = (a_set(exercise, plan, plan, plan, side=side) for side in ("left", "alternating"))
    assert [rep.side for rep in turns.reps] == ["left", "right", "left"]
    assert [rep.side for rep in one.reps] == ["", "", ""]
    assert [rep.faults for rep in turns.reps] == [rep.faults for rep in one.reps]
    t = np.array([rep.turn_s for rep in one.reps])
    (a, b), out = (landmarks(body(), p.at(t)) for p in (one, turns)), middle_plane(one.posture)
    still = np.array([0, 2])
    assert np.abs(a[still] - b[still]).max() < 0.02  # but for the limb's sway
    first, second = (points[1, :, out > 0.5] for points in (a, b))
    middle = (first + second[:, list(MIRROR)]) / 2
    assert np.ptp(middle) < 0.04
    step = 1 / 120
    points = landmarks(body(), turns.at(np.arange(0, turns.duration_s, step)))
    assert np.abs(np.diff(points, axis=0)).max() / step < 4.5


def test_who_walks_ends_a_step_farther_with_every_rep():
    walk = a_set("walking_lunge", RepPlan(), RepPlan(), RepPlan(), side="alternating", idle=0.5)
    ends = np.array([rep.end_s + 0.01 for rep in walk.reps])
    ankles = (path(walk, "left_ankle", ends) + path(walk, "right_ankle", ends)) / 2
    steps = np.diff(ankles[:, 2])
    np.testing.assert_allclose(steps, walk.walked[2] / 3, atol=0.01)
    assert 0.6 < steps[0] < 1.2
    # The front foot stands still while the rear one comes up.
    turn = walk.reps[0].turn_s
    front = path(walk, "left_ankle", np.linspace(turn, walk.reps[0].end_s, 20))
    assert np.ptp(front, axis=0).max() < 0.01


@pytest.mark.parametrize("exercise", motion.EXERCISES)
def test_the_right_side_is_the_left_one_in_a_mirror(exercise: str):
    plans = RepPlan(), RepPlan(faults={next(iter(motion.find(exercise).FAULTS)): 9.0})
    left, right = (a_set(exercise, *plans, side=side) for side in ("left", "right"))
    t = np.linspace(0, left.duration_s, 40)
    a, b = (landmarks(body(), p.at(t)) for p in (left, right))
    np.testing.assert_allclose(b, a[:, list(MIRROR)] * [1, 1, -1], atol=1e-9)
    flip = np.array([1, 1, -1])
    np.testing.assert_array_equal(right.zero, left.zero * flip)
    np.testing.assert_array_equal(right.quarter, left.quarter * flip)
    np.testing.assert_allclose(right.centre, left.centre * flip, atol=1e-9)
    assert left.reps == right.reps


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("exercise", motion.EXERCISES)
def test_azimuths_are_the_engine_s(exercise: str, side: str):
    """docs/time-and-coordinates.md: where azimuth 0 and 90 are in every posture."""
    performance = a_set(exercise, RepPlan(), side=side)
    points = landmarks(body(), performance.at([0.0]))[0]

    def way(a: str, b: str) -> Floats:
        return points[INDEX[b]] - points[INDEX[a]]

    head = way(f"{side}_hip", f"{side}_shoulder")
    other = "left" if side == "right" else "right"
    out = way(f"{other}_hip", f"{side}_hip")
    front = np.cross(way("right_hip", "left_hip"), head)
    wanted = {
        "standing": (front, None),
        "hinged": (front, None),
        "seated": (front, None),
        "side_lying": (front, -head),
        "quadruped": (head, out),
        "supine": (-head, out),
    }[performance.posture]
    for axis, direction in zip((performance.zero, performance.quarter), wanted, strict=True):
        if direction is not None:
            assert axis @ direction > 0.8 * np.linalg.norm(direction * [1, 0, 1])
    assert performance.zero @ performance.quarter == 0


@pytest.mark.parametrize("exercise", motion.EXERCISES)
def test_people_breathe_and_sway_but_stay_where_they_are(exercise: str):
    performance = perform(Script(exercise, segments=(Segment("idle", 40.0),), seed=5), body())
    t = np.arange(0, 40, 0.1)
    points = landmarks(body(), performance.at(t))
    away = np.linalg.norm(points - points.mean(0), axis=-1)
    assert 0.0005 < away[:, INDEX["left_shoulder"]].std() < 0.02
    assert away.max() < 0.1
    # Mostly slow: below half a hertz.
    chest = points[:, INDEX["left_shoulder"]] - points[:, INDEX["left_shoulder"]].mean(0)
    power = np.abs(np.fft.rfft(chest, axis=0)).sum(1) ** 2
    assert power[np.fft.rfftfreq(len(t), 0.1) <= 0.55].sum() > 0.9 * power.sum()


def test_seeds_make_people_and_movements():
    def points(seed: int) -> Floats:
        return landmarks(body(), a_set("squat", RepPlan(), seed=seed).at([0.5, 2.0]))

    np.testing.assert_array_equal(points(1), points(1))
    assert np.abs(points(1) - points(2)).max() > 0.03


def test_the_box_holds_the_set():
    performance = a_set("side_leg_raise", RepPlan(), RepPlan(faults={"leg_drift_forward": 30}))
    points = landmarks(body(), performance.at(np.linspace(0, performance.duration_s, 80)))
    assert np.all(np.abs(points - performance.centre) < performance.extent / 2 + 0.06)


def test_segments_follow_one_another():
    script = Script(
        "squat", segments=(Segment("idle", 2.0), Segment("set", reps=(RepPlan(),)), Segment("idle", 1))
    )
    performance = perform(script, body())
    assert [s["kind"] for s in performance.segments] == ["idle", "set", "idle"]
    ends = [s["end_s"] for s in performance.segments]
    assert [s["start_s"] for s in performance.segments] == [0.0, *ends[:-1]]
    assert performance.duration_s == pytest.approx(ends[-1])
    assert performance.reps[0].start_s > 2.0


@pytest.mark.parametrize("exercise", ["clamshell", "squat"])
def test_life_meets_the_exercise_where_it_begins(exercise: str):
    segments = (
        Segment("enter"),
        Segment("set", reps=(RepPlan(),)),
        Segment("scratch", 2.0),
        Segment("idle", 1),
    )
    performance = perform(Script(exercise, segments=segments, seed=2), body())
    for segment in performance.segments[1:]:
        at = segment["start_s"]
        before, after = landmarks(body(), performance.at([at - 1e-6, at + 1e-6]))
        assert np.abs(after - before).max() < 1e-3, segment


def test_a_performance_is_quick_to_ask():
    performance = a_set("clamshell", *[RepPlan(faults={"hip_roll_back": 15})] * 6)
    performance.at([0.0])
    begin = time.process_time()
    performance.at(np.linspace(0, performance.duration_s, 700))
    assert time.process_time() - begin < 2


def test_what_cannot_be_performed_is_said():
    with pytest.raises(UsageError, match="no such fault: wings"):
        a_set("squat", RepPlan(faults={"wings": 3}))
    with pytest.raises(UsageError, match="knows no exercise 'plank'"):
        perform(Script("plank", segments=(Segment("set"),)), body())
    with pytest.raises(UsageError, match="one segment"):
        perform(Script(None), body())
