"""Whole workouts, hands free: walk in, lie down, train, drink, look at the phone, squat, leave."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from formcheck.engine.control import faults_of
from formcheck.exercises import find
from formcheck.session.events import Gestured, Moved, Say, SetDone
from formcheck.session.plan import Plan
from formcheck.session.session import Session
from formcheck.sources.recording import load
from formcheck.types import Recording
from tests.unit.session.footage import RECORDINGS, STUDIO, Footage, Log, play, studio, whole_session

GOLDEN = Path(__file__).with_name("golden")
#: Clamshell on the left, on the right, squats; and one with a bridge at the end.
WORKOUTS = ["string_test_02", "string_tune_02", "string_tune_01"]

pytestmark = pytest.mark.skipif(not list(STUDIO.glob("string_*_02.npz")), reason="not recorded")


@cache
def workout(name: str) -> tuple[Footage, Log]:
    """A recorded workout and what a session made of it."""
    footage = studio(name)
    parts = []
    for act in footage.truth["acts"]:
        side = act["side"] if act["side"] != "both" else ""
        parts.append(f"{act['exercise']} {side} {act['count']}")
    plan = Plan.parse(", ".join(parts), rest_s=12)
    return footage, play(Session(plan=plan), whole_session(footage))


@pytest.mark.parametrize("name", WORKOUTS)
def test_every_set_is_counted_and_nothing_else(name: str) -> None:
    footage, log = workout(name)
    done = log.of(SetDone)
    assert [d.exercise for d in done] == [a["exercise"] for a in footage.truth["acts"]]
    assert [d.count for d in done] == [a["count"] for a in footage.truth["acts"]]
    sides = [a["side"] for a in footage.truth["acts"] if a["exercise"] == "clamshell"]
    assert [d.side for d in done if d.exercise == "clamshell"] == sides
    assert [e.state for e in log.of(Moved)][-1] == "done"


@pytest.mark.parametrize("name", WORKOUTS)
def test_nobody_gave_a_sign(name: str) -> None:
    assert not workout(name)[1].of(Gestured)


@pytest.mark.parametrize("name", WORKOUTS[1:])
def test_cues_are_about_faults_that_are_there(name: str) -> None:
    """Whatever is said of a rep was commanded in that set, if only a little."""
    footage, log = workout(name)
    acts, at = footage.truth["acts"], 0
    for event in log.events:
        at += isinstance(event, SetDone)
        if isinstance(event, Say) and event.kind == "cue":
            said = [f.id for f in faults_of(find(acts[at]["exercise"])).values() if f.cue == event.text]
            true = {f for rep in acts[at]["reps"] for f in rep["faults"]}
            assert set(said) & true, (event, true)


def test_who_gets_down_is_not_asked_to_move_the_camera() -> None:
    """On the way down the body is seen from anywhere; only where it rests does the camera's place matter."""
    film = load(RECORDINGS / "live" / "string_tune_01.npz")
    log = play(Session(plan=Plan.parse("clamshell left 6, clamshell right 6, squat 6", rest_s=15)), film)
    assert not [t for t, screen in log.screens if screen.camera_hint]


@pytest.mark.parametrize("name", ["string_tune_01", "string_test_01"])
def test_five_pictures_a_second_are_enough(name: str) -> None:
    film = pick_every(load(RECORDINGS / "live" / f"{name}.npz"), 3)
    log = play(Session(plan=Plan.parse("clamshell left 6, clamshell right 6, squat 6", rest_s=15)), film)
    assert [d.count for d in log.of(SetDone)] == [6, 6, 6]


def pick_every(film: Recording, n: int) -> Recording:
    """Each n'th picture, at its own time."""
    return Recording(film.t[::n], film.image[::n], film.world[::n], film.size)


def told(log: Log) -> list[str]:
    """What happened in which order; no times and no verdicts, which hang on limits that are tuned."""
    out = []
    for event in log.events:
        if isinstance(event, SetDone):
            out.append(f"set done: {event.exercise} {event.side} {event.count}, {event.why}")
        elif isinstance(event, Moved):
            out.append(f"{event.state}: {event.why}")
        elif isinstance(event, Say) and event.kind in ("count", "guide", "rest"):
            out.append(f'  "{event.text}"')
    return out


@pytest.mark.parametrize("name", WORKOUTS)
def test_the_log_is_the_one_that_was_looked_at(name: str) -> None:
    """Golden files; `python -m tests.unit.session.test_whole_session` writes them anew."""
    assert told(workout(name)[1]) == (GOLDEN / f"{name}.txt").read_text().splitlines()


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name in WORKOUTS:
        (GOLDEN / f"{name}.txt").write_text("\n".join(told(workout(name)[1])) + "\n")
