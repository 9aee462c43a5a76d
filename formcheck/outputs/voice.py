"""The voice: a thread that speaks the one thing that matters now.

What is spoken follows four rules. A graver sentence cuts a lighter one off: safety, count, cue, then the
rest. Of those that wait, the gravest goes first, and of equals the newest; older ones of its kind are
dropped. What has expired is never begun. Nobody waits for the voice.

Without a speech program, counts and cues become short tones.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from formcheck.outputs.speech import Job, Speech
from formcheck.outputs.tones import Kind as ToneKind
from formcheck.outputs.tones import Tones
from formcheck.session.events import Kind, Say

#: Which sentence cuts which one off.
RANK: Final[dict[Kind, int]] = {
    "safety": 4, "count": 3, "cue": 2, "praise": 1, "rest": 1, "summary": 1, "guide": 0,
}  # fmt: skip
#: What is heard instead where nothing speaks. A count has its own tone, which speech makes needless.
INSTEAD: Final[dict[Kind, ToneKind]] = {"cue": "cue", "safety": "cue"}
#: How often the thread looks whether a sentence is over, s.
BEAT_S: Final = 0.02
#: After so many sentences without a sound, the device is taken for gone; tried again after so many s.
FAILS, AGAIN_S = 2, 10.0
MUTED: Final = "Muted"
NO_SOUND: Final = "No sound: is the loudspeaker there?"
NO_SPEECH: Final = "No voice here: see formcheck doctor"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What became of a sentence. Times on the voice's clock, s.

    Attributes:
        asked_s: When it was handed in.
        started_s: When the program was started.
        ended_s: When it fell silent.
        cut: Whether something graver came in between.
    """

    text: str
    kind: Kind
    asked_s: float
    started_s: float
    ended_s: float
    cut: bool


@dataclass(frozen=True, slots=True)
class _Waiting:
    say: Say
    asked_s: float
    expires_s: float

    @property
    def rank(self) -> int:
        return RANK[self.say.kind]


class Voice:
    """Speaks in a thread of its own.

    Args:
        speech: The program; None where there is none: then there are tones.
        tones: Plays them; None for silence.
        clock: Seconds that only ever rise.

    Attributes:
        log: The last thousand sentences.
    """

    def __init__(
        self,
        speech: Speech | None,
        tones: Tones | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.log: deque[Spoken] = deque(maxlen=1000)
        self._speech = speech
        self._tones = tones
        self._clock = clock
        self._wake = threading.Condition()
        self._waiting: list[_Waiting] = []
        self._now: _Waiting | None = None
        self._hush = False
        self._muted = False
        self._fails = 0
        self._failed_s = 0.0
        self._stop = False
        self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
        self._thread.start()

    @property
    def speaks(self) -> bool:
        """Whether there is a speech program."""
        return self._speech is not None

    @property
    def muted(self) -> bool:
        """Whether it keeps silent."""
        return self._muted

    @property
    def note(self) -> str:
        """What is wrong with the sound, for the screen; empty when nothing is."""
        if self._muted:
            return MUTED
        if self._speech is None:
            return NO_SPEECH
        return NO_SOUND if self._fails >= FAILS else ""

    def say(self, say: Say, now_s: float) -> None:
        """Hand a sentence in.

        Args:
            say: What to say.
            now_s: The session's time now: `Say.expires_s` is on that clock.
        """
        asked_s = self._clock()
        item = _Waiting(say, asked_s, asked_s + say.expires_s - now_s)
        with self._wake:
            if self._muted or not say.text.strip():
                return
            if self._speech is None:
                if (kind := INSTEAD.get(say.kind)) and self._tones is not None:
                    self._tones.play(kind)
                return
            self._waiting = [w for w in self._waiting if w.say.kind != say.kind]
            self._waiting.append(item)
            self._wake.notify_all()

    def tone(self, kind: ToneKind) -> None:
        """Play a tone now; that of a count only where nothing speaks it."""
        silent = self._muted or (kind == "count" and self._speech is not None)
        if self._tones is not None and not silent:
            self._tones.play(kind)

    def hush(self) -> None:
        """Be silent now, and forget what waits."""
        with self._wake:
            self._waiting.clear()
            self._hush = self._now is not None
            self._wake.notify_all()

    def mute(self, *, on: bool) -> None:
        """Keep silent until told otherwise."""
        self._muted = on
        if on:
            self.hush()

    def close(self, *, finish_s: float = 0.0) -> None:
        """End the thread.

        Args:
            finish_s: What is being said may end, for so long.
        """
        end = self._clock() + finish_s
        while self._clock() < end and self._busy():
            time.sleep(BEAT_S)
        with self._wake:
            self._stop = True
            self._wake.notify_all()
        self._thread.join(2.0)
        if self._speech is not None:
            self._speech.close()
        if self._tones is not None:
            self._tones.close()

    def _busy(self) -> bool:
        with self._wake:
            return self._now is not None or bool(self._waiting)

    def _run(self) -> None:
        job: Job | None = None
        started_s = 0.0
        while True:
            with self._wake:
                self._wake.wait_for(self._due, BEAT_S if job is not None else None)
                cut = job is not None and (self._stop or self._hush or self._graver())
                self._hush = False
                stop = self._stop
            if job is not None and (cut or job.done()):
                if cut:
                    job.stop()
                self._finish(job, started_s, cut=cut)
                job = None
            if stop:
                return
            if job is None:
                with self._wake:
                    self._now = item = self._take()
                if item is not None:
                    started_s = self._clock()
                    job = self._start(item)

    def _due(self) -> bool:
        """Whether there is something to do. Called with the lock."""
        return self._stop or self._hush or (self._graver() if self._now is not None else bool(self._waiting))

    def _graver(self) -> bool:
        """Whether something waits that cuts off what is said. Called with the lock."""
        now = self._now
        if now is None:
            return False
        clock = self._clock()
        return any(
            w.expires_s > clock and (w.rank > now.rank or (w.say.kind == now.say.kind == "count"))
            for w in self._waiting
        )

    def _take(self) -> _Waiting | None:
        """The sentence to say now. Called with the lock."""
        now = self._clock()
        self._waiting = [w for w in self._waiting if w.expires_s > now]
        best = max(self._waiting, key=lambda w: (w.rank, w.asked_s), default=None)
        if best is not None:
            self._waiting.remove(best)
        return best

    def _start(self, item: _Waiting) -> Job | None:
        if self._speech is None or (self._fails >= FAILS and self._clock() - self._failed_s < AGAIN_S):
            self._now = None
            return None
        try:
            return self._speech.start(item.say.text)
        except OSError:
            self._fail()
            self._now = None
            return None

    def _finish(self, job: Job, started_s: float, *, cut: bool) -> None:
        if not cut:
            if job.failed():
                self._fail()
            else:
                self._fails = 0
        with self._wake:
            item, self._now = self._now, None
        if item is not None:
            say = item.say
            self.log.append(Spoken(say.text, say.kind, item.asked_s, started_s, self._clock(), cut))

    def _fail(self) -> None:
        self._fails += 1
        self._failed_s = self._clock()
