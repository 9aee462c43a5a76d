"""The person of a lunge over feet that are where they are: trunk, legs and arms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from samples.studio.body import SIDES, Body
from samples.studio.motion._lunge import Foot, Style
from samples.studio.motion.contact import hand_on_hip, plant, trunk_size
from samples.studio.motion.faults import Sway, grown, growth
from samples.studio.rotation import Floats, X, Y, Z, about_x, about_y, about_z, across, unit
from samples.studio.skeleton import Pose

#: Up to this share of its circle about the leg's line the knee goes where it is wanted.
FREE: Final = 0.75


def stand(
    body: Body,
    style: Style,
    share: Floats,
    faults: Mapping[str, Any],
    sway: Sway,
    hips: Floats,
    feet: Mapping[str, Foot],
    front: str,
    lean: Floats,
) -> Pose:
    """The trunk over `hips`, legs to the feet on the floor, arms.

    Args:
        body: Who.
        style: The person's way.
        share: The depth.
        faults: Commanded sizes.
        sway: Of the living body.
        hips: ``(..., 3)`` their middle, m.
        feet: By side, those that stand or step.
        front: The side of the leg that bends.
        lean: The trunk's lean forwards, degrees.
    """
    pose = trunk(body, style, share, faults, sway, hips, lean)
    for side, foot in feet.items():
        knee = about_y(foot.toes) @ Z
        if side == front:
            knee = knee_direction(pose, style, share, faults, side, foot)
        plant(pose, side, foot.ankle, about_y(foot.toes) @ Z, knee, foot.lift)
    arms(pose, style)
    return pose


def knee_direction(
    pose: Pose, style: Style, share: Floats, faults: Mapping[str, Any], side: str, foot: Foot
) -> Floats:
    """``(..., 3)`` where the bending knee points: over the toes, or inwards by the fault's size."""
    body, out = pose.body, 1 if side == "l" else -1
    hip, ankle = pose.place(f"thigh_{side}"), foot.place(body, side)
    thigh, shin = body.length(f"thigh_{side}"), body.length(f"calf_{side}")
    way = ankle - hip
    far = np.minimum(np.linalg.norm(way, axis=-1, keepdims=True), 0.999 * (thigh + shin))
    ahead = unit(way)
    along = (thigh**2 - shin**2 + far**2) / (2 * far)
    centre, radius = hip + along * ahead, np.sqrt(np.maximum(thigh**2 - along**2, 1e-6))
    level = np.broadcast_to(about_y(foot.toes) @ Z, way.shape)
    first = unit(across(level, ahead))
    second = np.cross(ahead, first)
    # The knee goes round the line from hip to ankle: x = centre + radius * (a cos + b sin) of the angle.
    a, b = radius[..., 0] * first[..., 0], radius[..., 0] * second[..., 0]
    inside = np.maximum(np.asarray(faults.get("knee_valgus", 0.0), np.float64), -style.outside) / 100
    usual = centre[..., 0] + a
    grown_by = growth(share)
    wanted = usual + grown_by * (ankle[..., 0] - out * inside - usual) - centre[..., 0]
    # A leg that is nearly straight has no way to go.
    share_of = wanted / np.maximum(np.hypot(a, b), 1e-6)
    over = np.maximum(np.abs(share_of) - FREE, 0)
    near = np.sign(share_of) * (
        np.minimum(np.abs(share_of), FREE) + (0.98 - FREE) * np.tanh(over / (0.98 - FREE))
    )
    angle = np.arctan2(b, a) - np.sign(b) * np.arccos(near)
    return np.cos(angle)[..., None] * first + np.sin(angle)[..., None] * second


def trunk(
    body: Body,
    style: Style,
    share: Floats,
    faults: Mapping[str, Any],
    sway: Sway,
    hips: Floats,
    lean: Floats,
) -> Pose:
    """Pelvis, spine and head; the line from hips to shoulders leans by `lean`, and aside by the fault."""
    pose = Pose(body)
    aside = -style.favours * grown(share, faults, "lateral_lean", style.aside)
    pose.spine(
        style.round * share + np.asarray(sway.flexion) - np.asarray(sway.breath),
        1.45 * aside + np.asarray(sway.lateral),
        sway.twist,
    )
    line = pose.between("upperarm") - pose.between("thigh")
    pitch = lean - np.degrees(np.arctan2(line[..., 2], line[..., 1])) + 0.3 * np.asarray(sway.flexion)
    line = (about_x(pitch) @ line[..., None])[..., 0]
    right = np.degrees(np.arctan2(-line[..., 0], line[..., 1]))
    pose.root = about_z(aside + 0.5 * np.asarray(sway.lateral) - right) @ about_x(pitch)
    pose.put(pose.between("thigh"), hips)
    pose.head(np.asarray(sway.nod) + 3 - style.gaze * lean, -0.5 * aside, sway.look)
    return pose


def arms(pose: Pose, style: Style) -> None:
    """Both arms by way of holding them, the same on both sides."""
    body = pose.body
    reach = body.length("upperarm_l") + body.length("lowerarm_l")
    chest, middle = pose.rotation("spine_03"), pose.between("upperarm")
    top = float(body.offset("thigh_l", "upperarm_l")[1])

    def on_chest(*offset: float) -> Floats:
        return (chest @ np.array(offset)[:, None])[..., 0]

    for side, out in zip(SIDES, (1, -1), strict=True):
        shoulder = pose.place(f"upperarm_{side}")
        if style.arms == "hips":
            # A bent thigh comes up to the crest.
            hand_on_hip(pose, side, on_chest(out, 0, -0.7), 0.03)
        elif style.arms == "goblet":
            ahead = trunk_size(body, round(top - 0.15, 3))[1] + 0.1
            pose.arm(side, middle + on_chest(0.06 * out, -0.08, ahead), on_chest(out, -0.4, 0.4))
            pose.hand(side, on_chest(-0.1 * out, 1, 0.2), on_chest(-out, 0, 0))
        else:
            # Hanging down, clear of the thighs, and of a trunk that leans aside.
            tilt = chest[..., 0, 1, None] * X
            wrist = shoulder + 0.97 * reach * unit(0.22 * on_chest(out, 0, 0) - Y - tilt)
            pose.arm(side, wrist, unit(0.6 * out * X - 0.8 * Z))
            pose.hand(side, -Y + 0.1 * out * X, -out * X)
