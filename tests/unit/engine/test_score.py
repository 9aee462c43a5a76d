"""Scores: readable penalties, caps, and no number when too much was unseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine import control, score
from formcheck.exercises import catalogue
from formcheck.spec import Exercise, Fault
from formcheck.types import Rep, Severity, Side, Tempo, Verdict

CATALOGUE = catalogue()
CLAM = CATALOGUE["clamshell"]
LEVELS = [Severity.OK, Severity.MILD, Severity.SEVERE]
JUDGED = [e for e in CATALOGUE.values() if not e.informative]
everyone = pytest.mark.parametrize("exercise", JUDGED, ids=lambda e: e.id)


def verdicts(exercise: Exercise, **levels: Severity | float) -> list[Verdict]:
    """All faults ok, but for the named ones: a severity, or a share of the way from mild to severe."""
    out = []
    for f in (*exercise.faults, *control.ALL):
        limits = f.limits if isinstance(f, control.Control) else f.ways[0].limits
        how = levels.get(f.id, Severity.OK)
        if isinstance(how, float):
            how, value = Severity.MILD, limits.mild + how * (limits.severe - limits.mild)
        else:
            value = {"ok": limits.mild - 1, "mild": limits.mild, "severe": limits.severe}.get(
                how.value, float("nan")
            )
        reason = "hidden" if how is Severity.UNKNOWN else ""
        out.append(Verdict(f.id, how, value, "", limits.mild, reason, severe=limits.severe))
    return out


@everyone
def test_a_clean_rep_is_perfect(exercise: Exercise) -> None:
    assert score.of_rep(exercise, verdicts(exercise)) == 100


@everyone
def test_each_fault_costs_its_weight_when_severe_and_half_when_mild(exercise: Exercise) -> None:
    for f in (*exercise.faults, *control.ALL):
        severe = score.of_rep(exercise, verdicts(exercise, **{f.id: Severity.SEVERE}))
        mild = score.of_rep(exercise, verdicts(exercise, **{f.id: Severity.MILD}))
        expected = 100 - f.weight
        assert severe == round(min(expected, score.CAP_PRIMARY) if f.primary else expected)
        assert mild == round(100 - f.weight / 2)
        between = score.of_rep(exercise, verdicts(exercise, **{f.id: 0.5}))
        assert between == round(100 - 0.75 * f.weight)


@pytest.mark.parametrize(
    ("fault", "k"),
    [(f, k) for f in CLAM.faults for k in range(len(f.ways))],
    ids=lambda x: getattr(x, "id", str(x)),
)
def test_halfway_between_the_limits_costs_three_quarters_in_every_view(fault: Fault, k: int) -> None:
    limits = fault.ways[k].limits
    middle = (limits.mild + limits.severe) / 2
    mine = Verdict(fault.id, Severity.MILD, middle, "", limits.mild, severe=limits.severe)
    others = [v for v in verdicts(CLAM) if v.fault != mine.fault]
    assert score.of_rep(CLAM, [mine, *others]) == round(100 - 0.75 * fault.weight)


@everyone
@settings(max_examples=40)
@given(data=st.data())
def test_a_worse_verdict_never_scores_higher(exercise: Exercise, data: st.DataObject) -> None:
    ids = [f.id for f in (*exercise.faults, *control.ALL)]
    levels = {i: data.draw(st.sampled_from(LEVELS)) for i in ids}
    before = score.of_rep(exercise, verdicts(exercise, **levels))
    worse = data.draw(st.sampled_from([i for i in ids if levels[i] is not Severity.SEVERE] or [ids[0]]))
    after = score.of_rep(
        exercise, verdicts(exercise, **(levels | {worse: LEVELS[min(2, LEVELS.index(levels[worse]) + 1)]}))
    )
    assert before is not None
    assert after is not None
    assert 0 <= after <= before <= 100


@everyone
def test_caps(exercise: Exercise) -> None:
    primary = next(f.id for f in exercise.faults if f.primary)
    one = score.of_rep(exercise, verdicts(exercise, **{primary: Severity.SEVERE}))
    two = score.of_rep(exercise, verdicts(exercise, momentum=Severity.SEVERE, rebound=Severity.SEVERE))
    assert one is not None
    assert one <= 69
    assert two is not None
    assert two <= 49
    worst = score.of_rep(
        exercise, verdicts(exercise, **{f.id: Severity.SEVERE for f in (*exercise.faults, *control.ALL)})
    )
    assert worst is not None
    assert worst >= 15
    loose = score.of_rep(exercise, verdicts(exercise, **{c.id: 1.0 for c in control.ALL}))
    assert loose == 70, "the faults of control together cost at most 30"


@everyone
def test_unseen_primary_faults_leave_no_number(exercise: Exercise) -> None:
    primary = [f for f in exercise.faults if f.primary]
    weight = sum(f.weight for f in primary)
    for f in primary:
        got = score.of_rep(exercise, verdicts(exercise, **{f.id: Severity.UNKNOWN}))
        assert (got is None) == (f.weight > score.UNSEEN * weight)
    assert score.of_rep(exercise, verdicts(exercise, **{f.id: Severity.UNKNOWN for f in primary})) is None


@everyone
def test_unseen_secondary_faults_cost_nothing(exercise: Exercise) -> None:
    secondary = {f.id: Severity.UNKNOWN for f in exercise.faults if not f.primary}
    assert score.of_rep(exercise, verdicts(exercise, **secondary)) == 100


def test_ignored_faults_are_not_asked_for() -> None:
    assert score.of_rep(CLAM, [v for v in verdicts(CLAM) if v.fault != "hip_roll_back"]) == 100
    assert score.of_rep(CLAM, []) == 100


def rep(points: int | None, *, severe: str = "", counted: bool = True) -> Rep:
    found = tuple(verdicts(CLAM, **({severe: Severity.SEVERE} if severe else {})))
    return Rep(1, 1, Side.LEFT, 0.0, 1.0, 2.0, counted, 30.0, Tempo(1, 1, 1), points, found)


class TestSet:
    def test_is_the_mean(self) -> None:
        assert score.of_set([rep(100), rep(80)]) == 90

    def test_forgets_the_worst_tenth(self) -> None:
        assert score.of_set([rep(20), *[rep(90)] * 9]) == 90
        assert score.of_set([rep(20), *[rep(90)] * 8]) == round((20 + 8 * 90) / 9)

    def test_a_severe_fault_that_comes_back_costs_up_to_five(self) -> None:
        assert score.of_set([rep(60, severe="feet_apart")] * 4) == 55
        assert score.of_set([rep(60, severe="feet_apart"), rep(60), rep(60), rep(60)]) == round(60 - 5 / 4)

    def test_has_none_when_half_of_the_reps_have_none(self) -> None:
        assert score.of_set([]) is None
        assert score.of_set([rep(None)] * 3) is None
        assert score.of_set([rep(90), rep(None), rep(None)]) is None
        assert score.of_set([rep(90), rep(None)]) == 90

    def test_partial_reps_do_not_matter(self) -> None:
        partial = replace(rep(None), counted=False)
        assert score.of_set([rep(90), partial, partial, partial]) == 90

    @given(st.lists(st.integers(0, 100), min_size=1, max_size=30), st.data())
    def test_is_never_better_for_a_worse_rep(self, points: Sequence[int], data: st.DataObject) -> None:
        k = data.draw(st.integers(0, len(points) - 1))
        worse = list(points)
        worse[k] = data.draw(st.integers(0, points[k]))
        before, after = score.of_set([rep(p) for p in points]), score.of_set([rep(p) for p in worse])
        assert before is not None
        assert after is not None
        assert 0 <= after <= before <= 100
