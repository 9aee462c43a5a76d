"""A small learnt model that can say why: the odds of each exercise are a sum of readable curves.

Each number of `looks` has one curve for each exercise: a few points, straight lines between them, learnt from
the tune split (`python -m tests.bench.learn`). The sum of an exercise's curves is its score; what each curve
adds is its evidence. Movements unlike all that was learnt are nobody's: see `Model.strange`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np

from formcheck.geometry import Bools, Floats
from formcheck.recognise.looks import NAMES

#: The arrays of a stored model, in the order of `Model`.
PARTS: Final = ("knots", "weights", "bias", "centre", "width", "far")
#: What is not in the catalogue: rests, life, other movements.
NONE: Final = "none"
#: So many pieces of evidence are told.
SIGNS: Final = 4
#: One number counts at most as five spreads off the usual, squared: a joint that is guessed is one oddity.
MOST_OFF: Final = 25.0
#: What is strange to a class loses so much of its score: e^6 = 400 to 1, more than the sure ones lead by.
STRANGE: Final = 6.0


@dataclass(frozen=True, slots=True)
class Guess:
    """What a stretch looks like.

    Attributes:
        exercise: Id of the likeliest, or None: nothing of the catalogue.
        confidence: Its probability.
        runner_up: The next likely one, or None.
        evidence: What speaks for it against the runner-up: name, reading, share in the score.
    """

    exercise: str | None
    confidence: float
    runner_up: str | None
    evidence: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class Model:
    """The learnt curves.

    Attributes:
        classes: Ids; `NONE` among them.
        knots: ``(F, K)`` where each number's curves have their points.
        weights: ``(F, K, C)`` their heights.
        bias: ``(C,)``.
        centre, width: ``(C, F)`` usual value and spread of each number in each class.
        far: ``(C,)`` mean squared distance from the usual, in spreads, beyond which it is none of them.
    """

    classes: tuple[str, ...]
    knots: Floats
    weights: Floats
    bias: Floats
    centre: Floats
    width: Floats
    far: Floats

    def log_odds(self, looks: Floats) -> Floats:
        """``(N, C)`` logarithms of the probabilities of `looks` ``(N, F)``; each row sums to 1."""
        score = np.einsum("nfk,fkc->nc", hats(looks, self.knots), self.weights) + self.bias
        score = np.where(self.strange(looks), score - STRANGE, score)
        score -= score.max(1, keepdims=True)
        return np.asarray(score - np.log(np.exp(score).sum(1, keepdims=True)))

    def strange(self, looks: Floats) -> Bools:
        """``(N, C)`` whether a look is unlike what was learnt of a class; never for `NONE`."""
        distance = off(looks[:, None], self.centre, self.width)
        return np.asarray((distance > self.far) & (np.array(self.classes) != NONE))

    def guess(self, look: Floats, chances: Floats | None = None, chosen: int | None = None) -> Guess:
        """What one look, or the mean of several, says.

        Args:
            look: ``(F,)``.
            chances: ``(C,)`` probabilities from a longer stretch; those of this look without.
            chosen: Index of the class that is told, with its own probability; the likeliest without.
        """
        p = np.exp(self.log_odds(look[None])[0]) if chances is None else chances
        order = np.argsort(-p)
        first = int(order[0]) if chosen is None else chosen
        second = next(int(c) for c in order if c != first)
        parts = hats(look[None], self.knots)[0]
        gain = np.einsum("fk,fk->f", parts, self.weights[:, :, first] - self.weights[:, :, second])
        total = max(float(np.abs(gain).sum()), 1e-9)
        best = np.argsort(-gain)[:SIGNS]
        name, other = self.classes[first], self.classes[second]
        return Guess(
            None if name == NONE else name,
            round(float(p[first]), 3),
            None if other == NONE else other,
            tuple(
                (NAMES[i], round(float(look[i]), 2), round(float(gain[i] / total), 2))
                for i in best
                if gain[i] > 0
            ),
        )


def off(looks: Floats, centre: Floats, width: Floats) -> Floats:
    """How far looks are from the usual: mean squared distance in spreads over the last axis."""
    return np.asarray(np.nanmean(np.minimum(np.square((looks - centre) / width), MOST_OFF), axis=-1))


def hats(looks: Floats, knots: Floats) -> Floats:
    """``(N, F, K)`` how near each number is to each point of its curve: 1 there, 0 at the next.

    What is missing is near to none.
    """
    x = np.clip(looks, knots[:, 0], knots[:, -1])
    out = np.zeros((*looks.shape, knots.shape[1]), looks.dtype)
    for i in range(knots.shape[1] - 1):
        here, there = knots[:, i], knots[:, i + 1]
        share = (x - here) / (there - here)
        inside = (x >= here) & (x <= there)
        out[..., i] = np.where(inside, 1 - share, out[..., i])
        out[..., i + 1] = np.where(inside, share, out[..., i + 1])
    return out


@cache
def load() -> Model:
    """The model that comes with the package."""
    with resources.files("formcheck.recognise").joinpath("model.npz").open("rb") as file:
        held = np.load(file, allow_pickle=False)
        return Model(
            tuple(str(name) for name in held["classes"]),
            *(held[name].astype(np.float64) for name in PARTS),
        )
