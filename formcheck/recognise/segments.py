"""Cuts a recording into stretches of one exercise each, and of none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from formcheck.geometry import Floats
from formcheck.recognise.film import SPAN_S, Film, film
from formcheck.recognise.looks import look
from formcheck.recognise.model import NONE, Guess, Model, load
from formcheck.recognise.twins import SIGN, TWINS, apart, rest
from formcheck.types import Recording

#: Seconds between two looks.
STEP_S: Final = 0.5
#: A change of exercise costs so much logarithm of odds. With 2.5 to 10 the sets of the tune split are told
#: equally well, and the more it is the fewer moments of a rest are taken for one: 13 in 7 min, or 8.
CHANGE: Final = 8.0
#: No look speaks louder against a class than this, logarithm of odds: one may be blind, but not all.
LOUDEST: Final = -12.0
#: Shorter than this is no set, s: one rep.
LEAST_S: Final = 2.5
#: Below this the person is asked. It is a mean over a stretch. Of 17 people that the model had not seen (tune
#: split and six more bodies, left out three at a time) it was right in 505 of 507 stretches above 0.9, in 47
#: of 51 above 0.7, in 12 of 18 above 0.5 and not in the one below. Other movement that an engine took for
#: reps, three films in 10 min, had 0.76 to 0.99: no limit here keeps it out.
SURE: Final = 0.5
#: What looks like nothing of the catalogue, with this chance of one exercise, may be that one: its reps
#: decide. In the sets, life and other movement of the tune split there is no such stretch of anything else; a
#: real Romanian deadlift that a swaying camera filmed had 0.4. No other one may have half of it.
MAYBE: Final = 0.3


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some seconds of one exercise.

    Attributes:
        start_s: Where it begins.
        end_s: Where it ends.
        guess: Which, how sure, and why; `Guess.exercise` None for none of the catalogue.
        maybe: The exercise that it may be all the same, for want of others: for its reps to decide.
    """

    start_s: float
    end_s: float
    guess: Guess
    maybe: Guess | None = None


def stretches(t: Floats, image: Floats, world: Floats, model: Model | None = None) -> tuple[Stretch, ...]:
    """Finds what is done when.

    Args:
        t: ``(T,)`` seconds.
        image: ``(T, 33, 2+)`` px, legs repaired.
        world: ``(T, 33, 3)`` metres.
        model: Another model than the package's.
    """
    model = model or load()
    reel = film(t, image, world)
    times, looks = _looks(reel)
    if not times.size:
        return ()
    odds = model.log_odds(looks)
    path = _best_path(np.maximum(odds, LOUDEST), CHANGE)
    out = []
    for first, last in _runs(path):
        begin, end = float(times[first] - STEP_S / 2), float(times[last] + STEP_S / 2)
        begin = max(begin, float(t[0])) if first else float(t[0])
        end = min(end, float(t[-1])) if last + 1 < len(times) else float(t[-1])
        if end - begin < LEAST_S and len(times) > last - first + 1:
            continue
        chances = np.exp(odds[first : last + 1]).mean(0)
        middle = np.median(looks[first : last + 1], axis=0)
        guess = model.guess(middle, chances, int(path[first]))
        maybe = _maybe(model, middle, chances) if guess.exercise is None else None
        out.append(Stretch(begin, end, _told_apart(guess, reel, begin, end), maybe))
    return tuple(out)


def now(recording: Recording, model: Model | None = None) -> tuple[str | None, float, str | None]:
    """What is being done at the end of a recording: id or None, how sure, and the next likely id."""
    reel = film(recording.t, recording.image, recording.world)
    end = float(reel.t[-1]) if len(reel.t) else 0.0
    row = look(reel, end - SPAN_S, end + 1e-6)
    if row is None:
        return None, 0.0, None
    guess = _told_apart((model or load()).guess(row), reel, float(reel.t[0]), end)
    return guess.exercise, guess.confidence, guess.runner_up


def _maybe(model: Model, look: Floats, chances: Floats) -> Guess | None:
    """The one exercise that is not unlikely."""
    order = [int(c) for c in np.argsort(-chances) if model.classes[int(c)] != NONE]
    if chances[order[0]] < MAYBE or (chances[order[1:]] > MAYBE / 2).any():
        return None
    return model.guess(look, chances, order[0])


def _told_apart(guess: Guess, reel: Film, start_s: float, end_s: float) -> Guess:
    """Which of the twins it is, with that for the first sign; any other guess as it is."""
    if guess.exercise != TWINS[0]:
        return guess
    where = rest(reel, start_s, end_s)
    chance = apart(where)
    first, second = TWINS if chance < 0.5 else TWINS[::-1]
    return replace(
        guess,
        exercise=first,
        confidence=round(guess.confidence * max(chance, 1 - chance), 3),
        runner_up=second,
        evidence=((SIGN, round(where, 2), 1.0),),
    )


def _looks(reel: Film) -> tuple[Floats, Floats]:
    """The middles of all looks with somebody in them, and what was seen."""
    t = reel.t
    if len(t) < 2:
        return np.empty(0), np.empty((0, 0))
    half = SPAN_S / 2
    times, rows = [], []
    for middle in np.arange(t[0] + STEP_S, max(t[-1], t[0] + 2 * STEP_S), STEP_S):
        # At the ends a look is one-sided but as long: it is what a set's first two reps look like.
        start = min(max(middle - half, t[0]), max(t[-1] - SPAN_S, t[0]))
        row = look(reel, start, start + SPAN_S)
        if row is not None:
            times.append(middle)
            rows.append(row)
    return np.array(times), np.array(rows)


def _best_path(scores: Floats, change: float) -> Floats:
    """``(N,)`` the likeliest class at every look when each change costs something (Viterbi 1967)."""
    best, back = scores[0].copy(), np.zeros(scores.shape, int)
    every = np.arange(scores.shape[1])
    for i in range(1, len(scores)):
        top = int(np.argmax(best))
        stay = best >= best[top] - change
        back[i] = np.where(stay, every, top)
        best = np.where(stay, best, best[top] - change) + scores[i]
    path = np.empty(len(scores), int)
    path[-1] = int(np.argmax(best))
    for i in range(len(scores) - 1, 0, -1):
        path[i - 1] = back[i][path[i]]
    return path


def _runs(path: Floats) -> list[tuple[int, int]]:
    """First and last index of each run of equal values."""
    edges = [0, *(np.flatnonzero(np.diff(path)) + 1), len(path)]
    return [(int(a), int(b) - 1) for a, b in pairwise(edges)]
