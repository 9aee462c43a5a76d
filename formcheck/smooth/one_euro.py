"""The One Euro filter: little jitter at rest, little lag in motion; causal.

Source: Casiez, Roussel and Vogel, "1 EUR Filter", CHI 2012. A low-pass whose cutoff rises with speed.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from formcheck.types import Floats

#: A component missing for so long starts afresh, s: after longer gaps nothing is known.
GAP_S: Final = 0.5


class OneEuro:
    """Filters an array of any shape, each component for itself.

    Units are the caller's: `beta` is per unit of speed, so pixels want to be divided by the trunk's
    length first. Tuning: with `beta` 0 lower `min_cutoff` until rest is still, then raise `beta` until
    fast motion doesn't lag.
    """

    def __init__(self, min_cutoff: float, beta: float, d_cutoff: float = 1.0) -> None:
        """Starts without memory.

        Args:
            min_cutoff: Cutoff at rest, Hz.
            beta: How much the cutoff rises with speed, Hz per unit/s.
            d_cutoff: Cutoff for the speed itself, Hz.

        Raises:
            ValueError: A cutoff isn't positive, or beta is negative.
        """
        if min_cutoff <= 0 or d_cutoff <= 0 or beta < 0:
            raise ValueError(
                f"cutoffs must be positive and beta not negative: {min_cutoff}, {beta}, {d_cutoff}"
            )
        self._min_cutoff, self._beta, self._d_cutoff = min_cutoff, beta, d_cutoff
        self._value: Floats | None = None
        self._speed = np.zeros(())
        self._t = np.zeros(())

    def reset(self) -> None:
        """Forgets everything: the next value passes unchanged."""
        self._value = None

    def __call__(self, t: float, x: Floats) -> Floats:
        """Filters the value at time `t`.

        Args:
            t: Seconds. A time that isn't later than a component's last leaves its value as it was.
            x: Any shape, the same on every call. NaN comes back as NaN and teaches nothing.

        Returns:
            A new array of the shape of `x`.
        """
        x = np.asarray(x, float)
        if self._value is None:
            self._value, self._speed = np.full(x.shape, np.nan), np.zeros(x.shape)
            self._t = np.full(x.shape, -np.inf)
        seen = np.isfinite(x)
        fresh = seen & (np.isnan(self._value) | (t - self._t > GAP_S))
        later = seen & ~fresh & (t > self._t)
        dt = np.where(later, t - self._t, 1.0)
        raw_speed = (x - self._value) / dt
        speed = self._speed + _share(self._d_cutoff, dt) * (raw_speed - self._speed)
        cutoff = self._min_cutoff + self._beta * np.abs(speed)
        value = self._value + _share(cutoff, dt) * (x - self._value)
        self._value = np.where(fresh, x, np.where(later, value, self._value))
        self._speed = np.where(fresh, 0.0, np.where(later, speed, self._speed))
        self._t = np.where(fresh | later, t, self._t)
        return np.where(seen, self._value, np.nan)


def _share(cutoff: Floats | float, dt: Floats) -> Floats:
    """The weight of the new value in an exponential filter."""
    ratio: Floats = 2 * np.pi * np.asarray(cutoff) * dt
    return ratio / (1 + ratio)
