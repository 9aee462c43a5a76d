"""``formcheck explain``: one exercise, whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.options import Debug
from formcheck.language import tr

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
        out.print("\n" + tr("Nothing is judged: reps are counted and described, as information."))
    else:
        _faults(rules, out)
    out.print("\n" + tr("Sources"), style="bold underline")
    for ref in rules.refs:
        out.print(f"  {ref}")


def _faults(rules: Exercise, out: Console) -> None:
    from formcheck.cli import words
    from formcheck.engine import control

    out.print("\n" + tr("Faults"), style="bold underline")
    for fault in rules.faults:
        _item(out, _title(fault), _fault(fault, rules))
    out.print("\n" + tr("Faults of every exercise"), style="bold underline")
    for shared in control.faults_of(rules).values():
        if not isinstance(shared, control.Control):
            continue
        rows = [
            (tr("say"), tr(shared.cue)),
            (tr("why"), tr(shared.why)),
            (tr("limits"), words.shared_limits(shared)),
            (tr("source"), shared.source),
        ]
        _item(out, f"{tr(shared.label)} ({shared.id})", rows)


def _head(rules: Exercise, out: Console) -> None:
    from formcheck.cli import words

    _item(
        out,
        f"{tr(rules.name)} ({rules.id})",
        [
            (tr("posture"), tr(words.POSTURES[rules.posture])),
            (tr("side"), tr(words.SIDES[rules.side])),
            (tr("setup"), tr(rules.setup)),
            (tr("camera"), tr(rules.camera)),
            *((tr("before a set"), words.placing(placing)) for placing in rules.placings),
            (tr("counted"), words.counted(rules)),
            *((tr("only if"), words.gate(gate)) for gate in rules.gates),
        ],
    )


def _title(fault: Fault) -> str:
    return f"{tr(fault.label)} ({fault.id})" + (tr(", what matters most") if fault.primary else "")


def _fault(fault: Fault, rules: Exercise) -> Iterator[tuple[str, str]]:
    from formcheck.cli import words

    yield tr("say"), tr(fault.cue)
    yield tr("why"), tr(fault.why)
    for i, way in enumerate(fault.ways):
        measure = way.measure
        yield tr("measured" if i == 0 else "or else"), words.measure(measure)
        held = tr(", held for {s:g} s", s=fault.hold_s) if measure.how in words.HELD else ""
        yield tr("limits"), words.limits(way.limits, measure.signal.unit) + held
        if not way.clears:
            yield tr("but"), tr("only a large one shows here: a smaller one is called unknown, never ok")
        elif way.ok_to < way.limits.mild:
            most = words.amount(way.ok_to, measure.signal.unit)
            yield tr("but"), tr("above {most} it is too close to call: unknown, never ok", most=most)
        if way.believable < float("inf"):
            most = words.amount(way.believable, measure.signal.unit)
            yield tr("but"), tr("above {most} the body's points are misplaced: unknown", most=most)
        yield tr("seen"), words.seen(way.seen, rules.posture) or tr("from anywhere")
    for where in dict.fromkeys(way.seen.where for way in fault.ways if way.seen.where):
        yield tr("camera"), tr(where)
    if fault.source:
        yield tr("source"), fault.source


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
