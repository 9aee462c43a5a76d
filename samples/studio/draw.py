"""Ways to draw: from decks, by shares, from combs of angles; everything from generators that have names."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass
class Deck:
    """Cards in shuffled order, again and again: everything comes up equally often."""

    cards: Sequence[Any]
    random: np.random.Generator
    left: list[Any] = field(default_factory=list)

    def take(self) -> Any:
        """The next card."""
        if not len(self.cards):
            raise ValueError("there is nothing to choose from")
        if not self.left:
            self.left = [self.cards[i] for i in self.random.permutation(len(self.cards))]
        return self.left.pop()


def generator(seed: int, name: str) -> np.random.Generator:
    """A generator of its own for everything that has a name."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def pick(random: np.random.Generator, choices: Sequence[Sequence[Any]]) -> list[Any]:
    """One of several rows by the share in its last column, without that column."""
    shares = np.array([float(row[-1]) for row in choices])
    row = choices[int(random.choice(len(choices), p=shares / shares.sum()))]
    return list(row[:-1])


def from_comb(draw: np.random.Generator, bounds: Sequence[float], comb: dict[str, float]) -> float:
    """An angle between bounds of which the comb's teeth allow to be used."""
    for _ in range(1000):
        angle = round(float(draw.uniform(bounds[0], bounds[1])), 1)
        if comb["from"] <= angle % comb["period"] <= comb["to"]:
            return angle
    raise ValueError(f"no angle from {bounds[0]} to {bounds[1]} lies on the comb {comb}")
