"""No change makes the figures of docs/accuracy.md worse: all recordings of the test split, measured again.

A figure may fall behind the stored one by its margin (`tests.bench.scoring.headline`). Better figures, new
recordings and deliberate trades are stored by ``python -m tests.bench.accuracy --write``.
"""

from __future__ import annotations

import pytest

from tests.bench.accuracy import PAGE, RECORDINGS, STORED, clips, report, run
from tests.bench.scoring import document, headline
from tests.bench.scoring.page import page
from tests.bench.scoring.readings import Measured

KNOWN = document.read(STORED)
AGAIN = "python -m tests.bench.accuracy --write"

# The measurement takes over a minute of two free cores, and other tests run beside it.
pytestmark = [pytest.mark.skipif(not KNOWN, reason=f"nothing is stored: {AGAIN}"), pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def measured() -> list[Measured]:
    return run(clips([RECORDINGS], split="test"))


def test_the_stored_figures_are_of_these_recordings(measured: list[Measured]) -> None:
    assert document.selection(measured) == KNOWN["selection"], f"clips came or went: {AGAIN}"


@pytest.mark.parametrize("part", ["headline", "by_fault"])
def test_no_figure_falls(part: str, measured: list[Measured]) -> None:
    lines = headline.lines(measured) if part == "headline" else headline.by_fault(measured)
    stored = {line.target.id: line.value for line in document.headline_of(KNOWN, part)}
    assert stored
    fallen = [
        f"{line.target.id}: {line.value:.4f}, stored {stored[line.target.id]:.4f} ± {line.target.margin}"
        for line in lines
        if line.worse_than(stored[line.target.id])
    ]
    assert not fallen, "\n".join(["worse than stored:", *fallen, *report(measured, KNOWN)])


def test_the_page_shows_the_stored_figures() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(KNOWN), f"docs/accuracy.md is stale: {AGAIN}"
