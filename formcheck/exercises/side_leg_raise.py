"""Side-lying leg raise: the straight upper leg goes up and comes down under control."""

from formcheck.exercises._side_lying import from_feet, roll_back
from formcheck.spec import (
    Along,
    Between,
    Cycle,
    Distance,
    Exercise,
    Fault,
    Fitted,
    Flexion,
    Gate,
    OfBoth,
    Scaled,
    Seen,
    Way,
    at_most,
)

#: Height of the upper foot over the hips. 41° read 130 % of the torso from diagonally (tune split, median);
#: nearly a straight line over the raise in every view, where the legs' angle in space is compressed.
RAISE = Scaled(OfBoth("max", Along("ankle", "up", than="hips")), 0.31, scaled_unit="°")
KNEE = Flexion("hip", "knee", "ankle")
KNEE_IMAGE = Flexion("hip", "knee", "ankle", space="image")
CAMERA = "Put the camera toward your feet, about 35° to the belly side, at table height."
LEG = ("hip", "knee", "ankle")
#: Seen from the feet, a thigh that drifts forwards points at the lens and looks shorter.
DRIFT = Fitted(((-0.65, Distance("hip", "knee")),), "°")
#: The line through the hips tips against the trunk's; a third of it reaches the landmarks' hips.
HIKE = Fitted(((-1.9, Between("other_hip", "hip", "hips", "shoulders", space="image")),), "°")

EXERCISE = Exercise(
    id="side_leg_raise",
    name="Side-lying leg raise",
    posture="side_lying",
    side="upper",
    reps=Cycle(RAISE, min_range=10, full_range=41, min_s=0.4, max_s=10),
    gates=(Gate(KNEE.typical("top"), high=70, what="upper leg rather straight"),),
    faults=(
        roll_back(
            why="When the pelvis rolls back, the hip flexors lift the leg instead of the side glutes.",
            camera=CAMERA,
        ),
        Fault(
            "hip_hike",
            (
                Way(
                    HIKE.shift("top"),
                    at_most(16, severe=24),
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
            source="tune split, belly side: clean reps read 4–12°, 18–26° 21–27 (one person), 12° 12",
        ),
        Fault(
            "knee_bend",
            (
                Way(
                    KNEE_IMAGE.typical("top"),
                    at_most(9, severe=14),
                    from_feet(*LEG, where=CAMERA),
                    clears=False,
                ),
                Way(
                    KNEE.shift("top"),
                    at_most(12, severe=25),
                    Seen(azimuth=((-75, 14), (105, 180)), joints=LEG, where=CAMERA),
                    clears=False,
                ),
            ),
            cue="Lengthen the leg",
            why="A bent knee shortens the lever and makes it a smaller exercise.",
            limb=(("hip", "knee"), ("knee", "ankle")),
            name="knee bending",
            weight=8,
            source="tune split: the pose model keeps a leg straight that is not. From the feet, clean reps "
            "read 0–6°, 29–57° of bend 13–25 from 50° of azimuth, 0–10 from 30–43°; elsewhere clean up to 8, "
            "40° 12 and 42",
        ),
        Fault(
            "leg_drift_forward",
            (Way(DRIFT.shift("top"), at_most(9, severe=16), from_feet("hip", "knee", where=CAMERA)),),
            cue="Heel back, in line with you",
            why="With the leg in front, the front of the hip does the work.",
            limb=(("hip", "knee"), ("knee", "ankle")),
            name="leg drifting forward",
            weight=10,
            source="fitted on the tune split: clean reps read -24 to 3°, 23–39° 15–36, so 6 less than it is",
        ),
    ),
    setup="Lie on your side, body in one line, lower leg bent for balance, upper leg straight.",
    camera=CAMERA,
    best=from_feet(where=CAMERA),
    refs=(
        "Baik 2021, J Athl Train 56(9):945: a rolled trunk and the side glutes",
        "Lee 2013, J Sport Rehabil 22(4):301: turning the leg",
        "Kim 2017, JKSPM 12(3):59, and Cureus 2023, 15(8):e43523: a still pelvis",
        "Davis 2011, J Orthop Sports Phys Ther 41(12):953: the active hip abduction test",
        "docs/thresholds.md: Side-lying; What the landmarks show",
    ),
)
