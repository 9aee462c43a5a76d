"""Signs: seen when meant, and only then."""

from __future__ import annotations

from collections import Counter

import pytest

from formcheck.session.gestures import Gestures, Held
from formcheck.session.sight import Sight
from formcheck.types import Recording
from tests.unit.session import poses
from tests.unit.session.footage import STUDIO, frames, join, studio

LIFE = sorted(path.stem for path in STUDIO.glob("life_*.npz"))
#: The free arm points up all the time, and the other one carries the body.
PLANKS = sorted(path.stem for path in STUDIO.glob("side_plank_dip_*.npz"))


def watch(recording: Recording) -> list[Held]:
    """Everything that was held, frame by frame."""
    sight, gestures, out = Sight(), Gestures(), []
    for t, image, world in frames(recording):
        sight.add(t, image, world)
        held = gestures.update(t, image, sight.torso)
        if held:
            out.append(held)
    return out


def fired(recording: Recording) -> Counter[str]:
    return Counter(h.name for h in watch(recording) if h.fired)


@pytest.mark.parametrize(
    ("arms", "name"),
    [
        (poses.both_up(), "both_up"),
        (poses.one_up(side="left"), "one_up"),
        (poses.one_up(side="right"), "one_up"),
        (poses.crossed(), "crossed"),
    ],
    ids=["both up", "left up", "right up", "crossed"],
)
def test_a_sign_held_for_a_second_is_seen_once(arms: Recording, name: str) -> None:
    assert fired(join([poses.still(0.6), arms, poses.still(0.6)])) == {name: 1}


def test_it_needs_a_second() -> None:
    assert not fired(join([poses.still(0.6), poses.both_up(0.8), poses.still(0.6)]))


def test_progress_grows_while_it_is_held() -> None:
    held = [h.held_s for h in watch(poses.both_up(1.2))]
    assert held == sorted(held)
    assert held[0] == 0
    assert held[-1] > 1


def test_a_frame_without_it_does_not_end_it() -> None:
    gap = poses.still(0.1)
    assert fired(join([poses.both_up(0.6), gap, poses.both_up(0.7)])) == {"both_up": 1}


def test_again_only_after_it_was_gone() -> None:
    assert fired(poses.both_up(4)) == {"both_up": 1}
    assert fired(join([poses.both_up(1.4), poses.still(0.8), poses.both_up(1.4)])) == {"both_up": 2}


def test_crossed_arms_held_on_mean_pain() -> None:
    held = watch(poses.crossed(3.6))
    assert [h.pain for h in held].count(True) == 1
    assert next(h for h in held if h.fired).held_s < next(h for h in held if h.pain).held_s


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (poses.OVERHEAD, poses.OVERHEAD),
        (poses.CHEST, poses.CHEST),
        (poses.UP, {"elbow": (0.45, -0.3), "wrist": (0.05, -0.5)}),
        ({"elbow": (0.1, -0.5), "wrist": (0.0, 0.2)}, {}),
        ({}, {}),
    ],
    ids=["hands together overhead", "crossed on the chest", "a hand on the hip", "a glass", "hanging"],
)
def test_what_is_no_sign(left: dict[str, tuple[float, float]], right: dict[str, tuple[float, float]]) -> None:
    assert not watch(poses.arms(2, left, right))


def test_waving_is_no_sign() -> None:
    """Hands that travel do not count as held."""
    wide = {"elbow": (0.3, 0.4), "wrist": (0.75, 0.75)}
    parts = [poses.arms(0.4, poses.UP, {}), poses.arms(0.4, wide, {})] * 4
    assert not fired(join(parts))


@pytest.mark.parametrize("name", LIFE)
def test_no_sign_in_life(name: str) -> None:
    """Drinking, phone, stretching, dancing, rolling over."""
    assert not fired(studio(name).recording)


@pytest.mark.parametrize("name", PLANKS)
def test_an_arm_that_is_up_in_a_side_plank_is_no_sign(name: str) -> None:
    assert not fired(studio(name).recording)
