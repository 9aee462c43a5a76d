"""Recorded landmarks through the engine, with the moment of every event."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from formcheck.app import fold
from formcheck.features.body import axes, posture
from formcheck.spec import Exercise
from formcheck.types import Recording, Rep, View
from tests.bench.scoring.matching import Span


@dataclass(frozen=True, slots=True)
class Found:
    """A movement that the engine found, and when it was counted (NaN for a partial one) and judged, s."""

    rep: Rep
    view: View
    counted_s: float
    judged_s: float

    @property
    def span(self) -> Span:
        """First and last moment, s."""
        return self.rep.start_s, self.rep.end_s


def play(recording: Recording, exercise: Exercise) -> tuple[Found, ...]:
    """The movements that the product finds in a repaired recording, with the times of their events."""
    return looks(recording, exercise)[1]


def looks(recording: Recording, exercise: Exercise) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """The same as a camera would have it, that is at the first look, and as a file has it, after two."""
    first, best = fold.looks(recording, exercise)
    return _found(first), _found(best)


def _found(folded: fold.Folded) -> tuple[Found, ...]:
    counts = iter(folded.counted_s)
    return tuple(
        Found(rep, view, next(counts) if rep.counted else float("nan"), judged_s)
        for rep, view, judged_s in zip(folded.reps, folded.views, folded.judged_s, strict=True)
    )


def postures(recording: Recording, during: Span) -> Counter[str]:
    """Frames by the posture that the product reads in them; "" where it reads none."""
    frames = (recording.t >= during[0]) & (recording.t <= during[1])
    up = -axes(recording.world[frames])[:, :, 1]
    return Counter(posture(g) or "" for g in up if np.isfinite(g).all())
