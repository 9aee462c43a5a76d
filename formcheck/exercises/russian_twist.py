"""Russian twist: seated, leaning back, chest and hands turn from side to side.

Each side is a rep, two make a cycle; the working side is the one that the hands go to.
"""

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
    Reading,
    Scaled,
    Seen,
    Travel,
    Turn,
    Way,
    at_most,
)

#: How far the hands are turned out of the middle, to the working side, and the chest under them.
OVER_HIPS = Turn("shoulders", "wrists", "other_hip", "hip")
HANDS = Scaled(OVER_HIPS, -1.0, 90.0)
CHEST = Turn("shoulders", "wrists", "other_shoulder", "shoulder") - OVER_HIPS
#: The same for the shoulders without a sign. 45° read 25–35.
SHOULDERS = Turn("other_shoulder", "shoulder", "other_hip", "hip")
#: Chest and hands together: either may be lost on the far side. A camera that stands aside sees one side turn
#: by half of the other, since the landmarks' depth is compressed; the hands' way in the picture evens that
#: out, less what the knees say of the camera. The smallest turn of a set reads 43 % of its median and more,
#: 32 without the picture, and the middle less: unlike sizes, signs cancel there.
TURN = Deviation(
    Fitted(
        (
            (0.8, HANDS),
            (0.8, CHEST),
            (0.3, Along("wrists", "out", than="hips")),
            (-0.1, Along("knees", "out", than="hips")),
        ),
        "°",
    ),
    0.0,
)
#: Leaning back 67–89 % of the torso from all sides, real people 82–89, sitting upright 98–110.
HEIGHT = Along("shoulders", "up", than="hips")
LYING_BACK = Scaled(Lean("hips", "shoulders"), -1.0)
#: How far shoulders and head come down.
SINKING = Scaled(HEIGHT + Along("nose", "up", than="hips"), -0.5)
CAMERA = "Put the camera straight in front of you, at chest height."
SIDE = "Put the camera square to your side."
TRUNK = ("shoulder", "other_shoulder", "hip", "other_hip")


def seen(azimuth: tuple[float, float], where: str = CAMERA) -> Seen:
    """From these azimuths, not from high up."""
    return Seen(azimuth=(azimuth,), elevation=(-60, 40), joints=TRUNK, where=where)


EXERCISE = Exercise(
    id="russian_twist",
    name="Russian twist",
    posture="seated",
    side="alternating",
    reps=Cycle(
        TURN,
        min_range=16,
        full_range=60,
        partial=0.3,
        min_s=0.5,
        max_s=8,
        reading=Reading(0.77, 0.22, 38),
        flows=True,
    ),
    gates=(
        # Up to 56; people who gesture 92.
        Gate(Distance("wrist", "other_wrist").typical("move"), high=78, what="both hands together"),
        # 70–97 from the recommended views; people who sit upright and gesture 103.5 and more.
        Gate(HEIGHT.typical("rest"), low=55, high=101, what="the trunk leans back"),
        Gate(Along("wrists", "up", than="hips").typical("move"), low=0, what="the hands are up"),
        Gate(Along("knees", "up", than="hips").typical("rest"), low=5, what="the knees are up"),
        Gate(Travel("hips").best("move"), high=30, what="the hips stay"),
    ),
    faults=(
        Fault(
            "slump",
            (
                Way(LYING_BACK.change("top"), at_most(12.5, severe=22), seen((62, 118), where=SIDE)),
                Way(SINKING.change("top"), at_most(17.5, severe=27), seen((0, 62), where=SIDE), clears=False),
            ),
            cue="Sit tall, chest up",
            why="A back that rounds loads the spine while it is turned.",
            limb=(("shoulder", "hip"),),
            name="slumping",
            weight=16,
            primary=True,
            source="tune split: from the side the trunk of clean reps reads up to 10° further back, 14–26° "
            "of slump 17–32. From the front head and shoulders come down by up to 17 % of the torso with the "
            "turn alone, by 12–43 % with 13–25°: only large ones show. Proposed are 10° and 20°",
        ),
        Fault(
            "arms_only",
            (
                Way(
                    Scaled(SHOULDERS, -1.0, 40.0).typical("turn"),
                    at_most(29.5, severe=33),
                    seen((62, 118), where=SIDE),
                    clears=False,
                ),
            ),
            cue="Turn your chest with your hands",
            why="Arms that swing alone leave the muscles of the waist out of it.",
            limb=(("shoulder", "other_shoulder"),),
            name="only the arms turn",
            weight=14,
            source="tune split: from the side chests of clean reps read 11–33°, those that turn by 2–12° "
            "read 4–18: only the clearest show. From the front some clean ones read 4–9, so nothing is said",
        ),
    ),
    setup="Sit, lean back with a long back, knees bent, hands together.",
    camera=CAMERA,
    best=seen((0, 50)),
    refs=("docs/thresholds.md: Core and machines; What the landmarks show",),
)
