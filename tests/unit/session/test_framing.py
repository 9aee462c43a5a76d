"""What is asked of light, distance, the edges and the camera's place."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.exercises import find
from formcheck.session import framing, sight
from formcheck.session.framing import Advice
from formcheck.session.sight import Sight
from tests.unit.session import poses
from tests.unit.session.footage import Recording, frames, studio, to_and_fro


def seen(recording: Recording) -> Sight:
    out = Sight()
    for t, image, world in frames(recording):
        out.add(t, image, world)
    return out


def moved(recording: Recording, *, scale: float = 1.0, by: tuple[float, float] = (0, 0)) -> Recording:
    """The same person elsewhere in the picture."""
    image = recording.image.copy()
    middle = image[..., :2].mean(axis=(0, 1))
    image[..., :2] = (image[..., :2] - middle) * scale + middle + np.array(by)
    return Recording(recording.t, image, recording.world, recording.size)


def advice(recording: Recording, light: float = 0.5) -> Advice | None:
    return framing.check(seen(recording), recording.size, light)


def test_a_good_picture() -> None:
    assert advice(poses.still(1.5)) is None
    assert advice(poses.still(1.5), float("nan")) is None, "light that is not measured says nothing"


@pytest.mark.parametrize(
    ("recording", "light", "wanted"),
    [
        (poses.still(1.5), 0.03, framing.TOO_DARK),
        (poses.nobody(1.5), 0.99, framing.TOO_BRIGHT),
        (poses.nobody(1.5), 0.5, framing.NOBODY),
        (moved(poses.still(1.5), scale=0.3), 0.5, framing.TOO_FAR),
        (moved(poses.still(1.5), scale=2.5), 0.5, framing.TOO_NEAR),
        (moved(poses.still(1.5), by=(300, 0)), 0.5, framing.MIDDLE),
        (moved(poses.still(1.5), by=(0, 120)), 0.5, framing.NO_FEET),
        (moved(poses.still(1.5), by=(0, -150)), 0.5, framing.NO_HEAD),
    ],
    ids=["dark", "bright", "nobody", "far", "near", "edge", "feet", "head"],
)
def test_what_to_change(recording: Recording, light: float, wanted: Advice) -> None:
    assert advice(recording, light) == wanted


def test_every_headline_is_short() -> None:
    found = [a for a in vars(framing).values() if isinstance(a, Advice)]
    assert found
    assert all(len(a.headline.split()) <= 4 for a in found)


def rest(name: str) -> tuple[sight.Window, str]:
    footage = studio(name)
    first = footage.truth["reps"][0]["start_s"]
    window = seen(to_and_fro(footage.part(first - 0.5, first), 1.5)).window()
    assert window is not None
    return window.on_side(sight.upper(window) or "left"), footage.truth["exercise"]


def test_the_camera_at_the_wrong_place() -> None:
    window, exercise = rest("squat_tune_24")  # seen from behind
    found = framing.camera(find(exercise), window)
    assert found is not None
    assert found.hint is not None
    assert found.hint.azimuth_deg > 115
    assert "knees caving inward" in framing.hidden(find(exercise), window)


@pytest.mark.parametrize("name", ["squat_tune_01", "squat_tune_10", "clamshell_tune_01"])
def test_the_camera_at_the_right_place(name: str) -> None:
    window, exercise = rest(name)
    assert framing.camera(find(exercise), window) is None


@pytest.mark.parametrize("name", ["squat_tune_01", "clamshell_tune_01", "side_leg_raise_tune_02"])
def test_the_start_position_is_known_and_held(name: str) -> None:
    window, exercise = rest(name)
    rules = find(exercise)
    assert sight.in_posture(rules, window)
    assert sight.missing(rules, window) == ""
    assert sight.still(rules, window)


def test_another_position_is_not_it() -> None:
    window, _ = rest("squat_tune_01")
    assert not sight.in_posture(find("clamshell"), window)
    window, _ = rest("clamshell_tune_01")
    assert not sight.in_posture(find("squat"), window)


def test_straight_knees_are_no_clamshell() -> None:
    window, _ = rest("side_leg_raise_tune_02")
    assert sight.missing(find("clamshell"), window) in ("Knees bent.", "")


@pytest.mark.parametrize("name", ["clamshell_tune_01", "clamshell_tune_03", "side_leg_raise_tune_02"])
def test_the_upper_side(name: str) -> None:
    window, _ = rest(name)
    assert sight.upper(window) == studio(name).truth["side"]


def test_a_phone_in_the_hand_is_no_start() -> None:
    def ready(recording: Recording) -> bool:
        window = seen(recording).window()
        assert window is not None
        return sight.still(find("squat"), window)

    assert ready(poses.still(1.5))
    assert ready(poses.arms(1.5, poses.CHEST, poses.CHEST)), "arms crossed on the chest"
    assert not ready(poses.arms(1.5, {"elbow": (0.1, -0.5), "wrist": (-0.1, -0.2)}, {})), "one hand up"
