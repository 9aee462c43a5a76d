"""Points that jump away and back, limbs longer than they can be, and short gaps: for recordings.

Works by time, not by frames, on all landmarks at once. It looks ahead and behind, so it is no part of
the live path.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from formcheck.geometry import nanmedian
from formcheck.landmarks import LEFT, RIGHT
from formcheck.smooth.lowpass import zero_phase
from formcheck.types import Floats

__all__ = ["clean", "fill_gaps", "outliers", "stretched", "trunk_length", "zero_phase"]

#: Half of the Hampel window, s: 7 frames at 30 a second (docs/thresholds.md); never fewer than 5 frames.
HALF_S: Final = 0.125
LEAST_HALF: Final = 2
#: An outlier is further from its neighbours' median than this many of their scaled median deviations.
MADS: Final = 3.0
#: Median absolute deviation of a normal distribution to its standard deviation.
NORMAL: Final = 1.4826
#: Deviations below this share of the trunk are never outliers: MediaPipe's own jitter is 0.014.
LEAST_JUMP: Final = 0.06
#: Gaps up to this long are filled, measured between the neighbours that were seen, s.
FILL_S: Final = 0.2
#: A limb's part may seem this many times as long as usual: more is a misplaced point.
STRETCH: Final = 1.6
#: "Usual" is looked for within this time, s.
USUAL_S: Final = 2.0
#: Upper and lower part of a limb, and their true lengths in trunk lengths: what a limb seen end-on most
#: of the time may still grow to (0.50 trunk, 0.42 thigh, 0.42 shank, 0.30 upper arm, 0.26 forearm).
LIMBS: Final = tuple(
    (table[a], table[b], table[c], upper, lower)
    for table in (LEFT, RIGHT)
    for a, b, c, upper, lower in (
        ("hip", "knee", "ankle", 0.84, 0.84),
        ("shoulder", "elbow", "wrist", 0.6, 0.52),
    )
)
#: Frames worked on at once: bounds the memory of the windows to about 50 MB.
_BLOCK: Final = 2048


def clean(t: Floats, image: Floats, world: Floats) -> tuple[Floats, Floats]:
    """Removes outliers and implausible limbs, then fills short gaps.

    Args:
        t: ``(T,)`` seconds, strictly rising.
        image: ``(T, 33, 4)`` x px, y px, z px, visibility; NaN = missing.
        world: ``(T, 33, 3)`` metres.

    Returns:
        New arrays. A landmark judged wrong in the picture is missing in both; gaps up to `FILL_S` are
        filled linearly, longer ones and both ends stay NaN.
    """
    image, world = np.array(image, copy=True), np.array(world, copy=True)
    trunk = trunk_length(image)
    if len(t) > 2 * LEAST_HALF and np.isfinite(trunk).any():
        wrong = outliers(t, image[..., :2], float(nanmedian(trunk)))
        image[wrong], world[wrong] = np.nan, np.nan
        wrong = stretched(t, image[..., :2], trunk)
        image[wrong], world[wrong] = np.nan, np.nan
    fill_gaps(t, image)
    fill_gaps(t, world)
    return image, world


def trunk_length(image: Floats) -> Floats:
    """``(T,)`` px from between the shoulders to between the hips, at least the shoulders' width.

    The width stands in where the camera looks along the body.
    """
    left, right = image[:, LEFT["shoulder"], :2], image[:, RIGHT["shoulder"], :2]
    hips = (image[:, LEFT["hip"], :2] + image[:, RIGHT["hip"], :2]) / 2
    lengths: Floats = np.fmax(
        np.linalg.norm((left + right) / 2 - hips, axis=-1), np.linalg.norm(left - right, axis=-1)
    )
    return lengths


def outliers(t: Floats, xy: Floats, trunk: float) -> NDArray[np.bool_]:
    """Which points lie apart from their neighbours in time: a Hampel filter in the plane.

    Args:
        t: ``(T,)`` seconds.
        xy: ``(T, N, 2)`` px.
        trunk: Its length, px.

    Returns:
        ``(T, N)``.
    """
    step = float(np.median(np.diff(t)))
    half = max(LEAST_HALF, round(HALF_S / step))
    reach = (half + 0.5) * step
    padded_t = np.pad(np.asarray(t, float), half, constant_values=np.inf)
    padded = np.pad(xy, ((half, half), (0, 0), (0, 0)), constant_values=np.nan)
    wrong = np.zeros(xy.shape[:2], bool)
    for start in range(0, len(t), _BLOCK):
        stop = min(start + _BLOCK, len(t))
        rows = np.arange(start, stop)[:, None] + np.arange(2 * half + 1)
        around = padded[rows]  # (n, window, N, 2)
        near = np.abs(padded_t[rows] - np.asarray(t)[start:stop, None]) <= reach
        around[~near] = np.nan
        middle = nanmedian(around, axis=1)
        deviation = np.linalg.norm(around - middle[:, None], axis=-1)
        limit = np.maximum(MADS * NORMAL * nanmedian(deviation, axis=1), LEAST_JUMP * trunk)
        wrong[start:stop] = deviation[:, half] > limit
    return wrong


def stretched(t: Floats, xy: Floats, trunk: Floats) -> NDArray[np.bool_]:
    """Which points make a limb's part longer than `STRETCH` allows.

    "Usual" is the largest of the part's median length in the whole recording, around the moment, and
    its true length at the trunk's size around the moment: a limb seen end-on may unfold, and a person
    may come nearer. When both parts of a limb are too long their common joint is wrong, else the far
    end.

    Args:
        t: ``(T,)`` seconds.
        xy: ``(T, 33, 2)`` px.
        trunk: ``(T,)`` px.

    Returns:
        ``(T, 33)``.
    """
    wrong = np.zeros(xy.shape[:2], bool)
    body = _around(t, trunk)
    for root, joint, end, upper_true, lower_true in LIMBS:
        upper = np.linalg.norm(xy[:, root] - xy[:, joint], axis=-1)
        lower = np.linalg.norm(xy[:, joint] - xy[:, end], axis=-1)
        long_upper = _too_long(t, upper, upper_true * body)
        long_lower = _too_long(t, lower, lower_true * body)
        wrong[:, joint] |= long_upper
        wrong[:, end] |= long_lower & ~long_upper
    return wrong


def fill_gaps(t: Floats, x: Floats) -> None:
    """Fills short gaps of every column of ``(T, ...)`` linearly, in place."""
    columns = x.reshape(len(x), int(np.prod(x.shape[1:])))
    for column in np.flatnonzero(np.isnan(columns).any(axis=0)):
        values = columns[:, column]
        seen = np.flatnonzero(np.isfinite(values))
        missing = np.flatnonzero(np.isnan(values))
        after = np.searchsorted(seen, missing)
        inside = (after > 0) & (after < len(seen))
        missing, after = missing[inside], after[inside]
        if not len(missing):
            continue
        short = t[seen[after]] - t[seen[after - 1]] <= FILL_S + 1e-6
        rows = missing[short]
        values[rows] = np.interp(t[rows], t[seen], values[seen])


def _too_long(t: Floats, length: Floats, true: Floats) -> NDArray[np.bool_]:
    if not np.isfinite(length).any():
        return np.zeros(len(length), bool)
    usual = np.fmax(np.fmax(nanmedian(length), _around(t, length)), true)
    too_long: NDArray[np.bool_] = length > STRETCH * usual
    return too_long


def _around(t: Floats, x: Floats) -> Floats:
    """``(T,)`` running median over `USUAL_S`, taken at every quarter of it and held between."""
    marks = np.arange(t[0], t[-1] + USUAL_S / 4, USUAL_S / 4)
    low = np.searchsorted(t, marks - USUAL_S / 2)
    high = np.searchsorted(t, marks + USUAL_S / 2, side="right")
    medians = np.array([nanmedian(x[a:b]) for a, b in zip(low, high, strict=True)])
    nearest = np.clip(np.round((t - t[0]) / (USUAL_S / 4)).astype(int), 0, len(marks) - 1)
    running: Floats = medians[nearest]
    return running
