"""Puts a look on a body: skin, face, eyes, hair, clothes and shoes as meshes with a material each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from formcheck.landmarks import INDEX
from samples.studio.mesh import Floats, Mesh, ball, normals
from samples.studio.people import Bottom, Colour, Look, Top

if TYPE_CHECKING:
    from samples.studio.body import Body

SKIN, TIGHTS, EYE = 0, 1, 3  # groups of a body's mesh, see build_bodies.py
IRIS: Colour = (0.42, 0.30, 0.22)

_TUCK_M = 0.03  # skin reaches this far under a garment; deeper it is left out
_SHRINK_M, _VIEW = 0.012, 5.0
_CAP_M = 0.012  # thickness of short hair
_SHOE_M = 0.008  # thickness of a shoe
_FOLDS_M = 0.45  # length of the folds' texture on cloth


@dataclass(frozen=True)
class Part:
    """A piece of a dressed person.

    Attributes:
        material: Name of the shader's variant: SKIN, FACE, EYE, HAIR or CLOTH.
        mesh: Its surface.
        detail: Per vertex (V, 4): texture coordinates, a tint, spare.
        colour: As seen on a screen.
        second: The stripes' colour.
        pattern: Depth of the folds, stripes a metre.
    """

    material: str
    mesh: Mesh
    detail: Floats
    colour: Colour
    second: Colour = (0.0, 0.0, 0.0)
    pattern: tuple[float, float] = (0.0, 0.0)


def dress(body: Body, look: Look) -> list[Part]:
    """A person's parts, in the order to draw them: what is in front first."""
    skin, tights = _group(body, SKIN), _group(body, TIGHTS)
    marks = Marks.of(body)
    bottom, top = look.bottom, look.top
    # Where both are worn the shirt is outside.
    under_shirt = marks.in_top(tights, top) - _TUCK_M
    trousers = tights.cut(np.minimum(marks.in_bottom(tights, bottom), -under_shirt)).pushed(bottom.loose)
    shirt = tights.cut(marks.in_top(tights, top))
    outer = np.maximum(top.loose, bottom.loose + 0.008)
    shirt = shirt.pushed(
        top.loose + (outer - top.loose) * _step(0.06, 0.0, shirt.place[:, 1] - marks.waist_y)
    )
    parts = [
        Part("CLOTH", trousers, _cloth(trousers), bottom.colour, pattern=(_folds(bottom.loose), 0.0)),
        Part(
            "CLOTH",
            shirt,
            _cloth(shirt),
            top.colour,
            top.stripe or top.colour,
            (_folds(top.loose), 9.0 if top.stripe else 0.0),
        ),
    ]
    # The wider a leg or a sleeve, the deeper one sees into it.
    in_trousers = marks.in_bottom(skin, bottom) - _VIEW * bottom.loose
    under = np.maximum(in_trousers, marks.in_top(skin, top) - _VIEW * top.loose)
    if look.shoes:
        shoe = skin.cut(marks.in_shoe(skin.place)).smoothed(6).pushed(_SHOE_M)
        shoe.place[:, 1] = np.maximum(shoe.place[:, 1], 0.0)  # nobody stands taller for them
        parts.append(Part("CLOTH", shoe, _cloth(shoe), look.shoes, look.shoes))
        under = np.maximum(under, 2 * marks.in_shoe(skin.place))
    parts += _hair(body, look, marks, skin)
    seen = (under < _TUCK_M)[skin.triangle].any(axis=1)
    # Cloth and skin have different triangles: what is covered shrinks a little, so as not to stick out.
    skin = skin.pushed(-_SHRINK_M * np.clip(under / _TUCK_M, 0, 1))
    head = skin.weight[:, [body.index["head"], body.index["neck_01"]]].sum(axis=1)
    face = (head[skin.triangle] > 0.5).all(axis=1)
    for material, chosen in (("SKIN", ~face & seen), ("FACE", face & seen)):
        piece = skin.taken(chosen)
        parts.append(Part(material, piece, _tinted(piece, 0.03), look.skin))
    eyes = _group(body, EYE)
    return [*parts, Part("EYE", eyes, _tinted(eyes, 0.0), IRIS)]


