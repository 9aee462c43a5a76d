"""Options that several commands share, and the check of words against what is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from formcheck.errors import UsageError
from formcheck.language import tr

#: Accepted before and after the command; `formcheck.cli.main.run` looks for it among the arguments.
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]

#: Likewise.
Lang = Annotated[
    str | None, typer.Option("--lang", metavar="en|es", help="The language: else that of the system.")
]


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
    hint = tr("did you mean {near!s}?", near=near[0]) + " " if near else ""
    raise UsageError(
        tr("unknown {what} '{word!s}'", what=what, word=word),
        hint=hint + tr("known: {words!s}", words=", ".join(words)),
    )
