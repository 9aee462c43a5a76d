"""Pulling a bar from the floor, with narrow or wide feet; depth 0 is the bar on the floor, 1 the lockout.

The knees straighten first and the trunk comes up later, so that the bar's path stays straight. Three of the
faults belong to the way up, see `AT`; nothing of them is left at the floor or on top.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.motion import _hinge
from samples.studio.motion._hinge import BACK_ROUND, BAR_DRIFT, SHOULDERS, Fold, Stance, size_of
from samples.studio.motion.faults import STILL, FaultInfo, Sway, growth
from samples.studio.rotation import Floats
from samples.studio.skeleton import Pose, Posed
from samples.studio.timing import smooth

POSTURE: Final = "hinged"
WORKING: Final = ("both",)
ANGLE: Final = "hip_angle_deg"
#: Less than that and the lockout is not upright.
LEAST: Final = 0.9
#: Depths at which the faults of the way up have their size: hips that shoot up do so at once, the others are
#: largest when the bar is about at the knees.
AT: Final = {"hips_shoot": 0.2, "back_round": 0.35, "bar_drift": 0.35}
#: docs/thresholds.md, Deadlifts.
FAULTS: Final = {
    "back_round": BACK_ROUND,
    "hips_shoot": FaultInfo("deg", 8, 14, (*SHOULDERS, "left_hip", "right_hip")),
    "bar_drift": BAR_DRIFT,
    "lockout_lean": FaultInfo("deg", 8, 15, SHOULDERS),
}


@dataclass(frozen=True)
class Way:
    """A person's way; degrees unless said otherwise.

    Attributes:
        width: Ankles' distance, in shoulder widths.
        toes: Feet turned out.
        grip: Wrists' distance, in shoulder widths.
        low: Lean of the trunk at the floor.
        lead: Shoulders ahead of the bar at the floor, m.
        bar: The bar ahead of the ankles, m.
        thighs: How far the thighs push it ahead until the lockout, m.
        soft: Bend of the knees at the lockout.
        tall: Lean of the trunk at the lockout.
        round: Bend of the back at the floor, forwards.
        gaze: Share of the lean that the head does not take part in.
    """

    width: float = 0.95
    toes: float = 12.0
    grip: float = 1.5
    low: float = 66.0
    lead: float = 0.03
    bar: float = 0.09
    thighs: float = 0.02
    soft: float = 4.0
    tall: float = 0.0
    round: float = 2.0
    gaze: float = 0.6

    def stance(self, body: Body) -> Stance:
        """Feet and grip."""
        half = _hinge.shoulder_out(body)
        return Stance(self.width * half, self.toes, self.grip * half, self.bar, self.gaze)


class Moment(NamedTuple):
    """A posture on the way, bend of the back (degrees) and drift of the bar (m)."""

    fold: Fold
    rounded: Floats
    drift: Floats


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Way, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    now = _moment(body, np.asarray(depth, np.float64), faults, style)
    return _hinge.stand(body, style.stance(body), now.fold, rounded=now.rounded, drift=now.drift, sway=sway)


def _moment(body: Body, depth: Floats, faults: Mapping[str, Any], way: Way) -> Moment:
    stance = way.stance(body)
    floor = _hinge.over_the_bar(body, stance, way.low, way.lead)
    legs, trunk = 1 - np.maximum(1 - depth, 0) ** 1.7, smooth(depth)
    top = 0.02 + _hinge.torso(body) * np.sin(np.radians(way.tall))
    knees = floor.knees + (way.soft - floor.knees) * legs
    lean = floor.lean + (way.tall - floor.lean) * trunk
    ahead = floor.ahead + (top - floor.ahead) * trunk
    passing = smooth(depth / 0.3) * smooth((1 - depth) / 0.4)
    knees, lean = _shot(body, stance, Fold(knees, lean, ahead), floor.lean, depth, faults)
    # Leaning back sets in late; the hips go forwards for it.
    late, size = 0.15 * growth(depth) + 0.85 * growth(depth) ** 6, size_of(faults, "lockout_lean")
    lean = lean * (1 - late * np.minimum(size / 2, 1)) - late * size
    behind = late * _hinge.torso(body) * np.sin(np.radians(size))
    ahead = ahead - 0.35 * behind
    usual = way.round * (1 - trunk)
    rounded = usual + np.maximum(size_of(faults, "back_round") - usual, 0) * passing * _told(
        faults, "back_round"
    )
    drift = way.thighs * smooth((depth - 0.4) / 0.6) + 0.6 * behind
    drift = drift + size_of(faults, "bar_drift") / 100 * passing
    return Moment(Fold(knees, lean, ahead), rounded, drift)


def _told(faults: Mapping[str, Any], name: str) -> Floats:
    """1 where a fault is commanded; a share of it for sizes that are hardly one, so that nothing jumps."""
    return np.minimum(size_of(faults, name) / 4, 1)


def _shot(
    body: Body,
    stance: Stance,
    clean: Fold,
    start: Floats,
    depth: Floats,
    faults: Mapping[str, Any],
) -> tuple[Floats, Floats]:
    """Knees and lean once the hips rise before the shoulders do: the bar is as high as ever."""
    passing = smooth(depth / 0.2) * smooth((0.75 - depth) / 0.55) * _told(faults, "hips_shoot")
    lean = clean.lean + (start + size_of(faults, "hips_shoot") - clean.lean) * passing
    trunk, (height, back) = _hinge.torso(body), _hinge.hips_of(body, stance, clean)
    shot = height + trunk * (np.cos(np.radians(clean.lean)) - np.cos(np.radians(lean)))
    shot_back = clean.ahead - trunk * np.sin(np.radians(lean))
    knees = _hinge.knees_for(body, stance, shot, shot_back) - _hinge.knees_for(body, stance, height, back)
    return clean.knees + knees, lean


def measure(body: Body, start: Posed, posed: Posed, style: Way) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults.

    Back: bend of the spine. Hips: how much further the trunk leans than at the floor. Bar: its way ahead.
    Lockout: the trunk's lean backwards.
    """
    del style
    now, before = _hinge.sizes(body, start, posed), _hinge.sizes(body, start, start)
    return {
        "back_round": now["rounded"],
        "hips_shoot": now["lean"] - before["lean"][0],
        "bar_drift": now["bar"],
        "lockout_lean": -now["lean"],
    }
