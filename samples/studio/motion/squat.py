"""Squat: standing at the origin and looking along z; down between the feet and up again.

The legs are solved from the feet up. How far the shins tilt is not chosen: it is what keeps the body's mass
over the feet, so long thighs, a leaning trunk or arms held out change the whole posture, as in people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from formcheck.landmarks import INDEX
from samples.studio.body import SIDES, Body
from samples.studio.motion.contact import (
    angle_at,
    ankle_height,
    elevation,
    plant,
    raised_heel,
    trunk_size,
)
from samples.studio.motion.faults import STILL, FaultInfo, Sway, grown, growth, settled
from samples.studio.rotation import Floats, X, Y, Z, about_x, about_y, about_z, unit
from samples.studio.skeleton import Pose, Posed, landmarks

POSTURE: Final = "standing"
ANGLE: Final = "knee_angle_deg"
#: Less than that and the thighs stay above the depth of a clean rep.
LEAST: Final = 0.97
#: How far outside its ankle each knee is at the bottom of a clean rep, m: over the toes.
OUTSIDE: Final = 0.06
#: docs/thresholds.md, Squat. Knees as far apart as the ankles are caving in mildly, at 0.8 of that severely:
#: each knee `OUTSIDE` and a tenth of the ankles' distance (0.40 m here, see `limits`) in from its clean path.
#: A heel at 12 and 25 % of a foot, which is half a torso, is 3 and 6 cm high.
FAULTS: Final = {
    "knee_valgus": FaultInfo("cm", 6, 10, ("left_knee", "right_knee")),
    "forward_lean": FaultInfo("deg", 15, 25, ("left_shoulder", "right_shoulder")),
    "shallow": FaultInfo("deg", 20, 35, ("left_hip", "right_hip", "left_knee", "right_knee")),
    "hip_shift": FaultInfo("cm", 3, 6, ("left_hip", "right_hip")),
    "heel_lift": FaultInfo("cm", 3, 6, ("left_heel", "right_heel", "left_ankle", "right_ankle")),
}
#: Shares of the body's mass, of both sides together, and how far along the segment their centres are (de Leva
#: 1996, J Biomech 29(9):1223, means of women and men): shin and foot, thigh, trunk, head, arms.
SHIN, THIGH, TRUNK, HEAD, ARMS = 0.116, 0.29, 0.43, 0.068, 0.096
SHIN_AT, THIGH_AT, TRUNK_AT = 0.50, 0.61, 0.58
#: Where the arms' mass is ahead of the shoulders by way of holding them, m.
AHEAD: Final = {"forward": 0.24, "crossed": 0.10, "sides": 0.02, "goblet": 0.20, "barbell": -0.02}
#: What a random person does with the arms; the bar is for clips that ask for it.
USUAL: Final = ("forward", "crossed", "sides", "goblet")


@dataclass(frozen=True)
class Style:
    """A person's way; degrees unless said otherwise.

    Attributes:
        width: Ankles' distance, in shoulder widths.
        toes: Feet turned out.
        bottom: Thigh above the horizontal in a full rep.
        soft: Flexion of hips and knees while standing, about.
        lean: Trunk's lean more than the shins' in a clean rep.
        round: Bend of the back at the bottom, forwards.
        balance: The body's mass ahead of the ankles, m; the middle of the foot is about 0.05.
        arms: "forward", "crossed", "sides", "goblet" or "barbell": hands beside the shoulders.
        gaze: Share of the lean that the head does not take part in.
        favours: The side that a shift of the hips goes to: 1 left, −1 right.
        loose: Inward way of the knees that a clean rep has, cm.
    """

    width: float = 1.15
    toes: float = 17.0
    bottom: float = 0.0
    soft: float = 5.0
    lean: float = 0.0
    round: float = 3.0
    balance: float = 0.04
    arms: str = "forward"
    gaze: float = 0.7
    favours: float = 1.0
    loose: float = 0.0

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Style:
        """A random way."""
        return cls(
            width=rng.uniform(0.9, 1.4),
            toes=rng.uniform(8, 28),
            bottom=rng.uniform(-10, 4),
            soft=rng.uniform(3, 7),
            lean=rng.uniform(-3, 4.5),
            round=rng.uniform(-4, 8),
            balance=rng.uniform(0.025, 0.06),
            arms=str(rng.choice(list(USUAL))),
            gaze=rng.uniform(0.45, 0.95),
            favours=float(rng.choice([-1, 1])),
            loose=rng.uniform(0, 1.2),
        )


@dataclass(frozen=True)
class _Chain:
    """One leg and the trunk in the side view, m: places of the left side's joints ``(..., 3)``."""

    ankle: Floats
    knee: Floats
    hip: Floats
    lean: Floats


