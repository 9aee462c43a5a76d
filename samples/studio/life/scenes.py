"""Whole clips in which nobody exercises; known truth: no reps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from samples.studio.body import Body
from samples.studio.life import ground, signs, upright
from samples.studio.life.about import About
from samples.studio.life.track import Track

Random = np.random.Generator
# Nobody goes further from the middle of the room than this, m: rooms and pictures end.
ROOM_M = 1.2


def walking(body: Body, seconds: float, random: Random) -> Track:
    """Walks through the room, stops here and there, looks round."""
    about = _about(body, random)
    while about.seconds < seconds:
        about.go(*_somewhere(random))
        if random.random() < 0.5:
            about.do(upright.look_about(body, random))
    return about.done()


def tidying(body: Body, seconds: float, random: Random) -> Track:
    """Picks things up and puts them down elsewhere."""
    about = _about(body, random)
    while about.seconds < seconds:
        about.do(upright.pick_up(body, random, keep=True))
        about.go(*_somewhere(random))
        about.do(upright.pick_up(body, random, keep=False))
    return about.done()


def stretching(body: Body, seconds: float, random: Random) -> Track:
    """Stretches on the feet."""
    about = _about(body, random, 0.3)
    while about.seconds < seconds:
        about.do(upright.stretch(body, random))
    return about.done()


def fetching_drink(body: Body, seconds: float, random: Random) -> Track:
    """Walks to a bottle, drinks, walks on."""
    about = _about(body, random)
    while about.seconds < seconds:
        about.go(*_somewhere(random))
        about.do(upright.drink(body, random))
    about.go(*_somewhere(random))
    return about.done()


def balancing(body: Body, seconds: float, random: Random) -> Track:
    """Stands on one leg, then on the other."""
    about = _about(body, random, 0.3)
    while about.seconds < seconds:
        about.do(upright.one_leg(body, random))
    return about.done()


def tying_shoes(body: Body, seconds: float, random: Random) -> Track:
    """Walks up, ties a shoe, walks on."""
    about = _about(body, random)
    while about.seconds < seconds:
        about.go(*_somewhere(random))
        about.do(upright.tie_shoes(body, random))
    return about.done()


def _once(what: Callable[[Body, Random, float], Track]) -> Callable[[Body, float, Random], Track]:
    """A scene of one long thing, done in the middle of the room."""

    def scene(body: Body, seconds: float, random: Random) -> Track:
        about = _about(body, random, 0.3)
        about.do(what(body, random, seconds))
        return about.done()

    return scene


def _facing(what: Callable[[Body, Random, float], Track]) -> Callable[[Body, float, Random], Track]:
    """A scene of one thing, done in the middle of the room with the face to azimuth 0."""

    def scene(body: Body, seconds: float, random: Random) -> Track:
        about = About(body, random, (0.0, 0.0, 0.0))
        about.do(what(body, random, seconds))
        return about.done()

    return scene


def _about(body: Body, random: Random, near: float = ROOM_M) -> About:
    return About(body, random, _somewhere(random, near))


def _somewhere(random: Random, near: float = ROOM_M) -> tuple[float, float, float]:
    x, z = random.uniform(-near, near, 2)
    return float(x), float(z), float(random.uniform(-180, 180))


SCENES: dict[str, Callable[[Body, float, Random], Track]] = {
    "walking": walking,
    "tidying": tidying,
    "stretching": stretching,
    "floor_stretching": _once(ground.stretching),
    "cat_cow": _once(ground.cat_cow),
    "talking": _once(upright.talk),
    "dancing": _once(upright.dance),
    "sitting": _once(ground.seated),
    "lying": _once(ground.with_phone),
    "rolling": _once(ground.rolling),
    "drinking": fetching_drink,
    "balancing": balancing,
    "tying_shoes": tying_shoes,
    "signs": _facing(signs.give),
}
