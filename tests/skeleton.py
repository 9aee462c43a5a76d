"""A skeleton with exactly commanded joint angles, filmed by a pinhole camera: truth for tests.

World axes: x to the right, y up, z towards the viewer, metres, the floor at 0. Every person is built with the
*left* side working and reflected for the right one, so both sides are the same problem. Movements are
scripts of `Move`s; a fault's size is commanded at the turn and grows and fades with the movement.

What a real pose model does and this skeleton does not: it compresses depth, drags the hips along with a limb,
loses hidden points, lags. So counts, times, sides, views, orderings and exact signals can be tested here; the
catalogue's limits, which were measured on the model's output, cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from formcheck.landmarks import COUNT, INDEX, LEFT, MIRROR, RIGHT
from formcheck.types import Floats, Recording

TORSO, THIGH, SHANK = 0.50, 0.42, 0.42
HIPS, SHOULDERS, FOOT, ANKLE_HIGH = 0.22, 0.36, 0.24, 0.07
UPPER_ARM, FOREARM = 0.30, 0.26

X, Y, Z = np.eye(3)


@dataclass(frozen=True)
class Move:
    """One movement: seconds up, held, down, and of rest after it.

    Attributes:
        amp: Share of the exercise's full movement.
        faults: Sizes at the turn, see the exercises below; degrees, or metres where said so.
    """

    up: float = 1.2
    hold: float = 0.5
    down: float = 1.3
    rest: float = 0.8
    amp: float = 1.0
    faults: dict[str, float] = field(default_factory=dict)

    @property
    def length(self) -> float:
        return self.up + self.hold + self.down


@dataclass(frozen=True)
class Camera:
    """Where the lens is, by the conventions of `formcheck.features.view` (truth, not an estimate).

    Attributes:
        azimuth: Degrees; the sign chooses the side where the view has none.
        elevation: Degrees above the horizontal.
        distance: Metres from the middle of the hips at the first frame.
        fov: Vertical, degrees.
    """

    azimuth: float = 43.0
    elevation: float = 19.0
    distance: float = 2.8
    fov: float = 50.0
    size: tuple[int, int] = (1280, 720)


@dataclass(frozen=True)
class Done:
    """A movement as it was commanded: its moments in s."""

    move: Move
    start: float
    turn: float
    end: float


@dataclass(frozen=True)
class Take:
    """A filmed script and its truth.

    Attributes:
        points: ``(T, 33, 3)`` the joints in the room, m.
        angle: ``(T,)`` the commanded angle of the exercise, degrees.
        progress: ``(T,)`` 0 at rest, 1 at a full turn.
    """

    recording: Recording
    done: tuple[Done, ...]
    points: Floats
    angle: Floats
    progress: Floats


# --- time ------------------------------------------------------------------------------------------


def ease(u: Floats, profile: str = "cosine") -> Floats:
    """0 to 1 over ``u`` 0 to 1: "cosine", "minjerk" or "linear"."""
    u = np.clip(u, 0.0, 1.0)
    if profile == "linear":
        return u
    if profile == "minjerk":
        return u**3 * (10 - 15 * u + 6 * u**2)
    return (1 - np.cos(np.pi * u)) / 2


def share_between(profile: str = "cosine") -> float:
    """Share of a lift's time that lies between 10 and 90 % of its height; closed form or a fine grid."""
    if profile == "cosine":
        return float((np.arccos(-0.8) - np.arccos(0.8)) / np.pi)
    u = np.linspace(0, 1, 100001)
    p = ease(u, profile)
    return float(np.interp(0.9, p, u) - np.interp(0.1, p, u))


def script(moves: Sequence[Move], *, lead: float = 1.0) -> tuple[Done, ...]:
    """The moments of some movements after `lead` seconds of rest."""
    at, done = lead, []
    for move in moves:
        done.append(Done(move, at, at + move.up + move.hold / 2, at + move.length))
        at += move.length + move.rest
    return tuple(done)


def curve(t: Floats, done: Sequence[Done], profile: str = "cosine", fault: str = "") -> Floats:
    """``(T,)`` the progress, or with `fault` the size of that fault, over time."""
    out = np.zeros_like(t)
    for d in done:
        size = d.move.faults.get(fault, 0.0) if fault else d.move.amp
        u = t - d.start
        up = ease(u / max(d.move.up, 1e-9), profile)
        down = ease((u - d.move.up - d.move.hold) / max(d.move.down, 1e-9), profile)
        out += size * (up - down)
    return out


