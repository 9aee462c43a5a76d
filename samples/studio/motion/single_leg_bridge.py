"""Single-leg glute bridge: on the back, head towards −x; the left foot is planted and lifts the pelvis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from formcheck.landmarks import INDEX
from samples.studio.body import SIDES, Body, Ints
from samples.studio.motion.contact import (
    SINK,
    ankle_height,
    elevation,
    hand_down,
    lowest,
    palm_height,
    plant,
    sparse,
)
from samples.studio.motion.faults import STILL, FaultInfo, Sway, grown, growth, settled
from samples.studio.rotation import Floats, X, Y, Z, about_x, about_y, about_z, unit
from samples.studio.skeleton import Pose, Posed, landmarks

POSTURE: Final = "supine"
ANGLE: Final = "hip_angle_deg"
#: Less than that and the hip is not straight.
LEAST: Final = 0.975
#: docs/thresholds.md, All fours and supine. A hip that stands 6 and 12 % of the torso over the line from
#: shoulder to knee is 7.5 and 15° beyond straight (computed, thigh 0.84 of the torso); a heel at 12 and 25 %
#: of a foot, which is half a torso, is 3 and 6 cm high.
FAULTS: Final = {
    "pelvis_drop": FaultInfo("deg", 10, 15, ("right_hip", "right_knee", "right_ankle")),
    "incomplete_extension": FaultInfo("deg", 12, 22, ("left_hip", "right_hip", "left_knee")),
    "back_arch": FaultInfo("deg", 7.5, 15, ("left_hip", "right_hip")),
    "heel_lift": FaultInfo("cm", 3, 6, ("left_heel", "left_ankle")),
}
#: The pelvis: the person's left is at −z, the head towards −x, the belly up.
SUPINE: Final = np.stack([-Z, -X, Y], 1)
#: Degrees that the lower back bends for each degree that the hip goes beyond straight.
LORDOSIS: Final = 1.5
#: Tilts of the chest at which its contact with the floor is looked up, degrees.
TILTS: Final = np.arange(-10.0, 62.0, 4.0)


@dataclass(frozen=True)
class Style:
    """A person's way; degrees unless said otherwise.

    Attributes:
        shin: Shin at the top, from the vertical towards the feet.
        straight: How much the hip is short of straight in a full rep.
        foot: Place of the planted foot between the middle (0) and under its hip (1).
        toes: Toes of the planted foot outwards.
        free: The free leg: "straight" in line with the other thigh, or "bent" with its knee over the hip.
        free_knee: Flexion of the free knee.
        arms: Arms away from the body, on the floor.
        loose: Drop of the pelvis that a clean rep has; healthy people show some.
        nod: Chin towards the chest.
    """

    shin: float = 2.0
    straight: float = 2.0
    foot: float = 0.8
    toes: float = 6.0
    free: str = "straight"
    free_knee: float = 6.0
    arms: float = 30.0
    loose: float = 0.0
    nod: float = 6.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        free = str(rng.choice(["straight", "straight", "bent"]))
        return cls(
            shin=rng.uniform(-8, 10),
            straight=rng.uniform(-1.5, 2.5),
            foot=rng.uniform(0.5, 1.0),
            toes=rng.uniform(-2, 14),
            free=free,
            free_knee=rng.uniform(75, 100) if free == "bent" else rng.uniform(2, 14),
            arms=rng.uniform(18, 48),
            loose=rng.uniform(0, 3.5),
            nod=rng.uniform(0, 12),
        )


@dataclass(frozen=True, eq=False)
class _Floor:
    """Where the floor carries the body: heights of the shoulders' middle over it by tilt of the chest, m."""

    shoulders: Floats
    rest: float
    foot: Floats

    def shoulder(self, tilt: Floats) -> Floats:
        """``(...,)`` height of the middle of the shoulders at a tilt of the chest."""
        return np.interp(tilt, TILTS, self.shoulders)


