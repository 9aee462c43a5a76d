"""Lateral lunge."""

from formcheck.exercises._lunge import SPLIT, BOTH_BEND, sinking
from formcheck.spec import Cycle, Exercise, Seen, Gate
from formcheck.exercises import _lunge
EXERCISE = Exercise(
    id="lateral_lunge",
    name="Lateral lunge",
    posture="standing",
    side="alternating",
    reps=sinking(0.8),
    gates=(Gate(_lunge.KNEES_APART.typical("turn"),low=8,what="a"),Gate(_lunge.STRAIGHTER.typical("turn"),high=50,what="b")),
    faults=(),
    setup="Stand tall.",
    camera="Put the camera square to your side.",
    best=Seen(azimuth=((0, 25), (65, 115))),
    refs=(),
)
