"""A whole file, posed in chunks side by side.

MediaPipe works on one core and releases the interpreter's lock, so two landmarkers in two threads do
nearly twice the work of one (measured: 119 against 62 frames per second at 720p). Each chunk has its
own landmarker and a short run-up whose results are thrown away. Where chunks begin depends on the
file's length alone, so the landmarks are the same on any number of cores.

Who lies with the feet towards the lens is easier to follow than to find. A chunk that does not find at its
beginning whom the chunk before still follows gets its first frames from that one.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from formcheck.landmarks import COUNT
from formcheck.pose import again
from formcheck.pose.mediapipe import Detections, Landmarker, Look
from formcheck.pose.memory import give_back
from formcheck.pose.people import Linker, alone, among, distinct, follow
from formcheck.pose.supervise import supervise
from formcheck.types import Frame, Recording

#: Opens the source for ``(start_s, end_s)``; None: from the beginning, to the end.
Opener = Callable[[float | None, float | None], AbstractContextManager[Iterable[Frame]]]
#: Called with seconds done, seconds in all (None: unknown) and frames done.
Progress = Callable[[float, float | None, int], None]

#: Longest chunk, s. A chunk's own cost is a landmarker (75 ms) and the run-up: 2 % of 30 s at 30 fps.
CHUNK_S: Final = 30.0
#: Shorter than this a file isn't worth cutting, s.
WHOLE_S: Final = 3.0
#: Run-up before a chunk, s. A landmarker that starts in the middle of a squat places points up to
#: 6 px (of 640) away from one that was running, 1-2 px after 8 frames at 15 fps, and no nearer later.
OVERLAP_S: Final = 0.5
#: Seconds between two looks for further people; one look costs 27 ms, 3 s of video at 30 fps 1.5 s.
LOOK_S: Final = 3.0
#: And in a chunk's first `LOOK_S`, and from then on where there were several: a bystander who is found first,
#: or stays when the other one is lost, hid who exercised for up to five seconds: two of five rendered films
#: with a second person lost a rep so.
SOON_S: Final = 1.0
#: And so soon after one who was followed got lost among the others.
RELOOK_S: Final = 0.5
#: How many people are told apart once there are several.
CROWD: Final = 3
#: A chunk's landmarker is not asked for the next chunk's beginning any more once it has lost its person for
#: this long, s: its own ways to find people again have had their time.
GONE_S: Final = 2.0


@dataclass(slots=True)
class _Chunk:
    """One stretch of the file and what came of it.

    Attributes:
        eyes: Kept until the next chunk is joined to this one.
        ends_seen: Whether somebody was seen in its last frame; `found` is handed over before that is asked.
        whole: All of its frames are posed.
        joined: And its beginning is filled: it may be handed over.
    """

    start_s: float
    end_s: float | None
    done_s: float = 0.0
    frames: int = 0
    found: list[Detections] = field(default_factory=list)
    eyes: _Eyes | None = None
    ends_seen: bool = False
    whole: bool = False
    joined: bool = False


def estimate_file(
    open_source: Opener,
    model_path: Path | str,
    *,
    size: tuple[int, int],
    duration_s: float | None,
    workers: int | None = None,
    chunk_s: float = CHUNK_S,
    overlap_s: float = OVERLAP_S,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> Recording:
    """The landmarks of the one person in a file who exercises.

    Args:
        open_source: Opens the file anew for a stretch of it. Frames carry the file's own time; ones
            outside of the stretch are ignored.
        model_path: A ``.task`` bundle.
        size: Width and height of the upright picture, px, whatever the size of the frames handed in.
        duration_s: Length of the file; None where it is unknown or the file can't be sought in: then
            it is one chunk, and nothing is followed again. Too short or too long a length costs speed, not
            frames.
        workers: Threads; None: one for each core.
        chunk_s: The longest chunk.
        overlap_s: Run-up before each chunk.
        progress: Called from this thread, at least when a chunk ends. What is followed again is added to
            the seconds in all.
        cancel: When it is set, the work stops within a frame. Ctrl-C does the same and sets it.

    Returns:
        A row for each frame, NaN where the person wasn't found. After a cancel: the frames up to the
        first one not posed, without gaps; look at `cancel` to know.

    Raises:
        ModelError, SetupError, SourceError: From the landmarker or the source.
    """
    cancel = cancel or threading.Event()
    chunks = [_Chunk(*bounds) for bounds in chunk_bounds(duration_s, chunk_s)]
    workers = max(1, min(workers or os.cpu_count() or 1, len(chunks)))
    looks = _Looks(Path(model_path))
    halt = threading.Event()  # stops the threads: after a cancel, and after a failure, which is no cancel
    poser = _Poser(open_source, Path(model_path), size, overlap_s, looks, halt, chunks)
    linker = Linker()
    waiting = list(chunks)

    def gather() -> None:
        while waiting and waiting[0].joined:
            _hand_over(waiting.pop(0), linker)
        if progress is not None:
            done_s = sum(max(0.0, chunk.done_s - chunk.start_s) for chunk in chunks)
            progress(done_s, duration_s, sum(chunk.frames for chunk in chunks))

    with looks, poser, ThreadPoolExecutor(workers, thread_name_prefix="pose") as pool:
        supervise([pool.submit(poser.pose, number) for number in range(len(chunks))], gather, cancel, halt)
    gather()
    give_back()
    if waiting:  # cancelled: what there is of the first chunk that isn't whole
        _hand_over(waiting[0], linker)
    person = follow(linker, size)
    if duration_s is None:  # what can't be sought in would be read from its beginning each time
        return person
    frames = sum(chunk.frames for chunk in chunks)

    def more(done_s: float, total_s: float) -> None:
        if progress is not None:
            progress(duration_s + done_s, duration_s + total_s, frames)

    return again.improve(person, open_source, Path(model_path), workers=workers, progress=more, cancel=cancel)


def chunk_bounds(duration_s: float | None, chunk_s: float = CHUNK_S) -> list[tuple[float, float | None]]:
    """Where a file of that length is cut, s; the last chunk is open, should the length be wrong.

    An even number of equal chunks, so that two or four cores finish together.
    """
    if duration_s is None or duration_s <= WHOLE_S:
        return [(0.0, None)]
    count = max(1, int(-(-duration_s // chunk_s)))
    count += count % 2
    cuts = [round(duration_s * i / count, 3) for i in range(count)]
    return list(zip(cuts, [*cuts[1:], None], strict=True))


class _Eyes:
    """Follows everybody in a stretch of film: a landmarker for each, begun on a picture of nobody else.

    Told to look for three people, one landmarker keeps losing who lies or is half hidden (a side leg raise
    with somebody standing behind: in 14 % of the frames); told to look for one, it keeps whom it has.
    """

    def __init__(self, model: Path, size: tuple[int, int], looks: _Looks) -> None:
        self._model, self._size, self._looks = model, size, looks
        self._each = [Landmarker(model, full_size=size)]
        self._look_s = float("-inf")
        self._begun_s = float("nan")
        self._most = 0  # people followed at once so far

    def see(self, frame: Frame) -> Detections:
        found: list[Detections] = []
        for landmarker in tuple(self._each):
            person = landmarker.detect(frame)
            if len(person) and any(among(person, other) for other in found):
                self._each.remove(landmarker)  # it has hopped to somebody whom another one follows
                landmarker.close()
                self._look_s = min(self._look_s, frame.t + RELOOK_S)
            elif len(person):
                found.append(person)
        if np.isnan(self._begun_s):
            self._begun_s = frame.t
        if frame.t >= self._look_s:
            found += self._join_in(frame, found)
            alone = self._most < 2 and frame.t - self._begun_s >= LOOK_S
            self._look_s = frame.t + (LOOK_S if alone else SOON_S)
        self._most = max(self._most, len(found))
        return distinct(_together(frame.t, found))

    def _join_in(self, frame: Frame, found: list[Detections]) -> list[Detections]:
        """Begins to follow those of several people who are not followed yet."""
        seen = distinct(self._looks.detect(frame, self._size))
        new = []
        for k in range(len(seen) if len(seen) > 1 else 0):
            person = Detections(frame.t, seen.image[[k]], seen.world[[k]])
            if len(self._each) < CROWD and not any(among(person, other) for other in found):
                landmarker = Landmarker(self._model, full_size=self._size)
                self._each.append(landmarker)
                first = landmarker.detect(Frame(frame.t, alone(frame.image, seen.image[k], self._size)))
                new += [first] if len(first) else []
        return new

    def close(self) -> None:
        for landmarker in self._each:
            landmarker.close()


@dataclass(frozen=True, slots=True)
class _Poser:
    """Poses chunks; several threads share one."""

    open_source: Opener
    model: Path
    size: tuple[int, int]
    overlap_s: float
    looks: _Looks
    halt: threading.Event
    chunks: list[_Chunk]
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> _Poser:
        return self

    def __exit__(self, *_: object) -> None:
        for chunk in self.chunks:
            _close(chunk)

    def pose(self, number: int) -> None:
        """Fills a chunk, and joins it with its neighbours where they are done."""
        chunk = self.chunks[number]
        begin_s = max(0.0, chunk.start_s - self.overlap_s)
        if self.halt.is_set():
            return
        with self.open_source(begin_s or None, chunk.end_s) as frames:
            for frame in frames:
                if self.halt.is_set():
                    return
                if chunk.end_s is not None and frame.t >= chunk.end_s:
                    break
                if frame.t < begin_s:
                    continue
                if chunk.eyes is None:  # not before a frame asks for them: a chunk may be empty
                    chunk.eyes = _Eyes(self.model, self.size, self.looks)
                found = chunk.eyes.see(frame)
                if frame.t >= chunk.start_s:
                    chunk.found.append(found)
                    chunk.done_s, chunk.frames = frame.t, chunk.frames + 1
        chunk.ends_seen = bool(chunk.found) and len(chunk.found[-1]) > 0
        with self.lock:
            chunk.whole = True
            # The later one of two neighbours joins them.
            chunk.joined = number == 0
            pairs = [k for k in (number, number + 1) if self._apart(k)]
        for k in pairs:
            self._join(self.chunks[k - 1], self.chunks[k])
        give_back()

    def _apart(self, number: int) -> bool:
        """Whether this chunk and the one before are done and not joined yet."""
        if not 0 < number < len(self.chunks):
            return False
        return self.chunks[number - 1].whole and self.chunks[number].whole

    def _join(self, before: _Chunk, chunk: _Chunk) -> None:
        """Adds to the beginning of `chunk` whom the one before follows, until it sees them by itself."""
        if before.eyes is not None and before.ends_seen and chunk.found:
            places = {found.t: i for i, found in enumerate(chunk.found)}
            seen_s = chunk.start_s
            with self.open_source(chunk.start_s, chunk.end_s) as frames:
                for frame in frames:
                    place = places.get(frame.t)
                    if place is None:
                        continue
                    seen, own = before.eyes.see(frame), chunk.found[place]
                    if len(seen):
                        seen_s = frame.t
                        both = distinct(_together(frame.t, [own, seen]))
                        if len(both) == len(own):
                            break
                        chunk.found[place] = both
                    if self.halt.is_set() or frame.t - seen_s > GONE_S:
                        break
        _close(before)
        chunk.joined = True


def _together(t: float, found: list[Detections]) -> Detections:
    if not found:
        return Detections(t, np.empty((0, COUNT, 4), np.float32), np.empty((0, COUNT, 3), np.float32))
    return Detections(t, np.concatenate([f.image for f in found]), np.concatenate([f.world for f in found]))


def _close(chunk: _Chunk) -> None:
    if chunk.eyes is not None:
        chunk.eyes.close()
        chunk.eyes = None


def _hand_over(chunk: _Chunk, linker: Linker) -> None:
    """Links a chunk's people to those before; frees the chunk, so that memory holds them once."""
    for found in chunk.found:
        linker.see(found)
    chunk.found = []


class _Looks:
    """One `Look` for each thread: it has no memory, so chunks may share it."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self._local = threading.local()
        self._all: list[Look] = []
        self._lock = threading.Lock()

    def __enter__(self) -> _Looks:
        return self

    def __exit__(self, *_: object) -> None:
        for look in self._all:
            look.close()

    def detect(self, frame: Frame, size: tuple[int, int]) -> Detections:
        look: Look | None = getattr(self._local, "look", None)
        if look is None:
            look = self._local.look = Look(self._model, people=CROWD)
            with self._lock:
                self._all.append(look)
        return look.detect(frame, size)
