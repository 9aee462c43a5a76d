"""Single-leg glute bridge: one foot planted, the pelvis goes up level until knee, hip and shoulder line up."""

from formcheck.spec import Along, Cycle, Exercise, Fault, Flexion, Scaled, Seen, Way, at_most

#: Opening of the planted side's hip: 180° is straight.
HIP = Scaled(Flexion("shoulder", "hip", "knee"), -1.0, 180.0)
CAMERA = "Put the camera at your side, about chest height."

EXERCISE = Exercise(
    id="single_leg_bridge",
    name="Single-leg glute bridge",
    posture="supine",
    side="planted",
    reps=Cycle(HIP, min_range=18, full_range=45, min_s=0.7, max_s=10),
    gates=(),
    faults=(
        Fault(
            "pelvis_drop",
            (
                Way(
                    Along("hip", "up", than="other_hip").change("top"),
                    at_most(5, severe=8),
                    Seen(azimuth=((65, 115),), elevation=(20, 90), joints=("hip", "other_hip"), where=CAMERA),
                ),
            ),
            cue="Level hips, lift the free side",
            why="Holding the pelvis level on one leg is the point of this exercise.",
            limb=(("hip", "other_hip"),),
            name="pelvis dropping",
            weight=25,
            primary=True,
            source="rendered twins, 15°, side with the lens at 1.6 m: -0.5 clean, 8.2 dropped",
        ),
    ),
    setup="On your back, one knee bent about 90° with the foot planted, the other leg in line with its thigh.",
    camera=CAMERA,
    best=Seen(azimuth=((65, 115),), elevation=(20, 90)),
    refs=("domain.md 2.4, 3.3", "observability.md: others"),
)
