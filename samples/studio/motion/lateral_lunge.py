"""Lateral lunge: a step to the side, the hips go back and down over it, the other leg stays straight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.motion import _lunge
from samples.studio.motion._lunge import ANGLE, LEAST, POSTURE, Foot, angle, leg_length, sideways
from samples.studio.motion._lunge_pose import stand
from samples.studio.motion._split import ALTERNATES, WORKING
from samples.studio.motion.contact import ankle_height
from samples.studio.motion.faults import STILL, Sway
from samples.studio.rotation import Floats, X, Y, Z
from samples.studio.skeleton import Pose, Posed

__all__ = [
    "ALTERNATES",
    "ANGLE",
    "FAULTS",
    "LEAST",
    "POSTURE",
    "WORKING",
    "Style",
    "angle",
    "measure",
    "pose",
]

#: The trunk has to lean forwards, for the hips go back.
FAULTS: Final = {name: info for name, info in _lunge.FAULTS.items() if name != "forward_lean"}
#: Share of its length that the straight leg has at the bottom.
STRAIGHT: Final = 0.975
#: How far that leg leans at the bottom, about, rad.
LEANING: Final = 0.9


@dataclass(frozen=True)
class Style(_lunge.Style):
    """A person's way.

    Attributes:
        back: How far the hips go back, m.
    """

    stride: float = 0.92
    toes: float = 14.0
    lean: float = 20.0
    back: float = 0.18

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        return cls(
            stride=rng.uniform(0.82, 1.02),
            width=rng.uniform(0.8, 1.3),
            toes=rng.uniform(5, 24),
            knee=rng.uniform(82, 92),
            soft=rng.uniform(5, 12),
            lean=rng.uniform(12, 28),
            round=rng.uniform(-3, 6),
            clearance=rng.uniform(0.04, 0.10),
            outside=rng.uniform(-0.8, 3.5),
            arms=str(rng.choice(["hips", "goblet"])),
            gaze=rng.uniform(0.45, 0.95),
            favours=float(rng.choice([-1, 1])),
            aside=rng.uniform(0, 3),
            back=rng.uniform(0.12, 0.22),
        )


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    share = _lunge.depth_of(np.asarray(depth, np.float64), faults)
    way, height = _lunge.swing(style, share, _lunge.STEP_LATE)
    wide, far = style.width * sideways(body), style.stride * leg_length(body)
    flat = np.zeros(np.shape(share))
    ankles = {
        "l": np.multiply.outer(wide + far * way, X) + np.multiply.outer(height + ankle_height(body), Y),
        "r": np.multiply.outer(flat - wide, X) + ankle_height(body) * Y,
    }
    feet = {
        "l": Foot(ankles["l"], 0.5 * height, style.toes),
        "r": Foot(ankles["r"], flat, -0.5 * style.toes),
    }
    aside, high = _bottom(body, style, faults, far)
    # Not faster than the straight leg lets the hips sink.
    toward = np.sin(LEANING * share) / np.sin(LEANING)
    hips = np.multiply.outer(toward, Z) * -style.back + np.asarray(sway.shift) * (1, 0, 1)
    over = _lunge.OVER * np.sin(np.pi * way) ** 2
    hips = hips + np.multiply.outer(toward * aside - over, X)
    start = _lunge.standing(body, style)
    up = _lunge.under_reach(body, share, _lunge.sunk(body, start, high, share), hips, feet)
    hips = hips + np.multiply.outer(up, Y)
    return stand(body, style, share, faults, sway, hips, feet, "l", style.lean * share)


def _bottom(body: Body, style: Style, faults: Mapping[str, Any], far: float) -> tuple[Floats, Floats]:
    """How far the hips go to the left, and how high over the floor they are then, m.

    There the working knee has its angle and the other leg is straight.
    """
    thigh, shin = body.length("thigh_l"), body.length("calf_l")
    knee = np.radians(_lunge.bent(style, faults))
    bent = thigh**2 + shin**2 - 2 * thigh * shin * np.cos(knee)
    straight = (STRAIGHT * leg_length(body)) ** 2
    wider = sideways(body) * (style.width - 1)
    aside = ((straight - bent) / (far + 2 * wider) + far) / 2
    up = bent - style.back**2 - (far + wider - aside) ** 2
    return aside, ankle_height(body) + np.sqrt(np.maximum(up, 0.01))


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults that a lateral lunge has."""
    values = _lunge.measure(body, start, posed, style)
    return {name: values[name] for name in FAULTS}
