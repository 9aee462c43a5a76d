"""How the pose model behaves on a recording, without any truth: what real and rendered footage can share.

Everything is by time and by the length of the torso as if it lay in the picture plane, so that clips of
different frame rates and sizes compare. Left and right are repaired first, as the engine would see them.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

import numpy as np
from scipy.signal import butter, sosfiltfilt

from formcheck.features.body import Window
from formcheck.geometry import Bools, Floats
from formcheck.landmarks import LEFT, RIGHT
from formcheck.smooth.identity import IdentityRepair
from formcheck.types import Recording

#: Landmarks by how they move and how well they are seen.
GROUPS: Final[Mapping[str, tuple[int, ...]]] = {
    "face": tuple(range(11)),
    "shoulder": (LEFT["shoulder"], RIGHT["shoulder"]),
    "arm": tuple(side[j] for side in (LEFT, RIGHT) for j in ("elbow", "wrist")),
    "hip": (LEFT["hip"], RIGHT["hip"]),
    "knee": (LEFT["knee"], RIGHT["knee"]),
    "foot": tuple(side[j] for side in (LEFT, RIGHT) for j in ("ankle", "heel", "foot_index")),
}
_TRUNK: Final = tuple(side[j] for side in (LEFT, RIGHT) for j in ("ear", "shoulder", "hip"))
_BONES: Final = {
    "trunk": ("shoulder", "hip"),
    "upper_arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "wrist"),
    "thigh": ("hip", "knee"),
    "shin": ("knee", "ankle"),
}

#: Jitter is what lies between these, Hz: exercise is slower than 3, and 15 frames a second hold up to 7.5.
BAND_HZ: Final = (3.0, 7.0)
#: Clips below this rate hold no such band, and movement between two of their frames is no glitch.
LEAST_FPS: Final = 14.5
#: What is slower than this is movement, Hz.
MOVEMENT_HZ: Final = 1.5
#: A landmark is at rest below, and in movement above, torso lengths per second; a rep's ankle makes 1-2.
REST: Final = 0.1
MOVING: Final = 0.3
#: A glitch leaves the median of 0.3 s by this much, torso lengths: a turning ankle leaves it by 0.03.
GLITCH: Final = 0.1
GLITCH_S: Final = 0.3
#: A step of the trunk and the head between two frames, torso lengths: the tracker lost the person and started
#: over. Half of their landmarks have to make it, against their steps of 0.3 s around.
RESTART: Final = 0.03
#: Shortest stretch of frames to be filtered, s.
LEAST_S: Final = 1.0


def behaviour(recording: Recording) -> dict[str, float]:
    """All measures of one recording that don't need to know what was done.

    Returns:
        By ``measure`` or ``measure.group``: `jitter_rest` and `jitter_move` (RMS, % of the torso),
        `glitches` and `restarts` (a minute), `swaps` (a 1000 frames), `lost` (% of frames), `visible_p5`,
        `visible_p50` and `hidden` (% of points below 0.5), `bone` (standard deviation, % of the length),
        `torso_px` (of a picture of 640 px). NaN where there is too little to measure; `lost` alone where
        nobody was found.
    """
    found = np.isfinite(recording.image[:, 0, 0])
    out = {"lost": 100 * float(1 - found.mean())}
    if not found.any():
        return out
    image, world, swapped = _repaired(recording)
    out["swaps"] = 1000 * float(swapped[found].mean())
    out |= _visibility(image[found, :, 3])
    out |= _bones(world[found])
    torso = Window(recording.t[found], image[found, :, :2], image[found, :, 3], world[found]).torso
    out["torso_px"] = torso * 640 / max(recording.size)
    return out | _motion(recording.t, image[..., :2] / torso, found)


def _repaired(recording: Recording) -> tuple[Floats, Floats, Bools]:
    """Image and world with left and right repaired, and the frames whose legs were swapped."""
    image, world = recording.image.copy(), recording.world.copy()
    swapped = np.zeros(len(recording), bool)
    repair = IdentityRepair()
    for i, t in enumerate(recording.t):
        image[i], world[i] = repair(float(t), recording.image[i], recording.world[i])
        swapped[i] = repair.swapped["leg"]
    return image, world, swapped


def _visibility(visible: Floats) -> dict[str, float]:
    out = {}
    for name, group in GROUPS.items():
        values = visible[:, group].ravel()
        low, middle = np.percentile(values, (5, 50))
        out[f"visible_p5.{name}"], out[f"visible_p50.{name}"] = float(low), float(middle)
        out[f"hidden.{name}"] = 100 * float((values < 0.5).mean())
    return out


def _bones(world: Floats) -> dict[str, float]:
    """How much bones change their length, which real ones don't."""
    out = {}
    for name, (a, b) in _BONES.items():
        lengths = [np.linalg.norm(world[:, side[a]] - world[:, side[b]], axis=-1) for side in (LEFT, RIGHT)]
        out[f"bone.{name}"] = 100 * float(np.mean([x.std() / x.mean() for x in lengths]))
    return out


