"""A posed body: where its bones are in the world, the skin that moves with them, and the 33 landmarks.

World: metres, y up, floor at 0. Everything is built for T instants at once; a single one is T = 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import Body, Ints, palm
from samples.studio.rotation import (
    Floats,
    Y,
    about_x,
    about_y,
    about_z,
    across,
    angle_about,
    frame,
    unit,
)

UPRIGHT = np.eye(3)

__all__ = ["Body", "Pose", "Posed", "forward", "joined", "landmarks", "locals_of", "skin"]


@dataclass(frozen=True)
class Posed:
    """A body at T instants.

    Attributes:
        rotation: ``(T, B, 3, 3)`` bones in the world, from the anatomical neutral.
        position: ``(T, B, 3)`` bones' heads, m.
    """

    rotation: Floats
    position: Floats

    def __len__(self) -> int:
        return len(self.rotation)

    def __getitem__(self, part: slice | Ints) -> Posed:
        """Some of the instants."""
        return Posed(self.rotation[part], self.position[part])

    def moved(self, by: ArrayLike) -> Posed:
        """Shifted by ``(3,)`` or ``(T, 3)`` metres."""
        return Posed(self.rotation, self.position + np.asarray(by, np.float64).reshape(-1, 1, 3))

    def mirrored(self, body: Body, normal: ArrayLike = (0, 0, 1), middle: float = 0.0) -> Posed:
        """Seen in a mirror: left and right are exchanged.

        Args:
            body: Whose pose.
            normal: ``(3,)`` the way out of the mirror, of length 1; along z, it changes the sign of z.
            middle: How far along it the mirror stands, m.
        """
        out = np.asarray(normal, np.float64)
        world, own = np.eye(3) - 2 * np.outer(out, out), np.diag([-1.0, 1, 1])
        position = self.position[:, body.mirror] @ world + 2 * middle * out
        return Posed(world @ self.rotation[:, body.mirror] @ own, position)


def joined(parts: Sequence[Posed]) -> Posed:
    """Several stretches one after another."""
    return Posed(np.concatenate([p.rotation for p in parts]), np.concatenate([p.position for p in parts]))


def forward(body: Body, local: Mapping[str, Floats], root: Floats, position: Floats) -> Posed:
    """Forward kinematics.

    Args:
        body: B bones.
        local: Bones relative to their parents ``(3, 3)`` or ``(T, 3, 3)``; those left out are straight.
        root: The pelvis' rotation in the world, the same shapes.
        position: The pelvis' head in the world ``(3,)`` or ``(T, 3)``, m.
    """
    shapes = [r.shape[:-2] for r in (*local.values(), root)] + [position.shape[:-1]]
    (count,) = np.broadcast_shapes((1,), *shapes)
    rotation = np.empty((count, len(body.names), 3, 3))
    place = np.empty((count, len(body.names), 3))
    for i, name in enumerate(body.names):
        up = body.parent[i]
        if up < 0:
            rotation[:, i] = root
            place[:, i] = position + root @ -body.offset(name, "pelvis")
            continue
        rotation[:, i] = rotation[:, up] @ local[name] if name in local else rotation[:, up]
        place[:, i] = place[:, up] + rotation[:, up] @ (
            body.correction[up] @ (body.heads[i] - body.heads[up])
        )
    return Posed(rotation, place)


def locals_of(body: Body, posed: Posed) -> Floats:
    """``(T, B, 3, 3)`` rotations relative to the parent; the first bone's is its rotation in the world."""
    above = posed.rotation[:, np.maximum(body.parent, 0)]
    local = np.swapaxes(above, -1, -2) @ posed.rotation
    local[:, body.parent < 0] = posed.rotation[:, body.parent < 0]
    return local


def landmarks(body: Body, posed: Posed) -> Floats:
    """``(T, 33, 3)`` MediaPipe's landmarks in its order, world metres."""
    bone, point = body.anchors
    turned = posed.rotation[:, bone] @ body.correction[bone]
    return posed.position[:, bone] + np.einsum("tkij,kj->tki", turned, point - body.heads[bone])


