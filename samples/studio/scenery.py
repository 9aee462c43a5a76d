"""A room on the graphics card: painted once, then only its depth, so that furniture can hide people."""

from __future__ import annotations

import itertools
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from samples.studio.camera import Camera
from samples.studio.figure import linear
from samples.studio.gl import graphics
from samples.studio.room import Block, Floor, Room, Wall

_FLOOR, _WALL, _BLOCK = 0.0, 1.0, 2.0
_WALLS, _FLOORS = get_args(Wall), get_args(Floor)
_PERSON_M = (
    0.5  # from the point the camera looks at, backwards: furniture may stand beside the mat, not on it
)
_SUNK_M = 0.02  # near the lens depths of large faces are that inexact
_FINE = 2  # the room is painted this many times larger and shrunk, for smooth edges


class Scenery:
    """A room, ready to be drawn.

    Args:
        room: Which.
        camera: From where it is seen. What might stand before the person is left out, unless it is meant to.
    """

    def __init__(self, room: Room, camera: Camera) -> None:
        self._graphics = graphics()
        self._room, self._camera = room, camera
        self._blocks = [block for block in room.blocks if block.stays or _behind(block, camera)]
        context = self._graphics.context
        shell = _shell(room)
        blocks = [_box(block.middle, block.size, linear(block.colour), _BLOCK) for block in self._blocks]
        faces = np.concatenate([shell, *blocks]).astype("f4")
        self._buffer = context.buffer(faces.tobytes())
        self._array = context.vertex_array(
            self._graphics.room, [(self._buffer, "3f 3f 4f", "place", "normal", "paint")]
        )

    def picture(self) -> NDArray[np.uint8]:
        """The empty room as the current scene's camera sees it, (height, width, 3)."""
        import cv2

        room, program, size = self._room, self._graphics.room, self._camera.size
        program["mat_colour"] = (*linear(room.mat), 1.0) if room.mat else (0.0, 0.0, 0.0, 0.0)
        program["mat_half"] = (room.mat_size[0] / 2, room.mat_size[1] / 2)
        program["wall_kind"] = _WALLS.index(room.wall_kind)
        program["floor_kind"] = _FLOORS.index(room.floor_kind)
        standing = [block for block in self._blocks if block.middle[1] - block.size[1] / 2 < 0.05]
        footprint = np.zeros((24, 4), "f4")
        for row, block in zip(footprint, standing, strict=False):
            row[:] = block.middle[0], block.middle[2], block.size[0] / 2, block.size[2] / 2
        program["footprint"] = [tuple(row) for row in footprint.tolist()]
        program["blocks"] = min(len(standing), len(footprint))
        context = self._graphics.context
        fine = (size[0] * _FINE, size[1] * _FINE)
        colour, depth = context.renderbuffer(fine, 4), context.depth_renderbuffer(fine)
        target = context.framebuffer([colour], depth)
        target.use()
        target.clear()
        self._draw(0.0)
        large = np.frombuffer(target.read(components=3, alignment=1), np.uint8).reshape(fine[1], fine[0], 3)
        for item in (target, colour, depth):
            item.release()
        picture: NDArray[np.uint8] = cv2.resize(large[::-1], size, interpolation=cv2.INTER_AREA)
        return picture

    def draw_depth(self) -> None:
        """Draw it into the current framebuffer for its depth, in which shadows lie well above the floor."""
        self._draw(_SUNK_M)

    def _draw(self, sunk_m: float) -> None:
        self._graphics.room["sunk"] = sunk_m
        context = self._graphics.context
        context.enable_only(context.DEPTH_TEST | context.CULL_FACE)
        self._array.render()

    def release(self) -> None:
        """Give its memory back."""
        self._array.release()
        self._buffer.release()


def _behind(block: Block, camera: Camera) -> bool:
    """Whether a block stands further from the lens than anything of somebody exercising."""
    signs = np.array(list(itertools.product((-0.5, 0.5), repeat=3)))
    nearest = camera.depth(np.array(block.middle) + signs * block.size).min()
    return bool(nearest > camera.depth(camera.target) + _PERSON_M)


def _shell(room: Room) -> NDArray[np.floating]:
    x, z, height = room.half
    floor, wall = (*linear(room.floor), _FLOOR), (*linear(room.wall), _WALL)
    ceiling = (0.8, 0.8, 0.8, _BLOCK)
    corners = {
        (0, 1, 0): ([(-x, 0, -z), (-x, 0, z), (x, 0, z), (x, 0, -z)], floor),
        (0, -1, 0): ([(-x, height, -z), (x, height, -z), (x, height, z), (-x, height, z)], ceiling),
        (0, 0, 1): ([(-x, 0, -z), (x, 0, -z), (x, height, -z), (-x, height, -z)], wall),
        (0, 0, -1): ([(x, 0, z), (-x, 0, z), (-x, height, z), (x, height, z)], wall),
        (1, 0, 0): ([(-x, 0, z), (-x, 0, -z), (-x, height, -z), (-x, height, z)], wall),
        (-1, 0, 0): ([(x, 0, -z), (x, 0, z), (x, height, z), (x, height, -z)], wall),
    }
    return np.concatenate(
        [_face(np.array(four, float), normal, paint) for normal, (four, paint) in corners.items()]
    )


def _box(
    middle: tuple[float, float, float],
    size: tuple[float, float, float],
    colour: tuple[float, float, float],
    kind: float,
) -> NDArray[np.floating]:
    faces = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            normal = np.zeros(3)
            normal[axis] = sign
            u, v = np.eye(3)[(axis + 1) % 3], np.eye(3)[(axis + 2) % 3] * sign
            four = [normal + a * u + b * v for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
            faces.append(
                _face(np.array(middle) + np.array(four) * np.array(size) / 2, normal, (*colour, kind))
            )
    return np.concatenate(faces)


def _face(four: NDArray[np.floating], normal: object, paint: tuple[float, ...]) -> NDArray[np.floating]:
    """Two triangles (6, 10) of a flat quadrilateral given counter-clockwise from outside."""
    six = four[[0, 1, 2, 0, 2, 3]]
    rest = np.array([*np.asarray(normal, float), *paint])
    return np.hstack([six, np.tile(rest, (6, 1))])
