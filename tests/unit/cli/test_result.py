"""What a person reads at the end of an analysis."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from formcheck.cli.demo import compare
from formcheck.cli.result import show
from formcheck.cli.samples import Truth
from formcheck.types import FaultCount, Rep, Report, Severity, Side, Tempo, Verdict, View

NAN = float("nan")
OK, MILD, SEVERE, UNKNOWN = Severity.OK, Severity.MILD, Severity.SEVERE, Severity.UNKNOWN
FROM_FEET = View("feet diagonal", 33, 20, 0.9)
FROM_BELLY = View("belly side", 3, 10, 0.9, advice="Put the camera toward your feet.")


def rep(
    index: int, *, number: int = 1, counted: bool = True, score: int | None = 90, **verdicts: Severity
) -> Rep:
    reason = {UNKNOWN: "not visible from this angle"}
    found = tuple(Verdict(fault, level, reason=reason.get(level, "")) for fault, level in verdicts.items())
    tempo = Tempo(1.2, 0.4, NAN)
    return Rep(number, index, Side.LEFT, index, index + 0.5, index + 1, counted, 31.6, tempo, score, found)


def report(*reps: Rep, view: View = FROM_FEET, top: str = "", cue: str = "", **more: object) -> Report:
    labels = {"hip_roll_back": "hip rolling back", "feet_apart": "feet apart", "rebound": "bouncing"}
    levels = {f: [v.verdict for r in reps if r.counted for v in r.verdicts if v.fault == f] for f in labels}
    faults = tuple(
        FaultCount(
            f,
            labels[f],
            *(seen.count(level) for level in (OK, MILD, SEVERE, UNKNOWN)),
            "not visible from this angle",
        )
        for f, seen in levels.items()
        if seen
    )
    counted = sum(r.counted for r in reps)
    fixed = (
        "clip.mp4",
        10.0,
        10.0,
        250,
        1.0,
        (960, 540),
        "full",
        "clamshell",
        "Clamshell",
        True,
        1.0,
        "normal",
    )
    return Report(*fixed, view, counted, len(reps) - counted, reps, 88, top, cue, faults, **more)


def printed(of: Report, width: int = 80, **how: object) -> str:
    out = io.StringIO()
    show(of, Console(file=out, width=width, highlight=False, markup=False, **how))
    return out.getvalue()


def test_a_fault_is_told_in_words_with_its_shape_and_severity():
    text = printed(
        report(rep(1, hip_roll_back=SEVERE, feet_apart=MILD), rep(2, hip_roll_back=OK, feet_apart=OK))
    )
    assert "✗ hip rolling back (severe), ▲ feet apart" in " ".join(text.split())
    assert "✓ good" in text
    assert "32°" in text
    assert "–" in text, "a part of the tempo that was not seen"


def test_the_gravest_fault_stands_first():
    text = printed(report(rep(1, feet_apart=MILD, hip_roll_back=SEVERE)))
    assert text.index("hip rolling back") < text.index("feet apart")


def test_no_tick_for_what_the_camera_did_not_see():
    text = printed(report(rep(1, hip_roll_back=UNKNOWN, feet_apart=OK), view=FROM_BELLY))
    assert "✓" not in text
    assert "Not judged: hip rolling back: not visible from this angle." in text
    assert "To see more: Put the camera toward your feet." in text
    assert "Nothing to change in what could be seen. Not seen at all: hip rolling back." in text


def test_nothing_is_called_fine_when_nothing_was_seen():
    text = printed(report(rep(1, hip_roll_back=UNKNOWN, feet_apart=UNKNOWN, rebound=OK)))
    assert "? not judged" in text
    assert "Your form could not be judged from here." in text


def test_reps_that_were_not_judged_are_named_when_others_were():
    text = printed(report(rep(1, hip_roll_back=OK), rep(2, hip_roll_back=UNKNOWN)))
    assert "Not judged in rep 2: hip rolling back" in text


def test_comparing_faults_that_the_first_rep_cannot_have_are_not_mourned():
    text = printed(report(rep(1, hip_roll_back=OK, rebound=UNKNOWN), rep(2, hip_roll_back=OK, rebound=OK)))
    assert "bouncing" not in text
    assert "Nothing to change. Keep going like this." in text


def test_the_one_thing_to_change_says_where_and_why():
    text = printed(
        report(
            rep(1, hip_roll_back=OK),
            rep(2, hip_roll_back=SEVERE),
            top="hip_roll_back",
            cue="Keep the top hip stacked",
        )
    )
    assert "The one thing to change: Keep the top hip stacked." in text
    assert "Hip rolling back in rep 2. When the pelvis rolls back" in text


def test_partial_reps_are_listed_as_such():
    text = printed(report(rep(1, hip_roll_back=OK), rep(0, counted=False, score=None)))
    assert "Clamshell: 1 rep; 1 partial" in text
    assert "partial, not counted" in text


def test_sets_are_told_apart_only_when_there_are_several():
    assert "set " not in printed(report(rep(1, hip_roll_back=OK)))
    assert (
        printed(report(rep(1, hip_roll_back=OK), rep(1, number=2, hip_roll_back=OK)))
        .split("\n")[3]
        .startswith("set")
    )


def test_no_reps_is_said():
    text = printed(report(notes=("no rep of this exercise was seen: is it the right exercise?",)))
    assert "is it the right exercise?\n" in text
    assert "There was no rep to judge." in text


def test_a_stopped_analysis_says_so():
    text = printed(report(rep(1, hip_roll_back=OK), cancelled=True))
    assert "Stopped after 10.0 s" in text


@pytest.mark.parametrize("width", [80, 60, 120])
def test_every_line_fits(width):
    everything = report(
        rep(1, hip_roll_back=SEVERE, feet_apart=MILD, rebound=MILD),
        rep(2, number=2, hip_roll_back=UNKNOWN, feet_apart=OK),
        rep(0, number=2, counted=False, score=None),
        view=FROM_BELLY,
        top="hip_roll_back",
        cue="Keep the top hip stacked",
    )
    assert max(len(line) for line in printed(everything, width).splitlines()) <= width


def test_without_colour_the_words_are_the_same():
    of = report(rep(1, hip_roll_back=SEVERE), rep(2, hip_roll_back=OK))
    plain = printed(of, no_color=True)
    assert "\x1b" not in plain
    assert "\x1b[" in printed(of, force_terminal=True, color_system="standard")


def test_the_demo_compares_with_the_truth():
    of = report(rep(1, hip_roll_back=OK), rep(2, hip_roll_back=SEVERE), rep(3, hip_roll_back=MILD))
    same = compare(of, Truth("clamshell", 3, {"hip_roll_back": (2, 3)}))
    assert same == "3 of 3 reps; hip rolling back found in reps 2 and 3, as commanded."
    other = compare(of, Truth("clamshell", 4, {"hip_roll_back": (2,), "feet_apart": (1,)}))
    assert other == (
        "3 of 4 reps; feet apart found in no rep, commanded in rep 1; "
        "hip rolling back found in reps 2 and 3, commanded in rep 2."
    )
