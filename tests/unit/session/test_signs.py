"""Signs given by the studio's people, as a perfect pose model would see them: from several sides.

What a real pose model makes of them is in the recordings; this asks whether the definitions fit bodies.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from formcheck.session.gestures import Gestures
from formcheck.session.sight import Sight
from formcheck.types import Floats, Recording
from samples.studio.body import Body
from samples.studio.camera import Camera
from samples.studio.life import scene
from samples.studio.skeleton import landmarks
from tests.unit.session.footage import frames

BODIES = ("man_average", "man_heavy", "man_lean_tall", "man_old", "woman_short_old", "woman_strong")
SIZE = (1280, 720)
FPS = 20


@cache
def points(body: str) -> Floats:
    """``(T, 33, 3)`` m: the scene of all signs."""
    track = scene("signs", Body.load(body), 32.0, 4)
    return landmarks(track.body, track.at(np.arange(0, track.duration_s, 1 / FPS)))


def seen(body: str, azimuth: float, elevation: float) -> Recording:
    """With 2 px of noise."""
    room = points(body)
    camera = Camera.around((0, 0, 1), (1, 0, 0), (0, 1.0, 0), azimuth, elevation, 3.2, fov_deg=50, size=SIZE)
    flat = camera.project(room)
    random = np.random.default_rng(1)
    image = np.zeros((len(room), 33, 4))
    image[..., :2] = flat + random.normal(0, 2, flat.shape)
    image[..., 3] = 0.95
    world = (room - room[:, [23, 24]].mean(axis=1, keepdims=True)) @ camera.axes.T * (1, -1, -1)
    return Recording(np.arange(len(room)) / FPS, image, world, SIZE)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(("azimuth", "elevation"), [(0, 5), (25, 10), (-25, 20), (45, 0)])
def test_every_sign_is_understood(body: str, azimuth: float, elevation: float) -> None:
    sight, gestures, out = Sight(), Gestures(), []
    for t, image, world in frames(seen(body, azimuth, elevation)):
        sight.add(t, image, world)
        held = gestures.update(t, image, sight.torso)
        if held and (held.fired or held.pain):
            out.append("pain" if held.pain else held.name)
    assert out == ["both_up", "one_up", "one_up", "crossed", "crossed", "pain"]
