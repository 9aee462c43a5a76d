"""Which exercise it is: numbers that hang on nothing else, sums that add up, cuts where they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.app.parts import recognised
from formcheck.exercises import catalogue
from formcheck.recognise import load, now, stretches
from formcheck.recognise.film import COLUMN, COMMON, LEG, RATE_HZ, SPAN_S, Film, film
from formcheck.recognise.looks import LEAST_FRAMES, NAMES, look
from formcheck.recognise.model import MOST_OFF, NONE, Guess, Model, hats, off
from formcheck.recognise.segments import _best_path, _runs, _told_apart
from formcheck.recognise.twins import TWINS, apart, rest
from formcheck.sources.recording import load as recording_of
from formcheck.types import Floats, Recording

from ...skeleton import EXERCISES, Move, mirrored, moved, perform, still

STUDIO = Path(__file__).parents[3] / "samples" / "recordings" / "studio"


def looked(recording: Recording, start_s: float = 1.0) -> Floats:
    reel = film(recording.t, recording.image, recording.world)
    found = look(reel, start_s, start_s + SPAN_S)
    assert found is not None
    return found


@pytest.mark.parametrize("exercise", EXERCISES)
class TestLooks:
    def test_do_not_depend_on_size_place_or_mirror(self, exercise: str) -> None:
        recording = perform(exercise, [Move()] * 3, fps=24).recording
        here = looked(recording)
        assert here.shape == (len(NAMES),)
        for other in (moved(recording, scale=0.4, dx=50, dy=-20), mirrored(recording)):
            assert looked(other) == pytest.approx(here, abs=0.1, rel=0.02, nan_ok=True)

    def test_hardly_depend_on_the_frame_rate(self, exercise: str) -> None:
        fast, slow = (looked(perform(exercise, [Move()] * 3, fps=fps).recording) for fps in (60, 15))
        size = np.maximum(np.abs(fast), 1.0)
        assert np.nanmedian(np.abs(fast - slow) / size) < 0.03

    def test_stillness_has_no_ways(self, exercise: str) -> None:
        found = dict(zip(NAMES, looked(still(exercise, 8).recording), strict=True))
        for name, value in found.items():
            if name.endswith(", change"):
                assert value == pytest.approx(0.0, abs=0.05 if "°" not in name else 1.0), name


def reel_of(seconds: float = SPAN_S, **columns: Floats) -> Film:
    """A film of somebody who faces to the right of the picture, with some of its numbers given."""
    frames = int(seconds * RATE_HZ) + 1
    common = np.zeros((frames, len(COMMON)))
    fields = {
        "pace": np.ones(frames),
        "facing": np.tile([1.0, 0.0], (frames, 1)),
        "place": np.zeros(frames),
        "feet": np.zeros((frames, 2, 2)),
        "feet_up": np.zeros(frames),
        "camera": np.zeros((frames, 2)),
    }
    for name, value in columns.items():
        if name in fields:
            fields[name] = value
        else:
            common[:, COLUMN[name.replace("_", " ")]] = value
    return Film(np.arange(frames) / RATE_HZ, common, np.zeros((frames, 2, len(LEG))), **fields)


class TestSteps:
    """Somebody sinks twice in 5 s by half a torso, and goes somewhere with it."""

    t = np.arange(int(SPAN_S * RATE_HZ) + 1) / RATE_HZ
    low = (1 - np.cos(2 * np.pi * 2 * t / SPAN_S)) / 2

    def told(self, place: Floats, facing: float = 1.0) -> dict[str, float]:
        way = np.tile([facing, 0.0], (len(self.t), 1))
        row = look(reel_of(hips_up=-0.5 * self.low, place=place, facing=way), 0.0, SPAN_S + 1)
        assert row is not None
        return dict(zip(NAMES, row, strict=True))

    @pytest.mark.parametrize("facing", [1.0, -1.0])
    @pytest.mark.parametrize("step", [0.8, 0.0, -0.8])
    def test_forwards_and_back_again(self, step: float, facing: float) -> None:
        found = self.told(facing * step * self.low, facing)
        ordered = np.sort(self.low)  # from the middle of the highest quarter to that of the lowest
        way = step * (np.median(ordered[-15:]) - np.median(ordered[:15]))
        assert found["hips forwards when low"] == pytest.approx(way, abs=0.01)
        assert found["travel a second"] == pytest.approx(0.0, abs=0.02)

    def test_a_walk_does_not_come_back(self) -> None:
        found = self.told(0.4 * self.t)
        assert found["travel a second"] == pytest.approx(0.4, abs=0.01)
        assert found["hips forwards when low"] == pytest.approx(0.0, abs=0.05)

    @pytest.mark.parametrize("end", [0.0, 1.0])
    def test_where_it_rests(self, end: float) -> None:
        """The half of the time at one end, the other half on the way to the other end and back."""
        way = np.clip(np.abs(2 * (self.t % 2.5) / 2.5 - 1) * 2 - 1, 0, 1)
        knees = np.abs(end - way)
        pace = np.abs(np.gradient(knees))
        row = look(reel_of(knees_apart_sideways=knees, pace=pace), 0.0, SPAN_S + 1)
        assert row is not None
        found = dict(zip(NAMES, row, strict=True))
        assert found["knees apart sideways, change"] == pytest.approx(1.0, abs=0.15)
        assert found["knees apart sideways, at rest"] == pytest.approx(end - 0.5, abs=0.15)


class TestTwins:
    def film(self, end: float) -> Film:
        t = np.arange(int(SPAN_S * RATE_HZ) + 1) / RATE_HZ
        knees = np.abs(end - np.clip(np.abs(2 * (t % 2.5) / 2.5 - 1) * 2 - 1, 0, 1))
        names = ("knees_apart_sideways", "thighs_apart", "knees_apart_in_space")
        return reel_of(pace=np.abs(np.gradient(knees)), **dict.fromkeys(names, knees))

    def test_told_by_where_the_knees_rest(self) -> None:
        guess = Guess(TWINS[0], 0.9, None, (("trunk upright, usual", 0.9, 1.0),))
        for end, name in ((0.0, TWINS[0]), (1.0, TWINS[1])):
            told = _told_apart(guess, self.film(end), 0.0, SPAN_S)
            assert told.exercise == name
            assert {told.exercise, told.runner_up} == set(TWINS)
            assert 0.8 < told.confidence < 0.9
            ((sign, where, _),) = told.evidence
            assert sign == "knees apart, at rest"
            assert np.sign(where) == np.sign(end - 0.5)

    def test_between_both_it_is_neither(self) -> None:
        """Without a rest one is as likely as the other, and the person is asked."""
        assert rest(self.film(0.0), 99.0, 100.0) == 0.0
        guess = _told_apart(Guess(TWINS[0], 0.8, None, ()), self.film(0.0), 99.0, 100.0)
        assert guess.confidence < 0.5
        assert apart(-0.5) < 0.1
        assert apart(0.5) > 0.9

    def test_others_are_left_alone(self) -> None:
        guess = Guess("squat", 0.8, None, ())
        assert _told_apart(guess, self.film(0.0), 0.0, SPAN_S) is guess


def test_nobody_is_no_look() -> None:
    recording = perform("squat", [Move()], fps=24).recording
    gone = Recording(
        recording.t,
        np.full_like(recording.image, np.nan),
        np.full_like(recording.world, np.nan),
        recording.size,
    )
    reel = film(gone.t, gone.image, gone.world)
    assert look(reel, 0.0, 5.0) is None
    assert stretches(gone.t, gone.image, gone.world) == ()
    assert now(gone) == (None, 0.0, None)
    few = film(
        recording.t[: LEAST_FRAMES - 1],
        recording.image[: LEAST_FRAMES - 1],
        recording.world[: LEAST_FRAMES - 1],
    )
    assert look(few, 0.0, 5.0) is None


class TestModel:
    def test_knows_exercises_of_the_catalogue_only(self) -> None:
        classes = load().classes
        assert NONE in classes
        assert set(classes) - {NONE} <= set(catalogue())

    def test_its_numbers_are_those_that_are_read(self) -> None:
        model = load()
        assert model.knots.shape[0] == model.weights.shape[0] == model.centre.shape[1] == len(NAMES)
        assert (np.diff(model.knots, axis=1) > 0).all()

    @given(st.lists(st.floats(-3, 3), min_size=2, max_size=2))
    @settings(max_examples=50, deadline=None)
    def test_hats_are_shares_of_the_nearest_points(self, x: list[float]) -> None:
        knots = np.array([[-1.0, 0.0, 2.0], [0.0, 0.5, 1.0]])
        parts = hats(np.array([x]), knots)[0]
        assert parts.sum(1) == pytest.approx([1.0, 1.0])
        inside = np.clip(x, knots[:, 0], knots[:, -1])
        assert (parts * knots).sum(1) == pytest.approx(inside)

    def test_what_is_missing_says_nothing(self) -> None:
        assert hats(np.array([[np.nan]]), np.array([[0.0, 1.0]])).sum() == 0

    def test_evidence_is_what_the_score_is_made_of(self) -> None:
        """Two classes that differ in one number: that one is the evidence, with all of the share."""
        f = len(NAMES)
        weights = np.zeros((f, 2, 2))
        weights[3, 1, 0] = 4.0
        knots, centre, width = np.tile([0.0, 1.0], (f, 1)), np.zeros((2, f)), np.ones((2, f))
        model = Model(("squat", NONE), knots, weights, np.zeros(2), centre, width, np.full(2, np.inf))
        guess = model.guess(np.full(f, 0.9))
        assert guess.exercise == "squat"
        assert guess.runner_up is None
        assert guess.evidence == ((NAMES[3], 0.9, 1.0),)
        assert np.exp(model.log_odds(np.full((1, f), 0.9))).sum() == pytest.approx(1.0)

    def test_one_may_be_chosen_that_is_not_the_likeliest(self) -> None:
        """A path over time keeps to a class through a doubtful stretch: its own probability is told."""
        model = load()
        chances = np.full(len(model.classes), 0.0)
        chances[:3] = 0.5, 0.3, 0.2
        guess = model.guess(model.knots[:, 1], chances, 1)
        assert (guess.exercise, guess.confidence) == (model.classes[1], 0.3)
        assert guess.runner_up == model.classes[0]

    def test_one_number_is_off_by_so_much_at_most(self) -> None:
        usual, width = np.zeros(4), np.ones(4)
        assert off(np.array([2.0, 0, 0, 0]), usual, width) == pytest.approx(1.0)
        assert off(np.array([1e6, 0, 0, 0]), usual, width) == pytest.approx(MOST_OFF / 4)

    def test_the_unlike_is_nobodys(self) -> None:
        """Numbers far from all that was learnt are not forced into a class."""
        model = load()
        rng = np.random.default_rng(0)
        spread = model.knots[:, -1] - model.knots[:, 0]
        wild = model.knots[:, -1] + 8 * spread * rng.uniform(0.5, 1, len(NAMES))
        assert model.guess(wild).exercise is None


class TestPath:
    def test_a_single_look_does_not_change_it(self) -> None:
        odds = np.log(np.tile([0.9, 0.1], (20, 1)))
        odds[10] = np.log([0.1, 0.9])
        assert _runs(_best_path(odds, 5.0)) == [(0, 19)]

    def test_a_lasting_change_does(self) -> None:
        odds = np.log(np.concatenate([np.tile([0.9, 0.1], (10, 1)), np.tile([0.1, 0.9], (10, 1))]))
        assert _runs(_best_path(odds, 5.0)) == [(0, 9), (10, 19)]


@pytest.mark.skipif(not STUDIO.exists(), reason="there are no studio recordings")
class TestStudio:
    """Recordings of the test split, which the model has not seen."""

    @pytest.mark.parametrize(
        "name", ["clamshell_test_01", "fire_hydrant_test_02", "side_leg_raise_test_03", "squat_test_02"]
    )
    def test_a_set_is_named(self, name: str) -> None:
        found = recognised(recording_of(STUDIO / f"{name}.npz"))
        assert [part.rules.id for part in found.parts] == [name.rsplit("_test", 1)[0]]
        (part,) = found.parts
        assert part.guess is not None
        assert part.guess.evidence
        assert sum(rep.counted for rep in part.folded.reps) >= 4

    def test_tidying_up_is_nothing(self) -> None:
        for number in (1, 5, 9):
            assert recognised(recording_of(STUDIO / f"life_test_{number:02d}.npz")).parts == ()

    def test_one_after_the_other(self) -> None:
        """Two films put together: cut where they meet, to a look's length."""
        one, two = (recording_of(STUDIO / f"{name}.npz") for name in ("clamshell_test_01", "squat_test_02"))
        meet = float(one.t[-1]) + 0.1
        together = Recording(
            np.concatenate([one.t, two.t - two.t[0] + meet]),
            np.concatenate([one.image, two.image]),
            np.concatenate([one.world, two.world]),
            one.size,
        )
        parts = recognised(together).parts
        assert [part.rules.id for part in parts] == ["clamshell", "squat"]
        assert parts[0].end_s == pytest.approx(meet, abs=SPAN_S)
        assert parts[1].start_s == pytest.approx(meet, abs=SPAN_S)
        assert len(parts[0].folded.recording) + len(parts[1].folded.recording) == len(together)
