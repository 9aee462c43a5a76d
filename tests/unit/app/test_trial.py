"""The model is chosen by a trial on this machine; the clock is set by hand, the networks are real."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from formcheck.app import trial
from formcheck.cli import samples
from formcheck.errors import ModelError
from formcheck.types import Pixels


@pytest.fixture(scope="module")
def pictures() -> list[Pixels]:
    return trial.sample_pictures(samples.find(), 3)


def ticking(step_s: float) -> Callable[[], float]:
    """A clock that moves with every look at it."""
    now = [0.0]

    def look() -> float:
        now[0] += step_s
        return now[0]

    return look


def test_the_pictures_are_small_and_show_somebody(pictures: list[Pixels]):
    assert len(pictures) == 3
    assert all(max(p.shape) <= 640 for p in pictures)


def test_full_where_it_holds_the_pace(pictures: list[Pixels]):
    found = trial.choose(pictures, clock=ticking(0.02))
    assert (found.model, found.fast, found.advice) == ("full", True, "")
    assert found.rate == pytest.approx(trial.SHARE / 0.02)
    assert found.note == "Pose model: full, 42 pictures a second"


def test_a_slow_machine_is_told_what_would_help(pictures: list[Pixels], monkeypatch: pytest.MonkeyPatch):
    from formcheck.pose import models

    real = models.check
    monkeypatch.setattr(models, "check", lambda name: real(name) if name != "lite" else _missing(real(name)))
    found = trial.choose(pictures, clock=ticking(0.1))
    assert (found.model, found.fast, found.advice) == ("full", False, "lite")


def _missing(state: object) -> object:
    import dataclasses

    return dataclasses.replace(state, ok=False, path=None)  # type: ignore[type-var]


def test_a_trial_is_short(pictures: list[Pixels]):
    looks = 0
    clock = ticking(0.1)

    def counted() -> float:
        nonlocal looks
        looks += 1
        return clock()

    from formcheck.pose import models

    trial.measure(models.find("full"), pictures, counted)
    assert looks <= 3 * trial.LEAST + 2


def test_without_a_picture():
    from formcheck.pose import models

    with pytest.raises(ModelError, match="no picture to try"):
        trial.measure(models.find("full"), [])
