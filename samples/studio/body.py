"""A body: its bones and skin at rest, and where the 33 landmarks sit on it.

The body's own axes, in which it is stored: x to the person's left, y up, z forward. Every bone's rotation is
told in these axes from an *anatomical neutral*: thighs, shins and arms straight down, feet forward. So the
rotation of a joint is simply a bone's rotation relative to its parent's, and knee flexion is a turn about x.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import SourceError
from formcheck.landmarks import COUNT, INDEX
from samples.studio.rotation import Floats, Y, about_y, across, turn_onto, unit

BODIES = Path(__file__).parent / "bodies"
SIDES = ("l", "r")
FINGERS = ("thumb", "index", "middle", "ring", "pinky")
#: Parts of the mesh by `Body.vertex_group`: skin, tights, hair, eyes, lashes, skirt.
SKIN, EYES = 0, 3
#: The left corner of the mouth in MakeHuman's base mesh, which all bodies share.
MOUTH_CORNER = 7182

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Body:
    """A person at rest: B bones, V vertices, F triangles.

    Attributes:
        name: The file's name without its ending.
        names: The bones, parents before children.
        index: Bone's name to its row.
        parent: ``(B,)`` row of the parent; −1 for the first bone.
        heads: ``(B, 3)`` where a bone begins, at rest, m.
        tails: ``(B, 3)`` where it ends.
        correction: ``(B, 3, 3)`` rest bone to anatomical neutral.
        vertices: ``(V, 3)`` at rest, m.
        triangles: ``(F, 3)``.
        group: ``(F,)`` part of the mesh that a triangle belongs to.
        vertex_group: ``(V,)`` the same for vertices.
        bone_index: ``(V, 4)`` bones that move a vertex.
        bone_weight: ``(V, 4)`` their shares, sum 1.
        anchors: The 33 landmarks at rest: ``(33,)`` bone, ``(33, 3)`` point.
    """

    name: str
    names: tuple[str, ...]
    index: Mapping[str, int]
    parent: Ints
    heads: Floats
    tails: Floats
    correction: Floats
    vertices: Floats
    triangles: Ints
    group: Ints
    vertex_group: Ints
    bone_index: Ints
    bone_weight: Floats
    anchors: tuple[Ints, Floats]

    @classmethod
    def load(cls, source: str | Path) -> Body:
        """Read a body.

        Args:
            source: A name of `samples/studio/bodies`, or the path of an .npz file.

        Raises:
            SourceError: There is no such body.
        """
        path = Path(source) if Path(source).suffix == ".npz" else BODIES / f"{source}.npz"
        if not path.exists():
            known = ", ".join(sorted(p.stem for p in BODIES.glob("*.npz"))) or "none"
            raise SourceError(f"no body at {path}", hint=f"known bodies: {known}")
        with np.load(path) as data:
            d = {key: data[key] for key in data.files}
        names = tuple(str(n) for n in d["names"])
        index = {n: i for i, n in enumerate(names)}
        heads, tails = d["heads"].astype(np.float64), d["tails"].astype(np.float64)
        vertices, bones = d["v"].astype(np.float64), d["bi"].astype(np.int64)
        return cls(
            name=path.stem,
            names=names,
            index=index,
            parent=d["parent"].astype(np.int64),
            heads=heads,
            tails=tails,
            correction=_corrections(index, heads, tails),
            vertices=vertices,
            triangles=d["tri"].astype(np.int64),
            group=d["grp"].astype(np.int64),
            vertex_group=d["vgrp"].astype(np.int64),
            bone_index=bones,
            bone_weight=d["bw"].astype(np.float64),
            anchors=_anchors(index, heads, vertices, d["vgrp"], bones[:, 0]),
        )

    def length(self, bone: str) -> float:
        """A limb's length from joint to joint, m; of thigh, calf, upperarm or lowerarm with a side."""
        part, side = bone.rsplit("_", 1)
        heir = {"thigh": "calf", "calf": "foot", "upperarm": "lowerarm", "lowerarm": "hand"}[part]
        return float(np.linalg.norm(self.offset(bone, f"{heir}_{side}")))

    def offset(self, bone: str, other: str) -> Floats:
        """The way from one bone's head to another's at rest ``(3,)``, m."""
        step: Floats = self.heads[self.index[other]] - self.heads[self.index[bone]]
        return step

    def vertices_of(self, *bones: str, share: float = 0.5) -> Ints:
        """Skin vertices that belong to one of the bones by at least `share`."""
        rows = [self.index[b] for b in bones]
        weight = np.where(np.isin(self.bone_index, rows), self.bone_weight, 0).sum(1)
        return np.flatnonzero((self.vertex_group == SKIN) & (weight >= share))

    @property
    def mirror(self) -> Ints:
        """``(B,)`` for every bone the same one of the other side."""
        swap = {"_l": "_r", "_r": "_l"}
        return np.array([self.index[n[:-2] + swap.get(n[-2:], n[-2:])] for n in self.names])


