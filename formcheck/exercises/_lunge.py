"""What lunges and split squats share: how far the hips sink, and what is asked of the leg that bends.

The working leg is the one that bends: the front one, or in a lunge to the side the one that steps. All sizes
are % of the torso's length unless they are angles.
"""

from __future__ import annotations

import math

from formcheck.spec import (
    Along,
    Cycle,
    Distance,
    Fault,
    Fitted,
    Flexion,
    Gate,
    Lean,
    Limits,
    OfBoth,
    Reading,
    Scaled,
    Seen,
    Travel,
    Way,
    at_most,
)

#: How far the hips sink in the picture. Not against the feet, as in a squat: from the front, one that steps
#: towards the camera comes down as well, and a shallow rep reads as little as one that was broken off.
SUNK = Scaled(Along("hips", "up"), -1.0)
#: How far apart the feet are, how much more upright one shin is than the other, twice, and how much farther
#: one foot has gone than the other: little of all in a squat, and in walking both feet go. Where the legs are
#: taken for each other the feet read as close as in a squat, and have still gone their way.
APART = Fitted(
    (
        (1.0, Distance("ankle", "other_ankle", "world")),
        (
            2.0,
            OfBoth("max", Along("knee", "up", than="ankle") - Along("other_knee", "up", than="other_ankle")),
        ),
        (1.5, OfBoth("max", Travel("ankle"))),
        (-1.5, OfBoth("min", Travel("ankle"))),
    ),
    "% torso",
)
#: Bend of the knee that bends less.
STRAIGHTER = OfBoth("min", Flexion("hip", "knee", "ankle"))
#: Length of a leg in torsos: thigh and shank of 0.42 m to a torso of 0.50 m (docs/thresholds.md, Squat).
LEG = 1.68


def apart(low: float = 170) -> Gate:
    """One foot stands well before the other, or has gone there.

    From the advised views 284 reps of 17 people read 185 at least and 347 in 95 of 100, 86 split squats 115
    at least and 272 in 95 of 100; squats up to 179 in 90 of 100, walking, drinking, tidying up to 130.
    """
    return Gate(APART.typical("turn"), low=low, what="one foot stands well before the other")


#: Reps read 16 at least; a lunge to the side up to 46, with the other leg straight.
BOTH_BEND = Gate(STRAIGHTER.typical("turn"), low=8, what="both knees bend")

#: The knees' mean angle beyond 90°: of both, for from the side one leg is often taken for the other.
OPEN = Scaled(OfBoth("mean", Flexion("hip", "knee", "ankle", "image")), -1.0, 90.0)
TRUNK = Lean("hips", "shoulders")
#: The same for a trunk that leans: it takes the landmarks of the hips along, and the knees read 4–17° more
#: open under 40–60° of it, with five people.
NOT_DEEP = Fitted(((1.0, OPEN), (-0.2, TRUNK)), "°")
#: How far the knee is inside its ankle.
INSIDE = Scaled(Along("knee", "out", than="ankle"), -1.0)
ASIDE = Along("shoulders", "out", than="hips")
FRONT = "Put the camera straight in front of you."
SIDE = "Put the camera square to your side."
LEG_SEEN = ("hip", "knee", "ankle")
TRUNK_SEEN = ("shoulder", "hip")


def leg_bend(sunk: float) -> float:
    """Bend of an even leg under hips that have sunk by so many % of the torso, degrees."""
    return math.degrees(2 * math.acos(max(-1.0, min(1.0, 1 - sunk / (100 * LEG)))))


#: A foot that steps is on its way for half of the time, so the body as a whole reads from 0.4 to 1.1 of the
#: time that the hips take: only a plain fall is one.
STEPPING = Reading(pace=0.6, pace_error=0.35, range_error=6)


def sinking(*, full_range: float = 75, drift: float = 1.5, reading: Reading = STEPPING) -> Cycle:
    """The cycle of a lunge.

    Args:
        full_range: What a full rep reads.
        drift: As in `Cycle`: a foot that steps takes its time to come back.
        reading: As in `Cycle`.
    """
    return Cycle(
        SUNK,
        min_range=14,
        full_range=full_range,
        partial=0.59,
        min_s=0.7,
        max_s=10,
        smooth_hz=6,
        ballistic=True,
        lift_first=False,
        reading=reading,
        shown=leg_bend,
        drift=drift,
    )


