"""Fewer triangles for the same shape: edges are collapsed where the surface is flat and moves as one.

Quadric error metrics (Garland and Heckbert, 1997), with the half-edge collapse: a vertex is merged into a
neighbour that stays where it is, so every vertex that is left keeps its place and its bones. Built for
bodies that are symmetric: what happens on one side happens on the other.
"""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

_BONES_COST = (
    4e-5  # square metres for a vertex that moves with quite another bone than the one it is merged into
)
_LENGTH_COST = 2e-4  # share of the square length: prefers short edges where all is flat
_TURN = 0.3  # cosine; a collapse may not turn a triangle's normal further


def thinned(
    place: NDArray[np.float64],
    triangle: NDArray[np.int64],
    weight: NDArray[np.float64],
    mirror: NDArray[np.int64],
    importance: NDArray[np.float64],
    target: int,
) -> NDArray[np.int64]:
    """The triangles that are left when about ``target`` are wanted.

    Args:
        place: Vertices (V, 3), metres.
        triangle: Vertex indices (T, 3).
        weight: Share of each bone in each vertex (V, B).
        mirror: Every vertex's other half (V,); itself in the middle.
        importance: Factor (V,) on the cost of losing a vertex; infinite keeps it.
        target: How many triangles.
    """
    return _Thinner(place, triangle, weight, mirror, importance).run(target)


class _Thinner:
    def __init__(
        self,
        place: NDArray[np.float64],
        triangle: NDArray[np.int64],
        weight: NDArray[np.float64],
        mirror: NDArray[np.int64],
        importance: NDArray[np.float64],
    ) -> None:
        self.place, self.weight, self.mirror, self.importance = place, weight, mirror, importance
        self.triangles = {i: tuple(int(v) for v in corners) for i, corners in enumerate(triangle)}
        self.around: dict[int, set[int]] = {}
        for i, corners in self.triangles.items():
            for v in corners:
                self.around.setdefault(v, set()).add(i)
        self.quadric = _quadrics(place, triangle)
        self.heap: list[tuple[float, int, int, int]] = []
        self.stamp = dict.fromkeys(self.around, 0)
        for v in self.around:
            self._push(v)

    def run(self, target: int) -> NDArray[np.int64]:
        while len(self.triangles) > target and self.heap:
            _, stamp, gone, kept = heapq.heappop(self.heap)
            if self.stamp.get(gone) != stamp or kept not in self.around:
                continue
            if not self._possible(gone, kept):
                continue
            self._collapse(gone, kept)
            twin, twin_kept = int(self.mirror[gone]), int(self.mirror[kept])
            if twin != gone and self._adjacent(twin, twin_kept) and self._possible(twin, twin_kept):
                self._collapse(twin, twin_kept)
        return np.array(list(self.triangles.values()))

    def _push(self, v: int) -> None:
        """Put the vertex's cheapest merges on the heap."""
        near = np.array(sorted(self._neighbours(v)))
        at_border = len(near) != len(self.around[v])
        if at_border or not np.isfinite(self.importance[v]):
            return
        self.stamp[v] += 1
        spots = np.concatenate([self.place[near], np.ones((len(near), 1))], axis=1)
        shape = np.einsum("ni,ij,nj->n", spots, self.quadric[v], spots)
        bones = ((self.weight[near] - self.weight[v]) ** 2).sum(axis=1)
        length = ((self.place[near] - self.place[v]) ** 2).sum(axis=1)
        cost = self.importance[v] * (
            np.maximum(shape, 0) + length * (_BONES_COST * 1e3 * bones + _LENGTH_COST)
        )
        for k in np.argsort(cost)[:4]:
            heapq.heappush(self.heap, (float(cost[k]), self.stamp[v], v, int(near[k])))

    def _neighbours(self, v: int) -> set[int]:
        return {u for i in self.around[v] for u in self.triangles[i]} - {v}

    def _adjacent(self, a: int, b: int) -> bool:
        return bool(self.around.get(a, set()) & self.around.get(b, set()))

    def _possible(self, gone: int, kept: int) -> bool:
        """Whether the surface stays a surface, and no triangle turns over."""
        shared = self.around[gone] & self.around[kept]
        if len(shared) != 2 or len(self._neighbours(gone) & self._neighbours(kept)) != 2:
            return False
        middle = self.mirror[gone] == gone
        if middle and self.mirror[kept] != kept:  # the seam of symmetry stays on itself
            return False
        for i in self.around[gone] - shared:
            before = self.triangles[i]
            after = [kept if v == gone else v for v in before]
            old, new = (_normal(self.place[list(c)]) for c in (before, after))
            if old @ new < _TURN * np.linalg.norm(old) * np.linalg.norm(new) or not new.any():
                return False
        return True

    def _collapse(self, gone: int, kept: int) -> None:
        touched = self._neighbours(gone)
        for i in self.around.pop(gone):
            corners = self.triangles[i]
            if kept in corners:
                del self.triangles[i]
                for v in corners:
                    if v != gone:
                        self.around[v].discard(i)
            else:
                a, b, c = (kept if v == gone else v for v in corners)
                self.triangles[i] = (a, b, c)
                self.around[kept].add(i)
        del self.stamp[gone]
        self.quadric[kept] += self.quadric[gone]
        for v in touched:
            self._push(v)


def _normal(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    a, b = corners[1] - corners[0], corners[2] - corners[0]
    return np.array([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])


def _quadrics(place: NDArray[np.float64], triangle: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sums (V, 4, 4) of the squared distance to the planes of a vertex's triangles."""
    a, b, c = (place[triangle[:, k]] for k in range(3))
    normal = np.cross(b - a, c - a)
    area = np.linalg.norm(normal, axis=1, keepdims=True)
    normal /= np.maximum(area, 1e-15)
    plane = np.concatenate([normal, -(normal * a).sum(axis=1, keepdims=True)], axis=1)
    one = plane[:, :, None] * plane[:, None, :]
    total = np.zeros((len(place), 4, 4))
    for k in range(3):
        np.add.at(total, triangle[:, k], one)
    return total
