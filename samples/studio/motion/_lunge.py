"""What lunges and split squats share: a leg that bends, another one behind or beside it, the trunk above.

The hips go from the start to the bottom with the depth, no higher than both legs reach; the legs follow them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from samples.studio.body import SIDES, Body
from samples.studio.motion.contact import (
    angle_at,
    ankle_height,
    at_most,
    hand_on_hip,
    plant,
    raised_heel,
    trunk_size,
)
from samples.studio.motion.faults import FaultInfo, Sway, grown, growth, raised, settled
from samples.studio.rotation import Floats, X, Y, Z, about_x, about_y, about_z, across, unit
from samples.studio.skeleton import Pose, Posed
from samples.studio.timing import smooth

#: Share of the depth in which the foot steps: until it stands the hips have come down by nearly half.
STEP: Final = 0.45
#: The same where the hips stay behind: they must have come down before the foot stands that far away.
STEP_LATE: Final = 0.6
#: Share of the depth in which the hips are between the feet.
BETWEEN: Final = 0.6
#: Share of its length that a leg reaches at most: knees do not lock.
REACH: Final = 0.99
#: How far the hips move over the standing foot while the other one steps, m.
OVER: Final = 0.03
#: Up to this share of its circle about the leg's line the knee goes where it is wanted.
FREE: Final = 0.75
#: docs/thresholds.md, Lunges.
SHALLOW: Final = (20, 35)
LEAN: Final = (30, 45)
LATERAL: Final = (8, 15)
VALGUS: Final = (5, 9)


def faults_of(front: str) -> dict[str, FaultInfo]:
    """The faults of lunges whose bending leg is "left" or "right"."""
    shoulders = ("left_shoulder", "right_shoulder")
    return {
        "knee_valgus": FaultInfo("cm", *VALGUS, (f"{front}_knee",)),
        "forward_lean": FaultInfo("deg", *LEAN, shoulders),
        "lateral_lean": FaultInfo("deg", *LATERAL, shoulders),
        "shallow": FaultInfo("deg", *SHALLOW, ("left_hip", "right_hip", "left_knee", "right_knee")),
    }


@dataclass(frozen=True)
class Style:
    """A person's way; degrees unless said otherwise.

    Attributes:
        stride: Step, in lengths of the leg.
        width: Ankles' distance from the middle, in the hips'.
        toes: Feet turned out.
        knee: The front knee's angle at the bottom; 180 is straight.
        shin: The front shin's tilt forwards at the bottom. Knees past the toes are no fault.
        soft: Flexion of the knees while standing.
        lean: The trunk's lean forwards at the bottom.
        round: Bend of the back at the bottom.
        heel: How high the rear heel is at the bottom, as a share of its distance from the ball.
        clearance: How high the stepping foot is lifted, m.
        outside: How far outside its ankle the front knee is at the bottom, cm.
        arms: "sides", "hips" or "goblet".
        gaze: Share of the lean that the head does not take part in.
        favours: The side that a lean aside goes to: 1 the working one, −1 the other.
        aside: Lean aside that clean reps have.
    """

    stride: float = 1.05
    width: float = 1.1
    toes: float = 6.0
    knee: float = 90.0
    shin: float = 6.0
    soft: float = 7.0
    lean: float = 5.0
    round: float = 2.0
    heel: float = 0.8
    clearance: float = 0.07
    outside: float = 1.0
    arms: str = "hips"
    gaze: float = 0.7
    favours: float = 1.0
    aside: float = 0.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        shin = rng.uniform(-1, 16)
        return cls(
            stride=rng.uniform(0.92, 1.12),
            width=rng.uniform(0.9, 1.35),
            toes=rng.uniform(0, 14),
            knee=max(rng.uniform(82, 92), 91 - shin),
            shin=shin,
            soft=rng.uniform(5, 12),
            lean=rng.uniform(0, 11),
            round=rng.uniform(-3, 5),
            heel=rng.uniform(0.68, 0.9),
            clearance=rng.uniform(0.04, 0.10),
            outside=rng.uniform(-0.8, 3.5),
            arms=str(rng.choice(["sides", "hips", "goblet"])),
            gaze=rng.uniform(0.45, 0.95),
            favours=float(rng.choice([-1, 1])),
            aside=rng.uniform(0, 2.5),
        )


@dataclass(frozen=True)
class Foot:
    """A foot on its way.

    Attributes:
        ankle: ``(..., 3)`` where the ankle would be with a flat foot, m.
        lift: How far the heel is raised, m.
        toes: Turned to the left, degrees.
    """

    ankle: Floats
    lift: Floats
    toes: float

    def place(self, body: Body, side: str) -> Floats:
        """``(..., 3)`` where the ankle is, m."""
        _, rise = raised_heel(body, side, self.lift)
        return self.ankle + (about_y(self.toes) @ rise[..., None])[..., 0]


def sideways(body: Body) -> float:
    """Distance of a hip from the middle, m."""
    return float(body.offset("pelvis", "thigh_l")[0])


def leg_length(body: Body) -> float:
    """Thigh and shin, m."""
    return body.length("thigh_l") + body.length("calf_l")


def depth_of(depth: Floats, faults: Mapping[str, Any]) -> Floats:
    """The depth, drawn to 1 at the bottom where the range is wrong, and `faults`' size decides over it."""
    less = np.minimum(np.asarray(faults.get("shallow", 0.0), np.float64) / 5, 1)
    share: Floats = depth + (settled(depth) - depth) * less
    return share


