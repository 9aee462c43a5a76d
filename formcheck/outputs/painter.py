"""Brings picture, screen and window together: size, mirror, drawing."""

from __future__ import annotations

import dataclasses
from typing import Final

import numpy as np

from formcheck.outputs.screen import ScreenView, Style
from formcheck.outputs.window import Window
from formcheck.session.events import Screen
from formcheck.types import Pixels

#: Text is drawn on a picture whose short side is within these, px: a webcam's 480 lines make poor letters,
#: and more than a screen shows costs time.
LEAST, MOST = 720, 1080
#: Before the first picture: a plain one of this size, width and height, px.
FIRST: Final = (1280, 720)


class Painter:
    """Draws screens over pictures and shows them.

    Args:
        window: Where; None draws without showing.
        mirror: Show the picture as a mirror does; the words stay readable.
        style: See `ScreenView`.
    """

    def __init__(self, window: Window | None, *, mirror: bool = False, style: Style = "coach") -> None:
        self._window = window
        self._mirror = mirror
        self._style = style
        self._view: ScreenView | None = None
        self._image: Pixels = np.full((FIRST[1], FIRST[0], 3), 40, np.uint8)
        self.last: Pixels = self._image

    def show(self, image: Pixels | None, screen: Screen, t: float) -> None:
        """Draw the screen over the picture; None: over the last one again."""
        if image is not None:
            self._image = image
        self.last = self.paint(self._image, screen, t)
        if self._window is not None:
            self._window.show(self.last)

    def paint(self, image: Pixels, screen: Screen, t: float) -> Pixels:
        """A new picture with the screen on it, mirrored and in a good size."""
        import cv2

        height, width = image.shape[:2]
        scale = float(np.clip(min(width, height), LEAST, MOST)) / min(width, height)
        size = (2 * round(scale * width / 2), 2 * round(scale * height / 2))
        if size == (width, height):
            canvas = cv2.flip(image, 1) if self._mirror else image.copy()
        else:
            canvas = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR if scale > 1 else cv2.INTER_AREA)
            if self._mirror:
                cv2.flip(canvas, 1, canvas)
        points = screen.points * (size[0] / width, size[1] / height)
        if self._mirror:
            points[:, 0] = size[0] - 1 - points[:, 0]
        if self._view is None or self._view.size != size:
            self._view = ScreenView(size, self._style)
        return self._view.draw(canvas, dataclasses.replace(screen, points=points), t=t)

    def pressed(self) -> list[str]:
        """Keys pressed since the last call."""
        return self._window.pressed() if self._window is not None else []
