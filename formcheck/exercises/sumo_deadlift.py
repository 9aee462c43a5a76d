"""Sumo deadlift: feet wide, hands between the knees; pull a bar from the floor and put it back."""

from formcheck.exercises._deadlift import (
    ARM,
    ARM_SEEN,
    CAMERA,
    FEET,
    FROM_THE_FLOOR,
    SHOULDERS,
    TALL,
    TRUNK,
    back_round,
    bar_drift,
    hips_shoot,
    lockout_lean,
)
from formcheck.spec import Combine, Cycle, Exercise, Gate, Reading, Seen, Way, at_most

EXERCISE = Exercise(
    id="sumo_deadlift",
    name="Sumo deadlift",
    posture="hinged",
    side="both",
    # Pulls from the floor read 96 and more; Romanian ones over knees that bend 50–63.
    reps=Cycle(
        TALL,
        min_range=80,
        full_range=118,
        partial=0.7,
        min_s=0.7,
        max_s=12,
        smooth_hz=6,
        ballistic=True,
        reading=Reading(pace=0.71, pace_error=0.1, range_error=4),
    ),
    gates=(
        *FROM_THE_FLOOR,
        Gate(TRUNK.shift("top"), low=22, what="the trunk comes up"),
        # Wide feet read 32–42 % of the torso from the front and -6–62 elsewhere, 24 in real footage; narrow
        # ones -42–-12 from the front. From the side both are about 0: it speaks against feet that are seen.
        Gate(Combine(FEET, SHOULDERS, -1.5).typical("rest"), low=-13, what="feet not narrow"),
    ),
    faults=(
        # Wide thighs and the hands before them hide the hips, so what is read is too small at times.
        hips_shoot(at_most(3, severe=8), "10–18° -6 to 5: the hips are badly seen", clears=False),
        bar_drift(
            Way(ARM.drop("lift"), at_most(15, severe=23), ARM_SEEN, clears=False, certain=26),
            "15 and 25 % of the torso ahead of where it was (7.5 and 12.5 cm), read from the arm. Thirteen "
            "people: bars that stay up to 13.6°, all of one person's 12–18; 9–10 cm 15–17, 14–22 cm 18–32, "
            "and 10 more than the same person's others: up to 26 it is called against these",
        ),
        lockout_lean(clears=False, source="; with hands before the hips 23–27° -4 to 5, so it clears nobody"),
        back_round(),
    ),
    setup="Feet wide, toes out, the bar at your shins, hands between the knees.",
    camera=CAMERA,
    best=Seen(azimuth=((65, 115),)),
    refs=(
        "Escamilla 2000, Med Sci Sports Exerc 32(7):1265: stance and trunk of both styles",
        "docs/thresholds.md: Deadlifts",
    ),
)
