"""Hip adduction machine: seated, both thighs press the pads together."""

from formcheck.exercises._machine import CAMERA, GATES, TOGETHER, diagonal, trunk_rock
from formcheck.spec import Cycle, Exercise, Reading, Seen

EXERCISE = Exercise(
    id="hip_adduction_machine",
    name="Hip adduction machine",
    posture="seated",
    side="both",
    reps=Cycle(
        TOGETHER,
        min_range=12,
        full_range=55,
        min_s=1.0,
        max_s=10,
        seen=Seen(azimuth=((0, 78),), where=CAMERA),
        reading=Reading(0.94, 0.11, 3),
    ),
    gates=GATES,
    faults=(trunk_rock(),),
    setup="Sit with your back on the pad, pads at the inside of your knees.",
    camera=CAMERA,
    best=diagonal(),
    refs=("docs/thresholds.md: Core and machines",),
)
