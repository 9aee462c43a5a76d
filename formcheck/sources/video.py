"""Video files as a source: true times, upright pictures, any range of a file on its own.

Time
    A frame's `t` is its own timestamp minus that of the file's first decodable frame, in seconds; no
    frame rate is ever assumed. Times rise strictly. A frame that is not later than the one before it is
    held back: when the next one is later again, it was a stray and is dropped; when three in a row rise
    among themselves but stay behind, the file starts over (joined recordings), and time goes on from the
    last frame with their own spacing. A file without any timestamps gets the rate its container names,
    and `notes` says so.
Picture
    Upright as the container's display matrix asks, all eight orientations; square pixels; RGB.
"""

from __future__ import annotations

import math
import os
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from formcheck.errors import SourceError
from formcheck.sources.container import (
    decoded,
    has_reliable_index,
    open_file,
    seek_before,
    stated_duration,
    stated_rate,
)
from formcheck.sources.upright import Converter, Orientation, orientation_of, square_size
from formcheck.types import Frame

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

_FALLBACK_RATE = 25.0  # frames per second, FFmpeg's own default for streams that name no rate
_STRAY = 3  # frames behind in a row that make a restart; reordering faults seen in the wild are 1–2 frames


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """What a file says about itself, without reading it through.

    Attributes:
        size: Width and height of the upright picture with square pixels.
        duration_s: None when the file does not say.
        frames: An estimate; None when the file does not say.
        rate: Average frames per second, for estimates only; None when the file does not say.
        start_s: Timestamp of the first frame on the file's own clock, which its audio shares.
        seekable: Whether a range of the file can be decoded on its own, without what lies before.
    """

    size: tuple[int, int]
    duration_s: float | None
    frames: int | None
    rate: float | None
    start_s: float
    has_audio: bool
    codec: str
    seekable: bool


class VideoSource:
    """The frames of a video file.

    Every iteration opens the file anew, so several ranges of one source can be read side by side, each
    in its own thread.

    Args:
        path: The file.
        max_side: Scale pictures down so that the longer side is at most this, px; `size` stays full.
        threads: Decoding threads of one iteration; None chooses.

    Raises:
        SourceError: The file is missing, unreadable, not a video, or holds no picture.
    """

    def __init__(self, path: Path | str, *, max_side: int | None = None, threads: int | None = None) -> None:
        if max_side is not None and max_side < 2:
            raise ValueError("max_side must be at least 2 px")
        self.path = Path(path)
        self._max_side = max_side
        self._threads = threads
        self._notes: list[str] = []
        self._closed = False
        self._first = _inspect(self.path)
        self.info = self._first.info
        if self._first.clock == "rate":
            rate = self._first.rate
            self._note(f"the file carries no timestamps: {rate:g} frames per second assumed")

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright picture in full, px."""
        return self.info.size

    @property
    def duration_s(self) -> float | None:
        """Length as the file states it; None when it does not."""
        return self.info.duration_s

    @property
    def frame_count_estimate(self) -> int | None:
        """About how many frames will come; None when the file does not say."""
        return self.info.frames

    @property
    def start_s(self) -> float:
        """Timestamp of the first frame on the file's own clock, which its audio shares."""
        return self.info.start_s

    @property
    def has_audio(self) -> bool:
        """Whether there is a sound track."""
        return self.info.has_audio

    @property
    def seekable(self) -> bool:
        """Whether `iter_range` starts near its range instead of at the file's beginning."""
        return self.info.seekable

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about the file; grows while it is read."""
        return tuple(self._notes)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every iteration at its next frame."""
        self._closed = True

    def __iter__(self) -> Iterator[Frame]:
        return self.iter_range()

    def iter_range(self, start_s: float = 0.0, end_s: float = math.inf) -> Generator[Frame]:
        """The frames with ``start_s <= t < end_s``, each with the same `t` as in a whole reading.

        In a seekable file decoding starts at the keyframe before; otherwise at the beginning.
        """
        import av

        try:
            yield from self._range(start_s, end_s)
        except av.FFmpegError as error:
            raise SourceError(f"{self.path}: could not be read on: {error}", hint="copy it again") from error

    def _range(self, start_s: float, end_s: float) -> Iterator[Frame]:
        first = self._first
        with open_file(self.path) as container:
            stream = container.streams.video[first.stream]
            stream.thread_type = "AUTO"
            # More than four decoding threads gain little at 1080p and hold more frames in memory.
            stream.codec_context.thread_count = self._threads or min(_cores(), 4)
            if start_s > 0 and first.info.seekable:
                seek_before(container, stream, first.start + int(start_s / first.tick))
            convert = Converter(first.square, first.orientation, max_side=self._max_side)
            last = None
            for t, frame in self._timed(decoded(container, stream, self._note)):
                if self._closed or t >= end_s:
                    return
                if t >= start_s:
                    yield Frame(t, convert(frame))
                last = t + float((frame.duration or 0) * first.tick)
        self._note_early_end(last)

    def _timed(self, frames: Iterator[VideoFrame]) -> Iterator[tuple[float, VideoFrame]]:
        """Give each frame its time; the rule stands in the module's docstring."""
        first = self._first
        offset, last = 0.0, -math.inf
        behind: list[tuple[float, VideoFrame]] = []
        for index, frame in enumerate(frames):
            raw = first.seconds(frame, index)
            if raw is None:
                continue
            if raw + offset > last:
                behind.clear()
                last = raw + offset
                yield last, frame
                continue
            if behind and raw <= behind[-1][0]:
                behind.clear()
            behind.append((raw, frame))
            if len(behind) == _STRAY:
                self._note("the timestamps jump back: time goes on from there")
                step = behind[1][0] - behind[0][0]
                offset = last + step - behind[0][0]
                for held, late in behind:
                    last = held + offset
                    yield last, late
                behind.clear()

    def _note(self, text: str) -> None:
        if text not in self._notes:
            self._notes.append(text)

    def _note_early_end(self, end_s: float | None) -> None:
        """Say so when the pictures stop well before the stated length (a truncated file)."""
        stated = self.info.duration_s
        # Stated lengths are rounded and may count the sound's tail: 2 %, at least 0.3 s, is no news.
        if stated is not None and end_s is not None and stated - end_s > max(0.3, 0.02 * stated):
            self._note(f"the file states {stated:.1f} s but its pictures end at {end_s:.1f} s")


