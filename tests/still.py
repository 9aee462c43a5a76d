"""Recordings with a rest before them, as live sessions need one: recorded sets begin at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from formcheck.sources.recording import load
from formcheck.types import Recording

ROOT = Path(__file__).resolve().parents[1]
#: Four squats, seen from the front.
SQUATS, COUNT = ROOT / "samples" / "recordings" / "squat_front_m.npz", 4


def with_rest(path: Path = SQUATS, seconds: float = 7.0) -> Recording:
    """The recording after so many seconds in the position of its first frame."""
    found = load(path)
    still = round(25 * seconds)
    return Recording(
        np.concatenate([np.arange(still) / 25, found.t + seconds]),
        np.concatenate([np.repeat(found.image[:1], still, axis=0), found.image]),
        np.concatenate([np.repeat(found.world[:1], still, axis=0), found.world]),
        found.size,
    )
