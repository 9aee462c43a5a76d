from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.landmarks import INDEX, LEFT, RIGHT
from formcheck.pose.mediapipe import Detections
from formcheck.pose.people import chosen, distinct, follow, link, trunk
from formcheck.types import Floats

SIZE = (1280, 720)
FPS = 30


def body(x: float, feet_y: float, trunk_px: float, *, knee: float = 0.0, stride: float = 0.0) -> Floats:
    """A standing figure seen from the front, `(33, 4)`: hips sink by `knee`, ankles swing by `stride`."""
    points = np.zeros((33, 4))
    points[:, 3] = 0.99
    sink = knee * trunk_px
    heights = {
        "ankle": 0.0, "heel": 0.0, "foot_index": 0.0, "knee": 0.8, "hip": 1.6, "shoulder": 2.6, "elbow": 2.1,
        "wrist": 1.7, "pinky": 1.6, "index": 1.6, "thumb": 1.6, "ear": 3.0,
    }  # fmt: skip
    for joint, height in heights.items():
        low = joint in {"ankle", "heel", "foot_index"}
        drop = 0.0 if low else sink / 2 if joint == "knee" else sink
        for table, sign in ((LEFT, 1), (RIGHT, -1)):
            swing = sign * stride * trunk_px if low else 0.0
            px = x + sign * 0.25 * trunk_px + swing
            points[table[joint], :2] = px, feet_y - height * trunk_px + drop
    face = [i for name, i in INDEX.items() if any(w in name for w in ("nose", "eye", "mouth"))]
    points[face, :2] = x, feet_y - 3 * trunk_px + sink
    return points


def squatting(t: float, x: float = 640.0, trunk_px: float = 120.0) -> Floats:
    return body(x, 650, trunk_px, knee=0.4 * (1 - np.cos(2 * np.pi * t / 3)))


def walking(t: float, *, speed: float = 300.0, trunk_px: float = 140.0) -> Floats:
    return body(-100 + speed * t, 690, trunk_px, stride=0.5 * np.sin(2 * np.pi * t))


def frame(t: float, *people: Floats) -> Detections:
    image = np.array(people, np.float32).reshape(len(people), 33, 4)
    return Detections(t, image, image[..., :3] / 250)


def hip_x(image: Floats) -> Floats:
    return image[:, [LEFT["hip"], RIGHT["hip"]], 0].mean(axis=1)


def shuffled(t: float, *people: Floats) -> Detections:
    order = np.random.default_rng(round(t * FPS)).permutation(len(people))
    return frame(t, *(people[i] for i in order))


TIMES = np.arange(0, 12, 1 / FPS)


def test_one_person_is_kept_whole() -> None:
    result = follow(link(frame(t, squatting(t)) for t in TIMES), SIZE)
    np.testing.assert_array_equal(result.t, TIMES)
    np.testing.assert_array_equal(result.image, np.array([squatting(t) for t in TIMES], np.float32))


def test_the_squatter_not_the_one_who_walks_through() -> None:
    """Both move their legs; the walker is nearer to the camera and passes in front."""
    linker = link(shuffled(t, squatting(t), walking(t)) for t in TIMES)
    result = follow(linker, SIZE)
    np.testing.assert_allclose(hip_x(result.image), 640, atol=1)


def test_identity_survives_the_order_and_a_hidden_moment() -> None:
    """While the walker covers the squatter, only the walker is seen."""
    frames = [
        frame(t, walking(t)) if abs(-100 + 300 * t - 640) < 60 else shuffled(t, walking(t), squatting(t))
        for t in TIMES
    ]
    result = follow(link(frames), SIZE)
    seen = np.isfinite(result.image[:, 0, 0])
    np.testing.assert_allclose(hip_x(result.image)[seen], 640, atol=1)
    covered = np.abs(-100 + 300 * TIMES - 640) < 60
    np.testing.assert_array_equal(seen, ~covered)


def test_a_still_bystander_is_not_followed_even_when_larger() -> None:
    linker = link(shuffled(t, squatting(t, 500), body(900, 700, 160)) for t in TIMES)
    np.testing.assert_allclose(hip_x(follow(linker, SIZE).image), 500, atol=1)


