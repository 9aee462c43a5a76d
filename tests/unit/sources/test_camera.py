"""Cameras: the newest picture only, its own pace for files, and coming back after a break."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from formcheck.errors import SourceError
from formcheck.sources.camera import Address, Camera, camera, every_shot, parse, shrunk
from formcheck.sources.capture import check_device
from formcheck.sources.playback import FileReader
from tests.unit.sources import videos


class Script:
    """A reader that gives numbered pictures, each one when it is let to."""

    def __init__(self, numbers: list[int], go: threading.Semaphore, *, over: bool = False) -> None:
        self.over = False
        self._numbers, self._go, self._end = numbers, go, over

    def read(self) -> tuple[float | None, np.ndarray] | None:
        self._go.acquire(timeout=10)
        if self._numbers:
            return None, videos.numbered(self._numbers.pop(0), 64, 36)
        self.over = self._end
        return None

    def close(self) -> None:
        pass


class Clock:
    """A clock that moves when somebody waits."""

    def __init__(self) -> None:
        self.t = 100.0

    def __call__(self) -> float:
        return self.t

    def wait(self, seconds: float) -> None:
        self.t += seconds


def test_what_an_address_names():
    assert parse("0") == Address("device", "0")
    assert parse("/dev/video2") == Address("device", "2")
    assert parse("rtsp://10.0.0.7/live") == Address("network", "rtsp://10.0.0.7/live")
    assert parse("HTTP://phone:8080/video").kind == "network"
    assert parse("clips/walk.mp4") == Address("file", "clips/walk.mp4")


def test_only_the_newest_picture_is_kept():
    go = threading.Semaphore(0)
    with Camera(lambda: Script([1, 2, 3, 4, 5], go)) as source:
        go.release()
        first = source.newest(0, 5.0)
        assert first is not None
        assert videos.number(first.image) == 1
        for _ in range(4):
            go.release()
        shot = first
        while shot.number < 5:
            later = source.newest(shot.number, 5.0)
            assert later is not None
            shot = later
        assert videos.number(shot.image) == 5
        assert source.taken == 5
        assert source.newest(5, 0.0) is None


def test_time_goes_on_and_pictures_come_back_after_a_break():
    go = threading.Semaphore(0)
    opened = [Script([1], go), None, Script([2], go)]

    def opener() -> Script:
        reader = opened.pop(0)
        if reader is None:
            raise SourceError("still away")
        return reader

    clock = Clock()
    with Camera(opener, lost="gone!", again_s=(0.0,), clock=clock) as source:
        go.release()
        first = source.newest(0, 5.0)
        assert first is not None
        assert source.trouble == ""
        clock.t += 7.0
        go.release()  # the first reader ends here; opening fails once, then works
        go.release()
        second = source.newest(first.number, 5.0)
        assert second is not None
        assert videos.number(second.image) == 2
        assert second.t - first.t == pytest.approx(7.0)


def test_a_lost_camera_says_so_until_it_is_back():
    go = threading.Semaphore(0)
    tried = threading.Event()
    readers = [Script([], go)]

    def opener() -> Script:
        if not readers:
            tried.set()
            raise SourceError("away")
        return readers.pop()

    with Camera(opener, lost="gone!", again_s=(0.0, 0.01)) as source:
        go.release()
        assert tried.wait(5)
        assert source.trouble == "gone!"
        assert not source.ended


def test_a_file_is_played_at_its_own_pace(tmp_path: Path):
    times = [0.0, 0.04, 0.08, 0.5, 0.54]
    clip = videos.write(tmp_path / "a.mp4", times, [videos.numbered(i, 64, 36) for i in range(5)])
    clock = Clock()
    reader = FileReader(clip, clock=clock, wait=clock.wait)
    came = []
    while (got := reader.read()) is not None:
        came.append((got[0], clock.t - 100.0))
    assert reader.over
    assert [t for t, _ in came] == pytest.approx(times, abs=0.002)
    assert [real for _, real in came] == pytest.approx(times, abs=0.002)


def test_late_pictures_of_a_file_are_left_out(tmp_path: Path):
    clip = videos.write(
        tmp_path / "a.mp4", [i / 25 for i in range(20)], [videos.numbered(i, 64, 36) for i in range(20)]
    )
    clock = Clock()
    reader = FileReader(clip, clock=clock, wait=clock.wait)
    assert reader.read() is not None
    clock.t += 0.4  # the machine was busy
    got = reader.read()
    assert got is not None
    assert got[0] == pytest.approx(0.4, abs=0.021)
    assert videos.number(got[1]) == 10


def test_a_loop_goes_on_in_time(tmp_path: Path):
    clip = videos.write(
        tmp_path / "a.mp4", [i / 25 for i in range(5)], [videos.numbered(i, 64, 36) for i in range(5)]
    )
    clock = Clock()
    reader = FileReader(clip, loop=True, clock=clock, wait=clock.wait)
    got = [reader.read() for _ in range(12)]
    times = [g[0] for g in got if g is not None]
    assert np.diff(times) == pytest.approx(np.full(11, 0.04), abs=0.002)
    assert [videos.number(g[1]) for g in got if g is not None] == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1]


def test_the_end_of_a_file_ends_the_camera(tmp_path: Path):
    clip = videos.write(tmp_path / "a.mp4", [0.0, 0.04], [videos.numbered(i, 64, 36) for i in range(2)])
    with camera(str(clip)) as source:
        seen, last = [], 0
        while (shot := source.newest(last, 10.0)) is not None:
            seen.append(videos.number(shot.image))
            last = shot.number
        assert source.ended
    assert seen[-1] == 1


def test_every_picture_of_a_file(tmp_path: Path):
    pictures = [videos.numbered(i, 64, 36) for i in range(6)]
    clip = videos.write(tmp_path / "a.mp4", [i / 25 for i in range(6)], pictures)
    assert [videos.number(s.image) for s in every_shot(clip)] == [0, 1, 2, 3, 4, 5]


def test_the_small_picture_keeps_its_proportions():
    large = np.zeros((720, 1280, 3), np.uint8)
    assert shrunk(large).shape == (360, 640, 3)
    assert shrunk(large[:, :405]).shape == (640, 360, 3)
    assert shrunk(large[:300, :500]).shape == (300, 500, 3)


def test_no_camera_says_what_else_there_is(tmp_path: Path):
    with pytest.raises(SourceError, match=r"no camera was found .*--camera"):
        check_device(0, tmp_path)
    (tmp_path / "video2").touch()
    (tmp_path / "video10").touch()
    with pytest.raises(SourceError, match=r"there is no camera 0 \(found: 2, 10;"):
        check_device(0, tmp_path)
    check_device(10, tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="no users to become")
def test_a_camera_that_may_not_be_used():
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to other users
        Path(folder).chmod(0o755)
        device = Path(folder) / "video0"
        device.touch()
        device.chmod(0)
        assert "no permission to use camera 0 (sudo usermod" in _as_nobody(
            lambda: check_device(0, Path(folder))
        )


def test_a_device_that_is_no_camera_is_told_as_busy(tmp_path: Path):
    missing = 63
    if Path(f"/dev/video{missing}").exists():
        pytest.skip("this machine has 64 cameras")
    from formcheck.sources.capture import open_device

    (tmp_path / f"video{missing}").touch()
    with pytest.raises(SourceError, match=r"camera 63 gives no picture \(another program"):
        open_device(missing, (640, 480), tmp_path)


def _as_nobody(act: Callable[[], None]) -> str:
    """The SourceError of `act`, done without root's rights: in a child process, if we are root."""
    inward, outward = os.pipe()
    child = os.fork()
    if child == 0:
        said = "no error"
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            act()
        except SourceError as error:
            said = str(error)
        finally:
            os.write(outward, said.encode())
            os._exit(0)
    os.close(outward)
    os.waitpid(child, 0)
    with os.fdopen(inward, "rb") as file:
        return file.read().decode()
