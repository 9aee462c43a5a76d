"""How late the picture and the count are: a live session with a real window, beside MediaPipe alone.

    python -m tests.bench.latency [--minutes 2] [--undisturbed] [--write docs/live.md]

The packaged clamshell, enlarged to 1280×720 at 30 frames/s, plays in a loop as if it were a camera; the
window is on a virtual display, the voice writes sound files. Everything runs as in ``formcheck live``. The
yardstick is MediaPipe alone on the same pictures at the same pace, just before and just after, so that both
meet the same machine; what other programs took of it meanwhile is told. Where others are at work,
``--undisturbed`` goes before them (Linux, with the right to). Memory: `tests.bench.soak`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import cycle, islice
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
CLIP = ROOT / "samples" / "clips" / "clamshell.mp4"
TRUTH = CLIP.with_suffix(".json")
SIZE, RATE = (1280, 720), 30
#: After this, everything is loaded, s.
WARM_S = 15.0
#: MediaPipe alone is measured for so long before and after, s.
ALONE_S = 10.0
#: What is wanted: see docs/live.md.
MEDIAN, P95, EXTRA_MS, COUNT_S = 1.5, 2.5, 15.0, 0.4
#: What a picture waits for, in order, and what that is.
STAGES = {
    "wait": "until the pose model is free",
    "pose": "MediaPipe, and whom to follow",
    "hand": "until the loop takes it",
    "session": "session: count, verdicts, cues",
    "draw": "drawing",
    "show": "window",
}


def make(path: Path, size: tuple[int, int] = SIZE, rate: int = RATE) -> float:
    """The clip in another size and at another pace; returns its length, s."""
    import av

    with av.open(str(CLIP)) as source, av.open(str(path), "w") as out:
        video = out.add_stream("libx264", rate=rate, options={"preset": "veryfast", "crf": "20"})
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        count = 0
        for frame in source.decode(video=0):
            while count / rate <= float(frame.time or 0):
                larger = frame.reformat(*size, format="yuv420p")
                larger.pts, larger.time_base = count, Fraction(1, rate)
                out.mux(video.encode(larger))
                count += 1
        out.mux(video.encode())
    return count / rate


def others_share(before: list[int], own_s: float) -> float:
    """The share of this machine that others took since `before`, and this process and its children not."""
    busy = [now - then for now, then in zip(_ticks(), before, strict=True)]
    return max(0.0, busy[0] / os.sysconf("SC_CLK_TCK") - own_s) / (sum(busy) / os.sysconf("SC_CLK_TCK"))


def _ticks() -> list[int]:
    """Busy and idle ticks of all cores so far."""
    numbers = [int(n) for n in Path("/proc/stat").read_text("ascii").splitlines()[0].split()[1:9]]
    idle = numbers[3] + numbers[4]
    return [sum(numbers) - idle, idle]


def alone(clip: Path, model: Path) -> list[float]:
    """Seconds that MediaPipe takes for each picture by itself, one every thirtieth of a second."""
    import mediapipe as mp
    from mediapipe.tasks.python import BaseOptions, vision

    from formcheck.sources.camera import every_shot

    pictures = [np.ascontiguousarray(shot.small) for shot in islice(every_shot(clip), 0, 300, 2)]
    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=os.fspath(model)), running_mode=vision.RunningMode.VIDEO
    )
    costs: list[float] = []
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        begin = time.monotonic()
        for k, pixels in enumerate(cycle(pictures)):
            time.sleep(max(0.0, begin + k / RATE - time.monotonic()))
            start = time.monotonic()
            landmarker.detect_for_video(
                mp.Image(image_format=mp.ImageFormat.SRGB, data=pixels), round(1000 * k / RATE)
            )
            costs.append(time.monotonic() - start)
            if time.monotonic() - begin > ALONE_S:
                return costs[RATE:]
    return costs


@dataclass
class Watch:
    """When each picture passed each point, s, by the picture's time; the last column is the screen."""

    began: dict[float, list[float]] = field(default_factory=dict)
    shown: list[list[float]] = field(default_factory=list)
    counted: list[tuple[float, float]] = field(default_factory=list)


