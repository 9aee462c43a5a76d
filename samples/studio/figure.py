"""A dressed person on the graphics card: buffers filled once, bones set for every picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from formcheck.landmarks import INDEX
from samples.studio.dress import dress, eyeball
from samples.studio.gl import BONES, Releasable, graphics
from samples.studio.people import Look

if TYPE_CHECKING:
    import moderngl

    from samples.studio.body import Body

_MOST_BONES = 64  # as many as skin.glsl has room for


class Figure:
    """A body in its look.

    Args:
        body: Whose shape.
        look: What it wears.
    """

    def __init__(self, body: Body, look: Look) -> None:
        self.body, self.look = body, look
        self._graphics = graphics()
        context = self._graphics.context
        self._parts = dress(body, look)
        blocks, triangles, first = [], [], 0
        for part in self._parts:
            mesh = part.mesh
            bones, weights = _strongest(mesh.weight)
            blocks.append(np.hstack([mesh.place, mesh.normal, bones, weights, part.detail]).astype("f4"))
            triangles.append(mesh.triangle + first)
            first += len(mesh.place)
        vertices = context.buffer(np.concatenate(blocks).tobytes())
        indices = context.buffer(np.concatenate(triangles).astype("i4").tobytes())
        self._bones = context.buffer(reserve=_MOST_BONES * 48, dynamic=True)
        across, up, ahead = (float(value) for value in eyeball(body))
        self._face = (up, ahead, across)
        corner = body.anchors[1][INDEX["mouth_left"]]
        self._mouth = (float(corner[0]), float(corner[1]))
        self._arrays = {
            material: context.vertex_array(program, [_layout(vertices, program)], indices)
            for material, program in self._graphics.materials.items()
        }
        self._caster = context.vertex_array(
            self._graphics.depth, [_layout(vertices, self._graphics.depth)], indices
        )
        self._owned: list[Releasable] = [*self._arrays.values(), self._caster, vertices, indices, self._bones]

    def pose(self, rotation: NDArray[np.floating], position: NDArray[np.floating]) -> None:
        """Set the bones: global rotations (B, 3, 3) from the anatomical neutral, heads (B, 3) in metres."""
        turn = rotation @ self.body.correction
        shift = position - np.einsum("bij,bj->bi", turn, self.body.heads)
        self._bones.write(np.concatenate([turn, shift[:, :, None]], axis=2).astype("f4").tobytes())

    def draw(self) -> None:
        """Draw it into the current framebuffer, in its current pose."""
        self._bones.bind_to_uniform_block(BONES)
        context = self._graphics.context
        first = 0
        for part in self._parts:
            program, count = self._graphics.materials[part.material], 3 * len(part.mesh.triangle)
            program["colour"] = linear(part.colour)
            if part.material in {"FACE", "EYE"}:
                program["face"] = self._face
            if part.material == "FACE":
                program["hair"] = linear(self.look.hair)
                program["mouth"] = self._mouth
            if part.material == "CLOTH":
                program["second"] = linear(part.second)
                program["pattern"] = part.pattern
            if part.material in {"CLOTH", "HAIR"}:
                context.disable(context.CULL_FACE)  # seen from inside at hems and ends
            else:
                context.enable(context.CULL_FACE)
            self._arrays[part.material].render(vertices=count, first=first)
            first += count

    def draw_depth(self, onto: NDArray[np.float64]) -> None:
        """Draw its depth into the current framebuffer, by a projection (4, 4)."""
        self._bones.bind_to_uniform_block(BONES)
        self._graphics.depth["onto"] = tuple(onto.T.ravel())
        self._caster.render()

    def release(self) -> None:
        """Give its memory back."""
        for item in self._owned:
            item.release()


def linear(colour: tuple[float, float, float]) -> tuple[float, float, float]:
    """A screen's colour as light, the inverse of the shaders' gamma."""
    red, green, blue = colour
    return red * red, green * green, blue * blue


def _strongest(weight: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The four bones with the largest shares (V, 4), and their shares, which sum to 1."""
    bones = np.argsort(-weight, axis=1)[:, :4]
    shares = np.take_along_axis(weight, bones, axis=1)
    return bones, shares / shares.sum(axis=1, keepdims=True)


def _layout(vertices: moderngl.Buffer, program: moderngl.Program) -> tuple[object, ...]:
    """The vertices' layout for a program, which may not use all of it."""
    fields = (("place", 3), ("normal", 3), ("bones", 4), ("weights", 4), ("detail", 4))
    used = [name in program for name, _ in fields]
    form = " ".join(f"{size}f" if use else f"{size}x4" for (_, size), use in zip(fields, used, strict=True))
    return (vertices, form, *(name for (name, _), use in zip(fields, used, strict=True) if use))
