"""From a recording to the report and its files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest

from formcheck import analyze
from formcheck.errors import NoPersonError, OutputError, SourceError, UsageError
from formcheck.outputs.report import as_dict, to_csv, to_json
from formcheck.sources.recording import load, save
from formcheck.types import Recording, Report, Severity

from ...skeleton import EXERCISES, Camera, Move, blanked, perform, still


def recording(**options: Any) -> Recording:
    moves = [Move(), Move(faults={"hip_roll_back": 40.0}), Move(rest=8), Move()]
    return perform("clamshell", moves, fps=15, **options).recording


def strictly(text: str) -> Any:
    """JSON without NaN and Infinity, which no other program reads."""

    def refuse(word: str) -> NoReturn:
        raise AssertionError(f"{word} in the JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.fixture(scope="module")
def report() -> Report:
    return analyze(recording(), "clamshell")


def test_tells_what_was_done(report: Report) -> None:
    assert (report.exercise, report.name, report.given, report.strictness) == (
        "clamshell",
        "Clamshell",
        True,
        "normal",
    )
    assert (report.count, report.partial) == (4, 0)
    assert report.seen == 1.0
    assert report.frames == len(recording())
    assert report.size == (1280, 720)
    assert report.view.kind == "feet diagonal"
    assert report.top_fault == "hip_roll_back"
    assert report.cue == "Keep the top hip stacked"
    assert report.score is not None
    assert 60 <= report.score < 100
    assert not report.notes
    assert not report.files
    roll = next(f for f in report.per_fault if f.fault == "hip_roll_back")
    assert (roll.ok, roll.severe) == (3, 1)


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("camera", [None, Camera(0, 5)])
def test_json_and_csv_agree_with_the_report(exercise: str, camera: Camera | None) -> None:
    moves = [Move(), Move(), Move(amp=0.4), Move()]
    r = analyze(perform(exercise, moves, camera=camera, fps=15).recording, exercise)
    known = strictly(to_json(r))
    assert known == as_dict(r)
    assert known["schema"] == "formcheck.report/1"
    assert set(known) == {
        "schema", "source", "model", "strictness", "exercise", "view", "count", "partial", "reps", "summary",
        "notes", "parts", "figures",
    }  # fmt: skip
    assert known["count"] == sum(x["counted"] for x in known["reps"]) == r.count
    assert known["partial"] == sum(not x["counted"] for x in known["reps"]) == r.partial
    for mine, told in zip(r.reps, known["reps"], strict=True):
        assert (told["set"], told["index"], told["side"]) == (mine.set, mine.index, mine.side.value)
        assert [v["fault"] for v in told["verdicts"]] == [v.fault for v in mine.verdicts]
        for v in told["verdicts"]:
            assert v["verdict"] in ("ok", "mild", "severe", "unknown")
            assert (v["value"] is None) == (v["verdict"] == "unknown") == bool(v["reason"])
    rows = list(csv.DictReader(io.StringIO(to_csv(r))))
    assert len(rows) == len(r.reps)
    for mine, row in zip(r.reps, rows, strict=True):
        assert row["counted"] == ("yes" if mine.counted else "no")
        assert float(row["turn_s"]) == pytest.approx(mine.turn_s, abs=0.006)
        for v in mine.verdicts:
            assert row[v.fault] == v.verdict.value or (not r.count and not mine.counted)


def test_an_empty_result_is_a_result() -> None:
    r = analyze(still("clamshell", 3, fps=15).recording, "clamshell")
    assert (r.count, r.reps, r.score, r.top_fault, r.cue) == (0, (), None, "", "")
    assert any("no rep" in note for note in r.notes)
    assert r.view.kind == "feet diagonal"
    known = strictly(to_json(r))
    assert known["summary"]["score"] is None
    assert to_csv(r).count("\n") == 1


def test_a_file_is_the_same_as_its_recording(tmp_path: Path, report: Report) -> None:
    save(tmp_path / "clip.npz", recording())
    r = analyze(tmp_path / "clip.npz", "clamshell")
    assert r.source == "clip.npz"
    assert [(x.set, x.index, x.score) for x in r.reps] == [(x.set, x.index, x.score) for x in report.reps]
    assert [[v.verdict for v in x.verdicts] for x in r.reps] == [
        [v.verdict for v in x.verdicts] for x in report.reps
    ]


def test_writes_report_reps_and_landmarks(tmp_path: Path) -> None:
    out, points = tmp_path / "out", tmp_path / "points.npz"
    r = analyze(recording(), "clamshell", out=out, landmarks=points)
    assert dict(r.files) == {
        "report": str(out / "report.json"), "reps": str(out / "reps.csv"), "landmarks": str(points),
    }  # fmt: skip
    assert sorted(p.name for p in out.iterdir()) == ["report.json", "reps.csv"], "nothing half-written stays"
    assert strictly((out / "report.json").read_text())["count"] == 4
    assert len((out / "reps.csv").read_text().splitlines()) == 5
    again = load(points)
    assert again.image == pytest.approx(recording().image, rel=1e-5, abs=1e-3)


def test_writes_nothing_without_being_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    analyze(recording(), "clamshell")
    assert list(tmp_path.iterdir()) == []


class TestUsage:
    @pytest.mark.parametrize(
        ("options", "words"),
        [
            ({"exercise": "clamshel"}, "clamshell"),
            ({"exercise": ""}, "known"),
            ({"side": "middle"}, "left, right or auto"),
            ({"strictness": "brutal"}, "easy, normal, strict"),
            ({"ignore": ["knee_valgus"]}, "hip_roll_back"),
        ],
    )
    def test_says_what_is_wrong_and_what_is_known(self, options: dict[str, Any], words: str) -> None:
        known = {"exercise": "clamshell"} | options
        with pytest.raises(UsageError, match=words) as error:
            analyze(recording(), **known)
        assert error.value.exit_code == 2

    def test_is_checked_before_anything_is_read_or_written(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError):
            analyze(tmp_path / "there_is_none.mp4", "clamshell", side="up", out=tmp_path / "out")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("kind", [list, tuple, set, iter])
    def test_ignore_takes_any_iterable(self, kind: Any) -> None:
        r = analyze(recording(), "clamshell", ignore=kind(["hip_roll_back", "momentum"]))
        judged = {v.fault for rep in r.reps for v in rep.verdicts}
        assert judged.isdisjoint({"hip_roll_back", "momentum"})
        assert "feet_apart" in judged
        assert r.top_fault != "hip_roll_back"

    def test_side(self) -> None:
        r = analyze(recording(side="right"), "clamshell", side="right")
        assert {rep.side.value for rep in r.reps} == {"right"}

    def test_strictness_orders_the_verdicts(self) -> None:
        """Whatever easy flags, normal flags; whatever normal flags, strict flags."""
        moves = [Move(faults={"hip_roll_back": a, "feet_apart": a / 250}) for a in (0, 8, 11, 13, 15, 18, 25)]
        r = perform("clamshell", moves, fps=15).recording
        order = [Severity.OK, Severity.UNKNOWN, Severity.MILD, Severity.SEVERE]
        levels = []
        for strictness in ("easy", "normal", "strict"):
            reps = analyze(r, "clamshell", strictness=strictness).reps
            own = ("hip_roll_back", "feet_apart")
            levels.append([order.index(v.verdict) for rep in reps for v in rep.verdicts if v.fault in own])
        easy, normal, strict = (np.array(x) for x in levels)
        assert (easy <= normal).all()
        assert (normal <= strict).all()
        assert easy.sum() < strict.sum()


class TestBadInput:
    def test_nobody(self) -> None:
        with pytest.raises(NoPersonError, match="nobody was found") as error:
            analyze(blanked(recording(), 0, 999), "clamshell")
        assert error.value.exit_code == 4
        assert error.value.hint

    def test_no_frames(self) -> None:
        r = recording()
        empty = Recording(r.t[:0], r.image[:0], r.world[:0], r.size)
        with pytest.raises(SourceError, match="no frames"):
            analyze(empty, "clamshell")

    def test_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match="no such file"):
            analyze(tmp_path / "none.npz", "clamshell")

    def test_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="cannot write"):
            analyze(recording(), "clamshell", out=tmp_path / "a" / "b" / "c")

    def test_a_person_who_is_often_lost_is_told(self) -> None:
        r = recording()
        seen = analyze(blanked(r, r.t[-1] * 0.7, 999), "clamshell")
        assert seen.seen == pytest.approx(0.7, abs=0.01)
        assert any("not found in 30 %" in note for note in seen.notes)

    def test_two_frames(self) -> None:
        r = still("squat", 0.1, fps=15).recording
        assert len(r) == 2
        assert analyze(r, "squat").count == 0
