"""Things people do on their feet, each from standing at the origin back to standing there."""

from __future__ import annotations

import numpy as np

from samples.studio.body import Body
from samples.studio.life import poses
from samples.studio.life.about import from_standing
from samples.studio.life.spot import Take
from samples.studio.life.stance import SIDES, Stance, other, out
from samples.studio.life.track import Track

Random = np.random.Generator
# A beat of the music, s: 110 a minute.
BEAT_S = 0.545


def pick_up(body: Body, random: Random, *, keep: bool) -> Track:
    """Bends down for something on the floor and takes it, or puts down what is carried.

    `keep`: the hands come up with it.
    """
    take = from_standing(body, random)
    deep = random.uniform(0.12, 0.30)
    p = poses.bowed(body, 62 - 60 * deep, 34, drop=deep, back=0.20)
    n = p.size
    both = random.random() < 0.5
    for s in SIDES:
        if both or s == "l":
            grip = n * np.array([out(s) * 0.10, 0.10, 0.36])
            p.touch(s, grip, (out(s), 0, -0.4), (0, -0.8, 0.5), (-out(s), 0, 0))
    p.head(8)
    take.to(p, random.uniform(0.9, 1.4))
    take.hold(random.uniform(0.1, 0.4))
    up = poses.standing(body)
    if keep:
        carry(up)
        take.to(up, 1.0)
        take.hold(0.4)
    take.to(poses.standing(body), 0.9)
    return take.done()


def carry(p: Stance) -> None:
    """Hold something in front of the belly."""
    for s in SIDES:
        p.shoulder(s, 18, 6, -20)
        p.elbow(s, 82)


def drink(body: Body, random: Random) -> Track:
    """Takes the bottle from the floor, drinks, puts it back."""
    take = from_standing(body, random)
    low = poses.bowed(body, 46, 30, drop=0.16, back=0.18)
    low.touch("l", low.size * np.array([0.2, 0.22, 0.3]), (1, 0, -0.4), (0, -0.8, 0.5), (-1, 0, 0))
    mouth = poses.standing(body)
    mouth.head(-14)
    mouth.on_face("l", "mouth", (0.02, -0.02, 0.06))
    held = poses.standing(body)
    held.shoulder("l", 15, 10, -10)
    held.elbow("l", 75)
    take.to(low, 1.1)
    for _ in range(int(random.integers(1, 3))):
        take.to(held, 1.0)
        take.hold(0.2)
        take.to(mouth, 0.7)
        take.hold(random.uniform(0.8, 1.6))
    take.to(held, 0.7)
    take.to(low, 1.1)
    take.to(poses.standing(body), 1.0)
    return take.done()


def stretch(body: Body, random: Random) -> Track:
    """Some stretches: arms overhead, side bends, hands to the toes, trunk twists, a heel to the seat."""
    take = from_standing(body, random)
    everything = (_overhead, _side_bends, _toes, _twists, _heel_to_seat)
    for i in random.permutation(len(everything))[: int(random.integers(3, 5))]:
        everything[i](body, random, take)
        take.to(poses.standing(body), 1.1)
    return take.done()


def _overhead(body: Body, random: Random, take: Take) -> None:
    p = poses.standing(body)
    _arms_up(p, 1.0)
    p.spine(-6)
    p.head(-12)
    take.to(p, 1.3)
    take.hold(random.uniform(0.6, 1.5))


def _arms_up(p: Stance, share: float) -> None:
    for s in SIDES:
        p.shrug(s, 18 * share)
        p.shoulder(s, 158 * share, 8, 0)
        p.elbow(s, 22)


def _side_bends(body: Body, random: Random, take: Take) -> None:
    side = 1 if random.random() < 0.5 else -1
    for sign in (side, -side):
        bend = sign * random.uniform(22, 32)
        p = poses.swaying(body, 0.002 * bend, roll=-0.12 * bend)
        p.spine(0, bend)
        p.head(0, 0.5 * bend)
        up = "l" if bend > 0 else "r"
        p.shrug(up, 15)
        p.shoulder(up, 150, 15, 0)
        p.elbow(up, 30)
        p.on_hip(other(up))
        take.to(p, 1.2)
        take.hold(random.uniform(0.4, 1.2))


def _toes(body: Body, random: Random, take: Take) -> None:
    far = random.uniform(0.75, 1.0)
    p = poses.bowed(body, 72 * far, 62 * far, back=0.14)
    p.head(15)
    take.to(p, 1.8)
    for _ in range(int(random.integers(1, 4))):
        q = poses.bowed(body, 66 * far, 58 * far, back=0.13)
        take.to(q, 0.6)
        take.to(p, 0.6)
    take.hold(0.3)


def _twists(body: Body, random: Random, take: Take) -> None:
    for sign in (1, -1) * int(random.integers(1, 3)):
        p = poses.swaying(body, 0.0, turn=12 * sign)
        p.spine(2, 0, 32 * sign)
        p.head(0, 0, 20 * sign)
        for s in SIDES:
            p.shoulder(s, 55, 35, 0)
            p.elbow(s, 80)
        take.to(p, random.uniform(0.7, 1.0))


