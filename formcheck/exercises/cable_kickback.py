"""Cable kickback: standing, hands on a support; one straight leg goes back against a cable or a band."""

from formcheck.spec import (
    Along,
    Cycle,
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

#: The leg behind the vertical: lean of the thigh that is further back, and way of the feet's middle; the same
#: whichever leg is taken for which. From 60 to 135° of azimuth it reads 0.9–1.05 times the leg's angle (tune
#: split, medians).
BACK = Fitted(
    (
        (0.5, OfBoth("max", Lean("knee", "hip"))),
        (0.42, Along("ankles", "back_level", than="hips")),
    ),
    "°",
)
#: In the picture a bend reads true from the side, in the world a half of it, whatever the camera.
BEND = Fitted(
    ((0.75, Flexion("hip", "knee", "ankle", space="image")), (0.25, Flexion("hip", "knee", "ankle"))), "°"
)
#: A pelvis that opens takes both hip points back, and the shoulder after them.
OPENED = Fitted(
    (
        (1.0, Along("hip", "back_level")),
        (1.0, Along("other_hip", "back_level")),
        (0.5, Along("shoulder", "back_level", than="other_shoulder")),
    ),
    "% torso",
)
CAMERA = "Put the camera square to your side, at about hip height."


def seen(low: float, high: float, *joints: str) -> Seen:
    """From these azimuths."""
    return Seen(azimuth=((low, high),), elevation=(-30, 35), joints=joints, where=CAMERA)


EXERCISE = Exercise(
    id="cable_kickback",
    name="Cable kickback",
    posture="standing",
    side="moving",
    reps=Cycle(BACK, min_range=9, full_range=33, max_s=10, reading=Reading(0.9, 0.13, 8)),
    gates=(
        Gate(OfBoth("min", Travel("ankle")).typical("top"), high=30, what="one foot stays"),
        Gate(Distance("ankle", "other_ankle").typical("rest"), high=45, what="the feet are together at rest"),
        Gate(Along("hips", "up").swing("top"), high=18, what="the hips stay up"),
        Gate(Lean("hips", "shoulders").shift("top"), low=-8, what="the trunk does not lean back"),
    ),
    faults=(
        Fault(
            "trunk_tip",
            (
                Way(
                    Lean("hips", "shoulders").shift("top"),
                    at_most(9, severe=18),
                    seen(55, 140, "shoulder", "hip"),
                ),
            ),
            cue="Body quiet, only the leg moves",
            why="A trunk that tips lifts the foot without the hip working.",
            limb=(("shoulder", "hip"),),
            name="trunk tipping",
            weight=15,
            primary=True,
            source="thresholds, Standing on one leg, 10° and 20°; tune split: clean reps read -3 to 4°, "
            "13–30° 11–29",
        ),
        Fault(
            "hip_open",
            (
                Way(
                    OPENED.shift("top"),
                    at_most(27, severe=34),
                    seen(70, 115, "hip", "other_hip"),
                    clears=False,
                ),
            ),
            cue="Both hip bones face forward",
            why="A pelvis that opens turns the leg out, and the lower back takes over.",
            limb=(("hip", "other_hip"),),
            name="hips opening",
            weight=20,
            source="12° and 22° of the pelvis; tune split: a leg that goes back drags both hip points by "
            "up to 21 %, 28–38° read 24–36: only large ones show",
        ),
        Fault(
            "knee_bend",
            (Way(BEND.typical("turn"), at_most(18, severe=30), seen(60, 120, "hip", "knee", "ankle")),),
            cue="Lengthen the leg",
            why="A straight leg keeps the lever, and so the load, the same.",
            limb=(("hip", "knee"), ("knee", "ankle")),
            name="knee bending",
            weight=10,
            source="thresholds, Standing on one leg, 20° and 35°; tune split: clean reps read 1–16°, 26–27° "
            "20–23, 41–55° 21–48",
        ),
    ),
    setup="Lean a little forward from the hips, hands on a support, the cable or band at one ankle.",
    camera=CAMERA,
    best=Seen(azimuth=((65, 115),), elevation=(-20, 35)),
    refs=("docs/thresholds.md: Standing on one leg",),
)
