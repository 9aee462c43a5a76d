"""What the reps add up to: counts, the score, and the one thing to change."""

from __future__ import annotations

import pytest

from formcheck.engine import summary
from formcheck.exercises import find
from formcheck.types import Rep, Severity, Side, Tempo, Verdict

CLAM = find("clamshell")
OK, MILD, SEVERE, UNKNOWN = Severity.OK, Severity.MILD, Severity.SEVERE, Severity.UNKNOWN


def rep(
    index: int, score: int | None = 90, number: int = 1, *, counted: bool = True, **levels: Severity
) -> Rep:
    verdicts = tuple(Verdict(k, v, reason="hidden" if v is UNKNOWN else "") for k, v in levels.items())
    return Rep(
        number,
        index,
        Side.LEFT,
        index,
        index + 0.5,
        index + 1,
        counted,
        30.0,
        Tempo(1, 1, 1),
        score,
        verdicts,
    )


def top(*reps: Rep, least: int = 1) -> tuple[str, str]:
    return summary.top(CLAM, reps, least=least)


def test_counts_each_fault_over_the_counted_reps() -> None:
    reps = [
        rep(1, hip_roll_back=OK, momentum=MILD),
        rep(2, hip_roll_back=SEVERE, momentum=MILD),
        rep(3, hip_roll_back=UNKNOWN, momentum=OK),
        rep(0, counted=False, hip_roll_back=SEVERE, momentum=SEVERE),
    ]
    first, second = summary.per_fault(CLAM, reps)
    assert (first.fault, first.label) == ("hip_roll_back", "hip rolling back")
    assert (first.ok, first.mild, first.severe, first.unknown, first.shown) == (1, 0, 1, 1, 1)
    assert first.reason == "hidden"
    assert (second.fault, second.ok, second.mild, second.shown) == ("momentum", 1, 2, 2)


def test_nothing_from_nothing() -> None:
    assert summary.per_fault(CLAM, []) == ()
    assert top() == ("", "")
    assert summary.total([]) is None


def test_clean_reps_need_no_word() -> None:
    assert top(*[rep(k, hip_roll_back=OK, momentum=OK) for k in range(5)]) == ("", "")


def test_a_fault_that_cannot_be_seen_is_not_the_one_to_change() -> None:
    assert top(*[rep(k, hip_roll_back=UNKNOWN) for k in range(5)]) == ("", "")


def test_the_graver_and_the_heavier_comes_first() -> None:
    assert top(rep(1, hip_roll_back=MILD, feet_apart=MILD))[0] == "hip_roll_back"
    assert top(rep(1, hip_roll_back=MILD, momentum=SEVERE))[0] == "hip_roll_back", "alignment before momentum"
    assert top(rep(1, feet_apart=OK, momentum=SEVERE))[0] == "momentum"
    assert top(rep(1, feet_apart=SEVERE, short_rom=SEVERE))[0] == "feet_apart", "form before range"


def test_the_cue_is_the_faults_own() -> None:
    assert top(rep(1, hip_roll_back=SEVERE)) == ("hip_roll_back", CLAM.fault("hip_roll_back").cue)


def test_a_rare_mild_fault_is_not_worth_a_word() -> None:
    reps = [rep(k, momentum=OK) for k in range(9)]
    assert top(*reps, rep(10, momentum=MILD)) == ("", "")
    assert top(*reps, rep(10, momentum=SEVERE))[0] == "momentum", "a severe one is"
    assert top(*reps[:3], rep(10, momentum=MILD))[0] == "momentum"


def test_what_is_said_of_a_set_needs_a_habit() -> None:
    clean, apart = rep(1, feet_apart=OK, momentum=OK), rep(2, feet_apart=MILD, momentum=OK)
    assert top(clean, apart, apart, rep(4, feet_apart=OK, momentum=MILD), least=2)[0] == "feet_apart"
    assert top(clean, apart, clean, least=2) == ("", ""), "once is nothing"
    assert top(clean, apart, clean, least=1)[0] == "feet_apart"
    assert top(clean, rep(2, feet_apart=OK, momentum=SEVERE), least=2)[0] == "momentum"


class TestTotal:
    def test_one_set(self) -> None:
        assert summary.total([rep(1, 80), rep(2, 100)]) == 90

    def test_sets_weigh_by_their_reps(self) -> None:
        reps = [rep(k, 90, 1) for k in range(3)] + [rep(1, 50, 2)]
        assert summary.total(reps) == 80

    def test_none_when_too_much_was_unseen(self) -> None:
        assert summary.total([rep(1, None), rep(2, None)]) is None
        mixed = [rep(k, 90, 1) for k in range(2)] + [rep(k, None, 2) for k in range(6)]
        assert summary.total(mixed) is None

    def test_partial_reps_do_not_count(self) -> None:
        assert summary.total([rep(1, 80), rep(0, None, counted=False)]) == 80


@pytest.mark.parametrize(
    "exercise", ["clamshell", "squat", "fire_hydrant", "single_leg_bridge", "side_leg_raise"]
)
def test_every_fault_of_every_exercise_can_be_the_top(exercise: str) -> None:
    rules = find(exercise)
    for fault in rules.faults:
        assert summary.top(rules, [rep(1, **{fault.id: SEVERE})]) == (fault.id, fault.cue)
