"""The window on a real display: what is shown, which keys come, what happens without one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.display import Display, display, needs_display
from tests.e2e.command import environment

SHOW = """
import sys, threading
import numpy as np
from formcheck.outputs.window import Probe, Window
probe = Probe()
import av  # PyAV beside Qt: both bring libxcb-shm, and without `prepare` the window is never painted
print(repr(probe.trouble()), flush=True)
window = Window((640, 360))
picture = np.zeros((360, 640, 3), np.uint8)
picture[:180], picture[180:] = (200, 30, 20), (20, 60, 210)
pause = threading.Event()
while True:
    window.show(picture)
    for key in window.pressed():
        print(key, flush=True)
        if key == "q":
            window.close()
            sys.exit()
    pause.wait(0.02)
"""


@pytest.fixture(scope="module")
def screen() -> Iterator[Display]:
    with display() as found:
        yield found


#: As the X server calls keys, and as the session does.
KEYS = {
    "space": "space",
    "n": "n",
    "plus": "+",
    "equal": "+",
    "minus": "-",
    "shift+slash": "?",
    "U": "u",
}


@contextmanager
def running(screen: Display) -> Iterator[subprocess.Popen[str]]:
    env = environment(DISPLAY=screen.name)
    process = subprocess.Popen([sys.executable, "-c", SHOW], env=env, stdout=subprocess.PIPE, text=True)
    with process:
        try:
            yield process
        finally:
            process.kill()


def has_picture(shot: np.ndarray) -> bool:
    red = np.abs(shot.astype(int) - (200, 30, 20)).max(axis=2) < 8
    blue = np.abs(shot.astype(int) - (20, 60, 210)).max(axis=2) < 8
    return bool(
        red.sum() > 100_000 and blue.sum() > 100_000 and np.argwhere(red)[0][0] < np.argwhere(blue)[0][0]
    )


@needs_display
def test_a_picture_is_shown_and_keys_arrive(screen: Display):
    with running(screen) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "''\n"
        screen.wait_for(has_picture)
        screen.focus()
        for key, name in KEYS.items():
            screen.key(key)
            assert process.stdout.readline().strip() == name, key
        screen.key("Escape")
        assert process.stdout.readline() == "q\n"
        assert process.wait(20) == 0


@needs_display
def test_the_system_s_own_library_says_who_reads_the_events():
    """Else Qt takes its old copy, which writes beside the place: one window in six is never painted."""
    code = (
        "import ctypes; from formcheck.outputs.window import prepare; prepare(); import cv2; "
        "print(bool(ctypes.CDLL(None).XSetEventQueueOwner))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "True"


def probe(**env: str) -> str:
    code = "from formcheck.outputs.window import Probe; print(Probe().trouble())"
    whole = {k: v for k, v in environment().items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")} | env
    done = subprocess.run(
        [sys.executable, "-c", code], env=whole, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.strip()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only X can be missing")
def test_no_display_and_one_that_is_gone():
    """Qt would end the whole process here."""
    assert probe() == "there is no screen to open a window on"
    assert probe(DISPLAY=":9876") == "the screen :9876 cannot be reached"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere nothing is tried")
def test_an_opencv_without_windows(tmp_path: Path):
    """As in opencv-contrib-python-headless: what it says when a window is asked for."""
    (tmp_path / "cv2.py").write_text(
        "class error(Exception): pass\n"
        "def namedWindow(*_): raise error('(-2:Unspecified error) The function is not implemented. '"
        "'Rebuild the library with Windows, GTK+ 2.x or Cocoa support.')\n"
    )
    path = os.pathsep.join([str(tmp_path), environment()["PYTHONPATH"]])
    assert probe(DISPLAY=":9876", PYTHONPATH=path) == "this OpenCV cannot open windows"


@needs_display
def test_a_display_that_is_there(screen: Display):
    assert probe(DISPLAY=screen.name) == ""
    assert os.environ.get("DISPLAY") != screen.name
