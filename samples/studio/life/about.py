"""Somebody in a room: walks somewhere, does something there, walks on."""

from __future__ import annotations

from functools import reduce

import numpy as np

from samples.studio.body import Body
from samples.studio.life import poses
from samples.studio.life.spot import HANDS, Take
from samples.studio.life.stance import SIDES
from samples.studio.life.track import Track
from samples.studio.life.walk import route, walk
from samples.studio.rotation import Floats


class About:
    """A movement through the room, made of walks and of things done while standing.

    Args:
        body: Who.
        random: For pace and everything else.
        place: Where it begins: x, z in metres and heading in degrees.
    """

    def __init__(self, body: Body, random: np.random.Generator, place: tuple[float, float, float]) -> None:
        self.body, self.random = body, random
        self.place: Floats = np.array(place)
        self.tracks: list[Track] = []

    @property
    def seconds(self) -> float:
        """How long it is so far."""
        return sum(track.duration_s for track in self.tracks)

    def go(self, x: float, z: float, yaw_deg: float) -> None:
        """Walk to a place and look along a heading there."""
        goal = np.array([x, z, yaw_deg])
        way = route(self.place, goal)
        pace = self.random.uniform(0.8, 1.1)
        self.tracks.append(walk(self.body, way, pace=pace, first=str(self.random.choice(SIDES))))
        self.place = way[-1]

    def step(self, x: float, z: float, yaw_deg: float) -> None:
        """Turn and step to a place nearby, without walking there face first."""
        turn = (yaw_deg - self.place[2] + 180) % 360 - 180
        way = np.linspace(self.place, [x, z, self.place[2] + turn], 30)
        self.tracks.append(walk(self.body, way, first=str(self.random.choice(SIDES))))
        self.place = way[-1]

    def do(self, track: Track) -> None:
        """Do something that begins and ends in `poses.standing` at the origin, looking along z."""
        x, z, yaw_deg = self.place
        self.tracks.append(track.placed(yaw_deg, (x, 0.0, z)))

    def done(self) -> Track:
        """All of it."""
        return reduce(Track.then, self.tracks)


def from_standing(body: Body, random: np.random.Generator) -> Take:
    """A movement that begins standing at the origin, the hands free."""
    return Take(body, poses.standing(body), random, loose=HANDS)
