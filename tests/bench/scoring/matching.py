"""Brings found movements and commanded ones together by their time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

Span = tuple[float, float]

#: Less common time than this share of the shorter of the two is no match.
LEAST_SHARE = 0.3
#: Up to this share of a found movement's time may brush a commanded one by chance.
BRUSH = 0.1


def overlap(a: Span, b: Span) -> float:
    """Common time of two spans, s."""
    return max(0.0, min(a[1], b[1]) - max(a[0], b[0]))


def match(commanded: Sequence[Span], found: Sequence[Span]) -> dict[int, int]:
    """The one-to-one pairing with the most common time: index of the commanded → index of the found.

    Common time is weighed against the time of both together, so that of two halves of a split movement the
    longer one is taken, and one found movement over two commanded ones goes to the longer one.
    """
    if not commanded or not found:
        return {}
    score = np.zeros((len(commanded), len(found)))
    for i, c in enumerate(commanded):
        for j, f in enumerate(found):
            common = overlap(c, f)
            if common >= LEAST_SHARE * max(1e-6, min(c[1] - c[0], f[1] - f[0])):
                score[i, j] = common / max(1e-6, max(c[1], f[1]) - min(c[0], f[0]))
    rows, columns = linear_sum_assignment(-score)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if score[i, j] > 0}


def strangers(commanded: Sequence[Span], found: Sequence[Span]) -> list[int]:
    """Found movements that share hardly any time with a commanded one: made up."""
    return [j for j, f in enumerate(found) if not any(touches(f, c) for c in commanded)]


def touches(found: Span, commanded: Span) -> bool:
    """Whether more than a brush of the found movement lies in the commanded one."""
    return overlap(found, commanded) > BRUSH * max(1e-6, found[1] - found[0])