def pose(body: Body, depth: ArrayLike, faults: Mapping[str, Any], style: Style, sway: Sway = STILL) -> Pose:
    """The pose at a depth ``(T,)`` 0..1; see the package."""
    share = np.asarray(depth, np.float64)
    lift = grown(share, faults, "heel_lift") / 100
    chain = _balanced(body, style, share, faults, lift)
    moved = np.asarray(sway.shift, np.float64)
    aside = style.favours * grown(share, faults, "hip_shift") / 100 + moved[..., 0]
    middle = chain.hip * (0, 1, 1) + np.multiply.outer(aside, X) + np.multiply.outer(moved[..., 2], Z)
    pose = _trunk(body, style, share, chain.lean, middle, aside, sway)
    for side, out in zip(SIDES, (1, -1), strict=True):
        flip = np.array([out, 1, 1])
        flat = np.array([out * _ankle_out(body, style), ankle_height(body), 0])
        knee = chain.knee * flip - pose.place(f"thigh_{side}")
        plant(pose, side, flat, about_y(out * style.toes) @ Z, knee, lift)
    _arms(pose, style, share)
    return pose


def _ankle_out(body: Body, style: Style) -> float:
    return style.width * float(body.heads[body.index["upperarm_l"], 0])


def _balanced(body: Body, style: Style, share: Floats, faults: Mapping[str, Any], lift: Floats) -> _Chain:
    """The posture whose mass stands over the feet: bisection of the shins' tilt."""
    target = style.balance + 0.5 * lift
    low, high = np.full(np.broadcast(share, lift).shape, -8.0), np.full(np.broadcast(share, lift).shape, 60.0)
    for _ in range(24):
        tilt = (low + high) / 2
        far = _mass(body, style, share, _chain(body, style, share, faults, lift, tilt)) > target
        low, high = np.where(far, low, tilt), np.where(far, tilt, high)
    return _chain(body, style, share, faults, lift, (low + high) / 2)


def _chain(
    body: Body, style: Style, share: Floats, faults: Mapping[str, Any], lift: Floats, tilt: Floats
) -> _Chain:
    """Ankle, knee and hip for a tilt of the shins in the side view."""
    thigh, shin = body.length("thigh_l"), body.length("calf_l")
    hip_out, ankle_out = float(body.offset("pelvis", "thigh_l")[0]), _ankle_out(body, style)
    _, rise = raised_heel(body, "l", lift)
    ankle = np.array([ankle_out, ankle_height(body), 0]) + (about_y(style.toes) @ rise[..., None])[..., 0]
    # Straight legs go straight from hip to ankle; bent knees go out over the toes.
    straight = (hip_out - ankle_out) * shin / (shin + thigh)
    inwards = grown(share, faults, "knee_valgus", style.loose) / 100
    out = straight + (OUTSIDE - straight) * np.sin(np.minimum(share, 1.1) * np.pi / 2) - inwards
    knee_out = ankle_out + out
    lean = np.radians(tilt)
    seen = np.sqrt(shin**2 - (knee_out - ankle[..., 0]) ** 2)
    knee = np.stack(
        np.broadcast_arrays(
            knee_out, ankle[..., 1] + seen * np.cos(lean), ankle[..., 2] + seen * np.sin(lean)
        ),
        -1,
    )
    # The thigh in the side view: from the vertical, `soft` at the start, the commanded slope at the bottom.
    shallow = np.asarray(faults.get("shallow", 0.0), np.float64)
    less = np.minimum(shallow / 5, 1)
    bottom = style.bottom + (np.maximum(shallow, style.bottom) - style.bottom) * less
    share = share + (settled(share) - share) * less
    seen = np.sqrt(thigh**2 - (knee_out - hip_out) ** 2)
    full = np.arccos(np.clip(thigh * np.sin(np.radians(bottom)) / seen, -1, 1))
    back = np.radians(style.soft) + share * (full - np.radians(style.soft))
    hip = knee + np.stack([hip_out - knee_out, seen * np.cos(back), -seen * np.sin(back)], -1)
    wrong = np.asarray(faults.get("forward_lean", 0.0), np.float64)
    more = style.lean * share + np.maximum(wrong - style.lean, 0) * growth(share)
    return _Chain(ankle, knee, hip, tilt + more)


