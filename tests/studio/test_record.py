"""The whole chain on two seconds: a film is rendered, its landmarks are found where the joints are."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from formcheck.errors import SetupError, SourceError
from formcheck.landmarks import INDEX
from formcheck.sources.recording import load
from formcheck.sources.video import VideoSource
from samples.studio import suite
from samples.studio.__main__ import main
from samples.studio.clip import Clip
from samples.studio.jobs import Halted
from samples.studio.script import RepPlan, Segment

pytest.importorskip("moderngl", reason="the studio's extra is not installed")


@pytest.fixture(scope="module", autouse=True)
def graphics():
    from samples.studio.gl import graphics

    try:
        return graphics()
    except SetupError as problem:
        pytest.skip(f"no drawing on this machine: {problem}")


@pytest.fixture(scope="module")
def short() -> Clip:
    """A squat of two seconds, seen from a diagonal."""
    clip = next(c for c in suite.expand(suite.load()) if c.shot.label == "front diagonal")
    rep = RepPlan(lift_s=0.5, hold_s=0.1, lower_s=0.6, rest_s=0.1)
    shot = replace(clip.shot, size=(320, 240), fps=15, shutter=0.0, elevation_deg=5.0)
    return replace(clip, name="short", segments=(Segment("set", reps=(rep,)),), shot=shot, second=None)


@pytest.fixture(scope="module")
def film(short, tmp_path_factory):
    from samples.studio.produce import produce

    folder = tmp_path_factory.mktemp("film")
    produce(short, folder)
    return folder / "short.mp4"


def test_the_film_is_what_the_truth_says(film):
    truth = json.loads(film.with_suffix(".json").read_text())
    with VideoSource(film) as video:
        times = [frame.t for frame in video]
        assert list(video.size) == truth["size"] == [320, 240]
    assert len(times) == truth["frames"] == 30
    np.testing.assert_allclose(np.diff(times), 1 / 15, atol=1e-3)


def test_landmarks_lie_on_the_joints(film, tmp_path):
    from samples.studio.record import record

    assert record(film, tmp_path) == 30
    recording = load(tmp_path / "short.npz")
    truth = json.loads(film.with_suffix(".json").read_text())
    kept = json.loads((tmp_path / "short.json").read_text())
    assert "joints" not in kept
    assert kept["model"] == "full"
    assert kept["detected"] > 0.9
    assert {k: v for k, v in truth.items() if k not in {"joints", "clip"}}.items() <= kept.items()

    rows = [int(np.argmin(np.abs(recording.t - t))) for t in truth["joints"]["t"]]
    px = np.array(truth["joints"]["px"])
    torso = np.linalg.norm(px[:, 1] - px[:, 7], axis=-1).max()
    for name in ("left_shoulder", "right_shoulder", "left_knee", "right_knee", "left_ankle", "right_ankle"):
        off = recording.image[rows, INDEX[name], :2] - px[:, truth["joints"]["names"].index(name)]
        assert np.nanmedian(np.linalg.norm(off, axis=-1)) < 0.2 * torso, name


def test_a_stopped_clip_leaves_nothing(short, tmp_path):
    from samples.studio.produce import produce

    asked = iter([False] * 5 + [True])
    with pytest.raises(Halted):
        produce(short, tmp_path, lambda: next(asked))
    assert not list(tmp_path.iterdir())


def test_a_film_without_truth_is_said(film, tmp_path):
    from samples.studio.record import record

    alone = tmp_path / "alone.mp4"
    alone.write_bytes(film.read_bytes())
    with pytest.raises(SourceError, match="has no truth beside it"):
        record(alone, tmp_path)


class TestCommands:
    def test_finished_clips_are_left_alone(self, film, tmp_path):
        out = tmp_path / "recordings"
        assert main(["record", str(film.parent), "--out", str(out), "--jobs", "1"]) == 0
        files = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}
        assert set(files) == {"short.npz", "short.json"}
        assert main(["record", str(film.parent), "--out", str(out), "--jobs", "1"]) == 0
        assert {path.name: path.stat().st_mtime_ns for path in out.iterdir()} == files

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["plan", "nowhere.toml"], "nowhere.toml: could not be read"),
            (["plan", "--only", "yoga_*"], "no clip is named yoga_*"),
            (["record", "nowhere", "--out", "{out}"], "nowhere: no clip named *.mp4"),
            (
                ["render", "--out", "{out}/file/folder", "--only", "squat_tune_01"],
                "no folder can stand there",
            ),
        ],
    )
    def test_errors_are_one_line(self, tmp_path, capsys, arguments, says):
        (tmp_path / "file").touch()
        code = main([argument.format(out=tmp_path) for argument in arguments])
        told = capsys.readouterr()
        assert code not in {0, None}
        assert says in told.err
        assert told.err.count("\n") == 1
        assert not told.out
