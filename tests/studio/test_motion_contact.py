"""Bodies obey the floor and themselves: nothing floats, sinks, slides or goes through."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.spatial import cKDTree

from samples.studio import motion
from samples.studio.body import FINGERS, SKIN, Body
from samples.studio.skeleton import Posed, skin
from tests.studio.moving import body_of, places, posed, styles

#: What lies or stands on the floor in every exercise: of each group, something touches.
SUPPORTS = {
    "clamshell": ("thigh_r pelvis", "upperarm_r spine_03 clavicle_r", "calf_r", "foot_r ball_r"),
    "side_leg_raise": ("thigh_r pelvis", "upperarm_r spine_03 clavicle_r", "calf_r", "foot_r ball_r"),
    "fire_hydrant": ("calf_r", "foot_r ball_r", "hand_l middle_01_l", "hand_r middle_01_r"),
    "single_leg_bridge": ("spine_03 spine_02", "foot_l ball_l", "head", "hand_l", "hand_r"),
    "squat": ("foot_l ball_l", "foot_r ball_r"),
    "deadlift": ("foot_l ball_l", "foot_r ball_r"),
    "sumo_deadlift": ("foot_l ball_l", "foot_r ball_r"),
    "romanian_deadlift": ("foot_l ball_l", "foot_r ball_r"),
    "glute_bridge": ("spine_03 spine_02", "foot_l ball_l", "foot_r ball_r", "head", "hand_l", "hand_r"),
    "hip_thrust": ("foot_l ball_l", "foot_r ball_r"),
    "cable_kickback": ("foot_r ball_r",),
    "standing_hip_abduction": ("foot_r ball_r",),
    "bicycle_crunch": ("pelvis spine_01 spine_02",),
    "side_plank_dip": ("foot_r ball_r", "lowerarm_r hand_r"),
    "russian_twist": ("pelvis",),
    "hip_abduction_machine": ("foot_l ball_l", "foot_r ball_r"),
    "hip_adduction_machine": ("foot_l ball_l", "foot_r ball_r"),
    "forward_lunge": ("foot_r ball_r",),
    "reverse_lunge": ("foot_l ball_l",),
    "lateral_lunge": ("foot_r ball_r",),
    "walking_lunge": ("foot_r ball_r",),
    "bulgarian_split_squat": ("foot_l ball_l",),
}


def varied(exercise: str, body: Body, style: Any) -> Posed:
    """Clean at several depths, then every fault at its severe size, half way and at the turn."""
    limits = motion.limits(motion.find(exercise), body, style)
    rows: list[tuple[float, dict[str, float]]] = [(d, {}) for d in (0, 0.25, 0.5, 0.75, 1, 1.06)]
    rows += [(d, {name: info.severe}) for name, info in limits.items() for d in (0.5, 1)]
    if "knee_angle" in limits:
        rows += [(d, {"knee_angle": -limits["knee_angle"].severe}) for d in (0.3, 0.6, 1)]
    sizes = {name: np.array([row.get(name, 0.0) for _, row in rows]) for name in limits}
    return posed(exercise, body, style, np.array([d for d, _ in rows]), sizes)


@pytest.mark.parametrize("exercise", motion.EXERCISES)
def test_nobody_floats_or_sinks(exercise: str, body: Body):
    for style in styles(exercise, 2):
        some = varied(exercise, body, style)
        height = skin(body, some, np.flatnonzero(body.vertex_group == SKIN))[:, :, 1]
        assert height.min() > -0.02
        for bones in SUPPORTS[exercise]:
            touching = skin(body, some, body.vertices_of(*bones.split()))[:, :, 1].min(1)
            assert touching.max() < 0.015, (bones, touching)


def parts_of(body: Body) -> dict[str, Any]:
    """Vertices of the trunk, the head and the limbs, without what is near a joint that two of them share."""
    drawn = np.zeros(len(body.vertices), bool)
    drawn[np.unique(body.triangles)] = True

    def of(*starts: str) -> Any:
        rows = body.vertices_of(*(n for n in body.names if n.startswith(starts)), share=0.7)
        return rows[drawn[rows]]

    parts = {"trunk": of("pelvis", "spine", "clavicle"), "head": of("head", "neck")}
    for s in "lr":
        parts[f"hand_{s}"] = of(f"hand_{s}", *(f"{f}_0{k}_{s}" for f in FINGERS for k in (1, 2, 3)))
        for name in ("lowerarm", "calf", "foot"):
            parts[f"{name}_{s}"] = of(f"{name}_{s}")
        thigh = of(f"thigh_{s}")
        hip = body.heads[body.index[f"thigh_{s}"]]
        parts[f"thigh_{s}"] = thigh[np.linalg.norm(body.vertices[thigh] - hip, axis=1) > 0.2]
    return parts


APART = [
    *((f"{a}_{s}", b) for a in ("hand", "lowerarm") for s in "lr" for b in ("trunk", "head")),
    *((f"{a}_{s}", f"thigh_{s}") for a in ("hand", "lowerarm") for s in "lr"),
    *((f"{a}_l", f"{b}_r") for a in ("thigh", "calf", "foot") for b in ("thigh", "calf", "foot")),
    ("lowerarm_l", "lowerarm_r"),
]


@pytest.mark.parametrize("exercise", motion.EXERCISES)
def test_no_limb_goes_through_the_body(exercise: str):
    """Flesh gives way by a few centimetres where a thigh lies on the other or a hand on the hip; not more."""
    body = body_of("man_lean_tall")
    parts, corners = parts_of(body), body.triangles
    for style in styles(exercise, 3):
        for points in skin(body, varied(exercise, body, style)):
            a, b, c = (points[corners[:, k]] for k in range(3))
            face = np.cross(b - a, c - a)
            normal = np.zeros_like(points)
            for k in range(3):
                np.add.at(normal, corners[:, k], face)
            normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-12
            for inner, outer in APART:
                tree = cKDTree(points[parts[outer]])
                far, near = tree.query(points[parts[inner]], k=4)
                near = parts[outer][near]
                depth = np.sum((points[near] - points[parts[inner]][:, None]) * normal[near], -1).min(1)
                assert depth[far[:, 0] < 0.1].max(initial=0) < 0.045, (inner, outer, style)


@pytest.mark.parametrize(
    ("exercise", "still"),
    [
        ("squat", ("left_ankle", "right_ankle", "left_heel", "right_foot_index")),
        ("forward_lunge", ("right_foot_index",)),
        ("reverse_lunge", ("left_ankle", "left_heel", "left_foot_index")),
        ("lateral_lunge", ("right_ankle", "right_heel", "right_foot_index")),
        ("bulgarian_split_squat", ("left_ankle", "left_heel", "right_ankle", "right_foot_index")),
        ("deadlift", ("left_ankle", "right_ankle", "left_heel", "right_foot_index")),
        ("sumo_deadlift", ("left_ankle", "right_ankle", "left_heel", "right_foot_index")),
        ("romanian_deadlift", ("left_ankle", "right_ankle", "left_heel", "right_foot_index")),
        ("fire_hydrant", ("left_wrist", "right_wrist", "right_knee")),
        ("single_leg_bridge", ("left_ankle", "left_heel", "left_foot_index")),
        ("glute_bridge", ("left_ankle", "left_heel", "right_ankle", "right_foot_index")),
        ("hip_thrust", ("left_ankle", "left_heel", "right_ankle", "right_foot_index")),
        ("cable_kickback", ("right_ankle", "right_heel", "left_wrist", "right_wrist")),
        ("standing_hip_abduction", ("right_ankle", "right_heel", "right_foot_index")),
        ("clamshell", ("right_hip", "right_knee", "right_ankle", "left_ankle", "right_shoulder", "nose")),
        ("side_leg_raise", ("right_hip", "right_knee", "right_ankle", "right_shoulder", "left_wrist")),
    ],
)
def test_what_is_planted_stays(exercise: str, still: tuple[str, ...], body: Body):
    some = posed(exercise, body, motion.find(exercise).Style(), np.linspace(0, 1, 8), {})
    for name, place in zip(still, places(body, some, *still), strict=True):
        assert np.ptp(place, axis=0).max() < 0.003, name
