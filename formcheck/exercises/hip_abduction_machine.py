"""Hip abduction machine: seated, both thighs push the pads apart."""

from formcheck.exercises._machine import APART, CAMERA, GATES, diagonal, trunk_rock
from formcheck.spec import Cycle, Exercise, Reading, Seen

EXERCISE = Exercise(
    id="hip_abduction_machine",
    name="Hip abduction machine",
    posture="seated",
    side="both",
    reps=Cycle(
        APART,
        min_range=12,
        full_range=55,
        min_s=1.0,
        max_s=10,
        seen=Seen(azimuth=((0, 100),), where=CAMERA),
        reading=Reading(0.93, 0.13, 3),
    ),
    gates=GATES,
    faults=(trunk_rock(),),
    setup="Sit with your back on the pad, pads at the outside of your knees.",
    camera=CAMERA,
    best=diagonal(),
    refs=("docs/thresholds.md: Core and machines",),
)
