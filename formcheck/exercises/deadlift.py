"""Deadlift: pull a bar from the floor until you stand upright, and put it back."""

from formcheck.exercises._deadlift import FROM_THE_FLOOR, SIDE, STANCE, TALL, TRUNK
from formcheck.spec import Cycle, Exercise, Gate, Seen

EXERCISE = Exercise(
    id="deadlift",
    name="Deadlift",
    posture="hinged",
    side="both",
    reps=Cycle(TALL, min_range=35, full_range=120, min_s=0.7, max_s=12, smooth_hz=6, ballistic=True),
    gates=(
        *FROM_THE_FLOOR,
        Gate(TRUNK.shift("top"), low=30, what="the trunk comes up"),
        Gate(STANCE.typical("rest"), high=150, what="feet under the shoulders"),
    ),
    faults=(),
    setup="Feet under your hips, the bar over the middle of the feet, hands just outside the knees.",
    camera=SIDE,
    best=Seen(azimuth=((65, 115),)),
    refs=("docs/thresholds.md: Deadlifts",),
)
