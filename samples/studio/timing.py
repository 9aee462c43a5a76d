"""How a rep goes through time: the share of the full movement as a function of seconds.

Lifts and lowerings are minimum-jerk curves (the smoothest movement between two rests, which is how people
reach), bent a little so that a lift may be quick at first and a lowering hesitant. Two kinds of bad control
have curves of their own: the swung lift and the dropped return.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.rotation import Floats

#: A swung lift follows sin² and goes this much too far.
SWING_OVER: Final = 0.06
#: How much a held limb sinks.
SINKING: Final = 0.02
#: A dropped limb falls freely for this share of the way and is caught in the rest.
FALL: Final = 0.8
#: After a drop the limb bounces once, this high and this long (s).
BOUNCE: Final = (0.035, 0.22)
#: Step of the scan that measures a rep's times, s.
SCAN_S: Final = 0.001


def minimum_jerk(u: ArrayLike) -> Floats:
    """From 0 to 1 while `u` goes from 0 to 1, at rest on both ends; constant outside."""
    x = np.clip(np.asarray(u, np.float64), 0, 1)
    return x**3 * (10 - 15 * x + 6 * x * x)


def smooth(u: ArrayLike) -> Floats:
    """From 0 to 1 with level ends (a cubic); constant outside."""
    x = np.clip(np.asarray(u, np.float64), 0, 1)
    return x * x * (3 - 2 * x)


@dataclass(frozen=True)
class Stroke:
    """One rep in time: out to the turn and back.

    Attributes:
        start: When the movement begins, s.
        out: Seconds from the start to the turn's hold.
        hold: Seconds at the turn.
        back: Seconds back.
        height: Share of the exercise's full movement.
        swung: The way out is thrown and goes a little too far.
        falls: The part in which the body falls: "out" (a squat), "back" (everything else) or "".
        bend: How late the way out and the way back have their speed; 1 is even, below 1 early.
    """

    start: float
    out: float
    hold: float
    back: float
    height: float
    swung: bool = False
    falls: str = ""
    bend: float = 1.0

    @property
    def turn(self) -> float:
        """The middle of the hold, s."""
        return self.start + self.out + self.hold / 2

    @property
    def end(self) -> float:
        """The last moment of movement, s."""
        bounce = BOUNCE[1] if self.falls == "back" else 0.0
        return self.start + self.out + self.hold + self.back + bounce

    def at(self, times: ArrayLike) -> Floats:
        """The share of the full movement at `times` ``(T,)``; 0 before and after."""
        t = np.asarray(times, np.float64) - self.start
        reached, turned = self.out, self.out + self.hold
        # A little sinking while it is held: nobody holds quite still.
        peak = 1 + SWING_OVER if self.swung else 1 - SINKING * smooth((t - reached) / max(self.hold, 0.5))
        if self.swung:
            going = np.sin(np.clip(t / self.out, 0, 1) * np.pi / 2) ** 2
        elif self.falls == "out":
            going = _fallen(t / self.out)
        else:
            going = _bent(t / self.out, self.bend)
        coming = (t - turned) / self.back
        left = 1 - (_fallen(coming) if self.falls == "back" else _bent(coming, self.bend))
        share = np.where(t < turned, going, left) * peak
        if self.falls == "back":
            share = share + BOUNCE[0] * _bounce((t - turned - self.back) / BOUNCE[1])
        return self.height * share

    def control(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """How controlled it was, as a stop watch would tell.

        Returns:
            For the way out and the way back: seconds between 10 and 90 % of the height, and the peak speed in
            heights per second.
        """
        t = np.arange(self.start, self.end + SCAN_S, SCAN_S)
        share = self.at(t)
        share = share / share.max()
        peak = int(np.argmax(share))
        speed = np.gradient(share, SCAN_S)
        out = np.searchsorted(share[: peak + 1], 0.9) - np.searchsorted(share[: peak + 1], 0.1)
        back = np.argmax(share[peak:] < 0.1) - np.argmax(share[peak:] < 0.9)
        return (
            (float(out * SCAN_S), float(speed[: peak + 1].max())),
            (float(back * SCAN_S), float(-speed[peak:].min())),
        )


def _bent(u: ArrayLike, bend: float) -> Floats:
    return minimum_jerk(np.clip(np.asarray(u, np.float64), 0, 1) ** bend)


def _fallen(u: ArrayLike) -> Floats:
    """Share of the way fallen: steady acceleration, then a short steady braking; the speed has no jump."""
    x = np.clip(np.asarray(u, np.float64), 0, 1)
    # Half the acceleration, from: all of the way is done and the speed is 0 at the end.
    half = 1 / FALL
    braked = x - FALL
    return np.where(
        x < FALL,
        half * x**2,
        half * FALL**2 + 2 * half * FALL * braked - half * FALL / (1 - FALL) * braked**2,
    )


def _bounce(u: ArrayLike) -> Floats:
    x = np.clip(np.asarray(u, np.float64), 0, 1)
    return np.sin(np.pi * x) ** 2 * (1 - x) * 2
