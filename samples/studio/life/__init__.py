"""What people do when they do not exercise, around a set and in clips without one. Nothing here is a rep.

`segment` and `scene` give a `Track`: a movement as a function of time. How one comes about:

- key poses (`stance`, `poses`, `lying`), in the person's own frame (`spot` finds it in the world);
- `blend` goes smoothly from key to key, with hands and feet that stay where they are planted, the body on the
  floor (`floor`) and the arms out of the trunk (`clear`); `sway` keeps everybody alive;
- walking has no keys: `walk` plans footfalls, and all else follows the feet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from formcheck.errors import UsageError
from samples.studio.body import Body
from samples.studio.life import fidgets, hands, position
from samples.studio.life.gait import GAITS
from samples.studio.life.others import OTHERS
from samples.studio.life.scenes import SCENES
from samples.studio.life.spot import Spot
from samples.studio.life.track import Track
from samples.studio.skeleton import Posed

__all__ = ["GAITS", "OTHERS", "SCENES", "SEGMENTS", "Track", "scene", "segment"]

# What "fidget" is one of.
FIDGETS: Final = ("shift", "adjust_leg", "bend_leg", "shake_leg", "prop", "wipe", "phone")


def _fidget(spot: Spot, seconds: float) -> Track:
    """One of FIDGETS."""
    return SEGMENTS[str(spot.random.choice(FIDGETS))](spot, seconds)


SEGMENTS: Final[dict[str, Callable[[Spot, float], Track]]] = {
    "enter": position.enter,
    "leave": position.leave,
    "idle": fidgets.idle,
    "fidget": _fidget,
    "look": fidgets.look,
    "shift": fidgets.shift_hips,
    "adjust_leg": fidgets.adjust_leg,
    "bend_leg": fidgets.bend_leg,
    "shake_leg": fidgets.shake_leg,
    "prop": fidgets.prop,
    "scratch": hands.scratch,
    "wipe": hands.wipe,
    "band": hands.band,
    "phone": hands.phone,
    "drink": hands.drink,
}


def segment(kind: str, body: Body, rest: Posed, posture: str, seconds: float, seed: int) -> Track:
    """A stretch of life around a set.

    Args:
        kind: A key of SEGMENTS.
        body: Who.
        rest: The pose the set begins and ends with; one instant. "enter" ends in it, "leave" begins in it,
            everything else does both.
        posture: "standing", "side_lying", "quadruped" or "supine".
        seconds: About how long; 0 for as long as it takes. No movement is hurried beyond what people do, so
            the track may be longer.
        seed: For speed, extent, which hand.

    Raises:
        UsageError: There is no such segment.
    """
    if kind not in SEGMENTS:
        raise UsageError(f"nobody here knows how to {kind!r}", hint=f"one of {', '.join(SEGMENTS)}")
    spot = Spot.find(body, rest, posture, np.random.default_rng(seed))
    return spot.back(SEGMENTS[kind](spot, seconds))


def scene(kind: str, body: Body, seconds: float, seed: int) -> Track:
    """A clip without an exercise, in the middle of the room.

    It is a stretch out of something longer: it may begin and end in the middle of a movement.

    Args:
        kind: A key of SCENES or of OTHERS, exercises that formcheck does not know, or of GAITS.
        body: Who.
        seconds: How long; at most, where what happens takes less.
        seed: For speed, extent, which hand.

    Raises:
        UsageError: There is no such scene.
    """
    known = SCENES | OTHERS | GAITS
    if kind not in known:
        raise UsageError(f"there is no scene {kind!r}", hint=f"one of {', '.join(known)}")
    random = np.random.default_rng(seed)
    track = known[kind](body, seconds, random)
    start_s = random.uniform(0, max(0.0, track.duration_s - seconds))
    return track.part(start_s, start_s + seconds)