# --- the body --------------------------------------------------------------------------------------


def _v(*parts: tuple[Floats | float, Floats]) -> Floats:
    """Sum of coefficient times axis, ``(T, 3)``."""
    return sum(np.asarray(c, float)[..., None] * a for c, a in parts)  # type: ignore[return-value]


def _unit(v: Floats) -> Floats:
    return v / np.linalg.norm(v, axis=-1, keepdims=True)


def _turn(v: Floats, axis: Floats, degrees: Floats) -> Floats:
    """Rotates about an axis by the right-hand rule."""
    a = np.radians(degrees)[..., None]
    axis = _unit(axis)
    along = (v * axis).sum(-1, keepdims=True)
    return v * np.cos(a) + np.cross(axis, v) * np.sin(a) + axis * along * (1 - np.cos(a))


def _middle(a: Floats, c: Floats, pole: Floats, upper: float, lower: float) -> Floats:
    """The middle joint of a two-bone chain from `a` to `c`, bent towards `pole`."""
    d = c - a
    length = np.linalg.norm(d, axis=-1, keepdims=True)
    d = d / length
    x = (upper**2 - lower**2 + length**2) / (2 * length)
    h = np.sqrt(np.maximum(upper**2 - x**2, 0.0))
    return a + d * x + _unit(pole - (pole * d).sum(-1, keepdims=True) * d) * h


@dataclass
class Body:
    """The joints of a person over time, built from the trunk outwards."""

    n: int
    p: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.p = np.full((self.n, COUNT, 3), np.nan)

    def trunk(self, hips: Floats, head: Floats, left: Floats, chest_left: Floats | None = None) -> None:
        """Hips, shoulders and head from the middle of the hips and the trunk's axes, ``(T, 3)`` each."""
        chest = left if chest_left is None else chest_left
        front = np.cross(chest, head)
        neck = hips + TORSO * head
        for sign, table in ((1, LEFT), (-1, RIGHT)):
            self.p[:, table["hip"]] = hips + sign * HIPS / 2 * left
            self.p[:, table["shoulder"]] = neck + sign * SHOULDERS / 2 * chest
            self.p[:, table["ear"]] = neck + 0.20 * head + sign * 0.075 * chest
        self.p[:, INDEX["nose"]] = neck + 0.19 * head + 0.11 * front
        for name, out, up in (("eye_inner", 0.015, 0.23), ("eye", 0.03, 0.23), ("eye_outer", 0.045, 0.23)):
            for sign, side in ((1, "left"), (-1, "right")):
                self.p[:, INDEX[f"{side}_{name}"]] = neck + up * head + 0.085 * front + sign * out * chest
        for sign, side in ((1, "left"), (-1, "right")):
            self.p[:, INDEX[f"mouth_{side}"]] = neck + 0.14 * head + 0.09 * front + sign * 0.025 * chest

    def at(self, side: str, joint: str) -> Floats:
        return self.p[:, (LEFT if side == "left" else RIGHT)[joint]]

    def put(self, side: str, joint: str, where: Floats) -> None:
        self.p[:, (LEFT if side == "left" else RIGHT)[joint]] = where

    def leg(self, side: str, knee: Floats, ankle: Floats, toes: Floats) -> None:
        """A leg from its joints; `toes` is the direction of the foot."""
        shank = _unit(ankle - knee)
        toes = _unit(np.broadcast_to(toes, ankle.shape))
        self.put(side, "knee", knee)
        self.put(side, "ankle", ankle)
        heel = ankle + 0.05 * shank - 0.05 * toes
        self.put(side, "heel", heel)
        self.put(side, "foot_index", heel + FOOT * toes)

    def arm(self, side: str, wrist: Floats, pole: Floats) -> None:
        """An arm that reaches towards `wrist` with its elbow towards `pole`."""
        shoulder = self.at(side, "shoulder")
        reach = wrist - shoulder
        length = np.linalg.norm(reach, axis=-1, keepdims=True)
        wrist = shoulder + reach * np.minimum(1.0, 0.98 * (UPPER_ARM + FOREARM) / length)
        elbow = _middle(shoulder, wrist, np.broadcast_to(pole, wrist.shape), UPPER_ARM, FOREARM)
        hand = _unit(wrist - elbow)
        self.put(side, "elbow", elbow)
        self.put(side, "wrist", wrist)
        for joint, far in (("pinky", 0.07), ("index", 0.08), ("thumb", 0.05)):
            self.put(side, joint, wrist + far * hand)


