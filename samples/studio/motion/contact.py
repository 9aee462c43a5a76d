"""Contact with the floor: what lies on it, and feet that stay planted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from formcheck.landmarks import INDEX
from samples.studio.body import FINGERS, SIDES, Body, Ints, palm
from samples.studio.rotation import Floats, Y, about_x, across, turn_onto, unit
from samples.studio.skeleton import Pose, skin

#: How far skin sinks into the mat where weight rests on it, m: flesh and mat give way.
SINK: Final = 0.008


def lowest(body: Body, pose: Pose, vertices: Ints) -> Floats:
    """``(T,)`` height of the lowest of some vertices above the floor, m."""
    height: Floats = skin(body, pose.solve(), vertices)[:, :, 1].min(1)
    return height


def sparse(vertices: Ints, most: int = 400) -> Ints:
    """At most about `most` of the vertices, spread evenly: enough to find a contact."""
    return vertices[:: max(1, len(vertices) // most)]


@dataclass(frozen=True)
class Widths:
    """How thick a straight leg is from its joints' centres, m.

    Attributes:
        knee_out: Knee to the outside.
        knee_in: Knee to the inside.
        foot_out: Ankle's centre to the outer edge of the foot.
        foot_in: The same to the inner edge.
    """

    knee_out: float
    knee_in: float
    foot_out: float
    foot_in: float


@lru_cache(maxsize=32)
def widths(body: Body) -> Widths:
    """Measured on the body's skin."""
    neutral = Pose(body)
    rows = body.vertices_of("thigh_l", "calf_l"), body.vertices_of("foot_l", "ball_l")
    leg, foot = (skin(body, neutral.solve(), part)[0] for part in rows)
    knee, ankle = neutral.place("calf_l"), neutral.place("foot_l")
    ring = leg[np.abs(leg[:, 1] - knee[1]) < 0.03, 0] - knee[0]
    sole = foot[:, 0] - ankle[0]
    return Widths(float(ring.max()), float(-ring.min()), float(sole.max()), float(-sole.min()))


@lru_cache(maxsize=32)
def kneeling_height(body: Body) -> float:
    """Height of the knee's joint when thigh and shin stand and lie at a right angle on the floor, m."""
    pose = Pose(body)
    pose.knee("l", 90)
    low = lowest(body, pose, body.vertices_of("thigh_l", "calf_l"))
    return float(pose.place("calf_l")[1] - low[0]) - SINK


@lru_cache(maxsize=128)
def trunk_size(body: Body, above_hip: float) -> tuple[float, float]:
    """Half of the trunk's width, and its front ahead of the shoulders, at a height above the hips, m."""
    trunk = body.vertices[body.vertices_of("pelvis", "spine_01", "spine_02", "spine_03", share=0.7)]
    level = trunk[np.abs(trunk[:, 1] - body.heads[body.index["thigh_l"], 1] - above_hip) < 0.025]
    return float(level[:, 0].max()), float(level[:, 2].max() - body.heads[body.index["upperarm_l"], 2])


def hand_on_hip(pose: Pose, side: str, elbow: ArrayLike, higher: float = 0.0) -> None:
    """The palm on the side of the waist, fingers down to the crest of the hip bone or `higher`, m."""
    body = pose.body
    out = 1 if side == "l" else -1
    crest, waist = round(0.07 + higher, 3), round(0.22 + higher, 3)
    base = body.heads[body.index["spine_01"], 1] - body.heads[body.index["thigh_l"], 1]
    wrist, tip = (
        np.array([out * (trunk_size(body, at)[0] + 0.04), at - base, ahead])
        for at, ahead in ((waist, 0.0), (crest, 0.03))
    )
    place, turned = pose.place("spine_01"), pose.rotation("spine_01")
    pose.arm(side, place + (turned @ wrist[:, None])[..., 0], elbow)
    pose.hand(side, (turned @ (tip - wrist)[:, None])[..., 0], -out * turned[..., :, 0])


def cross_arms(pose: Pose) -> None:
    """Both forearms on the chest, the right one on the left one."""
    body = pose.body
    turned, middle = pose.rotation("spine_03"), pose.between("upperarm")
    half = float(body.heads[body.index["upperarm_l"], 0])
    top = float(body.offset("thigh_l", "upperarm_l")[1])

    def on_chest(*offset: float) -> Floats:
        return np.asarray((turned @ np.array(offset)[:, None])[..., 0])

    for side, out in zip(SIDES, (1, -1), strict=True):
        ahead = trunk_size(body, round(top - 0.1, 3))[1] + (0.04 if side == "l" else 0.12)
        pose.arm(side, middle + on_chest(-0.3 * out * half, -0.06, ahead), on_chest(out * 0.7, -0.8, 0.5))
        pose.hand(side, on_chest(-0.8 * out, 0.6, 0), on_chest(0, 0, -1))


def ankle_height(body: Body) -> float:
    """Height of the ankle's joint over a flat sole, m."""
    return float(body.heads[body.index["foot_l"], 1])


