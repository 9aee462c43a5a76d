"""Short clips for the command line's tests, made from the sample."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import av
import numpy as np

from tests.unit.sources import videos

from .command import ROOT

SAMPLE = ROOT / "samples" / "clips" / "clamshell.mp4"
#: The first rep of the sample lasts from 1.0 to 4.85 s.
ONE_REP_S = 5.5
Change = Callable[[np.ndarray], np.ndarray]


def frames(until_s: float = ONE_REP_S, *, every: int = 1, from_s: float = 0.0) -> list[np.ndarray]:
    """``(H, W, 3)`` RGB pictures of the sample, at half its size: 480x270."""
    pictures = []
    with av.open(str(SAMPLE)) as source:
        for index, frame in enumerate(source.decode(video=0)):
            if frame.time >= until_s:
                break
            if index % every == 0 and frame.time >= from_s:
                pictures.append(frame.reformat(480, 270, "rgb24").to_ndarray())
    return pictures


def write(
    path: Path, pictures: Sequence[np.ndarray], times: Sequence[float] | None = None, **more: object
) -> Path:
    """A clip of these pictures, at 25 frames a second unless told otherwise."""
    return videos.write(
        path, [i / 25 for i in range(len(pictures))] if times is None else times, pictures, **more
    )


def scaled(picture: np.ndarray, width: int, height: int) -> np.ndarray:
    """The picture at another size."""
    return av.VideoFrame.from_ndarray(picture, "rgb24").reformat(width, height).to_ndarray()
