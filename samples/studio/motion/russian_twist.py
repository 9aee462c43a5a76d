"""Russian twist: sitting on the floor, leaning back, knees up, looking along z; chest and hands turn left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import SIDES, Body
from samples.studio.motion.contact import SINK, ankle_height, lowest, sparse
from samples.studio.motion.faults import STILL, FaultInfo, Sway, grown, settled
from samples.studio.rotation import Floats, X, Y, Z, about, about_x, about_y, across, dot, unit
from samples.studio.skeleton import Pose, Posed

POSTURE: Final = "seated"
ANGLE: Final = "hands_turn_deg"
ALTERNATES: Final = True
FLOWS: Final = True
#: Less than that and the chest of a clean rep does not turn by `TURN`.
LEAST: Final = 0.95
#: Degrees that the shoulders of a clean rep turn at least; domain.md, 3.5, calls less than 20 a fault.
TURN: Final = 40.0
#: How much the shoulders' turn falls short of `TURN`; how much further back the trunk leans than at first.
FAULTS: Final = {
    "arms_only": FaultInfo("deg", 20, 30, ("left_shoulder", "right_shoulder")),
    "slump": FaultInfo("deg", 10, 20, ("left_shoulder", "right_shoulder", "nose")),
}
#: Tilts of the pelvis at which its contact with the floor is looked up, degrees.
TILTS: Final = np.arange(-100.0, 14.0, 6.0)
#: Sizes over which a fault of range takes over from the person's own range, degrees.
BLEND: Final = 5.0


@dataclass(frozen=True)
class Style:
    """A person's way; degrees unless said otherwise.

    Attributes:
        turn: Shoulders against the hips in a full rep.
        reach: Hands, in a full rep.
        pelvis: Pelvis, in a full rep.
        lean: Trunk back from the vertical.
        round: Bend of the back, forwards.
        knee: Flexion of the knees.
        lift: Feet above the floor, m.
        apart: Ankles from the middle, m.
        ahead: Hands ahead of the shoulders, as a share of the arm.
        low: Hands below the shoulders at the turn, as a share of the arm.
        gaze: Share of the lean that the head does not take part in.
        loose: How much further back the trunk of a clean rep leans.
    """

    turn: float = 48.0
    reach: float = 66.0
    pelvis: float = 3.0
    lean: float = 38.0
    round: float = 14.0
    knee: float = 85.0
    lift: float = 0.0
    apart: float = 0.09
    ahead: float = 0.5
    low: float = 0.36
    gaze: float = 0.7
    loose: float = 0.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        turn = rng.uniform(43, 58)
        return cls(
            turn=turn,
            reach=turn + rng.uniform(12, 24),
            pelvis=rng.uniform(0, 7),
            lean=rng.uniform(31, 46),
            round=rng.uniform(6, 22),
            knee=rng.uniform(65, 100),
            lift=float(rng.choice([0.0, 1.0])) * rng.uniform(0.06, 0.18),
            apart=rng.uniform(0.06, 0.13),
            ahead=rng.uniform(0.44, 0.53),
            low=rng.uniform(0.3, 0.4),
            gaze=rng.uniform(0.5, 0.9),
            loose=rng.uniform(0, 3.5),
        )


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    share = np.asarray(depth, np.float64)
    slump = grown(share, faults, "slump", style.loose)
    short = np.minimum(np.asarray(faults.get("arms_only", 0.0), np.float64), TURN)
    own = style.turn * share
    turn = own + ((TURN - short) * settled(share) - own) * np.minimum(short / BLEND, 1)
    turn = turn + np.asarray(sway.twist)
    twist = turn
    for _ in range(3):
        # Bends of the back along the way change the turn a little.
        pose = _trunk(body, style, share, slump, twist, sway)
        twist = twist + turn - _turned(*_lines(pose))
    _legs(pose, style)
    # Arms alone do not get as far as with the chest.
    _arms(pose, style, share, style.reach * share - 0.5 * (own + np.asarray(sway.twist) - turn))
    lean = style.lean + slump
    pose.head(np.asarray(sway.nod) + style.gaze * lean - 0.5 * style.round, 0, sway.look)
    return pose


def _trunk(body: Body, style: Style, share: Floats, slump: Floats, twist: Floats, sway: Sway) -> Pose:
    """Pelvis on the floor and spine, the line from hips to shoulders leaning back."""
    pose = Pose(body)
    flexion = style.round + 0.8 * slump + np.asarray(sway.flexion) - np.asarray(sway.breath)
    pose.spine(flexion, sway.lateral, twist)
    line = pose.between("upperarm") - pose.between("thigh")
    back = style.lean + slump - np.asarray(sway.rock)
    pitch = -back - np.degrees(np.arctan2(line[..., 2], line[..., 1]))
    pose.root = about_y(style.pelvis * share) @ about_x(pitch + 0.3 * np.asarray(sway.flexion))
    height = np.interp(pitch, TILTS, _seat(body))
    pose.put(pose.between("thigh"), np.multiply.outer(height, Y) + np.asarray(sway.shift) * (1, 0, 1))
    return pose


@lru_cache(maxsize=32)
def _seat(body: Body) -> Floats:
    """Height of the hips over the floor at each of `TILTS`, m."""
    pose = Pose(body, about_x(TILTS))
    for side in SIDES:
        # Thighs that point up by about 40°, whatever the pelvis does.
        pose.set_global(f"thigh_{side}", about_x(-130))
    pose.put(pose.between("thigh"), np.zeros(3))
    return -lowest(body, pose, sparse(body.vertices_of("pelvis", "spine_01", share=0.6))) - SINK


def _legs(pose: Pose, style: Style) -> None:
    """Feet that stay where they are on the floor, or over it."""
    body = pose.body
    ankle = style.lift + ankle_height(body)
    hips = float(np.interp(-style.lean, TILTS, _seat(body)))
    thigh, shin = body.length("thigh_l"), body.length("calf_l")
    far = np.sqrt(thigh**2 + shin**2 + 2 * thigh * shin * np.cos(np.radians(style.knee)))
    ahead = np.sqrt(far**2 - (hips - ankle) ** 2)
    for side, out in zip(SIDES, (1, -1), strict=True):
        pose.leg(side, np.array([out * style.apart, ankle, ahead]), unit(Y + 0.1 * out * X))
        pose.foot(side, unit(Z + 2.5 * style.lift * Y + 0.1 * out * X), Y)


def _arms(pose: Pose, style: Style, share: Floats, reached: Floats) -> None:
    """Both hands together before the chest; they turn about the trunk and come down beside the hip."""
    body = pose.body
    reach = body.length("upperarm_l") + body.length("lowerarm_l")
    up, left, middle = _axes(pose)
    turned = about(up, reached)
    left = (turned @ left[..., None])[..., 0]
    ahead = np.cross(left, up)
    down = 0.22 + (style.low - 0.22) * share
    hands = middle + reach * (style.ahead * ahead - np.multiply(down[..., None], up))
    chest = pose.rotation("spine_03")
    for side, out in zip(SIDES, (1, -1), strict=True):
        elbow = (chest @ np.stack(np.broadcast_arrays(out * 0.8, 0.8 * share - 0.5, -0.2), -1)[..., None])[
            ..., 0
        ]
        pose.arm(side, hands + 0.045 * out * left, elbow)
        pose.hand(side, ahead - 0.35 * out * left, -out * left)


def _axes(pose: Pose) -> tuple[Floats, Floats, Floats]:
    """The trunk's direction up, the hips' to the left across it, and the middle of the shoulders."""
    middle, hips = pose.between("upperarm"), pose.between("thigh")
    up = unit(middle - hips)
    left = unit(across(pose.place("thigh_l") - pose.place("thigh_r"), up))
    up, left = np.broadcast_arrays(up, left)
    return up, left, middle


def _lines(pose: Pose) -> tuple[Floats, Floats, Floats]:
    """The trunk's direction up, the hips' and the shoulders' line to the left."""
    up, left, _ = _axes(pose)
    return up, left, pose.place("upperarm_l") - pose.place("upperarm_r")