def bent(style: Style, faults: Mapping[str, Any]) -> Floats:
    """The bending knee's angle at the bottom, degrees."""
    shallow = np.asarray(faults.get("shallow", 0.0), np.float64)
    # Sizes are told from 90 degrees on, as the limits are.
    return np.asarray(
        style.knee + (np.maximum(90 + shallow, style.knee) - style.knee) * np.minimum(shallow / 5, 1)
    )


def standing(body: Body, style: Style) -> float:
    """Height of the hips at the start, m."""
    out = sideways(body) * (style.width - 1)
    leg = leg_length(body) * np.cos(np.radians(style.soft / 2))
    return ankle_height(body) + float(np.sqrt(leg**2 - out**2))


def sunk(body: Body, start: float | Floats, bottom: Floats, share: Floats) -> Floats:
    """Height of the hips on the way from the start's to the bottom's: even legs bend evenly, m."""
    ankle, leg = ankle_height(body), leg_length(body)
    first, last = (np.arccos(np.clip((h - ankle) / leg, -1, 1)) for h in (start, bottom))
    return ankle + leg * np.cos(first + share * (last - first))


def under_reach(
    body: Body, share: Floats, wanted: Floats, middle: Floats, feet: Mapping[str, Foot]
) -> Floats:
    """The height of the hips over their place `middle` (x, z): `wanted`, or as high as the legs allow, m."""
    free = wanted
    # Wide while the foot steps, so that no knee snaps straight; narrow at the bottom, which has its own depth.
    corner = 0.035 - 0.027 * smooth((share - 0.65) / 0.25)
    for side, foot in feet.items():
        hip = middle + (sideways(body) if side == "l" else -sideways(body)) * X
        way = hip - foot.place(body, side)
        reach = (REACH * leg_length(body)) ** 2 - way[..., 0] ** 2 - way[..., 2] ** 2
        top = foot.place(body, side)[..., 1] + np.sqrt(np.maximum(reach, 0.01))
        wanted = at_most(wanted, top, corner)
    # While both feet are below the hips nothing is out of reach, and the rounded corner would bend the knees.
    return free + (wanted - free) * smooth(share / 0.12)


