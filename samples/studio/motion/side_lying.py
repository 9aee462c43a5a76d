"""Lying on the right side, head towards −x, belly towards +z: what clamshell and leg raise have in common.

The left leg works. The trunk is tilted so that hip and shoulder both rest on the floor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import Body, Ints
from samples.studio.motion.contact import SINK, hand_down, hand_on_hip, lowest, sparse
from samples.studio.motion.faults import STILL, Sway
from samples.studio.rotation import Floats, X, Y, Z, about_x, about_y, about_z, dot, unit
from samples.studio.skeleton import Pose, Posed

POSTURE: Final = "side_lying"
#: The pelvis: the person's left is up, the head towards −x.
LYING: Final = np.stack([Y, -X, Z], 1)
#: Height of the head's underside, m: over a hand on the floor, or over an upper arm.
PILLOW: Final = {"folded": 0.045, "overhead": 0.065}


@dataclass(frozen=True)
class Bed:
    """How somebody lies.

    Attributes:
        head: "folded" (the hand under the head), "overhead" (the head on the straight arm).
        arm: Where the upper hand is: "floor" in front of the chest, or "hip".
        hand_ahead: How far ahead of the chest the upper hand stands, as a share of the arm.
        shoulder_share: Share of the pelvis' roll that the shoulders take part in.
    """

    head: str = "folded"
    arm: str = "floor"
    hand_ahead: float = 0.62
    shoulder_share: float = 0.35


def draw_bed(rng: np.random.Generator) -> Bed:
    """A random way of lying."""
    return Bed(
        head=str(rng.choice(["folded", "folded", "overhead"])),
        arm=str(rng.choice(["floor", "floor", "hip"])),
        hand_ahead=rng.uniform(0.5, 0.75),
        shoulder_share=rng.uniform(0.2, 0.5),
    )


@dataclass(frozen=True, eq=False)
class Support:
    """How a person's way of lying rests on the floor.

    Attributes:
        tilt: Of the trunk, the head downwards, degrees: hip and shoulder both touch the floor.
        hip: ``(3,)`` place of the lower hip joint, m.
        head: Degrees by which head and neck lean down until the head rests on its hand or arm.
        low: Height of the hip's lowest skin, m.
        lever: From the hip to the shoulder that lie on the floor, m.
        knee: Height of the lower knee's joint, m.
        ankle: Height of the lower ankle's joint, m.
    """

    tilt: float | Floats
    hip: Floats
    head: float
    low: float
    lever: float
    knee: float
    ankle: float


#: Sets the legs of a pose whose pelvis lies.
Legs = Callable[[Pose, Support], None]


def lie(
    body: Body,
    bed: Bed,
    support: Support,
    roll: ArrayLike,
    hike: ArrayLike,
    sway: Sway,
    legs: Legs,
) -> Pose:
    """Somebody on the right side.

    Args:
        body: Who.
        bed: How.
        support: What `supported` has found.
        roll: Degrees by which the pelvis is rolled back, about the body's length.
        hike: Degrees by which the upper side of the pelvis is pulled towards the ribs.
        sway: Small movements.
        legs: Sets the legs, once the pelvis lies.
    """
    pose = _trunk(body, bed, support, roll, hike, sway)
    legs(pose, support)
    turned = np.abs(roll) + np.abs(hike)
    if np.any(turned):
        # The hip stays on the floor as it turns: the trunk comes up or down about the shoulder.
        lift = (support.low - lowest(body, pose, _hips(body))) * np.minimum(turned / 2, 1)
        tilt = support.tilt + np.degrees(lift / support.lever)
        hip = support.hip + np.multiply.outer(lift, Y)
        pose = _trunk(body, bed, replace(support, tilt=tilt, hip=hip), roll, hike, sway)
        legs(pose, support)
    _arms(pose, bed)
    return pose


@lru_cache(maxsize=32)
def _hips(body: Body) -> Ints:
    skin = body.vertices_of("pelvis", "spine_01", "thigh_r", share=0.6)
    near = np.abs(body.vertices[skin, 1] - body.heads[body.index["thigh_r"], 1]) < 0.12
    return sparse(skin[near & (body.vertices[skin, 0] < 0)])


def _trunk(body: Body, bed: Bed, support: Support, roll: ArrayLike, hike: ArrayLike, sway: Sway) -> Pose:
    """Pelvis, spine and head."""
    base = LYING @ about_z(support.tilt)
    rock = np.asarray(sway.rock, np.float64)
    pose = Pose(body, base @ about_y(np.add(roll, rock)) @ sway.trunk())
    pose.put(pose.place("thigh_r"), support.hip + np.asarray(sway.shift))
    untwist = -np.multiply(roll, 1 - bed.shoulder_share)
    pose.spine(np.subtract(sway.flexion, sway.breath), sway.lateral, np.add(untwist, sway.twist))
    _hike(pose, hike)
    # The face looks ahead, whatever the shoulders do.
    turned = -np.multiply(roll, bed.shoulder_share)
    pose.head(np.add(8, sway.nod), support.head, np.add(turned, sway.look))
    return pose


def _hike(pose: Pose, hike: ArrayLike) -> None:
    """Turn the pelvis alone, under a chest that stays: the upper hip comes `hike` degrees nearer to the ribs.

    The middle of the hips moves aside with it and turns the trunk's line too, so the pelvis turns a bit more
    than the angle between the two.
    """
    body = pose.body
    hips, chest = (body.heads[[body.index[f"{b}_{s}"] for s in "lr"]].mean(0) for b in ("thigh", "upperarm"))
    joint = body.heads[body.index["spine_01"]]
    more = 1 / (1 - (joint - hips)[1] / (chest - hips)[1])
    turn = about_z(np.multiply(hike, more))
    still = pose.place("spine_01")
    pose.root = pose.root @ turn
    pose.turn("spine_01", np.swapaxes(turn, -1, -2) @ pose.local["spine_01"])
    pose.put(pose.place("spine_01"), still)


def _arms(pose: Pose, bed: Bed) -> None:
    """The lower arm under the head, the upper one in front of the chest or on the hip."""
    body = pose.body
    reach = body.length("upperarm_l") + body.length("lowerarm_l")
    # The lower shoulder is pushed forward, or the body would lie on the joint.
    pose.turn("clavicle_r", about_y(35) @ about_z(-12))
    shoulder = pose.place("upperarm_r")
    low = 0.035 * Y
    if bed.head == "overhead":
        wrist = (shoulder - 0.95 * reach * X + 0.10 * reach * Z) * (1, 0, 1) + low
        pose.arm("r", wrist, Z)
        pose.hand("r", -X, Y)
    else:
        under = pose.place("head") - 0.02 * X + 0.05 * Z
        hand_down(pose, "r", under, unit(-X - 0.4 * Z), unit(Z - 0.6 * X))
    if bed.arm == "floor":
        chest = pose.place("upperarm_l")
        wrist = chest + 0.12 * reach * X + bed.hand_ahead * reach * Z
        hand_down(pose, "l", wrist, unit(Z - 0.8 * X), unit(X + Y))
    else:
        hand_on_hip(pose, "l", unit(0.3 * X + Y - 0.6 * Z))


def supported(body: Body, bed: Bed, legs: Legs) -> Support:
    """Let hip, shoulder and head come to rest; `legs` as in `lie`, in the start pose."""
    hips, head = _hips(body), sparse(body.vertices_of("head"), 250)
    chest = sparse(body.vertices_of("spine_02", "spine_03", "clavicle_r", "upperarm_r", share=0.9))
    lever = float(body.offset("pelvis", "spine_03")[1] + 0.1)
    neck = float(np.linalg.norm(body.offset("neck_01", "head"))) + 0.1
    shin = sparse(body.vertices_of("calf_r"), 250)
    foot = sparse(body.vertices_of("foot_r", "ball_r"), 250)
    support = Support(0.0, 0.1 * Y + 0.05 * X, 0.0, -SINK, lever, 0.06, 0.05)
    for _ in range(8):
        pose = _trunk(body, bed, support, 0.0, 0.0, STILL)
        legs(pose, support)
        _arms(pose, bed)
        parts = (hips, chest, head, shin, foot)
        down_hip, down_chest, down_head, down_shin, down_foot = (
            float(lowest(body, pose, part)[0]) for part in parts
        )
        support = replace(
            support,
            hip=support.hip - (down_hip + SINK) * Y,
            tilt=support.tilt + float(np.degrees((down_chest - down_hip) / lever)),
            head=support.head + float(np.degrees((down_head - PILLOW[bed.head] - down_hip) / neck)),
            knee=support.knee - down_shin - SINK,
            ankle=support.ankle - down_foot - SINK,
        )
    pose = _trunk(body, bed, support, 0.0, 0.0, STILL)
    legs(pose, support)
    return replace(support, low=float(lowest(body, pose, hips)[0]))


def floor_leg(pose: Pose, support: Support, hip_flexion: float, knee_flexion: float) -> None:
    """The lower leg on the floor, on its outer side."""
    body = pose.body
    hip = pose.place("thigh_r")
    knee = _level(hip, support.knee, body.length("thigh_r"), hip_flexion)
    ankle = _level(knee, support.ankle, body.length("calf_r"), hip_flexion - knee_flexion)
    pose.leg("r", ankle, knee - hip)
    pose.turn("foot_r", about_x(10))


def _level(start: Floats, height: float, length: float, angle: float) -> Floats:
    """The point at a distance and a height, in the direction `angle` degrees from the feet to the belly."""
    drop = start[..., 1] - height
    way = np.sqrt(length**2 - drop**2)
    a = np.radians(angle)
    return start + np.multiply.outer(way, np.cos(a) * X + np.sin(a) * Z) - np.multiply.outer(drop, Y)


def pelvis_roll(start: Posed, posed: Posed, body: Body) -> Floats:
    """``(T,)`` degrees by which the pelvis has rolled back about the trunk's length since `start`."""
    i = body.index["pelvis"]
    length = start.rotation[:1, i, :, 1]
    before, now = start.rotation[:1, i, :, 0], posed.rotation[:, i, :, 0]
    now = now - dot(now, length)[:, None] * length
    return np.degrees(np.arctan2(dot(np.cross(before, now), length), dot(before, now)))
