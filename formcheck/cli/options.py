"""Options that several commands share, and the check of words against what is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from formcheck.errors import UsageError

#: Accepted before and after the command; `formcheck.cli.main.run` looks for it among the arguments.
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]


def known(what: str, word: str, words: Iterable[str]) -> str:
    """The word as it is known: forgives case, spaces and hyphens.

    Raises:
        UsageError: It is not known; names the nearest one.
    """
    words = tuple(words)
    wanted = word.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted in words:
        return wanted
    from difflib import get_close_matches

    near = get_close_matches(wanted, words, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}? " if near else ""
    raise UsageError(f"unknown {what} '{word}'", hint=f"{hint}known: {', '.join(words)}")
