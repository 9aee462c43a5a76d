"""A session as plain values for JSON, and back: schema ``formcheck.session/1``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from formcheck.errors import UsageError
from formcheck.session.plan import Plan, Step
from formcheck.session.record import SetRecord, tempo_from
from formcheck.types import Tempo

SCHEMA = "formcheck.session/1"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a saved session holds; the names are those of `Session`."""

    plan: Plan
    free: bool
    step: int
    records: list[SetRecord]
    current: SetRecord | None
    side: str
    tempo: Tempo | None
    ignore: frozenset[str]


def to_dict(
    *,
    plan: Plan,
    free: bool,
    step: int,
    records: Sequence[SetRecord],
    current: SetRecord | None,
    side: str,
    tempo: Tempo | None,
    ignore: frozenset[str],
) -> dict[str, Any]:
    """Plain values; NaN becomes None."""
    return {
        "schema": SCHEMA,
        "plan": [asdict(s) for s in plan.steps],
        "free": free,
        "step": step,
        "sets": [record.to_dict() for record in records],
        "current": current.to_dict() if current else None,
        "side": side,
        "tempo": asdict(tempo) if tempo else None,
        "ignore": sorted(ignore),
    }


def from_dict(state: Mapping[str, Any]) -> Kept:
    """The values of a saved session.

    Raises:
        UsageError: They are not those of a session, or of a version that is not known here.
    """
    schema = state.get("schema")
    if schema != SCHEMA:
        raise UsageError(f"not a saved session: {schema!r}", hint=f"expected {SCHEMA}")
    try:
        current = state["current"]
        kept = Kept(
            plan=Plan(tuple(Step(**s) for s in state["plan"])),
            free=bool(state["free"]),
            step=int(state["step"]),
            records=[SetRecord.from_dict(r) for r in state["sets"]],
            current=SetRecord.from_dict(current) if current else None,
            side=str(state["side"]),
            tempo=tempo_from(state["tempo"]) if state["tempo"] else None,
            ignore=frozenset(state["ignore"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"the saved session is damaged: {error}", hint="start a new one") from error
    if not 0 <= kept.step <= len(kept.plan):
        raise UsageError("the saved session is damaged: its step is not in its plan", hint="start a new one")
    return kept
