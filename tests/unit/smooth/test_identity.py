from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from formcheck.landmarks import INDEX, LEFT, MIRROR, RIGHT
from formcheck.smooth.identity import IdentityRepair, repair
from formcheck.types import Floats

TRUNK = 100.0
LEG = ("knee", "ankle", "heel", "foot_index")
ARM = ("elbow", "wrist", "pinky", "index", "thumb")


def times(fps: float, seconds: float = 8.0) -> Floats:
    return np.arange(0, seconds, 1 / fps)


def figure(t: Floats, feet: Floats) -> tuple[Floats, Floats]:
    """Somebody seen from the side; `feet` ``(T, 2)``: left and right foot ahead of the hips, trunks."""
    image = np.zeros((len(t), 33, 4))
    image[..., 3] = 0.95
    for side, (table, z) in enumerate(((LEFT, -20.0), (RIGHT, 20.0))):
        image[:, list(table.values()), 2] = z
        x = 400 + TRUNK * feet[:, side]
        for joint, share, up in (
            ("knee", 0.5, 0.84),
            ("ankle", 1.0, 0.0),
            ("heel", 0.95, 0.0),
            ("foot_index", 1.15, 0.0),
        ):
            image[:, table[joint], 0] = 400 + share * (x - 400) + (20 if joint == "foot_index" else 0)
            image[:, table[joint], 1] = 600 - TRUNK * up
        for joint, up in (("hip", 1.68), ("shoulder", 2.68), ("ear", 3.1)):
            image[:, table[joint], :2] = 400 + 3 * side, 600 - TRUNK * up
        for joint, up in (("elbow", 2.1), ("wrist", 1.6), ("pinky", 1.5), ("index", 1.5), ("thumb", 1.5)):
            image[:, table[joint], :2] = 405 + 3 * side, 600 - TRUNK * up
    face = [i for i in range(11) if i not in (LEFT["ear"], RIGHT["ear"])]
    image[:, face, :2] = 420, 600 - TRUNK * 3.2
    return image, image[..., :3] / 250


def split_stance(t: Floats) -> tuple[Floats, Floats]:
    """A lunge in place: left foot ahead, right behind, both a little in motion."""
    sway = 0.05 * np.sin(2 * np.pi * t / 3)
    return figure(t, np.stack([0.8 + sway, -0.8 + sway], axis=1))


def walk(t: Floats) -> tuple[Floats, Floats]:
    """Legs that truly cross, twice a second."""
    swing = 0.6 * np.sin(2 * np.pi * t)
    return figure(t, np.stack([swing, -swing], axis=1))


def swapped(image: Floats, world: Floats, rows: Floats, joints: tuple[str, ...]) -> tuple[Floats, Floats]:
    """As MediaPipe does it: places exchanged, depth kept."""
    image, world = image.copy(), world.copy()
    left, right = [LEFT[j] for j in joints], [RIGHT[j] for j in joints]
    for points, columns in ((image, (0, 1, 3)), (world, (0, 1))):
        for column in columns:
            both = points[rows][:, left + right, column]
            points[np.ix_(rows, right + left, [column])] = both[..., None]
    return image, world


def rows_between(t: Floats, *spans: tuple[float, float]) -> Floats:
    return np.flatnonzero(np.any([(t >= a) & (t < b) for a, b in spans], axis=0))


@pytest.mark.parametrize("fps", [15, 30, 60])
def test_a_swapped_leg_goes_back_as_a_whole(fps: float) -> None:
    t = times(fps)
    image, world = split_stance(t)
    rows = rows_between(t, (2, 2.07), (3, 3.4), (3.6, 3.8), (6, 6.5))
    spoilt = swapped(image, world, rows, LEG)
    assert not np.array_equal(spoilt[0], image)
    new_image, new_world = repair(t, *spoilt)
    np.testing.assert_array_equal(new_image, image)
    np.testing.assert_array_equal(new_world, world)


def test_depth_and_hips_stay_with_their_labels() -> None:
    t = times(30)
    image, world = split_stance(t)
    spoilt_image, spoilt_world = swapped(image, world, rows_between(t, (3, 3.3)), LEG)
    new_image, new_world = repair(t, spoilt_image, spoilt_world)
    np.testing.assert_array_equal(new_image[..., 2], spoilt_image[..., 2])
    np.testing.assert_array_equal(new_world[..., 2], spoilt_world[..., 2])
    hips = [INDEX["left_hip"], INDEX["right_hip"]]
    np.testing.assert_array_equal(new_image[:, hips], spoilt_image[:, hips])


