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
    Ratio,
    Reading,
    Seen,
    Travel,
    Way,
    While,
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
#: A shin that goes back looks shorter, %: than its own thigh, and than the other shin.
SHORTENED = Fitted(
    (
        (-0.5, Ratio(Distance("knee", "ankle"), Distance("hip", "knee"))),
        (-0.5, Ratio(Distance("knee", "ankle"), Distance("other_knee", "other_ankle"))),
    ),
    "%",
    100.0,
)
#: From the front a bent knee is behind its own hip and foot: 30° in the picture with 56° of the body. 124–160
#: with a straight leg are landmarks gone wild.
IN_PICTURE, WILD = Flexion("hip", "knee", "ankle", space="image"), 60.0
#: A leg that turns out with the pelvis shows its foot from the side. So does one whose shin goes back:
#: straight ones read up to 7° in the picture, those that bend by 56° 22.
OPENED = While(Along("foot_index", "out", than="heel"), IN_PICTURE, below=20.0)
FEET = ("heel", "foot_index")
LEGS = ("hip", "knee", "ankle", "other_knee", "other_ankle")
CAMERA = "Put the camera straight in front of you, at about hip height."


def seen(*azimuth: tuple[float, float], joints: tuple[str, ...] = ()) -> Seen:
    """From these azimuths."""
    return Seen(azimuth=azimuth, elevation=(-30, 40), joints=joints, where=CAMERA)


EXERCISE = Exercise(
    id="standing_hip_abduction",
    name="Standing hip abduction",
    posture="standing",
    side="moving",
    reps=Cycle(OUT, min_range=9, full_range=33, max_s=10, reading=Reading(0.92, 0.1, 11)),
    gates=(
        Gate(OfBoth("min", Travel("ankle")).typical("top"), high=26, what="one foot stays"),
        Gate(Along("ankle", "out", than="hip").swing("top"), low=20, what="the foot goes out"),
        Gate(Along("hips", "up").swing("top"), high=18, what="the hips stay up"),
        Gate(
            OfBoth("max", IN_PICTURE).typical("top"),
            high=50,
            what="both legs are straight",
        ),
    ),
    faults=(
        Fault(
            "trunk_tip",
            (
                Way(
                    Lean("hips", "shoulders").swing("top"),
                    at_most(9, severe=18),
                    seen((0, 30), (150, 180), joints=("shoulder", "hip")),
                ),
                Way(
                    Lean("hips", "shoulders").swing("top"),
                    at_most(8, severe=14),
                    seen((30, 50), joints=("shoulder", "hip")),
                ),
            ),
            cue="Stand tall, only the leg moves",
            why="A trunk that tips away lifts the foot without the side glutes.",
            limb=(("shoulder", "hip"),),
            name="trunk tipping",
            weight=15,
            primary=True,
            source="thresholds, Standing on one leg, 10° and 20°; tune split: clean reps read 0–5°, "
            "13–36° 13–34; from the diagonal 24° 15",
        ),
        Fault(
            "hip_open",
            (
                Way(
                    OPENED.shift("top"),
                    at_most(14, severe=21),
                    seen((0, 18), joints=FEET),
                    clears=False,
                    certain=30,
                ),
            ),
            cue="Both hip bones face forward",
            why="A pelvis that opens lets the hip flexors lift the leg.",
            limb=(("hip", "other_hip"),),
            name="hips opening",
            weight=20,
            source="12° and 22° of the pelvis, which does not show from the front; its foot does. Seventeen "
            "people: clean reps read 1–12 %, all of one person's 18–24; 17–18° 15, 27–37° 10–20. A foot may "
            "turn out by itself: up to 30 it is called where the same person's others read 7 less",
        ),
        Fault(
            "knee_bend",
            (
                Way(
                    While(SHORTENED, IN_PICTURE, WILD).typical("turn"),
                    at_most(18, severe=24),
                    seen((0, 30), joints=LEGS),
                    ok_to=-20,
                    certain=28,
                ),
            ),
            cue="Lengthen the leg",
            why="A straight leg keeps the lever, and so the load, the same.",
            limb=(("hip", "knee"), ("knee", "ankle")),
            name="knee bending",
            weight=10,
            source="thresholds, Standing on one leg, 20° and 35°; 13 people of the tune split: clean reps "
            "read -17 to 11 %, two people 7–11 in each, 26–32° 13–14 and 31–32, 40–45° 24–29, 56° 35–53; "
            "a shin's look differs between people by more than a mild bend: only large ones are called",
        ),
    ),
    setup="Stand tall on one leg, hands on the hips or on a support, cable or band at the other ankle.",
    camera=CAMERA,
    best=Seen(azimuth=((0, 25), (155, 180)), elevation=(-20, 35)),
    refs=("docs/thresholds.md: Standing on one leg",),
)
