"""The comparison of real and rendered films: pictures with known properties, and a run over recordings."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from formcheck.landmarks import LEFT, RIGHT
from formcheck.types import Recording
from tests.bench import realism
from tests.bench.pictures import look, without
from tests.bench.realism import Measured, far_apart, summary
from tests.unit.sources.videos import write

RECORDINGS = Path(__file__).parents[3] / "samples" / "recordings"
SIZE = (320, 240)
LOSSLESS = {"qp": "0", "preset": "ultrafast"}


def standing(frames: int) -> Recording:
    """Somebody in the middle of a small picture; only shoulders, hips, arms and legs matter."""
    image = np.full((frames, 33, 4), 0.9)
    image[..., :2] = 160, 60
    for table, sign in ((LEFT, 1), (RIGHT, -1)):
        for joint, x, y in (
            ("shoulder", 18, 70),
            ("elbow", 26, 95),
            ("wrist", 28, 118),
            ("hip", 12, 118),
            ("knee", 13, 160),
            ("ankle", 13, 200),
            ("foot_index", 16, 206),
        ):
            image[:, table[joint], :2] = 160 + sign * x, y
    t = np.arange(frames) / 25
    return Recording(t, image, np.zeros((frames, 33, 3)), SIZE)


def pictures(frames: int, *, noise: float = 0.0, boxes: int = 0, grey: int = 120) -> list[np.ndarray]:
    """A light figure before a grey wall, with boxes on it and noise over it."""
    random = np.random.default_rng(5)
    wall = np.full((SIZE[1], SIZE[0], 3), grey, np.int16)
    for _ in range(boxes):
        x, y = random.integers(0, SIZE[0] - 20), random.integers(0, SIZE[1] - 20)
        wall[y : y + 16, x : x + 16] = random.integers(0, 255)
    wall[62:210, 124:196] = 220
    shape = wall.shape[:2]
    return [
        np.clip(wall + random.normal(0, noise, shape)[..., None], 0, 255).astype(np.uint8)
        for _ in range(frames)
    ]


def filmed(path: Path, shown: list[np.ndarray]) -> Path:
    return write(path, [i / 25 for i in range(len(shown))], shown, options=LOSSLESS)


def test_what_a_film_looks_like(tmp_path: Path) -> None:
    def seen(film: Path) -> dict[str, float]:
        return look(film, standing(30))[0]

    plain = seen(filmed(tmp_path / "plain.mp4", pictures(30)))
    noisy = seen(filmed(tmp_path / "noisy.mp4", pictures(30, noise=6)))
    full = seen(filmed(tmp_path / "full.mp4", pictures(30, boxes=150)))
    dark = seen(filmed(tmp_path / "dark.mp4", pictures(30, grey=40)))
    assert plain["fps"] == pytest.approx(25)
    assert plain["noise"] < 0.1
    assert noisy["noise"] == pytest.approx(6, rel=0.1)
    assert plain["clutter"] < 1
    assert full["clutter"] > 10
    assert plain["stands_out"] == pytest.approx(100 * np.sqrt(3), rel=0.05)
    assert dark["stands_out"] == pytest.approx(180 * np.sqrt(3), rel=0.05)
    assert plain["light"] - dark["light"] == pytest.approx(80 * (1 - 72 * 148 / (320 * 240)), rel=0.05)


def test_repeated_frames_are_found_and_taken_out(tmp_path: Path) -> None:
    """24 frames a second stored at 30: every fourth picture is shown twice."""
    shown = []
    for i in range(60):
        picture = np.full((SIZE[1], SIZE[0], 3), 90, np.uint8)
        picture[40:200, 20 + 4 * i : 60 + 4 * i] = 230
        shown += [picture] * (2 if i % 4 == 3 else 1)
    film = write(tmp_path / "film.mp4", [i / 30 for i in range(len(shown))], shown, options=LOSSLESS)
    recording = standing(len(shown))
    figures, repeated = look(film, recording)
    assert figures["repeats"] == pytest.approx(20, abs=1.5)
    truth = np.arange(len(shown)) % 5 == 4
    np.testing.assert_array_equal(repeated[:-1], truth[:-1])
    fewer = without(recording, repeated)
    assert len(fewer) == (~repeated).sum()
    assert np.ptp(np.diff(fewer.t)) < 1e-9
    assert fewer.t[-1] == recording.t[-1]


def clips(kind: str, **figures: list[float]) -> list[Measured]:
    return [
        Measured(f"{kind}{i}", kind, "supine", {name: values[i] for name, values in figures.items()})
        for i in range(3)
    ]


def test_what_is_far_apart_is_named_farthest_first() -> None:
    real = {"jitter_rest.hip": [0.2, 0.3, 0.4], "bone.thigh": [5.0, 6.0, 7.0], "clutter": [10.0, 12.0, 14.0]}
    rendered = {
        "jitter_rest.hip": [0.1, 0.1, 0.2],
        "bone.thigh": [5.0, 5.0, 9.0],
        "clutter": [1.0, 1.0, float("nan")],
    }
    tables = summary(clips("real", **real) + clips("rendered", **rendered))
    assert tables["supine"]["jitter_rest.hip"]["real"] == [0.3, 0.2, 0.4, 3.0]
    assert tables["supine"]["clutter"]["rendered"] == [1.0, 1.0, 1.0, 2.0]
    assert tables["all"] == tables["supine"]
    assert tables["standing"] == {}
    assert far_apart(tables["all"]) == [("clutter", 12.0, 1.0), ("jitter_rest.hip", 0.3, 0.1)]


def test_rare_events_are_no_difference() -> None:
    table = {"glitches.foot": {"real": [4.0, 0.0, 9.0, 3.0], "rendered": [0.0, 0.0, 0.0, 3.0]}}
    assert far_apart(table) == []


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    real, rendered = tmp_path / "real", tmp_path / "rendered"
    real.mkdir()
    rendered.mkdir()
    shutil.copy(RECORDINGS / "squat_front_f.npz", real / "squat__front.npz")
    for name in ("squat_front_m.npz", "squat_front_m.json", "clamshell_back_raised.npz"):
        shutil.copy(RECORDINGS / name, rendered / name)
    monkeypatch.setattr("sys.argv", ["realism", str(real), str(rendered), "--json"])
    assert realism.main() == 0
    found = json.loads(capsys.readouterr().out)
    assert [(c["clip"], c["kind"], c["posture"]) for c in found["clips"]] == [
        ("squat__front", "real", "standing"),
        ("clamshell_back_raised", "rendered", "other"),
        ("squat_front_m", "rendered", "standing"),
    ]
    assert found["summary"]["standing"]["lost"]["real"][3] == 1
    monkeypatch.setattr("sys.argv", ["realism", str(real), str(rendered), "--clips"])
    assert realism.main() == 0
    table = capsys.readouterr().out
    assert "jitter_rest.hip" in table
    assert "standing   rendered squat_front_m" in table


def test_an_empty_folder_is_one_line_on_stderr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["realism", str(tmp_path), str(RECORDINGS)])
    assert realism.main() == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "no films" in error
