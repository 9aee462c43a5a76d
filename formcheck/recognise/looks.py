"""What a few seconds of movement look like, as numbers that do not hang on the camera, the size or the side.

Of most numbers of `film` three things are kept: what is usual, how far it goes, and where in between it is
while the body is at rest. That tells a lift off the floor from one that begins upright, and a machine that
is pressed together from one that is pressed apart. Steps are told by where the body is when it is low: a
lunge forwards takes it to the front, one backwards to the back, and a walk does not bring it home again.

The leg that moves more is called the first one, so left and right are the same.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from formcheck.geometry import Floats
from formcheck.recognise.film import CHANGE, COLUMN, COMMON, LEG, LEG_COLUMN, RATE_HZ, REST, USUAL, Film

#: Fewer frames with a person than this tell nothing.
LEAST_FRAMES: Final = 12
#: How far something goes is read between these quantiles: a foot that is guessed for a moment is outside.
LOW, HIGH = 0.07, 0.93
#: Share of the frames that are the body's rest, and its lowest and highest.
QUARTER: Final = 0.25
#: Nobody is stiller than this, torsos a second: jitter at rest is 0.2 % of it in each of 12 frames.
STILL: Final = 0.025
#: A camera stands about so many torsos away (2.5 m to 0.5 m): who grows by a hundredth came nearer by that
#: much of it. Only who steps towards the camera is told by it, and only whether at all.
AWAY: Final = 5.0
#: Below this the body doesn't get low, torsos: what it does when low is told less the smaller it is.
LEAST_LOW: Final = 0.15

#: Numbers that are no single place or angle.
EXTRA: Final = (
    "knees bend together",
    "ankles rise together",
    "thighs swing together",
    "hips sink with the bend",
    "moving foot forwards when low",
    "other foot forwards when low",
    "moving foot sideways when low",
    "trunk upright when low",
    "wrists above the shoulders",
    "hips forwards when low",
    "feet forwards when low",
    "front foot forwards when low",
    "back foot forwards when low",
    "feet nearer when low",
    "travel a second",
    "growth",
    "times a second",
    "rhythm",
    "belly to the camera",
    "body along the view",
)


def _names() -> tuple[str, ...]:
    common = [f"{name}, {what}" for name, kept in COMMON.items() for what in kept]
    legs = [
        f"{which} leg: {name}, {what}"
        for which in ("moving", "other")
        for name, kept in LEG.items()
        for what in kept
    ]
    return (*common, *legs, *EXTRA)


NAMES: Final = _names()
_KEPT: Final = (*COMMON.values(), *LEG.values(), *LEG.values())
_OF: Final = np.array([i for i, kept in enumerate(_KEPT) for _ in kept])
_WHAT: Final = np.array([(USUAL, CHANGE, REST).index(what) for kept in _KEPT for what in kept])


def look(reel: Film, start_s: float, end_s: float) -> Floats | None:
    """``(len(NAMES),)`` the numbers of a stretch; None where nobody was seen long enough."""
    first, last = np.searchsorted(reel.t, [start_s, end_s])
    if last - first < LEAST_FRAMES:
        return None
    now = slice(int(first), int(last))
    common, legs = reel.common[now], reel.legs[now]
    spread = _quantile(legs, HIGH) - _quantile(legs, LOW)
    # Which leg moves more: the ways of ankle, knee and foot, and the knee's bend.
    way = spread[:, [LEG_COLUMN[n] for n in ("ankle up", "knee up", "foot across")]].sum(1)
    order = np.argsort(-(way + spread[:, LEG_COLUMN["knee bent"]] / 100), kind="stable")
    legs = legs[:, order]
    columns = np.concatenate([common, legs[:, 0], legs[:, 1]], axis=1)
    low, usual, high = (_quantile(columns, q) for q in (LOW, 0.5, HIGH))
    rest = calm(reel.pace[now]) @ columns
    kept = np.stack([usual, high - low, rest - (high + low) / 2])[_WHAT, _OF]
    frequency, rhythm = _rhythm(reel.t[now], columns)
    camera = np.abs(np.median(reel.camera[now], axis=0))
    extra = (*_together(common, legs), *_steps(reel, now), frequency, rhythm, *camera)
    return np.array([*kept, *extra])


def calm(pace: Floats) -> Floats:
    """``(T,)`` weights that sum to 1: about the quarter of the frames in which something is slowest."""
    weights = np.exp(-np.square(pace / max(float(_quantile(pace, QUARTER)), STILL)))
    return np.asarray(weights / weights.sum())


def _together(common: Floats, legs: Floats) -> tuple[float, ...]:
    """What moves with what."""
    low = -common[:, COLUMN["hips up"]]
    moving, other = legs[:, 0], legs[:, 1]

    def when_low(x: Floats) -> float:
        """How much of `x` comes with one spread of being low."""
        off = low - low.mean()
        spread = float(off.std())
        return float((off * (x - x.mean())).mean()) / spread if spread > 1e-6 else 0.0

    pairs = ("knee bent", "ankle up", "thigh forwards")
    return (
        *(_correlation(moving[:, LEG_COLUMN[n]], other[:, LEG_COLUMN[n]]) for n in pairs),
        _correlation(low, moving[:, LEG_COLUMN["knee bent"]]),
        when_low(moving[:, LEG_COLUMN["foot before the other"]]),
        when_low(other[:, LEG_COLUMN["foot before the trunk"]]),
        when_low(moving[:, LEG_COLUMN["foot beside the other"]]),
        when_low(common[:, COLUMN["trunk upright"]]),
        float(np.median(common[:, COLUMN["wrists up"]] - common[:, COLUMN["shoulders up"]])),
    )


def _steps(reel: Film, now: slice) -> tuple[float, ...]:
    """Where hips and feet are when the body is low, from where they are when it is high, to its front."""
    t, common = reel.t[now] - reel.t[now].mean(), reel.common[now]
    low, size = -common[:, COLUMN["hips up"]], common[:, COLUMN["size"]]
    facing = np.median(reel.facing[now], axis=0)
    facing = facing / max(float(np.hypot(*facing)), 1e-6)
    hips = facing[0] * reel.place[now] - AWAY * facing[1] * size
    feet = hips[:, None] + reel.feet[now] @ facing
    many = max(2, int(QUARTER * len(t)))
    order = np.argsort(low, kind="stable")
    up, down = order[:many], order[-many:]
    sunk = max(float(np.median(low[down]) - np.median(low[up])), 1e-3)
    # Places are what one travels, plus what comes with being low: a walk is not taken for a step that way.
    told = np.stack([np.ones(len(t)), t, (low - low.mean()) / sunk], axis=1)
    (_, travel, forwards), (_, _, feet_forwards) = np.linalg.lstsq(
        told, np.stack([hips, feet.mean(1)], axis=1), rcond=None
    )[0].T
    feet = feet - travel * t[:, None]
    moved = feet[down] - np.median(feet[up], axis=0)
    front = np.argmax(feet[down], axis=1)
    each = np.arange(many)
    plain = min(1.0, sunk / LEAST_LOW)
    feet_up = reel.feet_up[now]
    end = max(1, len(t) // 4)
    return (
        float(forwards) * plain,
        float(feet_forwards) * plain,
        float(np.median(moved[each, front])) * plain,
        float(np.median(moved[each, 1 - front])) * plain,
        float(-facing[1] * (np.median(feet_up[up]) - np.median(feet_up[down]))),
        float(travel),
        float(np.median(size[-end:]) - np.median(size[:end])),
    )


def _quantile(x: Floats, q: float) -> Floats:
    """As numpy's, over the first axis, without its handling of everything else: ten times as fast."""
    ordered = np.sort(x, axis=0)
    at = q * (len(x) - 1)
    below = int(at)
    above = min(below + 1, len(x) - 1)
    return np.asarray(ordered[below] + (ordered[above] - ordered[below]) * (at - below))


