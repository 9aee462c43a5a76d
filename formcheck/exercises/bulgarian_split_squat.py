"""Bulgarian split squat."""

from formcheck.exercises._lunge import SPLIT, BOTH_BEND, sinking
from formcheck.spec import Cycle, Exercise, Seen, Gate
from formcheck.exercises import _lunge
EXERCISE = Exercise(
    id="bulgarian_split_squat",
    name="Bulgarian split squat",
    posture="standing",
    side="planted",
    reps=sinking(0.35),
    gates=(SPLIT, BOTH_BEND),
    faults=(),
    setup="Stand tall.",
    camera="Put the camera square to your side.",
    best=Seen(azimuth=((0, 25), (65, 115))),
    refs=(),
)
