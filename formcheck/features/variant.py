"""Which variant of an exercise somebody does: told for a set, from all of its reps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from formcheck.features.body import Window, median
from formcheck.features.signals import evaluate
from formcheck.features.view import estimate, inside
from formcheck.geometry import Bools, Floats
from formcheck.spec import Condition, Exercise, Variant

#: A joint is seen from this visibility on, as in `engine.judge`.
VISIBLE = 0.5


def readings(exercise: Exercise, window: Window, masks: Mapping[str, Bools]) -> Floats:
    """What one rep says to every condition of every variant, in their order; NaN where it says nothing.

    Args:
        exercise: The exercise.
        window: The rep and its rest.
        masks: Its phases, ``(T,)`` each.
    """
    view = estimate(window, exercise)

    def value(one: Condition) -> float:
        mask = masks[one.measure.during]
        if not inside(one.seen, window, view.azimuth_deg, view.elevation_deg):
            return float("nan")
        if any(not median(window.seen(joint)[mask]) >= VISIBLE for joint in one.seen.joints):
            return float("nan")
        return median(evaluate(one.measure.signal, window)[mask])

    return np.array([value(one) for variant in exercise.variants for one in variant.conditions])


def which(exercise: Exercise, reps: Sequence[Floats]) -> str:
    """The id of the set's variant; empty where there are none, or it cannot be told.

    Args:
        exercise: The exercise.
        reps: `readings` of the set's reps.
    """
    if not reps:
        return ""
    values = iter([median(column) for column in np.stack(reps).T])
    for variant in exercise.variants:
        fits = _fits(variant, [next(values) for _ in variant.conditions])
        if fits is None:
            return ""  # what comes later is told by not being this one
        if fits:
            return variant.id
    return ""


def _fits(variant: Variant, values: Sequence[float]) -> bool | None:
    """Whether all conditions hold; None where none is broken and one could not be read."""
    pairs = list(zip(variant.conditions, values, strict=True))
    if any(np.isfinite(value) and not one.low <= value <= one.high for one, value in pairs):
        return False
    return True if all(np.isfinite(value) for _, value in pairs) else None
