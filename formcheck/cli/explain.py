"""``formcheck explain``: one exercise, whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.options import Debug

if TYPE_CHECKING:
    from rich.console import Console

    from formcheck.spec import Exercise, Fault

Id = Annotated[str, typer.Argument(metavar="ID", help="The exercise: formcheck exercises lists them.")]


def command(exercise: Id, *, debug: Debug = False) -> None:  # noqa: ARG001 - `run` looks for it
    """Explain an exercise: setup, camera, what is counted, faults with limits, cues and sources."""
    from formcheck.cli import console
    from formcheck.exercises import find

    out = console.result()
    rules = find(exercise)
    _head(rules, out)
    if rules.informative:
        out.print("\nNothing is judged: reps are counted and described, as information.")
    else:
        _faults(rules, out)
    out.print("\nSources", style="bold underline")
    for ref in rules.refs:
        out.print(f"  {ref}")


def _faults(rules: Exercise, out: Console) -> None:
    from formcheck.cli import words
    from formcheck.engine import control

    out.print("\nFaults", style="bold underline")
    for fault in rules.faults:
        _item(out, _title(fault), _fault(fault, rules))
    out.print("\nFaults of every exercise", style="bold underline")
    for shared in control.faults_of(rules).values():
        if not isinstance(shared, control.Control):
            continue
        rows = [
            ("say", shared.cue),
            ("why", shared.why),
            ("limits", words.shared_limits(shared, rules)),
            ("source", shared.source),
        ]
        _item(out, f"{shared.label} ({shared.id})", rows)


def _head(rules: Exercise, out: Console) -> None:
    from formcheck.cli import words

    _item(
        out,
        f"{rules.name} ({rules.id})",
        [
            ("posture", words.POSTURES[rules.posture]),
            ("side", words.SIDES[rules.side]),
            ("setup", rules.setup),
            ("camera", rules.camera),
            ("counted", words.counted(rules)),
            *(("only if", words.gate(gate)) for gate in rules.gates),
        ],
    )


def _title(fault: Fault) -> str:
    return f"{fault.label} ({fault.id}){', what matters most' if fault.primary else ''}"


def _fault(fault: Fault, rules: Exercise) -> Iterator[tuple[str, str]]:
    from formcheck.cli import words

    yield "say", fault.cue
    yield "why", fault.why
    for i, way in enumerate(fault.ways):
        measure = way.measure
        yield ("measured" if i == 0 else "or else"), words.measure(measure)
        held = f", held for {fault.hold_s:g} s" if measure.how in words.HELD else ""
        yield "limits", words.limits(way.limits, measure.signal.unit) + held
        if not way.clears:
            yield "but", "only a large one shows here: a smaller one is called unknown, never ok"
        yield "seen", words.seen(way.seen, rules.posture) or "from anywhere"
    for where in dict.fromkeys(way.seen.where for way in fault.ways if way.seen.where):
        yield "camera", where
    if fault.source:
        yield "source", fault.source


def _item(out: Console, title: str, rows: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> None:
    """A title and a hanging list under it."""
    from rich.table import Table

    out.print()
    out.print(title, style="bold")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True, min_width=10)
    grid.add_column(overflow="fold")
    for name, text in rows:
        grid.add_row(f"  {name}", text)
    out.print(grid)
