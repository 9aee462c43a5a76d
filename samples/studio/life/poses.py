from __future__ import annotations

import numpy as np

from samples.studio.body import Body
from samples.studio.life.stance import SIDES, STAND, Stance, other, out
from samples.studio.rotation import about_x, about_y, about_z


# How far the front foot is ahead of the other knee in a half kneel, m.
STRIDE_M = 0.40


def standing(body: Body, z: float = 0.0) -> Stance:
    p = Stance(body)
    p.put(p.between("thigh"), [0, p.stand_height, z])
    p.spine(STAND.spine)
    p.head(STAND.nod)
    for s in SIDES:
        p.stand_on(s, out(s) * STAND.width, z)
        p.hang(s)
    return p


def crouching(body: Body, feet_z: float = 0.40) -> Stance:
    """Deep in the knees on the way to the floor, the hands reaching back for it."""
    p = Stance(body, about_x(25))
    p.put(p.between("thigh"), [0, p.ankle_height + 0.48 * body.length("calf_l"), feet_z - 0.22])
    p.spine(30)
    p.head(-15)
    for s in SIDES:
        p.stand_on(s, out(s) * 0.12, feet_z, knee_out=0.3)
        p.arm(s, p.between("thigh") + [out(s) * 0.3, -0.05, -0.05], [out(s), 0, -1])
    return p


def seated(body: Body, lean: float, flexion: float) -> Stance:
    """Trunk and seat alone: on the floor over the origin, the legs still in the air."""
    p = Stance(body, about_x(-lean))
    for s in SIDES:
        p.hip(s, 110, 10)
        p.knee(s, 10)
    p.spine(flexion)
    p.head(5)
    p.settle()
    return p


def sitting(body: Body, feet_z: float = 0.42, lean: float = 18, hands: str = "floor") -> Stance:
    """On the floor, knees up, feet flat; the hands on the floor behind or on the knees."""
    p = seated(body, lean, 20)
    for s in SIDES:
        p.stand_on(s, out(s) * 0.13, feet_z)
        if hands == "floor":
            p.lean_on(s, out(s) * 0.22, -0.24, fingers=(out(s) * 0.6, 0, -0.8), elbow=(out(s) * 0.3, 0, -1))
        else:
            p.on_knee(s)
    return p


def reclining(body: Body, feet_z: float = 0.42) -> Stance:
    """Half down from sitting, leaning back on the hands."""
    p = seated(body, 46, 22)
    p.head(12)
    for s in SIDES:
        p.stand_on(s, out(s) * 0.13, feet_z)
        p.lean_on(s, out(s) * 0.30, -0.42, fingers=(out(s) * 0.5, 0, -0.9), elbow=(out(s) * 0.4, 0, -1))
    return p


def cross_legged(body: Body) -> Stance:
    p = seated(body, 4, 14)
    for s, z in zip(SIDES, (0.36, 0.27), strict=True):
        p.leg(s, np.array([-out(s) * 0.10, 0.07, z]), (out(s), 0.35, 0.5))
        p.ankle(s, 25)
        p.on_knee(s)
    return p


def butterfly(body: Body, flexion: float = 15) -> Stance:
    """Soles together, knees out, hands round the feet."""
    p = seated(body, 6 - 0.5 * flexion, flexion + 8)
    for s in SIDES:
        p.leg(s, np.array([out(s) * 0.06, 0.07, 0.36]), (out(s), 0.3, 0.2))
        p.ankle(s, 15)
        hand = (-out(s) * 0.4, -0.6, 0.6), (-out(s), -0.5, 0)
        p.touch(s, (out(s) * 0.10, 0.15, 0.40), (out(s), -0.3, 0), *hand)
    return p


def side_sitting(body: Body) -> Stance:
    """On the right buttock, knees dropped to the right, leaning on the right hand."""
    p = seated(body, 0, 10)
    p.root = about_z(22) @ about_y(-8)
    p.spine(8, -8)
    p.head(0, -8)
    p.settle()
    p.leg("r", np.array([0.10, 0.06, 0.36]), (-1, 0.05, 0.4))
    p.leg("l", np.array([0.20, 0.09, 0.27]), (-0.7, 0.6, 0.6))
    for s in SIDES:
        p.ankle(s, 25)
    p.lean_on("r", -0.42, 0.05, fingers=(-0.7, 0, 0.7), elbow=(0, 0, -1))
    p.on_knee("l")
    return p


