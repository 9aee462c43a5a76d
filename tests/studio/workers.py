"""Work for other processes, which can only import it from a module."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from formcheck.errors import SourceError
from samples.studio.jobs import Halted


def work(what: tuple[str, Path], halted: Callable[[], bool]) -> None:
    """Fails, dies, waits to be stopped, or leaves a file that says on how many threads OpenMP may work."""
    name, folder = what
    if name == "fails":
        raise SourceError("broken on purpose", hint="leave it")
    if name == "is wrong":
        raise ValueError("a mistake")
    if name == "dies":
        os._exit(7)
    if name == "waits":
        (folder / "started").touch()
        while not halted():
            time.sleep(0.01)
        (folder / "stopped").touch()
        raise Halted
    (folder / name).write_text(os.environ["OMP_NUM_THREADS"])
