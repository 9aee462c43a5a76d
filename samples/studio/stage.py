"""Where the camera goes, so that the movement fills its picture and the lens stays in the room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from samples.studio.camera import Camera
from samples.studio.clip import Shot
from samples.studio.room import Room
from samples.studio.rotation import Floats

#: Nearest and farthest place of a lens that is tried, m.
NEAREST_M, FARTHEST_M = 0.8, 12.0
#: How far the lens stays from walls and ceiling, m.
CLEAR_M: Final = 0.15
#: Narrowest and widest vertical angle of a lens that is tried where the room is too small, degrees.
NARROW_DEG, WIDE_DEG = 5.0, 110.0
#: How far off the picture's middle the movement may lie, in shares of the picture: nobody aims exactly.
OFF_CENTRE: Final = 0.03


def place(
    shot: Shot,
    zero: Floats,
    quarter: Floats,
    hips: Floats,
    points: Floats,
    room: Room,
    random: np.random.Generator,
) -> Camera:
    """A camera that sees all points, from as near as the shot asks for or as it can.

    Where the room is too small for that with the shot's lens, the camera stands at the wall with a wider one.

    Args:
        shot: Direction, lens and picture.
        zero: ``(3,)`` where azimuth 0 is.
        quarter: ``(3,)`` where azimuth 90 is.
        hips: ``(3,)`` from where the direction is told, m.
        points: ``(N, 3)`` the landmarks of the movement, all moments together, m.
        room: Where it has to stand in.
        random: For the aim.
    """
    azimuth, elevation = np.radians((shot.azimuth_deg, shot.elevation_deg))
    flat = np.cos(azimuth) * zero + np.sin(azimuth) * quarter
    direction = np.cos(elevation) * flat + np.sin(elevation) * np.array([0.0, 1.0, 0.0])
    off = random.uniform(-OFF_CENTRE, OFF_CENTRE, 2)

    def camera(distance_m: float, fov_deg: float) -> Camera:
        eye, middle = hips + distance_m * direction, (points.min(axis=0) + points.max(axis=0)) / 2
        aimed = Camera(_tuple(eye), _tuple(middle), shot.roll_deg, fov_deg, shot.size)
        for _ in range(3):
            aimed = _aimed(aimed, points, off)
        return aimed

    def filled(share: float) -> float:
        """The distance from which the points take so much of the picture."""
        return _end_of(lambda d: _fill(camera(d, shot.fov_deg), points) > share, NEAREST_M, FARTHEST_M)

    def too_narrow(fov_deg: float) -> bool:
        return _fill(camera(farthest_m, fov_deg), points) > most

    least, most = shot.fill
    distance_m = float(np.clip(shot.distance_m, filled(most), filled(least)))
    farthest_m = _end_of(lambda d: _inside(hips + d * direction, room), 0.5, FARTHEST_M)
    if distance_m <= farthest_m:
        return camera(distance_m, shot.fov_deg)
    return camera(farthest_m, _end_of(too_narrow, NARROW_DEG, WIDE_DEG))


def _aimed(camera: Camera, points: Floats, off: Floats) -> Camera:
    """The camera turned so that the points' middle in the picture comes near the picture's."""
    low, high = _box(camera, points)
    x, y = (low + high) / 2 - np.multiply(0.5 + off, camera.size)
    if not np.isfinite(x + y):
        return camera  # a point is behind the lens: it has to go back anyway
    target = np.asarray(camera.target)
    metres = float(camera.depth(target)) / camera.focal_px
    right, up, _ = camera.axes
    return replace(camera, target=_tuple(target + metres * (x * right - y * up)))


def _box(camera: Camera, points: Floats) -> tuple[Floats, Floats]:
    """Corners of the points' box in the picture, px; NaN when a point is behind the lens."""
    px = camera.project(points)
    return px.min(axis=0), px.max(axis=0)


def _fill(camera: Camera, points: Floats) -> float:
    """Share of the picture that the points take in the tighter direction; infinite when one is too near."""
    low, high = _box(camera, points)
    share = float(np.max((high - low) / camera.size))
    return share if np.isfinite(share) else np.inf


def _end_of(condition: Callable[[float], bool], low: float, high: float) -> float:
    """Up to where a condition holds that holds from `low` on; one of the bounds where it never changes."""
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if condition(middle) else (low, middle)
    return high


def _inside(eye: Floats, room: Room) -> bool:
    return bool(np.all(np.abs(eye) < np.array([room.half[0], room.half[2], room.half[1]]) - CLEAR_M))


def _tuple(point: Floats) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in point)
    return x, y, z
