"""What happened in a live session, a line of JSON for each event: for bug reports and for tests."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from formcheck.files import output_error
from formcheck.session.events import Event, Saved, SetDone
from formcheck.types import Rep, Severity


def as_dict(event: Event) -> dict[str, Any]:
    """One event as plain values; times in seconds to the millisecond, reps in short."""
    found: dict[str, Any] = {"event": type(event).__name__.lower()}
    for name in (f.name for f in dataclasses.fields(event)):
        value = getattr(event, name)
        if isinstance(event, Saved | SetDone) and name == "reps":
            value = [_rep(rep) for rep in value]
        found[name] = round(value, 3) if isinstance(value, float) else value
    return found


def _rep(rep: Rep) -> dict[str, Any]:
    bad = {v.fault: v.verdict.value for v in rep.verdicts if v.verdict in (Severity.MILD, Severity.SEVERE)}
    return {"set": rep.set, "rep": rep.index, "side": rep.side.value, "counted": rep.counted, "faults": bad}


class Writer:
    """Writes events as they come.

    Args:
        path: The file; what stood there goes.

    Raises:
        OutputError: It can't be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = path.open("w", encoding="utf-8", buffering=1)
        except OSError as error:
            raise output_error(path, error) from error

    def __call__(self, event: Event) -> None:
        """Write one."""
        try:
            self._file.write(json.dumps(as_dict(event), ensure_ascii=False) + "\n")
        except OSError as error:
            raise output_error(self._path, error) from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()
