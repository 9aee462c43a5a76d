"""Signals of `formcheck.spec` as arrays: one function a word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from formcheck.features.body import Window, median
from formcheck.geometry import Floats, between, dot, unit
from formcheck.landmarks import other
from formcheck.spec import (
    Along,
    Between,
    Combine,
    Deviation,
    Distance,
    Fitted,
    Flexion,
    Lean,
    LeanInLine,
    OfBoth,
    OverLine,
    Ratio,
    Scaled,
    Signal,
    Slope,
    Travel,
    Turn,
    While,
)


def evaluate(signal: Signal, window: Window) -> Floats:
    """The signal over the window, ``(T,)`` in the signal's unit, NaN where a joint is missing."""
    key = (signal, window.side)
    if key not in window.cache:
        window.cache[key] = _WORDS[type(signal)](signal, window)
    return window.cache[key]


def _combine(s: Combine, w: Window) -> Floats:
    return evaluate(s.a, w) + s.factor * evaluate(s.b, w)


def _scaled(s: Scaled, w: Window) -> Floats:
    return s.factor * evaluate(s.a, w) + s.offset


def _flexion(s: Flexion, w: Window) -> Floats:
    a, b, c = (w.points(n, s.space) for n in (s.a, s.b, s.c))
    return between(b - a, c - b)


def _between(s: Between, w: Window) -> Floats:
    a, b, c, d = (w.points(n, s.space) for n in (s.a, s.b, s.c, s.d))
    return between(b - a, d - c)


def _turn(s: Turn, w: Window) -> Floats:
    a, b, c, d, hips, shoulders = (w.points(n, "world") for n in (s.a, s.b, s.c, s.d, "hips", "shoulders"))
    along = unit(shoulders - hips)
    first, second = (v - dot(v, along)[:, None] * along for v in (b - a, d - c))
    return between(first, second)


def _slope(s: Slope, w: Window) -> Floats:
    v = w.points(s.b) - w.points(s.a)
    return np.asarray(np.degrees(np.arctan2(-v[:, 1], np.abs(v[:, 0]))))


def _lean(s: Lean, w: Window) -> Floats:
    v = w.points(s.b) - w.points(s.a)
    # To the right of the picture or to the left: level ahead is the front axis of an upright trunk, and more
    # and more the head axis of one that is bent over.
    (head, _, front), (up, _, bent) = w.rest_axes[:, 0], w.gravity
    facing = 1.0 if up * front - bent * head >= 0 else -1.0
    return np.asarray(np.degrees(np.arctan2(facing * v[:, 0], -v[:, 1])))


def _distance(s: Distance, w: Window) -> Floats:
    d = np.linalg.norm(w.points(s.a, s.space) - w.points(s.b, s.space), axis=-1)
    if s.space == "image":
        return np.asarray(100.0 * d / w.torso)
    trunk = np.linalg.norm(w.points("shoulders", "world") - w.points("hips", "world"), axis=-1)
    return np.asarray(100.0 * d / median(trunk))


def _ratio(s: Ratio, w: Window) -> Floats:
    a, b = evaluate(s.a, w), evaluate(s.b, w)
    return np.asarray(np.divide(100.0 * a, b, out=np.full_like(a, np.nan), where=np.abs(b) > 1e-6))


def _along(s: Along, w: Window) -> Floats:
    direction = w.direction(s.direction)
    length = np.hypot(*direction)
    p = w.points(s.joint) - (w.points(s.than) if s.than else 0.0)
    return np.asarray(100.0 * dot(p, direction[None, :] / length) / w.torso)


def _travel(s: Travel, w: Window) -> Floats:
    p = w.points(s.joint)
    return np.asarray(100.0 * np.linalg.norm(p - w.typical_at_rest(p), axis=-1) / w.torso)


def _over_line(s: OverLine, w: Window) -> Floats:
    a, b, p = w.points(s.a), w.points(s.b), w.points(s.joint)
    along = b - a
    share = dot(p - a, along) / dot(along, along)
    foot = a + share[:, None] * along
    above = np.sign(foot[:, 1] - p[:, 1])  # y is down
    return np.asarray(100.0 * above * np.linalg.norm(p - foot, axis=-1) / w.torso)


def _deviation(s: Deviation, w: Window) -> Floats:
    return np.asarray(np.abs(evaluate(s.a, w) - s.wanted))


def _while(s: While, w: Window) -> Floats:
    return np.where(evaluate(s.other, w) < s.below, evaluate(s.a, w), np.nan)


def _fitted(s: Fitted, w: Window) -> Floats:
    total = np.full(len(w.t), s.offset)
    for weight, signal in s.terms:
        total += weight * evaluate(signal, w)
    return total


def _lean_in_line(s: LeanInLine, w: Window) -> Floats:
    """The end of the straightened pair lies where two circles meet, round ``a`` and ``d``, the upper time."""
    a, b, c, d = (w.points(n) for n in (s.a, s.b, s.c, s.d))
    straight, last, apart = (np.sqrt(dot(v, v)) for v in (b - a, d - c, d - a))
    straight = straight + np.sqrt(dot(c - b, c - b))
    apart = np.where(apart > 0, apart, np.nan)
    along = (straight**2 - last**2 + apart**2) / (2 * apart)
    height = straight**2 - along**2
    way = unit(d - a)
    across = np.stack([way[:, 1], -way[:, 0]], axis=1)
    across = np.where(across[:, 1:] > 0, -across, across)  # up in the picture
    raised = a + along[:, None] * way + np.sqrt(np.where(height >= 0, height, np.nan))[:, None] * across
    v = raised - d
    return np.asarray(np.degrees(np.arctan2(v[:, 0] * np.sign((a - d)[:, 0]), -v[:, 1])))


def _of_both(s: OfBoth, w: Window) -> Floats:
    a, b = evaluate(s.a, w), evaluate(s.a, w.on_side(other(w.side)))
    if s.how == "mean":
        return (a + b) / 2
    return np.minimum(a, b) if s.how == "min" else np.maximum(a, b)


_WORDS: dict[type[Signal], Callable[[Any, Window], Floats]] = {
    Combine: _combine,
    Scaled: _scaled,
    Flexion: _flexion,
    Between: _between,
    Slope: _slope,
    Lean: _lean,
    LeanInLine: _lean_in_line,
    Distance: _distance,
    Ratio: _ratio,
    Along: _along,
    Travel: _travel,
    Turn: _turn,
    OverLine: _over_line,
    Deviation: _deviation,
    Fitted: _fitted,
    OfBoth: _of_both,
    While: _while,
}
