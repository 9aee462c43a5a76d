"""Recordings as a camera would give them, with the waits in them that a hands-free start needs.

The studio's people begin to move 0.7 s after they are in position. `to_and_fro` lets the frames of such a
rest run to and fro for longer: real landmarks with their real jitter, only more of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.session.events import Event, Screen
from formcheck.session.session import Session
from formcheck.sources.recording import load
from formcheck.types import Floats, Recording

RECORDINGS = Path(__file__).resolve().parents[3] / "samples" / "recordings"
STUDIO = RECORDINGS / "studio"


@dataclass(frozen=True)
class Footage:
    """Poses over time, and the truth of the clip."""

    recording: Recording
    truth: dict[str, Any]

    def part(self, start_s: float, end_s: float) -> Recording:
        t = self.recording.t
        return pick(self.recording, np.flatnonzero((t >= start_s) & (t < end_s)))


def studio(name: str) -> Footage:
    """A recorded clip of the studio, by its name."""
    path = STUDIO / f"{name}.npz"
    return Footage(load(path), json.loads(path.with_suffix(".json").read_text()))


def pick(recording: Recording, frames: Any) -> Recording:
    """Some frames of a recording, at an even pace of its own."""
    frames = np.arange(len(recording.t))[frames]
    t = np.arange(len(frames)) * float(np.median(np.diff(recording.t)))
    return Recording(t, recording.image[frames], recording.world[frames], recording.size)


def to_and_fro(recording: Recording, seconds: float) -> Recording:
    """A short stretch played forwards and backwards until it is so long."""
    n = len(recording)
    step = float(np.median(np.diff(recording.t))) if n > 1 else 1 / 30
    turn = [*range(n), *range(n - 2, 0, -1)] or [0]
    return pick(recording, [turn[i % len(turn)] for i in range(max(1, round(seconds / step)))])


def join(parts: Sequence[Recording]) -> Recording:
    """One after the other."""
    step = float(np.median(np.diff(parts[0].t)))
    times, start = [], 0.0
    for part in parts:
        times.append(part.t + start)
        start = times[-1][-1] + step
    return Recording(
        np.concatenate(times),
        np.concatenate([p.image for p in parts]),
        np.concatenate([p.world for p in parts]),
        parts[0].size,
    )


def held(footage: Footage, before_s: float = 5.0, after_s: float = 0.0) -> Recording:
    """A clip of one set, its rest before the first movement drawn out, and that after the last one."""
    reps = footage.truth["reps"]
    first = min(r["start_s"] for r in reps)
    last = max(r["end_s"] for r in reps)
    end = footage.recording.t[-1] + 1
    parts = [footage.part(0, max(first - 0.5, 0.01)), to_and_fro(footage.part(first - 0.5, first), before_s)]
    parts.append(footage.part(first, end))
    if after_s:
        parts.append(to_and_fro(footage.part(last, last + 0.5), after_s))
    return join([p for p in parts if len(p)])


def frames(recording: Recording) -> Iterator[tuple[float, Floats, Floats]]:
    for i, t in enumerate(recording.t):
        yield float(t), recording.image[i].astype(float), recording.world[i].astype(float)


@dataclass
class Log:
    """All that came out of a session, with the screens."""

    events: list[Event]
    screens: list[tuple[float, Screen]]

    def of(self, kind: type) -> list[Any]:
        return [e for e in self.events if isinstance(e, kind)]

    def state_at(self, t: float) -> str:
        return next((s.state for at, s in reversed(self.screens) if at <= t), "frame")

    @property
    def lines(self) -> list[str]:
        """The events, a line each: time, kind, and what matters of it."""
        return [line(e) for e in self.events]


def line(event: Event) -> str:
    """One event in one line."""
    name = type(event).__name__
    told = [
        str(getattr(event, f))
        for f in ("state", "kind", "name", "text", "exercise", "side", "count", "why", "cue", "score")
        if hasattr(event, f)
    ]
    reps = getattr(event, "reps", ())
    if name == "Saved":
        told = [f"{r.index}:{r.worst().value}" for r in reps]
    return f"{event.t:7.2f} {name:8} {' | '.join(told)}"


def play(session: Session, recording: Recording, *, start_s: float = 0.0, light: float = 0.5) -> Log:
    """Feeds a recording to a session at its own pace."""
    log = Log([], [])
    for t, image, world in frames(recording):
        log.events += session.update(start_s + t, image, world, recording.size, light)
        log.screens.append((start_s + t, session.screen))
    return log


def whole_session(footage: Footage, hold_s: float = 6.0) -> Recording:
    """A clip of several sets, the rest before the first movement of each drawn out."""
    parts, at = [], 0.0
    for act in footage.truth["acts"]:
        first = min(r["start_s"] for r in act["reps"])
        parts += [footage.part(at, first), to_and_fro(footage.part(first - 0.5, first), hold_s)]
        at = first
    parts.append(footage.part(at, float(footage.recording.t[-1]) + 1))
    return join(parts)
