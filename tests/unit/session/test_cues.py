"""One thing about a rep, and mostly nothing."""

from __future__ import annotations

from formcheck.exercises import find
from formcheck.session.cues import Cue, Cues
from formcheck.types import Rep, Severity, Side, Tempo, Verdict

CLAMSHELL = find("clamshell")
SLOW = Tempo(1.2, 0.5, 1.3)


def rep(tempo: Tempo = SLOW, **found: str) -> Rep:
    faults = ["hip_roll_back", "feet_apart", "momentum", "dropped_return", "rebound", "short_rom"]
    verdicts = tuple(Verdict(f, Severity(found.get(f, "ok"))) for f in faults)
    return Rep(1, 1, Side.LEFT, 0.0, 1.0, 2.0, True, 40.0, tempo, 90, verdicts)


def said(cues: Cues, *reps: Rep) -> list[str]:
    return [cue.fault if (cue := cues.about(r)) else "" for r in reps]


def test_clean_reps_get_no_word() -> None:
    assert said(Cues(CLAMSHELL), *[rep()] * 5) == [""] * 5


def test_severe_at_once_mild_as_a_habit() -> None:
    assert said(Cues(CLAMSHELL), rep(feet_apart="severe")) == ["feet_apart"]
    assert said(Cues(CLAMSHELL), rep(feet_apart="mild"), rep(), rep(feet_apart="mild")) == [
        "",
        "",
        "feet_apart",
    ]
    assert said(Cues(CLAMSHELL), rep(feet_apart="mild"), rep(), rep(), rep(feet_apart="mild")) == [""] * 4


def test_the_same_words_rest_for_two_reps() -> None:
    bad = rep(hip_roll_back="severe")
    assert said(Cues(CLAMSHELL), *[bad] * 5) == ["hip_roll_back", "", "", "hip_roll_back", ""]


def test_what_cannot_be_changed_in_a_set_is_said_once() -> None:
    bridge = find("glute_bridge")
    bad = Rep(1, 1, Side.BOTH, 0.0, 1.0, 2.0, True, 60.0, SLOW, 90, (Verdict("shin_angle", Severity.SEVERE),))
    assert bridge.fault("shin_angle").once
    assert said(Cues(bridge), *[bad] * 8) == ["shin_angle", *[""] * 7]


def test_better_once_when_it_is_gone() -> None:
    cues = Cues(CLAMSHELL)
    cue = [cues.about(r) for r in (rep(feet_apart="severe"), rep(), rep())]
    assert [c.text if c else "" for c in cue] == ["Keep your heels glued together", "Better", ""]
    assert cue[1] is not None
    assert cue[1].severity is Severity.OK


def test_not_better_when_it_could_not_be_seen() -> None:
    assert said(Cues(CLAMSHELL), rep(feet_apart="severe"), rep(feet_apart="unknown")) == ["feet_apart", ""]


def test_the_order_of_importance() -> None:
    everything = {
        "momentum": "severe",
        "short_rom": "severe",
        "feet_apart": "severe",
        "hip_roll_back": "severe",
    }
    order = []
    while everything:
        worst = said(Cues(CLAMSHELL), rep(**everything))[0]
        order.append(worst)
        del everything[worst]
    assert order == ["hip_roll_back", "feet_apart", "momentum", "short_rom"]
    again = said(
        Cues(CLAMSHELL), rep(feet_apart="mild", momentum="mild"), rep(feet_apart="mild", momentum="mild")
    )
    assert again == ["", "momentum"], "swinging goes before mild alignment"


def test_limbs_of_the_working_side() -> None:
    cue = Cues(CLAMSHELL).about(rep(hip_roll_back="severe"))
    assert isinstance(cue, Cue)
    assert ((11, 23), Severity.SEVERE) in cue.limbs


def test_tempo_only_when_asked_for() -> None:
    quick = rep(Tempo(0.7, 0.1, 0.7))
    assert said(Cues(CLAMSHELL), quick, quick) == ["", ""]
    assert said(Cues(CLAMSHELL, Tempo(2, 1, 2)), quick, quick) == ["", "tempo_fast"]
    slow = rep(Tempo(3.5, 1, 3.5))
    assert said(Cues(CLAMSHELL, Tempo(2, 1, 2)), slow, slow) == ["", "tempo_slow"]
