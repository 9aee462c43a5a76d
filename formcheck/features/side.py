"""Which side works."""

from __future__ import annotations

import numpy as np

from formcheck.features.body import Window, axes
from formcheck.geometry import Bools, Floats, dot, nanmedian
from formcheck.landmarks import LEFT, RIGHT
from formcheck.spec import SideRule

#: Difference in height of the two ankles, m, that tells the planted foot for certain.
PLANTED_M = 0.15


def evidence(rule: SideRule, world: Floats) -> float:
    """How much one frame speaks for the left (positive) or the right side (negative), −1..1.

    Args:
        world: ``(33, 3)`` metres.
    """
    frame = axes(world)
    if rule == "upper":
        value = -frame[1, 1]  # the left axis' share of the picture's up
    elif rule == "planted":
        # Supine, the front axis points up: the planted ankle is the lower one along it.
        value = float(dot(world[RIGHT["ankle"]] - world[LEFT["ankle"]], frame[2])) / PLANTED_M
    else:
        return 0.0
    return float(np.clip(value, -1.0, 1.0)) if np.isfinite(value) else 0.0


def moving(window: Window, rest: Bools, top: Bools) -> str:
    """The side whose knee travels further between rest and top, seen from its own hip.

    Args:
        rest: ``(T,)`` bool.
        top: ``(T,)`` bool.
    """
    way = {}
    for side, table in (("left", LEFT), ("right", RIGHT)):
        thigh = window.world[:, table["knee"]] - window.world[:, table["hip"]]
        way[side] = float(np.linalg.norm(nanmedian(thigh[top]) - nanmedian(thigh[rest])))
    return max(way, key=lambda side: np.nan_to_num(way[side], nan=-1.0))
