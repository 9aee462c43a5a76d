"""Cameras that OpenCV opens: devices of this machine and network addresses."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Final

from formcheck.errors import SourceError
from formcheck.types import Pixels

#: What is asked of a camera: enough to judge a person at 4 m, and what nearly all of them can do.
SIZE: Final = (1280, 720)
RATE: Final = 30
#: A network camera that does not answer for so long is gone, s.
OPEN_TIMEOUT_S, READ_TIMEOUT_S = 6.0, 4.0


class CaptureReader:
    """What OpenCV has opened. It never comes to an end: it goes away."""

    def __init__(self, capture: Any) -> None:
        self.over = False
        self._capture = capture

    def read(self) -> tuple[float | None, Pixels] | None:
        """The next picture; None when the camera is gone."""
        import cv2

        try:
            fine, picture = self._capture.read()
        except cv2.error:
            return None
        if not fine or picture is None or not picture.size:
            return None
        if picture.ndim == 2:
            return None, cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB)
        return None, cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)

    def close(self) -> None:
        """Let it go."""
        self._capture.release()


def _quiet() -> Any:
    """OpenCV without its remarks on the standard error; they mean nothing to a user."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    return cv2


def open_network(address: str) -> CaptureReader:
    """A network camera.

    Raises:
        SourceError: It does not answer.
    """
    cv2 = _quiet()
    limits = [
        cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, round(1000 * OPEN_TIMEOUT_S),
        cv2.CAP_PROP_READ_TIMEOUT_MSEC, round(1000 * READ_TIMEOUT_S),
    ]  # fmt: skip
    capture = cv2.VideoCapture(address, cv2.CAP_FFMPEG, limits)
    if not capture.isOpened():
        raise SourceError(
            f"the network camera {address} does not answer",
            hint="is it switched on, in the same network, and the address the one of the video?",
        )
    return CaptureReader(capture)


def open_device(number: int, size: tuple[int, int], devices: Path = Path("/dev")) -> CaptureReader:
    """A camera of this machine.

    Args:
        number: Its number.
        size: Width and height to ask for, px.
        devices: Where Linux lists them.

    Raises:
        SourceError: There is none, or it may not or cannot be used.
    """
    if sys.platform.startswith("linux"):
        check_device(number, devices)
    cv2 = _quiet()
    backend = {"linux": cv2.CAP_V4L2, "darwin": cv2.CAP_AVFOUNDATION, "win32": cv2.CAP_DSHOW}
    capture = cv2.VideoCapture(number, backend.get(sys.platform, cv2.CAP_ANY))
    if capture.isOpened():
        # Without MJPEG many cameras give 10 pictures a second at this size: USB 2 has no room for more.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
        capture.set(cv2.CAP_PROP_FPS, RATE)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        if capture.grab():
            return CaptureReader(capture)
    capture.release()
    raise SourceError(f"camera {number} gives no picture", hint=_device_hint())


def _device_hint() -> str:
    if sys.platform == "darwin":
        return "close other programs that use it, and allow it under System Settings, Privacy, Camera"
    if sys.platform == "win32":
        return "close other programs that use it, and allow it under Settings, Privacy, Camera"
    return "another program may be using it: close that one, or choose another camera with --camera"


def check_device(number: int, devices: Path = Path("/dev")) -> None:
    """Look for a Linux camera without opening it.

    Raises:
        SourceError: There is none of this number, or this user may not use it.
    """
    path = devices / f"video{number}"
    if not path.exists():
        others = sorted(int(p.name[5:]) for p in devices.glob("video*") if p.name[5:].isdecimal())
        if others:
            raise SourceError(
                f"there is no camera {number}",
                hint=f"found: {', '.join(map(str, others))}; choose with --camera",
            )
        raise SourceError(
            "no camera was found",
            hint="plug one in, use a phone with --camera http://…, or play a file with --camera FILE",
        )
    if not os.access(path, os.R_OK | os.W_OK):
        raise SourceError(
            f"no permission to use camera {number}", hint="sudo usermod -aG video $USER, then log in again"
        )