def test_arms_apart() -> None:
    t = times(30)
    image, world = split_stance(t)
    for table, reach in ((LEFT, 0.7), (RIGHT, -0.7)):
        for joint in ARM:
            image[:, table[joint], 0] += reach * TRUNK
    world = image[..., :3] / 250
    spoilt = swapped(image, world, rows_between(t, (4, 4.2)), ARM)
    new_image, new_world = repair(t, *spoilt)
    np.testing.assert_array_equal(new_image, image)
    np.testing.assert_array_equal(new_world, world)


@settings(deadline=None)
@example(fps=15, scale=1.0, jitter=0.0, hz=1.125, reach=0.75)  # past each other within two frames
@example(fps=15, scale=1.0, jitter=0.007673551085237669, hz=1.19748894221029, reach=0.7856265040821726)
@given(
    fps=st.sampled_from([15, 24, 30, 60]),
    scale=st.one_of(st.floats(0.2, 8), st.floats(-8, -0.2)),  # negative: mirrored
    jitter=st.floats(0, 0.02),
    hz=st.floats(0.3, 1.2),
    reach=st.floats(0.05, 0.8),
)
def test_what_was_right_is_left_alone_crossing_legs_included(
    fps: int, scale: float, jitter: float, hz: float, reach: float
) -> None:
    t = times(fps, 5)
    swing = reach * np.sin(2 * np.pi * hz * t)
    image, world = figure(t, np.stack([swing, -swing], axis=1))
    image[..., :2] += np.random.default_rng(9).normal(0, jitter * TRUNK, image[..., :2].shape)
    image[..., 0] *= scale
    image[..., 1] *= abs(scale)
    new_image, new_world = repair(t, image, world)
    np.testing.assert_array_equal(new_image, image)
    np.testing.assert_array_equal(new_world, world)


@pytest.mark.parametrize("fps", [10, 15, 30])
def test_blends_before_and_after_a_swap(fps: int) -> None:
    """The feet glide over for a frame, lie exchanged for half a second, and glide back."""
    t = times(fps)
    image, world = split_stance(t)
    clean = image.copy()
    spans = ((2.0, 2.5), (3.2, 3.8), (5.0, 5.4))
    rows = rows_between(t, *spans)
    image, world = swapped(image, world, rows, LEG)
    left, right = [LEFT[j] for j in LEG], [RIGHT[j] for j in LEG]
    starts = rows[np.diff(rows, prepend=-9) > 1]
    ends = rows[np.diff(rows, append=len(t) + 9) > 1]
    for blended, share in ((starts - 1, 0.35), (ends + 1, 0.4)):
        both = clean[blended]
        image[np.ix_(blended, left)] = (1 - share) * both[:, left] + share * both[:, right]
        image[np.ix_(blended, right)] = (1 - share) * both[:, right] + share * both[:, left]
    new_image, _ = repair(t, image, world)
    whole = np.setdiff1d(np.arange(len(t)), np.concatenate([starts - 1, ends + 1]))
    assert np.abs(image[whole] - clean[whole]).max() > TRUNK
    np.testing.assert_array_equal(new_image[whole], clean[whole])


def test_a_stance_after_a_walk_is_repaired_again() -> None:
    """Quick legs are left alone only while they are quick."""
    t = times(15, 10)
    swing = 0.75 * np.where(t < 4, np.sin(2 * np.pi * 1.125 * t), 1.0)
    image, world = figure(t, np.stack([swing, -swing], axis=1))
    new_image, _ = repair(t, *swapped(image, world, rows_between(t, (6, 6.4), (8, 8.2)), LEG))
    np.testing.assert_array_equal(new_image, image)


def test_swaps_while_legs_cross_are_repaired_where_they_are_apart() -> None:
    t = times(30)
    image, world = walk(t)
    rows = rows_between(t, (2.2, 2.3), (5.7, 5.77))  # near the widest step
    new_image, _ = repair(t, *swapped(image, world, rows, LEG))
    np.testing.assert_array_equal(new_image, image)


def test_a_beginning_in_the_swapped_state_does_not_last() -> None:
    t = times(30)
    image, world = split_stance(t)
    new_image, _ = repair(t, *swapped(image, world, rows_between(t, (0, 0.5)), LEG))
    np.testing.assert_array_equal(new_image[t >= 1.05], image[t >= 1.05])


def test_labels_that_mediapipe_insists_on_are_taken_over() -> None:
    t = times(30)
    spoilt_image, spoilt_world = swapped(*split_stance(t), rows_between(t, (3, 9)), LEG)
    new_image, _ = repair(t, spoilt_image, spoilt_world)
    np.testing.assert_array_equal(new_image[t >= 4.1], spoilt_image[t >= 4.1])


