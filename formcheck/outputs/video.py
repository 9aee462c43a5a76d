"""Annotated videos: H.264 in MP4 that browsers and phones play, with the source's timing and sound.

8-bit 4:2:0, High profile at most, BT.709 colours, index in front so that playing starts at once. Frame
times are kept to 1/90000 s at any frame rate, variable ones included.
"""

from __future__ import annotations

import os
from collections import deque
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np

from formcheck.errors import OutputError, SetupError
from formcheck.files import output_error, part_path
from formcheck.outputs.sound import Sound, open_sound
from formcheck.types import Pixels

if TYPE_CHECKING:
    from av.container import OutputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

_TICK = Fraction(1, 90_000)  # the clock of MPEG: whole for 24, 25, 30, 50, 60 and 1001ths of them
# x264's veryfast with the cheapest searches, a short look ahead and no B-frames. Measured at 1280x720 on a
# rendered clip: 3.3 ms of CPU a frame and 37 kB/s, against 4.9 ms and 38 kB/s with subme=1 and veryfast's
# other settings, 3.8 ms and 105 kB/s for superfast, 2.5 ms and 117 kB/s for ultrafast.
_SPEED = "subme=0:me=dia:trellis=0:ref=1:8x8dct=0:rc-lookahead=5:bframes=0:weightp=0"
#: Narrower pictures go through a copy: x264 refuses rows of a few bytes.
TIGHT = 64
_KEYFRAME_S = 2.0  # jumping to a rep should be quick: players decode from the keyframe before


