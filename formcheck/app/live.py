"""Live training: the loop between camera, session, voice, window and disk.

::

    camera thread → pose thread → loop (main thread) → voice thread, keeper thread
                                    session, drawing, window, keys

The loop gives every pose to the session, does what the session says, and draws the newest picture. It
waits for nobody: speech and disk have threads of their own. What goes wrong outside (camera, light, sound,
disk) becomes a line on the screen, and the session goes on when it is mended.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np

from formcheck.app.health import Health, Pace
from formcheck.app.newest import Feed, Seen
from formcheck.app.store import Keeper
from formcheck.outputs.voice import Voice
from formcheck.session.events import Event, Hush, Quit, Saved, Say, Screen, SetDone, Tone
from formcheck.session.session import Session
from formcheck.types import Floats, Pixels

#: How long the loop waits for a pose before it looks after keys and the clock, s.
BEAT_S: Final = 0.02
#: Without new pictures the screen is drawn again this often, s.
REDRAW_S: Final = 0.2
#: What the trial of the model found is shown for so long, s.
NOTED_S: Final = 8.0
#: After the plan is done the window stays for so long, s.
LINGER_S: Final = 30.0


class Sight(Protocol):
    """Where a session is looked at: a window, or nothing."""

    def show(self, image: Pixels | None, screen: Screen, t: float) -> None:
        """Draw the screen over the picture; None: over the last one again. Its points are the picture's."""

    def pressed(self) -> list[str]:
        """Keys pressed since the last call."""


@dataclass(slots=True)
class Outcome:
    """What a live session came to.

    Attributes:
        sets: Those that were ended.
        frames: Pictures that were worked on, and
        pictures: all that the camera gave.
        quit: Whether the user left, rather than the source ended.
    """

    sets: list[SetDone] = field(default_factory=list)
    frames: int = 0
    pictures: int = 0
    quit: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """Puts points of one picture size into another without distorting them: scale, then shift, px."""

    scale: float
    dx: float
    dy: float

    @classmethod
    def of(cls, size: tuple[int, int], into: tuple[int, int]) -> Fit:
        """The largest centred fit of a `size` into another."""
        scale = min(into[0] / size[0], into[1] / size[1])
        return cls(scale, (into[0] - scale * size[0]) / 2, (into[1] - scale * size[1]) / 2)

    def into(self, image: Floats) -> Floats:
        """``(33, 4)`` landmarks in the other size."""
        out = np.array(image, np.float64)
        out[:, :3] *= self.scale
        out[:, 0] += self.dx
        out[:, 1] += self.dy
        return out

    def back(self, points: Floats) -> Floats:
        """``(33, 2)`` points of the other size in this one."""
        return (points - (self.dx, self.dy)) / self.scale


