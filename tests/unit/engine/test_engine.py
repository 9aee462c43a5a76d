"""The engine from poses to verdicts, on a skeleton that does exactly what it was told."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import numpy as np
import pytest

from formcheck.app.fold import Folded, fold
from formcheck.engine.engine import Engine
from formcheck.engine.events import Counted, Event, Judged
from formcheck.exercises import catalogue, find
from formcheck.types import Recording, Rep, Severity

from ...skeleton import (
    BEST,
    EXERCISES,
    POSTURES,
    Camera,
    Move,
    blanked,
    getting_down,
    hand_to_face,
    hidden,
    mirrored,
    moved,
    perform,
    piece,
    share_between,
    shoot,
    still,
    walking,
)

REPS = [Move(1.0, 0.4, 1.1, 0.6), Move(0.9, 0.3, 1.2, 0.5), Move(1.2, 0.4, 1.0, 0.6)]
#: Twelve frames a second are the slowest at which speed is judged, and keep these tests quick.
act = partial(perform, fps=12)


def run(recording: Recording, exercise: str, *, side: str = "auto", end: bool = True) -> list[Event]:
    """The bare engine, as a camera would feed it."""
    engine = Engine(find(exercise), side=side)
    events: list[Event] = []
    for t, image, world in zip(recording.t, recording.image, recording.world, strict=True):
        events += engine.update(float(t), image, world)
    return events + (engine.finish() if end else [])


def folded(recording: Recording, exercise: str, **options: str) -> Folded:
    return fold(recording, find(exercise), **options)  # type: ignore[arg-type]


def counted(f: Folded) -> list[Rep]:
    return [r for r in f.reps if r.counted]


def verdict(rep: Rep, fault: str) -> Severity:
    return next(v.verdict for v in rep.verdicts if v.fault == fault)


def value(rep: Rep, fault: str) -> float:
    return next(v.value for v in rep.verdicts if v.fault == fault)


def fine(exercise: str, rep: Rep, fault: str) -> Severity:
    """The verdict of a clean rep: unknown where the way that was used shows only what is large."""
    limit = next(v.limit for v in rep.verdicts if v.fault == fault)
    clears = {way.clears for way in find(exercise).fault(fault).ways if way.limits.mild == limit}
    assert len(clears) == 1
    return Severity.OK if clears.pop() else Severity.UNKNOWN


exercises = pytest.mark.parametrize("exercise", EXERCISES)
sides = pytest.mark.parametrize("side", ["left", "right"])


@exercises
@sides
class TestCounts:
    def test_reps_and_side_in_a_noisy_picture(self, exercise: str, side: str) -> None:
        fps = 15 if side == "left" else 60
        take = perform(exercise, REPS, side=side, fps=fps, noise_px=3, seed=1)
        f = folded(take.recording, exercise)
        assert [(r.set, r.index, r.counted) for r in f.reps] == [(1, 1, True), (1, 2, True), (1, 3, True)]
        assert {r.side.value for r in f.reps} == {"both" if exercise == "squat" else side}
        for r, d in zip(f.reps, take.done, strict=True):
            assert d.start - 0.5 <= r.start_s < r.turn_s < r.end_s <= d.end + 0.5
            assert r.turn_s == pytest.approx(d.turn, abs=0.6)

    def test_tempo_in_a_clear_picture(self, exercise: str, side: str) -> None:
        """Of the time between 10 and 90 %, each side within 25 %, all of it within 20 %."""
        take = perform(exercise, REPS, side=side, fps=24)
        share = share_between()
        for r, d in zip(folded(take.recording, exercise).reps, take.done, strict=True):
            up, down = r.tempo.concentric_s, r.tempo.eccentric_s
            if exercise == "squat":
                up, down = down, up
            # The counted signal is a function of the angle; its 10 and 90 % lie a little elsewhere.
            assert up == pytest.approx(share * d.move.up, rel=0.25)
            assert down == pytest.approx(share * d.move.down, rel=0.25)
            total = r.tempo.concentric_s + r.tempo.hold_s + r.tempo.eccentric_s
            expected = d.move.length - (1 - share) / 2 * (d.move.up + d.move.down)
            assert total == pytest.approx(expected, rel=0.2)

    def test_at_uneven_times_with_lost_frames(self, exercise: str, side: str) -> None:
        take = perform(exercise, REPS, side=side, fps=20, drop=0.15, jitter=0.6, noise_px=1, seed=2)
        assert len(counted(folded(take.recording, exercise))) == 3

    def test_the_same_with_the_side_given(self, exercise: str, side: str) -> None:
        take = act(exercise, REPS, side=side)
        f = folded(take.recording, exercise, side=side)
        assert len(counted(f)) == 3
        assert {r.side.value for r in f.reps} == {"both" if exercise == "squat" else side}


CAMERAS = {
    "clamshell": [Camera(0, 5), Camera(0, 45), Camera(60, 20), Camera(150, 20), Camera(-40, 15)],
    "side_leg_raise": [Camera(0, 5), Camera(60, 20), Camera(150, 20), Camera(180, 10), Camera(90, 20)],
    "fire_hydrant": [Camera(180, 10), Camera(150, 20), Camera(-130, 15), Camera(45, 15)],
    "single_leg_bridge": [Camera(90, 5), Camera(-90, 28), Camera(45, 20), Camera(120, 20)],
    "squat": [Camera(0, 5), Camera(45, 10), Camera(-90, 5), Camera(180, 10)],
}


@pytest.mark.parametrize(("exercise", "camera"), [(e, c) for e, many in CAMERAS.items() for c in many])
def test_counts_from_everywhere(exercise: str, camera: Camera) -> None:
    f = folded(act(exercise, REPS, camera=camera, noise_px=1).recording, exercise)
    assert [r.counted for r in f.reps] == [True] * 3
    view = f.views[0]
    azimuth = camera.azimuth if POSTURES[exercise] == "side_lying" else abs(camera.azimuth)
    assert abs((view.azimuth_deg - azimuth + 180) % 360 - 180) < 4
    assert view.elevation_deg == pytest.approx(camera.elevation, abs=6)


@exercises
class TestSets:
    def test_a_long_pause_begins_a_new_one(self, exercise: str) -> None:
        moves = [Move(), Move(rest=9.0), Move(rest=9.0), Move()]
        f = folded(act(exercise, moves).recording, exercise)
        assert [(r.set, r.index) for r in f.reps] == [(1, 1), (1, 2), (2, 1), (3, 1)]

    def test_a_short_pause_does_not(self, exercise: str) -> None:
        moves = [Move(), Move(rest=4.5), Move()]
        f = folded(act(exercise, moves).recording, exercise)
        assert [(r.set, r.index) for r in f.reps] == [(1, 1), (1, 2), (1, 3)]


@exercises
class TestPieces:
    @pytest.mark.parametrize("share", [0.0, 0.3, 0.5])
    def test_begins_inside_the_first_rise(self, exercise: str, share: float) -> None:
        take = act(exercise, REPS)
        d = take.done[0]
        f = folded(piece(take.recording, d.start + share * d.move.up, 99), exercise)
        assert len(counted(f)) == 3
        if share >= 0.5:
            first = f.reps[0].tempo
            lift = first.eccentric_s if exercise == "squat" else first.concentric_s
            assert np.isnan(lift), "the lift was not seen whole"

    @pytest.mark.parametrize(("share", "wanted"), [(0.15, 2), (0.7, 3), (0.8, 3)])
    def test_ends_inside_the_last_fall(self, exercise: str, share: float, wanted: int) -> None:
        take = act(exercise, REPS)
        d = take.done[-1]
        f = folded(piece(take.recording, 0, d.end - (1 - share) * d.move.down), exercise)
        assert len(counted(f)) == wanted

    @pytest.mark.parametrize("share", [0.5, 0.9])
    def test_ends_inside_the_last_rise(self, exercise: str, share: float) -> None:
        take = act(exercise, REPS)
        d = take.done[-1]
        f = folded(piece(take.recording, 0, d.start + share * d.move.up), exercise)
        assert len(counted(f)) == 2

    def test_one_rep_alone(self, exercise: str) -> None:
        f = folded(act(exercise, [Move()], lead=0.4, tail=0.3).recording, exercise)
        assert [(r.set, r.index) for r in f.reps] == [(1, 1)]

    def test_a_long_time_without_the_person(self, exercise: str) -> None:
        take = act(exercise, [Move(rest=5), *REPS])
        d = take.done[0]
        f = folded(blanked(take.recording, d.end + 1, d.end + 4.5), exercise)
        assert len(counted(f)) == 4

    def test_a_short_time_without_the_person(self, exercise: str) -> None:
        take = act(exercise, REPS)
        f = folded(blanked(take.recording, take.done[1].turn, take.done[1].turn + 0.3), exercise)
        assert len(counted(f)) == 3

    def test_a_partial_rep(self, exercise: str) -> None:
        """The share that still counts is each exercise's own, measured on the pose model's output."""
        moves = [Move(), Move(), Move(), Move(amp=0.3), Move()]
        f = folded(act(exercise, moves).recording, exercise)
        if exercise in ("squat", "fire_hydrant") and len(f.reps) == 4:
            assert all(r.counted for r in f.reps)
            return  # what is counted grows with more than the angle: of so little too little may be left
        assert [r.counted for r in f.reps] == [True, True, True, False, True]
        partial = f.reps[3]
        assert (partial.index, partial.score) == (0, None)
        assert partial.range < 0.5 * f.reps[0].range


GETTING_DOWN = [
    pytest.param(target, azimuth, exercise, id=f"{target}-{azimuth}-{exercise}")
    for target in ("clamshell", "single_leg_bridge")
    for azimuth in (0, 60, 135)
    for exercise in EXERCISES
]


class TestIsNoRep:
    @exercises
    @pytest.mark.parametrize("azimuth", [0, 90])
    def test_walking_in(self, exercise: str, azimuth: float) -> None:
        t, points = walking(5.0, fps=15)
        f = folded(shoot(t, points, Camera(azimuth, 8, 9.0), "standing", noise_px=1), exercise)
        assert f.reps == ()

    @pytest.mark.parametrize(("target", "azimuth", "exercise"), GETTING_DOWN)
    def test_getting_down(self, target: str, azimuth: float, exercise: str) -> None:
        t, points = getting_down(target, fps=12, then=2.5)
        f = folded(shoot(t, points, Camera(azimuth, 15, 4.5), "standing"), exercise)
        assert counted(f) == []

    @exercises
    @pytest.mark.parametrize(("fps", "noise"), [(15, 2.0), (60, 3.0)])
    def test_staying_still(self, exercise: str, fps: float, noise: float) -> None:
        f = folded(still(exercise, 6, fps=fps, noise_px=noise).recording, exercise)
        assert counted(f) == []

    @exercises
    def test_a_hand_to_the_face(self, exercise: str) -> None:
        take = still(exercise, 6, fps=15)
        points = hand_to_face(take.points, take.recording.t, 2.0)
        f = folded(shoot(take.recording.t, points, BEST[exercise], POSTURES[exercise], noise_px=1), exercise)
        assert f.reps == ()

    @exercises
    @pytest.mark.parametrize("amp", [0.1, 0.18])
    def test_fidgeting(self, exercise: str, amp: float) -> None:
        moves = [Move(0.4, 0.1, 0.4, 0.4, amp=amp)] * 5
        assert counted(folded(act(exercise, moves, noise_px=1).recording, exercise)) == []

    @exercises
    def test_another_exercise(self, exercise: str) -> None:
        """What is done in another posture is never a rep of this one."""
        for done in EXERCISES:
            # A bridge's straight free leg rises against the hips while they sink: once, between two reps.
            looks_alike = (done, exercise) == ("single_leg_bridge", "side_leg_raise")
            if POSTURES[done] != POSTURES[exercise]:
                f = folded(act(done, [Move()] * 2).recording, exercise)
                assert len(counted(f)) <= looks_alike, done

    @exercises
    def test_nobody(self, exercise: str) -> None:
        r = blanked(still(exercise, 3).recording, 0, 99)
        assert folded(r, exercise).reps == ()


@exercises
class TestEvents:
    def test_are_the_same_twice(self, exercise: str) -> None:
        r = act(exercise, REPS, noise_px=2).recording
        assert repr(run(r, exercise)) == repr(run(r, exercise))
        assert repr(folded(r, exercise).reps) == repr(folded(r, exercise).reps)

    def test_do_not_know_the_future(self, exercise: str) -> None:
        """A prefix of the poses gives a prefix of the events."""
        r = act(exercise, REPS, noise_px=1).recording
        told = [repr(e) for e in run(r, exercise, end=False)]
        for end in np.linspace(1.5, r.t[-1], 5):
            before = [repr(e) for e in run(piece(r, 0, end), exercise, end=False)]
            assert before == told[: len(before)]
        moments = [e.t for e in run(r, exercise)]
        assert moments == sorted(moments)

    @pytest.mark.parametrize("fps", [12, 30])
    def test_come_soon(self, exercise: str, fps: float) -> None:
        """The count within 0.5 s of the return, the verdict within 1.1 s of the count."""
        take = perform(exercise, REPS, fps=fps)
        events = run(take.recording, exercise)
        counts, verdicts = ([e for e in events if isinstance(e, kind)] for kind in (Counted, Judged))
        assert len(counts) == len(verdicts) == 3
        for c, v, d in zip(counts, verdicts, take.done, strict=True):
            assert d.turn < c.t <= d.end + 0.5
            assert c.t <= v.t <= c.t + 1.1
            assert (c.set, c.index) == (v.rep.set, v.rep.index)

    def test_do_not_depend_on_size_place_or_mirror(self, exercise: str) -> None:
        sizes = {"hip_roll_back": 25, "pelvis_rotation": 22, "pelvis_drop": 15, "forward_lean": 20}
        move = [Move(faults=sizes)] * 3
        r = act(exercise, move).recording
        here = folded(r, exercise).reps
        for other in (moved(r, scale=0.4, dx=50, dy=-20), mirrored(r)):
            there = folded(other, exercise).reps
            assert [x.index for x in there] == [x.index for x in here]
            for a, b in zip(here, there, strict=True):
                moments = (a.start_s, a.turn_s, a.end_s)
                assert (b.start_s, b.turn_s, b.end_s) == pytest.approx(moments, abs=0.05)
                assert b.range == pytest.approx(a.range, abs=0.5)
                if exercise != "squat":  # "both" reads the left leg when both are seen alike
                    assert [v.verdict for v in b.verdicts] == [v.verdict for v in a.verdicts]

    def test_ignored_faults_are_not_there(self, exercise: str) -> None:
        r = act(exercise, [Move()] * 2).recording
        skip = {catalogue()[exercise].faults[0].id, "short_rom"}
        reps = fold(r, find(exercise), ignore=skip).reps
        assert reps
        for rep in reps:
            assert skip.isdisjoint(v.fault for v in rep.verdicts)

    def test_every_verdict_is_complete(self, exercise: str) -> None:
        for camera in (BEST[exercise], Camera(120, 40)):
            for rep in folded(act(exercise, REPS, camera=camera).recording, exercise).reps:
                for v in rep.verdicts:
                    assert (v.verdict is Severity.UNKNOWN) == bool(v.reason)
                    # What was read and does not decide is told, too.
                    assert v.verdict is Severity.UNKNOWN or np.isfinite(v.value)
                    bad = v.verdict in (Severity.MILD, Severity.SEVERE)
                    if np.isfinite(v.from_s):
                        assert bad
                        assert rep.start_s - 0.1 <= v.from_s <= v.until_s <= rep.end_s + 0.1


#: A fault, its sizes from nothing to large, and a camera from which the exercise's file says that it shows.
GROWING: list[tuple[str, str, str, list[float], Camera]] = [
    ("clamshell", "hip_roll_back", "hip_roll_back", [0, 12, 40], Camera(43, 19)),
    ("clamshell", "hip_roll_back", "hip_roll_back", [0, 12, 40], Camera(0, 45)),
    ("clamshell", "hip_roll_back", "hip_roll_back", [0, 12, 40], Camera(150, 20)),
    ("clamshell", "feet_apart", "feet_apart", [0, 0.07, 0.2], Camera(43, 19)),
    ("side_leg_raise", "hip_roll_back", "hip_roll_back", [0, 12, 40], Camera(43, 19)),
    ("side_leg_raise", "hip_roll_back", "hip_roll_back", [0, 12, 40], Camera(0, 45)),
    ("side_leg_raise", "knee_bend", "knee_bend", [0, 40, 65], Camera(52, 8)),
    ("side_leg_raise", "leg_drift_forward", "leg_drift_forward", [0, 20, 45], Camera(45, 10)),
    ("fire_hydrant", "pelvis_rotation", "pelvis_rotation", [0, 12, 35], Camera(-130, 15)),
    ("fire_hydrant", "torso_twist", "torso_twist", [0, 10, 35], Camera(-130, 15)),
    ("fire_hydrant", "hip_shift", "hip_shift", [0, 0.1, 0.22], Camera(-130, 15)),
    ("fire_hydrant", "knee_angle", "knee_straight", [0, 30, 60], Camera(130, 15)),
    ("single_leg_bridge", "pelvis_drop", "pelvis_drop", [0, 18, 40], Camera(90, 28)),
    ("squat", "forward_lean", "forward_lean", [0, 15, 32], Camera(90, 8)),
    ("squat", "knee_valgus", "knee_valgus", [0, 12, 36], Camera(0, 8)),
    ("squat", "hip_shift", "hip_shift", [0, 0.04, 0.1], Camera(0, 8)),
    ("squat", "heel_lift", "heel_lift", [0, 0.04, 0.14], Camera(90, 8)),
]


@pytest.mark.parametrize(
    ("exercise", "fault", "command", "sizes", "camera"),
    [pytest.param(*g, id=f"{g[0]}-{g[1]}-{g[4].azimuth:.0f}-{g[4].elevation:.0f}") for g in GROWING],
)
class TestFaults:
    def test_read_more_the_larger_they_are(
        self, exercise: str, fault: str, command: str, sizes: list[float], camera: Camera
    ) -> None:
        """Clean is ok, large is flagged, and the reading rises with the commanded size.

        A clean rep comes first: what may be the body's build is held against it.
        """
        readings, levels, scores = [], [], []
        clean = Severity.OK
        for size in sizes:
            take = act(exercise, [Move(), Move(faults={command: size})], camera=camera)
            reps = folded(take.recording, exercise).reps
            assert [r.counted for r in reps] == [True, True], size
            readings.append(value(reps[1], fault))
            levels.append(verdict(reps[1], fault))
            scores.append(reps[1].score)
            clean = fine(exercise, reps[1], fault)
        # Where only a large one shows, a small one is unknown.
        known = [r for r in readings if np.isfinite(r)]
        assert all(a < b for a, b in pairwise(known)), readings
        assert levels[0] is clean
        assert levels[-1] is Severity.SEVERE
        grey = [Severity.UNKNOWN] if levels[0] is Severity.OK else []
        order = [levels[0], *grey, Severity.MILD, Severity.SEVERE]
        assert [order.index(x) for x in levels] == sorted(order.index(x) for x in levels)
        if None not in scores:
            assert scores == sorted(scores, reverse=True)

    def test_only_in_the_rep_that_has_them(
        self, exercise: str, fault: str, command: str, sizes: list[float], camera: Camera
    ) -> None:
        """On the other side than the test above."""
        moves = [Move(), Move(faults={command: sizes[-1]}), Move()]
        reps = folded(act(exercise, moves, camera=camera, side="right").recording, exercise).reps
        clean = fine(exercise, reps[0], fault)
        assert [verdict(r, fault) for r in reps] == [clean, Severity.SEVERE, clean]


class TestFaultsInTheWrongView:
    @pytest.mark.parametrize(
        ("exercise", "fault", "camera"),
        [
            ("clamshell", "hip_roll_back", Camera(0, 5)),
            ("clamshell", "hip_roll_back", Camera(90, 10)),
            ("clamshell", "hip_roll_back", Camera(-90, 10)),
            ("side_leg_raise", "hip_roll_back", Camera(0, 5)),
            ("side_leg_raise", "leg_drift_forward", Camera(0, 5)),
            ("fire_hydrant", "pelvis_rotation", Camera(20, 15)),
            ("fire_hydrant", "hip_shift", Camera(150, 15)),
            ("fire_hydrant", "back_arch", Camera(180, 15)),
            ("single_leg_bridge", "pelvis_drop", Camera(20, 20)),
            ("single_leg_bridge", "incomplete_extension", Camera(0, 20)),
            ("squat", "knee_valgus", Camera(90, 8)),
            ("squat", "shallow", Camera(90, 32)),
            ("squat", "forward_lean", Camera(150, 8)),
            ("squat", "hip_shift", Camera(90, 8)),
        ],
    )
    def test_are_unknown_for_everybody(self, exercise: str, fault: str, camera: Camera) -> None:
        for faults in ({}, {fault: 25.0 if fault != "hip_shift" else 0.1}):
            beyond = ("back_arch", "shallow", "incomplete_extension")  # what the skeleton does not do
            known = {k: v for k, v in faults.items() if k not in beyond}
            reps = folded(act(exercise, [Move(faults=known)] * 2, camera=camera).recording, exercise).reps
            assert len(reps) == 2
            for r in reps:
                v = next(v for v in r.verdicts if v.fault == fault)
                assert v.verdict is Severity.UNKNOWN
                assert v.reason.startswith("not visible from this angle")

    @pytest.mark.parametrize("bend", [40.0, 60.0])
    def test_a_bend_into_the_depth_is_not_called_straight(self, bend: float) -> None:
        """Square to the belly, the shank goes away from the camera."""
        take = act("side_leg_raise", [Move(faults={"knee_bend": bend})] * 2, camera=Camera(0, 5))
        for r in folded(take.recording, "side_leg_raise").reps:
            assert verdict(r, "knee_bend") is not Severity.OK

    @pytest.mark.parametrize("camera", [Camera(0, 45), Camera(43, 45), Camera(20, 50)])
    def test_a_leg_in_front_is_not_called_in_line(self, camera: Camera) -> None:
        take = act("side_leg_raise", [Move(faults={"leg_drift_forward": 40})] * 2, camera=camera)
        for r in folded(take.recording, "side_leg_raise").reps:
            assert verdict(r, "leg_drift_forward") is not Severity.OK

    def test_a_hidden_joint_is_named(self) -> None:
        r = act("clamshell", [Move(faults={"hip_roll_back": 25})] * 2).recording
        for rep in folded(hidden(r, "shoulder", "left"), "clamshell").reps:
            v = next(v for v in rep.verdicts if v.fault == "hip_roll_back")
            assert v.verdict is Severity.UNKNOWN
            assert v.reason


class TestRange:
    def test_is_what_was_commanded(self) -> None:
        take = act("side_leg_raise", [Move(), Move(amp=0.7)])
        gain = find("side_leg_raise").reps.gain
        full, less = (r.range / gain for r in folded(take.recording, "side_leg_raise").reps)
        assert full == pytest.approx(36.0, rel=0.2), "the degrees are those of the pose model's output"
        assert less == pytest.approx(0.7 * full, rel=0.08)

    @exercises
    def test_a_shorter_rep_is_called_short(self, exercise: str) -> None:
        """Two reps make the person's own range known; where it is read badly, only much less is short."""
        amp = 0.52 if exercise == "fire_hydrant" else 0.64
        moves = [Move(), Move(), Move(), Move(amp=amp), Move()]
        reps = folded(act(exercise, moves).recording, exercise).reps
        levels = [verdict(r, "short_rom") for r in reps]
        assert levels[:2] == [Severity.UNKNOWN] * 2
        assert levels[2] is levels[4] is Severity.OK
        assert levels[3] in (Severity.MILD, Severity.SEVERE)


