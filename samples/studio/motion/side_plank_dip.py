"""Side plank dip: on the right forearm or hand and the right foot's edge; the hips come up into one line.

Head towards −x, belly towards +z, as in `side_lying`; the left side is up. The pelvis goes with the legs, and
the waist bends between it and a chest that the arm carries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.motion.contact import (
    SINK,
    at_most,
    hand_down,
    hand_on_hip,
    lowest,
    palm_height,
    sparse,
    widths,
)
from samples.studio.motion.faults import STILL, FaultInfo, Sway, growth, settled
from samples.studio.motion.side_lying import LYING, POSTURE
from samples.studio.rotation import Floats, X, Y, Z, about, about_z, dot, unit
from samples.studio.skeleton import Pose, Posed

__all__ = ["ANGLE", "FAULTS", "LEAST", "POSTURE", "Style", "angle", "measure", "pose"]

#: Of the hips over the line from shoulders to ankles, % of the torso's length.
ANGLE: Final = "hips_over_line_pct"
#: Less than that and the hips of a clean rep stay under the line.
LEAST: Final = 0.97
#: domain.md, 3.5. The sag is how far the hips are under the line at the turn.
FAULTS: Final = {
    "sag": FaultInfo("% torso", 4, 10, ("left_hip", "right_hip")),
}
#: Height of an elbow's joint on the floor, m.
ELBOW: Final = 0.045
#: Slopes of the legs around that of the straight body at which the waist is solved, degrees.
SLOPES: Final = np.linspace(-22.0, 7.0, 240)
#: Sizes over which a sag takes over from the person's own height, % of the torso.
BLEND: Final = 1.5


@dataclass(frozen=True)
class Style:
    """A person's way.

    Attributes:
        arm: "forearm" or "straight": what carries the chest.
        low: Hips under the line at rest, % of the torso; not through the floor.
        high: Hips over the line in a full rep.
        under: Support ahead of the shoulder towards the head, m.
        free: Where the upper hand is: "hip" or "up".
        ahead: Upper foot ahead of the lower one, m.
        rolls: 1 rolls back, −1 forwards.
        loose: Roll of pelvis and chest together at the top, degrees.
        nod: Chin towards the chest, degrees.
    """

    arm: str = "forearm"
    low: float = 26.0
    high: float = 2.0
    under: float = 0.0
    free: str = "hip"
    ahead: float = 0.03
    rolls: float = 1.0
    loose: float = 0.0
    nod: float = 8.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        arm = str(rng.choice(["forearm", "forearm", "straight"]))
        return cls(
            arm=arm,
            low=rng.uniform(23, 29) if arm == "forearm" else rng.uniform(24, 34),
            high=rng.uniform(0.5, 4.5),
            under=rng.uniform(-0.03, 0.04),
            free=str(rng.choice(["hip", "hip", "up"])),
            ahead=rng.uniform(0.0, 0.07),
            rolls=float(rng.choice([-1, 1])),
            loose=rng.uniform(0, 3.5),
            nod=rng.uniform(0, 14),
        )


@dataclass(frozen=True, eq=False)
class _Line:
    """How a person stands on arm and foot.

    Attributes:
        ankle: ``(3,)`` the lower one's place, m.
        support: ``(3,)`` of the elbow or the wrist on the floor, m.
        slope: Of the legs when the body is straight, degrees.
        height: ``(N,)`` of the hips over the line at each of `SLOPES`, % of the torso, rising.
        waist: ``(N,)`` bend of the waist there, to the right, degrees.
        rest: Height of the hips at rest.
    """

    ankle: Floats
    support: Floats
    slope: float
    height: Floats
    waist: Floats
    rest: float


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    share = np.asarray(depth, np.float64)
    line = _line(body, style)
    roll = style.rolls * style.loose * growth(share) + np.asarray(sway.rock)
    sag = np.asarray(faults.get("sag", 0.0), np.float64)
    own = (style.high - line.rest) * share
    wrong = (-sag - line.rest) * settled(share)
    height = line.rest + own + (wrong - own) * np.minimum(sag / BLEND, 1)
    slope = line.slope + np.interp(height, line.height, SLOPES)
    waist = np.interp(height, line.height, line.waist)
    pose = _trunk(body, line.ankle, slope, waist, sway)
    # About the line from the lower hip to the lower shoulder, which are carried.
    hip, shoulder = pose.place("thigh_r"), pose.place("upperarm_r")
    pose.root = about(hip - shoulder, roll) @ pose.root
    pose.put(pose.place("thigh_r"), hip)
    _legs(pose, style, line)
    _arms(pose, style, line)
    pose.head(np.asarray(sway.nod) + style.nod, 0.0, sway.look)
    return pose


def _trunk(body: Body, ankle: Floats, slope: Floats, waist: Floats, sway: Sway = STILL) -> Pose:
    """Pelvis at the end of legs with a slope, and the chest over it."""
    a = np.radians(slope)
    pose = Pose(body, about_z(-np.asarray(slope)) @ LYING)
    flexion = np.subtract(sway.flexion, sway.breath)
    pose.spine(flexion, waist + np.asarray(sway.lateral), np.asarray(sway.twist))
    up = np.multiply.outer(np.sin(a), Y) - np.multiply.outer(np.cos(a), X)
    pose.put(pose.place("thigh_r"), ankle + _leg(body) * up + np.asarray(sway.shift))
    return pose


def _leg(body: Body) -> float:
    """Length of a leg that is all but straight, m."""
    return 0.996 * (body.length("thigh_r") + body.length("calf_r"))


@lru_cache(maxsize=32)
def _line(body: Body, style: Style) -> _Line:
    """Find where foot and arm are, and what the waist does at every slope of the legs."""
    straight = style.arm == "straight"
    upper, lower = body.length("upperarm_r"), body.length("lowerarm_r")
    reach = 0.985 * (upper + lower) if straight else upper
    height = palm_height(body) if straight else ELBOW
    rise = np.sqrt(reach**2 - style.under**2)
    slopes = np.linspace(2.0, 45.0, 200)
    ankle, slope = 0.75 * X, 0.0
    for _ in range(3):
        ankle = 0.75 * X + _edge(body, round(slope, 1)) * Y
        straight_up = _trunk(body, ankle, slopes, np.zeros_like(slopes)).place("upperarm_r")[:, 1]
        slope = float(np.interp(height + rise, straight_up, slopes))
    shoulder = _trunk(body, ankle, np.array([slope]), np.zeros(1)).place("upperarm_r")[0]
    support = shoulder * (1, 0, 1) - style.under * X + height * Y
    # The more the waist bends up, the further the shoulder is from its support.
    low, high = np.full_like(SLOPES, -60.0), np.full_like(SLOPES, 30.0)
    for _ in range(30):
        waist = (low + high) / 2
        far = np.linalg.norm(
            _trunk(body, ankle, slope + SLOPES, waist).place("upperarm_r") - support, axis=-1
        )
        low, high = np.where(far > reach, waist, low), np.where(far > reach, high, waist)
    pose = _trunk(body, ankle, slope + SLOPES, waist)
    over = _over(pose.between("upperarm"), pose.between("thigh"), _ankles(body, style, ankle, slope))
    skin = sparse(body.vertices_of("pelvis", "spine_01", "thigh_r", share=0.6))
    free = lowest(body, pose, skin) > -SINK
    rest = max(-style.low, float(over[np.argmax(free)]))
    return _Line(ankle, support, slope, over, waist, rest)


@lru_cache(maxsize=32)
def _edge(body: Body, slope: float) -> float:
    """Height of the lower ankle over a foot that stands on its outer edge, on a leg of that slope, m."""
    pose = Pose(body, about_z(-slope) @ LYING)
    pose.put(pose.place("foot_r"), np.zeros(3))
    return -float(lowest(body, pose, body.vertices_of("foot_r", "ball_r"))[0]) - SINK


def _ankles(body: Body, style: Style, ankle: Floats, slope: float) -> Floats:
    """``(3,)`` the middle of both ankles."""
    return ankle + _upper_foot(body, style, slope) / 2


def _upper_foot(body: Body, style: Style, slope: float) -> Floats:
    """``(3,)`` the way from the lower to the upper ankle: that foot lies on the other one."""
    a = np.radians(slope)
    up, along = np.sin(a) * X + np.cos(a) * Y, np.sin(a) * Y - np.cos(a) * X
    return 2 * widths(body).foot_in * up + 0.022 * along + style.ahead * Z


def _over(shoulders: Floats, hips: Floats, ankles: Floats) -> Floats:
    """Height of the hips over the line from shoulders to ankles in the upright plane, % of the torso."""
    line = unit((shoulders - ankles) * (1, 1, 0))
    up = np.cross(line, Z)
    up = up * np.sign(up[..., 1:2])
    return 100 * dot(hips - ankles, up) / np.linalg.norm(shoulders - hips, axis=-1)


def _legs(pose: Pose, style: Style, line: _Line) -> None:
    """Both feet stay, the upper one on the lower one; it glides a little where its leg would be too short."""
    foot = about_z(-line.slope) @ LYING
    hip = pose.place("thigh_l")
    way = line.ankle + _upper_foot(pose.body, style, line.slope) - hip
    far = np.linalg.norm(way, axis=-1, keepdims=True)
    upper = hip + way / far * at_most(far, 0.995 * _leg(pose.body), 0.006)
    for side, ankle in (("r", line.ankle), ("l", upper)):
        pose.leg(side, ankle, Z)
        pose.set_global(f"foot_{side}", foot)


def _arms(pose: Pose, style: Style, line: _Line) -> None:
    """The lower arm carries the chest, the upper hand is on the hip or up in the air."""
    body = pose.body
    if style.arm == "straight":
        hand_down(pose, "r", line.support, unit(Z - 0.8 * X), unit(-Z - 0.3 * X))
    else:
        along = unit(Z - 0.25 * X)
        wrist = line.support + body.length("lowerarm_r") * along
        hand_down(pose, "r", wrist, along, line.support - pose.place("upperarm_r"))
    if style.free == "hip":
        hand_on_hip(pose, "l", unit(0.3 * X + Y - 0.6 * Z))
    else:
        chest = pose.rotation("spine_03")
        out = chest[..., :, 0]
        reach = 0.97 * (body.length("upperarm_l") + body.length("lowerarm_l"))
        pose.arm("l", pose.place("upperarm_l") + reach * unit(out + 0.05 * Z), -Z)
        pose.hand("l", out, Z)


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` height of the hips over the line from shoulders to ankles, % of the torso."""
    shoulders, hips, ankles = (
        (posed.position[:, body.index[f"{bone}_l"]] + posed.position[:, body.index[f"{bone}_r"]]) / 2
        for bone in ("upperarm", "thigh", "foot")
    )
    return _over(shoulders, hips, ankles)


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults, see `FAULTS`."""
    del start, style
    return {"sag": np.maximum(-angle(body, posed), 0)}
