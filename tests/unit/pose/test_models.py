from __future__ import annotations

import http.server
import shutil
import socket
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from formcheck.errors import ModelError, UsageError
from formcheck.pose import models


class Shelf(http.server.ThreadingHTTPServer):
    """Serves one body at every address but ``/missing/``; `announced` may lie about its length."""

    daemon_threads = True
    body = b""
    announced: int | None = None

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is part of the tests."""

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/pose"


class Clerk(http.server.BaseHTTPRequestHandler):
    server: Shelf

    def do_GET(self) -> None:
        if self.path.startswith("/missing/"):
            self.send_error(404, "Not Found")
            return
        self.send_response(200)
        if self.server.announced is not None:
            self.send_header("Content-Length", str(self.server.announced))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def shelf(model: Path) -> Iterator[Shelf]:
    server = Shelf(("127.0.0.1", 0), Clerk)
    server.body = model.read_bytes()
    server.announced = len(server.body)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    monkeypatch.setenv("FORMCHECK_MODELS", str(folder))
    return folder


def test_the_full_model_is_built_in_and_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FORMCHECK_MODELS", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    result = models.check("full")
    assert result.ok, result.message
    assert result.path is not None
    assert result.path.stat().st_size == result.model.size
    assert result.model.builtin


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="XDG_CACHE_HOME moves the cache on Linux only"
)
def test_a_pulled_model_comes_before_the_built_in_one(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """So that pulling mends a damaged one."""
    monkeypatch.delenv("FORMCHECK_MODELS", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = models.pull("full", base=shelf.base)
    assert path.is_relative_to(tmp_path)
    assert models.find("full") == path
    assert models.check("full").ok


def test_status_covers_all_models() -> None:
    assert (
        [result.model.name for result in models.status()] == list(models.names()) == ["lite", "full", "heavy"]
    )


def test_official_addresses() -> None:
    urls = {result.model.name: result.model.url() for result in models.status()}
    assert urls["heavy"] == (
        "https://storage.googleapis.com/mediapipe-models/pose_landmarker/"
        "pose_landmarker_heavy/float16/latest/pose_landmarker_heavy.task"
    )


@pytest.mark.parametrize("call", [models.find, models.check, models.pull])
def test_unknown_name_lists_the_names(call: object) -> None:
    with pytest.raises(UsageError, match="lite, full, heavy"):
        call("huge")  # type: ignore[operator]


def test_a_missing_model_names_the_command(cache: Path) -> None:
    with pytest.raises(ModelError, match="formcheck models pull lite"):
        models.find("lite")
    assert not models.check("lite").ok


def test_pull_then_find_and_check(cache: Path, shelf: Shelf) -> None:
    told: list[tuple[int, int | None]] = []
    path = models.pull("lite", lambda done, total: told.append((done, total)), base=shelf.base)
    assert path == cache / "pose_landmarker_lite.task" == models.find("lite")
    assert path.read_bytes() == shelf.body
    assert models.check("lite").ok
    assert told[-1] == (len(shelf.body), len(shelf.body))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert sorted(p.name for p in cache.iterdir()) == [path.name, path.name + ".sha256"]


def test_pull_without_an_announced_length(cache: Path, shelf: Shelf) -> None:
    shelf.announced = None
    told: list[int | None] = []
    models.pull("lite", lambda _, total: told.append(total), base=shelf.base)
    assert set(told) == {None}
    assert models.check("lite").ok


def test_damage_after_the_pull_shows(cache: Path, shelf: Shelf) -> None:
    path = models.pull("heavy", base=shelf.base)
    data = bytearray(path.read_bytes())
    data[-40] ^= 1  # in the zip's directory of a member's name or date: the networks stay readable
    path.write_bytes(data)
    result = models.check("heavy")
    assert not result.ok
    assert str(path) in result.message
    assert "formcheck models pull heavy" in result.message
    models.pull("heavy", base=shelf.base)
    assert models.check("heavy").ok


@pytest.mark.parametrize("announce", [True, False])
def test_a_broken_transfer_leaves_nothing(cache: Path, shelf: Shelf, announce: bool) -> None:
    shelf.announced = len(shelf.body) if announce else None
    shelf.body = shelf.body[: len(shelf.body) // 2]
    with pytest.raises(ModelError) as caught:
        models.pull("lite", base=shelf.base)
    assert list(cache.iterdir()) == []
    assert "lite" in str(caught.value)


def test_a_broken_transfer_keeps_the_model_that_was_there(cache: Path, shelf: Shelf) -> None:
    models.pull("lite", base=shelf.base)
    shelf.body = shelf.body[:1000]
    with pytest.raises(ModelError):
        models.pull("lite", base=shelf.base)
    assert models.check("lite").ok


def test_a_leftover_part_is_not_in_the_way(cache: Path, shelf: Shelf) -> None:
    cache.mkdir()
    (cache / "pose_landmarker_lite.task.1.part").write_bytes(b"half")
    models.pull("lite", base=shelf.base)
    assert models.check("lite").ok


def test_ctrl_c_leaves_nothing(cache: Path, shelf: Shelf) -> None:
    def interrupt(done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        models.pull("lite", interrupt, base=shelf.base)
    assert list(cache.iterdir()) == []


def test_not_found_and_offline_name_the_manual_way(cache: Path, shelf: Shelf) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        offline = f"http://127.0.0.1:{closed.getsockname()[1]}"
        for base in (shelf.base.replace("/pose", "/missing"), offline):
            with pytest.raises(ModelError) as caught:
                models.pull("lite", base=base)
            text = str(caught.value)
            assert f"{base}/pose_landmarker_lite/float16/latest/pose_landmarker_lite.task" in text
            assert str(cache) in text
            assert "as pose_landmarker_lite.task" in text
            assert list(cache.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shelf: Shelf) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("FORMCHECK_MODELS", str(tmp_path / "file" / "models"))
    with pytest.raises(ModelError, match="cannot be stored"):
        models.pull("lite", base=shelf.base)


def rezipped(
    model: Path, target: Path, *, leave_out: str = "", packed: bool = False, spoil: str = ""
) -> None:
    how = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(model) as old, zipfile.ZipFile(target, "w", how) as new:
        for name in old.namelist():
            if name != leave_out:
                data = old.read(name)
                new.writestr(name, b"x" * len(data) if name == spoil else data)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"leave_out": "pose_detector.tflite"}, "lacks"),
        ({"packed": True}, "compressed"),
        ({"spoil": "pose_landmarks_detector.tflite"}, "TensorFlow"),
    ],
)
def test_a_bundle_must_hold_both_networks(
    cache: Path, model: Path, change: dict[str, object], why: str
) -> None:
    cache.mkdir()
    rezipped(model, cache / "pose_landmarker_lite.task", **change)  # type: ignore[arg-type]
    result = models.check("lite")
    assert not result.ok
    assert why in result.message
    assert "formcheck models pull lite" in result.message


def test_any_flipped_byte_inside_a_network_shows(cache: Path, model: Path) -> None:
    cache.mkdir()
    path = cache / "pose_landmarker_full.task"
    shutil.copy(model, path)
    assert models.check("full").ok
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(data)
    assert not models.check("full").ok


def test_what_is_no_zip_is_damaged(cache: Path) -> None:
    cache.mkdir()
    (cache / "pose_landmarker_full.task").write_text("<html>not found</html>")
    assert "damaged" in models.check("full").message
