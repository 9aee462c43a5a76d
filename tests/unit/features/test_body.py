"""The body as a frame of reference: axes, scale, posture, points and what is seen, against known poses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.features.body import Window, axes, median, posture, scale
from formcheck.landmarks import COUNT, INDEX, LEFT, MIRROR, RIGHT
from formcheck.types import Recording

from ...skeleton import BEST, EXERCISES, POSTURES, TORSO, Camera, Move, mirrored, moved, perform, still


def window(r: Recording, side: str = "left") -> Window:
    return Window(r.t, r.image[..., :2], r.image[..., 3], r.world, side)


class TestAxes:
    @given(st.integers(0, 10**9), st.floats(0.01, 100))
    def test_are_orthonormal(self, seed: int, size: float) -> None:
        world = np.random.default_rng(seed).normal(0, size, (COUNT, 3))
        a = axes(world)
        assert a @ a.T == pytest.approx(np.eye(3), abs=1e-5)
        assert a[2] == pytest.approx(np.cross(a[1], a[0]), abs=1e-5), "front is left cross head"

    @pytest.mark.parametrize("exercise", EXERCISES)
    def test_point_where_the_body_does(self, exercise: str) -> None:
        """Head, left and front on the picture's axes, from a camera square to azimuth 0."""
        expected = {
            "side_lying": [[-1, 0, 0], [0, -1, 0], [0, 0, -1]],
            "quadruped": [[0, 0, -1], [1, 0, 0], [0, 1, 0]],
            "supine": [[0, 0, 1], [1, 0, 0], [0, -1, 0]],
            "standing": [[0, -1, 0], [1, 0, 0], [0, 0, -1]],
        }[POSTURES[exercise]]
        take = still(exercise, 0.2, camera=Camera(0, 0))
        assert axes(take.recording.world)[0] == pytest.approx(np.array(expected, float), abs=1e-6)

    @pytest.mark.parametrize("missing", ["left_hip", "right_hip", "left_shoulder", "right_shoulder"])
    def test_are_missing_with_a_corner_of_the_trunk(self, missing: str) -> None:
        world = still("squat", 0.2).recording.world.copy()
        world[1, INDEX[missing]] = np.nan
        a = axes(world)
        assert np.isnan(a[1]).all()
        assert np.isfinite(a[0]).all()

    def test_are_missing_where_points_fall_together(self) -> None:
        assert np.isnan(axes(np.zeros((COUNT, 3)))).all()


class TestScale:
    @pytest.mark.parametrize("azimuth", [0, 30, 60, 90, 120, 180])
    @pytest.mark.parametrize("exercise", EXERCISES)
    def test_foreshortening_cancels(self, exercise: str, azimuth: float) -> None:
        """The torso is as long in px as it would lie in the picture plane, from wherever it is seen."""
        camera = Camera(azimuth, 20, distance=40, fov=4)
        take = perform(exercise, [Move()], camera=camera, fps=15)
        focal = camera.size[1] / 2 / np.tan(np.radians(camera.fov) / 2)
        w = window(take.recording)
        trunk = np.linalg.norm((w.points("shoulders", "world") - w.points("hips", "world")), axis=-1)
        if exercise != "single_leg_bridge":  # there, the free hip moves away from the shoulders
            assert trunk == pytest.approx(np.full_like(trunk, TORSO), abs=1e-6)
        assert w.torso == pytest.approx(TORSO * focal / camera.distance, rel=0.02)

    def test_is_px_per_metre(self) -> None:
        r = still("squat", 0.2, camera=Camera(0, 0, distance=40, fov=4)).recording
        focal = 360 / np.tan(np.radians(2))
        assert scale(r.image[..., :2], r.world) == pytest.approx(np.full(len(r), focal / 40), rel=0.01)

    def test_a_hidden_limb_does_not_change_it(self) -> None:
        r = still("squat", 0.2, camera=Camera(40, 10, distance=40, fov=4)).recording
        image, world = r.image.copy(), r.world.copy()
        for joint in ("knee", "ankle"):
            image[:, LEFT[joint]], world[:, LEFT[joint]] = np.nan, np.nan
        assert scale(image[..., :2], world) == pytest.approx(scale(r.image[..., :2], r.world), rel=0.02)

    def test_is_missing_without_any_bone(self) -> None:
        assert np.isnan(scale(np.full((2, COUNT, 2), np.nan), np.zeros((2, COUNT, 3)))).all()

    @given(st.floats(0.2, 5.0), st.floats(-500, 500), st.floats(-500, 500))
    def test_torso_grows_with_the_picture(self, factor: float, dx: float, dy: float) -> None:
        r = still("clamshell", 0.2).recording
        there = window(moved(r, scale=factor, dx=dx, dy=dy)).torso
        assert there == pytest.approx(factor * window(r).torso)