def _const(v: Floats, n: int) -> Floats:
    return np.broadcast_to(v, (n, 3)).astype(float)


def _rolled(left: Floats, front: Floats, degrees: Floats) -> Floats:
    """The left axis after the left side went backwards by some degrees."""
    a = np.radians(degrees)
    return _v((np.cos(a), left), (-np.sin(a), front))


Sizes = dict[str, Floats]


def clamshell(s: Floats, f: Sizes) -> tuple[Floats, Floats]:
    """On the right side, head to −x, belly to +z. Opening of the upper thigh about the line hip to ankle.

    Faults: `hip_roll_back` degrees, shoulders 35 % of it; `feet_apart` m; `knees_straight` degrees, both.
    """
    n = len(s)
    head, up, front = _const(-X, n), _const(Y, n), _const(Z, n)
    opening = 60.0 * s
    body = Body(n)
    roll = f["hip_roll_back"]
    left, chest = _rolled(up, front, roll), _rolled(up, front, 0.35 * roll)
    lower = _const(np.array([0.0, 0.12, 0.0]), n)
    body.trunk(lower + HIPS / 2 * left, head, left, chest)
    flexed, bent = 45.0, 90.0 - f["knees_straight"]
    knee = body.at("right", "hip") + THIGH * _direction(-head, front, flexed)
    ankle = knee + SHANK * _direction(-head, front, flexed - bent)
    body.leg("right", knee, ankle, -head * 0.3 + front)
    upper_ankle = ankle + _v((0.08 + f["feet_apart"], up))
    hip = body.at("left", "hip")
    pole = _turn(np.cross(upper_ankle - hip, up), upper_ankle - hip, -opening)
    body.leg("left", _middle(hip, upper_ankle, pole, THIGH, SHANK), upper_ankle, -head * 0.3 + front)
    _side_arms(body, front, head)
    return body.p, opening


def side_leg_raise(s: Floats, f: Sizes) -> tuple[Floats, Floats]:
    """On the right side; the straight left leg from 4 to 40° of abduction.

    Faults: `hip_roll_back`, `knee_bend`, `leg_drift_forward` (degrees of flexion of the hip).
    """
    n = len(s)
    head, up, front = _const(-X, n), _const(Y, n), _const(Z, n)
    angle = 4.0 + 36.0 * s
    body = Body(n)
    roll = f["hip_roll_back"]
    left, chest = _rolled(up, front, roll), _rolled(up, front, 0.35 * roll)
    body.trunk(_const(np.array([0.0, 0.12, 0.0]), n) + HIPS / 2 * left, head, left, chest)
    knee = body.at("right", "hip") + THIGH * _direction(-head, front, 25.0)
    body.leg("right", knee, knee + SHANK * _direction(-head, front, -25.0), front)
    a, drift = np.radians(angle), np.radians(f["leg_drift_forward"])
    thigh = _v((np.cos(a) * np.cos(drift), -head), (np.sin(a), up), (np.cos(a) * np.sin(drift), front))
    shank = _turn(thigh, np.cross(thigh, front), -f["knee_bend"])
    knee = body.at("left", "hip") + THIGH * thigh
    body.leg("left", knee, knee + SHANK * shank, front)
    _side_arms(body, front, head)
    return body.p, angle


