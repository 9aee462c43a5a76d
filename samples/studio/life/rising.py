"""Coming up from the posture of an exercise to where the hands are free, and going back."""

from __future__ import annotations

from dataclasses import dataclass

from samples.studio.life import lying, poses
from samples.studio.life.spot import HANDS, Spot, Take
from samples.studio.life.stance import SIDES, Stance
from samples.studio.rotation import about_x

FEET = ("foot_l", "foot_r")
# An ankle higher than this does not stand on the floor.
IN_AIR_M = 0.2


@dataclass(frozen=True)
class Way:
    """One pose on the way up; see `Take.to`."""

    pose: Stance
    seconds: float
    free: frozenset[str] = frozenset()
    anchor: str = "pelvis"


def risen(spot: Spot) -> list[Way]:
    """The way up: on the elbow, to sitting, to kneeling. Who stands puts the hands on the hips."""
    return _RISEN[spot.posture](spot)


def climb(take: Take, ways: list[Way]) -> None:
    """Come up from the rest pose."""
    for way in ways:
        take.to(way.pose, way.seconds, way.free, way.anchor)


def descend(take: Take, ways: list[Way], spot: Spot) -> None:
    """Go back to the rest pose."""
    lower = [(way.pose.solve(), way.free) for way in ways[:-1]]
    for way, (pose, free) in zip(reversed(ways), [*reversed(lower), (spot.rest, frozenset())], strict=True):
        take.to(pose, 1.1 * way.seconds, free, way.anchor)


def _on_elbow(spot: Spot) -> list[Way]:
    p = spot.stance()
    lying.prop_up(p)
    return [Way(p, 1.1, frozenset({"hand_r"}))]


def _to_sitting(spot: Spot) -> list[Way]:
    # A foot that rests in the air comes down first.
    moved = HANDS | {foot for foot in FEET if spot.place(foot)[1] > IN_AIR_M}
    back = spot.kept(poses.reclining(spot.body), *moved)
    up = spot.kept(poses.sitting(spot.body), *moved)
    return [Way(back, 1.0, HANDS), Way(up, 0.9)]


def _to_kneeling(spot: Spot) -> list[Way]:
    p = spot.stance()
    thighs = {s: p.rotation(f"thigh_{s}") for s in SIDES}
    knees = p.between("calf")
    p.root = about_x(3)
    p.spine(6)
    p.head(4)
    for s in SIDES:
        p.set_global(f"thigh_{s}", thighs[s])
        p.turn(f"clavicle_{s}", about_x(0))
        p.hang(s)
    p.put(p.between("calf"), knees)
    return [Way(p, 1.2, HANDS, "calf_l")]


def _akimbo(spot: Spot) -> list[Way]:
    p = spot.stance()
    for s in SIDES:
        p.on_hip(s)
    return [Way(p, 0.9, HANDS)]


_RISEN = {"side_lying": _on_elbow, "supine": _to_sitting, "quadruped": _to_kneeling, "standing": _akimbo}
