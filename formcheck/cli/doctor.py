"""``formcheck doctor``: what is missing on this machine, and the command that mends it."""

from __future__ import annotations

from formcheck.cli.options import Debug
from formcheck.language import tr


def command(*, debug: Debug = False) -> None:  # noqa: ARG001 - `run` looks for it
    """Check libraries, model, codecs, graphics, display, camera and speech."""
    from rich.text import Text

    from formcheck.cli import checks, console
    from formcheck.errors import SetupError

    out = console.result()
    missing = []
    for check in checks.everything():
        mark, style = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "bad": ("✗", "bold red")}[check.state]
        out.print(Text.assemble((f"{mark} ", style), f"{tr(check.name)}: {tr(check.text)}"), soft_wrap=True)
        if check.mend:
            out.print(Text.assemble("    ", (tr(check.mend), "bold")), soft_wrap=True)
        if check.state == "bad":
            missing.append(tr(check.name))
    if missing:
        raise SetupError(
            tr("analysis does not work here yet: {missing}", missing=", ".join(missing)),
            hint="the lines with ✗ say how to mend it",
        )
    out.print("\n" + tr("Everything that analysis needs is here."))
