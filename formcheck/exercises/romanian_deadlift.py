"""Romanian deadlift: from standing, push the hips back over nearly straight legs and come up again."""

from formcheck.exercises._deadlift import HANDS, HIPS, SIDE, TALL
from formcheck.spec import Combine, Cycle, Exercise, Gate, Scaled, Seen

EXERCISE = Exercise(
    id="romanian_deadlift",
    name="Romanian deadlift",
    posture="standing",
    side="both",
    reps=Cycle(
        Scaled(TALL, -1.0),
        min_range=18,
        full_range=70,
        min_s=0.8,
        max_s=12,
        smooth_hz=6,
        ballistic=True,
        lift_first=False,
    ),
    gates=(
        Gate(Combine(HIPS, TALL, -0.5).shift("top"), low=0, what="the hips stay high"),
        Gate(HANDS.typical("turn"), high=135, what="the hands go down"),
    ),
    faults=(),
    setup="Stand upright with the bar at your thighs, knees soft.",
    camera=SIDE,
    best=Seen(azimuth=((65, 115),)),
    refs=("docs/thresholds.md: Deadlifts",),
)
