"""Lateral lunge: step to the side, sit back over that foot, the other leg stays straight."""

from formcheck.exercises._lunge import (
    ASIDE,
    FRONT,
    INSIDE,
    LEG_SEEN,
    STRAIGHTER,
    SUNK,
    TRUNK_SEEN,
    knee_valgus,
    lateral_lean,
    seen,
    shallow,
    sinking,
)
from formcheck.spec import Distance, Exercise, Gate, Scaled, Seen, Way, at_most

EXERCISE = Exercise(
    id="lateral_lunge",
    name="Lateral lunge",
    posture="standing",
    side="alternating",
    reps=sinking(full_range=58),
    gates=(
        Gate(STRAIGHTER.typical("turn"), high=45, what="the other leg stays straight"),
        Gate(Distance("ankle", "other_ankle", "world").typical("turn"), low=130, what="the feet are wide"),
    ),
    faults=(
        knee_valgus(
            "tune split, from the front: clean reps read up to 1 % of the torso (projected joints up to 8), "
            "large ones 17 or nothing, since the hips move aside as well",
            Way(
                INSIDE.shift("turn"),
                at_most(10, severe=22),
                seen(0, 20, *LEG_SEEN, where=FRONT),
                clears=False,
            ),
        ),
        shallow(
            "tune split, from the front: hips of clean reps sink by 24–90 % of the torso, differently for "
            "each of eleven people, those of shallow ones by 27–46. So only hardly any depth shows",
            Way(
                Scaled(SUNK, -1.0).shift("turn"),
                at_most(-22, severe=-16),
                seen(0, 20, *LEG_SEEN, where=FRONT),
                clears=False,
            ),
        ),
        lateral_lean(
            "tune split, from the front: shoulders of clean reps move by up to 17 % of the torso against the "
            "hips, for a trunk that leans forwards is seen from beside its middle; 15° are 26",
            Way(
                ASIDE.swing("turn"),
                at_most(22, severe=32),
                seen(0, 20, *TRUNK_SEEN, where=FRONT),
                clears=False,
            ),
        ),
    ),
    setup="Feet hip-wide. Step far to the side, both feet flat, and sit back.",
    camera="Put the camera straight in front of you.",
    best=Seen(azimuth=((0, 20),)),
    refs=(
        "Herrington & Munro 2010, Phys Ther Sport; Gwynne 2014, IJSPT 9:898: the knee's line on one leg",
        "docs/thresholds.md: Lunges",
    ),
)
