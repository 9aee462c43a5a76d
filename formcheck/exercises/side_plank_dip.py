"""Side plank dip: on one arm and one foot's edge, the hips come up from near the floor into one line.

Rolling forwards or back is not judged: from the belly's side it does not show (16–31° changed no line by more
than the clean reps of other people did), and from the feet upper and lower side are mixed up.
"""

from formcheck.spec import (
    Along,
    Cycle,
    Exercise,
    Fault,
    Flexion,
    Gate,
    OfBoth,
    OverLine,
    Reading,
    Scaled,
    Seen,
    Way,
    at_most,
)

#: Height of the hips over the line from shoulders to ankles, % of the torso.
HIPS = OverLine("hips", "shoulders", "ankles")
#: Shoulders one above the other: 31–60 % of the torso at rest, of people on hands or elbows around 0, 26 at
#: most.
STACKED = Along("shoulder", "up", than="other_shoulder")
#: 15–37°; kneeling 60 and more.
KNEES = OfBoth("max", Flexion("hip", "knee", "ankle"))
CAMERA = "Put the camera square to your belly, as low as your hips."
BODY = ("shoulder", "hip", "ankle")


def seen(*azimuth: tuple[float, float], joints: tuple[str, ...] = ()) -> Seen:
    """From these azimuths, not from high up."""
    return Seen(azimuth=azimuth, elevation=(-60, 35), joints=joints, where=CAMERA)


EXERCISE = Exercise(
    id="side_plank_dip",
    name="Side plank dip",
    posture="side_lying",
    side="upper",
    # Tune split, from the belly's side: full rises read 9–33 % of the torso (medians of a set 21–32; the
    # least are hips that sag at the top) and at least 0.41 of their set's median, partial ones 0.22 and 0.33.
    # With five more people full ones read 0.41 and more, partial ones 0.36 at most.
    reps=Cycle(
        HIPS,
        min_range=8,
        full_range=27,
        partial=0.39,
        min_s=0.5,
        max_s=10,
        reading=Reading(0.9, 0.12, 4),
    ),
    gates=(
        Gate(STACKED.typical("rest"), low=27, what="one shoulder above the other"),
        Gate(KNEES.typical("move"), high=60, what="both legs straight"),
    ),
    faults=(
        Fault(
            "sag",
            (
                Way(
                    Scaled(HIPS, -1.0).typical("turn"),
                    at_most(2.6, severe=8.8),
                    seen((-32, 32), (-181, -150), (150, 181), joints=BODY),
                ),
            ),
            cue="Lift the hips into line",
            why="Hips that hang leave the load to the shoulder and the spine.",
            limb=(("shoulder", "hip"), ("hip", "knee")),
            name="hips sagging",
            weight=16,
            primary=True,
            source="tune split: clean reps read 2 % of the torso under the line to 7 over it, 6–9 % 3–9 and "
            "11 % 11–12 under it. Proposed are 4 and 10 % (thresholds, Core and machines)",
        ),
    ),
    setup="On the forearm or the hand under the shoulder, legs straight, feet together, hips low.",
    camera=CAMERA,
    best=seen((-32, 32)),
    refs=(
        "docs/thresholds.md: Core and machines; What the landmarks show",
        "Ekstrom 2007, J Orthop Sports Phys Ther 37(12):754: the side bridge and the sides of the trunk",
    ),
)
