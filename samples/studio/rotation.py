"""Rotations as 3×3 matrices, for one instant or for many at once.

Angles are degrees. Every function broadcasts over leading dimensions: an angle of shape ``(T,)`` gives
matrices ``(T, 3, 3)``, a number gives ``(3, 3)``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial.transform import Rotation

Floats = NDArray[np.float64]

X, Y, Z = np.eye(3)


def unit(vector: ArrayLike) -> Floats:
    """The vector ``(..., 3)`` at length 1."""
    v = np.asarray(vector, np.float64)
    return v / np.linalg.norm(v, axis=-1, keepdims=True)


def dot(a: ArrayLike, b: ArrayLike) -> Floats:
    """Dot product over the last axis."""
    return np.sum(np.asarray(a) * np.asarray(b), axis=-1)


def across(vector: ArrayLike, axis: ArrayLike) -> Floats:
    """The part of `vector` perpendicular to the unit vector `axis`."""
    v, a = np.asarray(vector, np.float64), np.asarray(axis, np.float64)
    return v - dot(v, a)[..., None] * a


def about(axis: ArrayLike, degrees: ArrayLike) -> Floats:
    """The rotation by `degrees` about `axis` ``(..., 3)``, by the right-hand rule."""
    a = unit(axis)
    angle = np.radians(np.asarray(degrees, np.float64))[..., None, None]
    zero = np.zeros_like(a[..., 0])
    k = np.stack(
        [
            np.stack([zero, -a[..., 2], a[..., 1]], -1),
            np.stack([a[..., 2], zero, -a[..., 0]], -1),
            np.stack([-a[..., 1], a[..., 0], zero], -1),
        ],
        -2,
    )
    return np.eye(3) + np.sin(angle) * k + (1 - np.cos(angle)) * (k @ k)


def about_x(degrees: ArrayLike) -> Floats:
    """The rotation about the first axis."""
    return about(X, degrees)


def about_y(degrees: ArrayLike) -> Floats:
    """The rotation about the second axis."""
    return about(Y, degrees)


def about_z(degrees: ArrayLike) -> Floats:
    """The rotation about the third axis."""
    return about(Z, degrees)


def turn_onto(a: ArrayLike, b: ArrayLike) -> Floats:
    """The shortest rotation that takes the direction `a` to the direction `b`, both ``(..., 3)``."""
    a, b = np.broadcast_arrays(unit(a), unit(b))
    axis = np.cross(a, b)
    sine = np.linalg.norm(axis, axis=-1)
    # Parallel directions leave the axis open; any will do for an angle of 0.
    axis = np.where(sine[..., None] < 1e-9, X, axis)
    return about(axis, np.degrees(np.arctan2(sine, dot(a, b))))


def frame(y: ArrayLike, z: ArrayLike) -> Floats:
    """The rotation whose second column is the direction of `y` and whose third is as near `z` as can be."""
    second, near = np.broadcast_arrays(unit(y), np.asarray(z, np.float64))
    first = unit(np.cross(second, near))
    return np.stack([first, second, np.cross(first, second)], -1)


def angle_about(rotation: ArrayLike, axis: int) -> Floats:
    """How far a rotation ``(..., 3, 3)`` turns about one of the three axes (its twist), degrees."""
    r = np.asarray(rotation, np.float64)
    i, j = (axis + 1) % 3, (axis + 2) % 3
    return np.degrees(np.arctan2(r[..., j, i] - r[..., i, j], r[..., i, i] + r[..., j, j]))


def between(a: Floats, b: Floats, share: ArrayLike) -> Floats:
    """The rotation at `share` of the shortest way from `a` to `b`.

    Args:
        a: ``(..., 3, 3)``.
        b: The same shape.
        share: 0 is `a`, 1 is `b`; broadcasts against the leading dimensions.
    """
    a, b = np.broadcast_arrays(a, b)
    way = Rotation.from_matrix((np.swapaxes(a, -1, -2) @ b).reshape(-1, 3, 3)).as_rotvec()
    part = way.reshape(*a.shape[:-2], 3) * np.asarray(share, np.float64)[..., None]
    step: Any = Rotation.from_rotvec(part.reshape(-1, 3)).as_matrix()
    return np.broadcast_to(a, (*part.shape[:-1], 3, 3)) @ step.reshape(*part.shape[:-1], 3, 3)
