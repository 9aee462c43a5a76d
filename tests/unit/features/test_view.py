"""The camera's angle, against cameras whose place is known."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.exercises import find
from formcheck.features.body import Window
from formcheck.features.view import LOWEST_DEG, estimate, inside
from formcheck.spec import Seen
from formcheck.types import Recording

from ...skeleton import EXERCISES, POSTURES, Camera, Move, perform, still


def window(r: Recording, side: str = "left") -> Window:
    return Window(r.t, r.image[..., :2], r.image[..., 3], r.world, side)


def seen_azimuth(exercise: str, azimuth: float) -> float:
    """What the view calls this azimuth: signed only for somebody on the side."""
    return azimuth if POSTURES[exercise] == "side_lying" else abs(azimuth)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("elevation", [-10, 0, 20, 45, 70])
@pytest.mark.parametrize("azimuth", [-150, -90, -40, 0, 15, 43, 90, 135, 170])
@pytest.mark.parametrize("exercise", EXERCISES)
def test_equals_the_true_angles(exercise: str, azimuth: float, elevation: float, side: str) -> None:
    take = still(exercise, 0.2, side=side, camera=Camera(azimuth, elevation))
    view = estimate(window(take.recording, side), find(exercise))
    assert view.azimuth_deg == pytest.approx(seen_azimuth(exercise, azimuth), abs=1.0)
    assert view.elevation_deg == pytest.approx(elevation, abs=1.0)
    assert view.confidence > 0.9


@pytest.mark.parametrize("exercise", EXERCISES)
def test_straight_from_above_is_ninety_degrees(exercise: str) -> None:
    view = estimate(window(still(exercise, 0.2, camera=Camera(0, 89.9)).recording), find(exercise))
    assert view.elevation_deg == pytest.approx(90, abs=1)


@pytest.mark.parametrize(
    ("exercise", "azimuth", "elevation", "kind"),
    [
        ("squat", 0, 5, "front"),
        ("squat", 45, 5, "front diagonal"),
        ("squat", 90, 5, "side"),
        ("squat", -90, 5, "side"),
        ("squat", 180, 5, "back"),
        ("clamshell", 0, 5, "belly side"),
        ("clamshell", 43, 19, "feet diagonal"),
        ("clamshell", -43, 19, "head diagonal"),
        ("clamshell", 90, 19, "feet end"),
        ("clamshell", -90, 19, "head end"),
        ("clamshell", 135, 19, "back diagonal"),
        ("clamshell", 180, 19, "back side"),
        ("clamshell", 0, 45, "belly side, raised"),
        ("fire_hydrant", 130, 15, "back diagonal"),
        ("fire_hydrant", 180, 15, "back"),
        ("fire_hydrant", 0, 15, "head end"),
        ("single_leg_bridge", 0, 15, "feet end"),
        ("single_leg_bridge", 90, 15, "side"),
        ("single_leg_bridge", 180, 15, "head end"),
    ],
)
def test_words(exercise: str, azimuth: float, elevation: float, kind: str) -> None:
    take = still(exercise, 0.2, camera=Camera(azimuth, elevation))
    assert estimate(window(take.recording), find(exercise)).kind == kind


@pytest.mark.parametrize(
    ("exercise", "good", "bad"),
    [
        ("clamshell", Camera(43, 19), Camera(0, 5)),
        ("side_leg_raise", Camera(43, 19), Camera(180, 5)),
        ("fire_hydrant", Camera(130, 15), Camera(0, 15)),
        ("single_leg_bridge", Camera(90, 28), Camera(0, 15)),
        ("squat", Camera(90, 8), Camera(45, 8)),
    ],
)
def test_advice_where_the_camera_could_stand_better(exercise: str, good: Camera, bad: Camera) -> None:
    rules = find(exercise)
    assert estimate(window(still(exercise, 0.2, camera=good).recording), rules).advice == ""
    assert estimate(window(still(exercise, 0.2, camera=bad).recording), rules).advice == rules.camera


def test_a_trunk_that_is_not_seen_has_no_view() -> None:
    r = still("clamshell", 0.5).recording
    gone = window(Recording(r.t, np.full_like(r.image, np.nan), np.full_like(r.world, np.nan), r.size))
    view = estimate(gone, find("clamshell"))
    assert (view.kind, view.confidence) == ("unknown", 0.0)
    assert np.isnan(view.azimuth_deg)


def test_confidence_falls_with_sight_and_with_a_wild_trunk() -> None:
    rules = find("clamshell")
    r = still("clamshell", 2.0).recording
    clear = estimate(window(r), rules).confidence
    dim = r.image.copy()
    dim[..., 3] = 0.4
    assert estimate(window(Recording(r.t, dim, r.world, r.size)), rules).confidence == pytest.approx(
        0.4, abs=0.02
    )
    wild = r.world + np.random.default_rng(1).normal(0, 0.3, r.world.shape)
    assert estimate(window(Recording(r.t, r.image, wild, r.size)), rules).confidence < 0.5 < clear


@pytest.mark.parametrize("exercise", ["clamshell", "fire_hydrant", "single_leg_bridge"])
def test_nobody_on_the_floor_is_seen_from_below(exercise: str) -> None:
    low, below = (
        estimate(window(still(exercise, 0.5, camera=Camera(40, angle)).recording), find(exercise))
        for angle in (LOWEST_DEG + 3, LOWEST_DEG - 3)
    )
    assert low.confidence > 0.5
    assert below.confidence == 0.0


def test_the_view_is_that_of_the_rest() -> None:
    """Rolling back by 40° does not move the camera."""
    take = perform("clamshell", [Move(hold=5, faults={"hip_roll_back": 40})], camera=Camera(43, 19))
    w = window(take.recording).with_rest(take.progress < 0.05)
    assert estimate(w, find("clamshell")).azimuth_deg == pytest.approx(43, abs=1)


def test_inside() -> None:
    w = window(still("clamshell", 0.2, camera=Camera(43, 0)).recording)
    anywhere = Seen()
    assert inside(anywhere, w, 123, -60)
    two = Seen(azimuth=((-30, 30), (150, 180)), elevation=(10, 40))
    assert inside(two, w, 0, 20)
    assert inside(two, w, 150, 10)
    assert inside(two, w, 180, 40)
    assert not inside(two, w, 31, 20)
    assert not inside(two, w, 0, 9.9)
    assert not inside(two, w, 0, 41)
    assert inside(Seen(shows=("back", 0.67)), w, 43, 0)
    assert not inside(Seen(shows=("back", 0.70)), w, 43, 0)
