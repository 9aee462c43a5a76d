"""Things people do on the floor, each from standing at the origin back to standing there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from samples.studio.body import Body
from samples.studio.life import lying, poses
from samples.studio.life.about import from_standing
from samples.studio.life.limbs import turned
from samples.studio.life.spot import HANDS, Take
from samples.studio.life.stance import SIDES, Stance, out
from samples.studio.life.track import Track, mirrored
from samples.studio.rotation import about_x, about_y

Random = np.random.Generator


def seated(body: Body, random: Random, seconds: float) -> Track:
    """Sits down on the floor, sits about in one way or another, gets up."""
    pick = {"cross": poses.cross_legged, "knees": _knees_up, "long": poses.long_sitting}
    name = str(random.choice(list(pick)))

    def sit(take: Take) -> None:
        p = _at_seat(pick[name](body))
        take.to(p, 1.1)
        while take.keys[-1].time < seconds - 4.0:
            q = p.copy()
            q.head_more(random.uniform(-8, 14), 0, random.uniform(-40, 40))
            q.spine_more(about_x(random.uniform(-4, 8)))
            if random.random() < 0.4:
                q.on_face("l", str(random.choice(["cheek", "ear", "brow"])))
            take.to(q, random.uniform(0.7, 1.1))
            take.hold(random.uniform(0.3, 1.2))
        take.to(p, 0.8)

    return _from_seat(body, random, sit)


def stretching(body: Body, random: Random, seconds: float) -> Track:
    """Sits down and stretches: butterfly, hands along the legs, on the back a leg pulled in."""

    def stretch(take: Take) -> None:
        for i in random.permutation(3):
            (_butterfly, _long, _hamstring)[i](body, random, take)
            if take.keys[-1].time > seconds - 2.0:
                break

    return _from_seat(body, random, stretch)


def with_phone(body: Body, random: Random, seconds: float) -> Track:
    """Lies down on the back with the phone, crosses or moves the legs, rolls to a side and back."""

    def lie(take: Take) -> None:
        _lie_down(body, take)
        while take.keys[-1].time < seconds - 5.5:
            if random.random() < 0.35:
                _roll(body, random, take)
            p = _phone(body, random, float(random.choice([0.0, 1.0])))
            take.to(_at_seat(p), random.uniform(0.9, 1.4))
            take.hold(random.uniform(0.5, 1.5))
        take.to(_at_seat(lying.on_back(body, 1.0)), 1.0)
        take.to(_at_seat(poses.reclining(body)), 1.0)

    return _from_seat(body, random, lie)


def rolling(body: Body, random: Random, seconds: float) -> Track:
    """Lies down and rolls from one side to the other."""

    def roll(take: Take) -> None:
        _lie_down(body, take)
        while take.keys[-1].time < seconds - 5.5:
            _roll(body, random, take)
        take.to(_at_seat(lying.on_back(body, 1.0)), 1.0)
        take.to(_at_seat(poses.reclining(body)), 1.0)

    return _from_seat(body, random, roll)


def cat_cow(body: Body, random: Random, seconds: float) -> Track:
    """Kneels down, on all fours rounds the back and lets it sag in turn, rests in child's pose, gets up."""
    take = from_standing(body, random)
    z = -poses.STRIDE_M * Stance(body).size
    back = np.array([0.0, 0.0, z])
    on_knees = poses.kneeling(body, z)
    take.to(poses.half_kneeling(body, z), 1.4)
    take.to(on_knees, 1.1)
    take.loose = frozenset()
    take.to(_moved(poses.all_fours(body), back), 1.3, anchor="calf_l")
    sign = 1
    size, pace_s = random.uniform(0.6, 1.2), random.uniform(1.3, 2.2)
    while take.keys[-1].time < seconds - 6.5:
        take.to(_moved(poses.all_fours(body, sign * 32 * size), back), pace_s, anchor="calf_l")
        sign = -sign
    take.to(_moved(poses.all_fours(body), back), pace_s, anchor="calf_l")
    take.to(_moved(poses.child(body), back), 1.8, anchor="calf_l")
    take.hold(random.uniform(1.0, 2.5))
    take.loose = HANDS
    take.to(_moved(poses.on_heels(body), back), 1.5, anchor="calf_l")
    take.to(on_knees, 1.2, anchor="calf_l")
    take.to(poses.half_kneeling(body, z), 1.2)
    take.to(poses.standing(body), 1.3)
    return take.done()


