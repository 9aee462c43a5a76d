"""Where mild and severe begin in the body's own units: what a commanded size is graded by.

From docs/thresholds.md, the columns "proposed for the body". They are needed for truths that name a size and
no grade, and to tell a trace of a fault (at most half of mild: still a clean rep) from one in between.
"""

from __future__ import annotations

#: (mild, severe) by fault, or by ``exercise.fault`` where exercises differ. In the truth's units.
BODY: dict[str, tuple[float, float]] = {
    "hip_roll_back": (10, 20),
    "feet_apart": (5, 10),
    "leg_drift_forward": (15, 25),
    "hip_hike": (8, 15),
    "knee_bend": (20, 35),
    "pelvis_rotation": (10, 20),
    "torso_twist": (10, 20),
    "fire_hydrant.hip_shift": (5, 10),
    "squat.hip_shift": (3, 6),
    "back_arch": (8, 15),
    "knee_angle": (20, 35),
    "pelvis_drop": (10, 15),
    "incomplete_extension": (12, 22),
    "heel_lift": (3, 6),  # 12 and 25 % of a foot, which is half of a torso: 25 cm
    "knee_valgus": (5, 10),
    "forward_lean": (15, 25),
    "shallow": (20, 35),
    "short_rom": (20, 35),
    "momentum": (0.60, 0.40),
    "dropped_return": (0.60, 0.35),
}


def of(exercise: str, fault: str) -> tuple[float, float]:
    """Mild and severe limit of a fault of an exercise; severe is the smaller one for times.

    Raises:
        KeyError: The fault has no limit in the body's units.
    """
    own = f"{exercise}.{fault}"
    return BODY[own] if own in BODY else BODY[fault]


def share(size: float, mild: float, severe: float) -> float:
    """Size in units of the mild limit, 1 at the limit: for times, which are worse when short, the inverse."""
    if severe < mild:
        return mild / size if size > 0 else float("inf")
    return size / mild


def grade(size: float, mild: float, severe: float) -> str:
    """The word for a size: "severe", "mild" or "sub"."""
    reached = share(size, mild, severe)
    if reached >= share(severe, mild, severe):
        return "severe"
    return "mild" if reached >= 1 else "sub"
