"""Weights for a fault's size, fitted on recordings of people whose faults are commanded.

    python -m tests.bench.fit clamshell hip_roll_back samples/recordings/studio --azimuth 24 75

The pose model moves points that stand still: when the knee opens, one person's hip drifts by 2 % of the
torso and another's by 17 %. What a fault adds is the same for all, so the weights are those of a matched
filter: the direction in which a fault moves the points (from reps with and without it in the same clip, which
share the drift) against the scatter of clean reps (between clips and within).

    w = S⁻¹ m / (mᵀ S⁻¹ m)    S: covariance of clean reps, m: way of the points per unit of the fault

Each person's reps are predicted by weights that never saw that person. Weights are fitted on the "tune"
split alone; what they are worth is measured on "test" by `tests.bench.accuracy`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.app.fold import repaired
from formcheck.engine import judge
from formcheck.engine.engine import Engine
from formcheck.engine.events import Event, Judged
from formcheck.engine.phases import Phases
from formcheck.errors import FormcheckError, UsageError
from formcheck.exercises import find
from formcheck.features.body import Window
from formcheck.sources.recording import load
from formcheck.spec import Along, Measure
from formcheck.types import Rep, View
from tests.bench.accuracy import RECORDINGS, clips
from tests.bench.scoring.truth import Clip, Role

Floats = NDArray[np.float64]
POINTS = ("hip", "other_hip", "shoulder", "other_shoulder")
DIRECTIONS = ("back_level", "up")
#: Added to the variance of each point's way, (% of the torso)²: scatter that few people do not show.
SHRINK = 4.0
#: How far beyond a found rep the commanded turn may lie, s.
NEAR_S = 0.3


@dataclass(frozen=True)
class Sample:
    """One counted rep, with what the rules look at.

    Attributes:
        size: The fault as commanded, 0 for none, in the truth's unit.
        role: Whether that is a fault, clean or between.
        view: As the engine estimated it.
    """

    clip: Clip
    rep: Rep
    size: float
    role: Role
    severe: bool
    view: View
    window: Window
    phases: Phases

    def value(self, measure: Measure) -> float:
        """A measure of this rep; NaN where it was not seen."""
        return judge.measure(measure, self.window, self.phases, 0.2)[0]


class _Watched(Engine):
    """An engine that keeps what each judged rep was read from."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.kept: list[tuple[Rep, View, Window, Phases]] = []
        self._last: tuple[Window, Phases]

    def _analyse(self, *arguments: Any) -> tuple[Window, Phases]:
        self._last = super()._analyse(*arguments)
        return self._last

    def _judge(self, t: float) -> list[Event]:
        events = super()._judge(t)
        self.kept += [(e.rep, e.view, *self._last) for e in events if isinstance(e, Judged)]
        return events


def samples(clip: Clip, fault: str) -> Iterator[Sample]:
    """The clip's reps that were rightly counted."""
    assert clip.exercise is not None
    engine = _Watched(find(clip.exercise))
    recording = repaired(load(clip.recording))
    for t, image, world in zip(recording.t, recording.image, recording.world, strict=True):
        engine.update(float(t), image, world)
    engine.finish()
    for rep, view, window, phases in engine.kept:
        for truth in clip.movements:
            near = rep.start_s - NEAR_S <= truth.turn_s <= rep.end_s + NEAR_S
            if near and truth.counted and rep.counted:
                size = truth.faults[fault]
                yield Sample(clip, rep, size.size, size.role, size.grade == "severe", view, window, phases)
                break


@dataclass(frozen=True)
class Fit:
    """Weights of a matched filter.

    Attributes:
        weights: ``(F,)`` truth units per unit of each measure.
        offset: What makes clean reps read 0 on average.
        drift, wobble: Spread of clean reps between clips and within one, truth units.
    """

    weights: Floats
    offset: float
    drift: float
    wobble: float

    def read(self, x: Floats) -> Floats:
        """Sizes ``(N,)`` of reps ``(N, F)``."""
        return np.asarray(x @ self.weights + self.offset)


def fit(x: Floats, size: Floats, clip: NDArray[Any], shrink: float = SHRINK) -> Fit:
    """Fits the weights.

    Args:
        x: ``(N, F)`` measures of N reps.
        size: ``(N,)`` commanded sizes.
        clip: ``(N,)`` which clip each is from.

    Raises:
        UsageError: No clip has reps both with and without the fault.
    """
    way, drifts, wobbles = [], [], []
    for one in np.unique(clip):
        own = clip == one
        if size[own].max() > 0 and np.ptp(size[own]) > 0:
            way.append((size[own] - size[own].mean(), x[own] - x[own].mean(0)))
        clean = x[own & (size == 0)]
        if len(clean):
            drifts.append(clean.mean(0))
            wobbles.append(clean - clean.mean(0))
    if not way:
        raise UsageError("no clip has reps with and without this fault", hint="take more clips")
    by, moved = np.concatenate([w[0] for w in way]), np.vstack([w[1] for w in way])
    m = by @ moved / (by @ by)
    between = np.atleast_2d(np.cov(np.array(drifts).T))
    within = np.atleast_2d(np.cov(np.vstack(wobbles).T))
    w = np.linalg.solve(between + within + shrink * np.eye(len(m)), m)
    w /= w @ m
    return Fit(
        w,
        -float(np.mean(drifts, axis=0) @ w),
        float(np.sqrt(w @ between @ w)),
        float(np.sqrt(w @ within @ w)),
    )


