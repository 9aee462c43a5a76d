"""Fire hydrant: on all fours, head towards +x; the bent left knee goes out to the side (−z) and up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from formcheck.landmarks import INDEX
from samples.studio.body import SIDES, Body
from samples.studio.motion.contact import (
    angle_at,
    at_least,
    at_most,
    elevation,
    hand_down,
    in_plane,
    kneeling_foot,
    kneeling_height,
    least_angle,
    palm_height,
)
from samples.studio.motion.faults import STILL, FaultInfo, Sway, grown, growth
from samples.studio.rotation import Floats, X, Y, Z, about_x, about_y, about_z, unit
from samples.studio.skeleton import Pose, Posed

POSTURE: Final = "quadruped"
ANGLE: Final = "thigh_from_vertical_deg"
LEAST: Final = 0.85
#: docs/thresholds.md, All fours and supine. For the arch no limit in degrees of the back is published: with
#: hands and knees planted it hardly pitches the trunk (8° and 15° there), so these are the bends at which the
#: back's contour sinks by the 2 and 4 % of the torso that domain.md, 3.3, names (computed on the bodies).
FAULTS: Final = {
    "pelvis_rotation": FaultInfo("deg", 10, 20, ("left_hip",)),
    "torso_twist": FaultInfo("deg", 10, 20, ("left_shoulder", "right_shoulder")),
    "hip_shift": FaultInfo("cm", 5, 10, ("left_hip", "right_hip")),
    "back_arch": FaultInfo("deg", 15, 30, ("left_shoulder", "left_hip", "right_hip")),
    "knee_angle": FaultInfo("deg", 20, 35, ("left_ankle", "left_heel", "left_foot_index")),
}
#: The pelvis: the person's left is at −z, the head towards +x, the belly down.
PRONE: Final = np.stack([-Z, X, -Y], 1)
#: Corner of the curve where an elbow's reserve is used up, m: so that nothing jerks.
ROOM: Final = 0.012
#: Height that the toes of the lifted foot keep over the floor, m: half of their thickness.
TOE: Final = 0.012
#: A thigh that stands upright on its knee.
KNEELING: Final = np.stack([-Z, Y, X], 1)


@dataclass(frozen=True)
class Style:
    """A person's way; degrees unless said otherwise.

    Attributes:
        lift: Thigh from the vertical in a full rep.
        lean: Thighs forward of the vertical.
        apart: Knees' distance, in hip widths.
        hands: Hands ahead of the shoulders, as a share of the arm.
        wide: Hands' distance, in shoulder widths.
        elbow: Bend of the elbows.
        back: Bend of the back at rest, forwards.
        knee: Flexion of the lifted knee.
        foot: Pointing of the lifted foot.
        gaze: How far the head is lifted; 0 is in line with the back.
        follow: Share of the pelvis' rotation that the shoulders take part in.
        loose: Rotation of the pelvis that a clean rep has.
        shift: Way of the hips over the supporting knee that a clean rep has, cm.
    """

    lift: float = 50.0
    lean: float = 0.0
    apart: float = 1.0
    hands: float = 0.1
    wide: float = 1.1
    elbow: float = 15.0
    back: float = 0.0
    knee: float = 90.0
    foot: float = 20.0
    gaze: float = 10.0
    follow: float = 0.75
    loose: float = 0.0
    shift: float = 0.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        return cls(
            lift=rng.uniform(40, 60),
            lean=rng.uniform(-5, 6),
            apart=rng.uniform(0.85, 1.2),
            hands=rng.uniform(0.0, 0.2),
            wide=rng.uniform(0.95, 1.3),
            elbow=rng.uniform(8, 25),
            back=rng.uniform(-4, 8),
            knee=rng.uniform(85, 96),
            foot=rng.uniform(10, 45),
            gaze=rng.uniform(0, 25),
            follow=rng.uniform(0.65, 0.85),
            loose=rng.uniform(0, 3),
            shift=rng.uniform(0, 1.6),
        )


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    share = np.asarray(depth, np.float64)
    hands = _hands(body, style)
    pose = _trunk(body, style, share, faults, sway, np.zeros(()))
    # As far as an elbow can't straighten any more, the chest comes down on the other arm.
    over = _over(pose, hands)
    down = at_least(over, 0.0, ROOM)
    # What the lowering itself has changed counts as well.
    changed = _over(_trunk(body, style, share, faults, sway, down), hands) - (over - down)
    pose = _trunk(body, style, share, faults, sway, at_least(over + changed, 0.0, ROOM))
    for side, out in zip(SIDES, (-Z, Z), strict=True):
        hand_down(pose, side, hands[side], unit(X + 0.15 * out), unit(-X + 0.5 * out))
    _legs(pose, style, share, faults, sway)
    return pose


@lru_cache(maxsize=32)
def _hands(body: Body, style: Style) -> dict[str, Floats]:
    """Where the wrists stay, by side: about under the shoulders of the start pose."""
    start = _trunk(body, style, np.zeros(()), {}, STILL, np.zeros(()))
    middle = start.between("upperarm")
    ahead = style.hands * (body.length("upperarm_l") + body.length("lowerarm_l")) * X
    return {s: middle + style.wide * (start.place(f"upperarm_{s}") - middle) + ahead for s in SIDES}


def _over(pose: Pose, hands: Mapping[str, Floats]) -> Floats:
    """How much higher than its straight arm lets it a shoulder is, the worse of both, m."""
    most = 0.998 * (pose.body.length("upperarm_l") + pose.body.length("lowerarm_l"))
    over = []
    for side, wrist in hands.items():
        way = pose.place(f"upperarm_{side}") - wrist * (1, 0, 1)
        level = np.minimum(way[..., 0] ** 2 + way[..., 2] ** 2, 0.9 * most**2)
        over.append(way[..., 1] - palm_height(pose.body) - np.sqrt(most**2 - level))
    return at_least(over[0], over[1], 0.004)


def _trunk(
    body: Body, style: Style, share: Floats, faults: Mapping[str, Any], sway: Sway, down: Floats
) -> Pose:
    """Pelvis, spine, head over the supporting knee; shoulders as high as the arms hold them less `down`."""
    rotation = grown(share, faults, "pelvis_rotation", style.loose) + np.asarray(sway.rock)
    shift = grown(share, faults, "hip_shift", style.shift) / 100 + _of(sway.shift, 2)
    arch = grown(share, faults, "back_arch")
    twist = grown(share, faults, "torso_twist") - (1 - style.follow) * rotation
    pose = Pose(body)
    flexion = style.back - arch + np.asarray(sway.flexion) - np.asarray(sway.breath)
    pose.spine(flexion, sway.lateral)
    trunk = pose.between("upperarm") - pose.between("thigh")
    length = np.linalg.norm(trunk, axis=-1)
    half = abs(float(body.offset("pelvis", "thigh_r")[0]))
    # The shoulders stay over the hands while the hips go aside.
    yaw = np.degrees(np.arcsin(shift / length))
    aside = shift + half * np.cos(np.radians(rotation)) * np.cos(np.radians(yaw))
    hip = _support(body, style, aside, _of(sway.shift, 0))
    # The middle of the hips rises with the lifted side: the trunk turns about the supporting hip.
    middle = hip[..., 1] + half * np.sin(np.radians(rotation))
    shoulders = _shoulder_height(body, style) - down
    rise = np.degrees(np.arcsin(np.clip((shoulders - middle) / length, -1, 1)))
    pitch = rise - np.degrees(np.arctan2(-trunk[..., 2], trunk[..., 1]))
    # Turns about the pitched trunk's length that give the lines of hips and shoulders their slopes.
    roll, both = (_turn_for(slope, rise) for slope in (rotation, rotation + twist))
    pose.spine(flexion, sway.lateral, both - roll + np.asarray(sway.twist))
    pose.root = about_y(yaw) @ PRONE @ about_x(-pitch) @ about_y(roll)
    pose.put(pose.place("thigh_r"), hip)
    pose.head(np.asarray(sway.nod) - style.gaze, 0, sway.look)
    return pose


def _turn_for(slope: Floats, pitch: Floats) -> Floats:
    """The turn about a line that rises by `pitch` which gives a level line across it a `slope`, degrees."""
    return np.degrees(np.arcsin(np.clip(np.sin(np.radians(slope)) / np.cos(np.radians(pitch)), -1, 1)))


def _of(shift: ArrayLike, axis: int) -> Floats:
    component: Floats = np.asarray(shift, np.float64)[..., axis]
    return component


def _support(body: Body, style: Style, aside: ArrayLike, ahead: ArrayLike) -> Floats:
    """``(..., 3)`` the supporting hip over its knee, `aside` of the middle, `ahead` of its place, m."""
    thigh, half = body.length("thigh_r"), abs(float(body.offset("pelvis", "thigh_r")[0]))
    knee = np.array([-0.25, kneeling_height(body), style.apart * half])
    x = thigh * np.sin(np.radians(style.lean)) + np.asarray(ahead, np.float64)
    z = np.asarray(aside, np.float64) - knee[2]
    x, z = np.broadcast_arrays(x, z)
    return knee + np.stack([x, np.sqrt(thigh**2 - x**2 - z**2), z], -1)


def _shoulder_height(body: Body, style: Style) -> float:
    """Height of the shoulders over the planted hands in the start pose, m."""
    upper, lower = body.length("upperarm_r"), body.length("lowerarm_r")
    half = abs(float(body.heads[body.index["upperarm_r"], 0]))
    level = np.hypot(style.hands * (upper + lower), (style.wide - 1) * half)
    reach = upper**2 + lower**2 + 2 * upper * lower * np.cos(np.radians(style.elbow))
    return palm_height(body) + float(np.sqrt(reach - level**2))


def _legs(pose: Pose, style: Style, share: Floats, faults: Mapping[str, Any], sway: Sway) -> None:
    body = pose.body
    half = abs(float(body.offset("pelvis", "thigh_r")[0]))
    knee = np.array([-0.25, kneeling_height(body), style.apart * half])
    down = knee - pose.place("thigh_r")
    thigh = np.stack([np.broadcast_to(-Z, down.shape), -unit(down), np.cross(-Z, -unit(down))], -1)
    pose.set_global("thigh_r", _squared(thigh))
    # Shin and back of the foot lie on the floor.
    pose.set_global("calf_r", KNEELING @ about_x(90))
    pose.set_global("foot_r", KNEELING @ about_x(90 + kneeling_foot(body)))

    lift = style.lift * share + np.asarray(sway.limb)
    wide = np.degrees(np.arcsin((style.apart - 1) * half / body.length("thigh_l")))
    down_share = 1 - np.minimum(share, 1)
    size = np.asarray(faults.get("knee_angle", 0.0), np.float64)
    # What is commanded counts from the right angle; the person's own way is gone at 10°.
    wrong = (size - (style.knee - 90) * np.minimum(np.abs(size) / 10, 1)) * growth(share)
    upright = about_x(-style.lean * down_share) @ about_z(wide * down_share + lift)
    # An open knee takes the shin up by turning the hip inwards, as far as that goes.
    pose.set_global("thigh_l", KNEELING @ upright @ about_y(0.6 * np.minimum(wrong, 0)))
    flat = 90 + style.lean
    bent = flat + (style.knee - flat) * growth(share) + wrong
    frame, shin = pose.rotation("thigh_l"), body.length("calf_l")
    clear = (kneeling_height(body) - pose.place("calf_l")[..., 1]) / shin
    least = least_angle(-frame[..., 1, 1], -frame[..., 1, 2], clear)
    pose.knee("l", at_least(bent, at_most(least, flat - 4)))
    # Nor may the toes go through the floor.
    toe = body.correction[body.index["foot_l"]] @ (
        body.anchors[1][INDEX["left_foot_index"]] - body.heads[body.index["foot_l"]]
    )
    frame = pose.rotation("calf_l")
    up, ahead = frame[..., 1, 1], frame[..., 1, 2]
    clear = TOE - pose.place("foot_l")[..., 1]
    least = least_angle(up * toe[1] + ahead * toe[2], ahead * toe[1] - up * toe[2], clear)
    relaxed = kneeling_foot(body) + (style.foot - kneeling_foot(body)) * growth(share)
    pose.turn("foot_l", about_x(at_least(relaxed, at_most(least, 88))))


def _squared(thigh: Floats) -> Floats:
    """The rotation with the same second column, whose first is as near as can be."""
    y = thigh[..., 1]
    x = in_plane(thigh[..., 0], y)
    return np.stack([x, y, np.cross(x, y)], -1)


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` the lifted thigh from the vertical, outwards, as seen from behind, degrees."""
    thigh = posed.position[:, body.index["calf_l"]] - posed.position[:, body.index["thigh_l"]]
    return np.degrees(np.arctan2(-thigh[:, 2], -thigh[:, 1]))


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults.

    The pelvis' rotation is the slope of the hips' line; the twist the slope of the shoulders' line less that,
    either way; the shift the way of the hips' middle aside; the arch the bend of chest against pelvis; all
    since the start. The knee's is its distance from a right angle.
    """
    del style
    place = posed.position
    hip, knee, ankle = (place[:, body.index[b]] for b in ("thigh_l", "calf_l", "foot_l"))
    hips, before = _slope(body, posed, "thigh"), _slope(body, start, "thigh")
    shoulders, shoulders_before = _slope(body, posed, "upperarm"), _slope(body, start, "upperarm")
    twist = (shoulders - hips) - (shoulders_before - before)
    middle, middle_before = _middle(body, posed), _middle(body, start)
    return {
        "pelvis_rotation": hips - before,
        "torso_twist": np.abs(twist),
        "hip_shift": 100 * np.abs(middle[:, 2] - middle_before[:, 2]),
        "back_arch": _bend(body, start) - _bend(body, posed),
        "knee_angle": np.abs(angle_at(hip, knee, ankle) - 90),
    }


def _slope(body: Body, posed: Posed, joint: str) -> Floats:
    left, right = (posed.position[:, body.index[f"{joint}_{s}"]] for s in SIDES)
    return elevation(left - right)


def _middle(body: Body, posed: Posed) -> Floats:
    middle: Floats = posed.position[:, [body.index["thigh_l"], body.index["thigh_r"]]].mean(1)
    return middle


def _bend(body: Body, posed: Posed) -> Floats:
    """``(T,)`` flexion of the chest against the pelvis, degrees."""
    pelvis, chest = (posed.rotation[:, body.index[b]] for b in ("pelvis", "spine_03"))
    relative = np.swapaxes(pelvis, -1, -2) @ chest
    return np.degrees(np.arctan2(relative[:, 2, 1], relative[:, 1, 1]))
