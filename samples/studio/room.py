"""Where it is filmed: walls, floor, mat, furniture and light. Colours are as seen on a screen, 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.camera import Camera
from samples.studio.people import Colour

Point = tuple[float, float, float]
Wall = Literal["plain", "stripes", "bricks"]
Floor = Literal["planks", "tiles", "carpet"]


@dataclass(frozen=True)
class Block:
    """A box: by itself, or as a piece of furniture.

    Attributes:
        middle: Its centre, metres.
        size: Along x, y and z, metres.
        colour: Red, green, blue.
        stays: Whether it is drawn even where it may hide the person.
    """

    middle: Point
    size: Point
    colour: Colour
    stays: bool = False

    def mirrored(self) -> Block:
        """On the other side of x, like somebody who works with the right side."""
        x, y, z = self.middle
        return replace(self, middle=(x, y, -z))


@dataclass(frozen=True)
class Light:
    """What lights a room.

    Attributes:
        sun: Direction towards the key light, be it a window or a lamp; any length.
        key: Its colour and strength.
        sky: Ambient light from above.
        ground: Ambient light from below.
        exposure: Gain of the camera.
        noise: Standard deviation of the sensor's noise, in levels of 255: see `film.Film`.
    """

    sun: Point = (-0.45, 0.75, 0.5)
    key: Colour = (1.25, 1.19, 1.10)
    sky: Colour = (0.52, 0.53, 0.56)
    ground: Colour = (0.34, 0.31, 0.28)
    exposure: float = 1.0
    noise: float = 1.5


@dataclass(frozen=True)
class Room:
    """A room, with its middle at the origin.

    Attributes:
        name: As listed.
        wall: Colour of the walls.
        floor: Colour of the floor.
        mat: Colour of the mat; None for no mat.
        mat_size: Along x and z, metres.
        light: What lights it.
        blocks: What stands and hangs in it, out of the way.
        wall_kind: The walls' pattern.
        floor_kind: The floor's.
        half: Half its size along x and z, and its height, metres.
    """

    name: str
    wall: Colour
    floor: Colour
    mat: Colour | None
    mat_size: tuple[float, float] = (2.0, 0.8)
    light: Light = field(default_factory=Light)
    blocks: tuple[Block, ...] = ()
    wall_kind: Wall = "plain"
    floor_kind: Floor = "planks"
    half: Point = (3.4, 3.2, 2.8)

    def with_blocks(self, blocks: tuple[Block, ...]) -> Room:
        """The room with more standing in it."""
        return replace(self, blocks=(*self.blocks, *blocks)) if blocks else self

    def hiding(self, camera: Camera, point: ArrayLike, *, reach_m: float = 0.1, gap_m: float = 0.5) -> Room:
        """The room with a pouf between the lens and a point, say an ankle.

        Args:
            camera: From where the point is not to be seen.
            point: The point (3,), metres, lower than the lens.
            reach_m: How much around the point is hidden as well.
            gap_m: How far from the point the pouf stands, towards the camera, over the floor.
        """
        spot, eye = np.asarray(point, float), np.asarray(camera.eye)
        across = (eye - spot) * (1, 0, 1)
        distance = float(np.linalg.norm(across))
        if eye[1] <= spot[1] or distance < 2 * gap_m:
            raise ValueError("nothing can stand between a point and a lens that is lower or that near")
        depth = 0.3
        near = gap_m + depth / 2
        foot = spot + across / distance * near
        height = spot[1] + (eye[1] - spot[1]) * (near + depth / 2) / distance + reach_m
        width = 2 * reach_m + 0.1
        # Boxes keep to the axes; a square one is wide enough from everywhere.
        side = max(depth, width)
        pouf = Block((foot[0], height / 2, foot[2]), (side, height, side), (0.55, 0.42, 0.36), stays=True)
        return replace(self, blocks=(*self.blocks, pouf))


def _picture(x: float, y: float, z: float, width: float, colour: Colour) -> tuple[Block, ...]:
    """A framed picture on the wall at z, looking into the room."""
    frame, inner = (width, width * 0.7, 0.03), (width * 0.86, width * 0.56, 0.034)
    return Block((x, y, z), frame, (0.25, 0.22, 0.20)), Block((x, y, z), inner, colour)


def _shelf(x: float, z: float, width: float, wood: Colour, *books: Colour) -> tuple[Block, ...]:
    """A bookcase of four boards with rows of books."""
    boards = [Block((x, 0.1 + 0.45 * k, z), (width, 0.04, 0.3), wood) for k in range(4)]
    sides = [Block((x + s * width / 2, 0.75, z), (0.04, 1.5, 0.3), wood) for s in (-1, 1)]
    rows = [
        Block((x + width * (0.12 * k - 0.2), 0.25 + 0.45 * (k % 3), z), (width * 0.3, 0.26, 0.2), book)
        for k, book in enumerate(books)
    ]
    return (*boards, *sides, *rows)


def _sofa(x: float, z: float, width: float, depth: float, colour: Colour) -> tuple[Block, ...]:
    """A sofa along the wall; deeper than wide turns it along z."""
    along_x = width >= depth
    out = 1 if (z if along_x else x) > 0 else -1
    back_at = (x, 0.45, z + out * depth * 0.42) if along_x else (x + out * width * 0.42, 0.45, z)
    back = (width, 0.85, depth * 0.2) if along_x else (width * 0.2, 0.85, depth)
    darker: Colour = (colour[0] * 0.85, colour[1] * 0.85, colour[2] * 0.85)
    return Block((x, 0.22, z), (width, 0.42, depth), colour), Block(back_at, back, darker)


def _plant(x: float, z: float, height: float) -> tuple[Block, ...]:
    """A pot with leaves."""
    leaves = [
        Block(
            (x + 0.14 * dx, height * up, z + 0.14 * dz),
            (0.26, height * 0.3, 0.22),
            (0.22 + 0.05 * up, 0.42 + 0.1 * dx, 0.2),
        )
        for dx, dz, up in ((-1, 0, 0.55), (1, 1, 0.6), (0, -1, 0.75), (0.6, 0, 0.86))
    ]
    return Block((x, 0.15, z), (0.3, 0.3, 0.3), (0.66, 0.42, 0.32)), *leaves


_EVENING = Light(
    sun=(0.5, 0.6, 0.45),
    key=(0.62, 0.47, 0.31),
    sky=(0.20, 0.17, 0.14),
    ground=(0.13, 0.11, 0.09),
    exposure=1.5,
    noise=4.0,
)

_LIST = (
    Room(
        "studio",
        wall=(0.88, 0.87, 0.85),
        floor=(0.74, 0.60, 0.47),
        mat=(0.50, 0.42, 0.62),
        blocks=(
            Block((-2.6, 0.25, -2.8), (0.9, 0.5, 0.4), (0.35, 0.36, 0.40)),
            Block((2.9, 1.0, -2.7), (0.5, 2.0, 0.5), (0.80, 0.78, 0.74)),
            *_picture(0.6, 1.6, -3.18, 0.9, (0.45, 0.55, 0.62)),
        ),
    ),
    Room(
        "living",
        wall=(0.80, 0.76, 0.68),
        floor=(0.52, 0.38, 0.28),
        mat=(0.25, 0.47, 0.47),
        light=Light(sun=(0.8, 0.6, 0.25), key=(1.35, 1.25, 1.1)),
        blocks=(
            *_sofa(-0.8, -2.75, 1.9, 0.8, (0.48, 0.50, 0.54)),
            *_picture(-0.7, 1.7, -3.18, 1.0, (0.66, 0.48, 0.34)),
            *_shelf(1.9, -3.0, 1.0, (0.45, 0.32, 0.22), (0.5, 0.2, 0.2), (0.2, 0.3, 0.4), (0.6, 0.6, 0.5)),
            *_plant(-3.0, 2.6, 1.2),
            Block((3.0, 0.3, 1.2), (0.5, 0.6, 1.2), (0.60, 0.45, 0.32)),
        ),
    ),
    Room(
        "bedroom",
        wall=(0.66, 0.71, 0.76),
        floor=(0.62, 0.58, 0.53),
        mat=(0.72, 0.50, 0.53),
        wall_kind="stripes",
        floor_kind="carpet",
        light=Light(sun=(0.1, 0.7, -0.7), key=(1.0, 1.0, 1.02), sky=(0.56, 0.58, 0.64)),
        blocks=(
            Block((-2.9, 0.25, -0.6), (1.0, 0.5, 2.0), (0.86, 0.84, 0.80)),
            Block((-2.9, 0.55, -1.4), (0.8, 0.14, 0.4), (0.93, 0.92, 0.90)),
            Block((1.2, 1.05, 2.95), (1.6, 2.1, 0.5), (0.55, 0.44, 0.34)),
            Block((1.2, 1.05, 2.69), (0.02, 1.9, 0.02), (0.25, 0.2, 0.16)),
            *_picture(0.8, 1.6, -3.18, 0.6, (0.75, 0.70, 0.55)),
        ),
    ),
    Room(
        "attic",
        wall=(0.56, 0.40, 0.34),
        floor=(0.36, 0.27, 0.21),
        mat=(0.17, 0.17, 0.19),
        wall_kind="bricks",
        light=_EVENING,
        blocks=(
            *_shelf(-1.6, -2.9, 1.1, (0.30, 0.22, 0.16), (0.35, 0.2, 0.2), (0.2, 0.25, 0.3)),
            Block((2.7, 0.35, -2.5), (0.8, 0.7, 0.6), (0.40, 0.30, 0.22)),
            Block((2.7, 0.9, -2.5), (0.25, 0.4, 0.25), (0.95, 0.85, 0.6)),
            *_sofa(2.9, 0.9, 0.8, 1.7, (0.33, 0.26, 0.24)),
        ),
    ),
    Room(
        "gym",
        wall=(0.62, 0.64, 0.66),
        floor=(0.28, 0.29, 0.31),
        mat=(0.13, 0.13, 0.15),
        mat_size=(1.9, 0.7),
        floor_kind="tiles",
        light=Light(sun=(0.1, 1.0, 0.3), key=(1.15, 1.18, 1.2), sky=(0.62, 0.65, 0.70), noise=2.0),
        blocks=(
            Block((-1.8, 0.5, -3.2), (2.2, 0.06, 0.5), (0.2, 0.2, 0.22)),
            Block((-1.8, 0.9, -3.2), (2.2, 0.06, 0.4), (0.2, 0.2, 0.22)),
            *(Block((-2.7 + 0.3 * k, 0.6, -3.2), (0.14, 0.14, 0.3), (0.1, 0.1, 0.1)) for k in range(7)),
            Block((2.2, 0.22, -2.9), (1.2, 0.44, 0.35), (0.55, 0.12, 0.12)),
            Block((-3.4, 1.1, 0.8), (0.3, 2.2, 1.2), (0.22, 0.24, 0.28)),
        ),
        half=(3.8, 3.6, 3.2),
    ),
    Room(
        "kitchen",
        wall=(0.78, 0.81, 0.76),
        floor=(0.72, 0.70, 0.66),
        mat=(0.38, 0.55, 0.36),
        floor_kind="tiles",
        light=Light(sun=(-0.7, 0.55, -0.4), key=(1.3, 1.27, 1.2)),
        blocks=(
            Block((0.3, 0.45, -2.75), (3.4, 0.9, 0.6), (0.86, 0.85, 0.82)),
            Block((0.3, 0.92, -2.73), (3.4, 0.04, 0.64), (0.34, 0.30, 0.28)),
            Block((0.3, 1.75, -2.9), (3.4, 0.6, 0.35), (0.82, 0.81, 0.78)),
            Block((-2.6, 0.95, -2.7), (0.6, 1.9, 0.6), (0.90, 0.90, 0.91)),
            Block((2.9, 0.37, 1.6), (0.8, 0.74, 1.2), (0.62, 0.48, 0.34)),
            *_plant(2.9, -1.2, 0.9),
        ),
        half=(3.3, 3.05, 2.6),
    ),
    Room(
        "garage",
        wall=(0.60, 0.58, 0.55),
        floor=(0.50, 0.49, 0.48),
        mat=(0.30, 0.36, 0.48),
        mat_size=(1.8, 0.6),
        wall_kind="bricks",
        floor_kind="carpet",
        light=Light(
            sun=(-0.2, 1.0, -0.15),
            key=(0.75, 0.77, 0.72),
            sky=(0.28, 0.29, 0.29),
            ground=(0.18, 0.18, 0.17),
            exposure=1.1,
            noise=3.0,
        ),
        blocks=(
            *_shelf(
                -2.2, -2.9, 1.4, (0.40, 0.40, 0.42), (0.6, 0.45, 0.3), (0.6, 0.48, 0.33), (0.3, 0.35, 0.5)
            ),
            Block((1.4, 0.3, -2.8), (0.6, 0.6, 0.5), (0.62, 0.48, 0.34)),
            Block((1.5, 0.8, -2.8), (0.5, 0.4, 0.4), (0.58, 0.46, 0.32)),
            Block((3.0, 0.7, 1.0), (0.3, 1.4, 1.6), (0.35, 0.15, 0.13)),
        ),
    ),
    Room(
        "lounge",
        wall=(0.44, 0.36, 0.38),
        floor=(0.38, 0.26, 0.19),
        mat=(0.20, 0.16, 0.20),
        light=replace(_EVENING, sun=(-0.6, 0.5, 0.35), key=(0.55, 0.42, 0.30), noise=4.5),
        blocks=(
            *_sofa(0.5, -2.8, 2.1, 0.85, (0.42, 0.20, 0.22)),
            *_picture(0.5, 1.65, -3.18, 1.1, (0.30, 0.34, 0.40)),
            Block((-2.5, 0.7, -2.7), (0.3, 1.4, 0.3), (0.20, 0.17, 0.15)),
            Block((-2.5, 1.5, -2.7), (0.4, 0.3, 0.4), (0.98, 0.88, 0.62)),
            Block((-3.1, 0.4, 1.4), (0.4, 0.8, 1.3), (0.28, 0.20, 0.16)),
            *_plant(2.9, 2.6, 1.4),
        ),
    ),
)

ROOMS: dict[str, Room] = {room.name: room for room in _LIST}
