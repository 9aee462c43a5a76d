"""Squat, with or without load: sit down between the feet and stand up again."""

import math

from formcheck.exercises._arms import VARIANTS
from formcheck.spec import (
    Along,
    Cycle,
    Distance,
    Exercise,
    Fault,
    Fitted,
    Flexion,
    Gate,
    Lean,
    OfBoth,
    Ratio,
    Reading,
    Scaled,
    Seen,
    Slope,
    Travel,
    Way,
    at_most,
)

#: How far the hips sink towards the lower ankle, in the picture: the same from every low camera, where the
#: knee's angle fails (knees that fall in read 34° for 108°). A swinging or stepping leg does not sink them.
SUNK = Scaled(OfBoth("max", Along("hips", "up", than="ankle")), -1.0)
#: Both knees bend: the smaller flexion.
KNEES = OfBoth("min", Flexion("hip", "knee", "ankle"))
#: Way of the foot that moves more: 3–10 % of the torso on clear squats, 29 behind a rack, 57 where the far
#: one is hidden, swinging 250.
STEP = OfBoth("max", Travel("ankle"))
#: Shoulders that sink by more than 2.2 times what the hips do: bending down to something. Squats that lean
#: read up to 2.0, people who pick something up 2.4–5 (tune split).
BOW = Scaled(Along("hips", "up"), 2.2) - Along("shoulders", "up")
#: How much narrower the knees are than the feet, %: negative where they are wider.
NARROW = Scaled(Ratio(Distance("knee", "other_knee"), Distance("ankle", "other_ankle")), -1.0, 100.0)
#: Trunk against shin, fitted (tests/bench/fit.py). The landmarks' shins are the less certain of the two, so
#: they count for less.
LEANING = Fitted(((1.07, Lean("hips", "shoulders")), (-0.65, Lean("ankles", "knees"))), "°", -11.4)
#: The same from the front: a leaning trunk looks shorter, and so do leaning shins.
SHORTENED = Fitted(
    ((-1.0, Along("shoulders", "up", than="hips")), (0.6, Along("knees", "up", than="ankles"))), "% torso"
)
#: Height of the hips over the feet.
SINKING = Along("hips", "up", than="ankles")
#: Thigh above the horizontal, fitted: its slope, and the hips' height as a share of the leg, which hardly
#: changes with the camera's height.
ABOVE = Fitted(
    (
        (0.7, Slope("knees", "hips")),
        (0.4, Ratio(SINKING, Distance("hips", "knees") + Distance("knees", "ankles"))),
    ),
    "°",
    -26.4,
)
#: How far the hips are off the feet, to either side, fitted. Angles against their own rest: a position would
#: take a tilted camera for a shift, for the hips sink by as much as a trunk is long. The knees take out what
#: a camera beside the middle sees of the hips' way back.
ASIDE = Fitted(((0.8, Lean("ankles", "hips")), (0.25, Lean("ankles", "knees"))), "cm")
HEEL = Along("heel", "up")
HEEL_OVER_TOES = Along("heel", "up", than="foot_index")
#: Both together, from the side: the points of a foot that stays drift, and not alike.
HEEL_RISES = Fitted(((0.5, HEEL), (0.5, HEEL_OVER_TOES)), "% torso")
#: Length of a leg in torsos: thigh and shank of 0.42 m to a torso of 0.50 m (docs/thresholds.md, Squat).
LEG = 1.68
FRONT = "Put the camera straight in front of you."
SIDE = "Put the camera square to your side."
BOTH_LEGS = ("knee", "other_knee", "ankle", "other_ankle")
TRUNK_AND_LEG = ("shoulder", "hip", "knee", "ankle")
LEG_SEEN = ("hip", "knee", "ankle")
HIPS_AND_FEET = ("hip", "other_hip", "ankle", "other_ankle")
FEET = ("heel", "other_heel", "foot_index", "other_foot_index")


def seen(low: float, high: float, *joints: str, where: str, raised: float = 25) -> Seen:
    """From these azimuths, and from no higher than that."""
    return Seen(azimuth=((low, high),), elevation=(-90, raised), joints=joints, where=where)


