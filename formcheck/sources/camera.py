"""Cameras as a source: a device, a network address, or a file that stands in for one.

Only the newest picture is kept. Whoever works on pictures takes it when ready, so a slow machine drops
pictures and never falls behind. A thread reads; when the camera goes away it is opened again, for as long
as it takes.

Time
    A picture's `t` is the moment at which it arrived, in seconds since the camera was started; it goes on
    through interruptions. A file is played at its own pace, and `t` is its own time; in a loop it goes on.
Picture
    RGB, as it came: never mirrored. `small` is the same picture for the pose model.
"""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Protocol, Self

import numpy as np

from formcheck.errors import SourceError
from formcheck.types import Frame, Pixels

#: What is asked of a camera: enough to judge a person at 4 m, and what nearly all of them can do.
SIZE: Final = (1280, 720)
RATE: Final = 30
#: The longer side of `Shot.small`, px: more gains nothing (see formcheck.pose.mediapipe).
SMALL: Final = 640
#: Pauses between attempts to open a lost camera again, s; the last one stays.
AGAIN_S: Final = (0.3, 0.5, 1.0, 2.0)
#: A network camera that does not answer for so long is gone, s.
OPEN_TIMEOUT_S, READ_TIMEOUT_S = 6.0, 4.0

GONE: Final = "The camera is gone. Plug it in again."
AWAY: Final = "The network camera does not answer."


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of a camera.

    Attributes:
        number: Of the picture, rising; gaps are pictures that nobody took.
        t: Seconds since the camera was started.
        image: ``(H, W, 3)`` RGB.
        small: The same, its longer side at most `SMALL` px.
        taken_s: On the camera's clock, when it was there: for measuring delays.
    """

    number: int
    t: float
    image: Pixels
    small: Pixels
    taken_s: float


class Reader(Protocol):
    """Something that gives pictures, one after the other, and blocks until there is one."""

    def read(self) -> tuple[float | None, Pixels] | None:
        """The next picture and its own time in seconds, if it has one; None when there is none any more."""

    def close(self) -> None:
        """Let it go."""


@dataclass(frozen=True, slots=True)
class Address:
    """What ``--camera`` names.

    Attributes:
        kind: "device", "network" or "file".
        where: The device's number as text, the address, or the path.
    """

    kind: str
    where: str

    @property
    def name(self) -> str:
        """For people."""
        return f"camera {self.where}" if self.kind == "device" else self.where


def parse(text: str) -> Address:
    """A number or ``/dev/videoN`` is a device, ``scheme://`` a network camera, all else a file."""
    text = text.strip()
    if match := re.fullmatch(r"(?:/dev/video)?(\d{1,3})", text):
        return Address("device", match[1])
    if re.match(r"[a-z][a-z0-9+]*://", text, re.IGNORECASE):
        return Address("network", text)
    return Address("file", text)


