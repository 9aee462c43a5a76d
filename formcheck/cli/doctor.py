"""``formcheck doctor``: what is missing on this machine, and the command that mends it."""

from __future__ import annotations

from formcheck.cli.options import Debug


def command(*, debug: Debug = False) -> None:  # noqa: ARG001 - `run` looks for it
    """Check libraries, model, codecs, graphics, display, camera and speech."""
    from rich.text import Text

    from formcheck.cli import checks, console
    from formcheck.errors import SetupError

    out = console.result()
    missing = []
    for check in checks.everything():
        mark, style = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "bad": ("✗", "bold red")}[check.state]
        out.print(Text.assemble((f"{mark} ", style), f"{check.name}: {check.text}"), soft_wrap=True)
        if check.mend:
            out.print(Text.assemble("    ", (check.mend, "bold")), soft_wrap=True)
        if check.state == "bad":
            missing.append(check.name)
    if missing:
        raise SetupError(
            f"analysis does not work here yet: {', '.join(missing)}",
            hint="the lines with ✗ say how to mend it",
        )
    out.print("\nEverything that analysis needs is here.")
