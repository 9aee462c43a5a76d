"""The last seconds of the followed person, and what can be said of them as they stand or lie there."""

from __future__ import annotations

from collections import deque

import numpy as np

from formcheck.features import posture as postures
from formcheck.features import side as sides
from formcheck.features.body import Window, median
from formcheck.features.signals import evaluate
from formcheck.geometry import Floats, nanmedian
from formcheck.landmarks import INDEX, LEFT, RIGHT
from formcheck.session import words
from formcheck.spec import Exercise

#: Frames kept, s.
KEEP_S = 2.0
#: The start position is held for so long, s.
HOLD_S = 1.0
#: Fewer frames than this in a second say nothing.
LEAST_FRAMES = 4
#: Still: 10 to 90 % of the way that trunk, knees and ankles make in `HOLD_S`, torsos; the two worst of eight
#: joints may be guessed. Before the first rep of the tune split 0.02–0.12, lying legs that mix up to 0.4;
#: walking, tidying up, dancing 0.14 and more. Standing 0.02–0.07, and the hands as well: 0.01–0.15.
STILL, STILL_STANDING, STILL_HANDS, GUESSED = 0.12, 0.08, 0.2, 2
#: While "three, two, one" is said, people settle, but stay: torsos.
SETTLES, SETTLES_STANDING = 0.4, 0.18
#: One hand so much higher than the other, torsos, holds a phone or a glass; so do hands this high above the
#: shoulders, with the nose no higher than that over them: 0.18–0.23 over a phone, 0.27–0.49 before squats. A
#: hand as high as a shoulder is at the mouth or waves; arms held out or crossed before squats are 0.09 lower.
UNEVEN, RAISED, BOWED, HIGH = 0.35, -0.5, 0.25, -0.05
#: Scale of the picture: median of so many looks, one each so many seconds.
SCALE_MANY, SCALE_EVERY_S = 25, 0.2
#: Share of "up" on the left axis that tells which side is the upper one.
UPPER = 0.3
#: The trunk of a body that is off the floor, torsos that the shoulders are above the hips: see
#: `features.posture.LOOKS`; lying 0.57 at most.
UPRIGHT = 0.82
#: A hand that is hidden is guessed, and its guesses jump.
VISIBLE = 0.5

#: Postures in which the trunk is not upright: who gets up shows it.
LYING = ("side_lying", "quadruped", "supine")
#: Hips so far over the ankles, torsos, is standing; on a chair 0.84.
STANDS = 1.2

BODY = tuple(table[j] for table in (LEFT, RIGHT) for j in ("shoulder", "hip", "knee", "ankle"))
HANDS = (LEFT["wrist"], RIGHT["wrist"])
FEET = (LEFT["ankle"], RIGHT["ankle"])


class Sight:
    """Remembers poses for `KEEP_S`."""

    def __init__(self) -> None:
        self.frames: deque[tuple[float, Floats, Floats]] = deque()
        self.torso = float("nan")
        self.seen_s = float("-inf")  # when the person was last seen
        self._scales: deque[tuple[float, float]] = deque(maxlen=SCALE_MANY)

    def add(self, t: float, image: Floats, world: Floats) -> None:
        """Takes a pose; NaN = nobody."""
        self.frames.append((t, image, world))
        while t - self.frames[0][0] > KEEP_S:
            self.frames.popleft()
        if not np.isfinite(image[BODY[0], 0]):
            return
        if t - self.seen_s > KEEP_S:
            self._scales.clear()  # somebody comes: maybe from elsewhere
        self.seen_s = t
        if not self._scales or t - self._scales[-1][0] >= SCALE_EVERY_S:
            one = Window(np.array([t]), image[None, :, :2], image[None, :, 3], world[None])
            if np.isfinite(one.torso):
                self._scales.append((t, one.torso))
                self.torso = float(np.median([s for _, s in self._scales]))

    def clear(self) -> None:
        """Forgets the frames: another picture, another time."""
        self.frames.clear()

    def window(self, seconds: float = HOLD_S, side: str = "left") -> Window | None:
        """The last seconds; None where the person was hardly seen in them, or they have not passed yet."""
        now = self.frames[-1][0]
        kept = [f for f in self.frames if now - f[0] <= seconds and np.isfinite(f[1][BODY[0], 0])]
        if len(kept) < LEAST_FRAMES or kept[-1][0] - kept[0][0] < 0.7 * seconds:
            return None
        t, image, world = (np.array(x) for x in zip(*kept, strict=True))
        window = Window(t, image[..., :2], image[..., 3], world, side)
        if np.isfinite(self.torso):
            window.__dict__["torso"] = self.torso  # steadier than that of one second
        return window

    @property
    def trunk(self) -> float:
        """Height of the shoulders over the hips now, torsos; NaN when nobody is seen."""
        image = self.frames[-1][1]
        shoulders, hips = BODY[0], BODY[1]
        y = image[[shoulders, BODY[4], hips, BODY[5]], 1]
        return float((y[2] + y[3] - y[0] - y[1]) / 2 / self.torso)

    @property
    def legs(self) -> float:
        """Height of the hips over the ankles now, torsos."""
        return float((self.place[1, 1] - self.place[0, 1]) / self.torso)

    @property
    def feet(self) -> Floats:
        """``(2,)`` the middle of the ankles now, px."""
        return np.asarray(self.frames[-1][1][list(FEET), :2].mean(axis=0))

    @property
    def place(self) -> Floats:
        """``(2, 2)`` where the hips and the feet are now, px."""
        hips = self.frames[-1][1][[BODY[1], BODY[5]], :2].mean(axis=0)
        return np.stack([hips, self.feet])


