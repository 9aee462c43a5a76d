"""Whether pictures come, and whether they show anything: what a session has to wait for."""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np

from formcheck.types import Pixels

BLACK: Final = "The picture is black. Light on? Lens free?"
FROZEN: Final = "The picture stands still. Check the camera."
SILENT: Final = "No picture from the camera."
STARTING: Final = "One moment: the pose model starts."
BUSY: Final = "This machine is too busy. Close other programs."
SLOW: Final = "Slow: {done:.0f} of {all:.0f} pictures a second"
FEW: Final = "Camera: {all:.0f} pictures a second. More light?"

#: Mean luminance below which nothing shows, 0..1, and for how long, s. A person in moonlight reads 0.06.
DARK, DARK_S = 0.03, 1.0
#: Exactly the same picture for so long, s: sensors always add noise.
STILL_S: Final = 3.0
#: No picture for so long, s.
SILENT_S: Final = 1.5
#: The pace is measured over this time, s, from which number on it is fine, and which share of the
#: camera's pictures must be worked on.
PACE_S, FINE, MOST = 4.0, 20.0, 0.8
#: A camera that gives fewer pictures a second than this misses quick movements.
LEAST: Final = 12.0


class Health:
    """Looks at each picture.

    Attributes:
        light: Mean luminance of the last one, 0..1; NaN before.
    """

    def __init__(self) -> None:
        self.light = float("nan")
        self._dark_since: float | None = None
        self._still_since: float | None = None
        self._last: Pixels | None = None

    def look(self, t: float, image: Pixels) -> str:
        """What is wrong with this picture; empty when nothing is.

        Args:
            t: Seconds.
            image: ``(H, W, 3)`` RGB, scaled down.
        """
        few = np.ascontiguousarray(image[::6, ::6])
        red, green, blue = few.reshape(-1, 3).mean(axis=0)
        self.light = float(0.299 * red + 0.587 * green + 0.114 * blue) / 255
        dark = self.light < DARK
        self._dark_since = (t if self._dark_since is None else self._dark_since) if dark else None
        same = self._last is not None and few.shape == self._last.shape and bool((few == self._last).all())
        self._still_since = (t if self._still_since is None else self._still_since) if same else None
        self._last = few
        if self._dark_since is not None and t - self._dark_since >= DARK_S:
            return BLACK
        if self._still_since is not None and t - self._still_since >= STILL_S:
            return FROZEN
        return ""

    @staticmethod
    def silence(since_s: float, trouble: str, came_s: float = float("inf"), *, begun: bool = True) -> str:
        """What to say when no pose has come for so long; empty while that is no wonder.

        Args:
            since_s: Since the last pose, s.
            trouble: What the camera says.
            came_s: Since the camera's last picture, s: pictures without poses are not the camera's fault.
            begun: Whether there ever was a pose.
        """
        if since_s < SILENT_S:
            return ""
        if came_s < SILENT_S and not trouble:
            return BUSY if begun else STARTING
        return trouble or SILENT


class Pace:
    """How many pictures a second are worked on, of how many.

    Attributes:
        note: A line for the screen; empty while the pace is fine.
    """

    def __init__(self) -> None:
        self.note = ""
        self._counts: deque[tuple[float, int]] = deque()

    def count(self, t: float, pictures: int) -> None:
        """One more was worked on at `t` seconds, when there were so many."""
        counts = self._counts
        counts.append((t, pictures))
        span = t - counts[0][0]
        if span < PACE_S:
            return
        done = (len(counts) - 1) / span
        every = (pictures - counts[0][1]) / span
        if done < FINE and done < MOST * every:
            self.note = SLOW.format(done=done, all=every)
        elif every < LEAST:
            self.note = FEW.format(all=every)
        else:
            self.note = ""
        counts.clear()
        counts.append((t, pictures))
