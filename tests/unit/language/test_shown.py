"""What people see in Spanish has no English in it, and the letters that Spanish needs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.app.analyse import analyze
from formcheck.app.parts import given
from formcheck.app.scenes import Scenes
from formcheck.cli.main import run
from formcheck.engine import control
from formcheck.exercises import catalogue, find
from formcheck.outputs import draw
from formcheck.outputs.overlay import Overlay
from formcheck.outputs.screen import ScreenView
from formcheck.session.events import Say, Screen
from formcheck.session.plan import Plan
from formcheck.session.session import Session
from formcheck.session.words import spoken
from formcheck.sources.recording import load
from formcheck.types import Severity
from tests.unit.session.footage import held, studio

SIZE = (960, 540)
RECORDING = Path(__file__).parents[3] / "samples" / "recordings" / "clamshell_feet_sizes.npz"
#: Common words of English that are no words of Spanish.
ENGLISH = set(
    re.findall(
        r"\w+",
        """
    the of and is are was were to your you with for not from this that when where what seen see put keep
    camera hip hips knee knees feet foot side left right good rest hold up down at in on by be been it its
    an how much which than then there score range judged visible change reason only could can""",
    )
)
ACCENTED = {
    "á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ñ": "n", "ü": "u", "Á": "A", "É": "E", "Ñ": "N",
    "¿": "?", "¡": "!",
}  # fmt: skip


def english(text: str) -> list[str]:
    """Words of English in a text; ids, names of files and what stands in quotes are none."""
    words = re.findall(r"(?<![\w./-])[A-Za-zÀ-ÿ]+(?![\w/-]|\.\w)", re.sub(r"\(\w+\)", "", text))
    return [word for word in words if word.lower() in ENGLISH]


def noted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every line that is drawn from here on."""
    drawn: list[str] = []
    put = draw.Type.put

    def both(self: draw.Type, canvas: draw.Canvas, text: str, x: float, y: float, ink: draw.Ink) -> None:
        drawn.append(text)
        put(self, canvas, text, x, y, ink)

    monkeypatch.setattr(draw.Type, "put", both)
    return drawn


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch):
    """One line stays one line."""
    monkeypatch.setenv("COLUMNS", "2000")


def test_english_is_noticed():
    assert english("Pon la cámara at your lado (feet_apart), knees.mp4, side_leg_raise") == ["at", "your"]


def test_the_list_of_exercises(capsys: pytest.CaptureFixture[str]):
    assert run(["exercises", "--lang", "es"]) == 0
    out = re.sub(r"^\w+_\w+", "", capsys.readouterr().out, flags=re.MULTILINE)
    assert "Sentadilla" in out
    assert english(out.replace("formcheck explain ID", "")) == []


@pytest.mark.parametrize("exercise", catalogue())
def test_an_exercise_explained(exercise: str, capsys: pytest.CaptureFixture[str]):
    """Where limits come from is told in the language of its sources."""
    assert run(["--lang=es", "explain", exercise]) == 0
    told = capsys.readouterr().out.partition("\nFuentes")[0].splitlines()
    assert [
        (line, found) for line in told if not line.startswith("  fuente") and (found := english(line))
    ] == []


