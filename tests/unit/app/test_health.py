"""Black, frozen, missing pictures, and a machine that is too slow."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.app.health import BLACK, BUSY, FROZEN, SILENT, STARTING, Health, Pace

ROOM = np.random.default_rng(1)


def picture(level: float, noise: float = 3.0) -> np.ndarray:
    return np.clip(ROOM.normal(255 * level, noise, (90, 160, 3)), 0, 255).astype(np.uint8)


def said(health: Health, pictures: list[np.ndarray], start_s: float = 0.0) -> list[str]:
    return [health.look(start_s + i / 10, p) for i, p in enumerate(pictures)]


def test_a_room_is_fine_and_its_light_is_measured():
    health = Health()
    assert set(said(health, [picture(0.4) for _ in range(60)])) == {""}
    assert health.light == pytest.approx(0.4, abs=0.01)


def test_black_is_told_after_a_second_and_over_at_once():
    health = Health()
    told = said(health, [picture(0.01, 1.0) for _ in range(15)])
    assert told[9] == ""
    assert told[-1] == BLACK
    assert health.look(1.6, picture(0.3)) == ""


def test_a_dim_room_is_not_black():
    assert set(said(Health(), [picture(0.06) for _ in range(30)])) == {""}


def test_exactly_the_same_picture_is_told_after_three_seconds():
    still = picture(0.4)
    health = Health()
    told = said(health, [still] * 35)
    assert told[29] == ""
    assert told[-1] == FROZEN
    assert health.look(3.6, picture(0.4)) == ""


def test_a_change_of_resolution_is_no_trouble():
    health = Health()
    assert health.look(0.0, picture(0.4)) == ""
    assert health.look(0.1, picture(0.4)[:45, :80]) == ""


def test_silence():
    assert Health.silence(1.0, "") == ""
    assert Health.silence(2.0, "") == SILENT
    assert Health.silence(2.0, "gone") == "gone"


def test_pictures_without_poses_are_not_the_camera_s_fault():
    assert Health.silence(2.0, "", 0.1, begun=False) == STARTING
    assert Health.silence(2.0, "", 0.1) == BUSY
    assert Health.silence(2.0, "", 1.8) == SILENT
    assert Health.silence(2.0, "gone", 0.1) == "gone"


def run(pace: Pace, *, every: float, done: float, seconds: float = 9.0) -> str:
    for i in range(int(seconds * done)):
        pace.count(i / done, int(i / done * every))
    return pace.note


def test_a_slow_machine_says_so():
    assert run(Pace(), every=30, done=9) == "Slow: 9 of 30 pictures a second"
    assert run(Pace(), every=30, done=29) == ""
    assert run(Pace(), every=30, done=22) == ""


def test_a_slow_camera_is_told_apart_from_a_slow_machine():
    assert run(Pace(), every=5, done=5) == "Camera: 5 pictures a second. More light?"


def test_the_note_goes_when_the_pace_is_fine_again():
    pace = Pace()
    assert run(pace, every=30, done=9)
    for i in range(300):
        pace.count(9 + i / 30, 300 + i)
    assert pace.note == ""