def stand(
    body: Body,
    style: Style,
    share: Floats,
    faults: Mapping[str, Any],
    sway: Sway,
    hips: Floats,
    feet: Mapping[str, Foot],
    front: str,
    lean: Floats,
) -> Pose:
    """The trunk over `hips`, legs to the feet on the floor, arms.

    Args:
        body: Who.
        style: The person's way.
        share: The depth.
        faults: Commanded sizes.
        sway: Of the living body.
        hips: ``(..., 3)`` their middle, m.
        feet: By side, those that stand or step.
        front: The side of the leg that bends.
        lean: The trunk's lean forwards, degrees.
    """
    pose = trunk(body, style, share, faults, sway, hips, lean)
    for side, foot in feet.items():
        knee = about_y(foot.toes) @ Z
        if side == front:
            knee = knee_direction(pose, style, share, faults, side, foot)
        plant(pose, side, foot.ankle, about_y(foot.toes) @ Z, knee, foot.lift)
    arms(pose, style)
    return pose


def knee_direction(
    pose: Pose, style: Style, share: Floats, faults: Mapping[str, Any], side: str, foot: Foot
) -> Floats:
    """``(..., 3)`` where the bending knee points: over the toes, or inwards by the fault's size."""
    body, out = pose.body, 1 if side == "l" else -1
    hip, ankle = pose.place(f"thigh_{side}"), foot.place(body, side)
    thigh, shin = body.length(f"thigh_{side}"), body.length(f"calf_{side}")
    way = ankle - hip
    far = np.minimum(np.linalg.norm(way, axis=-1, keepdims=True), 0.999 * (thigh + shin))
    ahead = unit(way)
    along = (thigh**2 - shin**2 + far**2) / (2 * far)
    centre, radius = hip + along * ahead, np.sqrt(np.maximum(thigh**2 - along**2, 1e-6))
    level = np.broadcast_to(about_y(foot.toes) @ Z, way.shape)
    first = unit(across(level, ahead))
    second = np.cross(ahead, first)
    # The knee goes round the line from hip to ankle: x = centre + radius * (a cos + b sin) of the angle.
    a, b = radius[..., 0] * first[..., 0], radius[..., 0] * second[..., 0]
    inside = np.maximum(np.asarray(faults.get("knee_valgus", 0.0), np.float64), -style.outside) / 100
    usual = centre[..., 0] + a
    grown_by = growth(share)
    wanted = usual + grown_by * (ankle[..., 0] - out * inside - usual) - centre[..., 0]
    # A leg that is nearly straight has no way to go.
    share_of = wanted / np.maximum(np.hypot(a, b), 1e-6)
    over = np.maximum(np.abs(share_of) - FREE, 0)
    near = np.sign(share_of) * (
        np.minimum(np.abs(share_of), FREE) + (0.98 - FREE) * np.tanh(over / (0.98 - FREE))
    )
    angle = np.arctan2(b, a) - np.sign(b) * np.arccos(near)
    return np.cos(angle)[..., None] * first + np.sin(angle)[..., None] * second


def trunk(
    body: Body,
    style: Style,
    share: Floats,
    faults: Mapping[str, Any],
    sway: Sway,
    hips: Floats,
    lean: Floats,
) -> Pose:
    """Pelvis, spine and head; the line from hips to shoulders leans by `lean`, and aside by the fault."""
    pose = Pose(body)
    aside = -style.favours * grown(share, faults, "lateral_lean", style.aside)
    pose.spine(
        style.round * share + np.asarray(sway.flexion) - np.asarray(sway.breath),
        1.45 * aside + np.asarray(sway.lateral),
        sway.twist,
    )
    line = pose.between("upperarm") - pose.between("thigh")
    pitch = lean - np.degrees(np.arctan2(line[..., 2], line[..., 1])) + 0.3 * np.asarray(sway.flexion)
    line = (about_x(pitch) @ line[..., None])[..., 0]
    right = np.degrees(np.arctan2(-line[..., 0], line[..., 1]))
    pose.root = about_z(aside + 0.5 * np.asarray(sway.lateral) - right) @ about_x(pitch)
    pose.put(pose.between("thigh"), hips)
    pose.head(np.asarray(sway.nod) + 3 - style.gaze * lean, -0.5 * aside, sway.look)
    return pose


