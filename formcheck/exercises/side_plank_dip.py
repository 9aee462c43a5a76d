"""Side plank dip: on one arm and one foot's edge, the hips come up from near the floor into one line."""

from formcheck.spec import (
    Along,
    Cycle,
    Exercise,
    Fault,
    OverLine,
    Seen,
    Way,
    at_least,
    at_most,
)

#: Height of the hips over the line from shoulders to ankles.
HIPS = OverLine("hips", "shoulders", "ankles")
CAMERA = "Put the camera square to your belly, as low as your hips."
BODY = ("shoulder", "hip", "ankle")


def belly(*joints: str) -> Seen:
    """From the belly's side."""
    return Seen(azimuth=((-40, 40),), elevation=(-60, 40), joints=joints, where=CAMERA)


EXERCISE = Exercise(
    id="side_plank_dip",
    name="Side plank dip",
    posture="side_lying",
    side="upper",
    reps=Cycle(HIPS, min_range=8, full_range=27, partial=0.42, min_s=0.5, max_s=10),
    gates=(),
    faults=(
        Fault(
            "sag",
            (Way(HIPS.floor("turn"), at_least(-4, severe=-10), belly(*BODY)),),
            cue="Lift the hips into line",
            why="Hips that hang leave the load to the shoulder and the spine.",
            limb=(("shoulder", "hip"), ("hip", "knee")),
            name="hips sagging",
            weight=16,
            primary=True,
            source="thresholds, Core and machines",
        ),
        Fault(
            "roll",
            (
                Way(
                    Along("hip", "belly").swing("top"),
                    at_most(10, severe=20),
                    Seen(azimuth=((30, 150),), joints=BODY, where=CAMERA),
                    clears=False,
                ),
            ),
            cue="Stack your hips and shoulders",
            why="A body that rolls takes the load off the side of the waist.",
            limb=(("hip", "other_hip"),),
            name="rolling",
            weight=14,
            source="thresholds, Core and machines",
        ),
    ),
    setup="On the forearm or the hand under the shoulder, legs straight, feet together, hips low.",
    camera=CAMERA,
    best=belly(),
    refs=("docs/thresholds.md: Core and machines",),
)
