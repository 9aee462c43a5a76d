"""A film's gaps and shaky stretches are followed once more."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import pytest

from formcheck.errors import SourceError
from formcheck.landmarks import LEFT, RIGHT
from formcheck.pose.again import AROUND_S, SHAKY_S, UNSEEN, gaps, improve, shaking, shaky
from formcheck.pose.file import estimate_file
from formcheck.pose.mediapipe import Landmarker
from formcheck.sources.video import VideoSource
from formcheck.types import Floats, Frame, Recording

from .test_file import opener, size, without_shoulders

ROOT = Path(__file__).resolve().parents[3]
#: Shoulders, hips, knees and ankles of somebody on the side, px.
LYING = {"shoulder": (100, 200), "hip": (220, 205), "knee": (290, 190), "ankle": (350, 210)}


def body(*, standing: bool = False) -> Floats:
    image = np.zeros((33, 4), np.float32)
    for table, aside in ((LEFT, 0), (RIGHT, 12)):
        for joint, (x, y) in LYING.items():
            image[table[joint], :2] = (y + aside, x) if standing else (x, y + aside)
    return image


def recording(image: Floats, fps: float = 15.0) -> Recording:
    t = np.arange(len(image)) / fps
    return Recording(t, image, np.zeros((len(image), 33, 3), np.float32), (640, 480))


def end_for_end(image: Floats) -> Floats:
    turned = image.copy()
    turned[..., 0] = 450 - image[..., 0]
    return turned


def test_a_body_that_keeps_still_or_moves_slowly_does_not_shake() -> None:
    still = np.repeat(body()[None], 30, axis=0)
    assert not shaking(still).any()
    moving = still.copy()
    moving[..., 0] += 3.0 * np.arange(30)[:, None]
    assert not shaking(moving).any()


def test_left_taken_for_right_is_no_movement() -> None:
    image = np.repeat(body()[None], 3, axis=0)
    for joint in LYING:
        image[1, [LEFT[joint], RIGHT[joint]]] = image[1, [RIGHT[joint], LEFT[joint]]]
    assert not shaking(image).any()


@pytest.mark.parametrize("scale", [0.3, 1.0, 3.0])
def test_a_body_turned_end_for_end_shakes_by_how_far_it_went(scale: float) -> None:
    image = np.repeat(body()[None], 5, axis=0)
    image[2] = end_for_end(image[2])
    image[..., :2] *= scale
    shakes = shaking(image)
    assert (shakes[[0, 3]] == 0).all()
    points = np.array([LYING[j] for j in LYING], float)
    ways = np.abs(450 - 2 * points[:, 0]).mean()
    both = np.concatenate([points, points + np.array([0.0, 12.0])])
    size_px = 2 * np.sqrt(((both - both.mean(axis=0)) ** 2).sum(axis=-1).mean())
    np.testing.assert_allclose(shakes[[1, 2]], ways / size_px, rtol=1e-5)


def test_frames_without_the_person_count_for_a_little() -> None:
    image = np.repeat(body()[None], 5, axis=0)
    image[2] = np.nan
    np.testing.assert_allclose(shaking(image), [0, UNSEEN, UNSEEN, 0])
    np.testing.assert_allclose(shaking(np.full_like(image, np.nan)), UNSEEN)


def test_gaps_end_where_the_person_is_found() -> None:
    image = np.repeat(body()[None], 60, axis=0)
    image[:10] = image[20:22] = image[30:36] = image[50:] = np.nan
    found = [(gap.first, gap.end) for gap in gaps(recording(image))]
    assert found == [(0, 10), (30, 36)]  # two frames are bridged, and behind the last nobody is found
    assert gaps(recording(np.full_like(image, np.nan))) == []
    assert gaps(recording(image[:0])) == []


def test_who_shakes_on_the_floor_is_followed_again_and_who_stands_is_not() -> None:
    for standing in (False, True):
        image = np.repeat(body(standing=standing)[None], 600, axis=0)
        assert shaky(recording(image)) == []
        along = 1 if standing else 0
        image[300:306:2, :, along] = 450 - image[300:306:2, :, along]
        found = shaky(recording(image))
        if standing:
            assert found == []
            continue
        (stretch,) = found
        t = recording(image).t
        assert t[300] - SHAKY_S - AROUND_S - 0.1 <= t[stretch.first] <= t[300] - AROUND_S + 0.1
        assert t[305] + AROUND_S - 0.1 <= t[stretch.end - 1] <= t[305] + SHAKY_S + AROUND_S + 0.1


@pytest.fixture(scope="module")
def plain() -> list[Frame]:
    """Four seconds of clamshells, 15 frames a second."""
    with VideoSource(ROOT / "samples" / "clips" / "clamshell_rolled_low.mp4") as source:
        return [frame for i, frame in enumerate(source.iter_range(0.0, 4.0)) if i % 2 == 0]


@pytest.fixture(scope="module")
def known(plain: list[Frame], model: Path) -> Recording:
    return estimate_file(opener(plain), model, size=size(plain), duration_s=None)


def test_who_is_hard_to_find_is_followed_backwards(plain: list[Frame], known: Recording, model: Path) -> None:
    late = len(plain) // 2
    hidden = [
        without_shoulders(frame, known.image[i]) if i < late else frame for i, frame in enumerate(plain)
    ]
    with Landmarker(model) as landmarker:
        forwards = [len(landmarker.detect(frame)) for frame in hidden]
    assert not all(forwards[:late]), "a landmarker finds the person at once: hide more"
    told: list[tuple[float, float | None]] = []
    result = estimate_file(
        opener(hidden),
        model,
        size=size(plain),
        duration_s=3.0,  # one chunk
        progress=lambda done_s, total_s, _: told.append((done_s, total_s)),
    )
    assert told[-1][0] == pytest.approx(told[-1][1])
    assert told[-1][0] > 4.0  # what is followed again is added
    np.testing.assert_array_equal(result.t, known.t)
    there = np.isfinite(result.image[:, 0, 0])
    assert there.all()
    assert apart(result, known, slice(0, late)) < 0.35  # the shoulders are hidden


def apart(one: Recording, other: Recording, rows: slice) -> float:
    """How far shoulders, hips and knees lie from each other, trunk lengths: the median."""
    points = [table[joint] for table in (LEFT, RIGHT) for joint in ("shoulder", "hip", "knee")]
    trunk = other.image[:, [LEFT["shoulder"], LEFT["hip"]], :2]
    length = float(np.nanmedian(np.linalg.norm(trunk[:, 0] - trunk[:, 1], axis=-1)))
    way = np.linalg.norm(one.image[rows][:, points, :2] - other.image[rows][:, points, :2], axis=-1)
    return float(np.nanmedian(way)) / length


def shaken(known: Recording, rows: slice) -> Recording:
    """With the body thrown to and fro by a tenth of the picture."""
    image = known.image.copy()
    image[rows][::2, :, 0] += known.size[0] / 10
    return Recording(known.t, image, known.world, known.size)


def test_a_shaky_stretch_is_put_right(plain: list[Frame], known: Recording, model: Path) -> None:
    rows = slice(20, 35)
    bad = shaken(known, rows)
    assert shaky(bad)
    assert not shaky(known)
    better = improve(bad, opener(plain), model, workers=2, cancel=threading.Event())
    assert not shaky(better)
    assert apart(bad, known, rows) > 3 * apart(better, known, rows)
    assert apart(better, known, rows) < 0.1


def test_what_is_calm_and_whole_is_not_looked_at_again(known: Recording, model: Path) -> None:
    def nothing(start_s: float | None, end_s: float | None) -> None:
        raise AssertionError("the film was opened")

    assert improve(known, nothing, model, workers=1, cancel=threading.Event()) is known  # type: ignore[arg-type]


def test_it_stops_within_a_frame(plain: list[Frame], known: Recording, model: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    bad = shaken(known, slice(20, 35))
    assert improve(bad, opener(plain), model, workers=1, cancel=cancel) is bad


def test_ctrl_c_ends_it_with_what_there_is(plain: list[Frame], known: Recording, model: Path) -> None:
    cancel = threading.Event()

    def interrupt(done_s: float, total_s: float) -> None:
        assert done_s <= total_s
        if not cancel.is_set():
            raise KeyboardInterrupt

    bad = shaken(known, slice(20, 35))
    assert improve(bad, opener(plain), model, workers=1, progress=interrupt, cancel=cancel) is bad
    assert cancel.is_set()


def test_a_film_that_cannot_be_read_any_more_is_reported(known: Recording, model: Path) -> None:
    def gone(start_s: float | None, end_s: float | None) -> AbstractContextManager[Iterable[Frame]]:
        raise SourceError("the file is gone")

    bad = shaken(known, slice(20, 35))
    with pytest.raises(SourceError, match="gone"):
        improve(bad, gone, model, workers=2, cancel=threading.Event())
