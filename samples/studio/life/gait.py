"""Walking and running with known figures: on a treadmill, that is on the spot, or through the room.

Both feet follow one path, each in its own phase, from the landing on: with the ground while they stand, then
ahead again. The hips follow the feet, and trunk and arms the hips.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from formcheck.landmarks import LEFT, RIGHT
from samples.studio.body import Body
from samples.studio.life.clear import clear_arms
from samples.studio.life.stance import SIDES, STAND, Stance, out
from samples.studio.life.track import Track, grid
from samples.studio.rotation import Floats, about_x, about_y, about_z
from samples.studio.skeleton import landmarks

Random = np.random.Generator
#: The foot's pitch (toes down, degrees) through a swing from 0, where it leaves the ground, to 1, landing.
WALK_PITCH: Final = PchipInterpolator(
    [-0.6, -0.45, 0.0, 0.2, 0.7, 0.95, 1.25, 1.4], [0, 0, 32, 45, 0, -14, 0, 0], extrapolate=False
)
RUN_PITCH: Final = PchipInterpolator(
    [-0.45, -0.3, 0.0, 0.15, 0.45, 0.8, 0.95, 1.08, 1.2], [0, 0, 38, 60, 42, 4, -6, 0, 0], extrapolate=False
)
#: Share of the leg that a standing leg is stretched to at most.
STRETCHED: Final = 0.985
#: How far from the middle of the room people get who go through the room, m.
THROUGH_M: Final = 2.3


@dataclass(frozen=True)
class Way:
    """How somebody walks or runs.

    Attributes:
        running: Whether there is a flight instead of a time on both feet.
        cadence: Steps a minute.
        step: Of one step, leg lengths.
        stance: Share of a stride's time that a foot stands.
        ahead: Share of the way on the ground that lies in front of the hips.
        asymmetry: By how much steps that end on the right foot take longer, % of the mean step time.
        drop: Of the pelvis on the side of the swinging leg, degrees.
        lean: Of the trunk, forwards, degrees.
        aside: Of the trunk, to the side of the standing leg, degrees.
        lift: Of the swinging foot, m.
        bounce: Half of the hips' rise and fall while running, m.
        arms: Swing to either side, degrees.
    """

    running: bool
    cadence: float
    step: float
    stance: float
    ahead: float
    asymmetry: float
    drop: float
    lean: float
    aside: float
    lift: float
    bounce: float
    arms: float

    @classmethod
    def draw(cls, random: Random, *, running: bool) -> Way:
        """A random way. Winter 1990; Bramah 2018 for drop and lean of runners."""
        uneven = float(random.choice([0.0, random.uniform(6, 16)])) * float(random.choice([-1, 1]))
        if running:
            return cls(
                running=True,
                cadence=random.uniform(148, 186),
                step=random.uniform(0.85, 1.25),
                stance=random.uniform(0.32, 0.38),
                ahead=random.uniform(0.30, 0.52),
                asymmetry=uneven,
                drop=random.uniform(2, 11),
                lean=random.uniform(2, 16),
                aside=random.uniform(0, 4),
                lift=random.uniform(0.18, 0.32),
                bounce=random.uniform(0.025, 0.045),
                arms=random.uniform(22, 38),
            )
        return cls(
            running=False,
            cadence=random.uniform(88, 126),
            step=random.uniform(0.58, 0.76),
            stance=random.uniform(0.60, 0.64),
            ahead=random.uniform(0.40, 0.48),
            asymmetry=uneven,
            drop=random.uniform(1, 9),
            lean=random.uniform(-2, 9),
            aside=random.uniform(0, 4),
            lift=random.uniform(0.03, 0.06),
            bounce=0.0,
            arms=random.uniform(12, 26),
        )

    @property
    def stride_s(self) -> float:
        """Seconds of two steps."""
        return 120 / self.cadence

    @property
    def middle(self) -> float:
        """Phase of the middle of a foot's stance."""
        return self.stance / 2


