"""Steps of somebody who walks or runs, found in a whole recording.

From the side a step is told by the foot that is ahead of the hips, whichever it is: it goes farthest just
before it lands (Zeni 2008, Gait Posture 27:710, of each foot for itself). What the pose model does to legs
that cover each other is to exchange them, and that leaves the foremost one where it is. From behind and in
front, where the model guesses how far the feet are ahead and may take the back for the front, it is told by
the foot that is higher in the picture: it swings, or is farther away. So steps are known there, and landings
are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from formcheck.features.body import LEAST_TORSO_PX, Window, axes, median
from formcheck.features.view import angles
from formcheck.geometry import Bools, Floats, nanmedian
from formcheck.landmarks import LEFT, RIGHT
from formcheck.smooth.lowpass import running_median, zero_phase
from formcheck.smooth.outliers import clean
from formcheck.types import Recording

#: Steps are looked for at this rate, Hz, whatever the source's: extremes fall between frames.
RATE_HZ: Final = 120.0
#: The feet's low-pass, Hz (docs/thresholds.md, Signal processing: 6 for gait).
SMOOTH_HZ: Final = 6.0
#: The camera stands at the side where this share of its direction is that of the body's left or right.
SIDEWAYS: Final = 0.8
#: How far the ankles are past each other in a step, and one foot is higher than the other, at least, % torso.
LEAST_PAST, LEAST_HIGHER = 18.0, 6.0
#: How far they come towards each other in between, at least, as a share of the usual way.
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
#: the first to the second of these times after it was farthest ahead, in steps.
LANDED, STANDING = 0.85, (0.16, 0.5)
#: Who gets so far against the way that the face looks walks backwards, torsos.
BACKWARDS: Final = 0.5
#: Feet that keep no rhythm are not seen well: spread of the time of two steps, as a share. Where steps are
#: found it is up to 0.05, once 0.09, where they are not 0.21 (gaits of the tune split).
RHYTHM: Final = 0.12


@dataclass(frozen=True, slots=True)
class Bout:
    """Steps without a pause.

    Attributes:
        t: ``(N,)`` when the front foot is farthest ahead, or one foot highest, s.
        landed: ``(N,)`` when it lands; from behind and in front the same as `t`.
        sides: Whose foot each is.
        azimuth: Of the camera, degrees.
        facing: 1 where the person faces the right of the picture, -1 the left.
        trunk: How far it tips to either side, once a stride, degrees.
        lean: ``(N - 1,)`` of the trunk, forwards, degrees.
        shin: ``(N,)`` of the landing leg, degrees, positive with the foot ahead of the knee; from the side.
    """

    t: Floats
    landed: Floats
    sides: tuple[str, ...]
    azimuth: float
    facing: float
    trunk: float
    lean: Floats
    shin: Floats

    @property
    def intervals(self) -> Floats:
        """``(N - 1,)`` s."""
        return np.diff(self.t)

    @property
    def steady(self) -> bool:
        """Whether the steps keep a rhythm: two of them, since one foot may be slower than the other."""
        strides = self.intervals[1:] + self.intervals[:-1]
        return float(strides.std() / strides.mean()) <= RHYTHM


@dataclass(frozen=True, slots=True)
class Walk:
    """A recording brought onto even times.

    Attributes:
        t: ``(T,)`` s.
        window: The landmarks at these times.
        sideways: Whether it is seen from the side.
        reach: ``(T,)`` how far the foremost ankle is ahead of the hips, or how much higher one foot is than
            the other, % of the torso.
        lead: ``(T,)`` how far the left one is ahead of or above the right one.
        apart: ``(T,)`` the same whichever it is.
        leg: ``(T, 2, 2)`` knee and ankle of the foremost leg, px.
        facing: ``(T,)`` 1 where the person faces the right of the picture, -1 the left.
        rate: Frames a second of the source.
    """

    t: Floats
    window: Window
    sideways: bool
    reach: Floats
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
        front = running_median(source, axes(world)[:, 2, 0], FACING_S)
        sideways = _sideways(world)
        feet = 100 / window.torso * (_ahead(image, front) if sideways else _height(image))
        lead = feet[:, 0] - feet[:, 1]
        if not sideways:  # a camera that is tilted sees one foot higher all the time
            lead = lead - median(lead)
        # Whose foot it is is asked before anything is smoothed: legs are exchanged from frame to frame.
        first = (lead >= 0)[:, None, None]
        left, right = (image[:, [table["knee"], table["ankle"]], :2] for table in (LEFT, RIGHT))
        return cls(
            t,
            window,
            sideways,
            smooth(feet.max(axis=1) if sideways else np.abs(lead)),
            smooth(lead),
            smooth(np.abs(lead)),
            smooth(np.where(first, left, right)),
            np.where(np.interp(t, source, np.nan_to_num(front)) >= 0, 1.0, -1.0),
            rate,
        )

    def bouts(self) -> list[Bout]:
        """Runs of steps."""
        from scipy.signal import find_peaks

        seen = np.isfinite(self.reach)
        if seen.sum() < RATE_HZ * STEP_S[0] * LEAST_STEPS:
            return []
        # A step that the recording cuts rises or falls on one side only; a cut alone is no peak.
        low = float(np.nanmin(self.reach))
        curve = np.concatenate([[low], np.where(seen, self.reach, low), [low]]).astype(np.float64)
        usual = float(np.nanpercentile(self.reach, 90) - np.nanpercentile(self.reach, 10))
        past = LEAST_PAST if self.sideways else LEAST_HIGHER
        least = max(past / 2, LEAST_SHARE * usual)
        found = [int(k) - 1 for k in find_peaks(curve, prominence=least, distance=STEP_S[0] * RATE_HZ)[0]]
        upright = np.abs(self._tilt()) <= UPRIGHT_DEG
        steps = seen & upright & (self.apart >= past)
        peaks = np.array([k for k in found if _inside(seen, k) and steps[k]], np.intp)
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
        speed, usual = np.gradient(self.reach, self.t), median(np.diff(peaks))
        landed = np.array([_landing(speed, k, usual) for k in peaks]) if self.sideways else peaks
        stretch = slice(peaks[0], peaks[-1] + 1)
        camera = -nanmedian(self.window.axes[stretch], axis=0)[:, 2]
        trunk = self._tilt()
        return Bout(
            t=self.t[peaks],
            landed=self.t[landed],
            sides=sides,
            azimuth=angles(camera, "standing", "left")[0],
            facing=float(np.sign(np.nanmean(self.facing[stretch]))),
            trunk=_swing(trunk, peaks),
            lean=np.array([median((self.facing * trunk)[a:b]) for a, b in pairwise(peaks)]),
            shin=np.array([np.nan if self._backwards(stretch) else self._shin(k) for k in landed]),
        )

    def _backwards(self, stretch: slice) -> bool:
        """Whether the person goes through the picture against the way that the face looks."""
        way = self.window.points("hips")[stretch, 0]
        return bool(np.nanmean(self.facing[stretch]) * (way[-1] - way[0]) < -BACKWARDS * self.window.torso)

    def _tilt(self) -> Floats:
        """``(T,)`` of the trunk to the right of the picture, degrees."""
        v = self.window.points("shoulders") - self.window.points("hips")
        return np.asarray(np.degrees(np.arctan2(v[:, 0], -v[:, 1])))

    def _shin(self, landing: int) -> float:
        if not self.sideways:
            return float("nan")
        knee, ankle = self.leg[landing]
        return float(np.degrees(np.arctan2(self.facing[landing] * (ankle - knee)[0], (ankle - knee)[1])))


def _inside(seen: Bools, k: int) -> bool:
    return CUT <= k < len(seen) - CUT and bool(seen[k - CUT : k + CUT + 1].all())


def _sideways(world: Floats) -> bool:
    """Whether the camera stands at the side, mostly: of ``(T, 33, 3)`` metres."""
    camera = -axes(world)[:, :, 2]
    return median(np.abs(camera[:, 1]) / np.hypot(camera[:, 1], camera[:, 2])) >= SIDEWAYS


def _ahead(image: Floats, front: Floats) -> Floats:
    """``(T, 2)`` how far left and right ankle are ahead of the hips, px.

    Args:
        image: ``(T, 33, 4)``.
        front: ``(T,)`` positive where the person faces the right of the picture.
    """
    hips = image[:, [LEFT["hip"], RIGHT["hip"]], 0].mean(axis=1, keepdims=True)
    ankles = image[:, [LEFT["ankle"], RIGHT["ankle"]], 0]
    return np.asarray(np.where(front >= 0, 1.0, -1.0)[:, None] * (ankles - hips))


def _height(image: Floats) -> Floats:
    """``(T, 2)`` how high left and right foot are in the picture, px."""
    joints = ("ankle", "heel", "foot_index")
    feet = [image[:, [table[j] for j in joints], 1].mean(axis=1) for table in (LEFT, RIGHT)]
    return -np.stack(feet, axis=-1)


def _landing(speed: Floats, peak: int, step: float) -> int:
    """When the front foot that was farthest ahead at `peak` comes down.

    Args:
        speed: ``(T,)`` of the front foot, ahead.
        peak: A sample.
        step: How long a step usually takes, samples.
    """
    first, last = (int(share * step) for share in STANDING)
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
