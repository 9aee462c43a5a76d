"""Everything around a live session: what is switched on before it, and the summary after it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from formcheck.cli.options import known
from formcheck.cli.training import Training
from formcheck.errors import ModelError, OutputError, SetupError
from formcheck.language import current, tr

if TYPE_CHECKING:
    from rich.console import Console

    from formcheck.app.live import Outcome
    from formcheck.app.newest import Feed
    from formcheck.app.store import Saved
    from formcheck.outputs.painter import Painter
    from formcheck.outputs.screen import Style
    from formcheck.outputs.voice import Voice
    from formcheck.outputs.window import Probe
    from formcheck.session.events import Event
    from formcheck.sources.camera import Camera


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asked for, apart from the training itself."""

    camera: str = "0"
    model: str = "auto"
    voice: bool = True
    window: bool = True
    rate: int = 175
    volume: int = 80
    mirror: bool | None = None
    fullscreen: bool = False
    resume: bool | None = None
    loop: bool = False
    log: Path | None = None
    voice_files: Path | None = None
    every_frame: bool = False


def train(training: Training, wishes: Wishes, style: Style = "coach") -> None:
    """Everything from the options to the summary.

    Raises:
        FormcheckError: As docs/exit-codes.md says.
    """
    from formcheck.app import store
    from formcheck.app.live import Live
    from formcheck.cli import console

    talk = console.talk()
    training.session()  # wrong words show before anything is switched on
    with ExitStack() as stack:
        probe = _probe(wishes)
        voice = _voice(wishes)
        if voice is not None:
            stack.callback(lambda: voice.close(finish_s=4.0))
        painter = _painter(wishes, probe, voice, stack, talk, style)
        if voice is not None and not voice.speaks:
            text = "formcheck: there is no speech program: tones and words instead (run formcheck doctor)"
            talk.print(tr(text), soft_wrap=True)
        source, name, note = _source(wishes, stack, talk)
        feed = _feed(wishes, source, name, stack)
        before = _broken_off(training, wishes, talk)
        session = training.session(before)
        path = before.path if before is not None else store.new_path(store.folder())
        keeper = store.Keeper(path, exercise=training.name)
        stack.callback(keeper.close)
        tell = _teller(wishes, stack, talk if painter is None else None)
        live = Live(
            session,
            feed,
            voice=voice,
            sight=painter,
            keeper=keeper,
            told=tell,
            pictured=not is_recording(wishes.camera),
            model_note=note,
        )
        try:
            live.run()
        finally:
            keeper.close()
            _summary(live.outcome, path, console.result())
        if keeper.note:
            raise OutputError(
                f"{path}: {keeper.note}", hint="free some space, or name a folder in FORMCHECK_SESSIONS"
            )


def _probe(wishes: Wishes) -> Probe | None:
    from formcheck.outputs.window import Probe

    return Probe() if wishes.window else None


def _voice(wishes: Wishes) -> Voice | None:
    if not wishes.voice or wishes.every_frame:
        return None
    from formcheck.outputs import speech
    from formcheck.outputs.tones import Tones
    from formcheck.outputs.voice import Voice

    if wishes.voice_files is not None:
        wishes.voice_files.mkdir(parents=True, exist_ok=True)
        return Voice(speech.ToFiles(wishes.voice_files, wishes.rate, wishes.volume, current()))
    program = speech.find(rate=wishes.rate, volume=wishes.volume, language=current())
    return Voice(program, Tones(wishes.volume))


def _source(wishes: Wishes, stack: ExitStack, talk: Console) -> tuple[Camera | None, str, str]:
    """The camera, running, unless a file is worked through; the model's name, and a line about it."""
    from formcheck.pose import models
    from formcheck.sources import camera as cameras

    if is_recording(wishes.camera):
        return None, "", ""
    known("model", wishes.model, ("auto", *models.names()))
    camera = None
    with talk.status(tr("starting the camera")) if talk.is_terminal else ExitStack():
        if not (wishes.every_frame and cameras.parse(wishes.camera).kind == "file"):
            camera = cameras.camera(wishes.camera, loop=wishes.loop).start()
            stack.callback(camera.close)
        name, note = _model(wishes.model, talk)
    return camera, name, note


def _feed(wishes: Wishes, camera: Camera | None, model: str, stack: ExitStack) -> Feed:
    """Pictures with poses."""
    from formcheck.app import newest
    from formcheck.pose import models
    from formcheck.pose.live import Follower

    path = Path(wishes.camera)
    if camera is not None:
        feed = newest.LiveFeed(camera, lambda: Follower(models.find(model)))
        stack.callback(feed.close)
        return feed
    if not is_recording(wishes.camera):
        return newest.EveryFeed(newest.from_video(path, models.find(model)))
    from formcheck.sources.recording import load

    paced = None if wishes.every_frame else time.monotonic
    return newest.EveryFeed(newest.from_recording(load(path)), paced=paced)


