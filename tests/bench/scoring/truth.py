"""What was commanded: truth files of schema ``formcheck.truth/1``, see samples/clips/README.md."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.engine.control import faults_of
from formcheck.errors import SourceError
from formcheck.exercises import find
from tests.bench.scoring import limits, views
from tests.bench.scoring.matching import Span

SCHEMA = "formcheck.truth/1"
#: Up to this share of the mild limit a commanded fault is a trace: the rep is clean.
TRACE = 0.5
#: A fault that moves its joints by this much of the torso's length in the picture can be seen, %; one that
#: moves them by less than the second cannot. In between, nothing is asked.
VISIBLE_PCT, INVISIBLE_PCT = 5.0, 2.0
#: A rep with one of these may well bounce; no truth tells whether.
QUICK = ("momentum", "dropped_return")
#: Faults of the movement itself: they show as the movement does.
OF_THE_MOVEMENT = ("momentum", "dropped_return", "rebound", "short_rom", "shallow")


class Role(StrEnum):
    """What a rep is for one fault."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    BETWEEN = "between"  # larger than a trace and smaller than mild: not scored


class Sight(StrEnum):
    """Whether a fault shows in a clip's projection."""

    VISIBLE = "visible"
    GREY = "grey"
    INVISIBLE = "invisible"


@dataclass(frozen=True, slots=True)
class Size:
    """One fault as commanded in one rep; size 0 and an empty grade where it was not."""

    size: float = 0.0
    unit: str = ""
    grade: str = ""
    share: float = 0.0

    @property
    def role(self) -> Role:
        """Positive from mild on, negative up to a trace."""
        if self.grade in ("mild", "severe"):
            return Role.POSITIVE
        return Role.NEGATIVE if self.share <= TRACE else Role.BETWEEN


@dataclass(frozen=True, slots=True)
class Movement:
    """One commanded movement.

    Attributes:
        range: Its size, in the unit of the exercise's angle.
        faults: An entry for every fault that the product knows.
    """

    start_s: float
    turn_s: float
    end_s: float
    counted: bool
    range: float
    faults: Mapping[str, Size]

    @property
    def span(self) -> Span:
        """First and last moment, s."""
        return self.start_s, self.end_s

    @property
    def clean(self) -> bool:
        """Whether no fault is more than a trace."""
        return all(size.role is Role.NEGATIVE for size in self.faults.values())


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip's truth.

    Attributes:
        name: Of its file.
        exercise: None where nobody exercises; then `scene` says what happens.
        recommended: Whether the camera stands where the exercise's advice asks for it.
        shows: How much a severe fault moves its joints in this projection, % of the torso's length; None
            where the truth does not say: then all is taken as visible. "movement" is the movement itself.
        sets: First and last moment of each, s.
    """

    name: str
    recording: Path
    exercise: str | None
    scene: str
    person: str
    room: str
    light: str
    trouble: str
    fps: float
    size: tuple[int, int]
    model: str
    split: str
    series: str
    azimuth_deg: float
    elevation_deg: float
    recommended: bool
    shows: Mapping[str, float] | None
    movements: tuple[Movement, ...]
    sets: tuple[Span, ...]

    @property
    def view(self) -> str:
        """The bin of the true camera; without an exercise, what happens."""
        if self.exercise is None:
            return self.scene
        return views.name(find(self.exercise).posture, self.azimuth_deg, self.elevation_deg)

    def advised(self, fault: str) -> bool:
        """Whether the camera stands where the product asks for it to see this fault."""
        if not self.recommended or self.exercise is None:
            return False
        words = views.ADVISED.get(f"{self.exercise}.{fault}")
        return words is None or views.direction(find(self.exercise).posture, self.azimuth_deg) in words

    def sight(self, fault: str) -> Sight:
        """Whether the fault at its severe size would show."""
        if self.shows is None:
            return Sight.VISIBLE
        name = fault if fault in self.shows or fault not in OF_THE_MOVEMENT else "movement"
        pct = self.shows.get(name)
        if pct is None:
            return Sight.VISIBLE if name == "movement" else Sight.GREY
        if pct >= VISIBLE_PCT:
            return Sight.VISIBLE
        return Sight.INVISIBLE if pct <= INVISIBLE_PCT else Sight.GREY


#: What makes a clip harder, by the truth's key; the first that applies names it.
TROUBLES = {"second": "second person", "hidden_foot": "foot hidden", "shutter": "motion blur"}
#: Of a fault of which the truth says nothing: it is not scored.
UNTOLD = Size(share=1.0)


def load(path: Path) -> Clip:
    """The truth beside a recording.

    Args:
        path: The ``.npz`` file; its truth is the ``.json`` of the same name.

    Raises:
        SourceError: There is none, or it is of another schema.
    """
    file = path.with_suffix(".json")
    try:
        known: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SourceError(f"{file}: no readable truth: {error}", hint="render the clip again") from error
    if known.get("schema") != SCHEMA:
        raise SourceError(f"{file}: its schema is not {SCHEMA}", hint="render the clip again")
    return parse(known, path)


def parse(known: Mapping[str, Any], recording: Path) -> Clip:
    """A truth document as values."""
    exercise, camera = known["exercise"], known["camera"]
    azimuth, elevation = float(camera["azimuth_deg"]), float(camera["elevation_deg"])
    movements = _movements(exercise, known["reps"]) if exercise else ()
    if exercise and find(exercise).posture != "side_lying":
        azimuth = abs(azimuth)
    return Clip(
        name=recording.stem,
        recording=recording,
        exercise=exercise,
        scene=str(known.get("scene", "")),
        person=str(known.get("person") or known.get("body", "")),
        room=str(known.get("room", "")),
        light=_light(known.get("light", {})),
        trouble=next((word for key, word in TROUBLES.items() if known.get(key)), "none"),
        fps=float(known["fps"]),
        size=(int(known["size"][0]), int(known["size"][1])),
        model=str(known.get("model", "full")),
        split=str(known.get("split", "tune")),
        series=str(known.get("series") or known.get("split", "tune")),
        azimuth_deg=azimuth,
        elevation_deg=elevation,
        recommended=(
            bool(known["view"]["recommended"])
            if "view" in known
            else _recommended(exercise, azimuth, elevation)
        )
        and not (exercise in views.OTHER_SIDE and camera.get("azimuth_side") == known["side"]),
        shows=known.get("shows"),
        movements=movements,
        sets=_sets(known.get("segments", ()), movements),
    )


def _recommended(exercise: str | None, azimuth: float, elevation: float) -> bool:
    """The exercise's own window, asked of the true camera: for truths that do not say."""
    if exercise is None:
        return False
    best = find(exercise).best
    low, high = best.elevation
    return low <= elevation <= high and any(a <= azimuth <= b for a, b in best.azimuth)


