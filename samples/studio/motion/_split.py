"""A step forwards or backwards: the front leg bends, the rear knee sinks towards the floor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.body import Body
from samples.studio.motion._lunge import (
    OVER,
    STEP,
    STEP_LATE,
    Foot,
    Style,
    bent,
    depth_of,
    leaning,
    leg_length,
    sideways,
    standing,
    sunk,
    swing,
    toward,
    under_reach,
)
from samples.studio.motion._lunge_pose import stand
from samples.studio.motion.contact import ankle_height
from samples.studio.motion.faults import Sway
from samples.studio.rotation import Floats, X, Y, Z
from samples.studio.skeleton import Pose
from samples.studio.timing import smooth

#: In turns, or one side for a whole set.
ALTERNATES: Final = True
WORKING: Final = ("alternating", "left", "alternating", "right")


def stride(body: Body, style: Style) -> float:
    """How far apart the ankles are with both feet flat, m."""
    return style.stride * leg_length(body)


def hips_at_bottom(body: Body, style: Style, faults: Mapping[str, Any], far: float) -> tuple[Floats, Floats]:
    """How far the hips' middle is behind the front ankle, and how high over the floor, m.

    Args:
        body: Who.
        style: The person's way.
        faults: Commanded sizes.
        far: Of the rear ankle behind the front one. With a knee that hardly bends the hips stay in the
            middle, or the rear leg would not reach.
    """
    thigh, shin = body.length("thigh_l"), body.length("calf_l")
    knee = bent(style, faults)
    tilt, turn = np.radians(style.shin), np.radians(style.shin + style.knee)
    usual = thigh * np.sin(turn) - shin * np.sin(tilt)
    behind = usual + (0.46 * far - usual) * np.clip((knee - 95) / 40, 0, 1)
    leg = np.sqrt(thigh**2 + shin**2 - 2 * thigh * shin * np.cos(np.radians(knee)))
    aside = sideways(body) * (style.width - 1)
    return behind, ankle_height(body) + np.sqrt(np.maximum(leg**2 - behind**2 - aside**2, 0.01))


def step(
    body: Body,
    depth: ArrayLike,
    faults: Mapping[str, Any],
    style: Style,
    sway: Sway,
    *,
    front: str,
    steps: str,
) -> Pose:
    """The pose of a lunge at a depth.

    Args:
        body: Who.
        depth: 0..1.
        faults: Commanded sizes.
        style: The person's way.
        sway: Of the living body.
        front: The side of the front leg.
        steps: The side that steps; the other foot stays where it is, at z = 0.
    """
    share = np.asarray(depth, np.float64)
    share = depth_of(share, faults)
    rear = "r" if front == "l" else "l"
    far = stride(body, style)
    way, height = swing(style, share, STEP if steps == front else STEP_LATE)
    ahead = 0.0 if steps == rear else far  # where the front ankle comes to stand
    feet = {}
    heel_m = float(np.linalg.norm(body.offset(f"foot_{rear}", f"ball_{rear}")))
    for side in (front, rear):
        out = 1 if side == "l" else -1
        to = 0.0 if side != steps else (far if side == front else -far)
        ankle = (
            np.multiply.outer(to * way, Z)
            + np.multiply.outer(height if side == steps else 0 * height, Y)
            + out * style.width * sideways(body) * X
            + ankle_height(body) * Y
        )
        heel = style.heel * heel_m * smooth(share / 0.95) if side == rear else 0.5 * height * (side == steps)
        feet[side] = Foot(ankle, heel, out * style.toes * (1.0 if side == front else 0.4))
    behind, high = hips_at_bottom(body, style, faults, far)
    hips = np.multiply.outer(toward(share) * (ahead - behind), Z)
    over = (1 if steps == "r" else -1) * OVER * np.sin(np.pi * np.clip(way, 0, 1)) ** 2
    hips = hips + np.multiply.outer(over, X) + np.asarray(sway.shift) * (1, 0, 1)
    start = standing(body, style)
    high = under_reach(body, share, sunk(body, start, high, share), hips, feet)
    hips = hips + np.multiply.outer(high, Y)
    lean = leaning(share, faults, style.lean)
    return stand(body, style, share, faults, sway, hips, feet, front, lean)