def _motion(t: Floats, points: Floats, found: Bools) -> dict[str, float]:
    """Jitter, glitches and restarts; points ``(T, 33, 2)`` in torso lengths."""
    total = {name: np.zeros(4) for name in GROUPS}  # squares and numbers at rest, and in movement
    glitches = dict.fromkeys(GROUPS, 0)
    restarts, seconds = 0, 0.0
    for part in _stretches(t, found):
        rate = 1 / float(np.median(np.diff(t[part])))
        xy = points[part]
        off = np.linalg.norm(xy - _running_median(xy, rate), axis=-1)
        jitter, speed = _jitter(xy, rate), _speed(xy, rate)
        inner = np.zeros(len(xy), bool)
        inner[int(0.3 * rate) : len(xy) - int(0.3 * rate)] = True  # filters know little of the ends
        for name, group in GROUPS.items():
            calm = inner[:, None] & (off[:, group] < GLITCH)
            for kind, state in enumerate((speed[:, group] < REST, speed[:, group] > MOVING)):
                squares = jitter[:, group][calm & state] ** 2
                total[name][2 * kind : 2 * kind + 2] += squares.sum(), len(squares)
            glitches[name] += _begins((off[:, group] >= GLITCH).any(axis=1))
        restarts += _restarts(xy, rate)
        seconds += len(xy) / rate
    out = {"restarts": 60 * restarts / seconds if seconds else np.nan, "seconds": seconds}
    for name, (rest, resting, move, moving) in total.items():
        least = 15 * len(GROUPS[name])  # a second of the group at 15 frames a second
        out[f"jitter_rest.{name}"] = 100 * float(np.sqrt(rest / resting)) if resting > least else np.nan
        out[f"jitter_move.{name}"] = 100 * float(np.sqrt(move / moving)) if moving > least else np.nan
        out[f"glitches.{name}"] = 60 * glitches[name] / seconds if seconds else np.nan
    return out


def _stretches(t: Floats, found: Bools) -> list[slice]:
    """Stretches of frames without a gap, long and dense enough to be filtered."""
    if len(t) < 2:
        return []
    usual = float(np.median(np.diff(t)))
    if usual > 1 / LEAST_FPS:
        return []
    breaks = np.flatnonzero(np.diff(t) > 1.5 * usual) + 1
    edges = np.flatnonzero(np.diff(found.astype(int))) + 1
    cuts = np.unique(np.concatenate([[0], breaks, edges, [len(t)]]))
    return [slice(a, b) for a, b in pairwise(cuts) if found[a] and (b - a) * usual >= LEAST_S]


def _jitter(xy: Floats, rate: float) -> Floats:
    """``(T, 33)`` length of what lies in `BAND_HZ`."""
    high = min(BAND_HZ[1], 0.48 * rate)
    sos = butter(2, (BAND_HZ[0], high), "bandpass", fs=rate, output="sos")
    return np.asarray(np.linalg.norm(sosfiltfilt(sos, xy, axis=0), axis=-1))


def _speed(xy: Floats, rate: float) -> Floats:
    """``(T, 33)`` how fast the slow part moves, torso lengths per second."""
    sos = butter(2, MOVEMENT_HZ, "lowpass", fs=rate, output="sos")
    return np.asarray(np.linalg.norm(np.gradient(sosfiltfilt(sos, xy, axis=0), axis=0), axis=-1) * rate)


def _running_median(xy: Floats, rate: float) -> Floats:
    half = max(1, round(GLITCH_S * rate / 2))
    padded = np.pad(xy, ((half, half), (0, 0), (0, 0)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1, axis=0)
    return np.asarray(np.median(windows, axis=-1))


def _restarts(xy: Floats, rate: float) -> int:
    """Steps between two frames that the head and the trunk make."""
    steps = np.diff(xy[:, _TRUNK], axis=0)
    jump = np.linalg.norm(steps - _running_median(steps, rate), axis=-1)
    return _begins(np.median(jump, axis=-1) > RESTART)


def _begins(state: Bools) -> int:
    """How often a state begins."""
    return int((np.diff(state.astype(int), prepend=0) > 0).sum())


def knee_compression(recording: Recording, *, least_deg: float = 30.0) -> float:
    """Range of the knees' angle in the world landmarks as a share of the picture's; for views from the side.

    There the picture shows the knee's true angle. NaN when no knee moves by `least_deg` in the picture.
    """
    shares = []
    for side in (LEFT, RIGHT):
        joints = [side[j] for j in ("hip", "knee", "ankle")]
        flat, deep = (_range(x[:, joints]) for x in (recording.image[..., :2], recording.world))
        if flat >= least_deg:
            shares.append(deep / flat)
    return float(np.mean(shares)) if shares else float("nan")


def _range(points: Floats) -> float:
    """5th to 95th percentile of the angle at the middle of three points ``(T, 3, D)``, degrees."""
    a, b = points[:, 0] - points[:, 1], points[:, 2] - points[:, 1]
    cosine = (a * b).sum(-1) / (np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1))
    angle = np.degrees(np.arccos(np.clip(cosine[np.isfinite(cosine)], -1, 1)))
    return float(np.subtract(*np.percentile(angle, (95, 5)))) if len(angle) else float("nan")
