"""Where a live session's poses come from: a camera through a thread, or a file picture by picture.

A `Feed` is all that the session's loop knows. The camera's one drops pictures when the machine is slow:
its thread always takes the newest, so that what is shown is never older than one picture's work.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from formcheck.pose.live import Follower, Posed
from formcheck.sources.camera import Camera, Shot, every_shot
from formcheck.types import Recording

#: Poses that may wait for the loop. They are all given to the session; only the last one is drawn.
WAITING: Final = 8
#: How long to wait for a picture before looking whether to stop, s.
BEAT_S: Final = 0.2

Seen = tuple[Shot, Posed]


class Feed(Protocol):
    """Pictures with their poses."""

    @property
    def now(self) -> float:
        """The session's time, s."""

    @property
    def trouble(self) -> str:
        """Why nothing comes; empty while nothing is wrong."""

    @property
    def ended(self) -> bool:
        """Whether nothing will come any more."""

    @property
    def pictures(self) -> int:
        """How many pictures there were, with those that nobody took."""

    def take(self, timeout_s: float) -> list[Seen]:
        """What came since the last call, in order; waits for at most so long.

        Raises:
            FormcheckError: The poses' thread failed.
        """

    def close(self) -> None:
        """Stop."""


class LiveFeed:
    """A camera's newest pictures, posed in a thread.

    Args:
        camera: Started already.
        follower: Makes the follower, in the thread.
    """

    def __init__(self, camera: Camera, follower: Callable[[], Follower]) -> None:
        self._camera = camera
        self._make = follower
        self._seen: deque[Seen] = deque(maxlen=WAITING)
        self._fresh = threading.Condition()
        self._stop = threading.Event()
        self._error: Exception | None = None
        self._over = False
        self._thread = threading.Thread(target=self._run, name="pose", daemon=True)
        self._thread.start()

    @property
    def now(self) -> float:
        """The camera's time."""
        return self._camera.now

    @property
    def trouble(self) -> str:
        """The camera's."""
        return self._camera.trouble

    @property
    def ended(self) -> bool:
        """Whether the camera has ended and all its poses were taken."""
        return self._over and not self._seen

    @property
    def pictures(self) -> int:
        """All that the camera gave."""
        return self._camera.taken

    def take(self, timeout_s: float) -> list[Seen]:
        """What came since the last call."""
        with self._fresh:
            self._fresh.wait_for(lambda: self._seen or self._error or self._over, timeout_s)
            if self._error is not None:
                raise self._error
            seen = list(self._seen)
            self._seen.clear()
            return seen

    def close(self) -> None:
        """Stop the thread and the camera."""
        self._stop.set()
        self._camera.close()
        self._thread.join(3.0)

    def _run(self) -> None:
        try:
            with self._make() as follower:
                last = 0
                while not self._stop.is_set():
                    shot = self._camera.newest(last, BEAT_S)
                    if shot is None:
                        if self._camera.ended:
                            break
                        continue
                    last = shot.number
                    size = (shot.image.shape[1], shot.image.shape[0])
                    posed = follower.see(shot.t, shot.small, size)
                    with self._fresh:
                        self._seen.append((shot, posed))
                        self._fresh.notify_all()
        except Exception as error:  # noqa: BLE001 - raised again in the main thread, by `take`
            self._error = error
        with self._fresh:
            self._over = True
            self._fresh.notify_all()


class EveryFeed:
    """Every picture of a file, one at a time: nothing is dropped, and the clock is the file's.

    Args:
        shots: The pictures with their poses.
        paced: Give each one when its time has come, by this clock; None: as soon as it is asked for.
    """

    def __init__(self, shots: Iterator[Seen], *, paced: Callable[[], float] | None = None) -> None:
        self._shots = shots
        self._paced = paced
        self._begin_s = paced() if paced is not None else 0.0
        self._next: Seen | None = None
        self._now = 0.0
        self._count = 0
        self._over = False

    @property
    def now(self) -> float:
        """The file's time."""
        return self._now if self._paced is None else self._paced() - self._begin_s

    @property
    def trouble(self) -> str:
        """Nothing can go wrong."""
        return ""

    @property
    def ended(self) -> bool:
        """Whether the file is over."""
        return self._over

    @property
    def pictures(self) -> int:
        """Read so far."""
        return self._count

    def take(self, timeout_s: float) -> list[Seen]:
        """The next picture, if its time has come."""
        if self._next is None:
            self._next = next(self._shots, None)
        if self._next is None:
            self._over = True
            return []
        if self._paced is not None:
            early = self._next[0].t - self.now
            if early > 0:
                time.sleep(min(early, timeout_s))
            if early > timeout_s:
                return []
        seen, self._next = self._next, None
        self._now = seen[0].t
        self._count += 1
        return [seen]

    def close(self) -> None:
        """Nothing to stop."""


def from_video(path: Path, model: Path) -> Iterator[Seen]:
    """Every picture of a video file with its pose.

    Raises:
        SourceError: It can't be read.
        ModelError, SetupError: The model can't run.
    """
    with Follower(model) as follower:
        for shot in every_shot(path):
            yield shot, follower.see(shot.t, shot.small, (shot.image.shape[1], shot.image.shape[0]))


def from_recording(recording: Recording, clock: Callable[[], float] = time.monotonic) -> Iterator[Seen]:
    """Recorded landmarks, on plain grey pictures."""
    width, height = recording.size
    plain = np.full((height, width, 3), 96, np.uint8)
    small = plain[:: max(height // 90, 1), :: max(width // 90, 1)]
    for k, t in enumerate(recording.t):
        image, world = recording.image[k], recording.world[k]
        yield Shot(k + 1, float(t), plain, small, clock()), Posed(float(t), image, world, 0)