def child(clip: Path, seconds: float, model: str, said: Path) -> dict[str, object]:
    """One live session of so many seconds; what was measured."""
    from formcheck.outputs.window import Probe, Window

    probe = Probe()
    assert not probe.trouble(), probe.trouble()
    from formcheck.app.live import Live
    from formcheck.app.newest import LiveFeed, Seen
    from formcheck.exercises import find
    from formcheck.outputs.painter import FIRST, Painter
    from formcheck.outputs.speech import ToFiles
    from formcheck.outputs.voice import Voice
    from formcheck.pose import models
    from formcheck.pose.live import Follower, Posed
    from formcheck.session.events import Event, Say, Screen
    from formcheck.session.plan import Plan
    from formcheck.session.session import Session
    from formcheck.sources.camera import camera
    from formcheck.types import Pixels

    watch = Watch()

    class TimedFollower(Follower):
        def see(self, t: float, small: Pixels, size: tuple[int, int]) -> Posed:
            watch.began[t] = [time.monotonic()]
            posed = super().see(t, small, size)
            watch.began[t].append(time.monotonic())
            return posed

    class TimedFeed(LiveFeed):
        def take(self, timeout_s: float) -> list[Seen]:
            seen = super().take(timeout_s)
            for shot, _ in seen:
                watch.began[shot.t][:0] = [shot.taken_s]
                watch.began[shot.t].append(time.monotonic())
            return seen

    class Eyes(Painter):
        painted = 0.0
        drawn: Sequence[float] = ()

        def show(self, image: Pixels | None, screen: Screen, t: float) -> None:
            begin = time.monotonic()
            super().show(image, screen, t)
            self.drawn = () if image is None else (*watch.began.get(t, ()), begin)

        def paint(self, image: Pixels, screen: Screen, t: float) -> Pixels:
            picture = super().paint(image, screen, t)
            self.painted = time.monotonic()
            return picture

        def pressed(self) -> list[str]:
            keys = super().pressed()
            if len(self.drawn) == 5:
                watch.shown.append([*self.drawn, self.painted, time.monotonic()])
            self.drawn = ()
            return ["q"] if source.now > seconds else keys

    def told(event: Event) -> None:
        if isinstance(event, Say) and event.kind == "count" and event.text.isdigit():
            watch.counted.append((event.t, source.now))

    window = Window(FIRST)
    apart = alone(clip, models.find(model))
    exercise = find("clamshell")
    # Reps without end: the clip's jump at its seam must not end the set's plan.
    session = Session(exercise, plan=Plan.of(exercise, sets=20, reps=None, side="left", rest_s=5))
    voice = Voice(ToFiles(said))
    ticks, cpu = _ticks(), time.process_time()
    source = camera(str(clip), loop=True).start()
    feed = TimedFeed(source, lambda: TimedFollower(models.find(model)))
    outcome = Live(session, feed, voice=voice, sight=Eyes(window), told=told).run()
    cpu = time.process_time() - cpu
    others = others_share(ticks, cpu)
    feed.close()
    voice.close()
    window.close()
    apart += alone(clip, models.find(model))
    times = np.array(watch.shown)
    times = times[times[:, 0] > times[0, 0] + WARM_S] * 1000
    steps, whole = np.diff(times, axis=1), times[:, -1] - times[:, 0]
    starts = [s.started_s - s.asked_s for s in voice.log if s.kind == "count" and s.text.isdigit()]
    return {
        "frames": outcome.frames, "pictures": outcome.pictures, "seconds": seconds,
        "alone": (np.percentile(apart, (50, 95)) * 1000).tolist(),
        "delay": np.percentile(whole, (50, 95, 99)).tolist(),
        "steps": np.percentile(steps, (50, 95), axis=0).T.tolist(),
        "counted": watch.counted, "starts": starts, "cpu": cpu / seconds, "others": others,
    }  # fmt: skip


def count_delays(counted: list[list[float]], length_s: float) -> np.ndarray:
    """Seconds from the end of the movement, by the truth, to the moment the count was told."""
    ends = [rep["end_s"] for rep in json.loads(TRUTH.read_text("utf-8"))["reps"]]
    late = []
    for _, told_s in counted:
        within = told_s % length_s
        late.append(min((within - end for end in ends), key=abs))
    return np.array(late)


