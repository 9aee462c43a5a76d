"""The working side, told from a rep."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.features.body import Window
from formcheck.features.side import evidence
from formcheck.geometry import Bools

from ...skeleton import Camera, Move, Take, perform

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
