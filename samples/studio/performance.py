"""Somebody in motion: a body's poses at any time, and what is known about them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.rotation import Floats
from samples.studio.script import RepTruth
from samples.studio.skeleton import Posed


class LifeSegment(Protocol):
    """A stretch of life: a movement as a function of time, at rest on both ends."""

    @property
    def duration_s(self) -> float:
        """Seconds."""

    def at(self, times: ArrayLike) -> Posed:
        """The poses at `times` ``(T,)``, seconds from its start."""


@dataclass(frozen=True)
class Told:
    """One exercise of a performance that has several.

    Attributes:
        exercise: formcheck's id.
        side: The working side.
        performance: It alone, before it was turned.
        turn: ``(3, 3)`` about the vertical through the origin.
        start_s: When it begins.
    """

    exercise: str
    side: str
    performance: Performance
    turn: Floats
    start_s: float

    @property
    def reps(self) -> list[RepTruth]:
        """Its reps at their times in the whole."""
        return [
            replace(
                rep,
                start_s=self.start_s + rep.start_s,
                turn_s=self.start_s + rep.turn_s,
                end_s=self.start_s + rep.end_s,
            )
            for rep in self.performance.reps
        ]


@dataclass(frozen=True)
class Performance:
    """Somebody in motion.

    Attributes:
        body: Who.
        duration_s: How long.
        posture: standing, side_lying, quadruped or supine.
        zero: ``(3,)`` the level direction in which azimuth 0 is.
        quarter: ``(3,)`` where azimuth 90 is.
        reps: What was done, in time.
        segments: ``kind``, ``start_s``, ``end_s`` of every stretch.
        centre: ``(3,)`` the middle of the set, m: what a camera looks at.
        extent: ``(3,)`` size of the box around the set's landmarks, m.
        acts: The exercises where there are several; directions are those of the first one.
        walked: ``(3,)`` how far the person gets while exercising, m.
    """

    body: Body
    duration_s: float
    posture: str
    zero: Floats
    quarter: Floats
    reps: list[RepTruth]
    segments: list[dict[str, Any]]
    centre: Floats
    extent: Floats
    parts: tuple[tuple[float, LifeSegment], ...]
    mirrored: bool
    acts: tuple[Told, ...] = ()
    walked: Floats = field(default_factory=lambda: np.zeros(3))

    def at(self, times: ArrayLike) -> Posed:
        """The poses at any `times` ``(T,)``, seconds; before the start and after the end they stand still."""
        t = np.clip(np.atleast_1d(np.asarray(times, np.float64)), 0, self.duration_s)
        bones = len(self.body.names)
        out = Posed(np.empty((len(t), bones, 3, 3)), np.empty((len(t), bones, 3)))
        part = np.searchsorted([start for start, _ in self.parts], t, side="right") - 1
        for i in np.unique(part):
            start, segment = self.parts[i]
            rows = np.flatnonzero(part == i)
            posed = segment.at(t[rows] - start)
            out.rotation[rows], out.position[rows] = posed.rotation, posed.position
        return out.mirrored(self.body) if self.mirrored else out