class VideoWriter:
    """Encodes pictures one by one; beside the source is read again for its sound.

    Nothing stands under the final name until `close`; a context manager that closes on success and
    aborts on an exception. To keep what was written until Ctrl-C, call `close` while handling it inside
    the block. Calls may come from another thread than the one that made the writer, one at a time; the
    interpreter's lock is free while encoding.

    Args:
        path: The file to write, usually ``.mp4``.
        size: Width and height of the pictures, px; odd ones are padded by their last row or column.
        source: The video whose sound to keep; None for none.
        start_s: Timestamp of the source's first picture on its own clock; None looks it up.
        rate: Frames per second, about: spaces the keyframes and tells decoders what to expect.
        crf: Quality of x264, lower is better and larger.
        threads: Encoding threads; None chooses.

    Raises:
        OutputError: The file cannot be written there.
        SetupError: No H.264 encoder.
    """

    def __init__(
        self,
        path: Path | str,
        size: tuple[int, int],
        *,
        source: Path | str | None = None,
        start_s: float | None = None,
        rate: float | None = None,
        crf: int = 23,
        threads: int | None = None,
    ) -> None:
        self.path = Path(path)
        self.size = size
        self.frames = 0
        self._notes: list[str] = []
        self._last, self._last_t = -1, -1.0
        self._step = round(1 / (rate or 30) / _TICK)
        self._packets: deque[Packet[VideoStream]] = deque()
        even = size[0] + size[0] % 2, size[1] + size[1] % 2
        self._padded = np.empty((even[1], even[0], 3), np.uint8) if even != size else None
        if source is not None and self.path.exists() and self.path.samefile(source):
            raise OutputError(f"{self.path}: this would overwrite the source", hint="choose another name")
        self._part = part_path(self.path)
        self._sound: Sound | None = None
        self._container: OutputContainer | None = _create(self._part, self.path)
        try:
            self._video = _video_stream(self._container, even, rate or 30, crf, threads)
            if source is not None:
                self._sound = open_sound(self._container, source, start_s, self._note)
        except BaseException:
            self.abort()
            raise

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about the result."""
        return tuple(self._notes)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abort()

    def write(self, image_rgb: Pixels, t: float) -> None:
        """Encode one picture ``(H, W, 3)``, shown from `t` seconds on; times must rise.

        Raises:
            OutputError: The disk is full, or the encoder failed. The unfinished file is gone then.
        """
        import av
        import cv2

        if self._container is None:
            raise ValueError("the writer is closed")
        if image_rgb.shape != (self.size[1], self.size[0], 3) or image_rgb.dtype != np.uint8:
            raise ValueError(f"expected {self.size[0]}x{self.size[1]} RGB bytes, got {image_rgb.shape}")
        if not t > self._last_t or t < 0:
            raise ValueError(f"times must rise from 0 on: {t} s after {self._last_t} s")
        stamp = max(round(t / _TICK), self._last + 1)
        try:
            # OpenCV converts in a third of swscale's time (0.5 against 1.7 ms at 720p). A fresh array for
            # each frame: the encoder may hold on to it.
            yuv = cv2.cvtColor(self._even(image_rgb), cv2.COLOR_RGB2YUV_I420)
            if yuv.shape[1] >= TIGHT:
                frame = av.VideoFrame.from_numpy_buffer(yuv, "yuv420p")
            else:  # a copy with the padded rows that libswscale and x264 want
                frame = av.VideoFrame.from_ndarray(yuv, "yuv420p")
            frame.pts, frame.time_base = stamp, _TICK
            if self.frames:
                self._step = stamp - self._last
            frame.duration = self._step  # counts for the last frame only, whose end nothing else tells
            self._packets += self._video.encode(frame)
            self._mux()
            if self._sound is not None:
                self._sound.pump(t)
        except (av.FFmpegError, OSError) as error:
            raise self._failed(error) from error
        self._last, self._last_t = stamp, t
        self.frames += 1

    def close(self) -> None:
        """Finish the file and give it its final name; without any frame, leave nothing.

        Raises:
            OutputError: The disk is full, or the name cannot be taken.
        """
        import av

        if self._container is None:
            return
        if not self.frames:
            self.abort()
            self._note("no frame was written: no video")
            return
        try:
            self._packets += self._video.encode(None)
            self._mux()
            if self._sound is not None:
                self._sound.pump(float((self._last + self._step) * _TICK))
            self._container.close()
            self._container = None
            self._part.replace(self.path)
        except (av.FFmpegError, OSError) as error:
            raise self._failed(error) from error
        finally:
            self.abort()

    def abort(self) -> None:
        """Leave no trace; does nothing after `close`."""
        import av

        if self._sound is not None:
            self._sound.close()
        container, self._container = self._container, None
        with suppress(OSError):  # first, so that closing has no need to move the index to the front
            self._part.unlink(missing_ok=True)
        if container is not None:
            with suppress(av.FFmpegError, OSError):
                container.close()
        with suppress(OSError):  # an open file can't be removed on Windows
            self._part.unlink(missing_ok=True)

    def _even(self, image: Pixels) -> Pixels:
        """4:2:0 needs even sides."""
        if self._padded is None:
            return image
        width, height = self.size
        self._padded[:height, :width] = image
        self._padded[height:, :width] = image[-1:]
        self._padded[:, width:] = self._padded[:, width - 1 : width]
        return self._padded

    def _note(self, text: str) -> None:
        if text not in self._notes:
            self._notes.append(text)

    def _mux(self) -> None:
        assert self._container is not None  # noqa: S101
        while self._packets:
            self._container.mux(self._packets.popleft())

    def _failed(self, error: Exception) -> OutputError:
        self.abort()
        if isinstance(error, OSError):
            return output_error(self.path, error)
        return OutputError(f"{self.path}: encoding failed: {error}", hint="try --no-video")


def _create(part: Path, path: Path) -> OutputContainer:
    """Open the unfinished file."""
    import av

    try:
        part.touch(exist_ok=False)  # the muxer would find out only at the first packet
        # Edit lists count in the movie's ticks: the usual 1/1000 s would round a late start.
        options = {"movflags": "+faststart", "movie_timescale": str(_TICK.denominator)}
        return av.open(f"file:{part}", "w", format="mp4", container_options=options)
    except OSError as error:
        raise output_error(path, error) from error


def _video_stream(
    container: OutputContainer, size: tuple[int, int], rate: float, crf: int, threads: int | None
) -> VideoStream:
    """An H.264 stream; fine time base, sharp keyframe spacing, colours named."""
    import av
    from av.codec.context import Flags

    try:
        stream = container.add_stream(
            "libx264",
            rate=Fraction(rate).limit_denominator(1001),
            time_base=_TICK,
            options={"preset": "veryfast", "crf": str(crf), "x264-params": _SPEED},
        )
    except av.FFmpegError as error:
        raise SetupError("this PyAV has no H.264 encoder", hint="pip install --force-reinstall av") from error
    context = stream.codec_context
    context.width, context.height, context.pix_fmt = *size, "yuv420p"
    context.gop_size = max(1, round(_KEYFRAME_S * rate))
    # OpenCV's matrix is that of BT.601, in studio range; the other two stay those of BT.709, as in sRGB.
    context.color_range, context.colorspace, context.color_primaries, context.color_trc = 1, 6, 1, 1
    context.flags |= Flags.frame_duration
    # Encoding has a core of its own while the other decodes and draws; threads cost 1.3 ms of CPU a frame.
    context.thread_count = threads or max(1, min((os.cpu_count() or 1) - 1, 4))
    return stream
