"""What walking and running share: a step is a rep, and nothing about it is judged.

How uninjured people walk or run is no fault: `formcheck.features.gait` has figures, as information.
"""

from formcheck.spec import Cycle, Distance, Exercise, Seen

#: The ankles' way past each other, in the world: it shows from all around and does not ask which is which.
APART = Distance("ankle", "other_ankle", "world")


def steps(id_: str, name: str, *, full: float, seconds: tuple[float, float], setup: str) -> Exercise:
    """An exercise whose reps are steps of so many % of the torso that take so long."""
    return Exercise(
        id=id_,
        name=name,
        posture="standing",
        side="alternating",
        reps=Cycle(
            APART,
            min_range=25,
            full_range=full,
            partial=0.4,
            min_s=seconds[0],
            max_s=seconds[1],
            smooth_hz=6,
            median_s=0.0,
            ballistic=True,
            flows=True,
            drift=float("inf"),
        ),
        gates=(),
        faults=(),
        setup=setup,
        camera="Put the camera square to your side, or behind you for the pelvis.",
        best=Seen(azimuth=((60, 120), (152, 180))),
        refs=(
            "Zeni 2008, Gait Posture 27(4):710: steps from how far the feet are ahead of the pelvis",
            "Souza 2016, Phys Med Rehabil Clin N Am 27(1):217: how uninjured people run is no fault",
            "Bramah 2018, Am J Sports Med 46(12):3023: pelvic drop and lean of injured and uninjured runners",
            "docs/thresholds.md: Walking and running",
        ),
        informative=True,
    )
