"""How often the engine is right, measured on recorded landmarks of known truth.

    python -m tests.bench.accuracy [FOLDER ...] [--split test|tune|more|all] [--exercise ID] [--detail FAULT]

Replays every ``NAME.npz`` that has its truth in ``NAME.json`` and prints the headline, each fault and each
group of clips. ``--write`` stores the figures in samples/recordings/accuracy.json and rewrites
docs/accuracy.md from them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from formcheck.errors import FormcheckError, SourceError, UsageError
from formcheck.exercises import find
from tests.bench.scoring import document, real, text
from tests.bench.scoring.measures import Figures
from tests.bench.scoring.page import page
from tests.bench.scoring.readings import Measured, measure
from tests.bench.scoring.truth import Clip, load

ROOT = Path(__file__).resolve().parents[2]
RECORDINGS = ROOT / "samples" / "recordings"
STORED = RECORDINGS / "accuracy.json"
PAGE = ROOT / "docs" / "accuracy.md"
#: Several exercises in one film, and gait, which is told and not judged: tests look at those.
OTHERWISE = ("string_", "gait_")


def clips(
    folders: Sequence[Path], *, split: str = "all", exercise: str = "", model: str = "full"
) -> list[Clip]:
    """Truths of the recordings in these folders and below, by name.

    Args:
        split: "test", "tune" or "all"; or "more", the part of tune with people of its own.
        exercise: Only this one; "none" for clips without an exercise; empty for all.
        model: Only recordings of this pose model.

    Raises:
        SourceError: A folder holds no recording, or a truth cannot be read.
    """
    out = []
    for folder in folders:
        files = sorted(folder.rglob("*.npz")) if folder.is_dir() else [folder]
        found = [load(file) for file in files if file.with_suffix(".json").exists()]
        if not found:
            raise SourceError(
                f"{folder}: no recording with its truth", hint="expected NAME.npz and NAME.json"
            )
        out += found
    return [
        c
        for c in out
        if split in ("all", c.split, c.series)
        and exercise in ("", c.exercise or "none")
        and c.model == model
        and not c.name.startswith(OTHERWISE)
    ]


def run(chosen: Sequence[Clip], jobs: int = 2, *, named: bool = False) -> list[Measured]:
    """Measures clips in so many processes; the order stays. See `measure` for `named`."""
    one = partial(measure, named=named)
    if jobs <= 1 or len(chosen) < 2:
        return [one(c) for c in chosen]
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        return list(pool.map(one, chosen, chunksize=4))


def report(measured: Sequence[Measured], stored: Figures) -> Iterator[str]:
    """The terminal's lines.

    Args:
        stored: The figures to compare with, where they are of the same clips.
    """
    figures = document.figures(measured)
    same = stored.get("selection") == figures["selection"]
    before = {line.target.id: line.value for line in document.headline_of(stored)} if same else {}
    yield from text.headline(document.headline_of(figures), before)
    yield from ("", *text.faults(figures["faults"], figures["cues"]["by_fault"]))
    yield from ("", *text.groups(figures["groups"]), text.times(figures["times"]))
    wrong = list(text.misses(measured))
    if wrong:
        yield from ("", f"  wrong counts in {len(wrong)} clips", *wrong)


def dump(path: Path, measured: Iterable[Measured]) -> None:
    """Every reading as a line of JSON, with its clip's facts."""
    with path.open("w", encoding="utf-8") as out:
        for c in measured:
            facts = {
                "clip": c.clip.name,
                "person": c.clip.person,
                "view": c.clip.view,
                "true_azimuth_deg": c.clip.azimuth_deg,
                "true_elevation_deg": c.clip.elevation_deg,
                "recommended": c.clip.recommended,
            }
            for r in c.readings:
                out.write(json.dumps(facts | asdict(r)) + "\n")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    out = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    out.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="default: samples/recordings")
    out.add_argument("--split", choices=("test", "tune", "more", "all"), default="all")
    out.add_argument("--model", default="full", help="pose model of the recordings")
    out.add_argument("--exercise", default="", metavar="ID", help="only this one; none: clips without one")
    out.add_argument("--jobs", type=int, default=2, help="processes")
    out.add_argument("--detail", metavar="FAULT", help="one line for each rep: knee_valgus, squat.hip_shift")
    out.add_argument("--dump", type=Path, metavar="FILE", help="every reading as a line of JSON")
    out.add_argument(
        "--real",
        type=Path,
        metavar="FOLDER",
        help="with --write: measure real footage again, keeping its landmarks in FOLDER",
    )
    out.add_argument("--write", action="store_true", help="store the figures and rewrite docs/accuracy.md")
    return out


def main() -> None:
    """Reads the command line; a problem is one line on stderr."""
    try:
        _main(parser().parse_args())
    except FormcheckError as error:
        print(f"accuracy: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # "| head" has read enough; the interpreter's last flush must not fail either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _main(arguments: argparse.Namespace) -> None:
    begin = time.perf_counter()
    exercise = arguments.exercise
    if arguments.write and (arguments.folders or exercise or arguments.split != "all"):
        raise UsageError("--write stores the figures of all recordings", hint="leave out what narrows them")
    chosen = clips(
        arguments.folders or [RECORDINGS],
        split=arguments.split,
        exercise=exercise if exercise in ("", "none") else find(exercise).id,
        model=arguments.model,
    )
    if not chosen:
        raise SourceError("no recording is left by --split, --exercise and --model")
    measured = run(chosen, arguments.jobs, named=arguments.write)
    stored = document.read(STORED)
    if arguments.dump:
        dump(arguments.dump, measured)
    if arguments.write:
        on_real = real.measure(arguments.real) if arguments.real else stored.get("real")
        document.write(STORED, document.stored(measured, on_real))
        PAGE.write_text(page(document.read(STORED)), encoding="utf-8")
    if arguments.detail:
        print(
            "\n".join(
                (*text.detail(measured, arguments.detail), "", *text.spread(measured, arguments.detail))
            )
        )
    else:
        print("\n".join(report(measured, stored)))
    frames, engine_s = sum(c.frames for c in measured), sum(c.engine_s for c in measured)
    seconds = time.perf_counter() - begin
    print(
        f"\n{len(measured)} clips, {frames} frames, {1000 * engine_s / frames:.2f} ms each, {seconds:.0f} s"
    )


if __name__ == "__main__":
    main()