def table(result: dict[str, object], length_s: float, minutes: float, model: str, undisturbed: bool) -> str:
    """The page."""
    delay, own = result["delay"], result["alone"]
    late = count_delays(result["counted"], length_s)  # type: ignore[arg-type]
    starts = np.array(result["starts"])
    after, option = ("they had to wait", " --undisturbed") if undisturbed else ("", "")
    wanted = [f"≤ {k * own[0] + EXTRA_MS:.0f} ms: {k} × alone + {EXTRA_MS:g}" for k in (MEDIAN, P95)]
    rows = [
        ("MediaPipe alone, median and 95 %", f"{own[0]:.0f}, {own[1]:.0f} ms", ""),
        ("frame to screen, median", f"{delay[0]:.0f} ms", wanted[0]),
        ("frame to screen, 95 %", f"{delay[1]:.0f} ms", wanted[1]),
        *(
            (f"– {what}, median and 95 %", f"{a:.1f}, {b:.1f} ms", "")
            for what, (a, b) in zip(STAGES.values(), result["steps"], strict=True)  # type: ignore[call-overload]
        ),
        ("pictures worked on", f"{result['frames']} of {result['pictures']}", "the newest ones"),
        ("count after the movement's end, median", f"{np.median(late):+.2f} s", ""),
        ("count after the movement's end, latest", f"{late.max():+.2f} s", f"≤ {COUNT_S} s"),
        ("voice begins after that, 95 %", f"{np.percentile(starts, 95):.2f} s", ""),
        ("processor, of one core", f"{100 * result['cpu']:.0f} %", ""),  # type: ignore[operator]
        ("other programs meanwhile, of the machine", f"{100 * result['others']:.0f} %", after),  # type: ignore[operator]
    ]  # fmt: skip
    head = (
        f"Made by `python -m tests.bench.latency --minutes {minutes:g}{option}` on {platform.machine()}, "
        f"{os.cpu_count()} cores: {SIZE[0]}×{SIZE[1]} at {RATE} frames/s, the {model} model.\n\n"
        "| what | measured | wanted |\n|---|---|---|\n"
    )
    return head + "".join(f"| {a} | {b} | {c} |\n" for a, b, c in rows)


def put(page: Path, section: str, text: str) -> None:
    """Replaces what stands between a section's two marks."""
    begin, end = f"<!-- {section} -->", f"<!-- /{section} -->"
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    _, _, after = rest.partition(end)
    page.write_text(f"{before}{begin}\n\n{text}\n{end}{after}", encoding="utf-8")


def _parent(minutes: float, model: str, *, undisturbed: bool) -> str:
    from tests.display import display

    if undisturbed:  # what is started from here, the display as well, inherits it
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(5))
    with tempfile.TemporaryDirectory() as folder, display() as screen:
        clip = Path(folder) / "loop.mp4"
        length_s = make(clip)
        said = Path(folder) / "said"
        said.mkdir()
        command = [sys.executable, "-m", "tests.bench.latency", "--child", str(clip), "--said", str(said)]
        done = subprocess.run(
            [*command, "--minutes", str(minutes), "--model", model],
            env={**os.environ, "DISPLAY": screen.name}, cwd=ROOT, stdout=subprocess.PIPE, text=True,
            check=True,
        )  # fmt: skip
        return table(json.loads(done.stdout.splitlines()[-1]), length_s, minutes, model, undisturbed)


def main(args: Iterator[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--model", default="full")
    parser.add_argument("--undisturbed", action="store_true", help="other programs have to wait")
    parser.add_argument("--write", type=Path, help="put the table into this page")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--said", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args(None if args is None else list(args))
    if wanted.child:
        print(json.dumps(child(wanted.child, 60 * wanted.minutes, wanted.model, wanted.said)))
        return
    text = _parent(wanted.minutes, wanted.model, undisturbed=wanted.undisturbed)
    print(text)
    if wanted.write:
        put(wanted.write, "latency", text)


if __name__ == "__main__":
    main()
