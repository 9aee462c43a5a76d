"""What lunges and split squats share: how far the hips sink, and what is asked of the leg that bends."""

from __future__ import annotations

import math

from formcheck.spec import Along, Cycle, Flexion, Gate, OfBoth, Reading, Scaled

#: How far the hips sink towards the feet, in the picture: from every low camera, and whichever foot steps.
SUNK = Scaled(Along("hips", "up", than="ankles"), -1.0)
#: Difference in height of the knees: the front one stays up, the rear one comes down to the floor.
KNEES_APART = OfBoth("max", Along("knee", "up", than="other_knee"))
#: Bend of the knee that bends less.
STRAIGHTER = OfBoth("min", Flexion("hip", "knee", "ankle"))
#: Length of a leg in torsos: thigh and shank of 0.42 m to a torso of 0.50 m (docs/thresholds.md, Squat).
LEG = 1.68
#: A squat's knees stay level.
SPLIT = Gate(KNEES_APART.typical("turn"), low=22, what="one knee sinks, the other one stays up")
#: In a lunge to the side the other leg stays straight.
BOTH_BEND = Gate(STRAIGHTER.typical("turn"), low=30, what="both knees bend")


def leg_bend(sunk: float) -> float:
    """Bend of an even leg under hips that have sunk by so many % of the torso, degrees."""
    return math.degrees(2 * math.acos(max(-1.0, min(1.0, 1 - sunk / (100 * LEG)))))


def sinking(drift: float) -> Cycle:
    """The cycle of a lunge; `drift` as in `Cycle`."""
    return Cycle(
        SUNK,
        min_range=14,
        full_range=70,
        partial=0.6,
        min_s=0.7,
        max_s=10,
        smooth_hz=6,
        ballistic=True,
        lift_first=False,
        reading=Reading(pace=0.9, pace_error=0.1, range_error=5),
        shown=leg_bend,
        drift=drift,
    )
