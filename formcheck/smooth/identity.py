"""Left and right put back where they belong, limb by limb, as the frames come in.

Seen from the side MediaPipe exchanges the legs: in a lunge from the side 11-33 % of the frames, in runs
of one to eight frames, with frames in between whose feet lie halfway. Visibility stays at 0.97.

Share of frames with swapped legs, before and after (full model; rendered clips have a known truth, in
the real split squat the feet stand still): rendered lunge 33.1 -> 0.8 %, real split squat 12.9 -> 0.9 %,
rendered single-leg bridges 3.8 and 3.1 -> 1.5 %. Nothing is exchanged in real squats, side lunges,
deadlifts, bridges, donkey kicks and dead bugs. What is left are legs that glide over to each other
within 0.3 s, which no causal rule tells from a movement. 0.09 ms a pose.

What was measured on those clips decides what is exchanged here:

* Knee, ankle and foot change places in the picture; the hips, the shoulders and the face do not.
* Depth doesn't change places: MediaPipe's z stays with the label (left knee behind right one by 0.20 m
  when right, 0.22 m when swapped; true here: 0.2 m). So x, y and visibility are exchanged, z is not.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from formcheck.landmarks import COUNT, LEFT, MIRROR, RIGHT
from formcheck.types import Floats

#: Chains without their root: the root belongs to the trunk, see above.
_LEG: Final = ("knee", "ankle", "heel", "foot_index")
_ARM: Final = ("elbow", "wrist", "pinky", "index", "thumb")
_TRUNK: Final = ("shoulder", "hip")
_FACE: Final = ("ear",)

#: Exchange when that costs less than this share of leaving things as they are (squared distances from
#: where the limbs were last; docs/thresholds.md, Signal processing).
RATIO: Final = 0.5
#: Left and right must be this far apart, trunk lengths (root mean square over the chain), to tell: a
#: squat's legs from the side lie 0.05-0.15 apart, a lunge's 0.5-1.7.
APART: Final = 0.25
#: A chain further from its last place than this, trunk lengths, under either label, is a blend of both
#: legs or a jump: it teaches nothing. 0.2-0.3 serve the clips above alike, 0.35 lets blends through.
UNCLEAR: Final = 0.25
#: Unless it stands as still as this, trunk lengths per second: blends don't last, and it was the place
#: remembered that was one. 0.75-3 serve alike; the knees of a lunge reach 0.6.
STEADY: Final = 1.5
#: A limb less visible than this is guessed, and its guesses jump about: in a swap visibility stays high.
VISIBLE: Final = 0.4
#: After so long without a clear frame the place is given up, s.
UNCLEAR_S: Final = 0.3
#: After a gap of this length nothing is known, s (docs/thresholds.md).
GAP_S: Final = 0.5
#: Memory of who was right, s: MediaPipe's labels win once they contradict ours for that long on balance,
#: so that a beginning in the swapped state doesn't last; after left and right met, already for `CROSSED_S`.
TRUST_S: Final = 1.0
CROSSED_S: Final = 0.1
#: An exchange is a jump: further than this many times the limb's own pace. A limb that swings to and fro
#: is at most 1.4 times as quick as its median, measured over a second of 15 frames nearly 2 times. 2.5 leaves
#: all of 6000 swings alone, 2.2 not quite. Of the real swaps 2 and 2.5 repair the same.
JUMP: Final = 2.5
#: The pace is the median over so long, s: half a swing or more, and much longer than a swap.
PACE_S: Final = 1.0


def _pairs(joints: tuple[str, ...]) -> tuple[list[int], list[int]]:
    """Indices of the left and right points of some joints."""
    return [LEFT[j] for j in joints], [RIGHT[j] for j in joints]


@dataclass(slots=True)
class _Chain:
    """Where a pair of limbs was last, how it moves, and whether its labels were trustworthy of late."""

    left: list[int]
    right: list[int]
    place: Floats | None = None  # (2, n, 2) px: left and right
    t: float = 0.0  # when it was there, s
    trust_s: float = 0.0
    seen: Floats | None = None  # as `place`, but MediaPipe's own labels in the last frame, clear or not
    seen_t: float = 0.0
    speeds: deque[tuple[float, float]] = field(default_factory=deque)  # s, trunk lengths per second

    def judge(self, t: float, image: Floats, trunk: float) -> bool:
        """Whether left and right changed places in this frame; learns from it.

        Args:
            t: Seconds.
            image: ``(33, 4)`` px and visibility.
            trunk: Its length, px.
        """
        both = np.stack([image[self.left], image[self.right]])
        seen = both[..., :2]
        if not (np.isfinite(seen).all() and both[..., 3].mean(axis=1).min() >= VISIBLE):
            return False
        if self.place is None or self.seen is None or t - self.t > GAP_S:
            self._restart(t, seen)
            return False
        dt = t - self.t
        keep, swap = _distances(self.place, seen, trunk)
        speed, pace = self._speeds(t, min(_distances(self.seen, seen, trunk)))
        self.seen, self.seen_t = seen, t
        apart = _apart(seen)
        told = swap**2 < RATIO * keep**2 and min(apart, _apart(self.place)) > APART * trunk
        swapped = told and keep > JUMP * pace * dt
        steady = speed < STEADY and (told or keep**2 < RATIO * swap**2)
        if min(keep, swap) > UNCLEAR and not steady:
            if dt > UNCLEAR_S:
                self._restart(t, seen)
            return swapped and dt <= min(UNCLEAR_S, self.trust_s)
        if apart < APART * trunk:  # crossing: whoever comes out of it, MediaPipe soon decides
            self.trust_s = min(self.trust_s, CROSSED_S)
        elif max(keep, swap) > UNCLEAR:
            self.trust_s = min(self.trust_s + (-dt if swapped else dt), TRUST_S)
        if self.trust_s < 0:
            self._restart(t, seen)
            return False
        self.place, self.t = seen[::-1] if swapped else seen, t
        return swapped

    def exchange(self) -> None:
        """Follows the whole body's exchange: what was expected left is now expected right."""
        if self.place is not None:
            self.place = self.place[::-1]

    def _speeds(self, t: float, step: float) -> tuple[float, float]:
        """How fast the pair moves now, and usually: trunk lengths per second, whatever the labels say."""
        speed = step / (t - self.seen_t)
        self.speeds.append((t, speed))
        while self.speeds[0][0] < t - PACE_S:
            self.speeds.popleft()
        return speed, sorted(recent for _, recent in self.speeds)[len(self.speeds) // 2]

    def _restart(self, t: float, seen: Floats) -> None:
        self.place, self.t, self.trust_s = seen, t, 0.0
        self.seen, self.seen_t = seen, t


class IdentityRepair:
    """Repairs a stream of poses of one person; causal, without delay.

    Labels are MediaPipe's own wherever left and right can't be told apart, after gaps, and after it
    has insisted on them for `TRUST_S`.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forgets everything: for another person or another source."""
        self._chains = {
            name: _Chain(*_pairs(joints))
            for name, joints in (("leg", _LEG), ("arm", _ARM), ("trunk", _TRUNK), ("face", _FACE))
        }
        #: For each chain, whether it was exchanged in the last frame.
        self.swapped = dict.fromkeys(self._chains, False)

    def __call__(self, t: float, image: Floats, world: Floats) -> tuple[Floats, Floats]:
        """Repairs one pose.

        Args:
            t: Seconds, rising.
            image: ``(33, 4)`` px and visibility, NaN = missing.
            world: ``(33, 3)`` metres.

        Returns:
            Both, repaired: copies where something was exchanged, else the arrays given.
        """
        self.swapped = dict.fromkeys(self._chains, False)
        points = np.asarray(image, float)
        body = self._chains["trunk"]
        trunk = float(np.hypot(*((points[body.left, :2] + points[body.right, :2]).T @ (0.5, -0.5))))
        if not trunk > 1:  # nobody, or seen exactly along the body: nothing to measure by
            return image, world
        order = np.arange(COUNT)
        if self._whole_body(t, points, trunk):
            order = order[list(MIRROR)]
        turned = order.copy()
        for name in ("leg", "arm"):
            chain = self._chains[name]
            self.swapped[name] = chain.judge(t, points[turned], trunk)
            if self.swapped[name]:
                pair = chain.left + chain.right
                order[pair] = turned[chain.right + chain.left]
        if (order == np.arange(COUNT)).all():
            return image, world
        return _exchanged(image, turned, order), _exchanged(world, turned, order)

    def _whole_body(self, t: float, points: Floats, trunk: float) -> bool:
        """Whether front and back were confused: shoulders, hips and face all changed places."""
        # Judged on their own, both learn; only together they count.
        body, face = self._chains["trunk"], self._chains["face"]
        both = body.judge(t, points, trunk), face.judge(t, points, trunk)
        self.swapped["trunk"] = self.swapped["face"] = all(both)
        if any(both) and not all(both):
            for chain, said in zip((body, face), both, strict=True):
                if said:  # overruled: what it learned goes back to MediaPipe's labels
                    chain.exchange()
        return all(both)


def repair(t: Floats, image: Floats, world: Floats) -> tuple[Floats, Floats]:
    """Repairs a whole recording with one `IdentityRepair`.

    Args:
        t: ``(T,)`` seconds.
        image: ``(T, 33, 4)`` px.
        world: ``(T, 33, 3)`` metres.

    Returns:
        New arrays of the same shapes.
    """
    one = IdentityRepair()
    poses = [one(float(t[i]), image[i], world[i]) for i in range(len(t))]
    if not poses:
        return image.copy(), world.copy()
    return np.stack([pose[0] for pose in poses]), np.stack([pose[1] for pose in poses])


def _apart(places: Floats) -> float:
    """Root mean square distance of left from right; places ``(2, n, 2)`` px."""
    return _length(places[0] - places[1])


def _length(offsets: Floats) -> float:
    """Root mean square length of offsets ``(..., 2)``."""
    flat = offsets.ravel()
    return math.sqrt(flat @ flat * 2 / flat.size)


def _distances(old: Floats, new: Floats, trunk: float) -> tuple[float, float]:
    """Root mean square distance as labelled, and with left and right exchanged, trunk lengths."""
    return _length(new - old) / trunk, _length(new[::-1] - old) / trunk


def _exchanged(points: Floats, depth: np.ndarray, order: np.ndarray) -> Floats:
    """Points taken in `order`, but with z from `depth`: z stays with the label in a limb's exchange."""
    new: Floats = points[order]
    new[:, 2] = points[depth, 2]
    return new
