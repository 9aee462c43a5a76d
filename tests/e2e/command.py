"""Runs the command line in a process of its own, on a pipe or on a terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ENTRY = "from formcheck.cli.main import main; main()"
ROOT = Path(__file__).resolve().parents[2]
#: What a run may take at most, s: a hang must not take the whole suite with it.
PATIENCE_S = 120


@dataclass(frozen=True)
class Done:
    """A finished run; on a terminal, `out` holds both streams."""

    code: int
    out: str
    err: str = ""

    @property
    def errors(self) -> list[str]:
        """The lines that say what went wrong."""
        return [line for line in self.err.splitlines() if line.startswith("formcheck: error:")]


def environment(**changes: str) -> dict[str, str]:
    """This process's, without what would change colours and width."""
    unwanted = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "FORMCHECK_MODELS", "TERM"}
    kept = {key: value for key, value in os.environ.items() if key not in unwanted}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "80", **changes}


def run(
    *args: str | Path,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    stdout: int = subprocess.PIPE,
    before: Callable[[], None] | None = None,
) -> Done:
    """Runs ``formcheck ARGS`` to its end.

    Args:
        env: Further environment variables.
        before: Called in the child before it starts, to set its limits.
    """
    command = [sys.executable, "-W", "error", "-c", ENTRY, *map(str, args)]
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment(**(env or {})),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        timeout=PATIENCE_S,
        check=False,
        preexec_fn=before,
    )
    return Done(done.returncode, done.stdout or "", done.stderr)


def on_terminal(
    *args: str | Path, interrupt_at: tuple[str, ...] = (), env: dict[str, str] | None = None
) -> Done:
    """Runs ``formcheck ARGS`` on a terminal of 80 columns.

    Args:
        interrupt_at: Texts to wait for; Ctrl-C is sent after each one has been shown.
    """
    import fcntl
    import pty
    import struct
    import termios

    pid, terminal = pty.fork()
    if pid == 0:
        whole = environment(TERM="xterm-256color", **(env or {}))
        del whole["COLUMNS"]
        os.execve(sys.executable, [sys.executable, "-c", ENTRY, *map(str, args)], whole)  # noqa: S606
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
    shown = bytearray()
    waiting = [text.encode() for text in interrupt_at]
    while True:
        try:
            block = os.read(terminal, 65536)
        except OSError:  # Linux: the other end is closed
            break
        if not block:
            break
        shown += block
        if waiting and waiting[0] in shown:
            waiting.pop(0)
            os.kill(pid, signal.SIGINT)
    os.close(terminal)
    return Done(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode("utf-8", "replace"))