def unseen(x: Floats, size: Floats, clip: NDArray[Any], person: NDArray[Any], shrink: float) -> Floats:
    """Sizes ``(N,)`` of each person's reps, read by weights that never saw that person."""
    out = np.full(len(size), np.nan)
    for one in np.unique(person):
        own = person == one
        out[own] = fit(x[~own], size[~own], clip[~own], shrink).read(x[own])
    return out


def _report(taken: Sequence[Sample], read: Floats) -> Iterator[str]:
    positive = np.array([s.role is Role.POSITIVE for s in taken])
    negative = np.array([s.role is Role.NEGATIVE for s in taken])
    severe = np.array([s.severe for s in taken])
    yield f"{len(taken)} reps of {len({s.clip.name for s in taken})} clips, {positive.sum()} with the fault"
    best, f1 = 0.0, -1.0
    for limit in np.unique(np.round(read, 1)):
        hit, false = (positive & (read >= limit)).sum(), (negative & (read >= limit)).sum()
        score = 2 * hit / max(1, hit + false + positive.sum())
        if score > f1:
            best, f1 = float(limit), float(score)
    false, found = (negative & (read >= best)).sum(), (severe & (read >= best)).sum()
    yield (
        f"unseen people: F1 {f1:.3f} at {best:.1f}; false {false} of {negative.sum()}; "
        f"severe found {found} of {severe.sum()}"
    )
    for name, chosen in (("clean", negative), ("mild", positive & ~severe), ("severe", severe)):
        if chosen.any():
            low, middle, high = np.percentile(read[chosen], [5, 50, 95])
            yield f"{name:7} reads {low:6.1f} {middle:6.1f} {high:6.1f}   (5, 50, 95 %)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command line; errors are one line on stderr. Returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        taken = [
            sample
            for exercise in options.exercise.split(",")
            for clip in clips(options.folder or [RECORDINGS], split="tune", exercise=exercise)
            for sample in samples(clip, options.fault)
            if options.azimuth[0] <= sample.view.azimuth_deg <= options.azimuth[1]
            and options.elevation[0] <= sample.view.elevation_deg <= options.elevation[1]
        ]
        terms = [Along(point, way) for point in options.points for way in options.directions]
        x = np.array([[s.value(term.shift(options.during)) for term in terms] for s in taken])
        if not taken:
            raise UsageError("no rep from these views", hint="widen --azimuth and --elevation")
        seen = np.isfinite(x).all(1)
        taken, x = [s for s, ok in zip(taken, seen, strict=True) if ok], x[seen]
        size = np.array([s.size for s in taken])
        clip = np.array([s.clip.name for s in taken])
        person = np.array([s.clip.person for s in taken])
        found = fit(x, size, clip, options.shrink)
        print("\n".join(_report(taken, unseen(x, size, clip, person, options.shrink))))
    except FormcheckError as error:
        print(f"fit: error: {error}", file=sys.stderr)
        return error.exit_code
    print(f"all people: clean reps scatter by {found.drift:.1f} between clips, {found.wobble:.1f} within")
    print(f"offset {found.offset:.1f}, weights:")
    for term, weight in zip(terms, found.weights, strict=True):
        print(f"    ({weight:.2f}, Along({term.joint!r}, {term.direction!r})),")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fit", description=__doc__)
    parser.add_argument("exercise", help="one, or several with commas")
    parser.add_argument("fault")
    parser.add_argument("folder", nargs="*", type=Path, help="recordings (samples/recordings)")
    parser.add_argument("--points", nargs="+", default=POINTS, help="joints of formcheck.spec")
    parser.add_argument("--directions", nargs="+", default=DIRECTIONS)
    parser.add_argument("--during", default="top")
    parser.add_argument("--azimuth", nargs=2, type=float, default=(-180, 180), help="as estimated, degrees")
    parser.add_argument("--elevation", nargs=2, type=float, default=(-90, 90), help="as estimated, degrees")
    parser.add_argument("--shrink", type=float, default=SHRINK)
    return parser


if __name__ == "__main__":
    sys.exit(main())
