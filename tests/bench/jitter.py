"""Recordings as another camera, body, pace and a worse eye would have made them, to learn from.

The studio has few people and few cameras, which stand still, and its lunges always step. What the recogniser
must not hang on is varied by chance: the camera's direction and whether it moves, the depth that the pose
model guesses, the limbs' lengths, how idle arms are held, the pace, the joints' places, a leg, the feet or
the arms that are guessed, front taken for back, and moments without anybody. `planted` makes a lunge on feet
that stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from formcheck.features.body import axes, scale
from formcheck.geometry import Floats
from formcheck.landmarks import LEFT, MIRROR, RIGHT
from formcheck.types import Recording

#: Turned by up to so many degrees: around the vertical, up and down, in the picture.
TURN_DEG = (25.0, 12.0, 6.0)
#: Slower and faster than it was.
PACE = (0.7, 1.4)
#: Depth against what the pose model guesses.
DEPTH = (0.85, 1.3)
#: Each limb's length, and the hips' and shoulders' width.
BUILD = (0.88, 1.12)
#: Standard deviation of a joint's place, m: for the whole recording, and in every frame.
BIAS_M, NOISE_M = 0.012, 0.006
#: How often a recording has it.
LEG, FEET, BACK, ARMS, GONE, HELD, MOVED = 0.25, 0.25, 0.15, 0.2, 0.15, 0.25, 0.4
#: For which share of its frames, in bursts of so many frames.
SHARE, BURST = (0.05, 0.4), 8
#: A camera that moves comes nearer by so much (logarithm of the scale: real films 0.2 to 0.4), and pans, m.
ZOOM, PAN_M = 0.4, 0.2
#: Arms that wander less than this about the trunk are idle, torsos; they are turned by up to so much.
IDLE, HELD_DEG = 0.25, 70.0
#: A foot is planted when it is this near to where it is at the turn, m.
NEAR_M = 0.12
#: A set on planted feet: so long, so long down and up each, pauses below and above.
SET_S, WAY_S, BELOW_S, ABOVE_S = 12.0, (0.7, 1.6), 0.2, (0.1, 0.9)
#: With both feet down a lunge begins higher than where the foot lands, as a share of the way from there down.
HIGHER = (0.2, 1.0)
RATE_HZ = 15.0

_HAND = ("pinky", "index", "thumb")
_JOINTS = [side[j] for side in (LEFT, RIGHT) for j in ("ankle", "knee", "hip", "shoulder", "wrist")]


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
    hips = _middle(xy, "hip")
    body = np.concatenate([(xy - hips[:, None]) / px_per_m, world[..., 2:]], axis=2)
    lengths = rng.uniform(*BUILD, 7)
    built, world = _built(body, lengths), _built(world, lengths)
    # What stands still goes on standing still: longer shins lift the hips and do not move the feet.
    still = _JOINTS[int(np.argmin(np.nan_to_num(np.nanstd(xy[:, _JOINTS], axis=0).sum(-1), nan=np.inf)))]
    hips = hips + (body - built)[:, still, :2] * px_per_m[:, 0]
    body = built
    if rng.random() < HELD:
        body, world = _held(body, world, rng)
    turn, angles = _turn(rng)
    deep = np.array([1.0, 1.0, rng.uniform(*DEPTH)])
    off = rng.normal(0, BIAS_M, (33, 3)) + rng.normal(0, NOISE_M, world.shape)
    usual = np.nanmedian(hips, axis=0)
    moved = (hips - usual) * np.cos(angles[:2])
    # The hips' way across the picture is seen at the new angle; their way in depth is not known.
    image = (((body * deep) @ turn.T + off)[..., :2]) * px_per_m + (moved + usual)[:, None]
    world = (world * deep) @ turn.T + off
    typical = float(np.median(px_per_m))
    _spoil(image, world, typical, rng)
    if rng.random() < MOVED:
        image = _camera_moves(image, np.array(recording.size) / 2, typical, rng)
    return replace(recording, t=t, image=image, world=world), pace


def planted(
    recording: Recording, reps: Iterable[tuple[float, float]], rng: np.random.Generator
) -> Recording | None:
    """A set of the same lunges without the steps: where the foot has landed, down to the turn and back.

    Args:
        recording: With left and right repaired.
        reps: Start and turn of each, s.
        rng: Chance: pace and pauses.

    Returns:
        None where no foot lands before a turn.
    """
    t, parts = recording.t, []
    for start, turn in reps:
        first, last = np.searchsorted(t, [start, turn])
        gap = (
            recording.world[first : last + 1, LEFT["ankle"]]
            - recording.world[first : last + 1, RIGHT["ankle"]]
        )
        away = np.flatnonzero(~(np.linalg.norm(gap - gap[-1], axis=-1) <= NEAR_M))
        landed = first + (away[-1] + 1 if len(away) else 0)
        if last - landed >= 3:
            parts.append((float(t[landed]), float(t[last])))
    if not parts:
        return None
    way_s, above_s, higher = rng.uniform(*WAY_S), rng.uniform(*ABOVE_S), rng.uniform(*HIGHER)
    many, above = int(way_s * RATE_HZ), int(above_s * RATE_HZ)
    once = (1 - np.cos(np.pi * np.arange(many) / many)) / 2
    depth = np.concatenate(
        [once, np.ones(int(rng.uniform(0, BELOW_S) * RATE_HZ)), once[::-1], np.zeros(above)]
    )
    images, worlds = [], []
    for i in range(int(np.ceil(SET_S * RATE_HZ / len(depth)))):
        top, bottom = parts[i % len(parts)]
        at = top + (bottom - top) * depth
        before = np.clip(np.searchsorted(t, at, side="right") - 1, 0, len(t) - 2)
        share = np.clip((at - t[before]) / (t[before + 1] - t[before]), 0, 1)[:, None, None]
        first, last = np.searchsorted(t, [top, bottom])
        # The poses go on upwards as they came from below: knees stretch, feet stay.
        up = higher * (1 - depth)[:, None, None]
        for x, out in ((recording.image, images), (recording.world, worlds)):
            out.append(x[before] * (1 - share) + x[before + 1] * share + up * (x[first] - x[last]))
    image, world = np.concatenate(images), np.concatenate(worlds)
    return Recording(np.arange(len(image)) / RATE_HZ, image, world, recording.size)


def _middle(points: Floats, joint: str) -> Floats:
    return np.asarray((points[:, LEFT[joint]] + points[:, RIGHT[joint]]) / 2)


def _built(points: Floats, lengths: Floats) -> Floats:
    """``(T, 33, 3)`` with hips, thighs, shins, feet, shoulders, upper arms and forearms so much longer."""
    out = points.copy()
    for side in (LEFT, RIGHT):
        for middle, chain, times in (
            ("hip", ("hip", "knee", "ankle"), lengths[:3]),
            ("shoulder", ("shoulder", "elbow", "wrist"), lengths[4:]),
        ):
            here = was = _middle(points, middle)
            for joint, longer in zip(chain, times, strict=True):
                here, was = here + (points[:, side[joint]] - was) * longer, points[:, side[joint]]
                out[:, side[joint]] = here
        for joint in ("heel", "foot_index"):
            way = (points[:, side[joint]] - points[:, side["ankle"]]) * lengths[3]
            out[:, side[joint]] = out[:, side["ankle"]] + way
        for joint in _HAND:
            out[:, side[joint]] = out[:, side["wrist"]] + points[:, side[joint]] - points[:, side["wrist"]]
    return out


def _held(body: Floats, world: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Idle arms in another place: upper arms and forearms turned about the trunk, alike on both sides."""
    trunk = np.nan_to_num(axes(world))
    torso = float(np.nanmedian(np.linalg.norm(_middle(world, "shoulder") - _middle(world, "hip"), axis=-1)))
    reach = [
        np.einsum("tij,tj->ti", trunk, world[:, side["wrist"]] - world[:, side["shoulder"]])
        for side in (LEFT, RIGHT)
    ]
    if not np.nanmean([np.nanstd(r, axis=0) for r in reach]) <= IDLE * torso:
        return body, world
    turns = [_about(rng.normal(size=3), float(np.radians(rng.uniform(0, HELD_DEG)))) for _ in range(2)]
    aside = np.diag([1.0, -1.0, 1.0])  # head and front stay, left becomes right
    outs = []
    for points in (body, world):
        out = points.copy()
        for side, flip in ((LEFT, np.eye(3)), (RIGHT, aside)):
            here = points[:, side["shoulder"]]
            for joint, of, turn in (("elbow", "shoulder", turns[0]), ("wrist", "elbow", turns[1])):
                bone = np.einsum("tij,tj->ti", trunk, points[:, side[joint]] - points[:, side[of]])
                here = here + np.einsum("tij,ti->tj", trunk, bone @ (flip @ turn @ flip).T)
                out[:, side[joint]] = here
            for joint in _HAND:
                out[:, side[joint]] = here + points[:, side[joint]] - points[:, side["wrist"]]
        outs.append(out)
    return outs[0], outs[1]


