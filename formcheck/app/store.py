"""Sessions on disk: written whole after every rep, in a thread, so that nothing is lost and nobody waits.

One JSON file for each session, ``formcheck.saved/1``::

    schema, started_at, saved_at   ISO 8601, UTC
    finished                       whether it was ended on purpose
    exercise                       id, empty while unknown
    session                        the session's own state, see formcheck.session
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from formcheck.errors import OutputError
from formcheck.files import atomic

SCHEMA: Final = "formcheck.saved/1"
#: An unfinished session older than this is not offered any more.
STILL_WARM: Final = timedelta(hours=6)
NOT_SAVED: Final = "Not saved: {why}"


def folder() -> Path:
    """Where sessions are kept: ``FORMCHECK_SESSIONS``, or this user's data folder."""
    if override := os.environ.get("FORMCHECK_SESSIONS"):
        return Path(override)
    import platformdirs

    return Path(platformdirs.user_data_dir("formcheck", appauthor=False)) / "sessions"


@dataclass(frozen=True, slots=True)
class Saved:
    """A session found on disk.

    Attributes:
        age: Since it was last written.
        state: For the session to go on with.
    """

    path: Path
    exercise: str
    age: timedelta
    state: dict[str, Any]


def _utc_now() -> datetime:
    return datetime.now(UTC)


def unfinished(
    where: Path, *, now: Callable[[], datetime] = _utc_now, within: timedelta = STILL_WARM
) -> Saved | None:
    """The newest session that was broken off lately; None when there is none.

    Damaged files and files of other versions are passed over.
    """
    newest: Saved | None = None
    for path in sorted(where.glob("*.json"), reverse=True)[:50]:
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            if document["schema"] != SCHEMA or document["finished"]:
                continue
            age = now() - datetime.fromisoformat(document["saved_at"])
            found = Saved(path, str(document["exercise"]), age, dict(document["session"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if age <= within and (newest is None or age < newest.age):
            newest = found
    return newest


class Keeper:
    """Writes a session's state whenever told to; only the newest state waits.

    Args:
        path: The file; its folder is made.
        exercise: Id.
        now: The time of day, UTC.
    """

    def __init__(self, path: Path, *, exercise: str = "", now: Callable[[], datetime] = _utc_now) -> None:
        self.path = path
        self.exercise = exercise
        self._now = now
        self._started = now()
        self._state: dict[str, Any] | None = None
        self._finished = False
        self._trouble = ""
        self._wake = threading.Condition()
        self._stop = False
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)
        self._thread.start()

    @property
    def note(self) -> str:
        """Why the last writing failed, for the screen; empty when it did not."""
        return self._trouble

    def save(self, state: dict[str, Any], *, finished: bool = False) -> None:
        """Hand a state in; returns at once."""
        with self._wake:
            self._state, self._finished = state, finished
            self._wake.notify_all()

    def close(self) -> None:
        """Write what waits, and end."""
        with self._wake:
            self._stop = True
            self._wake.notify_all()
        self._thread.join(5.0)

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._stop or self._state is not None)
                state, finished, self._state = self._state, self._finished, None
                stop = self._stop
            if state is not None:
                self._write(state, finished=finished)
            if stop and self._state is None:
                return

    def _write(self, state: dict[str, Any], *, finished: bool) -> None:
        document = {
            "schema": SCHEMA,
            "started_at": self._started.isoformat(timespec="seconds"),
            "saved_at": self._now().isoformat(timespec="seconds"),
            "finished": finished,
            "exercise": self.exercise,
            "session": state,
        }
        try:
            with suppress(OSError):
                self.path.parent.mkdir(parents=True, exist_ok=True)
            with atomic(self.path) as part, part.open("w", encoding="utf-8") as file:
                json.dump(document, file, ensure_ascii=False, allow_nan=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
        except OutputError as error:
            self._trouble = NOT_SAVED.format(why=error.args[0].rpartition(": ")[2])
        else:
            self._trouble = ""


def new_path(where: Path, now: Callable[[], datetime] = _utc_now) -> Path:
    """A name for a new session, by the time of day."""
    stamp = now().astimezone().strftime("%Y-%m-%d_%H-%M-%S")
    path = where / f"{stamp}.json"
    number = 2
    while path.exists():
        path = where / f"{stamp}_{number}.json"
        number += 1
    return path
