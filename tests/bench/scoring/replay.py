"""Recorded landmarks through the engine, with the moment of every event."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from formcheck.engine.engine import Engine
from formcheck.engine.events import Counted, Event, Judged
from formcheck.features.body import axes, posture
from formcheck.smooth.identity import IdentityRepair
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


def repaired(recording: Recording) -> Recording:
    """The recording with left and right repaired: the same for every exercise."""
    repair = IdentityRepair()
    frames = [
        repair(float(t), image, world)
        for t, image, world in zip(recording.t, recording.image, recording.world, strict=True)
    ]
    image, world = (np.stack(points) for points in zip(*frames, strict=True))
    return Recording(recording.t, image, world, recording.size)


def play(recording: Recording, exercise: Exercise) -> tuple[Found, ...]:
    """What `formcheck.app.fold.fold` does with a repaired recording, keeping the time of each event.

    A test holds both together.
    """
    engine = Engine(exercise)
    events: list[Event] = []
    for t, image, world in zip(recording.t, recording.image, recording.world, strict=True):
        events += engine.update(float(t), image, world)
    events += engine.finish()
    said = {(e.set, e.index): e.t for e in events if isinstance(e, Counted)}
    nan = float("nan")
    return tuple(
        Found(e.rep, e.view, said.get((e.rep.set, e.rep.index), nan) if e.rep.counted else nan, e.t)
        for e in events
        if isinstance(e, Judged)
    )


def postures(recording: Recording, during: Span) -> Counter[str]:
    """Frames by the posture that the product reads in them; "" where it reads none."""
    frames = (recording.t >= during[0]) & (recording.t <= during[1])
    up = -axes(recording.world[frames])[:, :, 1]
    return Counter(posture(g) or "" for g in up if np.isfinite(g).all())
