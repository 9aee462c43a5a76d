"""The parts of a recording: one for each exercise that is done in it, in order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

import numpy as np

from formcheck.app.fold import Folded, fold, play, repaired
from formcheck.app.steps import walked
from formcheck.exercises import find
from formcheck.geometry import Bools
from formcheck.recognise import Guess, Stretch, stretches
from formcheck.recognise.segments import SURE
from formcheck.spec import Exercise
from formcheck.types import Figure, Recording

#: The edges of a stretch are known to half a look, s; the engine looks that far beyond them.
BEYOND_S: Final = 2.5
#: A film of several reps' length in which an exercise is not counted so often showed something else. Who
#: tidied up in the tune split was taken for one deadlift in two of 15 s, within stretches of 4 and 5 s.
LEAST_REPS: Final = 2
SHORT_S: Final = 8.0
#: So many reps make an exercise of what only may be one: life of the tune split that had a chance of 0.2 was
#: counted once.
CONFIRMED: Final = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One exercise in a recording.

    Attributes:
        rules: The exercise with its limits.
        folded: What was found; its poses reach half-way to the neighbours, so that something can be drawn.
        guess: How it was recognised; None where the person named it.
        start_s: Where it begins.
        end_s: Where it ends.
        figures: What is told of it where nothing is judged.
    """

    rules: Exercise
    folded: Folded
    guess: Guess | None
    start_s: float
    end_s: float
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What was recognised.

    Attributes:
        parts: In order.
        unsure: Stretches that were too uncertain, or that their exercise did not confirm.
    """

    parts: tuple[Part, ...]
    unsure: tuple[Guess, ...]


def given(recording: Recording, rules: Exercise, *, side: str, ignore: Iterable[str]) -> Found:
    """The whole recording as one exercise that the person named."""
    folded = fold(recording, rules, side=side, ignore=ignore)
    part = Part(rules, folded, None, float(recording.t[0]), float(recording.t[-1]))
    return Found((_told(part),), ())


def recognised(
    recording: Recording,
    limits: Callable[[Exercise], Exercise] = lambda rules: rules,
    ignore: Callable[[str], Iterable[str]] = lambda _: (),
    *,
    side: str = "auto",
) -> Found:
    """Finds the exercises by itself.

    Args:
        recording: Raw landmarks.
        limits: Gives an exercise the limits that are wanted.
        ignore: Fault ids of an exercise that are not judged.
        side: "left", "right" or "auto".
    """
    steady = repaired(recording)
    seen = stretches(steady.t, steady.image, steady.world)
    least = LEAST_REPS if len(steady) and steady.t[-1] - steady.t[0] > SHORT_S else 1

    def played(group: list[Stretch], guess: Guess) -> Part:
        rules = limits(find(guess.exercise or ""))
        folded = play(_only(steady, group), rules, side=side, ignore=ignore(rules.id))
        return Part(rules, folded, guess, group[0].start_s, group[-1].end_s)

    parts: list[Part] = []
    unsure = [s.guess for s in seen if s.guess.exercise is not None and s.guess.confidence < SURE]
    sure = [s for s in seen if s.guess.exercise is not None and s.guess.confidence >= SURE]
    for _, several in groupby(sure, key=lambda s: s.guess.exercise):
        group = list(several)
        best = max(group, key=lambda s: s.end_s - s.start_s).guess
        part = played(group, best)
        if _counted(part) >= least:
            parts.append(part)
        else:
            unsure.append(best)
    maybe = [played([s], s.maybe) for s in seen if s.maybe]
    parts += [part for part in maybe if _counted(part) >= CONFIRMED]
    parts.sort(key=lambda part: part.start_s)
    if any(not part.rules.informative for part in parts):  # who trains walks about in between
        parts = [part for part in parts if not part.rules.informative]
    return Found(_tiled(parts, steady), tuple(unsure))


def _counted(part: Part) -> int:
    return sum(rep.counted for rep in part.folded.reps)


def _only(recording: Recording, group: list[Stretch]) -> Recording:
    """The frames of some stretches and a little more; what lies between them is not looked at."""
    kept = np.zeros(len(recording), bool)
    for s in group:
        kept |= (recording.t >= s.start_s - BEYOND_S) & (recording.t <= s.end_s + BEYOND_S)
    return _cut(recording, kept)


def _tiled(parts: list[Part], recording: Recording) -> tuple[Part, ...]:
    """The parts with poses that together are the whole recording."""
    out = []
    for i, part in enumerate(parts):
        begin = (parts[i - 1].end_s + part.start_s) / 2 if i else -np.inf
        end = (part.end_s + parts[i + 1].start_s) / 2 if i + 1 < len(parts) else np.inf
        tile = _cut(recording, (recording.t >= begin) & (recording.t < end))
        out.append(_told(replace(part, folded=replace(part.folded, recording=tile))))
    return tuple(out)


def _told(part: Part) -> Part:
    """With the steps of who walks or runs."""
    if not part.rules.informative:
        return part
    folded, figures = walked(part.folded)
    return replace(part, folded=folded, figures=figures)


def _cut(recording: Recording, kept: Bools) -> Recording:
    return Recording(recording.t[kept], recording.image[kept], recording.world[kept], recording.size)