def _heel_to_seat(body: Body, random: Random, take: Take) -> None:
    """A thigh stretch: the heel in the hand."""
    p = poses.swaying(body, -0.075)
    n = p.size
    hip = p.place("thigh_l")
    heel = hip + n * np.array([0.03, -0.42, -0.34])
    p.leg("l", heel, (0.05, -1, 0.25))
    p.ankle("l", 40)
    p.touch(
        "l", p.place("foot_l") + n * np.array([0.03, 0.06, 0.0]), (0.4, 0.3, -1), (0, -1, 0.2), (-1, 0, 0)
    )
    p.shoulder("r", 10, 45, 0)
    p.elbow("r", 20)
    take.to(p, 1.3, free=("foot_l",))
    take.hold(random.uniform(1.0, 2.0))


def one_leg(body: Body, random: Random) -> Track:
    """Stands on one leg for a while, then on the other."""
    take = from_standing(body, random)
    for stand in random.permutation(list(SIDES)):
        lift = other(stand)
        height = random.uniform(0.25, 0.5)
        for _ in range(int(random.integers(3, 6))):
            wobble = random.normal(0, 1, 4)
            p = poses.swaying(body, out(stand) * 0.085 + 0.008 * wobble[0], roll=1.5 * wobble[1])
            n = p.size
            foot = n * np.array([out(lift) * 0.10, p.ankle_height / n + height, 0.12 + 0.02 * wobble[2]])
            p.leg(lift, foot, (out(lift) * 0.2, 0.3, 1))
            p.ankle(lift, 15)
            for s in SIDES:
                p.shoulder(s, 12, 42 + 6 * wobble[3], 0)
                p.elbow(s, 18)
            first = len(take.keys) == 1 or take.keys[-1].planted >= {f"foot_{lift}"}
            take.to(p, 1.1 if first else random.uniform(0.5, 0.9), free=(f"foot_{lift}",))
        take.to(poses.standing(body), 1.0)
    return take.done()


def talk(body: Body, random: Random, seconds: float) -> Track:
    """Talks with the hands, shifting the weight, nodding, looking about."""
    take = from_standing(body, random)
    while take.keys[-1].time < seconds - 1.5:
        p = poses.swaying(body, random.uniform(-0.04, 0.04), turn=random.uniform(-8, 8))
        p.head(random.uniform(-6, 12), random.uniform(-6, 6), random.uniform(-30, 30))
        quiet = random.random() < 0.25
        for s in SIDES:
            if quiet or random.random() < 0.25:
                p.hang(s)
                continue
            p.shoulder(s, random.uniform(8, 50), random.uniform(4, 30), random.uniform(-25, 25))
            p.elbow(s, random.uniform(45, 105))
            p.wave(s, *random.uniform(-25, 25, 2))
        take.to(p, random.uniform(0.45, 0.9))
        if random.random() < 0.3:
            take.hold(random.uniform(0.2, 0.8))
    take.to(poses.standing(body), 0.8)
    return take.done(restless=1.5)


def dance(body: Body, random: Random, seconds: float) -> Track:
    """Dances a little: from one foot to the other on the beat, hips and arms with it."""
    take = from_standing(body, random)
    size, bounce = random.uniform(0.6, 1.2), random.uniform(0.02, 0.06)
    arms = random.uniform(20, 60, 2)
    sign = 1
    while take.keys[-1].time < seconds - 1.2:
        if random.random() < 0.15:
            arms = random.uniform(15, 75, 2)
        p = poses.swaying(body, 0.055 * size * sign, drop=bounce, roll=5 * size * sign, turn=9 * size * sign)
        p.head(6, -4 * sign, 10 * sign)
        for s, arm in zip(SIDES, arms, strict=True):
            swing = 14 * size * sign * out(s)
            p.shoulder(s, arm * 0.6 + swing, 12 + arm * 0.3, 0)
            p.elbow(s, 60 + 0.5 * arm)
        take.to(p, BEAT_S)
        q = poses.swaying(body, 0.02 * size * sign, drop=0.01)
        for s in SIDES:
            q.shoulder(s, 25, 18, 0)
            q.elbow(s, 70)
        take.to(q, 0.5 * BEAT_S)
        sign = -sign
    take.to(poses.standing(body), 0.8)
    return take.done()


def tie_shoes(body: Body, random: Random) -> Track:
    """Kneels down on one knee and ties the shoe of the foot in front."""
    take = from_standing(body, random)
    front = str(random.choice(list(SIDES)))
    down = poses.half_kneeling(body, -poses.STRIDE_M * Stance(body).size, front)
    take.to(down, 1.4)
    for i in range(int(random.integers(5, 10))):
        p = down.copy()
        p.tie(front, random.normal(0, 0.02, (2, 3)))
        take.to(p, 0.9 if i == 0 else random.uniform(0.2, 0.45))
    take.to(down, 0.8)
    take.to(poses.standing(body), 1.3)
    return take.done()


def look_about(body: Body, random: Random) -> Track:
    """Stands and looks round."""
    take = from_standing(body, random)
    for _ in range(int(random.integers(2, 4))):
        twist = random.uniform(-55, 55)
        p = poses.swaying(body, random.uniform(-0.03, 0.03), turn=0.15 * twist)
        p.head(random.uniform(-10, 12), 0, 0.8 * twist)
        for s in SIDES:
            p.hang(s)
        if random.random() < 0.3:
            p.on_hip("l")
        take.to(p, random.uniform(0.6, 1.0))
        take.hold(random.uniform(0.2, 0.8))
    take.to(poses.standing(body), 0.8)
    return take.done()
