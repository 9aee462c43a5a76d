"""Whether a body may be in a posture: asked of the one that an exercise is done in, not guessed among all.

`body.posture` names the posture of a clear frame by the axes of the world landmarks. Seen from the feet, from
behind or from above these are turned by up to 60°, or front and back are confused, so what is asked here
is asked of heights in the picture, and the axes are only heard where they would be turned by more than that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from formcheck.features.body import Window, median
from formcheck.geometry import Bools, nanmedian
from formcheck.landmarks import LEFT, RIGHT
from formcheck.spec import Posture

_ANY = (-np.inf, np.inf)


@dataclass(frozen=True, slots=True)
class Looks:
    """What a posture looks like: lowest and highest values.

    Attributes:
        trunk: Height of the shoulders over the hips in the picture, torsos.
        thighs: Height of the knees over the hips.
        legs: Height of the hips over the ankles.
        front: Share of "up" on the axis that points out of the belly.
    """

    trunk: tuple[float, float]
    thighs: tuple[float, float] = _ANY
    legs: tuple[float, float] = _ANY
    front: tuple[float, float] = _ANY


#: Medians of the rest in every view of the tune split; beside them, people who do something else.
LOOKS: dict[Posture, Looks] = {
    # Trunk 0.99–1.13, bent over 0.2. Legs 1.20–1.70, 0.95 in the last bit of a squat, on a chair 0.84.
    "standing": Looks(trunk=(0.6, np.inf), legs=(0.9, np.inf)),
    # Trunk -0.37–0.57, sitting 0.98. Thighs -0.63–0.19, supine 0.49. Legs -0.20–0.98, standing 1.2.
    "side_lying": Looks(trunk=(-np.inf, 0.82), thighs=(-0.8, 0.45), legs=(-np.inf, 1.1)),
    # Trunk -0.34–0.77. Thighs -0.95–-0.49.
    "quadruped": Looks(trunk=(-np.inf, 0.82), thighs=(-np.inf, -0.4), front=(-np.inf, 0.8)),
    # On a machine's seat, or on the floor leaning back with the knees up.
    "seated": Looks(trunk=(0.35, np.inf), thighs=(-0.5, 1.0), legs=(-0.7, 1.4)),
    # Bent over a bar on the floor: trunk 0.12–0.88. Thighs -0.50–0.0, -0.75 where the hips have risen first
    # and the bar is not quite down. Legs 0.74–1.23 and then 1.64, 0.21 where feet are hidden. Front
    # -0.99–-0.53, from behind and above -0.35, upright -0.2.
    "hinged": Looks(trunk=(-0.1, 0.92), thighs=(-1.0, 0.2), legs=(0.0, 1.85), front=(-np.inf, -0.28)),
    # Trunk -0.54–0.72, sitting with the knees up 0.98. Thighs 0.49–1.14. Front 0.63–0.99.
    "supine": Looks(trunk=(-np.inf, 0.82), thighs=(0.3, np.inf), front=(0.3, np.inf)),
}


def fits(wanted: Posture, window: Window, frames: Bools, *, at_rest: bool = True) -> bool:
    """Whether the body may be in this posture, as the median of some frames shows it.

    Args:
        wanted: The posture.
        window: What was seen.
        frames: ``(T,)`` which of it to look at. Where the trunk was not seen nothing fits; knees and ankles
            that were not seen do not speak against it.
        at_rest: Whether these frames are the rest. In a movement only a lying or a bent trunk can be told
            from one that is not.
    """
    up = {
        name: -float(nanmedian(window.points(name)[frames])[1]) / window.torso
        for name in ("shoulders", "hips", "knees", "ankles")
    }
    if wanted == "standing":  # on the foot that is on the floor: the other one may be on a bench
        ankles = np.fmax(*(window.xy[frames, table["ankle"], 1] for table in (LEFT, RIGHT)))  # y is down
        up["ankles"] = -median(ankles) / window.torso
    front = -float(nanmedian(window.axes[frames])[2, 1])
    trunk = up["shoulders"] - up["hips"]
    if not at_rest:
        return not (trunk > LOOKS[wanted].trunk[1] or front > LOOKS[wanted].front[1])
    if not np.isfinite([trunk, front]).all():
        return False
    looks = LOOKS[wanted]
    values = (
        (trunk, looks.trunk),
        (up["knees"] - up["hips"], looks.thighs),
        (up["hips"] - up["ankles"], looks.legs),
        (front, looks.front),
    )
    return not any(value < low or value > high for value, (low, high) in values)
