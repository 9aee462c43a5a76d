"""How far can rendered people be trusted? The pose model on real and on rendered films, side by side.

    python -m tests.bench.realism REAL RENDERED [--kept FOLDER] [--only WORD] [--clips] [--json]

REAL and RENDERED are folders of films; rendered ones have their truth beside them, and a folder of
recordings alone (NAME.npz) serves too. Landmarks are kept in a folder, so that a second run takes seconds.
Prints the median of each measure for each posture, the spread over clips, and where rendered films are far
from real ones. Only figures come out, never a picture.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from formcheck.errors import FormcheckError, SourceError
from formcheck.sources.recording import load, save
from samples.studio.record import pose
from tests.bench.behaviour import GROUPS, behaviour, knee_compression
from tests.bench.pictures import look, without

FILMS: Final = frozenset({".mp4", ".mov", ".webm", ".gif"})
#: Postures of real clips by the beginning of their name; sitting is in no exercise of ours.
REAL: Final = {
    "squat__": "standing",
    "lunge__": "standing",
    "deadlift": "standing",
    "romanian": "standing",
    "single_leg_balance": "standing",
    "standing": "swinging",
    "walking": "life",
    "running": "life",
    "clamshell": "side_lying",
    "side_plank": "side_lying",
    "donkey_kick": "quadruped",
    "glute_bridge": "supine",
    "dead_bug": "supine",
    "bicycle": "supine",
    "hip_thrust": "supine",
}
RENDERED: Final = {
    "clamshell": "side_lying",
    "side_leg_raise": "side_lying",
    "fire_hydrant": "quadruped",
    "single_leg_bridge": "supine",
    "squat": "standing",
    None: "life",
}
POSTURES: Final = ("standing", "side_lying", "quadruped", "supine", "life")
#: With more repeated frames than this, %, a film's frame rate was converted: the person stutters.
CONVERTED: Final = 10.0
#: Behaviour is close when the medians differ by less than this factor.
CLOSE: Final = 1.5
#: What a rate or a share is compared from: below these a difference is chance.
FLOOR: Final = {
    "glitches": 5.0,
    "restarts": 5.0,
    "swaps": 5.0,
    "lost": 1.0,
    "hidden": 3.0,
    "jitter": 0.05,
    "noise": 0.5,
    "moves": 0.5,
    "repeats": 5.0,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One film's figures."""

    name: str
    kind: str
    posture: str
    figures: dict[str, float]


def measure(folder: Path, kind: str, kept: Path, only: str = "") -> list[Measured]:
    """Figures of all films in a folder, and of its recordings without a film.

    Args:
        folder: Searched with the folders below it.
        kind: "real" or "rendered": how the posture is known.
        kept: Where landmarks are looked up and stored.
        only: A part of the names wanted.

    Raises:
        SourceError: The folder holds neither films nor recordings.
    """
    films = [f for f in sorted(folder.rglob("*")) if f.suffix.lower() in FILMS | {".npz"} and only in f.name]
    names = {f.stem for f in films if f.suffix != ".npz"}
    films = [f for f in films if f.suffix != ".npz" or f.stem not in names]
    if not films:
        raise SourceError(f"{folder}: no films and no recordings", hint="give a folder of .mp4 or .npz files")
    return [one for film in films if (one := _one(film, kind, kept / kind)) is not None]


def _one(film: Path, kind: str, kept: Path) -> Measured | None:
    """Figures of a film; None, said on stderr, when it can't be read."""
    stored = film if film.suffix == ".npz" else kept / f"{film.stem}.npz"
    try:
        if not stored.exists():
            kept.mkdir(parents=True, exist_ok=True)
            save(stored, pose(film))
        recording = load(stored)
    except FormcheckError as error:
        print(f"left out {film.name}: {error}", file=sys.stderr)
        return None
    truth = film.with_suffix(".json")
    known: dict[str, Any] = json.loads(truth.read_text(encoding="utf-8")) if truth.exists() else {}
    if kind == "real":
        posture = next((p for name, p in REAL.items() if film.name.startswith(name)), "other")
        side = film.stem in SIDE_VIEWS
    else:
        posture = RENDERED.get(known["exercise"], "other") if known else "other"
        side = posture != "side_lying" and 70 <= abs(known.get("camera", {}).get("azimuth_deg", 0)) <= 110
    seen: dict[str, float] = {}
    if film.suffix != ".npz":
        seen, repeated = look(film, recording)
        if seen["repeats"] > CONVERTED:
            recording = without(recording, repeated)
    figures = behaviour(recording)
    figures["knee_compression"] = knee_compression(recording) if side else math.nan
    figures |= seen
    return Measured(film.stem, kind, posture, figures)


#: Real clips filmed square from the side.
SIDE_VIEWS: Final = frozenset(
    {
        "lunge__lunge",
        "bicycle_crunch__bicycle_crunches",
        "donkey_kick__donkey-kicks",
        "glute_bridge__glute-bridges",
        "dead_bug__Dead_Bug",
    }
)


