from __future__ import annotations

import pytest

from formcheck.errors import UsageError
from formcheck.exercises import find
from formcheck.session.plan import Plan


def test_one_sided_exercises_are_done_left_and_right_in_turn() -> None:
    plan = Plan.of(find("clamshell"), sets=2, reps=10, rest_s=40, turn_s=12)
    assert [(s.side, s.set, s.rest_s) for s in plan.steps] == [
        ("left", 1, 12),
        ("right", 1, 40),
        ("left", 2, 12),
        ("right", 2, 40),
    ]


def test_two_sided_ones_have_no_side() -> None:
    assert {s.side for s in Plan.of(find("squat"), sets=3).steps} == {"both"}


def test_one_side_alone() -> None:
    assert [s.side for s in Plan.of(find("clamshell"), sets=2, side="right").steps] == ["right", "right"]


def test_a_plan_in_words() -> None:
    plan = Plan.parse("clamshell left 8, Clamshell RIGHT 2x9, squat 3x5")
    assert [(s.exercise, s.side, s.set, s.sets, s.reps) for s in plan.steps] == [
        ("clamshell", "left", 1, 1, 8),
        ("clamshell", "right", 1, 2, 9),
        ("clamshell", "right", 2, 2, 9),
        *[("squat", "both", n, 3, 5) for n in (1, 2, 3)],
    ]


@pytest.mark.parametrize(
    "text", ["", " , ", "clamshell upside 3", "clamshell 0", "squat 99x5", "sqat 5", "squat 3y5"]
)
def test_a_plan_that_cannot_be_read(text: str) -> None:
    with pytest.raises(UsageError) as error:
        Plan.parse(text)
    assert error.value.hint


def test_sides_change_places() -> None:
    plan = Plan.of(find("clamshell"), sets=2, turn_s=10, rest_s=50)
    swapped = plan.swapped(0, "right")
    assert swapped is not None
    assert [(s.side, s.rest_s) for s in swapped.steps] == [
        ("right", 10),
        ("left", 50),
        ("left", 10),
        ("right", 50),
    ]
    assert swapped.swapped(1, "right") is None, "the right side of this set is done"


def test_another_target_holds_for_the_sets_to_come() -> None:
    plan = Plan.parse("clamshell left 3x8, squat 5").with_reps(1, 6)
    assert [s.reps for s in plan.steps] == [8, 6, 6, 5]