@exercises
@pytest.mark.parametrize("fps", [15, 30])
def test_calm_reps_are_never_called_swung_or_dropped(exercise: str, fps: float) -> None:
    take = perform(exercise, [Move(2, 1, 2, 1)] * 2, fps=fps, noise_px=1)
    for rep in folded(take.recording, exercise).reps:
        for v in rep.verdicts:
            if v.fault in ("momentum", "dropped_return", "rebound"):
                assert v.verdict in (Severity.OK, Severity.UNKNOWN), v
        if exercise != "squat":
            assert verdict(rep, "momentum") is Severity.OK


@pytest.mark.parametrize(
    "exercise",
    ["clamshell", "side_leg_raise", "single_leg_bridge", "fire_hydrant"],
)
def test_swung_reps_are_called_swung(exercise: str) -> None:
    take = perform(exercise, [Move(0.35, 0.0, 0.35, 0.15)] * 5, fps=30)
    reps = counted(folded(take.recording, exercise))
    assert len(reps) >= 4
    swung = [verdict(r, "momentum") for r in reps]
    assert sum(v in (Severity.MILD, Severity.SEVERE) for v in swung) >= len(swung) - 1, swung


def test_a_world_without_a_body_is_survived() -> None:
    """Any numbers at all: no error, no warning."""
    rng = np.random.default_rng(0)
    t = np.arange(200) / 30
    image, world = rng.uniform(-50, 700, (200, 33, 4)), rng.uniform(-1, 1, (200, 33, 3))
    image[rng.uniform(size=(200, 33)) < 0.2] = np.nan
    for exercise in EXERCISES:
        for r in folded(Recording(t, image, world, (640, 480)), exercise).reps:
            assert isinstance(r, Rep)


