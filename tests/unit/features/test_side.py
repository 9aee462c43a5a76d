"""The working side, told from one frame or from a movement."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.features.body import Window
from formcheck.features.side import evidence, moving

from ...skeleton import Camera, Move, perform, still


@pytest.mark.parametrize("azimuth", [0, 43, 90, 135, 180])
@pytest.mark.parametrize(("exercise", "rule"), [("clamshell", "upper"), ("single_leg_bridge", "planted")])
def test_evidence_speaks_for_the_working_side(exercise: str, rule: str, azimuth: float) -> None:
    left = still(exercise, 0.2, side="left", camera=Camera(azimuth, 20)).recording.world[0]
    right = still(exercise, 0.2, side="right", camera=Camera(azimuth, 20)).recording.world[0]
    assert evidence(rule, left) > 0.5  # type: ignore[arg-type]
    assert evidence(rule, right) < -0.5  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", ["both", "moving"])
def test_evidence_is_silent_where_a_frame_cannot_tell(rule: str) -> None:
    assert evidence(rule, still("clamshell", 0.2).recording.world[0]) == 0.0  # type: ignore[arg-type]


def test_evidence_is_silent_without_a_body() -> None:
    assert evidence("upper", np.full((33, 3), np.nan)) == 0.0
    assert evidence("planted", np.full((33, 3), np.nan)) == 0.0


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("azimuth", [45, 90, 130, 180, -130])
def test_moving_leg(side: str, azimuth: float) -> None:
    take = perform("fire_hydrant", [Move()], side=side, camera=Camera(azimuth, 15), noise_px=2)
    r = take.recording
    w = Window(r.t, r.image[..., :2], r.image[..., 3], r.world, "left")
    assert moving(w, take.progress < 0.1, take.progress > 0.8) == side


def test_moving_leg_when_the_other_is_hidden() -> None:
    r = perform("fire_hydrant", [Move()]).recording
    world = r.world.copy()
    world[:, 26] = np.nan
    w = Window(r.t, r.image[..., :2], r.image[..., 3], world, "left")
    low, high = np.arange(len(r)) < 20, (np.arange(len(r)) > 70) & (np.arange(len(r)) < 80)
    assert moving(w, low, high) == "left"
