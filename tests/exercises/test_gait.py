"""Walking and running as the full pose model saw them: steps and figures against their known truth."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from formcheck.app.fold import fold
from formcheck.exercises import find
from formcheck.features.gait import Gait, measure
from formcheck.sources.recording import load

FOLDER = Path(__file__).parents[2] / "samples" / "recordings" / "studio"
NAMES = sorted(path.stem for path in FOLDER.glob("gait_*.npz") if path.with_suffix(".json").exists())
#: Others than these are said to be unknown in fewer steps.
FIGURES = {
    "asymmetry": "asymmetry_pct",
    "pelvic_drop": "pelvic_drop_deg",
    "trunk_lean": "trunk_lean_deg",
    "overstride": "shin_deg",
}

pytestmark = pytest.mark.skipif(not NAMES, reason=f"there is no recording of a gait in {FOLDER.name}")


@cache
def truth(name: str) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return known


@cache
def found(name: str) -> Gait:
    return measure(load(FOLDER / f"{name}.npz"))


def errors(figure: str) -> np.ndarray:
    """Found less true, of the recordings in which the figure is known."""
    pairs = [(found(name).figure(figure).value, truth(name)["gait"][FIGURES[figure]]) for name in NAMES]
    return np.array([value - known for value, known in pairs if np.isfinite(value)])


@pytest.mark.parametrize("name", NAMES)
def test_steps_and_cadence(name: str) -> None:
    known = truth(name)["gait"]
    assert abs(len(found(name).steps) - len(known["steps"])) <= 2
    assert found(name).figure("cadence").value == pytest.approx(known["cadence_per_min"], rel=0.03)


@pytest.mark.parametrize("name", NAMES)
def test_live_steps_are_as_many(name: str) -> None:
    """The engine counts them as reps, of the exercise that it is."""
    known = truth(name)["gait"]
    exercise = find("running" if known["running"] else "walking")
    counted = sum(rep.counted for rep in fold(load(FOLDER / f"{name}.npz"), exercise).reps)
    assert abs(counted - len(known["steps"])) <= max(2, 0.1 * len(known["steps"]))
