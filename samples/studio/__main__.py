"""``python -m samples.studio``: plan, render and record a suite; draw a sheet of what the studio can show."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

from rich.console import Console
from rich.table import Table

from formcheck.errors import FormcheckError, UsageError
from formcheck.pose import models
from samples.studio import suite, tasks
from samples.studio.clip import SPLITS, Clip
from samples.studio.jobs import Job, run

STOPPED = 130  # what a shell reports after Ctrl-C


def main(arguments: list[str] | None = None) -> int:
    """Runs one command line; errors are one line on stderr. Returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
    except KeyboardInterrupt:
        print("stopped; what is finished stays, and the same command goes on from there", file=sys.stderr)
        return STOPPED
    except FormcheckError as error:
        print(f"studio: error: {error}", file=sys.stderr)
        return error.exit_code
    return code


def plan(options: argparse.Namespace) -> int:
    """Prints what a suite becomes."""
    clips = _chosen(options)
    console = Console()
    table = Table("exercise", "series", "clips", "reps", "faulty", "partial", "frames", "minutes", box=None)
    for key in [*dict.fromkeys((clip.exercise or "life", clip.series) for clip in clips), ("all", "")]:
        own = [clip for clip in clips if key[0] == "all" or key == (clip.exercise or "life", clip.series)]
        reps = [rep for clip in own for rep in clip.reps]
        faulty = sum(bool(rep.faults or rep.swung or rep.dropped) for rep in reps)
        counted = sum(clip.counted for clip in own)
        minutes = sum(clip.seconds for clip in own) / 60
        frames = sum(clip.frames for clip in own)
        numbers = (len(own), counted, faulty, len(reps) - counted, frames, round(minutes))
        table.add_row(*key, *(f"{number:,}" for number in numbers))
    console.print(table)
    in_advice = sum(clip.shot.recommended for clip in clips)
    sets = sum(clip.exercise is not None for clip in clips)
    console.print(f"recommended views: {in_advice} of {sets} sets", highlight=False)
    for what, read in _SPREADS.items():
        counts = Counter(str(value) for clip in clips for value in read(clip))
        console.print(f"{what}: " + ", ".join(f"{k} {n}" for k, n in sorted(counts.items())), highlight=False)
    return 0


def render(options: argparse.Namespace) -> int:
    """Renders the clips that are not there yet."""
    out = _folder(options.out)
    clips = [clip for clip in _chosen(options) if not tasks.is_produced(clip.name, out)]
    return _report(
        run(
            tasks.render,
            [Job(clip.name, clip.frames, (clip, out)) for clip in clips],
            options.jobs,
            "frames rendered",
        )
    )


def record(options: argparse.Namespace) -> int:
    """Records the clips of a folder that are not recorded yet."""
    _check_model(options.model)
    out = _folder(options.out)
    videos = sorted(path for path in options.folder.glob("*.mp4") if fnmatch(path.stem, options.only))
    if not videos:
        raise UsageError(f"{options.folder}: no clip named {options.only}.mp4", hint="render some first")
    todo = [video for video in videos if not tasks.is_recorded(video.stem, out)]
    jobs = [Job(video.stem, 1, (video, out, options.model)) for video in todo]
    return _report(run(tasks.record, jobs, options.jobs, "clips recorded"))


def make(options: argparse.Namespace) -> int:
    """Renders and records clip by clip; films are thrown away."""
    _check_model(options.model)
    out = _folder(options.out)
    clips = [clip for clip in _chosen(options) if not tasks.is_recorded(clip.name, out)]
    jobs = [Job(clip.name, clip.frames, (clip, out, options.model)) for clip in clips]
    return _report(run(tasks.make, jobs, options.jobs, "frames rendered and recorded"))


def sheet(options: argparse.Namespace) -> int:
    """Draws the contact sheet."""
    from samples.studio.sheet import draw

    draw(options.out)
    return 0


def _chosen(options: argparse.Namespace) -> list[Clip]:
    """The suite's clips that the options ask for."""
    clips = [
        clip
        for clip in suite.expand(suite.load(options.suite))
        if fnmatch(clip.name, options.only) and options.split in {None, clip.split}
    ]
    if not clips:
        raise UsageError(f"{options.suite}: no clip is named {options.only}", hint="leave out --only")
    return clips


def _folder(path: Path) -> Path:
    """The output folder, made where it is missing."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{path}: no folder can stand there: {error.strerror}", hint="choose another"
        ) from error
    return path


def _check_model(name: str) -> None:
    """Fails before hours of work and not after."""
    models.find(name)


def _report(failed: int) -> int:
    if failed:
        print(f"studio: {failed} failed, see above; the same command tries again", file=sys.stderr)
    return 1 if failed else 0


_SPREADS: dict[str, Callable[[Clip], tuple[object, ...]]] = {
    "frames a second": lambda clip: (clip.shot.fps,),
    "sizes": lambda clip: ("{}x{}".format(*clip.shot.size),),
    "people": lambda clip: (f"{clip.person} ({clip.series})",),
    "rooms": lambda clip: (f"{clip.room} ({clip.split})",),
    "faults": lambda clip: tuple(
        fault
        for rep in clip.reps
        for fault in (*rep.faults, *(["momentum"] * rep.swung), *(["dropped_return"] * rep.dropped))
    ),
    "extras": lambda clip: tuple(s.kind for s in clip.segments if s.kind != "set"),
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m samples.studio", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(
        name: str, command: Callable[[argparse.Namespace], int], *options: str
    ) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=(command.__doc__ or "").strip(), description=command.__doc__)
        one.set_defaults(command=command)
        if "suite" in options:
            one.add_argument("suite", type=Path, nargs="?", default=suite.SUITE, help="the suite's TOML file")
            one.add_argument("--split", choices=SPLITS, help="only this half")
        if "out" in options:
            one.add_argument("--out", type=Path, required=True, help="the folder for the results")
            one.add_argument("--jobs", type=int, default=2, help="processes side by side (2)")
        if "model" in options:
            one.add_argument("--model", choices=models.names(), default="full", help="the pose model (full)")
        if name != "sheet":
            one.add_argument("--only", default="*", metavar="PATTERN", help='such as "squat_*_0[1-5]"')
        return one

    add("plan", plan, "suite")
    add("render", render, "suite", "out")
    add("record", record, "out", "model").add_argument("folder", type=Path, help="the folder of the clips")
    add("make", make, "suite", "out", "model")
    add("sheet", sheet).add_argument("--out", type=Path, default=Path("docs/images/studio.jpg"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
