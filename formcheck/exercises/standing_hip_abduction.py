"""Standing hip abduction: on one leg, the other one goes out to the side, straight."""

from formcheck.spec import (
    Along,
    Cycle,
    Deviation,
    Distance,
    Exercise,
    Fault,
    Fitted,
    Flexion,
    Gate,
    Lean,
    OfBoth,
    Reading,
    Seen,
    Travel,
    Way,
    at_most,
)

#: The leg out from the vertical: lean of the leg that leans more, to whichever side, and the feet's distance.
OUT = Fitted(
    (
        (0.5, OfBoth("max", Deviation(Lean("ankle", "hip"), 0.0))),
        (0.2, Distance("ankle", "other_ankle")),
    ),
    "°",
)
CAMERA = "Put the camera straight in front of you, at about hip height."


def seen(*azimuth: tuple[float, float], joints: tuple[str, ...] = ()) -> Seen:
    """From these azimuths."""
    return Seen(azimuth=azimuth, elevation=(-30, 40), joints=joints, where=CAMERA)


EXERCISE = Exercise(
    id="standing_hip_abduction",
    name="Standing hip abduction",
    posture="standing",
    side="moving",
    reps=Cycle(OUT, min_range=9, full_range=33, max_s=10, reading=Reading(0.9, 0.13, 8)),
    gates=(
        Gate(OfBoth("min", Travel("ankle")).typical("top"), high=30, what="one foot stays"),
        Gate(Distance("ankle", "other_ankle").typical("rest"), high=75, what="the feet are together at rest"),
        Gate(Along("hips", "up").swing("top"), high=18, what="the hips stay up"),
    ),
    faults=(
        Fault(
            "trunk_tip",
            (
                Way(
                    Along("shoulders", "out", than="hips").swing("top"),
                    at_most(17, severe=34),
                    seen((0, 30), (150, 180), joints=("shoulder", "hip")),
                ),
            ),
            cue="Stand tall, only the leg moves",
            why="A trunk that tips away lifts the foot without the side glutes.",
            limb=(("shoulder", "hip"),),
            name="trunk tipping",
            weight=15,
            primary=True,
        ),
        Fault(
            "hip_open",
            (
                Way(
                    Along("hip", "back_level", than="other_hip").shift("top"),
                    at_most(17, severe=24),
                    seen((30, 65)),
                    clears=False,
                ),
            ),
            cue="Both hip bones face forward",
            why="A pelvis that opens lets the hip flexors lift the leg.",
            limb=(("hip", "other_hip"),),
            name="hips opening",
            weight=20,
        ),
        Fault(
            "knee_bend",
            (
                Way(
                    Flexion("hip", "knee", "ankle").typical("turn"),
                    at_most(24, severe=36),
                    seen((0, 30), joints=("hip", "knee", "ankle")),
                    clears=False,
                ),
            ),
            cue="Lengthen the leg",
            why="A straight leg keeps the lever, and so the load, the same.",
            limb=(("hip", "knee"), ("knee", "ankle")),
            name="knee bending",
            weight=10,
        ),
    ),
    setup="Stand tall on one leg, hands on the hips or on a support, cable or band at the other ankle.",
    camera=CAMERA,
    best=Seen(azimuth=((0, 25), (155, 180)), elevation=(-20, 35)),
    refs=("docs/thresholds.md: Standing on one leg",),
)
