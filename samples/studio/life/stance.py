"""Key poses, in the person's own frame: looking along z, the left at +x, the floor at 0, about the origin.

Lying and kneeling poses keep the frame of the standing pose they come from: who lies on the right side has
the head at −x and looks along z; who lies on the back has the feet at +z; who kneels looks along z.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from formcheck.landmarks import INDEX
from samples.studio.body import Body
from samples.studio.life.floor import lowest
from samples.studio.rotation import Floats, about_x, about_y, about_z
from samples.studio.skeleton import Pose, Posed, locals_of

# How far soft tissue gives way under the body's weight: seats and shoulders lie this deep in the mat.
SINK_M = 0.01
# Height of the wrist over a palm that lies flat, of the finger tips over the floor none.
PALM_M = 0.05
# From the wrist to the finger tips of a hand a little curled.
HAND_M = 0.15
# Places of the face: the nearest landmark, and how far beside it (x outwards, y up, z ahead).
_FACE = {
    "cheek": ("mouth_{}", np.array([0.03, 0.01, 0.005])),
    "brow": ("{}_eye_outer", np.array([-0.01, 0.05, 0.02])),
    "ear": ("{}_ear", np.array([0.02, 0.0, 0.0])),
    "mouth": ("mouth_{}", np.array([0.0, -0.02, 0.06])),
}
SIDES = ("l", "r")
UP, AHEAD = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])


@dataclass(frozen=True)
class _Stand:
    """How people here stand: angles in degrees, width in metres from the middle to an ankle."""

    width: float = 0.09
    toes_out: float = 8
    spine: float = 2
    nod: float = 4
    arm: tuple[float, float, float] = (3, 8, -15)
    elbow: float = 14


STAND = _Stand()


def out(side: str) -> int:
    """The sign of x on this side."""
    return 1 if side == "l" else -1


def other(side: str) -> str:
    """The other side."""
    return "r" if side == "l" else "l"


class Stance(Pose):
    """A pose with the parts that key poses are made of; one instant."""

    @classmethod
    def of(cls, body: Body, posed: Posed) -> Stance:
        """The first instant of a pose, to be changed."""
        stance = cls(body, posed.rotation[0, 0], posed.position[0, body.index["pelvis"]])
        local = locals_of(body, posed[:1])[0]
        stance.local = {name: local[i] for i, name in enumerate(body.names) if i > 0}
        return stance

    def copy(self) -> Stance:
        """Another one, to be changed on its own."""
        return Stance.of(self.body, self.solve())

    def shoulder(
        self, side: str, flexion: ArrayLike = 0, abduction: ArrayLike = 0, rotation: ArrayLike = 0
    ) -> None:
        """Set the upper arm against the chest; degrees, positive forwards, outwards, thumb outwards."""
        swing = about_x(np.negative(flexion)) @ about_z(np.multiply(out(side), abduction))
        self.turn(f"upperarm_{side}", swing @ about_y(np.multiply(out(side), rotation)))

    def elbow(self, side: str, flexion: ArrayLike) -> None:
        """Bend the elbow; degrees."""
        self.turn(f"lowerarm_{side}", about_x(np.negative(flexion)))

    def arm_down(self, side: str) -> None:
        """An arm that hangs straight down, however the trunk is bent."""
        self.set_global(f"upperarm_{side}", about_x(-8) @ about_z(out(side) * 6))
        self.elbow(side, 12)
        self.turn(f"hand_{side}", np.eye(3))

    def ankle(self, side: str, down: float, toes: float = 0) -> None:
        """Point the foot down and bend the toes up; degrees."""
        self.turn(f"foot_{side}", about_x(down))
        self.turn(f"ball_{side}", about_x(-toes))

    def hang(self, side: str) -> None:
        """An arm that hangs relaxed."""
        self.shoulder(side, *STAND.arm)
        self.elbow(side, STAND.elbow)
        self.turn(f"hand_{side}", np.eye(3))

    def stand_on(self, side: str, x: float, z: float, yaw: float = 0.0, knee_out: float = 0.1) -> None:
        """Put the foot flat, the ankle over (x, z), turned with a person who looks along `yaw` (degrees)."""
        self.tread(side, np.array([x, z, yaw]), np.array(0.0), np.array(0.0), knee_out)

    def tread(self, side: str, place: Floats, height: Floats, pitch: Floats, knee_out: float = 0.1) -> None:
        """Put the foot somewhere, rolling over the ball.

        Args:
            side: "l" or "r".
            place: ``(..., 3)`` x and z of the ankle over a flat foot, m, and where the person looks, degrees.
            height: ``(...)`` of the ball over the floor, m.
            pitch: ``(...)`` toes down, degrees; the toes themselves stay level.
            knee_out: How far the knee points outwards of the toes.
        """
        turn = about_y(place[..., 2] + out(side) * STAND.toes_out)
        roll = turn @ about_x(pitch)
        ball = (
            self.body.heads[self.body.index[f"ball_{side}"]]
            - self.body.heads[self.body.index[f"foot_{side}"]]
        )
        ball = np.array([0, ball[1], np.hypot(ball[0], ball[2])])
        flat = np.stack([place[..., 0], self.ankle_height + height, place[..., 1]], -1)
        # Toes down: about the ball, which stays. Toes up: about the heel, near enough to the ankle.
        ankle = np.where(pitch[..., None] > 0, flat + turn @ ball - roll @ ball, flat)
        self.leg(side, ankle, turn @ np.array([out(side) * knee_out, 0.2, 1.0]))
        self.foot(side, roll[..., 2], roll[..., 1], np.maximum(pitch, 0))

    def lean_on(
        self, side: str, x: float, z: float, fingers: ArrayLike = (0, 0, 1), elbow: ArrayLike = (0, 0, -1)
    ) -> None:
        """Put the palm flat on the floor with the wrist over (x, z)."""
        self.arm(side, np.array([x, PALM_M, z]), elbow)
        self.hand(side, fingers, -UP)

    def lie_arm(self, side: str) -> None:
        """Lay the arm on the floor beside somebody on the back, the palm down."""
        reach = self.place(f"upperarm_{side}")[2] + 0.42 * self.size
        self.lean_on(side, out(side) * 0.30 * self.size, reach, elbow=(out(side), 0.2, 0))

    def touch(
        self, side: str, point: ArrayLike, elbow: ArrayLike, fingers: ArrayLike, palm_to: ArrayLike
    ) -> None:
        """Bring the wrist to a point and turn the hand."""
        self.arm(side, np.asarray(point, np.float64), elbow)
        self.hand(side, fingers, palm_to)

    def on_knee(self, side: str) -> None:
        """Rest the hand on the knee of its side, or on the thigh above it where the arm ends."""
        hip, knee = self.place(f"thigh_{side}"), self.place(f"calf_{side}")
        along = (knee - hip) / np.linalg.norm(knee - hip)
        above = UP - along[1] * along
        wrist = knee - 0.12 * along + 0.10 * above / np.linalg.norm(above)
        self.touch(side, wrist, (out(side), -0.4, -0.5), along, -above)

    def shrug(self, side: str, up: float) -> None:
        """Lift the shoulder; degrees."""
        self.turn(f"clavicle_{side}", about_z(out(side) * up))

    def wave(self, side: str, up: float, turn: float) -> None:
        """Bend the hand up and turn the palm; degrees."""
        self.turn(f"hand_{side}", about_y(turn) @ about_x(-up))

    def tie(self, front: str, off: Floats) -> None:
        """From a half kneel: both hands at the front foot, `off` (2, 3) metres from their places."""
        self.spine(48, 0, 0)
        self.head(12)
        foot = self.place(f"foot_{front}")
        for s, step in zip(SIDES, off, strict=True):
            grip = foot + self.size * (np.array([out(s) * 0.10, 0.12, 0.06]) + step)
            self.touch(s, grip, (out(s), 0.3, -0.4), (-out(s) * 0.5, -0.8, 0.4), (-out(s), 0, -0.3))

    def on_hip(self, side: str) -> None:
        """Put the hand on the hip, the elbow out."""
        x, pelvis = out(side), self.rotation("pelvis")
        wrist = self.place(f"thigh_{side}") + pelvis @ [0.12 * x, 0.13, 0.0]
        self.touch(side, wrist, pelvis @ [x, 0, -0.8], pelvis @ [-0.4 * x, -0.6, 0.7], pelvis @ [-x, 0, 0])

    def spine_more(self, bend: Floats) -> None:
        """Bend the trunk further than it is: a rotation ``(3, 3)``, taken by the lumbar spine."""
        self.turn("spine_01", self.local.get("spine_01", np.eye(3)) @ bend)

    def head_more(self, nod: float = 0.0, lateral: float = 0.0, twist: float = 0.0) -> None:
        """Bend neck and head further than they are; degrees as in `head`."""
        bend = about_x(0.5 * nod) @ about_z(0.5 * lateral) @ about_y(0.5 * twist)
        for bone in ("neck_01", "head"):
            self.turn(bone, self.local.get(bone, np.eye(3)) @ bend)

    def reach_floor(self, side: str, aside: float, ahead: float) -> None:
        """Bring the hand down to something on the floor, beside and ahead of the shoulder (m)."""
        shoulder = self.place(f"upperarm_{side}")
        grip = np.array([shoulder[0] + out(side) * aside, 0.14, shoulder[2] + ahead])
        self.touch(side, grip, (out(side), 0.2, -0.5), (0, -0.3, 1), (-out(side), 0, 0))

    def before_face(self, side: str, away: float, right: float = 0.0, up: float = 0.0) -> None:
        """Hold something in front of the face, so far from the head and so far off its middle (m)."""
        head = self.rotation("head")
        wrist = self.place("head") + head @ [out(side) * 0.07 + right, -0.10 + up, away]
        chest = self.rotation("spine_03")
        self.touch(
            side,
            wrist,
            chest @ [0.6 * out(side), -1, 0],
            head @ [-0.2 * out(side), 1, 0.3],
            head @ [0, 0.3, -1],
        )

    def on_thigh(self, side: str, share: float, off: float = 0.0) -> None:
        """Lay the hand on the outer front of the thigh, at a share of the way from hip to knee.

        `off` shifts it along the thigh, m.
        """
        hip, knee = self.place(f"thigh_{side}"), self.place(f"calf_{side}")
        along = (knee - hip) / np.linalg.norm(knee - hip)
        away = self.rotation(f"thigh_{side}") @ [0.8 * out(side), 0, 0.6]
        wrist = hip + share * (knee - hip) + off * along + 0.11 * away
        self.touch(side, wrist, self.rotation("spine_03") @ [out(side), 0, -0.6], along - 0.3 * away, -away)

    def on_face(self, side: str, where: str, off: ArrayLike = (0, 0, 0)) -> None:
        """Bring the finger tips to a place of the face: "cheek", "brow", "ear" or "mouth".

        Args:
            side: Whose hand.
            where: The place, on the hand's own side.
            off: How far from there, in the head's axes (x to this side, y up, z ahead), m.
        """
        head = self.rotation("head")
        x = out(side)
        point = self.body.anchors[1]
        name, beside = _FACE[where]
        mark = INDEX[name.format("left" if side == "l" else "right")]
        skull = self.body.index["head"]
        spot = self.body.correction[skull] @ (point[mark] - self.body.heads[skull]) + beside * np.array(
            [x, 1, 1]
        )
        fingers = np.array([-0.35 * x, 0.8, -0.5])
        wrist = spot + np.asarray(off) * [x, 1, 1] - HAND_M * fingers / np.linalg.norm(fingers)
        chest = self.rotation("spine_03")
        self.arm(side, self.place("head") + head @ wrist, chest @ [0.8 * x, -1, 0.2])
        self.hand(side, head @ fingers, head @ [-0.5 * x, 0, -1])

    def settle(self, *bones: str) -> None:
        """Lower or raise the whole body until it lies on the floor, with some bones or with the lowest."""
        self.position = self.position - (SINK_M + lowest(self.body, self.solve(), *bones)[0]) * UP

    @property
    def size(self) -> float:
        """Length of the legs relative to the body the key poses were drawn for (woman_average)."""
        return self.leg_length / 0.78

    @property
    def stand_height(self) -> float:
        """Height of the hip joints while standing: the knees are never quite straight."""
        return self.ankle_height + 0.985 * self.leg_length

    @property
    def ankle_height(self) -> float:
        return float(self.body.heads[self.body.index["foot_l"]][1])

    @property
    def leg_length(self) -> float:
        return self.body.length("thigh_l") + self.body.length("calf_l")