def leaning(style: Style, share: Floats, faults: Mapping[str, Any], clean: float) -> Floats:
    """The trunk's lean forwards, degrees: `clean` at the bottom, or the fault's."""
    del style
    return raised(clean * share, share, faults, "forward_lean")


def arms(pose: Pose, style: Style) -> None:
    """Both arms by way of holding them, the same on both sides."""
    body = pose.body
    reach = body.length("upperarm_l") + body.length("lowerarm_l")
    chest, middle = pose.rotation("spine_03"), pose.between("upperarm")
    top = float(body.offset("thigh_l", "upperarm_l")[1])

    def on_chest(*offset: float) -> Floats:
        return (chest @ np.array(offset)[:, None])[..., 0]

    for side, out in zip(SIDES, (1, -1), strict=True):
        shoulder = pose.place(f"upperarm_{side}")
        if style.arms == "hips":
            # A bent thigh comes up to the crest.
            hand_on_hip(pose, side, on_chest(out, 0, -0.7), 0.03)
        elif style.arms == "goblet":
            ahead = trunk_size(body, round(top - 0.15, 3))[1] + 0.1
            pose.arm(side, middle + on_chest(0.06 * out, -0.08, ahead), on_chest(out, -0.4, 0.4))
            pose.hand(side, on_chest(-0.1 * out, 1, 0.2), on_chest(-out, 0, 0))
        else:
            # Hanging down, clear of the thighs, and of a trunk that leans aside.
            tilt = chest[..., 0, 1, None] * X
            wrist = shoulder + 0.97 * reach * unit(0.22 * on_chest(out, 0, 0) - Y - tilt)
            pose.arm(side, wrist, unit(0.6 * out * X - 0.8 * Z))
            pose.hand(side, -Y + 0.1 * out * X, -out * X)


def swing(style: Style, share: Floats, until: float = STEP) -> tuple[Floats, Floats]:
    """Share of the stepping foot's way, which takes it until that depth, and its height, m."""
    u = np.clip(share / until, 0, 1)
    return smooth(u), style.clearance * np.sin(np.pi * u) ** 2


def toward(share: Floats) -> Floats:
    """Share of the hips' level way to the bottom."""
    return 1 - np.maximum(1 - share / BETWEEN, 0) ** 2


# --- how large the faults are


def joints(body: Body, posed: Posed, side: str) -> tuple[Floats, Floats, Floats]:
    """Hip, knee and ankle, ``(T, 3)`` each."""
    hip, knee, ankle = (posed.position[:, body.index[f"{b}_{side}"]] for b in ("thigh", "calf", "foot"))
    return hip, knee, ankle


def bend_of(body: Body, posed: Posed) -> Floats:
    """``(T,)`` bend of an even leg that is as long as the hips are high over a foot on the floor, degrees."""
    hips = np.mean([joints(body, posed, s)[0][:, 1] for s in SIDES], 0)
    share = (hips - ankle_height(body)) / leg_length(body)
    return np.degrees(2 * np.arccos(np.clip(share, 0, 1)))


def sizes(body: Body, posed: Posed, side: str) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults of the leg of one side, and of the trunk.

    Valgus: how far the knee is inside its ankle. Leans: of the line from hips to shoulders against the
    vertical. Shallow: the knee's angle beyond 90 degrees.
    """
    out = 1 if side == "l" else -1
    hip, knee, ankle = joints(body, posed, side)
    hips = np.mean([joints(body, posed, s)[0] for s in SIDES], 0)
    line = posed.position[:, [body.index[f"upperarm_{s}"] for s in SIDES]].mean(1) - hips
    return {
        "knee_valgus": 100 * out * (ankle - knee)[:, 0],
        "forward_lean": np.degrees(np.arctan2(line[:, 2], line[:, 1])),
        "lateral_lean": np.degrees(np.abs(np.arctan2(line[:, 0], line[:, 1]))),
        "shallow": angle_at(hip, knee, ankle) - 90,
    }
