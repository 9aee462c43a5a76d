"""Where the command line speaks: results on the standard output, talk on the standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def result() -> Console:
    """The standard output; colour only on a terminal, and never with NO_COLOR."""
    return _console(talk=False)


def talk() -> Console:
    """The standard error: progress and remarks."""
    return _console(talk=True)


def _console(*, talk: bool) -> Console:
    from rich.console import Console

    # No guessing of colours, and no markup: colour has a meaning here, and files may have [brackets].
    return Console(stderr=talk, highlight=False, emoji=False, markup=False)
