"""Landmark recordings: round trips, and what damaged ones say."""

from __future__ import annotations

import pickle
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from formcheck.errors import OutputError, SourceError
from formcheck.sources.recording import COMPACT_SCHEMA, SCHEMA, STEM, STEPS, load, save
from formcheck.types import Recording

POINT = st.one_of(st.just(float("nan")), st.floats(-1e4, 1e4, width=32))


@st.composite
def recordings(draw) -> Recording:
    count = draw(st.integers(1, 6))
    steps = draw(st.lists(st.floats(1e-6, 1e4), min_size=count, max_size=count))
    image = draw(arrays(np.float32, (count, 33, 4), elements=POINT, fill=POINT))
    world = draw(arrays(np.float32, (count, 33, 3), elements=POINT, fill=POINT))
    size = draw(st.tuples(st.integers(1, 10_000), st.integers(1, 10_000)))
    return Recording(np.cumsum(steps), image, world, size)


def content(**changes) -> dict[str, np.ndarray]:
    """A right file's arrays, but for the changes; None leaves one out."""
    whole = {
        "t": np.arange(3) / 30,
        "image": np.zeros((3, 33, 4), np.float32),
        "world": np.zeros((3, 33, 3), np.float32),
        "size": np.array([640, 480]),
        "schema": np.array(SCHEMA),
    }
    return {k: v for k, v in (whole | changes).items() if v is not None}


@settings(max_examples=40, deadline=None)
@given(recordings())
def test_what_is_saved_is_loaded(recording):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "set.npz"
        save(path, recording)
        back = load(path)
        assert [entry.name for entry in Path(folder).iterdir()] == ["set.npz"]
    for name in ("t", "image", "world"):
        np.testing.assert_array_equal(getattr(back, name), getattr(recording, name))
        assert getattr(back, name).dtype == np.float64
    assert back.size == recording.size


def test_the_file_is_what_the_schema_says(tmp_path):
    path = tmp_path / "a.npz"
    save(path, Recording(np.arange(4.0), np.full((4, 33, 4), np.nan), np.ones((4, 33, 3)), (640, 360)))
    with np.load(path, allow_pickle=False) as stored:
        shapes = {name: stored[name].shape for name in stored.files}
        assert shapes == {"t": (4,), "image": (4, 33, 4), "world": (4, 33, 3), "size": (2,), "schema": ()}
        assert str(stored["schema"]) == "formcheck.landmarks/1"
        assert stored["size"].tolist() == [640, 360]
        assert np.isnan(stored["image"]).all()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"t": None}, "it lacks t"),
        ({"schema": None, "world": None}, "it lacks schema, world"),
        ({"schema": np.array("formcheck.landmarks/3")}, "its schema is neither formcheck.landmarks/1 nor"),
        ({"schema": np.array("formcheck.landmarks/2")}, "it lacks seen, points"),
        ({"schema": np.array(1)}, "its schema is neither"),
        ({"t": np.array([0.0, 0.1, 0.1])}, "do not rise strictly"),
        ({"t": np.array([0.0, np.nan, 0.1])}, "do not rise strictly"),
        ({"t": np.zeros((3, 1))}, "t must have one dimension"),
        ({"t": np.array(["a", "b", "c"])}, "t holds no numbers"),
        ({"image": np.zeros((3, 33, 3))}, "image has shape (3, 33, 3), expected (3, 33, 4)"),
        ({"image": np.zeros((2, 33, 4))}, "image has shape"),
        ({"world": np.zeros((3, 17, 3))}, "world has shape"),
        ({"world": np.full((3, 33, 3), np.inf)}, "infinite"),
        ({"size": np.array([640, 480, 3])}, "size has shape"),
        ({"size": np.array([0, 480])}, "size must be two whole numbers"),
        ({"size": np.array([640.5, 480])}, "size must be two whole numbers"),
        (
            {"t": np.zeros(0), "image": np.zeros((0, 33, 4)), "world": np.zeros((0, 33, 3))},
            "it holds no frame",
        ),
    ],
)
def test_wrong_content_is_named(tmp_path, changes, says):
    path = tmp_path / "wrong.npz"
    np.savez(path, allow_pickle=False, **content(**changes))
    with pytest.raises(SourceError) as caught:
        load(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_that_are_no_recordings(tmp_path):
    path = tmp_path / "a.npz"
    with pytest.raises(SourceError, match="there is no such file"):
        load(path)
    with pytest.raises(SourceError, match="this is a folder"):
        load(tmp_path)
    for data in (b"", b"reps", pickle.dumps({"t": 1})):
        path.write_bytes(data)
        with pytest.raises(SourceError, match="not a landmark recording"):
            load(path)


def test_a_damaged_or_cut_file_is_said(tmp_path):
    path = tmp_path / "a.npz"
    grain = np.random.default_rng(0).normal(size=(50, 33, 4))
    save(path, Recording(np.arange(50.0), grain, grain[..., :3], (640, 360)))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceError, match="not a landmark recording"):
        load(path)
    path.write_bytes(whole[:2000] + bytes(500) + whole[2500:])
    with pytest.raises(SourceError, match="damaged"):
        load(path)


