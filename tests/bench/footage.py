"""The footage that the recogniser learns from, and the looks at it and at what `jitter` makes of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from formcheck.app.fold import repaired
from formcheck.exercises import catalogue
from formcheck.geometry import Floats
from formcheck.recognise.film import SPAN_S, film
from formcheck.recognise.looks import look
from formcheck.recognise.model import NONE
from formcheck.recognise.twins import TWINS
from formcheck.sources.recording import load
from formcheck.types import Recording

from .jitter import jittered, planted

#: Seconds between two looks: at what was filmed, and at what was made of it.
STEP_S, MADE_STEP_S = 0.5, 1.0
#: So many recordings are made of each; more where nobody exercises: many kinds of movement are one class.
MADE, MADE_NONE = 6, 8
#: So many sets on planted feet are made of each film of lunges, and what those are called: without the step
#: one forwards is one backwards.
MADE_PLANTED = 8
PLANTED = {
    "forward_lunge": "forward_lunge",
    "reverse_lunge": "forward_lunge",
    "lateral_lunge": "lateral_lunge",
}
#: A half of the looks at what was made is shorter, down to this, s: films are cut, and two reps may be short.
SHORT_S = 2.5
#: At least this share of a look must lie in the set to be of it; at most that much of it to be none.
MOST, LEAST = 0.75, 0.1


@dataclass
class Filmed:
    """One recording and the looks at it.

    Attributes:
        sets: Exercise, start and end of each set, s.
        reps: Start, turn and end of each counted rep, s.
    """

    name: str
    person: str
    scene: str
    exercise: str | None
    recording: Recording
    sets: list[tuple[str, float, float]]
    reps: list[tuple[float, float, float]]
    rows: list[Floats] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def gather(
    folders: Iterable[Path], split: str = "tune", *, without: Sequence[str] = (), only: Sequence[str] = ()
) -> list[Filmed]:
    """The recordings of a split: without some people, or, where any are named, of only some."""
    out = []
    for path in sorted(p for folder in folders for p in folder.glob("*.npz")):
        truth = path.with_suffix(".json")
        known = json.loads(truth.read_text()) if truth.exists() else {}
        if known.get("split") != split or known["person"] in without:
            continue
        if only and known["person"] not in only:
            continue
        one = Filmed(
            path.stem,
            str(known["person"]),
            str(known.get("scene") or ""),
            known.get("exercise") if "acts" not in known else None,
            repaired(load(path)),
            _sets(known),
            [(r["start_s"], r["turn_s"], r["end_s"]) for r in known.get("reps") or [] if r["counted"]],
        )
        out.append(one)
    return out


def _sets(known: dict[str, object]) -> list[tuple[str, float, float]]:
    """Exercise, start and end of each set of a clip."""
    scene = str(known.get("scene") or "")
    if "gait" in known:  # walking or running from the first frame to the last
        return [(scene.split("_", maxsplit=1)[0], -np.inf, np.inf)]
    acts = known.get("acts")
    if isinstance(acts, list):
        return [(act["exercise"], act["reps"][0]["start_s"], act["reps"][-1]["end_s"]) for act in acts]
    reps = known.get("reps") or []
    assert isinstance(reps, list)
    out: dict[tuple[str, int], list[float]] = {}
    for rep in reps:
        key = (str(rep.get("exercise") or known["exercise"]), int(rep.get("segment", 0)))
        out.setdefault(key, []).extend((rep["start_s"], rep["end_s"]))
    return [(name, min(times), max(times)) for (name, _), times in out.items() if name != "None"]


def look_at(one: Filmed) -> None:
    """Fills in the looks at a recording and at what is made of it."""
    rng = np.random.default_rng(list(one.name.encode()))
    _add(one, one.recording, one.sets)
    for _ in range(MADE if one.sets else MADE_NONE):
        made, pace = jittered(one.recording, rng)
        _add(one, made, [(name, a * pace, b * pace) for name, a, b in one.sets], rng)
    if one.exercise in PLANTED:
        for _ in range(MADE_PLANTED):
            made_set = planted(one.recording, [rep[:2] for rep in one.reps], rng)
            if made_set is not None:
                _add(one, jittered(made_set, rng)[0], [(PLANTED[one.exercise], -np.inf, np.inf)], rng)


def _add(
    one: Filmed,
    recording: Recording,
    sets: list[tuple[str, float, float]],
    rng: np.random.Generator | None = None,
) -> None:
    reel = film(recording.t, recording.image, recording.world)
    known = catalogue()
    begin, end = float(recording.t[0]), float(recording.t[-1])
    for start in np.arange(begin, max(end - SHORT_S, begin) + 1e-6, STEP_S if rng is None else MADE_STEP_S):
        span = SPAN_S if rng is None or rng.random() < 0.5 else rng.uniform(SHORT_S, SPAN_S)
        span = min(span, end - start)
        row = look(reel, start, start + span + 1e-6)
        if row is None:
            continue
        shares = {name: max(0.0, min(b, start + span) - max(a, start)) / span for name, a, b in sets}
        name = max(shares, key=lambda e: shares[e], default=NONE)
        share = shares.get(name, 0.0)
        if LEAST < share < MOST:
            continue
        one.rows.append(row)
        one.names.append(_class(name) if share >= MOST and name in known else NONE)


def _class(exercise: str) -> str:
    return TWINS[0] if exercise in TWINS else exercise
