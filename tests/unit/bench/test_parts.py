"""The bench's smaller parts: matching, intervals, views, documents, the command line."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.app.fold import fold
from formcheck.errors import SourceError, UsageError
from formcheck.exercises import find
from formcheck.sources.recording import load
from tests.bench import accuracy
from tests.bench.scoring import document, headline, measures, page, stats, text, views
from tests.bench.scoring.matching import match, strangers
from tests.bench.scoring.readings import Measured, measure
from tests.bench.scoring.replay import play, postures
from tests.skeleton import Move, perform

RECORDINGS = accuracy.RECORDINGS


def test_match_takes_the_most_common_time() -> None:
    commanded = [(0.0, 2.0), (3.0, 5.0), (6.0, 8.0)]
    assert match(commanded, [(6.1, 8.2), (0.3, 1.9), (3.2, 4.9)]) == {0: 1, 1: 2, 2: 0}


def test_match_is_one_to_one() -> None:
    """A movement that was found in two halves goes to the longer half; two found as one leave one over."""
    assert match([(0.0, 3.0)], [(0.0, 1.0), (1.0, 3.0)]) == {0: 1}
    assert match([(0.0, 3.0), (3.0, 5.0)], [(0.0, 5.0)]) == {0: 0}


def test_match_does_not_steal_from_a_better_pair() -> None:
    """Found late by half a rep: each still belongs to its own."""
    assert match([(0.0, 2.0), (2.0, 4.0)], [(0.8, 2.6), (2.8, 4.6)]) == {0: 0, 1: 1}


def test_no_match_without_common_time() -> None:
    assert match([(0.0, 2.0)], [(1.9, 4.0)]) == {}
    assert match([], [(0.0, 1.0)]) == {}


def test_strangers_share_hardly_any_time() -> None:
    assert strangers([(0.0, 2.0)], [(0.5, 1.5), (1.95, 3.0), (5.0, 6.0)]) == [1, 2]


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (90, 100, 0.8256, 0.9448)],
)
def test_wilson(hits: int, n: int, low: float, high: float) -> None:
    assert stats.wilson(hits, n) == pytest.approx((low, high), abs=5e-4)


def test_bootstrap_of_like_clips_has_no_width() -> None:
    low, high = stats.clustered_f1(np.tile([4, 1, 1], (12, 1)))
    assert low == high == pytest.approx(0.8)


def test_bootstrap_goes_by_clips_and_not_by_reps() -> None:
    """The same counts, spread evenly or gathered in bad and good clips: the second is less certain."""
    even = np.tile([8, 1, 1], (20, 1))
    gathered = np.array([[10, 0, 0]] * 16 + [[0, 5, 5]] * 4)
    assert even.sum(0).tolist() == gathered.sum(0).tolist()
    low, high = stats.clustered_f1(gathered)
    assert low < stats.f1(160, 20, 20) - 0.05
    assert high > stats.f1(160, 20, 20) + 0.05
    assert stats.clustered_f1(gathered) == (low, high)


def test_nothing_to_count_is_nan() -> None:
    assert math.isnan(stats.f1(0, 3, 0))
    assert all(math.isnan(x) for x in (*stats.wilson(0, 0), *stats.clustered_f1(np.zeros((0, 3), int))))
    assert math.isnan(stats.quantile([math.nan], 0.5))


@pytest.mark.parametrize(
    ("posture", "azimuth", "elevation", "wanted"),
    [
        ("side_lying", 43, 18, "feet diagonal"),
        ("side_lying", -45, 18, "head diagonal"),
        ("side_lying", 2, 37, "belly side raised"),
        ("side_lying", -178, 5, "back side low"),
        ("standing", 88, 4, "side"),
        ("supine", 89, 35, "side raised"),
        ("quadruped", 135, 12, "back diagonal"),
    ],
)
def test_view_names(posture: str, azimuth: float, elevation: float, wanted: str) -> None:
    assert views.name(posture, azimuth, elevation) == wanted  # type: ignore[arg-type]


def test_azimuth_errors_go_around_the_circle() -> None:
    assert views.azimuth_error("side_lying", 178, -179) == pytest.approx(3)
    assert views.azimuth_error("side_lying", 43, 30) == pytest.approx(13)
    assert views.azimuth_error("standing", -88, 92) == pytest.approx(4)


def test_a_line_is_worse_beyond_its_margin() -> None:
    target = headline.TARGETS["f1_primary"]
    assert not headline.Line(target, 0.90, 10).worse_than(0.92)
    assert headline.Line(target, 0.899, 10).worse_than(0.92)
    assert not headline.Line(target, 0.99, 10).worse_than(0.92)
    assert headline.Line(target, math.nan, 0).worse_than(0.92)
    assert not headline.Line(target, 0.5, 10).worse_than(math.nan)
    cues = headline.TARGETS["false_cues"]
    assert headline.Line(cues, 0.02, 10).worse_than(0.01)
    assert not headline.Line(cues, 0.0, 10).worse_than(0.01)


@pytest.fixture(scope="module")
def two() -> list[Measured]:
    chosen = [c for c in accuracy.clips([RECORDINGS]) if c.name in ("squat_front_m", "clamshell_feet_sizes")]
    assert len(chosen) == 2
    return [measure(c) for c in chosen]


def test_each_movement_has_the_times_of_its_own_events() -> None:
    """A partial one has no count, and does not take that of the rep after it."""
    moves = [Move(), Move(), Move(), Move(amp=0.3), Move()]
    take = perform("clamshell", moves, fps=12)
    found = play(take.recording, find("clamshell"))
    assert [f.rep.counted for f in found] == [True, True, True, False, True]
    for one, done in zip(found, take.done, strict=True):
        assert done.turn < one.judged_s <= done.end + 1.6
        if one.rep.counted:
            assert done.turn < one.counted_s <= one.judged_s
        else:
            assert math.isnan(one.counted_s)
    folded = fold(take.recording, find("clamshell"))
    assert repr([(f.rep, f.view, f.judged_s) for f in found]) == repr(
        list(zip(folded.reps, folded.views, folded.judged_s, strict=True))
    ), "of legs that nobody mixed up, the repaired recording is the recording"
    assert tuple(f.counted_s for f in found if f.rep.counted) == folded.counted_s


def test_what_is_counted_without_an_exercise_is_made_up(tmp_path: Path) -> None:
    """A clamshell whose truth says that nobody exercises: as recognised, and as every exercise when named."""
    shutil.copy(RECORDINGS / "clamshell_feet_sizes.npz", tmp_path)
    known = json.loads((RECORDINGS / "clamshell_feet_sizes.json").read_text())
    known |= {"exercise": None, "scene": "stand", "reps": [], "count": 0}
    (tmp_path / "clamshell_feet_sizes.json").write_text(json.dumps(known))
    (clip,) = accuracy.clips([tmp_path])
    measured = measure(clip, named=True)
    assert [exercise for exercise, _ in measured.phantoms] == ["clamshell"] * 4
    assert [exercise for exercise, _ in measured.named].count("clamshell") == 4
    assert not measure(clip).named
    assert measures.counting([measured])["phantoms_without_exercise"] == 4
    assert not measured.readings


def test_postures_of_frames() -> None:
    seen = postures(load(RECORDINGS / "clamshell_feet_sizes.npz"), (2.0, 12.0))
    assert seen.most_common(1)[0][0] == "side_lying"
    assert seen.total() == pytest.approx(150, abs=2)


def test_figures_survive_the_file_and_fill_the_page(two: list[Measured], tmp_path: Path) -> None:
    test, tune = two
    test.clip, tune.clip = replace(test.clip, split="test"), replace(tune.clip, split="tune")
    path = tmp_path / "accuracy.json"
    document.write(path, document.stored(two, None))
    known = document.read(path)
    assert known["clips"] == known["tune"]["clips"] == 1
    for line, stored in zip(headline.lines([test]), document.headline_of(known), strict=True):
        assert line.target == stored.target
        assert line.value == pytest.approx(stored.value, abs=1e-4, nan_ok=True)
    shown = page.page(known)
    assert "$" not in shown
    template = Path(page.__file__).with_name("page.md").read_text(encoding="utf-8")
    assert shown.count("\n## ") == template.count("\n## ")
    assert f"| {test.clip.exercise}: ".replace("_", " ") in shown


def test_nothing_is_stored_without_the_test_split(two: list[Measured]) -> None:
    for one in two:
        one.clip = replace(one.clip, split="tune")
    with pytest.raises(SourceError, match="test split"):
        document.stored(two, None)


def test_detail_has_one_line_for_each_rep(two: list[Measured]) -> None:
    lines = list(text.detail(two, "squat.knee_valgus"))
    assert len(lines) == 1 + 4
    assert "8.4cm" in lines[-1]


def test_spread_tells_clean_from_faulty(two: list[Measured]) -> None:
    """squat_front_m: knees fall in in two of four reps."""
    (line,) = list(text.spread(two, "knee_valgus"))[1:]
    assert line.startswith("squat: front")
    assert " 2: " in line


def test_dump_is_one_document_for_each_reading(two: list[Measured], tmp_path: Path) -> None:
    accuracy.dump(tmp_path / "all.jsonl", two)
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    assert len(rows) == sum(len(c.readings) for c in two)
    assert {row["clip"] for row in rows} == {"squat_front_m", "clamshell_feet_sizes"}


def test_folders_without_recordings_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no recording"):
        accuracy.clips([tmp_path])


def test_a_problem_is_one_line(tmp_path: Path) -> None:
    done = _command(str(tmp_path))
    assert done.returncode == SourceError.exit_code
    assert done.stdout == ""
    assert done.stderr.startswith("accuracy: ")
    assert done.stderr.count("\n") == 1


def test_a_part_is_not_stored_as_the_whole() -> None:
    done = _command("--write", "--exercise", "squat")
    assert done.returncode == UsageError.exit_code
    assert "--write" in done.stderr


def _command(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.bench.accuracy", *arguments]
    return subprocess.run(command, cwd=accuracy.ROOT, capture_output=True, text=True, check=False)


def test_a_foreign_truth_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.npz").touch()
    (tmp_path / "a.json").write_text('{"schema": "something/1"}')
    with pytest.raises(SourceError, match="schema"):
        accuracy.clips([tmp_path])
