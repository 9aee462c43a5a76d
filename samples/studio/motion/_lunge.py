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
    raised_heel,
)
from samples.studio.motion.faults import FaultInfo, raised, settled
from samples.studio.rotation import Floats, X, about_y
from samples.studio.skeleton import Posed
from samples.studio.timing import smooth

POSTURE: Final = "standing"
ANGLE: Final = "leg_bend_deg"
LEAST: Final = 0.94
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
#: docs/thresholds.md, Lunges.
SHALLOW: Final = (20, 35)
LEAN: Final = (30, 45)
LATERAL: Final = (8, 15)
VALGUS: Final = (5, 9)
SHOULDERS: Final = ("left_shoulder", "right_shoulder")
FAULTS: Final = {
    "knee_valgus": FaultInfo("cm", *VALGUS, ("left_knee",)),
    "forward_lean": FaultInfo("deg", *LEAN, SHOULDERS),
    "lateral_lean": FaultInfo("deg", *LATERAL, SHOULDERS),
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
    # Wide while the foot steps, so that no knee snaps straight; narrow at the bottom, whose depth is told.
    corner = 0.035 - 0.027 * smooth((share - 0.65) / 0.25)
    for side, foot in feet.items():
        hip = middle + (sideways(body) if side == "l" else -sideways(body)) * X
        way = hip - foot.place(body, side)
        reach = (REACH * leg_length(body)) ** 2 - way[..., 0] ** 2 - way[..., 2] ** 2
        top = foot.place(body, side)[..., 1] + np.sqrt(np.maximum(reach, 0.01))
        wanted = at_most(wanted, top, corner)
    # While both feet are below the hips nothing is out of reach, and the rounded corner would bend the knees.
    return free + (wanted - free) * smooth(share / 0.12)


def leaning(share: Floats, faults: Mapping[str, Any], clean: float) -> Floats:
    """The trunk's lean forwards, degrees: `clean` at the bottom, or the fault's."""
    return raised(clean * share, share, faults, "forward_lean")


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


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` bend of an even leg that is as long as the hips are high over a foot on the floor, degrees."""
    hips = np.mean([joints(body, posed, s)[0][:, 1] for s in SIDES], 0)
    share = (hips - ankle_height(body)) / leg_length(body)
    return np.degrees(2 * np.arccos(np.clip(share, 0, 1)))


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults of the left leg and of the trunk.

    Valgus: how far the knee is inside its ankle. Leans: of the line from hips to shoulders against the
    vertical. Shallow: the knee's angle beyond 90 degrees.
    """
    del start, style
    hip, knee, ankle = joints(body, posed, "l")
    hips = np.mean([joints(body, posed, s)[0] for s in SIDES], 0)
    line = posed.position[:, [body.index[f"upperarm_{s}"] for s in SIDES]].mean(1) - hips
    return {
        "knee_valgus": 100 * (ankle - knee)[:, 0],
        "forward_lean": np.degrees(np.arctan2(line[:, 2], line[:, 1])),
        "lateral_lean": np.degrees(np.abs(np.arctan2(line[:, 0], line[:, 1]))),
        "shallow": angle_at(hip, knee, ankle) - 90,
    }
