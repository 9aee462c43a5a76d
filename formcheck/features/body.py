"""The body as a frame of reference: its axes, its scale in the picture, its posture.

World landmarks are camera-aligned (x right, y down, z away) and their depth is compressed, so they serve
for directions, timing and side, and not for sizes (measured: an abduction of 40° reads 22–28°).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from formcheck.geometry import Bools, Floats, dot, nanmedian, unit
from formcheck.landmarks import INDEX, LEFT, RIGHT, other
from formcheck.spec import Posture, Signal

LS, RS, LH, RH = LEFT["shoulder"], RIGHT["shoulder"], LEFT["hip"], RIGHT["hip"]

#: A trunk shorter than this in the picture says nothing about form, px: one px of it is 5 %, a fault.
LEAST_TORSO_PX = 20.0

#: Segments that give the scale of the picture: long, and seen in most postures.
SCALE_BONES = tuple(
    (side[a], side[b])
    for side in (LEFT, RIGHT)
    for a, b in (("shoulder", "hip"), ("hip", "knee"), ("knee", "ankle"))
)
_SCALE_A, _SCALE_B = (np.array(x) for x in zip(*SCALE_BONES, strict=True))


def axes(world: Floats) -> Floats:
    """The trunk's axes in camera coordinates.

    Args:
        world: ``(..., 33, 3)`` metres.

    Returns:
        ``(..., 3, 3)``: rows head (hips to shoulders), left, front; orthonormal; NaN where a point misses.
    """
    head = unit(world[..., LS, :] + world[..., RS, :] - world[..., LH, :] - world[..., RH, :])
    # Shoulders and hips together: either alone is dragged by the limb that works.
    left = world[..., LS, :] - world[..., RS, :] + world[..., LH, :] - world[..., RH, :]
    across = unit(left - dot(left, head)[..., None] * head)
    return np.stack([head, across, np.cross(across, head)], axis=-2)


def scale(xy: Floats, world: Floats) -> Floats:
    """Picture scale in px per metre at the body (weak perspective); ``(...)``, NaN where unknown.

    The in-plane length of six long bones in the world against their length in the picture. Foreshortening
    cancels, which it would not when dividing by the torso as it shows.
    """
    image = np.linalg.norm(xy[..., _SCALE_A, :] - xy[..., _SCALE_B, :], axis=-1)
    metres = np.linalg.norm((world[..., _SCALE_A, :] - world[..., _SCALE_B, :])[..., :2], axis=-1)
    good = np.isfinite(image) & np.isfinite(metres)
    total = np.where(good, metres, 0.0).sum(-1)
    pixels = np.where(good, image, 0.0).sum(-1)
    return np.asarray(np.divide(pixels, total, out=np.full_like(total, np.nan), where=total > 0.2))


def posture(gravity: Floats) -> Posture | None:
    """The posture from the share of "up" on the body's axes.

    Args:
        gravity: ``(3,)`` how much of the head, left and front axis points up in the picture.

    Measured on rendered and real clips of all kinds (head, left, front): standing ≥ (0.7, ·, ·), bottom of
    a squat (0.75, ·, −0.65); on the side (≤ 0.57, ≥ 0.72, ·); on the back (·, ·, ≥ 0.85); on all fours
    (≤ 0.39, ·, ≤ −0.91). Limits lie midway.
    """
    head, left, front = gravity
    if not np.isfinite(gravity).all():
        return None
    if head > 0.62:
        return "standing"
    if abs(left) > 0.62:
        return "side_lying"
    if front > 0.62:
        return "supine"
    if front < -0.62:
        return "quadruped"
    return None


@dataclass(slots=False)
class Window:
    """A stretch of frames, with everything that signals need, computed once.

    Attributes:
        t: ``(T,)`` seconds.
        xy: ``(T, 33, 2)`` px.
        visibility: ``(T, 33)``.
        world: ``(T, 33, 3)`` metres.
        side: The working side, "left" or "right".
        rest: ``(T,)`` frames that define the directions in the picture; all frames until rests are known.
    """

    t: Floats
    xy: Floats
    visibility: Floats
    world: Floats
    side: str = "left"
    rest: Bools | None = None
    cache: dict[tuple[Signal, str], Floats] = field(default_factory=dict)

    @cached_property
    def axes(self) -> Floats:
        """``(T, 3, 3)``, see `axes`."""
        return axes(self.world)

    @cached_property
    def torso(self) -> float:
        """Length of the torso in px as if it lay in the picture plane; NaN where unknown."""
        w = self.world
        metres = np.linalg.norm(w[:, LS] + w[:, RS] - w[:, LH] - w[:, RH], axis=-1) / 2
        return median(metres * scale(self.xy, w))

    @cached_property
    def rest_axes(self) -> Floats:
        """``(3, 3)`` the trunk's axes at rest, camera coordinates."""
        return self.typical_at_rest(self.axes)

    @property
    def gravity(self) -> Floats:
        """``(3,)`` share of the picture's "up" on the head, left and front axis at rest."""
        return -self.rest_axes[:, 1]

    @property
    def camera(self) -> Floats:
        """``(3,)`` direction to the camera on the head, left and front axis at rest."""
        return -self.rest_axes[:, 2]

    def _at_rest(self, x: Floats) -> Floats:
        return x if self.rest is None or not self.rest.any() else x[self.rest]

    def typical_at_rest(self, x: Floats) -> Floats:
        """Median of ``(T, ...)`` over the rest; over all frames while no rest is known."""
        return x[0] if len(x) == 1 else nanmedian(self._at_rest(x))

    def direction(self, name: str) -> Floats:
        """``(2,)`` a body direction at rest in the picture's axes; its length 0..1 is how much shows."""
        if name == "up":
            return np.array([0.0, -1.0])
        head, left, front = self.rest_axes
        if name in ("back_level", "belly_level"):
            return np.array([-front[0] if name == "back_level" else front[0], 0.0])
        vectors = {"head": head, "feet": -head, "belly": front, "back": -front}
        vector = vectors.get(name, left if self.side == "left" else -left)
        return np.asarray(vector[:2])

    def points(self, name: str, space: str = "image") -> Floats:
        """``(T, 2)`` px or ``(T, 3)`` metres of a joint by its name in the vocabulary of `formcheck.spec`."""
        source = self.xy if space == "image" else self.world
        if name in INDEX:
            return source[:, INDEX[name]]
        side = self.side
        if name.startswith("other_"):
            name, side = name.removeprefix("other_"), other(side)
        table = LEFT if side == "left" else RIGHT
        if name in table:
            return source[:, table[name]]
        single = "foot_index" if name == "feet" else name[:-1]
        return (source[:, LEFT[single]] + source[:, RIGHT[single]]) / 2

    def seen(self, name: str) -> Floats:
        """``(T,)`` visibility of a joint, the better one's where both sides are meant."""
        if name in INDEX:
            return self.visibility[:, INDEX[name]]
        side = self.side
        if name.startswith("other_"):
            name, side = name.removeprefix("other_"), other(side)
        table = LEFT if side == "left" else RIGHT
        if name in table:
            return self.visibility[:, table[name]]
        single = "foot_index" if name == "feet" else name[:-1]
        return np.maximum(self.visibility[:, LEFT[single]], self.visibility[:, RIGHT[single]])

    def glimpsed(self, name: str) -> Floats:
        """``(T,)`` visibility of a joint or of its twin on the other side, whichever is the better seen."""
        if name in INDEX:
            return self.visibility[:, INDEX[name]]
        single = name.removeprefix("other_")
        if single not in LEFT:
            single = "foot_index" if name == "feet" else single[:-1]
        return np.maximum(self.visibility[:, LEFT[single]], self.visibility[:, RIGHT[single]])

    def on_side(self, side: str) -> Window:
        """The same frames read for another working side."""
        if side == self.side:
            return self
        twin = Window(self.t, self.xy, self.visibility, self.world, side, self.rest, self.cache)
        for name in ("axes", "torso", "rest_axes"):
            if name in self.__dict__:
                twin.__dict__[name] = self.__dict__[name]
        return twin

    def with_rest(self, rest: Bools) -> Window:
        """The same frames with another idea of rest; nothing that hangs on it is kept."""
        return Window(self.t, self.xy, self.visibility, self.world, self.side, rest)


def median(x: Floats) -> float:
    """Median without NaN; NaN, without a warning, where nothing is left."""
    x = np.sort(x[np.isfinite(x)], axis=None)
    n = x.size
    return float(x[(n - 1) // 2] + x[n // 2]) / 2 if n else float("nan")
