"""On the back, head towards −x: what exercises share that lift the hips from there, with one foot or both."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import SIDES, Body, Ints
from samples.studio.motion.contact import (
    SINK,
    ankle_height,
    elevation,
    hand_down,
    lowest,
    palm_height,
    sparse,
)
from samples.studio.motion.faults import FaultInfo, Sway
from samples.studio.rotation import Floats, X, Y, Z, about_x, about_y, unit
from samples.studio.skeleton import Pose, Posed

#: The pelvis: the person's left is at −z, the head towards −x, the belly up.
SUPINE: Final = np.stack([-Z, -X, Y], 1)
#: Degrees that the lower back bends for each degree that the hip goes beyond straight.
LORDOSIS: Final = 1.5
#: Where the middle of the shoulders lies along x, m.
SHOULDERS_X: Final = -0.45
#: docs/thresholds.md, Bridges.
INCOMPLETE: Final = FaultInfo("deg", 12, 22, ("left_hip", "right_hip", "left_knee"))
ARCHED: Final = FaultInfo("deg", 7.5, 15, ("left_hip", "right_hip"))


def tilt_for(angle: Callable[[Floats], Floats], rest: float, target: Floats) -> Floats:
    """Tilt of the chest at which the hips have the angle `target` (secant method), degrees.

    Args:
        angle: The hips' angle at a tilt.
        rest: The tilt at the start.
        target: ``(T,)``
    """
    a, b = np.full_like(target, rest), np.full_like(target, rest + 20)
    at_a, at_b = angle(a) - target, angle(b) - target
    for _ in range(6):
        step = np.where(np.abs(at_b - at_a) < 1e-9, 0.0, (b - a) / np.where(at_b == at_a, 1.0, at_b - at_a))
        a, at_a, b = b, at_b, b - at_b * step
        at_b = angle(b) - target
    return b


def foot_for(body: Body, shin: ArrayLike, line: float, top: Floats) -> Floats:
    """Where an ankle is, along x, whose shin leans so at the top: shoulder, hip and knee are in line then, m.

    Args:
        body: Whose.
        shin: From the vertical towards the feet, degrees.
        line: From shoulder to knee, m.
        top: Place of the shoulders' middle at the top, x and y, m.
    """
    angle, length = np.radians(shin), body.length("calf_l")
    knee = ankle_height(body) + length * np.cos(angle)
    along: Floats = top[0] + np.sqrt(line**2 - (knee - top[1]) ** 2) + length * np.sin(angle)
    return along


def over_the_line(shoulder: Floats, hip: Floats, knee: Floats) -> Floats:
    """The angle at the hip in the upright plane along the body; over 180 where the hip is over the line.

    In space the three points are not quite in line, as the foot need not stand straight below the hip.
    """
    up, down = shoulder - hip, knee - hip
    turn = np.arctan2(up[..., 1], -up[..., 0]) + np.arctan2(down[..., 1], down[..., 0])
    return 180 - np.degrees(turn)


def slope(body: Body, posed: Posed) -> Floats:
    """``(T,)`` how far the hips' line slopes up to the left, degrees."""
    left, right = (posed.position[:, body.index[f"thigh_{s}"]] for s in SIDES)
    return elevation(left - right)


def seat(body: Body) -> Ints:
    """What rests on the floor, or comes near it, at the start."""
    return sparse(body.vertices_of("pelvis", "spine_01", "thigh_l", "thigh_r", share=0.6))


def arms_down(pose: Pose, away: float) -> None:
    """Arms on the floor beside the body, `away` degrees from it, palms down."""
    body = pose.body
    reach = 0.97 * (body.length("upperarm_l") + body.length("lowerarm_l"))
    for side, out in zip(SIDES, (-Z, Z), strict=True):
        a = np.radians(away)
        along = np.cos(a) * X + np.sin(a) * out
        shoulder = pose.place(f"upperarm_{side}")
        drop = shoulder[..., 1] - palm_height(body)
        level = np.sqrt(reach**2 - drop**2)
        hand_down(pose, side, shoulder + np.multiply.outer(level, along), along, unit(out + 0.4 * Y))


def head_down(pose: Pose, nod: float, sway: Sway) -> None:
    """The neck bends until the back of the head lies on the floor, the chin `nod` degrees to the chest."""
    body = pose.body
    neck = body.offset("neck_01", "head")
    rise = _head_height(body, nod) - pose.place("neck_01")[..., 1]
    bend = np.arcsin(np.clip(rise / np.hypot(neck[1], neck[2]), -1, 1)) - np.arctan2(neck[2], neck[1])
    pose.set_global("neck_01", SUPINE @ about_x(np.degrees(bend)))
    pose.set_global("head", SUPINE @ about_x(nod) @ about_y(sway.look))


@lru_cache(maxsize=32)
def _head_height(body: Body, nod: float) -> float:
    """Height of the head's joint when its back lies on the floor, m."""
    pose = Pose(body, SUPINE @ about_x(nod))
    low = lowest(body, pose, sparse(body.vertices_of("head"), 1000))
    return float(pose.place("head")[1] - low[0]) - SINK
