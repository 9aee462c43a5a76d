"""Life around a set: continuous, bones and floor kept, joined to the set, the same from the same seed."""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import pytest

from formcheck.errors import UsageError
from samples.studio import life, motion
from samples.studio.body import Body
from samples.studio.life.blend import glide
from samples.studio.life.floor import lowest
from samples.studio.life.limbs import LIMBS, pull
from samples.studio.life.lying import on_back, on_side
from samples.studio.life.poses import all_fours, standing
from samples.studio.life.sway import sway
from samples.studio.life.track import Track, grid
from samples.studio.life.walk import route, walk
from samples.studio.rotation import Floats
from samples.studio.skeleton import Posed, locals_of, skin

EXERCISES = ("side_leg_raise", "fire_hydrant", "single_leg_bridge", "squat")
POSTURES = {name: motion.find(name).POSTURE for name in EXERCISES}
THERE_AND_BACK = sorted(set(life.SEGMENTS) - {"enter", "leave"})
SEGMENTS = list(product(EXERCISES, sorted(life.SEGMENTS)))
SEED = 4
# The fastest there is: a foot in mid-swing at a brisk pace, 4 to 5 m/s (Winter 1990), or a hand on its way.
FASTEST_MS = 7.0
# A hand shaken out has some 50 m/s²; a jump of 8 cm between two baked instants has 200.
SHARPEST_MS2 = 150.0


@cache
def body(name: str = "woman_average") -> Body:
    return Body.load(name)


@cache
def rest(exercise: str) -> Posed:
    move = motion.find(exercise)
    return move.pose(body(), 0.0, {}, move.Style.draw(np.random.default_rng(SEED))).solve()


@cache
def segment(exercise: str, kind: str) -> Track:
    return life.segment(kind, body(), rest(exercise), POSTURES[exercise], 0.0, SEED)


@cache
def exercise(kind: str) -> Track:
    return life.scene(kind, body("man_heavy"), 8.0, SEED)


@cache
def scene(kind: str) -> Track:
    return life.scene(kind, body("man_heavy"), 8.0, SEED)


def gap(a: Posed, b: Posed) -> float:
    """Largest distance of a bone's place, m, and of its rotation's columns."""
    return float(max(np.abs(a.position - b.position).max(), np.abs(a.rotation - b.rotation).max()))


def check_continuous(track: Track) -> None:
    """At 200 instants a second, four times as fine as it is baked."""
    times = np.arange(0.0, track.duration_s, 0.005)
    place = track.at(times).position
    step = np.linalg.norm(np.diff(place, axis=0), axis=-1)
    assert step.max() / 0.005 < FASTEST_MS
    baked = np.linalg.norm(np.diff(track.posed.position, 2, axis=0), axis=-1)
    assert baked.max() / np.diff(track.times).mean() ** 2 < SHARPEST_MS2


def check_bones(track: Track) -> None:
    """Rotations are rotations, and every bone begins where its parent has it."""
    posed = track.at(np.linspace(0, track.duration_s, 9))
    identity = posed.rotation @ np.swapaxes(posed.rotation, -1, -2)
    np.testing.assert_allclose(identity, np.broadcast_to(np.eye(3), identity.shape), atol=1e-9)
    them = track.body
    for child, parent in enumerate(them.parent):
        if parent >= 0:
            length = np.linalg.norm(posed.position[:, child] - posed.position[:, parent], axis=-1)
            assert length == pytest.approx(np.linalg.norm(them.heads[child] - them.heads[parent]), abs=1e-9)


def check_floor(track: Track, under: float = 0.0) -> None:
    """Nobody floats, nobody sinks in by more than 3 cm or than the given pose does."""
    height = lowest(track.body, track.posed)
    assert height.min() > min(-0.03, under - 0.015)
    assert height.max() < 0.03


@pytest.mark.parametrize(("exercise", "kind"), SEGMENTS)
def test_segments_move_like_bodies(exercise: str, kind: str) -> None:
    track = segment(exercise, kind)
    check_continuous(track)
    check_bones(track)
    check_floor(track, float(lowest(body(), rest(exercise))[0]))
    assert 1.4 <= track.duration_s <= 12.0


