"""What a few seconds of movement look like, as numbers that do not hang on the camera, the size or the side.

Everything is read where the pose model is steady: angles between limbs in the world, heights in the picture
over the torso's length. The leg that moves more is called the first one, so left and right are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.features.body import axes, scale
from formcheck.geometry import Floats
from formcheck.landmarks import INDEX, LEFT, RIGHT

#: How much is looked at, s: two reps of two to three seconds. domain: within two reps.
SPAN_S: Final = 5.0
#: Looks are taken at most so many times a second: movements take a second, and arrays stay small.
RATE_HZ: Final = 12.0
#: Fewer frames with a person than this tell nothing.
LEAST_FRAMES: Final = 12

#: Numbers of the whole body, one each frame: name, unit.
COMMON: Final = (
    ("trunk upright", ""),
    ("on the side", ""),
    ("belly up", ""),
    ("shoulders over hips", "torso"),
    ("hips over ankles", "torso"),
    ("knees over hips", "torso"),
    ("wrists over hips", "torso"),
    ("wrists over knees", "torso"),
    ("wrists apart", "torso"),
    ("head over hips", "torso"),
    ("ankles apart", "torso"),
    ("knees apart", "torso"),
    ("feet apart", "torso"),
    ("thighs apart", "°"),
    ("elbows bent", "°"),
    ("arms from the trunk", "°"),
    ("shoulders turned against hips", "°"),
    ("hips up", "torso"),
    ("hips across", "torso"),
    ("shoulders up", "torso"),
    ("wrists up", "torso"),
    ("wrists across", "torso"),
)
#: Numbers of each leg.
LEG: Final = (
    ("knee bent", "°"),
    ("hip bent", "°"),
    ("ankle up", "torso"),
    ("ankle over hips", "torso"),
    ("knee up", "torso"),
    ("foot across", "torso"),
)
#: Places in the picture have no level, only a way.
_WAYS: Final = ("hips up", "hips across", "shoulders up", "wrists up", "wrists across")
_LEG_WAYS: Final = ("ankle up", "knee up", "foot across")


def _names() -> tuple[str, ...]:
    common = [f"{name}, {what}" for name, _ in COMMON for what in ("usual", "change")]
    legs = [f"{which} leg: {name}, {what}" for which in ("moving", "other") for name, _ in LEG
            for what in ("usual", "change")]  # fmt: skip
    every = [*common, *legs]
    ways = {f"{name}, usual" for name in _WAYS} | {
        f"{which} leg: {name}, usual" for which in ("moving", "other") for name in _LEG_WAYS
    }
    return (*(n for n in every if n not in ways), *EXTRA)


EXTRA: Final = (
    "knees bend together",
    "ankles rise together",
    "foot of the moving leg above the other",
    "wrists above the shoulders",
    "times a second",
    "rhythm",
)
NAMES: Final = _names()


@dataclass(frozen=True)
class Film:
    """The numbers of every look at a recording, computed once.

    Attributes:
        t: ``(T,)`` seconds.
        common: ``(T, len(COMMON))``.
        legs: ``(T, 2, len(LEG))`` left and right.
    """

    t: Floats
    common: Floats
    legs: Floats


def film(t: Floats, image: Floats, world: Floats) -> Film:
    """Reads a recording.

    Args:
        t: ``(T,)`` seconds.
        image: ``(T, 33, 2+)`` px.
        world: ``(T, 33, 3)`` metres.
    """
    keep = _thin(t)
    t, xy, w = t[keep], image[keep, :, :2].astype(np.float64), world[keep].astype(np.float64)
    up = -xy[..., 1]
    frame = axes(w)
    torso = _torso(xy, w)

    def both(name: str, x: Floats) -> Floats:
        return np.asarray((x[:, LEFT[name]] + x[:, RIGHT[name]]) / 2)

    def apart(name: str) -> Floats:
        return np.asarray(np.linalg.norm(xy[:, LEFT[name]] - xy[:, RIGHT[name]], axis=-1) / torso)

    def angle(u: Floats, v: Floats) -> Floats:
        cosine = (u * v).sum(-1) / (np.linalg.norm(u, axis=-1) * np.linalg.norm(v, axis=-1))
        return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1, 1))))

    def bend(side: dict[str, int], a: str, b: str, c: str) -> Floats:
        return angle(w[:, side[b]] - w[:, side[a]], w[:, side[c]] - w[:, side[b]])

    thigh = [w[:, s["knee"]] - w[:, s["hip"]] for s in (LEFT, RIGHT)]
    arm = [w[:, s["elbow"]] - w[:, s["shoulder"]] for s in (LEFT, RIGHT)]
    gravity = -frame[:, :, 1]
    hips, shoulders, wrists = both("hip", up), both("shoulder", up), both("wrist", up)
    across = xy[..., 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        common = np.stack(
            [
                gravity[:, 0],
                np.abs(gravity[:, 1]),
                gravity[:, 2],
                (shoulders - hips) / torso,
                (hips - both("ankle", up)) / torso,
                (both("knee", up) - hips) / torso,
                (wrists - hips) / torso,
                (wrists - both("knee", up)) / torso,
                apart("wrist"),
                (up[:, INDEX["nose"]] - hips) / torso,
                apart("ankle"),
                apart("knee"),
                apart("foot_index"),
                angle(*thigh),
                np.mean([bend(s, "shoulder", "elbow", "wrist") for s in (LEFT, RIGHT)], 0),
                np.mean([angle(a, -frame[:, 0]) for a in arm], 0),
                angle(*(w[:, LEFT[joint]] - w[:, RIGHT[joint]] for joint in ("shoulder", "hip"))),
                hips / torso,
                both("hip", across) / torso,
                shoulders / torso,
                wrists / torso,
                both("wrist", across) / torso,
            ],
            axis=1,
        )
        legs = np.stack(
            [
                np.stack(
                    [
                        bend(s, "hip", "knee", "ankle"),
                        bend(s, "shoulder", "hip", "knee"),
                        up[:, s["ankle"]] / torso,
                        (up[:, s["ankle"]] - hips) / torso,
                        up[:, s["knee"]] / torso,
                        across[:, s["foot_index"]] / torso,
                    ],
                    axis=1,
                )
                for s in (LEFT, RIGHT)
            ],
            axis=1,
        )
    return Film(t, common, legs)


def look(reel: Film, start_s: float, end_s: float) -> Floats | None:
    """``(len(NAMES),)`` the numbers of a stretch; None where nobody was seen long enough."""
    inside = (reel.t >= start_s) & (reel.t < end_s) & np.isfinite(reel.common).any(1)
    if inside.sum() < LEAST_FRAMES:
        return None
    t, common, legs = reel.t[inside], reel.common[inside], reel.legs[inside]
    # Which leg moves more: the ways of ankle, knee and foot, and the knee's bend.
    way = _spread(legs[..., [2, 4, 5]]).sum(1) + _spread(legs[..., 0]) / 100
    legs = legs[:, np.argsort(-np.nan_to_num(way))]
    columns = np.concatenate([common, legs[:, 0], legs[:, 1]], axis=1)
    usual, change = _median(columns), _spread(columns)
    levels = [name not in _WAYS for name, _ in COMMON] + 2 * [name not in _LEG_WAYS for name, _ in LEG]
    pairs = [
        value
        for level, *values in zip(levels, usual, change, strict=True)
        for value in (values if level else values[1:])
    ]
    frequency, rhythm = _rhythm(t, columns)
    extra = [
        _together(legs[:, 0, 0], legs[:, 1, 0]),
        _together(legs[:, 0, 2], legs[:, 1, 2]),
        float(_median((legs[:, 0, 2] - legs[:, 1, 2])[:, None])[0]),
        float(_median((common[:, 20] - common[:, 19])[:, None])[0]),
        frequency,
        rhythm,
    ]
    return np.array([*pairs, *extra])


def _thin(t: Floats) -> list[int]:
    """Frames that are at least a look apart."""
    keep, last = [], -np.inf
    for i, now in enumerate(t):
        if now - last >= 0.9 / RATE_HZ:
            keep.append(i)
            last = now
    return keep


def _torso(xy: Floats, world: Floats) -> Floats:
    """``(T,)`` length of the trunk in px if it lay in the picture, as the median of the 5 s around."""
    ls, rs, lh, rh = (side[j] for j in ("shoulder", "hip") for side in (LEFT, RIGHT))
    metres = np.linalg.norm(world[:, ls] + world[:, rs] - world[:, lh] - world[:, rh], axis=-1) / 2
    px = metres * scale(xy, world)
    half = int(SPAN_S * RATE_HZ / 2)
    out = np.full(len(px), np.nan)
    for i in range(len(px)):
        near = px[max(0, i - half) : i + half + 1]
        near = near[np.isfinite(near)]
        if near.size:
            out[i] = max(float(np.median(near)), 1.0)
    return out


def _median(x: Floats) -> Floats:
    out = np.full(x.shape[1:], np.nan)
    seen = np.isfinite(x).any(0)
    out[seen] = np.nanmedian(x[:, seen], axis=0)
    return out


def _spread(x: Floats) -> Floats:
    """From the 5th to the 95th percentile over the first axis."""
    out = np.full(x.shape[1:], np.nan)
    seen = np.isfinite(x).any(0)
    low, high = np.nanpercentile(x[:, seen], [5, 95], axis=0)
    out[seen] = high - low
    return out


def _together(a: Floats, b: Floats) -> float:
    """Correlation of two curves; 0 where one of them stands still or was not seen."""
    good = np.isfinite(a) & np.isfinite(b)
    if good.sum() < LEAST_FRAMES:
        return 0.0
    a, b = a[good] - a[good].mean(), b[good] - b[good].mean()
    size = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum() / size) if size > 1e-9 else 0.0


def _rhythm(t: Floats, columns: Floats) -> tuple[float, float]:
    """How often a second the body comes back to where it was, and how much alike it is then, 0..1."""
    step = 1 / RATE_HZ
    at = np.arange(t[0], t[-1], step)
    x = columns[:, np.isfinite(columns).all(0)]
    if len(at) < LEAST_FRAMES or not x.shape[1]:
        return 0.0, 0.0
    x = np.stack([np.interp(at, t, c) for c in x.T], axis=1)
    x = x - x.mean(0)
    size = x.std(0)
    x = x[:, size > 1e-6] / np.maximum(size[size > 1e-6], 1e-6)
    if not x.size:
        return 0.0, 0.0
    lags = np.arange(int(0.4 * RATE_HZ), max(int(0.4 * RATE_HZ) + 1, int(0.7 * len(at))))
    alike = np.array([(x[:-lag] * x[lag:]).mean() for lag in lags])
    best = int(np.argmax(alike))
    return float(1 / (lags[best] * step)), float(np.clip(alike[best], 0, 1))