def test_nothing_is_ever_unpickled(tmp_path):
    path = tmp_path / "evil.npz"
    np.savez(path, allow_pickle=True, **content(t=np.array([{"a": 1}], dtype=object)))
    with pytest.raises(SourceError, match="damaged"):
        load(path)


def test_saving_fails_clearly_and_leaves_nothing(tmp_path):
    good = Recording(np.arange(2.0), np.zeros((2, 33, 4)), np.zeros((2, 33, 3)), (640, 360))
    with pytest.raises(OutputError, match="does not exist"):
        save(tmp_path / "missing" / "a.npz", good)
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="this is a folder"):
        save(tmp_path / "folder", good)
    kept = tmp_path / "kept.npz"
    save(kept, good)
    before = kept.read_bytes()
    with pytest.raises(ValueError, match="rise strictly"):
        save(kept, Recording(np.zeros(2), good.image, good.world, good.size))
    assert kept.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["folder", "kept.npz"]


@st.composite
def walks(draw) -> Recording:
    """Recordings of which whole frames are missing."""
    count = draw(st.integers(1, 6))
    steps = draw(st.lists(st.floats(1e-5, 100), min_size=count, max_size=count))
    far = st.floats(-5e4, 5e4, width=32)
    image = draw(arrays(np.float32, (count, 33, 4), elements=far, fill=far))
    world = draw(arrays(np.float32, (count, 33, 3), elements=far, fill=far))
    for gone in draw(st.sets(st.integers(0, count - 1))):
        image[gone], world[gone] = np.nan, np.nan
    return Recording(
        np.cumsum(steps), image, world, draw(st.tuples(st.integers(1, 9999), st.integers(1, 9999)))
    )


def compact(**changes) -> dict[str, np.ndarray]:
    """A right compact file's arrays, but for the changes: three frames, the middle one missing."""
    whole = {
        "t": np.array([0, 33_333, 66_667]),
        "seen": np.array([True, False, True]),
        "points": np.zeros((4, 7, 33, 2), np.uint8),
        "size": np.array([640, 480]),
        "schema": np.array(COMPACT_SCHEMA),
    }
    return {k: v for k, v in (whole | changes).items() if v is not None}


