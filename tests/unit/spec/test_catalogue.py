"""Whether every exercise of the catalogue makes sense."""

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
    Exercise,
    Fault,
    Seen,
    Signal,
)

CATALOGUE = exercises.catalogue()
IDS = ("clamshell", "fire_hydrant", "side_leg_raise", "single_leg_bridge", "squat")
FAULTS = [pytest.param(f, id=f"{e.id}-{f.id}") for e in CATALOGUE.values() for f in e.faults]
ALL = [pytest.param(e, id=e.id) for e in CATALOGUE.values()]


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
