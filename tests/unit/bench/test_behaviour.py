"""The measures of `tests.bench.behaviour`, against recordings whose behaviour is known by construction."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.geometry import Floats
from formcheck.landmarks import LEFT, RIGHT
from formcheck.types import Recording
from tests.bench.behaviour import GROUPS, behaviour, knee_compression

TORSO_M = 0.5
#: Somebody facing the camera, metres from between the hips, y down; the face in one point.
PLACES = {
    "ear": (0.07, -0.7),
    "shoulder": (0.18, -TORSO_M),
    "elbow": (0.3, -0.25),
    "wrist": (0.35, 0.0),
    "pinky": (0.36, 0.08),
    "index": (0.35, 0.08),
    "thumb": (0.33, 0.06),
    "hip": (0.12, 0.0),
    "knee": (0.14, 0.42),
    "ankle": (0.15, 0.82),
    "heel": (0.15, 0.85),
    "foot_index": (0.18, 0.88),
}


def times(fps: float, seconds: float = 20.0) -> Floats:
    return np.arange(0, seconds, 1 / fps)


def person(t: Floats) -> Floats:
    """``(T, 33, 3)`` metres, standing still."""
    world = np.zeros((len(t), 33, 3))
    world[:, :11, 1] = -0.72
    for joint, (x, y) in PLACES.items():
        world[:, LEFT[joint], :2], world[:, RIGHT[joint], :2] = (x, y), (-x, y)
    return world


def filmed(
    t: Floats, world: Floats, px_per_m: float = 200.0, size: tuple[int, int] = (640, 480)
) -> Recording:
    image = np.full((len(t), 33, 4), 0.9)
    image[..., :2] = world[..., :2] * px_per_m + (size[0] / 2, size[1] / 2)
    return Recording(t, image, world, size)


def shaken(t: Floats, hz: float, share: float) -> Floats:
    """All points swing along x, by a share of the torso; the world landmarks too."""
    world = person(t)
    world[..., 0] += share * TORSO_M * np.sin(2 * np.pi * hz * t)[:, None]
    return world


@pytest.mark.parametrize("fps", [15, 30, 60])
@pytest.mark.parametrize("px_per_m", [100.0, 400.0])
def test_jitter_is_measured_in_torso_lengths_at_any_rate_and_size(fps: float, px_per_m: float) -> None:
    t = times(fps)
    found = behaviour(filmed(t, shaken(t, 4.5, 0.01), px_per_m))
    for name in GROUPS:
        assert found[f"jitter_rest.{name}"] == pytest.approx(100 * 0.01 / np.sqrt(2), rel=0.12)
        assert np.isnan(found[f"jitter_move.{name}"])
        assert found[f"glitches.{name}"] == 0


def test_movement_is_no_jitter() -> None:
    t = times(30)
    found = behaviour(filmed(t, shaken(t, 0.3, 0.5)))
    for name in GROUPS:
        assert found[f"jitter_move.{name}"] < 0.3
        assert found[f"glitches.{name}"] == 0
    assert found["restarts"] == 0


def test_a_glitch_is_counted_where_it_happens_and_is_no_jitter() -> None:
    t = times(30, 30.0)
    world = person(t)
    world[[200, 500, 501], LEFT["ankle"], 1] += 0.3 * TORSO_M
    found = behaviour(filmed(t, world))
    assert found["glitches.foot"] == pytest.approx(4.0)
    assert sum(found[f"glitches.{name}"] for name in GROUPS) == pytest.approx(4.0)
    assert found["restarts"] == 0


def test_a_step_of_the_whole_body_is_a_restart() -> None:
    t = times(30, 30.0)
    world = person(t)
    image = filmed(t, world)
    image.image[300:, :, 0] += 0.06 * TORSO_M * 200
    assert behaviour(image)["restarts"] == pytest.approx(2.0)


def test_lost_frames_and_hidden_points() -> None:
    t = times(20, 10.0)
    recording = filmed(t, person(t))
    recording.image[:, list(GROUPS["knee"]), 3] = np.where(np.arange(len(t)) < 60, 0.2, 0.8)[:, None]
    recording.image[160:], recording.world[160:] = np.nan, np.nan
    found = behaviour(recording)
    assert found["lost"] == pytest.approx(20.0)
    assert found["hidden.knee"] == pytest.approx(100 * 60 / 160)
    assert found["visible_p50.knee"] == pytest.approx(0.8)
    assert found["hidden.hip"] == 0


def test_legs_that_change_places() -> None:
    t = times(30, 10.0)
    world = person(t)
    world[:, [LEFT[j] for j in ("knee", "ankle", "heel", "foot_index")], 0] += 0.25
    recording = filmed(t, world)
    a, b = ([side[j] for j in ("knee", "ankle", "heel", "foot_index")] for side in (LEFT, RIGHT))
    rows = slice(100, 106)
    recording.image[rows, a, :2], recording.image[rows, b, :2] = (
        recording.image[rows, b, :2].copy(),
        recording.image[rows, a, :2].copy(),
    )
    assert behaviour(recording)["swaps"] == pytest.approx(1000 * 6 / 300)


def test_bones_that_change_their_length() -> None:
    t = times(30, 10.0)
    world = person(t)
    shin = PLACES["ankle"][1] - PLACES["knee"][1]
    for side in (LEFT, RIGHT):
        for joint in ("ankle", "heel", "foot_index"):
            world[:, side[joint], 1] += 0.1 * shin * np.sin(2 * np.pi * t / 2)
    found = behaviour(filmed(t, world))
    assert found["bone.shin"] == pytest.approx(10 / np.sqrt(2), rel=0.03)
    assert found["bone.thigh"] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_knee_angles_against_the_picture(share: float) -> None:
    t = times(15, 10.0)
    bend = np.radians(40 * (1 - np.cos(2 * np.pi * t / 3)))

    def bent(angle: Floats) -> Floats:
        world = person(t)
        for side in (LEFT, RIGHT):
            world[:, side["knee"], :2] = world[:, side["hip"], :2] + (0, 0.42)
            world[:, side["ankle"], 0] = world[:, side["knee"], 0] + 0.4 * np.sin(angle)
            world[:, side["ankle"], 1] = world[:, side["knee"], 1] + 0.4 * np.cos(angle)
        return world

    recording = Recording(t, filmed(t, bent(bend)).image, bent(share * bend), (640, 480))
    assert knee_compression(recording) == pytest.approx(share, rel=0.01)
    assert np.isnan(knee_compression(filmed(t, person(t))))


def test_too_little_to_measure() -> None:
    slow = times(5, 10.0)
    assert np.isnan(behaviour(filmed(slow, person(slow)))["jitter_rest.hip"])
    nobody = filmed(slow, person(slow))
    nobody.image[:], nobody.world[:] = np.nan, np.nan
    assert behaviour(nobody) == {"lost": 100}
