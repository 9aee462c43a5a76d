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

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

from formcheck.errors import SourceError
from formcheck.sources.capture import SIZE, open_device, open_network
from formcheck.sources.playback import FileReader
from formcheck.types import Pixels

#: The longer side of `Shot.small`, px: more gains nothing (see formcheck.pose.mediapipe).
SMALL: Final = 640
#: Pauses between attempts to open a lost camera again, s; the last one stays.
AGAIN_S: Final = (0.3, 0.5, 1.0, 2.0)

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
    """Something that gives pictures, one after the other, and blocks until there is one.

    Attributes:
        over: Whether it has come to its end, rather than gone away.
    """

    over: bool

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
        again_s: Pauses between attempts to open it again, s.
        clock: Seconds that only ever rise.

    Attributes:
        ended: Whether nothing will come any more: the end of a file.
        taken: Pictures so far.
    """

    def __init__(
        self,
        opener: Callable[[], Reader],
        *,
        name: str = "camera",
        lost: str = GONE,
        again_s: tuple[float, ...] = AGAIN_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.ended = False
        self.taken = 0
        self._open = opener
        self._lost = lost
        self._again_s = again_s
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
                self._stop.wait(self._again_s[min(tries, len(self._again_s) - 1)])
                tries += 1
                try:
                    self._reader = None if self._stop.is_set() else self._open()
                except SourceError:
                    continue
            got = self._read()
            if got is not None:
                tries, self._trouble = 0, ""
                self._publish(next(numbers), *got)
                continue
            if self._reader is not None:
                self._reader.close()
            if self._reader is not None and self._reader.over:
                self.ended = True
                break
            self._reader = None
            self._trouble = self._lost
        if self._reader is not None:
            self._reader.close()
        with self._fresh:
            self._fresh.notify_all()

    def _read(self) -> tuple[float | None, Pixels] | None:
        try:
            return self._reader.read() if self._reader is not None else None
        except SourceError:  # a file that goes bad ends there
            if self._reader is not None:
                self._reader.over = True
            return None

    def _publish(self, number: int, t: float | None, image: Pixels) -> None:
        taken_s = self._clock()
        small = shrunk(image)
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
        return Camera(lambda: open_network(address.where), name=address.where, lost=AWAY, clock=clock)
    return Camera(lambda: open_device(int(address.where), size), name=address.name, clock=clock)


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
