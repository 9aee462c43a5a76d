"""What lunges and split squats share: how far the hips sink, and what is asked of the leg that bends."""

from __future__ import annotations

import math

from formcheck.spec import Along, Scaled

#: How far the hips sink towards the feet, in the picture: from every low camera, and whichever foot steps.
SUNK = Scaled(Along("hips", "up", than="ankles"), -1.0)
#: Length of a leg in torsos: thigh and shank of 0.42 m to a torso of 0.50 m (docs/thresholds.md, Squat).
LEG = 1.68


def leg_bend(sunk: float) -> float:
    """Bend of an even leg under hips that have sunk by so many % of the torso, degrees."""
    return math.degrees(2 * math.acos(max(-1.0, min(1.0, 1 - sunk / (100 * LEG)))))
