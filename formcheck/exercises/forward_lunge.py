"""Forward lunge."""

from formcheck.exercises._lunge import SPLIT, BOTH_BEND, sinking
from formcheck.spec import Cycle, Exercise, Seen, Gate
from formcheck.exercises import _lunge
EXERCISE = Exercise(
    id="forward_lunge",
    name="Forward lunge",
    posture="standing",
    side="alternating",
    reps=sinking(0.8),
    gates=(SPLIT, BOTH_BEND),
    faults=(),
    setup="Stand tall.",
    camera="Put the camera square to your side.",
    best=Seen(azimuth=((0, 25), (65, 115))),
    refs=(),
)
