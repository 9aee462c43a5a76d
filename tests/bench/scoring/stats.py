"""Intervals and percentiles. Everything returns plain floats; NaN where there is nothing to count."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

#: Two-sided 95 % of the normal distribution.
Z95 = 1.959964
#: Resamples of the bootstrap: the ends of a 95 % interval are then good to about ±0.005.
RESAMPLES = 2000

Interval = tuple[float, float]


def ratio(part: float, whole: float) -> float:
    """``part / whole``; NaN for nothing of nothing."""
    return part / whole if whole else float("nan")


def wilson(hits: int, n: int) -> Interval:
    """Wilson's 95 % interval of a share."""
    if n == 0:
        return float("nan"), float("nan")
    p, z2 = hits / n, Z95**2
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 * np.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def f1(tp: float, fp: float, fn: float) -> float:
    """Harmonic mean of precision and recall; NaN where there was nothing to find."""
    return ratio(2 * tp, 2 * tp + fp + fn) if tp + fn else float("nan")


def clustered_f1(counts: NDArray[np.integer], *, resamples: int = RESAMPLES, seed: int = 0) -> Interval:
    """95 % interval of F1 from a bootstrap over clips: reps of one clip are not independent.

    Args:
        counts: ``(clips, 3)`` true positives, false positives, false negatives of each clip.
    """
    counts = np.asarray(counts, float).reshape(-1, 3)
    clips = len(counts)
    if clips == 0 or counts.sum() == 0:
        return float("nan"), float("nan")
    rng = np.random.default_rng(seed)
    tp, fp, fn = (rng.multinomial(clips, np.full(clips, 1 / clips), size=resamples) @ counts).T
    there = tp + fn > 0
    values = 2 * tp[there] / (2 * tp + fp + fn)[there]
    low, high = np.percentile(values, (2.5, 97.5)) if len(values) else (float("nan"), float("nan"))
    return float(low), float(high)


def quantile(values: Sequence[float], q: float) -> float:
    """The `q` quantile (0..1) of the finite values; NaN without any."""
    x = np.asarray(values, float)
    x = x[np.isfinite(x)]
    return float(np.quantile(x, q)) if x.size else float("nan")


def mean(values: Sequence[float]) -> float:
    """Mean of the finite values; NaN without any."""
    x = np.asarray(values, float)
    x = x[np.isfinite(x)]
    return float(x.mean()) if x.size else float("nan")
