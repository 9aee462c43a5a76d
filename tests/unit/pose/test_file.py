from __future__ import annotations

import itertools
import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.errors import SourceError
from formcheck.landmarks import LEFT, RIGHT
from formcheck.pose.file import Opener, chunk_bounds, estimate_file
from formcheck.pose.mediapipe import Look
from formcheck.sources.video import VideoSource
from formcheck.types import Floats, Frame, Recording

ROOT = Path(__file__).resolve().parents[3]


def opener(frames: list[Frame]) -> Opener:
    """A source over frames in memory."""

    @contextmanager
    def stretch(start_s: float | None, end_s: float | None) -> Iterator[Iterable[Frame]]:
        low, high = start_s or 0.0, np.inf if end_s is None else end_s
        yield (frame for frame in frames if low <= frame.t < high)

    return stretch


def size(frames: list[Frame]) -> tuple[int, int]:
    height, width = frames[0].image.shape[:2]
    return width, height


@given(st.floats(0.01, 20_000), st.floats(1, 60))
def test_chunks_cover_the_file_without_gap_or_overlap(duration_s: float, chunk_s: float) -> None:
    bounds = chunk_bounds(duration_s, chunk_s)
    assert bounds[0][0] == 0
    assert bounds[-1][1] is None
    assert all(a[1] == b[0] for a, b in itertools.pairwise(bounds))
    starts = [start for start, _ in bounds]
    assert all(b > a for a, b in itertools.pairwise(starts))
    longest = max(np.diff([*starts, duration_s]))
    assert longest <= max(chunk_s, 3.0) + 0.002


def test_an_unknown_length_is_one_chunk() -> None:
    assert chunk_bounds(None) == [(0.0, None)]


def test_even_chunks_keep_two_cores_busy() -> None:
    assert chunk_bounds(30.0) == [(0.0, 15.0), (15.0, None)]
    assert chunk_bounds(80.0) == [(0.0, 20.0), (20.0, 40.0), (40.0, 60.0), (60.0, None)]


def test_landmarks_do_not_depend_on_the_number_of_workers(model: Path, frames: list[Frame]) -> None:
    told: list[tuple[float, float | None, int]] = []
    one, two = (
        estimate_file(
            opener(frames),
            model,
            size=size(frames),
            duration_s=frames[-1].t,
            workers=workers,
            chunk_s=2.0,
            progress=lambda *now: told.append(now),
        )
        for workers in (1, 2)
    )
    np.testing.assert_array_equal(one.t, [frame.t for frame in frames])
    np.testing.assert_array_equal(one.t, two.t)
    np.testing.assert_array_equal(one.image, two.image)
    np.testing.assert_array_equal(one.world, two.world)
    assert np.isfinite(one.image[:, 0, 0]).mean() > 0.9
    assert one.image.dtype == one.world.dtype == np.float32
    assert told[-1][1:] == (frames[-1].t, len(frames))
    assert_close_to_an_unbroken_run(one, model, frames)


def assert_close_to_an_unbroken_run(cut: Recording, model: Path, frames: list[Frame]) -> None:
    whole = estimate_file(opener(frames), model, size=size(frames), duration_s=None)
    hips = whole.image[:, [LEFT["hip"], RIGHT["hip"]], :2].mean(axis=1)
    shoulders = whole.image[:, [LEFT["shoulder"], RIGHT["shoulder"]], :2].mean(axis=1)
    trunk = np.nanmedian(np.linalg.norm(hips - shoulders, axis=-1))
    apart = np.linalg.norm(whole.image[:, 11:29, :2] - cut.image[:, 11:29, :2], axis=-1) / trunk
    assert np.nanmedian(apart) < 0.03
    assert np.nanpercentile(apart, 95) < 0.2


def test_a_wrong_length_loses_no_frame(model: Path, frames: list[Frame]) -> None:
    part = frames[:12]
    for duration_s in (None, 0.1, 40.0):
        result = estimate_file(opener(part), model, size=size(frames), duration_s=duration_s, workers=2)
        np.testing.assert_array_equal(result.t, [frame.t for frame in part])


def test_cancel_returns_a_prefix_without_gaps(model: Path, frames: list[Frame]) -> None:
    cancel = threading.Event()

    def stop_after_ten(done_s: float, total_s: float | None, count: int) -> None:
        if count >= 10:
            cancel.set()

    result = estimate_file(
        opener(frames),
        model,
        size=size(frames),
        duration_s=frames[-1].t,
        workers=2,
        chunk_s=3.0,
        progress=stop_after_ten,
        cancel=cancel,
    )
    assert 1 <= len(result) < len(frames)
    np.testing.assert_array_equal(result.t, [frame.t for frame in frames[: len(result)]])


def test_ctrl_c_cancels_and_keeps_the_prefix(model: Path, frames: list[Frame]) -> None:
    cancel = threading.Event()

    def interrupt(done_s: float, total_s: float | None, count: int) -> None:
        if count >= 5 and not cancel.is_set():
            raise KeyboardInterrupt

    result = estimate_file(
        opener(frames), model, size=size(frames), duration_s=None, progress=interrupt, cancel=cancel
    )
    assert cancel.is_set()
    assert len(result) < len(frames)
    np.testing.assert_array_equal(result.t, [frame.t for frame in frames[: len(result)]])