class TestCompact:
    @settings(max_examples=60, deadline=None)
    @given(walks())
    def test_what_is_saved_is_loaded_within_half_a_step(self, recording):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "set.npz"
            save(path, recording, compact=True)
            back = load(path)
        np.testing.assert_allclose(back.t, recording.t, rtol=0, atol=0.51e-6)
        assert back.size == recording.size
        for name, steps in (("image", STEPS[:4]), ("world", STEPS[4:])):
            was, now = getattr(recording, name).astype(float), getattr(back, name)
            np.testing.assert_array_equal(np.isnan(now), np.isnan(was))
            assert np.nanmax(np.abs(now - was) / steps, initial=0) <= 0.5 + 1e-6
            assert now.dtype == np.float64

    def test_what_was_loaded_is_saved_again_without_loss(self, tmp_path):
        grain = np.random.default_rng(1).normal(scale=30, size=(20, 33, 4))
        save(
            tmp_path / "a.npz", Recording(np.arange(20) / 15, grain, grain[..., :3], (640, 480)), compact=True
        )
        save(tmp_path / "b.npz", load(tmp_path / "a.npz"), compact=True)
        assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()

    def test_a_known_file_is_read_as_the_schema_says(self, tmp_path):
        points = np.zeros((4, 7, 33, 2), np.uint8)
        points[0, 0, 0, 0] = 20  # nose, x: 10 steps of 0.1 px
        points[1, 4, 0, 0] = 1  # nose, world x: 256, which is 128 steps of 1 mm
        points[0, 3, 0, 1] = 3  # nose, visibility: 2 steps of 0.01 back
        np.savez(tmp_path / "a.npz", allow_pickle=False, **compact(points=points))
        back = load(tmp_path / "a.npz")
        assert back.t.tolist() == [0.0, 0.033333, 0.066667]
        first, gone, last = back.image[:, 0]
        np.testing.assert_allclose(first, [1.0, 0, 0, 0])
        assert np.isnan(gone).all()
        np.testing.assert_allclose(last, [1.0, 0, 0, -0.02])
        np.testing.assert_allclose(back.world[[0, 2], 0], [[0.128, 0, 0]] * 2)
        np.testing.assert_allclose(back.image[0, :, 0], 1.0 * np.isin(range(33), [*range(11)]), atol=1e-12)

    def test_every_stem_comes_before_its_landmark(self):
        assert len(STEM) == 33
        assert all(stem < joint for joint, stem in enumerate(STEM))

    def test_it_is_less_than_half_of_the_full_file(self, tmp_path):
        folder = Path(__file__).parents[3] / "samples" / "recordings"
        path = min(folder.glob("*.npz"))
        save(tmp_path / "a.npz", load(path), compact=True)
        assert (tmp_path / "a.npz").stat().st_size < 0.4 * path.stat().st_size

    def test_nobody_ever_seen(self, tmp_path):
        nothing = Recording(
            np.arange(4.0), np.full((4, 33, 4), np.nan), np.full((4, 33, 3), np.nan), (64, 48)
        )
        save(tmp_path / "a.npz", nothing, compact=True)
        assert np.isnan(load(tmp_path / "a.npz").image).all()

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (lambda r: r.image.__setitem__((1, 5), np.nan), "some points are missing"),
            (lambda r: r.world.__setitem__(1, np.nan), "some points are missing"),
            (lambda r: r.image.__setitem__((1, 5, 0), 1e9), "far points"),
            (lambda r: r.t.__setitem__(1, 1e-8), "close or late times"),
        ],
    )
    def test_what_does_not_fit_is_refused_and_leaves_nothing(self, tmp_path, change, says):
        recording = Recording(np.arange(3.0), np.zeros((3, 33, 4)), np.zeros((3, 33, 3)), (640, 480))
        change(recording)
        with pytest.raises(ValueError, match=says):
            save(tmp_path / "a.npz", recording, compact=True)
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"points": None}, "it lacks points"),
            ({"t": None, "size": None}, "it lacks t, size"),
            ({"t": np.array([0.0, 0.1, 0.2])}, "t must be whole microseconds"),
            ({"t": np.array([0, 5, 5])}, "do not rise strictly"),
            ({"seen": np.array([True, False])}, "seen has shape (2,)"),
            ({"seen": np.array([1, 0, 1])}, "expected one bool for each of 3 frames"),
            (
                {"seen": np.array([True, True, True])},
                "points has shape (4, 7, 33, 2), expected (4, 7, 33, 3)",
            ),
            ({"points": np.zeros((4, 7, 33, 2))}, "of bytes"),
            ({"size": np.array([0, 480])}, "size must be two whole numbers"),
            ({"size": np.array(["a", "b"])}, "size holds no numbers"),
            (
                {
                    "t": np.zeros(0, int),
                    "seen": np.zeros(0, bool),
                    "points": np.zeros((4, 7, 33, 0), np.uint8),
                },
                "it holds no frame",
            ),
        ],
    )
    def test_wrong_content_is_named(self, tmp_path, changes, says):
        path = tmp_path / "wrong.npz"
        np.savez(path, allow_pickle=False, **compact(**changes))
        with pytest.raises(SourceError) as caught:
            load(path)
        assert says in str(caught.value)
        assert str(path) in str(caught.value)

    @pytest.mark.parametrize("seed", range(8))
    def test_a_damaged_file_is_said(self, tmp_path, seed):
        path = tmp_path / "a.npz"
        grain = np.random.default_rng(seed).normal(scale=100, size=(50, 33, 4))
        save(path, Recording(np.arange(50.0), grain, grain[..., :3], (640, 360)), compact=True)
        whole = bytearray(path.read_bytes())
        at = int(np.random.default_rng(seed).integers(1200, len(whole) - 1200))
        whole[at : at + 100] = bytes(100)
        path.write_bytes(whole)
        with pytest.raises(SourceError, match="damaged"):
            load(path)
        path.write_bytes(whole[: at + 50])
        with pytest.raises(SourceError, match="not a landmark recording"):
            load(path)
