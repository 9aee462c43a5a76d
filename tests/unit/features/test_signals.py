"""Signals: exactly what was commanded, whatever the picture's size, place and mirror."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.exercises import catalogue
from formcheck.features.body import Window
from formcheck.features.signals import evaluate
from formcheck.landmarks import COUNT, INDEX
from formcheck.spec import (
    Along,
    Between,
    Deviation,
    Distance,
    Exercise,
    Fitted,
    Flexion,
    Lean,
    LeanInLine,
    OfBoth,
    OverLine,
    Ratio,
    Scaled,
    Signal,
    Slope,
    While,
)
from formcheck.types import Floats, Recording

from ...skeleton import EXERCISES, HIPS, TORSO, Camera, Move, Take, mirrored, moved, perform

#: So far away that the picture is a parallel projection.
FAR = 400.0


def far(azimuth: float, elevation: float) -> Camera:
    return Camera(azimuth, elevation, distance=FAR, fov=0.4)


def window(r: Recording, side: str = "left") -> Window:
    return Window(r.t, r.image[..., :2], r.image[..., 3], r.world, side)


def rested(take: Take, side: str = "left") -> Window:
    return window(take.recording, side).with_rest(take.progress < 0.02)


def rise(signal: Signal, take: Take, side: str = "left") -> float:
    """Change from rest to turn."""
    w = rested(take, side)
    y = evaluate(signal, w)
    return float(np.median(y[take.progress > 0.999]) - np.median(y[take.progress < 0.001]))


def flat(points: dict[str, tuple[float, float]], side: str = "left") -> Window:
    """A single frame with some points in the picture, others missing; one metre is 100 px."""
    xy = np.full((1, COUNT, 2), np.nan)
    for name, where in points.items():
        xy[0, INDEX[name]] = where
    world = np.full((1, COUNT, 3), np.nan)
    world[..., :2] = xy / 100.0
    world[..., 2] = 0.0
    return Window(np.zeros(1), xy, np.ones((1, COUNT)), world, side)


#: A trunk that stands upright in the picture, 100 px long.
TRUNK = {
    "left_shoulder": (60.0, 0.0),
    "right_shoulder": (40.0, 0.0),
    "left_hip": (60.0, 100.0),
    "right_hip": (40.0, 100.0),
}


class TestCommanded:
    """The skeleton was told an angle, and the signal says it."""

    @pytest.mark.parametrize("camera", [Camera(0, 8), Camera(45, 20), Camera(90, 0), Camera(160, 45)])
    def test_knees_of_a_squat(self, camera: Camera) -> None:
        take = perform("squat", [Move(), Move(amp=0.6)], camera=camera)
        y = evaluate(OfBoth("mean", Flexion("hip", "knee", "ankle")), window(take.recording))
        assert y == pytest.approx(take.angle, abs=0.01)

    @pytest.mark.parametrize("camera", [Camera(0, 8), Camera(43, 19), Camera(90, 0), Camera(160, 45)])
    @pytest.mark.parametrize("side", ["left", "right"])
    def test_leg_raise(self, camera: Camera, side: str) -> None:
        take = perform("side_leg_raise", [Move()], camera=camera, side=side)
        y = evaluate(Between("hip", "ankle", "shoulders", "hips"), window(take.recording, side))
        assert y == pytest.approx(take.angle, abs=0.01)

    def test_knee_bend_in_the_world_and_in_the_picture(self) -> None:
        take = perform("side_leg_raise", [Move(faults={"knee_bend": 40})], camera=far(0, 89.9))
        top = take.progress > 0.999
        world = evaluate(Flexion("hip", "knee", "ankle"), window(take.recording))
        assert world[top] == pytest.approx(40.0, abs=0.01)
        # Straight from above, the bend lies in the picture; the raise does not.
        image = evaluate(Flexion("hip", "knee", "ankle", space="image"), window(take.recording))
        assert 35 < np.median(image[top]) < 60

    @pytest.mark.parametrize("side", ["left", "right"])
    def test_hydrant(self, side: str) -> None:
        take = perform("fire_hydrant", [Move()], side=side, camera=far(180, 0))
        w = window(take.recording, side)
        apart = evaluate(Distance("knee", "other_knee"), w)
        # Seen from behind: thighs of 0.42 from hips 0.22 apart, one lifted by the commanded angle.
        a = np.radians(take.angle)
        expected = np.hypot(HIPS + 0.42 * np.sin(a), 0.42 * (1 - np.cos(a))) / TORSO * 100
        assert apart == pytest.approx(expected, rel=0.005)
        assert evaluate(Distance("knee", "other_knee", "world"), w) == pytest.approx(expected, rel=1e-6)

    @pytest.mark.parametrize("azimuth", [90, -90])
    def test_lean_is_positive_forwards_whichever_way_one_faces(self, azimuth: float) -> None:
        take = perform("squat", [Move(faults={"forward_lean": 12})], camera=far(azimuth, 0))
        y = evaluate(Lean("hips", "shoulders"), window(take.recording))
        assert y == pytest.approx((31 + 12) * take.progress, abs=0.1)
        shin = evaluate(Lean("ankles", "knees"), window(take.recording))
        assert 25 < shin.max() < 38

    def test_thigh_slope_falls_with_depth(self) -> None:
        take = perform("squat", [Move()], camera=far(90, 0))
        y = evaluate(Slope("knee", "hip"), window(take.recording))
        # Knee 114°, shin 32.5° forward: the thigh is 81.5° from upright (the stance is a little wide).
        assert y.min() == pytest.approx(8.5, abs=1.0)
        assert y[0] > 85

    @pytest.mark.parametrize("shift", [0.0, 0.03, 0.06, 0.1])
    def test_hip_shift(self, shift: float) -> None:
        take = perform("squat", [Move(faults={"hip_shift": shift})], camera=far(0, 0))
        assert rise(Along("hips", "out", than="ankles"), take) == pytest.approx(100 * shift / TORSO, abs=0.1)
        assert rise(Along("hips", "out", than="ankles"), take, "right") == pytest.approx(
            -100 * shift / TORSO, abs=0.1
        )

    @pytest.mark.parametrize("elevation", [0, 20])
    def test_heel_lift(self, elevation: float) -> None:
        take = perform("squat", [Move(faults={"heel_lift": 0.05})], camera=far(90, elevation))
        expected = 10.0 * np.cos(np.radians(elevation))
        assert rise(Along("heel", "up", than="foot_index"), take) == pytest.approx(expected, rel=0.02)

    @pytest.mark.parametrize("side", ["left", "right"])
    @pytest.mark.parametrize("azimuth", [43, 60, 90, 120])
    @pytest.mark.parametrize("roll", [0, 10, 25, 40])
    def test_roll_back(self, roll: float, azimuth: float, side: str) -> None:
        """The upper hip goes back by hip width times the sine, as much of it as the camera sees."""
        take = perform("clamshell", [Move(faults={"hip_roll_back": roll})], side=side, camera=far(azimuth, 0))
        way = 100 * HIPS * np.sin(np.radians(roll)) / TORSO * np.sin(np.radians(azimuth))
        assert rise(Along("hip", "back_level"), take, side) == pytest.approx(way, abs=0.2)
        assert rise(Along("hip", "back"), take, side) == pytest.approx(way, abs=0.2)
        assert rise(Along("hip", "belly"), take, side) == pytest.approx(-way, abs=0.2)

    @pytest.mark.parametrize("turn", [0, 10, 22])
    def test_pelvis_rotation_lifts_the_hip(self, turn: float) -> None:
        take = perform("fire_hydrant", [Move(faults={"pelvis_rotation": turn})], camera=far(130, 0))
        assert rise(Along("hip", "up"), take) == pytest.approx(
            100 * HIPS * np.sin(np.radians(turn)) / TORSO, abs=0.1
        )

    @pytest.mark.parametrize("drop", [0, 8, 15])
    def test_pelvis_drop_lets_the_free_hip_sink(self, drop: float) -> None:
        take = perform("single_leg_bridge", [Move(faults={"pelvis_drop": drop})], camera=far(90, 0))
        lost = rise(Along("hip", "up", than="other_hip"), take)
        assert lost == pytest.approx(100 * HIPS * np.sin(np.radians(drop)) / TORSO, rel=0.12, abs=0.1)

    def test_a_full_bridge_is_one_line(self) -> None:
        take = perform("single_leg_bridge", [Move()], camera=far(90, 0))
        top = take.progress > 0.999
        w = rested(take)
        assert np.abs(evaluate(OverLine("hip", "shoulder", "knee"), w)[top]).max() < 1.0
        assert evaluate(Flexion("shoulder", "hip", "knee", space="image"), w)[top].max() < 1.0
        assert evaluate(OverLine("hip", "shoulder", "knee"), w)[0] < -15

    def test_feet_apart(self) -> None:
        take = perform("clamshell", [Move(faults={"feet_apart": 0.1})], camera=far(43, 0))
        assert rise(Distance("ankle", "other_ankle"), take) == pytest.approx(20.0, abs=0.3)


class TestPlane:
    """Signals of the picture on points that were put there."""

    def test_slope_is_up_positive_on_both_sides(self) -> None:
        for x in (10.0, -10.0):
            w = flat({"left_knee": (0, 0), "left_hip": (x, -10)})
            assert evaluate(Slope("knee", "hip"), w)[0] == pytest.approx(45.0)
            w = flat({"left_knee": (0, 0), "left_hip": (x, 10)})
            assert evaluate(Slope("knee", "hip"), w)[0] == pytest.approx(-45.0)

    def test_over_line_is_signed_by_height(self) -> None:
        for a, b in (((0, 0), (100, 0)), ((100, 0), (0, 0))):
            points = TRUNK | {"left_elbow": a, "left_knee": b}
            up = evaluate(OverLine("wrist", "elbow", "knee"), flat(points | {"left_wrist": (30, -20)}))
            down = evaluate(OverLine("wrist", "elbow", "knee"), flat(points | {"left_wrist": (30, 20)}))
            assert up[0] == pytest.approx(20.0)
            assert down[0] == pytest.approx(-20.0)

    def test_distance_is_a_share_of_the_torso(self) -> None:
        w = flat(TRUNK | {"left_knee": (0, 0), "right_knee": (30, 40)})
        assert w.torso == pytest.approx(100.0)
        assert evaluate(Distance("knee", "other_knee"), w)[0] == pytest.approx(50.0)
        assert evaluate(Distance("knee", "other_knee", "world"), w)[0] == pytest.approx(50.0)

    def test_flexion_of_a_right_angle(self) -> None:
        w = flat({"left_hip": (0, 0), "left_knee": (10, 0), "left_ankle": (10, 30)})
        for signal in (Flexion("hip", "knee", "ankle"), Flexion("hip", "knee", "ankle", space="image")):
            assert evaluate(signal, w)[0] == pytest.approx(90.0)

    def test_arithmetic(self) -> None:
        w = flat(
            TRUNK
            | {"left_knee": (0, 0), "right_knee": (30, 40), "left_ankle": (0, 0), "right_ankle": (0, 25)}
        )
        knees, ankles = Distance("knee", "other_knee"), Distance("ankle", "other_ankle")
        for signal, expected in (
            (knees + ankles, 75.0),
            (knees - ankles, 25.0),
            (Scaled(knees, -2.0, 7.0), -93.0),
            (Fitted(((0.5, knees), (-2.0, ankles)), "°", 30.0), 5.0),
            (Ratio(knees, ankles), 200.0),
            (Deviation(knees, 90.0), 40.0),
            (Deviation(knees, 20.0), 30.0),
        ):
            assert evaluate(signal, w)[0] == pytest.approx(expected)

    def test_ratio_over_nothing_is_missing(self) -> None:
        w = flat(
            TRUNK | {"left_knee": (0, 0), "right_knee": (30, 40), "left_ankle": (0, 0), "right_ankle": (0, 0)}
        )
        y = evaluate(Ratio(Distance("knee", "other_knee"), Distance("ankle", "other_ankle")), w)
        assert np.isnan(y[0])

    def test_while_another_is_below_a_limit(self) -> None:
        w = flat(
            TRUNK
            | {"left_knee": (0, 0), "right_knee": (30, 40), "left_ankle": (0, 0), "right_ankle": (0, 25)}
        )
        knees, ankles = Distance("knee", "other_knee"), Distance("ankle", "other_ankle")
        assert evaluate(While(knees, ankles, below=26), w)[0] == pytest.approx(50.0)
        assert np.isnan(evaluate(While(knees, ankles, below=25), w)[0])
        unseen = Distance("heel", "other_heel")
        assert np.isnan(evaluate(While(knees, unseen, below=1e9), w)[0]), "who knows"
        assert np.isnan(evaluate(While(unseen, ankles, below=1e9), w)[0])

    def test_of_both(self) -> None:
        w = flat({"left_hip": (0, 0), "left_knee": (9, 9), "right_hip": (0, 0), "right_knee": (0, 9)})
        slope = Slope("knee", "hip")
        got = [evaluate(s, w)[0] for s in (OfBoth("min", slope), OfBoth("max", slope), OfBoth("mean", slope))]
        assert got == pytest.approx([45.0, 90.0, 67.5])
        half = flat({"left_hip": (0, 0), "left_knee": (9, 9)})
        assert np.isnan(evaluate(OfBoth("min", slope), half)[0]), "one side alone is not both"


def catalogue_signals() -> list[object]:
    found: list[object] = []
    for exercise in catalogue().values():
        found.append(pytest.param(exercise, exercise.reps.signal, id=f"{exercise.id}-reps"))
        found += [
            pytest.param(exercise, way.measure.signal, id=f"{exercise.id}-{fault.id}-{k}")
            for fault in exercise.faults
            for k, way in enumerate(fault.ways)
        ]
    return found


FAULTY = {
    "hip_roll_back": 20.0, "feet_apart": 0.06, "knee_bend": 20.0, "pelvis_rotation": 15.0, "torso_twist": 8.0,
    "pelvis_drop": 10.0, "forward_lean": 10.0, "knee_valgus": 10.0, "hip_shift": 0.04, "heel_lift": 0.03,
}  # fmt: skip
#: What the bodies of the tests do in place of an exercise that they do not know, by posture.
STAND_INS = {"side_lying": "clamshell", "quadruped": "fire_hydrant", "supine": "single_leg_bridge"}
#: Off every axis, so that nothing is symmetric by accident.
ASKEW = Camera(57, 23)


def known(exercise: Exercise) -> str:
    return exercise.id if exercise.id in EXERCISES else STAND_INS.get(exercise.posture, "squat")


def same(there: Floats, here: Floats, within: float = 1e-6) -> None:
    """The same change from the first frame on, and unseen in the same frames."""
    assert np.isfinite(here[0])
    assert there - there[0] == pytest.approx(here - here[0], abs=within, nan_ok=True)


@pytest.mark.parametrize(("exercise", "signal"), catalogue_signals())
class TestInvariance:
    """Nothing that is judged depends on the picture's size, on where in it somebody is, or on the mirror."""

    def curve(self, signal: Signal, r: Recording, side: str = "left") -> Floats:
        return evaluate(signal, window(r, side))

    def take(self, exercise: Exercise) -> Recording:
        return perform(known(exercise), [Move(faults=FAULTY)], camera=ASKEW, fps=12).recording

    @pytest.mark.parametrize("scale", [0.25, 1.7])
    def test_of_size_and_place(self, exercise: Exercise, signal: Signal, scale: float) -> None:
        r = self.take(exercise)
        here, there = (self.curve(signal, x) for x in (r, moved(r, scale=scale, dx=311, dy=-47)))
        # A position on its own, as that of the hip along "up", moves with the body; its change does not.
        same(there, here)

    def test_of_the_mirror(self, exercise: Exercise, signal: Signal) -> None:
        r = self.take(exercise)
        here = self.curve(signal, r, "left")
        there = self.curve(signal, mirrored(r), "right")
        same(there, here)

    def test_of_the_side_that_works(self, exercise: Exercise, signal: Signal) -> None:
        """Somebody who works the other side, filmed from the mirrored place, reads the same."""
        move = [Move(faults=FAULTY)]
        left, right = (
            perform(known(exercise), move, side=s, camera=ASKEW, fps=12).recording for s in ("left", "right")
        )
        here, there = self.curve(signal, left), self.curve(signal, right, "right")
        same(there, here, 1e-5)


