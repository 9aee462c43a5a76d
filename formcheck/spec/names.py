"""Names that a definition uses: of joints, directions, phases, sides."""

from __future__ import annotations

from typing import Literal

from formcheck.landmarks import INDEX, PAIRED

Space = Literal["world", "image"]
Posture = Literal["standing", "side_lying", "quadruped", "supine", "seated", "hinged"]
Direction = Literal["back", "back_level", "belly", "belly_level", "up", "head", "feet", "out"]
#: "top" is the last fifth of the range, "turn" the last twentieth, "move" everything between two rests.
Phase = Literal["rest", "lift", "top", "turn", "return", "move"]
#: How the working side is found. "upper": of a body on its side, the upper one. "moving": the leg that
#: travels. "planted": the foot that stays on the floor. "alternating": the leg that travels or, standing, is
#: ahead, another one each time if the person likes. "both": no side.
SideRule = Literal["upper", "moving", "planted", "alternating", "both"]


class SpecError(ValueError):
    """A definition that contradicts itself; raised while the exercise's file is imported."""


def check_joint(name: str) -> None:
    """Raises `SpecError` where no joint is called so."""
    bare = name.removeprefix("other_")
    if bare in PAIRED or (bare[:-1] in PAIRED and bare.endswith("s")) or bare in INDEX or bare == "feet":
        return
    known = ", ".join(PAIRED)
    raise SpecError(f"no joint is called {name!r} (joints: {known}; plural for the midpoint; other_… )")