def seen(low: float, high: float, *joints: str, where: str, raised: float = 25) -> Seen:
    """From these azimuths, and from no higher than that."""
    return Seen(azimuth=((low, high),), elevation=(-90, raised), joints=joints, where=where)


def knee_valgus(source: str, *ways: Way) -> Fault:
    """The bending knee falls in."""
    return Fault(
        "knee_valgus",
        ways,
        cue="Knee over the middle toes",
        why="A knee that falls in turns the thigh and loses the line over the foot.",
        limb=(("hip", "knee"), ("knee", "ankle")),
        name="knee caving inward",
        weight=20,
        primary=True,
        source=source,
    )


def forward_lean(source: str, *ways: Way) -> Fault:
    """The trunk tips forwards."""
    return Fault(
        "forward_lean",
        ways,
        cue="Chest proud",
        why="A trunk that tips far forwards moves the work from the legs to the back.",
        limb=(("shoulder", "hip"),),
        name="leaning forward",
        weight=12,
        primary=True,
        source=source,
    )


def lateral_lean(source: str, limits: Limits, *, ok_to: float, certain: float) -> Fault:
    """The trunk tips to a side; the arguments are those of its `Way`."""
    front = seen(0, 20, *TRUNK_SEEN, where=FRONT)
    return Fault(
        "lateral_lean",
        (Way(ASIDE.swing("turn"), limits, front, ok_to=ok_to, certain=certain),),
        cue="Shoulders over your hips",
        why="A trunk that tips to a side takes the work from the side glutes.",
        limb=(("shoulder", "hip"), ("other_shoulder", "other_hip")),
        name="leaning to a side",
        weight=10,
        source=source,
    )


def shallow(source: str, *ways: Way) -> Fault:
    """The knee does not bend to a right angle."""
    return Fault(
        "shallow",
        ways,
        cue="Sink a little deeper",
        why="More depth trains the legs over more of their length, if it feels fine.",
        limb=(("hip", "knee"), ("knee", "ankle")),
        name="shallow depth",
        weight=10,
        primary=True,
        source=source,
    )


def usual_faults(
    mild: float = 27, severe: float = 36, *, ok_to: float = 13.5, certain: float = 31
) -> tuple[Fault, ...]:
    """Of lunges forwards and backwards and of split squats.

    Args:
        mild: Where a shallow rep begins, mean of both knees beyond 90°.
        severe: Where a severe one begins.
        ok_to: As in `Way`, for a shallow rep.
        certain: The same.
    """
    knee, trunk = (12, 25), (32, 44)
    return (
        knee_valgus(
            "5 and 9 cm inside the ankle are 10 and 18 % of the torso, more for a knee near the camera; "
            "rendered people from the front: clean reps -4 to 9, 10 cm 17",
            Way(
                INSIDE.shift("turn"),
                at_most(knee[0], severe=knee[1]),
                seen(0, 20, *LEG_SEEN, where=FRONT),
                ok_to=-30,
                certain=15,
            ),
        ),
        forward_lean(
            "tune split, from the side: clean reps read up to 8°, 42° and 61° of the body 40 and 60; a real "
            "steady set 26–31",
            Way(
                TRUNK.typical("turn"),
                at_most(trunk[0], severe=trunk[1]),
                seen(60, 120, *TRUNK_SEEN, where=SIDE),
            ),
        ),
        shallow(
            "from the side, mean of both knees, less a fifth of the trunk's lean: clean reps of 17 people "
            "read -18 to 22°, of one walking 24–28; 26–28° 15–34, larger ones 26–45; projected joints -17 "
            "to 16°, 24 and more",
            Way(
                NOT_DEEP.typical("turn"),
                at_most(mild, severe=severe),
                seen(65, 115, *LEG_SEEN, where=SIDE),
                ok_to=ok_to,
                certain=certain,
            ),
        ),
        lateral_lean(
            "8° and 15° are 14 and 26 % of the torso; 17 people of the tune split from the front: clean reps "
            "read up to 7 in 95 of 100, at most 12 and once 18; 10–11° 17–19, 18–23° 31–32",
            at_most(13.5, severe=24),
            ok_to=9,
            certain=24,
        ),
    )