def knee_bend(sunk: float) -> float:
    """Bend of the knees, degrees, for hips that have sunk by so many % of the torso.

    An isosceles leg: 78 % is 115° and 22 % is 59°, against 108° and 54° commanded on rendered people.
    """
    return math.degrees(2 * math.acos(max(-1.0, min(1.0, 1 - sunk / (100 * LEG)))))


EXERCISE = Exercise(
    id="squat",
    name="Squat",
    posture="standing",
    side="both",
    reps=Cycle(
        SUNK,
        min_range=14,
        full_range=78,
        partial=0.58,
        min_s=0.7,
        max_s=10,
        smooth_hz=6,
        ballistic=True,
        lift_first=False,
        reading=Reading(pace=0.83, pace_error=0.08, range_error=3),
        shown=knee_bend,
    ),
    gates=(
        Gate(KNEES.change("top"), low=8, what="both knees bend"),
        Gate(STEP.best("move"), high=90, what="both feet stay"),
        Gate(BOW.shift("top"), high=0, what="the trunk comes down with the hips"),
    ),
    faults=(
        Fault(
            "knee_valgus",
            (
                Way(
                    NARROW.typical("turn"),
                    at_most(-4, severe=20),
                    seen(0, 25, *BOTH_LEGS, where=FRONT, raised=35),
                ),
                Way(
                    NARROW.typical("turn"),
                    at_most(10, severe=35),
                    seen(25, 50, *BOTH_LEGS, where=FRONT),
                    clears=False,
                ),
            ),
            cue="Push your knees out",
            why="Knees that fall in lose the line over the feet.",
            limb=(("hip", "knee"), ("knee", "ankle")),
            name="knees caving inward",
            weight=20,
            primary=True,
            source="tune split: from the front the knees' distance reads 112–152 % of the feet's where they "
            "stay out, 56–98 % where they come in by 7 cm or more; severe is a ratio of 0.8 (thresholds, "
            "Squat). From the diagonal 92–124 and 66–94 %: only clear ones show",
        ),
        Fault(
            "forward_lean",
            (
                Way(
                    LEANING.typical("turn"),
                    at_most(13, severe=23),
                    seen(65, 115, *TRUNK_AND_LEG, where=SIDE),
                    ok_to=11,
                    certain=21,
                ),
                Way(
                    LEANING.typical("turn"),
                    at_most(9, severe=18),
                    seen(45, 65, *TRUNK_AND_LEG, where=SIDE),
                    certain=18,
                ),
                Way(
                    LEANING.typical("turn"),
                    at_most(9, severe=18),
                    seen(30, 45, *TRUNK_AND_LEG, where=SIDE),
                    clears=False,
                    certain=18,
                ),
                Way(
                    SHORTENED.shift("turn"),
                    at_most(51, severe=60),
                    seen(0, 25, *TRUNK_AND_LEG, where=SIDE),
                    clears=False,
                ),
            ),
            cue="Chest follows the shins",
            why="A trunk that tips further than the shins moves the work from the legs to the back.",
            limb=(("shoulder", "hip"),),
            name="leaning forward",
            weight=14,
            primary=True,
            source="fitted on the tune split (15° and 25° of the body). From the side clean reps read -15 to "
            "12°, all of one person's 10–13, 18–37° 11–40; from the diagonal -6 to 5, 20–44° 21–51: mild "
            "ones only against the person's own other reps. From the front trunks that do not lean shorten "
            "by up to 49 %, as do half of the mild ones: only large ones show",
        ),
        Fault(
            "shallow",
            (
                Way(
                    ABOVE.typical("turn"),
                    at_most(17.5, severe=33),
                    seen(65, 115, *LEG_SEEN, where=SIDE),
                    ok_to=12.5,
                    certain=28,
                ),
                Way(
                    SINKING.shift("turn"),
                    at_most(-47, severe=-31),
                    seen(0, 65, *LEG_SEEN, where=SIDE),
                    ok_to=-52,
                    certain=-31,
                ),
                Way(
                    SINKING.shift("turn"),
                    at_most(-64, severe=-48),
                    seen(115, 180, *LEG_SEEN, where=SIDE),
                    ok_to=-68,
                    certain=-45,
                ),
            ),
            cue="Sit a little deeper",
            why="More depth trains the legs over more of their length, if it feels fine.",
            limb=(("hip", "knee"),),
            name="shallow depth",
            weight=10,
            primary=True,
            source="fitted on the tune split (20° and 35° of the body). From the side clean reps read -16 to "
            "11°, under a raised lens to 17; 24–46° 12–56. Hips of clean reps sink by 49 % or more, those of "
            "25–45° by 17–49; from behind 77 and 28–64. The shallowest clean rep of each of 14 people lies "
            "at 4 ± 7° from the side, of 16 at -73 ± 12 % from the front: from the limit to three spreads "
            "away only against the person's own other reps",
        ),
        Fault(
            "hip_shift",
            (
                Way(
                    ASIDE.swing("top"),
                    at_most(5.5, severe=8.5),
                    seen(0, 11, *HIPS_AND_FEET, where=FRONT, raised=35),
                    ok_to=3,
                ),
                Way(
                    ASIDE.swing("top"),
                    at_most(7.5, severe=11),
                    seen(11, 25, *HIPS_AND_FEET, where=FRONT, raised=35),
                    clears=False,
                ),
            ),
            cue="Even weight on both feet",
            why="Shifting to one side loads one leg more than the other.",
            limb=(("hip", "other_hip"),),
            name="hips shifting",
            weight=12,
            hold_s=0.3,
            source="fitted on the tune split (3 and 6 cm of the body). Sixteen people from the front: clean "
            "reps read at most 2.4 cm in 95 of 100, one person's up to 5.2; 4–5.5 cm 4–5.5, 8–11 cm 9–15: "
            "small ones are not told. A camera farther beside the middle sees the hips' way back, too: up "
            "to 7 cm",
        ),
        Fault(
            "heel_lift",
            (
                Way(
                    HEEL_RISES.shift("top"),
                    at_most(19, severe=23.5),
                    seen(65, 115, "heel", "foot_index", where=SIDE),
                    clears=False,
                    certain=45,
                ),
                Way(
                    OfBoth("min", HEEL_OVER_TOES).shift("top"),
                    at_most(9, severe=13),
                    seen(0, 55, *FEET, where=SIDE),
                    clears=False,
                    certain=16,
                ),
                Way(
                    OfBoth("mean", HEEL).shift("top"),
                    at_most(13, severe=17),
                    seen(115, 165, *FEET, where=SIDE),
                    clears=False,
                ),
            ),
            cue="Press through the whole foot",
            why="With the heels up the knees take the load and the balance goes.",
            limb=(("ankle", "heel"), ("heel", "foot_index")),
            name="heels lifting",
            weight=10,
            hold_s=0.3,
            source="tune split and more people: heels that stay down read up to 6 % from the front, 10 from "
            "behind and 13 from the side (one of sixteen people 17), differently for each person; 4–11 cm "
            "0–12, 6–19 and 4–17. So only large ones show, and against the person's own other reps",
        ),
    ),
    setup="Feet about shoulder width, toes slightly out.",
    camera="Put the camera square to your side for depth and lean, or straight in front for the knees.",
    best=Seen(azimuth=((0, 25), (65, 115))),
    refs=(
        "Fuglsang 2017, J Strength Cond Res: depth and lean of the trunk hang on the limbs' lengths",
        "Noyes 2005; Gray 2017, PMC5665114: knee separation, and how well one camera reads it",
        "Post 2017, J Sport Rehabil 26(1): athletic trainers rating knees that fall in",
        "Straub & Powers 2022, PMC9718689: why no knee angle is taken from the front",
        "docs/thresholds.md: Squat; What the landmarks show",
    ),
    variants=VARIANTS,
)