def _light(light: Mapping[str, float]) -> str:
    """A word for how the camera coped: the darkest quarter and the noisiest third of the studio's range."""
    if light.get("gain", 1.0) < 0.8:
        return "dim"
    return "noisy" if light.get("noise", 1.0) > 1.4 else "usual"


def _movements(exercise: str, reps: Sequence[Mapping[str, Any]]) -> tuple[Movement, ...]:
    out: list[Movement] = []
    for rep in reps:
        sizes = dict.fromkeys(faults_of(find(exercise)), Size())
        for fault, said in rep["faults"].items():
            sizes[fault] = _size(exercise, fault, said)
        if "short_rom" not in rep["faults"]:
            sizes["short_rom"] = _short(exercise, _range(rep), [m.range for m in out if m.counted])
        if any(sizes[fault].role is Role.POSITIVE for fault in sizes if fault in QUICK):
            sizes["rebound"] = UNTOLD
        start_s, turn_s, end_s = (float(rep[key]) for key in ("start_s", "turn_s", "end_s"))
        out.append(Movement(start_s, turn_s, end_s, rep["counted"], _range(rep), sizes))
    return tuple(out)


def _range(rep: Mapping[str, Any]) -> float:
    """Way of the exercise's angle, degrees, or the share of a full movement where there is no angle."""
    if rep.get("angle_turn") is None:
        return float(rep["amplitude"])
    return abs(float(rep["angle_turn"]) - float(rep["angle_start"]))


def _size(exercise: str, fault: str, said: Mapping[str, Any]) -> Size:
    info, value = limits.of(exercise, fault), float(said["value"])
    return Size(value, said.get("unit", ""), said.get("grade") or info.grade(value), info.share(value))


def _short(exercise: str, size: float, earlier: Sequence[float]) -> Size:
    """Range missing against the person's own best so far, as docs/thresholds.md defines it."""
    missing = round(100 * (1 - size / float(np.percentile(earlier, 80))), 1) if len(earlier) >= 2 else 0.0
    return _size(exercise, "short_rom", {"value": missing, "unit": "%"}) if missing > 0 else Size()


def _sets(segments: Sequence[Mapping[str, Any]], movements: Sequence[Movement]) -> tuple[Span, ...]:
    """Spans of the sets; without segments, all movements are one."""
    named = tuple((float(s["start_s"]), float(s["end_s"])) for s in segments if s["kind"] == "set")
    if named or not movements:
        return named
    return ((movements[0].start_s, movements[-1].end_s),)
