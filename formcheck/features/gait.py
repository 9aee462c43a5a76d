"""Walking and running: steps, and figures about them. Information, never a fault.

A step is told by the foot that is ahead of the hips, whichever it is: it goes farthest just before it lands
(Zeni 2008, Gait Posture 27:710, of each foot for itself). What the pose model does to legs that cover each
other is to exchange them, and that leaves the foremost one where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from formcheck.types import Recording, Side

#: Steps are sampled at this rate, Hz, whatever the source's: extremes fall between frames.
RATE_HZ: Final = 120.0
#: The feet's low-pass, Hz (docs/thresholds.md, Signal processing: 6 for gait).
SMOOTH_HZ: Final = 6.0
#: Way of the ankles past each other that is a step at least, % of the torso.
LEAST_STEP: Final = 18.0
#: And as a share of the usual one.
LEAST_SHARE: Final = 0.3
#: A step takes so long, s (domain: 40 to 220 a minute).
STEP_S: Final = (0.24, 1.3)
#: A peak so many samples from where the feet were not seen is a cut.
CUT: Final = 3
#: Steps belong to one bout while each takes at most this many times the usual time.
BOUT: Final = 1.7
#: Fewer steps in a row are somebody who turns or sets the feet.
LEAST_STEPS: Final = 4
#: The side that a person faces is read over so long, s.
FACING_S: Final = 0.7
#: Azimuths in which lengths along the way and heights of the hips show, degrees.
FROM_SIDE: Final = (60.0, 120.0)
FROM_ENDS: Final = (28.0, 152.0)


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        t: When the foot lands, s.
        side: Whose foot.
        bout: Number of the bout from 1: steps without a pause.
    """

    t: float
    side: Side
    bout: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a walk.

    Attributes:
        id: Permanent.
        name: For people.
        value: NaN where it is unknown.
        unit: Of the value.
        reason: Why it is unknown; empty otherwise.
        note: What else a person should know: whose step is longer, for instance.
    """

    id: str
    name: str
    value: float
    unit: str
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gait:
    """Somebody's walk.

    Attributes:
        steps: In order.
        figures: Cadence, symmetry and so on, always the same ones in the same order.
    """

    steps: tuple[Step, ...]
    figures: tuple[Figure, ...]

    def figure(self, figure_id: str) -> Figure:
        """The figure with this id.

        Raises:
            KeyError: There is none.
        """
        return {figure.id: figure for figure in self.figures}[figure_id]


#: Reasons why a figure is unknown.
NOT_SIDE: Final = "shows from the side only"
NOT_ENDS: Final = "shows from behind or in front only"
FEW: Final = "too few steps in a row were seen"
SLOW: Final = "the video has too few frames a second"
UNEVEN: Final = "the steps are too irregular to tell"
#: Steps that a figure needs: of each foot for a difference of both, in all for a mean.
EACH_FOOT, IN_ALL = 5, 6
#: Frames a second that a difference of step times and the moment of landing need.
FRAMES: Final = 22.0
#: Largest standard error of the difference of step times that still tells something, % of a step.
SURE_PCT: Final = 2.5
#: Steps further than this share from the usual time are starts, turns and stops.
REGULAR: Final = 0.25
#: A foot has landed when it goes back with the ground, or at this share of its speed: that of the foot from
#: the first to the second of these times after it was farthest ahead, s.
LANDED, STANDING_S = 0.6, (0.08, 0.25)
#: The time in which a leg stands alone, in steps since it was farthest ahead: walking and running alike.
ALONE: Final = (0.45, 0.8)


def measure(recording: Recording) -> Gait:
    """Steps and figures of a whole recording.

    Args:
        recording: Landmarks; of one who does not walk they have no steps, and all figures are unknown.
    """
    walk = _Walk.of(recording)
    bouts = [] if walk is None else walk.bouts()
    steps = tuple(
        Step(round(float(t), 3), Side(side), number)
        for number, bout in enumerate(bouts, 1)
        for t, side in zip(bout.landed, bout.sides, strict=True)
    )
    side = [bout for bout in bouts if FROM_SIDE[0] <= bout.azimuth <= FROM_SIDE[1]]
    ends = [bout for bout in bouts if not FROM_ENDS[0] < bout.azimuth < FROM_ENDS[1]]
    # What does not show is told as the reason, and only then that there were few steps.
    aside = FEW if side or not bouts else NOT_SIDE
    behind = FEW if ends or not bouts else NOT_ENDS
    figures = (
        Figure("steps", "steps", float(len(steps)), ""),
        _cadence(bouts),
        _symmetry(bouts, walk.rate if walk else 0.0),
        _mean("pelvic_drop", "pelvis drops on the free side", "°", ends, "drop", behind),
        _mean("lateral_lean", "trunk leans over the standing leg", "°", ends, "aside", behind),
        _lean(side, aside),
        _overstride(side, walk.rate if walk else 0.0, aside),
    )
    return Gait(steps, figures)


@dataclass(frozen=True, slots=True)
class _Bout:
    """Steps without a pause.

    Attributes:
        t: ``(N,)`` when the front foot is farthest ahead, s.
        landed: ``(N,)`` when it lands.
        sides: Whose foot each is.
        azimuth: Of the camera, degrees.
        drop: ``(N - 1,)`` of the pelvis while each foot stands alone, of a camera that is level, degrees.
        aside: The same of the trunk, to the side of that foot.
        lean: ``(N - 1,)`` of the trunk, forwards.
        shin: ``(N,)`` of the landing leg, the foot ahead.
        facing: 1 where the person faces the right of the picture, -1 the left.
    """

    t: Floats
    landed: Floats
    sides: tuple[str, ...]
    azimuth: float
    drop: Floats
    aside: Floats
    lean: Floats
    shin: Floats
    facing: float

    @property
    def intervals(self) -> Floats:
        """``(N - 1,)`` s."""
        return np.diff(self.t)


def _cadence(bouts: Sequence[_Bout]) -> Figure:
    every = np.concatenate([bout.intervals for bout in bouts]) if bouts else np.empty(0)
    regular = every[np.abs(every / median(every) - 1) <= REGULAR]
    if len(regular) < LEAST_STEPS - 1:
        return _unknown("cadence", "cadence", "steps/min", FEW)
    return Figure("cadence", "cadence", round(60 / float(np.mean(regular)), 1), "steps/min")


def _symmetry(bouts: Sequence[_Bout], rate: float) -> Figure:
    """By how much one foot's steps take longer than the other's, % of the mean step time."""
    id_, name, unit = "asymmetry", "left–right difference of step times", "%"
    if rate < FRAMES:
        return _unknown(id_, name, unit, SLOW)
    usual = median(np.concatenate([bout.intervals for bout in bouts])) if bouts else np.nan
    feet: dict[str, list[float]] = {"left": [], "right": []}
    for bout in bouts:
        for seconds, side in zip(bout.intervals, bout.sides[1:], strict=True):
            if abs(seconds / usual - 1) <= REGULAR:
                feet[side].append(float(seconds))
    left, right = np.array(feet["left"]), np.array(feet["right"])
    if min(len(left), len(right)) < EACH_FOOT:
        return _unknown(id_, name, unit, FEW)
    mean = (left.mean() + right.mean()) / 2
    error = np.sqrt(left.var(ddof=1) / len(left) + right.var(ddof=1) / len(right))
    if 100 * error / mean > SURE_PCT:
        return _unknown(id_, name, unit, UNEVEN)
    difference = 100 * (right.mean() - left.mean()) / mean
    longer = "right" if difference > 0 else "left"
    return Figure(id_, name, round(abs(float(difference)), 1), unit, note=f"the {longer} foot's take longer")


def _mean(id_: str, name: str, unit: str, bouts: Sequence[_Bout], what: str, reason: str) -> Figure:
    """The mean of both feet's means: a camera that is tilted adds to one what it takes from the other."""
    feet: dict[str, list[float]] = {"left": [], "right": []}
    for bout in bouts:
        for value, side in zip(getattr(bout, what), bout.sides, strict=False):
            if np.isfinite(value):
                feet[side].append(float(value))
    if sum(map(len, feet.values())) < IN_ALL or not all(feet.values()):
        return _unknown(id_, name, unit, reason)
    return Figure(id_, name, round(float(np.mean([np.median(v) for v in feet.values()])), 1), unit)


