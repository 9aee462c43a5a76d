"""Sets for tests: what somebody does, and where a joint is meanwhile."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from formcheck.landmarks import INDEX
from samples.studio.body import Body
from samples.studio.perform import perform
from samples.studio.performance import Performance
from samples.studio.rotation import Floats
from samples.studio.script import RepPlan, Script, Segment
from samples.studio.skeleton import landmarks

#: The lifted or bending part, on the left: what moves most.
MOVES = {
    "clamshell": "left_knee",
    "side_leg_raise": "left_ankle",
    "fire_hydrant": "left_knee",
    "single_leg_bridge": "left_hip",
    "glute_bridge": "left_hip",
    "hip_thrust": "left_hip",
    "cable_kickback": "left_ankle",
    "standing_hip_abduction": "left_ankle",
    "squat": "left_hip",
    "deadlift": "left_shoulder",
    "sumo_deadlift": "left_shoulder",
    "romanian_deadlift": "left_shoulder",
    "hip_abduction_machine": "left_knee",
    "hip_adduction_machine": "left_knee",
    "russian_twist": "left_wrist",
    "bicycle_crunch": "left_ankle",
    "side_plank_dip": "left_hip",
    "forward_lunge": "left_hip",
    "reverse_lunge": "left_hip",
    "lateral_lunge": "left_hip",
    "walking_lunge": "left_hip",
    "bulgarian_split_squat": "left_hip",
}


@lru_cache
def body() -> Body:
    return Body.load("woman_average")


def a_set(exercise: str, *reps: RepPlan, side: str = "left", seed: int = 3, idle: float = 0.0) -> Performance:
    segments = (*([Segment("idle", idle)] if idle else []), Segment("set", reps=reps))
    return perform(Script(exercise, side, segments, seed), body())


def path(performance: Performance, name: str, times: Floats) -> Floats:
    return landmarks(performance.body, performance.at(times))[:, INDEX[name]]


def crossing(times: Floats, values: Floats, level: float) -> float:
    """When rising values reach a level."""
    return float(np.interp(level, np.maximum.accumulate(values), times))
