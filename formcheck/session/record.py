"""What a session keeps: its sets and their reps, and how they are written as plain values for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import isfinite
from typing import Any

from formcheck.types import Rep, Severity, Side, Tempo, Verdict

NAN = float("nan")


@dataclass(slots=True)
class SetRecord:
    """One set, in progress or over.

    Attributes:
        set: From 1, in the whole session.
        side: As planned or seen; "auto" until seen.
        reps: Judged ones, counted and partial, in order.
        count: Counted so far, judged or not, less those taken off by hand.
        undone: Taken off by hand.
        why: Why it ended; empty while it goes on.
        fault: Id of what to change next time.
    """

    exercise: str
    set: int
    side: str
    target: int | None = None
    start_s: float = NAN
    end_s: float = NAN
    count: int = 0
    undone: int = 0
    why: str = ""
    fault: str = ""
    score: int | None = None
    reps: list[Rep] = field(default_factory=list)

    @property
    def counted(self) -> tuple[Rep, ...]:
        """Counted reps that have been judged."""
        return tuple(rep for rep in self.reps if rep.counted)

    def undo(self) -> bool:
        """Takes the last counted rep off; False where there is none."""
        if not self.count:
            return False
        # A rep that is counted and not yet judged has none here: it comes as one too many and is left out.
        if len(self.counted) >= self.count:
            last = max(i for i, rep in enumerate(self.reps) if rep.counted)
            del self.reps[last]
        self.count -= 1
        self.undone += 1
        return True

    def to_dict(self) -> dict[str, Any]:
        """Plain values; NaN becomes None."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> SetRecord:
        """The set that was written.

        Raises:
            KeyError: Something misses.
            ValueError: Something is not what it should be.
            TypeError: Likewise.
        """
        fields = dict(value)
        reps = [rep_from(rep) for rep in fields.pop("reps")]
        for name in ("start_s", "end_s"):
            fields[name] = _number(fields[name])
        return cls(reps=reps, **fields)


def rep_from(value: Mapping[str, Any]) -> Rep:
    """A rep from plain values; see `SetRecord.from_dict` for errors."""
    fields = dict(value)
    fields["side"] = Side(fields["side"])
    fields["tempo"] = tempo_from(fields["tempo"])
    fields["verdicts"] = tuple(_verdict(v) for v in fields["verdicts"])
    for name in ("start_s", "turn_s", "end_s", "range"):
        fields[name] = _number(fields[name])
    return Rep(**fields)


def tempo_from(value: Mapping[str, Any]) -> Tempo:
    """A tempo from plain values."""
    return Tempo(*(_number(value[n]) for n in ("concentric_s", "hold_s", "eccentric_s")))


def _verdict(value: Mapping[str, Any]) -> Verdict:
    fields = {k: v if isinstance(v, str) else _number(v) for k, v in value.items()}
    fields["verdict"] = Severity(str(fields["verdict"]))
    return Verdict(**fields)  # type: ignore[arg-type]


def _number(value: float | None) -> float:
    return NAN if value is None else float(value)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    if isinstance(value, float):
        return float(value) if isfinite(value) else None
    return value
