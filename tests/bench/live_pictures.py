"""The pictures of docs/live.md: what the window shows while a filmed session plays through the program.

    python -m tests.bench.live_pictures [--films DIR] [--out docs/images]

The films are the first set of ``samples/studio/live.toml``, larger, and the same with the camera in a wrong
place. They are rendered first (a few minutes; the extra `studio`), unless the folder has them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2

from formcheck.app.live import Live
from formcheck.app.newest import EveryFeed, from_video
from formcheck.outputs.painter import Painter
from formcheck.pose import models
from formcheck.session.events import Screen
from formcheck.session.plan import Plan
from formcheck.session.session import Session
from formcheck.types import Pixels
from samples.studio import suite, tasks
from samples.studio.clip import Clip

ROOT = Path(__file__).resolve().parents[2]
FILM = "string_tune_01"
SIZE = (1280, 720)
#: From behind: a wrong place for a clamshell, degrees.
WRONG_DEG = 140.0
#: Width of the pictures, px.
WIDTH = 960

#: From which film, which screen is wanted, the first that fits is taken, and how long after it, s.
WANTED: dict[str, tuple[str, Callable[[Screen], bool], float]] = {
    "frame": ("wrong", lambda s: s.camera_hint is not None, 1.0),
    "count_in": ("right", lambda s: s.state == "count_in" and s.countdown_s < 2, 0.2),
    "set": ("right", lambda s: s.count == 3 and s.meter is not None and s.meter.value > 0.7, 0.1),
    "cue": ("right", lambda s: s.state == "set" and bool(s.cue) and bool(s.limbs), 0.5),
    "rest": ("right", lambda s: s.state == "rest", 3.0),
}


def clips() -> dict[str, Clip]:
    """The two films."""
    whole = next(c for c in suite.expand(suite.load(suite.SUITE.with_name("live.toml"))) if c.name == FILM)
    (first, *_), shot = whole.acts, replace(whole.shot, size=SIZE, crf=20)
    right = replace(whole, name="right", acts=(first,), shot=shot)
    short = tuple(replace(s, reps=s.reps[:1]) for s in first.segments[:4])
    waiting, away = (replace(part, azimuth_deg=WRONG_DEG) for part in (replace(first, segments=short), shot))
    return {"right": right, "wrong": replace(whole, name="wrong", acts=(waiting,), shot=away)}


class Photographer(Painter):
    """Keeps a picture of each wanted screen."""

    def __init__(self, film: str) -> None:
        super().__init__(None)
        self.kept: dict[str, Pixels] = {}
        self._wanted = {name: wish[1:] for name, wish in WANTED.items() if wish[0] == film}
        self._due: dict[str, float] = {}

    def show(self, image: Pixels | None, screen: Screen, t: float) -> None:
        """Draws, and keeps what is wanted."""
        super().show(image, screen, t)
        for name, (fits, later_s) in self._wanted.items():
            if not fits(screen):
                self._due.pop(name, None)
            elif t >= self._due.setdefault(name, t + later_s) and name not in self.kept:
                self.kept[name] = self.last.copy()


def photograph(film: Path) -> dict[str, Pixels]:
    """The wanted screens of one film."""
    eyes = Photographer(film.stem)
    session = Session(plan=Plan.parse("clamshell left 6, clamshell right 6", rest_s=45))
    Live(session, EveryFeed(from_video(film, models.find("full"))), sight=eyes, linger_s=0).run()
    return eyes.kept


def make(films: Path, out: Path) -> None:
    """Renders what is missing, and writes the pictures."""
    for name, clip in clips().items():
        if not tasks.is_produced(name, films):
            tasks.render((clip, films), lambda: False)
        for wanted, picture in photograph(films / f"{name}.mp4").items():
            height = round(WIDTH * picture.shape[0] / picture.shape[1])
            small = cv2.resize(picture, (WIDTH, height), interpolation=cv2.INTER_AREA)
            path = out / f"live_{wanted}.jpg"
            cv2.imwrite(str(path), small[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 86])
            print(path.name)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--films", type=Path, help="keep the films there")
    options = parser.parse_args()
    if options.films:
        options.films.mkdir(parents=True, exist_ok=True)
        make(options.films, options.out)
    else:
        with TemporaryDirectory() as folder:
            make(Path(folder), options.out)


if __name__ == "__main__":
    main()
