"""Fire hydrant: on all fours, one bent knee goes out to the side; the pelvis stays square."""

from formcheck.spec import Along, Cycle, Distance, Exercise, Fault, Flexion, Gate, Scaled, Seen, Way, at_most

#: Knees apart in the picture, as lift of the thigh: 55 % of a torso at 52° (rendered truth, 3/4 behind).
#: From the side the lift does not show at all: 52° read 3–10°.
LIFT = Scaled(Distance("knee", "other_knee"), 0.95, scaled_unit="°")
KNEE = Flexion("hip", "knee", "ankle")
CAMERA = "Put the camera behind you and to the side, about 45°, at table height."
LOW = (-90.0, 30.0)

EXERCISE = Exercise(
    id="fire_hydrant",
    name="Fire hydrant",
    posture="quadruped",
    side="moving",
    reps=Cycle(LIFT, min_range=14, full_range=45, min_s=0.7, max_s=8),
    gates=(Gate(KNEE.typical("rest"), low=35, what="knees bent"),),
    faults=(
        Fault(
            "pelvis_rotation",
            (
                Way(
                    Along("hip", "up").change("top"),
                    at_most(12, severe=18),
                    Seen(azimuth=((60, 180),), elevation=LOW, joints=("hip", "other_hip"), where=CAMERA),
                ),
            ),
            cue="Both hip bones face the floor",
            why="A pelvis that opens lifts the knee with the spine instead of the hip.",
            limb=(("hip", "other_hip"),),
            name="hips turning",
            weight=25,
            primary=True,
            source="rendered twins, 22°: lifted hip rises 3–6 clean, 12–21 turned",
        ),
    ),
    setup="Hands under the shoulders, knees under the hips, back long.",
    camera=CAMERA,
    best=Seen(azimuth=((100, 165),), elevation=LOW),
    refs=("domain.md 2.3, 3.3", "observability.md: others"),
)
