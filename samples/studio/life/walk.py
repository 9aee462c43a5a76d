"""Walking along a curve: footfalls first, everything else follows the feet."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from samples.studio.body import Body
from samples.studio.life.clear import clear_arms
from samples.studio.life.stance import SIDES, STAND, Stance, other, out
from samples.studio.life.track import Track, grid
from samples.studio.rotation import Floats, about, about_y

# Winter, Biomechanics of Human Movement (1990): at a relaxed pace a step takes 0.55 s and is 0.41 of the
# body's height, each foot swings for 40 % of two steps, and the pelvis bobs by about 4 cm.
STEP_S = 0.55
STEP_LENGTHS = 0.78
SWING = 0.8
# Nobody turns by more on one foot.
STEP_DEG = 45.0
BOB_M = 0.018
# The foot's pitch (toes down, degrees) through a swing from 0 to 1, with the push-off before it and the heel
# strike after it.
PITCH = PchipInterpolator(
    [-0.6, -0.45, 0.0, 0.2, 0.7, 0.95, 1.25, 1.4], [0, 0, 32, 45, 0, -14, 0, 0], extrapolate=False
)
BULGE_M = 0.025
# Hips lower than standing, as a share of the leg, so that the leading leg reaches the floor.
LOWER = 0.03


@dataclass(frozen=True)
class Stride:
    """One swing of a foot: from when to when, from where to where; places are x, z (m) and yaw (degrees)."""

    start_s: float
    end_s: float
    origin: Floats
    goal: Floats


def curve(start: ArrayLike, end: ArrayLike, yaw_deg: float) -> Floats:
    """Way on the floor ``(100, 3)`` of x, z and heading from a place to another, arriving with a heading."""
    start, end = np.asarray(start, np.float64), np.asarray(end, np.float64)
    far = np.linalg.norm(end - start)
    last = np.array([np.sin(np.radians(yaw_deg)), np.cos(np.radians(yaw_deg))])
    bend = end - 0.45 * far * last
    u = np.linspace(0, 1, 100)[:, None]
    points = (1 - u) ** 2 * start + 2 * u * (1 - u) * bend + u**2 * end
    ahead = np.gradient(points, axis=0)
    heading = np.degrees(np.unwrap(np.arctan2(ahead[:, 0], ahead[:, 1])))
    heading += 360 * round((yaw_deg - heading[-1]) / 360)
    heading[-1] = yaw_deg
    return np.column_stack([points, heading])


def route(start: ArrayLike, end: ArrayLike) -> Floats:
    """Way ``(K, 3)`` from x, z, heading to x, z, heading: a turn on the spot, then a curve."""
    begin, goal = np.asarray(start, np.float64), np.asarray(end, np.float64)
    way = curve(begin[:2], goal[:2], goal[2])
    way[:, 2] -= 360 * round((way[0, 2] - begin[2]) / 360)
    turn = np.tile(begin, (20, 1))
    turn[:, 2] = np.linspace(begin[2], way[0, 2], 20)
    return np.concatenate([turn, way])


def walk(body: Body, way: Floats, pace: float = 1.0, first: str = "l") -> Track:
    """Walk along a way, from standing to standing.

    Args:
        body: Who walks.
        way: ``(K, 3)`` x, z in metres and heading in degrees (0 looks along z), as `curve` gives it.
        pace: 1 is relaxed; the steps' frequency goes with it.
        first: The foot that steps first.
    """
    strides, duration_s = _strides(body, way, STEP_S / pace, first)
    times = grid(duration_s)
    feet = {s: _foot(times, way[0], strides[s], s) for s in SIDES}
    mean = (feet["l"][0] + feet["r"][0]) / 2
    soft = gaussian_filter1d(mean, 0.35 * STEP_S / pace / (times[1] - times[0]), axis=0, mode="nearest")
    moving = np.clip(np.minimum(times, duration_s - times) / 0.4, 0, 1)
    moving = moving**2 * (3 - 2 * moving)
    centre = mean + moving[:, None] * (soft - mean)
    return _follow(body, times, feet, centre, moving)


def _strides(body: Body, way: Floats, step_s: float, first: str) -> tuple[dict[str, list[Stride]], float]:
    longest = STEP_LENGTHS * Stance(body).leg_length
    # Turning takes steps as well as going.
    effort = np.abs(np.diff(way, axis=0)) @ [0, 0, longest / STEP_DEG] + np.linalg.norm(
        np.diff(way[:, :2], axis=0), axis=1
    )
    along = np.concatenate([[0], np.cumsum(effort)])
    count = max(2, int(np.ceil(along[-1] / longest)))
    steps: dict[str, list[Stride]] = {"l": [], "r": []}
    at = {s: _footprint(way[0], s) for s in SIDES}
    side = first
    for k in range(1, count + 2):
        share = min(k / count, 1.0) * along[-1]
        goal = _footprint(np.array([np.interp(share, along, way[:, i]) for i in range(3)]), side)
        begin = (k - 1) * step_s + 0.25
        steps[side].append(Stride(begin, begin + SWING * step_s, at[side], goal))
        at[side], side = goal, other(side)
    return steps, (count + 1) * step_s + 0.5


def _footprint(place: Floats, side: str) -> Floats:
    aside = about_y(place[2]) @ [out(side) * STAND.width, 0, 0]
    return np.array([place[0] + aside[0], place[1] + aside[2], place[2]])


def _foot(times: Floats, start: Floats, strides: list[Stride], side: str) -> tuple[Floats, Floats, Floats]:
    """``(N, 3)`` x, z and yaw of a foot, ``(N,)`` its height over the floor and ``(N,)`` its pitch."""
    place = np.tile(_footprint(start, side), (len(times), 1))
    height, pitch = np.zeros(len(times)), np.zeros(len(times))
    for stride in strides:
        u = (times - stride.start_s) / (stride.end_s - stride.start_s)
        inside = np.clip(u, 0, 1)[:, None]
        place += inside**2 * (3 - 2 * inside) * (stride.goal - stride.origin)
        size = min(1.0, float(np.linalg.norm(stride.goal[:2] - stride.origin[:2])))
        # The swinging foot passes the other one at a distance, also where the way turns.
        place[:, [0, 1]] += np.outer(
            BULGE_M * np.sin(np.pi * inside[:, 0]) ** 2, about_y(stride.origin[2])[[0, 2], 0]
        ) * out(side)
        height += (0.02 + 0.05 * size) * np.sin(np.pi * inside[:, 0]) ** 2
        pitch += np.nan_to_num(PITCH(u)) * size
    return place, height, pitch


def _follow(
    body: Body,
    times: Floats,
    feet: dict[str, tuple[Floats, Floats, Floats]],
    centre: Floats,
    moving: Floats,
) -> Track:
    yaw = about_y(centre[:, 2])
    ahead, left = yaw[:, :, 2], yaw[:, :, 0]
    # How far the right foot is ahead of the left one, in metres: arms and trunk swing with it.
    split = np.sum((feet["r"][0] - feet["l"][0])[:, :2] * ahead[:, [0, 2]], axis=1)
    split = gaussian_filter1d(split, 0.05 / (times[1] - times[0])) * moving
    lifted = (feet["r"][1] - feet["l"][1]) * moving
    p = Stance(body, yaw @ about_y(6 * split) @ about(np.array([0, 0, 1.0]), 25 * lifted))
    hips = p.stand_height - moving * (LOWER * p.leg_length + 0.3 * BOB_M) - 0.18 * np.abs(split) ** 2
    middle = np.column_stack([centre[:, 0], hips, centre[:, 1]]) + 0.25 * lifted[:, None] * left
    p.put(p.between("thigh"), middle)
    p.spine(STAND.spine + 3 * moving, 0, -14 * split)
    p.head(STAND.nod - 3 * moving, 0, 6 * split)
    for s in SIDES:
        place, height, pitch = feet[s]
        p.tread(s, place, height, pitch)
        swing = out(s) * split * 38
        p.shoulder(s, STAND.arm[0] + swing, STAND.arm[1], STAND.arm[2])
        p.elbow(s, STAND.elbow + 8 * moving + 0.35 * np.clip(swing, 0, None))
    track = Track.of(body, times, p.solve())
    return replace(track, local=clear_arms(body, times, track.local, track.pelvis, {}))
