"""Romanian deadlift: from standing, push the hips back over nearly straight legs and come up again."""

import math

from formcheck.exercises._deadlift import (
    ARM,
    ARM_SEEN,
    BAR_HEIGHT,
    CAMERA,
    HANGING,
    TALL,
    back_round,
    bar_drift,
    rises_with,
)
from formcheck.spec import (
    Along,
    Cycle,
    Exercise,
    Fault,
    Fitted,
    Flexion,
    Gate,
    OfBoth,
    Reading,
    Scaled,
    Seen,
    Way,
    While,
    at_most,
)

#: Knees that bend, fitted: their bend, and their way ahead; over straight legs the hips take them back.
BENDING = Fitted(
    (
        (0.5, OfBoth("mean", Flexion("hip", "knee", "ankle"))),
        (0.5, Along("knees", "belly_level", than="ankles")),
    ),
    "°",
)

#: Knees that bend further in the picture are none of a hinge's: bends of 62° read 67. Behind plates the legs
#: are guessed, as somebody's who squats, and read 97–114 where they are straight.
IN_PICTURE, GUESSED = OfBoth("mean", Flexion("hip", "knee", "ankle", space="image")), 82.0
#: How much the thighs tip while the hands go down.
THIGHS = OfBoth("mean", Along("knee", "up", than="hip"))


def hinge(sunk: float) -> float:
    """Bend of the hips, degrees, for shoulders that have sunk by so many % of the torso.

    A trunk that tips over hips which stay: 50, 64 and 98 % are 60, 69 and 89°, against 65, 72 and 86°
    commanded on rendered people.
    """
    return math.degrees(math.acos(max(-1.0, 1 - sunk / 100)))


EXERCISE = Exercise(
    id="romanian_deadlift",
    name="Romanian deadlift",
    posture="standing",
    side="both",
    reps=Cycle(
        Scaled(TALL, -1.0),
        min_range=25,
        full_range=70,
        partial=0.5,
        min_s=0.8,
        max_s=12,
        smooth_hz=6,
        shown=hinge,
        ballistic=True,
        lift_first=False,
        reading=Reading(pace=0.85, pace_error=0.07, range_error=4),
    ),
    gates=(
        # The share is told in `_deadlift`; knees that squat read 0.48–0.52.
        Gate(rises_with(0.55).shift("top"), low=0, what="the hips stay high"),
        Gate(HANGING.typical("turn"), high=-55, what="both arms hang down"),
        Gate(HANGING.typical("rest"), high=-70, what="both arms hang upright too"),
        # Up to 27, knees that squat included, real ones 9; to a bar on the floor 38–86, a real one 63. The
        # hands' height over the feet would tell as well, but not where the feet are hidden.
        Gate(THIGHS.shift("turn"), high=32, what="the thighs stay upright"),
        # Romanian ones up to 138 % of the torso.
        Gate(BAR_HEIGHT.typical("turn"), high=150, what="the hands go down"),
    ),
    faults=(
        Fault(
            "knees_squatting",
            (
                Way(
                    While(BENDING, IN_PICTURE, GUESSED).change("top"),
                    at_most(5.5, severe=14),
                    Seen(
                        azimuth=((65, 115),),
                        elevation=(-90, 30),
                        joints=("hip", "knee", "ankle"),
                        where=CAMERA,
                    ),
                    ok_to=2.5,
                    certain=36,
                ),
            ),
            cue="Push the hips straight back",
            why="Knees that bend turn the hinge into a squat and take the load off the hamstrings.",
            limb=(("hip", "knee"), ("knee", "ankle")),
            name="squatting instead of hinging",
            weight=12,
            primary=True,
            source="20° and 35° more bend than upright; nine people: -16 to 2 up to 9°, 24–30° 4–9, 47° 31",
        ),
        bar_drift(
            Way(
                Scaled(ARM, -1.0).typical("top"),
                at_most(-5, severe=2),
                ARM_SEEN,
                ok_to=-8,
                certain=4,
            ),
            "15 and 25 % of the torso (7.5 and 12.5 cm), read from the arm, which tips back where the bar "
            "stays at the legs. Nine people: -17 to -4°, one -8 to -2; 9–12 cm -5 to 4, 14–22 cm -4 to 15, "
            "8° and more ahead of the same person's others: up to 4 it is called against these",
        ),
        back_round(),
    ),
    setup="Stand upright with the bar at your thighs, knees soft.",
    camera=CAMERA,
    best=Seen(azimuth=((65, 115),)),
    refs=("docs/thresholds.md: Deadlifts",),
)