def kneeling(body: Body, z: float = 0.0) -> Stance:
    """Upright on both knees, which are under the hips."""
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
    """One foot in front, the other knee down under the hip; a hand on the front thigh."""
    p = Stance(body, about_x(6))
    down = other(foot)
    p.hip(down, 0, 3)
    p.knee(down, 92)
    p.ankle(down, 45)
    p.hip(foot, 80, 8)
    p.knee(foot, 90)
    p.spine(10)
    p.settle()
    p.put(p.place(f"calf_{down}") * [0, 0, 1], [0, 0, z])
    p.stand_on(foot, out(foot) * 0.11, z + STRIDE_M)
    p.hang(down)
    p.on_knee(foot)
    return p


def on_heels(body: Body) -> Stance:
    p = Stance(body, about_x(4))
    for s in SIDES:
        p.hip(s, 66, 8)
        p.knee(s, 150)
        p.ankle(s, 55)
    p.spine(8)
    p.settle()
    for s in SIDES:
        p.on_knee(s)
    return p


def all_fours(body: Body, arch: float = 0, z: float = 0.0) -> Stance:
    """Hands under the shoulders, knees under the hips; `arch` rounds the back up (cat) or lets it sag."""
    p = Stance(body, about_x(84 - 0.6 * arch))
    p.spine(arch)
    p.head(-12 + 0.9 * arch)
    for s in SIDES:
        p.hip(s, 84 - 0.6 * arch, 3)
        p.knee(s, 92)
        p.ankle(s, 45)
    p.settle()
    p.put(p.between("calf") * [1, 0, 1], [0, 0, z])
    for s in SIDES:
        p.lean_on(s, out(s) * 0.17, p.place(f"upperarm_{s}")[2], elbow=(out(s) * 0.6, 0, -1))
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
    for s in SIDES:
        p.lean_on(s, out(s) * 0.2, p.place(f"upperarm_{s}")[2] + 0.42, elbow=(out(s), 0.5, 0))
    return p


def on_back(body: Body, knees: float = 0.0) -> Stance:
    """On the back, feet at +z, arms beside the body; `knees` 0 straight legs, 1 feet flat near the seat."""
    p = Stance(body, about_x(-90))
    for s in SIDES:
        p.hip(s, 48 * knees, 6 - 2 * knees, 8 * (1 - knees))
        p.knee(s, 4 + 86 * knees)
        p.ankle(s, 25 - 15 * knees)
    p.head(6)
    p.settle()
    for s in SIDES:
        if knees > 0.5:
            p.stand_on(s, out(s) * 0.12, p.position[2] + 0.42)
        p.lean_on(s, out(s) * 0.30, p.place(f"upperarm_{s}")[2] + 0.42, elbow=(out(s), 0.2, 0))
    return p


def on_side(body: Body) -> Stance:
    """On the right side, knees a little bent, the head on the right arm, the left hand on the floor in front."""
    p = Stance(body, about_z(90))
    p.spine(0, 4)
    p.head(4, -14)
    for s in SIDES:
        p.hip(s, 40, -4 if s == "r" else -6)
        p.knee(s, 60)
        p.ankle(s, 15)
    p.settle()
    shoulder = p.place("upperarm_r")
    p.touch("r", (shoulder[0] - 0.40, 0.05, shoulder[2] + 0.16), (-0.2, 0, 1), (-1, 0, -0.3), (0, 1, 0))
    p.lean_on("l", shoulder[0] + 0.1, shoulder[2] + 0.28, fingers=(-0.8, 0, 0.5), elbow=(0.5, 0.6, 0.4))
    return p


def propped(body: Body) -> Stance:
    """On the right side, trunk up on the right elbow."""
    p = on_side(body)
    prop_up(p)
    return p


def prop_up(p: Stance) -> None:
    """From lying on the right side: the trunk bent up until the right upper arm stands on its elbow."""
    thighs = {s: p.rotation(f"thigh_{s}") for s in SIDES}
    hip = p.place("thigh_r")
    wanted = p.body.length("upperarm_r") + 0.03
    for bend in np.arange(0.0, 60.0, 2.0):
        p.root = about_z(90 - 0.35 * bend)
        p.spine(6, -bend)
        p.put(p.place("thigh_r"), hip)
        if p.place("upperarm_r")[1] > wanted:
            break
    for s in SIDES:
        p.set_global(f"thigh_{s}", thighs[s])
    p.head(4, 8)
    p.set_global("upperarm_r", np.eye(3))
    p.elbow("r", 90)
    p.hand("r", (-0.2, 0, 1), (0, -1, 0))
    p.lean_on("l", p.place("upperarm_l")[0] + 0.16, p.place("upperarm_l")[2] + 0.30, fingers=(-0.8, 0, 0.5), elbow=(0.8, 0.3, 0.2))
