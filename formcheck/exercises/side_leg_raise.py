"""Side-lying leg raise: the straight upper leg goes up and comes down under control."""

from formcheck.spec import Along, Between, Cycle, Exercise, Fault, Flexion, Gate, Seen, Way, at_most

RAISE = Between("hip", "ankle", "shoulders", "hips")
KNEE = Flexion("hip", "knee", "ankle")
KNEE_IMAGE = Flexion("hip", "knee", "ankle", space="image")
CAMERA = "Put the camera toward your feet, about 35° to the belly side, at table height."
#: Way of the upper hip and shoulder backwards. World axes read a camera 10–18° higher than it is, which
#: turns "back" upwards in a diagonal view: there, only its level part is used.
ROLL_LEVEL = Along("hip", "back_level") + Along("shoulder", "back_level")
ROLL = Along("hip", "back") + Along("shoulder", "back")
#: Windows of the *estimated* camera angle. True 43° from the belly reads 30–34°; true 135° reads 159°,
#: square to the back 171–180°; a lens at 1.7 m reads 32° of elevation, one at 0.75 m 11–23°. From the
#: feet end the hips are placed wrongly, and low from the belly the roll does not show: unknown there.
FROM_FEET = Seen(azimuth=((24, 75),), joints=("hip", "shoulder"), where=CAMERA)
FROM_ABOVE = Seen(azimuth=((-24, 24),), elevation=(28, 90), joints=("hip", "shoulder"), where=CAMERA)
FROM_BACK = Seen(azimuth=((135, 166),), joints=("hip", "shoulder"), where=CAMERA)
LEG_FROM_FEET = Seen(azimuth=((24, 75),), joints=("hip", "knee", "ankle"), where=CAMERA)
LEG_ELSEWHERE = Seen(azimuth=((-75, 24), (105, 180)), joints=("hip", "knee", "ankle"), where=CAMERA)

EXERCISE = Exercise(
    id="side_leg_raise",
    name="Side-lying leg raise",
    posture="side_lying",
    side="upper",
    reps=Cycle(RAISE, min_range=10, full_range=28, min_s=0.4, max_s=10, gain=1.45),
    gates=(Gate(KNEE.typical("top"), high=70, what="upper leg rather straight"),),
    faults=(
        Fault(
            "hip_roll_back",
            (
                Way(ROLL_LEVEL.change("top"), at_most(8.5, severe=12), FROM_FEET),
                Way(ROLL.change("top"), at_most(5.5, severe=8), FROM_ABOVE),
                Way(ROLL_LEVEL.change("top"), at_most(6, severe=13), FROM_BACK),
            ),
            cue="Keep the top hip stacked",
            why="When the pelvis rolls back, the hip flexors lift the leg instead of the side glutes.",
            limb=(("hip", "other_hip"), ("shoulder", "hip")),
            name="hip rolling back",
            weight=25,
            primary=True,
            source="rendered twins, roll 25°, from the feet: hip 5 clean, 15 rolled; shoulder 4 and 16",
        ),
        Fault(
            "hip_hike",
            (
                Way(
                    Along("hip", "head", than="shoulder").change("top"),
                    at_most(6, severe=11),
                    Seen(
                        azimuth=((-30, 30), (150, 180)),
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
            source="thresholds, Side-lying: the trunk's side shorter by 5 %. Rendered: -3 to 4 clean, "
            "0 at 12°: only gross ones show",
        ),
        Fault(
            "knee_bend",
            (
                Way(KNEE_IMAGE.level("top"), at_most(9, severe=14), LEG_FROM_FEET, clears=False),
                Way(KNEE.change("top"), at_most(10, severe=25), LEG_ELSEWHERE),
            ),
            cue="Lengthen the leg",
            why="A bent knee shortens the lever and makes it a smaller exercise.",
            limb=(("hip", "knee"), ("knee", "ankle")),
            name="knee bending",
            weight=8,
            source="from the feet 0–7 clean, 11.5 at 55°: the shank bends into depth; "
            "elsewhere -9 to 4 and 14–43 at 40°",
        ),
        Fault(
            "leg_drift_forward",
            (
                Way(
                    Along("ankle", "belly_level", than="hip").change("top"),
                    at_most(55, severe=75),
                    Seen(azimuth=((24, 75),), joints=("hip", "ankle"), where=CAMERA),
                ),
            ),
            cue="Heel back, in line with you",
            why="With the leg in front, the front of the hip does the work.",
            limb=(("hip", "knee"), ("knee", "ankle")),
            name="leg drifting forward",
            weight=10,
            source="thresholds, Side-lying: 15° and 25°. Rendered: 28–39 % clean, 81 at 25°",
        ),
    ),
    setup="Lie on your side, body in one line, lower leg bent for balance, upper leg straight.",
    camera=CAMERA,
    best=Seen(azimuth=((24, 75),)),
    refs=(
        "Baik 2021, J Athl Train 56(9):945: a rolled trunk and the side glutes",
        "Lee 2013, J Sport Rehabil 22(4):301: turning the leg",
        "Kim 2017, JKSPM 12(3):59, and Cureus 2023, 15(8):e43523: a still pelvis",
        "Davis 2011, J Orthop Sports Phys Ther 41(12):953: the active hip abduction test",
        "docs/thresholds.md: Side-lying; What the landmarks show",
    ),
)
