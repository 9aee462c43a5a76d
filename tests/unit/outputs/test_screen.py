"""Live screens: every state on every shape of picture, steady, quick, and beside the person."""

from __future__ import annotations

import dataclasses
import time

import numpy as np
import pytest

from formcheck.outputs.draw import COLOURS
from formcheck.outputs.painter import Painter
from formcheck.outputs.screen import ScreenView
from formcheck.outputs.sketch import page_angle
from formcheck.session.events import CameraHint, Gesture, Screen
from formcheck.types import Meter, Severity

HD = (1280, 720)
HINT = CameraHint("side_lying", ((25.0, 70.0),), (5.0, 45.0), -15.0, 20.0, signed=True)
REPS = (Severity.OK,) * 5 + (Severity.SEVERE, Severity.MILD)


def standing(size: tuple[int, int], centre: float = 0.5) -> np.ndarray:
    """``(33, 2)`` px: somebody who fills most of the height."""
    points = np.full((33, 2), np.nan)
    for i, y in {
        0: 0.15,
        11: 0.28,
        12: 0.28,
        23: 0.55,
        24: 0.55,
        25: 0.72,
        26: 0.72,
        27: 0.9,
        28: 0.9,
    }.items():
        points[i] = (centre + (0.04 if i % 2 else -0.04)) * size[0], y * size[1]
    return points


SCREENS = {
    "frame": Screen("frame", title="Clamshell", plan="Set 1 of 3 · left", headline="Turn the camera",
                    detail="Toward your feet, about 45° to the belly side.", camera_hint=HINT),
    "ready": Screen("ready", title="Clamshell", headline="Hold still", detail="Hold the start position."),
    "count_in": Screen("count_in", title="Clamshell", headline="2", countdown_s=1.4, countdown_of_s=3),
    "set": Screen("set", title="Clamshell", plan="Set 2 of 3 · left", count=7, target=12, reps=REPS,
                  meter=Meter(0.7, (0.8, 0.95), 0.75, "32°"), flash=True, notes=("Muted",)),
    "cue": Screen("set", title="Clamshell", count=7, target=12, reps=REPS, cue="Keep the top hip stacked",
                  cue_severity=Severity.SEVERE, limbs=(((11, 23), Severity.SEVERE),)),
    "rest": Screen("rest", headline="Rest", detail="12 reps. Next time: keep the top hip stacked.",
                   countdown_s=27.3, countdown_of_s=45, next_up="Clamshell · right",
                   notes=("One arm up: skip the rest.",)),
    "paused": Screen("paused", headline="Paused", detail="Both arms up to go on."),
    "pain": Screen("pain", headline="Stop and rest", detail="If pain stays, see a clinician. " * 3),
    "done": Screen("done", headline="All done", detail="6 sets, 72 reps."),
    "waiting": Screen("waiting", headline="Waiting", detail="The camera is gone. Plug it in again."),
    "help": Screen("set", help=True),
    "gesture": Screen("set", title="Squat", count=4, gesture=Gesture("both_up", "Pause", 0.6)),
    "bare": Screen("frame"),
}  # fmt: skip


def drawn(screen: Screen, size: tuple[int, int] = HD, style: str = "coach", t: float = 0.0) -> np.ndarray:
    image = np.full((size[1], size[0], 3), 120, np.uint8)
    seen = dataclasses.replace(screen, points=standing(size), visibility=np.full(33, 0.9))
    return ScreenView(size, style).draw(image, seen, t=t)


@pytest.mark.parametrize("style", ["coach", "count"])
@pytest.mark.parametrize("size", [HD, (720, 1280), (960, 720), (200, 360), (64, 48)])
@pytest.mark.parametrize("name", SCREENS)
def test_every_state_on_every_picture(name: str, size: tuple[int, int], style: str):
    image = drawn(SCREENS[name], size, style)
    assert image.shape == (size[1], size[0], 3)
    if name != "bare":
        assert (image != 120).any()


def text_boxes(image: np.ndarray) -> np.ndarray:
    """Where panels are: darker than the wall, not black."""
    return (image.mean(axis=2) < 80) & (image.mean(axis=2) > 10)


@pytest.mark.parametrize("name", ["frame", "ready"])
def test_the_card_leaves_somebody_at_the_side_alone(name: str):
    size = HD
    seen = dataclasses.replace(SCREENS[name], points=standing(size, 0.2), visibility=np.full(33, 0.9))
    image = ScreenView(size).draw(np.full((720, 1280, 3), 120, np.uint8), seen)
    body = text_boxes(image)[110:640, 200:310]
    assert body.mean() < 0.1  # the rims of the drawn bones are dark, too


