"""What the deadlifts share: signals that tell them apart, and the faults of back, bar and lockout.

Hips and shoulders rise by different amounts, which shows from every low camera: in a squat they rise nearly
alike, in a Romanian deadlift the hips hardly do, and pulling from the floor lies in between.
"""

from formcheck.spec import (
    Along,
    Combine,
    Distance,
    Fault,
    Fitted,
    Gate,
    Lean,
    Limits,
    OfBoth,
    Scaled,
    Seen,
    Signal,
    Way,
    at_most,
)

#: Heights over the feet, in the picture: the same whether the trunk leans towards the camera or across.
TALL = Along("shoulders", "up", than="ankles")
HIPS = Along("hips", "up", than="ankles")
#: How far the trunk comes up by itself.
TRUNK = TALL - HIPS
LEAN = Lean("hips", "shoulders")
#: The hands' height over the feet, and that of the lower one: a hand that is hidden is guessed too high.
BAR_HEIGHT = OfBoth("mean", Along("wrist", "up", than="ankle"))
HANDS = OfBoth("min", Along("wrist", "up", than="ankle"))
#: The higher hand over its shoulder: hanging arms read -126–-65 at the floor and -127–-84 upright, hands
#: at the chest of somebody who squats -40–-23.
HANGING = OfBoth("max", Along("wrist", "up", than="shoulder"))
#: The arm that the camera sees better, out of the vertical: plates hide the feet, and a bar that is held
#: against guessed feet drifts (by 19–33 % of the torso with one of ten people, all of whose bars stayed).
ARM = Lean("wrist", "shoulder")
FEET = Distance("ankle", "other_ankle")
SHOULDERS = Distance("shoulder", "other_shoulder")
#: Hips that rise before the shoulders do, fitted: by the trunk, which tips, and by the heights.
SHOOTING = Fitted(((0.5, LEAN), (0.5, Combine(HIPS, TALL, -0.8))), "°")
CAMERA = "Put the camera square to your side."
#: Estimated azimuths of true ones from 75 to 105° lay between 80 and 109°.
SIDE = Seen(azimuth=((65, 115),), elevation=(-90, 30), joints=("shoulder", "hip", "ankle"), where=CAMERA)
ARM_SEEN = Seen(azimuth=((65, 115),), elevation=(-90, 30), joints=("wrist", "shoulder"), where=CAMERA)


def rises_with(share: float) -> Signal:
    """Positive where the hips rise by more than this share of what the shoulders do."""
    return Combine(HIPS, TALL, -share)


#: The hips' rise as a share of the shoulders', tune split: 0.30–0.56 with narrow feet and 0.54–0.70 with wide
#: ones, 0.66 in real footage; Romanian deadlifts 0–0.33, real ones 0.22–0.29. Over 0.28 of it that is 4 % of
#: the torso and more here, and -9 and less in a Romanian one that goes as far down. A squat's trunk comes up
#: by less (25–32 %; 37–107 here), and its hands do not hang, but are 107–147 % over the feet; at a bar they
#: read 3–56, and up to 103 where the thighs hide them.
FROM_THE_FLOOR = (
    Gate(HANDS.typical("rest"), high=125, what="the hands reach the bar on the floor"),
    Gate(HANGING.typical("rest"), high=-48, what="both arms hang down to it"),
    Gate(rises_with(0.28).shift("top"), low=-3, what="knees and hips straighten together"),
)


def bar_drift(way: Way, source: str) -> Fault:
    """The bar away from the legs."""
    return Fault(
        "bar_drift",
        (way,),
        cue="Keep the bar against your legs",
        why="A bar that swings ahead pulls the back forwards; close to the legs it is lighter.",
        limb=(("shoulder", "elbow"), ("elbow", "wrist")),
        name="bar drifting away",
        weight=12,
        primary=True,
        source=source,
    )


def back_round() -> Fault:
    """A back that bends: the landmarks have no spine, only shoulders and hips."""
    return Fault(
        "back_round",
        (Way(Distance("shoulders", "hips").drop("move"), at_most(22, severe=30), SIDE, clears=False),),
        cue="Long spine, chest up",
        why="A back that keeps its shape passes the load on to the hips and legs.",
        limb=(("shoulder", "hip"),),
        name="back rounding",
        weight=10,
        source="shoulders and hips come nearer to each other by 2 to 6 % when the back bends by 27–50°, "
        "which landmarks cannot tell (tune split: bent backs and straight ones read alike). So it is unknown "
        "unless the trunk folds up by a fifth; leaning alone reads up to 15 %",
    )


def lockout_lean(*, clears: bool = True, source: str = "") -> Fault:
    """Leaning back on top; `source` adds to where the limits come from."""
    return Fault(
        "lockout_lean",
        (
            Way(
                Scaled(LEAN, -1.0).typical("turn"),
                at_most(7.2, severe=13),
                SIDE,
                clears,
                ok_to=6.0,
                certain=11.5,
            ),
        ),
        cue="Stand tall, ribs down",
        why="Leaning back on top presses the lower back together and adds nothing.",
        limb=(("shoulder", "hip"),),
        name="leaning back on top",
        weight=10,
        primary=True,
        source="8° and 15° of the body; tune split: -6 to 6.7° where nobody leans back, 11–25° 8–23. One of "
        "twelve people's clean reps all read 7–9: up to 11.5 it is called where they have read lower"
        + source,
    )


def hips_shoot(limits: Limits, source: str, *, clears: bool = True) -> Fault:
    """Hips that rise before the shoulders."""
    return Fault(
        "hips_shoot",
        (Way(SHOOTING.change("lift"), limits, SIDE, clears),),
        cue="Chest and hips rise together",
        why="Hips that rise first leave the whole lift to the back.",
        limb=(("shoulder", "hip"), ("hip", "knee")),
        name="hips shooting up",
        weight=12,
        primary=True,
        source="8° and 14° by which the trunk tips further than at the floor. Tune split: -12 to 0.5 where "
        "it does not; " + source,
    )
