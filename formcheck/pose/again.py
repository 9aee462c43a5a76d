"""What is looked at once more when a film is known whole: stretches without the person, and shaky ones.

Who is easier to follow than to find is found late: in the dark, with the feet towards the lens, beside
somebody who is found first. From the frame where they are found a landmarker is led backwards through the
frames before it, until it loses them.

A landmarker that holds on to a wrong position (hips for shoulders, a leg for the trunk) shakes. A stretch in
which somebody on the floor shakes is followed again, from what lies before it and backwards from what lies
after it, and the calmest of the three is kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from formcheck.geometry import Bools
from formcheck.landmarks import LEFT, RIGHT
from formcheck.pose.mediapipe import Detections, Landmarker
from formcheck.pose.people import REACH, REACH_PER_S, REJOIN, alone, trunk
from formcheck.pose.supervise import supervise
from formcheck.types import Floats, Frame, Pixels, Recording

#: Opens the source for ``(start_s, end_s)``.
Opener = Callable[[float | None, float | None], AbstractContextManager[Iterable[Frame]]]
#: Called with seconds done and seconds in all.
Progress = Callable[[float, float], None]
#: Who is seen in these rows; None: nobody.
_Found = dict[int, Detections | None]

#: Shorter gaps are left, s: the engine bridges them.
SHORT_S: Final = 0.3
#: How far outside of a stretch the landmarker begins, s: it needs some frames to settle (`file.OVERLAP_S`).
RUN_UP_S: Final = 0.7
#: Nobody seen for this long: they are gone, s.
GONE_S: Final = 0.5
#: So much of the film is held in memory at once, s: 2 s at 30 fps and 640 px are 40 MB.
BLOCK_S: Final = 2.0
#: Whoever is found first is the person of the recording as far from their place as one who was last seen so
#: long ago, s.
BEGIN_S: Final = 0.45
#: So often a landmarker is begun.
TRIES: Final = 8
#: A picture is dark where its light end (95 of 100 pixels, the lightest of their colours) is below the first;
#: it is brought to the second, by so much at most. Of four such films a landmarker for single pictures finds
#: the person in 0.44 of the frames as they are, and in 0.68 at twice the light.
DARK, LIGHT, MOST = 120.0, 180.0, 2.5
#: Of every so manieth row and column.
THIN: Final = 8

#: A body moves by less than this share of its size from frame to frame; what is more is shaking.
STEADY: Final = 0.08
#: A frame without the person shakes by so much.
UNSEEN: Final = 0.05
#: So much shaking within so many seconds makes a stretch shaky. Of 903 sets of the tune half and of people of
#: their own, 88 shake more and 63 of them were counted right; of the others 94 in 100.
SHAKY, SHAKY_S = 0.6, 3.0
#: What is followed again around it, s: a wrong position may be calm for a while.
AROUND_S: Final = 5.0
#: A landmarker's way is taken for the recording's when it shakes by less than this share of it.
CALMER: Final = 0.7
#: Higher than this share of its width a body stands: its quick steps are no shaking. Of 496 clips on the
#: floor 28 are higher, of 407 others 3 lower.
FLAT: Final = 1.3

_BODY: Final = np.array([[table[j] for j in ("shoulder", "hip", "knee", "ankle")] for table in (LEFT, RIGHT)])


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Rows from `first` until before `end`; a gap's are empty."""

    first: int
    end: int
    gap: bool


def improve(
    recording: Recording,
    open_source: Opener,
    model: Path,
    *,
    workers: int,
    progress: Progress | None = None,
    cancel: threading.Event,
) -> Recording:
    """Follows the person again where a recording lacks them or shakes.

    Args:
        recording: The one person of a file.
        open_source: Opens the file anew for a stretch of it.
        model: A ``.task`` bundle.
        workers: Threads.
        progress: Called from this thread with seconds done and seconds in all.
        cancel: When it is set, the work stops within a frame. Ctrl-C sets it.

    Returns:
        The same frames; gaps are filled first. After a cancel: as far as it was.

    Raises:
        ModelError, SetupError, SourceError: From the landmarker or the source.
    """
    before_s = 0.0
    for find in (gaps, shaky):
        stretches = find(recording)
        again = _Again(recording, open_source, model, threading.Event())
        if stretches and not cancel.is_set():
            with ThreadPoolExecutor(workers, thread_name_prefix="again") as pool:
                tasks = [pool.submit(again.better, stretch) for stretch in stretches]
                ways = [float(recording.t[one.end - 1] - recording.t[one.first]) for one in stretches]
                found = supervise(
                    tasks, partial(_tell, progress or _silent, tasks, ways, before_s), cancel, again.halt
                )
            if not cancel.is_set():
                recording = _with(recording, found)
                before_s += sum(ways)
    return recording


