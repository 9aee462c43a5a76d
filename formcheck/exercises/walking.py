"""Walking: steps are counted and described, never judged; see `_gait`."""

from formcheck.exercises._gait import steps

EXERCISE = steps(
    "walking",
    "Walking",
    full=80,
    seconds=(0.36, 1.5),
    setup="Walk as you always do, at least ten steps, on a treadmill or through the picture.",
)
