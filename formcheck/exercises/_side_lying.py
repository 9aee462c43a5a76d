"""What the exercises on the side share: the roll of the pelvis, and from where it shows.

No exercise itself: it defines no ``EXERCISE``. Figures are from the tune split of the recorded studio
(docs/thresholds.md, What the landmarks show); "unseen people" were predicted by weights that never saw them.
"""

from math import radians, sin

from formcheck.spec import Along, Fault, Fitted, Limits, Seen, Way, at_most

#: Weights, ° of roll for 1 % of the torso that a point goes backwards (level) or up. The upper hip alone says
#: little: an opening knee drags it by 2–17 %. The lower hip shows the drag, a shoulder that is dragged rises.
#: The pose model takes the shoulder along even where only the pelvis rolls: 25° of that read as 27 and 35°.
_BACKWARDS = (
    (0.7, Along("hip", "back_level")),
    (0.2, Along("other_hip", "back_level")),
    (0.2, Along("other_hip", "up")),
    (1.0, Along("shoulder", "back_level")),
    (-0.4, Along("shoulder", "up")),
)
#: What clean reps read, °; a change against rest has no offset of its own to take it off.
_CLEAN_FEET, _CLEAN_ABOVE = 8, 5
#: Windows of the *estimated* azimuth toward the feet, each with the middle that its weights are for: of a way
#: backwards, the sine of the azimuth shows. True 32–58° read 17–52°.
_TOWARD_FEET = ((14, 30), (30, 42), (42, 62))
_HIGHEST = 58


def from_feet(*joints: str, where: str) -> Seen:
    """Diagonally from the feet, the view that both exercises ask for.

    True elevations of 5–25° read up to 51; higher is a view that was mistaken.
    """
    azimuth = (_TOWARD_FEET[0][0], _TOWARD_FEET[-1][1])
    return Seen(azimuth=(azimuth,), elevation=(-90, _HIGHEST), joints=joints, where=where)


def roll_back(*, why: str, camera: str) -> Fault:
    """The pelvis that rolls back, alone or with the shoulders.

    Args:
        why: What it does to this exercise.
        camera: Where this exercise wants the camera.
    """
    joints = ("hip", "shoulder")
    return Fault(
        "hip_roll_back",
        (
            *(
                Way(
                    _scaled(1 / sin(radians((low + high) / 2))).shift("top"),
                    _beyond(_CLEAN_FEET, 13, 23),
                    Seen(azimuth=((low, high),), elevation=(-90, _HIGHEST), joints=joints, where=camera),
                )
                for low, high in _TOWARD_FEET
            ),
            # From above, backwards is up. True 30–37° of elevation read 21–45°, and 5–13° read 11–20°: low
            # from the belly a roll does not show, and reads as none.
            Way(
                Fitted(tuple((1.6, Along(p, "up")) for p in ("hip", "other_hip", "shoulder")), "°").shift(
                    "top"
                ),
                _beyond(_CLEAN_ABOVE, 13, 23),
                Seen(azimuth=((-24, 14),), elevation=(24, _HIGHEST), joints=joints, where=camera),
            ),
            # From behind, the shoulders are placed wrongly: -8 to 19 %.
            Way(
                Fitted(((2.2, Along("hip", "back_level")),), "°").shift("top"),
                at_most(16, severe=25),
                Seen(azimuth=((130, 166),), joints=joints, where=camera),
                clears=False,
            ),
        ),
        cue="Keep the top hip stacked",
        why=why,
        limb=(("hip", "other_hip"), ("shoulder", "hip")),
        name="hip rolling back",
        weight=25,
        primary=True,
        source="fitted on the tune split, 242 reps of both exercises from the feet: clean reps of unseen "
        "people scatter by 8° between sets and 4° within one, so 13° is called and not 10; from above, clean "
        "reps read -8–14°, 12° 26, 25° 24, 34° 39; back diagonal, clean up to 16, 25° 25 and 31, 33° 26",
    )


def _scaled(factor: float) -> Fitted:
    return Fitted(tuple((round(factor * weight, 2), signal) for weight, signal in _BACKWARDS), "°")


def _beyond(clean: float, mild: float, severe: float) -> Limits:
    return at_most(clean + mild, severe=clean + severe)
