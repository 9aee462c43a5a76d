"""``formcheck live`` and ``count`` as a user meets them: with and without camera, screen, voice and disk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from formcheck.sources.recording import save
from tests.display import Display, display, needs_display
from tests.mjpeg import NetworkCamera
from tests.still import COUNT, with_rest
from tests.unit.sources import videos

from . import clips
from .command import ENTRY, PATIENCE_S, ROOT, Done, environment, run

CLIP = ROOT / "samples" / "clips" / "clamshell.mp4"
NO_SCREEN = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}
needs_espeak = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")


@pytest.fixture
def sessions(tmp_path: Path) -> dict[str, str]:
    return {"FORMCHECK_SESSIONS": str(tmp_path / "sessions"), **NO_SCREEN}


@pytest.fixture(scope="module")
def squats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Landmarks of four squats after a rest."""
    path = tmp_path_factory.mktemp("squats") / "squats.npz"
    save(path, with_rest())
    return path


def events(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_no_camera(sessions: dict[str, str]):
    if Path("/dev/video0").exists():
        pytest.skip("this machine has a camera")
    done = run("live", "clamshell", "--voice-only", "--fresh", env=sessions)
    assert done.code == 3
    assert "no camera was found" in done.errors[0]
    assert "--camera" in done.errors[0]


def test_a_network_camera_that_does_not_answer(sessions: dict[str, str]):
    done = run("live", "clamshell", "--voice-only", "-c", "http://127.0.0.1:9/x.mjpg", env=sessions)
    assert done.code == 3
    assert "does not answer" in done.errors[0]
    assert len(done.err.splitlines()) == 1  # nothing of OpenCV's and FFmpeg's chatter


def test_no_screen_and_no_voice(sessions: dict[str, str], tmp_path: Path):
    """Only Python is on the path: no speech program."""
    empty = tmp_path / "empty"
    empty.mkdir()
    env = {**sessions, "PATH": str(empty)}
    done = run("live", "clamshell", "-c", CLIP, "--fresh", env=env)
    assert done.code == 7
    assert "there is no screen" in done.errors[0]
    assert "formcheck doctor" in done.errors[0]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("live", "clamshel"), "clamshell"),
        (("live", "clamshell", "--tempo", "fast"), "2-1-2"),
        (("live", "clamshell", "--ignore", "nonsense"), "unknown fault"),
        (("live", "--plan", "clamshell twice"), "cannot read 'twice'"),
        (("live", "clamshell", "--side", "top"), "unknown side"),
        (("count", "squats"), "squat"),
    ],
)
def test_wrong_words_show_before_the_camera_is_switched_on(args: tuple[str, ...], says: str):
    done = run(*args, env=NO_SCREEN)
    assert done.code == 2
    assert says in done.errors[0]


def test_a_recording_through_the_whole_session(sessions: dict[str, str], tmp_path: Path):
    log = tmp_path / "log.jsonl"
    done = run(
        "live", "clamshell", "-c", CLIP, "--every-frame", "--voice-only", "--reps", "5", "--side", "left",
        "--fresh", "--model", "full", "--log", log, env=sessions,
    )  # fmt: skip
    assert done.code == 0, done.err
    assert "clamshell, left, set 1: 5 reps" in done.out
    happened = events(log)
    said = [e["text"] for e in happened if e["event"] == "say" and e["kind"] == "count"]
    assert said[-5:] == ["1", "2", "3", "4", "5"]
    saved = [json.loads(p.read_text("utf-8")) for p in (tmp_path / "sessions").glob("*.json")]
    assert len(saved) == 1
    assert saved[0]["finished"] is True
    assert saved[0]["exercise"] == "clamshell"


def test_without_a_name_the_exercise_is_recognised(sessions: dict[str, str], squats: Path, tmp_path: Path):
    """The first reps tell what it is; then a set of it begins when the start position is held."""
    log = tmp_path / "log.jsonl"
    done = run("live", "-c", squats, "--every-frame", "--voice-only", "--fresh", "--log", log, env=sessions)
    assert done.code == 0, done.err
    assert "Start moving" in done.err
    assert any("recognised squat" in e.get("why", "") for e in events(log))


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on the size of files here")
def test_a_full_disk_ends_with_what_was_done_and_says_so(sessions: dict[str, str], squats: Path):
    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (300, resource.RLIM_INFINITY))

    done = run(
        "live", "squat", "-c", squats, "--every-frame", "--voice-only", "--fresh", env=sessions, before=limit
    )
    assert done.code == 6
    assert f"squat, set 1: {COUNT} reps" in done.out
    assert "no room left" in done.errors[0]


