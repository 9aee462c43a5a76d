"""Real footage that lies beside a developer's checkout and never in it: figures only, through the pixels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from formcheck import analyze
from formcheck.errors import SourceError
from formcheck.features.body import axes, posture
from formcheck.pose import models
from formcheck.pose.mediapipe import Look
from formcheck.pose.people import trunk
from formcheck.types import UNRECOGNISED, Frame
from tests.bench.scoring.measures import Figures
from tests.e2e.test_real_clips import COUNTS, FILES, NAMES, VIDEOS, WRONG

#: Postures of the photographed movements, by the beginning of the file's name. Bending over and sitting are
#: none of the four.
PHOTOGRAPHED = {
    "squat__": "standing",
    "lunge__": "standing",
    "walking_lunge": "standing",
    "bulgarian_split_squat": "standing",
    "standing_hip_abduction": "standing",
    "standing_hip_adduction": "standing",
    "walking__": "standing",
    "running__": "standing",
    "fire_hydrant": "quadruped",
    "donkey_kick": "quadruped",
    "glute_bridge__": "supine",
    "side_plank__Side_Bridge": "side_lying",
}


def measure(kept: Path) -> Figures:
    """Counts of the clips whose reps were counted by eye, names of all, and postures of the photographs.

    Args:
        kept: Folder for the clips' landmarks; what is there already is not computed again.

    Raises:
        SourceError: The footage is not there.
    """
    if not VIDEOS.is_dir():
        raise SourceError(
            "no real footage beside the checkout", hint="leave out --real: its figures are kept"
        )
    kept.mkdir(parents=True, exist_ok=True)
    clips = [
        {
            "clip": file,
            "exercise": exercise,
            "reps": reps,
            "found": analyze(_landmarks(file, kept), exercise).count,
        }
        for file, exercise, reps in (*COUNTS, *WRONG)
    ]
    named = [
        {"clip": path.name, "shows": NAMES.get(path.name), "named": _named(_landmarks(path.name, kept))}
        for path in FILES
    ]
    return {"clips": clips, "named": named, "photos": _photos(VIDEOS.with_name("photos"))}


def _landmarks(file: str, kept: Path) -> Path:
    """A clip's landmarks: recorded now, where they are not there yet."""
    landmarks = kept / f"{Path(file).stem}.npz"
    if not landmarks.exists():
        # As any exercise: landmarks do not depend on it.
        analyze(VIDEOS / file, "squat", landmarks=landmarks)
    return landmarks


def _named(landmarks: Path) -> str | None:
    """The exercise that is recognised, None for none; `SEVERAL` would be wrong in each of them."""
    name = analyze(landmarks).exercise
    return None if name == UNRECOGNISED else name


def _photos(folder: Path) -> dict[str, Figures]:
    """By true posture: photographs, right ones, and what the others were read as."""
    read: dict[str, Counter[str]] = {}
    look = Look(models.find("full"))
    try:
        for path, true in _photographed(folder):
            read.setdefault(true, Counter())[_posture(look, path)] += 1
    finally:
        look.close()
    return {
        true: {"photos": seen.total(), "right": seen.pop(true, 0), "wrong": dict(seen)}
        for true, seen in sorted(read.items())
    }


def _photographed(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.glob("*.jpg")):
        yield from ((path, true) for start, true in PHOTOGRAPHED.items() if path.name.startswith(start))


def _posture(look: Look, path: Path) -> str:
    """Of the largest person."""
    with av.open(str(path)) as source:
        picture = next(source.decode(video=0)).to_ndarray(format="rgb24").astype(np.uint8)
    found = look.detect(Frame(0.0, picture))
    if not len(found):
        return "nobody"
    _, sizes = trunk(found.image)
    world = found.world[int(np.nanargmax(sizes))].astype(float)
    return posture(-axes(world)[:, 1]) or "none"
