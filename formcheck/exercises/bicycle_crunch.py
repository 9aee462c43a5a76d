"""Bicycle crunch: on the back, shoulders up, hands at the head; one leg stretches, the other knee comes in.

Each side is a rep, two make a cycle; the working side is that of the leg that stretches.
"""

from formcheck.spec import (
    Along,
    Between,
    Cycle,
    Distance,
    Exercise,
    Fault,
    Flexion,
    Gate,
    OfBoth,
    Reading,
    Seen,
    Travel,
    Way,
    at_most,
)

#: How far the thighs are apart, whichever is ahead.
SCISSORS = Between("hip", "knee", "other_hip", "other_knee")
#: The nearer hand at the head: 4–24 % of the torso, real ones 9–17; those of a dead bug 36 and more.
HANDS = OfBoth("min", Distance("wrist", "ear"))
CAMERA = "Put the camera square to your side, at the height of your knees."
FEET = "Put the camera diagonally at your feet."
HEAD = Flexion("hips", "shoulders", "ears")
SWAY = Along("knees", "out", than="hips")


def side(*joints: str) -> Seen:
    """From the side."""
    return Seen(azimuth=((60, 118),), joints=joints, where=CAMERA)


EXERCISE = Exercise(
    id="bicycle_crunch",
    name="Bicycle crunch",
    posture="supine",
    side="alternating",
    reps=Cycle(
        SCISSORS,
        min_range=20,
        full_range=65,
        partial=0.42,
        min_s=0.4,
        max_s=8,
        seen=Seen(azimuth=((0, 125),), where=CAMERA),
        reading=Reading(0.88, 0.16, 12),
        flows=True,
    ),
    gates=(
        Gate(HANDS.typical("move"), high=32, what="a hand at the head"),
        Gate(SCISSORS.typical("rest"), high=26, what="the knees pass each other"),
        Gate(Travel("hips").best("move"), high=40, what="the hips stay"),
    ),
    faults=(
        Fault(
            "neck_pull",
            (Way(HEAD.change("top"), at_most(18, severe=25), side("ear", "shoulder", "hip"), clears=False),),
            cue="Lift the chest, not the head",
            why="Hands that pull the head bend the neck instead of the trunk.",
            limb=(("shoulder", "ear"),),
            name="pulling on the neck",
            weight=14,
            primary=True,
            source="tune split: hands and elbows hide the neck. Clean reps read up to 4°, 7–9° 8, 24–42° -5 "
            "to 13. Called is only what lies beyond all of that",
        ),
        Fault(
            "hips_rock",
            (
                Way(
                    SWAY.swing("top"),
                    at_most(42, severe=58),
                    Seen(azimuth=((20, 50),), joints=("hip", "knee", "other_knee"), where=FEET),
                    clears=False,
                ),
            ),
            cue="Hips still, only the ribs turn",
            why="A pelvis that rocks takes the turn away from the waist.",
            limb=(("hip", "other_hip"),),
            name="rocking hips",
            weight=12,
            source="tune split: from the feet the knees of clean reps sway by up to 28 % of the torso, 28° "
            "of roll take them 66 %. From the side it does not show",
        ),
    ),
    setup="On your back, hands at your head, shoulders up, knees over the hips.",
    camera=CAMERA,
    best=side(),
    refs=("docs/thresholds.md: Core and machines; What the landmarks show",),
)
