"""A display of our own for windows: Xvfb, with real key events and real photographs of the screen."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

SIZE = (1366, 800)
needs_display = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="Xvfb or xdotool is not installed"
)


#: Sends WM_DELETE_WINDOW to a window; in a process of its own, with the system's own libX11.
_CLOSE = """
import ctypes, sys
x = ctypes.CDLL("libX11.so.6")
x.XOpenDisplay.restype = ctypes.c_void_p
x.XInternAtom.restype = ctypes.c_ulong
x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
x.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
class Message(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send", ctypes.c_int),
                ("display", ctypes.c_void_p), ("window", ctypes.c_ulong), ("kind", ctypes.c_ulong),
                ("format", ctypes.c_int), ("data", ctypes.c_long * 5), ("room", ctypes.c_long * 24)]
display, window = x.XOpenDisplay(None), int(sys.argv[1])
protocols, delete = (x.XInternAtom(display, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
message = Message(33, 0, 1, display, window, protocols, 32, (ctypes.c_long * 5)(delete, 0))
x.XSendEvent(display, window, 0, 0, ctypes.byref(message))
x.XSync(display, 0)
"""


class Display:
    """A running Xvfb.

    Attributes:
        name: For the environment variable ``DISPLAY``.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._shot = folder / "Xvfb_screen0"

    def key(self, name: str) -> None:
        """Press and release a key, such as "space", "n", "plus"."""
        self._xdotool("key", "--clearmodifiers", name)

    def focus(self) -> None:
        """The pointer into the window: without a window manager the keys go where it is."""
        self._xdotool("mousemove", "400", "300")

    def _xdotool(self, *args: str) -> None:
        env = {**os.environ, "DISPLAY": self.name}
        subprocess.run(["xdotool", *args], env=env, check=True, timeout=10, capture_output=True)

    def close_window(self, title: str) -> None:
        """Ask a window to close, as its button does: xdotool can only tear it down."""
        env = {**os.environ, "DISPLAY": self.name}
        found = subprocess.run(
            ["xdotool", "search", "--name", title], env=env, check=True, capture_output=True
        )
        for window in found.stdout.split():
            subprocess.run([sys.executable, "-c", _CLOSE, window], env=env, check=True, timeout=20)

    def photograph(self) -> np.ndarray:
        """``(H, W, 3)`` RGB of the whole screen, as the X server holds it."""
        data = self._shot.read_bytes()
        head = struct.unpack(">25I", data[:100])
        header, width, height, line, colours = head[0], head[4], head[5], head[12], head[19]
        start = header + 12 * colours
        rows = np.frombuffer(data, np.uint8, line * height, start).reshape(height, line)[:, : 4 * width]
        return np.ascontiguousarray(rows.reshape(height, width, 4)[..., 2::-1])

    def wait_for(self, true: Callable[[np.ndarray], bool], seconds: float = 60.0) -> np.ndarray:
        """The first photograph that fulfils a condition."""
        end = time.monotonic() + seconds
        pause = threading.Event()
        while True:
            shot = self.photograph()
            if true(shot):
                return shot
            assert time.monotonic() < end, "the screen never looked like that"
            pause.wait(0.1)


@contextmanager
def display() -> Iterator[Display]:
    """A display as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        inward, outward = os.pipe()
        command = ["Xvfb", "-displayfd", str(outward), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"]
        server = subprocess.Popen(
            [*command, "-fbdir", folder, "-nolisten", "tcp", "-noreset"],
            pass_fds=[outward], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(outward)
        try:
            with os.fdopen(inward) as said:
                number = said.readline().strip()
            assert number, "Xvfb did not start"
            yield Display(f":{number}", Path(folder))
        finally:
            server.terminate()
            server.wait(10)
