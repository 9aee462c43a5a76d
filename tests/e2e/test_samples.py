"""The sample clips through the whole road, pixels to report, against their known truth."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from formcheck import Report, Severity, analyze

CLIPS = Path(__file__).parents[2] / "samples" / "clips"
NAMES = sorted(path.stem for path in CLIPS.glob("*.mp4"))
FLAGGED = (Severity.MILD, Severity.SEVERE)
TWINS = ("feet", "raised", "low")
#: What goes with a commanded fault by nature: a swing drops and bounces, a shallow rep is short.
ALONG = {
    "momentum": ("dropped_return", "rebound"),
    "shallow": ("short_rom",),
    "incomplete_extension": ("short_rom",),
}


@cache
def truth(name: str) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((CLIPS / f"{name}.json").read_text())
    return known


@cache
def report(name: str) -> Report:
    """A clip without an exercise (somebody walks in and out) is analysed as a squat."""
    return analyze(CLIPS / f"{name}.mp4", truth(name)["exercise"] or "squat")


def verdicts(name: str, fault: str) -> list[Severity]:
    return [v.verdict for rep in report(name).reps if rep.counted for v in rep.verdicts if v.fault == fault]


@pytest.mark.parametrize("name", NAMES)
def test_count_equals_the_truth(name: str) -> None:
    wanted = sum(rep["counted"] for rep in truth(name)["reps"])
    assert report(name).count == wanted, [(r.start_s, r.end_s, r.counted) for r in report(name).reps]


@pytest.mark.parametrize("name", [n for n in NAMES if truth(n)["reps"]])
def test_turns_and_side_equal_the_truth(name: str) -> None:
    turns = [rep["turn_s"] for rep in truth(name)["reps"] if rep["counted"]]
    counted = [rep for rep in report(name).reps if rep.counted]
    assert [rep.turn_s for rep in counted] == pytest.approx(turns, abs=0.3)
    assert {rep.side.value for rep in counted} == {truth(name)["side"]}


@pytest.mark.parametrize("name", [n for n in NAMES if truth(n)["reps"]])
def test_nothing_is_called_a_fault_that_was_not_commanded(name: str) -> None:
    counted = [rep for rep in report(name).reps if rep.counted]
    for rep, known in zip(counted, [r for r in truth(name)["reps"] if r["counted"]], strict=True):
        flagged = {v.fault for v in rep.verdicts if v.verdict in FLAGGED}
        allowed = set(known["faults"]).union(*(ALONG.get(f, ()) for f in known["faults"]))
        assert flagged <= allowed, f"rep at {rep.turn_s} s"


@pytest.mark.parametrize("where", TWINS)
def test_the_clean_twin_is_never_flagged(where: str) -> None:
    assert not set(FLAGGED) & set(verdicts(f"clamshell_good_{where}", "hip_roll_back"))


def test_the_rolled_twin_is_flagged_where_the_roll_shows() -> None:
    seen = verdicts("clamshell_rolled_raised", "hip_roll_back")
    assert len(seen) == 3
    assert set(seen) <= set(FLAGGED)
    assert verdicts("clamshell_good_raised", "hip_roll_back") == [Severity.OK] * 3


def test_from_the_feet_a_roll_needs_a_better_rep_beside_it() -> None:
    """Clean reps of some people read there like this one's rolled ones. See "clamshell" for a set of both."""
    assert verdicts("clamshell_rolled_feet", "hip_roll_back") == [Severity.UNKNOWN] * 3
    assert verdicts("clamshell_good_feet", "hip_roll_back") == [Severity.OK] * 3


def test_low_from_the_belly_both_twins_are_unknown_and_told_where_to_put_the_camera() -> None:
    for name in ("clamshell_good_low", "clamshell_rolled_low"):
        assert verdicts(name, "hip_roll_back") == [Severity.UNKNOWN] * 3
        assert "feet" in report(name).view.advice
        assert report(name).score is None


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("clamshell", "hip_roll_back"),
        ("fire_hydrant", "pelvis_rotation"),
        ("side_leg_raise", "hip_roll_back"),
        ("side_leg_raise", "knee_bend"),
        ("single_leg_bridge", "incomplete_extension"),
        ("squat", "knee_valgus"),
        ("squat_side", "shallow"),
        ("squat_side", "forward_lean"),
    ],
)
def test_the_commanded_fault_is_found_in_its_reps(name: str, fault: str) -> None:
    commanded = [fault in rep["faults"] for rep in truth(name)["reps"] if rep["counted"]]
    assert any(commanded)
    assert [v in FLAGGED for v in verdicts(name, fault)] == commanded


def test_a_swing_is_never_called_fine() -> None:
    """Swings of a third of a second, one out of the other: the edge of what 25 frames a second show."""
    commanded = [
        "momentum" in rep["faults"] for rep in truth("side_leg_raise_swung")["reps"] if rep["counted"]
    ]
    levels = verdicts("side_leg_raise_swung", "momentum")
    assert [v in FLAGGED for v, swung in zip(levels, commanded, strict=True) if not swung] == [False, False]
    swings = [v for v, swung in zip(levels, commanded, strict=True) if swung]
    assert Severity.OK not in swings
    assert any(v in FLAGGED for v in swings)
