"""The hydrant's count, where the legs are hard to tell apart, and what is no lift."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.app.fold import fold
from formcheck.exercises import find
from formcheck.geometry import Floats
from formcheck.landmarks import LEFT, RIGHT
from formcheck.types import Recording

from ..skeleton import BEST, Camera, Move, perform, shoot, start_pose, times

EXERCISE = find("fire_hydrant")
LEG = ("knee", "ankle", "heel", "foot_index")


def counted(recording: Recording) -> int:
    return sum(rep.counted for rep in fold(recording, EXERCISE).reps)


def both_on_one(recording: Recording, side: str) -> Recording:
    """Both legs where this side's is, as the pose model has it when it sees one only."""
    to, other = (LEFT, RIGHT) if side == "left" else (RIGHT, LEFT)
    image, world = recording.image.copy(), recording.world.copy()
    for joint in LEG:
        image[:, other[joint]], world[:, other[joint]] = image[:, to[joint]], world[:, to[joint]]
    return replace(recording, image=image, world=world)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("azimuth", [-150, -130, -118, 118, 130, 150])
def test_from_behind_every_rep_counts(azimuth: float, side: str) -> None:
    assert (
        counted(perform("fire_hydrant", [Move()] * 4, side=side, camera=Camera(azimuth, 15)).recording) == 4
    )


@pytest.mark.parametrize("azimuth", [-150, -130, -118, 118, 130, 150])
def test_legs_that_are_seen_as_one_count_as_well(azimuth: float) -> None:
    """Their distance is nothing throughout."""
    take = perform("fire_hydrant", [Move()] * 4, camera=Camera(azimuth, 15))
    assert counted(both_on_one(take.recording, "left")) == 4


def rocking(times_to_and_fro: int) -> tuple[Floats, Floats]:
    """The hips go 25 cm back over the heels and come again; hands, knees and feet stay."""
    t = times(2.0 + 3.0 * times_to_and_fro, 30)
    points = np.repeat(start_pose("fire_hydrant")[None], len(t), axis=0)
    planted = [table[joint] for table in (LEFT, RIGHT) for joint in (*LEG, "wrist")]
    free = [joint for joint in range(points.shape[1]) if joint not in planted]
    share = np.where((t > 1) & (t < t[-1] - 1), (1 - np.cos(2 * np.pi * (t - 1) / 3)) / 2, 0.0)
    points[:, free, 0] -= 0.25 * share[:, None]  # the head's end is +x
    return t, points


@pytest.mark.parametrize("camera", [BEST["fire_hydrant"], Camera(-90, 15), Camera(90, 15), Camera(180, 15)])
def test_rocking_to_and_fro_is_no_lift(camera: Camera) -> None:
    t, points = rocking(3)
    assert counted(shoot(t, points, camera, "quadruped")) == 0