def summary(clips: Sequence[Measured]) -> dict[str, dict[str, dict[str, list[float]]]]:
    """By posture ("all" of the comparable ones too), measure and kind: median, lowest, highest, number."""
    out: dict[str, dict[str, dict[str, list[float]]]] = {}
    for posture in ("all", *POSTURES):
        chosen = [
            c for c in clips if c.posture == posture or (posture == "all" and c.posture in POSTURES[:4])
        ]
        names = dict.fromkeys(name for clip in chosen for name in clip.figures)
        table = {name: {kind: _spread(chosen, kind, name) for kind in ("real", "rendered")} for name in names}
        out[posture] = table
    return out


def _spread(clips: Iterable[Measured], kind: str, name: str) -> list[float]:
    values = [c.figures.get(name, math.nan) for c in clips if c.kind == kind]
    known = [x for x in values if math.isfinite(x)]
    if not known:
        return []
    return [float(np.median(known)), min(known), max(known), float(len(known))]


def far_apart(table: dict[str, dict[str, list[float]]]) -> list[tuple[str, float, float]]:
    """Measures whose medians differ by more than `CLOSE`, the farthest first: name, real, rendered."""
    found = []
    for name, both in table.items():
        if not both["real"] or not both["rendered"] or name == "seconds":
            continue
        floor = FLOOR.get(name.split(".")[0].split("_")[0], 0.02)
        real, rendered = (max(both[kind][0], floor) for kind in ("real", "rendered"))
        if not 1 / CLOSE <= rendered / real <= CLOSE:
            found.append((abs(math.log(rendered / real)), name, both["real"][0], both["rendered"][0]))
    return [(name, real, rendered) for _, name, real, rendered in sorted(found, reverse=True)]


def text(clips: Sequence[Measured]) -> str:
    """The tables for people."""
    tables = summary(clips)
    lines = ["median of the clips, real | rendered (lowest-highest in all four postures)", ""]
    heads = ("all", *POSTURES)
    lines.append(f"{'':26}" + "".join(f"{head:>19}" for head in heads))
    counts = [[sum(c.kind == k and _in(c, p) for c in clips) for k in ("real", "rendered")] for p in heads]
    lines.append(f"{'clips':26}" + "".join(f"{a:>10} |{b:>7}" for a, b in counts))
    for name in tables["all"]:
        cells = [_cell(tables[head].get(name, {})) for head in heads]
        spans = [_span(tables["all"][name][kind]) for kind in ("real", "rendered")]
        lines.append(f"{name:26}" + "".join(cells) + "   " + " | ".join(spans))
    lines += ["", f"rendered films differ by more than a factor of {CLOSE:g}:"]
    for head in heads:
        far = far_apart(tables[head])
        words = [f"{name} {_number(real)} -> {_number(rendered)}" for name, real, rendered in far]
        lines.append(f"  {head}: " + ("; ".join(words) or "nothing"))
    return "\n".join(lines)


def _in(clip: Measured, posture: str) -> bool:
    return clip.posture == posture or (posture == "all" and clip.posture in POSTURES[:4])


def _cell(both: dict[str, list[float]]) -> str:
    real, rendered = (_number(both[k][0]) if both.get(k) else "-" for k in ("real", "rendered"))
    return f"{real:>10} |{rendered:>7}"


def _span(spread: list[float]) -> str:
    return f"{_number(spread[1])}-{_number(spread[2])}" if spread else "-"


def _number(x: float) -> str:
    return f"{x:.0f}" if abs(x) >= 20 else f"{x:.1f}" if abs(x) >= 2 else f"{x:.2f}"


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("real", type=Path)
    parser.add_argument("rendered", type=Path)
    parser.add_argument("--kept", type=Path, help="folder for landmarks, instead of one for this user")
    parser.add_argument("--only", default="", help="only files with this in their name")
    parser.add_argument("--clips", action="store_true", help="also a line for each clip")
    parser.add_argument("--json", action="store_true", help="everything as JSON instead of the table")
    arguments = parser.parse_args()
    kept = arguments.kept or Path(tempfile.gettempdir()) / "formcheck-realism"
    try:
        clips = measure(arguments.real, "real", kept, arguments.only)
        clips += measure(arguments.rendered, "rendered", kept, arguments.only)
    except FormcheckError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if arguments.json:
        rows = [{"clip": c.name, "kind": c.kind, "posture": c.posture, **c.figures} for c in clips]
        print(json.dumps({"clips": rows, "summary": summary(clips)}, indent=1))
        return 0
    print(text(clips))
    if arguments.clips:
        for clip in sorted(clips, key=lambda c: (c.posture, c.kind)):
            words = [f"{name} {_number(clip.figures[name])}" for name in SHORT if name in clip.figures]
            print(f"{clip.posture:11}{clip.kind:9}{clip.name[:36]:37}" + ", ".join(words))
    return 0


#: What one line about one clip tells.
SHORT: Final = (
    *(f"jitter_rest.{name}" for name in GROUPS if name in ("shoulder", "hip", "foot")),
    "jitter_move.knee",
    "glitches.foot",
    "restarts",
    "swaps",
    "bone.thigh",
    "noise",
    "clutter",
    "stands_out",
    "light",
)


if __name__ == "__main__":
    sys.exit(main())
