"""Bulgarian split squat: the rear foot on a bench, down and up on the front leg."""

from formcheck.exercises._lunge import apart, sinking, usual_faults
from formcheck.spec import Along, Exercise, Fitted, Flexion, Gate, OfBoth, Reading, Seen

#: How much higher one ankle is than the other, and the bend of the knee above it. Before the camera the rear
#: leg is hidden, and may read like one on the floor that is bent. Of 86 reps from the advised views one set
#: of one person reads 45–52, all others 83 and more; lunges forwards and backwards before they begin up to 36
#: and 54 in 90 of 100. Squats whose feet hide each other pass, as they would pass the ankles' height alone.
RAISED = Fitted(
    (
        (1.0, OfBoth("max", Along("ankle", "up", than="other_ankle"))),
        (1.0, OfBoth("max", Flexion("hip", "knee", "ankle"))),
    ),
    "% torso",
)

EXERCISE = Exercise(
    id="bulgarian_split_squat",
    name="Bulgarian split squat",
    posture="standing",
    side="planted",
    reps=sinking(full_range=65, drift=0.7, reading=Reading(0.93, 0.1, 5)),
    gates=(apart(100), Gate(RAISED.typical("rest"), low=40, what="the rear foot is on a bench")),
    faults=usual_faults(mild=8, severe=18, ok_to=3, certain=8),
    setup="The rear instep on a bench, the front foot a long step ahead of it.",
    camera="Put the camera square to your side for depth and trunk, or straight in front for the knee.",
    best=Seen(azimuth=((0, 20), (65, 115))),
    refs=(
        "Song 2023, Front Bioeng Biotechnol: step length of split squats",
        "Herrington & Munro 2010, Phys Ther Sport; Gwynne 2014, IJSPT 9:898: the knee's line on one leg",
        "docs/thresholds.md: Lunges",
    ),
)
