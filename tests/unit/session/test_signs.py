"""Signs given by the studio's people on purpose: each is seen, and none that was not given.

First as a perfect pose model would see them from several sides: do the definitions fit bodies? Then what the
real one made of eight films of them (``samples/studio/live.toml``).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from formcheck.exercises import find
from formcheck.session.events import Gestured, Moved, Say
from formcheck.session.gestures import Gestures
from formcheck.session.plan import Plan
from formcheck.session.session import Session
from formcheck.session.sight import Sight
from formcheck.sources.recording import load
from formcheck.types import Floats, Recording
from samples.studio.body import Body
from samples.studio.camera import Camera
from samples.studio.life import scene
from samples.studio.skeleton import landmarks
from tests.unit.session.footage import RECORDINGS, frames, play

BODIES = ("man_average", "man_heavy", "man_lean_tall", "man_old", "woman_short_old", "woman_strong")
SIZE = (1280, 720)
FPS = 20
GIVEN = ["both_up", "one_up", "one_up", "crossed", "crossed", "pain"]
FILMS = sorted((RECORDINGS / "live").glob("life_*.npz"))
#: A hand that leaves the top of the picture: the pose model guesses the elbow wrong.
UNSEEN = {"life_tune_04": 1}


@cache
def points(body: str) -> Floats:
    """``(T, 33, 3)`` m: the scene of all signs."""
    track = scene("signs", Body.load(body), 32.0, 4)
    return landmarks(track.body, track.at(np.arange(0, track.duration_s, 1 / FPS)))


def seen(body: str, azimuth: float, elevation: float) -> Recording:
    """With 2 px of noise."""
    room = points(body)
    camera = Camera.around((0, 0, 1), (1, 0, 0), (0, 1.0, 0), azimuth, elevation, 3.2, fov_deg=50, size=SIZE)
    flat = camera.project(room)
    random = np.random.default_rng(1)
    image = np.zeros((len(room), 33, 4))
    image[..., :2] = flat + random.normal(0, 2, flat.shape)
    image[..., 3] = 0.95
    world = (room - room[:, [23, 24]].mean(axis=1, keepdims=True)) @ camera.axes.T * (1, -1, -1)
    return Recording(np.arange(len(room)) / FPS, image, world, SIZE)


def understood(recording: Recording) -> list[str]:
    """The signs that were seen, in order."""
    sight, gestures, out = Sight(), Gestures(), []
    for t, image, world in frames(recording):
        sight.add(t, image, world)
        held = gestures.update(t, image, sight.torso)
        if held and (held.fired or held.pain):
            out.append("pain" if held.pain else held.name)
    return out


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(("azimuth", "elevation"), [(0, 5), (25, 10), (-25, 20), (45, 0)])
def test_every_sign_is_understood(body: str, azimuth: float, elevation: float) -> None:
    assert understood(seen(body, azimuth, elevation)) == GIVEN


def test_there_are_films() -> None:
    assert len(FILMS) == 8


@pytest.mark.parametrize("film", FILMS, ids=lambda p: p.stem)
def test_filmed_signs_are_seen_and_no_others(film: Path) -> None:
    missed = UNSEEN.get(film.stem)
    assert understood(load(film)) == [sign for k, sign in enumerate(GIVEN) if k != missed]


@pytest.mark.parametrize("film", [f for f in FILMS if f.stem not in UNSEEN], ids=lambda p: p.stem)
def test_filmed_signs_lead_a_session(film: Path) -> None:
    """Start or pause, next, next, stop, pain: the person stands ready, so both arms up pause the count-in."""
    squat = find("squat")
    log = play(Session(squat, plan=Plan.of(squat, sets=4)), load(film))
    assert [e.name for e in log.of(Gestured)] == ["both_up", "one_up", "one_up", "crossed", "crossed"]
    paused, then, last, stopped, pain = (
        [m for m in log.of(Moved) if m.t == sign.t][-1] for sign in log.of(Gestured)
    )
    assert paused.state == "paused"
    assert then.state == last.state == "ready"
    assert (stopped.state, stopped.why) == ("paused", "stopped")
    assert pain.state == "pain"
    assert not [s for s in log.of(Say) if s.t > pain.t and s.kind != "safety"]