def _mass(body: Body, style: Style, share: Floats, chain: _Chain) -> Floats:
    """How far ahead of the ankles (z) the body's mass is, m."""
    torso = float((body.heads[body.index["upperarm_l"]] - body.heads[body.index["thigh_l"]])[1])
    head = float((body.heads[body.index["head"]] - body.heads[body.index["thigh_l"]])[1]) + 0.05
    ankle, knee, hip = (p[..., 2] for p in (chain.ankle, chain.knee, chain.hip))
    ahead = np.sin(np.radians(chain.lean))
    arms = hip + torso * ahead + AHEAD[style.arms] * (share if style.arms == "forward" else 1.0)
    return (
        SHIN * (ankle + SHIN_AT * (knee - ankle))
        + THIGH * (knee + THIGH_AT * (hip - knee))
        + TRUNK * (hip + TRUNK_AT * torso * ahead)
        + HEAD * (hip + head * ahead)
        + ARMS * arms
    )


def _trunk(
    body: Body, style: Style, share: Floats, lean: Floats, middle: Floats, aside: Floats, sway: Sway
) -> Pose:
    """Pelvis, spine and head, the line from hips to shoulders leaning forwards by `lean`."""
    pose = Pose(body)
    flexion = style.round * share + np.asarray(sway.flexion) - np.asarray(sway.breath)
    pose.spine(flexion, sway.lateral, sway.twist)
    line = pose.between("upperarm") - pose.between("thigh")
    pitch = lean - np.degrees(np.arctan2(line[..., 2], line[..., 1]))
    # The shoulders stay behind by two fifths of what the hips go aside.
    back = np.degrees(np.arcsin(0.4 * aside / np.linalg.norm(line, axis=-1)))
    pose.root = about_z(back) @ about_x(pitch + 0.3 * np.asarray(sway.flexion))
    pose.put(pose.between("thigh"), middle)
    pose.head(np.asarray(sway.nod) + 3 - style.gaze * lean, 0, sway.look)
    return pose