@dataclass(frozen=True)
class Marks:
    """What clothes and hair go by on the resting body, whose arms hang out to the sides; metres."""

    hip_y: float
    knee_y: float
    ankle_y: float
    waist_y: float
    neck: Floats
    arm: Floats
    arm_bones: list[int]
    eye: Floats
    ear: Floats

    @classmethod
    def of(cls, body: Body) -> Marks:
        def head(*names: str) -> Floats:
            rows: Floats = body.heads[[body.index[name] for name in names]].astype(np.float32)
            return rows

        hip, knee, ankle = head("thigh_l", "calf_l", "foot_l")[:, 1]
        roots = {body.index["upperarm_l"], body.index["upperarm_r"]}
        arms: list[int] = []
        for bone, parent in enumerate(body.parent):  # parents come first
            if bone in roots or int(parent) in arms:
                arms.append(bone)
        return cls(
            hip_y=float(hip),
            knee_y=float(knee),
            ankle_y=float(ankle),
            waist_y=float(hip) + 0.09,
            neck=head("neck_01")[0],
            arm=head("upperarm_l", "lowerarm_l", "hand_l"),
            arm_bones=arms,
            eye=eyeball(body),
            ear=body.anchors[1][INDEX["left_ear"]].astype(np.float32),
        )

    # Fields (V,), positive inside, about as large as the distance to the garment's edge.

    def in_bottom(self, mesh: Mesh, bottom: Bottom) -> Floats:
        y = mesh.place[:, 1]
        end = np.interp(bottom.length, [0, 1, 2], [self.hip_y, self.knee_y, self.ankle_y])
        field: Floats = np.minimum.reduce([self.waist_y + 0.02 - y, y - end, -self._in_arm(mesh)])
        return field

    def in_top(self, mesh: Mesh, top: Top) -> Floats:
        place = mesh.place
        along = min(top.sleeve, 1.99)
        start, stop = self.arm[int(along)], self.arm[int(along) + 1]
        end = start + (along - int(along)) * (stop - start)
        onward = (stop - start) / np.linalg.norm(stop - start)
        left = np.stack([np.abs(place[:, 0]), place[:, 1], place[:, 2]], axis=1)
        beyond = (left - end) @ onward
        in_arm = self._in_arm(mesh)
        sleeve = np.maximum(-beyond, -0.06 - in_arm)  # the plane across the arm ends at the armpit
        hem = np.maximum(place[:, 1] - (self.waist_y - top.hem), in_arm)
        around_neck = np.hypot(place[:, 0], place[:, 1] - self.neck[1] - 0.02) - 0.085
        collar = self.neck[1] + 0.03 - place[:, 1]
        field: Floats = np.minimum.reduce([hem, sleeve, around_neck, collar])
        return field

    def in_shoe(self, place: Floats) -> Floats:
        return self.ankle_y + 0.015 - place[:, 1]

    def in_hair(self, place: Floats) -> Floats:
        """The scalp down to the hairline: over the forehead, around the ears, down to the nape."""
        up, fore = (place - self.eye)[:, 1:].T
        line = 0.052 - 0.055 * _step(-0.01, -0.07, fore) - 0.07 * _step(-0.04, -0.1, fore)
        left = np.stack([np.abs(place[:, 0]), place[:, 1], place[:, 2]], axis=1)
        from_ear = (left - self.ear) * (1, 0.8, 1)  # ears are taller than wide
        field: Floats = np.minimum(up - line, np.linalg.norm(from_ear, axis=1) - 0.042)
        return field

    def in_long_hair(self, place: Floats) -> Floats:
        """Behind the ears, down to the shoulders."""
        behind = self.ear[2] - 0.012 - place[:, 2]
        field: Floats = np.minimum.reduce([behind, place[:, 1] - self.neck[1], 0.1 - np.abs(place[:, 0])])
        return field

    def _in_arm(self, mesh: Mesh) -> Floats:
        """Positive where the arms' bones hold more than half; 0.15 at most."""
        field: Floats = 0.3 * (mesh.weight[:, self.arm_bones].sum(axis=1) - 0.5)
        return field


def eyeball(body: Body) -> Floats:
    """Centre (3,) of the left eyeball at rest, metres."""
    vertices = body.vertices[(body.vertex_group == EYE) & (body.vertices[:, 0] > 0)]
    centre: Floats = vertices.mean(axis=0).astype(np.float32)
    return centre


def _hair(body: Body, look: Look, marks: Marks, skin: Mesh) -> list[Part]:
    if look.style == "bald":
        return []
    head, neck = body.index["head"], body.index["neck_01"]
    on_head: NDArray[np.bool_] = (skin.weight[skin.triangle, head] > 0.9).all(axis=1)
    scalp = skin.taken(on_head)
    border = marks.in_hair(scalp.place)
    pieces = [scalp.pushed(_CAP_M * np.clip(border / 0.02, 0.2, 1)).cut(border)]
    if look.style == "long":
        # The head's and neck's own surface, further out the further down.
        upper = skin.weight[:, [head, neck, body.index["spine_03"]]].sum(axis=1)
        back = skin.taken((upper[skin.triangle] > 0.9).all(axis=1))
        depth = _step(0.03, -0.1, back.place[:, 1] - marks.ear[1])
        pieces.append(back.pushed(_CAP_M + 0.03 * depth).cut(marks.in_long_hair(back.place)))
    if look.style == "bun":
        behind = scalp.place[np.argmin(scalp.place[:, 2])]
        knot = behind + np.array([0.0, 0.025, -0.02], np.float32)
        pieces.append(ball(knot, 0.045, head, len(body.names)))
    return [Part("HAIR", piece, _tinted(piece, 0.12), look.hair) for piece in pieces]


def _folds(loose: float) -> float:
    """How deep a garment's folds are: the looser the deeper."""
    return 0.5 + 60.0 * loose


def _group(body: Body, group: int) -> Mesh:
    chosen = body.group == group
    triangle = body.triangles[chosen].astype(np.int32)
    place = body.vertices.astype(np.float32)
    weight = np.zeros((len(place), len(body.names)), np.float32)
    np.add.at(weight, (np.arange(len(place))[:, None], body.bone_index), body.bone_weight.astype(np.float32))
    return Mesh(place, normals(place, triangle), weight, triangle).compact()


def _cloth(mesh: Mesh) -> Floats:
    x, y, z = mesh.place.T / _FOLDS_M
    one = np.ones_like(x)
    return np.stack([x + z, y, one, one], axis=1)


def _tinted(mesh: Mesh, spread: float) -> Floats:
    count = len(mesh.place)
    tint = np.random.default_rng(1).normal(1.0, spread, count)
    nothing = np.zeros(count)
    return np.stack([nothing, nothing, tint, nothing], axis=1).astype(np.float32)


def _step(low: float, high: float, values: Floats) -> Floats:
    """0 at low, 1 at high, smooth between."""
    share = np.clip((values - low) / (high - low), 0, 1)
    smooth: Floats = share * share * (3 - 2 * share)
    return smooth
