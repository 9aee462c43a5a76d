"""The camera against arithmetic done by hand, and against OpenGL's own projection."""

from __future__ import annotations

import numpy as np
import pytest

from samples.studio.camera import Camera

AHEAD = Camera(eye=(0, 1, 4), target=(0, 1, 0), fov_deg=2 * np.degrees(np.arctan(0.5)), size=(640, 480))
"""Looks along −z from 4 m, level; at 4 m its picture is 4 m high, so a metre takes 120 px."""

SIZES = [(640, 480), (480, 640), (640, 360)]


def random_cameras(size: tuple[int, int]) -> list[Camera]:
    rng = np.random.default_rng(3)
    cameras = []
    for _ in range(6):
        eye = rng.uniform((-4, 0.2, -4), (4, 2.5, 4))
        target = rng.uniform((-0.5, 0.2, -0.5), (0.5, 1.0, 0.5))
        roll, fov = rng.uniform(-15, 15), rng.uniform(30, 75)
        cameras.append(Camera(tuple(eye), tuple(target), roll, fov, size))
    return cameras


@pytest.mark.parametrize(
    ("point", "pixel"),
    [
        ((0, 1, 0), (320, 240)),
        ((1, 1, 0), (440, 240)),  # the world's +x is to the right when one looks along −z
        ((0, 2, 0), (320, 120)),  # up in the world is up in the picture
        ((0, 3, 0), (320, 0)),
        ((2, 1, -4), (440, 240)),  # twice as far, half as large
        ((-5, 1, 0), (-280, 240)),  # outside of the picture is still a place
    ],
)
def test_points_fall_where_arithmetic_says(point: tuple[float, ...], pixel: tuple[float, ...]) -> None:
    assert AHEAD.focal_px == pytest.approx(480)
    np.testing.assert_allclose(AHEAD.project(point), pixel, atol=1e-9)


def test_depth_is_along_the_axis() -> None:
    np.testing.assert_allclose(AHEAD.depth([[3, 1, 0], [0, 0, 3], [0, 1, 6]]), [4, 1, -2])


def test_behind_the_lens_is_nowhere() -> None:
    pixels = AHEAD.project([[0, 1, 5], [0, 1, 3.95], [0, 1, 0]])
    assert np.isnan(pixels[:2]).all()
    assert np.isfinite(pixels[2]).all()


def test_rolled_clockwise_the_world_turns_the_other_way() -> None:
    rolled = Camera(AHEAD.eye, AHEAD.target, roll_deg=30, fov_deg=AHEAD.fov_deg)
    # A metre straight up: 120 px, now 30° counter-clockwise of the picture's up.
    turn = np.radians(30)
    expected = (320 - 120 * np.sin(turn), 240 - 120 * np.cos(turn))
    np.testing.assert_allclose(rolled.project((0, 2, 0)), expected, atol=1e-9)


def test_the_field_of_view_is_the_height_in_portrait_too() -> None:
    for size in SIZES:
        camera = Camera(AHEAD.eye, AHEAD.target, fov_deg=AHEAD.fov_deg, size=size)
        np.testing.assert_allclose(camera.project((0, 3, 0)), (size[0] / 2, 0), atol=1e-9)


@pytest.mark.parametrize("azimuth", [0, 35, 90, 180, -90])
@pytest.mark.parametrize("elevation", [0, 12, 50])
def test_around_stands_where_it_is_told(azimuth: float, elevation: float) -> None:
    zero, quarter, centre = np.array([0, 0, 1.0]), np.array([1.0, 0, 0]), np.array([0.2, 0.4, -0.1])
    camera = Camera.around(zero, quarter, centre, azimuth, elevation, 3.0)
    line = np.subtract(camera.eye, centre)
    assert np.linalg.norm(line) == pytest.approx(3.0)
    assert np.degrees(np.arcsin(line[1] / 3.0)) == pytest.approx(elevation)
    seen = np.degrees(np.arctan2(line @ quarter, line @ zero))
    assert (seen - azimuth + 180) % 360 == pytest.approx(180)
    np.testing.assert_allclose(camera.project(centre), (320, 240), atol=1e-9)


@pytest.mark.parametrize("size", SIZES)
def test_opengl_sees_the_same(size: tuple[int, int]) -> None:
    points = np.random.default_rng(4).uniform(-1, 1, (50, 3))
    for camera in random_cameras(size):
        clip = np.c_[points, np.ones(50)] @ camera.clip_matrix().T
        seen = clip[:, :2] / clip[:, 3:] * (1, -1) * np.divide(size, 2) + np.divide(size, 2)
        ahead = camera.depth(points) > 0.2
        assert ahead.any()
        np.testing.assert_allclose(seen[ahead], camera.project(points)[ahead], atol=1e-6)


@pytest.mark.parametrize("size", SIZES)
def test_axes_are_a_right_handed_frame(size: tuple[int, int]) -> None:
    for camera in random_cameras(size):
        np.testing.assert_allclose(camera.axes @ camera.axes.T, np.eye(3), atol=1e-12)
        assert np.linalg.det(camera.axes) == pytest.approx(1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"eye": (0, 2, 0), "target": (0, 0, 0)},  # straight down
        {"eye": (0, 1, 2), "target": (0, 1, 0), "fov_deg": 0.2},
        {"eye": (0, 1, 2), "target": (0, 1, 0), "fov_deg": 170},
    ],
)
def test_impossible_cameras_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"camera looks straight|field of view"):
        Camera(**wrong)  # type: ignore[arg-type]
