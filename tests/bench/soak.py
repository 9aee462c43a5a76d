"""Does memory stay flat? A live session of an hour, with everything that ``formcheck live`` switches on.

    python -m tests.bench.soak [--minutes 60] [--write docs/live.md]

The packaged clamshell, small and at 10 frames/s, plays in a loop as if it were a camera: sets of five reps
without end, each rep spoken into a sound file and saved to disk, the window on a virtual display. So slow and
small it takes a third of a core, and can run beside other work.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from tests.bench.latency import ROOT, make, put

SIZE, RATE = (640, 360), 10
EVERY_S = 300.0
#: What MediaPipe, OpenCV, Qt and NumPy load on their first use is there after this, s.
WARM_S = 300.0
#: What it may grow after that, MB.
GROWTH_MB = 20.0
FIELDS = {"VmRSS": "resident", "RssAnon": "own", "RssFile": "libraries", "RssShmem": "shared"}


def memory() -> dict[str, float]:
    """What the process holds now, MB: all, and its parts."""
    status = Path("/proc/self/status").read_text("ascii")
    return {name: int(re.search(rf"{key}:\s+(\d+)", status)[1]) / 1e3 for key, name in FIELDS.items()}  # type: ignore[index]


def child(clip: Path, seconds: float, model: str, folder: Path) -> dict[str, object]:
    """One live session of so many seconds; what was held, each five minutes."""
    from formcheck.outputs.window import Probe, Window

    probe = Probe()
    assert not probe.trouble(), probe.trouble()
    window = Window((1280, 720))
    from formcheck.app.eventlog import Writer
    from formcheck.app.live import Live
    from formcheck.app.newest import LiveFeed
    from formcheck.app.store import Keeper
    from formcheck.exercises import find
    from formcheck.outputs.painter import Painter
    from formcheck.outputs.speech import TimedJob, ToFiles
    from formcheck.outputs.voice import Voice
    from formcheck.pose import models
    from formcheck.pose.live import Follower
    from formcheck.session.plan import Plan
    from formcheck.session.session import Session
    from formcheck.sources.camera import camera

    class Forgetful(ToFiles):
        """An hour of speech is a thousand files: each goes when the next is spoken."""

        def start(self, text: str) -> TimedJob:
            job = super().start(text)
            for path in sorted(folder.glob("*.wav"))[:-1]:
                path.unlink()
            return job

    held: list[dict[str, float]] = []

    class Eyes(Painter):
        """Looks at the memory, and leaves when the time is over."""

        def pressed(self) -> list[str]:
            now = source.now
            if now >= EVERY_S * len(held):
                files = len(list(Path("/proc/self/fd").iterdir()))
                threads = threading.active_count()
                held.append({"t": now, **memory(), "files": files, "threads": threads})
                print(json.dumps(held[-1]), file=sys.stderr, flush=True)
            return ["q"] if now > seconds else super().pressed()

    exercise = find("clamshell")
    session = Session(exercise, plan=Plan.of(exercise, sets=10_000, reps=5, side="left", rest_s=5))
    voice = Voice(Forgetful(folder))
    source = camera(str(clip), loop=True).start()
    feed = LiveFeed(source, lambda: Follower(models.find(model)))
    keeper, log = Keeper(folder / "session.json", exercise=exercise.id), Writer(folder / "log.jsonl")
    outcome = Live(session, feed, voice=voice, sight=Eyes(window), keeper=keeper, told=log).run()
    for part in (feed, voice, window, keeper, log):
        part.close()
    return {
        "held": held,
        "frames": outcome.frames,
        "pictures": outcome.pictures,
        "sets": len(outcome.sets),
        "reps": sum(s.count for s in outcome.sets),
    }


def table(result: dict[str, object], minutes: float, model: str) -> str:
    """The page's section."""
    held: list[dict[str, float]] = result["held"]  # type: ignore[assignment]
    columns = ("resident", "own", "files", "threads")
    rows = "".join(f"| {h['t'] / 60:.0f} | {' | '.join(f'{h[c]:.0f}' for c in columns)} |\n" for h in held)
    warm = [h["resident"] for h in held if h["t"] >= WARM_S] or [held[-1]["resident"]]
    return (
        f"Made by `python -m tests.bench.soak --minutes {minutes:g}`: {SIZE[0]}×{SIZE[1]} at {RATE} "
        f"frames/s, the {model} model, window, voice, saving and log. {result['frames']} of "
        f"{result['pictures']} pictures, {result['sets']} sets, {result['reps']} reps.\n\n"
        "| minute | memory, MB | of it no library's, MB | open files | threads |\n|---|---|---|---|---|\n"
        f"{rows}\n"
        f"From minute {WARM_S / 60:.0f} on it grew by {warm[-1] - warm[0]:+.0f} MB; wanted: by no more than "
        f"{GROWTH_MB:.0f} MB.\n"
    )


def _parent(minutes: float, model: str) -> str:
    from tests.display import display

    with tempfile.TemporaryDirectory() as folder, display() as screen:
        clip = Path(folder) / "loop.mp4"
        make(clip, SIZE, RATE)
        command = [sys.executable, "-m", "tests.bench.soak", "--child", str(clip), "--minutes", str(minutes)]
        done = subprocess.run(
            [*command, "--model", model], env={**os.environ, "DISPLAY": screen.name}, cwd=ROOT,
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        return table(json.loads(done.stdout.splitlines()[-1]), minutes, model)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--model", default="full")
    parser.add_argument("--write", type=Path, help="put the table into this page")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.child:
        found = child(wanted.child, 60 * wanted.minutes, wanted.model, wanted.child.parent)
        print(json.dumps(found))
        return
    text = _parent(wanted.minutes, wanted.model)
    print(text)
    if wanted.write:
        put(wanted.write, "soak", text)


if __name__ == "__main__":
    main()
