"""Poses of a camera's newest pictures: one landmarker that stays with the person it began with.

With one person in the picture MediaPipe follows by itself. Now and then a look at the whole picture tells
whether there are more; while there are, everybody is detected, and the one nearest to where the followed
person was is taken. A tracker that hops to somebody else is noticed by place and size.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np

from formcheck.landmarks import COUNT
from formcheck.pose.mediapipe import Detections, Landmarker, Look
from formcheck.pose.people import FORGET_S, REACH, REACH_PER_S, REJOIN, VELOCITY_S, distinct, trunk
from formcheck.types import Floats, Frame, Pixels

#: How often to look for others, s: one look costs about 25 ms of one picture in sixty.
LOOK_S: Final = 2.0
#: So many people are told apart.
CROWD: Final = 3
#: Alone again for this long, s: back to following one.
ALONE_S: Final = 3.0
#: The followed person is gone for this long, s: whoever is there is followed.
ADOPT_S: Final = 2.5
#: Somebody within so many trunk sizes of where the lost one was, and of that size, is the same person.
NEAR: Final = 1.5


@dataclass(frozen=True, slots=True)
class Posed:
    """What was seen in one picture.

    Attributes:
        image: ``(33, 4)`` px of the full picture, visibility; NaN when the followed person isn't there.
        world: ``(33, 3)`` metres.
        others: How many other people are in the picture.
    """

    t: float
    image: Floats
    world: Floats
    others: int


class Follower:
    """Finds the pose of the one person who trains, picture by picture. One thread at a time.

    Args:
        model_path: A ``.task`` bundle.

    Raises:
        ModelError, SetupError: As `Landmarker` does.
    """

    def __init__(self, model_path: Path) -> None:
        self._path = model_path
        self._one = Landmarker(model_path)
        self._crowd: Landmarker | None = None
        self._look: Look | None = None
        self._looked = -np.inf
        self._alone_since = 0.0
        self._place: _Place | None = None
        self._others = 0
        self._shape: tuple[object, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Free the networks."""
        for network in (self._one, self._crowd, self._look):
            if network is not None:
                network.close()

    def see(self, t: float, small: Pixels, size: tuple[int, int]) -> Posed:
        """The followed person's pose.

        Args:
            t: Seconds, rising.
            small: ``(H, W, 3)`` RGB, scaled down.
            size: Width and height of the full picture, px, to which the points refer.

        Raises:
            ModelError: The networks can't run.
        """
        if self._shape not in ((), (small.shape, size)):  # another resolution: places mean nothing now
            self._one.close()
            self._one = Landmarker(self._path)
            self._drop_crowd()
            self._place = None
        self._shape = (small.shape, size)
        frame = Frame(t, small)
        found = (self._crowd or self._one).detect(frame)
        if self._crowd is not None:
            found = distinct(found)
            self._others = max(len(found) - 1, 0)
            if self._others:
                self._alone_since = t
            elif t - self._alone_since > ALONE_S:
                self._drop_crowd()
        elif t - self._looked >= LOOK_S and len(found):
            self._look_around(frame)
        found = _scaled(found, small, size)
        chosen = self._choose(found)
        if chosen is None:
            nobody = np.full((COUNT, 4), np.nan), np.full((COUNT, 3), np.nan)
            return Posed(t, *nobody, self._others)
        return Posed(t, found.image[chosen], found.world[chosen], self._others)

    def _look_around(self, frame: Frame) -> None:
        self._looked = frame.t
        if self._look is None:
            self._look = Look(self._path, people=CROWD)
        self._others = max(len(distinct(self._look.detect(frame))) - 1, 0)
        if self._others:
            self._crowd = Landmarker(self._path, people=CROWD)
            self._alone_since = frame.t

    def _drop_crowd(self) -> None:
        if self._crowd is not None:
            self._crowd.close()
            self._crowd = None
            self._others = 0

    def _choose(self, found: Detections) -> int | None:
        """Which of them is the followed person."""
        if not len(found):
            return None
        t = found.t
        centres, sizes = trunk(found.image)
        if self._place is not None:
            costs = [self._place.cost(t, centres[k], float(sizes[k])) for k in range(len(found))]
            best = int(np.argmin(costs))
            if costs[best] < 1:
                return self._take(found, best)
            if t - self._place.t < ADOPT_S:
                return None
        return self._take(found, int(np.argmax(sizes)))

    def _take(self, found: Detections, k: int) -> int:
        centre, size = trunk(found.image[k])
        before = self._place
        velocity = np.zeros(2, np.float32)
        if before is not None and 0 < found.t - before.t <= FORGET_S:
            dt = found.t - before.t
            share = 1 - np.exp(-dt / VELOCITY_S)
            velocity = before.velocity + share * ((centre - before.centre) / dt - before.velocity)
        self._place = _Place(found.t, centre, velocity, max(float(size), 1e-6))
        return k


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the followed person's trunk was last seen, px, and how it moved, px/s."""

    t: float
    centre: Floats
    velocity: Floats
    size: float

    def cost(self, t: float, centre: Floats, size: float) -> float:
        """How badly a trunk fits as the next sight of it: under 1 is possible."""
        gap = t - self.t
        change = abs(np.log(max(size, 1e-6) / self.size))
        larger = max(size, self.size)
        if gap <= FORGET_S:
            expected = self.centre + self.velocity * min(gap, VELOCITY_S)
            reach = REACH + REACH_PER_S * gap
            return float(np.linalg.norm(centre - expected) / larger / reach + change / 2)
        if change > np.log(REJOIN):
            return float("inf")
        return float(np.linalg.norm(centre - self.centre)) / larger / NEAR


def _scaled(found: Detections, small: Pixels, size: tuple[int, int]) -> Detections:
    """Points of the full picture."""
    scale = size[0] / small.shape[1], size[1] / small.shape[0], size[0] / small.shape[1]
    image = found.image.copy()
    image[..., :3] *= np.array(scale, np.float32)
    return Detections(found.t, image, found.world)
