"""What an analysis found, for people: the table of reps, what was not judged, the one thing to change."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from formcheck.cli.words import numbers
from formcheck.language import tr
from formcheck.types import FaultCount, Rep, Report, Severity

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

#: Shape as well as colour; blue and orange stay apart for colour-blind eyes.
MARKS = {
    Severity.OK: ("✓", "green"),
    Severity.MILD: ("▲", "yellow"),
    Severity.SEVERE: ("✗", "bold red"),
    Severity.UNKNOWN: ("?", "dim"),
}
#: What is done with each kind of file, in the order of `Report.files`.
FILES = {"video": "watch", "report": "report", "reps": "table", "landmarks": "landmarks"}


def show(report: Report, console: Console) -> None:
    """Prints everything about a report, readable at 80 columns and without colour."""
    from rich.text import Text

    for one in report.parts:
        _part(one, console)
    if not report.parts:
        _part(report, console)
    else:
        for note in report.notes:
            console.print("\n" + tr("Note: {note}", note=_end(note)))
    if report.cancelled:
        console.print(
            tr("Stopped after {s:.1f} s: this is about the part until then.", s=report.analysed_s),
            style="yellow",
        )
    if report.files:
        console.print()
        for kind, path in sorted(report.files, key=lambda f: list(FILES).index(f[0]) if f[0] in FILES else 9):
            console.print(Text.assemble((f"{tr(FILES.get(kind, kind)):>9}  ", "dim"), path), soft_wrap=True)


def _part(report: Report, console: Console) -> None:
    """Headline, reps, remarks and the one thing to change of one exercise."""
    console.print()
    console.print(_headline(report))
    if not report.given and report.evidence:
        console.print(_recognised(report), style="dim")
    if report.figures:
        console.print()
        for figure in _figures(report):
            console.print(figure)
        return
    if report.reps:
        console.print()
        console.print(_table(report))
    remarks = _remarks(report)
    if remarks:
        console.print()
    for line in remarks:
        console.print(line)
    console.print()
    console.print(_change(report))


def _figures(report: Report) -> list[Text]:
    """What is told of walking and running, a line each."""
    from rich.text import Text

    width = max(len(tr(f.name)) for f in report.figures)
    lines = []
    for f in report.figures:
        known = math.isfinite(f.value)
        said = f"{f.value:g} {tr(f.unit)}" if known else f"? {tr(f.reason)}"
        note = f"  ({tr(f.note)})" if f.note else ""
        lines.append(
            Text(f"{tr(f.name):<{width}}  {said}{note}", "" if known else MARKS[Severity.UNKNOWN][1])
        )
    return lines


def _recognised(report: Report) -> str:
    """How sure it is of the exercise, and from what to what it was done."""
    from formcheck.exercises import find

    other = tr(", next {name}", name=tr(find(report.runner_up).name).lower()) if report.runner_up else ""
    signs = ", ".join(f"{tr(name)} {reading:g}" for name, reading, _ in report.evidence[:3])
    return tr(
        "Recognised, {sure:.0f} % sure{other}; from {start:.0f} to {end:.0f} s. Signs: {signs}.",
        sure=100 * report.confidence,
        other=other,
        start=report.start_s,
        end=report.end_s,
        signs=signs,
    )


def labels(exercise: str) -> dict[str, str]:
    """The words for all faults of an exercise, by id, in the current language."""
    from formcheck.engine.control import faults_of
    from formcheck.exercises import find

    return {fault: tr(f.label) for fault, f in faults_of(find(exercise)).items()}


def _headline(report: Report) -> Text:
    from rich.text import Text

    if report.figures:
        return Text(tr(report.name), "bold")
    parts = [tr("{n:d} rep" if report.count == 1 else "{n:d} reps", n=report.count)]
    if report.partial:
        parts.append(tr("{n:d} partial", n=report.partial))
    if report.score is not None:
        parts.append(tr("score {score:d} of 100", score=report.score))
    elif report.count:
        parts.append(tr("no score, since too much was unseen"))
    if report.variant:
        parts.append(tr(_variant(report)))
    if report.view.kind != "unknown":
        parts.append(tr("camera at the {view}", view=report.view.kind))
    return Text.assemble((tr(report.name), "bold"), ": ", "; ".join(parts))


def _variant(report: Report) -> str:
    """The variant in words."""
    from formcheck.exercises import find

    return {v.id: v.name for v in find(report.exercise).variants}[report.variant]


def _table(report: Report) -> Table:
    from rich import box
    from rich.table import Table

    names = labels(report.exercise)
    sets = len({rep.set for rep in report.reps}) > 1
    sides = any(rep.side.value != "both" for rep in report.reps)
    gap = 1 if sets else 2  # the sets' column would leave too little for the words
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, gap, 0, 0))
    if sets:
        table.add_column(tr("set"), justify="right")
    table.add_column(tr("rep"), justify="right", no_wrap=True)
    if sides:
        table.add_column(tr("side"), no_wrap=True)
    for head in (tr("range"), tr("up"), tr("hold"), tr("down"), tr("score")):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column(tr("form"), ratio=1)
    own = _own(report.exercise)
    for rep in report.reps:
        cells: list[str | Text] = [str(rep.set)] if sets else []
        cells.append(str(rep.index) if rep.counted else "–")
        if sides:
            cells.append(tr(rep.side.value))
        cells.append(f"{rep.range:.0f}°")
        cells += [_seconds(s) for s in (rep.tempo.concentric_s, rep.tempo.hold_s, rep.tempo.eccentric_s)]
        cells.append("–" if rep.score is None else str(rep.score))
        cells.append(_form(rep, names, own))
        table.add_row(*cells, style="" if rep.counted else "dim")
    return table


def _form(rep: Rep, names: dict[str, str], own: frozenset[str]) -> Text:
    """One rep's faults in words, the gravest first."""
    from rich.text import Text

    if not rep.counted:
        return Text(tr("partial, not counted"))
    bad = [v for level in (Severity.SEVERE, Severity.MILD) for v in rep.verdicts if v.verdict is level]
    if bad:
        text = Text()
        for i, verdict in enumerate(bad):
            mark, style = MARKS[verdict.verdict]
            text.append("" if i == 0 else ", ")
            text.append(
                f"{mark} {names.get(verdict.fault, verdict.fault)} ({tr(verdict.verdict.value)})", style
            )
        return text
    judged = [v for v in rep.verdicts if v.fault in own]
    if not judged or all(v.verdict is Severity.UNKNOWN for v in judged):
        return Text(f"? {tr('not judged')}", MARKS[Severity.UNKNOWN][1])
    if any(v.verdict is Severity.UNKNOWN for v in judged):
        return Text(f"○ {tr('fine where seen')}")  # no tick for what the camera could not see
    return Text(f"✓ {tr('good')}", MARKS[Severity.OK][1])


