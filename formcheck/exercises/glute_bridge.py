"""Glute bridge: on the back, both feet planted, the hips go up until knee, hip and shoulder line up."""

from formcheck.spec import Along, Cycle, Exercise, Scaled, Seen

#: Height of the hips over the shoulders, as opening of the hips; see `single_leg_bridge`.
LIFT = Scaled(Along("hips", "up", than="shoulders"), 1.25, scaled_unit="°")
CAMERA = "Put the camera square to your side, at about table height."

EXERCISE = Exercise(
    id="glute_bridge",
    name="Glute bridge",
    posture="supine",
    side="both",
    reps=Cycle(LIFT, min_range=14, full_range=60),
    gates=(),
    faults=(),
    setup="On your back, knees bent, feet flat and about hip width, arms beside you.",
    camera=CAMERA,
    best=Seen(azimuth=((62, 116),), elevation=(-10, 60)),
    refs=("docs/thresholds.md: Bridges",),
)
