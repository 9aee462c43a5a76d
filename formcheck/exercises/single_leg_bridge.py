"""Single-leg glute bridge: one foot planted, the pelvis goes up level until knee, hip, shoulder line up."""

from formcheck.spec import Along, Cycle, Exercise, Fault, Flexion, OverLine, Scaled, Seen, Way, at_most

#: Opening of the planted side's hip: 180° is straight.
HIP = Scaled(Flexion("shoulder", "hip", "knee"), -1.0, 180.0)
BENT = Flexion("shoulder", "hip", "knee", space="image")
CAMERA = "Put the camera at your side, at about chest height when standing."
SIDE = Seen(azimuth=((65, 115),), joints=("shoulder", "hip", "knee"), where=CAMERA)

EXERCISE = Exercise(
    id="single_leg_bridge",
    name="Single-leg glute bridge",
    posture="supine",
    side="planted",
    reps=Cycle(HIP, min_range=18, full_range=45, min_s=0.5, max_s=10, lowering_s=(0.30, 0.20)),
    gates=(),
    faults=(
        Fault(
            "pelvis_drop",
            (
                Way(
                    Along("hip", "up", than="other_hip").change("top"),
                    at_most(6.2, severe=9),
                    Seen(azimuth=((65, 115),), elevation=(17, 90), joints=("hip", "other_hip"), where=CAMERA),
                ),
            ),
            cue="Level hips, lift the free side",
            why="Holding the pelvis level on one leg is the point of this exercise.",
            limb=(("hip", "other_hip"),),
            name="pelvis dropping",
            weight=25,
            primary=True,
            source="rendered twins, 15°, side with the lens at 1.6 m: 0–5 clean, 8–11 dropped",
        ),
        Fault(
            "incomplete_extension",
            (Way(BENT.typical("turn"), at_most(13.5, severe=22), SIDE),),
            cue="Knee, hip, shoulder: one line",
            why="The last degrees are where the glutes work hardest.",
            limb=(("shoulder", "hip"), ("hip", "knee")),
            name="not fully up",
            weight=12,
            source="thresholds, All fours and supine: 12° and 22° short of straight. Rendered: 2–6° full, "
            "17° where 19° missed",
        ),
        Fault(
            "back_arch",
            (
                Way(
                    OverLine("hip", "shoulder", "knee").typical("turn"),
                    at_most(8, severe=13),
                    SIDE,
                    clears=False,
                ),
            ),
            cue="Finish with the glutes",
            why="Above the line the lower back lifts, not the hip.",
            limb=(("shoulder", "hip"),),
            name="back arching",
            weight=22,
            source="thresholds, All fours and supine: 6 and 12 % above the line. Rendered: up to 5 clean, "
            "4 with an arch of 25°",
        ),
        Fault(
            "heel_lift",
            (
                Way(
                    Along("heel", "up", than="foot_index").change("top"),
                    at_most(8, severe=14),
                    Seen(
                        azimuth=((65, 115),), elevation=(17, 90), joints=("heel", "foot_index"), where=CAMERA
                    ),
                ),
            ),
            cue="Press through the whole foot",
            why="On the toes the thigh works more and the glutes less.",
            limb=(("ankle", "heel"), ("heel", "foot_index")),
            name="heel lifting",
            weight=10,
            hold_s=0.3,
            source="thresholds, All fours and supine: 12 and 25 % of a foot, which is half a torso long, "
            "plus 2 % for the noisiest points",
        ),
    ),
    setup="On your back, one knee bent about 90°, that foot planted, the other leg in line with its thigh.",
    camera=CAMERA,
    best=Seen(azimuth=((65, 115),), elevation=(17, 90)),
    refs=(
        "Rev Bras Fisioter 2012, 16(4): pelvic alignment in the bridge, healthy mean and error",
        "Lehecka 2017, Int J Sports Phys Ther 12(4):543: knee angle and the share of the glutes",
        "docs/thresholds.md: All fours and supine; What the landmarks show",
    ),
)
