"""Squat, with or without load: sit down between the feet and stand up again."""

from formcheck.spec import Along, Cycle, Distance, Exercise, Fault, Flexion, Gate, OfBoth, Ratio, Seen, Way, at_most

#: Both knees bend: the smaller flexion, so that a swinging or a stepping leg is no squat.
KNEES = OfBoth("min", Flexion("hip", "knee", "ankle"))
#: Knees apart against feet apart.
KASR = Ratio(Distance("knee", "other_knee"), Distance("ankle", "other_ankle"))
#: In a lunge the back heel is up, or one foot stands far in front.
LEVEL = OfBoth("max", Along("ankle", "up", than="other_ankle"))
FRONT = "Put the camera straight in front of you."
SIDE = "Put the camera square to your side."

EXERCISE = Exercise(
    id="squat",
    name="Squat",
    posture="standing",
    side="both",
    reps=Cycle(KNEES, min_range=28, full_range=70, min_s=0.7, max_s=10, smooth_hz=6, ballistic=True, lift_first=False, lowering_s=(0.45, 0.25)),
    gates=(
        Gate(Along("hips", "up", than="ankles").drop("top"), low=18, what="hips go down"),
        Gate(LEVEL.typical("top"), high=16, what="feet side by side"),
    ),
    faults=(
        Fault(
            "knee_valgus",
            (
                Way(
                    KASR.drop("top"),
                    at_most(12, severe=30),
                    Seen(azimuth=((0, 25),), joints=("knee", "other_knee", "ankle", "other_ankle"), where=FRONT),
                ),
            ),
            cue="Push your knees out",
            why="Knees that fall in lose the line over the feet.",
            limb=(("hip", "knee"), ("knee", "ankle")),
            name="knees falling in",
            weight=20,
            primary=True,
        ),
    ),
    setup="Feet about shoulder width, toes slightly out.",
    camera="Put the camera square to your side for depth and lean, straight in front for the knees.",
    best=Seen(azimuth=((0, 25), (65, 115))),
    refs=("domain.md 2.5, 3.4",),
)
