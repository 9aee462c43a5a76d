"""Who is like the others of a set may miss a gate narrowly, and nobody else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.app.fold import Folded, look, looks, repaired
from formcheck.engine.counter import Span
from formcheck.engine.peers import ENOUGH, INSIDE, NARROW, Peers
from formcheck.exercises import find
from formcheck.spec import Exercise, Gate
from formcheck.types import Recording

from ...skeleton import Move, perform

SQUAT = find("squat")
GATE = SQUAT.gates[0]


def span(rise: float = 50.0, long_s: float = 2.0, *, counted: bool = True) -> Span:
    return Span(0.0, long_s / 2, long_s, 0.0, rise, whole_rise=True, whole_fall=True, counted=counted)


def peers(value: float = 10.0, many: int = ENOUGH) -> Peers:
    known = Peers()
    for k in range(many):
        known.add(span(50.0 + k), np.array([value]))
    return known


def excused(known: Peers, gate: Gate, value: float, of: Span | None = None) -> bool:
    return known.excuse(of or span(), np.array([value]), (gate,))


def test_a_narrow_miss_of_one_like_the_others_is_excused() -> None:
    gate = Gate(GATE.measure, low=8.0)
    assert excused(peers(), gate, 8.0 - NARROW + 0.1)
    assert not excused(peers(), gate, 8.0 - NARROW - 0.1)


def test_who_lies_far_inside_may_miss_by_more() -> None:
    gate = Gate(GATE.measure, low=100.0)
    least = 100.0 - INSIDE * 300.0
    assert excused(peers(400.0), gate, least + 1)
    assert not excused(peers(400.0), gate, least - 1)


def test_what_was_not_seen_does_not_speak_against_it() -> None:
    assert excused(peers(float("nan")), Gate(GATE.measure, low=8.0), 0.0)
    assert excused(peers(), Gate(GATE.measure, low=8.0), float("nan"))


def test_one_whose_end_was_not_seen_is_not_one_whose_begin_was_not_seen_is() -> None:
    gate = Gate(GATE.measure, low=8.0)
    assert excused(peers(), gate, 7.0, replace(span(), whole_rise=False))
    assert not excused(peers(), gate, 7.0, replace(span(), whole_fall=False))


@pytest.mark.parametrize(
    "of", [span(20.0), span(100.0), span(50.0, 1.0), span(50.0, 4.0), span(counted=False)]
)
def test_one_of_another_height_or_length_is_not(of: Span) -> None:
    assert not excused(peers(), Gate(GATE.measure, low=8.0), 7.0, of)


def test_too_few_others_excuse_nobody() -> None:
    assert not excused(peers(many=ENOUGH - 1), Gate(GATE.measure, low=8.0), 7.0)


# Through the engine: four squats to full depth and one to nine tenths of it, which a gate on the knees' bend
# lets through or not.
FULL = Move(1.0, 0.4, 1.1, 0.6)
LESS = Move(1.0, 0.4, 1.1, 0.6, 0.9)


def acted(moves: list[Move]) -> Recording:
    return repaired(perform("squat", moves, fps=12).recording)


def gated(low: float) -> Exercise:
    return replace(SQUAT, gates=(Gate(GATE.measure, low=low, what="both knees bend"),))


def count(folded: Folded) -> int:
    return sum(rep.counted for rep in folded.reps)


def read(moves: list[Move]) -> list[float]:
    return [float(values[0]) for values in look(acted(moves), gated(1.0)).peers.values]


def test_a_rep_between_others_that_misses_a_gate_by_a_hair_counts() -> None:
    full, less = read([FULL] * 4)[0], read([LESS] * 4)[0]
    assert 2.0 < full - less < 2 * NARROW
    between = gated((full + less) / 2)
    assert count(look(acted([FULL, FULL, FULL, LESS, FULL]), between)) == 5
    assert count(look(acted([LESS] * 5), between)) == 0


def test_the_second_look_knows_the_others_from_the_first_frame() -> None:
    full, less = read([FULL] * 4)[0], read([LESS] * 4)[0]
    first, best = looks(acted([LESS, FULL, FULL, FULL]), gated((full + less) / 2))
    assert (count(first), count(best)) == (3, 4)
