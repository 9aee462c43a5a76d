"""Whole clips of exercises that formcheck does not know: what it must leave unnamed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from samples.studio.body import Body
from samples.studio.life import poses
from samples.studio.life.about import from_standing
from samples.studio.life.spot import Take
from samples.studio.life.stance import PALM_M, SIDES, STAND, Stance, other, out
from samples.studio.life.track import Track, grid
from samples.studio.rotation import Floats, about_x

Random = np.random.Generator
#: How much longer a clip's movement is than asked for: the clip is a stretch out of it, s.
SPARE_S = 3.0


def _in_the_middle(track: Track) -> Track:
    """The movement over the middle of the room: with the hips there as it begins."""
    return track.placed(0.0, -track.pelvis[0] * [1, 0, 1])


def _until(take: Take, seconds: float) -> bool:
    return take.keys[-1].time < seconds + SPARE_S


def dead_bug(body: Body, seconds: float, random: Random) -> Track:
    """On the back, arms and thighs up; an arm and the opposite leg go down in turn."""
    pace_s, size = random.uniform(1.0, 1.7), random.uniform(0.8, 1.0)
    take = Take(body, _beetle(body), random, loose=frozenset(("hand_l", "hand_r", "foot_l", "foot_r")))
    side = str(random.choice(SIDES))
    while _until(take, seconds):
        take.to(_beetle(body, side, size * random.uniform(0.92, 1.0)), pace_s)
        if random.random() < 0.4:
            take.hold(random.uniform(0.2, 0.5))
        take.to(_beetle(body), pace_s)
        side = other(side)
    return _in_the_middle(take.done())


def _beetle(body: Body, leg: str = "", share: float = 0.0) -> Stance:
    """A leg stretched out, and the other side's arm over the head, by a share of the way."""
    p = Stance(body, about_x(-90))
    for s in SIDES:
        down = share if s == leg else 0.0
        p.hip(s, 92 - 80 * down, 4)
        p.knee(s, 90 - 84 * down)
        p.ankle(s, 5 + 10 * down)
    p.head(4)
    p.settle("pelvis", "spine_01", "spine_02", "spine_03", "head")
    reach = 0.985 * (body.length("upperarm_l") + body.length("lowerarm_l"))
    for s in SIDES:
        angle = np.radians(78 * share if leg and s != leg else 0.0)
        way = np.array([0.05 * out(s), np.cos(angle), -np.sin(angle)])
        wrist = p.place(f"upperarm_{s}") + reach * way / np.linalg.norm(way)
        p.touch(s, wrist, (out(s), 0.0, 0.3), way, (-out(s), 0, 0))
    return p


def bird_dog(body: Body, seconds: float, random: Random) -> Track:
    """On all fours, an arm and the opposite leg stretched out in turn."""
    return _on_all_fours(body, seconds, random, _pointer, arm=True)


def donkey_kick(body: Body, seconds: float, random: Random) -> Track:
    """On all fours, one bent leg lifted backwards, again and again, then the other one."""
    return _on_all_fours(body, seconds, random, _kick, arm=False)


def _on_all_fours(
    body: Body, seconds: float, random: Random, pose: Callable[[Stance, str, float], None], *, arm: bool
) -> Track:
    pace_s, size = random.uniform(0.8, 1.5), random.uniform(0.85, 1.05)
    still = poses.all_fours(body)
    take = Take(body, still, random)
    side, left = str(random.choice(SIDES)), int(random.integers(3, 6))
    while _until(take, seconds):
        p = still.copy()
        pose(p, side, size * random.uniform(0.92, 1.0))
        free = (f"foot_{side}", *([f"hand_{other(side)}"] if arm else []))
        take.to(p, pace_s, free)
        if random.random() < 0.5:
            take.hold(random.uniform(0.2, 0.6))
        take.to(still, pace_s)
        left -= 1
        if arm or left <= 0:
            side, left = other(side), int(random.integers(3, 6))
    return take.done()


