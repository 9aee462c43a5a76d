"""Which pose model this machine can run live: tried for a second or two on a picture with a person."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from formcheck.errors import ModelError
from formcheck.types import Frame, Pixels

#: A trial lasts at most so long, s, and has at least so many pictures.
TRIAL_S, LEAST = 1.0, 6
#: Pictures a second that a model must hold for live work, and what of a core else is at work then: the
#: camera, the drawing, the window.
WANTED, SHARE = 20.0, 0.85
#: Models in the order of preference.
ORDER: Final = ("full", "lite")


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial found.

    Attributes:
        rate: Pictures a second.
        fast: Whether it holds `WANTED`.
        advice: A model that would be faster and is not on this machine; empty for none.
    """

    model: str
    rate: float
    fast: bool
    advice: str = ""

    @property
    def note(self) -> str:
        """For the screen."""
        return f"Pose model: {self.model}, {self.rate:.0f} pictures a second"


def choose(pictures: list[Pixels], *, clock: Callable[[], float] = time.perf_counter) -> Trial:
    """The best model that holds the rate; where none does, the fastest that is here.

    Args:
        pictures: A few with a person in them, as small as live ones.

    Raises:
        ModelError, SetupError: Not even one model runs.
    """
    from formcheck.pose import models

    tried: list[Trial] = []
    for name in ORDER:
        if tried and not models.check(name).ok:
            best = max(tried, key=lambda trial: trial.rate)
            return Trial(best.model, best.rate, best.fast, advice=name)
        rate = measure(models.find(name), pictures, clock)
        tried.append(Trial(name, rate, rate >= WANTED))
        if tried[-1].fast:
            return tried[-1]
    return max(tried, key=lambda trial: trial.rate)


def measure(model: Path, pictures: list[Pixels], clock: Callable[[], float] = time.perf_counter) -> float:
    """Pictures a second of one model, a little less than it could: other work goes on beside it."""
    from formcheck.pose.mediapipe import Landmarker

    if not pictures:
        raise ModelError("no picture to try the model on", hint="name one with --model full")
    costs: list[float] = []
    with Landmarker(model) as landmarker:
        begin = clock()
        for i, picture in enumerate(cycle(pictures)):
            before = clock()
            landmarker.detect(Frame(i / 30, picture))
            costs.append(clock() - before)
            if clock() - begin > TRIAL_S and len(costs) >= LEAST:
                break
    return SHARE / max(statistics.median(costs[2:]), 1e-6)


def sample_pictures(clip: Path, count: int = 6) -> list[Pixels]:
    """The first pictures of a clip with a person, as small as live ones."""
    from formcheck.sources.camera import every_shot

    shots: Iterator[Pixels] = (shot.small for shot in every_shot(clip))
    return list(islice(shots, count))
