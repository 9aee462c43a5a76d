"""Poses through the engine: the one way, whatever the source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from formcheck.engine.engine import Engine, Read
from formcheck.engine.events import Counted, Event, Judged
from formcheck.engine.peers import Peers
from formcheck.features.variant import which
from formcheck.smooth.identity import repair
from formcheck.spec import Exercise
from formcheck.types import Recording, Rep, View

#: So many counted reps tell what is usual for a person.
ENOUGH: Final = 3


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
        rises: Heights of the counted reps in the counted signal.
        read: What the person's whole reps have read, see `Engine.read`.
        peers: What those were like that passed every gate, see `Engine.peers`.
    """

    recording: Recording
    reps: tuple[Rep, ...]
    views: tuple[View, ...]
    judged_s: tuple[float, ...]
    counted_s: tuple[float, ...]
    variant: str = ""
    rises: tuple[float, ...] = ()
    read: Read = field(default_factory=dict)
    peers: Peers = field(default_factory=Peers)


def fold(
    recording: Recording, exercise: Exercise, *, side: str = "auto", ignore: Iterable[str] = ()
) -> Folded:
    """Runs a recording through repair and engine.

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
    """Runs a recording whose left and right are repaired through the engine; arguments as for `fold`.

    It is looked at twice where there is enough to learn from. The second look knows from the first what is
    usual for the person, so nothing small counts because it came first, what their better reps read, so that
    the first ones are held against these, too, and what those are like that pass every gate. Where it finds
    fewer full reps, the first one stands: the landmarks are too poor to say what is usual.
    """
    return looks(recording, exercise, side=side, ignore=ignore)[1]


def looks(
    recording: Recording, exercise: Exercise, *, side: str = "auto", ignore: Iterable[str] = ()
) -> tuple[Folded, Folded]:
    """The first look, as a camera would have it, and the better one of two; arguments as for `fold`."""
    first = look(recording, exercise, side=side, ignore=ignore)
    if exercise.informative or len(first.rises) < ENOUGH:
        return first, first
    usual = float(np.median(first.rises))
    second = look(
        recording, exercise, side=side, ignore=ignore, usual=usual, read=first.read, peers=first.peers
    )
    better = _full(second, exercise, usual) >= _full(first, exercise, usual)
    return first, second if better else first


def _full(folded: Folded, exercise: Exercise, usual: float) -> int:
    """How many counted reps are no partial ones, measured against what is usual."""
    cycle = exercise.reps
    least = cycle.partial * cycle.degrees(usual)
    return sum(cycle.degrees(rise) >= least for rise in folded.rises)


def look(
    recording: Recording,
    exercise: Exercise,
    *,
    side: str = "auto",
    ignore: Iterable[str] = (),
    usual: float = float("nan"),
    read: Read | None = None,
    peers: Peers | None = None,
) -> Folded:
    """Runs a repaired recording through the engine once, frame by frame, as a camera would.

    Args:
        recording: Raw landmarks, left and right repaired.
        exercise: With the limits of the wanted strictness.
        side: "left", "right" or "auto".
        ignore: Fault ids that are not judged.
        usual: Height of the person's reps in the counted signal; NaN where it is not known.
        read: `Folded.read` of the same recording.
        peers: Its `Folded.peers`.
    """
    engine = Engine(exercise, side=side, ignore=frozenset(ignore), usual=usual, read=read, peers=peers)
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
        tuple(engine.rises),
        engine.read,
        engine.peers,
    )