@pytest.mark.parametrize("lean", [-30.0, -8.0, 0.0, 12.0, 25.0])
@pytest.mark.parametrize("mirror", [1, -1])
@pytest.mark.parametrize("down", [10.0, 35.0, 60.0])
def test_how_a_segment_will_lean(lean: float, mirror: int, down: float) -> None:
    """Raised, the shin leans by `lean` towards the head; then the hip is let down and the knee bends."""
    foot, shin, thigh, trunk = np.array([300.0, 400.0]), 90.0, 95.0, 110.0
    knee = foot + shin * np.array([-np.sin(np.radians(lean)), -np.cos(np.radians(lean))])
    shoulder = knee + (thigh + trunk) * np.array([-np.cos(np.radians(25)), np.sin(np.radians(25))])
    # The hip nearer to the floor: the knee lies where the circles of thigh and shin meet.
    hip = shoulder + trunk * np.array([np.cos(np.radians(25 - down)), -np.sin(np.radians(25 - down))])
    far = float(np.linalg.norm(foot - hip))
    along = (thigh**2 - shin**2 + far**2) / (2 * far)
    way = (foot - hip) / far
    knee = hip + along * way + np.sqrt(thigh**2 - along**2) * np.array([way[1], -way[0]])
    points = {"left_shoulder": shoulder, "left_hip": hip, "left_knee": knee, "left_ankle": foot}
    w = flat({name: (mirror * p[0], p[1]) for name, p in points.items()})
    signal = LeanInLine("shoulder", "hip", "knee", "ankle")
    assert evaluate(signal, w)[0] == pytest.approx(lean, abs=1e-3)


@pytest.mark.parametrize(
    ("hip", "foot"), [((0.0, 0.0), (0.0, 0.0)), ((500.0, 0.0), (100.0, 0.0))], ids=["one spot", "too long"]
)
def test_a_segment_that_cannot_be_in_line_has_no_lean(
    hip: tuple[float, float], foot: tuple[float, float]
) -> None:
    points = {"left_shoulder": (0.0, 0.0), "left_hip": hip, "left_knee": (0.0, 0.0), "left_ankle": foot}
    assert np.isnan(evaluate(LeanInLine("shoulder", "hip", "knee", "ankle"), flat(points))).all()
