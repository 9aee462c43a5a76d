"""Bulgarian split squat."""

from formcheck.exercises._lunge import SUNK, leg_bend
from formcheck.spec import Cycle, Exercise, Seen

EXERCISE = Exercise(
    id="bulgarian_split_squat",
    name="Bulgarian split squat",
    posture="standing",
    side="planted",
    reps=Cycle(SUNK, min_range=14, full_range=60, smooth_hz=6, ballistic=True, lift_first=False, shown=leg_bend),
    gates=(),
    faults=(),
    setup="Stand tall.",
    camera="Put the camera square to your side.",
    best=Seen(azimuth=((0, 25), (65, 115))),
    refs=(),
)
