"""Walking and running: bodies that do what their truth says, and figures that find it out from them."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from formcheck.features.gait import (
    FEW,
    IN_ALL,
    NO_RHYTHM,
    NOT_ENDS,
    NOT_SIDE,
    QUICK,
    SLOW,
    UNREADABLE,
    UPRIGHTER,
    Gait,
    measure,
)
from formcheck.landmarks import LEFT, MIRROR, RIGHT
from formcheck.types import Recording, Side
from samples.studio.body import Body
from samples.studio.camera import Camera
from samples.studio.life.floor import lowest
from samples.studio.life.gait import GAITS, Going, go, told
from samples.studio.life.track import Track
from samples.studio.rotation import X, Z
from samples.studio.skeleton import landmarks

SEED = 5
ON_THE_SPOT = sorted(kind for kind in GAITS if kind.endswith("treadmill"))


@cache
def body() -> Body:
    return Body.load("man_average")


@cache
def track(kind: str, seconds: float = 10.0, seed: int = SEED) -> Track:
    return go(body(), seconds, Going.draw(kind, np.random.default_rng(seed)))


@cache
def truth(kind: str, seed: int = SEED) -> dict[str, Any]:
    return told(kind, body(), 10.0, seed)


def filmed(
    track: Track, azimuth: float, fps: float = 30.0, *, roll: float = 0.0, noise: float = 0.0
) -> Recording:
    """What a perfect pose model would see; `noise` is a share of a torso."""
    camera = Camera.around(Z, X, (0, 0.9, 0), azimuth, 6.0, 4.0, roll_deg=roll)
    t = np.arange(0, track.duration_s, 1 / fps)
    points = landmarks(track.body, track.at(t))
    px, seen = camera.project(points), camera.to_camera(points)
    hips = (seen[:, [LEFT["hip"]]] + seen[:, [RIGHT["hip"]]]) / 2
    random = np.random.default_rng(1)
    px = px + random.normal(0, noise * 80, px.shape)
    world = (seen - hips) * [1, -1, -1] + random.normal(0, noise * 0.5, points.shape)
    rest = np.stack([np.zeros(px.shape[:2]), np.full(px.shape[:2], 0.95)], -1)
    return Recording(t, np.concatenate([px, rest], -1), world, camera.size)


@cache
def found(kind: str, azimuth: float, fps: float = 30.0, noise: float = 0.0) -> Gait:
    return measure(filmed(track(kind), azimuth, fps, noise=noise))


def _rest_of(recording: Recording) -> tuple[Any, ...]:
    return recording.image, recording.world, recording.size


def value(gait: Gait, name: str) -> float:
    return gait.figure(name).value


class TestBodies:
    @pytest.mark.parametrize("kind", sorted(GAITS))
    def test_feet_are_on_the_ground_or_on_their_way(self, kind: str):
        one = track(kind, 4.0)
        height = lowest(one.body, one.posed)
        assert height.min() > -0.02
        assert height.max() < (0.09 if kind.startswith("running") else 0.01)
        speed = np.linalg.norm(np.diff(one.posed.position, axis=0), axis=-1) * 50
        assert speed.max() < 10.0  # a runner's foot: 2.5 times as fast as the runner

    @pytest.mark.parametrize("kind", ["walking_through", "running_through"])
    def test_standing_feet_stay_where_they_are(self, kind: str):
        one, going = track(kind, 4.0), Going.draw(kind, np.random.default_rng(SEED))
        for side in "lr":
            phase = going.phase(one.times, side)
            standing = (phase > 0.03) & (phase < 0.9 * going.way.stance)
            place = one.posed.position[:, one.body.index[f"ball_{side}"], 2]
            slides = np.abs(np.gradient(place, one.times))[standing]
            assert np.quantile(slides, 0.95) < 0.2

    @pytest.mark.parametrize("kind", sorted(GAITS))
    def test_the_truth_is_what_the_skeleton_does(self, kind: str):
        known, way = truth(kind), Going.draw(kind, np.random.default_rng(SEED)).way
        assert known["running"] is kind.startswith("running")
        assert known["cadence_per_min"] == pytest.approx(way.cadence, abs=0.01)
        assert known["pelvic_drop_deg"] == pytest.approx(way.drop, abs=0.7)
        steps = known["steps"]
        assert all(a["side"] != b["side"] for a, b in pairwise(steps))
        gaps = np.diff([s["t_s"] for s in steps])
        assert 60 / gaps[: 2 * (len(gaps) // 2)].mean() == pytest.approx(way.cadence, rel=0.01)

    def test_a_runner_flies_and_a_walker_does_not(self):
        for kind in ON_THE_SPOT:
            going = Going.draw(kind, np.random.default_rng(SEED))
            t = np.linspace(0, going.way.stride_s, 400)
            standing = sum((going.phase(t, side) < going.way.stance).astype(int) for side in "lr")
            assert bool(standing.min() == 0) is kind.startswith("running")
            assert bool(standing.max() == 2) is kind.startswith("walking")


class TestSteps:
    @pytest.mark.parametrize("azimuth", [0, 45, 90, 140, 180, -90])
    @pytest.mark.parametrize("kind", ON_THE_SPOT)
    def test_are_found_from_all_around(self, kind: str, azimuth: float):
        gait, known = found(kind, azimuth, noise=0.012), truth(kind)["steps"]
        # The recording may begin or end in the middle of one.
        assert abs(len(gait.steps) - len(known)) <= 1
        assert {step.bout for step in gait.steps} == {1}
        assert all(a.side != b.side for a, b in pairwise(gait.steps))
        assert value(gait, "cadence") == pytest.approx(truth(kind)["cadence_per_min"], abs=1.5)

    @pytest.mark.parametrize("azimuth", [70, 90, 110, -90])
    @pytest.mark.parametrize("kind", ON_THE_SPOT)
    def test_from_the_side_they_are_known_by_moment_and_foot(self, kind: str, azimuth: float):
        for step in truth(kind)["steps"][1:-1]:
            nearest = min(found(kind, azimuth, noise=0.012).steps, key=lambda s: abs(s.t - step["t_s"]))
            assert abs(nearest.t - step["t_s"]) < 0.08
            assert nearest.side == step["side"]

    def test_of_legs_that_are_exchanged_when_they_cover_each_other(self):
        """A third of the frames: as bad as it gets from the side."""
        recording = filmed(track("walking_treadmill"), 90.0)
        wrong = np.sin(2 * np.pi * recording.t / 0.9) > 0.6
        image, world = recording.image.copy(), recording.world.copy()
        legs = np.arange(25, 33)
        other = np.array(MIRROR)[legs]
        for points in (image, world):
            points[np.ix_(wrong, legs)] = points[np.ix_(wrong, other)]
        gait = measure(Recording(recording.t, image, world, recording.size))
        assert abs(len(gait.steps) - len(truth("walking_treadmill")["steps"])) <= 1
        assert value(gait, "cadence") == pytest.approx(truth("walking_treadmill")["cadence_per_min"], abs=1.5)

    def test_of_somebody_who_stands_there_are_none(self):
        recording = filmed(track("walking_treadmill"), 90.0)
        still = Recording(
            recording.t,
            np.broadcast_to(recording.image[:1], recording.image.shape),
            np.broadcast_to(recording.world[:1], recording.world.shape),
            recording.size,
        )
        gait = measure(still)
        assert gait.steps == ()
        assert value(gait, "steps") == 0
        assert {figure.reason for figure in gait.figures[1:]} == {FEW, UNREADABLE}

    @pytest.mark.parametrize("frames", [0, 1, 5])
    def test_of_next_to_nothing_there_are_none(self, frames: int):
        recording = filmed(track("walking_treadmill"), 90.0)
        cut = Recording(
            recording.t[:frames], recording.image[:frames], recording.world[:frames], recording.size
        )
        assert measure(cut).steps == ()

    def test_without_a_rhythm_nothing_is_told(self):
        """Times as they might be where the feet are guessed: a third of the steps takes half as long."""
        recording = filmed(track("walking_treadmill"), 180.0)
        step_s = 60 / truth("walking_treadmill")["cadence_per_min"]
        warped = recording.t + 0.35 * step_s * np.sin(recording.t / (0.9 * step_s))
        odd = Recording(np.maximum.accumulate(warped) + 1e-4 * np.arange(len(warped)), *_rest_of(recording))
        gait = measure(odd)
        assert gait.steps == ()
        assert gait.figure("steps").reason == gait.figure("cadence").reason == NO_RHYTHM

    def test_a_pause_parts_them(self):
        recording = filmed(track("walking_treadmill"), 90.0)
        image, world = recording.image.copy(), recording.world.copy()
        hidden = (recording.t > 4) & (recording.t < 6)
        image[hidden], world[hidden] = np.nan, np.nan
        gait = measure(Recording(recording.t, image, world, recording.size))
        assert {step.bout for step in gait.steps} == {1, 2}
        assert not any(4 < step.t < 6 for step in gait.steps)
        assert value(gait, "cadence") == pytest.approx(truth("walking_treadmill")["cadence_per_min"], abs=1.5)


class TestFigures:
    @pytest.mark.parametrize("seed", range(4))
    @pytest.mark.parametrize("kind", ON_THE_SPOT)
    def test_from_the_side(self, kind: str, seed: int):
        known, gait = truth(kind, seed), measure(filmed(track(kind, seed=seed), 90.0, 60.0, noise=0.012))
        assert value(gait, "asymmetry") == pytest.approx(known["asymmetry_pct"], abs=2.5)
        if known["asymmetry_pct"] > 5:
            assert known["longer"] in gait.figure("asymmetry").note
        # Perspective makes a degree or two.
        assert value(gait, "trunk_lean") - UPRIGHTER == pytest.approx(known["trunk_lean_deg"], abs=2)
        if known["running"]:
            assert gait.figure("overstride").reason == QUICK
        else:
            assert value(gait, "overstride") == pytest.approx(known["shin_deg"], abs=5)
        assert gait.figure("lateral_lean").reason == NOT_ENDS

    @pytest.mark.parametrize("roll", [-4.0, 0.0, 4.0])
    @pytest.mark.parametrize("azimuth", [0.0, 180.0])
    @pytest.mark.parametrize("kind", ON_THE_SPOT)
    def test_the_trunk_from_behind_and_in_front_whatever_the_camera_s_tilt(
        self, kind: str, azimuth: float, roll: float
    ):
        gait = measure(filmed(track(kind), azimuth, roll=roll, noise=0.008))
        level = measure(filmed(track(kind), azimuth))
        assert 0.5 < value(level, "lateral_lean") < 8
        assert value(gait, "lateral_lean") == pytest.approx(value(level, "lateral_lean"), abs=0.5)
        assert {gait.figure(name).reason for name in ("overstride", "asymmetry", "trunk_lean")} == {NOT_SIDE}

    def test_the_pelvis_is_never_told(self):
        """The pose model's hips stay level: 6° read 3, 2° 4, 8° 2, at other moments than they happen."""
        for azimuth in (0.0, 90.0, 180.0):
            assert found("walking_treadmill", azimuth).figure("pelvic_drop").reason == UNREADABLE

    def test_walking_backwards_the_shin_says_nothing(self):
        """Filmed backwards: the same steps, and the foot that is ahead leaves the floor."""
        one = filmed(track("walking_through", 4.0), 90.0)
        back = Recording(one.t, one.image[::-1], one.world[::-1], one.size)
        there, gait = measure(one), measure(back)
        assert abs(len(gait.steps) - len(there.steps)) <= 1
        assert value(gait, "cadence") == pytest.approx(value(there, "cadence"), abs=3)
        assert not np.isfinite(value(gait, "overstride"))

    def test_there_and_back_a_camera_s_tilt_does_not_matter(self):
        one = track("walking_through", 4.0)
        there, back = (filmed(one, azimuth, roll=4.0) for azimuth in (90.0, -90.0))
        both = Recording(
            np.concatenate([there.t, there.t[-1] + 2 + back.t]),
            np.concatenate([there.image, back.image]),
            np.concatenate([there.world, back.world]),
            there.size,
        )
        lean = told("walking_through", body(), 4.0, SEED)["trunk_lean_deg"]
        assert value(measure(both), "trunk_lean") - UPRIGHTER == pytest.approx(lean, abs=1)
        if len(measure(there).steps) >= IN_ALL:
            assert abs(value(measure(there), "trunk_lean") - UPRIGHTER - lean) > 2
            assert "tilt" in measure(there).figure("trunk_lean").note

    def test_few_frames_a_second_say_nothing_about_moments(self):
        gait = found("walking_treadmill", 90.0, fps=15.0)
        assert value(gait, "cadence") == pytest.approx(truth("walking_treadmill")["cadence_per_min"], abs=2)
        assert gait.figure("asymmetry").reason == gait.figure("overstride").reason == SLOW

    def test_few_steps_say_nothing_about_feet(self):
        short = go(body(), 3.2, Going.draw("walking_treadmill", np.random.default_rng(SEED)))
        gait = measure(filmed(short, 90.0))
        assert len(gait.steps) >= 4
        assert gait.figure("asymmetry").reason == FEW
        assert np.isfinite(value(gait, "cadence"))

    def test_each_is_there_once_with_a_value_or_a_reason(self):
        for azimuth in (0.0, 45.0, 90.0):
            figures = found("walking_treadmill", azimuth).figures
            assert len({figure.id for figure in figures}) == len(figures) == 7
            assert all(np.isfinite(figure.value) != bool(figure.reason) for figure in figures)

    def test_sides_are_people_s_own(self):
        assert {step.side for step in found("walking_treadmill", 90.0).steps} == {Side.LEFT, Side.RIGHT}
