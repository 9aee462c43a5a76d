"""Variants of an exercise: told from all reps of a set, and not told where the camera cannot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.exercises import find
from formcheck.features.body import Window
from formcheck.features.variant import readings, which
from formcheck.geometry import Bools
from formcheck.spec import Along, Condition, Distance, Exercise, Seen, SpecError, Variant

from ...skeleton import Camera, Move, hidden, perform

HEIGHT = Along("wrists", "up", than="shoulders").typical("turn")
APART = Distance("wrist", "other_wrist").typical("turn")
HANDS = Seen(joints=("wrist",))


def exercise(*variants: Variant) -> Exercise:
    return replace(find("squat"), variants=variants)


def seen(azimuth: float = 0.0, visibility: float = 1.0) -> tuple[Window, dict[str, Bools]]:
    take = perform("squat", [Move()], camera=Camera(azimuth, 5))
    r = hidden(take.recording, "wrist", "left", visibility)
    window = Window(r.t, r.image[..., :2], r.image[..., 3], r.world, "left")
    return window.with_rest(take.progress < 0.1), {"rest": take.progress < 0.1, "turn": take.progress > 0.95}


HIGH = Variant("high", "hands up", (Condition(HEIGHT, low=-60, seen=HANDS),))
LOW = Variant("low", "hands down", (Condition(HEIGHT, high=-60, seen=HANDS),))
REST = Variant("rest", "anything else")


def told(*variants: Variant, azimuth: float = 0.0, visibility: float = 1.0) -> str:
    squat = exercise(*variants)
    return which(squat, [readings(squat, *seen(azimuth, visibility))])


def test_the_first_variant_that_fits_is_told() -> None:
    value = float(readings(exercise(HIGH), *seen())[0])
    near = Variant("near", "", (Condition(HEIGHT, low=value - 5, high=value + 5),))
    far = Variant("far", "", (Condition(HEIGHT, low=value + 5),))
    assert told(far, near, REST) == "near"
    assert told(near, far) == "near"
    assert told(far, REST) == "rest"
    assert told(far) == ""
    assert told() == ""


def test_what_cannot_be_seen_is_not_told_nor_is_what_is_left() -> None:
    one = HIGH if told(HIGH, LOW) == "high" else LOW
    assert told(one, REST) == one.id
    assert told(one, REST, visibility=0.2) == ""


def test_a_condition_that_needs_a_view_says_nothing_elsewhere() -> None:
    front = Seen(azimuth=((0, 30),))
    apart = Variant("apart", "", (Condition(APART, low=1, seen=front),))
    assert told(apart, REST) == "apart"
    assert told(apart, REST, azimuth=90) == ""
    # Another condition that is broken rules it out all the same.
    value = float(readings(exercise(HIGH), *seen(90))[0])
    broken = Variant("broken", "", (*apart.conditions, Condition(HEIGHT, low=value + 20)))
    assert told(broken, REST, azimuth=90) == "rest"


def test_a_set_is_told_by_the_median_of_its_reps() -> None:
    squat = exercise(Variant("high", "", (Condition(HEIGHT, low=-50),)), REST)
    reps = [np.array([value]) for value in (-20.0, -30.0, -90.0, np.nan)]
    assert which(squat, reps) == "high"
    assert which(squat, reps[2:]) == "rest"
    assert which(squat, reps[3:]) == ""
    assert which(squat, []) == ""


def test_definitions_that_make_no_sense_are_errors() -> None:
    with pytest.raises(SpecError, match="medians"):
        Condition(Along("wrists", "up").change("turn"), low=1)
    with pytest.raises(SpecError, match="nothing meets"):
        Condition(HEIGHT, low=1, high=1)
