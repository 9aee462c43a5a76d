"""What people do with trunk, head and legs between reps, in the posture of the exercise, and back.

Everything is written for the left leg; `Spot` sees to the other one.
"""

from __future__ import annotations

import numpy as np

from samples.studio.life.limbs import pull
from samples.studio.life.rising import IN_AIR_M, climb, descend, risen
from samples.studio.life.spot import Spot
from samples.studio.life.stance import UP, Stance
from samples.studio.life.track import Track
from samples.studio.rotation import Floats, about_y, about_z


def idle(spot: Spot, seconds: float) -> Track:
    """Holds still, as far as people do."""
    take = spot.take()
    take.hold(max(seconds, 1.5))
    return take.done(restless=spot.random.uniform(0.8, 1.6))


def look(spot: Spot, seconds: float) -> Track:
    """Looks round: to one side, to the other or up, and back."""
    take = spot.take()
    first = spot.random.choice([-1, 1])
    for turn, nod in ((first, -6), (-0.7 * first, spot.random.uniform(-14, 8))):
        angle = turn * spot.random.uniform(32, 55)
        p = spot.stance()
        p.turn("spine_03", p.local["spine_03"] @ about_y(0.2 * angle))
        # Who lies on the side lifts the head off the hand for that.
        p.head_more(nod, -12.0 if spot.posture == "side_lying" else 0.0, 0.8 * angle)
        take.to(spot.kept(p), spot.random.uniform(0.5, 0.8))
        take.hold(spot.random.uniform(0.2, 0.6))
    take.to(spot.rest, 0.7)
    return take.done(seconds)


def shift_hips(spot: Spot, seconds: float) -> Track:
    """Moves the seat about until it is comfortable."""
    take = spot.take()
    size = spot.random.uniform(0.7, 1.3)
    for sign in (1, -0.5):
        p = spot.stance()
        turn = about_z(5 * sign * size) @ about_y(7 * sign * size)
        p.root = p.root @ turn
        p.spine_more(about_z(-5 * sign * size) @ about_y(-6 * sign * size))
        p.position = p.position + size * sign * np.array(_SHIFT_M[spot.posture])
        take.to(spot.kept(p), spot.random.uniform(0.5, 0.8))
    take.to(spot.rest, 0.7)
    return take.done(seconds)


# How the hips travel while somebody settles: to the side of the free leg, or along the mat.
_SHIFT_M = {
    "standing": (0.05, -0.01, 0.0),
    "side_lying": (0.03, 0.01, 0.03),
    "quadruped": (0.04, 0.0, -0.04),
    "supine": (0.04, 0.02, 0.02),
}


def adjust_leg(spot: Spot, seconds: float) -> Track:
    """Lifts the foot, puts it somewhere better, and after all back."""
    size = spot.random.uniform(0.8, 1.4)
    away = np.array(_AWAY_M[spot.posture]) * size
    take = spot.take()
    take.to(_foot_at(spot, 0.7 * away + 0.07 * size * UP), 0.5)
    take.to(_foot_at(spot, away + 0.015 * UP), 0.4)
    take.hold(spot.random.uniform(0.3, 1.0))
    take.to(_foot_at(spot, 0.5 * away + 0.06 * size * UP), 0.4)
    take.to(spot.rest, 0.5)
    return take.done(seconds)


_AWAY_M = {
    "standing": (0.09, 0.0, 0.03),
    "side_lying": (0.03, 0.0, 0.09),
    "quadruped": (0.05, 0.0, 0.05),
    "supine": (0.05, 0.0, 0.08),
}


def shake_leg(spot: Spot, seconds: float) -> Track:
    """Lifts the leg a little and shakes it out."""
    up, along = (np.array(v) for v in _SHAKE_M[spot.posture])
    if spot.place("foot_l")[1] > IN_AIR_M:
        up *= 0.2
    take = spot.take()
    take.to(_foot_at(spot, up), 0.7)
    for sign in (1, -1) * int(spot.random.integers(3, 6)):
        take.to(_foot_at(spot, up + sign * along), 0.17)
    take.to(_foot_at(spot, up), 0.15)
    take.to(spot.rest, 0.8)
    return take.done(seconds)


# Where the foot is lifted to, and how far it swings to and fro there.
_SHAKE_M = {
    "standing": ((0.06, 0.16, 0.12), (0.03, 0.0, 0.03)),
    "side_lying": ((0.02, 0.16, 0.02), (0.0, 0.03, 0.03)),
    "quadruped": ((0.02, 0.14, -0.06), (0.03, 0.03, 0.0)),
    "supine": ((0.02, 0.22, 0.10), (0.03, 0.03, 0.0)),
}


def bend_leg(spot: Spot, seconds: float) -> Track:
    """Slowly straightens the leg, or bends it where it is straight, and goes back."""
    p = spot.stance()
    hip = p.place("thigh_l")
    target, knee = _LEG[spot.posture]
    stretched = hip + spot.random.uniform(0.9, 0.97) * p.leg_length * np.array(target)
    p.leg("l", stretched, np.array(knee))
    p.ankle("l", 20)
    take = spot.take(("foot_l",))
    take.to(spot.kept(p, "foot_l"), 1.8, free=("foot_l",))
    take.hold(spot.random.uniform(0.2, 0.8))
    take.to(spot.rest, 1.8, free=("foot_l",))
    return take.done(seconds)


# Where the ankle goes, in lengths of the leg from the hip, and where the knee points meanwhile.
_LEG = {
    "standing": ((0.04, -0.62, -0.38), (0.0, -0.3, 1.0)),
    "side_lying": ((0.96, -0.03, 0.2), (0.1, 0.3, 1.0)),
    "quadruped": ((0.02, -0.30, -0.93), (0.0, -1.0, 0.3)),
    "supine": ((0.06, -0.03, 0.97), (0.1, 1.0, 0.0)),
}


def prop(spot: Spot, seconds: float) -> Track:
    """Comes up on the elbow, to sitting, to kneeling or hands on hips, looks round, and goes back."""
    take = spot.take()
    ways = risen(spot)
    climb(take, ways)
    take.hold(0.3)
    p = ways[-1].pose.copy()
    angle = spot.random.uniform(20, 45) * spot.random.choice([-1, 1])
    p.head_more(twist=angle)
    take.to(p, 0.6, ways[-1].free)
    take.hold(0.5)
    descend(take, ways, spot)
    return take.done(seconds)


def _foot_at(spot: Spot, away: Floats) -> Stance:
    """The rest pose with the left foot moved by so much (m), sole and all."""
    tip = spot.body.index["foot_l"]
    place, turn = spot.rest.position[:, tip] + away, spot.rest.rotation[:, tip]
    return Stance.of(spot.body, pull(spot.body, spot.rest, "foot_l", place, turn))
