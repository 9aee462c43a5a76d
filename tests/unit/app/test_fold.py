"""A file is looked at twice: what is usual for a person is known from the first look."""

from __future__ import annotations

import pytest

from formcheck.app.fold import ENOUGH, Folded, look, looks, play, repaired
from formcheck.exercises import find
from formcheck.types import Recording

from ...skeleton import EXERCISES, Move, perform

EXERCISE = "side_leg_raise"
FULL = Move(1.0, 0.4, 1.1, 0.6)
SMALL = Move(1.0, 0.4, 1.1, 0.6, 0.38)


def said(folded: Folded) -> list[list[tuple[str, str]]]:
    return [[(v.fault, str(v.verdict)) for v in rep.verdicts] for rep in folded.reps]


def acted(exercise: str, moves: list[Move]) -> Recording:
    return repaired(perform(exercise, moves, fps=12).recording)


def counts(recording: Recording, exercise: str) -> tuple[int, int]:
    """Of the first look, and of what a file gives."""
    first, best = looks(recording, find(exercise))
    return sum(rep.counted for rep in first.reps), sum(rep.counted for rep in best.reps)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_clean_reps_are_the_same_at_both_looks(exercise: str) -> None:
    recording = acted(exercise, [FULL] * 4)
    first, best = looks(recording, find(exercise))
    assert [r.counted for r in first.reps] == [r.counted for r in best.reps] == [True] * 4
    assert said(first) == said(best)


def test_a_partial_movement_does_not_count_because_it_came_first() -> None:
    recording = acted(EXERCISE, [SMALL, *[FULL] * 4])
    assert counts(recording, EXERCISE) == (5, 4)
    reps = play(recording, find(EXERCISE)).reps
    assert [rep.counted for rep in reps] == [False, True, True, True, True]
    assert [rep.index for rep in reps] == [0, 1, 2, 3, 4]


def test_who_moves_little_is_measured_by_that() -> None:
    recording = acted(EXERCISE, [SMALL] * 5)
    assert counts(recording, EXERCISE) == (5, 5)


def test_too_few_reps_teach_nothing() -> None:
    recording = acted(EXERCISE, [SMALL, FULL])
    first, best = looks(recording, find(EXERCISE))
    assert len(first.rises) < ENOUGH
    assert best is first


def test_what_is_usual_can_be_told() -> None:
    recording = acted(EXERCISE, [SMALL, FULL])
    usual = look(recording, find(EXERCISE)).rises[-1]
    told = look(recording, find(EXERCISE), usual=usual)
    assert [rep.counted for rep in told.reps] == [False, True]
