"""The catalogue: every file of this folder that defines an ``EXERCISE`` is one of them."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import cache

from formcheck.errors import UsageError
from formcheck.spec import Exercise, SpecError

#: Moves limits by a quarter of the gap between mild and severe, or tightens them (thresholds, Scoring).
STRICTNESS = {"easy": 1.25, "normal": 1.0, "strict": 0.85}


@cache
def catalogue() -> dict[str, Exercise]:
    """All exercises by id, in the order of their names.

    Raises:
        SpecError: A file contradicts itself, or its name is not its exercise's id.
    """
    found = []
    for module in pkgutil.iter_modules(__path__):
        exercise = getattr(importlib.import_module(f"{__name__}.{module.name}"), "EXERCISE", None)
        if exercise is None:
            continue
        if exercise.id != module.name:
            raise SpecError(
                f"exercises/{module.name}.py defines {exercise.id!r}: the file is named after the id"
            )
        found.append(exercise)
    return {e.id: e for e in sorted(found, key=lambda e: e.name)}


def find(exercise_id: str) -> Exercise:
    """An exercise by its id; forgives case, spaces and hyphens.

    Raises:
        UsageError: There is none; names the nearest ones.
    """
    known = catalogue()
    wanted = exercise_id.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted, known, n=2, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(known)}"
    raise UsageError(f"unknown exercise '{exercise_id}'", hint=f"{hint}; formcheck exercises lists them")