def plant(
    pose: Pose, side: str, ankle: Floats, ahead: ArrayLike, knee: Floats, lift: ArrayLike = 0.0
) -> None:
    """A leg whose foot stands on the floor.

    Args:
        pose: The trunk is set already.
        side: "l" or "r".
        ankle: ``(..., 3)`` where the ankle is while the foot is flat, m.
        ahead: Level direction of the toes.
        knee: ``(..., 3)`` direction in which the knee points.
        lift: How far the heel is raised, m; the toes stay.
    """
    foot = unit(ahead)
    flat = np.stack(
        [np.cross(np.broadcast_to(Y, foot.shape), foot), np.broadcast_to(Y, foot.shape), foot], -1
    )
    angle, rise = raised_heel(pose.body, side, lift)
    pose.leg(side, ankle + (flat @ rise[..., None])[..., 0], knee)
    pose.set_global(f"foot_{side}", flat @ about_x(angle))
    pose.turn(f"ball_{side}", about_x(-angle))


def raised_heel(body: Body, side: str, lift: ArrayLike) -> tuple[Floats, Floats]:
    """The foot's turn about its ball, degrees, and the ankle's way ``(..., 3)`` in the foot's axes, m.

    Args:
        body: Whose foot.
        side: "l" or "r".
        lift: How far the heel rises, m.
    """
    foot, ball = body.index[f"foot_{side}"], body.index[f"ball_{side}"]
    point = body.anchors[1][INDEX["left_heel" if side == "l" else "right_heel"]]
    heel, ankle = ((body.correction[foot] @ (p - body.heads[ball])) for p in (point, body.heads[foot]))
    radius, level = np.hypot(heel[1], heel[2]), np.arctan2(heel[1], -heel[2])
    reach = np.clip((np.asarray(lift, np.float64) + heel[1]) / radius, -1, 1)
    angle = np.degrees(np.arcsin(reach) - level)
    return angle, about_x(angle) @ ankle - ankle


@lru_cache(maxsize=32)
def flat_fingers(body: Body) -> dict[str, Floats]:
    """Turns of fingers and thumbs that flatten the bodies' relaxed hands, by bone."""
    turns = {}
    for side in SIDES:
        hand = body.correction[body.index[f"hand_{side}"]]
        for finger in FINGERS:
            tip, knuckle = body.tails[body.index[f"{finger}_03_{side}"]], f"{finger}_01_{side}"
            way = hand @ (tip - body.heads[body.index[knuckle]])
            turns[knuckle] = turn_onto(way, in_plane(way, palm(body, side)) if finger == "thumb" else -Y)
    return turns


@lru_cache(maxsize=32)
def palm_height(body: Body) -> float:
    """Height of the wrist over a hand that lies flat, m."""
    pose = Pose(body)
    for bone, turn in flat_fingers(body).items():
        pose.turn(bone, turn)
    bones = [n for n in body.names if n.startswith(("hand_l", *FINGERS)) and n.endswith("_l")]
    points = skin(body, pose.solve(), body.vertices_of(*bones))[0] - pose.place("hand_l")
    return float((points @ palm(body, "l")).max()) - SINK


def hand_down(pose: Pose, side: str, wrist: Floats, fingers: ArrayLike, elbow: ArrayLike) -> None:
    """A palm flat on the floor under `wrist` ``(..., 3)``, whose height does not matter."""
    pose.arm(side, wrist * (1, 0, 1) + palm_height(pose.body) * Y, elbow)
    pose.hand(side, fingers, -Y)
    for bone, turn in flat_fingers(pose.body).items():
        if bone.endswith(side):
            pose.turn(bone, turn)


@lru_cache(maxsize=32)
def kneeling_foot(body: Body) -> float:
    """Degrees by which the foot points away from a shin that lies on the floor, so that it lies there too."""
    pose = Pose(body, about_x(90), (0, 1, 0))
    pose.put(pose.place("calf_l"), kneeling_height(body) * Y)
    angles = np.arange(20.0, 95.0, 2.5)
    pose.turn("foot_l", about_x(angles))
    low = lowest(body, pose, body.vertices_of("foot_l", "ball_l"))
    # The least bent foot that does not go through the floor.
    return float(angles[np.argmax(low > -SINK)])


def least_angle(cosine: ArrayLike, sine: ArrayLike, height: ArrayLike) -> Floats:
    """The least angle p, degrees, from which on ``cosine * cos(p) + sine * sin(p)`` is at least `height`.

    For limbs that must not go through the floor. Where any angle will do, it is the one of the lowest height.
    """
    size = np.hypot(cosine, sine)
    middle = np.degrees(np.arctan2(sine, cosine)) % 360
    share = np.asarray(height) / size
    return middle - np.degrees(np.arccos(np.clip(share, -1, 1)))


def at_least(value: ArrayLike, least: ArrayLike, width: ArrayLike = 3.0) -> Floats:
    """The larger of two, with a rounded corner of about `width`, so that nothing jerks."""
    a, b = np.asarray(value, np.float64), np.asarray(least, np.float64)
    return (a + b + np.sqrt((a - b) ** 2 + np.square(width))) / 2


def at_most(value: ArrayLike, most: ArrayLike, width: ArrayLike = 3.0) -> Floats:
    """The smaller of two, with a rounded corner."""
    return -at_least(np.negative(value), np.negative(most), width)


def elevation(vector: Floats) -> Floats:
    """Degrees of a direction ``(..., 3)`` above the horizontal."""
    return np.degrees(np.arcsin(np.clip(unit(vector)[..., 1], -1, 1)))


def angle_at(a: Floats, b: Floats, c: Floats) -> Floats:
    """The angle at `b` between the ways to `a` and `c`, degrees."""
    cosine = np.sum(unit(a - b) * unit(c - b), -1)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def in_plane(vector: Floats, axis: Floats) -> Floats:
    """A direction without its part along `axis`, of length 1."""
    return unit(across(vector, axis))
