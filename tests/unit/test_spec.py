"""The words of an exercise, and whether every exercise of the catalogue makes sense in them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import numpy as np
import pytest

from formcheck import exercises
from formcheck.engine import control, score
from formcheck.errors import UsageError
from formcheck.features.body import Window
from formcheck.features.signals import evaluate
from formcheck.geometry import Floats
from formcheck.landmarks import COUNT, LEFT, RIGHT
from formcheck.spec import (
    Along,
    Combine,
    Cycle,
    Deviation,
    Distance,
    Exercise,
    Fault,
    Flexion,
    Gate,
    Lean,
    Limits,
    OverLine,
    Ratio,
    Scaled,
    Seen,
    Signal,
    Slope,
    SpecError,
    Way,
    at_least,
    at_most,
)

CATALOGUE = exercises.catalogue()
IDS = ("clamshell", "fire_hydrant", "side_leg_raise", "single_leg_bridge", "squat")
KNEE = Flexion("hip", "knee", "ankle")
WAY = Way(KNEE.change(), at_most(5, severe=10), Seen())


def signals(exercise: Exercise) -> Iterator[tuple[str, Signal]]:
    """Every signal of an exercise with the name of what it serves, the inner ones too."""
    pile: list[tuple[str, Signal]] = [("reps", exercise.reps.signal)]
    pile += [(f"gate {g.what}", g.measure.signal) for g in exercise.gates]
    pile += [(f.id, way.measure.signal) for f in exercise.faults for way in f.ways]
    while pile:
        name, signal = pile.pop()
        yield name, signal
        inner = [getattr(signal, k.name) for k in dataclasses.fields(signal)]  # type: ignore[arg-type]
        pile += [(name, s) for s in inner if isinstance(s, Signal)]


FAULTS = [pytest.param(f, id=f"{e.id}-{f.id}") for e in CATALOGUE.values() for f in e.faults]
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


def straight_legs(xy: Floats) -> Floats:
    """The same points with each knee between its hip and ankle: a bent leg may tell nothing, on purpose."""
    for side in (LEFT, RIGHT):
        xy[:, side["knee"]] = (xy[:, side["hip"]] + xy[:, side["ankle"]]) / 2
    return xy


class TestCatalogue:
    def test_has_the_five(self) -> None:
        assert set(IDS) <= set(CATALOGUE)
        assert [e.name for e in CATALOGUE.values()] == sorted(e.name for e in CATALOGUE.values())

    @pytest.mark.parametrize("text", ["clamshell", " Clamshell ", "CLAMSHELL"])
    def test_finds_by_name(self, text: str) -> None:
        assert exercises.find(text).id == "clamshell"

    def test_forgives_hyphens_and_spaces(self) -> None:
        assert exercises.find("Side-Leg raise").id == "side_leg_raise"

    def test_suggests_the_nearest(self) -> None:
        with pytest.raises(UsageError, match=r"unknown exercise 'clamshel'.*clamshell"):
            exercises.find("clamshel")
        with pytest.raises(UsageError, match=r"known: .*squat"):
            exercises.find("zzzz")

    @pytest.mark.parametrize("exercise", ALL)
    def test_is_complete(self, exercise: Exercise) -> None:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", exercise.id)
        assert exercise.setup.endswith(".")
        assert exercise.camera.endswith(".")
        assert exercise.refs
        assert all(exercise.refs)
        assert exercise.best.azimuth
        assert any(f.primary for f in exercise.faults) is not exercise.informative
        assert {f.id for f in exercise.faults}.isdisjoint(c.id for c in control.ALL)

    @pytest.mark.parametrize("exercise", ALL)
    def test_the_same_word_means_the_same_fault(self, exercise: Exercise) -> None:
        labels = [f.label for f in (*exercise.faults, *control.ALL)]
        assert len(set(labels)) == len(labels)
        cues = [f.cue for f in (*exercise.faults, *control.ALL)]
        assert len(set(cues)) == len(cues)

    @pytest.mark.parametrize("fault", FAULTS)
    def test_every_fault_can_be_explained(self, fault: Fault) -> None:
        assert 1 <= len(fault.cue.split()) <= 6
        assert fault.why.endswith(".")
        assert fault.limb, "nothing would light up"
        assert fault.weight > 0
        assert fault.hold_s > 0
        assert fault.source, "where do the limits come from?"
        for way in fault.ways:
            assert way.limits.mild < way.limits.severe
            assert way.measure.signal.unit
            assert way.seen.joints
            assert way.seen.where.endswith("."), "what to tell a person who stands elsewhere"

    @pytest.mark.parametrize("fault", FAULTS)
    def test_every_way_can_be_reached(self, fault: Fault) -> None:
        """No way is hidden behind an earlier one that holds in the same views."""
        for k, way in enumerate(fault.ways):
            # One that needs a joint which this one does not leaves the view to it when that joint is hidden.
            earlier = [
                w.seen
                for w in fault.ways[:k]
                if w.seen.side in ("", way.seen.side) and set(w.seen.joints) <= set(way.seen.joints)
            ]
            grid = [
                (a, e)
                for a in range(-180, 181, 3)
                for e in range(-90, 91, 3)
                if _inside(way.seen, a, e) and not any(_inside(s, a, e) for s in earlier)
            ]
            assert grid

    @pytest.mark.parametrize("exercise", ALL)
    def test_every_signal_can_be_evaluated(self, exercise: Exercise) -> None:
        rng = np.random.default_rng(0)
        xy, world = straight_legs(rng.uniform(0, 500, (7, COUNT, 2))), rng.uniform(-1, 1, (7, COUNT, 3))
        for side in ("left", "right"):
            window = Window(np.arange(7) / 30, xy, np.ones((7, COUNT)), world, side)
            for name, signal in signals(exercise):
                y = evaluate(signal, window)
                assert y.shape == (7,), name
                assert np.isfinite(y).all(), name

    @pytest.mark.parametrize("exercise", ALL)
    def test_missing_joints_give_missing_values(self, exercise: Exercise) -> None:
        rng = np.random.default_rng(0)
        xy, world = straight_legs(rng.uniform(0, 500, (7, COUNT, 2))), rng.uniform(-1, 1, (7, COUNT, 3))
        xy[3], world[3] = np.nan, np.nan
        window = Window(np.arange(7) / 30, xy, np.ones((7, COUNT)), world, "left")
        for name, signal in signals(exercise):
            y = evaluate(signal, window)
            assert np.isnan(y[3]), name
            assert np.isfinite(np.delete(y, 3)).all(), name

    @pytest.mark.parametrize("exercise", ALL)
    def test_the_best_view_shows_the_primary_faults(self, exercise: Exercise) -> None:
        """From each window of the recommended view enough of them can be judged for a score."""
        primary = [f for f in exercise.faults if f.primary]
        weight = sum(f.weight for f in primary)
        for low, high in exercise.best.azimuth:
            places = [(a, e) for a in np.linspace(low, high, 9) for e in range(-90, 91, 3)]
            seen = [
                sum(f.weight for f in primary if any(_inside(w.seen, a, e) for w in f.ways))
                for a, e in places
                if _inside(exercise.best, a, e)
            ]
            assert weight - max(seen) <= score.UNSEEN * weight

    @pytest.mark.parametrize("thing", control.ALL, ids=lambda c: c.id)
    def test_control(self, thing: control.Control) -> None:
        assert len(thing.cue.split()) <= 6
        assert thing.limits.mild < thing.limits.severe
        assert thing.source
        assert thing.why.endswith(".")


def _inside(seen: Seen, azimuth: float, elevation: float) -> bool:
    low, high = seen.elevation
    return low <= elevation <= high and (not seen.azimuth or any(a <= azimuth <= b for a, b in seen.azimuth))