class Camera:
    """Reads in a thread of its own and keeps the newest picture.

    Args:
        opener: Opens the camera; raises SourceError when it can't.
        name: For people.
        lost: What to say when it is gone.
        clock: Seconds that only ever rise.
    """

    def __init__(
        self,
        opener: Callable[[], Reader],
        *,
        name: str = "camera",
        lost: str = GONE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.ended = False
        self.taken = 0
        self._open = opener
        self._lost = lost
        self._clock = clock
        self._reader: Reader | None = None
        self._newest: Shot | None = None
        self._trouble = ""
        self._fresh = threading.Condition()
        self._stop = threading.Event()
        self._start_s = clock()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> Self:
        """Open it and begin to read.

        Raises:
            SourceError: It can't be opened. Later trouble is told by `trouble` and mended by waiting.
        """
        self._reader = self._open()
        self._start_s = self._clock()
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop reading and let the camera go. A reader that hangs is left behind."""
        self._stop.set()
        with self._fresh:
            self._fresh.notify_all()
        if self._thread is not None:
            self._thread.join(2.0)

    @property
    def now(self) -> float:
        """Seconds since the start: the time that a picture would get that came now."""
        return self._clock() - self._start_s

    @property
    def trouble(self) -> str:
        """Why nothing comes, a sentence; empty while the camera is open."""
        return self._trouble

    def newest(self, after: int, timeout_s: float) -> Shot | None:
        """The newest picture, as soon as there is one later than number `after`; None when none came."""
        with self._fresh:
            self._fresh.wait_for(
                lambda: self._stop.is_set() or self.ended or self._later(after) is not None, timeout_s
            )
            return self._later(after)

    def _later(self, after: int) -> Shot | None:
        return self._newest if self._newest is not None and self._newest.number > after else None

    def _run(self) -> None:
        numbers = count(1)
        tries = 0
        while not self._stop.is_set():
            if self._reader is None:
                self._stop.wait(AGAIN_S[min(tries, len(AGAIN_S) - 1)])
                tries += 1
                try:
                    self._reader = None if self._stop.is_set() else self._open()
                except SourceError:
                    continue
            got = self._reader.read() if self._reader is not None else None
            if got is not None:
                tries, self._trouble = 0, ""
                self._publish(next(numbers), *got)
                continue
            if self._reader is not None:
                self._reader.close()
            if getattr(self._reader, "over", False):
                self.ended = True
                break
            self._reader = None
            self._trouble = self._lost
        if self._reader is not None:
            self._reader.close()
        with self._fresh:
            self._fresh.notify_all()

    def _publish(self, number: int, t: float | None, image: Pixels) -> None:
        small = shrunk(image)
        taken_s = self._clock()
        shot = Shot(number, taken_s - self._start_s if t is None else t, image, small, taken_s)
        with self._fresh:
            self.taken += 1
            self._newest = shot
            self._fresh.notify_all()


def camera(
    text: str,
    *,
    loop: bool = False,
    size: tuple[int, int] = SIZE,
    clock: Callable[[], float] = time.monotonic,
) -> Camera:
    """The camera that `text` names, not started yet.

    Args:
        text: See `parse`.
        loop: Play a file again and again.
        size: Width and height that a device is asked for, px.
        clock: Seconds that only ever rise.
    """
    address = parse(text)
    if address.kind == "file":
        path = Path(address.where)
        return Camera(lambda: FileReader(path, loop=loop, clock=clock), name=path.name, clock=clock)
    if address.kind == "network":
        return Camera(lambda: _open_network(address.where), name=address.where, lost=AWAY, clock=clock)
    return Camera(lambda: _open_device(int(address.where), size), name=address.name, clock=clock)


def shrunk(image: Pixels, side: int = SMALL) -> Pixels:
    """The picture with its longer side at most `side` px; itself when it is no larger."""
    longer = max(image.shape[:2])
    if longer <= side:
        return image
    import cv2

    height, width = (max(round(n * side / longer), 1) for n in image.shape[:2])
    smaller: Pixels = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    return smaller


def every_shot(path: Path, clock: Callable[[], float] = time.monotonic) -> Iterator[Shot]:
    """Every picture of a file, as fast as they are asked for: nothing is dropped.

    Raises:
        SourceError: It can't be read.
    """
    from formcheck.sources.video import VideoSource

    with VideoSource(path) as video:
        for number, frame in enumerate(video, start=1):
            yield Shot(number, frame.t, frame.image, shrunk(frame.image), clock())


class FileReader:
    """A video file at its own pace. A picture whose time is past when it is asked for is left out.

    Attributes:
        over: Whether the file has come to its end.
    """

    def __init__(
        self, path: Path, *, loop: bool = False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        from formcheck.sources.video import VideoSource

        self.over = False
        self._video = VideoSource(path, threads=1)
        self._loop = loop
        self._clock = clock
        self._frames: Iterator[Frame] = iter(self._video)
        self._offset = self._last = 0.0
        self._step = 1 / RATE
        self._begin_s = float("nan")
        self._pause = threading.Event()

    def read(self) -> tuple[float | None, Pixels] | None:
        """The next picture, when its time has come."""
        while True:
            frame = next(self._frames, None)
            if frame is None:
                if not self._loop or self._last <= 0.0:
                    self.over = True
                    return None
                self._offset = self._last + self._step
                self._frames = iter(self._video)
                continue
            t = frame.t + self._offset
            self._step = min(max(t - self._last, 0.001), 0.2)
            self._last = t
            now = self._clock()
            if np.isnan(self._begin_s):
                self._begin_s = now - t
            early = self._begin_s + t - now
            if early < -0.5 * self._step and not self._first(t):
                continue
            if early > 0:
                self._pause.wait(early)
            return t, frame.image

    @staticmethod
    def _first(t: float) -> bool:
        return t == 0.0

    def close(self) -> None:
        """Let the file go; a reader that waits returns at once."""
        self._pause.set()
        self._video.close()


class CaptureReader:
    """What OpenCV can open: devices and network addresses."""

    def __init__(self, capture: Any) -> None:
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


def _open_network(address: str) -> Reader:
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


def _open_device(number: int, size: tuple[int, int], devices: Path = Path("/dev")) -> Reader:
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
