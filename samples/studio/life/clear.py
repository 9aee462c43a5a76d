"""Arms kept out of the body: what swings from one key pose to the next takes the way round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from samples.studio.body import Body, Ints
from samples.studio.life.limbs import LIMBS, posed_of, pull
from samples.studio.rotation import Floats, about, across, dot, unit
from samples.studio.skeleton import Posed, locals_of, skin

# How far a joint's middle stays off the skin it must not enter: about half of the arm's thickness there, m.
WRIST_M, KNUCKLE_M, FOREARM_M, ELBOW_M = 0.025, 0.015, 0.03, 0.035
# Skin further off than this says nothing about where inside is, m.
NEAR_M = 0.14
# The evasion starts and ends gently, and there is none at both ends of the movement (s).
SOFT_S, FADE_S = 0.08, 0.2
# Smoothing takes the edge off an evasion, so what is left is evaded again.
ROUNDS = 3
PROBES = 900
_PARTS = (
    *("pelvis", "spine_01", "spine_02", "spine_03", "neck_01", "head"),
    *("thigh_l", "thigh_r", "calf_l", "calf_r"),
)


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
    posed = posed_of(body, local, pelvis)
    surface = _Surface.of(body, posed)
    for hand in ("hand_l", "hand_r"):
        free = fade * (1 - grip.get(hand, np.zeros_like(times)))
        for _ in range(ROUNDS):
            posed = _evade(body, posed, hand, surface, blur, free)
            posed = _swivel(body, posed, hand, surface, blur, fade)
    return locals_of(body, posed)


@dataclass(frozen=True)
class _Surface:
    """Points of the skin that arms stay out of: places and outward normals, both ``(N, P, 3)``."""

    place: Floats
    normal: Floats

    @classmethod
    def of(cls, body: Body, posed: Posed) -> _Surface:
        rows, bones, normals = _probes(body)
        turn = posed.rotation[:, bones] @ body.correction[bones]
        return cls(skin(body, posed, rows), np.einsum("npij,pj->npi", turn, normals))

    def push(self, point: Floats, margin: float) -> Floats:
        """``(N, 3)`` the way out for points ``(N, 3)``, to `margin` m off the skin; 0 for those outside."""
        away = point[:, None] - self.place
        nearest = np.argmin(np.einsum("npi,npi->np", away, away), axis=1)
        each = np.arange(len(point))
        away, normal = away[each, nearest], self.normal[each, nearest]
        depth = np.clip(margin - dot(away, normal), 0, None)
        depth[np.linalg.norm(away, axis=1) > NEAR_M] = 0.0
        way: Floats = depth[:, None] * normal
        return way


def _evade(body: Body, posed: Posed, hand: str, surface: _Surface, blur: float, free: Floats) -> Posed:
    """Move the hand out."""
    elbow, tip, knuckle = (body.index[n] for n in (LIMBS[hand][1], hand, f"middle_01_{hand[-1]}"))
    wrist = posed.position[:, tip]
    ways = np.stack(
        [
            surface.push(wrist, WRIST_M),
            surface.push(posed.position[:, knuckle], KNUCKLE_M),
            surface.push((wrist + posed.position[:, elbow]) / 2, FOREARM_M),
        ]
    )
    if not ways.any():
        return posed
    furthest = np.argmax(np.linalg.norm(ways, axis=-1), axis=0)
    push = ways[furthest, np.arange(len(wrist))]
    push = gaussian_filter1d(push, blur, axis=0) * free[:, None]
    return pull(body, posed, hand, wrist + push, posed.rotation[:, tip])


def _swivel(body: Body, posed: Posed, hand: str, surface: _Surface, blur: float, fade: Floats) -> Posed:
    """Turn the arm about the line from shoulder to wrist until the elbow is out."""
    upper, lower, tip = (body.index[n] for n in (*LIMBS[hand][:2], hand))
    push = surface.push(posed.position[:, lower], ELBOW_M)
    if not push.any():
        return posed
    shoulder, elbow, wrist = (posed.position[:, i] for i in (upper, lower, tip))
    axis = unit(wrist - shoulder)
    lever = across(elbow - shoulder, axis)
    angle = dot(push, np.cross(axis, lever)) / np.maximum(dot(lever, lever), 0.05**2)
    turn = about(axis, np.degrees(gaussian_filter1d(np.clip(angle, -0.7, 0.7), blur) * fade))
    local = locals_of(body, posed)
    above, fore = posed.rotation[:, body.parent[upper]], turn @ posed.rotation[:, lower]
    local[:, upper] = np.swapaxes(above, -1, -2) @ turn @ posed.rotation[:, upper]
    local[:, tip] = np.swapaxes(fore, -1, -2) @ posed.rotation[:, tip]
    return posed_of(body, local, posed.position[:, body.index["pelvis"]])


def _probes(body: Body) -> tuple[Ints, Ints, Floats]:
    """Vertices of trunk, head and legs ``(P,)``, their main bones ``(P,)``, normals at rest ``(P, 3)``."""
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
