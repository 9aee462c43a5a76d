"""Saved sessions: whole after every rep, found again, and a full disk costs nothing but the file."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from formcheck.app.store import SCHEMA, Keeper, new_path, unfinished

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


def kept(
    path: Path, state: dict, *, finished: bool = False, at: datetime = NOON, exercise: str = "squat"
) -> Path:
    keeper = Keeper(path, exercise=exercise, now=lambda: at)
    keeper.save(state, finished=finished)
    keeper.close()
    assert keeper.note == ""
    return path


def test_what_is_written(tmp_path: Path):
    path = kept(tmp_path / "new" / "a.json", {"count": 3})
    document = json.loads(path.read_text("utf-8"))
    assert document == {
        "schema": SCHEMA,
        "started_at": "2026-05-01T12:00:00+00:00",
        "saved_at": "2026-05-01T12:00:00+00:00",
        "finished": False,
        "exercise": "squat",
        "session": {"count": 3},
    }
    assert [p.name for p in path.parent.iterdir()] == ["a.json"]


def test_the_newest_state_wins(tmp_path: Path):
    keeper = Keeper(tmp_path / "a.json")
    for n in range(200):
        keeper.save({"count": n})
    keeper.close()
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["session"] == {"count": 199}


def test_a_session_that_was_broken_off_is_found(tmp_path: Path):
    kept(tmp_path / "a.json", {"count": 1}, at=NOON - timedelta(hours=2))
    kept(tmp_path / "b.json", {"count": 2}, at=NOON - timedelta(minutes=5))
    kept(tmp_path / "c.json", {"count": 3}, at=NOON - timedelta(minutes=1), finished=True)
    (tmp_path / "d.json").write_text('{"schema": "formcheck.saved/1", "finis', encoding="utf-8")
    (tmp_path / "e.json").write_text("[]", encoding="utf-8")
    found = unfinished(tmp_path, now=lambda: NOON)
    assert found is not None
    assert (found.path.name, found.exercise, found.state) == ("b.json", "squat", {"count": 2})
    assert found.age == timedelta(minutes=5)


def test_an_old_one_is_not_offered(tmp_path: Path):
    kept(tmp_path / "a.json", {}, at=NOON - timedelta(hours=7))
    assert unfinished(tmp_path, now=lambda: NOON) is None
    assert unfinished(tmp_path / "nowhere", now=lambda: NOON) is None


def test_two_sessions_in_one_second(tmp_path: Path):
    first = new_path(tmp_path, lambda: NOON)
    first.touch()
    assert new_path(tmp_path, lambda: NOON) != first


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on the size of files here")
def test_a_full_disk_is_told_and_mended(tmp_path: Path):
    """A limit on the size of files stands in for the full disk: the system answers alike."""
    code = f"""
import resource
from pathlib import Path
from formcheck.app.store import Keeper
resource.setrlimit(resource.RLIMIT_FSIZE, (60, resource.RLIM_INFINITY))
keeper = Keeper(Path({str(tmp_path / "a.json")!r}))
keeper.save({{"count": 1}})
keeper.close()
print(keeper.note)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
keeper = Keeper(Path({str(tmp_path / "a.json")!r}))
keeper.save({{"count": 2}})
keeper.close()
print(repr(keeper.note))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines() == ["Not saved: there is no room left to write it", "''"]
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["session"] == {"count": 2}
