"""Key poses of lying; see `poses`."""

from __future__ import annotations

import numpy as np

from samples.studio.body import Body
from samples.studio.life.poses import SIT_M
from samples.studio.life.stance import SIDES, Stance, out
from samples.studio.rotation import about_x, about_z


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
            p.stand_on(s, out(s) * 0.12 * p.size, SIT_M * p.size)
        p.lie_arm(s)
    return p


def on_side(body: Body) -> Stance:
    """On the right side, knees a little bent, the head on the right arm, the left hand in front."""
    p = Stance(body, about_z(90))
    n = p.size
    p.spine(0, 4)
    p.head(4, -14)
    for s in SIDES:
        p.hip(s, 40, -4 if s == "r" else -6)
        p.knee(s, 60)
        p.ankle(s, 15)
    p.settle()
    shoulder = p.place("upperarm_r")
    low = (shoulder[0] - 0.40 * n, 0.05, shoulder[2] + 0.16 * n)
    p.touch("r", low, (-0.2, 0, 1), (-1, 0, -0.3), (0, 1, 0))
    front = shoulder[0] + 0.1 * n, shoulder[2] + 0.28 * n
    p.lean_on("l", *front, fingers=(-0.8, 0, 0.5), elbow=(0.5, 0.6, 0.4))
    return p


def prop_up(p: Stance) -> None:
    """From lying on the right side: the trunk bent up until the right upper arm stands on its elbow."""
    thighs = {s: p.rotation(f"thigh_{s}") for s in SIDES}
    hip = p.place("thigh_r")
    wanted = p.body.length("upperarm_r") + 0.03
    p.turn("clavicle_r", np.eye(3))
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
    shoulder = p.place("upperarm_l")
    front = shoulder[0] + 0.16 * p.size, shoulder[2] + 0.30 * p.size
    p.lean_on("l", *front, fingers=(-0.8, 0, 0.5), elbow=(0.8, 0.3, 0.2))