def test_history_does_not_grow_with_the_session() -> None:
    engine = Engine(find("clamshell"))
    take = perform("clamshell", [Move()] * 3, fps=15)
    n = len(take.recording)
    sizes = []
    for k in range(6):
        for i in range(n):
            t = k * 20.0 + float(take.recording.t[i])
            engine.update(t, take.recording.image[i], take.recording.world[i])
        sizes.append(len(engine.history._t))
    assert sizes[-1] == sizes[2]
    assert sizes[-1] <= 2048


def test_the_side_follows_a_person_who_turns_over() -> None:
    """Three reps on one side, then three on the other: two sets, each with its own side."""
    first = act("clamshell", [Move()] * 3, side="left").recording
    second = act("clamshell", [Move()] * 3, side="right").recording
    both = Recording(
        np.concatenate([first.t, second.t + first.t[-1] + 1 / 30]),
        np.concatenate([first.image, second.image]),
        np.concatenate([first.world, second.world]),
        first.size,
    )
    f = folded(both, "clamshell")
    assert [(r.set, r.index, r.side.value) for r in f.reps] == [
        (1, 1, "left"), (1, 2, "left"), (1, 3, "left"), (2, 1, "right"), (2, 2, "right"), (2, 3, "right"),
    ]  # fmt: skip


