"""Hip thrust: shoulder blades on a bench, the hips go up until knee, hip and shoulder line up."""

from formcheck.spec import Along, Cycle, Exercise, Scaled, Seen

#: Height of the hips over the shoulders, as opening of the hips.
LIFT = Scaled(Along("hips", "up", than="shoulders"), 1.25, scaled_unit="°")
CAMERA = "Put the camera square to your side, at about table height."

EXERCISE = Exercise(
    id="hip_thrust",
    name="Hip thrust",
    posture="seated",
    side="both",
    reps=Cycle(LIFT, min_range=18, full_range=80),
    gates=(),
    faults=(),
    setup="Shoulder blades on the edge of a bench, knees bent, feet flat and about hip width.",
    camera=CAMERA,
    best=Seen(azimuth=((62, 116),), elevation=(-10, 60)),
    refs=("docs/thresholds.md: Bridges",),
)
