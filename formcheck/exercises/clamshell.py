"""Clamshell: on the side, knees bent, feet together; the upper knee opens like a shell.

Roll-back cannot be read from world landmarks (they invent 11–14° of roll from the opening knee alone): see
`_side_lying`. All sizes are % of the torso's length unless they are fitted.
"""

from formcheck.exercises._side_lying import FROM_FEET, from_feet, roll_back
from formcheck.spec import (
    Along,
    Cycle,
    Distance,
    Exercise,
    Fault,
    Fitted,
    Flexion,
    Gate,
    OfBoth,
    Reading,
    Seen,
    Way,
    at_most,
)

#: Opening of the thighs: knees apart, and the upper one above the ankles. Seen from the back the legs cover
#: each other and only the second is left, from above only the first. From the feet a full opening reads 63
#: and 58 % of the torso (17 people, medians), of single people 35–82.
OPENING = Fitted(
    (
        (0.18, Distance("knee", "other_knee")),
        (0.22, OfBoth("max", Along("knee", "up", than="ankles"))),
    ),
    "°",
)
#: In reps -16 to 44 % of the torso; -90 to -110 of people that the pose model puts upside down
#: as they walk in.
HEAD_END = Along("shoulders", "up", than="hips")
KNEES_BENT = OfBoth("mean", Flexion("hip", "knee", "ankle"))

CAMERA = "Put the camera toward your feet, about 45° to the belly side, at table height."
#: cm that the feet are apart, from what heels and toes (or toes alone) read. The ankles are dragged by the
#: opening knee: 21 % where the feet stay together, as much as a gap of 6 cm.
GAP = Fitted(
    ((0.14, Distance("heel", "other_heel")), (0.14, Distance("foot_index", "other_foot_index"))), "cm"
)
TOES = Fitted(((0.3, Distance("foot_index", "other_foot_index")),), "cm")
FEET = ("ankle", "other_ankle")

EXERCISE = Exercise(
    id="clamshell",
    name="Clamshell",
    posture="side_lying",
    side="upper",
    # From the feet full openings read 24 in the median of the tune split, 30 at the 95th percentile: the
    # meter aims between (medians of a set 15–30; of twelve more people 10–39). Of their set's median full
    # ones read 0.83 and more, partial ones 0.24–0.38; of all 17 people, 98 of 100 full ones 0.61 and more,
    # partial ones 0.48 at most.
    reps=Cycle(
        OPENING,
        min_range=9,
        full_range=27,
        partial=0.54,
        min_s=0.4,
        max_s=10,
        reading=Reading(0.87, 0.18, 7),
    ),
    gates=(
        Gate(KNEES_BENT.typical("rest"), low=12, what="knees bent"),
        Gate(HEAD_END.typical("move"), low=-60, what="shoulders no lower than the hips"),
    ),
    faults=(
        roll_back(
            FROM_FEET,
            at_most(18.8, severe=31.8),
            ok_to=9,
            certain=48,
            why="When the pelvis rolls back, the hip flexors take over from the side glutes.",
            camera=CAMERA,
        ),
        Fault(
            "feet_apart",
            (
                Way(
                    GAP.shift("top"),
                    at_most(6, severe=10),
                    from_feet(*FEET, where=CAMERA),
                    certain=13,
                ),
                Way(
                    TOES.shift("top"),
                    at_most(5, severe=10),
                    Seen(azimuth=((-24, 14),), elevation=(-90, 24), joints=FEET, where=CAMERA),
                    certain=13,
                ),
                # From above, 6–8 cm read 3–4 and clean reps up to 2.
                Way(
                    TOES.shift("top"),
                    at_most(5, severe=10),
                    Seen(azimuth=((-24, 14),), elevation=(24, 58), joints=FEET, where=CAMERA),
                    clears=False,
                ),
            ),
            cue="Keep your heels glued together",
            why="With the feet apart it becomes a leg raise, and the turning muscles rest.",
            limb=(("ankle", "other_ankle"), ("knee", "ankle")),
            name="feet apart",
            weight=15,
            hold_s=0.3,
            source="fitted on the tune split: from the feet, clean reps read -2 to 6 cm, 7–9 cm 7–9, "
            "14–16 cm 9–15; low from the belly -2 to 2, 8 cm 7, 17 cm 17. Six more people: six clean reps "
            "6–10, five of them like the same person's others, as none of 29 right calls was",
        ),
    ),
    setup="Lie on your side, head supported, hips bent 45–60°, knees about 90°, heels together.",
    camera=CAMERA,
    best=from_feet(where=CAMERA),
    refs=(
        "Willcox & Burden 2013, J Orthop Sports Phys Ther: pelvis and hip angle in the clamshell",
        "Baik 2021, J Athl Train 56(9):945: a rolled trunk and the side glutes, lying on the side",
        "docs/thresholds.md: Side-lying; What the landmarks show",
    ),
)