def _corrections(index: Mapping[str, int], heads: Floats, tails: Floats) -> Floats:
    """Rest bone to anatomical neutral, ``(B, 3, 3)``."""
    out = np.tile(np.eye(3), (len(index), 1, 1))
    down = -Y
    for s in SIDES:
        thigh, calf, foot = (index[f"{n}_{s}"] for n in ("thigh", "calf", "foot"))
        out[thigh] = turn_onto(heads[calf] - heads[thigh], down)
        out[calf] = turn_onto(heads[foot] - heads[calf], down)
        ahead = tails[foot] - heads[foot]
        out[[foot, index[f"ball_{s}"]]] = about_y(-np.degrees(np.arctan2(ahead[0], ahead[2])))
        arm, fore, hand = (index[f"{n}_{s}"] for n in ("upperarm", "lowerarm", "hand"))
        upper, lower = heads[fore] - heads[arm], heads[hand] - heads[fore]
        # The forearm is unbent about the elbow's own hinge, or every bent elbow would twist the skin.
        out[arm] = turn_onto(upper, down)
        out[fore] = out[arm] @ turn_onto(lower, upper)
        knuckles = heads[index[f"middle_01_{s}"]] - heads[hand]
        out[hand] = out[fore] @ turn_onto(knuckles, lower)
        for name, i in index.items():
            if name.endswith(f"_{s}") and name.split("_")[0] in FINGERS:
                out[i] = out[hand]
    return out


def palm(body: Body, side: str) -> Floats:
    """Where the palm looks in the hand's neutral: a level direction ``(3,)``, about to the thigh."""
    knuckle = [body.heads[body.index[f"{f}_01_{side}"]] for f in ("index", "pinky")]
    thumbwards = body.correction[body.index[f"hand_{side}"]] @ (knuckle[0] - knuckle[1])
    left = np.cross(unit(across(thumbwards, Y)), Y)
    return left if side == "l" else -left


def _anchors(
    index: Mapping[str, int], heads: Floats, vertices: Floats, group: NDArray, bone: Ints
) -> tuple[Ints, Floats]:
    """The landmarks' bones and their places at rest: joints are bones' heads, the rest is on the skin."""
    where: dict[str, tuple[str, Floats]] = {}

    def of(*names: str, side: float = 0.0) -> Floats:
        """The vertices of some bones, on one side if `side` is ±1."""
        rows = (group == SKIN) & np.isin(bone, [index[n] for n in names]) & (vertices[:, 0] * side >= 0)
        return vertices[rows]

    head = of("head")
    where["nose"] = ("head", head[np.argmax(head[:, 2])])
    for name, s, sign in (("left", "l", 1.0), ("right", "r", -1.0)):
        ball = vertices[(group == EYES) & (vertices[:, 0] * sign > 0)]
        middle, half = (ball.max(0) + ball.min(0)) / 2, np.ptp(ball[:, 0]) / 2
        front = np.array([middle[0], middle[1], ball[:, 2].max()])
        where[f"{name}_eye"] = ("head", front)
        # The corners of the lids: the eyeball's edge, where it has curved back by half of its radius.
        corner = np.array([0.85 * half * sign, 0, -0.5 * half])
        where[f"{name}_eye_outer"] = ("head", front + corner)
        where[f"{name}_eye_inner"] = ("head", front + corner * [-1, 1, 1])
        beside = head[np.abs(head[:, 1] - middle[1] + 0.02) < 0.03]
        where[f"{name}_ear"] = ("head", beside[np.argmax(sign * beside[:, 0])])
        where[f"mouth_{name}"] = ("head", vertices[MOUTH_CORNER] * [sign, 1, 1])
        joints = {"shoulder": "upperarm", "elbow": "lowerarm", "wrist": "hand"}
        joints |= {"hip": "thigh", "knee": "calf", "ankle": "foot"}
        joints |= {finger: f"{finger}_03" for finger in ("index", "pinky", "thumb")}
        for joint, owner in joints.items():
            where[f"{name}_{joint}"] = (f"{owner}_{s}", heads[index[f"{owner}_{s}"]])
        sole = of(f"foot_{s}", f"ball_{s}", side=sign)
        low = sole[sole[:, 1] < 0.04]
        where[f"{name}_heel"] = (f"foot_{s}", low[np.argmin(low[:, 2])])
        where[f"{name}_foot_index"] = (f"ball_{s}", sole[np.argmax(sole[:, 2])])
    if len(where) != COUNT:
        raise ValueError("every landmark needs its place on the body")
    names = sorted(where, key=lambda n: INDEX[n])
    return np.array([index[where[n][0]] for n in names]), np.array([where[n][1] for n in names])
