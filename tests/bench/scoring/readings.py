"""One clip measured: one line for every fault of every commanded rep, and what was counted."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

import numpy as np

from formcheck.app.fold import repaired
from formcheck.app.parts import recognised
from formcheck.exercises import catalogue, find
from formcheck.geometry import Bools
from formcheck.recognise import stretches
from formcheck.recognise.segments import SURE
from formcheck.sources.recording import load
from formcheck.types import Recording, Severity, Verdict, View
from tests.bench.scoring.matching import Span, match, strangers, touches
from tests.bench.scoring.replay import Found, looks, play, postures
from tests.bench.scoring.truth import Clip, Movement, Role, Sight, Size
from tests.bench.scoring.views import azimuth_error

NAN = float("nan")
FLAGGED = (Severity.MILD, Severity.SEVERE)
#: Faults that are judged against earlier reps, and how many those are: before, unknown is the right answer.
EARLIER = {"short_rom": 2, "rebound": 1}
#: The exercise is asked for so long after the second rep, s: when its count is spoken.
RECOGNISE_S = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """One fault of one commanded rep: what was true and what was said.

    Attributes:
        rep: Number of the movement in the clip, from 1.
        early: The fault is judged against earlier reps, and there were too few.
        verdict: "lost" where the rep was not found at all.
        severe: The severe limit in the landmarks' units, as `limit` is the mild one.
    """

    exercise: str
    fault: str
    rep: int
    turn_s: float
    clean: bool
    early: bool
    commanded: Size
    role: Role
    sight: Sight
    verdict: str = "lost"
    value: float = NAN
    limit: float = NAN
    severe: float = NAN
    unit: str = ""
    reason: str = ""
    azimuth_deg: float = NAN
    elevation_deg: float = NAN

    @property
    def flagged(self) -> bool:
        """Whether the fault was called."""
        return self.verdict in FLAGGED

    @property
    def judged(self) -> bool:
        """Whether there was a verdict at all."""
        return self.verdict not in ("lost", Severity.UNKNOWN)


@dataclass(slots=True)
class Measured:
    """One clip.

    Attributes:
        sets: Reps commanded and found, for each set.
        live: The same with what a camera gives: no rep can be taken back.
        live_partials: As `partials`, with a camera.
        clean_sets: Cues in each set whose counted reps are all clean.
        partials: Partial movements commanded, and those of them that were counted.
        phantoms: Counted reps where there was no movement: exercise and time of the turn. Where nobody
            exercises, with the exercise that was recognised.
        named: The same where nobody exercises, had the person named each exercise in turn.
        after_two: What was recognised when the second rep was over, and from the whole clip; None for none.
        count_s: From the commanded end of each rep to its count, s; `verdict_s` to its verdict.
        azimuth_error_deg: Absolute, for each rep found; `elevation_error_deg` with its sign.
        detected: Share of the frames in which the person was found.
        posture: Share of the frames during the sets that were read in the right posture.
    """

    clip: Clip
    readings: list[Reading] = field(default_factory=list)
    sets: list[tuple[int, int]] = field(default_factory=list)
    live: list[tuple[int, int]] = field(default_factory=list)
    live_partials: tuple[int, int] = (0, 0)
    clean_sets: list[int] = field(default_factory=list)
    partials: tuple[int, int] = (0, 0)
    phantoms: list[tuple[str, float]] = field(default_factory=list)
    named: list[tuple[str, float]] = field(default_factory=list)
    after_two: str | None = None
    in_all: str | None = None
    count_s: list[float] = field(default_factory=list)
    verdict_s: list[float] = field(default_factory=list)
    azimuth_error_deg: list[float] = field(default_factory=list)
    elevation_error_deg: list[float] = field(default_factory=list)
    posture: float = NAN
    detected: float = NAN
    frames: int = 0
    seconds: float = 0.0
    engine_s: float = 0.0


def measure(clip: Clip, *, named: bool = False) -> Measured:
    """Replays a clip: as its exercise, or as what is recognised where it shows none.

    Args:
        clip: Which.
        named: Whether a clip without an exercise is played as every one of the catalogue, too: that takes
            seconds.
    """
    begin = time.process_time()
    recording = load(clip.recording)
    out = _exercise(clip, repaired(recording)) if clip.exercise else _none(clip, recording, named=named)
    out.frames, out.engine_s = len(recording), time.process_time() - begin
    out.detected = float(np.isfinite(recording.image[:, 0, 0]).mean())
    out.seconds = float(recording.t[-1] - recording.t[0])
    return out


def _none(clip: Clip, recording: Recording, *, named: bool) -> Measured:
    """Somebody who does no exercise: whatever is counted is made up."""
    steady = repaired(recording) if named else recording
    return Measured(
        clip,
        phantoms=[
            (part.rules.id, rep.turn_s)
            for part in recognised(recording).parts
            if not part.rules.informative
            for rep in part.folded.reps
            if rep.counted
        ],
        named=[
            (exercise.id, found.rep.turn_s)
            for exercise in (catalogue().values() if named else ())
            if not exercise.informative  # who walks about takes steps
            for found in play(steady, exercise)
            if found.rep.counted
        ],
    )


def _exercise(clip: Clip, recording: Recording) -> Measured:
    assert clip.exercise is not None
    exercise = find(clip.exercise)
    first, best = looks(recording, exercise)
    out, live = score(clip, best), score(clip, first)
    out.live, out.live_partials = live.sets, live.partials
    counted = [m for m in clip.movements if m.counted]
    if len(counted) > 1:
        first, second, last = counted[0].start_s, counted[1].end_s, counted[-1].end_s
        seen = recording.t <= second + RECOGNISE_S
        out.after_two = _recognised(recording, seen, (first, second))
        out.in_all = _recognised(recording, recording.t <= np.inf, (first, last))
    if clip.sets:
        seen = postures(recording, (clip.sets[0][0], clip.sets[-1][1]))
        out.posture = seen[exercise.posture] / max(1, seen.total())
    return out


def _recognised(recording: Recording, seen: Bools, during: Span) -> str | None:
    """The exercise that most of a span is taken for, from the frames that were seen."""
    t, image, world = recording.t[seen], recording.image[seen], recording.world[seen]
    share: dict[str | None, float] = {}
    for one in stretches(t, image, world):
        inside = min(one.end_s, during[1]) - max(one.start_s, during[0])
        sure = one.guess.exercise if one.guess.confidence >= SURE else None
        share[sure] = share.get(sure, 0.0) + max(0.0, inside)
    return max(share, key=lambda name: share[name], default=None)


def score(clip: Clip, found: tuple[Found, ...]) -> Measured:
    """Found movements against the commanded ones of a clip with an exercise."""
    assert clip.exercise is not None
    out = Measured(clip)
    pairs = match([m.span for m in clip.movements], [f.span for f in found])
    for i, movement in enumerate(clip.movements):
        one = found[pairs[i]] if i in pairs else None
        if movement.counted:
            out.readings += _readings(clip, i, movement, one)
        if one is not None:
            _times(out, movement, one)
    out.partials = _partials(clip, found, pairs)
    counted = [f for f in found if f.rep.counted]
    made_up = strangers([m.span for m in clip.movements], [f.span for f in counted])
    out.phantoms = [(clip.exercise, counted[j].rep.turn_s) for j in made_up]
    for start, end in clip.sets:
        inside = [m for m in clip.movements if start <= m.turn_s <= end]
        wanted = sum(m.counted for m in inside)
        out.sets.append((wanted, sum(_in_set(f, (start, end), inside) for f in counted)))
        if inside and all(m.clean for m in inside if m.counted):
            turns = {m.turn_s for m in inside}
            out.clean_sets.append(sum(r.flagged for r in out.readings if r.turn_s in turns))
    return out


def _in_set(found: Found, span: tuple[float, float], inside: list[Movement]) -> bool:
    """By its movements, or by lying between them."""
    return span[0] <= found.rep.turn_s <= span[1] or any(touches(found.span, m.span) for m in inside)


def _partials(clip: Clip, found: tuple[Found, ...], pairs: dict[int, int]) -> tuple[int, int]:
    partial = [i for i, m in enumerate(clip.movements) if not m.counted]
    return len(partial), sum(found[pairs[i]].rep.counted for i in partial if i in pairs)


def _times(out: Measured, movement: Movement, found: Found) -> None:
    if movement.counted and found.rep.counted:
        out.count_s.append(found.counted_s - movement.end_s)
        out.verdict_s.append(found.judged_s - movement.end_s)
    assert out.clip.exercise is not None
    posture = find(out.clip.exercise).posture
    out.azimuth_error_deg.append(azimuth_error(posture, out.clip.azimuth_deg, found.view.azimuth_deg))
    out.elevation_error_deg.append(found.view.elevation_deg - out.clip.elevation_deg)


def _readings(clip: Clip, i: int, movement: Movement, found: Found | None) -> list[Reading]:
    assert clip.exercise is not None
    verdicts = {v.fault: v for v in found.rep.verdicts} if found else {}
    own_set = next(((a, b) for a, b in clip.sets if a <= movement.turn_s <= b), (0.0, movement.turn_s))
    before = sum(m.counted and own_set[0] <= m.turn_s for m in clip.movements[:i])
    out = []
    for fault, size in movement.faults.items():
        truth = Reading(
            clip.exercise,
            fault,
            i + 1,
            movement.turn_s,
            movement.clean,
            before < EARLIER.get(fault, 0),
            size,
            size.role,
            clip.sight(fault),
        )
        said = verdicts.get(fault)
        out.append(truth if said is None or found is None else _with_verdict(truth, said, found.view))
    return out


def _with_verdict(truth: Reading, said: Verdict, view: View) -> Reading:
    return replace(
        truth,
        verdict=said.verdict.value,
        value=said.value,
        limit=said.limit,
        severe=said.severe,
        unit=said.unit,
        reason=said.reason,
        azimuth_deg=view.azimuth_deg,
        elevation_deg=view.elevation_deg,
    )
