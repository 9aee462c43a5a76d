"""How long the way out and the way back took, read from all points at once.

The counted signal tells that somebody moved; when, it tells roughly: it is one distance or angle, and wavers
where legs cover each other. Here all pairs of joints say together how far on the way each moment is, each
pair by how far it goes against how much it trembles. A pair's midpoint is the same whichever leg is called
left.

Each way is then fitted as a whole with the smoothest movement between two rests, minimum jerk (Flash and
Hogan 1985, J Neurosci 5:1688), which may have its speed early or late: crossings of 10 and 90 % hang on
single frames, a fifteenth of a second apart, and on where the rest is taken to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.engine.phases import HIGH, LOW, Phases
from formcheck.features.body import Window
from formcheck.geometry import Bools, Floats, dot, nanmedian

PAIRS: Final = ("shoulders", "hips", "knees", "ankles", "heels", "feet")
#: Pairs that go less than this share of the farthest one's way tell nothing about it.
LEAST_WAY: Final = 0.2
#: At least this share of the weight must be seen in a frame.
SEEN: Final = 0.5
#: How much of the rest before and after belongs to the fit, s: enough to know its level, not the fidgeting.
REST_S: Final = 0.5
LEAST_FRAMES: Final = 5
#: Residuals beyond this share of the height count less than by their square: outliers.
OUTLIER: Final = 0.04
#: Early or late speed is believed this much: the standard deviation of the bend's logarithm. People's lifts
#: and lowerings lie within 0.2, a free fall that is caught at the end is 0.3.
BEND: Final = 0.2
#: Starting points of the fit: seconds from 10 to 90 % of a quick way and of a calm one.
STARTS_S: Final = (0.25, 0.6)
#: How far a slope of the fit is measured: the root of what a number can tell apart.
SLOPE: Final = float(np.finfo(float).eps ** 0.5)
#: Least and largest values in the fit, in the order of `_curve`: what is not a movement may lead anywhere.
BELIEVABLE: Final = ((-np.inf, -4.0, -3.0, -10.0, -10.0), (np.inf, 4.0, 3.0, 10.0, 10.0))
#: A curve that differs more from a smooth one (root mean square), or ends elsewhere than at rest and turn
#: (both as shares of the height), is not that of a body. Tune split: 95 % of the clean lifts that were seen
#: well lie below 0.03 and 0.2; legs taken for each other are at 0.05 and more.
ROUGH: Final = 0.05
OFF: Final = 0.35
#: Nobody moves a leg through its range in less: falling freely from 25° takes 0.23 s, the quickest swings
#: that were filmed 0.2. Such a step is the pose model's, which took one leg for the other.
JUMP_S: Final = 0.15


@dataclass(frozen=True, slots=True)
class Stroke:
    """One way between rest and turn.

    Attributes:
        middle_s: When half of it was done.
        time_s: Seconds from its 10 to its 90 %, as the landmarks read it.
        late_s: Seconds from its 50 to its 90 %.
        rough: Root mean square of what is left of the curve, as a share of its height.
        height: Of the fitted way; 1 where it leads from the rest to the turn.
    """

    middle_s: float
    time_s: float
    late_s: float
    rough: float
    height: float

    @property
    def clear(self) -> bool:
        """Whether it looks like the movement of a body."""
        return self.rough < ROUGH and abs(self.height - 1) < OFF and self.time_s >= JUMP_S


def strokes(window: Window, phases: Phases) -> tuple[Stroke | None, Stroke | None]:
    """The way out and the way back; None where too little of one was seen."""
    t, rest, share = window.t, phases.masks["rest"], _share(window, phases)
    first = max(_edge(t[rest & (t < phases.turn_s)], 0, phases.start_s), phases.start_s - REST_S)
    last = min(_edge(t[rest & (t > phases.turn_s)], -1, phases.end_s), phases.end_s + REST_S)
    out = (t >= first) & (t <= phases.turn_s)
    back = (t >= phases.turn_s) & (t <= last)
    return _fitted(t[out], share[out]), _fitted(t[back], 1 - share[back])


def _edge(times: Floats, which: int, otherwise: float) -> float:
    return float(times[which]) if len(times) else otherwise


def ways(window: Window, phases: Phases) -> Floats:
    """``(pairs,)`` how far each pair of joints is from its rest at the turn, torsos; NaN where unseen."""
    way = _way(_points(window), phases)[1]
    return np.asarray(np.sqrt(dot(way, way)) / window.torso)


def _points(window: Window) -> Floats:
    return np.stack([window.points(pair) for pair in PAIRS], axis=1)  # (T, pairs, 2)


def _way(points: Floats, phases: Phases) -> tuple[Floats, Floats]:
    """``(pairs, 2)`` where each rests, and its way to the turn, px."""
    rest = nanmedian(points[phases.masks["rest"]])
    return rest, nanmedian(points[phases.masks["top"]]) - rest


def _share(window: Window, phases: Phases) -> Floats:
    """``(T,)`` how much of the way from rest to turn is done, 0..1; NaN where too few points were seen."""
    points = _points(window)
    rest, way = _way(points, phases)
    length = np.sqrt(dot(way, way))
    shares = dot(points - rest, way[None]) / np.maximum(length, 1e-9) ** 2
    weight = np.nan_to_num(length / _tremor(points)) ** 2
    weight[~(length >= LEAST_WAY * np.nanmax(length, initial=0.0))] = 0.0
    seen: Bools = np.isfinite(shares)
    total = np.where(seen, weight, 0.0).sum(1)
    done = np.where(seen, shares * weight, 0.0).sum(1)
    enough = total > SEEN * weight.sum()
    out: Floats = np.full(len(total), np.nan)
    np.divide(done, total, out=out, where=enough & (total > 0))
    return out


def _tremor(points: Floats) -> Floats:
    """``(pairs,)`` how much each trembles, px: the median change of its speed from frame to frame."""
    bends = np.abs(np.diff(points, 2, axis=0)).sum(-1)
    return np.maximum(nanmedian(bends), 1e-3)


def _fitted(t: Floats, share: Floats) -> Stroke | None:
    """Fits one way that rises from 0 to 1; None where it does not, or was not seen."""
    from scipy.optimize import least_squares

    seen = np.isfinite(share)
    t, share = t[seen], share[seen]
    below = np.flatnonzero(share < 0.5)
    if len(t) < LEAST_FRAMES or not below.size or below[-1] + 1 == len(t):
        return None

    def misses(x: Floats) -> Floats:
        # One residual more holds the bend where few frames say nothing about it.
        return np.append(_curve(x, t) - share, OUTLIER / 2 * x[2] / BEND)

    def slopes(x: Floats, *_: object) -> Floats:
        # All of them at once: as forward differences one by one they were half of what a rep cost.
        step = SLOPE * np.maximum(1, np.abs(x))
        moved = np.vstack([x, x + np.diag(step)])
        curves = _curve(moved, t)  # (parameters + 1, T)
        bend = OUTLIER / 2 / BEND * (moved[:, 2:3])
        all_misses = np.hstack([curves, bend])
        return np.asarray(((all_misses[1:] - all_misses[0]) / step[:, None]).T)

    begin = float(t[below[-1]])
    found = min(
        (
            least_squares(
                misses,
                [begin, np.log(start), 0.0, 0.0, 1.0],
                jac=slopes,
                loss="soft_l1",
                f_scale=OUTLIER,
                x_scale=[0.1, 0.3, 0.3, 0.1, 0.1],
                max_nfev=40,
            )
            for start in STARTS_S
        ),
        key=lambda result: result.cost,
    )
    middle, log_time, log_bend, _, height = np.clip(found.x, *BELIEVABLE)
    early, half, late = _levels(np.exp(log_bend))
    time_s = float(np.exp(log_time))
    left = _curve(found.x, t) - share
    return Stroke(
        middle_s=float(middle),
        time_s=time_s,
        late_s=float(time_s * (late - half) / (late - early)),
        rough=float(np.sqrt(np.mean(left**2))),
        height=float(height),
    )


def _curve(x: Floats, t: Floats) -> Floats:
    """The model at ``t``.

    Args:
        x: ``(5,)`` or ``(n, 5)``: middle in s, logarithms of the seconds from 10 to 90 % and of the bend,
            level before, height.
        t: ``(T,)`` seconds.

    Returns:
        ``(T,)`` or ``(n, T)``.
    """
    middle, log_time, log_bend, low, height = np.moveaxis(np.clip(x, *BELIEVABLE), -1, 0)[..., None]
    bend = np.exp(log_bend)
    early, half, late = _levels(bend)
    u = np.clip(half + (t - middle) / np.exp(log_time) * (late - early), 0, 1)
    return np.asarray(low + height * _minimum_jerk(u**bend))


def _minimum_jerk(u: Floats) -> Floats:
    """From 0 to 1 while `u` goes from 0 to 1, at rest on both ends."""
    return u**3 * (10 - 15 * u + 6 * u * u)


def _level(share: float) -> float:
    """When, of its whole time, the minimum-jerk movement has done so much of its way."""
    u = np.linspace(0, 1, 10001)
    return float(np.interp(share, _minimum_jerk(u), u))


_LEVELS: Final = tuple(_level(share) for share in (LOW, 0.5, HIGH))


def _levels(bend: Floats) -> tuple[Floats, Floats, Floats]:
    """The same for 10, 50 and 90 % of a bent one."""
    early, half, late = (level ** (1 / bend) for level in _LEVELS)
    return early, half, late
