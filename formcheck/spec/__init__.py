"""The words an exercise is written in.

A definition is data: frozen, hashable, without behaviour. `features.signals` turns a *signal* (one number
per frame) into an array, `engine.judge` turns a *measure* (one number per rep) into a verdict.

Joints are named without a side. ``"hip"`` is the hip of the working side, ``"other_hip"`` the opposite
one, ``"hips"`` the midpoint of both; the engine finds the working side.
"""

from __future__ import annotations

from formcheck.spec.exercise import Cycle, Exercise, Reading, Variant
from formcheck.spec.faults import Condition, Fault, Gate, Limits, Placing, Seen, Way, at_least, at_most
from formcheck.spec.names import Direction, Phase, Posture, SideRule, Space, SpecError
from formcheck.spec.signals import (
    Along,
    Between,
    Combine,
    Deviation,
    Distance,
    Fitted,
    Flexion,
    Lean,
    LeanInLine,
    Measure,
    OfBoth,
    OverLine,
    Ratio,
    Scaled,
    Signal,
    Slope,
    Travel,
    Turn,
    While,
    joints,
)

__all__ = [
    "Along",
    "Between",
    "Combine",
    "Condition",
    "Cycle",
    "Deviation",
    "Direction",
    "Distance",
    "Exercise",
    "Fault",
    "Fitted",
    "Flexion",
    "Gate",
    "Lean",
    "LeanInLine",
    "Limits",
    "Measure",
    "OfBoth",
    "OverLine",
    "Phase",
    "Placing",
    "Posture",
    "Ratio",
    "Reading",
    "Scaled",
    "Seen",
    "SideRule",
    "Signal",
    "Slope",
    "Space",
    "SpecError",
    "Travel",
    "Turn",
    "Variant",
    "Way",
    "While",
    "at_least",
    "at_most",
    "joints",
]
