"""Squat, with or without load: sit down between the feet and stand up again."""

from formcheck.spec import (
    Along,
    Combine,
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
    Way,
    at_most,
)

#: Both knees bend: the smaller flexion, so that a swinging or a stepping leg is no squat.
KNEES = OfBoth("min", Flexion("hip", "knee", "ankle"))
#: How much further the hips sink than the knees' bend alone asks for. % of the torso per degree of bend:
#: squats 0.73–1.4 on real and rendered clips; hinging, sitting and swinging 0.47 and less.
SINK = Combine(Scaled(Along("hips", "up", than="ankles"), -1.0), KNEES, -0.58)
#: Knees apart against feet apart.
KASR = Ratio(Distance("knee", "other_knee"), Distance("ankle", "other_ankle"))
FRONT = "Put the camera straight in front of you."
SIDE = "Put the camera square to your side."
FROM_SIDE = ((65.0, 115.0),)

EXERCISE = Exercise(
    id="squat",
    name="Squat",
    posture="standing",
    side="both",
    reps=Cycle(
        KNEES,
        min_range=28,
        full_range=75,
        min_s=0.7,
        max_s=10,
        smooth_hz=6,
        ballistic=True,
        lift_first=False,
        lowering_s=(0.45, 0.25),
    ),
    gates=(Gate(SINK.change("top"), low=0, what="the hips sink between the feet"),),
    faults=(
        Fault(
            "knee_valgus",
            (
                Way(
                    Scaled(KASR, -1.0, 100.0).typical("turn"),
                    at_most(2, severe=20),
                    Seen(
                        azimuth=((0, 25),), joints=("knee", "other_knee", "ankle", "other_ankle"), where=FRONT
                    ),
                ),
            ),
            cue="Push your knees out",
            why="Knees that fall in lose the line over the feet.",
            limb=(("hip", "knee"), ("knee", "ankle")),
            name="knees falling in",
            weight=20,
            primary=True,
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
            weight=12,
            source="domain.md 3.4: trunk against shin 15° and 25°",
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
            name="not deep",
            weight=10,
            source="domain.md 3.4: thigh above the horizontal by 20° and 35° when the goal is parallel",
        ),
        Fault(
            "hip_shift",
            (
                Way(
                    Along("hips", "out", than="ankles").swing("top"),
                    at_most(8, severe=14),
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
            source="domain.md 3.4: 3 and 6 cm, which is 6.5 and 13 % of a torso",
        ),
        Fault(
            "heel_lift",
            (
                Way(
                    Along("heel", "up", than="foot_index").change("top"),
                    at_most(8, severe=14),
                    Seen(azimuth=FROM_SIDE, joints=("heel", "foot_index"), where=SIDE),
                ),
            ),
            cue="Press through the whole foot",
            why="With the heels up the knees take the load and the balance goes.",
            limb=(("ankle", "heel"), ("heel", "foot_index")),
            name="heels lifting",
            weight=10,
            hold_s=0.3,
            source="domain.md 3.3: 12 and 25 % of a foot, which is half a torso, plus 2 % for the noisiest points",
        ),
    ),
    setup="Feet about shoulder width, toes slightly out.",
    camera="Put the camera square to your side for depth and lean, or straight in front for the knees.",
    best=Seen(azimuth=((0, 25), (65, 115))),
    refs=("domain.md 2.5, 3.4",),
)
