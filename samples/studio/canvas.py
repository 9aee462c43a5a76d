"""Where pictures are drawn: on a fresh copy of a backdrop, colours and depths."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samples.studio.gl import Releasable, graphics

Picture = NDArray[np.uint8]


class Canvas:
    """An off-screen picture in front of a backdrop.

    Args:
        size: Width and height, pixels.
        samples: Samples a pixel, for smooth edges: 4, or 0 for none.
    """

    def __init__(self, size: tuple[int, int], samples: int) -> None:
        context = graphics().context
        self.size = size
        self._colour, self._depth = context.texture(size, 4), context.depth_renderbuffer(size)
        self._backdrop = context.framebuffer([self._colour], self._depth)
        colour, depth = context.renderbuffer(size, 4), context.depth_renderbuffer(size)
        self._plain = context.framebuffer([colour], depth)
        self._target = self._plain
        self._owned: list[Releasable] = [
            self._backdrop,
            self._plain,
            self._colour,
            self._depth,
            colour,
            depth,
        ]
        if samples:
            many = (
                context.renderbuffer(size, 4, samples=samples),
                context.depth_renderbuffer(size, samples=samples),
            )
            self._target = context.framebuffer([many[0]], many[1])
            self._owned += [self._target, *many]

    def use_backdrop(self) -> None:
        """Draw the backdrop; it starts empty."""
        self._backdrop.use()
        self._backdrop.clear()

    def paint_backdrop(self, picture: Picture) -> None:
        """Replace the backdrop's colours by a picture (height, width, 3); its depths stay."""
        opaque = np.full((*picture.shape[:2], 4), 255, np.uint8)
        opaque[:, :, :3] = picture[::-1]
        self._colour.write(opaque.tobytes())

    def start(self) -> None:
        """Begin a new picture: the backdrop."""
        graphics().context.copy_framebuffer(self._target, self._backdrop)

    def use(self, *, depths: bool = True) -> None:
        """Draw into the picture, its depths included or left alone."""
        self._target.depth_mask = depths
        self._target.use()

    def read(self) -> Picture:
        """The picture, (height, width, 3) RGB, first row on top."""
        import cv2

        if self._target is not self._plain:
            graphics().context.copy_framebuffer(self._plain, self._target)
        width, height = self.size
        pixels = np.frombuffer(self._plain.read(components=4), np.uint8).reshape(height, width, 4)
        picture: Picture = cv2.cvtColor(pixels[::-1], cv2.COLOR_RGBA2RGB)
        return picture

    def release(self) -> None:
        """Give its memory back."""
        for item in self._owned:
            item.release()
