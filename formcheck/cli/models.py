"""``formcheck models``: list, check and pull the pose models."""

from __future__ import annotations

from typing import Annotated

import typer

from formcheck.cli.options import Debug, known
from formcheck.language import tr

app = typer.Typer()

Name = Annotated[str, typer.Argument(metavar="NAME", help="full, lite or heavy.")]


@app.callback(invoke_without_command=True)
def overview(context: typer.Context) -> None:
    """List, check and fetch the pose models."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("list")
def list_models(*, debug: Debug = False) -> None:  # noqa: ARG001 - `run` looks for it
    """List the models and where they are."""
    from rich import box
    from rich.table import Table

    from formcheck.cli import console
    from formcheck.pose import models

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(tr("model"), style="bold", no_wrap=True)
    table.add_column(tr("on this machine"), no_wrap=True)
    table.add_column(tr("what it is"))
    for state in models.status():
        here = "yes" if state.ok else "damaged" if state.path else "no"
        table.add_row(state.model.name, tr(here), f"{tr(state.model.about)} ({state.model.licence})")
    out = console.result()
    out.print(table)
    out.print("\n" + tr("Fetch one: formcheck models pull NAME"), style="dim")


@app.command("check")
def check(*, debug: Debug = False) -> None:  # noqa: ARG001 - `run` looks for it
    """Check that the models on this machine are whole; fails where one is damaged."""
    from formcheck.cli import console
    from formcheck.errors import ModelError
    from formcheck.pose import models

    out = console.result()
    broken = []
    for state in models.status():
        name = state.model.name
        if state.ok:
            out.print(f"✓ {name}: {tr(state.message)}, {state.path}", style="green", soft_wrap=True)
        elif state.path is None and not state.model.builtin:
            text = tr(
                "{name!s}: not on this machine, fetch it with formcheck models pull {name!s}", name=name
            )
            out.print(f"· {text}", soft_wrap=True)
        else:
            out.print(f"✗ {name}: {tr(state.message)}", style="bold red", soft_wrap=True)
            broken.append(name)
    if broken:
        raise ModelError(
            tr("not usable: {names!s}", names=", ".join(broken)),
            hint=tr("run formcheck models pull {name!s}", name=broken[0]),
        )


@app.command("pull")
def pull(name: Name, *, debug: Debug = False) -> None:  # noqa: ARG001 - `run` looks for it
    """Fetch a model from its official address into this user's cache, whole or not at all."""
    from formcheck.cli import console
    from formcheck.pose import models

    name = known("model", name, models.names())
    talk = console.talk()
    if talk.is_terminal:
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        with Progress(*columns, console=talk, transient=True) as bar:
            task = bar.add_task(tr("Fetching {name!s}", name=name), total=None)
            path = models.pull(name, lambda done, total: bar.update(task, completed=done, total=total))
    else:
        talk.print(f"formcheck: {tr('fetching the {name!s} model', name=name)}", soft_wrap=True)
        path = models.pull(name)
    console.result().print(tr("{name!s} is in {path!s}", name=name, path=path), soft_wrap=True)
