"""Sumo deadlift: feet wide, hands between the knees; pull a bar from the floor and put it back."""

from formcheck.exercises._deadlift import FROM_THE_FLOOR, SIDE, STANCE, TALL, TRUNK
from formcheck.spec import Cycle, Exercise, Gate, Seen

EXERCISE = Exercise(
    id="sumo_deadlift",
    name="Sumo deadlift",
    posture="hinged",
    side="both",
    reps=Cycle(TALL, min_range=35, full_range=120, min_s=0.7, max_s=12, smooth_hz=6, ballistic=True),
    gates=(
        *FROM_THE_FLOOR,
        Gate(TRUNK.shift("top"), low=24, what="the trunk comes up"),
        Gate(STANCE.typical("rest"), low=135, what="feet wider than the shoulders"),
    ),
    faults=(),
    setup="Feet wide, toes out, the bar at your shins, hands between the knees.",
    camera=SIDE,
    best=Seen(azimuth=((65, 115),)),
    refs=("docs/thresholds.md: Deadlifts",),
)
