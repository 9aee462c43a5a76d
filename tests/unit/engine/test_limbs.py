"""Which bones are tinted for a fault."""

from __future__ import annotations

import pytest

from formcheck.engine import control
from formcheck.engine.limbs import bones
from formcheck.exercises import catalogue
from formcheck.landmarks import INDEX
from formcheck.spec import Exercise, Fault, Flexion, Seen, Way, at_most
from formcheck.types import Side

WAY = Way(Flexion("hip", "knee", "ankle").change(), at_most(5, severe=10), Seen())


def named(*limb: tuple[str, str]) -> Fault:
    return Fault("sagging", (WAY,), "Lift up", "So.", limb)


def at(*pairs: tuple[str, str]) -> tuple[tuple[int, int], ...]:
    return tuple((INDEX[a], INDEX[b]) for a, b in pairs)


def test_the_side_that_works_and_the_other_one() -> None:
    fault = named(("hip", "knee"), ("other_knee", "other_ankle"))
    assert bones(fault, Side.LEFT) == at(("left_hip", "left_knee"), ("right_knee", "right_ankle"))
    assert bones(fault, Side.RIGHT) == at(("right_hip", "right_knee"), ("left_knee", "left_ankle"))


def test_both_sides_where_none_works_more() -> None:
    legs = at(("left_hip", "left_knee"), ("right_hip", "right_knee"))
    assert bones(named(("hip", "knee")), Side.BOTH) == legs


def test_midpoints_are_not_drawn() -> None:
    assert bones(named(("shoulders", "hips"), ("nose", "shoulder")), Side.LEFT) == at(
        ("nose", "left_shoulder")
    )


def test_control_is_about_the_working_leg() -> None:
    assert bones(control.MOMENTUM, Side.RIGHT) == at(
        ("right_hip", "right_knee"), ("right_knee", "right_ankle")
    )


@pytest.mark.parametrize("exercise", catalogue().values(), ids=lambda e: e.id)
def test_every_fault_lights_something_up(exercise: Exercise) -> None:
    for fault in control.faults_of(exercise).values():
        for side in Side:
            assert bones(fault, side), f"{fault.id} {side}"