def _turned(up: Floats, hips: Floats, shoulders: Floats) -> Floats:
    """How far a direction is turned to the left against the hips' line about `up`, degrees."""
    flat = across(shoulders, up)
    return np.degrees(np.arctan2(dot(np.cross(hips, flat), up), dot(hips, flat)))


def _of(body: Body, posed: Posed) -> tuple[Floats, Floats, Floats, Floats]:
    """The trunk's direction up, the hips' and the shoulders' line to the left, the way of the hands."""

    def both(bone: str) -> tuple[Floats, Floats]:
        left, right = (posed.position[:, body.index[f"{bone}_{side}"]] for side in SIDES)
        return (left + right) / 2, left - right

    (middle, shoulders), (below, hips), (hands, _) = both("upperarm"), both("thigh"), both("hand")
    up = unit(middle - below)
    return up, unit(across(hips, up)), shoulders, hands - middle


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` how far the hands are turned against the hips about the trunk's length, degrees."""
    up, hips, _, hands = _of(body, posed)
    return _turned(up, np.cross(hips, up), hands)


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults, see `FAULTS`."""
    del style
    up, hips, shoulders, _ = _of(body, posed)
    short = np.maximum(TURN - _turned(up, hips, shoulders), 0)
    return {"arms_only": short, "slump": _lean(body, posed) - _lean(body, start)}


def _lean(body: Body, posed: Posed) -> Floats:
    """Degrees of a trunk back from the vertical, as seen from the pelvis' side."""
    up = _of(body, posed)[0]
    left = posed.position[:, body.index["thigh_l"]] - posed.position[:, body.index["thigh_r"]]
    back = -unit(np.cross(left, Y))
    return np.degrees(np.arctan2(dot(up, back), up[:, 1]))