class TestPosture:
    @pytest.mark.parametrize("side", ["left", "right"])
    @pytest.mark.parametrize("azimuth", [0, 45, 90, 135, 180])
    @pytest.mark.parametrize("elevation", [0, 25])
    @pytest.mark.parametrize("exercise", EXERCISES)
    def test_of_every_start_position(
        self, exercise: str, azimuth: float, elevation: float, side: str
    ) -> None:
        take = still(exercise, 0.2, side=side, camera=Camera(azimuth, elevation))
        assert posture(window(take.recording).gravity) == POSTURES[exercise]

    @pytest.mark.parametrize("azimuth", [0, 90])
    def test_stays_standing_at_the_bottom_of_a_squat(self, azimuth: float) -> None:
        take = perform("squat", [Move()], camera=Camera(azimuth, 8))
        for a in axes(take.recording.world):
            assert posture(-a[:, 1]) == "standing"

    def test_stays_on_the_side_while_the_hip_rolls(self) -> None:
        take = perform("clamshell", [Move(faults={"hip_roll_back": 30})])
        assert {posture(-a[:, 1]) for a in axes(take.recording.world)} == {"side_lying"}

    @pytest.mark.parametrize(
        ("gravity", "expected"),
        [
            ((1, 0, 0), "standing"),
            ((0, 1, 0), "side_lying"),
            ((0, -1, 0), "side_lying"),
            ((0, 0, 1), "supine"),
            ((0, 0, -1), "quadruped"),
            ((-1, 0, 0), None),  # upside down is no posture
            ((0.58, 0.58, 0.57), None),
            ((float("nan"), 0, 0), None),
        ],
    )
    def test_table(self, gravity: tuple[float, float, float], expected: str | None) -> None:
        assert posture(np.array(gravity, float)) == expected