def _arms(pose: Pose, style: Style, share: Floats) -> None:
    body = pose.body
    reach = body.length("upperarm_l") + body.length("lowerarm_l")
    chest, middle = pose.rotation("spine_03"), pose.between("upperarm")
    half = float(body.heads[body.index["upperarm_l"], 0])

    def on_chest(*offset: float) -> Floats:
        return (chest @ np.array(offset)[:, None])[..., 0]

    top = float(body.offset("thigh_l", "upperarm_l")[1])
    for side, out in zip(SIDES, (1, -1), strict=True):
        shoulder = pose.place(f"upperarm_{side}")
        if style.arms == "crossed":
            # The right forearm lies on the left one.
            ahead = trunk_size(body, round(top - 0.1, 3))[1] + (0.04 if side == "l" else 0.12)
            wrist = middle + on_chest(-0.3 * out * half, -0.06, ahead)
            pose.arm(side, wrist, on_chest(out * 0.7, -0.8, 0.5))
            pose.hand(side, on_chest(-0.8 * out, 0.6, 0), on_chest(0, 0, -1))
        elif style.arms == "barbell":
            pose.arm(side, shoulder + on_chest(0.12 * out, 0.06, -0.04), on_chest(0.5 * out, -1, -0.3))
            pose.hand(side, on_chest(0, 1, 0.1), on_chest(0, 0, 1))
        elif style.arms == "goblet":
            ahead = trunk_size(body, round(top - 0.15, 3))[1] + 0.1
            pose.arm(side, middle + on_chest(0.06 * out, -0.08, ahead), on_chest(out, -0.4, 0.4))
            pose.hand(side, on_chest(-0.1 * out, 1, 0.2), on_chest(-out, 0, 0))
        else:
            raised = 80 * share if style.arms == "forward" else 0.0
            # Hanging arms have to pass outside of the knees.
            clear = np.maximum(out * (pose.place(f"calf_{side}") - shoulder)[..., 0] + 0.11, 0.06)
            wide = np.degrees(np.arcsin(np.minimum((0.06 + (clear - 0.06) * share) / reach, 0.7)))
            wide = wide if style.arms == "sides" else 8 - 4 * np.minimum(share, 1)
            along = about_y(out * 6) @ about_x(-12 - raised) @ about_z(out * wide)
            wrist = shoulder - 0.975 * reach * along[..., :, 1]
            pose.arm(side, wrist, unit(out * X - 0.6 * Y - 0.6 * Z))
            pose.hand(side, -along[..., :, 1], -out * along[..., :, 0])


def angle(body: Body, posed: Posed) -> Floats:
    """``(T,)`` the mean angle of the knees; 180 is straight, degrees."""
    return np.mean([angle_at(*_leg(body, posed, side)) for side in SIDES], 0)


def measure(body: Body, start: Posed, posed: Posed, style: Style) -> dict[str, Floats]:
    """``(T,)`` sizes of the faults.

    Valgus: how much nearer to the middle each knee is than it is at the bottom of a clean rep, where it is
    `OUTSIDE` its ankle. Lean: of the trunk against the vertical less that of the shins, seen from the side.
    Shallow: the thighs above the horizontal. Shift: the hips' middle against the ankles'; heel: its way up.
    """
    del style
    legs = [_leg(body, posed, side) for side in SIDES]
    hips, knees, ankles = (np.stack(joint) for joint in zip(*legs, strict=True))
    apart = (np.abs(knees[0, :, 0] - knees[1, :, 0]) - np.abs(ankles[0, :, 0] - ankles[1, :, 0])) / 2
    shoulders = posed.position[:, [body.index[f"upperarm_{s}"] for s in SIDES]].mean(1)
    trunk, shin = shoulders - hips.mean(0), (knees - ankles).mean(0)
    lean = np.arctan2(trunk[:, 2], trunk[:, 1]) - np.arctan2(shin[:, 2], shin[:, 1])
    aside = (hips.mean(0) - ankles.mean(0))[:, 0]
    heel = landmarks(body, posed)[:, [INDEX["left_heel"], INDEX["right_heel"]], 1].mean(1)
    before = landmarks(body, start)[0, INDEX["left_heel"], 1]
    return {
        "knee_valgus": 100 * (OUTSIDE - apart),
        "forward_lean": np.degrees(lean),
        "shallow": elevation(hips - knees).mean(0),
        "hip_shift": 100 * np.abs(aside),
        "heel_lift": 100 * (heel - before),
    }


def _leg(body: Body, posed: Posed, side: str) -> tuple[Floats, Floats, Floats]:
    """Hip, knee and ankle, ``(T, 3)`` each."""
    hip, knee, ankle = (posed.position[:, body.index[f"{b}_{side}"]] for b in ("thigh", "calf", "foot"))
    return hip, knee, ankle


def limits(body: Body, style: Style) -> dict[str, FaultInfo]:
    """`FAULTS`, with the severe valgus at knees 0.8 times as far apart as this stance's ankles."""
    severe = 100 * (OUTSIDE + 0.1 * 2 * _ankle_out(body, style))
    return FAULTS | {"knee_valgus": replace(FAULTS["knee_valgus"], severe=round(severe, 1))}
