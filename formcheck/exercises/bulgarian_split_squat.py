"""Bulgarian split squat: the rear foot on a bench, down and up on the front leg."""

from formcheck.exercises._lunge import BOTH_BEND, SPLIT, sinking, usual_faults
from formcheck.spec import Exercise, Seen

EXERCISE = Exercise(
    id="bulgarian_split_squat",
    name="Bulgarian split squat",
    posture="standing",
    side="planted",
    reps=sinking(drift=0.35),
    gates=(SPLIT, BOTH_BEND),
    faults=usual_faults("tune split"),
    setup="The rear instep on a bench, the front foot a long step ahead of it.",
    camera="Put the camera square to your side for depth and trunk, or straight in front for the knee.",
    best=Seen(azimuth=((0, 20), (65, 115))),
    refs=(
        "Song 2023, Front Bioeng Biotechnol: step length of split squats",
        "Herrington & Munro 2010, Phys Ther Sport; Gwynne 2014, IJSPT 9:898: the knee's line on one leg",
        "docs/thresholds.md: Lunges",
    ),
)
