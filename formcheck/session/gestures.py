"""Signs given with the arms: plain for a person who means them, hard to give by accident.

A sign is a pose of both arms, and the hands rest in it for a second. How often one shows in clips of life is
measured by ``tests/bench/hands_free.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.geometry import Floats
from formcheck.landmarks import INDEX, LEFT, RIGHT
from formcheck.session.events import GestureName

#: Held for so long, s; crossed arms held on for `PAIN_S` in all mean pain.
HOLD_S: Final = 1.0
PAIN_S: Final = 3.0
#: A sign may be missed for so long, s: a frame or two.
MISS_S: Final = 0.2
#: Nothing is done with a sign again before it was gone for so long, s.
GONE_S: Final = 0.4
#: The hands rest: way from where they were at the beginning, torsos.
RESTS: Final = 0.3
#: Arm up: wrist and elbow above their shoulder, torsos; a straight arm is 1.1 long, its upper part 0.6.
WRIST_UP, ELBOW_UP = 0.65, 0.25
#: The other arm is down: its wrist is no higher than this above its shoulder; it hangs where the trunk is
#: upright (a hand on the hip is at -0.45).
WRIST_DOWN, WRIST_HANGS = 0.25, -0.6
#: Who leans on the other arm, in a side plank or on all fours, has its elbow so far below its shoulder,
#: torsos (side planks, in which the free arm points up all the time: 0.40–0.51; lying: 0.29 at most).
CARRIES: Final = 0.35
#: A raised hand is no further over the head than this beside its shoulder, torsos: stretches 0.2 and more.
OVER = 0.15
#: Both arms make a V: hands so far apart, torsos. Overhead stretches have them together.
APART: Final = 0.8
#: Bends to the side with an arm overhead: the shoulders are so far beside the hips, torsos (0.24–0.27).
LEAN: Final = 0.2
#: Forearms make an X before the face: on average, wrists over elbows (0.1–0.4) and shoulders (0.2–0.7); they
#: are past each other (0.32–0.65), the elbows are not (0.0–0.3); torsos, six bodies from four sides. Arms
#: crossed on the chest, as some squat, have the wrists 0.14–0.34 below the shoulders.
FOREARM_UP, WRIST_OVER, PAST_WRISTS, PAST_ELBOWS = 0.08, 0.1, 0.2, -0.1
#: Once seen, they may come apart by so much: from aside a pose model now and then puts both wrists in one
#: place (-0.04–0.21 for the rest of a cross that was held for 4 s); arms that hang are 0.8 apart.
KEPT_WRISTS: Final = -0.25
#: Shoulders so wide, torsos: the person faces the camera.
FACING: Final = 0.35
#: A trunk that is upright, torsos that the shoulders are above the hips.
UPRIGHT: Final = 0.6
VISIBLE: Final = 0.5

_ARMS = tuple(t[j] for t in (LEFT, RIGHT) for j in ("shoulder", "elbow", "wrist"))
_TRUNK = tuple(t[j] for t in (LEFT, RIGHT) for j in ("shoulder", "hip"))
_HANDS = (LEFT["wrist"], RIGHT["wrist"])


@dataclass(frozen=True, slots=True)
class Held:
    """A sign that is being given.

    Attributes:
        held_s: For how long.
        fired: True in the one call in which it becomes valid.
        pain: Likewise, for crossed arms that are held on.
    """

    name: GestureName
    held_s: float
    fired: bool = False
    pain: bool = False


class Gestures:
    """Follows the arms from frame to frame."""

    def __init__(self) -> None:
        self._name: GestureName | None = None
        self._since_s = self._seen_s = 0.0
        self._from: Floats = np.full((2, 2), np.nan)
        self._fired = self._pained = False

    def reset(self) -> None:
        """Forgets the sign that is being given; it may be given at once again."""
        self._name = None

    def update(self, t: float, image: Floats, torso: float) -> Held | None:
        """Takes a pose.

        Args:
            t: Seconds.
            image: ``(33, 4)`` px, px, px, visibility.
            torso: Its length, px.
        """
        name = sign(image, torso, self._name)
        hands = image[list(_HANDS), :2]
        if name != self._name:
            keep = GONE_S if self._fired else MISS_S
            if self._name and t - self._seen_s <= keep:
                return None  # a frame or two without it
            self._name, self._since_s, self._from = name, t, hands
            self._fired = self._pained = False
        elif name and not self._fired and np.linalg.norm(hands - self._from, axis=1).max() > RESTS * torso:
            self._since_s, self._from = t, hands  # the hands still travel
        if name is None:
            return None
        self._seen_s = t
        held = t - self._since_s
        fired = not self._fired and held >= HOLD_S
        pain = name == "crossed" and not self._pained and held >= PAIN_S
        self._fired |= fired
        self._pained |= pain
        return Held(name, held, fired, pain)


def sign(image: Floats, torso: float, before: GestureName | None = None) -> GestureName | None:
    """The sign that the arms of one pose make.

    Args:
        image: ``(33, 4)`` px, px, px, visibility.
        torso: Its length, px.
        before: The one that they made just now.
    """
    seen = torso > 0 and np.isfinite(image[list(_ARMS + _TRUNK), :2]).all()
    if not seen or image[list(_ARMS), 3].min() < VISIBLE:
        return None
    xy = image[:, :2] / torso
    lean, trunk = _trunk(xy)
    upright = trunk > UPRIGHT
    if upright and abs(lean) > LEAN:
        return None
    if upright and _crossed(xy, KEPT_WRISTS if before == "crossed" else PAST_WRISTS):
        return "crossed"
    up = [_raised(xy, t) for t in (LEFT, RIGHT)]
    if all(up):
        return "both_up" if np.linalg.norm(xy[_HANDS[0]] - xy[_HANDS[1]]) > APART else None
    if any(up):
        arm, free = (LEFT, RIGHT) if up[0] else (RIGHT, LEFT)
        return "one_up" if _alone(xy, arm, free, upright=upright) else None
    return None


def _alone(xy: Floats, arm: dict[str, int], free: dict[str, int], *, upright: bool) -> bool:
    """Whether a raised arm is up for itself: not over the head, and the other one is down."""
    if upright and _over(xy, arm) > OVER:
        return False
    height = float(xy[free["shoulder"], 1] - xy[free["wrist"], 1])
    if upright:
        return height < WRIST_HANGS
    return height < WRIST_DOWN and float(xy[free["elbow"], 1] - xy[free["shoulder"], 1]) < CARRIES


def _raised(xy: Floats, arm: dict[str, int]) -> bool:
    """One arm straight up: beside the head, not over it."""
    shoulder, elbow, wrist = (xy[arm[j]] for j in ("shoulder", "elbow", "wrist"))
    above = shoulder[1] - wrist[1] > WRIST_UP and shoulder[1] - elbow[1] > ELBOW_UP
    return bool(above and wrist[1] < elbow[1] and wrist[1] < xy[INDEX["nose"], 1])


def _over(xy: Floats, arm: dict[str, int]) -> float:
    """How far a hand is on the inner side of its shoulder, torsos."""
    shoulder = xy[arm["shoulder"], 0]
    inwards = (xy[LEFT["shoulder"], 0] + xy[RIGHT["shoulder"], 0]) / 2 - shoulder
    return float((xy[arm["wrist"], 0] - shoulder) * np.sign(inwards))


def _trunk(xy: Floats) -> tuple[float, float]:
    """The way from the hips to the shoulders: aside and up, torsos."""
    ls, lh, rs, rh = (xy[i] for i in _TRUNK)
    way = (ls + rs - lh - rh) / 2
    return float(way[0]), float(-way[1])


def _crossed(xy: Floats, past: float) -> bool:
    """Forearms that cross before the face: the wrists are `past` each other, the elbows are not."""
    across = xy[LEFT["shoulder"], 0] - xy[RIGHT["shoulder"], 0]
    if abs(across) < FACING:
        return False
    # Against each other and not against the body's middle: seen from aside, arms held out shift by 0.5.
    wrists, elbows = ((xy[LEFT[j], 0] - xy[RIGHT[j], 0]) * np.sign(across) for j in ("wrist", "elbow"))
    if wrists > -past or elbows < PAST_ELBOWS:
        return False
    shoulder, elbow, wrist = ((xy[LEFT[j], 1] + xy[RIGHT[j], 1]) / 2 for j in ("shoulder", "elbow", "wrist"))
    return bool(elbow - wrist > FOREARM_UP and shoulder - wrist > WRIST_OVER)