def test_a_bystander_who_talks_with_the_hands_is_not_followed() -> None:
    """Seen as long, as large, as well; the hands go twice as far as the knees of the one who exercises."""

    def talking(t: float) -> Floats:
        points = body(300, 650, 120)
        for table, sign in ((LEFT, 1), (RIGHT, -1)):
            for joint, share in (("elbow", 0.3), ("wrist", 0.9)):
                points[table[joint], 0] += sign * share * 120 * (0.5 + 0.5 * np.sin(3 * t))
        return points

    def opening(t: float) -> Floats:
        points = body(900, 650, 120)
        for table, sign in ((LEFT, 1), (RIGHT, -1)):
            points[table["knee"], 0] += sign * 0.45 * 120 * (0.5 - 0.5 * np.cos(2 * np.pi * t / 3))
        return points

    result = follow(link(shuffled(t, talking(t), opening(t)) for t in TIMES), SIZE)
    np.testing.assert_allclose(hip_x(result.image), 900, atol=1)


def test_a_step_to_and_fro_is_no_walk() -> None:
    """A lunge takes the pelvis along; somebody who shifts from foot to foot stays where they are."""

    def lunging(t: float) -> Floats:
        share = 0.5 - 0.5 * np.cos(2 * np.pi * t / 3)
        return body(500 + 1.0 * 120 * share, 650, 120, knee=0.7 * share, stride=0.4 * share)

    def shifting(t: float) -> Floats:
        return body(900, 650, 120, knee=0.25 * (0.5 - 0.5 * np.cos(2 * np.pi * t / 3)))

    result = follow(link(shuffled(t, lunging(t), shifting(t)) for t in TIMES), SIZE)
    assert (hip_x(result.image) < 700).all()


def test_of_two_alike_the_larger_as_with_a_mirror() -> None:
    linker = link(shuffled(t, squatting(t, 400, 120), squatting(t, 900, 70)) for t in TIMES)
    np.testing.assert_allclose(hip_x(follow(linker, SIZE).image), 400, atol=1)


def test_a_long_gap_ends_the_track_but_not_the_person() -> None:
    """Out of sight for three seconds, and back a step aside: still the same person."""
    frames = [frame(t, squatting(t, 640 if t < 5 else 760)) if not 5 <= t < 8 else frame(t) for t in TIMES]
    linker = link(frames)
    assert len(linker.tracks) == 2
    result = follow(linker, SIZE)
    np.testing.assert_array_equal(np.isfinite(result.image[:, 0, 0]), (TIMES < 5) | (TIMES >= 8))


def test_a_bystander_seen_while_the_exerciser_is_hidden_is_another_person() -> None:
    frames = [frame(t, squatting(t)) if not 5 <= t < 7 else frame(t, body(200, 650, 60)) for t in TIMES]
    result = follow(link(frames), SIZE)
    assert np.isnan(result.image[(TIMES >= 5) & (TIMES < 7), 0, 0]).all()


def test_nobody() -> None:
    result = follow(link(frame(t) for t in TIMES[:10]), SIZE)
    assert len(result) == 10
    assert np.isnan(result.image).all()


def test_times_that_do_not_rise_are_left_out() -> None:
    linker = link(frame(t, squatting(t)) for t in (0.0, 0.1, 0.1, 0.05, 0.2))
    assert linker.t == [0.0, 0.1, 0.2]


@settings(max_examples=15, deadline=None)
@given(scale=st.floats(0.2, 3), mirror=st.booleans(), every=st.sampled_from([1, 2, 3]))
def test_the_choice_does_not_depend_on_scale_mirror_or_rate(scale: float, mirror: bool, every: int) -> None:
    def seen(points: Floats) -> Floats:
        points = points.copy()
        if mirror:
            points[:, 0] = SIZE[0] - points[:, 0]
        points[:, :2] *= scale
        return points

    times = TIMES[::every]
    linker = link(shuffled(t, seen(squatting(t)), seen(walking(t))) for t in times)
    result = follow(linker, (round(SIZE[0] * scale), round(SIZE[1] * scale)))
    np.testing.assert_allclose(hip_x(result.image), 640 * scale, atol=1)


def test_someone_seen_twice_counts_once() -> None:
    one = squatting(0.0)
    again = one.copy()
    again[:, :2] += 5
    again[:, 3] = 0.7
    found = distinct(frame(0.0, again, one, squatting(0.0, 1000)))
    assert len(found) == 2
    np.testing.assert_array_equal(found.image[0], np.float32(one))


def test_far_background_is_left_out() -> None:
    assert len(distinct(frame(0.0, squatting(0.0), body(1100, 300, 25)))) == 1


def test_the_trunk_is_measured_from_any_side() -> None:
    """Seen along the body shoulders and hips coincide: the size stays above the width."""
    points = np.zeros((33, 4))
    points[[LEFT["shoulder"], LEFT["hip"]], 0] = 40
    centre, size = trunk(points)
    assert centre == pytest.approx([20, 0])
    assert size == pytest.approx(40)


def test_chosen_is_empty_without_tracks() -> None:
    assert chosen(link([]), SIZE) == []
