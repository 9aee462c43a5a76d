"""People to look at: frames of a sample clip, decoded once."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from formcheck.types import Frame

ROOT = Path(__file__).resolve().parents[3]
MODEL = ROOT / "models" / "pose_landmarker_full.task"
SECONDS = 4.0


@pytest.fixture(scope="session")
def model() -> Path:
    return MODEL


@pytest.fixture(scope="session")
def frames() -> list[Frame]:
    """The first seconds of the first sample clip, one rendered person, thinned to 15 a second."""
    clips = sorted((ROOT / "samples" / "clips").glob("*.mp4"))
    assert clips, "samples/clips holds no clip"
    taken: list[Frame] = []
    with av.open(str(clips[0])) as container:
        for frame in container.decode(video=0):
            t = float(frame.time)
            if t > SECONDS:
                break
            if not taken or t - taken[-1].t > 0.06:
                taken.append(Frame(t, frame.to_ndarray(format="rgb24")))
    return taken
