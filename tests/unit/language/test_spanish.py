"""Spanish is whole: every text has it, nothing in it is left over, and nothing gets by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from formcheck.cli import words
from formcheck.cli.main import app
from formcheck.engine import control
from formcheck.exercises import catalogue
from formcheck.features.view import KINDS
from formcheck.landmarks import PAIRED
from formcheck.language import book
from formcheck.language.book import JOINS, fields, verbatim
from formcheck.pose import models
from formcheck.recognise.looks import NAMES
from formcheck.spec import Exercise
from tests.unit.language.texts import Text, filled, literals, sources, texts

ES = book("es")
#: Rooms whose text reaches people.
ROOMS = (
    "cli",
    "app",
    "outputs",
    "session",
    "engine/judge",
    "engine/control",
    "features/view",
    "sources",
    "pose",
    "files",
)

#: What looks like text in the sources and is none for people.
NOT_FOR_PEOPLE = {
    # commands
    "sudo apt-get install -y", "sudo dnf install -y", "sudo pacman -S", "sudo usermod -aG video $USER",
    "7 install 7", "7 install --force-reinstall 7", "7 install --force-reinstall opencv-contrib-python",
    "7 uninstall -y 7 && 7", "7 install --force-reinstall av", "formcheck models pull 7", "7 -m pip",
    "pip install --force-reinstall av",
    # pieces of joints' names, which have a test of their own
    "the other 7", "the middle of the 7",
    # colours, names and frames of lines
    "bold red", "bold green", "bold underline", "formcheck 7", "formcheck: 7",
    # the log's words for why a session moved on
    "picture good", "in position", "recognised 7", "left the position", "nothing done", "rest over",
    "turned over", "source over", "picture is back", "target reached", "standing up",
    "walking away", "sitting down",
    # what libraries say, and what they are told
    "not implemented", "cannot open display", "could not connect", "platform plugin", "[[volm 7]]",
}  # fmt: skip
#: Beginnings of code for other programs.
CODE = ("Add-Type ", "import cv2;")
#: Said by the library of the command line; put together from parts; of exercises that have none now.
NOT_IN_SOURCES = (
    "Show this message and exit.", "No such option: {name!s}", "No such command '{name!s}'",
    "Missing argument '{name!s}'", "Option '{name!s}' requires an argument",
    "Invalid value for '{name!s}': {why}", "Invalid value for {name!s}: {why}",
    "Got unexpected extra argument ({name!s})",
    "left side", "right side", "{n:d} set", "{n:d} sets",
    "unknown language '{word!s}'",
)  # fmt: skip


def of_exercise(one: Exercise) -> set[str]:
    """Everything that people read about an exercise, apart from where its limits come from."""
    told = {one.name, one.setup, one.camera, *(v.name for v in one.variants), *(g.what for g in one.gates)}
    for fault in control.faults_of(one).values():
        told |= {fault.label, fault.cue, fault.why}
    told |= {way.seen.where for fault in one.faults for way in fault.ways if way.seen.where}
    return told


@pytest.mark.parametrize("exercise", catalogue().values(), ids=lambda e: e.id)
def test_an_exercise_is_told_in_spanish(exercise: Exercise):
    assert [text for text in sorted(of_exercise(exercise)) if text not in ES.messages] == []


def test_cues_are_short_in_spanish_too():
    cues = {f.cue for e in catalogue().values() for f in control.faults_of(e).values()}
    assert [ES.finished(cue) for cue in cues if len(ES.finished(cue).split()) > 6] == []


def test_views_signs_and_joints_are_told_in_spanish():
    views = {name for kinds in KINDS.values() for _, name in kinds}
    views |= {view.replace("feet", "head") for view in views} | {"back diagonal at the head", "front, raised"}
    assert [text for text in sorted(views | set(NAMES)) if not ES.knows(text)] == []
    assert [text for text in sorted(joints()) if not ES.knows(text)] == []


def joints() -> set[str]:
    """All that a joint may be called: in definitions with its article, in lists and reasons without."""
    names = {"nose", "feet", *PAIRED, *(f"other_{name}" for name in PAIRED)}
    names |= {f"{name}s" for name in PAIRED if name != "foot_index"}
    told = {words._joint(name) for name in names}
    plain = {name.removeprefix("other_").replace("_", " ") for name in names}
    return told | plain | {text.removeprefix("the ") for text in told}


def test_all_that_is_translated_in_place_has_spanish():
    told = [one for path in sources() for one in literals(path)]
    assert [f"{where}: {text}" for where, text in told if text not in ES.messages] == []


def test_no_text_escapes():
    """Every text in a room that people read from can be told in Spanish, whole or in pieces."""
    escaped = [text for path in sources(*ROOMS) for text in texts(path) if text.readable and not _told(text)]
    assert [f"{text.where}: {text.text}" for text in escaped] == []


def _told(text: Text) -> bool:
    if text.text.strip() in NOT_FOR_PEOPLE or text.text.startswith(CODE):
        return True
    return ES.knows(text.text) or ES.knows(text.text.strip(" ,;:."))


def helps(command: Any) -> Iterator[str]:
    """Every paragraph of help, of a command and of all below it."""
    for text in (command.help, command.epilog):
        yield from (" ".join(part.split()) for part in (text or "").split("\n\n") if part)
    for parameter in command.params:
        if text := getattr(parameter, "help", None):
            yield text
    for below in getattr(command, "commands", {}).values():
        yield from helps(below)


def test_help_is_told_in_spanish():
    assert [text for text in helps(typer.main.get_command(app)) if not ES.knows(text)] == []


def test_models_are_told_in_spanish():
    assert [model.about for model in registry() if not ES.knows(model.about)] == []


def registry() -> list[models.Model]:
    return [state.model for state in models.status()]


def test_nothing_in_it_is_left_over():
    used = {text for e in catalogue().values() for text in of_exercise(e)} | set(NOT_IN_SOURCES) | set(JOINS)
    used |= {w.measure.signal.unit for e in catalogue().values() for f in e.faults for w in f.ways}
    used |= {text.text for path in sources() for text in texts(path)}
    used |= set(NAMES) | set(helps(typer.main.get_command(app))) | {model.about for model in registry()}
    used |= joints()
    shapes = {filled(one) for text in used for one in _spelled(text)}
    assert [key for key in ES.messages if not shapes & {filled(one) for one in _spelled(key)}] == []


def _spelled(text: str) -> set[str]:
    """A text and the pieces that it may be looked up by."""
    pieces = {text, text.strip(), text.strip(" .,;:")}
    for join in (". ", "? ", *JOINS):
        pieces |= {piece.strip(" .") for piece in text.split(join)}
    return pieces | {piece[:1].lower() + piece[1:] for piece in pieces}


@pytest.mark.parametrize("key", [key for key in ES.messages if "{" in key])
def test_the_same_is_filled_in(key: str):
    assert fields(ES.messages[key]) == fields(key)
    assert verbatim(ES.messages[key]) == verbatim(key)


def test_full_stops_agree():
    ends = [key for key, told in ES.messages.items() if key.endswith(".") != told.endswith(".")]
    assert ends == []