def probe(path: Path | str) -> VideoInfo:
    """What the file says about itself; decodes one frame.

    Raises:
        SourceError: The file is missing, unreadable, not a video, or holds no picture.
    """
    return _inspect(Path(path)).info


@dataclass(frozen=True, slots=True)
class _First:
    """What the first frame tells; everything that an iteration needs to know beforehand.

    Attributes:
        stream: Number of the video stream among the video streams.
        clock: Where times come from: "pts", "dts" where frames carry only those, or "rate".
        start: Timestamp of the first frame in ticks.
        tick: Seconds of one timestamp unit.
        square: Stored width and height after making pixels square, px.
    """

    info: VideoInfo
    stream: int
    clock: str
    start: int
    tick: Fraction
    rate: float
    square: tuple[int, int]
    orientation: Orientation

    def seconds(self, frame: VideoFrame, index: int) -> float | None:
        """Seconds since the first frame by the file's clock; None when this frame has no timestamp."""
        if self.clock == "rate":
            return index / self.rate
        stamp = frame.pts if self.clock == "pts" else frame.dts
        return None if stamp is None else float((stamp - self.start) * self.tick)


def _inspect(path: Path) -> _First:
    """Open the file, decode its first frame and gather the facts."""
    import av

    with open_file(path) as container:
        videos = container.streams.video
        pictures = [s for s in videos if not s.disposition & av.stream.Disposition.attached_pic]
        if not pictures:
            what = "only sound" if container.streams.audio else "no picture"
            raise SourceError(f"{path}: there is {what} in this file", hint="give a video file")
        stream = pictures[0]
        if stream.codec_context is None:
            raise SourceError(f"{path}: its video codec is unknown", hint="convert it to H.264 in MP4")
        frame = next(decoded(container, stream), None)
        if frame is None:
            raise SourceError(
                f"{path}: no picture in it can be decoded", hint="the file is empty or damaged: copy it again"
            )
        tick = stream.time_base or Fraction(1, 1000)
        clock, start = next(
            ((k, v) for k, v in (("pts", frame.pts), ("dts", frame.dts)) if v is not None), ("rate", 0)
        )
        rate = stated_rate(stream)
        duration = stated_duration(container, stream, start, tick) if clock != "rate" else None
        orientation = orientation_of(frame)
        square = square_size(frame.width, frame.height, stream.sample_aspect_ratio)
        info = VideoInfo(
            size=square[::-1] if orientation.transpose else square,
            duration_s=duration,
            frames=stream.frames or (round(duration * rate) if duration and rate else None),
            rate=rate,
            start_s=float(start * tick),
            has_audio=bool(container.streams.audio),
            codec=stream.codec_context.codec.canonical_name,
            seekable=clock == "pts"
            and duration is not None
            and has_reliable_index(container, stream, duration),
        )
        return _First(
            info, videos.index(stream), clock, start, tick, rate or _FALLBACK_RATE, square, orientation
        )


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
