"""What a person's body takes from the light of the room: the cast shadow, and the dark near contacts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samples.studio.figure import Figure
from samples.studio.gl import graphics

_REACH_M = 1.35  # from the middle of a tall person to the tip of a raised hand, and a bit
_MARGIN_M = 0.22  # flesh around the joints, and what they darken beside them
_SUN_PX, _HEIGHT_PX, _DIM_PX = 384, 96, 128
_FULL_M = 0.5  # what hangs higher no longer darkens the floor below
_SOFT_M, _CONTACT_M = 0.025, 0.05  # how far the edges of a shadow and of a contact are smeared


class Shadows:
    """Maps of what stands between the lights and the floor.

    Args:
        sun: Unit vector (3,) towards the key light.
        strength: How much of the floor's brightness goes without the key light, and without the ambient.
    """

    def __init__(self, sun: NDArray[np.float64], strength: tuple[float, float]) -> None:
        self._graphics = graphics()
        context = self._graphics.context
        self._sun, self._strength = sun, strength
        self._map = context.depth_texture((_SUN_PX, _SUN_PX))
        self._map.compare_func = "<="
        self._height = context.depth_texture((_HEIGHT_PX, _HEIGHT_PX))
        self._height.compare_func = ""
        self._dimming = context.texture((_DIM_PX, _DIM_PX), 1)
        for texture in (self._map, self._height, self._dimming):
            texture.repeat_x = texture.repeat_y = False
            texture.filter = (context.LINEAR, context.LINEAR)
        self._map_target = context.framebuffer(depth_attachment=self._map)
        self._height_target = context.framebuffer(depth_attachment=self._height)
        self._dimming_target = context.framebuffer([self._dimming])
        self._dim = context.vertex_array(self._graphics.dim, [])
        self._floor = context.vertex_array(self._graphics.floor, [])
        self._area = (0.0, 0.0, 1.0, 1.0)

    def light(self, position: NDArray[np.floating]) -> NDArray[np.float64]:
        """World to the sun's map (4, 4), for a person with joints (B, 3)."""
        return _flat_view(
            _middle(position), self._sun, (0.0, 1.0, 0.01), _REACH_M, -2 * _REACH_M, 2 * _REACH_M
        )

    def cast(self, figure: Figure, position: NDArray[np.floating], light: NDArray[np.float64]) -> None:
        """Fill the maps from a posed figure. Changes the framebuffer in use.

        Args:
            figure: Who.
            position: Joints (B, 3), metres.
            light: Of these joints; the scene's block has to have it as well.
        """
        context = self._graphics.context
        context.enable_only(context.DEPTH_TEST | context.CULL_FACE)
        self._map_target.use()
        self._map_target.clear(depth=1.0)
        figure.draw_depth(light)
        middle = _middle(position) * (1, 0, 1)
        below = _flat_view(middle, np.array([0.0, -1.0, 0.0]), (0.0, 0.0, 1.0), _REACH_M, -0.02, _FULL_M)
        self._height_target.use()
        self._height_target.clear(depth=1.0)
        figure.draw_depth(below)

        low, high = self._reached(position)
        self._area = (low[0], low[1], high[0] - low[0], high[1] - low[1])
        program = self._graphics.dim
        program["area"] = self._area
        program["below"] = tuple(below.T.ravel())
        program["strength"] = self._strength
        program["spread"] = (_SOFT_M / (2 * _REACH_M), _CONTACT_M / (2 * _REACH_M), _FULL_M)
        program["shadow"], program["height"] = 0, 1
        self._map.use(0)
        self._height.use(1)
        self._dimming_target.use()
        context.enable_only(context.NOTHING)
        self._dim.render(context.TRIANGLE_STRIP, vertices=4)

    def lay(self) -> None:
        """Darken the floor in the current framebuffer."""
        context, program = self._graphics.context, self._graphics.floor
        program["area"] = self._area
        program["dimming"] = 1
        self._dimming.use(1)
        context.enable_only(context.DEPTH_TEST | context.BLEND)
        context.blend_func = context.SRC_ALPHA, context.ONE_MINUS_SRC_ALPHA
        self._floor.render(context.TRIANGLE_STRIP, vertices=4)
        context.disable(context.BLEND)
        self._map.use(0)

    def _reached(self, position: NDArray[np.floating]) -> NDArray[np.float64]:
        """Smallest and largest x and z (2, 2) of the floor that a person may darken."""
        flat = position[:, [0, 2]]
        cast = flat - self._sun[[0, 2]] * (position[:, 1:2] / self._sun[1])
        both, middle = np.concatenate([flat, cast]), _middle(position)[[0, 2]]
        low = np.maximum(both.min(axis=0) - _MARGIN_M, middle - 2 * _REACH_M)
        high = np.minimum(both.max(axis=0) + _MARGIN_M, middle + 2 * _REACH_M)
        return np.stack([low, high])

    def release(self) -> None:
        """Give its memory back."""
        for item in (
            *(self._dim, self._floor),
            *(self._map_target, self._height_target, self._dimming_target),
            *(self._map, self._height, self._dimming),
        ):
            item.release()


def _middle(position: NDArray[np.floating]) -> NDArray[np.float64]:
    """Between a person's outermost joints (B, 3); the mean would lie near the hands, which have most."""
    middle: NDArray[np.float64] = (position.min(axis=0) + position.max(axis=0)) / 2
    return middle


def _flat_view(
    middle: NDArray[np.floating],
    towards: NDArray[np.floating],
    up: tuple[float, float, float],
    reach: float,
    near: float,
    far: float,
) -> NDArray[np.float64]:
    """A parallel projection (4, 4), seen from ``towards``: ``near`` to ``far`` metres behind ``middle``."""
    right = np.cross(up, towards)
    right /= np.linalg.norm(right)
    view = np.eye(4)
    view[:3, :3] = np.stack([right / reach, np.cross(towards, right) / reach, -towards * 2 / (far - near)])
    view[:3, 3] = -view[:3, :3] @ middle
    view[2, 3] -= (far + near) / (far - near)
    return view