def _correlation(a: Floats, b: Floats) -> float:
    """Of two curves; 0 where one of them stands still."""
    a, b = a - a.mean(), b - b.mean()
    size = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum()) / size if size > 1e-9 else 0.0


def _rhythm(t: Floats, columns: Floats) -> tuple[float, float]:
    """How often a second the body comes back to where it was, and how much alike it is then, 0..1."""
    step = 1 / RATE_HZ
    at = np.arange(t[0], t[-1], step)
    if len(at) < LEAST_FRAMES:
        return 0.0, 0.0
    after = np.clip(np.searchsorted(t, at), 1, len(t) - 1)
    share = ((at - t[after - 1]) / (t[after] - t[after - 1]))[:, None]
    x = columns[after - 1] * (1 - share) + columns[after] * share
    x = (x - x.mean(0)) / np.maximum(x.std(0), 1e-6)
    lags = np.arange(int(0.4 * RATE_HZ), max(int(0.4 * RATE_HZ) + 1, int(0.7 * len(at))))
    spectrum = np.fft.rfft(x, 2 * len(at), axis=0)
    power = np.fft.irfft((np.abs(spectrum) ** 2).sum(1), 2 * len(at))[lags]
    alike = power / ((len(at) - lags) * x.shape[1])
    # Past the first lag at which it is unlike itself: nearer than that it has only not moved much yet.
    unlike = int(np.argmax(alike <= 0)) if (alike <= 0).any() else int(np.argmin(alike))
    best = unlike + int(np.argmax(alike[unlike:]))
    return float(1 / (lags[best] * step)), float(np.clip(alike[best], 0, 1))
