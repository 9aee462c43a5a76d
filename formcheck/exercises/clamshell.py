"""Clamshell: on the side, knees bent, feet together; the upper knee opens like a shell.

Roll-back cannot be read from world landmarks (they invent 11–14° of roll from the opening knee alone), so
it is the way of the upper hip and shoulder in the picture, against the rep's own rest, in views where
backwards shows. All sizes are % of the torso's length.
"""

from formcheck.spec import (
    Along,
    Cycle,
    Distance,
    Exercise,
    Fault,
    Flexion,
    Gate,
    OfBoth,
    Scaled,
    Seen,
    Way,
    at_most,
)

#: Knees apart in the picture, as opening of the thighs: 55 % of the torso at 32° (rendered truth). It rises
#: cleanly in every view, from the back too, where the angle of the thighs does not.
OPENING = Scaled(Distance("knee", "other_knee"), 0.58, scaled_unit="°")
KNEES_BENT = OfBoth("mean", Flexion("hip", "knee", "ankle"))
FEET = Distance("ankle", "other_ankle")

CAMERA = "Put the camera toward your feet, about 45° to the belly side, at table height."
#: Way of the upper hip and shoulder backwards. World axes read a camera 10–18° higher than it is, which
#: turns "back" upwards in a diagonal view: there, only its level part is used.
ROLL_LEVEL = Along("hip", "back_level") + Along("shoulder", "back_level")
ROLL = Along("hip", "back") + Along("shoulder", "back")
#: Windows of the *estimated* camera angle. True 43° from the belly reads 30–34°; true 135° reads 159°,
#: square to the back 171–180°; a lens at 1.7 m reads 44–47° of elevation, one at 0.75 m 22–32°. From the
#: feet end the hips are placed wrongly, and low from the belly the roll does not show: unknown there.
FROM_FEET = Seen(azimuth=((24, 75),), joints=("hip", "shoulder"), where=CAMERA)
FROM_ABOVE = Seen(azimuth=((-24, 24),), elevation=(38, 90), joints=("hip", "shoulder"), where=CAMERA)
FROM_BACK = Seen(azimuth=((135, 166),), joints=("hip", "shoulder"), where=CAMERA)
#: A gap of 8 and 14 cm reads 22 and 39 % from the feet and 31 (14 cm) low from the belly; from above 5 and
#: 18, where 0 is clean: unknown there, and from the back, where the legs hide the feet.
FEET_FROM_FEET = Seen(azimuth=((24, 75),), joints=("ankle", "other_ankle"), where=CAMERA)
FEET_FROM_BELLY = Seen(
    azimuth=((-30, 24),), elevation=(-90, 38), joints=("ankle", "other_ankle"), where=CAMERA
)

EXERCISE = Exercise(
    id="clamshell",
    name="Clamshell",
    posture="side_lying",
    side="upper",
    reps=Cycle(OPENING, min_range=9, full_range=30, min_s=0.4, max_s=10),
    gates=(Gate(KNEES_BENT.typical("rest"), low=12, what="knees bent"),),
    faults=(
        Fault(
            "hip_roll_back",
            (
                Way(ROLL_LEVEL.change("top"), at_most(9.5, severe=14), FROM_FEET),
                Way(ROLL.change("top"), at_most(7.5, severe=10), FROM_ABOVE),
                Way(ROLL_LEVEL.change("top"), at_most(9, severe=15), FROM_BACK),
            ),
            cue="Keep the top hip stacked",
            why="When the pelvis rolls back, the hip flexors take over from the side glutes.",
            limb=(("hip", "other_hip"), ("shoulder", "hip")),
            name="hip rolling back",
            weight=25,
            primary=True,
            source="rendered twins, roll 25°, hip plus shoulder: from the feet 3–8 clean, 16–21 rolled, "
            "10° 10, 18° 12.5; belly raised 2–6 and 10–12; back diagonal 0–4 and 18–23, 15° 13",
        ),
        Fault(
            "feet_apart",
            (
                Way(FEET.change("move"), at_most(15, severe=26), FEET_FROM_FEET),
                Way(FEET.change("move"), at_most(10, severe=20), FEET_FROM_BELLY),
            ),
            cue="Keep your heels glued together",
            why="With the feet apart it becomes a leg raise, and the turning muscles rest.",
            limb=(("ankle", "other_ankle"), ("knee", "ankle")),
            name="feet apart",
            weight=15,
            hold_s=0.3,
            source="thresholds, Side-lying: 5 and 10 cm, which is 10 and 20 % of a torso, "
            "above 5–9 % clean from the feet",
        ),
    ),
    setup="Lie on your side, head supported, hips bent 45–60°, knees about 90°, heels together.",
    camera=CAMERA,
    best=Seen(azimuth=((24, 75),)),
    refs=(
        "Willcox & Burden 2013, J Orthop Sports Phys Ther: pelvis and hip angle in the clamshell",
        "Baik 2021, J Athl Train 56(9):945: a rolled trunk and the side glutes, lying on the side",
        "docs/thresholds.md: Side-lying; What the landmarks show",
    ),
)
