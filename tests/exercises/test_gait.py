"""Walking and running as the full pose model saw them: steps and figures against their known truth."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from formcheck.app.parts import given
from formcheck.app.scenes import Scenes
from formcheck.exercises import find
from formcheck.features.gait import Gait, measure
from formcheck.sources.recording import load

FOLDER = Path(__file__).parents[2] / "samples" / "recordings" / "studio"
#: Of the half that limits are set on; how often it is right on the other half is told in docs/thresholds.md.
NAMES = sorted(path.stem for path in FOLDER.glob("gait_tune_*.npz") if path.with_suffix(".json").exists())
#: By figure, the truth's key and the largest error. Lean and shin have the camera's tilt in them, up to 4°.
FIGURES = {
    "asymmetry": ("asymmetry_pct", 5.0),
    "trunk_lean": ("trunk_lean_deg", 9.0),
    "overstride": ("shin_deg", 9.0),
}

pytestmark = pytest.mark.skipif(not NAMES, reason=f"there is no recording of a gait in {FOLDER.name}")


@cache
def truth(name: str) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())["gait"]
    return known


@cache
def found(name: str) -> Gait:
    return measure(load(FOLDER / f"{name}.npz"))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_told_is_right(name: str) -> None:
    cadence = found(name).figure("cadence")
    if not cadence.reason:
        assert cadence.value == pytest.approx(truth(name)["cadence_per_min"], rel=0.04)
        assert abs(len(found(name).steps) - len(truth(name)["steps"])) <= 2
    for figure, (key, error) in FIGURES.items():
        value = found(name).figure(figure).value
        if np.isfinite(value):
            assert value == pytest.approx(truth(name)[key], abs=error), figure


@pytest.mark.parametrize("name", NAMES)
def test_what_cannot_be_seen_is_not_told(name: str) -> None:
    assert found(name).figure("pelvic_drop").reason
    if truth(name)["running"]:
        assert found(name).figure("overstride").reason


def test_steps_are_nearly_always_found() -> None:
    known = [name for name in NAMES if not found(name).figure("cadence").reason]
    assert len(known) >= 0.85 * len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_steps_are_the_reps_of_a_film(name: str) -> None:
    rules = find("running" if truth(name)["running"] else "walking")
    [part] = given(load(FOLDER / f"{name}.npz"), rules, side="auto", ignore=()).parts
    steps, reps = measure(part.folded.recording).steps, part.folded.reps
    assert [(rep.turn_s, rep.side) for rep in reps] == [(step.t, step.side) for step in steps]
    assert all(rep.start_s <= rep.turn_s <= rep.end_s for rep in reps)
    assert all(a.end_s <= b.start_s for a, b in pairwise(reps))
    assert [rep.index for rep in reps] == list(range(1, len(reps) + 1))
    assert len(part.folded.views) == len(part.folded.judged_s) == len(reps)
    assert {figure.id for figure in part.figures} == {figure.id for figure in found(name).figures}


def test_nothing_about_a_walk_is_judged_in_the_picture() -> None:
    name = NAMES[0]
    [part] = given(load(FOLDER / f"{name}.npz"), find("walking"), side="auto", ignore=()).parts
    scenes = Scenes(part.folded, part.rules)
    last = part.folded.reps[-1].end_s
    scene = scenes.at(last)
    assert scene.count == len(part.folded.reps)
    assert abs(scene.count - len(truth(name)["steps"])) <= 2
    assert scene.meter is None
    assert not scene.reps
    assert not scene.cue
    assert all(rep.score is None for rep in part.folded.reps)
