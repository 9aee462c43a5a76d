"""Bicycle crunch: on the back, shoulders up, hands at the head; one leg stretches, the other knee comes in.

Each side is a rep; the working side is that of the leg that stretches.
"""

from formcheck.spec import (
    Between,
    Cycle,
    Distance,
    Exercise,
    Fault,
    Flexion,
    Gate,
    OfBoth,
    Seen,
    Slope,
    Way,
    at_most,
)

#: How far the thighs are apart, whichever is ahead.
SCISSORS = Between("hip", "knee", "other_hip", "other_knee")
#: Hands at the head; those of a dead bug are up in the air.
HANDS = OfBoth("max", Distance("wrist", "ear"))
CAMERA = "Put the camera square to your side, at the height of your knees."
HEAD = Flexion("hips", "shoulders", "ears", "image")


def side(*joints: str) -> Seen:
    """From the side."""
    return Seen(azimuth=((50, 130),), joints=joints, where=CAMERA)


EXERCISE = Exercise(
    id="bicycle_crunch",
    name="Bicycle crunch",
    posture="supine",
    side="alternating",
    reps=Cycle(SCISSORS, min_range=20, full_range=65, min_s=0.4, max_s=8, flows=True),
    gates=(Gate(HANDS.typical("move"), high=60, what="the hands are at the head"),),
    faults=(
        Fault(
            "neck_pull",
            (Way(HEAD.change("top"), at_most(20, severe=30), side("ear", "shoulder", "hip")),),
            cue="Lift the chest, not the head",
            why="Hands that pull the head bend the neck instead of the trunk.",
            limb=(("shoulder", "ear"),),
            name="pulling on the neck",
            weight=16,
            primary=True,
            source="thresholds, Core and machines",
        ),
        Fault(
            "hips_rock",
            (
                Way(
                    Slope("other_hip", "hip").swing("top"),
                    at_most(15, severe=25),
                    Seen(azimuth=((0, 60),), joints=("hip", "other_hip"), where=CAMERA),
                    clears=False,
                ),
            ),
            cue="Hips still, only the ribs turn",
            why="A pelvis that rocks takes the turn away from the waist.",
            limb=(("hip", "other_hip"),),
            name="rocking hips",
            weight=12,
            source="thresholds, Core and machines",
        ),
    ),
    setup="On your back, hands at your head, shoulders up, knees over the hips.",
    camera=CAMERA,
    best=side(),
    refs=("docs/thresholds.md: Core and machines",),
)