def spread(window: Window, joints: tuple[int, ...]) -> Floats:
    """Way of each joint in the window, torsos, without the outermost tenth of its frames."""
    low, high = np.nanpercentile(window.xy[:, joints], [10, 90], axis=0)
    return np.asarray(np.linalg.norm(high - low, axis=-1) / window.torso)


def upper(window: Window) -> str:
    """The upper side of somebody who lies on one; empty when unclear."""
    lean = sides.evidence("upper", window, {})
    return "left" if lean > UPPER else "right" if lean < -UPPER else ""


def in_posture(exercise: Exercise, window: Window) -> bool:
    """Whether the body is in the exercise's posture; for a lift from the floor one may also stand."""
    frames = np.ones(len(window.t), bool)
    if exercise.posture == "hinged" and postures.fits("standing", window, frames):
        return True
    return postures.fits(exercise.posture, window, frames)


def missing(exercise: Exercise, window: Window) -> str:
    """What of the exercise's resting conditions is not there yet, in words; empty for nothing."""
    if exercise.posture == "hinged":
        return ""  # waiting bent over is not asked for
    for gate in exercise.gates:
        if gate.measure.how == "median" and gate.measure.during == "rest":
            value = median(evaluate(gate.measure.signal, window))
            if np.isfinite(value) and not gate.low <= value <= gate.high:
                return words.check(gate.what)
    return ""


def settles(exercise: Exercise, window: Window) -> bool:
    """Whether the body stays where it is, though it may not rest yet."""
    return _stays(window, SETTLES if exercise.posture in LYING else SETTLES_STANDING)


def _stays(window: Window, most: float) -> bool:
    return bool(np.sort(spread(window, BODY))[-1 - GUESSED] < most)


def still(exercise: Exercise, window: Window) -> bool:
    """Whether the body rests; free hands too."""
    standing = exercise.posture in ("standing", "hinged")
    if not _stays(window, STILL_STANDING if standing else STILL):
        return False
    if not standing or exercise.side not in ("both", "alternating"):
        return True  # who stands on one leg may hold on to something
    seen = tuple(hand for hand in HANDS if np.median(window.visibility[:, hand]) >= VISIBLE)
    if not seen:
        return True
    return bool(spread(window, seen).max() < STILL_HANDS) and not _holds_something(window, seen)


def _holds_something(window: Window, hands: tuple[int, ...]) -> bool:
    """A phone or a glass: one hand higher than the other, or the head bent over the hands."""
    y = nanmedian(window.xy[..., 1], axis=0) / window.torso
    heights = y[[BODY[0], BODY[4]]].mean() - y  # above the shoulders
    raised = heights[list(hands)]
    bowed = raised.max() > RAISED and heights[INDEX["nose"]] < BOWED
    return bool(np.ptp(raised) > UNEVEN or raised.max() > HIGH or bowed)
