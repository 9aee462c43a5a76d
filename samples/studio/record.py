"""From a film to landmarks: the product's own way, kept small enough for a repository."""

from __future__ import annotations

import json
import math
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.errors import SourceError
from formcheck.files import atomic
from formcheck.pose import models
from formcheck.pose.file import estimate_file
from formcheck.pose.mediapipe import MAX_SIDE
from formcheck.sources.recording import save
from formcheck.sources.video import VideoSource
from formcheck.types import Frame, Recording
from samples.studio.truth import dump


def pose(video: Path, model: str = "full") -> Recording:
    """The landmarks of a film, as ``formcheck analyze`` finds them; on one core.

    Args:
        video: An mp4 of the studio.
        model: "lite", "full" or "heavy".

    Raises:
        SourceError: The file cannot be read.
        ModelError: The model is missing or damaged.
    """

    def stretch(start_s: float | None, end_s: float | None) -> closing[Generator[Frame]]:
        return closing(source.iter_range(start_s or 0.0, math.inf if end_s is None else end_s))

    bundle = models.find(model)
    with VideoSource(video, max_side=MAX_SIDE, threads=1) as source:
        return estimate_file(
            stretch,
            bundle,
            size=source.size,
            duration_s=source.duration_s if source.seekable else None,
            workers=1,
        )


def record(video: Path, folder: Path, model: str = "full") -> int:
    """Writes a film's recording and its truth, without joints, into a folder.

    Args:
        video: An mp4 with its truth beside it.
        folder: Where ``NAME.npz`` and ``NAME.json`` go.
        model: "lite", "full" or "heavy".

    Returns:
        The number of frames.

    Raises:
        SourceError, ModelError, OutputError: What could not be read, run or written.
    """
    truth = _truth_of(video)
    recording = pose(video, model)
    target = folder / f"{video.stem}.npz"
    save(target, recording, compact=True)
    truth.pop("joints", None)
    truth["clip"] = target.name
    truth["model"] = model
    truth["detected"] = round(float(np.isfinite(recording.image[:, 0, 0]).mean()), 4)
    with atomic(target.with_suffix(".json")) as part:
        part.write_text(dump(truth), encoding="utf-8")
    return len(recording)


def _truth_of(video: Path) -> dict[str, Any]:
    path = video.with_suffix(".json")
    try:
        truth = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SourceError(f"{video} has no truth beside it", hint=f"expected {path.name}") from None
    except ValueError as error:
        raise SourceError(f"{path}: not JSON: {error}", hint="render the clip again") from error
    if not isinstance(truth, dict):
        raise SourceError(f"{path}: not a clip's truth", hint="render the clip again")
    return truth