def _pointer(p: Stance, leg: str, share: float) -> None:
    p.hip(leg, 84 - 84 * share, 2)
    p.knee(leg, 92 - 84 * share)
    p.ankle(leg, 45 - 35 * share)
    arm = other(leg)
    shoulder, hand = p.place(f"upperarm_{arm}"), p.place(f"hand_{arm}")
    reach = 0.985 * (p.body.length("upperarm_l") + p.body.length("lowerarm_l"))
    wrist = hand + share * (shoulder + reach * np.array([0.1 * out(arm), 0.03, 0.99]) - hand)
    p.touch(arm, wrist, (out(arm), -0.3, 0), (0, 0, 1), (-out(arm), -0.4, 0))


def _kick(p: Stance, leg: str, share: float) -> None:
    p.hip(leg, 84 - 92 * share, 3)
    p.ankle(leg, 45 - 40 * share)


def push_up(body: Body, seconds: float, random: Random) -> Track:
    """Push-ups, the body straight from the toes to the head."""
    pace_s, low = random.uniform(0.7, 1.4), random.uniform(0.35, 0.5)
    top = _straight_arms(body)
    up = _prone(body, top)
    take = Take(body, up, random)
    while _until(take, seconds):
        take.to(_prone(body, top * (low + random.uniform(0.0, 0.06))), pace_s)
        take.to(up, pace_s)
        if random.random() < 0.3:
            take.hold(random.uniform(0.2, 0.8))
    return _in_the_middle(take.done())


def plank(body: Body, seconds: float, random: Random) -> Track:
    """Holds a plank on the forearms, or on the hands."""
    height = _straight_arms(body) if random.random() < 0.4 else 0.0
    take = Take(body, _prone(body, height), random)
    while _until(take, seconds):
        take.to(_prone(body, height, sag=random.uniform(-4, 4)), random.uniform(0.9, 1.6))
    return _in_the_middle(take.done(restless=1.4))


def _straight_arms(body: Body) -> float:
    return PALM_M + 0.98 * (body.length("upperarm_l") + body.length("lowerarm_l"))


def _prone(body: Body, height: float, sag: float = 0.0) -> Stance:
    """Straight from the toes to shoulders at a height (m), on the hands; at 0 on the forearms.

    The toes stand at the origin and the head is at +z. `sag` bends the back, degrees.
    """
    on_hands = height > 0
    wanted = height if on_hands else body.length("upperarm_l") + 0.045

    def straight(pitch: float) -> Stance:
        p = Stance(body, about_x(pitch + 0.4 * sag))
        p.spine(-sag)
        p.head(-10)
        for s in SIDES:
            p.hip(s, 0.4 * sag, 3)
            p.knee(s, 2)
            p.ankle(s, -12, 50)
        p.settle(*(f"{bone}_{s}" for bone in ("foot", "ball") for s in SIDES))
        p.put(p.between("ball") * [1, 0, 1], [0, 0, 0])
        return p

    flat, steep = 60.0, 100.0
    for _ in range(20):
        middle = (flat + steep) / 2
        if straight(middle).between("upperarm")[1] > wanted:
            flat = middle
        else:
            steep = middle
    p = straight((flat + steep) / 2)
    ahead = (
        _prone(body, _straight_arms(body)).between("upperarm")[2]
        if on_hands and height != (_straight_arms(body))
        else p.between("upperarm")[2]
    )
    for s in SIDES:
        if on_hands:
            p.lean_on(s, out(s) * 0.24 * p.size, ahead, elbow=(out(s) * 0.8, 0.2, -1))
        else:
            shoulder = p.place(f"upperarm_{s}")
            wrist = np.array([shoulder[0] * 0.9, PALM_M, shoulder[2] + 0.97 * body.length("lowerarm_l")])
            p.touch(s, wrist, (0, -1, -0.2), (0, 0, 1), (-0.3 * out(s), -1, 0))
    return p


