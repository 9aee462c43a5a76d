"""Draws the coaching over a video: decoding, drawing and encoding side by side."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import Full, Queue

from formcheck.app.parts import Part
from formcheck.app.scenes import Scenes
from formcheck.types import Frame, Progress

#: Frames that may wait between two stages: enough to even out a keyframe, little memory at 4K.
WAITING = 4
#: How long a stage waits before it looks whether the others still live, s.
BEAT_S = 0.2
#: A progress report each so many frames.
EVERY = 10


def annotate(
    source: Path,
    target: Path,
    parts: Sequence[Part],
    *,
    progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
) -> tuple[str, ...]:
    """Writes the annotated video; it keeps the source's times and sound.

    Args:
        source: The video that was analysed.
        target: The file to write; a cancelled run leaves a valid, shorter one.
        parts: What was found in it, in order of time.

    Returns:
        Notes for people, such as a sound track that could not be kept.

    Raises:
        SourceError: The source went bad meanwhile.
        OutputError: The video cannot be written.
    """
    from formcheck.outputs.overlay import Overlay
    from formcheck.outputs.video import VideoWriter
    from formcheck.sources.video import VideoSource

    cancel = cancel or threading.Event()
    scenes = [Scenes(part.folded, part.rules) for part in parts]
    begins = [float(part.folded.recording.t[0]) for part in parts]
    with (
        VideoSource(source, threads=1) as video,
        VideoWriter(target, video.size, source=source, start_s=video.start_s, rate=video.info.rate) as writer,
        _Stage(lambda frame: writer.write(frame.image, frame.t)) as encode,
    ):
        overlay = Overlay(video.size)
        last = float(parts[-1].folded.recording.t[-1])
        for n, frame in enumerate(_ahead(iter(video))):
            if cancel.is_set() or frame.t > last + 1e-6:
                break
            now = scenes[max(0, bisect_right(begins, frame.t + 1e-6) - 1)]
            overlay.draw(frame.image, now.at(frame.t), t=frame.t)
            encode.put(frame)
            if progress and n % EVERY == 0:
                progress(Progress("video", frame.t, last, n + 1))
        encode.finish()
    return writer.notes


class _Stage:
    """One worker thread with a short queue; its first error comes out in the caller's thread."""

    def __init__(self, work: Callable[[Frame], None]) -> None:
        self._work = work
        self._queue: Queue[Frame | None] = Queue(WAITING)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="encode", daemon=True)

    def __enter__(self) -> _Stage:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stops the thread, whatever happened; the writer below may then close."""
        while self._thread.is_alive():
            try:
                self._queue.put(None, timeout=BEAT_S)
                break
            except Full:
                continue
        self._thread.join()

    def put(self, frame: Frame) -> None:
        """Hands a frame over; waits while the worker is behind."""
        while True:
            self._raise()
            try:
                self._queue.put(frame, timeout=BEAT_S)
            except Full:
                continue
            return

    def finish(self) -> None:
        """Waits until everything is done."""
        self.__exit__()
        self._raise()

    def _run(self) -> None:
        while (frame := self._queue.get()) is not None:
            try:
                self._work(frame)
            except BaseException as error:  # noqa: BLE001 - handed to the caller's thread, which raises it
                self._error = error
                return

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error


def _ahead(frames: Iterator[Frame]) -> Iterator[Frame]:
    """The same frames, decoded in a thread of their own a few ahead."""
    queue: Queue[Frame | BaseException | None] = Queue(WAITING)
    stop = threading.Event()
    thread = threading.Thread(target=_decode, args=(frames, queue, stop), name="decode", daemon=True)
    thread.start()
    try:
        while (item := queue.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stop.set()
        thread.join()


def _decode(
    frames: Iterator[Frame], queue: Queue[Frame | BaseException | None], stop: threading.Event
) -> None:
    """Fills the queue until the frames end or nobody wants them any more."""
    last: BaseException | None = None
    try:
        for frame in frames:
            if not _offer(frame, queue, stop):
                return
    except BaseException as error:  # noqa: BLE001 - raised in the consumer's thread
        last = error
    _offer(last, queue, stop)


def _offer(
    item: Frame | BaseException | None, queue: Queue[Frame | BaseException | None], stop: threading.Event
) -> bool:
    while not stop.is_set():
        try:
            queue.put(item, timeout=BEAT_S)
        except Full:
            continue
        return True
    return False
