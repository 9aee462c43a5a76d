"""The session from state to state, on real landmarks."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from formcheck.exercises import find
from formcheck.session import words
from formcheck.session.approach import PLACE_S
from formcheck.session.events import Event, Gestured, Hush, Moved, Quit, Saved, Say, SetDone, Tone
from formcheck.session.plan import Plan
from formcheck.session.session import Session
from formcheck.types import Severity, Tempo
from tests.unit.session import poses
from tests.unit.session.footage import Log, Recording, held, join, pick, play, studio, to_and_fro

SQUAT = find("squat")


@cache
def squats(after_s: float = 2.0) -> Recording:
    """Seven squats from the front; 6 s of standing still before them."""
    return held(studio("squat_tune_01"), 6.0, after_s)


def session(reps: int | None = 7, **options: object) -> Session:
    return Session(SQUAT, plan=Plan.of(SQUAT, sets=2, reps=reps, rest_s=30), **options)  # type: ignore[arg-type]


def states(events: list[Event]) -> list[str]:
    return [e.state for e in events if isinstance(e, Moved)]


def spoken(events: list[Event], kind: str = "") -> list[str]:
    return [e.text for e in events if isinstance(e, Say) and kind in ("", e.kind)]


def in_set(reps: int | None = 7, seconds: float = 5.2) -> Session:
    """A session whose set has just begun."""
    s = session(reps)
    play(s, poses.still(seconds))
    assert s.state == "set"
    return s


# -- a set from beginning to end


def test_a_set_without_touching_anything() -> None:
    s = session()
    log = play(s, squats(1.0))
    assert states(log.events) == ["ready", "count_in", "set", "rest"]
    assert spoken(log.events, "count") == ["Three", "Two", "One", "Go", *"1234567"]
    done = log.of(SetDone)[0]
    assert (done.count, done.side, done.why) == (7, "both", "target reached")
    assert len(done.reps) == 7
    assert [r.index for r in done.reps] == [*range(1, 8)]
    assert spoken(log.events, "summary")[0].startswith("7 reps")


def test_the_numbers_come_at_their_beat() -> None:
    log = play(session(), poses.still(6))
    numbers = [e.t for e in log.of(Say) if e.kind == "count"]
    gaps = [b - a for a, b in pairwise(numbers)]
    assert all(abs(gap - 1) < 0.1 for gap in gaps)
    assert len([e for e in log.of(Tone) if e.kind == "tick"]) == 4


def test_each_count_is_said_when_the_rep_is_done() -> None:
    footage = studio("squat_tune_01")
    first = footage.truth["reps"][0]["start_s"]
    shift = max(first - 0.5, 0.01) + 6.0 - first
    log = play(session(), squats())
    counts = [e.t for e in log.of(Say) if e.kind == "count" and e.text.isdigit()]
    ends = [r["end_s"] + shift for r in footage.truth["reps"] if r["counted"]]
    late = [c - e for c, e in zip(counts, ends, strict=True)]
    assert max(late) <= 0.4, late


def test_saved_after_every_rep() -> None:
    log = play(session(), squats())
    assert [len(e.reps) for e in log.of(Saved) if e.reps] == [1] * 7


def test_nothing_before_go_counts() -> None:
    """Somebody who does not wait for it is asked to hold still."""
    footage = studio("squat_tune_01")
    first = footage.truth["reps"][0]["start_s"]
    s = session()
    log = play(s, join([to_and_fro(footage.part(first - 0.5, first), 2.0), footage.part(first, 99)]))
    assert not log.of(Saved)
    assert words.WAIT_SAID in spoken(log.events, "guide")
    play(s, poses.still(8), start_s=40)
    assert s.state == "set"
    assert s.screen.count == 0


def test_somebody_who_stands_there_restlessly_is_asked_to_hold_still() -> None:
    log = play(session(), studio("life_test_05").recording)  # dances on the spot
    assert words.HOLD_SAID in spoken(log.events, "guide")


def test_an_open_end_is_over_after_a_rest() -> None:
    log = play(session(None), squats(12.0))
    done = log.of(SetDone)
    assert [(d.count, d.why) for d in done] == [(7, "resting")]


def test_a_machine_that_hardly_looks_does_not_take_that_for_a_rest() -> None:
    """A pose each 1.5 s for 15 s: nobody knows what was done meanwhile."""
    s = session(None)
    there = pick(squats(), slice(0, 240))
    play(s, there)
    one = poses.still(0.1)
    rare = Recording(np.arange(10) * 1.5, one.image[[0] * 10], one.world[[0] * 10], one.size)
    log = play(s, rare, start_s=float(there.t[-1]) + 1.5)
    assert s.state == "set"
    assert not log.of(SetDone)


def test_walking_away_ends_it() -> None:
    s = session(None)
    there = squats()
    play(s, there)
    gone = to_and_fro(studio("life_tune_09").part(0, 5), 5)
    log = play(s, Recording(gone.t, gone.image, gone.world, there.size), start_s=float(there.t[-1]) + 0.1)
    assert [d.why for d in log.of(SetDone)] == ["walking away"]


def test_a_set_in_which_nothing_is_done_does_not_count_as_one() -> None:
    s = in_set()
    log = play(s, poses.still(21), start_s=5.3)
    assert not log.of(SetDone)
    assert "ready" in states(log.events)
    assert s.records == []


def test_getting_up_from_the_floor_ends_it() -> None:
    rules = find("clamshell")
    footage = studio("clamshell_tune_02")  # gets up at the end
    s = Session(rules, plan=Plan.of(rules, sets=1, reps=None, side=footage.truth["side"]))
    log = play(s, held(footage, 6.0))
    assert [(d.count, d.side, d.why) for d in log.of(SetDone)] == [(6, "right", "standing up")]


# -- before a set


def test_nobody_is_asked_in() -> None:
    s = session()
    log = play(s, poses.nobody(3))
    assert s.screen.headline == words.STEP_IN
    assert spoken(log.events, "guide") == ["I can't see you. Step into the picture."]
    assert s.state == "frame"


def test_guidance_is_not_repeated_at_once() -> None:
    log = play(session(), poses.nobody(60))
    times = [e.t for e in log.of(Say)]
    assert 2 <= len(times) <= 4
    assert min(b - a for a, b in pairwise(times)) >= 12


def test_the_dark_is_named() -> None:
    s = session()
    play(s, poses.still(3), light=0.02)
    assert s.screen.headline == "More light"


def test_the_start_position_is_asked_for() -> None:
    rules = find("clamshell")
    s = Session(rules)
    log = play(s, poses.still(4))
    assert s.state == "ready"
    assert s.screen.detail == rules.setup
    assert any("Clamshell, left side" in text for text in spoken(log.events))


def test_leaving_the_position_stops_the_count_in() -> None:
    s = session()
    play(s, poses.still(3))
    assert s.state == "count_in"
    log = play(s, poses.nobody(2), start_s=3.1)
    assert states(log.events)[0] == "ready"
    assert log.of(Hush)


def test_the_camera_is_asked_to_move_and_then_taken_as_it_is() -> None:
    footage = studio("squat_tune_25")  # from behind
    s = Session(SQUAT)
    first = footage.truth["reps"][0]["start_s"]
    log = play(s, to_and_fro(footage.part(first - 0.5, first), 18))
    assert SQUAT.camera in spoken(log.events)
    hints = [screen.camera_hint for _, screen in log.screens if screen.camera_hint]
    assert hints
    assert hints[0].azimuth_deg > 115
    assert any("can't judge" in text for text in spoken(log.events))
    assert s.state == "set"
    assert any("Not visible from here" in note for note in s.screen.notes)


def test_feet_in_the_wrong_place_are_told_once_before_the_set() -> None:
    rules, footage = find("glute_bridge"), studio("glute_bridge_tune_02")
    assert footage.truth["reps"][0]["faults"]["shin_angle"]["grade"] != "sub"
    place = rules.placings[0].below
    s = Session(rules, plan=Plan.of(rules, sets=2, reps=None))
    first = footage.truth["reps"][0]["start_s"]
    log = play(s, to_and_fro(footage.part(first - 0.5, first), 16))
    assert spoken(log.events).count(place) == 1
    assert any(screen.detail == place for _, screen in log.screens)
    assert s.state == "set"
    told = next(e.t for e in log.events if isinstance(e, Say) and e.text == place)
    begun = next(e.t for e in log.events if isinstance(e, Moved) and e.state == "count_in")
    assert 0 < begun - told <= PLACE_S + 1
    clean = studio("glute_bridge_tune_05")
    first = clean.truth["reps"][0]["start_s"]
    log = play(Session(rules), to_and_fro(clean.part(first - 0.5, first), 10))
    assert not {rules.placings[0].below, rules.placings[0].above} & set(spoken(log.events))


def test_the_other_side_first_is_as_good() -> None:
    rules = find("clamshell")
    footage = studio("clamshell_tune_02")
    assert footage.truth["side"] == "right"
    s = Session(rules, plan=Plan.of(rules, sets=1, reps=6))
    log = play(s, held(footage, 6.0))
    assert [d.side for d in log.of(SetDone)] == ["right"]
    assert [step.side for step in s.plan.steps] == ["right", "left"]


def test_turn_over_when_only_one_side_is_wanted() -> None:
    rules = find("clamshell")
    footage = studio("clamshell_tune_02")
    first = footage.truth["reps"][0]["start_s"]
    s = Session(rules, side="left")
    play(s, to_and_fro(footage.part(first - 0.5, first), 4))
    assert s.screen.headline == "Turn over"
    assert s.state == "ready"


# -- the rest


def test_the_rest_is_called_and_leads_on() -> None:
    s = session()
    first = squats()
    play(s, first)
    end = float(first.t[-1])
    log = play(s, poses.still(36), start_s=end + 0.1)
    assert spoken(log.events, "rest") == ["Ten seconds. Next: Squat."]
    assert states(log.events)[:3] == ["ready", "count_in", "set"]
    rest = [screen.countdown_s for _, screen in log.screens if screen.state == "rest"]
    assert rest == sorted(rest, reverse=True)
    assert rest[0] <= 30
    assert s.screen.plan == "Set 2 of 2"


def test_the_plan_is_done_after_its_last_set() -> None:
    s = Session(SQUAT, plan=Plan.parse("squat 7"))
    log = play(s, squats(2.0))
    assert s.over
    assert s.screen.headline == "All done"
    assert spoken(log.events, "summary")[-1].endswith("All done. 1 set, 7 reps.")


def test_the_same_fault_in_two_sets_asks_for_less() -> None:
    s = session()
    record = in_set()._record
    assert record is not None
    said = []
    for n in (1, 2):
        s._workout = in_set()._workout
        s._record = type(record)("squat", n, "both", count=1)
        s._record.reps = [fault_rep()]
        said += spoken(s._end_set(10.0 * n, "key"), "summary")
    assert [words.EASIER in text for text in said] == [False, True]


def fault_rep():  # type: ignore[no-untyped-def]
    from formcheck.types import Rep, Severity, Side, Verdict

    found = (Verdict("shallow", Severity.SEVERE),)
    return Rep(1, 1, Side.BOTH, 0.0, 1.0, 2.0, True, 90.0, Tempo(1.0, 0.0, 1.0), 50, found)


# -- signs


def test_both_arms_up_begin_and_pause() -> None:
    s = session()
    play(s, poses.still(1.8))
    s.state = "ready"
    log = play(s, poses.both_up(1.4), start_s=2.0)
    assert [g.name for g in log.of(Gestured)] == ["both_up"]
    assert s.state == "count_in"
    s = in_set()
    log = play(s, join([poses.both_up(1.4), poses.still(1)]), start_s=5.3)
    assert s.state == "paused"
    assert log.of(Hush)
    log = play(s, join([poses.both_up(1.4), poses.still(6)]), start_s=9)
    assert states(log.events) == ["ready", "count_in", "set"]


def test_the_sign_is_shown_while_it_fills() -> None:
    s = in_set()
    log = play(s, poses.both_up(1.4), start_s=5.3)
    shown = [screen.gesture for _, screen in log.screens if screen.gesture]
    assert shown[0].label == "Pause"
    progress = [g.progress for g in shown if g.label == "Pause"]
    assert progress == sorted(progress)
    assert progress[-1] > 0.9


def test_one_arm_up_skips_the_rest() -> None:
    s = session()
    play(s, squats())
    assert s.state == "rest"
    start = float(squats().t[-1]) + 0.1
    log = play(s, join([poses.still(1), poses.one_up(1.4)]), start_s=start)
    assert states(log.events) == ["ready"]


def test_crossed_arms_stop_and_held_on_they_mean_pain() -> None:
    s = in_set()
    play(s, poses.crossed(1.4), start_s=5.3)
    assert s.state == "paused"
    log = play(s, join([poses.crossed(2.2), poses.still(1)]), start_s=6.7)
    assert s.state == "pain"
    said = [e for e in log.of(Say) if e.kind == "safety"]
    assert [e.text for e in said] == [words.PAIN_SAID]
    assert "clinician" in said[0].text
    assert log.of(Hush)


def test_after_pain_no_cue_follows() -> None:
    s = in_set()
    s.key(5.3, "p")
    log = play(s, squats(), start_s=5.4)
    assert not [e for e in log.of(Say) if e.kind in ("count", "cue", "praise")]
    assert s.state == "pain"


# -- keys


def test_space_pauses_and_goes_on_with_the_same_set() -> None:
    s = session(None)
    there = squats()
    half = pick(there, slice(0, 240))
    play(s, half)
    count = s.screen.count
    assert count > 1
    s.key(16.1, "space")
    assert s.screen.state == "paused"
    s.key(20.0, "space")
    play(s, poses.still(7), start_s=20.1)
    assert s.state == "set"
    assert s.screen.count == count


def test_next_ends_a_set_with_reps_and_skips_one_without() -> None:
    s = session(None)
    play(s, pick(squats(), slice(0, 240)))
    out = s.key(16.1, "n")
    assert [e.why for e in out if isinstance(e, SetDone)] == ["key"]
    assert s.state == "rest"
    s.key(17, "n")
    assert s.state == "ready"
    s.key(18, "n")
    assert s.over, "the second set was skipped"


def test_a_plan_of_which_every_set_was_skipped_has_no_figures() -> None:
    s = Session(find("squat"), plan=Plan.parse("squat 3"))
    assert [e.text for e in s.key(1.0, "n") if isinstance(e, Say)] == ["All done."]


def test_next_in_a_pause_of_the_rest_goes_to_the_next_set() -> None:
    s = session()
    play(s, squats())
    step = s.step
    s.key(30, "space")
    assert s.state == "ready", "space in a rest begins"
    s = session()
    play(s, squats())
    play(s, poses.crossed(1.4), start_s=float(squats().t[-1]) + 0.1)
    assert s.state == "paused"
    s.key(32, "n")
    assert (s.state, s.step) == ("ready", step)


def test_a_pause_of_the_rest_keeps_its_time() -> None:
    s = session()
    play(s, squats())
    at = float(squats().t[-1]) + 0.1
    play(s, poses.crossed(1.4), start_s=at)
    assert s.state == "paused"
    s.key(at + 100, "space")
    assert s.state == "rest"
    assert 20 < s.screen.countdown_s < 30


def test_undo_takes_one_off_the_count() -> None:
    s = session(None)
    play(s, pick(squats(), slice(0, 240)))
    count = s.screen.count
    out = s.key(16.1, "u")
    assert s.screen.count == count - 1
    assert [e for e in out if isinstance(e, Saved)]
    assert spoken(out) == [str(count - 1)]


def test_undo_without_a_rep_does_nothing() -> None:
    assert in_set().key(6, "u") == []


def test_a_rep_that_was_taken_off_makes_the_set_longer() -> None:
    s = session(3)
    there = squats()
    log = Log([], [])
    for part in (slice(0, 150), slice(150, len(there.t))):
        chunk = Recording(there.t[part], there.image[part], there.world[part], there.size)
        log.events += play(s, chunk).events
        if part.start == 0:
            assert s.screen.count == 1
            s.key(float(chunk.t[-1]), "u")
    reps = [e for e in log.of(Say) if e.kind == "count" and e.text.isdigit()]
    assert [e.text for e in reps] == ["1", "1", "2", "3"]


def test_the_target_can_be_changed() -> None:
    s = in_set()
    s.key(6, "+")
    assert s.screen.target == 8
    s.key(6, "-")
    s.key(6, "-")
    assert s.screen.target == 6
    assert [step.reps for step in s.plan.steps] == [6, 6]


def test_help_and_quit() -> None:
    s = session()
    s.key(0, "v")
    assert s.screen.help
    s.key(0, "v")
    assert not s.screen.help
    assert s.key(0, "q") == [Quit(0)]
    assert s.key(0, "x") == []


# -- faults of the world


def test_waiting_keeps_the_session() -> None:
    s = session(None)
    play(s, pick(squats(), slice(0, 240)))
    count = s.screen.count
    out = s.waiting(16.1, "Camera unplugged")
    assert states(out) == ["waiting"]
    assert (s.screen.state, s.screen.detail) == ("waiting", "Camera unplugged")
    assert s.waiting(17, "Camera unplugged") == []
    log = play(s, poses.still(7), start_s=40)
    assert states(log.events)[:2] == ["ready", "frame"] or states(log.events)[0] == "ready"
    assert s.state == "set"
    assert s.screen.count == count


def test_a_short_gap_does_not_stop_a_set() -> None:
    s = in_set()
    s.waiting(5.4, "Frozen")
    play(s, poses.still(1), start_s=6)
    assert s.state == "set"


def test_another_resolution_in_the_middle() -> None:
    there = squats()
    small = Recording(there.t, there.image * [0.5, 0.5, 0.5, 1], there.world, (320, 180))
    s = session(None)
    play(s, pick(there, slice(0, 160)))
    before = s.screen.count
    rest = Recording(
        there.t[160:], small.image[160:], small.world[160:], (there.size[0] // 2, there.size[1] // 2)
    )
    play(s, rest)
    assert s.screen.count >= before + 4


def test_nobody_for_a_while_in_a_set() -> None:
    s = session(None)
    play(s, pick(squats(), slice(0, 240)))
    count = s.screen.count
    play(s, poses.nobody(5), start_s=16.1)
    assert s.state == "set"
    assert s.screen.headline == words.LOST
    log = play(s, poses.nobody(17), start_s=21.2)
    assert [(d.count, d.why) for d in log.of(SetDone)] == [(count, "gone")]


@pytest.mark.parametrize("fps", [5, 8])
def test_few_frames_are_enough_to_begin(fps: int) -> None:
    slow = poses.still(7)
    step = max(1, round(len(slow) / 7 / fps))
    frames_ = slice(None, None, step)
    thin = Recording(slow.t[frames_], slow.image[frames_], slow.world[frames_], slow.size)
    s = session()
    play(s, thin)
    assert s.state == "set"


def test_after_a_crash_the_count_goes_on() -> None:
    s = session(None)
    there = squats()
    play(s, pick(there, slice(0, 240)))
    count = s.screen.count
    again = Session.restore(json.loads(json.dumps(s.state_dict(), allow_nan=False)))
    play(again, poses.still(7))
    assert again.state == "set"
    assert again.screen.count == count
    assert again.screen.plan == "Set 1 of 2"


# -- the metronome, the recogniser, the notes


def test_the_metronome_beats_only_in_a_set() -> None:
    s = session(tempo=Tempo(2, 1, 2))
    log = play(s, squats())
    go = next(e.t for e in log.of(Say) if e.text == "Go")
    end = log.of(SetDone)[0].t
    ticks = [e.t for e in log.of(Tone) if e.kind == "tick" and e.t > go]
    assert len(ticks) == pytest.approx(end - go, abs=2)
    assert all(go < t <= end for t in ticks)


def test_without_an_exercise_it_asks_for_one() -> None:
    s = Session()
    log = play(s, poses.still(6))
    assert s.screen.headline == "Which exercise?"
    assert words.CHOOSE_SAID in spoken(log.events)


def test_a_recogniser_names_it() -> None:
    asked = []

    def recognise(recording: Recording) -> tuple[str | None, float, str | None]:
        asked.append(recording.t[-1] - recording.t[0])
        return "squat", 0.9, None

    s = Session(recognise=recognise)
    there = squats()
    log = play(s, join([there, poses.still(6)]))
    assert s.exercise is SQUAT
    assert max(asked) <= 8.1
    assert states(log.events)[-1] == "set"
    assert s.records == []


def test_an_unsure_recogniser_names_nothing() -> None:
    s = Session(recognise=lambda _: ("squat", 0.4, "lunge"))
    play(s, poses.still(12))
    assert s.exercise is None


def test_notes_of_the_machinery_are_shown() -> None:
    s = session()
    s.note("slow", "Slow: 9 fps")
    play(s, poses.still(0.5))
    assert s.screen.notes == ("Slow: 9 fps",)
    s.note("slow", "")
    play(s, poses.still(0.5), start_s=1)
    assert s.screen.notes == ()


def test_the_source_is_over_in_the_middle_of_a_set() -> None:
    s = session(None)
    play(s, pick(squats(), slice(0, 240)))
    out = s.finish(16.1)
    assert [d.why for d in out if isinstance(d, SetDone)] == ["source over"]
    assert s.finish(16.2) == []


def test_what_the_first_reps_showed_is_told_when_the_set_is_over() -> None:
    """An arched back in the first rep may be this person's build until better reps have been seen."""
    bridge = find("single_leg_bridge")
    s = Session(bridge, plan=Plan.of(bridge, sets=1, reps=None, rest_s=30))
    log = play(s, held(studio("single_leg_bridge_tune_27"), 8.0, 14.0))
    first = next(rep for e in log.of(Saved) for rep in e.reps if rep.counted)
    arch = {v.fault: v.verdict for v in first.verdicts}["back_arch"]
    assert arch is Severity.UNKNOWN
    [done] = log.of(SetDone)
    assert {v.fault: v.verdict for v in done.reps[0].verdicts}["back_arch"] is Severity.MILD
    assert s.records[0].counted == done.reps
