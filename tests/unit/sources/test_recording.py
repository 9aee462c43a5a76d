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
from formcheck.sources.recording import SCHEMA, load, save
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
        ({"schema": np.array("formcheck.landmarks/2")}, "its schema is not formcheck.landmarks/1"),
        ({"schema": np.array(1)}, "its schema is not"),
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