@pytest.mark.parametrize("exercise", EXERCISES)
def test_segments_join_the_set(exercise: str) -> None:
    still = rest(exercise)
    for kind in THERE_AND_BACK:
        track = segment(exercise, kind)
        assert gap(track.at(0.0), still) < 1e-6, kind
        assert gap(track.at(track.duration_s), still) < 1e-6, kind
    enter, leave = segment(exercise, "enter"), segment(exercise, "leave")
    assert gap(enter.at(enter.duration_s), still) < 1e-6
    assert gap(leave.at(0.0), still) < 1e-6
    # Who enters comes from at least a metre away, on the feet; who leaves goes as far.
    for away in (enter.at(0.0), leave.at(leave.duration_s)):
        pelvis = body().index["pelvis"]
        assert np.linalg.norm((away.position - still.position)[0, pelvis, [0, 2]]) > 0.6
        assert away.position[0, pelvis, 1] > 0.9 * body().heads[pelvis, 1]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_segments_begin_and_end_at_rest(exercise: str) -> None:
    for kind in life.SEGMENTS:
        track = segment(exercise, kind)
        for start in (0.0, track.duration_s - 0.02):
            place = track.at([start, start + 0.02]).position
            assert np.linalg.norm(np.diff(place, axis=0), axis=-1).max() < 0.006, kind


@pytest.mark.parametrize("kind", ["look", "drink", "phone", "wipe", "shift"])
def test_feet_stay_where_nothing_is_done_with_them(kind: str) -> None:
    track = segment("squat", kind)
    for foot in ("foot_l", "foot_r", "ball_l", "ball_r"):
        path = track.posed.position[:, body().index[foot]]
        assert np.ptp(path, axis=0).max() < 0.005


def test_seconds_are_kept_but_nobody_is_hurried() -> None:
    still = rest("single_leg_bridge")
    for kind in ("idle", "look", "phone", "scratch"):
        natural = segment("single_leg_bridge", kind).duration_s
        longer = life.segment(kind, body(), still, "supine", natural + 2, SEED)
        assert longer.duration_s == pytest.approx(natural + 2)
        if kind != "idle":
            assert life.segment(kind, body(), still, "supine", 0.1, SEED).duration_s > 0.7 * natural


def test_same_seed_same_movement() -> None:
    still = rest("fire_hydrant")
    for kind in ("enter", "fidget", "scratch"):
        first, again, other = (life.segment(kind, body(), still, "quadruped", 0, s) for s in (7, 7, 8))
        np.testing.assert_array_equal(first.posed.position, again.posed.position)
        assert other.duration_s != first.duration_s or gap(other.at(1.0), first.at(1.0)) > 0.01
    one, two = (life.scene("talking", body(), 5.0, s) for s in (7, 7))
    np.testing.assert_array_equal(one.local, two.local)


@pytest.mark.parametrize("kind", ["enter", "prop", "drink", "adjust_leg"])
def test_on_the_other_side_everything_is_mirrored(kind: str) -> None:
    """Lying on the left and not the right: the same movement, seen in the mirror."""
    still = rest("side_leg_raise")
    mirrored = life.segment(kind, body(), still.mirrored(body()), "side_lying", 0.0, SEED)
    straight = segment("side_leg_raise", kind)
    assert mirrored.duration_s == pytest.approx(straight.duration_s)
    times = np.linspace(0, straight.duration_s, 25)
    assert gap(mirrored.at(times), straight.at(times).mirrored(body())) < 1e-6


