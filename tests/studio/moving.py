"""Poses for tests: of which body, in whose way, at what depth."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from formcheck.landmarks import INDEX
from samples.studio import motion
from samples.studio.body import Body
from samples.studio.rotation import Floats
from samples.studio.skeleton import Posed, landmarks


@lru_cache
def body_of(name: str) -> Body:
    return Body.load(name)


def styles(exercise: str, count: int = 3) -> list[Any]:
    move = motion.find(exercise)
    return [move.Style(), *(motion.styled(move, seed) for seed in range(count))]


def posed(exercise: str, body: Body, style: Any, depth: Any, faults: Mapping[str, Any]) -> Posed:
    return motion.find(exercise).pose(body, depth, faults, style).solve()


def measured(
    exercise: str, body: Body, style: Any, depth: Any, faults: Mapping[str, Any]
) -> dict[str, Floats]:
    start = posed(exercise, body, style, 0.0, {})
    return motion.find(exercise).measure(body, start, posed(exercise, body, style, depth, faults), style)


def passed(exercise: str, fault: str, depth: float = 1.0) -> float:
    """The depth at which a fault has its size: where it is passed on the way, or the given one."""
    return motion.passed(motion.find(exercise)).get(fault, depth)


def places(body: Body, posed: Posed, *names: str) -> list[Floats]:
    points = landmarks(body, posed)
    return [points[:, INDEX[n]] for n in names]
