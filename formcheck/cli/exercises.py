"""``formcheck exercises``: the catalogue."""

from __future__ import annotations

from formcheck.cli.options import Debug
from formcheck.language import tr


def command(*, debug: Debug = False) -> None:  # noqa: ARG001 - `run` looks for it
    """List the exercises, and where to put the camera for each."""
    from rich import box
    from rich.table import Table

    from formcheck.cli import console
    from formcheck.exercises import catalogue

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("id", style="bold", no_wrap=True)
    table.add_column(tr("name"))
    table.add_column(tr("where to put the camera"))
    for exercise in catalogue().values():
        table.add_row(exercise.id, tr(exercise.name), tr(exercise.camera))
    out = console.result()
    out.print(table)
    out.print("\n" + tr("More about one: formcheck explain ID"), style="dim")
