"""From key poses to a movement: smooth in between, with hands and feet that stay where they are planted."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from samples.studio.body import Body
from samples.studio.life.clear import clear_arms
from samples.studio.life.floor import lowest
from samples.studio.life.limbs import LIMBS, posed_of, pull
from samples.studio.life.track import Track, grid, matrices, quaternions
from samples.studio.rotation import Floats, between
from samples.studio.skeleton import Posed, joined, locals_of

# Seconds by which a part follows the trunk: arms trail the body they hang on, the eyes lead.
TRAILS = {"head": -0.08, "neck": -0.05, "upperarm": 0.04, "lowerarm": 0.08, "hand": 0.11}
# A planted limb whose next place is further than this takes a step there instead of sliding.
STEP_M = 0.03
STEP_UP_M = 0.08
# Where the lowest point of a body may be that lies or stands on the floor: flesh gives way.
FLOOR_M = (-0.02, 0.005)
# A foot that turns over on the way (from the sole to the instep) needs room for the toes.
TILT_UP_M = 0.07
# How long a limb takes to let go of its place, s.
GRIP_S = 0.25


@dataclass(frozen=True)
class Key:
    """One key pose.

    Attributes:
        time: seconds.
        pose: one instant (T = 1).
        planted: limbs (keys of LIMBS) whose end has a place in the world. Between two keys that both plant
            a limb its end goes straight from place to place, or takes a step, instead of swinging in an arc.
        anchor: the bone whose path is smooth on the way to this key; the rest of the body hangs on it.
        stop: whether the movement comes to rest here.
    """

    time: float
    pose: Posed
    planted: frozenset[str] = field(default_factory=frozenset)
    anchor: str = "pelvis"
    stop: bool = False


def glide(times: Floats, key_times: Floats, values: Floats, stops: NDArray[np.bool_]) -> Floats:
    """Curve through values (K, ...) at `key_times`, at rest where `stops`, as (T, ...) at `times`.

    Fifth order in every interval with no acceleration at the keys: between two stops this is the
    minimum-jerk movement. Speeds at the other keys are those of a monotone cubic: no overshoot.
    """
    flat = values.reshape(len(values), -1)
    speed = PchipInterpolator(key_times, flat).derivative()(key_times)
    speed[stops] = 0.0
    k = np.clip(np.searchsorted(key_times, times, side="right") - 1, 0, len(key_times) - 2)
    span = (key_times[k + 1] - key_times[k])[:, None]
    u = np.clip((times - key_times[k])[:, None] / span, 0.0, 1.0)
    rise = u**3 * (10 - 15 * u + 6 * u**2)
    leave = u - u**3 * (6 - 8 * u + 3 * u**2)
    arrive = -(u**3) * (4 - 7 * u + 3 * u**2)
    curve = flat[k] + rise * (flat[k + 1] - flat[k]) + span * (leave * speed[k] + arrive * speed[k + 1])
    return curve.reshape(len(times), *values.shape[1:])


def _trail(name: str) -> float:
    return TRAILS.get(name.split("_", maxsplit=1)[0], 0.0)


def bake(body: Body, keys: list[Key], layer: Floats | None = None) -> Track:
    """The movement through the keys, at rest at the first and the last.

    Args:
        body: who moves.
        keys: at least two, in order, the first at time 0.
        layer: small extra rotations of the bones (N, B, 3, 3) on the grid of the duration, the identity at
            both ends (see `sway`).

    Raises:
        ValueError: the keys are not in order.
    """
    key_times = np.array([key.time for key in keys])
    if len(keys) < 2 or key_times[0] != 0 or np.any(np.diff(key_times) <= 0):
        raise ValueError(f"key poses need rising times from 0, got {key_times}")
    stops = np.array([key.stop for key in keys])
    stops[[0, -1]] = True
    times = grid(key_times[-1])
    poses = joined([key.pose for key in keys])
    local = _rotations(body, times, key_times, locals_of(body, poses), stops)
    if layer is not None:
        local = local @ layer
    pelvis = _root(body, times, keys, poses, local, stops)
    low = lowest(body, poses)
    # The first and the last pose are given; in between the body lies on the floor.
    low[1:-1] = np.clip(low[1:-1], *FLOOR_M)
    floor = np.interp(times, key_times, low)
    goals = _goals(times, keys, poses, body, stops)
    # Pulling a foot to its place changes what touches the floor, and the floor moves the hips: two rounds.
    for _ in range(2):
        local = _plant(body, local, pelvis, goals)
        lift = floor - lowest(body, posed_of(body, local, pelvis))
        pelvis = pelvis.copy()
        pelvis[:, 1] += _soft(times, lift)
    local = _plant(body, local, pelvis, goals)
    grips = {limb: goal.grip for limb, goal in goals.items()}
    return Track(body, times, clear_arms(body, times, local, pelvis, grips), pelvis)


def _rotations(
    body: Body, times: Floats, key_times: Floats, key_local: Floats, stops: NDArray[np.bool_]
) -> Floats:
    values = quaternions(key_local)
    late = np.sin(np.pi * times / times[-1]) ** 2
    local = np.empty((len(times), *key_local.shape[1:]))
    trails = np.array([_trail(name) for name in body.names])
    for trail in np.unique(trails):
        bones = trails == trail
        # Trails take at most 8 % of the time, or short movements would run backwards.
        delay = np.sign(trail) * min(abs(trail), 0.08 * times[-1])
        local[:, bones] = matrices(glide(times - delay * late, key_times, values[:, bones], stops))
    return local


def _root(
    body: Body, times: Floats, keys: list[Key], poses: Posed, local: Floats, stops: NDArray[np.bool_]
) -> Floats:
    """Path of the pelvis (N, 3): that of each interval's anchor, with the pelvis where the pose puts it."""
    key_times = np.array([key.time for key in keys])
    interval = np.clip(np.searchsorted(key_times, times, side="left"), 1, len(keys) - 1)
    hung = posed_of(body, local, np.zeros((len(times), 3)))
    path = np.empty((len(times), 3))
    for anchor in {key.anchor for key in keys[1:]}:
        bone = body.index[anchor]
        smooth = glide(times, key_times, poses.position[:, bone], stops) - hung.position[:, bone]
        mine = np.array([keys[i].anchor == anchor for i in interval])
        path[mine] = smooth[mine]
    return path


