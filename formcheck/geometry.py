"""Small geometry over arrays: arrays in, arrays out; NaN in, NaN out; no warnings for either."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Bools = NDArray[np.bool_]

#: Below this length (px or m) a segment has no direction.
TINY = 1e-9


def unit(v: Floats) -> Floats:
    """Vectors of length one; a vector without a length becomes NaN. ``(..., D)``."""
    n = np.sqrt(np.einsum("...i,...i->...", v, v))[..., None]
    return np.asarray(np.divide(v, n, out=np.full_like(v, np.nan), where=n > TINY))


def dot(a: Floats, b: Floats) -> Floats:
    """Scalar product over the last axis."""
    return np.asarray(np.einsum("...i,...i->...", a, b))


def between(a: Floats, b: Floats) -> Floats:
    """Angle between two vectors, degrees 0..180. ``(..., D), (..., D) -> (...)``."""
    return np.asarray(np.degrees(np.arccos(np.clip(dot(unit(a), unit(b)), -1.0, 1.0))))


def wrap(angle: Floats) -> Floats:
    """Angles brought into −180..180 degrees."""
    return np.asarray((np.asarray(angle) + 180.0) % 360.0 - 180.0)


def nanmedian(x: Floats, axis: int = 0) -> Floats:
    """Median over one axis without NaN; NaN, and no warning, where nothing is left.

    Many times as fast as `numpy.nanmedian`, which is called some ten thousand times in a film.
    """
    x = np.asarray(x, float)
    if not x.shape[axis]:
        return np.full(np.delete(x.shape, axis), np.nan)
    ordered = np.sort(x, axis=axis)  # NaN goes last
    count = (~np.isnan(x)).sum(axis=axis, keepdims=True)
    low = np.take_along_axis(ordered, np.maximum(count - 1, 0) // 2, axis)
    high = np.take_along_axis(ordered, np.minimum(count // 2, x.shape[axis] - 1), axis)
    return np.asarray(np.where(count > 0, (low + high) / 2, np.nan).squeeze(axis))


def held(t: Floats, x: Floats, hold_s: float) -> tuple[float, int]:
    """The highest level that `x` keeps for `hold_s`: a lasting extreme, not one noisy frame.

    Args:
        t: ``(T,)`` seconds, rising.
        x: ``(T,)``; NaN frames are left out, and so do not break a hold.
        hold_s: Seconds. Where the frames span less, the lowest of all frames is the level.

    Returns:
        The level, and the index of the largest value within the best stretch; (NaN, 0) without a frame.
    """
    good = np.flatnonzero(np.isfinite(x))
    if not good.size:
        return float("nan"), 0
    tt, xx = t[good], x[good]
    best, where = -np.inf, 0
    ends = np.searchsorted(tt, tt + hold_s - TINY)
    for i, end in enumerate(ends):
        if end >= len(xx):
            if best == -np.inf:  # the whole stretch is shorter than the hold
                return float(xx.min()), int(good[int(np.argmax(xx))])
            break
        level = xx[i : end + 1].min()
        if level > best:
            best, where = level, i + int(np.argmax(xx[i : end + 1]))
    return float(best), int(good[where])


def stretch(t: Floats, x: Floats, level: float, around: int) -> tuple[float, float]:
    """First and last time of the run of ``x >= level`` that holds index `around`; NaN where it is below."""
    if not (np.isfinite(x[around]) and x[around] >= level):
        return float("nan"), float("nan")
    above = ~(x < level)  # NaN counts as going on
    first = last = around
    while first > 0 and above[first - 1]:
        first -= 1
    while last + 1 < len(x) and above[last + 1]:
        last += 1
    return float(t[first]), float(t[last])
