"""The working side, told from a rep."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from formcheck.app.fold import fold
from formcheck.exercises import find
from formcheck.features.body import Window
from formcheck.features.side import evidence, put_back
from formcheck.geometry import Bools
from formcheck.landmarks import LEFT, MIRROR, RIGHT
from formcheck.sources.recording import load
from formcheck.types import Recording

from ...skeleton import Camera, Move, Take, perform

STUDIO = Path(__file__).parents[3] / "samples" / "recordings" / "studio"
CASES = [
    ("clamshell", "upper", [0, 43, 90, 135, 180]),
    ("single_leg_bridge", "planted", [45, 90, 120, -60, -90]),
    ("fire_hydrant", "moving", [45, 130, 180, -130]),
]


def seen(take: Take) -> tuple[Window, dict[str, Bools]]:
    r = take.recording
    window = Window(r.t, r.image[..., :2], r.image[..., 3], r.world, "left")
    return window, {"rest": take.progress < 0.1, "top": take.progress > 0.8}


@pytest.mark.parametrize(
    ("exercise", "rule", "azimuth"), [(e, rule, a) for e, rule, many in CASES for a in many]
)
def test_evidence_speaks_for_the_working_side(exercise: str, rule: str, azimuth: float) -> None:
    for side, sign in (("left", 1), ("right", -1)):
        take = perform(exercise, [Move()], side=side, camera=Camera(azimuth, 20), noise_px=2)
        assert sign * evidence(rule, *seen(take)) > 0.4  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", ["upper", "planted", "moving"])
def test_evidence_is_silent_without_a_body(rule: str) -> None:
    window, masks = seen(perform("clamshell", [Move()]))
    nobody = Window(window.t, window.xy * np.nan, window.visibility, window.world * np.nan)
    assert evidence(rule, nobody, masks) == 0.0  # type: ignore[arg-type]


def test_evidence_is_silent_where_no_side_works() -> None:
    assert evidence("both", *seen(perform("squat", [Move()]))) == 0.0


def test_moving_leg_when_the_other_is_hidden() -> None:
    window, masks = seen(perform("fire_hydrant", [Move()], side="left"))
    xy = window.xy.copy()
    xy[:, [26, 28]] = np.nan  # right knee and ankle
    assert evidence("moving", Window(window.t, xy, window.visibility, window.world), masks) == 1.0


def test_a_frame_turned_round_now_and_then_changes_nothing() -> None:
    window, masks = seen(perform("clamshell", [Move()], side="left"))
    world = window.world.copy()
    world[::4, :, 1] *= -1  # head over heels
    assert evidence("upper", Window(window.t, window.xy, window.visibility, world), masks) > 0.4


LEGS = [table[joint] for table in (LEFT, RIGHT) for joint in ("knee", "ankle", "heel", "foot_index")]


def turned_round(r: Recording, frames: slice) -> Recording:
    """The trunk, arms and face of some frames with left and right exchanged."""
    image, world = r.image.copy(), r.world.copy()
    for points in (image, world):
        legs = points[frames][:, LEGS].copy()
        points[frames] = points[frames][:, MIRROR]
        points[frames.start : frames.stop, LEGS] = legs
    return Recording(r.t, image, world, r.size)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("azimuth", [0, 43, 90])
def test_a_trunk_turned_round_for_a_second_is_put_back(side: str, azimuth: float) -> None:
    r = perform("clamshell", [Move()], side=side, camera=Camera(azimuth, 20), noise_px=1, fps=15).recording
    same = put_back(r.image, r.world)
    assert same[0] is r.image, "nothing is copied where nothing is turned"
    middle = len(r) // 2
    wrong = turned_round(r, slice(middle - 8, middle + 7))
    image, world = put_back(wrong.image, wrong.world)
    np.testing.assert_array_equal(image, r.image)
    np.testing.assert_array_equal(world, r.world)


def test_a_set_whose_trunk_is_turned_round_in_each_lift_counts() -> None:
    """So one of a side plank dip read a side that rests below, and lost all of its reps."""
    rules, r = find("side_plank_dip"), load(STUDIO / "side_plank_dip_tune_01.npz")
    whole = fold(r, rules)
    assert len(whole.reps) > 4
    for rep in whole.reps:
        first, last = np.searchsorted(r.t, [rep.start_s + 0.3, rep.end_s - 0.3])
        r = turned_round(r, slice(int(first), int(last)))
    assert [rep.counted for rep in fold(r, rules).reps] == [rep.counted for rep in whole.reps]


def test_nobody_and_no_frame_are_left_as_they_are() -> None:
    for frames in (0, 1, 9):
        image, world = np.full((frames, 33, 4), np.nan), np.full((frames, 33, 3), np.nan)
        assert put_back(image, world) == (image, world)
