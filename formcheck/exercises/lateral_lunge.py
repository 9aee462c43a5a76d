"""Lateral lunge: step to the side, sit back over that foot, the other leg stays straight."""

from formcheck.exercises._lunge import (
    FRONT,
    INSIDE,
    LEG_SEEN,
    STRAIGHTER,
    SUNK,
    knee_valgus,
    lateral_lean,
    seen,
    shallow,
    sinking,
)
from formcheck.spec import Distance, Exercise, Fitted, Flexion, Gate, OfBoth, Scaled, Seen, Way, at_most

#: How far apart the feet are, less the bend of the straighter knee, in the world and in the picture: neither
#: tells by itself. 96 reps of 17 people read 117 at least, a real set 221 and more; squats up to 1, tying
#: shoes 62, drinking and tidying 10.
ASTRIDE = Fitted(
    (
        (1.0, Distance("ankle", "other_ankle", "world")),
        (-1.0, STRAIGHTER),
        (-1.0, OfBoth("min", Flexion("hip", "knee", "ankle", "image"))),
    ),
    "% torso",
)

EXERCISE = Exercise(
    id="lateral_lunge",
    name="Lateral lunge",
    posture="standing",
    side="alternating",
    reps=sinking(full_range=58),
    gates=(Gate(ASTRIDE.typical("turn"), low=95, what="the feet are wide, one leg is straight"),),
    faults=(
        knee_valgus(
            "17 people of the tune split, from the front: clean reps read -18 to 7 % of the torso, 7–8 cm -1 "
            "to 10, 14–16 cm 9–27, since the hips move aside as well",
            Way(
                INSIDE.shift("turn"),
                at_most(10, severe=22),
                seen(0, 20, *LEG_SEEN, where=FRONT),
                ok_to=-30,
                certain=16,
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
            "17 people of the tune split, from the front: shoulders of clean reps move by up to 15 % of the "
            "torso against the hips, and of two people by 17–20 in each rep, for a trunk that leans forwards "
            "is seen from beside its middle; 10–11° 11–26, 17–25° 19–33",
            at_most(20, severe=30),
            ok_to=5,
            certain=34,
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
