"""Which bones a fault concerns: what to tint."""

from __future__ import annotations

from formcheck.engine.control import Control
from formcheck.landmarks import INDEX, index, other
from formcheck.spec import Fault
from formcheck.types import Side

#: Two landmark indices.
Bone = tuple[int, int]

#: Bones of the working leg: what is tinted for faults of control.
LEG = (("hip", "knee"), ("knee", "ankle"))


def bones(fault: Fault | Control, side: Side) -> tuple[Bone, ...]:
    """The bones of a fault on the side that works, as landmark indices."""
    pairs = fault.limb if isinstance(fault, Fault) else LEG
    sides = ["left", "right"] if side is Side.BOTH else [side.value]
    found = ((_joint(a, s), _joint(b, s)) for s in sides for a, b in pairs)
    return tuple((a, b) for a, b in found if a is not None and b is not None)


def _joint(name: str, side: str) -> int | None:
    """A joint in the exercise's words; None for midpoints, which are not drawn."""
    if name in INDEX:
        return INDEX[name]
    where = other(side) if name.startswith("other_") else side
    try:
        return index(name.removeprefix("other_"), where)
    except KeyError:
        return None
