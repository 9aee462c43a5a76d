"""Deadlift: pull a bar from the floor until you stand upright, and put it back.

A rep begins and ends at the floor, so bars that rest there and bars that only touch count alike; bending down
to the bar before a set and leaving it afterwards do not.
"""

from formcheck.exercises._deadlift import (
    ARM,
    ARM_SEEN,
    CAMERA,
    FEET,
    FROM_THE_FLOOR,
    HANGING,
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
    id="deadlift",
    name="Deadlift",
    posture="hinged",
    side="both",
    # A bar that does not pass the thighs is no rep: the shoulders have most of their way behind them by then.
    # Pulls from the floor read 114 and more; Romanian ones over knees that bend 50–63.
    reps=Cycle(
        TALL,
        min_range=80,
        full_range=130,
        partial=0.7,
        min_s=0.7,
        max_s=12,
        smooth_hz=6,
        ballistic=True,
        reading=Reading(pace=0.71, pace_error=0.1, range_error=4),
    ),
    gates=(
        *FROM_THE_FLOOR,
        Gate(TRUNK.shift("top"), low=30, what="the trunk comes up"),
        # With wide feet the hands are before the body on top, and badly seen.
        Gate(HANGING.typical("turn"), high=-50, what="both arms hang upright too"),
        # Narrow feet read -32–10 % of the torso, wide ones from the front 25–62 and in real footage 39. From
        # the side both are about 0.
        Gate(Combine(FEET, SHOULDERS, -1.2).typical("rest"), high=22, what="feet not wide apart"),
    ),
    faults=(
        hips_shoot(at_most(5.8, severe=11), "13–16 at 16°; on exact joints 8° 6–7, 14° 10–15"),
        bar_drift(
            Way(ARM.drop("lift"), at_most(12.5, severe=17.5), ARM_SEEN, ok_to=9.5, certain=17.5),
            "15 and 25 % of the torso ahead of where it was (7.5 and 12.5 cm), read from the arm. Ten "
            "people: bars that stay up to 10°, once 12; 10–11 cm 14–22, 14–19 cm 16–27",
        ),
        lockout_lean(),
        back_round(),
    ),
    setup="Feet under your hips, the bar over the middle of the feet, hands just outside the knees.",
    camera=CAMERA,
    best=Seen(azimuth=((65, 115),)),
    refs=(
        "Escamilla 2000, Med Sci Sports Exerc 32(7):1265: stance and trunk of both styles",
        "docs/thresholds.md: Deadlifts",
    ),
)