def _lean(bouts: Sequence[_Bout], reason: str) -> Figure:
    """The mean of both ways, where somebody walks there and back: then a camera's tilt cancels out."""
    name = "trunk leans forward"
    ways = {
        way: [v for b in bouts if b.facing == way for v in b.lean if np.isfinite(v)] for way in (1.0, -1.0)
    }
    values = [float(np.median(v)) for v in ways.values() if v]
    if sum(map(len, ways.values())) < IN_ALL:
        return _unknown("trunk_lean", name, "°", reason)
    note = "a camera that is tilted adds its tilt" if len(values) == 1 else ""
    return Figure("trunk_lean", name, round(float(np.mean(values)), 1), "°", note=note)


def _overstride(bouts: Sequence[_Bout], rate: float, reason: str) -> Figure:
    name = "shin at landing, foot ahead of the knee"
    if bouts and rate < FRAMES:
        return _unknown("overstride", name, "°", SLOW)
    return _mean("overstride", name, "°", bouts, "shin", reason)


def _unknown(id_: str, name: str, unit: str, reason: str) -> Figure:
    return Figure(id_, name, float("nan"), unit, reason)


@dataclass(frozen=True, slots=True)
class _Walk:
    """A recording brought onto even times.

    Attributes:
        t: ``(T,)`` s.
        window: The landmarks at these times.
        ahead: ``(T, 2)`` left and right ankle ahead of the hips, % of the torso.
        facing: ``(T,)`` 1 where the person faces the right of the picture, -1 the left.
        rate: Frames a second of the source.
    """

    t: Floats
    window: Window
    ahead: Floats
    facing: Floats
    rate: float

    @classmethod
    def of(cls, recording: Recording) -> _Walk | None:
        """None where nobody, or only a dot, was seen."""
        if len(recording) < 2:
            return None
        image, world = clean(
            recording.t, recording.image.astype(np.float64), recording.world.astype(np.float64)
        )
        source = np.asarray(recording.t, np.float64)
        rate = 1 / float(np.median(np.diff(source)))
        t = np.arange(source[0], source[-1], 1 / RATE_HZ)
        image = _resampled(t, source, zero_phase(source, image, SMOOTH_HZ))
        world = _resampled(t, source, zero_phase(source, world, SMOOTH_HZ))
        window = Window(t, image[..., :2], image[..., 3], world)
        if not window.torso >= LEAST_TORSO_PX:
            return None
        front = axes(world)[:, 2]
        level = front * [1, 0, 1]
        level = level / np.linalg.norm(level, axis=-1, keepdims=True)
        trunk = median(
            np.linalg.norm(window.points("shoulders", "world") - window.points("hips", "world"), axis=-1)
        )
        ankles = world[:, [LEFT["ankle"], RIGHT["ankle"]]] - window.points("hips", "world")[:, None]
        ahead = 100 * np.einsum("tkj,tj->tk", ankles, level) / trunk
        facing = np.where(running_median(t, front[:, 0], FACING_S) >= 0, 1.0, -1.0)
        return cls(t, window, ahead, facing, rate)

    def bouts(self) -> list[_Bout]:
        """Runs of steps."""
        from scipy.signal import find_peaks

        front = np.max(self.ahead, axis=1)  # NaN where either is missing
        seen = np.isfinite(front)
        if seen.sum() < RATE_HZ * STEP_S[0] * LEAST_STEPS:
            return []
        # A step that the recording cuts rises or falls on one side only; a cut alone is no peak.
        low = float(np.nanmin(front))
        curve = np.concatenate([[low], np.where(seen, front, low), [low]])
        usual = np.nanpercentile(front, 90) - np.nanpercentile(front, 10)
        least = max(LEAST_STEP / 2, LEAST_SHARE * usual)
        peaks = find_peaks(curve, prominence=least, distance=STEP_S[0] * RATE_HZ)[0] - 1
        inside = np.array(
            [self._inside(seen, int(k)) and self._apart(int(k)) >= LEAST_STEP for k in peaks], bool
        )
        peaks = peaks[inside]
        runs = np.split(peaks, np.flatnonzero(~self._together(peaks)) + 1)
        return [self._bout(run) for run in runs if len(run) >= LEAST_STEPS]

    def _inside(self, seen: Bools, k: int) -> bool:
        return CUT <= k < len(seen) - CUT and bool(seen[k - CUT : k + CUT + 1].all())

    def _apart(self, k: int) -> float:
        return float(abs(self.ahead[k, 0] - self.ahead[k, 1]))

    def _together(self, peaks: np.ndarray) -> Bools:
        """``(N - 1,)`` whether a step and the next belong together."""
        gaps = np.diff(self.t[peaks])
        usual = median(gaps[(gaps >= STEP_S[0]) & (gaps <= STEP_S[1])])
        return np.asarray((gaps <= BOUT * usual) & (gaps <= STEP_S[1]))

    def _bout(self, peaks: np.ndarray) -> _Bout:
        signs = np.sign(self.ahead[peaks, 0] - self.ahead[peaks, 1])
        # Feet take turns: all steps together say whose the first one is.
        first_left = np.nansum(signs * (-1.0) ** np.arange(len(peaks))) >= 0
        sides = tuple(("left", "right")[(k + (not first_left)) % 2] for k in range(len(peaks)))
        speed = np.gradient(np.max(self.ahead, axis=1), self.t)
        landed = np.array([_landing(speed, int(k)) for k in peaks])
        stretch = slice(int(peaks[0]), int(peaks[-1]) + 1)
        camera = -np.nanmedian(self.window.axes[stretch], axis=0)[:, 2]
        azimuth, _ = angles(camera, "standing", "left")
        alone = [self._alone(a, b) for a, b in pairwise(peaks)]
        hips, trunk = self._slope(LEFT["hip"], RIGHT["hip"]), self._tilt()
        # Over the left foot the left hip is the higher one, and a trunk leans to the left of the person.
        out = np.array([1.0 if side == "left" else -1.0 for side in sides[:-1]])
        return _Bout(
            self.t[peaks],
            self.t[landed],
            sides,
            azimuth,
            drop=out * [median(hips[part]) for part in alone],
            aside=out * [median(trunk[part]) for part in alone] * (1.0 if azimuth < 90 else -1.0),
            facing=float(np.sign(np.nanmean(self.facing[stretch]))),
            lean=np.array([median((self.facing * trunk)[a:b]) for a, b in pairwise(peaks)]),
            shin=np.array([self._shin(int(k)) for k in landed]),
        )

    def _front(self, joint: str) -> Floats:
        """``(T, 2)`` a joint of the leg that is ahead, px."""
        left, right = self.window.xy[:, LEFT[joint]], self.window.xy[:, RIGHT[joint]]
        return np.where((self.ahead[:, 0] >= self.ahead[:, 1])[:, None], left, right)

    def _alone(self, peak: int, following: int) -> slice:
        first, last = (peak + round(share * (following - peak)) for share in ALONE)
        return slice(first, last + 1)

    def _slope(self, left: int, right: int) -> Floats:
        """``(T,)`` how much higher the left of two points lies, degrees."""
        v = self.window.xy[:, left] - self.window.xy[:, right]
        return np.asarray(np.degrees(np.arctan2(-v[:, 1], np.abs(v[:, 0]))))

    def _tilt(self) -> Floats:
        """``(T,)`` of the trunk to the right of the picture, degrees."""
        v = self.window.points("shoulders") - self.window.points("hips")
        return np.asarray(np.degrees(np.arctan2(v[:, 0], -v[:, 1])))

    def _shin(self, landing: int) -> float:
        """Of the front leg, degrees: positive with the foot ahead of the knee."""
        v = self._front("ankle")[landing] - self._front("knee")[landing]
        return float(np.degrees(np.arctan2(self.facing[landing] * v[0], v[1])))


def _landing(speed: Floats, peak: int) -> int:
    """When the front foot that was farthest ahead at `peak` comes down, of its `speed` ``(T,)`` ahead."""
    first, last = (int(seconds * RATE_HZ) for seconds in STANDING_S)
    part = speed[peak : peak + last + 1]
    if len(part) <= first or not np.isfinite(part).all():
        return peak
    return peak + int(np.argmax(part <= LANDED * min(0.0, median(part[first:]))))


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
