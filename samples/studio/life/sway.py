"""Small movements that never stop: breath, the trunk's sway, a head that is never still."""

from __future__ import annotations

import numpy as np

from samples.studio.body import Body
from samples.studio.rotation import Floats, about_x, about_y, about_z

# Degrees (standard deviation) about x, y and z for each bone, and how fast the slowest wave is (Hz).
_AMOUNT = {
    "spine_01": (0.7, 0.5, 0.6),
    "spine_03": (0.5, 0.8, 0.5),
    "neck_01": (1.2, 1.8, 0.9),
    "head": (1.0, 1.5, 0.8),
    "clavicle_l": (0.5, 0.5, 0.8),
    "clavicle_r": (0.5, 0.5, 0.8),
}
_SLOWEST_HZ, _WAVES = 0.12, 4
# Resting adults breathe 12 to 18 times a minute; the chest lifts by about 1 degree.
_BREATH_HZ, _BREATH_DEG = (0.2, 0.3), 0.9
# Both ends are still, so that movements join; this long does it take to fade in (s).
FADE_S = 0.6


def sway(body: Body, times: Floats, random: np.random.Generator, restless: float = 1.0) -> Floats:
    """Extra rotations relative to the parent bone, ``(N, B, 3, 3)``; none at the first and the last instant.

    Args:
        body: Whose bones.
        times: ``(N,)`` instants, s.
        random: What the waves are drawn from.
        restless: 1 for a person who tries to hold still.
    """
    edge = np.clip(np.minimum(times - times[0], times[-1] - times) / FADE_S, 0, 1)
    fade = edge**2 * (3 - 2 * edge)
    layer = np.tile(np.eye(3), (len(times), len(body.names), 1, 1))
    for bone, amount in _AMOUNT.items():
        x, y, z = (restless * a * fade * _noise(times, random) for a in amount)
        layer[:, body.index[bone]] = about_x(x) @ about_y(y) @ about_z(z)
    breath = np.sin(2 * np.pi * (random.uniform(*_BREATH_HZ) * times + random.random()))
    chest = body.index["spine_02"]
    layer[:, chest] = about_x(-_BREATH_DEG * fade * breath)
    return layer


def _noise(times: Floats, random: np.random.Generator) -> Floats:
    """Smooth noise ``(N,)`` of standard deviation about 1: waves an octave apart, the slowest the largest."""
    octave = np.arange(_WAVES)
    hertz = _SLOWEST_HZ * 2.0**octave * random.uniform(0.8, 1.25, _WAVES)
    size = 0.6**octave
    waves = np.sin(2 * np.pi * (np.outer(times, hertz) + random.random(_WAVES)))
    noise: Floats = waves @ size / np.sqrt(np.sum(size**2) / 2)
    return noise
