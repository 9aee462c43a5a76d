"""Arms kept out of the body: what swings from one key pose to the next takes the way round."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree

from samples.studio.body import Body, Ints
from samples.studio.life.limbs import LIMBS, posed_of, pull
from samples.studio.rotation import Floats, about, across, dot, unit
from samples.studio.skeleton import Posed, locals_of, skin

# How far a joint's middle stays off the skin it must not enter: half of the arm's thickness there, m.
WRIST_M, KNUCKLE_M, ELBOW_M = 0.025, 0.015, 0.035
# A point deeper than this is not on its way through a limb; the nearest skin says nothing about it.
DEEPEST_M = 0.12
# The evasion starts and ends gently, and there is none at both ends of the movement (s).
SOFT_S, FADE_S = 0.06, 0.2
PROBES = 900
_PARTS = ("pelvis", "spine_01", "spine_02", "spine_03", "neck_01", "head", "thigh_l", "thigh_r", "calf_l", "calf_r")


def clear_arms(
    body: Body, times: Floats, local: Floats, pelvis: Floats, grip: Mapping[str, Floats]
) -> Floats:
    """Local rotations with the arms moved out of trunk, head and legs.

    Args:
        body: Whose.
        times: ``(N,)`` s.
        local: ``(N, B, 3, 3)`` as they were.
        pelvis: ``(N, 3)`` m.
        grip: By hand, how firmly it is planted ``(N,)``; a planted hand stays.
    """
    fade = np.clip(np.minimum(times, times[-1] - times) / FADE_S, 0, 1)
    blur = SOFT_S / (times[1] - times[0])
    for hand in ("hand_l", "hand_r"):
        posed = posed_of(body, local, pelvis)
        tip, knuckle = body.index[hand], body.index[f"middle_01_{hand[-1]}"]
        push = _push(body, posed, posed.position[:, tip], WRIST_M)
        deeper = _push(body, posed, posed.position[:, knuckle], KNUCKLE_M)
        larger = np.linalg.norm(deeper, axis=1) > np.linalg.norm(push, axis=1)
        push = np.where(larger[:, None], deeper, push)
        if push.any():
            free = fade * (1 - grip.get(hand, np.zeros_like(times)))
            push = gaussian_filter1d(push, blur, axis=0) * free[:, None]
            posed = pull(body, posed, hand, posed.position[:, tip] + push, posed.rotation[:, tip])
        posed = _swivel(body, posed, hand, blur, fade)
        local = locals_of(body, posed)
    return local


def _swivel(body: Body, posed: Posed, hand: str, blur: float, fade: Floats) -> Posed:
    """Turn the arm about the line from shoulder to wrist until the elbow is outside."""
    upper, lower, tip = (body.index[n] for n in (*LIMBS[hand][:2], hand))
    elbow = posed.position[:, lower]
    push = _push(body, posed, elbow, ELBOW_M)
    if not push.any():
        return posed
    axis = unit(posed.position[:, tip] - posed.position[:, upper])
    arm = across(elbow - posed.position[:, upper], axis)
    round_ = np.cross(axis, arm)
    angle = dot(push, round_) / np.maximum(dot(arm, arm), 0.05**2)
    angle = gaussian_filter1d(np.clip(angle, -1.2, 1.2), blur) * fade
    turn = about(axis, np.degrees(angle))
    rotation = posed.rotation.copy()
    for bone in (upper, lower):
        rotation[:, bone] = turn @ rotation[:, bone]
    local = locals_of(body, Posed(rotation, posed.position))
    return posed_of(body, local, posed.position[:, body.index["pelvis"]])


def _push(body: Body, posed: Posed, point: Floats, margin: float) -> Floats:
    """``(N, 3)`` the way out of the skin for points ``(N, 3)``, to `margin` off it; zero where they are out."""
    rows, bones, normals = _probes(body)
    where = skin(body, posed, rows)
    nearest = np.array([cKDTree(w).query(q)[1] for w, q in zip(where, point, strict=True)])
    each = np.arange(len(point))
    bone = bones[nearest]
    normal = np.einsum("nij,njk,nk->ni", posed.rotation[each, bone], body.correction[bone], normals[nearest])
    depth = margin - dot(point - where[each, nearest], normal)
    depth = np.where(depth < DEEPEST_M, np.clip(depth, 0, None), 0.0)
    return depth[:, None] * normal


def _probes(body: Body) -> tuple[Ints, Ints, Floats]:
    """Skin vertices of trunk, head and legs ``(P,)``, the bone that moves each ``(P,)``, normals at rest ``(P, 3)``."""
    corners = body.vertices[body.triangles]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals = np.zeros_like(body.vertices)
    for k in range(3):
        np.add.at(normals, body.triangles[:, k], flat)
    rows = body.vertices_of(*_PARTS)
    rows = rows[np.linalg.norm(normals[rows], axis=1) > 0]
    rows = rows[:: max(1, len(rows) // PROBES)]
    main = body.bone_index[rows, body.bone_weight[rows].argmax(axis=1)]
    return rows, main, unit(normals[rows])
