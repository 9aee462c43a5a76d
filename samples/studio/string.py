"""Several exercises one after another, as in a workout: acts, and the life that leads from each to the next.

An act is a script with its own exercise and side, turned about the vertical so that the one camera of the
film sees it from where the act wants to be seen. Between two acts the person gets up, does something standing
beside the mat if the plan says so, walks to the next place and gets down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio import life
from samples.studio.body import Body
from samples.studio.life import poses, position
from samples.studio.life.about import About
from samples.studio.life.limbs import turned
from samples.studio.life.spot import Spot
from samples.studio.perform import perform
from samples.studio.performance import LifeSegment, Performance, Told
from samples.studio.rotation import Floats, about_y
from samples.studio.script import Act, Script, Segment
from samples.studio.skeleton import Posed, landmarks

#: How far from the middle of the mat people drink or look at the phone, m.
ASIDE_M: Final = (0.9, 1.2)
#: Nearer than that nobody walks: a step to the side gets there as well.
NEAR_M: Final = 0.15


@dataclass(frozen=True)
class Placed:
    """A performance turned about the vertical through the origin by ``(3, 3)``."""

    performance: Performance
    turn: Floats

    @property
    def duration_s(self) -> float:
        """Seconds."""
        return self.performance.duration_s

    def at(self, times: ArrayLike) -> Posed:
        """The poses at `times` ``(T,)``."""
        return turned(self.performance.at(times), self.turn)


def string(acts: Sequence[Act], body: Body, seed: int) -> Performance:
    """Perform acts one after another.

    Args:
        acts: What; where the camera is to stand is told by the first one's azimuth.
        body: Who.
        seed: For all that is between them.

    Raises:
        UsageError: There is no such exercise, fault or stretch of life.
    """
    random = np.random.default_rng(seed)
    last = len(acts) - 1
    placed: list[Placed] = []
    for i, act in enumerate(acts):
        script = Script(act.exercise, act.side, act.segments, act.seed)
        one = perform(script, body, joins=(i > 0, i < last))
        lens = _direction(placed[0].performance if placed else one, acts[0].azimuth_deg)
        placed.append(Placed(one, about_y(_turn_deg(_direction(one, act.azimuth_deg), lens))))
    parts: list[tuple[float, LifeSegment]] = []
    segments, told = [], []
    now = 0.0
    for i, (act, one) in enumerate(zip(acts, placed, strict=True)):
        parts.append((now, one))
        told.append(Told(act.exercise, act.side, one.performance, one.turn, now))
        segments += [
            {**s, "start_s": now + s["start_s"], "end_s": now + s["end_s"]} for s in one.performance.segments
        ]
        now += one.duration_s
        for kind, track in _between(body, one, placed[i + 1], act.rest, random) if i < last else ():
            parts.append((now, track))
            segments.append({"kind": kind, "start_s": now, "end_s": now + track.duration_s})
            now += track.duration_s
    first = placed[0].performance
    boxes = [landmarks(body, p.at(np.linspace(0, p.duration_s, 40))) for p in placed]
    low, high = (np.concatenate(boxes).min((0, 1)), np.concatenate(boxes).max((0, 1)))
    return Performance(
        body,
        now,
        first.posture,
        first.zero,
        first.quarter,
        [rep for act in told for rep in act.reps],
        segments,
        (low + high) / 2,
        high - low,
        tuple(parts),
        mirrored=False,
        acts=tuple(told),
    )


def _direction(performance: Performance, azimuth_deg: float) -> Floats:
    """``(3,)`` the level way from the person to a lens at an azimuth, in the performance's own axes."""
    azimuth = np.radians(azimuth_deg)
    way: Floats = np.cos(azimuth) * performance.zero + np.sin(azimuth) * performance.quarter
    return way


def _turn_deg(own: Floats, wanted: Floats) -> float:
    """The turn about the vertical that brings a level direction onto another, degrees."""
    return float(np.degrees(np.arctan2(wanted[0], wanted[2]) - np.arctan2(own[0], own[2])))


def _between(
    body: Body, before: Placed, after: Placed, rest: Sequence[Segment], random: np.random.Generator
) -> list[tuple[str, LifeSegment]]:
    """From the end of one act to the start of another: kind and movement of each stretch."""
    here = Spot.find(body, before.at(before.duration_s), before.performance.posture, random)
    there = Spot.find(body, after.at(0.0), after.performance.posture, random)
    about = About(body, random, _stands(here))
    told: list[tuple[str, LifeSegment]] = [("rise", here.back(position.get_down(here, 0.0).reversed()))]
    kinds: list[str] = []
    if rest:
        angle = random.uniform(0, 2 * np.pi)
        x, z = random.uniform(*ASIDE_M) * np.array([np.sin(angle), np.cos(angle)])
        about.go(float(x), float(z), float(random.uniform(-180, 180)))
        kinds.append("walk")
        still = poses.standing(body).solve()
        for segment in rest:
            seed = int(random.integers(2**31))
            about.do(life.segment(segment.kind, body, still, "standing", segment.seconds, seed))
            kinds.append(segment.kind)
    x, z, yaw_deg = _stands(there)
    if rest or np.hypot(x - about.place[0], z - about.place[1]) > NEAR_M:
        about.go(x, z, yaw_deg)
        kinds.append("walk")
    else:
        about.step(x, z, yaw_deg)
        kinds.append("step")
    told += list(zip(kinds, about.tracks, strict=True))
    return [*told, ("down", there.back(position.get_down(there, 0.0)))]


def _stands(spot: Spot) -> tuple[float, float, float]:
    """Where somebody stands who gets down to a spot: x, z in metres and heading in degrees."""
    x, _, z = spot.origin + about_y(spot.yaw_deg) @ np.array([0.0, 0.0, position.stand_z(spot)])
    return float(x), float(z), spot.yaw_deg
