"""What is told about a rep is what the body does."""

from __future__ import annotations

import numpy as np
import pytest

from samples.studio import motion
from samples.studio.outcome import CONTROL
from samples.studio.script import RepPlan
from tests.studio.performing import MOVES, a_set, body, crossing, path


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
