"""Choosing a language, and finding what a text is called in it."""

from __future__ import annotations

import pytest

from formcheck.errors import UsageError
from formcheck.language import Book, current, languages, tr, use
from formcheck.language.book import fields

BOOK = Book(
    {
        "Squat": "Sentadilla",
        "Push your knees out": "Rodillas fuera",
        "left": "izquierda",
        "leg": "pierna",
        "the leg": "la pierna",
        "{n:d} reps": "{n:d} repeticiones",
        "{n:d} rep": "{n:d} repetición",
        "{name} in {reps}": "{name}: {reps}",
        "the end of {joint}": "el fin de {joint}",
        "the hip": "el hueso",
        "Next time: {cue}": "Otra vez: {cue}",
        "{path!s}: there is no such file": "{path!s}: no existe",
        "unknown exercise '{word!s}'": "no hay '{word!s}'",
        " and ": " y ",
    },
    {"de el": "del"},
)


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch: pytest.MonkeyPatch):
    for name in ("FORMCHECK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    use(None)
    yield
    use(None)


def test_english_comes_back_as_it_is():
    assert current() == "en"
    assert tr("Push your knees out") == "Push your knees out"
    assert tr("{n:d} reps", n=3) == "3 reps"
    assert tr("100 % {odd") == "100 % {odd"


def test_there_is_spanish():
    assert languages() == ("en", "es")
    use("es")
    assert tr("{n:d} reps", n=3) == "3 repeticiones"
    assert tr("nothing that anybody wrote") == "nothing that anybody wrote"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "es_ES.UTF-8"}, "es"),
        ({"LANG": "es_ES.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_MESSAGES": "es_MX"}, "es"),
        ({"LANG": "C", "FORMCHECK_LANG": "es"}, "es"),
        ({"LANG": "es_ES.UTF-8", "FORMCHECK_LANG": "en"}, "en"),
        ({"FORMCHECK_LANG": "../../etc"}, "en"),
    ],
)
def test_the_environment_decides(variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert current() == language
    use("en")
    assert current() == "en"


def test_a_language_that_there_is_not():
    with pytest.raises(UsageError, match="known: en, es"):
        use("klingon")


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Squat", "Sentadilla"),
        ("squat", "sentadilla"),
        ("Squat.", "Sentadilla."),
        ("12 reps", "12 repeticiones"),
        ("squat in 12 reps", "sentadilla: 12 repeticiones"),
        ("Squat, left", "Sentadilla, izquierda"),
        ("Squat and leg", "Sentadilla y pierna"),
        ("8 reps, left. Next time: squat.", "8 repeticiones, izquierda. Otra vez: sentadilla."),
        ("/home/Squat: there is no such file", "/home/Squat: no existe"),
        ("the end of the hip", "el fin del hueso"),
        ("12 / 15", "12 / 15"),
    ],
)
def test_finished_texts_are_found_by_their_templates_and_pieces(english: str, spanish: str):
    assert BOOK.finished(english) == spanish
    assert BOOK.knows(english)


@pytest.mark.parametrize("text", ["Squat and so on", "many reps", "left out", "of the leg"])
def test_what_is_known_in_part_only_stays_whole(text: str):
    assert BOOK.finished(text) == text
    assert not BOOK.knows(text)


def test_names_are_taken_as_they_are():
    assert BOOK.finished("unknown exercise 'squat'") == "no hay 'squat'"
    assert BOOK.filled("unknown exercise '{word!s}'", {"word": "squat"}) == "no hay 'squat'"


def test_values_are_translated():
    assert (
        BOOK.filled("{name} in {reps}", {"name": "Squat", "reps": "8 reps"}) == "Sentadilla: 8 repeticiones"
    )


def test_fields():
    assert fields("{n:d} of {all:.1f} {what}") == {"n": "d", "all": ".1f", "what": ""}