def fire_hydrant(s: Floats, f: Sizes) -> tuple[Floats, Floats]:
    """On all fours, head to +x; the left thigh goes out by up to 50°.

    Faults: `pelvis_rotation` degrees (chest 15 % of it), `torso_twist` degrees of the chest, `hip_shift` m
    away from the lifted leg, `knee_straight` degrees.
    """
    n = len(s)
    head, front, left0 = _const(X, n), _const(-Y, n), _const(-Z, n)
    angle = 50.0 * s
    body = Body(n)
    turn = f["pelvis_rotation"]
    left = _rolled(left0, front, turn)
    chest = _rolled(left0, front, 0.15 * turn + f["torso_twist"])
    pivot = _const(np.array([0.0, THIGH + 0.05, HIPS / 2]), n) - _v((f["hip_shift"], left0))
    body.trunk(pivot + HIPS / 2 * left, head, left, chest)
    planted = _const(np.array([0.0, 0.05, HIPS / 2]), n)
    body.leg("right", planted, planted - SHANK * head, -head)
    a, bend = np.radians(angle), np.radians(90.0 - f["knee_straight"])
    thigh = _v((np.cos(a), front), (np.sin(a), left0))
    knee = body.at("left", "hip") + THIGH * thigh
    shank = _v((np.sin(bend), -head), (np.cos(bend), thigh))
    body.leg("left", knee, knee + SHANK * shank, shank)
    for side in ("left", "right"):
        shoulder = body.at(side, "shoulder")
        body.arm(side, shoulder * np.array([1.0, 0.0, 1.0]) + 0.02 * Y, -head)
    return body.p, angle


def single_leg_bridge(s: Floats, f: Sizes) -> tuple[Floats, Floats]:
    """On the back, head to −x, the left foot planted, the right leg in line with its thigh.

    The trunk tips about the shoulders until shoulder, hip and knee are in line; the commanded angle is its
    pitch. Faults: `pelvis_drop` degrees.
    """
    n = len(s)
    ankle0, shoulder0 = np.array([0.38, ANKLE_HIGH, -HIPS / 2]), np.array([-0.5, 0.10, 0.0])
    pitch = np.linspace(0, 40, 4001)
    reach = shoulder0[None, :2] + (TORSO + THIGH) * np.stack(
        [np.cos(np.radians(pitch)), np.sin(np.radians(pitch))], axis=1
    )
    far = np.linalg.norm(reach - ankle0[:2], axis=1) >= SHANK
    full = float(pitch[np.argmax(far & (pitch > 10))])
    angle = full * s
    a = np.radians(angle)
    head = _v((-np.cos(a), X), (-np.sin(a), Y))
    left0 = _const(-Z, n)
    front = np.cross(left0, head)
    body = Body(n)
    left = _rolled(left0, front, -f["pelvis_drop"])
    planted_hip = shoulder0 - TORSO * head + HIPS / 2 * left0
    body.trunk(planted_hip - HIPS / 2 * left, head, left, left0)
    # The shoulders stay on the floor whatever the pelvis does.
    for sign, table in ((1, LEFT), (-1, RIGHT)):
        body.p[:, table["shoulder"]] = shoulder0 + sign * SHOULDERS / 2 * left0
    hip = body.at("left", "hip")
    knee = _middle(hip, _const(ankle0, n), _const(Y, n), THIGH, SHANK)
    body.leg("left", knee, _const(ankle0, n), X)
    thigh = _unit(knee - hip)
    free = body.at("right", "hip") + THIGH * thigh
    body.leg("right", free, free + SHANK * thigh, np.cross(thigh, left0))
    for side, sign in (("left", 1), ("right", -1)):
        shoulder = body.at(side, "shoulder")
        body.arm(side, shoulder + np.array([0.45, -0.07, -sign * 0.12]), np.array([0.0, -0.2, -float(sign)]))
    return body.p, angle


