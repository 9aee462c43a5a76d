"""The words of an exercise: what they hold, and what they refuse."""

from __future__ import annotations

import dataclasses

import pytest

from formcheck import exercises
from formcheck.spec import (
    Along,
    Combine,
    Cycle,
    Deviation,
    Distance,
    Exercise,
    Fault,
    Fitted,
    Flexion,
    Gate,
    Lean,
    Limits,
    OfBoth,
    OverLine,
    Ratio,
    Scaled,
    Seen,
    Signal,
    Slope,
    SpecError,
    Travel,
    Way,
    While,
    at_least,
    at_most,
    joints,
)

CATALOGUE = exercises.catalogue()
KNEE = Flexion("hip", "knee", "ankle")
WAY = Way(KNEE.change(), at_most(5, severe=10), Seen())
ALL = [pytest.param(e, id=e.id) for e in CATALOGUE.values()]


def a_fault(**changes: object) -> Fault:
    known: dict[str, object] = {"id": "sagging", "ways": (WAY,), "cue": "Lift up", "why": "So.", "limb": ()}
    return Fault(**(known | changes))  # type: ignore[arg-type]


def an_exercise(**changes: object) -> Exercise:
    known = {k.name: getattr(CATALOGUE["clamshell"], k.name) for k in dataclasses.fields(Exercise)}
    return Exercise(**(known | changes))


class TestContradictions:
    """A definition that contradicts itself says so at once, with the word that is wrong."""

    @pytest.mark.parametrize(
        "make",
        [
            lambda: Flexion("hip", "nee", "ankle"),
            lambda: Slope("hip", "tail"),
            lambda: Lean("hipss", "shoulder"),
            lambda: Distance("knee", "another_knee"),
            lambda: Along("hip", "up", than="moon"),
            lambda: OverLine("hip", "shoulder", ""),
            lambda: Seen(joints=("hip", "wing")),
            lambda: a_fault(limb=(("hip", "fin"),)),
        ],
    )
    def test_no_such_joint(self, make: object) -> None:
        with pytest.raises(SpecError, match=r"no joint is called '.*'.*shoulder"):
            make()  # type: ignore[operator]

    @pytest.mark.parametrize(
        "name", ["hip", "other_hip", "hips", "left_hip", "nose", "feet", "heel", "foot_index"]
    )
    def test_such_joints(self, name: str) -> None:
        assert Slope(name, "shoulders").a == name

    def test_limits_out_of_order(self) -> None:
        for mild, severe in ((10, 5), (5, 5)):
            with pytest.raises(SpecError, match="severe must lie beyond mild"):
                at_most(mild, severe=severe)
        with pytest.raises(SpecError, match="severe must lie beyond mild"):
            at_least(160, severe=170)

    def test_windows_that_let_nothing_through(self) -> None:
        with pytest.raises(SpecError, match="empty window: 30 to 10"):
            Seen(azimuth=((0, 20), (30, 10)))
        with pytest.raises(SpecError, match="empty window"):
            Seen(elevation=(20, 20))
        with pytest.raises(SpecError, match="lets nothing through"):
            Gate(KNEE.typical(), low=5, high=5)

    @pytest.mark.parametrize(("least", "full"), [(0, 10), (10, 10), (20, 10), (-5, 10)])
    def test_ranges_out_of_order(self, least: float, full: float) -> None:
        with pytest.raises(SpecError, match="min_range < full_range"):
            Cycle(KNEE, least, full)

    def test_times_out_of_order(self) -> None:
        with pytest.raises(SpecError, match="min_s < max_s"):
            Cycle(KNEE, 10, 20, min_s=5, max_s=2)

    @pytest.mark.parametrize("name", ["Sagging", "sag-ging", "2sag", "", "sag ging", "säge"])
    def test_fault_ids(self, name: str) -> None:
        with pytest.raises(SpecError, match="snake_case"):
            a_fault(id=name)

    def test_faults_without_a_way_and_long_cues(self) -> None:
        with pytest.raises(SpecError, match="at least one way"):
            a_fault(ways=())
        with pytest.raises(SpecError, match="at most six words"):
            a_fault(cue="one two three four five six seven")
        assert a_fault(cue="one two three four five six").label == "sagging"

    def test_a_fault_twice(self) -> None:
        with pytest.raises(SpecError, match="clamshell: a fault is defined twice"):
            an_exercise(faults=(a_fault(), a_fault()))


