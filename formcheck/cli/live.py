"""``formcheck live``: train in front of the camera, hands free."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.options import Debug
from formcheck.cli.train import Wishes, train
from formcheck.cli.training import Training

Which = Annotated[str | None, typer.Argument(metavar="[EXERCISE]", help="Its id: formcheck exercises.")]
Source = Annotated[
    str,
    typer.Option(
        "--camera", "-c", metavar="N|URL|FILE", help="A camera's number, a network camera, or a video."
    ),
]
Sets = Annotated[int, typer.Option("--sets", min=1, max=20, help="How many sets, for each side.")]
Reps = Annotated[int, typer.Option("--reps", min=0, max=200, help="Reps in a set; 0: open end.")]
Rest = Annotated[
    float, typer.Option("--rest", min=0, max=900, metavar="S", help="Rest between sets, seconds.")
]
PlanText = Annotated[
    str | None, typer.Option("--plan", metavar="TEXT", help='Such as "clamshell 2x12, squat 3x8".')
]
Side = Annotated[
    str, typer.Option("--side", metavar="left|right|auto", help="The working side; auto: both in turn.")
]
Pace = Annotated[
    str | None, typer.Option("--tempo", metavar="2-1-2", help="Seconds up, hold and down, with a metronome.")
]
Strictness = Annotated[
    str, typer.Option("--strictness", metavar="easy|normal|strict", help="How early to object.")
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="FAULT", help="Not this fault; repeatable.")
]
Limits = Annotated[
    Path | None, typer.Option("--limits", metavar="FILE", help="Your own limits: see docs/limits.md.")
]
Model = Annotated[
    str,
    typer.Option(
        "--model", metavar="auto|full|lite|heavy", help="The pose model; auto: what this machine holds."
    ),
]
NoVoice = Annotated[bool, typer.Option("--no-voice", help="No speech and no tones.")]
VoiceOnly = Annotated[bool, typer.Option("--voice-only", help="No window.")]
Rate = Annotated[int, typer.Option("--rate", min=80, max=400, help="Words a minute.")]
Volume = Annotated[int, typer.Option("--volume", min=0, max=100, help="Of voice and tones.")]
Mirror = Annotated[
    bool | None,
    typer.Option("--mirror/--no-mirror", help="Like a mirror: else for this machine's cameras only."),
]
Full = Annotated[bool, typer.Option("--fullscreen", help="Fill the screen.")]
Resume = Annotated[
    bool | None,
    typer.Option("--resume/--fresh", help="Go on with a session that was broken off; or do not ask."),
]
Loop = Annotated[bool, typer.Option("--loop", help="Play a file again and again.", hidden=True)]
Log = Annotated[
    Path | None, typer.Option("--log", metavar="FILE", help="Write what happened, a line of JSON each.")
]
VoiceFiles = Annotated[
    Path | None, typer.Option("--voice-files", metavar="DIR", help="Speak into sound files.", hidden=True)
]
EveryFrame = Annotated[
    bool, typer.Option("--every-frame", help="A file as fast as it can be worked on.", hidden=True)
]


def command(
    exercise: Which = None,
    *,
    camera: Source = "0",
    sets: Sets = 3,
    reps: Reps = 12,
    rest: Rest = 45.0,
    plan: PlanText = None,
    side: Side = "auto",
    tempo: Pace = None,
    strictness: Strictness = "normal",
    ignore: Ignore = None,
    limits: Limits = None,
    model: Model = "auto",
    no_voice: NoVoice = False,
    voice_only: VoiceOnly = False,
    rate: Rate = 175,
    volume: Volume = 80,
    mirror: Mirror = None,
    fullscreen: Full = False,
    resume: Resume = None,
    log: Log = None,
    loop: Loop = False,
    voice_files: VoiceFiles = None,
    every_frame: EveryFrame = False,
    debug: Debug = False,  # noqa: ARG001 - `run` looks for it
) -> None:
    """Train in front of the camera: counts, coaches, leads through the sets.

    Get into the start position and hold it: no key is needed.
    """
    ignored = tuple(ignore or ())
    training = Training(exercise, plan, sets, reps, rest, side, tempo, strictness, ignored, limits=limits)
    wishes = Wishes(
        camera, model, not no_voice, not voice_only, rate, volume, mirror, fullscreen, resume, loop, log,
        voice_files, every_frame,
    )  # fmt: skip
    train(training, wishes)
