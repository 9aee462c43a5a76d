"""Bridges on both feet, kickbacks and standing abductions: counts, sides, and that they are told apart.

Bodies of the studio before a camera, their joints exactly where they are.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.app.fold import fold
from formcheck.exercises import find
from formcheck.landmarks import LEFT, RIGHT
from formcheck.types import Recording, Rep, Severity
from samples.studio.body import Body
from samples.studio.perform import perform
from samples.studio.script import RepPlan, Script, Segment
from samples.studio.skeleton import landmarks

from ..skeleton import Camera, shoot

BRIDGES = ("glute_bridge", "hip_thrust")
#: From where each is filmed, as seen by somebody who stands at the origin and looks along z: people in a
#: bridge lie along x.
SIDE = {
    "glute_bridge": 0.0,
    "hip_thrust": 0.0,
    "single_leg_bridge": 180.0,
    "cable_kickback": 90.0,
    "standing_hip_abduction": 0.0,
}
CLEAN = RepPlan(lift_s=1.3, hold_s=0.4, lower_s=1.3, rest_s=0.6)


def reps(
    done: str,
    *plans: RepPlan,
    exercise: str = "",
    side: str = "both",
    azimuth: float | None = None,
    seed: int = 3,
) -> list[Rep]:
    recording = film(done, *plans, side=side, azimuth=SIDE[done] if azimuth is None else azimuth, seed=seed)
    return [rep for rep in fold(recording, find(exercise or done)).reps if rep.counted]


def film(done: str, *plans: RepPlan, side: str, azimuth: float, seed: int) -> Recording:
    body = Body.load("woman_average")
    performance = perform(Script(done, side, (Segment("set", reps=plans),), seed), body)
    t = np.arange(0, performance.duration_s, 1 / 15)
    return shoot(t, landmarks(body, performance.at(t)), Camera(azimuth, 12, 3.6), "standing", noise_px=1)


def severity(rep: Rep, fault: str) -> Severity:
    return next(v.verdict for v in rep.verdicts if v.fault == fault)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("exercise", BRIDGES)
def test_every_bridge_counts_from_either_side_and_from_the_feet(exercise: str, seed: int) -> None:
    for azimuth in (0.0, 20.0, 50.0, 180.0):
        assert len(reps(exercise, *[CLEAN] * 4, azimuth=azimuth, seed=seed)) == 4, azimuth


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("exercise", ["cable_kickback", "standing_hip_abduction"])
def test_every_leg_that_goes_back_or_out_counts_on_its_own_side(exercise: str, side: str) -> None:
    for more in (0.0, 20.0, -20.0):
        found = reps(exercise, *[CLEAN] * 4, side=side, azimuth=SIDE[exercise] + more)
        assert [rep.side for rep in found] == [side] * 4, more


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("done", [*BRIDGES, "single_leg_bridge"])
def test_bridges_are_told_apart(done: str, seed: int) -> None:
    for exercise in BRIDGES:
        side = "left" if done == "single_leg_bridge" else "both"
        found = reps(done, *[CLEAN] * 3, exercise=exercise, side=side, seed=seed)
        assert len(found) == (3 if exercise == done else 0), exercise


@pytest.mark.parametrize("exercise", ["cable_kickback", "standing_hip_abduction"])
@pytest.mark.parametrize(("fault", "size"), [("trunk_tip", 24.0), ("knee_bend", 45.0)])
def test_a_large_fault_is_called_and_a_clean_rep_is_not(exercise: str, fault: str, size: float) -> None:
    wrong = RepPlan(lift_s=1.3, hold_s=0.4, lower_s=1.3, rest_s=0.6, faults={fault: size})
    clean, faulty = (severity(rep, fault) for rep in reps(exercise, CLEAN, wrong, side="left"))
    assert clean in (Severity.OK, Severity.UNKNOWN)
    assert faulty is Severity.SEVERE


def test_bridges_count_where_something_hides_the_feet() -> None:
    recording = film("glute_bridge", CLEAN, CLEAN, CLEAN, side="both", azimuth=SIDE["glute_bridge"], seed=3)
    image = recording.image.copy()
    for side in (LEFT, RIGHT):
        # The pose model guesses them half-way up the shins.
        up = 0.6 * (image[:, side["ankle"], 1] - image[:, side["knee"], 1])
        image[:, side["ankle"], 1] -= up
    assert sum(r.counted for r in fold(replace(recording, image=image), find("glute_bridge")).reps) == 3
