"""Threads that pose, watched by the one that began them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Final, TypeVar

T = TypeVar("T")

#: How often `beat` is called at least, and a Ctrl-C is noticed, s of wall time.
BEAT_S: Final = 0.1


def supervise(
    tasks: Sequence[Future[T]],
    beat: Callable[[], None],
    cancel: threading.Event,
    halt: threading.Event,
) -> list[T]:
    """Waits for all tasks; the first failure, in their order, stops the others and is raised.

    Args:
        tasks: What runs.
        beat: Called from this thread, again and again.
        cancel: When it is set, `halt` is, too. Ctrl-C sets both.
        halt: Stops the tasks.

    Returns:
        What came of each.
    """
    pending = set(tasks)
    while pending:
        try:
            done, pending = wait(pending, BEAT_S, FIRST_COMPLETED)
            if cancel.is_set() or any(task.exception() for task in done):
                halt.set()
            beat()
        except KeyboardInterrupt:
            cancel.set()
            halt.set()
    return [task.result() for task in tasks]