class TestWindow:
    def test_names(self) -> None:
        r = still("clamshell", 0.2).recording
        w = window(r, "right")
        assert np.array_equal(w.points("knee"), r.image[:, RIGHT["knee"], :2])
        assert np.array_equal(w.points("other_knee"), r.image[:, LEFT["knee"], :2])
        assert np.array_equal(w.points("left_knee"), r.image[:, LEFT["knee"], :2])
        assert np.array_equal(w.points("nose", "world"), r.world[:, INDEX["nose"]])
        middle = (r.world[:, LEFT["hip"]] + r.world[:, RIGHT["hip"]]) / 2
        assert w.points("hips", "world") == pytest.approx(middle)
        toes = (r.image[:, LEFT["foot_index"], :2] + r.image[:, RIGHT["foot_index"], :2]) / 2
        assert w.points("feet") == pytest.approx(toes)

    def test_seen(self) -> None:
        r = still("clamshell", 0.2).recording
        r.image[:, LEFT["knee"], 3], r.image[:, RIGHT["knee"], 3] = 0.2, 0.7
        w = window(r)
        assert w.seen("knee") == pytest.approx(np.full(len(r), 0.2))
        assert w.seen("other_knee") == pytest.approx(np.full(len(r), 0.7))
        assert w.seen("right_knee") == pytest.approx(np.full(len(r), 0.7))
        assert w.seen("knees") == pytest.approx(np.full(len(r), 0.7)), "the better one where both are meant"

    @pytest.mark.parametrize("exercise", EXERCISES)
    def test_mirroring_exchanges_the_sides_exactly(self, exercise: str) -> None:
        r = still(exercise, 0.3, camera=Camera(50, 20)).recording
        a, b = window(r, "left"), window(mirrored(r), "right")
        flip = np.array([-1.0, 1.0])
        for name in ("knee", "other_ankle", "shoulders", "feet"):
            there = b.points(name) * flip + np.array([r.size[0], 0])
            assert there == pytest.approx(a.points(name))
        assert b.torso == pytest.approx(a.torso)
        assert b.gravity == pytest.approx(a.gravity * np.array([1, -1, 1]))
        assert b.camera == pytest.approx(a.camera * np.array([1, -1, 1]))
        for name in ("up", "back", "back_level", "belly", "head", "feet", "out"):
            assert b.direction(name) * flip == pytest.approx(a.direction(name)), name

    def test_directions_show_as_much_as_the_camera_lets(self) -> None:
        """Lying on the side and seen from the feet by 43° at the level of the body."""
        w = window(still("clamshell", 0.3, camera=Camera(43, 0)).recording)
        assert w.direction("up") == pytest.approx([0, -1])
        assert np.hypot(*w.direction("back")) == pytest.approx(np.sin(np.radians(43)), abs=1e-6)
        assert np.hypot(*w.direction("feet")) == pytest.approx(np.cos(np.radians(43)), abs=1e-6)
        assert w.direction("back") == pytest.approx(-w.direction("belly"))
        assert w.direction("out") == pytest.approx([0, -1], abs=1e-6)

    def test_from_the_feet_back_is_to_the_right_when_the_left_side_is_up(self) -> None:
        """Seen from the feet end, somebody on the right side has the belly to the left of the picture."""
        w = window(still("clamshell", 0.3, camera=Camera(90, 0)).recording)
        assert w.direction("back") == pytest.approx([1, 0], abs=1e-6)
        raised = window(still("clamshell", 0.3, camera=Camera(0, 40)).recording)
        assert raised.direction("back")[1] < -0.5, "from above in front, backwards is up in the picture"
        assert raised.direction("back_level") == pytest.approx([0, 0], abs=1e-6)

    def test_directions_are_those_of_the_rest(self) -> None:
        take = perform("clamshell", [Move(hold=6.0, faults={"hip_roll_back": 40})], camera=BEST["clamshell"])
        w = window(take.recording)
        rested = w.with_rest(take.progress < 0.05)
        first = window(still("clamshell", 0.2).recording)
        assert rested.direction("back") == pytest.approx(first.direction("back"), abs=1e-6)
        assert w.direction("back") != pytest.approx(first.direction("back"), abs=0.05)

    def test_on_side_keeps_what_is_known(self) -> None:
        w = window(still("clamshell", 0.2).recording)
        assert w.on_side("left") is w
        twin = w.on_side("right")
        assert twin.torso == w.torso
        assert np.array_equal(twin.points("other_hip"), w.points("hip"))

    def test_of_nothing(self) -> None:
        w = Window(np.empty(0), np.empty((0, 33, 2)), np.empty((0, 33)), np.empty((0, 33, 3)))
        assert np.isnan(w.torso)
        assert posture(w.gravity) is None

    def test_of_frames_without_a_person(self) -> None:
        r = still("squat", 0.3).recording
        nothing = window(Recording(r.t, np.full_like(r.image, np.nan), np.full_like(r.world, np.nan), r.size))
        assert np.isnan(nothing.torso)
        assert posture(nothing.gravity) is None


def test_median_of_what_is_there() -> None:
    assert median(np.array([3.0, np.nan, 1.0, 2.0])) == 2.0
    assert np.isnan(median(np.array([np.nan])))
    assert np.isnan(median(np.empty(0)))


def test_mirror_table_is_an_involution() -> None:
    assert np.arange(COUNT)[list(MIRROR)][list(MIRROR)].tolist() == list(range(COUNT))