@dataclass(frozen=True)
class _Trunk:
    """Everything but the limbs; degrees. `up`: of the shoulders, from where `_Floor` has them, m."""

    tilt: Floats
    arch: Floats
    drop: Floats
    sway: Sway
    up: float | Floats = 0.0


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    share = np.asarray(depth, np.float64)
    floor = _floor(body, style)
    short = np.asarray(faults.get("incomplete_extension", 0.0), np.float64)
    beyond = np.asarray(faults.get("back_arch", 0.0), np.float64)
    lift = grown(share, faults, "heel_lift") / 100
    drop = grown(share, faults, "pelvis_drop", style.loose)
    still = _Trunk(np.asarray(floor.rest), np.zeros(()), np.zeros(()), STILL)
    low = _hip_angle(body, style, floor, still, np.zeros(()))
    arch = beyond * growth(share)
    # Sizes count from straight, whatever the person's own full rep is; small ones lead over to it.
    own = 180 - style.straight - low
    wrong = np.where(beyond > 0, 180 + beyond, 180 - np.maximum(short, style.straight)) - low
    target = low + own * share + (wrong * settled(share) - own * share) * np.minimum((beyond + short) / 3, 1)
    trunk = _Trunk(np.zeros_like(target), LORDOSIS * arch, drop, sway)
    trunk = replace(trunk, tilt=_tilt_for(body, style, floor, trunk, lift, target))
    if np.any(arch):
        # A bent back touches the floor in other places than the straight one that `floor` knows.
        pose = _posed(body, style, floor, trunk, lift)
        _head(pose, style, sway)
        up = -SINK - lowest(body, pose, np.concatenate([_back(body), body.vertices_of("neck_01")]))
        trunk = replace(trunk, up=up * np.minimum(arch / 3, 1))
        trunk = replace(trunk, tilt=_tilt_for(body, style, floor, trunk, lift, target))
    pose = _posed(body, style, floor, trunk, lift)
    _free_leg(pose, style, drop, sway)
    _head(pose, style, sway)
    _arms(pose, style)
    return pose


def _trunk(body: Body, floor: _Floor, trunk: _Trunk) -> Pose:
    """Pelvis and spine over shoulders that stay on the floor."""
    sway = trunk.sway
    chest = SUPINE @ about_x(-trunk.tilt)
    pose = Pose(body)
    # A turn about the tilted pelvis' length that slopes the line of the hips by the drop.
    slope = np.sin(np.radians(trunk.drop)) / np.cos(np.radians(trunk.tilt - trunk.arch))
    turn = np.degrees(np.arcsin(np.clip(slope, -1, 1)))
    pose.spine(-trunk.arch - np.asarray(sway.breath) + sway.flexion, sway.lateral, turn + sway.twist)
    bent = pose.rotation("spine_03")
    pose.root = chest @ np.swapaxes(bent, -1, -2)
    level = np.asarray(sway.shift, np.float64) * (1, 0, 1)
    pose.put(
        pose.between("upperarm"),
        -0.45 * X + np.multiply.outer(floor.shoulder(trunk.tilt) + trunk.up, Y) + level,
    )
    return pose


def _posed(body: Body, style: Style, floor: _Floor, trunk: _Trunk, lift: ArrayLike) -> Pose:
    """The trunk on its planted leg."""
    pose = _trunk(body, floor, trunk)
    ahead = about_y(style.toes) @ X
    plant(pose, "l", floor.foot, ahead, unit(Y + 0.2 * ahead), lift)
    return pose


def _hip_angle(body: Body, style: Style, floor: _Floor, trunk: _Trunk, lift: ArrayLike) -> Floats:
    pose = _posed(body, style, floor, trunk, lift)
    return _signed(*(pose.place(f"{b}_l") for b in ("upperarm", "thigh", "calf")))


def _signed(shoulder: Floats, hip: Floats, knee: Floats) -> Floats:
    """The angle at the hip in the upright plane along the body; over 180 where the hip stands over the line.

    In space the three points are never quite in line, as the foot stands nearer to the middle than the hip.
    """
    up, down = shoulder - hip, knee - hip
    turn = np.arctan2(up[..., 1], -up[..., 0]) + np.arctan2(down[..., 1], down[..., 0])
    return 180 - np.degrees(turn)


def _tilt_for(
    body: Body, style: Style, floor: _Floor, trunk: _Trunk, lift: ArrayLike, target: Floats
) -> Floats:
    """Tilt of the chest at which the hip has the angle `target` (secant method)."""
    a, b = np.full_like(target, floor.rest), np.full_like(target, floor.rest + 20)
    at_a, at_b = (_hip_angle(body, style, floor, replace(trunk, tilt=t), lift) - target for t in (a, b))
    for _ in range(6):
        step = np.where(np.abs(at_b - at_a) < 1e-9, 0.0, (b - a) / np.where(at_b == at_a, 1.0, at_b - at_a))
        a, at_a, b = b, at_b, b - at_b * step
        at_b = _hip_angle(body, style, floor, replace(trunk, tilt=b), lift) - target
    return b


@lru_cache(maxsize=32)
def _back(body: Body) -> Ints:
    return sparse(body.vertices_of("spine_02", "spine_03", "clavicle_l", "clavicle_r", share=0.6))


