"""Russian twist: seated, leaning back, chest and hands turn from side to side. Each side is a rep."""

from formcheck.spec import (
    Along,
    Cycle,
    Deviation,
    Distance,
    Exercise,
    Fault,
    Fitted,
    Gate,
    Lean,
    Scaled,
    Seen,
    Travel,
    Turn,
    Way,
    at_most,
)

#: How far the hands are turned out of the middle, to either side.
HANDS = Deviation(Turn("shoulders", "wrists", "other_hip", "hip"), 90.0)
#: The same for the shoulders.
SHOULDERS = Turn("other_shoulder", "shoulder", "other_hip", "hip")
#: Chest and hands: seen from diagonally in front, the hands are lost on the far side and the chest is not.
TURN = Fitted(((0.5, HANDS), (1.5, SHOULDERS)), "°")
#: Leaning back 67–89 % of the torso from all sides, sitting upright 98–110.
TRUNK_UP = Along("shoulders", "up", than="hips")
CAMERA = "Put the camera in front of you, at the height of your chest."
TRUNK = ("shoulder", "other_shoulder", "hip", "other_hip")


def front(*joints: str) -> Seen:
    """From the front, a little to one side or not."""
    return Seen(azimuth=((0, 70),), elevation=(-70, 40), joints=joints, where=CAMERA)


EXERCISE = Exercise(
    id="russian_twist",
    name="Russian twist",
    posture="seated",
    side="alternating",
    reps=Cycle(TURN, min_range=15, full_range=55, partial=0.4, min_s=0.5, max_s=8, flows=True),
    gates=(
        Gate(Distance("wrist", "other_wrist").typical("move"), high=90, what="both hands together"),
        Gate(TRUNK_UP.typical("rest"), low=55, high=96, what="the trunk leans back"),
        Gate(Along("knees", "up", than="hips").typical("rest"), low=5, what="the knees are up"),
        Gate(Travel("hips").best("move"), high=30, what="the hips stay"),
    ),
    faults=(
        Fault(
            "arms_only",
            (Way(Scaled(SHOULDERS, -1.0, 40.0).typical("turn"), at_most(20, severe=30), front(*TRUNK)),),
            cue="Turn your chest with your hands",
            why="Arms that swing alone leave the muscles of the waist out of it.",
            limb=(("shoulder", "other_shoulder"),),
            name="only the arms turn",
            weight=16,
            primary=True,
            source="thresholds, Core and machines",
        ),
        Fault(
            "slump",
            (
                Way(
                    Scaled(Lean("hips", "shoulders"), -1.0).change("top"),
                    at_most(10, severe=20),
                    Seen(azimuth=((40, 140),), joints=TRUNK, where=CAMERA),
                ),
            ),
            cue="Sit tall, chest up",
            why="A back that rounds loads the spine while it is turned.",
            limb=(("shoulder", "hip"),),
            name="slumping",
            weight=14,
            primary=True,
            source="thresholds, Core and machines",
        ),
    ),
    setup="Sit, lean back with a long back, knees bent, hands together.",
    camera=CAMERA,
    best=front(),
    refs=("docs/thresholds.md: Core and machines",),
)
