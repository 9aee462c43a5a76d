"""What the recogniser learns from besides the films: the same movement, seen and done differently."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.features.body import axes
from formcheck.geometry import Floats
from formcheck.landmarks import LEFT, RIGHT
from formcheck.types import Recording
from tests.bench import jitter
from tests.bench.jitter import jittered, planted

from ...skeleton import Move, perform


@pytest.fixture
def recording() -> Recording:
    return perform("squat", [Move()] * 2, fps=24).recording


def spoilt(monkeypatch: pytest.MonkeyPatch, **chances: float) -> None:
    """Only these mistakes, each with its chance, and no noise."""
    for name in ("LEG", "FEET", "BACK", "ARMS", "GONE", "HELD", "MOVED"):
        monkeypatch.setattr(jitter, name, chances.get(name, 0.0))
    monkeypatch.setattr(jitter, "BUILD", (1.0, 1.0))
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


def lengths(points: Floats, *bones: tuple[int, int]) -> Floats:
    return np.stack([np.linalg.norm(points[:, a] - points[:, b], axis=-1) for a, b in bones], axis=1)


def test_another_body_stands_where_it_stood(recording: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    """Longer or shorter bones, alike on both sides; the feet stay on the floor and the hips move on."""
    spoilt(monkeypatch)
    monkeypatch.setattr(jitter, "TURN_DEG", (0.0,) * 3)
    monkeypatch.setattr(jitter, "DEPTH", (1.0, 1.0))
    monkeypatch.setattr(jitter, "BUILD", (0.8, 0.9))
    made, _ = jittered(recording, np.random.default_rng(2))
    left, right = (((s["hip"], s["knee"]), (s["knee"], s["ankle"])) for s in (LEFT, RIGHT))
    shares = lengths(made.world, *left, *right) / lengths(recording.world, *left, *right)
    assert ((shares > 0.79) & (shares < 0.91)).all()
    assert shares[:, :2] == pytest.approx(shares[:, 2:])
    assert np.ptp(shares, axis=0) == pytest.approx(0.0, abs=1e-6)

    def way(one: Recording, joint: str) -> float:
        return float(np.ptp(one.image[:, LEFT[joint], 1]))

    assert way(made, "ankle") == pytest.approx(way(recording, "ankle"), abs=3.0)
    assert 0.7 < way(made, "hip") / way(recording, "hip") < 0.97


def test_idle_arms_are_held_otherwise(recording: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bones, still about the trunk, with the hands somewhere else; nothing else has moved."""
    spoilt(monkeypatch, HELD=1.0)
    monkeypatch.setattr(jitter, "TURN_DEG", (0.0,) * 3)
    monkeypatch.setattr(jitter, "DEPTH", (1.0, 1.0))
    made, _ = jittered(recording, np.random.default_rng(5))
    bones = [(s[a], s[b]) for s in (LEFT, RIGHT) for a, b in (("shoulder", "elbow"), ("elbow", "wrist"))]
    assert lengths(made.world, *bones) == pytest.approx(lengths(recording.world, *bones))
    assert np.abs(made.world - recording.world)[:, [LEFT["knee"], LEFT["shoulder"]]].max() < 1e-9
    assert np.abs(made.world - recording.world)[:, [LEFT["wrist"], RIGHT["wrist"]]].max(-1).min() > 0.05

    def about_the_trunk(one: Recording) -> Floats:
        reach = one.world[:, LEFT["wrist"]] - one.world[:, LEFT["shoulder"]]
        return np.asarray(np.einsum("tij,tj->ti", axes(one.world), reach))

    assert (
        np.std(about_the_trunk(made), axis=0).max() < np.std(about_the_trunk(recording), axis=0).max() + 0.05
    )


def test_arms_at_work_are_left(recording: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    spoilt(monkeypatch, HELD=1.0)
    monkeypatch.setattr(jitter, "IDLE", 0.0)
    made, _ = jittered(recording, np.random.default_rng(5))
    spoilt(monkeypatch)
    plain, _ = jittered(recording, np.random.default_rng(5))
    wrist = LEFT["wrist"]
    assert (
        np.abs(lengths(made.world, (wrist, LEFT["hip"])) - lengths(plain.world, (wrist, LEFT["hip"]))).max()
        < 0.2
    )


def test_a_camera_that_moves_keeps_the_world(recording: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    """The person grows or shrinks in the picture by at most what a zoom may be."""
    spoilt(monkeypatch)
    plain, _ = jittered(recording, np.random.default_rng(6))
    spoilt(monkeypatch, MOVED=1.0)
    made, _ = jittered(recording, np.random.default_rng(6))
    assert np.array_equal(made.world, plain.world)
    thigh = (LEFT["hip"], LEFT["knee"])
    grown = lengths(made.image[..., :2], thigh) / lengths(plain.image[..., :2], thigh)
    assert grown[0] == pytest.approx(1.0)
    assert 0.01 < np.abs(np.log(grown)).max() < 3 * jitter.ZOOM
    assert np.abs(np.diff(np.log(grown), axis=0)).max() < 0.05


def stepping(recording: Recording, reps: list[tuple[float, float, float]]) -> Recording:
    """The left foot is put forward in the first half of the way down, and taken back on the way up."""
    world, t = recording.world.copy(), recording.t
    for start, turn, end in reps:
        out = np.clip((t - start) / (0.5 * (turn - start)), 0, 1) * np.clip(
            (end - t) / (0.5 * (end - turn)), 0, 1
        )
        for joint in ("ankle", "heel", "foot_index"):
            world[:, LEFT[joint], 0] += 0.6 * out
    return Recording(t, recording.image, world, recording.size)


def test_planted_feet_stay_where_they_are() -> None:
    take = perform("squat", [Move()] * 3, fps=24)
    reps = [(move.start, move.turn, move.end) for move in take.done]
    walked = stepping(take.recording, reps)
    made = planted(walked, [rep[:2] for rep in reps], np.random.default_rng(0))
    assert made is not None
    assert np.diff(made.t) == pytest.approx(1 / jitter.RATE_HZ)
    assert made.t[-1] >= jitter.SET_S - 1

    def gap(one: Recording) -> Floats:
        return np.asarray(one.world[:, LEFT["ankle"], 0] - one.world[:, RIGHT["ankle"], 0])

    assert np.ptp(gap(walked)) > 0.5
    assert np.ptp(gap(made)) < 2 * jitter.NEAR_M
    # It still goes down and comes up, again and again.
    hips = made.image[:, LEFT["hip"], 1] - made.image[:, LEFT["shoulder"], 1]
    knees = made.image[:, LEFT["knee"], 1] - made.image[:, LEFT["hip"], 1]
    assert np.ptp(knees) > 0.2 * np.median(hips)
    middle = (knees.max() + knees.min()) / 2
    assert (np.diff(np.sign(knees - middle)) != 0).sum() >= 6


def test_without_a_landing_nothing_is_planted(recording: Recording) -> None:
    assert planted(recording, [(0.0, 0.05)], np.random.default_rng(0)) is None
