"""Clips that several tests of the command line share."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import clips


@pytest.fixture(scope="session")
def one_rep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's first rep, 480x270, 12.5 frames a second, with the index at the beginning."""
    pictures = clips.frames(every=2)
    times = [i / 12.5 for i in range(len(pictures))]
    path = tmp_path_factory.mktemp("clips") / "one_rep.mp4"
    return clips.write(path, pictures, times, container_options={"movflags": "faststart"})
