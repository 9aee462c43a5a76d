"""Puts a look on a body: skin, face, eyes, hair, clothes and shoes as meshes with a material each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from samples.studio.mesh import Floats, Mesh, normals
from samples.studio.people import Look

if TYPE_CHECKING:
    from samples.studio.skeleton import Body

BODY, TIGHTS, HAIR, EYE = 0, 1, 2, 3  # groups of the base mesh, see build_bodies.py


@dataclass(frozen=True)
class Part:
    """A piece of a dressed person.

    Attributes:
        material: Name of the shader's variant: SKIN, FACE, EYE, HAIR or CLOTH.
        mesh: Its surface.
        detail: Per vertex (V, 4): texture coordinates, tint, second tint.
        colour: As seen on a screen.
        second: The stripes' colour.
        pattern: Depth of the folds, stripes a metre.
    """

    material: str
    mesh: Mesh
    detail: Floats
    colour: tuple[float, float, float]
    second: tuple[float, float, float] = (0.0, 0.0, 0.0)
    pattern: tuple[float, float] = (0.0, 0.0)


def dress(body: Body, look: Look) -> list[Part]:
    """A person's parts, ready to be drawn in this order."""
    skin, tights = _group(body, BODY), _group(body, TIGHTS)
    marks = _Marks.of(body)
    parts: list[Part] = []
    covers: list[NDArray[np.bool_]] = []
    for garment, loose, colour, stripe in (
        (marks.bottom(look), look.bottom.loose, look.bottom.colour, None),
        (marks.top(look), look.top.loose, look.top.colour, look.top.stripe),
    ):
        cloth = tights.cut(garment(tights.place)).pushed(loose)
        second = stripe or colour
        pattern = (0.25 + 18.0 * loose, 9.0 if stripe else 0.0)
        parts.append(Part("CLOTH", cloth, _cloth_detail(cloth), colour, second, pattern))
        # Skin well inside a garment is never seen; what is left out cannot show through it either.
        covers.append(garment(skin.place) > 0.035 + loose)
    hidden = np.logical_or(*covers)[skin.triangle].all(axis=1)
    head = skin.weight[:, [body.index["head"], body.index["neck_01"]]].sum(axis=1)
    face = (head[skin.triangle] > 0.5).all(axis=1)
    for material, chosen in (("SKIN", ~face & ~hidden), ("FACE", face & ~hidden)):
        piece = skin.taken(chosen)
        parts.append(Part(material, piece, _skin_detail(piece), look.skin))
    parts.append(_plain("EYE", _group(body, EYE), (0.42, 0.30, 0.22)))
    if look.style == "long":
        parts.append(_plain("HAIR", marks.long_hair(_group(body, HAIR)), look.hair))
    return parts


@dataclass(frozen=True)
class _Marks:
    """Heights and widths on the resting body that clothes go by, metres."""

    hip_y: float
    knee_y: float
    ankle_y: float
    waist_y: float
    neck: Floats
    shoulder_x: float
    elbow_x: float
    wrist_x: float
    eye: Floats

    @classmethod
    def of(cls, body: Body) -> _Marks:
        def head(name: str) -> NDArray[np.floating]:
            return body.heads[body.index[name]]

        return cls(
            hip_y=float(head("thigh_l")[1]),
            knee_y=float(head("calf_l")[1]),
            ankle_y=float(head("foot_l")[1]),
            waist_y=float(head("thigh_l")[1]) + 0.09,
            neck=head("neck_01").astype(np.float32),
            shoulder_x=float(head("upperarm_l")[0]),
            elbow_x=float(head("lowerarm_l")[0]),
            wrist_x=float(head("hand_l")[0]),
            eye=eyes(body),
        )

    def bottom(self, look: Look):  # noqa: ANN201
        end = float(np.interp(look.bottom.length, [0, 1, 2], [self.hip_y, self.knee_y, self.ankle_y]))
        top = self.waist_y + 0.02

        def inside(place: Floats) -> Floats:
            return np.minimum(top - place[:, 1], place[:, 1] - end)

        return inside

    def top(self, look: Look):  # noqa: ANN201
        sleeve = float(np.interp(look.top.sleeve, [0, 1, 2], [self.shoulder_x, self.elbow_x, self.wrist_x]))
        hem = self.waist_y - look.top.hem

        def inside(place: Floats) -> Floats:
            from_neck = np.hypot(place[:, 0], place[:, 1] - self.neck[1] - 0.02) - 0.085
            behind = self.neck[2] - 0.3 - place[:, 2]
            neckline = np.maximum(from_neck, behind)
            return np.minimum.reduce(
                [place[:, 1] - hem, sleeve - np.abs(place[:, 0]), neckline, self.neck[1] + 0.03 - place[:, 1]]
            )

        return inside

    def long_hair(self, hair: Mesh) -> Mesh:
        """The hair, cut open in front of the face and at shoulder length."""
        up = hair.place[:, 1] - self.eye[1]
        fore = hair.place[:, 2] - self.eye[2]
        open_face = np.maximum(-0.075 + 0.55 * np.maximum(0.0, up - 0.03) - fore, up - 0.085)
        return hair.cut(np.minimum(open_face, hair.place[:, 1] - self.neck[1] - 0.02))


def eyes(body: Body) -> Floats:
    """Centre (3,) of the left eyeball at rest, metres."""
    eye = body.vertices[(body.vertex_group == EYE) & (body.vertices[:, 0] > 0)]
    return eye.mean(axis=0).astype(np.float32)


def _group(body: Body, group: int) -> Mesh:
    chosen = body.group == group
    triangle = body.triangles[chosen].astype(np.int32)
    place = body.vertices.astype(np.float32)
    weight = np.zeros((len(place), len(body.names)), np.float32)
    np.add.at(weight, (np.arange(len(place))[:, None], body.bone_index), body.bone_weight.astype(np.float32))
    whole = Mesh(place, normals(place, triangle), weight, triangle)
    return whole.taken(np.ones(len(triangle), bool))


def _plain(material: str, mesh: Mesh, colour: tuple[float, float, float]) -> Part:
    return Part(material, mesh, np.ones((len(mesh.place), 4), np.float32), colour)


def _cloth_detail(mesh: Mesh) -> Floats:
    x, y, z = mesh.place.T
    one = np.ones_like(x)
    return np.stack([(x + z) * 2.2, y * 2.2, one, one], axis=1)


def _skin_detail(mesh: Mesh) -> Floats:
    rng = np.random.default_rng(1)
    count = len(mesh.place)
    tint = 1.0 + rng.normal(0.0, 0.03, count)
    return np.stack([np.zeros(count), np.zeros(count), tint, 1.0 + rng.normal(0.0, 0.15, count)], axis=1).astype(
        np.float32
    )
