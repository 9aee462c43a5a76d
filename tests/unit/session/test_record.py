from __future__ import annotations

import json
from dataclasses import replace

import pytest

from formcheck.errors import UsageError
from formcheck.exercises import find
from formcheck.session.plan import Plan
from formcheck.session.record import SetRecord
from formcheck.session.session import SCHEMA, Session
from formcheck.types import Tempo
from tests.unit.session.test_cues import rep


def record() -> SetRecord:
    reps = [
        replace(rep(feet_apart="mild"), index=1),
        replace(rep(), index=2, tempo=Tempo(1.0, float("nan"), 1.0)),
    ]
    return SetRecord("clamshell", 1, "left", 8, start_s=3.0, count=2, reps=reps)


def test_a_set_survives_json() -> None:
    kept = record()
    again = SetRecord.from_dict(json.loads(json.dumps(kept.to_dict(), allow_nan=False)))
    assert repr(again) == repr(kept)


def test_undo_takes_the_last_counted_rep_off() -> None:
    kept = record()
    kept.reps.append(replace(rep(), index=0, counted=False))
    assert kept.undo()
    assert (kept.count, kept.undone, [r.index for r in kept.reps]) == (1, 1, [1, 0])
    assert kept.undo()
    assert not kept.undo(), "nothing is left"


def test_undo_of_a_rep_that_is_not_judged_yet() -> None:
    kept = record()
    kept.count = 3
    assert kept.undo()
    assert (kept.count, len(kept.counted)) == (2, 2)


def test_a_session_goes_on_where_it_was() -> None:
    plan = Plan.parse("clamshell left 2x8, squat 5")
    session = Session(plan=plan, tempo=Tempo(2, 1, 2), ignore=frozenset({"feet_apart"}))
    session.records, session.step_number = [record()], 1
    session._record = SetRecord("clamshell", 2, "left", 8, count=1, reps=[rep()])
    state = json.loads(json.dumps(session.state_dict(), allow_nan=False))
    assert state["schema"] == SCHEMA
    again = Session.restore(state)
    assert again.step == plan[1]
    assert again.tempo == Tempo(2, 1, 2)
    assert again.ignore == {"feet_apart"}
    assert repr(again.records) == repr(session.records)
    assert repr(again._record) == repr(session._record)
    assert again.state == "frame"
    assert again.state_dict() == session.state_dict()


def test_a_session_that_was_done_stays_done() -> None:
    session = Session(find("squat"), plan=Plan.parse("squat 5"))
    session.step_number = 1
    assert Session.restore(session.state_dict()).over


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "formcheck.session/9"},
        {"sets": [{"exercise": "squat"}]},
        {"plan": 3},
        {"step": 7},
        {"current": 5},
    ],
)
def test_a_damaged_session_is_named(change: dict[str, object]) -> None:
    state = Session(find("squat")).state_dict() | change
    with pytest.raises(UsageError):
        Session.restore(state)