def test_turned_round_everything_is_turned() -> None:
    """The frame comes from the pose alone: the same rest elsewhere in the room, the same movement there."""
    track = segment("squat", "band")
    placed = Track.of(body(), np.array([0.0, 1.0]), rest("squat")[np.array([0, 0])]).placed(
        70.0, (0.4, 0, -0.3)
    )
    other = life.segment("band", body(), placed.at(0.0), "standing", 0.0, SEED)
    assert gap(other.at(1.0), track.placed(70.0, (0.4, 0, -0.3)).at(1.0)) < 1e-6


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(life.SCENES))
def test_scenes_move_like_bodies(kind: str) -> None:
    track = scene(kind)
    check_continuous(track)
    check_bones(track)
    check_floor(track)
    assert 5.0 <= track.duration_s <= 8.05
    assert np.abs(track.posed.position[..., [0, 2]]).max() < 3.0


@pytest.mark.parametrize("kind", sorted(life.OTHERS))
def test_other_exercises_move_like_bodies_and_on_the_spot(kind: str) -> None:
    track = exercise(kind)
    check_continuous(track)
    check_bones(track)
    height = lowest(track.body, track.posed)
    assert height.min() > -0.03
    assert height.max() < (0.08 if kind == "jumping_jack" else 0.03)
    assert track.duration_s == pytest.approx(8.0, abs=0.03)
    assert np.abs(track.pelvis[:, [0, 2]]).max() < 0.3


def test_other_exercises_go_to_and_fro() -> None:
    """Limbs come back to where they were, several times: what a counter might take for reps."""
    turns = {
        "dead_bug": ("foot_l", 1),
        "push_up": ("spine_03", 1),
        "jumping_jack": ("hand_l", 1),
        "bird_dog": ("foot_l", 1),
    }
    for kind, (bone, axis) in turns.items():
        track = exercise(kind)
        path = track.posed.position[:, track.body.index[bone], axis]
        middle = (path.max() + path.min()) / 2
        assert np.sum(np.diff(path > middle)) >= 3, kind


def test_walking_feet_do_not_slide() -> None:
    """The ball of the lower foot rests; the person gets where the way leads, and looks there."""
    track = walk(body(), route((0, 0, 0), (1.0, 1.4, 60)))
    balls = track.posed.position[:, [body().index["ball_l"], body().index["ball_r"]]]
    speed = np.linalg.norm(np.diff(balls, axis=0), axis=-1) / np.diff(track.times)[:, None]
    lower = np.argmin(balls[:-1, :, 1], axis=1)
    resting = speed[np.arange(len(lower)), lower]
    assert np.quantile(resting, 0.95) < 0.05
    there = Track.of(body(), np.array([0.0, 1.0]), standing(body()).solve()[np.array([0, 0])])
    assert gap(track.at(track.duration_s), there.placed(60, (1.0, 0, 1.4)).at(0.0)) < 1e-6


def solid_angle(triangles: Floats, point: Floats) -> float:
    """How often a surface (F, 3, 3) goes round a point: 1 inside, 0 outside (van Oosterom 1983)."""
    a, b, c = np.moveaxis(triangles - point, 1, 0)
    la, lb, lc = (np.linalg.norm(v, axis=1) for v in (a, b, c))
    above = np.sum(a * np.cross(b, c), 1)
    below = la * lb * lc + np.sum(a * b, 1) * lc + np.sum(b * c, 1) * la + np.sum(c * a, 1) * lb
    return float(2 * np.arctan2(above, below).sum() / (4 * np.pi))


@pytest.mark.parametrize(("exercise", "kind"), list(product(EXERCISES, ["enter", "scratch", "band"])))
def test_hands_stay_out_of_the_body(exercise: str, kind: str) -> None:
    """No wrist in trunk, head or legs by more than 2 cm, at any time."""
    track = segment(exercise, kind)
    posed = track.at(np.linspace(0.3, track.duration_s - 0.3, 14))
    arm = ("upperarm", "lowerarm", "hand", "index", "middle", "ring", "pinky", "thumb")
    main = body().bone_index[np.arange(len(body().vertices)), body().bone_weight.argmax(1)]
    in_arm = np.array([n.split("_")[0] in arm for n in body().names])[main]
    faces = body().triangles
    faces = faces[(body().vertex_group[faces] == 0).all(1) & ~in_arm[faces].any(1)]
    for vertices, wrists in zip(skin(body(), posed), _wrists(posed), strict=True):
        for wrist in wrists:
            if solid_angle(vertices[faces], wrist) > 0.5:
                assert np.linalg.norm(vertices[np.unique(faces)] - wrist, axis=1).min() < 0.02