class Live:
    """One live session, from the first picture to the last.

    Args:
        session: The logic.
        feed: Pictures with poses.
        voice: None for silence.
        sight: None for no picture.
        keeper: Saves; None to keep nothing.
        told: Called with every event, in order: for logs and for people without a window.
        pictured: Whether the pictures show anything; those of recorded landmarks do not.
        model_note: What the trial of the model found.
        linger_s: After the plan is done, the window stays for so long.
        clock: Seconds, the one of the pictures' arrival.
    """

    def __init__(
        self,
        session: Session,
        feed: Feed,
        *,
        voice: Voice | None = None,
        sight: Sight | None = None,
        keeper: Keeper | None = None,
        told: Callable[[Event], None] = lambda _: None,
        pictured: bool = True,
        model_note: str = "",
        linger_s: float = LINGER_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.session = session
        self.outcome = Outcome()
        self._feed = feed
        self._voice = voice
        self._sight = sight
        self._keeper = keeper
        self._told = told
        self._model_note = model_note
        self._linger_s = linger_s
        self._clock = clock
        self._health = Health()
        self._pictured = pictured
        self._pace = Pace()
        self._notes: dict[str, str] = {}
        self._size: tuple[int, int] | None = None
        self._fit = Fit(1.0, 0.0, 0.0)
        self._t = 0.0
        self._seen_s = 0.0
        self._came, self._came_s = 0, float("-inf")  # the camera's last picture
        self._drawn_s = float("-inf")
        self._done_s = float("nan")
        self._leave = False
        self._saved = False

    def run(self) -> Outcome:
        """Until the user leaves, the plan is done or the source ends.

        Raises:
            FormcheckError: The poses cannot be found any more. What was saved stays, and can be gone on with.
        """
        try:
            while not self._leave and not self._feed.ended:
                self._turn()
            self._handle(self.session.finish(self._now()))
            if self._keeper is not None and self._saved:
                self._keeper.save(self.session.state_dict(), finished=True)
        except KeyboardInterrupt:
            self._handle(self.session.finish(self._now()))
            raise
        finally:
            self.outcome.pictures = self._feed.pictures
        return self.outcome

    # -- one turn of the loop

    def _turn(self) -> None:
        batch = self._feed.take(BEAT_S)
        for shot, posed in batch:
            self._frame((shot, posed))
        if not batch:
            self._nothing()
        self._note_all()
        self._draw(batch[-1] if batch else None)
        if self._sight is not None:
            for name in self._sight.pressed():
                self._key(name)
        self._look_whether_done()

    def _frame(self, seen: Seen) -> None:
        """One picture with its pose to the session."""
        shot, posed = seen
        self.outcome.frames += 1
        self._seen_s = t = max(shot.t, self._t + 1e-4)
        self._t = t
        self._pace.count(t, self._feed.pictures)
        reason = self._health.look(shot.t, shot.small) if self._pictured else ""
        if reason:
            self._handle(self.session.waiting(t, reason))
            return
        size = (shot.image.shape[1], shot.image.shape[0])
        if self._size is None:
            self._size = size
        # A camera that changes its resolution must not look like a body that changes its size.
        self._fit = Fit.of(size, self._size)
        image = self._fit.into(posed.image)
        self._handle(self.session.update(t, image, posed.world, self._size, self._health.light))

    def _nothing(self) -> None:
        """No pose came: for how long, and why?"""
        now = self._now()
        if self._feed.pictures != self._came:
            self._came, self._came_s = self._feed.pictures, now
        begun, came_s = self.outcome.frames > 0, now - self._came_s
        reason = self._health.silence(now - self._seen_s, self._feed.trouble, came_s, begun=begun)
        if reason:
            self._t = max(now, self._t)
            self._handle(self.session.waiting(self._t, reason))

    def _key(self, name: str) -> None:
        if name == "m" and self._voice is not None:
            self._voice.mute(on=not self._voice.muted)
            return
        self._handle(self.session.key(self._t, "v" if name == "?" else name))

    def _look_whether_done(self) -> None:
        if not self.session.over:
            self._done_s = float("nan")
            return
        now = self._now()
        if np.isnan(self._done_s):
            self._done_s = now
        linger_s = self._linger_s if self._sight is not None else 0.0
        if now - self._done_s >= linger_s:
            self._leave = True

    # -- what the session says

    def _handle(self, events: list[Event]) -> None:
        for event in events:
            self._told(event)
            if isinstance(event, Saved):
                self._saved = True
                if self._keeper is not None:
                    self._keeper.save(self.session.state_dict())
            elif isinstance(event, SetDone):
                self.outcome.sets.append(event)
            elif isinstance(event, Quit):
                self._leave = self.outcome.quit = True
            elif self._voice is not None:
                self._sound(event, self._voice)

    def _sound(self, event: Event, voice: Voice) -> None:
        if isinstance(event, Say):
            voice.say(event, self._now())
        elif isinstance(event, Hush):
            voice.hush()
        elif isinstance(event, Tone):
            voice.tone(event.kind)

    def _note_all(self) -> None:
        """Small lines about the machine, told to the session when they change."""
        now = {
            "voice": self._voice.note if self._voice is not None else "",
            "saving": self._keeper.note if self._keeper is not None else "",
            "pace": self._pace.note,
            "model": self._model_note if self._t < NOTED_S else "",
        }
        for name, text in now.items():
            if self._notes.get(name, "") != text:
                self._notes[name] = text
                self.session.note(name, text)

    def _draw(self, seen: Seen | None) -> None:
        if self._sight is None:
            return
        clock = self._clock()
        if seen is None and clock - self._drawn_s < REDRAW_S:
            return
        self._drawn_s = clock
        screen = self.session.screen
        screen = dataclasses.replace(screen, points=self._fit.back(screen.points))
        self._sight.show(None if seen is None else seen[0].image, screen, self._t)

    def _now(self) -> float:
        return max(self._feed.now, self._t)
