"""The loop: real landmarks through the real session, and everything outside that can go wrong."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from formcheck.app.eventlog import Writer, as_dict
from formcheck.app.health import BLACK, BUSY, FROZEN
from formcheck.app.live import Fit, Live
from formcheck.app.newest import EveryFeed, Seen, from_recording
from formcheck.app.store import Keeper
from formcheck.errors import ModelError
from formcheck.exercises import find
from formcheck.pose.live import Posed
from formcheck.session.events import Event, Moved, Quit, Saved, Screen, SetDone
from formcheck.session.plan import Plan
from formcheck.session.session import Session
from formcheck.sources.camera import Shot
from formcheck.types import Recording
from tests.still import COUNT, with_rest


@pytest.fixture(scope="module")
def recording() -> Recording:
    return with_rest()


def noisy(seen: Iterable[Seen]) -> Iterator[Seen]:
    """Plain pictures never change, which a camera's always do."""
    for shot, posed in seen:
        rough = np.random.default_rng(shot.number).integers(80, 120, shot.small.shape, np.uint8)
        yield dataclasses.replace(shot, small=rough), posed


def trained(seen: Iterable[Seen], session: Session | None = None, **more: object) -> tuple[list[Event], Live]:
    events: list[Event] = []
    squat = find("squat")
    session = session or Session(squat, plan=Plan.of(squat, sets=1, reps=None))
    live = Live(session, EveryFeed(iter(seen)), told=events.append, **more)  # type: ignore[arg-type]
    live.run()
    return events, live


def counts(events: Iterable[Event]) -> list[int]:
    return [e.count for e in events if isinstance(e, SetDone)]


def test_a_set_is_counted(recording: Recording):
    events, live = trained(noisy(from_recording(recording)))
    assert counts(events) == [COUNT]
    assert live.outcome.frames == live.outcome.pictures == len(recording)
    assert [s.count for s in live.outcome.sets] == [COUNT]


