"""The small movements of a living body: sway, breath, tremor, and the swing that helps a thrown limb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from samples.studio.motion.faults import Sway
from samples.studio.rotation import Floats
from samples.studio.timing import Stroke, smooth

#: Degrees (root mean square) of the slow waves of each part. Quiet standing sways by about a degree and by
#: millimetres; lying people move less, but look around.
WAVES: Final = {"flexion": 0.5, "lateral": 0.4, "twist": 0.5, "nod": 1.5, "look": 2.0, "limb": 0.5}
#: Frequencies of slow sway, Hz.
SLOW: Final = (0.04, 0.5)
#: The pelvis' sway by posture, m (root mean square, level): standing people sway most.
SHIFT_M: Final = {
    "standing": 0.005,
    "quadruped": 0.003,
    "supine": 0.001,
    "side_lying": 0.001,
    "seated": 0.001,
    "hinged": 0.003,
}
#: A breath: Hz, and degrees of the chest.
BREATH_HZ: Final = (0.2, 0.32)
BREATH: Final = (0.5, 1.1)
#: Tremor of the free limb: Hz, degrees. Physiological tremor lies at 8–12 Hz; a loaded limb shakes slower.
TREMOR_HZ: Final = (3.0, 6.0)
TREMOR: Final = (0.05, 0.15)
#: Degrees by which the body rocks to throw a limb.
ROCK: Final = 5.0
#: Seconds in which sway fades towards a neighbour that has none.
FADE_S: Final = 0.6


@dataclass(frozen=True)
class Waves:
    """A sum of sines: Hz, amplitude and phase of each."""

    hz: Floats
    size: Floats
    phase: Floats

    @classmethod
    def draw(cls, rng: np.random.Generator, rms: float, hz: tuple[float, float], count: int = 4) -> Waves:
        """Random waves: together they have the given root mean square."""
        size = rng.uniform(0.5, 1.5, count)
        size *= rms * np.sqrt(2 / np.sum(size**2))
        # Spread over the octaves: slow waves are as frequent as quick ones.
        return cls(np.exp(rng.uniform(*np.log(hz), count)), size, rng.uniform(0, 2 * np.pi, count))

    def at(self, times: Floats) -> Floats:
        """``(T,)`` their sum."""
        return (self.size * np.sin(2 * np.pi * np.multiply.outer(times, self.hz) + self.phase)).sum(-1)


@dataclass(frozen=True)
class Swaying:
    """Somebody's small movements over a stretch of time.

    Attributes:
        slow: Waves by the part of `Sway`.
        shift: Waves of the pelvis along x and z, m.
        tremor: Of the free limb.
        breath: Of the chest.
        fade_in: Whether the stretch begins without sway.
        fade_out: Whether it ends without.
        duration_s: How long the stretch is.
    """

    slow: dict[str, Waves]
    shift: tuple[Waves, Waves]
    tremor: Waves
    breath: Waves
    fade_in: bool
    fade_out: bool
    duration_s: float

    @classmethod
    def draw(
        cls, rng: np.random.Generator, posture: str, duration_s: float, *, fade_in: bool, fade_out: bool
    ) -> Swaying:
        """A random person's."""
        still = rng.uniform(0.5, 1.3)
        slow = {part: Waves.draw(rng, still * rms, SLOW) for part, rms in WAVES.items()}
        shift = [Waves.draw(rng, still * SHIFT_M[posture], SLOW) for _ in range(2)]
        tremor = Waves.draw(rng, rng.uniform(*TREMOR), TREMOR_HZ)
        breath = Waves.draw(rng, rng.uniform(*BREATH) / np.sqrt(2), BREATH_HZ, 1)
        return cls(slow, (shift[0], shift[1]), tremor, breath, fade_in, fade_out, duration_s)

    def at(self, times: Floats, swung: Sequence[Stroke]) -> Sway:
        """The sway at `times` ``(T,)``, with a swing of the body in each of the `swung` strokes."""
        share = np.ones_like(times)
        if self.fade_in:
            share = share * smooth(times / FADE_S)
        if self.fade_out:
            share = share * smooth((self.duration_s - times) / FADE_S)
        part = {name: share * waves.at(times) for name, waves in self.slow.items()}
        part["limb"] = part["limb"] + share * self.tremor.at(times)
        rock = np.zeros_like(times)
        for stroke in swung:
            u = np.clip((times - stroke.start) / stroke.out, 0, 1)
            # Back to gather speed, then along with the limb.
            rock = rock - ROCK * np.sin(2 * np.pi * u) * np.sin(np.pi * u)
        x, z = (share * waves.at(times) for waves in self.shift)
        shift = np.stack([x, np.zeros_like(x), z], -1)
        return Sway(**part, breath=share * self.breath.at(times), rock=rock, shift=shift)