@dataclass(frozen=True)
class Going:
    """Somebody's way in time.

    Attributes:
        way: How.
        start_s: A moment at which the left foot lands.
        through: Whether it goes through the room.
    """

    way: Way
    start_s: float
    through: bool

    @classmethod
    def draw(cls, kind: str, random: Random) -> Going:
        """A random one of a key of GAITS."""
        way = Way.draw(random, running=kind.startswith("running"))
        return cls(way, -float(random.uniform(0, way.stride_s)), kind.endswith("through"))

    def phase(self, times: Floats, side: str) -> Floats:
        """``(T,)`` how far each foot is since it landed, 0..1 of a stride."""
        late = 0.0 if side == "l" else 0.5 + self.way.asymmetry / 400
        return np.mod((times - self.start_s) / self.way.stride_s - late, 1.0)

    def landings(self, seconds: float) -> list[tuple[float, str]]:
        """When which foot lands, from 0 to `seconds`."""
        late = {"left": 0.0, "right": 0.5 + self.way.asymmetry / 400}
        strides = range(int(seconds / self.way.stride_s) + 3)
        every = [
            (self.start_s + (k + share) * self.way.stride_s, side)
            for k in strides
            for side, share in late.items()
        ]
        return sorted((t, side) for t, side in every if 0 <= t <= seconds)


def go(body: Body, seconds: float, going: Going) -> Track:
    """The movement along z; who goes through the room is at the origin in the middle of the time.

    It is shorter than `seconds` where the room is too short for that.
    """
    p, way = Stance(body), going.way
    stride_m = 2 * way.step * p.leg_length
    if going.through:
        seconds = min(seconds, 2 * THROUGH_M * way.stride_s / stride_m)
    times = grid(seconds)
    phase = {s: going.phase(times, s) for s in SIDES}
    path = {s: _foot(way, phase[s], stride_m) for s in SIDES}
    turn = {s: np.cos(2 * np.pi * phase[s]) for s in SIDES}
    over = (_hump(way, phase["l"]) - _hump(way, phase["r"])) / 2  # 1 over the left foot, -1 over the right
    ahead = (turn["l"] - turn["r"]) / 2  # 1 where the left foot lands
    roll = way.drop * over
    p.root = about_y(-5 * ahead) @ about_z(roll) @ about_x(np.full_like(times, way.lean - STAND.spine / 2))
    p.spine(STAND.spine, -roll + way.aside * over, 8 * ahead)
    p.head(STAND.nod - 0.7 * way.lean, 0, -3 * ahead)
    hips = _hips(p, way, times, phase, path)
    p.put(p.between("thigh"), np.stack([0.02 * over, hips, np.zeros_like(times)], -1))
    for s in SIDES:
        along, height, pitch = path[s]
        aside = out(s) * STAND.width * (0.5 if way.running else 0.9)
        place = np.stack([np.full_like(along, aside), along, np.zeros_like(along)], -1)
        p.tread(s, place, height, pitch)
        swing = -way.arms * turn[s]
        p.shoulder(s, (-14 if way.running else STAND.arm[0]) + swing, STAND.arm[1] + 4, STAND.arm[2])
        p.elbow(s, (88 if way.running else STAND.elbow + 8) + 0.3 * swing)
    posed = p.solve()
    if going.through:
        speed = stride_m / way.stride_s
        far = speed * (times - seconds / 2)
        posed = posed.moved(np.stack([np.zeros_like(far), np.zeros_like(far), far], -1))
    track = Track.of(body, times, posed)
    return Track(body, times, clear_arms(body, times, track.local, track.pelvis, {}), track.pelvis)


def _hump(way: Way, phase: Floats) -> Floats:
    return np.cos(2 * np.pi * (phase - way.middle))


def _foot(way: Way, phase: Floats, stride_m: float) -> tuple[Floats, Floats, Floats]:
    """Of a foot at its phases: ahead of the hips and over the ground (m), and its pitch (degrees)."""
    share = (phase - way.stance) / (1 - way.stance)
    first = way.ahead * way.stance * stride_m
    u = np.clip(share, 0, 1)
    # With the ground's speed where it leaves and where it lands.
    back = -stride_m * (1 - way.stance)
    rise = u**3 * (10 - 15 * u + 6 * u**2)
    leave = u - u**3 * (6 - 8 * u + 3 * u**2)
    arrive = -(u**3) * (4 - 7 * u + 3 * u**2)
    swinging = first - stride_m * way.stance + rise * stride_m * way.stance + back * (leave + arrive)
    along = np.where(phase < way.stance, first - stride_m * phase, swinging)
    height = way.lift * np.sin(np.pi * u**0.8) ** 2
    table = RUN_PITCH if way.running else WALK_PITCH
    pitch = np.nan_to_num(table(share)) + np.nan_to_num(table(share + 1 / (1 - way.stance)))
    return along, height, pitch