def test_a_camera_that_changes_its_resolution_changes_nothing(recording: Recording):
    def changing() -> Iterator[Seen]:
        for k, (shot, posed) in enumerate(noisy(from_recording(recording))):
            if k < 220:
                yield shot, posed
                continue
            large = np.zeros((3 * shot.image.shape[0] // 2, 3 * shot.image.shape[1] // 2, 3), np.uint8)
            image = posed.image * (1.5, 1.5, 1.5, 1.0)
            yield dataclasses.replace(shot, image=large), dataclasses.replace(posed, image=image)

    plain, _ = trained(noisy(from_recording(recording)))
    changed, _ = trained(changing())
    assert counts(changed) == counts(plain)
    assert [type(e) for e in changed] == [type(e) for e in plain]


def test_another_shape_of_picture_keeps_the_body_s_proportions():
    fit = Fit.of((640, 480), (1280, 720))
    points = np.zeros((33, 4))
    points[:, 0], points[:, 1], points[:, 3] = np.arange(33) * 10, 100, 0.8
    there = fit.into(points)
    assert np.diff(there[:, 0]) == pytest.approx(np.full(32, 15.0))
    assert there[:, 3] == pytest.approx(0.8)
    assert fit.back(there[:, :2]) == pytest.approx(points[:, :2])


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [(lambda small: small // 100, BLACK), (lambda small: np.full_like(small, 100), FROZEN)],
)
def test_pictures_that_show_nothing_are_waited_out(
    recording: Recording, spoil: Callable[[np.ndarray], np.ndarray], reason: str
):
    def spoilt() -> Iterator[Seen]:
        for k, (shot, posed) in enumerate(noisy(from_recording(recording))):
            yield (dataclasses.replace(shot, small=spoil(shot.small)) if k < 120 else shot), posed

    events, live = trained(spoilt())
    moves = [e for e in events if isinstance(e, Moved)]
    assert ("waiting", reason) in [(m.state, m.why) for m in moves]
    assert live.session.screen.state != "waiting"


def test_the_light_going_out_in_a_set_is_waited_out(recording: Recording):
    """Dark for three seconds after the first reps: what was counted stays, and the set goes on."""
    events: list[Event] = []
    dark: list[float] = []

    def fading() -> Iterator[Seen]:
        for shot, posed in noisy(from_recording(recording)):
            done = sum(len(e.reps) for e in events if isinstance(e, Saved))
            if done >= 2 and (not dark or shot.t - dark[0] < 3):
                dark.append(shot.t)
                yield dataclasses.replace(shot, small=shot.small // 50), posed
            else:
                yield shot, posed

    squat = find("squat")
    session = Session(squat, plan=Plan.of(squat, sets=1, reps=None))
    Live(session, EveryFeed(fading()), told=events.append).run()
    moves = [(m.state, m.why) for m in events if isinstance(m, Moved)]
    assert ("waiting", BLACK) in moves
    assert len([m for m in moves if m[0] == "waiting"]) == 1
    assert COUNT - 2 <= sum(counts(events)) <= COUNT  # what was done in the dark is not made up


class Breaking(EveryFeed):
    """A feed with a break in the middle: nothing comes while its clock goes on."""

    def __init__(self, seen: Iterator[Seen], at: int, seconds: float) -> None:
        super().__init__(seen)
        self._at, self._left = at, seconds
        self._waited = 0.0

    @property
    def now(self) -> float:
        return super().now + self._waited

    @property
    def trouble(self) -> str:
        return "The camera is gone. Plug it in again." if self._waited > 0 and self._left > 0 else ""

    def take(self, timeout_s: float) -> list[Seen]:
        if self.pictures >= self._at and self._left > 0:
            self._left -= 0.1
            self._waited += 0.1
            return []
        return [
            (dataclasses.replace(shot, t=shot.t + self._waited), posed)
            for shot, posed in super().take(timeout_s)
        ]


class Eyes:
    """Looks at what would be drawn, and presses keys at given pictures."""

    def __init__(self, keys: dict[int, str] | None = None) -> None:
        self.screens: list[Screen] = []
        self._keys = keys or {}
        self._turn = 0

    def show(self, _image: np.ndarray | None, screen: Screen, _t: float) -> None:
        self.screens.append(screen)

    def pressed(self) -> list[str]:
        self._turn += 1
        return [self._keys[self._turn]] if self._turn in self._keys else []


def test_a_camera_that_goes_away_is_waited_for(recording: Recording):
    events: list[Event] = []
    eyes = Eyes()
    squat = find("squat")
    session = Session(squat, plan=Plan.of(squat, sets=1, reps=None))
    clock = iter(range(10**9))
    feed = Breaking(noisy(from_recording(recording)), 60, 5.0)
    live = Live(session, feed, told=events.append, sight=eyes, linger_s=0, clock=lambda: float(next(clock)))
    live.run()
    states = [m.state for m in events if isinstance(m, Moved)]
    assert "waiting" in states
    waiting = [s for s in eyes.screens if s.state == "waiting"]
    assert waiting[0].detail == "The camera is gone. Plug it in again."
    assert counts(events) == [COUNT]


def test_a_machine_that_cannot_keep_up_is_not_called_a_broken_camera(recording: Recording):
    """Pictures come, but for five seconds no poses."""

    class Starved(Breaking):
        @property
        def pictures(self) -> int:
            return super().pictures + round(30 * self._waited)

        @property
        def trouble(self) -> str:
            return ""

    events: list[Event] = []
    squat = find("squat")
    session = Session(squat, plan=Plan.of(squat, sets=1, reps=None))
    Live(session, Starved(noisy(from_recording(recording)), 60, 5.0), told=events.append).run()
    assert [m.why for m in events if isinstance(m, Moved) and m.state == "waiting"] == [BUSY]
    assert counts(events) == [COUNT]


def test_every_rep_is_on_disk_at_once(recording: Recording, tmp_path: Path):
    """The file is read back whenever the session says that it should be saved."""
    path = tmp_path / "a.json"
    squat = find("squat")
    session = Session(squat, plan=Plan.of(squat, sets=1, reps=None))
    written: list[int] = []

    class Slow(Keeper):
        def save(self, state: dict, *, finished: bool = False) -> None:
            super().save(state, finished=finished)
            super().close()
            written.append(len(json.dumps(json.loads(path.read_text("utf-8"))["session"])))
            self.__init__(path, exercise="squat")  # type: ignore[misc]

    events, _ = trained(noisy(from_recording(recording)), session, keeper=Slow(path, exercise="squat"))
    reps = sum(len(e.reps) for e in events if isinstance(e, Saved))
    assert reps >= COUNT
    assert len(written) >= COUNT
    assert json.loads(path.read_text("utf-8"))["finished"] is True


def test_after_a_crash_the_session_goes_on(recording: Recording, tmp_path: Path):
    """The pose model dies after the third rep; the next start has three and counts on."""
    path = tmp_path / "a.json"
    events: list[Event] = []

    def dying() -> Iterator[Seen]:
        for seen in noisy(from_recording(recording)):
            if sum(len(e.reps) for e in events if isinstance(e, Saved)) == 3:
                raise ModelError("the model died")
            yield seen

    squat = find("squat")
    keeper = Keeper(path, exercise="squat")
    session = Session(squat, plan=Plan.of(squat, sets=1, reps=None))
    with pytest.raises(ModelError):
        Live(session, EveryFeed(dying()), told=events.append, keeper=keeper).run()
    keeper.close()
    document = json.loads(path.read_text("utf-8"))
    assert document["finished"] is False
    again = Session.restore(document["session"])
    after, _ = trained(noisy(from_recording(recording)), again)
    assert counts(after) == [3 + COUNT]


def test_keys(recording: Recording):
    eyes = Eyes({5: "?", 10: "v", 30: "q"})
    events, live = trained(noisy(from_recording(recording)), sight=eyes)
    assert [s.help for s in eyes.screens[3:12]] == [False, False, True, True, True, True, True, False, False]
    assert isinstance(events[-1], Quit)
    assert live.outcome.quit
    assert live.outcome.frames == 30


def test_the_log_is_json_lines(recording: Recording, tmp_path: Path):
    writer = Writer(tmp_path / "log.jsonl")
    events, _ = trained(noisy(from_recording(recording)))
    for event in events:
        writer(event)
    writer.close()
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text("utf-8").splitlines()]
    assert [line["event"] for line in lines] == [type(e).__name__.lower() for e in events]
    done = next(line for line in lines if line["event"] == "setdone")
    assert done["count"] == COUNT
    assert len(done["reps"]) == COUNT
    assert as_dict(Quit(1.23456)) == {"event": "quit", "t": 1.235}


def test_slow_and_dim_are_noted_on_the_screen(recording: Recording):
    class Slow(EveryFeed):
        @property
        def pictures(self) -> int:
            return 4 * super().pictures

    eyes = Eyes()
    squat = find("squat")
    thin = (s for s in noisy(from_recording(recording)) if s[0].number % 3 == 0)
    Live(Session(squat), Slow(thin), sight=eyes, model_note="Pose model: lite").run()
    notes = {note for s in eyes.screens for note in s.notes}
    assert any(note.startswith("Slow: 8 of 33") for note in notes), notes
    assert "Pose model: lite" in notes


def test_nothing_of_a_lone_shot_is_needed():
    shot = Shot(1, 0.0, np.zeros((8, 8, 3), np.uint8), np.zeros((8, 8, 3), np.uint8), 0.0)
    posed = Posed(0.0, np.full((33, 4), np.nan), np.full((33, 3), np.nan), 0)
    events, live = trained([(shot, posed)])
    assert live.outcome.frames == 1
    assert counts(events) == []