def squat(s: Floats, f: Sizes) -> tuple[Floats, Floats]:
    """Standing, facing +z; both knees bend from 4 to 114°, exactly.

    Faults: `forward_lean` degrees more of the trunk, `knee_valgus` degrees of both knees inwards about the
    line hip to ankle, `hip_shift` m to the left, `heel_lift` m.
    """
    n = len(s)
    bend = 4.0 + 110.0 * s
    tilt = 1.5 + 31.0 * s
    body = Body(n)
    half = 0.16  # ankles from the middle
    k, tau = np.radians(bend), np.radians(tilt)
    back = SHANK * np.sin(tau) - THIGH * np.sin(k - tau)
    reach = 2 * THIGH * np.cos(k / 2)
    side = half - HIPS / 2
    hips = _v((f["hip_shift"], X), (back, Z))
    # The farther leg decides nothing: both bend alike unless the hips shift, and then the mean is commanded.
    hips = hips + (ANKLE_HIGH + np.sqrt(reach**2 - back**2 - side**2))[:, None] * Y
    lean = np.radians(31.0 * s + f["forward_lean"])
    head = _v((np.cos(lean), Y), (np.sin(lean), Z))
    body.trunk(hips, head, _const(X, n))
    for name, sign in (("left", 1), ("right", -1)):
        ankle = _const(np.array([sign * half, ANKLE_HIGH, 0.0]), n)
        hip = body.at(name, "hip")
        axis = _unit(ankle - hip)
        out = _const(_unit(np.array([sign * np.sin(np.radians(15.0)), 0.0, np.cos(np.radians(15.0))])), n)
        pole = out - (out * axis).sum(-1, keepdims=True) * axis
        pole = _turn(pole, axis, sign * f["knee_valgus"])
        body.leg(name, _middle(hip, ankle, pole, THIGH, SHANK), ankle, out)
        heel, toe = (
            ankle + np.array([0.0, -0.05, 0.0]) - 0.05 * out,
            ankle + np.array([0.0, -0.05, 0.0]) + 0.19 * out,
        )
        body.put(name, "heel", heel + f["heel_lift"][:, None] * Y)
        body.put(name, "foot_index", toe)
        body.arm(
            name, body.at(name, "shoulder") + _v((0.5, Z), (-0.15, Y)), np.array([sign * 0.5, -1.0, 0.0])
        )
    return body.p, bend


def _direction(feet: Floats, front: Floats, degrees: float | Floats) -> Floats:
    """A direction in the plane of feet and front, degrees of flexion from the feet."""
    a = np.radians(np.broadcast_to(np.asarray(degrees, float), (len(feet),)))
    return _v((np.cos(a), feet), (np.sin(a), front))


def _side_arms(body: Body, front: Floats, head: Floats) -> None:
    body.arm("right", body.at("right", "shoulder") + 0.25 * head + 0.2 * front, front)
    body.arm("left", body.at("left", "shoulder") + 0.35 * front - 0.1 * head - 0.2 * Y, -head + Y)


EXERCISES = {
    "clamshell": clamshell,
    "side_leg_raise": side_leg_raise,
    "fire_hydrant": fire_hydrant,
    "single_leg_bridge": single_leg_bridge,
    "squat": squat,
}
FAULTS = (
    "hip_roll_back", "feet_apart", "knees_straight", "knee_bend", "leg_drift_forward", "pelvis_rotation",
    "torso_twist", "hip_shift", "knee_straight", "pelvis_drop", "forward_lean", "knee_valgus", "heel_lift",
)  # fmt: skip
POSTURES = {
    "clamshell": "side_lying",
    "side_leg_raise": "side_lying",
    "fire_hydrant": "quadruped",
    "single_leg_bridge": "supine",
    "squat": "standing",
}
#: A camera from which most can be told, in truth: angles as the room has them.
BEST = {
    "clamshell": Camera(43, 19),
    "side_leg_raise": Camera(40, 19),
    "fire_hydrant": Camera(-130, 15),
    "single_leg_bridge": Camera(90, 28),
    "squat": Camera(90, 8),
}
#: Directions of azimuth 0 and 90 in the room, for the left side working.
_ROUND = {"side_lying": (Z, X), "quadruped": (X, -Z), "supine": (X, -Z), "standing": (Z, X)}


# --- the camera ------------------------------------------------------------------------------------


def reflect(points: Floats) -> Floats:
    """The mirror image of a person, ``(..., 33, 3)``: the right side works where the left one did."""
    return points[..., MIRROR, :] * np.array([-1.0, 1.0, 1.0])