def _from_seat(body: Body, random: Random, what: Callable[[Take], None]) -> Track:
    """Sits down, does something that ends near sitting, and gets up."""
    take = from_standing(body, random)
    take.to(_at_seat(poses.crouching(body, poses.SIT_M * Stance(body).size)), 1.2)
    take.loose = frozenset()
    take.to(_at_seat(poses.sitting(body)), 0.9)
    what(take)
    take.to(_at_seat(poses.sitting(body)), 1.1)
    take.loose = HANDS
    take.to(_at_seat(poses.crouching(body, poses.SIT_M * Stance(body).size)), 0.9)
    take.to(poses.standing(body), 1.2)
    return take.done()


def _moved(p: Stance, by: np.ndarray) -> Stance:
    p.position = p.position + by
    return p


def _at_seat(p: Stance) -> Stance:
    """The pose further back: over the place where somebody sits who has stood at the origin."""
    return _moved(p, np.array([0.0, 0.0, -poses.SIT_M * p.size]))


def _knees_up(body: Body) -> Stance:
    return poses.sitting(body, "knees")


def _butterfly(body: Body, random: Random, take: Take) -> None:
    for i in range(int(random.integers(2, 5))):
        take.to(
            _at_seat(poses.butterfly(body, random.uniform(25, 42) if i % 2 else 12)),
            1.3 if i else 1.6,
            free=HANDS,
        )
    take.hold(random.uniform(0.5, 1.5))


def _long(body: Body, random: Random, take: Take) -> None:
    for i in range(int(random.integers(2, 5))):
        p = poses.long_sitting(body, random.uniform(40, 62) if i % 2 else 15)
        take.to(_at_seat(p), 1.3 if i else 1.7, free=HANDS)
    take.hold(random.uniform(0.5, 1.5))


def _lie_down(body: Body, take: Take) -> None:
    take.to(_at_seat(poses.reclining(body)), 1.0)
    take.to(_at_seat(lying.on_back(body, 1.0)), 1.3, free=HANDS)


def _hamstring(body: Body, random: Random, take: Take) -> None:
    """On the back, a straight leg pulled up with both hands, then the other."""
    _lie_down(body, take)
    for side in random.permutation(list(SIDES)):
        p = lying.on_back(body, 1.0)
        p.hip(side, random.uniform(68, 88), 2)
        p.knee(side, random.uniform(5, 25))
        p.ankle(side, 5)
        p.spine(8)
        thigh = p.place(f"calf_{side}") * 0.62 + p.place(f"thigh_{side}") * 0.38
        for s in SIDES:
            hold = thigh + p.size * np.array([out(s) * 0.10, -0.02, -0.05])
            p.touch(s, hold, (out(s), 0.3, -0.3), (-out(s) * 0.7, 0.4, 0.6), (-out(s), 0.2, 0.6))
        foot = f"foot_{side}"
        take.to(_at_seat(p), 1.6, free=HANDS | {foot})
        take.hold(random.uniform(1.0, 2.0))
        take.to(_at_seat(lying.on_back(body, 1.0)), 1.4, free=HANDS | {foot})
    take.to(_at_seat(poses.reclining(body)), 1.1, free=HANDS)


def _phone(body: Body, random: Random, knees: float) -> Stance:
    p = lying.on_back(body, knees)
    p.head(random.uniform(10, 22))
    for s in SIDES:
        p.before_face(s, random.uniform(0.30, 0.36), *random.normal(0, 0.01, 2))
    return p


def _roll(body: Body, random: Random, take: Take) -> None:
    """From the back to a side, and to the back again."""
    p = lying.on_side(body)
    # Heads point the same way on the back and on the side.
    side = turned(p.solve(), about_y(-90.0)).moved([-0.16 * p.size, 0, 0])
    if random.random() < 0.5:
        side = mirrored(body, side)
    side = side.moved([0, 0, -poses.SIT_M * p.size])
    free = HANDS | {"foot_l", "foot_r"}
    take.to(_at_seat(lying.on_back(body, random.uniform(0.6, 1.0))), 1.0, free=free)
    take.to(side, random.uniform(1.2, 1.8), free=free)
    take.hold(random.uniform(0.4, 1.4))
    take.to(_at_seat(lying.on_back(body, 1.0)), 1.5, free=free)
