"""The renderer: a room once, and in front of it the people of every picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from samples.studio.camera import Camera
from samples.studio.canvas import Canvas, Picture
from samples.studio.figure import Figure
from samples.studio.gl import SCENE, Releasable, graphics
from samples.studio.people import Look
from samples.studio.room import Light, Room
from samples.studio.scenery import Scenery
from samples.studio.shadow import Shadows

if TYPE_CHECKING:
    from samples.studio.body import Body

Other = tuple["Body", Look, NDArray[np.floating], NDArray[np.floating]]

_FOLDS_PX = 256


class Renderer:
    """Pictures of one clip: fixed camera, room and people.

    For one thread at a time, like all graphics here. Release it when the clip is done.

    Args:
        body: The person's shape.
        look: What the person wears.
        room: Where.
        camera: From where; its size is the pictures'.
        samples: Samples a pixel: 0 leaves edges to the lens's softness (`film.Film`) and is three times as
            fast as 4, which makes them smooth.

    Raises:
        SetupError: This machine can't draw.
    """

    def __init__(self, body: Body, look: Look, room: Room, camera: Camera, *, samples: int = 0) -> None:
        self._camera, self._lamp = camera, room.light
        self._graphics = graphics()
        context = self._graphics.context
        sun = np.asarray(room.light.sun, float)
        self._sun = sun / np.linalg.norm(sun)
        self._scene = context.buffer(reserve=208, dynamic=True)
        self._folds = context.texture((_FOLDS_PX, _FOLDS_PX), 3, _folds().tobytes())
        self._shadows = Shadows(self._sun, _shadow_strength(room.light, float(self._sun[1])))
        self._figures: dict[tuple[int, Look], Figure] = {}
        self._main = self._figure(body, look)
        self._write_scene(np.eye(4))
        self._canvas = Canvas(camera.size, samples)
        scenery = Scenery(room, camera)
        self._canvas.use_backdrop()
        scenery.draw_depth()
        self._canvas.paint_backdrop(scenery.picture())
        scenery.release()

    def frame(
        self,
        rotation: NDArray[np.floating],
        position: NDArray[np.floating],
        others: Sequence[Other] = (),
    ) -> Picture:
        """One picture, (height, width, 3) RGB.

        Args:
            rotation: The person's global bone rotations (B, 3, 3), from the anatomical neutral.
            position: The person's bone heads (B, 3), metres.
            others: More people: body, look, rotation, position.
        """
        people = [(self._main, rotation, position)]
        people += [(self._figure(body, look), turn, place) for body, look, turn, place in others]
        self._canvas.start()
        for figure, turn, place in people:
            figure.pose(turn, place)
            light = self._shadows.light(place)
            self._write_scene(light)
            self._shadows.cast(figure, place, light)
            self._canvas.use(depths=False)
            self._shadows.lay()
            self._canvas.use()
            self._folds.use(1)
            figure.draw()
        return self._canvas.read()

    def release(self) -> None:
        """Give the graphics' memory back."""
        owned: list[Releasable] = [self._shadows, self._canvas, self._scene, self._folds]
        for item in (*owned, *self._figures.values()):
            item.release()

    def _figure(self, body: Body, look: Look) -> Figure:
        key = (id(body), look)
        if key not in self._figures:
            self._figures[key] = Figure(body, look)
        return self._figures[key]

    def _write_scene(self, light: NDArray[np.float64]) -> None:
        lamp = self._lamp
        values = np.concatenate(
            [
                self._camera.clip_matrix().T.ravel(),
                light.T.ravel(),
                (*self._camera.eye, 1.0),
                (*self._sun, 0.0),
                (*lamp.key, 0.0),
                (*lamp.sky, 0.0),
                (*lamp.ground, lamp.exposure),
            ]
        )
        self._scene.write(values.astype("f4").tobytes())
        self._scene.bind_to_uniform_block(SCENE)


def _folds() -> NDArray[np.uint8]:
    """A tiling texture (256, 256, 3): slope of folds along two directions, and a weave."""
    rng = np.random.default_rng(7)
    across, along = np.meshgrid(*[np.fft.fftfreq(_FOLDS_PX, 1 / _FOLDS_PX)] * 2)
    # About eight folds side by side, three times as long as wide: cloth hangs.
    spectrum = np.exp(-((np.hypot(across, 3 * along) - 8) ** 2) / 30)
    height = np.fft.ifft2(np.fft.fft2(rng.normal(size=across.shape)) * spectrum).real
    slopes = [np.gradient(height, axis=axis) for axis in (1, 0)]
    steepest = max(np.abs(slope).max() for slope in slopes)
    layers = [slope / steepest for slope in slopes]
    layers.append(np.clip(rng.normal(0.0, 0.3, height.shape), -1, 1))
    return np.round(127.5 + 127.5 * np.stack(layers, axis=2)).astype(np.uint8)


def _shadow_strength(light: Light, sun_height: float) -> tuple[float, float]:
    """How much darker the floor looks without the key light, and without the ambient light."""
    key, ambient = sun_height * sum(light.key) / 3, sum(light.sky) / 3

    def shown(value: float) -> float:
        exposed = 0.4 * value * light.exposure  # a floor of middling brightness
        return float(np.sqrt(exposed / (1 + 0.25 * exposed)))

    return 1 - shown(ambient) / shown(key + ambient), 0.75
