"""Several exercises in one film, with walking, drinking and a phone in between: cut, named and counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from formcheck.app.parts import recognised
from formcheck.sources.recording import load

FOLDER = Path(__file__).parents[2] / "samples" / "recordings" / "studio"
#: How well the edges of a part are known, s: half a look.
EDGE_S = 2.5

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="there are no studio recordings")


@pytest.mark.parametrize("name", ["string_tune_01", "string_test_02"])
def test_is_cut_and_counted(name: str) -> None:
    """Clamshell, squat, bridge; and clamshell left, right, drink, phone, squat."""
    acts = json.loads((FOLDER / f"{name}.json").read_text())["acts"]
    wanted: list[list[object]] = []
    for act in acts:  # sets of one exercise in a row are one part
        if wanted and wanted[-1][0] == act["exercise"]:
            wanted[-1][1] += act["count"]
        else:
            wanted.append([act["exercise"], act["count"]])
    parts = recognised(load(FOLDER / f"{name}.npz")).parts
    assert [[p.rules.id, sum(r.counted for r in p.folded.reps)] for p in parts] == wanted
    starts = {act["exercise"]: act["start_s"] for act in reversed(acts)}
    for part in parts:
        assert part.start_s == pytest.approx(starts[part.rules.id], abs=EDGE_S)


@pytest.mark.parametrize("name", ["string_tune_02", "string_test_01"])
def test_what_is_not_sure_is_left_out_and_not_made_up(name: str) -> None:
    """One set of three is not recognised in each of these; nothing is taken for something else."""
    acts = json.loads((FOLDER / f"{name}.json").read_text())["acts"]
    for part in recognised(load(FOLDER / f"{name}.npz")).parts:
        inside = [a for a in acts if a["start_s"] < part.end_s and part.start_s < a["end_s"]]
        assert {a["exercise"] for a in inside} == {part.rules.id}
        assert sum(rep.counted for rep in part.folded.reps) == sum(a["count"] for a in inside)