def _wrists(posed: Posed) -> Floats:
    return posed.position[:, [body().index["hand_l"], body().index["hand_r"]]]


def test_between_two_stops_it_is_the_minimum_jerk_movement() -> None:
    """Half of the way at half time, at 15/8 of the mean speed (Flash & Hogan 1985)."""
    times = np.linspace(0, 2, 2001)
    path = glide(times, np.array([0.0, 2.0]), np.array([[0.0], [3.0]]), np.array([True, True]))[:, 0]
    assert path[1000] == pytest.approx(1.5)
    assert np.diff(path).max() / 0.001 == pytest.approx(15 / 8 * 1.5, rel=1e-4)
    assert np.all(np.diff(path) >= 0)


def test_a_movement_through_keys_passes_all_of_them() -> None:
    key_times, values = np.array([0.0, 0.5, 1.5, 2.0]), np.array([[0.0], [1.0], [1.2], [0.3]])
    path = glide(key_times, key_times, values, np.array([True, False, True, True]))
    np.testing.assert_allclose(path, values, atol=1e-12)


@pytest.mark.parametrize("limb", sorted(LIMBS))
def test_a_pulled_limb_gets_there(limb: str) -> None:
    """Where it is in reach the end is exactly there; the other limbs don't move."""
    posed = all_fours(body()).solve()
    tip = body().index[limb]
    target = posed.position[:, tip] + [0.03, 0.05, -0.04]
    pulled = pull(body(), posed, limb, target, posed.rotation[:, tip])
    np.testing.assert_allclose(pulled.position[:, tip], target, atol=1e-9)
    np.testing.assert_allclose(pulled.rotation[:, tip], posed.rotation[:, tip], atol=1e-9)
    for other in set(LIMBS) - {limb}:
        np.testing.assert_allclose(
            pulled.position[:, body().index[other]], posed.position[:, body().index[other]]
        )


def test_sway_is_small_and_none_at_the_ends() -> None:
    times = grid(20.0)
    layer = sway(body(), times, np.random.default_rng(1))
    angle = np.degrees(np.arccos(np.clip((np.trace(layer, axis1=-2, axis2=-1) - 1) / 2, -1, 1)))
    assert angle[[0, -1]].max() == 0
    assert 1 < angle.max() < 12


def test_a_track_is_what_it_was_made_of() -> None:
    times = np.linspace(0, 1, 51)
    posed = Track.of(body(), times, walk(body(), route((0, 0, 0), (0, 1, 0))).at(times))
    assert gap(posed.reversed().at(0.25), posed.at(0.75)) < 1e-9
    assert gap(posed.mirrored().mirrored().at(0.4), posed.at(0.4)) < 1e-6
    both = posed.then(posed.reversed())
    assert both.duration_s == pytest.approx(2.0)
    assert gap(both.at(1.7), posed.at(0.3)) < 2e-3  # the speed at the joint is not 0 here
    assert gap(posed.part(0.2, 0.8).at(0.1), posed.at(0.3)) < 2e-3
    np.testing.assert_allclose(locals_of(body(), posed.at(times)), posed.local, atol=1e-9)


@pytest.mark.parametrize("name", ["woman_short_old", "man_heavy", "man_lean_tall"])
def test_bodies_of_all_sizes_lie_on_the_floor(name: str) -> None:
    for pose in (on_back(body(name)), on_back(body(name), 1.0), on_side(body(name)), all_fours(body(name))):
        assert -0.03 < lowest(body(name), pose.solve())[0] < 0.005


def test_what_nobody_knows_is_an_error() -> None:
    with pytest.raises(UsageError, match="somersault"):
        life.segment("somersault", body(), rest("squat"), "standing", 0.0, 1)
    with pytest.raises(UsageError, match="somersault"):
        life.scene("somersault", body(), 5.0, 1)
