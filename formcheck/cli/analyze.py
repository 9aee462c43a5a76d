"""``formcheck analyze``: a video or a recording in, a report and a coached video out."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self

import typer

from formcheck.cli.options import Debug, known
from formcheck.errors import FormcheckError, ModelError, UsageError
from formcheck.language import tr

if TYPE_CHECKING:
    from rich.console import Console

    from formcheck.cli.progress import Meter
    from formcheck.types import Report

Source = Annotated[
    Path, typer.Argument(metavar="VIDEO", help="A video, or landmarks recorded before (.npz).")
]
Which = Annotated[
    str, typer.Option("--exercise", "-e", metavar="ID", help="Which exercise: else it is recognised.")
]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="DIR", help="Where to put the results: else beside the video."),
]
Model = Annotated[str, typer.Option("--model", metavar="full|lite|heavy", help="The pose model.")]
Side = Annotated[str, typer.Option("--side", metavar="left|right|auto", help="The working side.")]
Strictness = Annotated[
    str, typer.Option("--strictness", metavar="easy|normal|strict", help="How early to object.")
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="FAULT", help="Not this fault; repeatable.")
]
Limits = Annotated[
    Path | None, typer.Option("--limits", metavar="FILE", help="Your own limits: see docs/limits.md.")
]
NoVideo = Annotated[bool, typer.Option("--no-video", help="No annotated video: about half the time.")]
Landmarks = Annotated[
    Path | None, typer.Option("--landmarks", metavar="OUT.npz", help="Record the landmarks.")
]
Json = Annotated[
    str | None, typer.Option("--json", metavar="FILE", help="The report to FILE too; - is stdout.")
]
Workers = Annotated[
    int | None, typer.Option("--workers", min=1, metavar="N", help="Threads: else all cores.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no table.")]


def command(
    source: Source,
    *,
    exercise: Which = "auto",
    out: Out = None,
    model: Model = "full",
    side: Side = "auto",
    strictness: Strictness = "normal",
    ignore: Ignore = None,
    limits: Limits = None,
    landmarks: Landmarks = None,
    json: Json = None,
    workers: Workers = None,
    no_video: NoVideo = False,
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 - `run` looks for it
) -> None:
    """Count and judge the reps in a video.

    Writes annotated.mp4, report.json and reps.csv.
    """
    from formcheck.cli import console

    rules, settings = _settings(exercise, model, side, strictness, ignore or [])
    if out is None and source.parent.is_dir():
        out = source.parent
    _keep_safe(source, out, landmarks, json)
    report = work(
        source,
        rules,
        console.talk(),
        quiet=quiet,
        out=out,
        video=not no_video,
        limits=limits,
        landmarks=landmarks,
        workers=workers,
        **settings,
    )
    if json is not None:
        _write_json(report, json)
    if not quiet:
        from formcheck.cli.result import show

        show(report, console.talk() if json == "-" else console.result())
    if report.cancelled:
        raise typer.Exit(130)


def work(source: Path, exercise: str, talk: Console, *, quiet: bool = False, **options: Any) -> Report:
    """Runs the analysis with a progress bar; the first Ctrl-C ends it early, with what there is.

    Args:
        source: A video or a recording.
        exercise: Its id.
        talk: Where the progress goes.
        quiet: No progress.
        options: Further arguments of `formcheck.analyze`.

    Raises:
        typer.Exit: With 130, when it was stopped before there was anything to report.
    """
    from formcheck.cli.progress import Meter

    title = "analysing {source!s}" if exercise == "auto" else "analysing {source!s} as {exercise!s}"
    meter = Meter(talk, tr(title, source=source, exercise=exercise), quiet=quiet)
    with Interruptible(meter) as stop:
        from formcheck.app.analyse import analyze

        if source.suffix.lower() != ".npz":
            _check_model(str(options.get("model", "full")))
        try:
            with meter:
                return analyze(source, exercise, progress=meter, cancel=stop.cancel, **options)
        except FormcheckError:
            if not stop.presses:
                raise
        talk.print(f"formcheck: {tr('stopped before anything could be analysed; nothing was written')}")
        raise typer.Exit(130)


class Interruptible:
    """While it lasts, the first Ctrl-C sets `cancel`, the second breaks off, the third ends the process.

    Attributes:
        presses: How often Ctrl-C was pressed. `cancel` alone does not tell: an error may set it, too.
    """

    def __init__(self, meter: Meter) -> None:
        self.cancel = threading.Event()
        self.presses = 0
        self._meter = meter
        self._before: Any = signal.SIG_DFL

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._pressed)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _pressed(self, *_: object) -> None:
        self.presses += 1
        if self.presses == 1:
            self.cancel.set()
            self._meter.note("stopping, and keeping what was analysed; Ctrl-C again to drop it")
        elif self.presses == 2:
            raise KeyboardInterrupt
        else:
            os._exit(130)


def _check_model(name: str) -> None:
    """A damaged network may well run, and find rubbish.

    Raises:
        ModelError: The model is missing or damaged.
    """
    from formcheck.pose import models

    models.find(name)
    state = models.check(name)
    if not state.ok:
        raise ModelError(state.message)


def _settings(
    exercise: str, model: str, side: str, strictness: str, ignore: list[str]
) -> tuple[str, dict[str, Any]]:
    """The id of the exercise and the checked options.

    Raises:
        UsageError: One of the words is not known; names the nearest one.
    """
    from formcheck.engine.control import faults_of
    from formcheck.exercises import STRICTNESS, catalogue, find
    from formcheck.pose import models

    rules = None if exercise == "auto" else find(exercise)
    faults = {f: None for e in ([rules] if rules else catalogue().values()) for f in faults_of(e)}
    of = rules.id if rules else "any exercise"
    return rules.id if rules else "auto", {
        "model": known("model", model, models.names()),
        "side": known("side", side, ("left", "right", "auto")),
        "strictness": known("strictness", strictness, STRICTNESS),
        "ignore": [known(f"fault of {of}", fault, faults) for fault in ignore],
    }


def _keep_safe(source: Path, out: Path | None, landmarks: Path | None, json: str | None) -> None:
    """Looks before the work at what would fail after it.

    Raises:
        UsageError: A result would overwrite the video.
        OutputError: A result cannot be written where it should go.
    """
    from formcheck.files import part_path

    extra = [Path(p) for p in (landmarks, json) if p is not None and p != "-"]
    ours = [] if out is None else [out / name for name in ("annotated.mp4", "report.json", "reps.csv")]
    for path in (*ours, *extra):
        if _same(path, source):
            raise UsageError(
                f"{path}: the result would overwrite the source", hint="choose another folder with --out"
            )
    for path in extra:
        part_path(path)


def _same(path: Path, source: Path) -> bool:
    try:
        return path.samefile(source)
    except OSError:  # one of them is not there, or cannot be looked at: the reader will say so
        return False


def _write_json(report: Report, where: str) -> None:
    from formcheck.outputs.report import to_json, write

    if where == "-":
        typer.echo(to_json(report), nl=False)
    else:
        write(Path(where), to_json(report))
