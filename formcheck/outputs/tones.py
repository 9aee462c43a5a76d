"""Short tones: the metronome's tick, a count, a cue, the end of a set, a gesture understood."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import wave
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

import numpy as np

from formcheck.types import Floats

Kind = Literal["tick", "count", "cue", "end", "gesture"]

#: Samples a second.
RATE: Final = 44_100
#: Notes of each tone: Hz and s; and its loudness, 0..1. Soft ones: they come often.
NOTES: Final[dict[Kind, tuple[tuple[tuple[float, float], ...], float]]] = {
    "tick": (((1180.0, 0.045),), 0.22),
    "count": (((660.0, 0.13),), 0.5),
    "cue": (((440.0, 0.11), (440.0, 0.16)), 0.5),
    "end": (((523.3, 0.16), (784.0, 0.30)), 0.5),
    "gesture": (((784.0, 0.07), (987.8, 0.11)), 0.4),
}
#: Programs that play a file, and what comes before its name.
PLAYERS: Final = (
    ("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",),
    ("ffplay", "-loglevel", "quiet", "-nodisp", "-autoexit"),
)  # fmt: skip
#: More tones at a time are not begun: a player that hangs must not fill the machine.
AT_ONCE: Final = 3


def samples(kind: Kind, volume: int = 100) -> Floats:
    """``(N,)`` -1..1: sines that swell and fade, so that nothing clicks.

    Args:
        volume: 0..100.
    """
    notes, loud = NOTES[kind]
    parts = []
    for hz, seconds in notes:
        t = np.arange(round(seconds * RATE)) / RATE
        swell = (
            np.minimum(t / 0.006, 1.0) * np.exp(-4.0 * t / seconds) * np.minimum((seconds - t) / 0.01, 1.0)
        )
        parts.append(np.sin(2 * np.pi * hz * t) * swell)
    sound: Floats = np.concatenate(parts)
    return sound * loud * volume / 100 / max(float(np.abs(sound).max()), 1e-9)


def write(path: Path, kind: Kind, volume: int = 100) -> None:
    """A tone as a WAV file, mono, 16 bits."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.rint(32767 * samples(kind, volume)).astype("<i2").tobytes())


class Tones:
    """Plays tones without waiting for them; silent where no program can play.

    Attributes:
        player: The program; empty for none.
    """

    def __init__(self, volume: int = 80) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="formcheck-tones-", ignore_cleanup_errors=True)
        self._files = {kind: Path(self._folder.name) / f"{kind}.wav" for kind in NOTES}
        for kind, path in self._files.items():
            write(path, kind, volume)
        self._command: tuple[str, ...] = ()
        for command in PLAYERS:
            if found := shutil.which(command[0]):
                self._command = (found, *command[1:])
                break
        self.player = "winsound" if sys.platform == "win32" else "".join(self._command[:1])
        self._playing: list[subprocess.Popen[bytes]] = []

    def play(self, kind: Kind) -> None:
        """Begin a tone."""
        path = self._files[kind]
        if sys.platform == "win32":
            import winsound

            with suppress(RuntimeError):
                winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC)
            return
        self._playing = [p for p in self._playing if p.poll() is None]
        if not self._command or len(self._playing) >= AT_ONCE:
            return
        nowhere = subprocess.DEVNULL
        with suppress(OSError):
            self._playing.append(
                subprocess.Popen(
                    [*self._command, str(path)],
                    stdin=nowhere,
                    stdout=nowhere,
                    stderr=nowhere,
                    start_new_session=True,
                )
            )

    def close(self) -> None:
        """End what still sounds."""
        for process in self._playing:
            if process.poll() is None:
                with suppress(OSError, subprocess.TimeoutExpired):
                    process.wait(0.5)
                    continue
                process.kill()
                process.wait()
        self._folder.cleanup()
