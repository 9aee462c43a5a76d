"""Limbs pulled to a point, for many instants at once."""

from __future__ import annotations

import numpy as np

from samples.studio.body import Body
from samples.studio.rotation import Floats, about, across, dot, turn_onto, unit
from samples.studio.skeleton import Posed, forward, locals_of

# Limb by its end bone: upper bone, lower bone, and the sign of the turn about x that bends it.
LIMBS = {
    "foot_l": ("thigh_l", "calf_l", 1.0),
    "foot_r": ("thigh_r", "calf_r", 1.0),
    "hand_l": ("upperarm_l", "lowerarm_l", -1.0),
    "hand_r": ("upperarm_r", "lowerarm_r", -1.0),
}
# A limb is never pulled quite straight: the knee would snap through its last degrees within one picture.
REACH = 0.999


def posed_of(body: Body, local: Floats, pelvis: Floats) -> Posed:
    """The pose of rotations ``(T, B, 3, 3)`` as `locals_of` gives them and of pelvis places ``(T, 3)``."""
    return forward(body, {name: local[:, i] for i, name in enumerate(body.names)}, local[:, 0], pelvis)


def pull(body: Body, posed: Posed, limb: str, target: Floats, end: Floats) -> Posed:
    """Bend a limb so that its end bone sits at a point, keeping the plane it bends in.

    Args:
        body: Whose limb.
        posed: T instants.
        limb: A key of LIMBS.
        target: ``(T, 3)`` where the head of the end bone (ankle, wrist) shall be, m. The limb goes as far as
            it reaches.
        end: ``(T, 3, 3)`` rotation of the end bone in the world.
    """
    upper_name, lower_name, sign = LIMBS[limb]
    upper, lower, tip = (body.index[name] for name in (upper_name, lower_name, limb))
    root = posed.position[:, upper]
    first = posed.position[:, lower] - root
    second = posed.position[:, tip] - posed.position[:, lower]
    length = body.length(upper_name), body.length(lower_name)
    wanted = target - root
    # Nearly straight is as far as it goes, or as straight as it is already.
    furthest = np.maximum(REACH * sum(length), np.linalg.norm(posed.position[:, tip] - root, axis=-1))
    distance = np.clip(np.linalg.norm(wanted, axis=-1), abs(length[0] - length[1]) + 0.02, furthest)
    bend = np.arccos(np.clip(dot(unit(first), unit(second)), -1, 1))
    cosine = (distance**2 - length[0] ** 2 - length[1] ** 2) / (2 * length[0] * length[1])
    new_bend = np.arccos(np.clip(cosine, -1, 1))
    # A straight limb has no plane of its own: the anatomical hinge decides, and fades out as it bends.
    hinge = np.cross(unit(first), unit(second)) + 0.05 * sign * posed.rotation[:, upper, :, 0]
    fold = about(across(hinge, unit(first)), np.degrees(new_bend - bend))
    swing = turn_onto(first + (fold @ second[..., None])[..., 0], wanted)

    local = locals_of(body, posed)
    upper_world = swing @ posed.rotation[:, upper]
    lower_world = swing @ fold @ posed.rotation[:, lower]
    local[:, upper] = np.swapaxes(posed.rotation[:, body.parent[upper]], -1, -2) @ upper_world
    local[:, lower] = np.swapaxes(upper_world, -1, -2) @ lower_world
    local[:, tip] = np.swapaxes(lower_world, -1, -2) @ end
    return posed_of(body, local, posed.position[:, body.index["pelvis"]])


def turned(posed: Posed, turn: Floats) -> Posed:
    """The pose turned by one rotation ``(3, 3)`` about the origin."""
    return Posed(turn @ posed.rotation, posed.position @ turn.T)
