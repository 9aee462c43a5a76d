"""Glute bridge: on the back, both feet planted, the hips go up until knee, hip and shoulder line up."""

from formcheck.exercises._bridge import (
    BOTH_FEET,
    CAMERA,
    HEIGHT,
    KNEES,
    SHINS,
    SIDE,
    off_line,
    shoulders_stay,
)
from formcheck.spec import (
    Along,
    Cycle,
    Distance,
    Exercise,
    Fitted,
    Gate,
    OverLine,
    Reading,
    Scaled,
    Seen,
    at_most,
)

#: Height of the hips over the shoulders, as opening of the hips: 62° read 42 % of the torso (tune split).
LIFT = Scaled(Along("hips", "up", than="shoulders"), 1.5, scaled_unit="°")
#: Hips beyond straight, degrees, fitted: their height over the line, and lengths, which tell a trunk that is
#: seen askew. Reads true by 4° for people left out.
STRAIGHT = Fitted(
    (
        (1.11, OverLine("hips", "shoulders", "knees")),
        (-0.31, Distance("shoulders", "knees")),
        (-0.32, Distance("hips", "shoulders")),
    ),
    "°",
    77.6,
)

EXERCISE = Exercise(
    id="glute_bridge",
    name="Glute bridge",
    posture="supine",
    side="both",
    reps=Cycle(LIFT, min_range=14, full_range=62, partial=0.4, max_s=10, reading=Reading(0.92, 0.14, 4)),
    gates=(
        *BOTH_FEET,
        shoulders_stay(30),
        # 27 to -48 in the tune split; of a hip thrust -50 to -91, and raised views of a bridge reach -48.
        Gate(
            Along("hips", "up", than="shoulders").typical("rest"), low=-50, what="the back lies on the floor"
        ),
    ),
    faults=(
        *off_line(
            STRAIGHT,
            short=at_most(10, severe=17),
            arched=at_most(14, severe=20),
            short_source="tune split, people left out, 12° and 22°: clean reps read -6 to 8°, 15–20° 10–13, "
            "27° 19, 28° 25",
            arched_source="tune split, people left out, 7.5° and 15°: clean reps read up to 6°, 24° 22, but "
            "18° 6 on somebody else: only large ones show",
        ),
        KNEES,
        SHINS,
    ),
    setup="On your back, knees bent, feet flat and a little wider than the hips, arms beside you.",
    camera=CAMERA,
    best=Seen(azimuth=SIDE, elevation=HEIGHT),
    refs=(
        "Rev Bras Fisioter 2012, 16(4): pelvic alignment in the bridge, healthy mean and error",
        "docs/thresholds.md: Bridges; What the landmarks show",
    ),
)