@sides
def test_hydrants_side_is_found_with_the_first_rep(side: str) -> None:
    f = folded(act("fire_hydrant", REPS, side=side, noise_px=2).recording, "fire_hydrant")
    assert [r.side.value for r in f.reps] == [side] * 3


class TestBuild:
    """Readings that may be somebody's build: see docs/decisions/0009-close-calls.md."""

    rolled = Move(faults={"hip_roll_back": 18})

    def told(self, *moves: Move) -> list[tuple[bool, Severity]]:
        reps = folded(act("clamshell", list(moves), camera=Camera(43, 19)).recording, "clamshell").reps
        return [(rep.counted, verdict(rep, "hip_roll_back")) for rep in reps]

    def test_all_reps_alike_are_unknown(self) -> None:
        assert self.told(*[self.rolled] * 3) == [(True, Severity.UNKNOWN)] * 3

    def test_a_better_rep_of_one_s_own_tells_the_others(self) -> None:
        clean, rolled = (True, Severity.OK), (True, Severity.MILD)
        assert self.told(Move(), self.rolled, self.rolled, Move()) == [clean, rolled, rolled, clean]

    def test_a_partial_rep_tells_nothing(self) -> None:
        told = self.told(self.rolled, self.rolled, Move(amp=0.4), self.rolled)
        assert [counted for counted, _ in told] == [True, True, False, True]
        assert [level for counted, level in told if counted] == [Severity.UNKNOWN] * 3
