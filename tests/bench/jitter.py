"""Recordings as another camera, another pace and a worse eye would have made them, to learn from.

The studio has few people and few cameras. What the recogniser must not hang on is varied by chance: the
camera's direction, the depth that the pose model guesses, the pace, the joints' places, a leg or the arms
that are guessed for moments, front taken for back, and moments without anybody.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from formcheck.features.body import scale
from formcheck.geometry import Floats
from formcheck.landmarks import LEFT, MIRROR, RIGHT
from formcheck.types import Recording

#: Turned by up to so many degrees: around the vertical, up and down, in the picture.
TURN_DEG = (25.0, 12.0, 6.0)
#: Slower and faster than it was.
PACE = (0.7, 1.4)
#: Depth against what the pose model guesses.
DEPTH = (0.85, 1.3)
#: Standard deviation of a joint's place, m: for the whole recording, and in every frame.
BIAS_M, NOISE_M = 0.012, 0.006
#: How often a recording has it.
LEG, BACK, ARMS, GONE = 0.25, 0.15, 0.2, 0.15
#: For which share of its frames, in bursts of so many frames.
SHARE, BURST = (0.05, 0.4), 8


def jittered(recording: Recording, rng: np.random.Generator) -> tuple[Recording, float]:
    """Another recording of the same, and by how much its time was stretched.

    Args:
        recording: With left and right repaired.
        rng: Chance.
    """
    xy, world = recording.image[..., :2].astype(float), recording.world.astype(float)
    px_per_m = scale(xy, world)
    pace = float(rng.uniform(*PACE))
    t = recording.t * pace
    if np.isfinite(px_per_m).sum() < BURST:
        return Recording(t, recording.image, recording.world, recording.size), pace
    px_per_m = np.where(np.isfinite(px_per_m), px_per_m, np.nanmedian(px_per_m))[:, None, None]
    turn, angles = _turn(rng)
    deep = np.array([1.0, 1.0, rng.uniform(*DEPTH)])
    off = rng.normal(0, BIAS_M, (33, 3)) + rng.normal(0, NOISE_M, world.shape)
    hips = (xy[:, LEFT["hip"]] + xy[:, RIGHT["hip"]]) / 2
    body = np.concatenate([(xy - hips[:, None]) / px_per_m, world[..., 2:]], axis=2)
    usual = np.nanmedian(hips, axis=0)
    moved = (hips - usual) * np.cos(angles[:2])
    # The hips' way across the picture is seen at the new angle; their way in depth is not known.
    image = (((body * deep) @ turn.T + off)[..., :2]) * px_per_m + (moved + usual)[:, None]
    world = (world * deep) @ turn.T + off
    _spoil(image, world, float(np.median(px_per_m)), rng)
    return replace(recording, t=t, image=image, world=world), pace


def _turn(rng: np.random.Generator) -> tuple[Floats, Floats]:
    """``(3, 3)`` a rotation, and its angles around the vertical, across and along the view, radians."""
    around, across, along = angles = np.radians([rng.uniform(-most, most) for most in TURN_DEG])
    vertical = np.array(
        [[np.cos(around), 0, np.sin(around)], [0, 1, 0], [-np.sin(around), 0, np.cos(around)]]
    )
    tilt = np.array([[1, 0, 0], [0, np.cos(across), -np.sin(across)], [0, np.sin(across), np.cos(across)]])
    roll = np.array([[np.cos(along), -np.sin(along), 0], [np.sin(along), np.cos(along), 0], [0, 0, 1]])
    return roll @ tilt @ vertical, angles


def _spoil(image: Floats, world: Floats, px_per_m: float, rng: np.random.Generator) -> None:
    """What the pose model gets wrong for moments, in place."""
    frames = len(image)

    def bursts() -> Floats:
        out = np.zeros(frames, bool)
        for _ in range(max(1, int(rng.uniform(*SHARE) * frames / BURST))):
            first = int(rng.integers(frames))
            out[first : first + 1 + int(rng.integers(1, 2 * BURST))] = True
        return out

    def astray(joints: dict[int, float], far_m: float) -> None:
        """Joints that wander about, by so much of `far_m` each."""
        way = np.cumsum(rng.normal(0, 1, (frames, 3)), axis=0)
        way = (way - way.mean(0)) / max(float(way.std()), 1e-6) * far_m
        when = bursts()
        for joint, share in joints.items():
            world[when, joint] += share * way[when]
            image[when, joint] += share * way[when, :2] * px_per_m

    if rng.random() < LEG:
        leg = LEFT if rng.random() < 0.5 else RIGHT
        joints = {leg[j]: 1.0 for j in ("ankle", "heel", "foot_index")}
        astray(joints | ({leg["knee"]: 0.6} if rng.random() < 0.5 else {}), rng.uniform(0.1, 0.35))
    if rng.random() < BACK:
        when = bursts()
        image[when], world[when] = image[when][:, list(MIRROR)], world[when][:, list(MIRROR)]
    if rng.random() < ARMS:
        for arm in (LEFT, RIGHT):
            astray({arm["elbow"]: 0.6, arm["wrist"]: 1.0}, rng.uniform(0.1, 0.35))
    if rng.random() < GONE:
        image[bursts()] = np.nan
