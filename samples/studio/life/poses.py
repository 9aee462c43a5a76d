"""The key poses themselves; the frame is that of `stance`.

Places are those of a body with legs of 0.78 m, scaled to everybody else's (`Stance.size`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from samples.studio.body import Body
from samples.studio.life.stance import SIDES, STAND, Stance, other, out
from samples.studio.rotation import about_x, about_y, about_z

# How far in front of the seat the feet stand while somebody sits with the knees up, and how far the front
# foot is ahead of the other knee in a half kneel: shins about upright; lengths of `Stance.size`, m.
SIT_M, STRIDE_M = 0.42, 0.40


def standing(body: Body, z: float = 0.0) -> Stance:
    """Standing relaxed, the ankles over z (m)."""
    p = Stance(body)
    p.put(p.between("thigh"), [0, p.stand_height, z])
    p.spine(STAND.spine)
    p.head(STAND.nod)
    for s in SIDES:
        p.stand_on(s, out(s) * STAND.width, z)
        p.hang(s)
    return p


def bowed(body: Body, pitch: float, flexion: float, drop: float = 0.0, back: float = 0.12) -> Stance:
    """Standing bent forward: pelvis and spine (degrees), the hips lower and further back (m)."""
    p = standing(body)
    p.root = about_x(pitch)
    p.put(p.between("thigh"), [0, p.stand_height - drop * p.size, -back * p.size])
    p.spine(flexion)
    for s in SIDES:
        p.stand_on(s, out(s) * STAND.width, 0.0, knee_out=0.1 + drop)
        p.arm_down(s)
    return p


def swaying(body: Body, aside: float, drop: float = 0.0, roll: float = 0.0, turn: float = 0.0) -> Stance:
    """Standing with the weight `aside` to the left, hips `drop` lower (m), rolled and turned (degrees)."""
    p = standing(body)
    p.root = about_z(roll) @ about_y(turn)
    p.put(p.between("thigh"), [aside * p.size, p.stand_height - (drop + 0.6 * abs(aside) ** 1.5) * p.size, 0])
    p.spine(STAND.spine, 0.9 * roll, -0.5 * turn)
    for s in SIDES:
        p.stand_on(s, out(s) * STAND.width, 0.0)
    return p


def crouching(body: Body, z: float) -> Stance:
    """Deep in the knees on the way to a seat at the origin, the hands reaching back for the floor."""
    p = Stance(body, about_x(25))
    p.put(p.between("thigh"), [0, p.ankle_height + 0.48 * body.length("calf_l"), z - 0.22 * p.size])
    p.spine(30)
    p.head(-15)
    for s in SIDES:
        p.stand_on(s, out(s) * 0.12 * p.size, z, knee_out=0.3)
        p.shoulder(s, -28, 42, -10)
        p.elbow(s, 18)
    return p


def seated(
    body: Body, lean: float, flexion: float, legs: Callable[[Stance], None], roll: float = 0.0
) -> Stance:
    """Sitting on the floor over the origin.

    Args:
        body: Who.
        lean: Of the pelvis, backwards, degrees.
        flexion: Of the spine, degrees.
        legs: Sets them; what touches the floor is the seat.
        roll: Of the pelvis, to the right, degrees.
    """
    p = Stance(body, about_z(roll) @ about_x(-lean) @ about_y(-0.4 * roll))
    p.position = np.array([0.0, 0.1, 0.0])
    p.spine(flexion)
    p.head(5)
    legs(p)
    p.settle("pelvis", "spine_01", "thigh_l", "thigh_r")
    legs(p)
    return p


def _knees_up(p: Stance) -> None:
    for s in SIDES:
        p.stand_on(s, out(s) * 0.13 * p.size, SIT_M * p.size)


def sitting(body: Body, hands: str = "floor") -> Stance:
    """On the floor, knees up, feet flat; the hands on the floor behind or on the knees."""
    p = seated(body, 18, 20, _knees_up)
    n = p.size
    for s in SIDES:
        if hands == "floor":
            back = (out(s) * 0.6, 0, -0.8)
            p.lean_on(s, out(s) * 0.22 * n, -0.24 * n, fingers=back, elbow=(out(s) * 0.3, 0, -1))
        else:
            p.on_knee(s)
    return p


def reclining(body: Body) -> Stance:
    """Half down from sitting, leaning back on the hands."""
    p = seated(body, 46, 22, _knees_up)
    n = p.size
    p.head(12)
    for s in SIDES:
        back = (out(s) * 0.5, 0, -0.9)
        p.lean_on(s, out(s) * 0.30 * n, -0.42 * n, fingers=back, elbow=(out(s) * 0.4, 0, -1))
    return p


def long_sitting(body: Body, forward: float = 0.0) -> Stance:
    """Legs straight ahead, the hands as far along them as `forward` degrees of bending bring them."""

    def legs(p: Stance) -> None:
        for s in SIDES:
            hip = p.place(f"thigh_{s}")
            far = np.sqrt((0.985 * p.leg_length) ** 2 - (hip[1] - p.ankle_height) ** 2)
            ankle = np.array([out(s) * 0.09 * p.size, p.ankle_height, hip[2] + far])
            p.leg(s, ankle, (out(s) * 0.1, 1, 0))
            p.foot(s, (out(s) * 0.15, 0.95, 0.25), (0, 0.2, -1))

    p = seated(body, 8 - 0.45 * forward, 12 + 0.55 * forward, legs)
    p.head(5 + 0.1 * forward)
    for s in SIDES:
        p.on_thigh(s, min(0.5 + 0.012 * forward, 1.25))
    return p


def cross_legged(body: Body) -> Stance:
    """Ankles crossed in front, hands on the knees."""

    def legs(p: Stance) -> None:
        for s, z in zip(SIDES, (0.36, 0.27), strict=True):
            p.leg(s, p.size * np.array([-out(s) * 0.10, 0.085, z]), (out(s), 0.35, 0.5))
            p.ankle(s, 5)

    p = seated(body, 4, 14, legs)
    for s in SIDES:
        p.on_knee(s)
    return p


def butterfly(body: Body, flexion: float = 15) -> Stance:
    """Soles together, knees out, hands round the feet, the trunk bent forward by about twice `flexion`."""

    def legs(p: Stance) -> None:
        for s in SIDES:
            p.leg(s, p.size * np.array([out(s) * 0.06, 0.085, 0.36]), (out(s), 0.3, 0.2))
            p.ankle(s, 5)

    p = seated(body, 6 - 0.5 * flexion, flexion + 8, legs)
    for s in SIDES:
        grip = p.size * np.array([out(s) * 0.10, 0.15, 0.40])
        p.touch(s, grip, (out(s), -0.3, 0), (-out(s) * 0.4, -0.6, 0.6), (-out(s), -0.5, 0))
    return p


def side_sitting(body: Body) -> Stance:
    """On the right buttock, knees dropped to the right, leaning on the right hand."""

    def legs(p: Stance) -> None:
        p.leg("r", p.size * np.array([0.10, 0.075, 0.36]), (-1, 0.05, 0.4))
        p.leg("l", p.size * np.array([0.20, 0.11, 0.27]), (-0.7, 0.6, 0.6))
        for s in SIDES:
            p.ankle(s, 10)

    p = seated(body, 0, 8, legs, roll=22)
    p.spine(8, -8)
    p.head(0, -8)
    p.lean_on("r", -0.42 * p.size, 0.05 * p.size, fingers=(-0.7, 0, 0.7), elbow=(0, 0, -1))
    p.on_knee("l")
    return p


def kneeling(body: Body, z: float = 0.0) -> Stance:
    """Upright on both knees, which are under the hips at z (m)."""
    p = Stance(body, about_x(2))
    for s in SIDES:
        p.hip(s, -2, 6)
        p.knee(s, 88)
        p.ankle(s, 45)
        p.hang(s)
    p.settle()
    p.put(p.between("calf") * [1, 0, 1], [0, 0, z])
    return p


def half_kneeling(body: Body, z: float = 0.0, foot: str = "l") -> Stance:
    """One foot in front, the other knee down under the hip at z (m); a hand on the front thigh."""
    p = Stance(body, about_x(6))
    down = other(foot)
    p.hip(down, 0, 3)
    p.knee(down, 86)
    p.ankle(down, 45)
    p.hip(foot, 80, 8)
    p.knee(foot, 90)
    p.spine(10)
    p.settle(f"calf_{down}", f"foot_{down}", f"ball_{down}")
    p.put(p.place(f"calf_{down}") * [0, 0, 1], [0, 0, z])
    p.stand_on(foot, out(foot) * 0.11 * p.size, z + STRIDE_M * p.size)
    p.hang(down)
    p.on_knee(foot)
    return p


def on_heels(body: Body) -> Stance:
    """Sitting on the heels, hands on the thighs."""
    p = Stance(body, about_x(4))
    for s in SIDES:
        p.hip(s, 66, 8)
        p.knee(s, 150)
        p.ankle(s, 55)
    p.spine(8)
    p.settle()
    p.put(p.between("calf") * [1, 0, 1], [0, 0, 0])
    for s in SIDES:
        p.on_knee(s)
    return p


def all_fours(body: Body, arch: float = 0) -> Stance:
    """Hands under the shoulders, knees under the hips at the origin.

    `arch` rounds the back up (a cat) or, below 0, lets it sag; degrees.
    """
    p = Stance(body, about_x(84 - 0.6 * arch))
    p.spine(arch)
    p.head(-12 + 0.9 * arch)
    for s in SIDES:
        p.hip(s, 84 - 0.6 * arch, 3)
        p.knee(s, 92)
        p.ankle(s, 45)
    p.settle()
    p.put(p.between("calf") * [1, 0, 1], [0, 0, 0])
    # The hands stay where a flat back has them.
    ahead = all_fours(body).place("hand_l")[2] if arch else p.place("upperarm_l")[2]
    for s in SIDES:
        p.lean_on(s, out(s) * 0.17 * p.size, ahead, elbow=(out(s) * 0.6, 0, -1))
    return p


def child(body: Body) -> Stance:
    """Sitting back on the heels, folded forward, arms stretched out on the floor."""
    p = Stance(body, about_x(72))
    for s in SIDES:
        p.hip(s, 128, 14)
        p.knee(s, 150)
        p.ankle(s, 60)
    p.spine(28)
    p.head(-5)
    p.settle()
    p.put(p.between("calf") * [1, 0, 1], [0, 0, 0])
    for s in SIDES:
        reach = p.place(f"upperarm_{s}")[2] + 0.42 * p.size
        p.lean_on(s, out(s) * 0.2 * p.size, reach, elbow=(out(s), 0.5, 0))
    return p
