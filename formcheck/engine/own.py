"""What a person's own reps are like: the range that a later one is measured against."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np

from formcheck.geometry import Floats

#: So many reps make the own range known; it is this percentile of them (docs/thresholds.md,
#: Control of movement).
LEAST, BEST = 2, 80
#: How far their own reps lie apart is told from there to the best; below may be the short ones.
COMMON = 40
#: Pairs of joints that go less than this share of the farthest one's way do not tell how far a rep went.
FAR = 0.5


@dataclass(frozen=True, slots=True)
class Missing:
    """What a rep lacks of the person's own range, %; NaN where that is not known.

    Attributes:
        of_range: By the counted signal.
        of_way: By how far the joints went.
        spread: How far the person's own reps are apart in the counted signal.
    """

    of_range: float = nan
    of_way: float = nan
    spread: float = nan


class Own:
    """The counted reps of one side."""

    def __init__(self) -> None:
        self._ranges: list[float] = []
        self._ways: list[Floats] = []

    def add(self, range_: float, ways: Floats) -> None:
        """One more counted rep: its range, and the ways of the joints, see `stroke.ways`."""
        self._ranges.append(range_)
        self._ways.append(ways)

    def missing(self, range_: float, ways: Floats) -> Missing:
        """What a rep of this range lacks."""
        if len(self._ranges) < LEAST:
            return Missing()
        best = [_best(way[np.isfinite(way)]) for way in np.stack(self._ways, axis=1)]
        shares = [
            way / own
            for way, own in zip(ways, best, strict=True)
            if own > 0 and own >= FAR * max(best) and np.isfinite(way)
        ]
        by_way = 100 * (1 - float(np.median(shares))) if shares else nan
        common, range_of_best = (float(x) for x in np.percentile(self._ranges, (COMMON, BEST)))
        return Missing(100 * (1 - range_ / range_of_best), by_way, 100 * (1 - common / range_of_best))


def _best(ways: Floats) -> float:
    return float(np.percentile(ways, BEST)) if ways.size else 0.0
