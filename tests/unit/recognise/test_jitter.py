"""What the recogniser learns from besides the films: the same movement, seen and done differently."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.landmarks import LEFT
from formcheck.types import Recording
from tests.bench import jitter
from tests.bench.jitter import jittered

from ...skeleton import Move, perform


@pytest.fixture
def recording() -> Recording:
    return perform("squat", [Move()] * 2, fps=24).recording


def spoilt(monkeypatch: pytest.MonkeyPatch, **chances: float) -> None:
    """Only these mistakes, each with its chance, and no noise."""
    for name in ("LEG", "BACK", "ARMS", "GONE"):
        monkeypatch.setattr(jitter, name, chances.get(name, 0.0))
    monkeypatch.setattr(jitter, "BIAS_M", 0.0)
    monkeypatch.setattr(jitter, "NOISE_M", 0.0)


def test_another_camera_keeps_the_body(recording: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    """Turned and slower or faster, but with the same bones and bends."""
    spoilt(monkeypatch)
    monkeypatch.setattr(jitter, "DEPTH", (1.0, 1.0))
    made, pace = jittered(recording, np.random.default_rng(1))
    assert made.t == pytest.approx(recording.t * pace)
    assert jitter.PACE[0] <= pace <= jitter.PACE[1]
    assert np.abs(made.world - recording.world).max() > 0.02

    def shin(world: np.ndarray) -> np.ndarray:
        return np.linalg.norm(world[:, LEFT["knee"]] - world[:, LEFT["ankle"]], axis=-1)

    assert shin(made.world) == pytest.approx(shin(recording.world))


def test_chance_is_repeatable(recording: Recording) -> None:
    one, two, other = (jittered(recording, np.random.default_rng(seed))[0] for seed in (3, 3, 4))
    assert np.array_equal(one.image, two.image, equal_nan=True)
    assert not np.array_equal(one.image, other.image, equal_nan=True)


def test_nobody_for_moments(recording: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    spoilt(monkeypatch, GONE=1.0)
    made, _ = jittered(recording, np.random.default_rng(0))
    gone = np.isnan(made.image[..., 0]).all(1)
    assert 0 < gone.mean() < 0.7
    assert np.isfinite(recording.image).all()


def test_a_leg_is_guessed_for_moments(recording: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    """One ankle goes astray in some frames; trunk and arms are where they were."""
    spoilt(monkeypatch)
    plain, _ = jittered(recording, np.random.default_rng(5))
    spoilt(monkeypatch, LEG=1.0)
    made, _ = jittered(recording, np.random.default_rng(5))
    off = np.linalg.norm(made.world - plain.world, axis=-1)
    assert off[:, [LEFT["shoulder"], LEFT["wrist"]]].max() < 1e-9
    ankles = off[:, 27:29]
    assert (ankles.max(0) > 0.05).sum() == 1
    assert 0 < (ankles.max(1) > 0).mean() < 0.9
