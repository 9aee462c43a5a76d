"""Poses through the engine: the one way, whatever the source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from formcheck.engine.engine import Engine
from formcheck.engine.events import Counted, Judged
from formcheck.features.variant import which
from formcheck.smooth.identity import IdentityRepair
from formcheck.spec import Exercise
from formcheck.types import Recording, Rep, View


@dataclass(frozen=True, slots=True)
class Folded:
    """What came out.

    Attributes:
        recording: The poses with left and right repaired.
        reps: With their verdicts, in order.
        views: The view at each rep.
        counted_s: When each count could be spoken, s.
        variant: Id of the exercise's variant, empty where there is none or it could not be told.
    """

    recording: Recording
    reps: tuple[Rep, ...]
    views: tuple[View, ...]
    counted_s: tuple[float, ...]
    variant: str = ""


def fold(
    recording: Recording, exercise: Exercise, *, side: str = "auto", ignore: Iterable[str] = ()
) -> Folded:
    """Runs a recording through repair and engine, frame by frame, as a camera would.

    Args:
        recording: Raw landmarks.
        exercise: With the limits of the wanted strictness.
        side: "left", "right" or "auto".
        ignore: Fault ids that are not judged.
    """
    engine = Engine(exercise, side=side, ignore=frozenset(ignore))
    repair = IdentityRepair()
    image, world = np.empty_like(recording.image), np.empty_like(recording.world)
    events = []
    for i, t in enumerate(recording.t):
        image[i], world[i] = repair(float(t), recording.image[i], recording.world[i])
        events += engine.update(float(t), image[i], world[i])
    events += engine.finish()
    judged = [e for e in events if isinstance(e, Judged)]
    return Folded(
        Recording(recording.t, image, world, recording.size),
        tuple(e.rep for e in judged),
        tuple(e.view for e in judged),
        tuple(e.t for e in events if isinstance(e, Counted)),
        which(exercise, engine.variants),
    )
