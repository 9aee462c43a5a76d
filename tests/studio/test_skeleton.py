"""The studio's skeleton against known answers: geometry that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.errors import SourceError
from formcheck.landmarks import INDEX, MIRROR
from samples.studio.body import BODIES, Body, palm
from samples.studio.rotation import X, Y, Z, about, about_x, about_y, angle_about, between, turn_onto
from samples.studio.skeleton import Pose, Posed, forward, joined, landmarks, locals_of, skin

NAMES = sorted(p.stem for p in BODIES.glob("*.npz"))


@pytest.fixture(scope="module", params=["woman_average", "man_lean_tall"])
def body(request: pytest.FixtureRequest) -> Body:
    return Body.load(request.param)


def random_posed(body: Body, seed: int, count: int = 3) -> Posed:
    rng = np.random.default_rng(seed)
    local = {n: about(rng.normal(size=(count, 3)), rng.uniform(-40, 40, count)) for n in body.names[2:]}
    root = about(rng.normal(size=(count, 3)), rng.uniform(-180, 180, count))
    return forward(body, local, root, rng.normal(size=(count, 3)))


def test_a_missing_body_is_an_error_with_advice():
    with pytest.raises(SourceError, match=r"known bodies: .*woman_average"):
        Body.load("nobody")


@pytest.mark.parametrize("name", NAMES)
def test_every_body_is_symmetric_and_of_human_size(name: str):
    body = Body.load(name)
    flip = np.array([-1, 1, 1])
    np.testing.assert_allclose(body.heads[body.mirror], body.heads * flip, atol=1e-9)
    points = landmarks(body, Pose(body).solve())[0]
    np.testing.assert_allclose(points[list(MIRROR)], points * flip, atol=1e-9)
    assert 1.45 < np.ptp(body.vertices[:, 1]) < 2.0
    assert 0.40 < body.offset("thigh_l", "upperarm_l")[1] < 0.55


def test_unposing_the_neutral_gives_the_body_at_rest(body: Body):
    at_rest = Posed(np.swapaxes(body.correction, -1, -2)[None], body.heads[None])
    # Weights are stored in steps of 1/256 and add up to 1.
    np.testing.assert_allclose(skin(body, at_rest)[0], body.vertices, atol=1e-6)
    np.testing.assert_allclose(landmarks(body, at_rest)[0], body.anchors[1], atol=1e-12)


def test_in_the_neutral_limbs_hang_straight_down_and_feet_look_forward(body: Body):
    posed = Pose(body).solve()
    for side in "lr":
        for upper, lower in (
            ("thigh", "calf"),
            ("calf", "foot"),
            ("upperarm", "lowerarm"),
            ("lowerarm", "hand"),
        ):
            a, b = (posed.position[0, body.index[f"{n}_{side}"]] for n in (upper, lower))
            np.testing.assert_allclose(b - a, [0, -body.length(f"{upper}_{side}"), 0], atol=1e-9)
        foot, ball = (posed.position[0, body.index[f"{n}_{side}"]] for n in ("foot", "ball"))
        assert abs((ball - foot)[0]) < 1e-9
        assert (ball - foot)[2] > 0.05


def test_a_bent_knee_brings_the_ankle_behind_it(body: Body):
    pose = Pose(body)
    pose.knee("l", 90)
    knee, ankle = pose.place("calf_l"), pose.place("foot_l")
    np.testing.assert_allclose(ankle - knee, [0, 0, -body.length("calf_l")], atol=1e-9)


def test_hip_angles_mean_what_they_say(body: Body):
    for side, out in (("l", 1), ("r", -1)):
        pose = Pose(body)
        pose.hip(side, flexion=30)
        way = pose.place(f"calf_{side}") - pose.place(f"thigh_{side}")
        np.testing.assert_allclose(np.degrees(np.arctan2(way[2], -way[1])), 30)
        pose.hip(side, abduction=20)
        way = pose.place(f"calf_{side}") - pose.place(f"thigh_{side}")
        np.testing.assert_allclose(np.degrees(np.arctan2(out * way[0], -way[1])), 20)
        pose.hip(side, rotation=25)
        np.testing.assert_allclose(angle_about(pose.rotation(f"thigh_{side}"), 1), out * 25)


def test_the_spine_bends_by_the_sum_of_its_bones(body: Body):
    pose = Pose(body)
    pose.spine(flexion=40)
    np.testing.assert_allclose(pose.rotation("spine_03"), about_x(40), atol=1e-12)
    pose.spine(lateral=20)
    assert (pose.rotation("spine_03") @ Y)[0] < 0  # to the person's right
    pose.spine(twist=30)
    np.testing.assert_allclose(pose.rotation("spine_03"), about_y(30), atol=1e-12)
    assert (pose.rotation("spine_03") @ Z)[0] > 0  # the chest looks to the left


@pytest.mark.parametrize("limb", ["leg", "arm"])
@pytest.mark.parametrize("side", ["l", "r"])
def test_limbs_reach_the_place_and_bend_the_right_way(body: Body, limb: str, side: str):
    chain = ("thigh", "calf", "foot") if limb == "leg" else ("upperarm", "lowerarm", "hand")
    first, middle, end = (f"{n}_{side}" for n in chain)
    pose = Pose(body, about_y(np.array([0.0, 70, 200])), np.array([0, 1.0, 0]))
    reach = body.length(first) + body.length(middle)
    way = np.array([[0.1, -0.5, 0.3], [-0.3, -0.4, 0.2], [0.2, 0.1, 0.6]]) * reach
    pole = np.array([0.4, 0.2, 1.0])
    getattr(pose, limb)(side, pose.place(first) + way, pole)
    np.testing.assert_allclose(pose.place(end) - pose.place(first), way, atol=1e-9)
    posed = pose.solve()
    np.testing.assert_allclose(posed.position[:, body.index[end]], pose.place(end), atol=1e-9)
    aside = pose.place(middle) - pose.place(first)
    aside = aside - (aside * way).sum(-1, keepdims=True) / (way**2).sum(-1, keepdims=True) * way
    assert np.all(aside @ pole > 0)
    # A knee bends about its own x, backwards; an elbow the other way.
    bend = np.swapaxes(pose.rotation(first), -1, -2) @ pose.rotation(middle)
    sign = 1 if limb == "leg" else -1
    np.testing.assert_allclose(bend, about_x(sign * np.abs(angle_about(bend, 0))), atol=1e-9)
    assert np.all(sign * angle_about(bend, 0) > 10)


def test_a_place_out_of_reach_is_reached_for_with_a_straight_limb(body: Body):
    pose = Pose(body)
    target = pose.place("thigh_l") - 3 * Y
    pose.leg("l", target, Z)
    np.testing.assert_allclose(pose.place("foot_l")[1], Pose(body).place("foot_l")[1], atol=1e-3)


@pytest.mark.parametrize("side", ["l", "r"])
def test_a_hand_points_its_fingers_and_its_palm(body: Body, side: str):
    pose = Pose(body)
    pose.arm(side, pose.place(f"upperarm_{side}") + np.array([0.05, -0.2, 0.3]), -Z)
    pose.hand(side, X, -Y)
    turned = pose.rotation(f"hand_{side}")
    np.testing.assert_allclose(turned @ -Y, X, atol=1e-9)
    np.testing.assert_allclose(turned @ palm(body, side), -Y, atol=1e-9)
    knuckles = pose.place(f"middle_01_{side}") - pose.place(f"hand_{side}")
    assert knuckles @ X > 0.99 * np.linalg.norm(knuckles)


def test_many_instants_are_the_same_as_one_after_another(body: Body):
    flexion, target = np.array([10.0, 40, 80]), np.array([[0.1, 0.3, 0.1], [0.2, 0.4, 0], [0.1, 0.2, 0.3]])

    def build(i: slice | int) -> Posed:
        pose = Pose(body, about_x(flexion[i]), (0, 0.9, 0))
        pose.spine(flexion[i], twist=-flexion[i])
        pose.leg("l", target[i], Z)
        pose.arm("r", target[i] + Y, -Z)
        pose.hand("r", X, -Y)
        return pose.solve()

    together, single = build(slice(None)), joined([build(i) for i in range(3)])
    np.testing.assert_allclose(together.rotation, single.rotation, atol=1e-12)
    np.testing.assert_allclose(together.position, single.position, atol=1e-12)


def test_bones_keep_their_lengths_and_landmarks_their_bones(body: Body):
    posed = random_posed(body, 1)
    for bone in range(1, len(body.names)):
        up = body.parent[bone]
        length = np.linalg.norm(posed.position[:, bone] - posed.position[:, up], axis=-1)
        np.testing.assert_allclose(length, np.linalg.norm(body.heads[bone] - body.heads[up]), atol=1e-9)
    points = landmarks(body, posed)
    for joint, bone in (("left_hip", "thigh_l"), ("right_wrist", "hand_r"), ("left_elbow", "lowerarm_l")):
        np.testing.assert_allclose(points[:, INDEX[joint]], posed.position[:, body.index[bone]], atol=1e-12)


def test_landmarks_on_the_skin_move_with_the_skin(body: Body):
    posed = random_posed(body, 2)
    points = landmarks(body, posed)
    for name in ("nose", "left_ear", "right_heel", "left_foot_index"):
        rest = body.anchors[1][INDEX[name]]
        vertex = int(np.argmin(np.linalg.norm(body.vertices - rest, axis=1)))
        (moved,) = np.moveaxis(skin(body, posed, np.array([vertex])), 1, 0)
        assert np.linalg.norm(moved - points[:, INDEX[name]], axis=-1).max() < 0.02


def test_a_subset_of_the_skin_is_that_part_of_the_skin(body: Body):
    posed = random_posed(body, 3)
    some = np.array([5, 17, 4000, 301])
    np.testing.assert_allclose(skin(body, posed, some), skin(body, posed)[:, some], atol=1e-12)


def test_the_mirror_exchanges_the_sides_and_undoes_itself(body: Body):
    posed = random_posed(body, 4)
    seen = posed.mirrored(body)
    np.testing.assert_allclose(
        landmarks(body, seen), landmarks(body, posed)[:, list(MIRROR)] * [1, 1, -1], atol=1e-9
    )
    np.testing.assert_allclose(np.linalg.det(seen.rotation), 1)
    twice = seen.mirrored(body)
    np.testing.assert_allclose(twice.rotation, posed.rotation, atol=1e-12)
    np.testing.assert_allclose(twice.position, posed.position, atol=1e-12)
    # The skin is mirrored too: it fills the same box on the other side.
    before, after = skin(body, posed), skin(body, seen)
    np.testing.assert_allclose(after[..., 2].min(1), -before[..., 2].max(1), atol=1e-3)
    np.testing.assert_allclose(after[..., 0].max(1), before[..., 0].max(1), atol=1e-3)


def test_local_rotations_lead_back_to_the_pose(body: Body):
    posed = random_posed(body, 5)
    local = locals_of(body, posed)
    back = forward(
        body,
        {n: local[:, i] for i, n in enumerate(body.names)},
        local[:, 0],
        posed.position[:, body.index["pelvis"]],
    )
    np.testing.assert_allclose(back.rotation, posed.rotation, atol=1e-9)
    np.testing.assert_allclose(back.position, posed.position, atol=1e-9)


def test_rotations():
    np.testing.assert_allclose(about_x(90) @ Y, Z, atol=1e-12)
    np.testing.assert_allclose(about(np.array([1.0, 1, 1]), 120) @ X, Y, atol=1e-12)
    np.testing.assert_allclose(turn_onto(X, [1, 1, 0]) @ X, np.array([1, 1, 0]) / np.sqrt(2), atol=1e-12)
    np.testing.assert_allclose(between(about_x(10), about_x(50), 0.25), about_x(20), atol=1e-12)
    np.testing.assert_allclose(angle_about(about_y(np.array([-30.0, 170])), 1), [-30, 170])