@pytest.mark.parametrize("gap_s", [0.6, 2.0])
def test_after_a_gap_nothing_is_presumed(gap_s: float) -> None:
    t = times(30)
    image, world = split_stance(t)
    missing = rows_between(t, (3, 3 + gap_s))
    image[missing], world[missing] = np.nan, np.nan
    spoilt_image, spoilt_world = swapped(image, world, rows_between(t, (3 + gap_s, 9)), LEG)
    new_image, _ = repair(t, spoilt_image, spoilt_world)
    np.testing.assert_array_equal(new_image, spoilt_image)


def test_a_short_gap_is_bridged() -> None:
    t = times(30)
    image, world = split_stance(t)
    missing = rows_between(t, (3, 3.2))
    image[missing], world[missing] = np.nan, np.nan
    new_image, _ = repair(t, *swapped(image, world, rows_between(t, (3.2, 3.5)), LEG))
    np.testing.assert_array_equal(new_image, image)


def test_legs_too_close_to_tell_keep_mediapipes_labels() -> None:
    t = times(30)
    image, world = figure(t, np.stack([0 * t + 0.05, 0 * t - 0.05], axis=1))
    spoilt_image, spoilt_world = swapped(image, world, rows_between(t, (3, 3.3)), LEG)
    new_image, _ = repair(t, spoilt_image, spoilt_world)
    np.testing.assert_array_equal(new_image, spoilt_image)


def test_a_guessed_leg_is_not_judged() -> None:
    t = times(30)
    image, world = split_stance(t)
    image[:, [RIGHT[j] for j in LEG], 3] = 0.1
    spoilt_image, spoilt_world = swapped(image, world, rows_between(t, (3, 3.3)), LEG)
    new_image, _ = repair(t, spoilt_image, spoilt_world)
    np.testing.assert_array_equal(new_image, spoilt_image)


def facing(t: Floats) -> tuple[Floats, Floats]:
    """Seen from the front: shoulders, hips and ears apart."""
    image, world = figure(t, np.zeros((len(t), 2)))
    for table, sign in ((LEFT, 1), (RIGHT, -1)):
        image[:, list(table.values()), 0] = 400 + sign * 0.3 * TRUNK
    world = image[..., :3] / 250
    return image, world


def test_front_and_back_confused_for_a_moment() -> None:
    t = times(30)
    image, world = facing(t)
    rows = rows_between(t, (3, 3.2))
    spoilt_image, spoilt_world = image.copy(), world.copy()
    spoilt_image[rows] = image[rows][:, list(MIRROR)]
    spoilt_world[rows] = world[rows][:, list(MIRROR)]
    new_image, _ = repair(t, spoilt_image, spoilt_world)
    np.testing.assert_array_equal(new_image[..., :2], image[..., :2])


def test_the_trunk_is_not_exchanged_against_the_face() -> None:
    t = times(30)
    image, world = facing(t)
    spoilt_image, spoilt_world = swapped(image, world, rows_between(t, (3, 3.2)), ("hip", "shoulder"))
    new_image, _ = repair(t, spoilt_image, spoilt_world)
    trunk = [INDEX[f"{s}_{j}"] for s in ("left", "right") for j in ("hip", "shoulder")]
    np.testing.assert_array_equal(new_image[:, trunk], spoilt_image[:, trunk])


def test_live_equals_recorded() -> None:
    t = times(30, 4)
    spoilt = swapped(*split_stance(t), rows_between(t, (2, 2.3)), LEG)
    one = IdentityRepair()
    live = [one(float(t[i]), spoilt[0][i], spoilt[1][i]) for i in range(len(t))]
    new_image, new_world = repair(t, *spoilt)
    np.testing.assert_array_equal([pose[0] for pose in live], new_image)
    np.testing.assert_array_equal([pose[1] for pose in live], new_world)


def test_reset_forgets() -> None:
    t = times(30, 4)
    image, world = split_stance(t)
    spoilt_image, spoilt_world = swapped(image, world, np.arange(len(t)), LEG)
    one = IdentityRepair()
    for i in range(60):
        one(float(t[i]), image[i], world[i])
    one.reset()
    np.testing.assert_array_equal(one(float(t[60]), spoilt_image[60], spoilt_world[60])[0], spoilt_image[60])


def test_nothing_and_nobody() -> None:
    image, world = repair(np.zeros(0), np.zeros((0, 33, 4)), np.zeros((0, 33, 3)))
    assert image.shape == (0, 33, 4)
    empty = np.full((5, 33, 4), np.nan)
    image, world = repair(np.arange(5) / 30, empty, empty[..., :3])
    assert np.isnan(image).all()
    assert np.isnan(world).all()