def test_the_words_are_large():
    """The headline's capitals are at least 6 % of the picture's height: 12 minutes of arc at 3 m."""
    image = drawn(Screen("ready", headline="H", detail=""))
    white = np.argwhere((image > 245).all(axis=2))
    body = standing(HD)
    far = white[np.abs(white[:, 1] - np.nanmean(body[:, 0])) > 70] if len(white) else white
    rows = far if len(far) else white
    assert np.ptp(rows[:, 0]) >= 0.06 * 720


def test_the_ring_follows_the_time():
    green = np.array(COLOURS[Severity.OK])

    def share(left: float) -> int:
        screen = dataclasses.replace(SCREENS["rest"], countdown_s=left)
        return int((np.abs(drawn(screen).astype(int) - green).max(axis=2) < 12).sum())

    assert share(40) > 1.5 * share(20) > 0
    assert share(8) == 0  # the last ten seconds are amber


def test_the_count_alone_is_huge_and_lights_up():
    image = drawn(SCREENS["set"], style="count")
    green = (np.abs(image.astype(int) - np.array(COLOURS[Severity.OK])).max(axis=2) < 12).any(axis=1)
    assert green.sum() > 0.55 * 720
    calm = drawn(dataclasses.replace(SCREENS["set"], flash=False), style="count")
    assert ((calm > 245).all(axis=2).any(axis=1)).sum() > 0.55 * 720


def test_drawing_takes_little_time():
    for name in ("set", "cue", "rest", "frame"):
        view = ScreenView(HD)
        seen = dataclasses.replace(SCREENS[name], points=standing(HD), visibility=np.full(33, 0.9))
        image = np.full((720, 1280, 3), 120, np.uint8)
        view.draw(image.copy(), seen)
        costs = []
        for i in range(9):
            copy = image.copy()
            begin = time.perf_counter()
            view.draw(copy, seen, t=i / 30)
            costs.append(time.perf_counter() - begin)
        assert min(costs) < 0.02, name  # 1–2 ms on a quiet machine


@pytest.mark.parametrize(
    ("posture", "azimuth", "way"),
    [
        ("standing", 0, (0, 1)), ("standing", 90, (1, 0)), ("standing", 180, (0, -1)),
        ("side_lying", 0, (0, 1)), ("side_lying", 90, (1, 0)), ("side_lying", -90, (-1, 0)),
        ("quadruped", 0, (-1, 0)), ("quadruped", 90, (0, 1)), ("supine", 0, (1, 0)), ("supine", 180, (-1, 0)),
    ],
)  # fmt: skip
def test_where_an_azimuth_is_drawn(posture: str, azimuth: float, way: tuple[int, int]):
    angle = page_angle(dataclasses.replace(HINT, posture=posture), azimuth)
    assert (np.cos(angle), np.sin(angle)) == pytest.approx(way, abs=1e-6)


def test_the_mirror_turns_the_picture_and_not_the_words():
    image = np.full((720, 1280, 3), 120, np.uint8)
    image[:, :640] = 60
    screen = dataclasses.replace(SCREENS["ready"], points=standing(HD, 0.2), visibility=np.full(33, 0.9))
    plain, mirror = Painter(None), Painter(None, mirror=True)
    a, b = plain.paint(image, screen, 0.0), mirror.paint(image, screen, 0.0)
    assert (a[5, 640 + 300] > a[5, 300]).all()
    assert b[300, 1275].mean() == 60
    assert np.allclose(screen.points, standing(HD, 0.2), equal_nan=True)  # nothing of the session was changed
    hip = np.array([720 * 0.55, 1279 - 0.2 * 1280]).astype(int)
    assert (b[hip[0] - 4 : hip[0] + 4, hip[1] - 80 : hip[1] + 80] > 240).any()


@pytest.mark.parametrize(
    ("size", "drawn_size"),
    [((640, 480), (960, 720)), ((1920, 1080), (1920, 1080)), ((3840, 2160), (1920, 1080))],
)
def test_the_picture_is_brought_to_a_readable_size(size: tuple[int, int], drawn_size: tuple[int, int]):
    painter = Painter(None)
    painter.show(np.full((size[1], size[0], 3), 120, np.uint8), Screen("frame"), 0.0)
    assert painter.last.shape == (drawn_size[1], drawn_size[0], 3)
    painter.show(None, SCREENS["waiting"], 1.0)
    assert painter.last.shape == (drawn_size[1], drawn_size[0], 3)
