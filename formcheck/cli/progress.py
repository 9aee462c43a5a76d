"""Progress of an analysis: a bar on a terminal, one line at the start and one at the end elsewhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from formcheck.language import tr

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from formcheck.types import Progress

STAGES = {"pose": "Finding the pose", "video": "Drawing the video"}


class Meter:
    """Shows how far the work is; to be called with every `Progress`.

    Args:
        title: What is being done, for the line at the start.
        quiet: Says nothing at all.
    """

    def __init__(self, console: Console, title: str, *, quiet: bool = False) -> None:
        self._console = console
        self._title = title
        self._quiet = quiet
        self._bars: Bars | None = None
        self._tasks: dict[str, TaskID] = {}
        self._frames: dict[str, int] = {}
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        self._began = time.monotonic()
        if self._quiet:
            return self
        if self._console.is_terminal:
            self._bars = _bars(self._console)
            self._bars.start()
        else:
            self._console.print(f"formcheck: {tr(self._title)}", soft_wrap=True)
        return self

    def __call__(self, at: Progress) -> None:
        """Shows it."""
        self._frames[at.stage] = at.frames
        if self._bars is None:
            return
        if at.stage not in self._tasks:
            self._finish_others()
            name = STAGES.get(at.stage, at.stage)
            self._tasks[at.stage] = self._bars.add_task(tr(name), total=at.total_s, frames=0)
            self._bars.refresh()
        total = None if at.total_s is None else max(at.total_s, at.done_s)
        self._bars.update(self._tasks[at.stage], completed=at.done_s, total=total, frames=at.frames)

    def note(self, text: str) -> None:
        """A remark above the bar; safe to call from a signal handler's thread."""
        if not self._quiet:
            self._console.print(f"formcheck: {tr(text)}", soft_wrap=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()
        frames = self._frames.get("pose", 0)
        if self._quiet or error is not None or not frames:
            return
        seconds = max(time.monotonic() - self._began, 1e-3)
        speed = f"{frames / seconds:.0f}" if frames >= 10 * seconds else f"{frames / seconds:.1f}"
        text = tr(
            "{frames:d} frames in {s:.1f} s, {speed} frames per second", frames=frames, s=seconds, speed=speed
        )
        self._console.print(f"formcheck: {text}", style="dim", soft_wrap=True)

    def _finish_others(self) -> None:
        if self._bars is None:
            return
        for task in self._tasks.values():
            self._bars.update(task, total=1, completed=1)


def _bars(console: Console) -> Bars:
    """The rich progress display: stage, bar, share, frames per second, time left."""
    from rich.progress import (
        BarColumn,
        ProgressColumn,
        Task,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars
    from rich.text import Text

    class Speed(ProgressColumn):
        def render(self, task: Task) -> Text:
            frames, elapsed = task.fields.get("frames", 0), task.finished_time or task.elapsed
            text = tr("{speed:.0f} frames/s", speed=frames / elapsed) if frames and elapsed else ""
            return Text(text, style="cyan")

    return Bars(
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TaskProgressColumn(),
        Speed(),
        TimeRemainingColumn(compact=True),
        TextColumn(tr("remaining")),
        console=console,
        transient=True,
        expand=True,
    )
