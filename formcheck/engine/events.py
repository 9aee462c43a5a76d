"""What the engine tells: few kinds of events, each a frozen value with its time."""

from __future__ import annotations

from dataclasses import dataclass

from formcheck.types import Rep, View


@dataclass(frozen=True, slots=True)
class Counted:
    """A rep is done: the moment to say its number. Its verdicts follow within a second."""

    t: float
    set: int
    index: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A movement with its verdicts; `Rep.counted` is False for a partial one."""

    t: float
    rep: Rep
    view: View


Event = Counted | Judged