def _tell(
    progress: Progress, tasks: Sequence[Future[_Found]], ways: Sequence[float], before_s: float
) -> None:
    """Tells how much is done; the stretches of the tasks are so many seconds long."""
    done_s = sum(way for task, way in zip(tasks, ways, strict=True) if task.done())
    progress(before_s + done_s, before_s + sum(ways))


def _silent(done_s: float, total_s: float) -> None:
    """Tells nobody."""


def gaps(recording: Recording) -> list[_Stretch]:
    """Where the person is missing and there afterwards."""
    t = recording.t
    edges = np.flatnonzero(np.diff(_there(recording).astype(int), prepend=1))  # lost, found, lost, ...
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [_Stretch(int(a), int(b), gap=True) for a, b in pairs if t[b] - t[a] >= SHORT_S]


def shaky(recording: Recording) -> list[_Stretch]:
    """Where somebody on the floor shakes, and what lies around it."""
    t = recording.t
    if len(t) < 2:
        return []
    shakes = np.concatenate([[0.0], np.cumsum(shaking(recording.image))])
    ends = np.searchsorted(t, t + SHAKY_S, side="right") - 1
    begins = np.flatnonzero(shakes[ends] - shakes >= SHAKY)
    marked = np.zeros(len(t), bool)
    for row in begins:
        marked |= (t >= t[row] - AROUND_S) & (t <= t[row] + SHAKY_S + AROUND_S)
    edges = np.flatnonzero(np.diff(marked.astype(int), prepend=0, append=0))
    return [
        _Stretch(int(a), int(b), gap=False)
        for a, b in zip(edges[::2], edges[1::2], strict=True)
        if _lies(recording.image[a:b])
    ]


def shaking(image: Floats) -> Floats:
    """By how much a body moves from each frame to the next beyond what a body does.

    Args:
        image: ``(T, 33, 4)`` px.

    Returns:
        ``(T - 1,)`` shares of its size, the mean over its joints; taking left for right is no movement.
    """
    points = image[:, _BODY, :2]
    spread = points - points.mean(axis=(1, 2), keepdims=True)
    sizes = 2 * np.sqrt((spread**2).sum(axis=-1).mean(axis=(1, 2)))
    seen = np.isfinite(sizes)
    size = max(float(np.median(sizes[seen])), 1.0) if seen.any() else 1.0
    ways = [
        np.linalg.norm(points[1:, order] - points[:-1], axis=-1).mean(axis=(1, 2))
        for order in ([0, 1], [1, 0])
    ]
    moved = np.minimum(*ways) / size
    return np.where(np.isfinite(moved), np.where(moved > STEADY, moved, 0.0), UNSEEN)


def _lies(image: Floats) -> bool:
    points = image[np.isfinite(image[:, 0, 0])][:, _BODY.ravel(), :2]
    wide, high = np.median(np.ptp(points, axis=1), axis=0) if len(points) else (0.0, 1.0)
    return bool(high < FLAT * wide)


def _there(recording: Recording) -> Bools:
    return np.isfinite(recording.image[:, 0, 0])


def _with(recording: Recording, finds: Iterable[_Found]) -> Recording:
    """The recording with these rows instead."""
    image, world = recording.image.copy(), recording.world.copy()
    for found in finds:
        for row, person in found.items():
            image[row] = person.image[0] if person else np.nan
            world[row] = person.world[0] if person else np.nan
    return Recording(recording.t, image, world, recording.size)


