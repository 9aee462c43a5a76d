"""What a session tells the machinery: few kinds of frozen values, and the `Screen` to draw now.

Nothing here speaks, draws or writes. Times are seconds of the session's clock, which is that of the frames.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from formcheck.engine.limbs import Bone
from formcheck.spec import Posture
from formcheck.types import Floats, Meter, Rep, Severity

Kind = Literal["count", "cue", "praise", "guide", "rest", "summary", "safety"]
State = Literal["frame", "ready", "count_in", "set", "rest", "paused", "done", "pain", "waiting"]
GestureName = Literal["both_up", "one_up", "crossed"]


@dataclass(frozen=True, slots=True)
class Say:
    """Words for the voice. A newer one goes before an older one; a stale one is dropped.

    Attributes:
        kind: What it is: "safety" interrupts everything; "count" interrupts anything but safety.
        expires_s: Session time after which it must not begin any more.
    """

    text: str
    kind: Kind
    t: float
    expires_s: float


@dataclass(frozen=True, slots=True)
class Hush:
    """Stop speaking at once and forget what waits: paused, or pain."""

    t: float


@dataclass(frozen=True, slots=True)
class Tone:
    """A short sound.

    Attributes:
        kind: "tick" of the metronome and the count-in, "count" of a rep, "end" of a set or of a rest,
            "gesture" when one was understood.
    """

    kind: Literal["tick", "count", "end", "gesture"]
    t: float


@dataclass(frozen=True, slots=True)
class Saved:
    """The session's record changed: save `Session.state_dict()` now.

    Attributes:
        reps: The reps that were judged just now; empty when something else changed (a set ended, an undo).
    """

    t: float
    reps: tuple[Rep, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """The session went into another state. For the log.

    Attributes:
        why: One word or a few: "in position", "target reached", "standing up", "gesture", "key", ...
    """

    t: float
    state: State
    why: str = ""


@dataclass(frozen=True, slots=True)
class Gestured:
    """A gesture was held long enough and was acted on. For the log."""

    t: float
    name: GestureName


@dataclass(frozen=True, slots=True)
class SetDone:
    """A set ended.

    Attributes:
        reps: Counted ones, in order.
        cue: What to change next time; empty for nothing.
        score: 0..100; None when too much was unseen.
    """

    t: float
    exercise: str
    set: int
    side: str
    count: int
    why: str
    reps: tuple[Rep, ...]
    cue: str
    score: int | None


@dataclass(frozen=True, slots=True)
class Quit:
    """The user wants to leave: close the window, end the program."""

    t: float


Event = Say | Hush | Tone | Saved | Moved | Gestured | SetDone | Quit


@dataclass(frozen=True, slots=True)
class Gesture:
    """A gesture that is being held: feedback while it fills.

    Attributes:
        label: What it will do, for people: "Start", "Pause", "Next", "Stop", "Pain".
        progress: 0..1; acted on at 1.
    """

    name: GestureName
    label: str
    progress: float


@dataclass(frozen=True, slots=True)
class CameraHint:
    """A small picture from above and one from the side: where the camera is wanted and where it is.

    Angles are those of `formcheck.features.view` for the posture; NaN = not known.

    Attributes:
        wanted: Windows of azimuth, degrees; empty = any.
        wanted_elevation: Lowest and highest, degrees.
        signed: Whether plus and minus of the azimuth differ (only lying on the side).
    """

    posture: Posture
    wanted: tuple[tuple[float, float], ...]
    wanted_elevation: tuple[float, float]
    azimuth_deg: float
    elevation_deg: float
    signed: bool = False


def _no_points() -> Floats:
    return np.full((33, 2), np.nan)


def _no_sight() -> Floats:
    return np.zeros(33)


@dataclass(frozen=True, slots=True, eq=False)
class Screen:
    """All that is to be drawn over the newest picture.

    Attributes:
        title: The exercise; empty while none is known.
        headline: At most four words, huge.
        detail: One line below it.
        plan: Where in the plan: "Set 2 of 3 · left".
        count: Counted reps of this set.
        target: Reps that the plan wants in this set; None for open end.
        reps: One severity for each counted rep of this set.
        meter: Range of motion now; None where it is not known.
        cue: Shown now; empty for none. With `cue_severity` OK it is a praise.
        limbs: Bones to tint, ``((a, b), severity)``, landmark indices.
        gesture: The one that is being held.
        countdown_s: Seconds left of the count-in or the rest; NaN = none.
        countdown_of_s: What it began with; NaN = none.
        camera_hint: Where to put the camera, while that is wrong.
        notes: Small lines: what cannot be judged from here, muted, ...
        help: Whether to show keys and gestures.
        points: ``(33, 2)`` px of the followed person, steadied for drawing; NaN = missing.
        visibility: ``(33,)`` 0..1.
        next_up: In a rest, what comes: "Clamshell · right".
        flash: True for 0.3 s after a count: the number may light up.
    """

    state: State
    title: str = ""
    headline: str = ""
    detail: str = ""
    plan: str = ""
    count: int = 0
    target: int | None = None
    reps: tuple[Severity, ...] = ()
    meter: Meter | None = None
    cue: str = ""
    cue_severity: Severity | None = None
    limbs: tuple[tuple[Bone, Severity], ...] = ()
    gesture: Gesture | None = None
    countdown_s: float = float("nan")
    countdown_of_s: float = float("nan")
    camera_hint: CameraHint | None = None
    notes: tuple[str, ...] = ()
    help: bool = False
    points: Floats = field(default_factory=_no_points)
    visibility: Floats = field(default_factory=_no_sight)
    next_up: str = ""
    flash: bool = False
