"""Momentum, dropped return, rebound and short range: what is calm stays unmarked, what is swung does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.engine import control
from formcheck.engine.counter import Span
from formcheck.engine.phases import cut
from formcheck.exercises import find
from formcheck.smooth.lowpass import zero_phase
from formcheck.spec import Exercise
from formcheck.types import Severity, Verdict

from ...skeleton import Move, curve, script, share_between

RAISE, SQUAT = find("side_leg_raise"), find("squat")
SIZE = 35.0
OK, MILD, SEVERE, UNKNOWN = Severity.OK, Severity.MILD, Severity.SEVERE, Severity.UNKNOWN


def judged(
    move: Move,
    *,
    fps: float = 30.0,
    noise: float = 0.0,
    profile: str = "cosine",
    exercise: Exercise = RAISE,
    first: bool = False,
    reference: float = SIZE,
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
    y = (
        SIZE * curve(t, done, profile) + np.random.default_rng(seed).normal(0, noise, len(t))
        if noise
        else (SIZE * curve(t, done, profile))
    )
    d = done[n // 2]
    window = (t >= d.start - 0.7) & (t <= d.end + 0.7)
    t, y = t[window], zero_phase(t, y, exercise.reps.smooth_hz)[window]
    phases = cut(t, y, Span(d.start, d.turn, d.end, 0.0, SIZE, True, True, True))
    found = control.judge(
        exercise,
        t,
        phases,
        mixed=np.full(len(t), mixed),
        rise=SIZE * move.amp,
        reference=reference,
        first=first,
        since_last_s=move.rest,
    )
    return {v.fault: v for v in found}


class TestMomentum:
    @pytest.mark.parametrize("fps", [15, 20, 24, 30, 60])
    @pytest.mark.parametrize("profile", ["cosine", "minjerk"])
    @pytest.mark.parametrize("noise", [0.0, 0.7])
    def test_two_one_two_is_calm(self, fps: float, profile: str, noise: float) -> None:
        """At every frame rate, with the jitter that is left in a good picture."""
        for seed in range(3):
            found = judged(Move(2, 1, 2, 0.8), fps=fps, profile=profile, noise=noise, seed=seed)
            assert found["momentum"].verdict is OK
            assert found["dropped_return"].verdict is OK

    @pytest.mark.parametrize("fps", [15, 24, 30, 60])
    @pytest.mark.parametrize("profile", ["cosine", "minjerk"])
    def test_a_third_of_a_second_up_is_swung(self, fps: float, profile: str) -> None:
        found = judged(Move(0.35, 0.0, 0.35, 0.1), fps=fps, profile=profile)
        assert found["momentum"].verdict in (MILD, SEVERE)
        assert found["dropped_return"].verdict in (MILD, SEVERE)
        assert found["momentum"].from_s < found["momentum"].until_s

    def test_is_graver_the_faster(self) -> None:
        order = [OK, MILD, SEVERE]
        levels = [
            order.index(judged(Move(up, 0.0, up, 0.2))["momentum"].verdict)
            for up in (2.0, 1.4, 1.0, 0.6, 0.4, 0.3)
        ]
        assert levels == sorted(levels)
        assert levels[0] == 0
        assert levels[-1] >= 1

    def test_a_fast_lift_that_is_held_and_lowered_slowly_is_not_swung_out(self) -> None:
        """Only one of the signs is there: time."""
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

    def test_legs_that_were_mixed_up_hide_every_speed(self) -> None:
        found = judged(Move(0.35, 0.0, 0.35, 0.1), mixed=True)
        for fault in ("momentum", "dropped_return", "rebound"):
            assert found[fault].verdict is UNKNOWN
            assert "mixed up" in found[fault].reason


class TestDroppedReturn:
    @pytest.mark.parametrize("fps", [15, 30, 60])
    @pytest.mark.parametrize(("between", "level"), [(-6.0, OK), (-0.7, OK), (0.5, MILD), (1.6, SEVERE)])
    def test_by_its_time(self, between: float, level: Severity, fps: float) -> None:
        """At 0 the mild limit, at 1 the severe one; 90 to 10 % take 0.59 of the whole way."""
        mild, severe = RAISE.reps.lowering_s
        down = (mild + between * (severe - mild)) / share_between()
        assert judged(Move(1.5, 0.5, down, 1.0), fps=fps)["dropped_return"].verdict is level

    @pytest.mark.parametrize(("down", "level"), [(2.0, OK), (0.6, MILD), (0.3, SEVERE)])
    def test_lowering_is_the_first_half_of_a_squat(self, down: float, level: Severity) -> None:
        found = judged(Move(down, 0.5, 1.5, 1.0), fps=60, exercise=SQUAT)
        assert found["dropped_return"].verdict is level
        calm = judged(Move(2.0, 0.5, 0.4, 1.0), fps=60, exercise=SQUAT)
        assert calm["dropped_return"].verdict is OK, "standing up fast is no fault"

    def test_limits_are_the_exercises_own(self) -> None:
        lenient = replace(RAISE, reps=replace(RAISE.reps, lowering_s=(0.2, 0.1)))
        assert judged(Move(1.5, 0.5, 0.5, 1.0))["dropped_return"].verdict is not OK
        assert judged(Move(1.5, 0.5, 0.5, 1.0), exercise=lenient)["dropped_return"].verdict is OK


class TestRebound:
    def test_bouncing_out_of_the_bottom(self) -> None:
        quick = Move(0.35, 0.3, 0.35, 0.0)
        assert judged(quick, fps=60)["rebound"].verdict in (MILD, SEVERE)
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
        [(1.2, OK), (1.0, OK), (0.81, OK), (0.79, MILD), (0.66, MILD), (0.64, SEVERE), (0.5, SEVERE)],
    )
    def test_against_the_persons_own(self, share: float, level: Severity) -> None:
        assert judged(Move(amp=share))["short_rom"].verdict is level

    def test_is_unknown_until_two_reps_are_known(self) -> None:
        v = judged(Move(), reference=float("nan"))["short_rom"]
        assert v.verdict is UNKNOWN
        assert v.reason


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
