"""The camera: where it stands, what it sees, and where a point of the room falls in its picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

NEAR_M = 0.1
"""Nothing nearer to the lens is drawn, nor has a place in the picture."""


@dataclass(frozen=True)
class Camera:
    """A pinhole camera: no distortion, square pixels, the optical axis through the picture's middle.

    Attributes:
        eye: Place of the lens in the world, (x, y, z) in metres; y is up.
        target: Point the optical axis goes through, metres.
        roll_deg: Turn about the optical axis; positive tips the camera clockwise as its user sees it,
            so the picture's content turns counter-clockwise.
        fov_deg: Vertical field of view, of the picture as it is, upright or not.
        size: Width and height of the picture in pixels.
    """

    eye: tuple[float, float, float]
    target: tuple[float, float, float]
    roll_deg: float = 0.0
    fov_deg: float = 45.0
    size: tuple[int, int] = (640, 480)

    def __post_init__(self) -> None:
        if not 1.0 <= self.fov_deg <= 150.0:
            raise ValueError(f"the vertical field of view is {self.fov_deg}°, not between 1° and 150°")
        forward = np.subtract(self.target, self.eye)
        if np.hypot(forward[0], forward[2]) < 1e-6:
            raise ValueError("the camera looks straight up or down, which leaves its roll undefined")

    @classmethod
    def around(
        cls,
        zero: ArrayLike,
        quarter: ArrayLike,
        centre: ArrayLike,
        azimuth_deg: float,
        elevation_deg: float,
        distance_m: float,
        *,
        roll_deg: float = 0.0,
        fov_deg: float = 45.0,
        size: tuple[int, int] = (640, 480),
    ) -> Camera:
        """A camera that looks at ``centre`` from a direction.

        Args:
            zero: Unit vector (3,) in the floor plane: where azimuth 0° is, seen from the person.
            quarter: Unit vector (3,) in the floor plane: where azimuth 90° is.
            centre: Point (3,) that the camera looks at, metres.
            azimuth_deg: Direction about the vertical, in degrees.
            elevation_deg: Angle of the line from ``centre`` to the lens above the horizontal, degrees.
            distance_m: From ``centre`` to the lens, in metres.
            roll_deg: See the class.
            fov_deg: See the class.
            size: See the class.
        """
        azimuth, elevation = np.radians((azimuth_deg, elevation_deg))
        flat = np.cos(azimuth) * np.asarray(zero, float) + np.sin(azimuth) * np.asarray(quarter, float)
        direction = np.cos(elevation) * flat + np.array([0.0, np.sin(elevation), 0.0])
        middle = np.asarray(centre, float)
        return cls(
            eye=_point(middle + distance_m * direction),
            target=_point(middle),
            roll_deg=roll_deg,
            fov_deg=fov_deg,
            size=size,
        )

    @cached_property
    def axes(self) -> NDArray[np.float64]:
        """Rotation (3, 3) from the world: rows are the picture's right, its up, and backwards to the lens."""
        backward = np.subtract(self.eye, self.target)
        backward = backward / np.linalg.norm(backward)
        right = np.cross((0.0, 1.0, 0.0), backward)
        right = right / np.linalg.norm(right)
        up = np.cross(backward, right)
        cosine, sine = np.cos(np.radians(self.roll_deg)), np.sin(np.radians(self.roll_deg))
        return np.stack([cosine * right - sine * up, sine * right + cosine * up, backward])

    @property
    def focal_px(self) -> float:
        """Focal length in pixels."""
        return float(self.size[1] / 2 / np.tan(np.radians(self.fov_deg) / 2))

    def project(self, points: ArrayLike) -> NDArray[np.float64]:
        """Where points (..., 3) in metres fall: (..., 2) pixels, x right, y down, pixel centres at .5.

        NaN for points behind the lens or nearer than ``NEAR_M``; points outside the picture keep
        their place outside.
        """
        seen = self.to_camera(points)
        ahead = np.where(-seen[..., 2:] < NEAR_M, np.nan, -seen[..., 2:])
        flat: NDArray[np.float64] = self.focal_px * seen[..., :2] * (1.0, -1.0) / ahead
        return flat + np.divide(self.size, 2)

    def depth(self, points: ArrayLike) -> NDArray[np.float64]:
        """Distance (...) of points (..., 3) along the optical axis, in metres; negative behind the lens."""
        return -self.to_camera(points)[..., 2]

    def to_camera(self, points: ArrayLike) -> NDArray[np.float64]:
        """Points (..., 3) in camera axes: x right, y up, z towards the viewer; metres from the lens."""
        seen: NDArray[np.float64] = (np.asarray(points, float) - self.eye) @ self.axes.T
        return seen

    def clip_matrix(self, far_m: float = 30.0) -> NDArray[np.float64]:
        """World to OpenGL clip space, (4, 4), for column vectors."""
        view = np.eye(4)
        view[:3, :3] = self.axes
        view[:3, 3] = -self.axes @ np.asarray(self.eye)
        width, height = self.size
        zoom = 1.0 / np.tan(np.radians(self.fov_deg) / 2)
        depth = NEAR_M - far_m
        lens = np.array(
            [
                [zoom * height / width, 0.0, 0.0, 0.0],
                [0.0, zoom, 0.0, 0.0],
                [0.0, 0.0, (far_m + NEAR_M) / depth, 2 * far_m * NEAR_M / depth],
                [0.0, 0.0, -1.0, 0.0],
            ]
        )
        return lens @ view


def _point(values: NDArray[np.float64]) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z
