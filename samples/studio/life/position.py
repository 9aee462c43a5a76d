"""Getting into position and out of it: walking in, getting down to the floor, lying down."""

from __future__ import annotations

import numpy as np

from samples.studio.life import lying, poses
from samples.studio.life.spot import HANDS, Spot, Take
from samples.studio.life.stance import SIDES, Stance, out
from samples.studio.life.track import Track
from samples.studio.life.walk import curve, walk

# From how far people come; a small room leaves no more.
FAR_M = (1.1, 1.9)
# From how far off the direction they look into in the end, degrees.
FROM_DEG = (60.0, 130.0)


def enter(spot: Spot, seconds: float) -> Track:
    """Walks in, gets down, ends in the rest pose. Takes its own time if `seconds` is 0."""
    down = get_down(spot, max(0.0, seconds - 3.0) if seconds else 0.0)
    return _walk_in(spot).then(down)


def leave(spot: Spot, seconds: float) -> Track:
    """Gets up from the rest pose and walks off."""
    up = get_down(spot, max(0.0, seconds - 3.0) if seconds else 0.0).reversed()
    return up.then(_walk_off(spot))


def get_down(spot: Spot, seconds: float) -> Track:
    """From standing beside the spot into the rest pose."""
    take = _DOWN[spot.posture](spot)
    return take.done(seconds or take.keys[-1].time * spot.random.uniform(0.9, 1.25))


def stand_z(spot: Spot) -> float:
    """How far in front of the rest pose's seat somebody stands who gets down there."""
    if spot.posture == "quadruped":
        return _knees(spot) + poses.STRIDE_M * Stance(spot.body).size
    return 0.0 if spot.posture == "standing" else poses.SIT_M * Stance(spot.body).size


def _walk_in(spot: Spot) -> Track:
    here = np.array([0.0, stand_z(spot)])
    return walk(
        spot.body,
        curve(here + _away(spot), here, 0.0),
        pace=spot.random.uniform(0.8, 1.05),
        first=str(spot.random.choice(SIDES)),
    )


def _walk_off(spot: Spot) -> Track:
    here = np.array([0.0, stand_z(spot)])
    # A way in, walked backwards, then everything turned round: the bend is where the person starts.
    way = curve(here + _away(spot), here, 180.0)[::-1]
    way[:, 2] += 180 - 360 * np.round((way[0, 2] + 180) / 360)
    return walk(spot.body, way, pace=spot.random.uniform(0.8, 1.05), first=str(spot.random.choice(SIDES)))


def _away(spot: Spot) -> np.ndarray:
    angle = np.radians(spot.random.uniform(*FROM_DEG) * spot.random.choice([-1, 1]))
    return spot.random.uniform(*FAR_M) * np.array([np.sin(angle), np.cos(angle)])


def _knees(spot: Spot) -> float:
    knees = [spot.rest.position[0, spot.body.index[f"calf_{s}"], 2] for s in SIDES]
    return float(np.mean(knees))


def _sit(spot: Spot) -> Take:
    body, z = spot.body, stand_z(spot)
    take = Take(body, poses.standing(body, z), spot.random, free=HANDS)
    take.to(poses.crouching(body, z), 1.2, free=HANDS)
    take.to(poses.sitting(body), 0.9)
    return take


def _on_side(spot: Spot) -> Take:
    take = _sit(spot)
    body = spot.body
    take.to(poses.side_sitting(body), 0.9, free=("foot_l", "foot_r", "hand_l"))
    prop = spot.stance()
    lying.prop_up(prop)
    take.to(prop, 1.0, free=("foot_l", "foot_r"))
    take.to(spot.rest, 1.1, free=("hand_r",))
    return take


def _on_back(spot: Spot) -> Take:
    take = _sit(spot)
    take.to(poses.reclining(spot.body), 0.9)
    take.to(spot.rest, 1.2, free=HANDS)
    return take


def _on_all_fours(spot: Spot) -> Take:
    body, z = spot.body, _knees(spot)
    take = Take(body, poses.standing(body, stand_z(spot)), spot.random, free=HANDS)
    take.to(poses.half_kneeling(body, z), 1.4, free=HANDS)
    take.to(poses.kneeling(body, z), 1.1, free=HANDS)
    take.to(spot.rest, 1.3, free=HANDS, anchor="calf_l")
    return take


def _standing(spot: Spot) -> Take:
    """From the feet where they happen to stand, one after the other, to where the exercise wants them."""
    body = spot.body
    take = Take(body, poses.standing(body), spot.random, free=HANDS)
    half = Stance.of(body, poses.standing(body).solve())
    rest = spot.stance()
    ankle = rest.place("foot_l")
    half.leg("l", ankle, [out("l") * 0.1, 0.2, 1])
    half.set_global("foot_l", rest.rotation("foot_l"))
    take.to(half, 0.6, free=HANDS)
    take.to(rest, 0.7, free=HANDS)
    return take


_DOWN = {"side_lying": _on_side, "supine": _on_back, "quadruped": _on_all_fours, "standing": _standing}