def shoot(
    t: Floats,
    points: Floats,
    camera: Camera,
    posture: str,
    *,
    side: str = "left",
    noise_px: float = 0.0,
    seed: int = 0,
) -> Recording:
    """Films the joints.

    Args:
        t: ``(T,)`` seconds.
        points: ``(T, 33, 3)`` m, already reflected where the right side works.
        noise_px: Standard deviation in the picture; in the world the same, three times as much in depth.
    """
    zero, ninety = _ROUND[posture]
    if side == "right":
        zero, ninety = zero * [-1, 1, 1], ninety * [-1, 1, 1]
    target = (points[0, LEFT["hip"]] + points[0, RIGHT["hip"]]) / 2
    az, el = np.radians(camera.azimuth), np.radians(camera.elevation)
    to_camera = np.cos(el) * (np.cos(az) * zero + np.sin(az) * ninety) + np.sin(el) * Y
    away = -to_camera
    right = _unit(np.cross(away, Y)) if abs(away[1]) < 0.999 else X
    frame = np.stack([right, np.cross(away, right), away])  # rows: x right, y down, z away
    seen = (points - (target + camera.distance * to_camera)) @ frame.T
    width, height = camera.size
    focal = height / 2 / np.tan(np.radians(camera.fov) / 2)
    image = np.ones((*points.shape[:2], 4))
    image[..., 0] = width / 2 + focal * seen[..., 0] / seen[..., 2]
    image[..., 1] = height / 2 + focal * seen[..., 1] / seen[..., 2]
    middle = (seen[:, LEFT["hip"]] + seen[:, RIGHT["hip"]]) / 2
    image[..., 2] = (seen[..., 2] - middle[:, None, 2]) * focal / middle[:, None, 2]
    world = seen - middle[:, None]
    if noise_px:
        rng = np.random.default_rng(seed)
        metre = noise_px * camera.distance / focal
        image[..., :2] += rng.normal(0, noise_px, image[..., :2].shape)
        world = world + rng.normal(0, metre, world.shape) * np.array([1.0, 1.0, 3.0])
    return Recording(t, image, world, camera.size)


def times(end: float, fps: float, *, drop: float = 0.0, jitter: float = 0.0, seed: int = 0) -> Floats:
    """Frame times: a share of the frames may be missing, the rest early or late by a share of a step."""
    t = np.arange(0.0, end, 1.0 / fps)
    rng = np.random.default_rng(seed + 1)
    if jitter:
        t = t + rng.uniform(-jitter / 2, jitter / 2, len(t)) / fps
        t = t - t[0]
    return t[rng.uniform(size=len(t)) >= drop] if drop else t


def perform(
    exercise: str,
    moves: Sequence[Move],
    *,
    side: str = "left",
    camera: Camera | None = None,
    fps: float = 30.0,
    lead: float = 1.0,
    tail: float = 1.0,
    profile: str = "cosine",
    noise_px: float = 0.0,
    seed: int = 0,
    drop: float = 0.0,
    jitter: float = 0.0,
) -> Take:
    """Somebody does an exercise."""
    done = script(moves, lead=lead)
    end = done[-1].end + tail if done else lead + tail
    t = times(end, fps, drop=drop, jitter=jitter, seed=seed)
    s = curve(t, done, profile)
    points, angle = EXERCISES[exercise](s, {name: curve(t, done, profile, name) for name in FAULTS})
    if side == "right":
        points = reflect(points)
    recording = shoot(
        t, points, camera or BEST[exercise], POSTURES[exercise], side=side, noise_px=noise_px, seed=seed
    )
    return Take(recording, done, points, angle, s)


def still(exercise: str, seconds: float = 10.0, **options: object) -> Take:
    """Somebody in the start position of an exercise who does nothing."""
    return perform(exercise, (), lead=seconds, tail=0.0, **options)  # type: ignore[arg-type]


# --- what is no exercise ---------------------------------------------------------------------------


def walking(seconds: float = 6.0, *, fps: float = 30.0, speed: float = 1.0) -> tuple[Floats, Floats]:
    """Times and joints of somebody who walks along +z with 1.8 steps a second, ending at the origin."""
    t = times(seconds, fps)
    n = len(t)
    body = Body(n)
    phase = 2 * np.pi * 0.9 * t
    hips = _v((speed * (t - seconds), Z)) + (0.88 + 0.02 * np.cos(2 * phase))[:, None] * Y
    body.trunk(hips, _const(Y, n), _const(X, n))
    for name, shift in (("left", 0.0), ("right", np.pi)):
        swing = np.sin(phase + shift)
        thigh = _direction(_const(-Y, n), _const(Z, n), 10 + 22 * swing)
        bend = 8 + 50 * np.maximum(0.0, np.cos(phase + shift)) ** 2
        knee = body.at(name, "hip") + THIGH * thigh
        shank = _direction(_const(-Y, n), _const(Z, n), 10 + 22 * swing - bend)
        body.leg(name, knee, knee + SHANK * shank, Z)
        hand = body.at(name, "shoulder") + _v((-0.5, Y), (0.15, Z)) - (0.2 * swing)[:, None] * Z
        body.arm(name, hand, -Z)
    return t, body.p


