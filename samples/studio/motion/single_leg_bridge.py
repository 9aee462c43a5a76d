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
from samples.studio.motion._supine import (
    ARCHED,
    INCOMPLETE,
    LORDOSIS,
    SHOULDERS_X,
    SUPINE,
    arms_down,
    foot_for,
    head_down,
    over_the_line,
    seat,
    slope,
    tilt_for,
)
from samples.studio.motion.contact import SINK, ankle_height, lowest, plant, sparse
from samples.studio.motion.faults import STILL, FaultInfo, Sway, grown, growth, settled
from samples.studio.rotation import Floats, X, Y, about_x, about_y, about_z, unit
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
    "incomplete_extension": INCOMPLETE,
    "back_arch": ARCHED,
    "heel_lift": FaultInfo("cm", 3, 6, ("left_heel", "left_ankle")),
}
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
    trunk = _tilted(body, style, floor, trunk, lift, target)
    if np.any(arch):
        # A bent back touches the floor in other places than the straight one that `floor` knows.
        pose = _posed(body, style, floor, trunk, lift)
        head_down(pose, style.nod, sway)
        up = -SINK - lowest(body, pose, np.concatenate([_back(body), body.vertices_of("neck_01")]))
        trunk = replace(trunk, up=up * np.minimum(arch / 3, 1))
        trunk = _tilted(body, style, floor, trunk, lift, target)
    pose = _posed(body, style, floor, trunk, lift)
    _free_leg(pose, style, drop, sway)
    head_down(pose, style.nod, sway)
    arms_down(pose, style.arms)
    return pose


def _trunk(body: Body, floor: _Floor, trunk: _Trunk) -> Pose:
    """Pelvis and spine over shoulders that stay on the floor."""
    sway = trunk.sway
    chest = SUPINE @ about_x(-trunk.tilt)
    pose = Pose(body)
    # A turn about the tilted pelvis' length that slopes the line of the hips by the drop.
    sine = np.sin(np.radians(trunk.drop)) / np.cos(np.radians(trunk.tilt - trunk.arch))
    turn = np.degrees(np.arcsin(np.clip(sine, -1, 1)))
    pose.spine(-trunk.arch - np.asarray(sway.breath) + sway.flexion, sway.lateral, turn + sway.twist)
    bent = pose.rotation("spine_03")
    pose.root = chest @ np.swapaxes(bent, -1, -2)
    level = np.asarray(sway.shift, np.float64) * (1, 0, 1)
    pose.put(
        pose.between("upperarm"),
        SHOULDERS_X * X + np.multiply.outer(floor.shoulder(trunk.tilt) + trunk.up, Y) + level,
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
    return over_the_line(*(pose.place(f"{b}_l") for b in ("upperarm", "thigh", "calf")))


def _tilted(
    body: Body, style: Style, floor: _Floor, trunk: _Trunk, lift: ArrayLike, target: Floats
) -> _Trunk:
    """The trunk with the tilt at which the hip has the angle `target`."""

    def angle(tilt: Floats) -> Floats:
        return _hip_angle(body, style, floor, replace(trunk, tilt=tilt), lift)

    return replace(trunk, tilt=tilt_for(angle, floor.rest, target))


@lru_cache(maxsize=32)
def _back(body: Body) -> Ints:
    return sparse(body.vertices_of("spine_02", "spine_03", "clavicle_l", "clavicle_r", share=0.6))


@lru_cache(maxsize=32)
def _floor(body: Body, style: Style) -> _Floor:
    """Rest the body on the floor: shoulders at every tilt, the seat at the start, the foot for the top."""
    flat = _Floor(np.zeros_like(TILTS), 0.0, np.zeros(3))
    zero = np.zeros_like(TILTS)
    trunk = _trunk(body, flat, _Trunk(TILTS, zero, zero, STILL))
    for side in SIDES:
        trunk.hip(side, 55)
    shoulders = -lowest(body, trunk, _back(body)) - SINK
    seated = lowest(body, trunk, seat(body)) + shoulders + SINK
    rest = float(np.interp(0.0, seated, TILTS))
    # At the top shoulder, hip and knee are in line: that gives the foot's place.
    torso = trunk.between("upperarm") - trunk.between("thigh")
    line = float(np.linalg.norm(torso[0])) + body.length("thigh_l")
    top = float(np.interp(rest + 28, TILTS, shoulders))
    half = float(body.offset("pelvis", "thigh_l")[0])
    along = foot_for(body, style.shin, line, np.array([SHOULDERS_X, top, 0.0]))
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


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` the angle at the planted side's hip between shoulder and knee; 180 is straight, degrees."""
    return over_the_line(*(posed.position[:, body.index[f"{b}_l"]] for b in ("upperarm", "thigh", "calf")))


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults.

    The drop is the slope of the hips' line since the start, the free side down; extension and arch are how
    far the hip is on either side of straight; the heel's lift is its way up in cm.
    """
    del style
    straight = angle(body, posed) - 180
    return {
        "pelvis_drop": slope(body, posed) - slope(body, start),
        "incomplete_extension": np.maximum(-straight, 0),
        "back_arch": np.maximum(straight, 0),
        "heel_lift": 100 * (_heel(body, posed) - _heel(body, start)),
    }


def _heel(body: Body, posed: Posed) -> Floats:
    height: Floats = landmarks(body, posed)[:, INDEX["left_heel"], 1]
    return height
