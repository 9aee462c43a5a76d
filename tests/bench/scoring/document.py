"""All figures as one document: what the page, the baseline and the CI test are made from."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from formcheck.errors import SourceError
from tests.bench.scoring import headline, measures, stats
from tests.bench.scoring.measures import Figures
from tests.bench.scoring.readings import Measured
from tests.bench.scoring.truth import Clip

SCHEMA = "formcheck.accuracy/1"

#: What the clips are grouped by.
GROUPS: dict[str, Callable[[Clip], str]] = {
    "exercise": lambda c: c.exercise or "none",
    "split": lambda c: c.split,
    "model": lambda c: c.model,
    "person": lambda c: c.person,
    "view": lambda c: f"{c.exercise or 'none'}: {c.view}",
    "room": lambda c: c.room,
    "light": lambda c: c.light,
    "trouble": lambda c: c.trouble,
    "fps": lambda c: f"{c.fps:g}",
    "size": lambda c: f"{c.size[0]}x{c.size[1]}",
}


def figures(clips: Sequence[Measured]) -> Figures:
    """Everything that is measured on these clips."""
    pairs = measures.readings(clips)
    return {
        "schema": SCHEMA,
        "clips": len(clips),
        "selection": selection(clips),
        "frames": sum(c.frames for c in clips),
        "people": dict(Counter(c.clip.person for c in clips)),
        "headline": [line.document() for line in headline.lines(clips)],
        "by_fault": [line.document() for line in headline.by_fault(clips)],
        "counting": measures.counting(clips),
        "advised": measures.counting([c for c in clips if c.clip.recommended]),
        "live": measures.live(clips),
        "live_advised": measures.live([c for c in clips if c.clip.recommended]),
        "by_exercise": measures.by_exercise(clips),
        "found": _detected(clips),
        "cues": measures.cues(clips),
        "times": measures.times(clips),
        "view": measures.view(clips),
        "directions": measures.by_direction(clips),
        "recognition": measures.recognition(clips),
        "faults": measures.per_fault(pairs),
        "groups": {name: _grouped(clips, key) for name, key in GROUPS.items()},
    }


def stored(clips: Sequence[Measured], on_real: Figures | None) -> Figures:
    """What is kept: all figures of the test split, and the headline of the clips that limits were tuned on.

    Raises:
        SourceError: There is no clip of the test split.
    """
    test, tune = ([c for c in clips if c.clip.split == split] for split in ("test", "tune"))
    if not test:
        raise SourceError("no recording of the test split", hint="measure it too: --split all")
    lines = [line.document() for line in headline.lines(tune)]
    return {**figures(test), "tune": {"clips": len(tune), "headline": lines}, "real": on_real}


def selection(clips: Sequence[Measured]) -> str:
    """Tells one selection of clips from another: baselines are compared within one selection only."""
    return hashlib.sha256("\n".join(sorted(c.clip.name for c in clips)).encode()).hexdigest()[:12]


def _detected(clips: Sequence[Measured]) -> Figures:
    """Sets that are counted exactly, by how much of the clip the pose model found the person in."""
    out: Figures = {}
    for name, low, high in (("all", 0.99, 1.01), ("most", 0.9, 0.99), ("less", -0.01, 0.9)):
        sets = [one for c in clips if low <= c.detected < high for one in c.sets]
        exact = sum(wanted == found for wanted, found in sets)
        out[name] = {"sets": len(sets), "exact": stats.ratio(exact, len(sets))}
    return out


def _grouped(clips: Sequence[Measured], key: Callable[[Clip], str]) -> dict[str, Figures]:
    names = sorted({key(c.clip) for c in clips} - {""})
    return {name: _summary([c for c in clips if key(c.clip) == name]) for name in names}


def _summary(clips: Sequence[Measured]) -> Figures:
    shown = measures.faults(measures.readings(clips, measures.visible))
    count, cues = measures.counting(clips), measures.cues(clips)
    return {
        "clips": len(clips),
        "sets": count["sets"],
        "exact": count["exact"],
        "phantoms": count["phantoms"],
        "judged": shown["judged"],
        "f1": shown["f1"],
        "f1_interval": shown["f1_interval"],
        "false_cues": cues["per_clean_rep"],
        "clean_reps": cues["clean_reps"],
        "unknown_due": measures.unknown(measures.readings(clips, measures.due))["rate"],
        "azimuth": measures.view(clips)["azimuth_median"],
    }


def write(path: Path, document: Figures) -> None:
    """As JSON that reads well in a change: four digits, a line for each entry, null where not measured."""
    parts = [f"{json.dumps(key)}: {_lines(value)}" for key, value in _plain(document).items()]
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def _lines(value: Any) -> str:
    """A value's JSON with a line for each of its entries."""

    def line(x: Any) -> str:
        return json.dumps(x, ensure_ascii=False, separators=(",", ":"))

    if isinstance(value, dict) and value:
        return "{\n " + ",\n ".join(f"{line(k)}: {line(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list) and value:
        return "[\n " + ",\n ".join(line(v) for v in value) + "]"
    return line(value)


def _plain(x: Any) -> Any:
    if isinstance(x, dict):
        return {str(k): _plain(v) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return [_plain(v) for v in x]
    if isinstance(x, float):
        return None if math.isnan(x) else round(x, 4)
    return x


def read(path: Path) -> Figures:
    """A stored document; empty where there is none."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def headline_of(document: Figures, key: str = "headline") -> list[headline.Line]:
    """The stored lines; none where there are none."""
    return [headline.Line.of(known) for known in document.get(key, ())]
