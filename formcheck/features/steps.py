"""Steps of somebody who walks or runs, found in a whole recording.

A step is told by the foot that is ahead of the hips, whichever it is: it goes farthest just before it lands
(Zeni 2008, Gait Posture 27:710, of each foot for itself). What the pose model does to legs that cover each
other is to exchange them, and that leaves the foremost one where it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from formcheck.features.body import LEAST_TORSO_PX, Window, axes, median
from formcheck.features.view import angles
from formcheck.geometry import Bools, Floats
from formcheck.landmarks import LEFT, RIGHT
from formcheck.smooth.lowpass import running_median, zero_phase
from formcheck.smooth.outliers import clean
from formcheck.types import Recording

#: Steps are looked for at this rate, Hz, whatever the source's: extremes fall between frames.
RATE_HZ: Final = 120.0
#: The feet's low-pass, Hz (docs/thresholds.md, Signal processing: 6 for gait).
SMOOTH_HZ: Final = 6.0
#: How far the ankles are past each other in a step, at least, % of the torso.
LEAST_STEP: Final = 18.0
#: How far the front foot comes forward from one step to the next, at least, as a share of the usual way.
LEAST_SHARE: Final = 0.3
#: A step takes so long, s (domain: 46 to 250 a minute).
STEP_S: Final = (0.24, 1.3)
#: Nobody walks with a trunk further from the vertical of the picture.
UPRIGHT_DEG: Final = 50.0
#: A peak so many samples from where the feet were not seen is a cut.
CUT: Final = 3
#: Steps belong to one bout while each takes at most this many times the usual time.
BOUT: Final = 1.7
#: Fewer steps in a row are somebody who turns or sets the feet.
LEAST_STEPS: Final = 4
#: The side that a person faces is read over so long, s.
FACING_S: Final = 0.7
#: A foot has landed when it goes back with the ground, or at this share of its speed: that of the foot from
#: the first to the second of these times after it was farthest ahead, s.
LANDED, STANDING_S = 0.85, (0.08, 0.25)


@dataclass(frozen=True, slots=True)
class Bout:
    """Steps without a pause.

    Attributes:
        t: ``(N,)`` when the front foot is farthest ahead, s.
        landed: ``(N,)`` when it lands.
        sides: Whose foot each is.
        azimuth: Of the camera, degrees.
        facing: 1 where the person faces the right of the picture, -1 the left.
        hips: How far the line of the hips tips to either side, once a stride, degrees.
        trunk: The same of the trunk.
        lean: ``(N - 1,)`` of the trunk, forwards, degrees.
        shin: ``(N,)`` of the landing leg, degrees: positive with the foot ahead of the knee.
    """

    t: Floats
    landed: Floats
    sides: tuple[str, ...]
    azimuth: float
    facing: float
    hips: float
    trunk: float
    lean: Floats
    shin: Floats

    @property
    def intervals(self) -> Floats:
        """``(N - 1,)`` s."""
        return np.diff(self.t)


@dataclass(frozen=True, slots=True)
class Walk:
    """A recording brought onto even times.

    Attributes:
        t: ``(T,)`` s.
        window: The landmarks at these times.
        front: ``(T,)`` how far the foremost ankle is ahead of the hips, % of the torso.
        lead: ``(T,)`` how far the left ankle is ahead of the right one.
        apart: ``(T,)`` the same whichever it is.
        leg: ``(T, 2, 2)`` knee and ankle of the foremost leg, px.
        facing: ``(T,)`` 1 where the person faces the right of the picture, -1 the left.
        rate: Frames a second of the source.
    """

    t: Floats
    window: Window
    front: Floats
    lead: Floats
    apart: Floats
    leg: Floats
    facing: Floats
    rate: float

    @classmethod
    def of(cls, recording: Recording) -> Walk | None:
        """None where nobody, or only a dot, was seen."""
        if len(recording) < 2:
            return None
        image, world = clean(
            recording.t, recording.image.astype(np.float64), recording.world.astype(np.float64)
        )
        source = np.asarray(recording.t, np.float64)
        rate = 1 / float(np.median(np.diff(source)))
        t = np.arange(source[0], source[-1], 1 / RATE_HZ)

        def smooth(x: Floats) -> Floats:
            return _resampled(t, source, zero_phase(source, x, SMOOTH_HZ))

        window = Window(t, smooth(image[..., :2]), smooth(image[..., 3]), smooth(world))
        if not window.torso >= LEAST_TORSO_PX:
            return None
        ahead = _ahead(world)
        # Whose foot is ahead is asked before anything is smoothed: legs are exchanged from frame to frame.
        first = ahead[:, :1] >= ahead[:, 1:]
        left, right = (image[:, [table["knee"], table["ankle"]], :2] for table in (LEFT, RIGHT))
        leg = smooth(np.where(first[..., None], left, right))
        facing = np.where(running_median(t, window.axes[:, 2, 0], FACING_S) >= 0, 1.0, -1.0)
        lead = ahead[:, 0] - ahead[:, 1]
        return cls(
            t, window, smooth(ahead.max(axis=1)), smooth(lead), smooth(np.abs(lead)), leg, facing, rate
        )

    def bouts(self) -> list[Bout]:
        """Runs of steps."""
        from scipy.signal import find_peaks

        seen = np.isfinite(self.front)
        if seen.sum() < RATE_HZ * STEP_S[0] * LEAST_STEPS:
            return []
        # A step that the recording cuts rises or falls on one side only; a cut alone is no peak.
        low = float(np.nanmin(self.front))
        curve = np.concatenate([[low], np.where(seen, self.front, low), [low]])
        usual = np.nanpercentile(self.front, 90) - np.nanpercentile(self.front, 10)
        least = max(LEAST_STEP / 2, LEAST_SHARE * usual)
        found = find_peaks(curve, prominence=least, distance=STEP_S[0] * RATE_HZ)[0] - 1
        upright = np.abs(self._tilt()) <= UPRIGHT_DEG
        steps = seen & upright & (self.apart >= LEAST_STEP)
        peaks = np.array([k for k in found if _inside(seen, k) and steps[k]], int)
        runs = np.split(peaks, np.flatnonzero(~self._together(peaks)) + 1)
        return [self._bout(run) for run in runs if len(run) >= LEAST_STEPS]

    def _together(self, peaks: np.ndarray) -> Bools:
        """``(N - 1,)`` whether a step and the next belong together."""
        gaps = np.diff(self.t[peaks])
        usual = median(gaps[(gaps >= STEP_S[0]) & (gaps <= STEP_S[1])])
        return np.asarray((gaps <= BOUT * usual) & (gaps <= STEP_S[1]))

    def _bout(self, peaks: np.ndarray) -> Bout:
        # Feet take turns: all steps together say whose the first one is.
        turns = (-1.0) ** np.arange(len(peaks))
        left_first = np.nansum(np.sign(self.lead[peaks]) * turns) >= 0
        sides = tuple("left" if (k % 2 == 0) == left_first else "right" for k in range(len(peaks)))
        speed = np.gradient(self.front, self.t)
        landed = np.array([_landing(speed, k) for k in peaks])
        stretch = slice(peaks[0], peaks[-1] + 1)
        camera = -np.nanmedian(self.window.axes[stretch], axis=0)[:, 2]
        hips, trunk = self._slope(), self._tilt()
        return Bout(
            t=self.t[peaks],
            landed=self.t[landed],
            sides=sides,
            azimuth=angles(camera, "standing", "left")[0],
            facing=float(np.sign(np.nanmean(self.facing[stretch]))),
            hips=_swing(hips, peaks),
            trunk=_swing(trunk, peaks),
            lean=np.array([median((self.facing * trunk)[a:b]) for a, b in pairwise(peaks)]),
            shin=np.array([self._shin(k) for k in landed]),
        )

    def _slope(self) -> Floats:
        """``(T,)`` how much higher the left hip lies, degrees."""
        v = self.window.xy[:, LEFT["hip"]] - self.window.xy[:, RIGHT["hip"]]
        return np.asarray(np.degrees(np.arctan2(-v[:, 1], np.abs(v[:, 0]))))

    def _tilt(self) -> Floats:
        """``(T,)`` of the trunk to the right of the picture, degrees."""
        v = self.window.points("shoulders") - self.window.points("hips")
        return np.asarray(np.degrees(np.arctan2(v[:, 0], -v[:, 1])))

    def _shin(self, landing: int) -> float:
        knee, ankle = self.leg[landing]
        return float(np.degrees(np.arctan2(self.facing[landing] * (ankle - knee)[0], (ankle - knee)[1])))


def _inside(seen: Bools, k: int) -> bool:
    return CUT <= k < len(seen) - CUT and bool(seen[k - CUT : k + CUT + 1].all())


def _ahead(world: Floats) -> Floats:
    """``(T, 2)`` how far left and right ankle are ahead of the hips, % of the torso; world ``(T, 33, 3)``."""
    front = axes(world)[:, 2] * [1, 0, 1]
    front = front / np.linalg.norm(front, axis=-1, keepdims=True)
    hips, shoulders = (world[:, [LEFT[j], RIGHT[j]]].mean(axis=1) for j in ("hip", "shoulder"))
    ankles = world[:, [LEFT["ankle"], RIGHT["ankle"]]] - hips[:, None]
    trunk = median(np.linalg.norm(shoulders - hips, axis=-1))
    return np.asarray(100 * np.einsum("tkj,tj->tk", ankles, front) / trunk)


def _landing(speed: Floats, peak: int) -> int:
    """When the front foot that was farthest ahead at `peak` comes down, of its `speed` ``(T,)`` ahead."""
    first, last = (int(seconds * RATE_HZ) for seconds in STANDING_S)
    part = speed[peak : peak + last + 1]
    if len(part) <= first or not np.isfinite(part).all():
        return peak
    return peak + int(np.argmax(part <= LANDED * min(0.0, median(part[first:]))))


def _swing(angle: Floats, peaks: np.ndarray) -> float:
    """How far an angle ``(T,)`` goes to either side once a stride: its wave of that length.

    When it does so is not asked: from behind, where the feet's way does not show, the pose model is late by
    up to half a step. A camera's tilt is a constant.
    """
    samples = np.arange(peaks[0], peaks[-1] + 1)
    turn = np.pi * np.interp(samples, peaks, np.arange(len(peaks)))
    values = angle[samples]
    seen = np.isfinite(values)
    if not seen.any():
        return float("nan")
    waves = np.column_stack([np.ones(len(turn)), np.cos(turn), np.sin(turn)])[seen]
    _, cosine, sine = np.linalg.lstsq(waves, values[seen], rcond=None)[0]
    return float(np.hypot(cosine, sine))


def _resampled(new: Floats, old: Floats, x: Floats) -> Floats:
    """Cubic between frames that were seen; NaN where none is within two frames."""
    from scipy.interpolate import CubicSpline

    out = np.full((len(new), *x.shape[1:]), np.nan)
    flat, wide = out.reshape(len(new), -1), x.reshape(len(old), -1)
    reach = 2.5 * float(np.median(np.diff(old)))
    patterns, which = np.unique(np.isfinite(wide), axis=1, return_inverse=True)
    for k in range(patterns.shape[1]):
        rows, members = np.flatnonzero(patterns[:, k]), np.flatnonzero(which.ravel() == k)
        if len(rows) < 4:
            continue
        curve = CubicSpline(old[rows], wide[np.ix_(rows, members)])
        right = np.clip(np.searchsorted(old[rows], new), 1, len(rows) - 1)
        gap = old[rows][right] - old[rows][right - 1]
        inside = (new >= old[rows][0]) & (new <= old[rows][-1]) & (gap <= reach)
        flat[np.ix_(inside, members)] = curve(new[inside])
    return out
