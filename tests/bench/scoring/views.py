"""Names for true camera places: one bin of azimuth and one of elevation for each posture."""

from __future__ import annotations

from formcheck.features.view import KINDS
from formcheck.spec import Posture

#: Elevations below the first are "low", from the second on "raised", degrees. On the floor, a lens at table
#: height stands at 13 to 19°; for a standing person, a lens at hip height at 0.
ELEVATIONS: dict[Posture, tuple[float, float]] = {
    "standing": (-8, 18),
    "side_lying": (10, 28),
    "quadruped": (7, 25),
    "supine": (10, 28),
    "seated": (2, 18),
    "hinged": (-8, 18),
}


#: What the product asks each of its recommended views for, where it has more than one: words of the azimuth.
ADVISED: dict[str, tuple[str, ...]] = {
    "squat.knee_valgus": ("front",),
    "squat.hip_shift": ("front",),
    "squat.forward_lean": ("side",),
    "squat.shallow": ("side",),
    "squat.heel_lift": ("side",),
    "forward_lunge.knee_valgus": ("front",),
    "forward_lunge.forward_lean": ("side",),
    "forward_lunge.shallow": ("side",),
    "forward_lunge.lateral_lean": ("front",),
    "reverse_lunge.knee_valgus": ("front",),
    "reverse_lunge.forward_lean": ("side",),
    "reverse_lunge.shallow": ("side",),
    "reverse_lunge.lateral_lean": ("front",),
    "walking_lunge.knee_valgus": ("front",),
    "walking_lunge.forward_lean": ("side",),
    "walking_lunge.shallow": ("side",),
    "walking_lunge.lateral_lean": ("front",),
    "bulgarian_split_squat.knee_valgus": ("front",),
    "bulgarian_split_squat.forward_lean": ("side",),
    "bulgarian_split_squat.shallow": ("side",),
    "bulgarian_split_squat.lateral_lean": ("front",),
}

#: Exercises for which the product asks for the side of the limb that does not work.
OTHER_SIDE = ("fire_hydrant",)


def direction(posture: Posture, azimuth_deg: float) -> str:
    """The azimuth in the product's own words."""
    word = next(word for limit, word in KINDS[posture] if abs(azimuth_deg) <= limit)
    if posture == "side_lying" and azimuth_deg < 0:
        word = word.replace("feet", "head").replace("back diagonal", "back diagonal at the head")
    return word


def name(posture: Posture, azimuth_deg: float, elevation_deg: float) -> str:
    """The bin of a true camera place, such as "feet diagonal" or "belly side raised"."""
    low, raised = ELEVATIONS[posture]
    word = direction(posture, azimuth_deg)
    if elevation_deg < low:
        return f"{word} low"
    return f"{word} raised" if elevation_deg >= raised else word


def azimuth_error(posture: Posture, true_deg: float, estimated_deg: float) -> float:
    """Absolute difference, degrees; around the circle where the azimuth has a sign."""
    if posture != "side_lying":
        return abs(abs(true_deg) - abs(estimated_deg))
    return abs((estimated_deg - true_deg + 180) % 360 - 180)
