"""What a film looks like, in figures: light, noise, sharpness, clutter, and how far a person stands out."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from formcheck.geometry import Bools, Floats
from formcheck.landmarks import BONES, LEFT, RIGHT
from formcheck.pose.mediapipe import MAX_SIDE
from formcheck.sources.video import VideoSource
from formcheck.types import Pixels, Recording

#: Pairs of neighbouring frames looked at, spread over the film.
PAIRS: Final = 12
#: Widths around bones, torso lengths: surely the limb, surely no more than the body in its clothes, and where
#: the surroundings end that the body is to stand out from.
LIMB: Final = 0.08
BODY: Final = 0.5
AROUND: Final = 0.9
#: A frame is a repeat when it differs from the one before by less than this share of its neighbours'
#: differences; in films of 24 frames a second stored at 30, 20 % of all are, in others at most 2 %.
REPEAT: Final = 0.4
#: An edge, grey levels per pixel.
EDGE: Final = 12.0


def look(film: Path, recording: Recording) -> tuple[dict[str, float], Bools]:
    """Figures of a film as the pose model gets it, at most 640 px long; and its repeated frames.

    Args:
        film: A video.
        recording: Its landmarks, a row for each frame.

    Returns:
        `light` (mean grey, 0..255), `contrast` (its standard deviation), `noise` (grey levels, from frame to
        frame, background), `moves` (px a frame, the background), `sharp` (variance of the person's
        Laplacian, % of its grey's), `clutter` (% of the background that is edge), `stands_out` (colour
        distance of limbs to their surroundings, 0..441): medians, absent where nobody is seen. `fps` and
        `repeats` (% of the frames).
        ``(T,)`` frames that show the picture before once more, as after a conversion of the frame rate.
    """
    seen = np.flatnonzero(np.isfinite(recording.image[:-1, 0, 0]))
    wanted = set(seen[np.linspace(0, len(seen) - 1, PAIRS).astype(int)].tolist()) if len(seen) else set()
    rows, changes = [], [np.nan]
    with VideoSource(film, max_side=MAX_SIDE, threads=1) as source:
        for i, (first, second) in enumerate(pairwise(source)):
            green, later = (x.image[::4, ::4, 1].astype(np.int16) for x in (first, second))
            changes.append(float(np.abs(later - green).mean()))
            if i in wanted:
                ratio = first.image.shape[1] / recording.size[0]
                rows.append(_figures(first.image, second.image, recording.image[i, :, :2] * ratio))
    change = np.array(changes)
    around = np.fmin(np.append(np.nan, change[:-1]), np.append(change[1:], np.nan))
    repeated = np.asarray(change < REPEAT * around)
    out = {name: _median([row[name] for row in rows]) for name in (rows[0] if rows else ())}
    out["fps"] = 1 / float(np.median(np.diff(recording.t)))
    return out | {"repeats": 100 * float(repeated.mean())}, repeated


def without(recording: Recording, repeated: Bools) -> Recording:
    """A recording without repeated frames; the others are spread evenly, as they were filmed."""
    kept = ~repeated
    t = np.linspace(recording.t[0], recording.t[-1], int(kept.sum()))
    return Recording(t, recording.image[kept], recording.world[kept], recording.size)


def _figures(first: Pixels, second: Pixels, points: Floats) -> dict[str, float]:
    grey, later = (cv2.cvtColor(x, cv2.COLOR_RGB2GRAY).astype(np.float32) for x in (first, second))
    limbs, body, near = _masks(points, grey.shape)
    steep = np.hypot(
        cv2.Sobel(grey, cv2.CV_32F, 1, 0, scale=1 / 8), cv2.Sobel(grey, cv2.CV_32F, 0, 1, scale=1 / 8)
    )
    far = ~near
    change = np.sort(np.abs(later - grey)[far])
    (dx, dy), _ = cv2.phaseCorrelate(grey, later)
    inside, outside = first[limbs], first[near & ~body]
    seen = len(inside) > 50 and len(outside) > 50
    fine = cv2.Laplacian(grey, cv2.CV_32F)
    return {
        "light": float(grey.mean()),
        "contrast": float(grey.std()),
        # The mean of a normal absolute difference is 1.13 standard deviations; the largest are movement.
        "noise": float(change[: int(0.9 * len(change))].mean() / 1.13 / 0.83) if len(change) else np.nan,
        "moves": float(np.hypot(dx, dy)),
        "sharp": 100 * float(fine[near].var() / max(grey[near].var(), 1)) if near.any() else np.nan,
        "clutter": 100 * float((steep[far] > EDGE).mean()) if far.any() else np.nan,
        "stands_out": float(np.linalg.norm(np.median(inside, 0) - np.median(outside, 0))) if seen else np.nan,
    }


def _masks(points: Floats, shape: tuple[int, ...]) -> list[Bools]:
    """Where limbs are, where the body is, and the body with its surroundings."""
    ends = np.clip(np.nan_to_num(points), -4000, 4000).astype(np.int32)
    corners = [LEFT["shoulder"], RIGHT["shoulder"], RIGHT["hip"], LEFT["hip"]]
    torso = max(10.0, float(np.linalg.norm(points[corners].T @ (0.5, 0.5, -0.5, -0.5))))
    masks = []
    for width in (LIMB, BODY, AROUND):
        mask = np.zeros(shape, np.uint8)
        if width > LIMB:
            cv2.fillPoly(mask, [ends[corners]], 1)
        for a, b in BONES:
            cv2.line(mask, ends[a].tolist(), ends[b].tolist(), 1, max(1, round(width * torso)))
        masks.append(mask.astype(bool))
    return masks


def _median(values: list[float]) -> float:
    known = [x for x in values if np.isfinite(x)]
    return float(np.median(known)) if known else float("nan")
