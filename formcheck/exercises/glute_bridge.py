"""Glute bridge: on the back, both feet planted, the hips go up until knee, hip and shoulder line up."""

from formcheck.exercises._bridge import (
    BOTH_FEET,
    CAMERA,
    FEET,
    HEIGHT,
    KNEES,
    SHINS,
    SIDE,
    knees_up,
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
    # Short reps, 0.56 of the movement, read 56 % of the person's others; partial ones, a third, up to 47 %.
    reps=Cycle(LIFT, min_range=22, full_range=62, partial=0.51, max_s=10, reading=Reading(0.92, 0.14, 4)),
    gates=(
        *BOTH_FEET,
        # 65 and more, 27–32 where a foot is hidden; somebody who lies and waves the legs -5 to -2.
        knees_up(15),
        shoulders_stay(30),
        # 27 to -52 in raised views; somebody who twists sitting -78, and a hip thrust -50 to -91, but its
        # trunk is too upright for one who lies.
        Gate(
            Along("hips", "up", than="shoulders").typical("rest"), low=-64, what="the back lies on the floor"
        ),
    ),
    faults=(
        *off_line(
            STRAIGHT,
            short=at_most(13, severe=19),
            ok_to=8,
            arched=at_most(14, severe=20),
            short_source="thirteen people, eight of them not fitted on, 12° and 22°: clean reps of twelve "
            "read -8 to 9°, of one 12–13; 15–20° 10–13, larger ones 16–25",
            arched_source="tune split, people left out, 7.5° and 15°: clean reps read up to 6°, 24° 22, but "
            "18° 6 on somebody else: only large ones show",
        ),
        KNEES,
        SHINS,
    ),
    placings=(FEET,),
    setup="On your back, knees bent, feet flat and a little wider than the hips, arms beside you.",
    camera=CAMERA,
    best=Seen(azimuth=SIDE, elevation=HEIGHT),
    refs=(
        "Rev Bras Fisioter 2012, 16(4): pelvic alignment in the bridge, healthy mean and error",
        "docs/thresholds.md: Bridges; What the landmarks show",
    ),
)
