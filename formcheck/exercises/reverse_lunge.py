"""Reverse lunge: step backwards, sink until both knees bend to a right angle, and come back."""

from formcheck.exercises._lunge import BOTH_BEND, apart, sinking, usual_faults
from formcheck.spec import Exercise, Seen

EXERCISE = Exercise(
    id="reverse_lunge",
    name="Reverse lunge",
    posture="standing",
    side="alternating",
    reps=sinking(),
    gates=(apart(), BOTH_BEND),
    faults=usual_faults(),
    setup="Feet hip-wide. Step backwards onto the ball of the foot, weight on the front one.",
    camera="Put the camera square to your side for depth and trunk, or straight in front for the knee.",
    best=Seen(azimuth=((0, 20), (65, 115))),
    refs=(
        "Song 2023, Front Bioeng Biotechnol: step length of split squats",
        "Herrington & Munro 2010, Phys Ther Sport; Gwynne 2014, IJSPT 9:898: the knee's line on one leg",
        "docs/thresholds.md: Lunges",
    ),
)
