from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.landmarks import INDEX, LEFT, RIGHT
from formcheck.smooth.outliers import clean
from formcheck.types import Floats

TRUNK = 100.0
KNEE = INDEX["left_knee"]


def standing(t: Floats) -> tuple[Floats, Floats]:
    """Somebody who squats a little, seen from the side: ``(T, 33, 4)`` px and ``(T, 33, 3)`` m."""
    image = np.zeros((len(t), 33, 4))
    image[..., 3] = 0.9
    heights = {"ankle": 0.0, "heel": 0.0, "foot_index": 0.0, "knee": 0.84, "hip": 1.68, "shoulder": 2.68}
    bend = 0.2 * (1 - np.cos(2 * np.pi * t / 3))
    for joint, height in heights.items():
        for table, x in ((LEFT, 300.0), (RIGHT, 320.0)):
            image[:, table[joint], 0] = x + (30 * bend if joint == "knee" else 0)
            image[:, table[joint], 1] = 500 - TRUNK * height + (TRUNK * bend if height > 1 else 0)
    for joint, drop in (("elbow", 0.6), ("wrist", 1.1), ("pinky", 1.2), ("index", 1.2), ("thumb", 1.2)):
        for table in (LEFT, RIGHT):
            image[:, table[joint], :2] = image[:, table["shoulder"], :2] + (0, TRUNK * drop)
    image[:, :11, :2] = image[:, [LEFT["shoulder"]], :2] - (0, 40)
    return image, image[..., :3] / 200


def times(fps: float, seconds: float = 6.0) -> Floats:
    return np.arange(0, seconds, 1 / fps)


@pytest.mark.parametrize("fps", [15, 30, 60])
def test_smooth_motion_is_untouched(fps: float) -> None:
    t = times(fps)
    image, world = standing(t)
    new_image, new_world = clean(t, image, world)
    np.testing.assert_array_equal(new_image, image)
    np.testing.assert_array_equal(new_world, world)


@pytest.mark.parametrize("fps", [15, 30, 60])
@pytest.mark.parametrize("jump", [0.3, 3.0])
def test_a_point_that_jumps_away_and_back_is_put_back(fps: float, jump: float) -> None:
    t = times(fps)
    image, world = standing(t)
    spoilt_image, spoilt_world = image.copy(), world.copy()
    at = len(t) // 2
    spoilt_image[at, KNEE, 0] += jump * TRUNK
    spoilt_world[at, KNEE] += 0.4
    new_image, new_world = clean(t, spoilt_image, spoilt_world)
    np.testing.assert_allclose(new_image, image, atol=0.01 * TRUNK)
    np.testing.assert_allclose(new_world, world, atol=0.01)


def test_the_input_is_not_changed() -> None:
    t = times(30)
    image, world = standing(t)
    image[50, KNEE, 0] += 100
    before = image.copy()
    clean(t, image, world)
    np.testing.assert_array_equal(image, before)


def test_short_gaps_are_filled_long_ones_stay() -> None:
    t = times(30)
    image, world = standing(t)
    full = image.copy()
    image[20:25, KNEE] = np.nan  # 0.2 s between the neighbours
    image[60:66, KNEE] = np.nan
    image[100:104] = np.nan  # nobody for a moment
    world[100:104] = np.nan
    image[:3, KNEE] = np.nan
    new_image, new_world = clean(t, image, world)
    np.testing.assert_allclose(new_image[20:25, KNEE], full[20:25, KNEE], atol=1)
    assert np.isnan(new_image[60:66, KNEE]).all()
    assert np.isfinite(new_image[100:104]).all()
    assert np.isfinite(new_world[100:104]).all()
    assert np.isnan(new_image[:3, KNEE]).all()


@pytest.mark.parametrize(("fps", "filled"), [(10, 1), (60, 11)])
def test_gaps_are_measured_in_time_not_in_frames(fps: float, filled: int) -> None:
    t = times(fps)
    for missing in (filled, filled + 1):
        image, world = standing(t)
        image[20 : 20 + missing, KNEE] = np.nan
        new, _ = clean(t, image, world)
        assert np.isfinite(new[20 : 20 + missing, KNEE]).all() == (missing == filled)


def test_a_shin_far_too_long_loses_its_far_end() -> None:
    t = times(30)
    image, world = standing(t)
    ankle = INDEX["left_ankle"]
    image[60:90, ankle, 0] += 2 * TRUNK  # a second long: no outlier in time
    new_image, new_world = clean(t, image, world)
    assert np.isnan(new_image[61:89, ankle]).all()
    assert np.isnan(new_world[61:89, ankle]).all()
    assert np.isfinite(new_image[61:89, KNEE]).all()


def test_a_knee_far_off_goes_alone() -> None:
    t = times(30)
    image, world = standing(t)
    image[60:90, KNEE, 0] += 2 * TRUNK
    new_image, _ = clean(t, image, world)
    assert np.isnan(new_image[61:89, KNEE]).all()
    assert np.isfinite(new_image[61:89, INDEX["left_ankle"]]).all()


def test_a_limb_seen_end_on_may_unfold() -> None:
    """A thigh that points at the camera most of the time isn't implausible when it doesn't."""
    t = times(30)
    image, world = standing(t)
    hip = INDEX["left_hip"]
    end_on = t < 5
    image[end_on, KNEE, :2] = image[end_on, hip, :2] + (0, 10)
    for joint in ("ankle", "heel", "foot_index"):
        image[end_on, LEFT[joint], :2] = image[end_on, KNEE, :2] + (0, 84)
    new_image, _ = clean(t, image, world)
    assert np.isfinite(new_image[t > 5.2, KNEE]).all()


def test_someone_who_comes_nearer_grows_and_stays_whole() -> None:
    t = times(30, 9)
    image, world = standing(t)
    image[..., :2] *= (1 + t / 3)[:, None, None]
    new_image, _ = clean(t, image, world)
    np.testing.assert_array_equal(new_image, image)


def test_nothing_and_nobody() -> None:
    for count in (0, 1, 3, 40):
        image, world = np.full((count, 33, 4), np.nan), np.full((count, 33, 3), np.nan)
        new_image, new_world = clean(np.arange(count) / 30, image, world)
        assert new_image.shape == image.shape
        assert np.isnan(new_image).all()
        assert np.isnan(new_world).all()


@settings(max_examples=15, deadline=None)
@given(scale=st.floats(0.1, 20), mirror=st.booleans(), shift=st.floats(-500, 500), late=st.floats(0, 1000))
def test_scale_mirror_place_and_clock_do_not_matter(
    scale: float, mirror: bool, shift: float, late: float
) -> None:
    t = times(30)
    image, world = standing(t)
    image[..., :2] += np.random.default_rng(8).normal(0, 1, image[..., :2].shape)
    image[70, KNEE, :2] += 60
    image[80:120, INDEX["left_wrist"], 0] += 300
    changed = image.copy()
    changed[..., 0] = (-image[..., 0] if mirror else image[..., 0]) * scale + shift
    changed[..., 1] = image[..., 1] * scale
    plain, _ = clean(t, image, world)
    other, _ = clean(t + late, changed, world)
    np.testing.assert_array_equal(np.isnan(other), np.isnan(plain))
    x = (-plain[..., 0] if mirror else plain[..., 0]) * scale + shift
    np.testing.assert_allclose(other[..., 0], x, atol=1e-3 * scale + 1e-6, equal_nan=True)
