"""Walking lunge: step forwards, sink, and bring the rear foot forwards: every rep ends a step farther."""

import math

from formcheck.exercises._lunge import BOTH_BEND, apart, sinking, usual_faults
from formcheck.spec import Exercise, Seen

EXERCISE = Exercise(
    id="walking_lunge",
    name="Walking lunge",
    posture="standing",
    side="alternating",
    reps=sinking(drift=math.inf),
    gates=(apart(), BOTH_BEND),
    faults=usual_faults(),
    setup="Walk where there is room for four steps; sink on every step.",
    camera="Put the camera square to your side for depth and trunk, or straight in front for the knee.",
    best=Seen(azimuth=((0, 20), (65, 115))),
    refs=(
        "Song 2023, Front Bioeng Biotechnol: step length of split squats",
        "Herrington & Munro 2010, Phys Ther Sport; Gwynne 2014, IJSPT 9:898: the knee's line on one leg",
        "docs/thresholds.md: Lunges",
    ),
)