def hand_to_face(points: Floats, t: Floats, at: float, *, side: str = "left", lasting: float = 1.5) -> Floats:
    """The same body with one hand that goes to the face and back."""
    body = Body(len(t))
    body.p = points.copy()
    up = curve(t, [Done(Move(0.5, lasting, 0.5), at, at, at)])
    table = LEFT if side == "left" else RIGHT
    wrist = points[:, table["wrist"]] * (1 - up)[:, None] + points[:, INDEX["nose"]] * up[:, None]
    body.arm(side, wrist, _const(Z, len(t)))
    return body.p


def blend(t: Floats, keys: Sequence[tuple[float, Floats]]) -> Floats:
    """Joints between key poses ``(33, 3)``, smoothly in time; limbs shorten on the way."""
    at = np.array([k for k, _ in keys])
    poses = np.stack([p for _, p in keys])
    i = np.clip(np.searchsorted(at, t, side="right") - 1, 0, len(keys) - 2)
    share = ease((t - at[i]) / (at[i + 1] - at[i]))[:, None, None]
    return poses[i] * (1 - share) + poses[i + 1] * share


def start_pose(exercise: str, s: float = 0.0) -> Floats:
    """``(33, 3)`` one pose of an exercise, left side working."""
    return EXERCISES[exercise](np.array([s]), {name: np.zeros(1) for name in FAULTS})[0][0]


def getting_down(target: str = "clamshell", *, fps: float = 30.0, then: float = 4.0) -> tuple[Floats, Floats]:
    """Stands, squats down, kneels on all fours, and lies or kneels in the start position of `target`."""
    keys = [
        (0.0, start_pose("squat")),
        (1.5, start_pose("squat")),
        (3.0, start_pose("squat", 1.0)),
        (4.5, start_pose("fire_hydrant")),
        (6.0, start_pose(target)),
        (6.0 + then, start_pose(target)),
    ]
    t = times(keys[-1][0], fps)
    return t, blend(t, keys)


# --- recordings made worse or different ------------------------------------------------------------


def mirrored(recording: Recording) -> Recording:
    """As in a mirror: x flipped, left and right exchanged."""
    image, world = recording.image[:, MIRROR].copy(), recording.world[:, MIRROR].copy()
    image[..., 0] = recording.size[0] - image[..., 0]
    world[..., 0] *= -1
    return replace(recording, image=image, world=world)


def moved(recording: Recording, *, scale: float = 1.0, dx: float = 0.0, dy: float = 0.0) -> Recording:
    """The same in a larger or smaller picture, and elsewhere in it."""
    image = recording.image.copy()
    image[..., :3] *= scale
    image[..., 0] += dx
    image[..., 1] += dy
    return replace(recording, image=image)


def blanked(recording: Recording, start_s: float, end_s: float) -> Recording:
    """Nobody found from `start_s` to `end_s`."""
    image, world = recording.image.copy(), recording.world.copy()
    gone = (recording.t >= start_s) & (recording.t < end_s)
    image[gone], world[gone] = np.nan, np.nan
    return replace(recording, image=image, world=world)


def hidden(recording: Recording, joint: str, side: str, visibility: float = 0.1) -> Recording:
    """A joint that is guessed and not seen."""
    image = recording.image.copy()
    image[:, (LEFT if side == "left" else RIGHT)[joint], 3] = visibility
    return replace(recording, image=image)


def piece(recording: Recording, start_s: float, end_s: float) -> Recording:
    """A stretch; times stay as they are."""
    inside = (recording.t >= start_s) & (recording.t < end_s)
    return replace(
        recording, t=recording.t[inside], image=recording.image[inside], world=recording.world[inside]
    )