def _remarks(report: Report) -> list[str]:
    """What could not be judged and why, where to put the camera, and what there is to know."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for fault in _unseen(report):
        reps = _reps_with(report, fault.fault, (Severity.UNKNOWN,)) if fault.ok + fault.shown else []
        where = tr(" in {reps}", reps=numbers(reps)) if reps else ""
        reasons.setdefault((where, fault.reason or "not seen"), []).append(tr(fault.label))
    lines = [
        tr("Not judged{where}: {names}: {why}", where=where, names=", ".join(names), why=_end(why))
        for (where, why), names in reasons.items()
    ]
    advice = tr(report.view.advice)
    if advice and not any(advice.rstrip(".") in line for line in lines):
        lines.append(tr("To see more: {advice}", advice=_end(advice)))
    return [*lines, *(tr("Note: {note}", note=_end(note)) for note in report.notes)]


def _unseen(report: Report) -> list[FaultCount]:
    """Faults that could not be judged in some rep; a shared one only when it never could."""
    own = _own(report.exercise)
    never = 2  # in a single rep, what compares reps is unknown anyway
    return [
        fault
        for fault in report.per_fault
        if fault.unknown and (fault.fault in own or (not fault.ok + fault.shown and report.count >= never))
    ]


def _change(report: Report) -> Text:
    """The one thing to change, where it showed, and why it matters."""
    from rich.text import Text

    if not report.reps:
        return Text(tr("There was no rep to judge."))
    if not report.cue:
        own = _own(report.exercise)
        judged = sum(f.ok + f.shown for f in report.per_fault if f.fault in own)
        if not judged:
            return Text(tr("Your form could not be judged from here."))
        unseen = [
            tr(f.label) for f in report.per_fault if f.fault in own and f.unknown and not f.ok + f.shown
        ]
        if unseen:
            names = ", ".join(unseen)
            return Text(tr("Nothing to change in what could be seen. Not seen at all: {names}.", names=names))
        return Text(tr("Nothing to change. Keep going like this."), "bold green")
    text = Text.assemble(tr("The one thing to change:"), " ", (f"{tr(report.cue)}.", "bold"))
    reps = _reps_with(report, report.top_fault, (Severity.MILD, Severity.SEVERE))
    name = labels(report.exercise).get(report.top_fault, report.top_fault)
    name = name[:1].upper() + name[1:]
    text.append("\n" + tr("{name} in {reps}.", name=name, reps=numbers(reps)))
    if why := _why(report):
        text.append(f" {tr(why)}")
    return text


def _reps_with(report: Report, fault: str, levels: Sequence[Severity]) -> list[int]:
    """Numbers of the counted reps, through all sets, in which a fault has one of these verdicts."""
    counted = [rep for rep in report.reps if rep.counted]
    return [
        number
        for number, rep in enumerate(counted, start=1)
        if any(v.fault == fault and v.verdict in levels for v in rep.verdicts)
    ]


def _why(report: Report) -> str:
    from formcheck.engine.control import faults_of
    from formcheck.exercises import find

    return faults_of(find(report.exercise))[report.top_fault].why


def _own(exercise: str) -> frozenset[str]:
    """The faults that belong to the exercise itself."""
    from formcheck.exercises import find

    return frozenset(fault.id for fault in find(exercise).faults)


def _seconds(value: float) -> str:
    return tr("{s:.1f} s", s=value) if math.isfinite(value) else "–"


def _end(text: str) -> str:
    return text if text.endswith(("?", "!")) else f"{text.rstrip('.')}."