def skin(body: Body, posed: Posed, subset: Ints | None = None) -> Floats:
    """``(T, V, 3)`` the skin by linear blending, of all vertices or of `subset`; m.

    For contacts and tests: the renderer does the same on the graphics side.
    """
    rows = np.arange(len(body.vertices)) if subset is None else subset
    turned = posed.rotation @ body.correction
    shift = posed.position - np.einsum("tbij,bj->tbi", turned, body.heads)
    out = np.zeros((len(posed), len(rows), 3))
    rest = body.vertices[rows]
    for k in range(body.bone_index.shape[1]):
        bone, weight = body.bone_index[rows, k], body.bone_weight[rows, k]
        for b in np.unique(bone[weight > 0]):
            at = np.flatnonzero((bone == b) & (weight > 0))
            moved = rest[at] @ np.swapaxes(turned[:, b], -1, -2) + shift[:, None, b]
            out[:, at] += weight[at, None] * moved
    return out


class Pose:
    """A body being posed, for one instant or for T at once.

    Parts are set from the pelvis outwards, since a limb that reaches for a place starts where the trunk
    leaves its joint. Angles and places may be single or carry a leading ``(T,)``. Sides are "l" and "r".

    Attributes:
        body: Whose pose.
        root: The pelvis' rotation ``(..., 3, 3)``.
        position: The pelvis' head ``(..., 3)``, m.
        local: Bones' rotations relative to their parents, those that were set.
    """

    def __init__(self, body: Body, root: ArrayLike = UPRIGHT, position: ArrayLike = (0, 0, 0)) -> None:
        self.body = body
        self.root = np.asarray(root, np.float64)
        self.position = np.asarray(position, np.float64)
        self.local: dict[str, Floats] = {}

    def rotation(self, bone: str) -> Floats:
        """A bone's rotation in the world as set so far ``(..., 3, 3)``."""
        up = self.body.parent[self.body.index[bone]]
        if up < 0:
            return self.root
        above = self.rotation(self.body.names[up])
        return above @ self.local[bone] if bone in self.local else above

    def place(self, bone: str) -> Floats:
        """Where a bone begins, as set so far ``(..., 3)``, m."""
        if bone == "pelvis":
            return self.position
        i = self.body.index[bone]
        above = self.body.names[self.body.parent[i]]
        step = self.body.correction[self.body.index[above]] @ self.body.offset(above, bone)
        return self.place(above) + self.rotation(above) @ step

    def between(self, bone: str) -> Floats:
        """The middle of a bone's left and right places ``(..., 3)``, m."""
        return (self.place(f"{bone}_l") + self.place(f"{bone}_r")) / 2

    def put(self, point: Floats, where: ArrayLike) -> None:
        """Shift the whole body so that `point` of it comes to `where` ``(..., 3)``."""
        self.position = self.position + np.asarray(where, np.float64) - point

    def turn(self, bone: str, rotation: ArrayLike) -> None:
        """Set a joint: the bone's rotation relative to its parent ``(..., 3, 3)``."""
        self.local[bone] = np.asarray(rotation, np.float64)

    def set_global(self, bone: str, rotation: ArrayLike) -> None:
        """Set a bone's rotation in the world ``(..., 3, 3)``."""
        above = self.rotation(self.body.names[self.body.parent[self.body.index[bone]]])
        self.local[bone] = np.swapaxes(above, -1, -2) @ np.asarray(rotation, np.float64)

    def spine(self, flexion: ArrayLike = 0.0, lateral: ArrayLike = 0.0, twist: ArrayLike = 0.0) -> None:
        """Bend the trunk: forwards, to the right, to the left about its length; degrees over all three bones.

        The lumbar bones take more of it than the chest: 40, 35 and 25 %.
        """
        for bone, share in (("spine_01", 0.40), ("spine_02", 0.35), ("spine_03", 0.25)):
            bend = about_x(np.multiply(flexion, share)) @ about_z(np.multiply(lateral, share))
            self.turn(bone, bend @ about_y(np.multiply(twist, share)))

    def head(self, nod: ArrayLike = 0.0, lateral: ArrayLike = 0.0, twist: ArrayLike = 0.0) -> None:
        """Bend neck and head, half each: forwards, to the right, to the left; degrees."""
        half = [np.multiply(a, 0.5) for a in (nod, lateral, twist)]
        for bone in ("neck_01", "head"):
            self.turn(bone, about_x(half[0]) @ about_z(half[1]) @ about_y(half[2]))

    def hip(
        self, side: str, flexion: ArrayLike = 0, abduction: ArrayLike = 0, rotation: ArrayLike = 0
    ) -> None:
        """Set the thigh against the pelvis; degrees, positive forwards, outwards, toes outwards."""
        out = 1 if side == "l" else -1
        bend = about_x(np.negative(flexion)) @ about_z(np.multiply(out, abduction))
        self.turn(f"thigh_{side}", bend @ about_y(np.multiply(out, rotation)))

    def knee(self, side: str, flexion: ArrayLike) -> None:
        """Bend the knee; degrees."""
        self.turn(f"calf_{side}", about_x(flexion))

    def leg(self, side: str, ankle: ArrayLike, knee: ArrayLike) -> None:
        """Bring the ankle to a place ``(..., 3)``, the knee pointing along `knee` ``(..., 3)``."""
        self._reach((f"thigh_{side}", f"calf_{side}", f"foot_{side}"), ankle, knee, 1)

    def arm(self, side: str, wrist: ArrayLike, elbow: ArrayLike) -> None:
        """Bring the wrist to a place ``(..., 3)``, the elbow pointing along `elbow` ``(..., 3)``."""
        self._reach((f"upperarm_{side}", f"lowerarm_{side}", f"hand_{side}"), wrist, elbow, -1)

    def _reach(self, chain: tuple[str, str, str], target: ArrayLike, pole: ArrayLike, bend: int) -> None:
        """Two bones to a place; where it is too far, straight towards it. `bend`: 1 knees, −1 elbows."""
        first, second, end = chain
        start = self.place(first)
        l1 = float(np.linalg.norm(self.body.offset(first, second)))
        l2 = float(np.linalg.norm(self.body.offset(second, end)))
        way = np.asarray(target, np.float64) - start
        far = np.linalg.norm(way, axis=-1, keepdims=True)
        ahead = way / far
        # Not quite straight, so that the joint's plane stays defined.
        far = np.clip(far, abs(l1 - l2) * 1.001, (l1 + l2) * 0.9999)
        along = (l1**2 - l2**2 + far**2) / (2 * far)
        aside = unit(across(np.broadcast_to(np.asarray(pole, np.float64), way.shape), ahead))
        middle = along * ahead + np.sqrt(np.maximum(l1**2 - along**2, 0)) * aside
        hinge = bend * np.cross(aside, ahead)
        for bone, step in ((first, middle), (second, far * ahead - middle)):
            down = -unit(step)
            self.set_global(bone, np.stack([hinge, down, np.cross(hinge, down)], -1))

    def hand(self, side: str, fingers: ArrayLike, palm_to: ArrayLike) -> None:
        """Point the fingers along a direction, the palm as near another as can be; both ``(..., 3)``.

        The forearm takes half of the turn about its length, as radius and ulna do.
        """
        neutral = frame(Y, palm(self.body, side))
        target = frame(-unit(fingers), palm_to) @ neutral.T
        fore, bone = f"lowerarm_{side}", f"hand_{side}"
        twist = angle_about(np.swapaxes(self.rotation(fore), -1, -2) @ target, 1)
        self.turn(fore, self.local.get(fore, np.eye(3)) @ about_y(twist / 2))
        self.set_global(bone, target)

    def foot(self, side: str, forward_to: ArrayLike, up: ArrayLike, toes: ArrayLike = 0.0) -> None:
        """Point the foot along a direction, its back as near `up` as can be; `toes` bend up, degrees."""
        ahead = unit(forward_to)
        top = unit(across(np.broadcast_to(np.asarray(up, np.float64), ahead.shape), ahead))
        self.set_global(f"foot_{side}", np.stack([np.cross(top, ahead), top, ahead], -1))
        self.turn(f"ball_{side}", about_x(np.negative(toes)))

    def solve(self) -> Posed:
        """The bones in the world, ``T`` instants."""
        return forward(self.body, self.local, self.root, self.position)
