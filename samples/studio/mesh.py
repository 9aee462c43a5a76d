"""Triangle meshes that know their bones: cut, offset, joined. All on the body at rest, in metres."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Mesh:
    """A surface bound to bones.

    Attributes:
        place: Vertices (V, 3) at rest, metres.
        normal: Unit normals (V, 3).
        weight: Share of each bone in each vertex, (V, B), rows sum to 1.
        triangle: Vertex indices (T, 3), counter-clockwise from outside.
    """

    place: Floats
    normal: Floats
    weight: Floats
    triangle: NDArray[np.int32]

    def taken(self, kept: NDArray[np.bool_]) -> Mesh:
        """The triangles where ``kept`` (T,) holds, with only the vertices they use."""
        used, index = np.unique(self.triangle[kept], return_inverse=True)
        return Mesh(
            self.place[used],
            self.normal[used],
            self.weight[used],
            index.reshape(-1, 3).astype(np.int32),
        )

    def compact(self) -> Mesh:
        """The same without the vertices that no triangle uses."""
        return self.taken(np.ones(len(self.triangle), bool))

    def pushed(self, distance: NDArray[np.floating] | float) -> Mesh:
        """Every vertex moved outwards by ``distance`` (V,) or one for all, metres."""
        step = np.broadcast_to(np.asarray(distance, np.float32), len(self.place))
        return replace(self, place=self.place + self.normal * step[:, None])

    def smoothed(self, rounds: int) -> Mesh:
        """Every vertex moved towards the mean of its neighbours, so many times: toes become a shoe's cap."""
        edge = np.concatenate([self.triangle[:, [0, 1]], self.triangle[:, [1, 2]], self.triangle[:, [2, 0]]])
        edge = np.concatenate([edge, edge[:, ::-1]])
        count = np.bincount(edge[:, 0], minlength=len(self.place))[:, None]
        place = self.place
        for _ in range(rounds):
            around = np.zeros_like(place)
            np.add.at(around, edge[:, 0], place[edge[:, 1]])
            place = ((place + around / count) / 2).astype(np.float32)
        return replace(self, place=place, normal=normals(place, self.triangle))

    def cut(self, field: NDArray[np.floating]) -> Mesh:
        """What lies where ``field`` (V,) is positive; triangles across the border are cut along it."""
        inside = field > 0
        corners = inside[self.triangle].sum(axis=1)
        border = self.triangle[(corners == 1) | (corners == 2)]
        if not len(border):
            return self.taken(corners == 3)
        # Turn each border triangle so that its odd corner, alone on its side, comes first.
        side = inside[border]
        odd = np.argmax(side == (side.sum(axis=1) == 1)[:, None], axis=1)
        turned = np.take_along_axis(border, (odd[:, None] + np.arange(3)) % 3, axis=1)
        lone = inside[turned[:, 0]]
        first = self._crossings(turned[:, [0, 1]], field)
        second = self._crossings(turned[:, [0, 2]], field)
        count, new = len(self.place), len(turned)
        one = count + np.arange(new)
        two = one + new
        tips = np.stack([turned[:, 0], one, two], axis=1)[lone]
        rest = ~lone
        bases = np.concatenate(
            [
                np.stack([one, turned[:, 1], turned[:, 2]], axis=1)[rest],
                np.stack([one, turned[:, 2], two], axis=1)[rest],
            ]
        )
        whole = Mesh(
            np.concatenate([self.place, first.place, second.place]),
            np.concatenate([self.normal, first.normal, second.normal]),
            np.concatenate([self.weight, first.weight, second.weight]),
            np.concatenate([self.triangle[corners == 3], tips, bases]).astype(np.int32),
        )
        return whole.compact()

    def _crossings(self, edge: NDArray[np.int32], field: NDArray[np.floating]) -> Mesh:
        """New vertices where ``field`` is zero on the edges (E, 2); no triangles."""
        values = field[edge]
        share = (values[:, 0] / (values[:, 0] - values[:, 1])).astype(np.float32)[:, None]

        def between(values: Floats) -> Floats:
            return values[edge[:, 0]] * (1 - share) + values[edge[:, 1]] * share

        return Mesh(
            between(self.place), _unit(between(self.normal)), between(self.weight), np.empty((0, 3), np.int32)
        )


def normals(place: NDArray[np.floating], triangle: NDArray[np.integer]) -> Floats:
    """Unit vertex normals (V, 3): the mean of the touching triangles' normals, by area."""
    a, b, c = (place[triangle[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    total = np.stack(
        [np.bincount(triangle.ravel(), np.repeat(face[:, k], 3), len(place)) for k in range(3)], axis=1
    )
    return _unit(total.astype(np.float32))


def _unit(vectors: Floats) -> Floats:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: Floats = (vectors / np.maximum(length, 1e-9)).astype(np.float32)
    return result


def ball(middle: Floats, radius: float, bone: int, bones: int) -> Mesh:
    """A ball of 8 by 12 faces that follows one of ``bones`` bones."""
    polar, round_ = np.meshgrid(np.linspace(0, np.pi, 9), np.arange(12) * np.pi / 6, indexing="ij")
    normal = np.stack(
        [np.sin(polar) * np.cos(round_), np.cos(polar), np.sin(polar) * np.sin(round_)], axis=-1
    )
    normal = normal.reshape(-1, 3).astype(np.float32)
    row, column = np.meshgrid(np.arange(8) * 12, np.arange(12), indexing="ij")
    next_ = (column + 1) % 12
    a, b, c, d = row + column, row + next_, row + 12 + next_, row + 12 + column
    triangle = np.stack([a, b, c, a, c, d], axis=-1).reshape(-1, 3).astype(np.int32)
    weight = np.zeros((len(normal), bones), np.float32)
    weight[:, bone] = 1.0
    return Mesh((middle + radius * normal).astype(np.float32), normal, weight, triangle)