def _hips(
    p: Stance,
    way: Way,
    times: Floats,
    phase: dict[str, Floats],
    path: dict[str, tuple[Floats, Floats, Floats]],
) -> Floats:
    """``(T,)`` height of the hips: as high as the standing legs reach, or in flight higher."""
    most = np.full_like(times, np.inf)
    for s in SIDES:
        along, height, pitch = path[s]
        ball = p.body.offset(f"foot_{s}", f"ball_{s}")
        lever = np.hypot(ball[0], ball[2])
        raised = np.maximum(np.radians(pitch), 0)
        ankle = p.ankle_height + height + lever * np.sin(raised) + abs(ball[1]) * (np.cos(raised) - 1)
        level = along + lever * (1 - np.cos(raised))
        reach = ankle + np.sqrt(np.maximum((STRETCHED * p.leg_length) ** 2 - level**2, 0.01))
        most = np.where(phase[s] < way.stance, np.minimum(most, reach), most)
    if way.running:
        wave = -way.bounce * np.cos(4 * np.pi * (phase["l"] - way.middle))
        return wave + np.min(most - wave) - 0.005
    soft = gaussian_filter1d(most, 0.05 / (times[1] - times[0]), mode="nearest")
    lower = soft - max(0.0, float(np.max(soft - most)))
    low = float(np.min(lower))
    # Knees that give way while they carry take some of the rise out.
    hips: Floats = low + 0.85 * (lower - low)
    return hips


def told(kind: str, body: Body, seconds: float, seed: int) -> dict[str, Any]:
    """The truth about a scene: steps, and the figures as the skeleton has them.

    Args:
        kind: A key of GAITS.
        body: Who.
        seconds: How long.
        seed: That of the scene.
    """
    going = Going.draw(kind, np.random.default_rng(seed))
    track = go(body, seconds, going)
    steps = [(t, side) for t, side in going.landings(track.duration_s) if t > 0]
    points = landmarks(body, track.at([t for t, _ in steps]))
    shins = [
        points[i, own["ankle"]] - points[i, own["knee"]]
        for i, (_, side) in enumerate(steps)
        for own in ((LEFT if side == "left" else RIGHT),)
    ]
    middle_s = going.way.middle * going.way.stride_s
    middles = [(t + middle_s, side) for t, side in steps if t + middle_s < track.duration_s]
    over = landmarks(body, track.at([t for t, _ in middles]))
    hips = over[:, LEFT["hip"]] - over[:, RIGHT["hip"]]
    signs = np.array([1 if side == "left" else -1 for _, side in middles])
    slope = signs * np.degrees(np.arctan2(hips[:, 1], np.hypot(hips[:, 0], hips[:, 2])))
    every = landmarks(body, track.at(np.arange(0, track.duration_s, 0.04)))
    trunk = _middle(every, "shoulder") - _middle(every, "hip")
    return {
        "running": going.way.running,
        "through": going.through,
        "cadence_per_min": round(going.way.cadence, 2),
        "asymmetry_pct": round(abs(going.way.asymmetry), 2),
        "longer": "" if not going.way.asymmetry else "right" if going.way.asymmetry > 0 else "left",
        "pelvic_drop_deg": round(float(slope.mean()), 2),
        "trunk_lean_deg": round(float(np.degrees(np.arctan2(trunk[..., 2], trunk[..., 1])).mean()), 2),
        "shin_deg": round(float(np.mean([np.degrees(np.arctan2(v[2], -v[1])) for v in shins])), 2),
        "steps": [{"t_s": round(t, 3), "side": side} for t, side in steps],
    }


def _middle(points: Floats, joint: str) -> Floats:
    middle: Floats = (points[:, LEFT[joint]] + points[:, RIGHT[joint]]) / 2
    return middle


def _scene(kind: str) -> Any:
    def scene(body: Body, seconds: float, random: Random) -> Track:
        return go(body, seconds, Going.draw(kind, random))

    return scene


GAITS: Final = {
    kind: _scene(kind)
    for kind in ("walking_treadmill", "walking_through", "running_treadmill", "running_through")
}
