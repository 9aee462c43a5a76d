"""The values that travel between the rooms: frozen, without behaviour that needs a library.

Conventions, everywhere: time is seconds from the source's first frame; image points are pixels of the
upright, unmirrored picture with y down; missing is NaN; left and right are the person's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Pixels = NDArray[np.uint8]


class Severity(StrEnum):
    """What a verdict can be. Unknown always comes with its reason and never with a penalty."""

    OK = "ok"
    MILD = "mild"
    SEVERE = "severe"
    UNKNOWN = "unknown"


class Side(StrEnum):
    """The working side; BOTH for movements that work both at once."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture.

    Attributes:
        t: Seconds from the first frame.
        image: ``(H, W, 3)`` RGB, upright (container rotation applied), never mirrored.
    """

    t: float
    image: Pixels


@dataclass(frozen=True, slots=True)
class Recording:
    """Landmarks of a whole source: also the content of a ``formcheck.landmarks/1`` file.

    Attributes:
        t: ``(T,)`` seconds, strictly rising.
        image: ``(T, 33, 4)`` x px, y px, z px (towards the camera negative), visibility 0..1; NaN = missing.
        world: ``(T, 33, 3)`` metres, camera-aligned, origin between the hips, y down; NaN = missing.
        size: Width and height of the upright picture, px.
    """

    t: Floats
    image: Floats
    world: Floats
    size: tuple[int, int]

    def __len__(self) -> int:
        return len(self.t)


@dataclass(frozen=True, slots=True)
class View:
    """From where the camera looks at the body.

    Attributes:
        kind: A word for people: "front", "side", "feet diagonal", ...; "unknown" where unsure.
        azimuth_deg: Around the body; what 0 is depends on the posture, see docs/time-and-coordinates.md.
        elevation_deg: Of the camera above the horizontal plane through the body, up positive.
        confidence: 0..1.
        advice: Where to put the camera for more, empty when this is the best place.
    """

    kind: str
    azimuth_deg: float
    elevation_deg: float
    confidence: float
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds of a rep's three parts; concentric is the lift, whichever half it is. NaN = not seen."""

    concentric_s: float
    hold_s: float
    eccentric_s: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rep says about one fault.

    Attributes:
        value: In `unit`, positive towards the fault; NaN when it was not read. An unknown
            verdict may have one: too close to call, or too small for what the landmarks show.
        limit: The mild limit that was used, after strictness and user's overrides.
        severe: The severe limit that went with it.
        reason: Why unknown; empty otherwise.
        at_s: When it was worst; NaN when unknown or about the rep as a whole.
        from_s: When the fault began to last, and
        until_s: when it was gone: for the drawing. NaN when there was none.
    """

    fault: str
    verdict: Severity
    value: float = float("nan")
    unit: str = ""
    limit: float = float("nan")
    reason: str = ""
    at_s: float = float("nan")
    from_s: float = float("nan")
    until_s: float = float("nan")
    severe: float = float("nan")


@dataclass(frozen=True, slots=True)
class Rep:
    """One repetition.

    Attributes:
        set: From 1.
        index: Number within the set from 1; 0 for a movement that was not counted.
        counted: False for a partial rep: seen, reported, not counted.
        range: Size of the movement in the exercise's unit, at the turn.
        score: 0..100; None when partial or when too much was unseen.
    """

    set: int
    index: int
    side: Side
    start_s: float
    turn_s: float
    end_s: float
    counted: bool
    range: float
    tempo: Tempo
    score: int | None
    verdicts: tuple[Verdict, ...]

    def worst(self) -> Severity:
        """The gravest verdict; unknown only when nothing could be judged."""
        seen = {v.verdict for v in self.verdicts}
        order = (Severity.SEVERE, Severity.MILD, Severity.OK)
        return next((s for s in order if s in seen), Severity.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Meter:
    """The range-of-motion meter.

    Attributes:
        value: Now, as a fraction of the meter's full length.
        target: Lower and upper end of the target zone, fractions.
        best: The furthest of this rep, a fraction.
        label: The number for people, such as "32°".
    """

    value: float
    target: tuple[float, float]
    best: float
    label: str


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that the overlay draws over one frame, and nothing that it would have to think about.

    Attributes:
        points: ``(33, 2)`` px, NaN = missing.
        visibility: ``(33,)`` 0..1.
        reps: One severity for each counted rep so far, in order.
        limbs: Bones to colour, as ``((a, b), severity)`` with landmark indices.
        cue: The banner's text, empty for none.
        notes: What can't be judged from here: short lines.
        goal: Number of reps planned, if any.
    """

    points: Floats
    visibility: Floats
    title: str
    subtitle: str = ""
    count: int = 0
    goal: int | None = None
    reps: tuple[Severity, ...] = ()
    meter: Meter | None = None
    limbs: tuple[tuple[tuple[int, int], Severity], ...] = ()
    cue: str = ""
    cue_severity: Severity = Severity.OK
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class FaultCount:
    """How often one fault showed in a session's counted reps.

    Attributes:
        unknown: Reps in which it could not be judged.
    """

    fault: str
    label: str
    ok: int
    mild: int
    severe: int
    unknown: int
    reason: str = ""

    @property
    def shown(self) -> int:
        """Reps that had it."""
        return self.mild + self.severe


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that is information and never a fault.

    Attributes:
        value: NaN where it is not known; then `reason` says why.
        note: What else to know of it.
    """

    id: str
    name: str
    value: float
    unit: str
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What an analysis found: the content of ``report.json``.

    Attributes:
        source: The file's name.
        duration_s: Length that the file states; NaN when it does not.
        analysed_s: How much of it was analysed: less after Ctrl-C.
        frames: Frames read.
        seen: Share of the frames in which the person was found.
        model: Name of the pose model; empty for a recording.
        exercise: Id; `SEVERAL` when there are `parts`, `UNRECOGNISED` when nothing of the catalogue was seen.
        given: Whether the user named the exercise.
        confidence: In the exercise, 0..1.
        runner_up: Id of the next likely exercise, empty for none.
        evidence: What spoke for the exercise: name, reading, share; strongest first.
        start_s: Where the exercise begins in the source, s.
        end_s: Where it ends.
        variant: Id of the exercise's variant, such as what is held; empty where it was not told.
        figures: What is told of an exercise that is not judged, such as walking.
        parts: One report for each exercise where there are several; counts and reps are in them.
        count: Counted reps.
        partial: Reps that were seen but too short to count.
        score: Of the session, None when too much was unseen.
        top_fault: Id of what matters most; empty when nothing does.
        cue: The one thing to change; empty when there is nothing.
        notes: What a person should know about source, view or result.
        files: What was written, by kind: "report", "reps", "video", "landmarks".
        cancelled: True after Ctrl-C.
    """

    source: str
    duration_s: float
    analysed_s: float
    frames: int
    seen: float
    size: tuple[int, int]
    model: str
    exercise: str
    name: str
    given: bool
    confidence: float
    strictness: str
    view: View
    count: int
    partial: int
    reps: tuple[Rep, ...]
    score: int | None
    top_fault: str
    cue: str
    per_fault: tuple[FaultCount, ...]
    notes: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    cancelled: bool = False
    runner_up: str = ""
    evidence: tuple[tuple[str, float, float], ...] = ()
    start_s: float = 0.0
    end_s: float = 0.0
    variant: str = ""
    figures: tuple[Figure, ...] = ()
    parts: tuple[Report, ...] = ()


#: In place of an exercise's id: several exercises in one source, or none that is known.
SEVERAL, UNRECOGNISED = "several", "unrecognised"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is.

    Attributes:
        stage: "pose" while landmarks are found, "video" while the annotated video is written.
        done_s: Seconds of the source done in this stage.
        total_s: Seconds in all; None where unknown.
        frames: Frames done in this stage.
    """

    stage: str
    done_s: float
    total_s: float | None
    frames: int
