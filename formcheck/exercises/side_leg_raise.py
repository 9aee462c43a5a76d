"""Side-lying leg raise: the straight upper leg goes up and comes down under control."""

from formcheck.exercises._side_lying import from_feet, roll_back
from formcheck.spec import (
    Along,
    Between,
    Condition,
    Cycle,
    Distance,
    Exercise,
    Fault,
    Fitted,
    Flexion,
    OfBoth,
    Reading,
    Scaled,
    Seen,
    Variant,
    Way,
    at_most,
)

#: Height of the upper foot over the hips. 41° read 130 % of the torso from diagonally (tune split, median);
#: nearly a straight line over the raise in every view, where the legs' angle in space is compressed.
RAISE = Scaled(OfBoth("max", Along("ankle", "up", than="hips")), 0.31, scaled_unit="°")
KNEE = Flexion("hip", "knee", "ankle")
#: Bend of the knee as it shows in the picture, to the heel, which stays in line with the shin. A leg that
#: drifts forwards is foreshortened and reads as bent, by 23–31° where it looks 50 % of the torso shorter.
BEND = Fitted(((1.0, Flexion("hip", "knee", "heel", space="image")), (0.4, Distance("hip", "ankle"))), "°")
CAMERA = "Put the camera toward your feet, about 35° to the belly side, at table height."
LEG = ("hip", "knee", "ankle")
#: A roll takes the hip and both shoulders backwards. Their heights say nothing here: a raised leg lifts the
#: hip, and where the pose model loses a shoulder, it lets it sink by 20–40 % of the torso.
ROLL = Fitted(
    (
        (1.4, Along("hip", "back_level")),
        (1.4, Along("shoulder", "back_level")),
        (1.2, Along("other_shoulder", "back_level")),
    ),
    "°",
)
#: A thigh that drifts forwards points more at the lens and looks shorter, and the knee goes to the belly's
#: side: the one shows more from the belly, the other from the feet.
DRIFT = Fitted(((-0.4, Distance("hip", "knee")), (0.3, Along("knee", "belly_level", than="hip"))), "°")
#: The line through the hips tips against the trunk's; a third of it reaches the landmarks' hips.
HIKE = Fitted(((-1.9, Between("other_hip", "hip", "hips", "shoulders", space="image")),), "°")
#: A leg that is turned in lowers the toes. They are noisy, so it is told where they are clearly low, and no
#: verdict hangs on it. At the top, 8 sets with 32° of turning in read -12 to 13 up and -22 to -2 towards the
#: head; 38 with -12 to 8° of it more than 5.6 up or more than -3. Told are 6 of the 8 and none of the 38.
TOES = ("heel", "foot_index")
VARIANTS = (
    Variant(
        "toes_down",
        "with the toes turned down",
        (
            Condition(
                Along("foot_index", "up", than="heel").typical("top"),
                high=5.4,
                seen=from_feet(*TOES, where=CAMERA),
            ),
            Condition(
                Along("foot_index", "head", than="heel").typical("top"),
                high=-3,
                seen=from_feet(*TOES, where=CAMERA),
            ),
        ),
    ),
)

EXERCISE = Exercise(
    id="side_leg_raise",
    name="Side-lying leg raise",
    posture="side_lying",
    side="upper",
    reps=Cycle(RAISE, min_range=10, full_range=41, min_s=0.4, max_s=10, reading=Reading(0.95, 0.07, 5)),
    gates=(),
    faults=(
        roll_back(
            ROLL,
            at_most(18, severe=38),
            ok_to=10,
            certain=58,
            why="When the pelvis rolls back, the hip flexors lift the leg instead of the side glutes.",
            camera=CAMERA,
        ),
        Fault(
            "hip_hike",
            (
                Way(
                    HIKE.shift("top"),
                    at_most(21.5, severe=28),
                    Seen(
                        azimuth=((-30, 14),),
                        joints=("hip", "shoulder"),
                        where="Put the camera square to your belly.",
                    ),
                    clears=False,
                ),
            ),
            cue="Reach long through the heel",
            why="Pulling the pelvis to the ribs lifts the leg with the waist.",
            limb=(("shoulder", "hip"),),
            name="hip hiking",
            weight=12,
            source="tune split, belly side: clean reps read 4–12°, of two of eleven people 16–21; 18–26° "
            "21–27, 12° 12",
        ),
        Fault(
            "knee_bend",
            (
                Way(
                    BEND.shift("top"),
                    at_most(6, severe=11.5),
                    from_feet(*LEG, where=CAMERA),
                    clears=False,
                    certain=16,
                ),
                Way(
                    KNEE.shift("top"),
                    at_most(18, severe=30),
                    Seen(azimuth=((105, 180),), joints=LEG, where=CAMERA),
                    clears=False,
                ),
            ),
            cue="Lengthen the leg",
            why="A bent knee shortens the lever and makes it a smaller exercise.",
            limb=(("hip", "knee"), ("knee", "ankle")),
            name="knee bending",
            weight=8,
            source="the pose model keeps a leg straight that is not. From the feet, 16 people: clean reps "
            "read up to 14°, drifted legs, too; 24–61° of bend 10–26 (true azimuth 42–50°), 1–9 (30–43°), so "
            "from 6 to 16 it is held against the same person's other reps. "
            "Low from the belly, 40° read 12 and clean up to 8; back diagonal 42",
        ),
        Fault(
            "leg_drift_forward",
            (Way(DRIFT.shift("top"), at_most(12, severe=22), from_feet("hip", "knee", where=CAMERA)),),
            cue="Heel back, in line with you",
            why="With the leg in front, the front of the hip does the work.",
            limb=(("hip", "knee"), ("knee", "ankle")),
            name="leg drifting forward",
            weight=10,
            source="fitted on the tune split: clean reps read 5° at most, 23–39° read 20–40",
        ),
    ),
    setup="Lie on your side, body in one line, lower leg bent for balance, upper leg straight.",
    camera=CAMERA,
    best=from_feet(where=CAMERA),
    variants=VARIANTS,
    refs=(
        "Baik 2021, J Athl Train 56(9):945: a rolled trunk and the side glutes",
        "Lee 2013, J Sport Rehabil 22(4):301: turning the leg",
        "Kim 2017, JKSPM 12(3):59, and Cureus 2023, 15(8):e43523: a still pelvis",
        "Davis 2011, J Orthop Sports Phys Ther 41(12):953: the active hip abduction test",
        "docs/thresholds.md: Side-lying; What the landmarks show",
    ),
)