def _about(axis: Floats, angle: float) -> Floats:
    """``(3, 3)`` rotation about an axis of any length, radians (Rodrigues 1840)."""
    x, y, z = axis / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.asarray(np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross)


def _camera_moves(image: Floats, middle: Floats, px_per_m: float, rng: np.random.Generator) -> Floats:
    """The picture grows or shrinks about its middle and shifts, slowly; half as much up as across."""

    def slowly() -> Floats:
        x = np.linspace(0, 1, len(image))
        wave = np.sin(2 * np.pi * (rng.uniform(0.5, 2) * x + rng.uniform()))
        way = rng.uniform(-1, 1) * x + rng.uniform(-0.5, 0.5) * wave
        return np.asarray(way - way[0])

    grown = np.exp(ZOOM * slowly())[:, None, None]
    shift = np.stack([slowly(), 0.5 * slowly()], axis=1) * PAN_M * px_per_m
    return np.asarray((image - middle) * grown + middle + shift[:, None])


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
    """What the pose model gets wrong, mostly for moments, in place."""
    frames = len(image)

    def astray(joints: dict[int, float], far_m: float, when: Floats) -> None:
        """Joints that wander about, by so much of `far_m` each."""
        way = np.cumsum(rng.normal(0, 1, (frames, 3)), axis=0)
        way = (way - way.mean(0)) / max(float(way.std()), 1e-6) * far_m
        for joint, share in joints.items():
            world[when, joint] += share * way[when]
            image[when, joint] += share * way[when, :2] * px_per_m

    if rng.random() < LEG:
        leg = LEFT if rng.random() < 0.5 else RIGHT
        joints = {leg[j]: 1.0 for j in ("ankle", "heel", "foot_index")}
        if rng.random() < 0.5:
            joints[leg["knee"]] = 0.6
        astray(joints, rng.uniform(0.1, 0.35), _bursts(frames, rng))
    if rng.random() < FEET:  # below the edge of the picture, all the time
        feet = {"knee": 0.5, "ankle": 1.0, "heel": 1.0, "foot_index": 1.2}
        joints = {side[j]: share for side in (LEFT, RIGHT) for j, share in feet.items()}
        astray(joints, rng.uniform(0.05, 0.35), np.ones(frames, bool))
    if rng.random() < ARMS:
        for arm in (LEFT, RIGHT):
            joints = {arm["elbow"]: 0.6, arm["wrist"]: 1.0}
            astray(joints, rng.uniform(0.1, 0.35), _bursts(frames, rng))
    if rng.random() < BACK:
        when = _bursts(frames, rng)
        image[when], world[when] = image[when][:, list(MIRROR)], world[when][:, list(MIRROR)]
    if rng.random() < GONE:
        image[_bursts(frames, rng)] = np.nan


def _bursts(frames: int, rng: np.random.Generator) -> Floats:
    """``(frames,)`` true for moments."""
    out = np.zeros(frames, bool)
    for _ in range(max(1, int(rng.uniform(*SHARE) * frames / BURST))):
        first = int(rng.integers(frames))
        out[first : first + 1 + int(rng.integers(1, 2 * BURST))] = True
    return out
