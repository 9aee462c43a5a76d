"""A person who stands still before the camera, from a real recording, with arms that can be moved."""

from __future__ import annotations

from functools import cache

import numpy as np

from formcheck.landmarks import LEFT, RIGHT
from formcheck.types import Floats, Recording
from tests.unit.session.footage import frames, studio, to_and_fro

SIZE = (640, 480)


@cache
def standing() -> Recording:
    """0.5 s of standing, seen from the front, arms hanging."""
    footage = studio("squat_tune_01")
    first = footage.truth["reps"][0]["start_s"]
    return footage.part(first - 0.5, first)


def still(seconds: float) -> Recording:
    return to_and_fro(standing(), seconds)


def nobody(seconds: float) -> Recording:
    r = still(seconds)
    return Recording(r.t, np.full_like(r.image, np.nan), np.full_like(r.world, np.nan), r.size)


def torso(image: Floats) -> float:
    shoulders = image[..., [LEFT["shoulder"], RIGHT["shoulder"]], :2].mean(axis=-2)
    hips = image[..., [LEFT["hip"], RIGHT["hip"]], :2].mean(axis=-2)
    return float(np.median(np.linalg.norm(shoulders - hips, axis=-1)))


def with_arms(recording: Recording, **places: tuple[float, float]) -> Recording:
    """Joints of the arms put elsewhere, ``left_wrist=(outwards, up)`` in torsos from their own shoulder."""
    image = recording.image.astype(float).copy()
    scale = torso(image)
    for name, (outwards, up) in places.items():
        side, joint = name.split("_")
        own, other = (LEFT, RIGHT) if side == "left" else (RIGHT, LEFT)
        shoulder = image[:, own["shoulder"], :2]
        sign = np.sign(shoulder[:, 0] - image[:, other["shoulder"], 0])
        jitter = image[:, own[joint], :2] - image[:, own[joint], :2].mean(axis=0)
        image[:, own[joint], 0] = shoulder[:, 0] + sign * outwards * scale + jitter[:, 0]
        image[:, own[joint], 1] = shoulder[:, 1] - up * scale + jitter[:, 1]
        image[:, own[joint], 3] = 0.95
    return Recording(recording.t, image.astype(np.float32), recording.world, recording.size)


UP = {"elbow": (0.15, 0.5), "wrist": (0.3, 0.95)}
OVERHEAD = {"elbow": (0.1, 0.5), "wrist": (-0.25, 0.95)}  # hands together
CROSSED = {"elbow": (0.05, -0.35), "wrist": (-0.75, 0.15)}
CHEST = {"elbow": (0.1, -0.45), "wrist": (-0.75, -0.2)}  # arms crossed on the chest, as some squat


def arms(
    seconds: float, left: dict[str, tuple[float, float]], right: dict[str, tuple[float, float]]
) -> Recording:
    """Standing still with each arm in its place; empty: it hangs."""
    places = {f"left_{k}": v for k, v in left.items()} | {f"right_{k}": v for k, v in right.items()}
    return with_arms(still(seconds), **places)


def both_up(seconds: float = 1.6) -> Recording:
    return arms(seconds, UP, UP)


def one_up(seconds: float = 1.6, side: str = "left") -> Recording:
    return arms(seconds, UP if side == "left" else {}, UP if side == "right" else {})


def crossed(seconds: float = 1.6) -> Recording:
    return arms(seconds, CROSSED, CROSSED)


__all__ = ["frames"]
