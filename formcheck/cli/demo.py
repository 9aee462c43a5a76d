"""``formcheck demo``: the packaged sample, analysed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.options import Debug
from formcheck.language import tr

if TYPE_CHECKING:
    from formcheck.cli.samples import Truth
    from formcheck.types import Report

Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to put the results.")]


def command(out: Out = Path("formcheck-demo"), *, debug: Debug = False) -> None:  # noqa: ARG001 - `run` looks for it
    """Analyse the sample that comes with formcheck and show what comes out."""
    from formcheck.cli import console, samples
    from formcheck.cli.analyze import work
    from formcheck.cli.result import show

    clip = samples.find()
    truth = samples.truth(clip)
    report = work(clip, truth.exercise if truth else clip.stem, console.talk(), out=out)
    screen = console.result()
    show(report, screen)
    if truth is not None and not report.cancelled:
        screen.print()
        screen.print(
            tr("The person is rendered, so the truth is known: {text}", text=compare(report, truth)),
            style="green",
        )
    if report.cancelled:
        raise typer.Exit(130)


def compare(report: Report, truth: Truth) -> str:
    """How a report compares with what the rendered person was told to do, in one sentence."""
    from formcheck.cli.result import labels
    from formcheck.cli.words import numbers
    from formcheck.types import Severity

    bad = (Severity.MILD, Severity.SEVERE)
    found: dict[str, tuple[int, ...]] = {}
    for number, rep in enumerate((r for r in report.reps if r.counted), start=1):
        for verdict in rep.verdicts:
            if verdict.verdict in bad:
                found[verdict.fault] = (*found.get(verdict.fault, ()), number)
    names = labels(report.exercise)
    parts = [tr("{found:d} of {all:d} reps", found=report.count, all=truth.count)]
    for fault in sorted(truth.faults.keys() | found.keys()):
        name, told, seen = names.get(fault, fault), truth.faults.get(fault, ()), found.get(fault, ())
        if seen == told:
            parts.append(tr("{name} found in {reps}, as commanded", name=name, reps=numbers(seen)))
        else:
            text = "{name} found in {reps}, commanded in {others}"
            parts.append(tr(text, name=name, reps=numbers(seen), others=numbers(told)))
    return "; ".join(parts) + "."
