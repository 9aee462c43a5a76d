"""Running: steps are counted and described, never judged; see `_gait`."""

from formcheck.exercises._gait import steps

EXERCISE = steps(
    "running",
    "Running",
    full=80,
    seconds=(0.2, 0.48),
    setup="Run as you always do, at least ten steps, best on a treadmill; film at 60 frames a second.",
)