def leg_swing_sagittal(body: Body, seconds: float, random: Random) -> Track:
    """On one leg, the other swings forwards and back."""
    size = random.uniform(0.7, 1.0)
    # The knee bends on the way through: the foot has to pass the floor.
    low = (14 * size, 7, 38)
    return _swings(body, seconds, random, ((62 * size, 4, 12), low, (-26 * size, 4, 30), low))


def leg_swing_frontal(body: Body, seconds: float, random: Random) -> Track:
    """On one leg, the other swings out to the side and across in front."""
    size = random.uniform(0.75, 1.05)
    ahead = (18, 8, 22)
    return _swings(body, seconds, random, ((6, 40 * size, 4), ahead, (20, -18 * size, 6), ahead))


def _swings(
    body: Body, seconds: float, random: Random, ends: tuple[tuple[float, float, float], ...]
) -> Track:
    """`ends`: flexion and abduction of the hip and flexion of the knee from end to end and back, degrees."""
    take = from_standing(body, random)
    stand, pace_s = str(random.choice(SIDES)), random.uniform(0.27, 0.42)
    lift = other(stand)
    arms = random.uniform(10, 55)
    while _until(take, seconds):
        for flexion, abduction, knee in ends:
            wobble = random.normal(0, 1, 2)
            roll = out(lift) * (5 - 0.1 * abduction)
            p = poses.swaying(body, out(stand) * (0.085 + 0.004 * wobble[0]), roll=roll)
            p.spine(STAND.spine + 0.08 * flexion, 0.08 * abduction * out(lift))
            p.hip(lift, flexion * random.uniform(0.9, 1.0), abduction)
            p.knee(lift, knee)
            p.ankle(lift, -4)
            for s in SIDES:
                p.shoulder(s, 10 + 0.2 * flexion * (1 if s == stand else -1), arms, 0)
                p.elbow(s, 25)
            take.to(p, pace_s, free=(f"foot_{lift}",))
    return take.done()


def jumping_jack(body: Body, seconds: float, random: Random) -> Track:
    """Jumping jacks: feet apart and arms up, feet together and arms down, with a hop each."""
    times = grid(seconds + SPARE_S)
    turn = 2 * np.pi * random.uniform(0.6, 0.85) * times
    share = (1 - np.cos(turn)) / 2
    hop = random.uniform(0.03, 0.06) * np.sin(turn) ** 2
    wide = random.uniform(0.28, 0.38) * Stance(body).size
    return _jack(body, times, share, hop, wide, random.uniform(140, 168))


def _jack(body: Body, times: Floats, share: Floats, hop: Floats, wide: float, arms: float) -> Track:
    p = Stance(body)
    apart = STAND.width + (wide - STAND.width) * share
    legs = np.sqrt((0.975 * p.leg_length) ** 2 - (apart - STAND.width) ** 2)
    zero = np.zeros_like(times)
    p.put(p.between("thigh"), np.stack([zero, p.ankle_height + legs + hop - 0.02 * share, zero], -1))
    p.spine(STAND.spine + 2 * share)
    p.head(STAND.nod)
    for s in SIDES:
        # In the air the feet point down.
        p.tread(s, np.stack([out(s) * apart, zero, zero], -1), hop, 260 * hop)
        p.shrug(s, 18 * share)
        p.shoulder(s, 4 + 8 * share, STAND.arm[1] + (arms - STAND.arm[1]) * share, -15 + 15 * share)
        p.elbow(s, STAND.elbow + 12 * share)
    return Track.of(body, times, p.solve())


OTHERS: dict[str, Callable[[Body, float, Random], Track]] = {
    "dead_bug": dead_bug,
    "bird_dog": bird_dog,
    "push_up": push_up,
    "jumping_jack": jumping_jack,
    "leg_swing_sagittal": leg_swing_sagittal,
    "leg_swing_frontal": leg_swing_frontal,
    "donkey_kick": donkey_kick,
    "plank": plank,
}
