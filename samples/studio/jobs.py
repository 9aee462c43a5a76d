"""Jobs side by side in processes of one thread each.

A job that fails, or that takes its process down, is told and stops nobody. Ctrl-C stops the running jobs
within a frame.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Event
from typing import Any, Final, cast

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

#: One thread for each process is the fastest on few cores: nobody waits for the other's half of a frame.
#: Software OpenGL, OpenMP and numpy's library each read their own variable.
ONE_THREAD: Final = {"LP_NUM_THREADS": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class Halted(Exception):
    """Raised inside of a job that was asked to stop."""


@dataclass(frozen=True)
class Job:
    """One piece of work.

    Attributes:
        name: For people.
        weight: How much of the whole it is, for the bar: frames.
        argument: What the worker's function is given; it has to be picklable.
    """

    name: str
    weight: int
    argument: Any


#: Does one job. The second argument says whether to stop: then it raises `Halted`.
Work = Callable[[Any, Callable[[], bool]], None]


def run(work: Work, jobs: Sequence[Job], processes: int, what: str) -> int:
    """Does all jobs under a progress bar on stderr; a failure is one line there.

    Args:
        work: A function of a module: it is run in other processes.
        jobs: What to do, in this order.
        processes: How many at a time.
        what: What is counted, for the bar.

    Returns:
        How many failed.

    Raises:
        KeyboardInterrupt: Ctrl-C, after the running jobs have ended.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    failed = 0
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task(what, total=sum(job.weight for job in jobs))
        for job, problem in _outcomes(work, jobs, processes):
            if problem:
                failed += 1
                progress.console.print(
                    f"{job.name}: {problem}", style="red", highlight=False, markup=False, soft_wrap=True
                )
            progress.advance(bar, job.weight)
    return failed


def _outcomes(work: Work, jobs: Sequence[Job], processes: int) -> Iterator[tuple[Job, str]]:
    """Each job as it ends, with what went wrong or nothing."""
    context = multiprocessing.get_context("spawn")  # a forked process would share a half-made GL context
    halt = context.Event()
    waiting = list(reversed(jobs))
    busy: dict[Connection, tuple[SpawnProcess, Job]] = {}
    idle: list[tuple[Connection, SpawnProcess]] = []
    kept = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        while waiting or busy:
            while waiting and len(busy) < processes:
                pipe, process = idle.pop() if idle else _start(context, work, halt)
                job = waiting.pop()
                pipe.send(job.argument)
                busy[pipe] = (process, job)
            for pipe in cast("list[Connection]", wait(list(busy))):
                process, job = busy.pop(pipe)
                try:
                    problem = pipe.recv()
                    idle.append((pipe, process))
                except (EOFError, ConnectionError):
                    process.join()
                    problem = f"its process died (exit code {process.exitcode})"
                yield job, problem
    finally:
        halt.set()
        everyone = [*idle, *((pipe, process) for pipe, (process, _) in busy.items())]
        for pipe, _ in everyone:
            with suppress(OSError):
                pipe.send(None)
        for _, process in everyone:
            process.join()
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value


def _start(context: Any, work: Work, halt: Event) -> tuple[Connection, SpawnProcess]:
    pipe, far_end = context.Pipe()
    process = context.Process(target=_serve, args=(far_end, work, halt), daemon=True)
    process.start()
    far_end.close()
    return pipe, process


def _serve(pipe: Connection, work: Work, halt: Event) -> None:
    """A worker's life: jobs until None comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells everybody; the parent decides
    while (argument := pipe.recv()) is not None:
        problem = ""
        try:
            work(argument, halt.is_set)
        except Halted:
            return
        except Exception as error:  # noqa: BLE001 - one bad clip must not stop the others
            problem = " ".join(str(error).split()) or type(error).__name__
            problem = problem if hasattr(error, "hint") else f"{type(error).__name__}: {problem}"
        pipe.send(problem)
