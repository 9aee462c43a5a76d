"""The whole error tree, on one screen.

::

    FormcheckError            what went wrong, where, and what to do        exit 1
    ├── UsageError            the call is wrong: unknown exercise, option   exit 2
    ├── SourceError           the video, recording or camera                exit 3
    │   └── NoPersonError     nothing to coach: nobody seen in the picture  exit 4
    ├── ModelError            the pose model: missing, corrupt, download    exit 5
    ├── OutputError           the result cannot be written                  exit 6
    └── SetupError            a library or system part is missing           exit 7

Ctrl-C ends with 130, as shells expect. These are errors of the world. A programmer's mistake stays
a plain ``ValueError`` or ``TypeError`` and shows its traceback.
"""

from __future__ import annotations


class FormcheckError(Exception):
    """A problem that a person can understand and mend.

    Attributes:
        hint: What to do about it, one short sentence without a leading capital's worth of theory.
        exit_code: The process exit status of the command line for this class of error.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def __str__(self) -> str:
        """The message and the hint, on one line."""
        message = super().__str__()
        return f"{message} ({self.hint})" if self.hint else message


class UsageError(FormcheckError):
    """The call itself is wrong."""

    exit_code = 2


class SourceError(FormcheckError):
    """The video, recording or camera cannot be read."""

    exit_code = 3


class NoPersonError(SourceError):
    """The source was read, but nobody could be followed in it."""

    exit_code = 4


class ModelError(FormcheckError):
    """The pose model is missing, damaged or cannot be fetched."""

    exit_code = 5


class OutputError(FormcheckError):
    """A result cannot be written."""

    exit_code = 6


class SetupError(FormcheckError):
    """Something on this machine is missing; ``formcheck doctor`` tells more."""

    exit_code = 7
