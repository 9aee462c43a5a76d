"""Sumo deadlift: feet wide, hands between the knees; depth 0 is the bar on the floor, 1 the lockout."""

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

    width: float = 1.95
    toes: float = 42.0
    grip: float = 0.8
    low: float = 53.0
    lead: float = 0.01
    bar: float = 0.075
    thighs: float = 0.07

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way. Stance 70 ± 11 cm, feet turned out by 42 ± 8° (Escamilla 2000)."""
        return cls(
            width=rng.uniform(1.65, 2.3),
            toes=rng.uniform(32, 52),
            grip=rng.uniform(0.65, 0.95),
            low=rng.uniform(49, 62),
            lead=rng.uniform(-0.01, 0.04),
            bar=rng.uniform(0.06, 0.09),
            soft=rng.uniform(2, 7),
            tall=rng.uniform(-2, 3),
            round=rng.uniform(-4, 6),
            gaze=rng.uniform(0.35, 0.9),
        )
