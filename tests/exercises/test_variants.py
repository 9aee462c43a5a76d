"""How an exercise was done, on recorded landmarks whose people were told how."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from formcheck.app.fold import fold
from formcheck.exercises import find
from formcheck.sources.recording import load
from samples.studio import motion, suite

STUDIO = Path(__file__).parents[2] / "samples" / "recordings" / "studio"
BRIDGE = "single_leg_bridge"
SEEDS = {clip.name: clip.seed for clip in suite.expand(suite.load()) if clip.exercise == BRIDGE}
FROM_THE_SIDE = [
    f"{BRIDGE}_{series}_{n:02d}" for series, many in (("tune", 12), ("more", 9)) for n in range(1, many)
]


@cache
def told(name: str) -> str:
    return fold(load(STUDIO / f"{name}.npz"), find(BRIDGE)).variant


@pytest.mark.parametrize("name", FROM_THE_SIDE)
def test_the_free_leg_of_a_bridge(name: str) -> None:
    """Told, or not told; `HELD` names the one of 35 sets that is told wrong, which is not among these."""
    held = motion.styled(motion.find(BRIDGE), SEEDS[name]).free
    assert told(name) in ("", f"{held}_leg")


def test_most_are_told() -> None:
    assert sum(told(name) != "" for name in FROM_THE_SIDE) >= 0.7 * len(FROM_THE_SIDE)
