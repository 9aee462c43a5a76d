"""Where and how somebody is about to exercise, brought into the frame in which key poses are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from samples.studio.body import Body
from samples.studio.life.blend import Key, bake
from samples.studio.life.limbs import LIMBS, pull, turned
from samples.studio.life.stance import UP, Stance
from samples.studio.life.sway import sway
from samples.studio.life.track import Track, grid, mirrored
from samples.studio.rotation import Floats, about_y
from samples.studio.skeleton import Posed

ALL = frozenset(LIMBS)
HANDS = frozenset({"hand_l", "hand_r"})
# A hand whose wrist is lower rests on the floor.
ON_FLOOR_M = 0.2
# No movement is squeezed into less than this share of the time people take for it.
HURRY = 0.75


@dataclass(frozen=True)
class Spot:
    """A rest pose in the frame of `stance`: over the origin, looking along z; a side is the right one.

    Attributes:
        body: Whose.
        posture: "standing", "side_lying", "quadruped" or "supine".
        rest: One instant, in the frame.
        flipped: Whether left and right were exchanged on the way into the frame.
        yaw_deg: Turn about the vertical that leads back to the world ...
        origin: ``(3,)`` ... and the shift after it, m.
        random: For everything that varies.
    """

    body: Body
    posture: str
    rest: Posed
    flipped: bool
    yaw_deg: float
    origin: Floats
    random: np.random.Generator

    @classmethod
    def find(cls, body: Body, rest: Posed, posture: str, random: np.random.Generator) -> Self:
        """The frame of a rest pose (its first instant)."""
        pelvis = body.index["pelvis"]
        left, up, ahead = rest.rotation[0, pelvis].T
        looks = {"standing": np.cross(left, UP), "side_lying": ahead, "quadruped": up, "supine": -up}[posture]
        yaw_deg = float(np.degrees(np.arctan2(looks[0], looks[2])))
        origin = rest.position[0, pelvis] * [1, 0, 1]
        inside = turned(rest[:1].moved(-origin), about_y(-yaw_deg))
        # Who lies on a side has no choice; others are turned round at random, for either hand and foot.
        flipped = bool(left[1] < 0) if posture == "side_lying" else bool(random.random() < 0.5)
        if flipped:
            inside = mirrored(body, inside)
        return cls(body, posture, inside, flipped, yaw_deg, origin, random)

    def back(self, track: Track) -> Track:
        """A movement of the frame, in the world."""
        return (track.mirrored() if self.flipped else track).placed(self.yaw_deg, self.origin)

    def stance(self) -> Stance:
        """The rest pose, to be changed."""
        return Stance.of(self.body, self.rest)

    def place(self, bone: str) -> Floats:
        """``(3,)`` where a bone begins at rest, m."""
        where: Floats = self.rest.position[0, self.body.index[bone]]
        return where

    @property
    def loose(self) -> frozenset[str]:
        """Hands that lie on nothing at rest, or on the body."""
        return frozenset(hand for hand in HANDS if self.place(hand)[1] > ON_FLOOR_M)

    def take(self, free: Iterable[str] = ()) -> Take:
        """A movement that begins at rest; see `Take`. Loose hands are never planted."""
        return Take(self.body, self.rest, self.random, free, loose=self.loose)

    def kept(self, pose: Stance, *moved: str) -> Stance:
        """A changed pose with hands and feet back on their places at rest, apart from those `moved`."""
        posed = pose.solve()
        for limb in sorted(ALL - self.loose - set(moved)):
            tip = self.body.index[limb]
            posed = pull(self.body, posed, limb, self.rest.position[:, tip], self.rest.rotation[:, tip])
        return Stance.of(self.body, posed)


class Take:
    """Key poses one after another, each so many seconds after the one before.

    Args:
        body: Who moves.
        start: The first key pose.
        random: For the small movements on top.
        free: Limbs that are not planted at the first key.
        loose: Limbs that are not planted at any.
    """

    def __init__(
        self,
        body: Body,
        start: Stance | Posed,
        random: np.random.Generator,
        free: Iterable[str] = (),
        *,
        loose: frozenset[str] = frozenset(),
    ) -> None:
        self.body, self.random, self.loose = body, random, loose
        self.keys: list[Key] = []
        self.holds: list[int] = []
        self._add(0.0, start, free, "pelvis", stop=True)

    def to(
        self,
        pose: Stance | Posed,
        seconds: float,
        free: Iterable[str] = (),
        anchor: str = "pelvis",
        *,
        stop: bool = False,
    ) -> None:
        """Go on to a pose; see `Key`. `free` are the limbs that are not planted there."""
        self._add(self.keys[-1].time + seconds, pose, free, anchor, stop=stop)

    def hold(self, seconds: float) -> None:
        """Stay in the last pose."""
        last = self.keys[-1]
        self.keys[-1] = Key(last.time, last.pose, last.planted, last.anchor, stop=True)
        self.holds.append(len(self.keys))
        self.keys.append(Key(last.time + seconds, last.pose, last.planted, stop=True))

    def _add(
        self, time: float, pose: Stance | Posed, free: Iterable[str], anchor: str, *, stop: bool
    ) -> None:
        posed = pose.solve() if isinstance(pose, Stance) else pose
        self.keys.append(Key(time, posed, ALL - self.loose - frozenset(free), anchor, stop))

    def done(self, seconds: float = 0.0, restless: float = 1.0) -> Track:
        """The movement in about `seconds`, with sway on top.

        More time than the keys say is spent holding still, or moving slowly where nothing is held. 0 is for
        the time the keys say.
        """
        steps = np.diff([key.time for key in self.keys])
        if seconds > steps.sum() and self.holds:
            steps[np.array(self.holds) - 1] += (seconds - steps.sum()) / len(self.holds)
        elif seconds > 0:
            steps *= max(seconds / steps.sum(), HURRY)
        times = np.concatenate([[0.0], np.cumsum(steps)])
        keys = [replace(key, time=float(t)) for key, t in zip(self.keys, times, strict=True)]
        return bake(self.body, keys, sway(self.body, grid(keys[-1].time), self.random, restless))
