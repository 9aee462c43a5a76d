"""What to draw at each moment of a file. Its future is known, so a limb lights up when its fault happens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from formcheck.app.fold import Folded
from formcheck.engine import control
from formcheck.engine import meter as meters
from formcheck.engine.limbs import Bone, bones
from formcheck.features.body import Window
from formcheck.features.signals import evaluate
from formcheck.geometry import Floats
from formcheck.smooth.lowpass import zero_phase
from formcheck.smooth.outliers import clean
from formcheck.spec import Exercise
from formcheck.types import Meter, Rep, Scene, Severity, Side, Verdict

#: Cut-off of the drawn skeleton, Hz: steady, and quick enough for a swing.
DRAW_HZ = 6.0
#: A cue stays for this long after its rep, a praise shorter, s.
CUE_S, PRAISE_S = 1.6, 1.2
#: Longest stretch smoothed at once, s: bounds the memory for long files.
BLOCK_S = 60.0


class Scenes:
    """Scenes of one analysed file.

    Args:
        folded: Landmarks and reps.
        exercise: What was judged.
    """

    def __init__(self, folded: Folded, exercise: Exercise) -> None:
        self.exercise = exercise
        self.recording = folded.recording
        self.reps = folded.reps
        self.counted = [rep for rep in folded.reps if rep.counted]
        self._counted_s = sorted(folded.counted_s)
        self._points = _smooth(folded)
        self._meter = _curve(self._points, folded, exercise)
        self._target = meters.target(exercise.reps, [r.range for r in self.counted])
        self._notes = self._unseen()
        self._faults = control.faults_of(exercise)

    def at(self, t: float) -> Scene:
        """The scene at a time of the file, s."""
        i = min(max(bisect_right(self.recording.t, t + 1e-6) - 1, 0), len(self.recording) - 1)
        rep = self._rep(t)
        number = self._set(t)
        in_set = [r for r in self.counted if r.set == number]
        done = bisect_right(
            [c for c, r in zip(self._counted_s, self.counted, strict=True) if r.set == number], t
        )
        cue, severity = self._cue(t)
        return Scene(
            points=self._points[i],
            visibility=np.nan_to_num(self.recording.image[i, :, 3]),
            title=self.exercise.name,
            subtitle=self._subtitle(number, rep),
            count=done,
            reps=() if self.exercise.informative else tuple(r.worst() for r in in_set[:done]),
            meter=self._meter_at(i, rep),
            limbs=self._limbs(t, rep),
            cue=cue,
            cue_severity=severity,
            notes=self._notes,
        )

    # -- pieces

    def _rep(self, t: float) -> Rep | None:
        return next((r for r in self.reps if r.start_s <= t <= r.end_s), None)

    def _set(self, t: float) -> int:
        """The set in progress, or the last one before."""
        return max((r.set for r in self.counted if r.start_s <= t), default=1)

    def _subtitle(self, number: int, rep: Rep | None) -> str:
        sets = max((r.set for r in self.counted), default=1)
        side = rep.side if rep else next((r.side for r in self.counted if r.set == number), Side.BOTH)
        parts = [] if side is Side.BOTH else [f"{side.value} side"]
        if sets > 1:
            parts.append(f"set {number} of {sets}")
        return " · ".join(parts)

    def _meter_at(self, i: int, rep: Rep | None) -> Meter | None:
        value = self._meter[i]
        if not np.isfinite(value):
            return None
        best = value
        if rep is not None:
            t = self.recording.t
            inside = (t >= rep.start_s) & (t <= t[i])
            best = float(np.nanmax(self._meter[inside], initial=value))
        return meters.meter(value, best, self._target)

    def _limbs(self, t: float, rep: Rep | None) -> tuple[tuple[Bone, Severity], ...]:
        if rep is None:
            return ()
        limbs: dict[Bone, Severity] = {}
        for verdict in rep.verdicts:
            if verdict.from_s - 0.05 <= t <= verdict.until_s + 0.05:
                for bone in bones(self._faults[verdict.fault], rep.side):
                    if limbs.get(bone) is not Severity.SEVERE:
                        limbs[bone] = verdict.verdict
        return tuple(limbs.items())

    def _cue(self, t: float) -> tuple[str, Severity]:
        """The cue of the rep that is going on or just over: from the moment its fault shows."""
        for k in range(len(self.reps) - 1, -1, -1):
            rep = self.reps[k]
            following = self.reps[k + 1] if k + 1 < len(self.reps) else None
            if not (rep.start_s <= t <= rep.end_s + CUE_S):
                continue
            worst = self._gravest(rep)
            if worst is not None:
                begin = worst.from_s if np.isfinite(worst.from_s) else rep.turn_s
                if t >= begin:
                    return self._faults[worst.fault].cue, worst.verdict
                continue
            seen = any(v.verdict is Severity.OK for v in rep.verdicts if v.fault in self._own())
            over = rep.end_s < t <= rep.end_s + PRAISE_S and not (following and t >= following.start_s)
            if over and rep.counted and seen:
                return "Good rep", Severity.OK
        return "", Severity.OK

    def _own(self) -> set[str]:
        return {f.id for f in self.exercise.faults}

    def _gravest(self, rep: Rep) -> Verdict | None:
        """The one thing to say about a rep: severe before mild, then by weight."""
        bad = [v for v in rep.verdicts if v.verdict in (Severity.MILD, Severity.SEVERE)]
        if not rep.counted or not bad:
            return None
        return max(bad, key=lambda v: (v.verdict is Severity.SEVERE, self._faults[v.fault].weight))

    def _unseen(self) -> tuple[str, ...]:
        """Faults that no rep could show because of the camera, in words."""
        lines = []
        for fault in self.exercise.faults:
            verdicts = [v for r in self.counted for v in r.verdicts if v.fault == fault.id]
            if verdicts and all(v.verdict is Severity.UNKNOWN for v in verdicts):
                lines.append(f"{fault.label.capitalize()}: not visible from here")
        return tuple(lines)


def _blocks(t: Floats) -> list[slice]:
    """Stretches of at most `BLOCK_S`."""
    cuts = np.searchsorted(t, np.arange(t[0], t[-1] + BLOCK_S, BLOCK_S))
    edges = sorted({0, *cuts.tolist(), len(t)})
    return [slice(a, b) for a, b in pairwise(edges)]


def _smooth(folded: Folded) -> Floats:
    """``(T, 33, 2)`` px for drawing: outliers out, short gaps closed, zero-phase."""
    recording = folded.recording
    points = np.empty((len(recording), 33, 2), np.float32)
    for part in _blocks(recording.t):
        image, _ = clean(
            recording.t[part],
            recording.image[part].astype(np.float64),
            recording.world[part].astype(np.float64),
        )
        points[part] = zero_phase(recording.t[part], image[..., :2], DRAW_HZ)
    return points


def _curve(points: Floats, folded: Folded, exercise: Exercise) -> Floats:
    """``(T,)`` the counted signal above its rest, in degrees; NaN where nobody's range is judged."""
    recording = folded.recording
    curve = np.full(len(recording), np.nan)
    if exercise.informative:
        return curve
    side = next((r.side.value for r in folded.reps if r.side is not Side.BOTH), "left")
    for part in _blocks(recording.t):
        window = Window(
            recording.t[part],
            points[part].astype(np.float64),
            recording.image[part, :, 3],
            recording.world[part].astype(np.float64),
            side,
        )
        curve[part] = evaluate(exercise.reps.signal, window)
    rest = _rest(recording.t, curve, folded.reps)
    return np.array([exercise.reps.degrees(rise) for rise in np.maximum(curve - rest, 0.0)])


def _rest(t: Floats, curve: Floats, reps: Sequence[Rep]) -> Floats:
    """The rest level over time: the reps' own starts and ends, with straight lines between."""
    times, levels = [], []
    for moment in sorted({m for rep in reps for m in (rep.start_s, rep.end_s)}):
        near = curve[np.abs(t - moment) <= 0.15]
        near = near[np.isfinite(near)]
        if near.size:
            times.append(moment)
            levels.append(float(near.min()))
    if not times:
        known = curve[np.isfinite(curve)]
        return np.full(len(t), np.percentile(known, 5) if known.size else 0.0)
    return np.interp(t, times, levels)
