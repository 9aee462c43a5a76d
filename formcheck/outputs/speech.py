"""The system's own speech: ``say`` (macOS), ``spd-say``, ``espeak-ng`` (Linux), PowerShell (Windows).

A sentence is a `Job`: begun, asked whether it is done, cut off. Nothing here blocks or waits.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Protocol

#: Words a minute, and loudness of 0..100. 175 is what all these programs speak by themselves.
RATE, VOLUME = 175, 80
#: How long a sentence may take before it is cut off: hung speech programs are known. s, beyond the guess.
PATIENCE_S: Final = 6.0


class Job(Protocol):
    """A sentence that is being spoken."""

    def done(self) -> bool:
        """Whether it is over."""

    def failed(self) -> bool:
        """Whether no sound came, as far as the program says. Ask when it is done."""

    def stop(self) -> None:
        """Be silent now."""


class Speech(Protocol):
    """A speech program.

    Attributes:
        name: Of the program.
    """

    name: str

    def start(self, text: str) -> Job:
        """Begin a sentence.

        Raises:
            OSError: The program does not start.
        """

    def close(self) -> None:
        """Let the program go."""


def guess_s(text: str, rate: int = RATE) -> float:
    """How long a sentence about takes, s: five letters are a word."""
    return 0.3 + 60.0 * max(len(text) / 5.5, 0.5) / rate


class ProcessJob:
    """One process for one sentence."""

    def __init__(
        self, command: list[str], text: str, rate: int, also: Callable[[], None] | None = None
    ) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the job is done
        self._also = also
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=sys.platform != "win32",  # Ctrl-C is for us
            )
        except OSError:
            self._errors.close()
            raise
        self._until = time.monotonic() + guess_s(text, rate) + PATIENCE_S
        self._failed: bool | None = None

    def done(self) -> bool:
        """Whether the process has ended; one that takes far too long is ended here."""
        if self._process.poll() is None and time.monotonic() > self._until:
            self.stop()
        return self._process.poll() is not None

    def failed(self) -> bool:
        """Whether it ended badly. espeak-ng returns 0 without a sound device, and says so."""
        if self._failed is None:
            with suppress(ValueError):
                self._errors.seek(0)
                text = self._errors.read(8192).decode(errors="replace").lower()
                self._failed = self._process.returncode not in (0, None) or "error:" in text
                self._errors.close()
        return bool(self._failed)

    def stop(self) -> None:
        """End the process, and what it left to a sound server."""
        if self._process.poll() is None:
            with suppress(OSError):
                self._process.kill()
            self._process.wait()
            if self._also is not None:
                self._also()
        self._failed = False
        self._errors.close()


class Command:
    """A program that is started anew for each sentence.

    Args:
        name: Of the program.
        line: Makes its command line from a sentence.
        cancel: A command that silences what a server still speaks.
    """

    def __init__(
        self, name: str, line: Callable[[str], list[str]], rate: int, cancel: list[str] | None = None
    ) -> None:
        self.name = name
        self._line = line
        self._rate = rate
        self._cancel = cancel

    def start(self, text: str) -> ProcessJob:
        """Begin a sentence."""
        return ProcessJob(self._line(text), text, self._rate, self._silence if self._cancel else None)

    def close(self) -> None:
        """Nothing is kept."""

    def _silence(self) -> None:
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(self._cancel or [], timeout=1, check=False, capture_output=True)


class TimedJob:
    """A sentence whose end is not told: it is over when it should be."""

    def __init__(self, seconds: float, cut: Callable[[], None] | None = None) -> None:
        self._end = time.monotonic() + seconds
        self._cut = cut

    def done(self) -> bool:
        """Whether its time is over."""
        return time.monotonic() >= self._end

    def failed(self) -> bool:
        """Not known."""
        return False

    def stop(self) -> None:
        """Silence it."""
        if self._cut is not None and not self.done():
            self._cut()
        self._end = 0.0


class PowerShell:
    """Windows' speech. One process lives on, since starting it takes a second: too late for a count."""

    _SCRIPT: Final = (
        "Add-Type -AssemblyName System.Speech;"
        "$s = New-Object System.Speech.Synthesis.SpeechSynthesizer;"
        "$s.Rate = {rate}; $s.Volume = {volume};"
        "while (($l = [Console]::In.ReadLine()) -ne $null) {{"
        " $s.SpeakAsyncCancelAll(); if ($l) {{ $null = $s.SpeakAsync($l) }} }}"
    )

    def __init__(self, program: str, rate: int, volume: int) -> None:
        self.name = "powershell"
        self._rate = rate
        pace = max(-10, min(10, round(10 * (rate / RATE - 1))))
        script = self._SCRIPT.format(rate=pace, volume=volume)
        self._process: subprocess.Popen[str] = subprocess.Popen(
            [program, "-NoProfile", "-NonInteractive", "-Command", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            bufsize=1,
        )

    def start(self, text: str) -> TimedJob:
        """Begin a sentence; the one before is cut off."""
        self._write(text)
        return TimedJob(guess_s(text, self._rate), lambda: self._write(""))

    def close(self) -> None:
        """End the process."""
        with suppress(OSError):
            self._process.kill()
            self._process.wait(1)

    def _write(self, text: str) -> None:
        if self._process.stdin is None or self._process.poll() is not None:
            raise BrokenPipeError("PowerShell has ended")
        self._process.stdin.write(" ".join(text.split()) + "\n")
        self._process.stdin.flush()


class ToFiles:
    """espeak-ng into sound files instead of the loudspeaker, at the pace of speech: to check what was said.

    Args:
        folder: Gets ``0001.wav`` and so on; must exist.
    """

    def __init__(self, folder: Path, rate: int = RATE, volume: int = VOLUME, language: str = "en") -> None:
        self.name = "espeak-ng"
        self._folder = folder
        self._line = _espeak("espeak-ng", rate, volume, language)
        self._count = 0

    def start(self, text: str) -> TimedJob:
        """Write the file, and be busy for as long as it sounds."""
        self._count += 1
        path = self._folder / f"{self._count:04d}.wav"
        command = self._line(text)
        subprocess.run(
            [command[0], "-w", str(path), *command[1:]], check=False, timeout=5, capture_output=True
        )
        with wave.open(str(path)) as sound:
            return TimedJob(sound.getnframes() / sound.getframerate())

    def close(self) -> None:
        """Nothing is kept."""


def find(*, rate: int = RATE, volume: int = VOLUME, language: str = "en") -> Speech | None:
    """The speech program of this machine; None where there is none.

    Args:
        rate: Words a minute.
        volume: 0..100.
        language: Two letters.
    """
    for name in programs():
        path = shutil.which(name)
        speech = _make(name, path, rate, volume, language) if path else None
        if speech is not None:
            return speech
    return None


def _make(name: str, path: str, rate: int, volume: int, language: str) -> Speech | None:
    if name == "say":
        loud = f"[[volm {volume / 100:.2f}]]"
        return Command(name, lambda text: [path, "-r", str(rate), f"{loud} {text}"], rate)
    if name == "spd-say":
        options = ["-r", str(_signed(rate / RATE - 1)), "-i", str(_signed(volume / 50 - 1)), "-l", language]
        return Command(name, lambda text: [path, "--wait", *options, text], rate, [path, "--cancel"])
    if name == "espeak-ng":
        return Command(name, _espeak(path, rate, volume, language), rate)
    with suppress(OSError):
        return PowerShell(path, rate, volume)
    return None


def programs() -> tuple[str, ...]:
    """Speech programs in the order of preference on this system."""
    if sys.platform == "win32":
        return ("powershell", "pwsh")
    return ("say",) if sys.platform == "darwin" else ("spd-say", "espeak-ng")


def _espeak(path: str, rate: int, volume: int, language: str) -> Callable[[str], list[str]]:
    fixed: list[Any] = ["-s", str(rate), "-a", str(2 * volume), "-v", language]
    return lambda text: [path, *fixed, text]


def _signed(share: float) -> int:
    """-100..100 from a share of -1..1."""
    return max(-100, min(100, round(100 * share)))
