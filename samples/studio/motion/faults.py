"""What the exercises share: sizes and limits of faults, and the sway of a living body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from samples.studio.rotation import Floats, about_x, about_y, about_z
from samples.studio.timing import smooth

#: Depth from which a fault has its commanded size: below the amplitude of every counted rep.
FULL: Final = 0.85


@dataclass(frozen=True)
class FaultInfo:
    """A fault's limits.

    Attributes:
        unit: "deg", "cm" or "s".
        mild: Its size where it begins to be one.
        severe: Its size where it is severe.
        joints: MediaPipe's landmarks that move in the picture, for the working side "left".
        less: A smaller value is worse (times).
    """

    unit: str
    mild: float
    severe: float
    joints: tuple[str, ...]
    less: bool = False

    def grade(self, value: float) -> str:
        """The grade of a size: "sub" (below mild), "mild" or "severe"."""
        sign = -1 if self.less else 1
        if sign * value >= sign * self.severe:
            return "severe"
        return "mild" if sign * value >= sign * self.mild else "sub"

    def share(self, value: float) -> float:
        """A size as a share of the mild limit; 1 is mild."""
        return self.mild / max(value, 1e-9) if self.less else value / self.mild


@dataclass(frozen=True)
class Sway:
    """Small movements of a living body, numbers or ``(T,)``; degrees unless said otherwise.

    Attributes:
        flexion: Trunk forwards.
        lateral: Trunk to the right.
        twist: Trunk to the left.
        nod: Head forwards.
        look: Head to the left.
        breath: Chest back and up, with every breath.
        limb: The free limb.
        rock: The whole body, in the sense that helps a swung lift.
        shift: ``(..., 3)`` the pelvis in the world, m.
    """

    flexion: ArrayLike = 0.0
    lateral: ArrayLike = 0.0
    twist: ArrayLike = 0.0
    nod: ArrayLike = 0.0
    look: ArrayLike = 0.0
    breath: ArrayLike = 0.0
    limb: ArrayLike = 0.0
    rock: ArrayLike = 0.0
    shift: ArrayLike = (0.0, 0.0, 0.0)

    def mirrored(self, where: ArrayLike, normal: ArrayLike) -> Sway:
        """The sway that looks the same once the instants `where` ``(T,)`` are mirrored.

        Args:
            where: Which instants.
            normal: ``(3,)`` the way out of the mirror.
        """
        sign = np.where(where, -1.0, 1.0)
        shift = np.asarray(self.shift, np.float64) * np.where(
            np.asarray(where)[..., None], 1.0 - 2.0 * np.asarray(normal, np.float64), 1.0
        )
        return replace(
            self, lateral=sign * self.lateral, twist=sign * self.twist, look=sign * self.look, shift=shift
        )

    def trunk(self) -> Floats:
        """The pelvis' part: a third of the trunk's sway, as a rotation ``(..., 3, 3)``."""
        third = [np.asarray(a, np.float64) / 3 for a in (self.flexion, self.lateral, self.twist)]
        return about_x(third[0]) @ about_z(third[1]) @ about_y(third[2])


STILL: Final = Sway()


def grown(depth: ArrayLike, faults: Mapping[str, Any], name: str, usual: ArrayLike = 0.0) -> Floats:
    """A fault's size at a depth.

    Args:
        depth: 0..1.
        faults: Commanded sizes.
        name: Which fault.
        usual: The size that the person's clean reps have anyway, as nobody moves like a machine.
    """
    return np.maximum(np.asarray(faults.get(name, 0.0), np.float64), usual) * growth(depth)


def raised(base: ArrayLike, depth: ArrayLike, faults: Mapping[str, Any], name: str) -> Floats:
    """An angle that grows from its usual size to the commanded one, if that is larger."""
    size = np.asarray(faults.get(name, 0.0), np.float64)
    usual = np.asarray(base, np.float64)
    return usual + np.maximum(size - usual, 0) * growth(depth)


def growth(depth: ArrayLike) -> Floats:
    """How far faults have grown at a depth, 0..1."""
    return smooth(np.asarray(depth, np.float64) / FULL)


def settled(depth: ArrayLike) -> Floats:
    """The depth, drawn to 1 near the top: for faults of range, which a smaller amplitude would change."""
    share = np.asarray(depth, np.float64)
    return share + (1 - share) * smooth((share - 0.7) / 0.25)
