"""Hip thrust: shoulder blades on a bench, the hips go up until knee, hip and shoulder line up."""

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
from formcheck.spec import Along, Cycle, Exercise, Fitted, Reading, Scaled, Seen, Slope, at_most

#: Height of the hips over the shoulders, as opening of the hips: 78° read 66 % of the torso.
LIFT = Scaled(Along("hips", "up", than="shoulders"), 1.2, scaled_unit="°")
#: Hips beyond straight, degrees, fitted: slope of the thighs, and height of the hips over the head, which
#: stays on the bench. Reads true by 3° for people left out.
STRAIGHT = Fitted(((0.89, Slope("knees", "hips")), (0.33, Along("hips", "up", than="nose"))), "°", 5.1)

EXERCISE = Exercise(
    id="hip_thrust",
    name="Hip thrust",
    posture="seated",
    side="both",
    reps=Cycle(
        LIFT,
        # Reps read 59° and more, and 75 % of the person's others; a third of the movement up to 31°, 44 %.
        min_range=34,
        full_range=78,
        partial=0.55,
        max_s=10,
        ballistic=True,
        reading=Reading(0.95, 0.1, 4),
    ),
    gates=(
        *BOTH_FEET,
        # 44 and more from raised views, 65 from the side; a hydrant 22.
        knees_up(33),
        # Up to 50; people who get up from the floor 65 and more.
        shoulders_stay(58),
    ),
    faults=(
        *off_line(
            STRAIGHT,
            short=at_most(8.2, severe=15.5),
            ok_to=6.5,
            arched=at_most(9, severe=17),
            short_source="twelve people, seven of them not fitted on, 12° and 22°: clean reps read -9 to "
            "7.6°, 13–16° 8.5–9.5, 26° 22",
            arched_source="tune split, people left out, 7.5° and 15°: clean reps read up to 2°, 8° 6, 23° "
            "26, but 14° 4: only large ones show",
        ),
        KNEES,
        SHINS,
    ),
    placings=(FEET,),
    setup="Shoulder blades on the edge of a bench, knees bent, feet flat and a little wider than the hips.",
    camera=CAMERA,
    best=Seen(azimuth=SIDE, elevation=HEIGHT),
    refs=("docs/thresholds.md: Bridges; What the landmarks show",),
)
