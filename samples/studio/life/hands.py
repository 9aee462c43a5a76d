"""What people do with a hand between reps, in the posture of the exercise, and back.

Everything is written for the left hand, which is the upper one in side-lying; `Spot` sees to the other one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from samples.studio.life.rising import climb, descend, risen
from samples.studio.life.spot import HANDS, Spot, Take
from samples.studio.life.stance import SIDES, Stance
from samples.studio.life.track import Track
from samples.studio.rotation import about_x, about_y, about_z

LEFT = frozenset({"hand_l"})


def scratch(spot: Spot, seconds: float) -> Track:
    """Scratches the face, behind the ear, or the thigh."""
    where = str(spot.random.choice(["cheek", "ear", "brow", "thigh"]))
    size = spot.random.uniform(0.01, 0.03)

    def touch(p: Stance, step: float) -> None:
        if where == "thigh":
            p.on_thigh("l", 0.45, 1.5 * size * step)
        else:
            p.on_face("l", where, (0, size * step, 0))

    return _rub(spot, touch, int(spot.random.integers(4, 8)), 0.16, seconds)


def wipe(spot: Spot, seconds: float) -> Track:
    """Wipes the sweat off the forehead, once or twice from side to side."""
    size = spot.random.uniform(0.03, 0.05)

    def touch(p: Stance, step: float) -> None:
        p.head_more(nod=5)
        p.on_face("l", "brow", (-0.02 - size * step, 0.0, 0.0))

    return _rub(spot, touch, int(spot.random.integers(1, 3)) * 2, 0.4, seconds)


def _rub(
    spot: Spot, touch: Callable[[Stance, float], None], strokes: int, each_s: float, seconds: float
) -> Track:
    """The hand goes somewhere, there to and fro, and back."""
    take = spot.take(LEFT)
    there_s = spot.random.uniform(0.85, 1.2)
    _leave_floor(spot, take)
    for i in range(strokes + 1):
        p = spot.stance()
        touch(p, 1.0 if i % 2 else -1.0)
        take.to(p, each_s if i else there_s, LEFT)
    take.hold(0.1)
    _back_to_rest(spot, take, there_s)
    return take.done(seconds)


def _leave_floor(spot: Spot, take: Take) -> None:
    """Who lies on the back lifts the hand off the floor first: the straight way leads through the body."""
    if spot.posture == "supine":
        take.to(_lifted(spot), 0.55, LEFT)


def _back_to_rest(spot: Spot, take: Take, seconds: float) -> None:
    if spot.posture == "supine":
        take.to(_lifted(spot), seconds, LEFT)
        seconds = 0.65
    take.to(spot.rest, seconds, LEFT)


def _lifted(spot: Spot) -> Stance:
    p = spot.stance()
    p.shoulder("l", 18, 42, 0)
    p.elbow("l", 85)
    p.turn("hand_l", np.eye(3))
    return p


def drink(spot: Spot, seconds: float) -> Track:
    """Comes up, takes the bottle from the floor, drinks, puts it back."""
    take = spot.take()
    ways = risen(spot) if spot.posture != "standing" else []
    climb(take, ways)
    up = ways[-1].pose if ways else spot.stance()
    free = (ways[-1].free if ways else frozenset()) | LEFT
    bottle, mouth = up.copy(), up.copy()
    if spot.posture == "standing":
        bottle.elbow("l", 70)
    else:
        lean = _TO_FLOOR[spot.posture]
        bottle.spine_more(about_x(lean) @ about_z(-0.4 * lean))
        bottle.head_more(nod=12)
        bottle.reach_floor("l", 0.10 if spot.posture == "side_lying" else 0.38, 0.3)
    mouth.head_more(nod=-16)
    mouth.on_face("l", "mouth", (0.02, -0.02, 0.06))
    take.to(bottle, 0.7, free)
    take.to(mouth, 0.9, free)
    take.hold(spot.random.uniform(0.8, 1.6))
    take.to(bottle, 0.8, free)
    if ways:
        take.to(up, 0.6, ways[-1].free)
        descend(take, ways, spot)
    else:
        take.to(spot.rest, 0.7)
    return take.done(seconds)


# How far the trunk bends down to a bottle on the floor, degrees.
_TO_FLOOR = {"side_lying": 4, "quadruped": 38, "supine": 14}


def phone(spot: Spot, seconds: float) -> Track:
    """Holds the phone before the face and looks at it; who is on all fours comes up for that."""
    take = spot.take()
    ways = risen(spot) if spot.posture == "quadruped" else []
    climb(take, ways)
    _leave_floor(spot, take)
    up = ways[-1].pose if ways else spot.stance()
    free = HANDS if spot.posture in {"quadruped", "standing"} else LEFT
    for i in range(int(spot.random.integers(3, 5))):
        p = up.copy()
        p.head_more(nod=26 if spot.posture in {"quadruped", "standing"} else 4)
        for s in SIDES:
            if f"hand_{s}" in free:
                p.before_face(s, 0.34, *spot.random.normal(0, 0.008, 2))
        take.to(p, 0.9 if i == 0 else 0.5, free, stop=True)
        take.hold(0.35)
    if ways:
        take.to(up, 0.8, ways[-1].free)
        descend(take, ways, spot)
    else:
        _back_to_rest(spot, take, 0.9)
    return take.done(seconds)


def band(spot: Spot, seconds: float) -> Track:
    """Pulls at the band round the thighs: bends towards the knees, tugs, goes back."""
    hands = LEFT if spot.posture in {"side_lying", "quadruped"} else HANDS
    take = spot.take()
    tugs = int(spot.random.integers(2, 5))
    for i in range(tugs + 1):
        p = spot.stance()
        _fold(spot, p)
        p = spot.kept(p, *hands)
        for s in SIDES:
            if f"hand_{s}" in hands:
                p.on_thigh(s, 0.62 if spot.posture != "quadruped" else 0.5, 0.035 * (i % 2))
        take.to(p, 0.3 if i else 1.1, hands)
    take.to(spot.rest, 1.1, hands)
    return take.done(seconds)


def _fold(spot: Spot, p: Stance) -> None:
    """Bring the shoulders nearer to the knees."""
    if spot.posture == "standing":
        hips = p.between("thigh")
        p.root = p.root @ about_x(48)
        p.put(p.between("thigh"), hips + np.array([0, -0.05, -0.12]))
        p.spine_more(about_x(14))
        p.head_more(nod=-6)
    elif spot.posture == "side_lying":
        p.spine_more(about_x(14) @ about_z(-9))
        p.head_more(nod=14, lateral=-8)
    elif spot.posture == "supine":
        p.spine_more(about_x(20))
        p.turn("spine_02", p.local["spine_02"] @ about_x(14))
        p.head_more(nod=24)
    else:
        p.spine_more(about_y(-8))
        p.head_more(nod=30)
