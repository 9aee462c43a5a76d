"""The window: opened with OpenCV, shown to, asked for keys. Must be used from the main thread."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from formcheck.errors import SetupError
from formcheck.types import Pixels

TITLE: Final = "formcheck"
#: How long a test window may take to open, s.
PATIENCE_S: Final = 20.0
#: A new window fits into this, width and height, px.
ROOM: Final = (1280, 720)
#: The window's size is asked for at every so many pictures.
RECT_EVERY: Final = 10
#: Of the bars, blue, green, red.
DARK: Final = (26, 21, 18)

#: What OpenCV calls keys, as the session calls them.
_KEYS: Final = {ord(" "): "space", 27: "q", ord("="): "+", ord("_"): "-"}
_NO_DISPLAY: Final = "there is no screen to open a window on"
_PROBE: Final = "import cv2; cv2.namedWindow('formcheck'); cv2.pollKey(); cv2.destroyAllWindows()"


def prepare() -> None:
    """Make room for windows. Call it before anything imports ``av``, and before the first window.

    Two libraries of OpenCV's wheel for Linux clash with others (seen with opencv-contrib-python 5.0):

    - PyAV 18 brings libxcb-shm, -shape and -xfixes under the very same names, and the loader keeps whichever
      came first. PyAV's belong to a private libxcb of its own: on OpenCV's connection to the display they
      wait for ever.
    - The wheel's libX11-xcb tells the system's libX11 who reads the events by writing into a structure of
      libX11's that has grown since: eight bytes beside the right place. Then libX11 reads events as well,
      now and then the one that says that the window is on the screen, and Qt never paints it: 22 of 128
      windows stayed black on a display without a window manager. Qt takes the system's own if that was
      loaded first and for all: 75 of 75 were painted.
    """
    if not sys.platform.startswith("linux"):
        return
    with suppress(OSError):  # a system without it hardly has windows
        ctypes.CDLL("libX11-xcb.so.1", mode=ctypes.RTLD_GLOBAL)
    found = importlib.util.find_spec("cv2")
    if found is None or found.origin is None:
        return
    for path in sorted((Path(found.origin).parents[1] / "opencv_contrib_python.libs").glob("libxcb-*")):
        with suppress(OSError):  # then Qt will say what is missing
            ctypes.CDLL(str(path))


class Probe:
    """Tries whether a window can be opened, in a process of its own.

    Qt ends the whole process where it can't reach the display, so it must not be tried in ours. Begun at
    once, asked later: it takes half a second.
    """

    def __init__(self) -> None:
        prepare()
        self._answer: str | None = None
        self._process: subprocess.Popen[bytes] | None = None
        if not sys.platform.startswith("linux"):
            self._answer = ""
        elif not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            self._answer = _NO_DISPLAY
        else:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROBE],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )

    def trouble(self) -> str:
        """Why no window can be opened; empty when it can."""
        if self._answer is None and self._process is not None:
            try:
                _, said = self._process.communicate(timeout=PATIENCE_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                _, said = self._process.communicate()
            self._answer = "" if self._process.returncode == 0 else _reason(said.decode(errors="replace"))
        return self._answer or ""


def _reason(said: str) -> str:
    """What Qt's complaint means."""
    if "not implemented" in said.lower():
        return "this OpenCV cannot open windows"
    if "could not connect" in said or "cannot open display" in said.lower():
        return f"the screen {os.environ.get('DISPLAY', '')} cannot be reached"
    if "platform plugin" in said:
        return "a library that windows need is missing"
    return _NO_DISPLAY


class Window:
    """A resizable window. The picture keeps its proportions; what is left beside it is dark.

    Args:
        size: Of the pictures at first, width and height, px.
        fullscreen: Fill the screen.

    Raises:
        SetupError: It can't be opened.
    """

    def __init__(self, size: tuple[int, int], *, fullscreen: bool = False) -> None:
        # Qt's remarks about fonts and plugins mean nothing to a user.
        os.environ.setdefault("QT_LOGGING_RULES", "*.debug=false;*.warning=false")
        os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
        import cv2

        self._cv2 = cv2
        self._open = False
        self._fullscreen = fullscreen
        self._size = size
        self._count = 0
        self._bars = (0, 0)
        try:
            cv2.namedWindow(TITLE, cv2.WINDOW_NORMAL | cv2.WINDOW_FREERATIO | cv2.WINDOW_GUI_NORMAL)
            cv2.resizeWindow(TITLE, *size)
            if fullscreen:
                cv2.setWindowProperty(TITLE, cv2.WND_PROP_FULLSCREEN, cv2.WINDOW_FULLSCREEN)
        except cv2.error as error:
            raise SetupError(
                "no window can be opened here", hint="try --voice-only, or run formcheck doctor"
            ) from error
        self._open = True

    def show(self, image: Pixels) -> None:
        """Put an ``(H, W, 3)`` RGB picture on the screen."""
        if not self._open:
            return
        cv2, (height, width) = self._cv2, image.shape[:2]
        self._count += 1
        share = min(ROOM[0] / width, ROOM[1] / height)
        size = round(share * width), round(share * height)
        if size != self._size:
            self._size = size
            if not self._fullscreen:
                cv2.resizeWindow(TITLE, *size)
        picture = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
        if self._count % RECT_EVERY == 1:
            self._bars = self._bars_for(width, height)
        if any(self._bars):
            up, left = self._bars
            picture = cv2.copyMakeBorder(picture, up, up, left, left, cv2.BORDER_CONSTANT, value=DARK)
        cv2.imshow(TITLE, picture)

    def _bars_for(self, width: int, height: int) -> tuple[int, int]:
        """Height of the bars above and below, width of those beside the picture, px of the picture."""
        try:
            _, _, w, h = self._cv2.getWindowImageRect(TITLE)
        except self._cv2.error:
            return 0, 0
        if w < 2 or h < 2 or abs(w / h * height / width - 1) < 0.01:
            return 0, 0
        return max(round((h / w * width - height) / 2), 0), max(round((w / h * height - width) / 2), 0)

    def pressed(self) -> list[str]:
        """The keys pressed since the last call, as the session names them; "q" when the window was closed.

        Also lets the window draw itself: call it after `show`, and often.
        """
        pressed: list[str] = []
        while self._open and (code := self._cv2.pollKey()) != -1 and len(pressed) < 8:
            code &= 0xFF
            name = _KEYS.get(code) or (chr(code).lower() if 32 < code < 127 else "")
            if name:
                pressed.append(name)
        if self._open and self._closed():
            self._open = False
            pressed.append("q")
        return pressed

    def _closed(self) -> bool:
        try:
            return bool(self._cv2.getWindowProperty(TITLE, self._cv2.WND_PROP_VISIBLE) < 1)
        except self._cv2.error:
            return True

    def close(self) -> None:
        """Close it; harmless when it is closed already."""
        if self._open:
            self._open = False
            self._cv2.destroyAllWindows()
            self._cv2.pollKey()