def test_an_analysis(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    command = ["analyze", str(RECORDING), "--lang", "es", "--out", str(tmp_path), "-e", "clamshell"]
    assert run(command) == 0
    said = capsys.readouterr()
    assert "Almeja: 4 repeticiones" in said.out
    assert english(said.out.replace(str(tmp_path), "")) == []
    assert english(said.err.replace(str(RECORDING), "")) == []


def test_files_for_programs_keep_their_english(tmp_path: Path, spanish: None):
    analyze(RECORDING, "clamshell", out=tmp_path)
    report = json.loads((tmp_path / "report.json").read_text())
    cues = {fault.cue for fault in control.faults_of(find("clamshell")).values()}
    assert report["summary"]["cue"] in cues
    assert report["exercise"]["name"] == "Clamshell"
    assert (tmp_path / "reps.csv").read_text().startswith("exercise,set,rep,side")


@pytest.mark.parametrize(
    "command", [["explain", "sqat"], ["analyze", "none.mp4"], ["--nothing"], ["explain"], ["live"], ["perro"]]
)
def test_errors_and_their_hints(command: list[str], capsys: pytest.CaptureFixture[str]):
    assert run([*command, "--lang", "es"]) in (2, 3)
    said = capsys.readouterr().err
    assert "formcheck: error: " in said
    assert english(said) == []


def test_help(capsys: pytest.CaptureFixture[str]):
    assert run(["--lang", "es", "live", "--help"]) == 0
    out = capsys.readouterr().out
    assert "Entrena ante la cámara" in out
    assert "Show this message" not in out


def test_english_stays_english(capsys: pytest.CaptureFixture[str]):
    assert run(["exercises", "--lang", "es"]) == run(["exercises"]) == 0
    assert "Put the camera" in capsys.readouterr().out


def test_the_drawing(monkeypatch: pytest.MonkeyPatch, spanish: None):
    drawn = noted(monkeypatch)
    rules = find("clamshell")
    folded = given(load(RECORDING), rules, side="auto", ignore=()).parts[0].folded
    scene = Scenes(folded, rules).at(12.0)
    scene = replace(
        scene,
        cue=rules.faults[0].cue,
        cue_severity=Severity.MILD,
        notes=("Feet apart: not visible from here",),
        subtitle="left side · set 1 of 2",
    )
    Overlay(SIZE).draw(np.full((SIZE[1], SIZE[0], 3), 90, np.uint8), scene)
    text = " ".join(drawn)
    assert "Almeja" in text
    assert "Pies separados" in text
    assert english(text) == []


@pytest.mark.parametrize("letter", ACCENTED)
@pytest.mark.parametrize("weight", [draw.BOLD, draw.MEDIUM, draw.PLAIN])
def test_the_font_has_the_letters(letter: str, weight: int):
    def seen(text: str) -> np.ndarray:
        canvas = draw.Canvas(80, 80)
        draw.Type().put(canvas, text, 20, 60, draw.Ink(48, weight))
        return canvas.patch().add

    assert seen(letter).any()
    assert (seen(letter) != seen(ACCENTED[letter])).any()
    assert (seen(letter) != seen("\ue000")).any()  # a letter that no font has


# -- live


def test_a_session_is_told_in_spanish(spanish: None, monkeypatch: pytest.MonkeyPatch):
    """A set from stepping into view to the rest: what is said, and what is drawn."""
    drawn = noted(monkeypatch)
    squat = find("squat")
    live = Session(squat, plan=Plan.of(squat, sets=2, reps=7, rest_s=30))
    view = ScreenView(SIZE)
    said: list[str] = []
    footage = held(studio("squat_tune_01"), 6.0, 2.0)
    for i, t in enumerate(footage.t):
        events = live.update(float(t), footage.image[i], footage.world[i], footage.size)
        said += [event.text for event in events if isinstance(event, Say)]
        if i % 15 == 0:
            view.draw(np.full((SIZE[1], SIZE[0], 3), 90, np.uint8), live.screen, t=float(t))
    assert {"Tres", "Dos", "Uno", "Ya"} <= set(said)
    assert any(text.startswith("7 repeticiones") for text in said)
    assert english(" ".join(said)) == []
    assert "Sentadilla" in drawn
    assert english(" ".join(drawn)) == []


def test_the_help_of_the_window(spanish: None, monkeypatch: pytest.MonkeyPatch):
    drawn = noted(monkeypatch)
    ScreenView(SIZE).draw(np.zeros((SIZE[1], SIZE[0], 3), np.uint8), Screen("set", help=True))
    assert "silenciar" in drawn
    assert english(" ".join(drawn)) == []


def test_signs_become_words(spanish: None):
    assert spoken(find("clamshell").setup).startswith(
        "Túmbate de lado, cabeza apoyada, cadera a 45 a 60 grados"
    )