@dataclass(frozen=True)
class _Goal:
    """Where a limb's end is to be: how firmly ``(N,)``, its place ``(N, 3)`` and rotation ``(N, 3, 3)``."""

    grip: Floats
    place: Floats
    turn: Floats


def _goals(
    times: Floats, keys: list[Key], poses: Posed, body: Body, stops: NDArray[np.bool_]
) -> dict[str, _Goal]:
    key_times = np.array([key.time for key in keys])
    goals: dict[str, _Goal] = {}
    for limb in LIMBS:
        tip = body.index[limb]
        place = poses.position[:, tip]
        held = np.array([limb in a.planted & b.planted for a, b in pairwise(keys)])
        if not held.any():
            continue
        target = glide(times, key_times, place, stops)
        far = np.linalg.norm(np.diff(place, axis=0), axis=1)
        k = np.clip(np.searchsorted(key_times, times, side="right") - 1, 0, len(keys) - 2)
        u = (times - key_times[k]) / np.diff(key_times)[k]
        rotation = poses.rotation[:, tip]
        tilt = np.linalg.norm(rotation[1:, :, 1] - rotation[:-1, :, 1], axis=-1)
        step = np.where(far > STEP_M, np.minimum(0.3 * far, STEP_UP_M) + TILT_UP_M * tilt, 0.0) * held
        target[:, 1] += step[k] * np.sin(np.pi * u) ** 2
        turn = glide(times, key_times, quaternions(poses.rotation[:, [tip]]), stops)
        goals[limb] = _Goal(_grip(times, key_times, held), target, matrices(turn)[:, 0])
    return goals


def _grip(times: Floats, key_times: Floats, held: NDArray[np.bool_]) -> Floats:
    """How firmly a limb is planted, ``(N,)``: 1 in the intervals where it is held ``(K - 1,)``.

    It lets go of its place, and comes to it, within GRIP_S beside them.
    """
    grip = np.zeros_like(times)
    for holds, (before, after) in zip(held, pairwise(key_times), strict=True):
        if holds:
            away = np.maximum(np.maximum(before - times, times - after), 0) / GRIP_S
            near = np.clip(1 - away, 0, 1)
            grip = np.maximum(grip, near**2 * (3 - 2 * near))
    return grip


def _plant(body: Body, local: Floats, pelvis: Floats, goals: dict[str, _Goal]) -> Floats:
    local = local.copy()
    for limb, goal in goals.items():
        on = goal.grip > 0
        share = goal.grip[on]
        posed = posed_of(body, local[on], pelvis[on])
        tip = body.index[limb]
        place = posed.position[:, tip] + share[:, None] * (goal.place[on] - posed.position[:, tip])
        turn = between(posed.rotation[:, tip], goal.turn[on], share)
        local[on] = locals_of(body, pull(body, posed, limb, place, turn))
    return local


def _soft(times: Floats, lift: Floats) -> Floats:
    """The lift without its corners, and exactly none at both ends."""
    step = times[1] - times[0]
    ends = np.clip(np.minimum(times, times[-1] - times) / 0.15, 0, 1)
    soft: Floats = gaussian_filter1d(lift, 0.05 / step, mode="nearest") * ends
    return soft