def is_recording(camera: str) -> bool:
    """Whether it names recorded landmarks, which have no pictures."""
    from formcheck.sources.camera import parse

    return parse(camera).kind == "file" and camera.lower().endswith(".npz")


def _model(wanted: str, talk: Console) -> tuple[str, str]:
    """The pose model's name, and a line about it for the screen."""
    from formcheck.app import trial
    from formcheck.cli import samples
    from formcheck.pose import models

    if wanted != "auto":
        state = models.check(wanted)
        if not state.ok:
            raise ModelError(state.message, hint=f"run formcheck models pull {wanted}")
        return wanted, f"Pose model: {wanted}"
    found = trial.choose(trial.sample_pictures(samples.find()))
    if not found.fast:
        text = "formcheck: this machine holds {rate:.0f} pictures a second with the {model!s} model"
        lines = [tr(text, rate=found.rate, model=found.model)]
        if found.advice:
            lines.append(tr("formcheck models pull {name!s} would help", name=found.advice))
        talk.print("; ".join(lines), soft_wrap=True)
    return found.model, found.note


def _painter(
    wishes: Wishes, probe: Probe | None, voice: Voice | None, stack: ExitStack, talk: Console, style: Style
) -> Painter | None:
    """The window; None without one.

    Raises:
        SetupError: There is neither a screen nor a voice.
    """
    from formcheck.outputs.painter import FIRST, Painter
    from formcheck.outputs.window import Window
    from formcheck.sources.camera import parse

    if probe is None:
        return None
    if trouble := probe.trouble():
        if voice is None or not voice.speaks:
            raise SetupError(trouble, hint="formcheck live needs a screen or a voice: run formcheck doctor")
        text = "formcheck: {trouble}: going on by voice alone; Ctrl-C ends"
        talk.print(tr(text, trouble=trouble), soft_wrap=True)
        return None
    window = Window(FIRST, fullscreen=wishes.fullscreen)
    stack.callback(window.close)
    mirror = parse(wishes.camera).kind == "device" if wishes.mirror is None else wishes.mirror
    return Painter(window, mirror=mirror, style=style)


def _broken_off(training: Training, wishes: Wishes, talk: Console) -> Saved | None:
    """A session to go on with, if there is one and the user wants to."""
    from formcheck.app import store

    found = None if wishes.resume is False else store.unfinished(store.folder())
    if found is None or (found.exercise != training.name and wishes.resume is None):
        if wishes.resume:
            text = "formcheck: there is no session to go on with: a new one begins"
            talk.print(tr(text), soft_wrap=True)
        return None
    minutes = max(round(found.age.total_seconds() / 60), 1)
    if wishes.resume is None:
        if not (talk.is_terminal and typer.get_text_stream("stdin").isatty()):
            text = "formcheck: a session was broken off {n:d} min ago: --resume goes on with it"
            talk.print(tr(text, n=minutes), soft_wrap=True)
            return None
        question = tr("A session was broken off {n:d} min ago. Go on with it?", n=minutes)
        if not typer.confirm(question, default=True, err=True):
            return None
    return found


def _teller(wishes: Wishes, stack: ExitStack, talk: Console | None) -> Callable[[Event], None]:
    """Who is told of every event: the log, and the terminal where there is no window."""
    from formcheck.app import eventlog
    from formcheck.session.events import Say

    write = eventlog.Writer(wishes.log) if wishes.log is not None else None
    if write is not None:
        stack.callback(write.close)

    def tell(event: Event) -> None:
        if write is not None:
            write(event)
        if talk is not None and isinstance(event, Say):
            talk.print(event.text, soft_wrap=True)

    return tell


def _summary(outcome: Outcome, path: Path, out: Console) -> None:
    """One line for each set."""
    for done in outcome.sets:
        if not done.count:
            continue
        side = [tr(done.side)] if done.side in ("left", "right") else []
        score = [tr("score {score:d} of 100", score=done.score)] if done.score is not None else []
        cue = [tr("Next time: {cue}", cue=f"{done.cue[0].lower()}{done.cue[1:]}")] if done.cue else []
        reps = tr("{n:d} rep" if done.count == 1 else "{n:d} reps", n=done.count)
        head = ", ".join([done.exercise, *side, tr("set {n:d}", n=done.set)])
        out.print(f"{head}: {'. '.join([', '.join([reps, *score]), *cue])}", soft_wrap=True)
    if path.is_file():
        out.print(tr("Saved in {path!s}", path=path), soft_wrap=True, style="dim")
