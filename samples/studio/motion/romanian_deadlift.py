"""Romanian deadlift: standing at the origin, looking along z; depth 0 is upright, 1 the bar at the shins.

The hips go back over legs that stay nearly straight; the bar goes down along them and not to the floor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.motion import _hinge
from samples.studio.motion._hinge import BACK_ROUND, BAR_DRIFT, Fold, Stance, angle
from samples.studio.motion.faults import STILL, FaultInfo, Sway, grown, growth
from samples.studio.rotation import Floats
from samples.studio.skeleton import Pose, Posed

__all__ = ["ANGLE", "FAULTS", "LEAST", "POSTURE", "Style", "angle", "measure", "pose"]

POSTURE: Final = "standing"
ANGLE: Final = "hip_angle_deg"
LEAST: Final = 0.6
#: How much less the trunk leans for every degree that the knees bend more: the hands stay off the floor.
UPRIGHT: Final = 0.35
#: docs/thresholds.md, Deadlifts.
FAULTS: Final = {
    "back_round": BACK_ROUND,
    "knees_squatting": FaultInfo("deg", 20, 35, ("left_knee", "right_knee", "left_hip", "right_hip")),
    "bar_drift": BAR_DRIFT,
}


@dataclass(frozen=True)
class Style:
    """A person's way; degrees unless said otherwise.

    Attributes:
        width: Ankles' distance, in shoulder widths.
        toes: Feet turned out.
        grip: Wrists' distance, in shoulder widths.
        bar: The bar ahead of the ankles, m.
        soft: Bend of the knees while standing.
        bend: How much more at the bottom.
        low: Lean of the trunk at the bottom.
        ahead: Shoulders ahead of the ankles at the bottom, m.
        round: Bend of the back at the bottom, forwards.
        gaze: Share of the lean that the head does not take part in.
    """

    width: float = 0.9
    toes: float = 8.0
    grip: float = 1.45
    bar: float = 0.1
    soft: float = 10.0
    bend: float = 5.0
    low: float = 68.0
    ahead: float = 0.2
    round: float = 2.0
    gaze: float = 0.5

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        return cls(
            width=rng.uniform(0.7, 1.15),
            toes=rng.uniform(2, 18),
            grip=rng.uniform(1.4, 1.65),
            bar=rng.uniform(0.085, 0.12),
            soft=rng.uniform(7, 15),
            bend=rng.uniform(1, 8),
            low=rng.uniform(58, 78),
            ahead=rng.uniform(0.17, 0.23),
            round=rng.uniform(-4, 6),
            gaze=rng.uniform(0.2, 0.8),
        )

    def stance(self, body: Body) -> Stance:
        """Feet and grip."""
        half = _hinge.shoulder_out(body)
        return Stance(self.width * half, self.toes, self.grip * half, self.bar, self.gaze)


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    share = np.asarray(depth, np.float64)
    squatting = np.maximum(np.asarray(faults.get("knees_squatting", 0.0), np.float64) - style.bend, 0)
    bent = squatting * growth(share)
    ahead = 0.02 + (style.ahead - 0.02) * share
    fold = Fold(style.soft + style.bend * growth(share) + bent, style.low * share - UPRIGHT * bent, ahead)
    usual = style.round * share
    rounded = usual + np.maximum(grown(share, faults, "back_round") - usual, 0) * growth(share)
    drift = grown(share, faults, "bar_drift") / 100
    return _hinge.stand(body, style.stance(body), fold, rounded=rounded, drift=drift, sway=sway)


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults.

    Back: bend of the spine. Knees: how much further they bend than while standing. Bar: its way ahead.
    """
    del style
    now, before = _hinge.sizes(body, start, posed), _hinge.sizes(body, start, start)
    return {
        "back_round": now["rounded"],
        "knees_squatting": now["knees"] - before["knees"][0],
        "bar_drift": now["bar"],
    }
