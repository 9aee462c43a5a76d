"""A low-pass without delay, for recordings: the verdict at the end of a rep uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from formcheck.geometry import nanmedian
from formcheck.types import Floats

#: Rates above are thinned: body motion ends near 10 Hz, and phones film at 240.
MAX_RATE_HZ: Final = 120.0
#: Reflected at both ends, s (docs/thresholds.md, Signal processing).
PAD_S: Final = 0.5
#: A pause in the times of this length parts two segments, s.
GAP_S: Final = 0.5
#: Fewer samples than this are returned as they are: the filter has five coefficients.
LEAST: Final = 6
#: Times are even when none is further than this share of a step from where it should be.
EVEN: Final = 0.02


def zero_phase(t: Floats, x: Floats, cutoff_hz: float) -> Floats:
    """Butterworth of order 2, run forwards and backwards: order 4, no delay, -6 dB at the cutoff.

    Uneven times are brought onto an even grid of the median rate and back, linearly. Runs without NaN
    are filtered each for itself.

    Args:
        t: ``(T,)`` seconds, strictly rising.
        x: ``(T, ...)`` any unit.
        cutoff_hz: 6 for squat, lunge and gait, 4 for floor exercises (docs/thresholds.md).

    Returns:
        The shape of `x`, NaN where `x` has it. A run too short, or sampled too slowly for the cutoff,
        comes back as it is.
    """
    t, x = np.asarray(t, float), np.asarray(x, float)
    columns = x.reshape(len(x), int(np.prod(x.shape[1:])))
    out = columns.copy()
    for rows, members in _segments(t, np.isfinite(columns)):
        if len(rows) >= LEAST:
            out[np.ix_(rows, members)] = _filtered(t[rows], columns[np.ix_(rows, members)], cutoff_hz)
    return out.reshape(x.shape)


def _segments(t: Floats, seen: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Rows and columns that can be filtered together: columns with the same gaps, run by run."""
    if not seen.size:
        return
    patterns, which = np.unique(seen, axis=1, return_inverse=True)
    pauses = np.concatenate([[True], np.diff(t) > GAP_S])
    for k in range(patterns.shape[1]):
        members = np.flatnonzero(which.ravel() == k)
        rows = np.flatnonzero(patterns[:, k])
        begins = np.flatnonzero(np.diff(rows, prepend=-2) > 1)
        parts = np.union1d(begins, np.flatnonzero(pauses[rows]))
        yield from ((run, members) for run in np.split(rows, parts) if len(run))


def _filtered(t: Floats, x: Floats, cutoff_hz: float) -> Floats:
    """One run ``(n, columns)`` without NaN."""
    from scipy import signal

    step = max(float(np.median(np.diff(t))), 1 / MAX_RATE_HZ)
    count = round((t[-1] - t[0]) / step) + 1
    if cutoff_hz >= 0.45 / step or count < LEAST:  # too near to half the sampling rate
        return x
    grid = np.linspace(t[0], t[-1], count)
    even = count == len(t) and np.abs(grid - t).max() < EVEN * step
    values = x if even else _resampled(grid, t, x)
    rate = (count - 1) / (t[-1] - t[0])
    sos = signal.butter(2, cutoff_hz, fs=rate, output="sos")
    pad = min(round(PAD_S * rate), count - 1)
    smooth: Floats = signal.sosfiltfilt(sos, values, axis=0, padtype="odd", padlen=pad)
    return smooth if even else _resampled(t, grid, smooth)


def _resampled(new: Floats, old: Floats, x: Floats) -> Floats:
    """Linear interpolation of all columns at once; `new` lies within `old`."""
    right = np.clip(np.searchsorted(old, new, side="right"), 1, len(old) - 1)
    share = ((new - old[right - 1]) / (old[right] - old[right - 1]))[:, None]
    between: Floats = x[right - 1] * (1 - share) + x[right] * share
    return between


def running_median(t: Floats, x: Floats, span_s: float) -> Floats:
    """Centred running median: removes bumps shorter than half the span and keeps edges where they are.

    Args:
        t: ``(T,)`` seconds, strictly rising.
        x: ``(T,)``; NaN stays NaN and counts for nothing.
        span_s: Width of the window, s; narrower than three frames it does nothing.
    """
    t, x = np.asarray(t, float), np.asarray(x, float)
    half = int(span_s / 2 / np.median(np.diff(t))) if len(t) > 1 else 0
    if half < 1:
        return x
    padded = np.pad(x, half, constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1)
    median = np.full(len(x), np.nan)
    seen = np.isfinite(x)
    median[seen] = nanmedian(windows[seen], axis=1)
    return median
