"""What is recognised is folded like what is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from formcheck.app import parts
from formcheck.app.fold import fold, repaired
from formcheck.app.parts import given, recognised
from formcheck.exercises import find
from formcheck.recognise import Guess, Stretch
from formcheck.sources.recording import load
from formcheck.types import Recording

STUDIO = Path(__file__).parents[3] / "samples" / "recordings" / "studio"


@pytest.mark.parametrize("name", ["bulgarian_split_squat_tune_01", "fire_hydrant_tune_14"])
def test_a_recognised_exercise_is_counted_and_judged_as_a_named_one(name: str) -> None:
    """The pose model exchanges legs here: put back once more, those are not the same poses."""
    recording = load(STUDIO / f"{name}.npz")
    steady = repaired(recording)
    assert not np.array_equal(steady.image, recording.image, equal_nan=True)
    (found,) = recognised(recording).parts
    (named,) = given(recording, found.rules, side="auto", ignore=()).parts
    assert (found.start_s, found.end_s) == (named.start_s, named.end_s), "the exercise is the whole film"
    assert repr(found.folded.reps) == repr(named.folded.reps)
    assert found.folded.counted_s == named.folded.counted_s
    assert np.array_equal(found.folded.recording.image, steady.image, equal_nan=True)


def test_a_fold_keeps_the_times_of_its_events() -> None:
    recording = load(STUDIO / "bulgarian_split_squat_tune_01.npz")
    (part,) = recognised(recording).parts
    folded = fold(recording, part.rules)
    counted = [rep for rep in folded.reps if rep.counted]
    assert len(counted) == len(folded.counted_s) >= 5
    assert all(t > rep.turn_s for t, rep in zip(folded.counted_s, counted, strict=True))
    assert all(t > rep.turn_s for t, rep in zip(folded.judged_s, folded.reps, strict=True))
    assert list(folded.judged_s) == sorted(folded.judged_s)


@pytest.mark.parametrize(("waits_s", "found"), [(0.0, ["squat"]), (8.0, [])])
def test_one_rep_is_a_set_in_a_short_film_only(
    waits_s: float, found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody squats once and then stands about: that may have been anything, and is asked for."""
    whole = load(STUDIO / "squat_tune_01.npz")
    begin = whole.t <= 3.4  # its first rep
    t, image, world = whole.t[begin], whole.image[begin], whole.world[begin]
    wait = t[-1] + np.arange(1, int(waits_s * 15) + 1) / 15
    film = Recording(
        np.concatenate([t, wait]),
        np.concatenate([image, np.repeat(image[-1:], len(wait), axis=0)]),
        np.concatenate([world, np.repeat(world[-1:], len(wait), axis=0)]),
        whole.size,
    )
    guess = Guess("squat", 0.9, None, ())
    monkeypatch.setattr(parts, "stretches", lambda *_: (Stretch(0.0, float(t[-1]), guess),))
    told = recognised(film)
    assert [part.rules.id for part in told.parts] == found
    assert told.unsure == (() if found else (guess,))


@pytest.mark.parametrize(("reps", "found"), [(2, []), (3, ["squat"])])
def test_reps_decide_what_only_may_be_an_exercise(
    reps: int, found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = load(STUDIO / "squat_tune_01.npz")
    ends = [rep.end_s for rep in fold(whole, find("squat")).reps if rep.counted]
    until = whole.t <= ends[reps - 1] + 0.2
    film = Recording(whole.t[until], whole.image[until], whole.world[until], whole.size)
    none, maybe = Guess(None, 0.6, "squat", ()), Guess("squat", 0.4, None, ())
    stretch = Stretch(0.0, float(film.t[-1]), none, maybe)
    monkeypatch.setattr(parts, "stretches", lambda *_: (stretch,))
    told = recognised(film)
    assert [part.rules.id for part in told.parts] == found
    assert [part.guess for part in told.parts] == [maybe] * len(found)
    assert told.unsure == ()
