"""A movement as a function of time, baked as local rotations and a pelvis path."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import CubicSpline
from scipy.spatial.transform import Rotation

from samples.studio.body import Body
from samples.studio.life.limbs import posed_of, turned
from samples.studio.rotation import Floats, about_y
from samples.studio.skeleton import Posed, locals_of

# Poses a second. The fastest thing here (a leg shaken out) swings at 3 Hz; a cubic through 50 Hz follows it
# to a fraction of a degree.
RATE = 50


def grid(duration_s: float) -> Floats:
    """The instants ``(N,)`` a movement is baked at: even, the first 0, the last `duration_s`."""
    return np.linspace(0.0, duration_s, max(4, round(duration_s * RATE) + 1))


def quaternions(rotation: Floats) -> Floats:
    """Rotations ``(T, B, 3, 3)`` as quaternions ``(T, B, 4)`` that never jump to their negatives."""
    shape = rotation.shape[:-2]
    quaternion = Rotation.from_matrix(rotation.reshape(-1, 3, 3)).as_quat().reshape(*shape, 4)
    flips = np.sum(quaternion[1:] * quaternion[:-1], -1) < 0
    quaternion[1:][np.cumsum(flips, 0) % 2 == 1] *= -1
    return quaternion


def matrices(quaternion: Floats) -> Floats:
    """Quaternions ``(..., 4)`` of any length as rotations ``(..., 3, 3)``."""
    return Rotation.from_quat(quaternion.reshape(-1, 4)).as_matrix().reshape(*quaternion.shape[:-1], 3, 3)


@dataclass(frozen=True)
class Track:
    """A movement of one body. It begins and ends at rest, so that tracks may follow each other.

    Attributes:
        body: Who moves.
        times: ``(N,)`` the baked instants, seconds from 0.
        local: ``(N, B, 3, 3)`` rotations relative to the parent bone; the first bone's is in the world.
        pelvis: ``(N, 3)`` the pelvis' head, m.
    """

    body: Body
    times: Floats
    local: Floats
    pelvis: Floats

    @classmethod
    def of(cls, body: Body, times: Floats, posed: Posed) -> Track:
        """From poses at even instants ``(N,)``."""
        return cls(body, times, locals_of(body, posed), posed.position[:, body.index["pelvis"]])

    @property
    def duration_s(self) -> float:
        """How long it is, s."""
        return float(self.times[-1])

    @cached_property
    def posed(self) -> Posed:
        """The baked instants."""
        return posed_of(self.body, self.local, self.pelvis)

    @cached_property
    def _curves(self) -> tuple[CubicSpline, CubicSpline]:
        turn = CubicSpline(self.times, quaternions(self.local), bc_type="clamped")
        return turn, CubicSpline(self.times, self.pelvis, bc_type="clamped")

    def at(self, times: ArrayLike) -> Posed:
        """The poses at `times` ``(T,)``, seconds; before the start and after the end nobody moves."""
        turn, path = self._curves
        inside = np.clip(np.atleast_1d(np.asarray(times, np.float64)), 0.0, self.duration_s)
        return posed_of(self.body, matrices(turn(inside)), path(inside))

    def then(self, other: Track) -> Track:
        """This movement, then the other, which must begin in the pose where this one ends."""
        return Track(
            self.body,
            np.concatenate([self.times, self.duration_s + other.times[1:]]),
            np.concatenate([self.local, other.local[1:]]),
            np.concatenate([self.pelvis, other.pelvis[1:]]),
        )

    def part(self, start_s: float, end_s: float) -> Track:
        """From one time to another, to the nearest baked instants."""
        first, last = np.searchsorted(self.times, [start_s, end_s - 1e-9])
        inside = slice(int(first), int(last) + 1)
        return Track(
            self.body, self.times[inside] - self.times[first], self.local[inside], self.pelvis[inside]
        )

    def reversed(self) -> Track:
        """Backwards."""
        return Track(self.body, self.duration_s - self.times[::-1], self.local[::-1], self.pelvis[::-1])

    def placed(self, yaw_deg: float, shift: ArrayLike) -> Track:
        """The movement turned about the vertical through the origin, then shifted by ``(3,)`` metres."""
        return Track.of(self.body, self.times, turned(self.posed, about_y(yaw_deg)).moved(shift))

    def mirrored(self) -> Track:
        """Left for right, in the plane x = 0."""
        return Track.of(self.body, self.times, mirrored(self.body, self.posed))


def mirrored(body: Body, posed: Posed) -> Posed:
    """Left for right, in the plane x = 0: who looks along z still does."""
    return turned(posed.mirrored(body), about_y(180.0))
