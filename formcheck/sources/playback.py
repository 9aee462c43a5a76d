"""A video file that stands in for a camera: its pictures come when their time has come."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from formcheck.sources.capture import RATE
from formcheck.types import Frame, Pixels


class FileReader:
    """A video file at its own pace. A picture that comes more than half a picture late is left out.

    Args:
        path: The file.
        loop: Play it again and again; its time goes on.
        clock: Seconds that only ever rise.
        wait: Waits so many seconds; None waits until then or until the reader is closed.

    Attributes:
        over: Whether the file has come to its end.

    Raises:
        SourceError: It can't be read.
    """

    def __init__(
        self,
        path: Path,
        *,
        loop: bool = False,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        from formcheck.sources.video import VideoSource

        self.over = False
        self._video = VideoSource(path, threads=1)
        self._loop = loop
        self._clock = clock
        self._closed = threading.Event()
        self._wait = wait or self._closed.wait
        self._frames: Iterator[Frame] = iter(self._video)
        self._offset = self._last = 0.0
        self._step = 1 / RATE
        self._begin_s: float | None = None

    def read(self) -> tuple[float | None, Pixels] | None:
        """The next picture, when its time has come.

        Raises:
            SourceError: The file goes bad in the middle.
        """
        while not self._closed.is_set():
            frame = next(self._frames, None)
            if frame is None:
                if not self._loop or self._last <= 0.0:
                    break
                self._offset = self._last + self._step
                self._frames = iter(self._video)
                continue
            t = frame.t + self._offset
            self._step = min(max(t - self._last, 0.001), 0.2)
            self._last = t
            if self._begin_s is None:
                self._begin_s = self._clock() - t
            early = self._begin_s + t - self._clock()
            if early < -0.5 * self._step:
                continue
            if early > 0:
                self._wait(early)
            return t, frame.image
        self.over = True
        return None

    def close(self) -> None:
        """Let the file go; a reader that waits returns at once."""
        self._closed.set()
        self._video.close()
