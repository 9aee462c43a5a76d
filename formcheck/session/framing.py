"""Is there light, is the whole person in the picture, does the camera stand where this exercise shows?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from formcheck.features import view as views
from formcheck.features.body import Window, median
from formcheck.features.signals import evaluate
from formcheck.geometry import nanmedian
from formcheck.landmarks import INDEX, LEFT, RIGHT
from formcheck.session import words
from formcheck.session.events import CameraHint
from formcheck.session.sight import Sight
from formcheck.spec import Exercise, Seen

#: Mean luminance 0..1 of a picture in which little can be told.
DARK, BRIGHT = 0.10, 0.95
#: A trunk smaller than this says too little, px: a pixel of jitter is 2.5 % of it. From `LEAST_TORSO_PX` on
#: the engine refuses.
SMALL_PX = 40.0
#: Outside by more than this share of the picture is cut off.
EDGE = 0.01
#: What has to be in the picture.
WHOLE = (INDEX["nose"], *(t[j] for t in (LEFT, RIGHT) for j in ("shoulder", "hip", "knee", "ankle")))
#: Points of these two are missed at the bottom and at the top of a standing person.
FEET, HEAD = (LEFT["ankle"], RIGHT["ankle"]), (INDEX["nose"],)


@dataclass(frozen=True, slots=True)
class Advice:
    """What to change before anything can be judged.

    Attributes:
        headline: Four words at most.
        said: A sentence for the voice.
        hint: The camera's place, where that is what is wrong.
    """

    headline: str
    said: str
    hint: CameraHint | None = None


TOO_DARK = Advice("More light", "It is too dark. Turn on a light.")
TOO_BRIGHT = Advice("Too bright", "It is too bright. Turn the camera away from the window.")
NOBODY = Advice(words.STEP_IN, "I can't see you. Step into the picture.")
TOO_FAR = Advice("Come closer", "You are too far away. Come closer.")
TOO_NEAR = Advice("Step back", "I need to see all of you. Step back.")
MIDDLE = Advice("To the middle", "You are at the edge. Move to the middle.")
NO_FEET = Advice("Show your feet", "I can't see your feet. Step back, or tilt the camera down.")
NO_HEAD = Advice("Show your head", "I can't see your head. Step back, or tilt the camera up.")


def check(sight: Sight, size: tuple[int, int], light: float) -> Advice | None:
    """The first thing that is wrong with the picture; None when nothing is.

    Args:
        sight: The last second.
        size: Width and height of the picture, px.
        light: Mean luminance, 0..1; NaN = unknown.
    """
    window = sight.window()
    if light < DARK:
        return TOO_DARK
    if window is None:
        return TOO_BRIGHT if light > BRIGHT else NOBODY
    if sight.torso < SMALL_PX:
        return TOO_FAR
    return _cut_off(window, size)


def _cut_off(window: Window, size: tuple[int, int]) -> Advice | None:
    """Points outside the picture, as the median of the window has them."""
    where = nanmedian(window.xy[:, WHOLE], axis=0) / np.array(size)
    low, high = where < -EDGE, where > 1 + EDGE
    if not (low.any() or high.any()):
        return None
    left, right = low[:, 0].any(), high[:, 0].any()
    top, bottom = low[:, 1].any(), high[:, 1].any()
    if (left and right) or (top and bottom):
        return TOO_NEAR
    if left or right:
        return MIDDLE
    upright = where[WHOLE.index(HEAD[0]), 1] < where[[WHOLE.index(i) for i in FEET], 1].mean()
    if not upright:
        return TOO_NEAR
    return NO_FEET if bottom else NO_HEAD


def camera(exercise: Exercise, window: Window) -> Advice | None:
    """Where the camera should rather stand; None where it stands well, or where that cannot be told."""
    view = views.estimate(window, exercise)
    if not view.advice or view.confidence < 0.5:
        return None
    best = exercise.best
    hint = CameraHint(
        exercise.posture,
        best.azimuth,
        best.elevation,
        view.azimuth_deg,
        view.elevation_deg,
        signed=exercise.posture == "side_lying",
    )
    return Advice(words.TURN_CAMERA, exercise.camera, hint)


def countable(exercise: Exercise, window: Window) -> bool:
    """Whether the movement shows from here at all."""
    return exercise.reps.seen is None or _inside(exercise.reps.seen, exercise, window)


def placing(exercise: Exercise, window: Window) -> str:
    """What to put right about how the person lies or stands; empty where nothing is, or unseen."""
    for one in exercise.placings:
        value = median(evaluate(one.signal, window))
        if not one.low <= value <= one.high and np.isfinite(value) and _inside(one.seen, exercise, window):
            return one.below if value < one.low else one.above
    return ""


def hidden(exercise: Exercise, window: Window) -> tuple[str, ...]:
    """Faults of the exercise that cannot be judged from here, in words."""
    return tuple(
        fault.label
        for fault in exercise.faults
        if not any(_inside(way.seen, exercise, window) for way in fault.ways)
    )


def _inside(seen: Seen, exercise: Exercise, window: Window) -> bool:
    return views.inside(seen, window, *views.angles(window.camera, exercise.posture, window.side))