def test_a_source_that_breaks_is_reported(model: Path, frames: list[Frame]) -> None:
    def broken(start_s: float | None, end_s: float | None) -> AbstractContextManager[Iterable[Frame]]:
        if start_s is not None:
            raise SourceError("clip.mp4 cannot be read")
        return opener(frames)(start_s, end_s)

    with pytest.raises(SourceError, match=r"clip\.mp4"):
        estimate_file(broken, model, size=size(frames), duration_s=frames[-1].t, workers=2, chunk_s=3.0)


def test_nobody_in_the_picture_gives_rows_of_nan(model: Path) -> None:
    grey = [Frame(i / 10, np.full((90, 120, 3), 128, np.uint8)) for i in range(12)]
    result = estimate_file(opener(grey), model, size=(120, 90), duration_s=1.2)
    assert len(result) == 12
    assert np.isnan(result.image).all()
    assert np.isnan(result.world).all()


def test_an_empty_source_is_an_empty_recording(model: Path) -> None:
    result = estimate_file(opener([]), model, size=(120, 90), duration_s=None)
    assert result.image.shape == (0, 33, 4)


def two_of(moving: Frame, still: Frame, *, along: int, first: bool) -> Frame:
    """The moving picture and the still one in one picture, below or beside each other."""
    pair = (moving.image, still.image) if first else (still.image, moving.image)
    return Frame(moving.t, np.ascontiguousarray(np.concatenate(pair, axis=along)))


@pytest.mark.parametrize("first", [True, False])
def test_of_two_people_the_moving_one_is_followed(model: Path, frames: list[Frame], first: bool) -> None:
    look = Look(model)
    layouts = [
        along
        for along in (0, 1)
        if len(look.detect(two_of(frames[0], frames[0], along=along, first=True))) == 2
    ]
    look.close()
    assert layouts, "MediaPipe sees two people in neither layout of this clip"
    along = layouts[0]
    pictures = [two_of(frame, frames[0], along=along, first=first) for frame in frames[:40]]
    width, height = size(pictures)
    result = estimate_file(
        opener(pictures), model, size=(width, height), duration_s=pictures[-1].t, chunk_s=2.0, workers=2
    )
    place = result.image[:, [LEFT["hip"], RIGHT["hip"]], 1 - along].mean(axis=1)
    seen = np.isfinite(place)
    assert seen.mean() > 0.95
    assert ((place[seen] < (height, width)[along] / 2) == first).all()


def test_who_appears_beside_a_bystander_is_seen_within_a_second(model: Path, frames: list[Frame]) -> None:
    """For the first half second only the one who stands there is in the picture."""
    look = Look(model)
    along = next(
        k for k in (0, 1) if len(look.detect(two_of(frames[0], frames[0], along=k, first=True))) == 2
    )
    look.close()
    grey = np.full_like(frames[0].image, 128)
    shown = [frame if frame.t > 0.5 else Frame(frame.t, grey) for frame in frames[:50]]
    pictures = [two_of(frame, frames[0], along=along, first=True) for frame in shown]
    width, height = size(pictures)
    result = estimate_file(opener(pictures), model, size=(width, height), duration_s=None)
    place = result.image[:, [LEFT["hip"], RIGHT["hip"]], 1 - along].mean(axis=1)
    moving = place < (height, width)[along] / 2
    later = (result.t > 0.5 + 1.1) & (result.t < 3.0)
    assert later.any()
    assert moving[later].all()


def without_shoulders(frame: Frame, person: Floats) -> Frame:
    """The picture with a grey square over the shoulders: easy to follow, hard to find."""
    trunk = [person[[table["shoulder"] for table in (LEFT, RIGHT)], :2].mean(axis=0)]
    trunk.append(person[[table["hip"] for table in (LEFT, RIGHT)], :2].mean(axis=0))
    reach = 0.7 * np.linalg.norm(trunk[0] - trunk[1])
    (left, top), (right, bottom) = np.maximum(trunk[0] - reach, 0).astype(int), (trunk[0] + reach).astype(int)
    picture = frame.image.copy()
    picture[top:bottom, left:right] = 128
    return Frame(frame.t, picture)


def test_who_is_followed_across_a_cut_need_not_be_found_again(model: Path) -> None:
    clip = ROOT / "samples" / "clips" / "clamshell_rolled_low.mp4"
    with VideoSource(clip) as source:
        plain = [frame for i, frame in enumerate(source.iter_range(0.0, 4.0)) if i % 2 == 0]
    whole = estimate_file(opener(plain), model, size=size(plain), duration_s=None)
    cut = len(plain) // 2 - 3
    hidden = [
        without_shoulders(frame, whole.image[i]) if i >= cut - 1 else frame for i, frame in enumerate(plain)
    ]
    # The run-up is one frame long.
    fresh = estimate_file(opener(hidden[cut - 1 :]), model, size=size(plain), duration_s=None)
    lost = int(np.isfinite(fresh.image[1:, 0, 0]).argmax())
    assert lost, "a landmarker that begins there finds the person at once: hide more"
    joined = estimate_file(
        opener(hidden),
        model,
        size=size(plain),
        duration_s=2 * plain[cut].t,
        chunk_s=plain[cut].t + 0.01,
        overlap_s=plain[cut].t - plain[cut - 1].t,
        workers=2,
    )
    np.testing.assert_array_equal(joined.t, [frame.t for frame in plain])
    assert np.isfinite(joined.image[: cut + lost, 0, 0]).all()