class TestWords:
    def test_at_least_turns_the_sign(self) -> None:
        assert at_least(165, severe=155) == Limits(-165, -155)
        assert KNEE.floor().signal == Scaled(KNEE, -1.0)
        assert KNEE.drop().signal == Scaled(KNEE, -1.0)

    def test_units(self) -> None:
        gap = Distance("knee", "other_knee")
        assert KNEE.unit == "°"
        assert gap.unit == "% torso"
        assert (gap - gap).unit == "% torso"
        assert (gap + gap) == Combine(gap, gap, 1.0)
        assert Ratio(gap, gap).unit == "%"
        assert Deviation(KNEE, 90).unit == "°"
        assert While(gap, KNEE, below=45).unit == "% torso"
        assert Scaled(gap, 0.5).unit == "% torso"
        assert Scaled(gap, 0.5, scaled_unit="°").unit == "°"

    def test_signals_are_values(self) -> None:
        """The window's cache depends on it."""
        assert Distance("knee", "ankle") == Distance("knee", "ankle")
        assert hash(KNEE - KNEE) == hash(KNEE - KNEE)
        assert Distance("knee", "ankle") != Distance("knee", "ankle", "world")

    def test_easing_moves_both_limits_by_a_share_of_their_gap(self) -> None:
        assert Limits(10, 20).eased(1.0) == Limits(10, 20)
        assert Limits(10, 20).eased(1.25) == Limits(12.5, 22.5)
        assert Limits(10, 20).eased(0.85) == Limits(8.5, 18.5)
        # "At least 165, severe below 155" gets easier when 162.5 will do.
        assert at_least(165, severe=155).eased(1.25) == Limits(-162.5, -152.5)

    @pytest.mark.parametrize("exercise", ALL)
    def test_easing_an_exercise_moves_limits_and_nothing_else(self, exercise: Exercise) -> None:
        assert exercise.with_limits(1.0) == exercise
        easy, strict = exercise.with_limits(1.25), exercise.with_limits(0.85)
        for old, soft, hard in zip(exercise.faults, easy.faults, strict.faults, strict=True):
            for a, b, c in zip(old.ways, soft.ways, hard.ways, strict=True):
                assert c.limits.mild < a.limits.mild < b.limits.mild
                assert c.limits.severe < a.limits.severe < b.limits.severe
            same = dataclasses.replace(soft, ways=old.ways)
            assert same == old

    def test_fault_by_id(self) -> None:
        assert CATALOGUE["squat"].fault("shallow").cue
        with pytest.raises(KeyError):
            CATALOGUE["squat"].fault("hip_roll_back")


@pytest.mark.parametrize(
    ("signal", "named"),
    [
        (Flexion("hip", "knee", "other_ankle"), {"hip", "knee", "other_ankle"}),
        (Along("hips", "feet"), {"hips"}),
        (Along("hips", "up", than="feet"), {"hips", "feet"}),
        (Fitted(((1.0, Lean("hip", "shoulder")), (2.0, OfBoth("max", Slope("knee", "heel")))), "°"),
         {"hip", "shoulder", "knee", "heel"}),
        (Deviation(Ratio(Distance("hip", "knee"), Travel("wrist")), 3.0), {"hip", "knee", "wrist"}),
    ],
)  # fmt: skip
def test_the_joints_of_a_signal(signal: Signal, named: set[str]) -> None:
    assert joints(signal) == named
