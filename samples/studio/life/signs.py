"""The signs that a live session understands, given on purpose: what is not life, and must be seen.

In this order: both arms up in a V, the left arm up, the right arm up, the forearms crossed before the face
for a moment, and once more for as long as it takes to mean pain.
"""

from __future__ import annotations

import numpy as np

from samples.studio.body import Body
from samples.studio.life import poses
from samples.studio.life.about import from_standing
from samples.studio.life.stance import SIDES, Stance, other, out
from samples.studio.life.track import Track

Random = np.random.Generator


def give(body: Body, random: Random, seconds: float) -> Track:
    """All of them, with pauses; as long as it takes, and at the end still for the rest of `seconds`."""
    take = from_standing(body, random)
    take.hold(2.0)
    signs = (_both_up, _left_up, _right_up, _crossed, _crossed)
    for i, sign in enumerate(signs):
        p = poses.standing(body)
        sign(p, random)
        take.to(p, random.uniform(0.7, 1.1))
        take.hold(4.0 if i == len(signs) - 1 else random.uniform(1.5, 1.9))
        take.to(poses.standing(body), random.uniform(0.8, 1.2))
        take.hold(random.uniform(0.8, 1.5))
    take.hold(max(0.5, seconds - take.keys[-1].time))
    return take.done()


def _both_up(p: Stance, random: Random) -> None:
    for s in SIDES:
        _up(p, s, random)


def _left_up(p: Stance, random: Random) -> None:
    _one_up(p, "l", random)


def _right_up(p: Stance, random: Random) -> None:
    _one_up(p, "r", random)


def _one_up(p: Stance, side: str, random: Random) -> None:
    _up(p, side, random)
    p.hang(other(side))


def _up(p: Stance, side: str, random: Random) -> None:
    """An arm up and a little out."""
    p.shrug(side, 14)
    p.shoulder(side, random.uniform(4, 14), random.uniform(140, 155), 0)
    p.elbow(side, random.uniform(6, 22))


def _crossed(p: Stance, random: Random) -> None:
    """The forearms make an X before the face."""
    head = p.place("head")
    for s in SIDES:
        ahead = 0.30 + (0.05 if s == "l" else -0.03)
        wrist = head + p.size * np.array(
            [-out(s) * random.uniform(0.10, 0.14), random.uniform(0.0, 0.05), ahead]
        )
        p.touch(s, wrist, (out(s), -1.0, 0.1), (-out(s) * 0.6, 0.8, 0.1), (0, 0, 1))
