"""Film: what a sensor and a codec make of perfect pictures."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import SetupError
from formcheck.files import atomic

Picture = NDArray[np.uint8]

_SPARE = 64  # pixels by which the sheet of noise is larger than a picture, to shift it about
_LENS_PX = 0.6  # a good phone's lens and chip at this size: edges are two pixels wide
_GRAIN_PX = 0.55  # blur of the noise: cameras smooth it a little
_READ_SHARE = 0.5  # of the noise at middle brightness that is there in the dark as well


class Film:
    """Writes pictures as H.264, with a sensor's noise. A context manager; the file appears when it is whole.

    Args:
        path: The file to write, ``.mp4``.
        size: Width and height of the pictures, even, pixels.
        rate: Frames per second, exactly.
        crf: x264's quality: 18 good, 30 poor.
        preset: x264's effort.
        noise: Standard deviation of the luma noise at middle brightness, in levels of 255.
        gain: Factor on the brightness, and on the noise.
        seed: Of the noise.

    Raises:
        OutputError: The file cannot be written there.
        SetupError: No H.264 encoder.
    """

    def __init__(
        self,
        path: Path | str,
        size: tuple[int, int],
        rate: Fraction,
        *,
        crf: int = 23,
        preset: str = "veryfast",
        noise: float = 2.0,
        gain: float = 1.0,
        seed: int = 0,
    ) -> None:
        if size[0] % 2 or size[1] % 2:
            raise ValueError(f"H.264 wants an even width and height, not {size[0]}x{size[1]}")
        self._path, self._size, self._rate = Path(path), size, Fraction(rate)
        self._options = {"crf": str(crf), "preset": preset, "threads": "1"}
        self._sensor = Sensor(size, noise=noise, gain=gain, seed=seed)
        self._frames = 0

    def __enter__(self) -> Self:
        import av

        with ExitStack() as stack:
            part = stack.enter_context(atomic(self._path))
            container = stack.enter_context(av.open(str(part), "w", format="mp4"))
            try:
                stream = container.add_stream("libx264", rate=self._rate, options=self._options)
            except (av.error.FFmpegError, ValueError) as problem:
                raise SetupError(
                    f"PyAV can't encode H.264: {problem}", hint="pip install --upgrade av"
                ) from problem
            stream.width, stream.height = self._size
            stream.pix_fmt = "yuv420p"
            stream.codec_context.time_base = 1 / self._rate
            self._container, self._stream = container, stream
            self._stack = stack.pop_all()
        return self

    def write(self, picture: Picture) -> None:
        """Add a picture (height, width, 3) RGB."""
        import av

        frame = av.VideoFrame.from_ndarray(self._sensor.see(picture), format="yuv420p")
        frame.pts, frame.time_base = self._frames, 1 / self._rate
        self._frames += 1
        self._container.mux(self._stream.encode(frame))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            if error is not None:
                raise error  # once more, for `atomic` to see: it removes what was begun
            self._container.mux(self._stream.encode(None))


class Sensor:
    """Turns pictures into what a lens and a chip would give: soft edges, noise, colours at half resolution.

    Args:
        size: Width and height, pixels.
        noise: See `Film`.
        gain: See `Film`.
        seed: See `Film`.
    """

    def __init__(self, size: tuple[int, int], *, noise: float, gain: float = 1.0, seed: int = 0) -> None:
        import cv2

        self._size, self._gain = size, gain
        self._random = np.random.default_rng(seed)
        sheet = self._random.normal(size=(size[1] + _SPARE, size[0] + _SPARE)).astype(np.float32)
        sheet = cv2.GaussianBlur(sheet, (0, 0), _GRAIN_PX)
        self._sheet = sheet / sheet.std()
        # Shot noise grows with the square root of the light; luma is about the square root of the light.
        level = np.arange(256, dtype=np.float32) / 128
        self._strength = (noise * gain * (_READ_SHARE + (1 - _READ_SHARE) * level)).astype(np.float32)

    def see(self, picture: Picture) -> Picture:
        """A picture (height, width, 3) RGB as planes (height · 3/2, width) of YUV 4:2:0, BT.601."""
        import cv2

        width, height = self._size
        soft = cv2.GaussianBlur(picture, (3, 3), _LENS_PX)
        planes: Picture = cv2.cvtColor(soft, cv2.COLOR_RGB2YUV_I420)
        luma = planes[:height]
        if self._gain != 1.0:
            luma = cv2.addWeighted(luma, self._gain, luma, 0.0, 16 * (1 - self._gain))
        if self._strength.any():
            x, y = self._random.integers(0, _SPARE, 2)
            grain = self._sheet[y : y + height, x : x + width]
            flip = int(self._random.integers(0, 4)) - 2  # cv2.flip: -1 both, 0 up-down, 1 left-right
            grain = grain if flip == -2 else cv2.flip(grain, flip)
            grain = cv2.multiply(grain, cv2.LUT(luma, self._strength))
            luma = cv2.add(luma, grain, dtype=cv2.CV_8U)
        planes[:height] = luma
        return planes


def blurred(pictures: Iterable[Picture]) -> Picture:
    """What an open shutter sees of several moments: their mean, (height, width, 3)."""
    stack = [picture.astype(np.uint16) for picture in pictures]
    total: NDArray[np.uint16] = np.sum(stack, axis=0, dtype=np.uint16)  # up to 257 pictures fit
    return np.asarray((total + len(stack) // 2) // len(stack), np.uint8)


def shutter_times(time_s: float, rate: Fraction, share: float, count: int = 4) -> NDArray[np.float64]:
    """Moments (count,) seen in the picture of ``time_s``, in seconds.

    The shutter is open for ``share`` of a frame, centred on its time.
    """
    return time_s + (np.arange(count) - (count - 1) / 2) / count * share / float(rate)