@needs_espeak
def test_no_screen_goes_on_by_voice(sessions: dict[str, str], tmp_path: Path):
    """It speaks; Ctrl-C ends it, as it says."""
    said = tmp_path / "said"
    command = [sys.executable, "-c", ENTRY, "live", "clamshell", "-c", str(CLIP), "--loop", "--model", "full"]
    with subprocess.Popen(
        [*command, "--voice-files", str(said), "--fresh"], env=environment(**sessions),
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        until(lambda: bool(list(said.glob("*.wav"))))
        process.send_signal(2)
        _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 130
    assert "going on by voice alone; Ctrl-C ends" in err


def test_ctrl_c_leaves_a_session_that_can_be_gone_on_with(
    sessions: dict[str, str], squats: Path, tmp_path: Path
):
    """Stopped after the first reps; the next start offers to go on, and does."""
    log = tmp_path / "log.jsonl"
    command = [sys.executable, "-c", ENTRY, "live", "squat", "-c", str(squats), "--voice-only", "--no-voice"]
    with subprocess.Popen(
        [*command, "--log", str(log), "--fresh"], env=environment(**sessions), stderr=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        until(lambda: log.exists() and '"saved"' in log.read_text("utf-8"), PATIENCE_S)
        process.send_signal(2)
        process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 130
    (path,) = (tmp_path / "sessions").glob("*.json")
    assert json.loads(path.read_text("utf-8"))["finished"] is False
    offered = run("live", "squat", "-c", squats, "--every-frame", "--voice-only", env=sessions)
    assert "a session was broken off" in offered.err
    assert "--resume" in offered.err
    again = run("live", "squat", "-c", squats, "--every-frame", "--voice-only", "--resume", env=sessions)
    assert again.code == 0, again.err
    assert json.loads(path.read_text("utf-8"))["finished"] is True


# -- with a window


@pytest.fixture(scope="module")
def screen() -> Iterator[Display]:
    with display() as found:
        yield found


@contextmanager
def live(screen: Display, *args: str | Path, **env: str) -> Iterator[subprocess.Popen[str]]:
    whole = environment(DISPLAY=screen.name, **env)
    command = [sys.executable, "-W", "error", "-c", ENTRY, *map(str, args)]
    with subprocess.Popen(
        command, env=whole, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        except BaseException:
            keep(screen.photograph(), "failed")
            process.kill()
            print(process.communicate())  # pytest shows it with the failure
            raise
        process.kill()


def until(true: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    end = time.monotonic() + seconds
    pause = threading.Event()
    while not true():
        assert time.monotonic() < end, "it did not happen"
        pause.wait(0.05)


def keep(shot: np.ndarray, name: str) -> None:
    """Leaves a photograph for people to look at, where ``FORMCHECK_PHOTOS`` names a folder."""
    if folder := os.environ.get("FORMCHECK_PHOTOS"):
        import cv2

        cv2.imwrite(str(Path(folder) / f"{name}.png"), shot[..., ::-1])


def white(shot: np.ndarray) -> int:
    return int((shot > 245).all(axis=2).sum())


def green(shot: np.ndarray) -> int:
    return int((np.abs(shot.astype(int) - (30, 190, 150)).max(axis=2) < 10).sum())


def dimmed(shot: np.ndarray) -> bool:
    """The picture has stepped back behind a message."""
    return bool(10 < np.median(shot[:720, :1280]) < 75)


@needs_display
def test_the_window_with_real_keys(screen: Display, tmp_path: Path):
    log = tmp_path / "log.jsonl"
    args = (
        "live",
        "clamshell",
        "-c",
        CLIP,
        "--loop",
        "--no-voice",
        "--model",
        "full",
        "--fresh",
        "--log",
        log,
    )
    with live(screen, *args, FORMCHECK_SESSIONS=str(tmp_path)) as process:
        shot = screen.wait_for(lambda s: not dimmed(s) and white(s) > 3000, PATIENCE_S)
        keep(shot, "first")
        screen.focus()
        screen.key("question")
        keep(screen.wait_for(lambda s: dimmed(s) and green(s) > 300), "help")
        screen.key("question")
        screen.wait_for(lambda s: not dimmed(s))
        screen.key("p")
        keep(screen.wait_for(dimmed), "pain")
        screen.key("space")
        until(lambda: [e["state"] for e in events(log) if e["event"] == "moved"][-1] != "pain")
        screen.key("q")
        _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, err
    states = [e["state"] for e in events(log) if e["event"] == "moved"]
    assert "pain" in states
    assert events(log)[-1]["event"] == "quit"


@needs_display
def test_no_speech_goes_on_with_tones_and_says_what_to_do(screen: Display, tmp_path: Path):
    """Only Python is on the path: no speech program."""
    (tmp_path / "empty").mkdir()
    args = ("live", "squat", "-c", CLIP, "--loop", "--model", "full", "--fresh")
    env = {"FORMCHECK_SESSIONS": str(tmp_path), "PATH": str(tmp_path / "empty")}
    with live(screen, *args, **env) as process:
        screen.wait_for(lambda s: white(s) > 3000, PATIENCE_S)
        screen.focus()
        screen.key("q")
        _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, err
    assert "there is no speech program" in err
    assert "formcheck doctor" in err


@needs_display
def test_closing_the_window_ends_it(screen: Display, tmp_path: Path):
    args = ("live", "squat", "-c", CLIP, "--loop", "--no-voice", "--model", "full", "--fresh")
    with live(screen, *args, FORMCHECK_SESSIONS=str(tmp_path)) as process:
        screen.wait_for(lambda s: white(s) > 3000, PATIENCE_S)
        screen.close_window("formcheck")
        assert process.wait(PATIENCE_S) == 0


@needs_display
def test_counting_is_a_big_number(screen: Display, squats: Path, tmp_path: Path):
    log = tmp_path / "log.jsonl"
    args = ("count", "squat", "-c", squats, "--no-voice", "--log", log)
    with live(screen, *args, FORMCHECK_SESSIONS=str(tmp_path)) as process:
        until(lambda: log.exists() and '"saved"' in log.read_text("utf-8"))
        shot = screen.photograph()
        keep(shot, "count")
        rows = ((shot > 245).all(axis=2) | (np.abs(shot.astype(int) - (30, 190, 150)).max(axis=2) < 10)).any(
            axis=1
        )
        assert rows.sum() > 0.5 * 720
        assert (shot[:700, :1200].max(axis=2) > 60).mean() < 0.5  # nothing of the picture, no bright bars
        screen.focus()
        screen.key("q")
        process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0


@needs_display
def test_a_network_camera_that_fails_in_every_way(screen: Display, tmp_path: Path):
    """Unplugged and back, frozen, black, another size, silent: each is waited out, and says so."""
    pictures = clips.frames(5.0, every=2)
    camera = NetworkCamera(pictures)
    log = tmp_path / "log.jsonl"
    args = (
        "live",
        "clamshell",
        "-c",
        camera.address,
        "--no-voice",
        "--model",
        "full",
        "--fresh",
        "--log",
        log,
    )

    def moved(state: str, why: str = "") -> bool:
        return any(e["state"] == state and why in e["why"] for e in events(log) if e["event"] == "moved")

    def back() -> bool:
        return [e["state"] for e in events(log) if e["event"] == "moved"][-1] != "waiting"

    try:
        with live(screen, *args, FORMCHECK_SESSIONS=str(tmp_path)) as process:
            screen.wait_for(lambda s: not dimmed(s) and white(s) > 3000, PATIENCE_S)
            camera.unplug()
            until(lambda: moved("waiting", "does not answer"))
            keep(screen.wait_for(dimmed), "waiting")
            camera.plug_in()
            until(back)
            screen.wait_for(lambda s: not dimmed(s))
            for mode, why in (("frozen", "stands still"), ("black", "black"), ("silent", "answer")):
                camera.mode = mode
                until(lambda why=why: moved("waiting", why))
                camera.mode = "normal"
                until(back)
            camera.scale = 0.5
            number = camera.number
            until(lambda: camera.number > number + 20)
            assert process.poll() is None
            screen.wait_for(lambda s: not dimmed(s))
            screen.focus()
            screen.key("q")
            _, err = process.communicate(timeout=PATIENCE_S)
            assert process.returncode == 0, err
    finally:
        camera.unplug()


def test_a_file_that_goes_bad_ends_the_session(sessions: dict[str, str], tmp_path: Path):
    whole = videos.write(tmp_path / "whole.mp4", [i / 25 for i in range(50)], clips.frames(2.0))
    data = whole.read_bytes()
    (tmp_path / "half.ts").write_bytes(data[: len(data) // 2])
    done: Done = run(
        "live", "clamshell", "-c", tmp_path / "half.ts", "--voice-only", "--no-voice", env=sessions
    )
    assert done.code == 3
    assert len(done.errors) == 1
