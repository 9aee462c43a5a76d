"""Momentum, dropped return, rebound and short range: what is calm stays unmarked, what is swung does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.engine import control
from formcheck.engine.counter import Span
from formcheck.engine.own import Missing
from formcheck.engine.phases import cut
from formcheck.exercises import find
from formcheck.features.body import Window
from formcheck.landmarks import COUNT, INDEX
from formcheck.smooth.lowpass import zero_phase
from formcheck.spec import Exercise
from formcheck.types import Floats, Severity, Verdict

from ...skeleton import Move, curve, script, share_between

RAISE, SQUAT = find("side_leg_raise"), find("squat")
SIZE, WAY_PX = 35.0, 140.0
OK, MILD, SEVERE, UNKNOWN = Severity.OK, Severity.MILD, Severity.SEVERE, Severity.UNKNOWN
#: Of the whole time of a lift, this lies between 10 and 90 %.
BETWEEN = share_between("minjerk")


def filmed(t: Floats, share: Floats, noise_px: float, seed: int) -> Window:
    """Somebody whose legs rise together by `WAY_PX` while the trunk stays: all that control looks at."""
    rng = np.random.default_rng(seed)
    xy = np.tile(rng.uniform(100, 500, (COUNT, 2)), (len(t), 1, 1))
    for joint in ("knee", "ankle", "heel", "foot_index"):
        for side in ("left", "right"):
            xy[:, INDEX[f"{side}_{joint}"], 1] -= WAY_PX * share
    xy += rng.normal(0, noise_px, xy.shape) if noise_px else 0.0
    return Window(t, xy, np.ones((len(t), COUNT)), np.zeros((len(t), COUNT, 3)))


def judged(
    move: Move,
    *,
    fps: float = 30.0,
    noise_px: float = 0.0,
    profile: str = "minjerk",
    exercise: Exercise = RAISE,
    first: bool = False,
    missing: Missing | None = None,
    n: int = 3,
    drop: tuple[float, float] | None = None,
    seed: int = 0,
    mixed: bool = False,
) -> dict[str, Verdict]:
    """The verdicts on the middle one of `n` equal reps, after the exercise's own filter."""
    done = script([move] * n, lead=1.0)
    t = np.arange(0, done[-1].end + 1.0, 1 / fps)
    if drop:
        t = t[(t < drop[0]) | (t >= drop[1])]
    share = curve(t, done, profile)
    film = filmed(t, share, noise_px, seed)
    d = done[n // 2]
    near = (t >= d.start - 0.7) & (t <= d.end + 0.7)
    hz = exercise.reps.smooth_hz
    t, y = t[near], SIZE * zero_phase(t, share, hz)[near]
    phases = cut(t, y, Span(d.start, d.turn, d.end, 0.0, SIZE, True, True, True))
    window = Window(t, zero_phase(film.t, film.xy, hz)[near], film.visibility[near], film.world[near])
    found = control.judge(
        exercise,
        window,
        phases,
        mixed=np.full(len(t), mixed),
        missing=missing or Missing(*(100 * (1 - move.amp),) * 2, spread=0.0),
        first=first,
        since_last_s=move.rest,
    )
    return {v.fault: v for v in found}


def lasting(seconds: float, exercise: Exercise = RAISE) -> float:
    """The whole time of a way that the landmarks read as so many joint seconds from 10 to 90 %."""
    return seconds * exercise.reps.reading.pace / BETWEEN


class TestMomentum:
    @pytest.mark.parametrize("fps", [15, 20, 24, 30, 60])
    @pytest.mark.parametrize("profile", ["cosine", "minjerk"])
    @pytest.mark.parametrize("noise_px", [0.0, 2.0])
    def test_two_one_two_is_calm(self, fps: float, profile: str, noise_px: float) -> None:
        """At every frame rate, with the jitter that is left in a good picture."""
        for seed in range(3):
            found = judged(Move(2, 1, 2, 0.8), fps=fps, profile=profile, noise_px=noise_px, seed=seed)
            assert found["momentum"].verdict is OK
            assert found["dropped_return"].verdict is OK

    @pytest.mark.parametrize("fps", [15, 24, 30, 60])
    @pytest.mark.parametrize("profile", ["cosine", "minjerk"])
    def test_half_a_second_up_is_swung(self, fps: float, profile: str) -> None:
        found = judged(Move(0.5, 0.0, 0.5, 0.4), fps=fps, profile=profile)
        assert found["momentum"].verdict in (MILD, SEVERE)
        assert found["dropped_return"].verdict in (MILD, SEVERE)
        assert found["momentum"].from_s < found["momentum"].until_s

    @pytest.mark.parametrize(("seconds", "level"), [(0.75, OK), (0.5, MILD), (0.33, SEVERE)])
    @pytest.mark.parametrize("fps", [15, 30, 60])
    def test_by_its_time(self, seconds: float, level: Severity, fps: float) -> None:
        """Limits: 0.60 and 0.40 s of the joint, up and without a stay."""
        assert judged(Move(lasting(seconds), 0.0, lasting(0.9), 1.0), fps=fps)["momentum"].verdict is level

    def test_is_graver_the_faster(self) -> None:
        sizes = [judged(Move(up, 0.0, up, 0.4))["momentum"].value for up in (2.0, 1.4, 1.0, 0.8, 0.6, 0.45)]
        assert sizes == sorted(sizes)

    def test_a_fast_lift_that_is_held_and_lowered_slowly_is_not_swung_out(self) -> None:
        assert judged(Move(0.7, 2.0, 2.0))["momentum"].verdict is OK

    def test_is_not_judged_under_load(self) -> None:
        assert "momentum" not in judged(Move(), exercise=SQUAT)

    def test_needs_enough_frames(self) -> None:
        found = judged(Move(), fps=8)
        assert found["momentum"].verdict is UNKNOWN
        assert "frames a second" in found["momentum"].reason
        assert found["dropped_return"].verdict is UNKNOWN

    def test_a_gap_in_the_lift_hides_its_speed_alone(self) -> None:
        move = Move(2, 0.5, 2, 1.0)
        middle = script([move] * 3)[1]
        found = judged(move, drop=(middle.start + 0.8, middle.start + 1.1))
        assert found["momentum"].verdict is UNKNOWN
        assert found["momentum"].reason
        assert found["dropped_return"].verdict is OK

    def test_a_rough_way_is_never_called(self) -> None:
        """Landmarks that jump about look fast; what was not seen well is not held against anybody."""
        for seed in range(10):
            found = judged(Move(1.4, 0.5, 1.4, 0.4), noise_px=30.0, seed=seed)
            assert found["momentum"].verdict not in (MILD, SEVERE)
            assert found["dropped_return"].verdict not in (MILD, SEVERE)

    def test_legs_that_were_mixed_up_hide_bouncing(self) -> None:
        found = judged(Move(0.5, 0.0, 0.5, 0.1), mixed=True)
        assert found["rebound"].verdict is UNKNOWN
        assert "mixed up" in found["rebound"].reason


class TestDroppedReturn:
    @pytest.mark.parametrize("fps", [15, 30, 60])
    @pytest.mark.parametrize(("seconds", "level"), [(2.0, OK), (0.8, OK), (0.45, MILD), (0.27, SEVERE)])
    def test_by_its_time(self, seconds: float, level: Severity, fps: float) -> None:
        """Limits: 0.60 and 0.35 s of the joint."""
        assert judged(Move(1.5, 0.5, lasting(seconds), 1.0), fps=fps)["dropped_return"].verdict is level

    def test_near_the_limit_it_is_not_known(self) -> None:
        """What the landmarks read is off by some percent: neither called nor cleared."""
        assert judged(Move(1.5, 0.5, lasting(0.535), 1.0), fps=60)["dropped_return"].verdict is UNKNOWN

    @pytest.mark.parametrize(("down", "level"), [(0.8, OK), (0.47, MILD), (0.27, SEVERE)])
    def test_lowering_is_the_first_half_of_a_squat(self, down: float, level: Severity) -> None:
        move = Move(lasting(down, SQUAT), 0.5, 1.5, 1.0)
        assert judged(move, fps=60, exercise=SQUAT)["dropped_return"].verdict is level
        calm = judged(Move(2.0, 0.5, 0.6, 1.0), fps=60, exercise=SQUAT)
        assert calm["dropped_return"].verdict is OK, "standing up fast is no fault"

    def test_a_movement_that_reads_worse_needs_more(self) -> None:
        reading = replace(RAISE.reps.reading, pace_error=0.3)
        vague = replace(RAISE, reps=replace(RAISE.reps, reading=reading))
        move = Move(1.5, 0.5, lasting(0.37), 1.0)
        assert judged(move)["dropped_return"].verdict is MILD
        assert judged(move, exercise=vague)["dropped_return"].verdict is UNKNOWN


class TestRebound:
    def test_bouncing_out_of_the_bottom(self) -> None:
        quick = Move(0.35, 0.3, 0.35, 0.0)
        assert judged(quick, fps=60, profile="cosine")["rebound"].verdict in (MILD, SEVERE)
        assert judged(replace(quick, rest=0.6), fps=60)["rebound"].verdict is OK

    def test_slow_reps_without_a_rest_do_not_bounce(self) -> None:
        assert judged(Move(2, 0.5, 2, 0.0))["rebound"].verdict is OK

    def test_the_first_rep_has_nothing_to_bounce_from(self) -> None:
        found = judged(Move(0.35, 0.3, 0.35, 0.0), first=True)
        assert found["rebound"].verdict is UNKNOWN
        assert found["rebound"].reason

    def test_a_squat_bounces_at_its_turn(self) -> None:
        calm = judged(Move(1.2, 0.3, 1.2, 0.8), exercise=SQUAT, fps=60)["rebound"]
        bounced = judged(Move(0.3, 0.0, 0.3, 0.8), exercise=SQUAT, fps=60)["rebound"]
        assert calm.verdict is OK
        assert bounced.verdict in (MILD, SEVERE)


class TestShortRange:
    @pytest.mark.parametrize(
        ("share", "level"),
        [(1.2, OK), (1.0, OK), (0.85, OK), (0.8, UNKNOWN), (0.74, MILD), (0.66, MILD), (0.6, SEVERE)],
    )
    def test_against_the_persons_own(self, share: float, level: Severity) -> None:
        """20 and 35 % are missing; within the reading's error of the first limit nothing is said."""
        assert judged(Move(amp=share))["short_rom"].verdict is level

    def test_is_unknown_until_two_reps_are_known(self) -> None:
        v = judged(Move(), missing=Missing())["short_rom"]
        assert v.verdict is UNKNOWN
        assert v.reason

    def test_is_not_called_where_the_joints_went_as_far_as_ever(self) -> None:
        v = judged(Move(), missing=Missing(40.0, 5.0, 0.0))["short_rom"]
        assert v.verdict is UNKNOWN
        assert v.reason
        assert judged(Move(), missing=Missing(40.0, 35.0, 0.0))["short_rom"].verdict is SEVERE
        assert judged(Move(), missing=Missing(5.0, 35.0, 0.0))["short_rom"].verdict is OK

    @pytest.mark.parametrize(("spread", "level"), [(2.0, SEVERE), (12.0, SEVERE), (25.0, UNKNOWN)])
    def test_is_not_called_where_the_persons_reps_lie_as_far_apart(
        self, spread: float, level: Severity
    ) -> None:
        v = judged(Move(), missing=Missing(40.0, 35.0, spread))["short_rom"]
        assert v.verdict is level
        assert v.reason or level is SEVERE


def test_every_verdict_is_complete() -> None:
    for exercise in (RAISE, SQUAT):
        found = judged(Move(), exercise=exercise)
        known = {c.id: c for c in control.ALL}
        assert set(found) <= set(known)
        for v in found.values():
            assert v.unit == known[v.fault].unit
            assert np.isfinite(v.limit)
            assert (v.verdict is UNKNOWN) == bool(v.reason)
            assert np.isnan(v.value) == (v.verdict is UNKNOWN)