@lru_cache(maxsize=32)
def _floor(body: Body, style: Style) -> _Floor:
    """Rest the body on the floor: shoulders at every tilt, the seat at the start, the foot for the top."""
    seat = sparse(body.vertices_of("pelvis", "spine_01", "thigh_l", "thigh_r", share=0.6))
    flat = _Floor(np.zeros_like(TILTS), 0.0, np.zeros(3))
    zero = np.zeros_like(TILTS)
    trunk = _trunk(body, flat, _Trunk(TILTS, zero, zero, STILL))
    for side in SIDES:
        trunk.hip(side, 55)
    shoulders = -lowest(body, trunk, _back(body)) - SINK
    seated = lowest(body, trunk, seat) + shoulders + SINK
    rest = float(np.interp(0.0, seated, TILTS))
    # At the top shoulder, hip and knee are in line: that gives the foot's place.
    thigh, shin = body.length("thigh_l"), body.length("calf_l")
    torso = trunk.between("upperarm") - trunk.between("thigh")
    line = float(np.linalg.norm(torso[0])) + thigh
    top = float(np.interp(rest + 28, TILTS, shoulders))
    lean = np.radians(style.shin)
    knee = ankle_height(body) + shin * np.cos(lean)
    half = float(body.offset("pelvis", "thigh_l")[0])
    along = -0.45 + np.sqrt(line**2 - (knee - top) ** 2) + shin * np.sin(lean)
    return _Floor(shoulders, rest, np.array([along, ankle_height(body), -style.foot * half]))


def _free_leg(pose: Pose, style: Style, drop: Floats, sway: Sway) -> None:
    planted = pose.rotation("thigh_l")
    loose = about_x(-np.asarray(sway.limb)) @ about_z(0.5 * np.asarray(sway.limb))
    # A pelvis that drops takes its leg along.
    sunk = about_x(0.6 * drop)
    if style.free == "straight":
        pose.set_global("thigh_r", planted @ loose @ sunk)
    else:
        pose.set_global("thigh_r", SUPINE @ about_x(-88) @ loose @ sunk)
    pose.knee("r", style.free_knee)
    pose.turn("foot_r", about_x(10))


def _arms(pose: Pose, style: Style) -> None:
    """On the floor beside the body, palms down."""
    body = pose.body
    reach = 0.97 * (body.length("upperarm_l") + body.length("lowerarm_l"))
    for side, out in zip(SIDES, (-Z, Z), strict=True):
        a = np.radians(style.arms)
        along = np.cos(a) * X + np.sin(a) * out
        shoulder = pose.place(f"upperarm_{side}")
        drop = shoulder[..., 1] - palm_height(body)
        level = np.sqrt(reach**2 - drop**2)
        hand_down(pose, side, shoulder + np.multiply.outer(level, along), along, unit(out + 0.4 * Y))


def _head(pose: Pose, style: Style, sway: Sway) -> None:
    """The neck bends until the back of the head lies on the floor."""
    body = pose.body
    neck = body.offset("neck_01", "head")
    rise = _head_height(body, style.nod) - pose.place("neck_01")[..., 1]
    bend = np.arcsin(np.clip(rise / np.hypot(neck[1], neck[2]), -1, 1)) - np.arctan2(neck[2], neck[1])
    pose.set_global("neck_01", SUPINE @ about_x(np.degrees(bend)))
    pose.set_global("head", SUPINE @ about_x(style.nod) @ about_y(sway.look))


@lru_cache(maxsize=32)
def _head_height(body: Body, nod: float) -> float:
    """Height of the head's joint when its back lies on the floor, m."""
    pose = Pose(body, SUPINE @ about_x(nod))
    low = lowest(body, pose, sparse(body.vertices_of("head"), 1000))
    return float(pose.place("head")[1] - low[0]) - SINK


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` the angle at the planted side's hip between shoulder and knee; 180 is straight, degrees."""
    return _signed(*(posed.position[:, body.index[f"{b}_l"]] for b in ("upperarm", "thigh", "calf")))


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults.

    The drop is the slope of the hips' line since the start, the free side down; extension and arch are how
    far the hip is on either side of straight; the heel's lift is its way up in cm.
    """
    del style
    straight = angle(body, posed) - 180
    return {
        "pelvis_drop": _slope(body, posed) - _slope(body, start),
        "incomplete_extension": np.maximum(-straight, 0),
        "back_arch": np.maximum(straight, 0),
        "heel_lift": 100 * (_heel(body, posed) - _heel(body, start)),
    }


def _slope(body: Body, posed: Posed) -> Floats:
    left, right = (posed.position[:, body.index[f"thigh_{s}"]] for s in SIDES)
    return elevation(left - right)


def _heel(body: Body, posed: Posed) -> Floats:
    height: Floats = landmarks(body, posed)[:, INDEX["left_heel"], 1]
    return height


def limits(body: Body, style: Style) -> dict[str, FaultInfo]:
    """The same for everybody."""
    del body, style
    return FAULTS
