"""The bench itself, on truth and verdicts written by hand, with answers worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from formcheck.types import Rep, Severity, Side, Tempo, Verdict, View
from tests.bench.scoring import headline, measures
from tests.bench.scoring.readings import Measured, score
from tests.bench.scoring.replay import Found
from tests.bench.scoring.truth import Clip, Role, Sight, parse

NAN = float("nan")
OK, MILD, SEVERE, UNKNOWN = Severity.OK, Severity.MILD, Severity.SEVERE, Severity.UNKNOWN


def rep(k: int, *, counted: bool = True, angle: float = 40, **sizes: float) -> dict[str, Any]:
    """The k-th movement: from 3k to 3k + 2 s."""
    faults = {name: {"value": value, "unit": "deg"} for name, value in sizes.items()}
    start = 3.0 * k
    return {
        "start_s": start, "turn_s": start + 1, "end_s": start + 2, "counted": counted, "amplitude": 1,
        "angle_start": 0, "angle_turn": angle, "faults": faults,
    }  # fmt: skip


def truth(*reps: dict[str, Any], name: str = "a", **more: Any) -> Clip:
    camera = {"azimuth_deg": 45, "elevation_deg": 15} | more.pop("camera", {})
    known = {
        "exercise": "clamshell", "fps": 15, "size": [640, 480], "person": "ann", "camera": camera,
        "view": {"recommended": True}, "reps": reps,
    } | more  # fmt: skip
    return parse(known, Path(f"{name}.npz"))


def found(k: float, *, counted: bool = True, late: float = 0.0, **verdicts: Severity) -> Found:
    """A movement where the k-th one was commanded; faults that are not named are ok."""
    said = {"hip_roll_back": OK, "feet_apart": OK, "momentum": OK, "dropped_return": OK} | verdicts
    start = 3.0 * k
    index = int(k) + 1 if counted else 0
    tempo = Tempo(1, 0, 1)
    one = Rep(
        1, index, Side.LEFT, start, start + 1, start + 2, counted, 40, tempo, None,
        tuple(Verdict(fault, verdict) for fault, verdict in said.items()),
    )  # fmt: skip
    counted_s = start + 1.5 if counted else NAN
    return Found(one, View("feet diagonal", 40, 20, 1), counted_s, start + 2.2 + late)


def roll(clips: list[Measured], wanted: Any = None) -> measures.Pairs:
    """The readings of one fault."""
    return measures.readings(
        clips, lambda c, r: r.fault == "hip_roll_back" and (wanted is None or wanted(c, r))
    )


def test_roles_follow_from_the_body_s_limits() -> None:
    """Mild begins at 10°, severe at 20°; up to 5° is a trace."""
    clip = truth(*(rep(k, hip_roll_back=size) for k, size in enumerate((0, 5, 5.1, 9.9, 10, 19.9, 20))))
    sizes = [m.faults["hip_roll_back"] for m in clip.movements]
    assert [s.role for s in sizes] == [Role.NEGATIVE] * 2 + [Role.BETWEEN] * 2 + [Role.POSITIVE] * 3
    assert [s.grade for s in sizes] == ["sub"] * 4 + ["mild"] * 2 + ["severe"]
    assert [m.clean for m in clip.movements] == [True, True, False, False, False, False, False]


def test_times_are_worse_when_shorter() -> None:
    """A lift of 0.60 s is mild, one of 0.40 s severe; 1.2 s is twice as long as mild."""
    clip = truth(*(rep(k, momentum=s) for k, s in enumerate((1.2, 0.7, 0.6, 0.41, 0.4))))
    roles = [m.faults["momentum"].role for m in clip.movements]
    assert roles == [Role.NEGATIVE, Role.BETWEEN, Role.POSITIVE, Role.POSITIVE, Role.POSITIVE]
    assert [m.faults["momentum"].grade for m in clip.movements][2:] == ["mild", "mild", "severe"]


def test_bouncing_of_a_swung_rep_is_not_scored() -> None:
    clip = truth(rep(0, momentum=0.3), rep(1, momentum=1.3), rep(2))
    assert [m.faults["rebound"].role for m in clip.movements] == [Role.BETWEEN, Role.NEGATIVE, Role.NEGATIVE]


def test_the_stated_grade_wins() -> None:
    known = rep(0, hip_roll_back=12)
    known["faults"]["hip_roll_back"]["grade"] = "severe"
    assert truth(known).movements[0].faults["hip_roll_back"].grade == "severe"


def test_short_range_follows_from_the_angles() -> None:
    """Against the 80th percentile of the earlier counted reps, from the third on: 40° here."""
    angles = (40, 40, 37, 31, 25)
    partial = rep(2, counted=False, angle=10)
    clip = truth(
        rep(0, angle=40), rep(1, angle=40), partial, *(rep(k + 1, angle=angles[k]) for k in (2, 3, 4))
    )
    sizes = [m.faults["short_rom"] for m in clip.movements]
    assert [s.size for s in sizes[:2]] == [0, 0]
    assert sizes[3].size == pytest.approx(7.5)
    assert [s.role for s in sizes[3:]] == [Role.NEGATIVE, Role.POSITIVE, Role.POSITIVE]
    assert [s.grade for s in sizes[4:]] == ["mild", "severe"]


@pytest.mark.parametrize(
    ("pct", "wanted"),
    [(5, Sight.VISIBLE), (4.9, Sight.GREY), (2.1, Sight.GREY), (2, Sight.INVISIBLE), (0, Sight.INVISIBLE)],
)
def test_sight(pct: float, wanted: Sight) -> None:
    assert truth(rep(0), shows={"hip_roll_back": pct}).sight("hip_roll_back") is wanted


def test_sight_of_the_movement_itself_and_of_what_is_not_stated() -> None:
    clip = truth(rep(0), shows={"movement": 30, "hip_roll_back": 1})
    assert clip.sight("momentum") is Sight.VISIBLE
    assert clip.sight("feet_apart") is Sight.GREY
    assert truth(rep(0), shows={}).sight("momentum") is Sight.VISIBLE
    assert truth(rep(0)).sight("feet_apart") is Sight.VISIBLE


def test_each_view_of_a_squat_is_asked_for_its_own_faults() -> None:
    camera = {"azimuth_deg": -5, "elevation_deg": 5}
    front = truth(rep(0), exercise="squat", camera=camera)
    side = truth(rep(0), exercise="squat", camera=camera | {"azimuth_deg": 88})
    assert (front.view, side.view) == ("front", "side")
    assert [front.advised(f) for f in ("knee_valgus", "shallow", "dropped_return")] == [True, False, True]
    assert [side.advised(f) for f in ("knee_valgus", "shallow", "dropped_return")] == [False, True, True]


def test_counts_partials_and_phantoms() -> None:
    """First set: 3 of 3, and the partial one counted too. Second: one of two found. One made up later."""
    reps = [rep(0), rep(1), rep(2), rep(3, counted=False), rep(10), rep(11)]
    segments = [
        {"kind": "set", "start_s": 0, "end_s": 11},
        {"kind": "drink", "start_s": 12, "end_s": 28},
        {"kind": "set", "start_s": 29, "end_s": 35},
    ]
    measured = score(
        truth(*reps, segments=segments),
        (*(found(k) for k in range(4)), found(10), found(20), found(6, counted=False)),
    )
    assert measured.sets == [(3, 4), (2, 1)]
    assert measured.partials == (1, 1)
    assert measured.phantoms == [("clamshell", 61.0)]
    counted = measures.counting([measured])
    assert counted["exact"] == 0
    assert counted["within_one"] == 1
    assert counted["mae"] == 1
    assert (counted["too_many"], counted["too_few"]) == (1, 1)


def test_a_rep_that_only_brushes_the_set_is_made_up_and_not_of_it() -> None:
    measured = score(truth(rep(0), rep(1)), (found(0), found(1), found(1.65)))
    assert measured.sets == [(2, 2)]
    assert len(measured.phantoms) == 1


def hand_made() -> list[Measured]:
    """Two clips.

    First, recommended: true positive, false negative, false positive, true negative, unknown, lost, flagged
    in between. Second: true negative, true positive, unknown.
    """
    first = score(
        truth(
            rep(0, hip_roll_back=25), rep(1, hip_roll_back=12), rep(2), rep(3), rep(4, hip_roll_back=25),
            rep(5, hip_roll_back=25), rep(6, hip_roll_back=8), name="first",
        ),
        (
            found(0, hip_roll_back=SEVERE), found(1), found(2, hip_roll_back=MILD), found(3),
            found(4, hip_roll_back=UNKNOWN), found(6, hip_roll_back=MILD),
        ),
    )  # fmt: skip
    second = score(
        truth(rep(0), rep(1, hip_roll_back=25), rep(2, hip_roll_back=25), name="second",
              camera={"azimuth_deg": 140}, view={"recommended": False}),
        (found(0), found(1, hip_roll_back=MILD), found(2, hip_roll_back=UNKNOWN)),
    )  # fmt: skip
    return [first, second]


def test_precision_recall_and_f1() -> None:
    """2 true positives, 1 false positive, 1 false negative, 2 true negatives, 3 without a verdict."""
    f = measures.faults(roll(hand_made()))
    assert (f["tp"], f["fp"], f["fn"]) == (2, 1, 1)
    assert (f["n"], f["positive"], f["judged"]) == (9, 6, 6)
    assert f["precision"] == f["recall"] == f["f1"] == pytest.approx(2 / 3)
    assert f["unknown"] == pytest.approx(3 / 9)


def test_a_severe_fault_without_a_verdict_is_missed_in_the_recommended_view_only() -> None:
    """First clip: found, unknown, lost: 1 of 3. Second: found; its unknown is left out: 1 of 1."""
    s = measures.severe(roll(hand_made()))
    assert s["n"] == 4
    assert s["recall"] == pytest.approx(2 / 4)


def test_unknown_rates() -> None:
    """In the recommended view 1 of the 6 reps that were found; the lost one is a matter of counting."""
    u = measures.unknown(roll(hand_made(), measures.due))
    assert (u["n"], u["rate"]) == (6, pytest.approx(1 / 6))
    assert measures.unknown(roll(hand_made(), measures.invisible))["n"] == 0


def test_hidden_faults_are_not_scored_and_ought_to_be_unknown() -> None:
    hidden = score(
        truth(rep(0, hip_roll_back=25), rep(1), shows={"hip_roll_back": 0}),
        (found(0), found(1, hip_roll_back=UNKNOWN)),
    )
    assert measures.faults(roll([hidden], measures.visible))["n"] == 0
    assert measures.unknown(roll([hidden], measures.invisible))["rate"] == pytest.approx(0.5)
    assert measures.severe(roll([hidden]))["n"] == 0


def test_confusion_of_severities() -> None:
    table = measures.confusion(roll(hand_made()))
    assert table["severe"] == {"ok": 0, "mild": 1, "severe": 1, "unknown": 2, "lost": 1}
    assert table["mild"]["ok"] == 1
    assert table["between"]["mild"] == 1
    assert table["absent"] == {"ok": 2, "mild": 1, "severe": 0, "unknown": 0, "lost": 0}


def test_false_cues_count_every_fault_of_clean_reps_alone() -> None:
    """Three clean reps, three cues on two of them. A cue beside a real fault is no false cue here."""
    measured = score(
        truth(rep(0), rep(1, hip_roll_back=4), rep(2), rep(3, hip_roll_back=25)),
        (
            found(0, momentum=MILD, feet_apart=SEVERE),
            found(1, hip_roll_back=MILD),
            found(2),
            found(3, momentum=MILD),
        ),
    )
    cues = measures.cues([measured])
    assert (cues["clean_reps"], cues["false"]) == (3, 3)
    assert cues["per_clean_rep"] == 1
    assert cues["reps_with"] == pytest.approx(2 / 3)
    assert cues["by_fault"]["clamshell.momentum"] == 1
    assert cues["clean_sets"] == 0


def test_cues_of_a_clean_set() -> None:
    measured = score(truth(rep(0), rep(1)), (found(0, momentum=MILD), found(1, momentum=MILD)))
    assert measures.cues([measured])["per_clean_set"] == 2


def test_times_are_from_the_commanded_end() -> None:
    measured = score(truth(rep(0), rep(1), rep(2, counted=False)), (found(0), found(1, late=0.4), found(2)))
    times = measures.times([measured])
    assert times["count_s"] == {"n": 2, "median": pytest.approx(-0.5), "p95": pytest.approx(-0.5)}
    assert times["verdict_s"]["median"] == pytest.approx(0.4)


def test_the_camera_s_error_is_one_value_for_each_clip() -> None:
    clips = [score(truth(rep(0), rep(1), name=n), (found(0), found(1))) for n in ("a", "b")]
    v = measures.view(clips)
    assert (v["clips"], v["azimuth_median"]) == (2, 5)
    assert (v["elevation_bias"], v["elevation_median"]) == (5, 5)


def test_the_first_reps_of_a_set_need_no_verdict_on_range() -> None:
    measured = score(truth(*(rep(k) for k in range(4))), tuple(found(k, short_rom=UNKNOWN) for k in range(4)))
    pairs = measures.readings([measured], lambda _, r: r.fault == "short_rom")
    assert measures.unknown(pairs)["n"] == 2


def test_headline_of_a_perfect_and_of_a_spoilt_clip() -> None:
    commanded = truth(rep(0), rep(1, hip_roll_back=25))
    perfect = score(commanded, (found(0), found(1, hip_roll_back=SEVERE)))
    spoilt = score(commanded, (found(0, momentum=MILD), found(1), found(9)))
    good, bad = ({x.target.id: x for x in headline.lines([c])} for c in (perfect, spoilt))
    for name in ("count_exact", "phantoms", "f1_primary", "severe_recall", "false_cues", "azimuth"):
        assert good[name].met, name
    for name in ("phantoms", "f1_primary", "severe_recall", "false_cues"):
        assert bad[name].met is False, name
        assert bad[name].worse_than(good[name].value), name
        assert not good[name].worse_than(bad[name].value), name
    assert good["unknown_hidden"].met is None
