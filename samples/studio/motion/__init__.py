"""The exercises of the studio: the pose of a person at every depth of the movement, clean or with faults.

One module per exercise, written for the *left* working side and mirrored by the caller. Each has

- ``POSTURE``: standing, side_lying, quadruped or supine;
- ``ANGLE``: the name of the angle that ``angle(body, posed)`` measures, degrees;
- ``FAULTS``: a `FaultInfo` for each fault of alignment;
- ``Style``: the person's way of doing it, ``Style.draw(rng)`` for a random person; clean with every draw;
- ``LEAST``: the smallest amplitude at which a rep without commanded faults is still clean;
- ``pose(body, depth, faults, style, sway)``: depth 0 is the start, 1 the full movement;
- ``measure(body, start, posed, style)``: how large every fault is in a pose, measured on the skeleton.

and may have ``WORKING``, ``LOWERS_FIRST``, ``FURNITURE``, ``AT`` and ``limits(body, style)``, see `sides`,
`lowers_first`, `furniture`, `passed`, `limits`; ``AXES``, other than its posture's (`exercising`); ``SETUP``,
the faults of how somebody has got ready, which are drawn with the style and there in every rep; ``FLOWS``,
where reps go from side to side without a stop, so that nothing is thrown, dropped or bounced. With
``ALTERNATES = True`` every second rep is done by the other side, from the same start pose. What walks on with
every rep has ``stride(body, style)`` and ``back(...)``, see `step` and `returning`.

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


def lowers_first(move: Motion) -> bool:
    """Whether the way down comes first, as in a squat: `LOWERS_FIRST`, or all that is done standing."""
    return bool(getattr(move, "LOWERS_FIRST", move.POSTURE == "standing"))


def sides(move: Motion) -> tuple[str, ...]:
    """The working sides: `WORKING`, or one after the other, or both at once of all that is done standing."""
    usual = ("both",) if move.POSTURE == "standing" else ("left", "right")
    return tuple(getattr(move, "WORKING", ("alternating",) if getattr(move, "ALTERNATES", False) else usual))


def step(move: Motion, body: Body, style: Any) -> Floats:
    """``(3,)`` how far a rep brings the person, along z: `stride`, m; nowhere unless the exercise travels."""
    stride = move.stride(body, style) if hasattr(move, "stride") else 0.0
    return np.array([0.0, 0.0, stride])


def returning(move: Motion) -> Any:
    """The pose on the way back, as `Motion.pose`: `back`, which ends a step farther; the same without one."""
    return getattr(move, "back", move.pose)


def furniture(move: Motion, body: Body, style: Any) -> tuple[Any, ...]:
    """What it is done on, as `samples.studio.room.Block`: `FURNITURE`, or what it makes of body and style."""
    boxes = getattr(move, "FURNITURE", ())
    return tuple(boxes(body, style) if callable(boxes) else boxes)


def passed(move: Motion) -> dict[str, float]:
    """The depths at which faults have their size that belong to the way and not to the turn: `AT`."""
    return dict(getattr(move, "AT", {}))


def limits(move: Motion, body: Body, style: Any) -> dict[str, FaultInfo]:
    """The faults' limits: `FAULTS`, or what ``limits(body, style)`` makes of them for a person's way."""
    own: dict[str, FaultInfo] = move.limits(body, style) if hasattr(move, "limits") else move.FAULTS
    return own


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
