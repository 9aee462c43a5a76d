"""Whether a set may begin: the picture is good, the person is in the start position and holds it."""

from __future__ import annotations

from dataclasses import dataclass

from formcheck.features.body import Window
from formcheck.session import framing, sight, words
from formcheck.session.framing import Advice
from formcheck.session.sight import Sight
from formcheck.spec import Exercise

#: Looks each so many seconds: what is asked changes slowly.
EVERY_S = 0.1
#: An advice has to stand for so long before it counts, s; a person who walks in needs a moment.
LASTS_S = 0.8


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found.

    Attributes:
        advice: About light, distance, the edges.
        missing: What the start position lacks, for people; empty when it is there.
        holds: It is there and held.
        stays: It is there, and the body does not go anywhere.
        upper: The upper side of somebody who lies on one; empty otherwise.
        settled: They lie still on the side that is not wanted.
        camera: Where the camera should rather stand, once the position is there.
        placing: What to put right about how the person lies or stands; empty when nothing is.
        countable: Whether the movement shows from here at all.
        hidden: Faults that cannot be judged from here, in words.
    """

    advice: Advice | None = None
    missing: str = ""
    holds: bool = False
    stays: bool = False
    upper: str = ""
    settled: bool = False
    camera: Advice | None = None
    placing: str = ""
    countable: bool = True
    hidden: tuple[str, ...] = ()


class Readiness:
    """Looks now and then, and remembers since when an advice stands."""

    def __init__(self) -> None:
        self._look = Look()
        self._at_s = float("-inf")
        self._advice: Advice | None = None
        self._since_s = float("-inf")

    def reset(self) -> None:
        """The next call looks again; an advice has to stand again."""
        self._at_s = self._since_s = float("-inf")
        self._advice, self._look = None, Look()

    def look(
        self, t: float, seen: Sight, size: tuple[int, int], light: float, exercise: Exercise | None, side: str
    ) -> Look:
        """Looks at the last second.

        Args:
            t: Seconds.
            seen: What was seen.
            size: Of the picture, px.
            light: Its mean luminance, 0..1.
            exercise: What comes; None while nobody knows.
            side: The wanted side; others than "left" and "right" for any.
        """
        if t - self._at_s < EVERY_S:
            return self._look
        self._at_s = t
        advice = framing.check(seen, size, light)
        if advice != self._advice:
            self._advice, self._since_s = advice, t
        window = seen.window()
        if exercise is None or window is None:
            self._look = Look(advice=advice)
        else:
            self._look = _look(advice, window, exercise, side)
        return self._look

    def lasts(self, t: float) -> bool:
        """Whether what `look` found about the picture, good or bad, has stood for a while."""
        return t - self._since_s >= LASTS_S


def _look(advice: Advice | None, window: Window, exercise: Exercise, side: str) -> Look:
    if not sight.in_posture(exercise, window):
        return Look(advice, exercise.setup)
    upper = sight.upper(window) if exercise.side == "upper" else ""
    if exercise.side == "upper":
        if side in ("left", "right") and upper not in ("", side):
            settled = sight.still(exercise, window)
            return Look(advice, words.turn_over(side), upper=upper, settled=settled)
        window = window.on_side(upper or window.side)
    lacks = sight.missing(exercise, window)
    if lacks:
        return Look(advice, lacks, upper=upper)
    return Look(
        advice,
        "",
        holds=sight.still(exercise, window),
        stays=sight.settles(exercise, window),
        upper=upper,
        camera=framing.camera(exercise, window),
        placing=framing.placing(exercise, window),
        countable=framing.countable(exercise, window),
        hidden=framing.hidden(exercise, window),
    )
