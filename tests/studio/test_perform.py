"""Performances: what is said about a rep is what the body does, at any time, on both sides."""

from __future__ import annotations

import time
from functools import lru_cache

import numpy as np
import pytest

from formcheck.errors import UsageError
from formcheck.landmarks import INDEX, MIRROR
from samples.studio import motion
from samples.studio.body import Body
from samples.studio.perform import CONTROL, Performance, RepPlan, Script, Segment, middle_plane, perform
from samples.studio.rotation import Floats
from samples.studio.skeleton import landmarks
from samples.studio.timing import Stroke, minimum_jerk

#: The lifted or bending part, on the left: what moves most.
MOVES = {
    "clamshell": "left_knee",
    "side_leg_raise": "left_ankle",
    "fire_hydrant": "left_knee",
    "single_leg_bridge": "left_hip",
    "glute_bridge": "left_hip",
    "hip_thrust": "left_hip",
    "cable_kickback": "left_ankle",
    "standing_hip_abduction": "left_ankle",
    "squat": "left_hip",
    "deadlift": "left_shoulder",
    "sumo_deadlift": "left_shoulder",
    "romanian_deadlift": "left_shoulder",
    "hip_abduction_machine": "left_knee",
    "hip_adduction_machine": "left_knee",
    "russian_twist": "left_wrist",
    "bicycle_crunch": "left_ankle",
    "side_plank_dip": "left_hip",
    "forward_lunge": "left_hip",
    "reverse_lunge": "left_hip",
    "lateral_lunge": "left_hip",
    "walking_lunge": "left_hip",
    "bulgarian_split_squat": "left_hip",
}


@lru_cache
def body() -> Body:
    return Body.load("woman_average")


def a_set(exercise: str, *reps: RepPlan, side: str = "left", seed: int = 3, idle: float = 0.0) -> Performance:
    segments = (*([Segment("idle", idle)] if idle else []), Segment("set", reps=reps))
    return perform(Script(exercise, side, segments, seed), body())


def path(performance: Performance, name: str, times: Floats) -> Floats:
    return landmarks(performance.body, performance.at(times))[:, INDEX[name]]


def crossing(times: Floats, values: Floats, level: float) -> float:
    """When rising values reach a level."""
    return float(np.interp(level, np.maximum.accumulate(values), times))


# --- one rep in time


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


# --- the truth


@pytest.mark.parametrize("exercise", motion.EXERCISES)
def test_the_angles_of_the_truth_are_those_of_the_body_in_motion(exercise: str):
    performance = a_set(
        exercise, RepPlan(), RepPlan(amplitude=0.9, lift_s=1.6), RepPlan(amplitude=0.35), idle=1
    )
    move = motion.find(exercise)
    for rep in performance.reps:
        before, turn = move.angle(body(), performance.at([rep.start_s - 0.05, rep.turn_s]))
        # Sway and tremor add a degree or two.
        assert before == pytest.approx(rep.angle_start, abs=3)
        assert turn == pytest.approx(rep.angle_turn, abs=3)
    assert [rep.counted for rep in performance.reps] == [True, True, False]
    assert performance.reps[0].amplitude == pytest.approx(1.0, abs=0.03)
    assert performance.reps[2].amplitude < 0.5
    assert all(a.end_s <= b.start_s for a, b in zip(performance.reps, performance.reps[1:], strict=False))


@pytest.mark.parametrize("exercise", motion.EXERCISES)
def test_the_times_of_the_truth_are_those_of_the_movement(exercise: str):
    performance = a_set(exercise, RepPlan(lift_s=1.4, hold_s=0.5, lower_s=1.1))
    (rep,) = performance.reps
    t = np.arange(0, performance.duration_s, 0.01)
    way = path(performance, MOVES[exercise], t)
    # Who walks on does not come back, but gets up again.
    far = np.linalg.norm((way - way[0]) * (1, 1, not performance.walked.any()), axis=1)
    moving = t[far > 0.05 * far.max()]
    assert rep.start_s < moving[0] < rep.start_s + 0.45
    assert rep.end_s - 0.45 < moving[-1] < rep.end_s
    assert abs(t[np.argmax(far)] - rep.turn_s) < 0.55
    assert rep.end_s - rep.start_s == pytest.approx(3.0)


def test_clean_reps_have_no_faults_and_faulty_ones_theirs():
    for exercise in motion.EXERCISES:
        limits = motion.find(exercise).FAULTS
        plans = [RepPlan(), *(RepPlan(faults={name: info.severe * 1.2}) for name, info in limits.items())]
        clean, *faulty = a_set(exercise, *plans).reps
        assert clean.faults == {}
        for (name, info), rep in zip(limits.items(), faulty, strict=True):
            assert rep.faults[name]["value"] == pytest.approx(info.severe * 1.2, rel=0.05)
            assert rep.faults[name]["grade"] == "severe"
            assert rep.faults[name]["unit"] == info.unit
            assert rep.counted


@pytest.mark.parametrize(("size", "grade"), [(6.0, "sub"), (13.0, "mild"), (24.0, "severe")])
def test_the_size_makes_the_grade(size: float, grade: str):
    (rep,) = a_set("clamshell", RepPlan(faults={"hip_roll_back": size})).reps
    assert rep.faults == {
        "hip_roll_back": {"value": pytest.approx(size, abs=0.05), "unit": "deg", "grade": grade}
    }


@pytest.mark.parametrize(
    "exercise", [name for name in motion.EXERCISES if not getattr(motion.find(name), "FLOWS", False)]
)
def test_the_truth_about_control_is_what_a_stop_watch_would_tell(exercise: str):
    standing = motion.lowers_first(motion.find(exercise))
    performance = a_set(
        exercise, RepPlan(), RepPlan(lift_s=0.6, hold_s=0.05, swung=True), RepPlan(lower_s=0.5, dropped=True)
    )
    clean, swung, dropped = performance.reps
    assert not set(CONTROL) & set(clean.faults)
    move = motion.find(exercise)

    def seconds(rep: object, *, rising: bool) -> float:
        t = np.arange(rep.start_s, rep.end_s, 0.005)
        angle = np.abs(move.angle(body(), performance.at(t)) - rep.angle_start)
        top = int(np.argmax(angle))
        part, values = (t[: top + 1], angle[: top + 1]) if rising else (t[top:], angle[top:][::-1])
        part = part if rising else -part[::-1]
        share = values / angle.max()
        return crossing(part, share, 0.9) - crossing(part, share, 0.1)

    fall = dropped.faults["dropped_return"]
    assert fall["value"] == pytest.approx(0.29, abs=0.02)
    assert fall["grade"] == "severe"
    assert fall["peak_per_s"] > 2.5
    # The angle is not quite proportional to the depth.
    assert seconds(dropped, rising=standing) == pytest.approx(0.29, abs=0.1)
    if standing:
        assert "momentum" not in swung.faults
    else:
        assert swung.faults["momentum"]["value"] == pytest.approx(0.35, abs=0.01)
        assert swung.faults["momentum"]["grade"] == "severe"
        assert seconds(swung, rising=True) == pytest.approx(0.35, abs=0.11)


def test_a_squat_goes_down_first():
    (rep,) = a_set("squat", RepPlan(lift_s=1.0, hold_s=0.2, lower_s=2.0)).reps
    assert rep.turn_s - rep.start_s == pytest.approx(2.1)
    (rep,) = a_set("clamshell", RepPlan(lift_s=1.0, hold_s=0.2, lower_s=2.0)).reps
    assert rep.turn_s - rep.start_s == pytest.approx(1.1)


# --- time, sides, directions


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
