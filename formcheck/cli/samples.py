"""The sample that comes with formcheck, and the truth about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from formcheck.errors import SetupError

SCHEMA = "formcheck.truth/1"


@dataclass(frozen=True, slots=True)
class Truth:
    """What the rendered person was told to do.

    Attributes:
        count: Reps.
        faults: Fault ids with the numbers of the reps, from 1, that show them.
    """

    exercise: str
    count: int
    faults: dict[str, tuple[int, ...]]


def find(name: str = "clamshell") -> Path:
    """The sample video, in a wheel or in a source checkout.

    Raises:
        SetupError: It is in neither.
    """
    package = Path(__file__).resolve().parents[1]
    places = (package / "samples", package.parent / "samples" / "clips")
    for folder in places:
        if (folder / f"{name}.mp4").is_file():
            return folder / f"{name}.mp4"
    where = " or ".join(map(str, places))
    raise SetupError(f"the sample video is missing: no {name}.mp4 in {where}", hint="install formcheck again")


def truth(clip: Path) -> Truth | None:
    """The truth beside a sample; None when there is none."""
    path = clip.with_suffix(".json")
    if not path.is_file():
        return None
    document = json.loads(path.read_text(encoding="utf-8"))
    if document.get("schema") != SCHEMA:
        return None
    faults: dict[str, tuple[int, ...]] = {}
    for number, rep in enumerate((r for r in document["reps"] if r["counted"]), start=1):
        for fault in rep["faults"]:
            faults[fault] = (*faults.get(fault, ()), number)
    return Truth(document["exercise"], document["count"], faults)
