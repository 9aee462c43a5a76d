"""Verdicts at every limit of every fault, generated from the definitions, and every reason not to know."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from formcheck.engine import judge
from formcheck.engine.counter import Span
from formcheck.engine.phases import Phases, cut
from formcheck.exercises import STRICTNESS, catalogue
from formcheck.features.body import Window
from formcheck.features.view import inside
from formcheck.geometry import Bools
from formcheck.landmarks import LEFT, RIGHT
from formcheck.spec import Along, Exercise, Fault, Flexion, Gate, Measure, Seen, Way, at_most
from formcheck.types import Floats, Severity, View

from ...skeleton import Camera, Move, perform

CATALOGUE = catalogue()
WAYS = [
    pytest.param(e, f, k, id=f"{e.id}-{f.id}-{k}")
    for e in CATALOGUE.values()
    for f in e.faults
    for k, _ in enumerate(f.ways)
]


#: From the first one everything shows a little; in the others one direction of the body shows nearly whole.
CAMERAS = (Camera(48, 40), Camera(-48, 40), Camera(90, 10), Camera(178, 10))


@dataclass
class Scene:
    """One clean rep of an exercise, cut, seen by a camera from which everything shows a little."""

    window: Window
    phases: Phases


def scene(exercise: Exercise, camera: Camera = CAMERAS[0]) -> Scene:
    # What is read is set by hand: any movement in about the right posture will do.
    moving = {"side_lying": "clamshell", "quadruped": "fire_hydrant", "supine": "single_leg_bridge"}
    take = perform(moving.get(exercise.posture, "squat"), [Move(1.0, 1.0, 1.0)], camera=camera, fps=30)
    r, d = take.recording, take.done[0]
    phases = cut(r.t, take.progress.copy(), Span(d.start, d.turn, d.end, 0.0, 1.0, True, True, True))
    window = Window(r.t, r.image[..., :2].copy(), r.image[..., 3].copy(), r.world, "left")
    return Scene(window.with_rest(phases.masks["rest"]), phases)


def stage(exercise: Exercise, fault: Fault, k: int) -> tuple[Scene, View]:
    """A clean rep and a view from which this way of the fault decides, and no earlier one.

    Where an earlier one has the same view, a joint that only that one needs is hidden.
    """
    way, earlier = fault.ways[k], fault.ways[:k]
    for camera in CAMERAS:
        s = scene(exercise, camera)
        places = [
            (azimuth, elevation)
            for azimuth in range(-178, 180, 4)
            for elevation in range(-88, 90, 4)
            if inside(way.seen, s.window, azimuth, elevation)
        ]
        if places:
            break
    free = [a for a in places if not any(inside(w.seen, s.window, *a) for w in earlier)]
    azimuth, elevation = (free or places)[0]
    for before in earlier if not free else ():
        needed = [joint for joint in before.seen.joints if joint not in way.seen.joints]
        assert needed, "no place from which this way decides"
        hide(s, needed[0], np.ones(len(s.window.t), bool), share=1.0)
    return s, View("here", azimuth, elevation, 1.0)


def reading(s: Scene, way: Way, value: float) -> Scene:
    """The scene with the way's signal reading exactly `value` from the start of the rep on."""
    base = 17.0 if way.measure.how in judge.AGAINST_REST else 0.0
    y = np.where(s.phases.masks["rest"], base, base + value)
    s.window.cache[way.measure.signal, s.window.side] = y.astype(float)
    return s


def level_at(
    exercise: Exercise, fault: Fault, k: int, value: float, *, better: float = float("-inf")
) -> Severity:
    """The verdict of a reading, of a person who has read as little as `better` before."""
    s, view = stage(exercise, fault, k)
    reading(s, fault.ways[k], value)
    least = {way.measure: better for f in exercise.faults for way in f.ways}
    found = {v.fault: v for v in judge.verdicts(exercise, s.window, s.phases, view, least)}
    v = found[fault.id]
    assert v.limit == fault.ways[k].limits.mild
    if v.verdict is Severity.UNKNOWN:
        assert v.reason
    else:
        assert v.severe == fault.ways[k].limits.severe
        assert v.value == pytest.approx(value, abs=0.006)
    return v.verdict


