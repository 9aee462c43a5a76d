"""The pictures of docs/live.md: what the window shows while a sample plays through a live session.

python -m tests.bench.live_pictures [--out docs/images]
"""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import cv2
import numpy as np

from formcheck.app.live import Live
from formcheck.app.newest import EveryFeed, Seen, from_video
from formcheck.exercises import find
from formcheck.outputs.painter import Painter
from formcheck.pose import models
from formcheck.session.events import Screen
from formcheck.session.plan import Plan
from formcheck.session.session import Session
from formcheck.types import Pixels

ROOT = Path(__file__).resolve().parents[2]
CLIPS = ROOT / "samples" / "clips"
#: Width of the pictures, px.
WIDTH = 960

#: Which screens are wanted, the first that fits is taken, and how long after it, s.
WANTED: dict[str, tuple[Callable[[Screen], bool], float]] = {
    "frame": (lambda s: s.camera_hint is not None, 0.5),
    "count_in": (lambda s: s.state == "count_in" and s.countdown_s < 2, 0.2),
    "set": (lambda s: s.state == "set" and s.count >= 1 and s.meter is not None and s.meter.value > 0.7, 0.6),
    "cue": (lambda s: s.state == "set" and bool(s.cue) and bool(s.limbs), 0.7),
    "rest": (lambda s: s.state == "rest", 17.0),
}
#: Clip, reps of the set, how much of it, s, and which pictures to take from it.
SESSIONS = (
    ("clamshell_good_low", None, 2.0, ("frame",)),
    ("clamshell", 2, 11.0, ("count_in", "set", "rest")),
    ("clamshell_rolled_feet", None, 12.0, ("cue",)),
)


class Photographer(Painter):
    """Keeps a picture of each wanted screen."""

    def __init__(self) -> None:
        super().__init__(None)
        self.kept: dict[str, Pixels] = {}
        self._due: dict[str, float] = {}

    def show(self, image: Pixels | None, screen: Screen, t: float) -> None:
        """Draws, and keeps what is wanted."""
        super().show(image, screen, t)
        for name, (fits, later_s) in WANTED.items():
            if fits(screen):
                self._due.setdefault(name, t + later_s)
            if name in self._due and t >= self._due[name] and name not in self.kept and fits(screen):
                self.kept[name] = self.last.copy()


def stretched(seen: Iterator[Seen], *, before_s: float, after_s: float) -> Iterator[Seen]:
    """The first picture stands for a while before the clip, the last one after it."""
    first = next(seen)
    rng = np.random.default_rng(1)
    last, offset = first, 0.0

    def at(found: Seen, t: float) -> Seen:
        shot, posed = found
        small = np.clip(shot.small.astype(int) + rng.integers(-2, 3, shot.small.shape), 0, 255).astype(
            np.uint8
        )
        return dataclasses.replace(shot, t=t, small=small), dataclasses.replace(posed, t=t)

    for i in range(int(before_s * 25)):
        yield at(first, i / 25)
    offset = before_s
    for found in seen:
        last = found
        yield at(found, found[0].t + offset)
    for i in range(int(after_s * 25)):
        yield at(last, last[0].t + offset + (i + 1) / 25)


def photograph(clip: str, exercise: str, reps: int | None, seconds: float) -> dict[str, Pixels]:
    """The wanted screens of one clip."""
    rules = find(exercise)
    plan = Plan.of(rules, sets=3, reps=reps, rest_s=45, turn_s=45)
    seen = islice(from_video(CLIPS / f"{clip}.mp4", models.find("full")), int(25 * seconds))
    eyes = Photographer()
    feed = EveryFeed(stretched(seen, before_s=6.0, after_s=18.0 if reps else 2.0))
    Live(Session(rules, plan=plan), feed, sight=eyes, linger_s=0).run()
    return eyes.kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    out: Path = parser.parse_args().out
    kept: dict[str, Pixels] = {}
    for clip, reps, seconds, names in SESSIONS:
        kept |= {k: v for k, v in photograph(clip, "clamshell", reps, seconds).items() if k in names}
    for name, picture in kept.items():
        height = round(WIDTH * picture.shape[0] / picture.shape[1])
        small = cv2.resize(picture, (WIDTH, height), interpolation=cv2.INTER_AREA)
        cv2.imwrite(str(out / f"live_{name}.jpg"), small[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 86])
        print(f"live_{name}.jpg")


if __name__ == "__main__":
    main()
