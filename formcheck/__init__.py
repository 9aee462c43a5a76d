"""formcheck: form feedback for exercise, rep by rep, from one ordinary camera.

    >>> from formcheck import analyze
    >>> report = analyze("clip.mp4", "clamshell")     # doctest: +SKIP
    >>> report.count, report.cue                      # doctest: +SKIP

Importing this package loads nothing heavy; what a name needs is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from formcheck.app.analyse import analyze
    from formcheck.errors import (
        FormcheckError,
        ModelError,
        NoPersonError,
        OutputError,
        SourceError,
        UsageError,
    )
    from formcheck.exercises import catalogue
    from formcheck.sources.recording import load, save
    from formcheck.types import Recording, Rep, Report, Severity, Verdict, View

_HOMES = {
    "analyze": "app.analyse",
    "catalogue": "exercises",
    "load": "sources.recording",
    "save": "sources.recording",
    **dict.fromkeys(("Recording", "Rep", "Report", "Severity", "Verdict", "View"), "types"),
    **dict.fromkeys(
        ("FormcheckError", "ModelError", "NoPersonError", "OutputError", "SourceError", "UsageError"),
        "errors",
    ),
}

__all__ = [
    "FormcheckError",
    "ModelError",
    "NoPersonError",
    "OutputError",
    "Recording",
    "Rep",
    "Report",
    "Severity",
    "SourceError",
    "UsageError",
    "Verdict",
    "View",
    "analyze",
    "catalogue",
    "load",
    "save",
]


def __getattr__(name: str) -> Any:
    """Loads a public name from its room."""
    if name not in _HOMES:
        raise AttributeError(f"module 'formcheck' has no attribute {name!r}")
    return getattr(import_module(f"formcheck.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names, for completion."""
    return sorted((*__all__, "__version__"))
