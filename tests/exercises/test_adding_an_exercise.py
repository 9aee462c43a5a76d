"""Follows docs/adding-an-exercise.md: the file that stands there becomes an exercise like any other."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from formcheck import analyze, exercises
from formcheck.cli.main import main
from formcheck.types import Severity

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding-an-exercise.md").read_text(encoding="utf-8")
#: Nine whole jumps in twelve seconds; a tenth has begun.
FILM, JUMPS = ROOT / "samples" / "recordings" / "studio" / "other_tune_02.npz", 9


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The page's file in a folder that the catalogue scans too."""
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    (name,) = re.findall(r"`formcheck/exercises/(\w+)\.py`", PAGE)
    (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(exercises, "__path__", [*exercises.__path__, str(tmp_path)])
    exercises.catalogue.cache_clear()
    yield name
    sys.modules.pop(f"formcheck.exercises.{name}", None)
    exercises.catalogue.cache_clear()


def test_the_file_becomes_an_exercise(added: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert added in exercises.catalogue()
    sys.argv = ["formcheck", "explain", added]
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code in (0, None)
    said = capsys.readouterr().out
    for fault in exercises.find(added).faults:
        assert fault.cue in said


def test_it_counts_and_judges(added: str) -> None:
    assert f"{FILM.relative_to(ROOT)} --exercise {added}" in PAGE
    report = analyze(FILM, added)
    assert report.count == JUMPS
    (fault,) = exercises.find(added).faults
    verdicts = [v.verdict for rep in report.reps for v in rep.verdicts if v.fault == fault.id]
    assert set(verdicts) == {Severity.OK}, "their hands went over their heads"


def test_the_commands_of_the_page_are_there() -> None:
    for module in re.findall(r"python -m ([\w.]+)", PAGE):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module
