"""Squat, with or without load: sit down between the feet and stand up again."""

import math

from formcheck.spec import (
    Along,
    Cycle,
    Distance,
    Exercise,
    Fault,
    Flexion,
    Gate,
    Lean,
    OfBoth,
    Ratio,
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
#: Way of the foot that moves more: 3–10 % of the torso on clear squats, 29 behind a rack, swinging 250.
STEP = OfBoth("max", Travel("ankle"))
#: Knees apart against feet apart.
KASR = Ratio(Distance("knee", "other_knee"), Distance("ankle", "other_ankle"))
#: Length of a leg in torsos: thigh and shank of 0.42 m to a torso of 0.50 m (docs/thresholds.md, Squat).
LEG = 1.68
FRONT = "Put the camera straight in front of you."
SIDE = "Put the camera square to your side."
FROM_SIDE = ((65.0, 115.0),)
BOTH_LEGS = ("knee", "other_knee", "ankle", "other_ankle")


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
        min_range=25,
        full_range=78,
        min_s=0.7,
        max_s=10,
        smooth_hz=6,
        ballistic=True,
        lift_first=False,
        lowering_s=(0.45, 0.25),
        shown=knee_bend,
    ),
    gates=(
        Gate(KNEES.change("top"), low=8, what="both knees bend"),
        Gate(STEP.best("move"), high=45, what="both feet stay"),
    ),
    faults=(
        Fault(
            "knee_valgus",
            (
                Way(
                    Scaled(KASR, -1.0, 100.0).typical("turn"),
                    at_most(2, severe=20),
                    Seen(azimuth=((0, 25),), joints=BOTH_LEGS, where=FRONT),
                ),
            ),
            cue="Push your knees out",
            why="Knees that fall in lose the line over the feet.",
            limb=(("hip", "knee"), ("knee", "ankle")),
            name="knees caving inward",
            weight=20,
            primary=True,
            source="knees nearer than feet (thresholds, Squat: ratio below 1.0, 0.8). At the turn 22–44 % "
            "wider on good real and rendered squats, 14–40 % narrower where they cave in",
        ),
        Fault(
            "forward_lean",
            (
                Way(
                    (Lean("hips", "shoulders") - Lean("ankles", "knees")).typical("turn"),
                    at_most(18, severe=28),
                    Seen(
                        azimuth=FROM_SIDE,
                        elevation=(-90, 30),
                        joints=("hip", "shoulder", "knee", "ankle"),
                        where=SIDE,
                    ),
                ),
            ),
            cue="Chest follows the shins",
            why="A trunk that tips further than the shins moves the work from the legs to the back.",
            limb=(("shoulder", "hip"),),
            name="leaning forward",
            weight=14,
            primary=True,
            source="thresholds, Squat: trunk against shin 15° and 25°",
        ),
        Fault(
            "shallow",
            (
                Way(
                    Slope("knee", "hip").typical("turn"),
                    at_most(20, severe=35),
                    Seen(azimuth=FROM_SIDE, elevation=(-90, 30), joints=("hip", "knee"), where=SIDE),
                ),
            ),
            cue="Sit a little deeper",
            why="More depth trains the legs over more of their length, if it feels fine.",
            limb=(("hip", "knee"),),
            name="shallow depth",
            weight=10,
            primary=True,
            source="thresholds, Squat: thigh above the horizontal by 20° and 35° when the goal is parallel",
        ),
        Fault(
            "hip_shift",
            (
                Way(
                    Along("hips", "out", than="ankles").swing("top"),
                    at_most(8, severe=12.5),
                    Seen(
                        azimuth=((0, 12), (168, 180)),
                        joints=("hip", "other_hip", "ankle", "other_ankle"),
                        where=FRONT,
                    ),
                ),
            ),
            cue="Even weight on both feet",
            why="Shifting to one side loads one leg more than the other.",
            limb=(("hip", "other_hip"),),
            name="hips shifting",
            weight=12,
            hold_s=0.3,
            source="thresholds, Squat: 3 and 6 cm, which is 6.5 and 13 % of a torso",
        ),
        Fault(
            "heel_lift",
            (
                Way(
                    Along("heel", "up", than="foot_index").change("top"),
                    at_most(6, severe=10),
                    Seen(azimuth=FROM_SIDE, joints=("heel", "foot_index"), where=SIDE),
                ),
            ),
            cue="Press through the whole foot",
            why="With the heels up the knees take the load and the balance goes.",
            limb=(("ankle", "heel"), ("heel", "foot_index")),
            name="heels lifting",
            weight=10,
            hold_s=0.3,
            source="thresholds, Squat: 12 and 25 % of a foot, which is half a torso long",
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
)
