"""What is drawn at each moment: the right number, the right limb, the right word, at the right time."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from formcheck.app.fold import Folded, fold
from formcheck.app.scenes import Scenes
from formcheck.engine import control
from formcheck.exercises import find
from formcheck.landmarks import INDEX
from formcheck.types import Scene, Severity

from ...skeleton import BEST, EXERCISES, Camera, Move, blanked, perform, still

#: A fault that shows from the best camera of each exercise, large.
LARGE = {
    "clamshell": ("hip_roll_back", {"hip_roll_back": 40.0}),
    "side_leg_raise": ("hip_roll_back", {"hip_roll_back": 45.0}),
    "fire_hydrant": ("pelvis_rotation", {"pelvis_rotation": 35.0}),
    "single_leg_bridge": ("pelvis_drop", {"pelvis_drop": 40.0}),
    "squat": ("forward_lean", {"forward_lean": 35.0}),
}
exercises = pytest.mark.parametrize("exercise", EXERCISES)


@cache
def shown(exercise: str) -> tuple[Folded, Scenes]:
    """Clean, faulty, clean; then a pause, and a clean set of one. Left side, 15 frames a second."""
    bad = LARGE[exercise][1]
    moves = [Move(rest=1.5), Move(rest=2.5, faults=bad), Move(rest=9), Move()]
    folded = fold(perform(exercise, moves, fps=12, tail=3).recording, find(exercise))
    assert [(r.set, r.index) for r in folded.reps] == [(1, 1), (1, 2), (1, 3), (2, 1)]
    return folded, Scenes(folded, find(exercise))


def all_of_them(exercise: str) -> list[tuple[float, Scene]]:
    folded, scenes = shown(exercise)
    return [(t, scenes.at(t)) for t in np.arange(-1.0, folded.recording.t[-1] + 2, 0.1)]


@exercises
class TestScenes:
    def test_count_what_is_done_in_the_set(self, exercise: str) -> None:
        folded, _ = shown(exercise)
        for t, s in all_of_them(exercise):
            number = 2 if t >= folded.reps[3].start_s else 1
            done = [
                c for c, r in zip(folded.counted_s, folded.reps, strict=True) if c <= t and r.set == number
            ]
            assert s.count == len(done) == len(s.reps), t
            assert s.title == find(exercise).name

    def test_say_which_set_and_side(self, exercise: str) -> None:
        folded, scenes = shown(exercise)
        first, last = scenes.at(folded.reps[0].turn_s).subtitle, scenes.at(folded.reps[3].turn_s).subtitle
        assert "set 1 of 2" in first
        assert "set 2 of 2" in last
        assert ("left side" in first) == (exercise != "squat")

    def test_meter_stays_in_its_frame(self, exercise: str) -> None:
        for t, s in all_of_them(exercise):
            assert s.meter is not None, t
            low, high = s.meter.target
            assert 0 <= s.meter.value <= 1
            assert s.meter.value <= s.meter.best + 1e-9 <= 1 + 1e-9
            assert 0 < low < high < 1

    def test_meter_follows_the_movement(self, exercise: str) -> None:
        folded, scenes = shown(exercise)
        for rep in folded.reps:
            top = scenes.at(rep.turn_s).meter
            before, after = scenes.at(rep.start_s - 0.3).meter, scenes.at(rep.end_s + 0.4).meter
            assert top is not None
            assert before is not None
            assert after is not None
            assert top.value >= 0.75 * top.target[0], "a usual rep about reaches the target zone"
            assert top.best == pytest.approx(top.value, abs=0.1)
            assert before.value < 0.25
            assert after.value < 0.25

    def test_light_the_limb_while_the_fault_lasts_and_not_otherwise(self, exercise: str) -> None:
        folded, _ = shown(exercise)
        fault = LARGE[exercise][0]
        verdict = next(v for v in folded.reps[1].verdicts if v.fault == fault)
        assert verdict.verdict is Severity.SEVERE
        expected = {
            tuple(
                INDEX[f"right_{n.removeprefix('other_')}" if n.startswith("other_") else f"left_{n}"]
                for n in pair
            )
            for pair in find(exercise).fault(fault).limb
        }
        lit = [t for t, s in all_of_them(exercise) if expected & {bone for bone, _ in s.limbs}]
        assert lit
        assert min(lit) >= verdict.from_s - 0.06
        assert max(lit) <= verdict.until_s + 0.06
        assert max(lit) - min(lit) >= verdict.until_s - verdict.from_s - 0.2
        for _, s in all_of_them(exercise):
            for bone, severity in s.limbs:
                assert severity in (Severity.MILD, Severity.SEVERE)
                assert all(0 <= i < 33 for i in bone)

    def test_speak_the_cue_of_the_faulty_rep(self, exercise: str) -> None:
        folded, scenes = shown(exercise)
        rules, fault = find(exercise), LARGE[exercise][0]
        bad = folded.reps[1]
        said = scenes.at(bad.end_s + 0.1)
        assert said.cue == rules.fault(fault).cue
        assert said.cue_severity is Severity.SEVERE
        assert scenes.at(bad.start_s - 0.2).cue != said.cue
        assert scenes.at(bad.end_s + 2.0).cue != said.cue
        cues = {f.cue for f in (*rules.faults, *control.ALL)} | {"", "Good rep"}
        assert {s.cue for _, s in all_of_them(exercise)} <= cues

    def test_praise_a_clean_rep_when_it_is_over(self, exercise: str) -> None:
        folded, scenes = shown(exercise)
        for k in (0, 3):
            rep = folded.reps[k]
            assert scenes.at(rep.end_s + 0.3).cue == "Good rep"
            assert scenes.at(rep.turn_s).cue == ""

    def test_say_nothing_before_and_long_after(self, exercise: str) -> None:
        folded, scenes = shown(exercise)
        for t in (-5.0, 0.0, folded.reps[2].end_s + 5, 1e6):
            s = scenes.at(t)
            assert s.cue == ""
            assert s.limbs == ()
        assert scenes.at(-5.0).count == 0
        assert scenes.at(1e6).count == 1

    def test_draw_the_person_where_the_person_is(self, exercise: str) -> None:
        folded, scenes = shown(exercise)
        r = folded.recording
        for i in range(0, len(r), 17):
            s = scenes.at(float(r.t[i]))
            assert s.points.shape == (33, 2)
            assert np.abs(s.points - r.image[i, :, :2]).max() < 15
            assert s.visibility == pytest.approx(np.ones(33))


@exercises
def test_without_reps(exercise: str) -> None:
    scenes = Scenes(fold(still(exercise, 3, fps=15).recording, find(exercise)), find(exercise))
    for t in (-1.0, 0.0, 1.5, 10.0):
        s = scenes.at(t)
        assert (s.count, s.reps, s.limbs, s.cue, s.notes) == (0, (), (), "", ())


def test_says_what_cannot_be_seen_from_here() -> None:
    r = perform("clamshell", [Move()] * 2, camera=Camera(0, 5), fps=15).recording
    scenes = Scenes(fold(r, find("clamshell")), find("clamshell"))
    assert scenes.at(3.0).notes == ("Hip rolling back: not visible from here",)
    good = shown("clamshell")[1]
    assert good.at(3.0).notes == ()


def test_survives_the_person_leaving() -> None:
    take = perform("clamshell", [Move(rest=4), Move()], fps=15)
    r = blanked(take.recording, take.done[0].end + 0.5, take.done[0].end + 3)
    scenes = Scenes(fold(r, find("clamshell")), find("clamshell"))
    gone = scenes.at(take.done[0].end + 2)
    assert np.isnan(gone.points).all()
    assert gone.meter is None
    assert gone.visibility.tolist() == [0.0] * 33
    assert scenes.at(take.done[1].turn).meter is not None


def test_a_recording_of_one_frame() -> None:
    r = still("squat", 0.05, camera=BEST["squat"], fps=15).recording
    assert len(r) == 1
    s = Scenes(fold(r, find("squat")), find("squat")).at(0.0)
    assert s.count == 0
