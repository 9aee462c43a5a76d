"""Scripts of what somebody does, and the truth of what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

#: Below this share of the full movement a rep is a partial one and not counted (domain: 0.5).
PARTIAL: Final = 0.5
#: The side of a set whose reps are done by the left side and the right one in turns.
ALTERNATING: Final = "alternating"


@dataclass(frozen=True)
class RepPlan:
    """One rep as it shall be done.

    Attributes:
        amplitude: Share of the full movement; below `PARTIAL` it is a partial rep.
        lift_s: Seconds of the whole lift. In a squat, of standing up again.
        hold_s: Seconds at the turn.
        lower_s: Seconds of the whole lowering. In a squat, of sitting down, which comes first.
        rest_s: Seconds of rest after it.
        faults: Sizes at the turn by the fault's id, in the unit of its `FaultInfo`.
        swung: The lift is thrown, with overshoot and a swing of the body.
        dropped: The lowering is a fall.
    """

    amplitude: float = 1.0
    lift_s: float = 1.2
    hold_s: float = 0.4
    lower_s: float = 1.3
    rest_s: float = 0.5
    faults: Mapping[str, float] = field(default_factory=dict)
    swung: bool = False
    dropped: bool = False


@dataclass(frozen=True)
class Segment:
    """A stretch of a script.

    Attributes:
        kind: "set", "idle", or what `samples.studio.life` knows: "enter", "leave", "fidget" ...
        seconds: How long; 0 as long as it takes. A set takes as long as its reps.
        reps: Of a set.
    """

    kind: str
    seconds: float = 0.0
    reps: tuple[RepPlan, ...] = ()


@dataclass(frozen=True)
class Script:
    """What somebody does.

    Attributes:
        exercise: formcheck's id; None for a scene of life.
        side: The working side, "left" or "right"; "both" for a squat; "alternating" for one after the other,
            the left one first.
        segments: In this order. A scene of life has one, whose kind is the scene's name.
        seed: For the person's way of doing it and all that is never twice the same.
        style: The exercise's `Style`; None draws one from the seed.
    """

    exercise: str | None
    side: str = "left"
    segments: tuple[Segment, ...] = ()
    seed: int = 0
    style: Any = None


@dataclass(frozen=True)
class Act:
    """One exercise of a film that strings several together; see `samples.studio.string`.

    Attributes:
        exercise: formcheck's id.
        side: The working side, as in `Script`.
        segments: As in `Script`. The first act may begin with "enter", the last one end with "leave".
        azimuth_deg: From where the film's one camera sees it: the person turns for that.
        rest: What is done standing after it, before the next act: "drink", "phone" ...
        seed: As in `Script`.
    """

    exercise: str
    side: str = "left"
    segments: tuple[Segment, ...] = ()
    azimuth_deg: float = 0.0
    rest: tuple[Segment, ...] = ()
    seed: int = 0


@dataclass(frozen=True)
class RepTruth:
    """One rep as it was done.

    Attributes:
        start_s: First moment of movement.
        turn_s: Middle of the hold.
        end_s: Last moment of movement.
        counted: False for a partial rep.
        amplitude: Share of the full movement, by the angle.
        angle_start: The exercise's angle at rest, degrees.
        angle_turn: The same at the turn.
        faults: By id: ``value``, ``unit``, ``grade`` ("sub", "mild", "severe"); momentum and dropped return
            have ``peak_per_s`` too, the peak speed in heights of the rep per second.
        side: That worked, where it changes from rep to rep.
    """

    start_s: float
    turn_s: float
    end_s: float
    counted: bool
    amplitude: float
    angle_start: float
    angle_turn: float
    faults: dict[str, dict[str, Any]]
    side: str = ""
