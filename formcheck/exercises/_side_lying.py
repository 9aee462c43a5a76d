"""What the exercises on the side share: the roll of the pelvis, and from where it shows.

No exercise itself: it defines no ``EXERCISE``. Figures are from the tune split of the recorded studio
(docs/thresholds.md, What the landmarks show); "unseen people" were predicted by weights that never saw them.
"""

from formcheck.spec import Along, Fault, Fitted, Limits, Seen, Way, at_most

#: Roll of the pelvis, °, from ways backwards (level) and up in % of the torso. The upper hip alone says
#: little: an opening knee drags it by 2–17 %, and lets the lower one sink; a shoulder that is dragged rises.
#: The pose model takes the shoulder along even where only the pelvis rolls: 25° of that read as 23 and 25°.
#: How much of a way backwards shows hangs on the azimuth. To take that into account made it worse, 5 false
#: calls for 1: the azimuth is estimated some 10° off, and not alike in the reps of a set.
FROM_FEET = Fitted(
    (
        (1.3, Along("hip", "back_level")),
        (0.5, Along("other_hip", "up")),
        (1.5, Along("shoulder", "back_level")),
        (-0.5, Along("shoulder", "up")),
    ),
    "°",
)
#: From above, backwards is up.
FROM_ABOVE = Fitted(tuple((1.6, Along(point, "up")) for point in ("hip", "other_hip", "shoulder")), "°")
#: From behind, the shoulders are placed wrongly: -8 to 19 %.
FROM_BACK = Fitted(((2.2, Along("hip", "back_level")),), "°")
_HIGHEST = 58


def from_feet(*joints: str, where: str) -> Seen:
    """Diagonally from the feet, the view that both exercises ask for.

    True azimuths of 32–58° read 17–52°, elevations of 5–25° up to 51; higher is a view that was mistaken.
    """
    return Seen(azimuth=((14, 62),), elevation=(-90, _HIGHEST), joints=joints, where=where)


def roll_back(
    reading: Fitted, limits: Limits, *, ok_to: float, certain: float, why: str, camera: str
) -> Fault:
    """The pelvis that rolls back, alone or with the shoulders.

    Args:
        reading: The roll as it shows from the feet, °.
        limits: Of that reading.
        ok_to: The largest one that is certainly clean.
        certain: The smallest one that is a roll whoever it is.
        why: What it does to this exercise.
        camera: Where this exercise wants the camera.
    """
    joints = ("hip", "shoulder")
    return Fault(
        "hip_roll_back",
        (
            Way(
                reading.shift("top"),
                limits,
                from_feet(*joints, where=camera),
                ok_to=ok_to,
                certain=certain,
                # Rolls of up to 36° read as 19–55 (57 reps); of reps without one that were called, five read
                # 60–84 (tune half, and people of their own).
                believable=58,
            ),
            # True 30–37° of elevation read 21–45°, and 5–13° read 11–20°: low from the belly a roll does not
            # show, and reads as none.
            Way(
                FROM_ABOVE.shift("top"),
                at_most(18, severe=28),
                Seen(azimuth=((-24, 10),), elevation=(24, _HIGHEST), joints=joints, where=camera),
            ),
            Way(
                FROM_BACK.shift("top"),
                at_most(18.5, severe=26),
                # A trunk whose front and back are confused reads as seen from behind at 54° and more, a true
                # one at 41° at most.
                Seen(azimuth=((130, 166),), elevation=(-90, 48), joints=joints, where=camera),
                clears=False,
            ),
        ),
        cue="Keep the top hip stacked",
        why=why,
        limb=(("hip", "other_hip"), ("shoulder", "hip")),
        name="hip rolling back",
        weight=25,
        primary=True,
        source="491 reps of 17 people from the feet. Clean reps of one person scatter by 5°, those of "
        "people lie at -10 to 30 (clamshell; one rep read 43) and -15 to 25 (leg raise; one set 25–78), "
        "rolls of 12–36° 10–25 above the same person's clean ones: which is why it is held against these. "
        "From above, clean -8–14°, 12° 26, 25° 24, 34° 39; back diagonal, clean up to 17, 25° 25 and 31, "
        "33° 23",
    )