@dataclass(frozen=True, slots=True)
class _Again:
    """Follows the person of a recording through stretches of its film; several threads share one."""

    recording: Recording
    open_source: Opener
    model: Path
    halt: threading.Event

    def better(self, stretch: _Stretch) -> _Found:
        """What to put in the place of a stretch's rows."""
        if stretch.gap:
            return {**self._follow(stretch, backwards=True)}
        # With the frame before and behind, so that what does not join up shakes.
        low, high = max(stretch.first - 1, 0), stretch.end + 1
        least, best = CALMER * float(shaking(self.recording.image[low:high]).sum()), {}
        for backwards in (False, True):
            seen = self._follow(stretch, backwards=backwards)
            found = {row: seen.get(row) for row in range(stretch.first, stretch.end)}
            shakes = float(shaking(_with(self.recording, [found]).image[low:high]).sum())
            if shakes < least:
                least, best = shakes, found
        return best

    def _follow(self, stretch: _Stretch, *, backwards: bool) -> dict[int, Detections]:
        """Where a landmarker that begins in the calm beside a stretch sees the person in it."""
        known = self.recording
        out: dict[int, Detections] = {}
        person: Detections | None = None  # as seen last
        tries = TRIES
        with ExitStack() as stack:
            landmarker = stack.enter_context(Landmarker(self.model, full_size=known.size))
            for row, frame in self._frames(stretch, backwards=backwards):
                inside = stretch.first <= row < stretch.end
                now_s = float(known.t[-1] - frame.t if backwards else frame.t)  # on the landmarker's clock
                there = known.image[row]
                if stretch.gap and inside and (person is None or now_s - person.t > GONE_S):
                    break
                if person is None and not np.isfinite(there[0, 0]):
                    continue
                found = landmarker.detect(Frame(now_s, frame.image))
                if person is None and not (len(found) and _same(there, found.image[0], BEGIN_S)):
                    if not tries:
                        break
                    tries -= 1
                    # It has found somebody else: it begins anew on a picture of nobody else.
                    landmarker = stack.enter_context(Landmarker(self.model, full_size=known.size))
                    found = landmarker.detect(Frame(now_s, alone(frame.image, there, known.size)))
                before, apart_s = (person.image[0], now_s - person.t) if person else (there, BEGIN_S)
                if len(found) and _same(before, found.image[0], apart_s):
                    person = found
                    if inside:
                        out[row] = found
        return out

    def _frames(self, stretch: _Stretch, *, backwards: bool) -> Iterator[tuple[int, Frame]]:
        """A stretch's frames and those of the run-up with their rows, in the order of following."""
        t = self.recording.t
        if backwards:
            low, high = stretch.first, int(np.searchsorted(t, t[stretch.end - 1] + RUN_UP_S))
        else:
            low, high = int(np.searchsorted(t, t[stretch.first] - RUN_UP_S)), stretch.end
        while low < high:
            start = low
            if backwards:
                start = max(low, min(high - 1, int(np.searchsorted(t, t[high - 1] - BLOCK_S))))
            block = self._read(start, high)
            yield from reversed(list(block)) if backwards else block
            high = start

    def _read(self, low: int, high: int) -> Iterator[tuple[int, Frame]]:
        t = self.recording.t
        rows = {float(t[row]): row for row in range(low, high)}
        with self.open_source(float(t[low]) or None, float(t[high]) if high < len(t) else None) as frames:
            for frame in frames:
                if self.halt.is_set():
                    return
                if frame.t in rows:
                    yield rows[frame.t], Frame(frame.t, lit(frame.image))


def lit(picture: Pixels) -> Pixels:
    """A dark picture made lighter, any other as it is."""
    light = float(np.percentile(picture[::THIN, ::THIN].max(axis=-1), 95))
    gain = min(LIGHT / max(light, 1.0), MOST)
    return picture if light >= DARK else np.minimum(picture * np.float32(gain), 255).astype(np.uint8)


def _same(before: Floats, now: Floats, apart_s: float) -> bool:
    """Whether two finds that lie so far apart in time can be one person."""
    (place, size), (place_now, size_now) = trunk(before), trunk(now)
    larger = max(float(size), float(size_now))
    reach = REACH + REACH_PER_S * apart_s
    near = float(np.linalg.norm(place - place_now)) < reach * larger
    return near and larger < REJOIN * min(float(size), float(size_now))
