"""The last poses as arrays: what the end of a rep looks back on."""

from __future__ import annotations

import numpy as np

from formcheck.features.body import Window
from formcheck.geometry import Floats
from formcheck.landmarks import COUNT


class History:
    """Keeps poses of the last `keep_s` seconds in arrays that do not grow with the session.

    Args:
        keep_s: Seconds to look back on at least.
    """

    def __init__(self, keep_s: float) -> None:
        self.keep_s = keep_s
        self._n = 0
        self._make(512)

    def _make(self, size: int) -> None:
        self._t = np.empty(size)
        self._image = np.empty((size, COUNT, 4), np.float32)
        self._world = np.empty((size, COUNT, 3), np.float32)

    def add(self, t: float, image: Floats, world: Floats) -> None:
        """Appends a pose: ``(33, 4)`` px and ``(33, 3)`` m."""
        if self._n == len(self._t):
            self._shift(t)
        self._t[self._n], self._image[self._n], self._world[self._n] = t, image, world
        self._n += 1

    def _shift(self, t: float) -> None:
        """Forgets what is old; doubles the room when that frees less than half of it."""
        first = int(np.searchsorted(self._t[: self._n], t - self.keep_s))
        kept = slice(first, self._n)
        old = self._t[kept].copy(), self._image[kept].copy(), self._world[kept].copy()
        n = self._n - first
        if n > len(self._t) // 2:
            self._make(2 * len(self._t))
        self._t[:n], self._image[:n], self._world[:n] = old
        self._n = n

    def between(self, start_s: float, end_s: float) -> tuple[Floats, Floats, Floats]:
        """Views, not copies, of the times, images and worlds of a stretch."""
        a, b = np.searchsorted(self._t[: self._n], [start_s, end_s])
        return self._t[a:b], self._image[a:b], self._world[a:b]


def frame_window(image: Floats, world: Floats, t: float, side: str) -> Window:
    """A single pose as a window."""
    image = image[None].astype(np.float64)
    return Window(np.array([t]), image[..., :2], image[..., 3], world[None].astype(np.float64), side)
