"""Definitions in words: every exercise can be explained, and what it says is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import get_args, get_type_hints

import pytest

from formcheck import spec
from formcheck.cli import words
from formcheck.engine.control import ALL
from formcheck.exercises import catalogue

#: Each kind once: a dataclass with slots leaves the class it was made from behind.
KINDS = [kind for kind in spec.Signal.__subclasses__() if getattr(spec, kind.__name__) is kind]
CLASS = re.compile("|".join(kind.__name__ for kind in KINDS))
FIELD = re.compile(r"\w+_\w+")
#: Kinds whose first field is another signal.
OF_SIGNALS = (spec.Combine, spec.Scaled, spec.Ratio, spec.Deviation, spec.OfBoth, spec.While)


def sentences() -> Iterator[tuple[str, str]]:
    """Every sentence about every exercise."""
    for exercise in catalogue().values():
        yield exercise.id, words.counted(exercise)
        yield exercise.id, words.POSTURES[exercise.posture]
        yield exercise.id, words.SIDES[exercise.side]
        for gate in exercise.gates:
            yield exercise.id, words.gate(gate)
        for fault in exercise.faults:
            for way in fault.ways:
                yield f"{exercise.id} {fault.id}", words.measure(way.measure)
                yield f"{exercise.id} {fault.id}", words.limits(way.limits, way.measure.signal.unit)
                yield f"{exercise.id} {fault.id}", words.seen(way.seen, exercise.posture)
        for shared in ALL:
            yield exercise.id, words.shared_limits(shared)


def test_everything_about_every_exercise_is_told_in_plain_words():
    for where, sentence in sentences():
        assert not CLASS.search(sentence), f"{where}: a signal without words: {sentence}"
        assert not FIELD.search(sentence), f"{where}: a name of the code: {sentence}"
        assert "None" not in sentence, where
        assert "nan" not in sentence.split(), where


def samples(kind: type) -> spec.Signal:
    """A signal of this kind, from its fields alone."""
    inner = spec.Flexion("hip", "knee", "ankle")
    values = {
        "a": inner if kind in OF_SIGNALS else "hip",
        "b": inner if kind in (spec.Combine, spec.Ratio) else "knee",
        "c": "ankle", "d": "shoulder", "joint": "hip", "direction": "back", "how": "min",
        "factor": -1.0, "offset": 0.0, "wanted": 90.0, "than": "", "space": "world", "scaled_unit": "",
        "terms": ((0.5, inner),), "fitted_unit": "°", "other": inner, "below": 45.0,
    }  # fmt: skip
    assert is_dataclass(kind)
    return kind(**{f.name: values[f.name] for f in fields(kind) if f.init})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_word_of_the_language_has_words(kind):
    """Also those that no exercise uses yet."""
    assert words.signal(samples(kind)) != kind.__name__


def test_a_signal_that_tells_only_now_and_then():
    knee, hip = spec.Flexion("hip", "knee", "ankle"), spec.Slope("hip", "knee")
    assert words.signal(spec.While(hip, knee, below=45)) == (
        "the rise of the line from the hip to the knee above the horizontal, "
        "while the bend at the knee between the hip and the ankle is below 45°"
    )


@pytest.mark.parametrize("direction", get_args(spec.Direction))
def test_every_direction_has_words(direction):
    text = words.signal(spec.Along("hip", direction))
    assert text.startswith("how far the hip is ")
    assert not FIELD.search(text)


@pytest.mark.parametrize("phase", get_args(spec.Phase))
def test_every_phase_and_every_way_to_measure_has_words(phase):
    for how in get_args(get_type_hints(spec.Measure)["how"]):
        text = words.measure(spec.Measure(spec.Flexion("hip", "knee", "ankle"), how, phase))
        assert text.startswith("the bend at the knee")


@pytest.mark.parametrize(
    ("reps", "text"),
    [
        ([], "no rep"),
        ([3], "rep 3"),
        ([3, 5], "reps 3 and 5"),
        ([1, 2], "reps 1 and 2"),
        ([1, 2, 3, 4], "reps 1 to 4"),
        ([1, 2, 3, 6, 8, 9], "reps 1 to 3, 6, 8 and 9"),
    ],
)
def test_numbers_of_reps_as_people_say_them(reps, text):
    assert words.numbers(reps) == text


def test_limits_of_a_turned_sign_are_told_the_right_way_round():
    assert words.limits(spec.at_most(9, severe=14), "% torso") == "mild from 9, severe from 14 % of the torso"
    assert words.limits(spec.at_most(20, severe=35), "°") == "mild from 20°, severe from 35°"
    assert words.limits(spec.at_least(165, severe=150), "°") == "mild below 165°, severe below 150°"


def test_a_view_is_told_by_name():
    seen = spec.Seen(azimuth=((0, 25),), joints=("knee", "other_knee"))
    assert words.seen(seen, "standing") == "from the front, with knee, other knee visible"
    assert words.seen(spec.Seen(azimuth=((168, 180),)), "standing") == "from the back"
    assert words.seen(spec.Seen(), "standing") == ""
