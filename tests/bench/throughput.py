"""Frames per second and memory, against a bare loop of decoding and MediaPipe in the same run.

    python -m tests.bench.throughput [--seconds 40] [--rounds 3] [--write docs/performance.md]

The video is the packaged clamshell, enlarged and looped. Each measurement is a process of its own, the
kinds take turns, and the median of the rounds is shown.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av import VideoFrame

ROOT = Path(__file__).resolve().parents[2]
CLIP = ROOT / "samples" / "clips" / "clamshell.mp4"
KINDS = ("bare", "analyze", "annotate")
#: What speed is judged by: frames per second as a multiple of the bare loop's, two cores.
WANTED = {"analyze": 1.6, "annotate": 1.25}


def make(path: Path, seconds: float, size: tuple[int, int]) -> None:
    """Enlarges and loops the clip: H.264 at 25 frames a second, as a phone would hold it."""
    import av

    rate = 25
    with av.open(str(path), "w") as out:
        video = out.add_stream("libx264", rate=rate, options={"preset": "veryfast", "crf": "23"})
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        for i, frame in enumerate(islice(_loop(), int(seconds * rate))):
            larger = frame.reformat(*size, format="yuv420p")
            larger.pts, larger.time_base = i, Fraction(1, rate)
            out.mux(video.encode(larger))
        out.mux(video.encode())


def _loop() -> Iterator[VideoFrame]:
    """The clip's frames, over and over."""
    import av

    while True:
        with av.open(str(CLIP)) as source:
            yield from source.decode(video=0)


def bare(path: Path) -> int:
    """Decoding, conversion to RGB, MediaPipe in VIDEO mode: nothing else. Returns frames."""
    import av
    import mediapipe as mp
    from mediapipe.tasks.python import BaseOptions, vision

    from formcheck.pose.models import find

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(find("full"))),
        running_mode=vision.RunningMode.VIDEO,
    )
    n = 0
    with av.open(str(path)) as source, vision.PoseLandmarker.create_from_options(options) as landmarker:
        for frame in source.decode(video=0):
            image = mp.Image(image_format=mp.ImageFormat.SRGB, data=frame.to_ndarray(format="rgb24"))
            landmarker.detect_for_video(image, round(float(frame.time or 0) * 1000))
            n += 1
    return n


def ours(path: Path, *, video: bool) -> int:
    """The whole analysis. Returns frames."""
    from formcheck import analyze

    with tempfile.TemporaryDirectory() as folder:
        return analyze(path, "clamshell", out=folder, video=video).frames


def engine(path: Path) -> dict[str, float]:
    """Milliseconds a frame of repair, engine and features alone, on the clip's own landmarks."""
    from formcheck import analyze
    from formcheck.app.fold import fold
    from formcheck.exercises import find
    from formcheck.sources.recording import load

    with tempfile.TemporaryDirectory() as folder:
        recorded = Path(folder) / "landmarks.npz"
        analyze(path, "clamshell", landmarks=recorded)
        recording = load(recorded)
    fold(recording, find("clamshell"))  # loads what is loaded late
    begin = time.perf_counter()
    fold(recording, find("clamshell"))
    return {"ms": (time.perf_counter() - begin) / len(recording) * 1000}


def child(kind: str, path: Path) -> None:
    """One measurement; prints a line of JSON."""
    begin, cpu = time.perf_counter(), time.process_time()
    if kind == "engine":
        print(json.dumps(engine(path)))
        return
    frames = bare(path) if kind == "bare" else ours(path, video=kind == "annotate")
    seconds = time.perf_counter() - begin
    cpu_ms = (time.process_time() - cpu) / frames * 1000
    print(json.dumps({"fps": frames / seconds, "cpu_ms": cpu_ms, "peak_mb": _peak_mb()}))


def _peak_mb() -> float:
    """Peak memory of this process. `ru_maxrss` would begin with the parent's on Linux."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(kind: str, path: Path) -> dict[str, float]:
    """Runs `child` in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.throughput", "--child", kind, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def table(seconds: float, rounds: int) -> str:
    """All measurements as a page of Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        small, large, long = (Path(folder) / f"{n}.mp4" for n in ("720", "1080", "long"))
        make(small, seconds, (1280, 720))
        make(large, seconds, (1920, 1080))
        make(long, 6 * seconds, (1920, 1080))
        got: dict[str, list[dict[str, float]]] = {kind: [] for kind in KINDS}
        for i in range(rounds):
            for kind in KINDS:
                got[kind].append(measure(kind, small))
                print(f"round {i + 1}: {kind} {got[kind][-1]}", file=sys.stderr)
        fps = {kind: statistics.median(one["fps"] for one in got[kind]) for kind in KINDS}
        own = measure("engine", small)["ms"]
        memory = [measure("annotate", path)["peak_mb"] for path in (large, long)]
    words = {
        "bare": "bare loop: decode + MediaPipe (full)",
        "analyze": "`analyze --no-video`",
        "annotate": "`analyze` with annotated video",
    }
    cpu = {kind: statistics.median(one["cpu_ms"] for one in got[kind]) for kind in KINDS}
    head = "| what | frames/s | × bare loop | wanted | CPU ms a frame |"
    lines = [head, "|---|---|---|---|---|"]
    for kind in KINDS:
        wanted = f"≥ {WANTED[kind]}" if kind in WANTED else ""
        lines.append(
            f"| {words[kind]} | {fps[kind]:.1f} | {fps[kind] / fps['bare']:.2f} "
            f"| {wanted} | {cpu[kind]:.1f} |"
        )
    return "\n".join(
        [
            "# Performance",
            "",
            (
                f"Made by `python -m tests.bench.throughput` on {platform.machine()}, {_cores()} cores: "
                f"{seconds:g} s of 1280×720 at 25 frames/s, median of {rounds} rounds."
            ),
            "",
            *lines,
            "",
            f"Repair, features and engine together: {own:.2f} ms a frame (wanted: under 1).",
            "",
            (
                f"Peak memory at 1920×1080 with annotated video: {memory[0]:.0f} MB for {seconds:g} s and "
                f"{memory[1]:.0f} MB for {6 * seconds:g} s (wanted: under 900). What has to grow is the "
                "landmarks: about 1 kB a frame, 100 MB for an hour at 30 frames/s."
            ),
            "",
        ]
    )


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=40.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", type=Path, help="also write the page here")
    parser.add_argument("--child", nargs=2, metavar=("KIND", "FILE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        child(arguments.child[0], Path(arguments.child[1]))
        return
    page = table(arguments.seconds, arguments.rounds)
    print(page)
    if arguments.write:
        arguments.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
