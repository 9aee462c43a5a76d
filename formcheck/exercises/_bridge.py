"""What bridges on both feet share. No exercise itself: it defines no ``EXERCISE``.

Figures are from the tune split of the recorded studio; "people left out" were read by weights that never saw
them.
"""

from formcheck.spec import (
    Along,
    Distance,
    Fault,
    Flexion,
    Gate,
    LeanInLine,
    Limits,
    OfBoth,
    Placing,
    Ratio,
    Scaled,
    Seen,
    Signal,
    Slope,
    Travel,
    Way,
    at_most,
)

CAMERA = "Put the camera square to your side, at about table height."
SIDE = ((60.0, 120.0),)
HEIGHT = (-30.0, 45.0)
BESIDE = Seen(azimuth=SIDE, elevation=HEIGHT, joints=("shoulder", "hip", "knee"), where=CAMERA)
#: Shins off the vertical, to either side, degrees.
OFF = Scaled(Slope("ankles", "knees"), -1.0, 90.0)
#: How much narrower the knees are than the feet, %.
NARROW = Scaled(Ratio(Distance("knee", "other_knee"), Distance("ankle", "other_ankle")), -1.0, 100.0)
#: What a bridge on both feet is, % of the torso and degrees. Measured on the people to tune with: ankles of
#: one height (up to 37; a single-leg bridge 44–160) that stay (58; a dead bug 77, bicycles 83 and more),
#: knees bent (51° and more). A hidden foot is guessed too high and too far: the limits leave room for it.
BOTH_FEET = (
    Gate(
        OfBoth("max", Along("ankle", "up", than="other_ankle")).typical("top"),
        high=45,
        what="both feet are down",
    ),
    Gate(OfBoth("max", Travel("ankle")).typical("top"), high=75, what="both feet stay"),
    Gate(
        OfBoth("min", Flexion("hip", "knee", "ankle", space="image")).typical("top"),
        low=40,
        what="both knees are bent",
    ),
)


def knees_up(least: float) -> Gate:
    """The knees are over the feet by at least so much, % of the torso."""
    return Gate(
        Along("knees", "up", than="ankles").typical("top"), low=least, what="the knees are over the feet"
    )


def shoulders_stay(way: float) -> Gate:
    """The shoulders are no further from where they rest than `way`, % of the torso."""
    return Gate(Travel("shoulders").typical("top"), high=way, what="the shoulders stay where they are")


def off_line(
    straight: Signal, *, short: Limits, ok_to: float, arched: Limits, short_source: str, arched_source: str
) -> tuple[Fault, Fault]:
    """Hips that stop short of the line from shoulder to knee, and hips that go beyond it.

    Args:
        straight: Degrees beyond straight, negative before it.
        short: Limits of what is missing.
        ok_to: What may be missing where nothing is.
        arched: Limits of what is too much.
        short_source: What `short` was measured on.
        arched_source: The same for `arched`.
    """
    limb = (("shoulder", "hip"), ("hip", "knee"))
    return (
        Fault(
            "incomplete_extension",
            (Way(Scaled(straight, -1.0).typical("turn"), short, BESIDE, ok_to=ok_to),),
            cue="Knee, hip, shoulder: one line",
            why="The last degrees are where the glutes work hardest.",
            limb=limb,
            name="not fully up",
            weight=12,
            primary=True,
            source=short_source,
        ),
        Fault(
            "back_arch",
            (Way(straight.typical("turn"), arched, BESIDE, clears=False),),
            cue="Finish with the glutes",
            why="Above the line the lower back lifts, not the hip.",
            limb=limb[:1],
            name="back arching",
            weight=22,
            source=arched_source,
        ),
    )


KNEES = Fault(
    "knee_valgus",
    (
        Way(
            NARROW.typical("turn"),
            at_most(34, severe=50),
            Seen(
                azimuth=((22, 60),),
                elevation=HEIGHT,
                joints=("knee", "other_knee", "ankle", "other_ankle"),
                where="Put the camera at your feet, a little to the side.",
            ),
            clears=False,
        ),
    ),
    cue="Push your knees out",
    why="Knees that fall in lose the line over the feet.",
    limb=(("hip", "knee"), ("knee", "ankle")),
    name="knees caving inward",
    weight=12,
    source="tune split, diagonally from the feet: clean reps read 10–33 %, 6 cm 36; from the side the knees' "
    "distance reads anything, so it is unknown there",
)
#: Of 27 sets from the side whose shins stand within 8° at the top, none reads beyond these with the hips down
#: (-12 to 12°); of 18 that are off by 17 to 35°, 13 do.
FEET = Placing(
    LeanInLine("shoulders", "hips", "knees", "ankles"),
    low=-15,
    high=16,
    below="Move your feet a little away from your hips.",
    above="Bring your feet a little closer to your hips.",
    seen=BESIDE,
    source="tune split and 12 more people, 45 sets from the side: -12 to 12° where the shins are within 8° "
    "at the top; off by 17-35°, 9 to 41",
)
SHINS = Fault(
    "shin_angle",
    (Way(OFF.typical("top"), at_most(15, severe=25), BESIDE, ok_to=9),),
    cue="Shins upright at the top",
    why="Feet too far from the hips leave the work to the hamstrings, feet too near to the thighs.",
    limb=(("knee", "ankle"),),
    name="feet in the wrong place",
    weight=6,
    once=True,
    source="thresholds, Bridges, 15° and 25°; tune split, from the side: up to 8° reads 1–13, 19–25° 15–25",
)
