"""One catalogue of all that people read and hear.

English stands where it is written, and is the key; ``ID.toml`` beside this file has another language. `tr`
is called where text reaches a person: command line, drawing, voice. Files for programs (JSON, CSV) keep their
English.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files

from formcheck.errors import UsageError
from formcheck.language.book import Book

__all__ = ["Book", "book", "current", "languages", "tr", "use"]

ENGLISH = "en"
#: Looked at in this order; the first that is set decides. The last three are the system's own.
VARIABLES = ("FORMCHECK_LANG", "LC_ALL", "LC_MESSAGES", "LANG")

_chosen = ""


def languages() -> tuple[str, ...]:
    """Ids of the languages that there are, English first."""
    found = (item.name.removesuffix(".toml") for item in files(__name__).iterdir())
    return ENGLISH, *sorted(name for name in found if len(name) == len(ENGLISH))


def use(language: str | None) -> None:
    """Chooses the language from here on; None leaves the choice to the environment.

    Raises:
        UsageError: There is no such language.
    """
    global _chosen  # noqa: PLW0603 - a person reads one language at a time
    if language is not None and _short(language) not in languages():
        raise UsageError(f"unknown language '{language}'", hint=f"known: {', '.join(languages())}")
    _chosen = _short(language) if language is not None else ""


def current() -> str:
    """The chosen language, else that of the environment, else English."""
    if _chosen:
        return _chosen
    named = next((value for name in VARIABLES if (value := os.environ.get(name))), "")
    return _short(named) if _short(named) in languages_once() else ENGLISH


@cache
def languages_once() -> frozenset[str]:
    """The same as `languages`, looked up once."""
    return frozenset(languages())


@cache
def book(language: str) -> Book:
    """The catalogue of a language other than English."""
    return Book.load((files(__name__) / f"{language}.toml").read_text(encoding="utf-8"))


def tr(text: str, /, **values: object) -> str:
    """English text in the current language.

    Args:
        text: A template for `str.format`, or, without values, a finished text: that is looked up as it is, by
            the template that makes it, or piece by piece. What is not known stays as it is.
        values: For the template; those that are text are translated likewise.
    """
    language = current()
    if language == ENGLISH:
        return text.format(**values) if values else text
    there = book(language)
    return there.filled(text, values) if values else there.finished(text)


def _short(name: str) -> str:
    """``es`` for ``es_ES.UTF-8``."""
    return name.lower()[: len(ENGLISH)]
