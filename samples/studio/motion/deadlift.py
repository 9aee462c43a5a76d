"""Deadlift: standing at the origin, looking along z; depth 0 is the bar on the floor, 1 the lockout."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samples.studio.motion._hinge import angle
from samples.studio.motion._pull import ANGLE, AT, FAULTS, LEAST, POSTURE, WORKING, Way, measure, pose

__all__ = [
    "ANGLE",
    "AT",
    "FAULTS",
    "LEAST",
    "POSTURE",
    "WORKING",
    "Style",
    "angle",
    "measure",
    "pose",
]


@dataclass(frozen=True)
class Style(Way):
    """A person's way."""

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way. Stance 32 ± 8 cm, feet turned out by 14 ± 6° (Escamilla 2000)."""
        return cls(
            width=rng.uniform(0.75, 1.15),
            toes=rng.uniform(5, 22),
            grip=rng.uniform(1.45, 1.7),
            low=rng.uniform(60, 73),
            lead=rng.uniform(0.0, 0.06),
            bar=rng.uniform(0.075, 0.105),
            thighs=rng.uniform(0.0, 0.05),
            soft=rng.uniform(2, 7),
            tall=rng.uniform(-2, 3),
            round=rng.uniform(-4, 6),
            gaze=rng.uniform(0.35, 0.9),
        )
