"""The exercises of the studio: the pose of a person at every depth of the movement, clean or with faults.

One module per exercise, written for the *left* working side and mirrored by the caller. Each has

- ``POSTURE``: standing, side_lying, quadruped or supine;
- ``ANGLE``: the name of the angle that ``angle(body, posed)`` measures, degrees;
- ``FAULTS``: a `FaultInfo` for each fault of alignment;
- ``Style``: the person's way of doing it, ``Style.draw(rng)`` for a random person; clean with every draw;
- ``LEAST``: the smallest amplitude at which a rep without commanded faults is still clean;
- ``pose(body, depth, faults, style, sway)``: depth 0 is the start, 1 the full movement;
- ``measure(body, start, posed, style)``: how large every fault is in a pose, measured on the skeleton;
- ``limits(body, style)``: `FAULTS`, where the person's way decides over the limits.

Depth, sizes of faults and sway may be numbers or ``(T,)`` arrays. A fault grows with the depth and has its
commanded size from `FULL` on.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol

import numpy as np

from formcheck.errors import UsageError
from samples.studio.body import Body
from samples.studio.motion.faults import FULL, STILL, FaultInfo, Sway, grown
from samples.studio.rotation import Floats
from samples.studio.skeleton import Pose, Posed

__all__ = ["EXERCISES", "FULL", "STILL", "FaultInfo", "Motion", "Sway", "find", "grown"]

#: Modules of this package that several exercises share.
SHARED = ("contact", "faults", "side_lying")
EXERCISES = tuple(
    module.name for module in iter_modules(__path__) if module.name not in SHARED and module.name[0] != "_"
)


class Motion(Protocol):
    """What a module of this package offers."""

    POSTURE: str
    ANGLE: str
    FAULTS: dict[str, FaultInfo]
    LEAST: float
    Style: Any

    def pose(
        self, body: Body, depth: Any, faults: Mapping[str, Any], style: Any, sway: Sway = STILL
    ) -> Pose: ...
    def angle(self, body: Body, posed: Posed) -> Floats: ...
    def measure(self, body: Body, start: Posed, posed: Posed, style: Any) -> dict[str, Floats]: ...
    def limits(self, body: Body, style: Any) -> dict[str, FaultInfo]: ...


def find(exercise: str) -> Motion:
    """The module of an exercise, by formcheck's id.

    Raises:
        UsageError: The studio cannot perform it.
    """
    if exercise not in EXERCISES:
        raise UsageError(f"the studio knows no exercise {exercise!r}", hint=f"one of {', '.join(EXERCISES)}")
    module: Any = import_module(f"samples.studio.motion.{exercise}")
    return module


def styled(motion: Motion, seed: int) -> Any:
    """A random person's way of doing an exercise."""
    return motion.Style.draw(np.random.default_rng(seed))