def fine(fault: Fault, k: int) -> Severity:
    """The verdict right below the limits: ok, but for a way that only shows what is large, or a grey zone."""
    way = fault.ways[k]
    return Severity.OK if way.clears and way.ok_to >= way.limits.mild else Severity.UNKNOWN


@pytest.mark.parametrize(("exercise", "fault", "k"), WAYS)
class TestLimits:
    def test_below_between_and_above(self, exercise: Exercise, fault: Fault, k: int) -> None:
        limits = fault.ways[k].limits
        tiny = 0.001 * (limits.severe - limits.mild)
        assert level_at(exercise, fault, k, limits.mild - tiny) is fine(fault, k)
        assert level_at(exercise, fault, k, limits.mild + tiny) is Severity.MILD
        assert level_at(exercise, fault, k, limits.severe - tiny) is Severity.MILD
        assert level_at(exercise, fault, k, limits.severe + tiny) is Severity.SEVERE

    def test_too_close_to_call_is_unknown(self, exercise: Exercise, fault: Fault, k: int) -> None:
        way = fault.ways[k]
        if not way.clears or way.ok_to == float("inf"):
            return
        assert way.ok_to < way.limits.mild
        tiny = 0.01 * (way.limits.mild - way.ok_to)
        assert level_at(exercise, fault, k, way.ok_to - tiny) is Severity.OK
        assert level_at(exercise, fault, k, way.ok_to + tiny) is Severity.UNKNOWN
        assert level_at(exercise, fault, k, way.limits.mild - tiny) is Severity.UNKNOWN

    def test_what_may_be_the_body_s_build_is_unknown(self, exercise: Exercise, fault: Fault, k: int) -> None:
        way = fault.ways[k]
        if way.certain <= way.limits.mild:
            return
        gap = way.limits.severe - way.limits.mild
        value = way.certain - 0.01 * gap
        assert level_at(exercise, fault, k, value, better=float("inf")) is Severity.UNKNOWN
        assert level_at(exercise, fault, k, value, better=value - 0.9 * gap) is Severity.UNKNOWN
        assert level_at(exercise, fault, k, value, better=value - 1.1 * gap) in (
            Severity.MILD,
            Severity.SEVERE,
        )
        if way.certain < way.believable:
            sure = level_at(exercise, fault, k, way.certain + 0.01 * gap, better=float("inf"))
            assert sure in (Severity.MILD, Severity.SEVERE)

    def test_what_nobody_does_is_unknown(self, exercise: Exercise, fault: Fault, k: int) -> None:
        """And stays so, whatever the person's other reps read."""
        way = fault.ways[k]
        if way.believable == float("inf"):
            return
        tiny = 0.01 * (way.limits.severe - way.limits.mild)
        for value, wanted in ((-tiny, Severity.SEVERE), (tiny, Severity.UNKNOWN)):
            assert level_at(exercise, fault, k, way.believable + value, better=-90.0) is wanted
        s, view = stage(exercise, fault, k)
        reading(s, way, way.believable + tiny)
        found = next(v for v in judge.verdicts(exercise, s.window, s.phases, view) if v.fault == fault.id)
        assert judge.settled(exercise, found, {way.measure: -90.0}) == found

    def test_a_close_call_is_settled_by_better_reps(self, exercise: Exercise, fault: Fault, k: int) -> None:
        """As if they had been known from the beginning, except for when it was worst."""
        way = fault.ways[k]
        if way.certain <= way.limits.mild:
            return
        gap = way.limits.severe - way.limits.mild
        s, view = stage(exercise, fault, k)
        reading(s, way, way.certain - 0.01 * gap)
        early = next(v for v in judge.verdicts(exercise, s.window, s.phases, view) if v.fault == fault.id)
        assert early.verdict is Severity.UNKNOWN
        for lower, known in ((0.9, False), (1.1, True)):
            better = {way.measure: early.value - lower * gap}
            late = judge.settled(exercise, early, better)
            at_once = judge.verdicts(exercise, s.window, s.phases, view, better)
            assert (late != early) is known
            assert late.verdict is next(v.verdict for v in at_once if v.fault == fault.id)
            assert judge.settled(exercise, late, {}) == late

    def test_strictness_moves_them(self, exercise: Exercise, fault: Fault, k: int) -> None:
        limits = fault.ways[k].limits
        gap = limits.severe - limits.mild
        for name, factor in STRICTNESS.items():
            moved = exercise.with_limits(factor)
            edge = limits.mild + (factor - 1) * gap
            assert level_at(moved, moved.fault(fault.id), k, edge - 0.01 * gap) is fine(fault, k), name
            assert level_at(moved, moved.fault(fault.id), k, edge + 0.01 * gap) is Severity.MILD, name

    def test_says_when(self, exercise: Exercise, fault: Fault, k: int) -> None:
        s, view = stage(exercise, fault, k)
        reading(s, fault.ways[k], fault.ways[k].limits.severe + 5)
        least = {fault.ways[k].measure: float("-inf")}
        found = judge.verdicts(exercise, s.window, s.phases, view, least)
        v = next(v for v in found if v.fault == fault.id)
        assert s.phases.start_s - 0.05 <= v.from_s <= v.at_s <= v.until_s <= s.phases.end_s + 0.05
        reading(s, fault.ways[k], fault.ways[k].limits.mild - 5)
        v = next(v for v in judge.verdicts(exercise, s.window, s.phases, view) if v.fault == fault.id)
        assert np.isnan([v.from_s, v.until_s]).all()

    def test_hidden_joints_make_it_unknown(self, exercise: Exercise, fault: Fault, k: int) -> None:
        way = fault.ways[k]
        for joint in way.seen.joints:
            s, view = stage(exercise, fault, k)
            reading(s, way, way.limits.severe + 5)
            during = s.phases.masks[way.measure.during]
            hide(s, joint, during)
            others = [w for w in fault.ways if inside(w.seen, s.window, view.azimuth_deg, view.elevation_deg)]
            v = next(v for v in judge.verdicts(exercise, s.window, s.phases, view) if v.fault == fault.id)
            if len(others) == 1:
                assert v.verdict is Severity.UNKNOWN
                assert "hidden" in v.reason
                assert joint.removeprefix("other_").replace("_", " ") in v.reason
                assert np.isnan(v.value)

    def test_is_unknown_from_elsewhere(self, exercise: Exercise, fault: Fault, k: int) -> None:
        s = scene(exercise)
        reading(s, fault.ways[k], fault.ways[k].limits.severe + 5)
        outside = [
            (a, e)
            for a in range(-178, 180, 4)
            for e in range(-88, 90, 4)
            if not any(inside(w.seen, s.window, a, e) for w in fault.ways)
        ]
        for a, e in outside[:: max(1, len(outside) // 5)]:
            found = judge.verdicts(exercise, s.window, s.phases, View("somewhere", a, e, 1.0))
            v = next(v for v in found if v.fault == fault.id)
            assert v.verdict is Severity.UNKNOWN
            assert "not visible from this angle (somewhere)" in v.reason
            assert fault.ways[0].seen.where in v.reason

    def test_is_unknown_when_the_view_is_a_guess(self, exercise: Exercise, fault: Fault, k: int) -> None:
        s, view = stage(exercise, fault, k)
        unsure = View(view.kind, view.azimuth_deg, view.elevation_deg, 0.4)
        for v in judge.verdicts(exercise, s.window, s.phases, unsure):
            assert v.verdict is Severity.UNKNOWN
            assert v.reason

    def test_is_unknown_without_a_rest_to_compare_with(
        self, exercise: Exercise, fault: Fault, k: int
    ) -> None:
        way = fault.ways[k]
        s, view = stage(exercise, fault, k)
        reading(s, way, way.limits.severe + 5)
        s.phases.masks["rest"][:] = False
        v = next(v for v in judge.verdicts(exercise, s.window, s.phases, view) if v.fault == fault.id)
        if way.measure.how in judge.AGAINST_REST:
            assert v.verdict is Severity.UNKNOWN
            assert "rest" in v.reason
        else:
            assert v.verdict is Severity.SEVERE

    def test_is_unknown_when_the_signal_is_missing(self, exercise: Exercise, fault: Fault, k: int) -> None:
        way = fault.ways[k]
        s, view = stage(exercise, fault, k)
        s.window.cache[way.measure.signal, "left"] = np.full(len(s.window.t), np.nan)
        v = next(v for v in judge.verdicts(exercise, s.window, s.phases, view) if v.fault == fault.id)
        assert v.verdict is Severity.UNKNOWN
        assert v.reason


def hide(s: Scene, joint: str, during: Bools, share: float = 0.4) -> None:
    """Visibility of a joint below a half for a share of a phase."""
    frames = np.flatnonzero(during)
    frames = frames[: int(np.ceil(share * len(frames)))]
    probe = np.arange(33, dtype=float)[None].repeat(len(s.window.t), 0) + 1
    index = int(Window(s.window.t, s.window.xy, probe, s.window.world, "left").seen(joint)[0]) - 1
    s.window.visibility[frames, index] = 0.3


def test_unknown_never_comes_without_a_reason() -> None:
    for exercise in CATALOGUE.values():
        s = scene(exercise)
        for a in range(-180, 181, 30):
            for v in judge.verdicts(exercise, s.window, s.phases, View("x", a, 20, 1.0)):
                assert (v.verdict is Severity.UNKNOWN) == bool(v.reason)


class TestMeasures:
    """Ways to make one number of a signal, on curves that can be read off."""

    SIGNAL = Flexion("hip", "knee", "ankle")

    def measured(self, measure: Measure, y: Floats, hold_s: float = 0.2) -> float:
        s = scene(CATALOGUE["squat"])
        s.window.cache[measure.signal, "left"] = y
        return judge.measure(measure, s.window, s.phases, hold_s)[0]

    def bump(self, rest: float, top: float) -> Floats:
        p = scene(CATALOGUE["squat"]).phases.progress
        return rest + (top - rest) * p

    def test_change_level_median_best(self) -> None:
        y = self.bump(20.0, 50.0)
        assert self.measured(self.SIGNAL.change("top"), y) == pytest.approx(30.0, abs=0.2)
        assert self.measured(self.SIGNAL.level("top"), y) == pytest.approx(50.0, abs=0.2)
        assert self.measured(self.SIGNAL.typical("rest"), y) == pytest.approx(20.0, abs=0.2)
        assert self.measured(self.SIGNAL.typical("turn"), y) == pytest.approx(50.0, abs=0.5)
        assert self.measured(self.SIGNAL.best("top"), y) == pytest.approx(50.0, abs=0.2)

    def test_shift_is_the_usual_value_against_rest(self) -> None:
        y = self.bump(20.0, 50.0)
        top = self.measured(self.SIGNAL.typical("top"), y)
        assert self.measured(self.SIGNAL.shift("top"), y) == pytest.approx(top - 20.0, abs=0.2)

    def test_swing_takes_the_larger_side(self) -> None:
        for top in (50.0, -10.0):
            assert self.measured(self.SIGNAL.swing("top"), self.bump(20.0, top)) == pytest.approx(
                30.0, abs=0.2
            )

    def test_drop_and_floor_turn_the_sign(self) -> None:
        s = scene(CATALOGUE["squat"])
        s.window.cache[self.SIGNAL, "left"] = self.bump(50.0, 20.0)
        for m, expected in ((self.SIGNAL.drop("top"), 30.0), (self.SIGNAL.floor("top"), -20.0)):
            value = judge.measure(m, s.window, s.phases, 0.2)[0]
            if m.how == "level":  # the held *smallest* value
                assert value == pytest.approx(expected, abs=0.3)
            else:
                assert value == pytest.approx(expected, abs=0.2)

    def test_one_wild_frame_is_no_fault(self) -> None:
        y = np.full_like(self.bump(0, 0), 10.0)
        top = np.flatnonzero(scene(CATALOGUE["squat"]).phases.masks["top"])
        y[top[len(top) // 2]] = 90.0
        assert self.measured(self.SIGNAL.change("top"), y) == pytest.approx(0.0)
        assert self.measured(self.SIGNAL.level("top"), y) == pytest.approx(10.0)

    def test_a_fault_must_last(self) -> None:
        y = np.full_like(self.bump(0, 0), 10.0)
        s = scene(CATALOGUE["squat"])
        top = np.flatnonzero(s.phases.masks["top"])
        y[top[3:9]] = 50.0  # 0.17 s from the first to the last frame
        assert self.measured(self.SIGNAL.change("top"), y, hold_s=0.15) == pytest.approx(40.0)
        assert self.measured(self.SIGNAL.change("top"), y, hold_s=0.3) == pytest.approx(0.0)

    def test_outside_of_its_phase_it_does_not_matter(self) -> None:
        s = scene(CATALOGUE["squat"])
        y = np.where(s.phases.masks["top"], 10.0, 80.0)
        assert self.measured(self.SIGNAL.level("top"), y) == pytest.approx(10.0)


class TestGates:
    gate = Gate(Along("ankle", "up", than="other_ankle").typical("rest"), high=50, what="")

    def test_one_leg_that_is_hidden_is_guessed(self) -> None:
        s = scene(CATALOGUE["squat"])
        s.window.visibility[:, RIGHT["ankle"]] = 0.1
        assert np.isfinite(judge.gate_value(self.gate, s.window, s.phases))

    def test_both_hidden_say_nothing(self) -> None:
        s = scene(CATALOGUE["squat"])
        s.window.visibility[:, [LEFT["ankle"], RIGHT["ankle"]]] = 0.4
        assert np.isnan(judge.gate_value(self.gate, s.window, s.phases))
        knees = Gate(Flexion("hip", "knee", "hip").typical("rest"), high=999, what="")
        assert np.isfinite(judge.gate_value(knees, s.window, s.phases))

    def test_only_the_gate_s_own_phase_is_looked_at(self) -> None:
        s = scene(CATALOGUE["squat"])
        hidden = np.ix_(s.phases.masks["top"], [LEFT["ankle"], RIGHT["ankle"]])
        s.window.visibility[hidden] = 0.0
        assert np.isfinite(judge.gate_value(self.gate, s.window, s.phases))


def test_the_first_way_that_the_camera_allows_decides() -> None:
    e = CATALOGUE["clamshell"]
    s = scene(e)
    one, two = Flexion("hip", "knee", "ankle"), Flexion("shoulder", "hip", "knee")
    s.window.cache[one, "left"], s.window.cache[two, "left"] = (
        np.zeros(len(s.window.t)),
        np.full(len(s.window.t), 99.0),
    )
    near, everywhere = Seen(azimuth=((0, 10),), joints=("hip",)), Seen(joints=("hip",))
    limits = at_most(5, severe=10)
    fault = Fault(
        "it", (Way(one.level(), limits, near), Way(two.level(), limits, everywhere)), "Do it", "So.", ()
    )
    rules = replace(e, faults=(fault,))
    got = {a: judge.verdicts(rules, s.window, s.phases, View("x", a, 0, 1.0))[0].verdict for a in (5, 50)}
    assert got == {5: Severity.OK, 50: Severity.SEVERE}
