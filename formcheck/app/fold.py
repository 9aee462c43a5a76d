"""Poses through the engine: the one way, whatever the source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from formcheck.engine.engine import Engine
from formcheck.engine.events import Counted, Event, Judged
from formcheck.features.variant import which
from formcheck.smooth.identity import repair
from formcheck.spec import Exercise
from formcheck.types import Recording, Rep, View


@dataclass(frozen=True, slots=True)
class Folded:
    """What came out.

    Attributes:
        recording: The poses with left and right repaired.
        reps: With their verdicts, in order.
        views: The view at each rep.
        judged_s: When the verdicts of each rep were there, s.
        counted_s: When each count could be spoken, s: one for each counted rep.
        variant: Id of the exercise's variant, empty where there is none or it could not be told.
    """

    recording: Recording
    reps: tuple[Rep, ...]
    views: tuple[View, ...]
    judged_s: tuple[float, ...]
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
    return play(repaired(recording), exercise, side=side, ignore=ignore)


def repaired(recording: Recording) -> Recording:
    """The recording with left and right put back: the same for every exercise."""
    image, world = repair(recording.t, recording.image, recording.world)
    return Recording(recording.t, image, world, recording.size)


def play(
    recording: Recording, exercise: Exercise, *, side: str = "auto", ignore: Iterable[str] = ()
) -> Folded:
    """Runs a recording whose left and right are repaired through the engine; arguments as for `fold`."""
    engine = Engine(exercise, side=side, ignore=frozenset(ignore))
    events: list[Event] = []
    for t, image, world in zip(recording.t, recording.image, recording.world, strict=True):
        events += engine.update(float(t), image, world)
    events += engine.finish()
    judged = [e for e in events if isinstance(e, Judged)]
    return Folded(
        recording,
        tuple(e.rep for e in judged),
        tuple(e.view for e in judged),
        tuple(e.t for e in judged),
        tuple(e.t for e in events if isinstance(e, Counted)),
        which(exercise, engine.variants),
    )
