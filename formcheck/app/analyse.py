"""Analyses a video or a recording: the whole road, from file to report."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from formcheck.app import limits as own_limits
from formcheck.app import parts as parting
from formcheck.app.fold import Folded
from formcheck.app.parts import Part
from formcheck.engine import control, summary
from formcheck.errors import ModelError, NoPersonError, OutputError, SourceError, UsageError
from formcheck.exercises import STRICTNESS, catalogue, find
from formcheck.features import view as views
from formcheck.features.body import LEAST_TORSO_PX, Window
from formcheck.recognise import Guess
from formcheck.spec import Exercise
from formcheck.types import SEVERAL, UNRECOGNISED, Frame, Progress, Recording, Report, View

#: The exercise is told from the movement.
AUTO = "auto"

#: With the person in fewer frames than this, there is nothing to say about form: 0.3 s at 30 fps, and
#: MediaPipe finds people in 96–100 % of the frames that show one.
LEAST_FRAMES = 2
#: Pictures smaller than this hold no person to judge, px; MediaPipe sees people in noise of 16 px.
LEAST_SIDE_PX = 64
#: Share of frames without the person that is worth a note.
OFTEN_LOST = 0.15

Tell = Callable[[Progress], None]


def analyze(
    source: str | Path | Recording,
    exercise: str = AUTO,
    *,
    model: str = "full",
    side: str = "auto",
    strictness: str = "normal",
    ignore: Iterable[str] = (),
    limits: str | Path | None = None,
    out: str | Path | None = None,
    video: bool = True,
    landmarks: str | Path | None = None,
    workers: int | None = None,
    progress: Tell | None = None,
    cancel: threading.Event | None = None,
) -> Report:
    """Counts and judges the reps of an exercise, or of all that are recognised.

    Args:
        source: A video file, a ``.npz`` recording of landmarks, or a `Recording`.
        exercise: Id of an exercise of the catalogue; "auto" recognises one or several.
        model: "full", "lite" or "heavy"; not used for recordings.
        side: The working side, "left", "right" or "auto".
        strictness: "easy", "normal" or "strict".
        ignore: Ids of faults that are not to be judged.
        limits: A TOML file with the person's own limits; else the one in the user's settings, if any.
        out: Folder for annotated.mp4, report.json and reps.csv; nothing is written without it.
        video: Whether to write the annotated video; only a video can have one.
        landmarks: Where to write the recording of the landmarks, ``.npz``.
        workers: Threads that find poses; the result does not depend on it.
        progress: Called now and then.
        cancel: Set from elsewhere to stop; what was analysed until then is kept and returned.

    Raises:
        UsageError: Unknown exercise, model, side, strictness or fault.
        SourceError: The file cannot be read; NoPersonError when nobody is seen in it.
        ModelError: The model is missing or damaged.
        OutputError: A result cannot be written.
    """
    ignore = frozenset([ignore] if isinstance(ignore, str) else ignore)
    rules = _rules(exercise, side, strictness, ignore)
    file = Path(limits) if limits is not None else own_limits.find_file()
    own = own_limits.load(file) if file else own_limits.OwnLimits()

    def prepared(one: Exercise) -> Exercise:
        return own.applied(one.with_limits(STRICTNESS[strictness]))

    def skipped(name: str) -> frozenset[str]:
        return ignore | own.ignored(name)

    folder = _folder(out)
    _keep_source(source, folder)
    cancel = cancel or threading.Event()
    notes: list[str] = []
    path = None if isinstance(source, Recording) else Path(source)
    is_video = path is not None and path.suffix.lower() != ".npz"
    if isinstance(source, Recording):
        recording, duration = source, float("nan")
    elif not is_video:
        from formcheck.sources.recording import load

        recording, duration = load(Path(source)), float("nan")
    else:
        recording, duration = _pose(Path(source), model, workers, progress, cancel, notes)
    _check(recording, path)
    files: list[tuple[str, str]] = []
    if landmarks is not None:
        from formcheck.sources.recording import save

        save(Path(landmarks), recording)
        files.append(("landmarks", str(landmarks)))
    name = path.name if path else "recording"
    if rules is None:
        found = parting.recognised(recording, prepared, skipped, side=side)
    else:
        found = parting.given(recording, prepared(rules), side=side, ignore=skipped(rules.id))
    parts = found.parts
    told = tuple(_report(part, name, duration, model if is_video else "", strictness) for part in parts)
    report = _together(told, found.unsure, recording, name, duration, model if is_video else "", strictness)
    del recording  # 100 MB for an hour: from here on the repaired one serves
    report = replace(report, notes=tuple(notes) + report.notes, cancelled=cancel.is_set())
    if folder is not None:
        report = _write(report, folder, files)
        if video and is_video and path is not None and parts and not cancel.is_set():
            report = _annotate(report, parts, path, folder, progress, cancel)
    return replace(report, files=(*report.files, *files)) if folder is None else report


def _rules(exercise: str, side: str, strictness: str, ignore: Iterable[str]) -> Exercise | None:
    """The exercise, after everything the user named was checked; None to recognise it."""
    if side not in ("left", "right", "auto"):
        raise UsageError(f"unknown side '{side}'", hint="left, right or auto")
    if strictness not in STRICTNESS:
        raise UsageError(f"unknown strictness '{strictness}'", hint=", ".join(STRICTNESS))
    rules = None if exercise == AUTO else find(exercise)
    known = {f for e in ([rules] if rules else catalogue().values()) for f in control.faults_of(e)}
    for fault in ignore:
        if fault not in known:
            text = f"{rules.id} has no fault '{fault}'" if rules else f"no exercise has a fault '{fault}'"
            raise UsageError(text, hint=f"known: {', '.join(sorted(known))}")
    return rules


def _folder(out: str | Path | None) -> Path | None:
    """The output folder, made when its parent exists; checked before the work and not after it."""
    if out is None:
        return None
    folder = Path(out)
    try:
        folder.mkdir(exist_ok=True)
        probe = folder / ".formcheck-write-test"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise OutputError(
            f"cannot write into {folder}: {error.strerror}", hint="choose another folder with --out"
        ) from error
    return folder


def _keep_source(source: str | Path | Recording, folder: Path | None) -> None:
    """Refuses to write over what is read."""
    if folder is None or isinstance(source, Recording):
        return
    for name in ("annotated.mp4", "report.json", "reps.csv"):
        target = folder / name
        if target.exists() and Path(source).exists() and target.samefile(source):
            raise OutputError(
                f"{target} would overwrite the video itself", hint="choose another folder with --out"
            )


def _pose(
    path: Path,
    model: str,
    workers: int | None,
    progress: Tell | None,
    cancel: threading.Event,
    notes: list[str],
) -> tuple[Recording, float]:
    """Landmarks of a video, chunks side by side."""
    from formcheck.pose import models
    from formcheck.pose.file import estimate_file
    from formcheck.pose.mediapipe import MAX_SIDE
    from formcheck.sources.video import VideoSource

    def open_stretch(start_s: float | None, end_s: float | None) -> closing[Generator[Frame]]:
        return closing(video.iter_range(start_s or 0.0, math.inf if end_s is None else end_s))

    bundle = models.find(model)
    checked = models.check(model)
    if not checked.ok:
        raise ModelError(checked.message, hint=f"run `formcheck models pull {model}`")
    with VideoSource(path, max_side=MAX_SIDE, threads=1) as video:
        whole = video.duration_s
        tell = progress or (lambda _: None)
        recording = estimate_file(
            open_stretch,
            bundle,
            size=video.size,
            duration_s=whole if video.seekable else None,
            workers=workers,
            progress=lambda done, total, frames: tell(Progress("pose", done, total or whole, frames)),
            cancel=cancel,
        )
        notes += video.notes
    return recording, float("nan") if whole is None else whole


def _check(recording: Recording, path: Path | None) -> None:
    where = path or "the recording"
    if len(recording) == 0:
        raise SourceError(f"{where} holds no frames", hint="is it the right file?")
    if min(recording.size) < LEAST_SIDE_PX:
        width, height = recording.size
        raise NoPersonError(f"{where} is too small: {width}x{height}", hint="film with at least 320x240")
    if len(recording) == 1:
        raise SourceError(f"{where} is a single picture", hint="a rep is a movement: give a video of one")
    found = int(np.isfinite(recording.image[:, 0, 0]).sum())
    if found < LEAST_FRAMES:
        raise NoPersonError(
            f"nobody was found in {where}",
            hint="the whole body should be in the picture, in good light, 2-4 m from the camera",
        )


def _report(part: Part, name: str, duration: float, model: str, strictness: str) -> Report:
    folded, rules, guess = part.folded, part.rules, part.guess
    recording, reps = folded.recording, folded.reps
    faults = summary.per_fault(rules, reps)
    top, cue = summary.top(rules, reps)
    seen = _seen(recording)
    view = _view(folded, rules)
    return Report(
        source=name,
        duration_s=duration,
        analysed_s=float(recording.t[-1] - recording.t[0]),
        frames=len(recording),
        seen=seen,
        size=recording.size,
        model=model,
        exercise=rules.id,
        name=rules.name,
        given=guess is None,
        confidence=1.0 if guess is None else guess.confidence,
        strictness=strictness,
        view=view,
        count=sum(rep.counted for rep in reps),
        partial=sum(not rep.counted for rep in reps),
        reps=reps,
        score=summary.total(reps),
        top_fault=top,
        cue=cue,
        per_fault=faults,
        notes=_notes(folded, seen, view.advice),
        runner_up=(guess.runner_up or "") if guess else "",
        evidence=guess.evidence if guess else (),
        variant=folded.variant,
        figures=part.figures,
        start_s=part.start_s,
        end_s=part.end_s,
    )


def _together(
    told: tuple[Report, ...],
    unsure: tuple[Guess, ...],
    recording: Recording,
    name: str,
    duration: float,
    model: str,
    strictness: str,
) -> Report:
    """One report of everything: the only one there is, or one that holds several, or none."""
    doubts = tuple(_doubt(guess) for guess in unsure)
    if len(told) == 1:
        return replace(told[0], notes=told[0].notes + doubts)
    none = () if told else ("no exercise was recognised; name it with --exercise if there is one",)
    return Report(
        source=name,
        duration_s=duration,
        analysed_s=float(recording.t[-1] - recording.t[0]),
        frames=len(recording),
        seen=_seen(recording),
        size=recording.size,
        model=model,
        exercise=SEVERAL if told else UNRECOGNISED,
        name=f"{len(told)} exercises" if told else "Not recognised",
        given=False,
        confidence=min((one.confidence for one in told), default=0.0),
        strictness=strictness,
        view=View("unknown", math.nan, math.nan, 0.0),
        count=sum(one.count for one in told),
        partial=sum(one.partial for one in told),
        reps=(),
        score=None,
        top_fault="",
        cue="",
        per_fault=(),
        notes=(*none, *doubts),
        start_s=float(recording.t[0]),
        end_s=float(recording.t[-1]),
        parts=told,
    )


def _doubt(guess: Guess) -> str:
    """What to say where nothing is certain enough to be analysed."""
    names = [find(one).name for one in (guess.exercise, guess.runner_up) if one]
    return f"something looked like {' or '.join(names)}, not surely enough: name it with --exercise"


def _seen(recording: Recording) -> float:
    return float(np.isfinite(recording.image[:, 0, 0]).mean())


def _view(folded: Folded, rules: Exercise) -> View:
    """The view of most reps; without reps, that of the frames as they are."""
    if folded.views:
        kinds = [v.kind for v in folded.views]
        usual = max(set(kinds), key=kinds.count)
        return next(v for v in folded.views if v.kind == usual)
    return views.estimate(_whole(folded), rules)


def _whole(folded: Folded) -> Window:
    """All frames as one window: for what does not hang on a rep."""
    recording = folded.recording
    return Window(recording.t, recording.image[..., :2], recording.image[..., 3], recording.world)


def _notes(folded: Folded, seen: float, advice: str) -> tuple[str, ...]:
    notes = []
    if _whole(folded).torso < LEAST_TORSO_PX:
        notes.append("the person is too small in the picture to judge: come closer, or film in more detail")
    if 1 - seen > OFTEN_LOST:
        notes.append(f"the person was not found in {100 * (1 - seen):.0f} % of the frames")
    if not folded.reps:
        camera = f" The movement may not show from here: {advice}" if advice else ""
        notes.append("no rep of this exercise was seen: is it the right exercise?" + camera)
    return tuple(notes)


def _write(report: Report, folder: Path, files: list[tuple[str, str]]) -> Report:
    from formcheck.outputs.report import to_csv, to_json, write

    written = [("report", folder / "report.json"), ("reps", folder / "reps.csv")]
    report = replace(report, files=(*((kind, str(p)) for kind, p in written), *files))
    write(written[0][1], to_json(report))
    write(written[1][1], to_csv(report))
    return report


def _annotate(
    report: Report,
    parts: tuple[Part, ...],
    path: Path,
    folder: Path,
    progress: Tell | None,
    cancel: threading.Event,
) -> Report:
    from formcheck.app.annotate import annotate

    target = folder / "annotated.mp4"
    notes = annotate(path, target, parts, progress=progress, cancel=cancel)
    return replace(
        report,
        files=(*report.files, ("video", str(target))),
        notes=(*report.notes, *notes),
        cancelled=cancel.is_set(),
    )
