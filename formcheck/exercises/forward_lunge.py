"""Forward lunge: step forwards, sink until both knees bend to a right angle, and push back."""

from formcheck.exercises._lunge import BOTH_BEND, apart, sinking, usual_faults
from formcheck.spec import Exercise, Seen

EXERCISE = Exercise(
    id="forward_lunge",
    name="Forward lunge",
    posture="standing",
    side="alternating",
    reps=sinking(),
    gates=(apart(), BOTH_BEND),
    faults=usual_faults(),
    setup="Feet hip-wide. Step forwards far enough that the front heel stays down.",
    camera="Put the camera square to your side for depth and trunk, or straight in front for the knee.",
    best=Seen(azimuth=((0, 20), (65, 115))),
    refs=(
        "Song 2023, Front Bioeng Biotechnol: step length of split squats",
        "Herrington & Munro 2010, Phys Ther Sport; Gwynne 2014, IJSPT 9:898: the knee's line on one leg",
        "docs/thresholds.md: Lunges",
    ),
)
