"""People who sit or lie on their back and work to both sides: the camera's place, turns, the working side."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.features.body import Window
from formcheck.features.side import evidence
from formcheck.features.signals import evaluate
from formcheck.features.view import angles
from formcheck.landmarks import COUNT, INDEX
from formcheck.spec import Turn

#: The person's right-handed axes in camera coordinates (x right, y down, z away): left, up, front.
LEFT, UP, FRONT = np.array([[1.0, 0, 0], [0, -1, 0], [0, 0, -1]])
FRAMES = 6
HANDS = Turn("shoulders", "wrists", "other_hip", "hip")


def body(lean: float = 0.0, **moved: np.ndarray) -> np.ndarray:
    """World points ``(33, 3)`` of somebody who sits and leans back by so many degrees; m."""
    back = np.radians(lean)
    trunk = 0.5 * (np.cos(back) * UP - np.sin(back) * FRONT)
    ahead = np.cos(back) * FRONT + np.sin(back) * UP
    points = np.full((COUNT, 3), np.nan)
    for side, sign in (("left", 1), ("right", -1)):
        points[INDEX[f"{side}_hip"]] = 0.1 * sign * LEFT
        points[INDEX[f"{side}_shoulder"]] = 0.18 * sign * LEFT + trunk
        points[INDEX[f"{side}_knee"]] = 0.1 * sign * LEFT + 0.3 * FRONT + 0.25 * UP
        points[INDEX[f"{side}_ankle"]] = 0.1 * sign * LEFT + 0.6 * FRONT
        points[INDEX[f"{side}_wrist"]] = 0.04 * sign * LEFT + trunk + 0.3 * ahead - 0.2 * trunk
    for name, way in moved.items():
        points[INDEX[name]] += way
    return points


def window(*poses: np.ndarray, side: str = "left") -> Window:
    """A rest of `FRAMES` frames and as many of each pose."""
    world = np.concatenate([np.repeat(p[None], FRAMES, 0) for p in (poses[0], *poses)])
    xy = 300 + 200 * world[..., :2]
    t = np.arange(len(world)) / 15
    return Window(t, xy, np.ones(xy.shape[:2]), world, side).with_rest(t < t[FRAMES])


def turned(degrees: float, lean: float) -> np.ndarray:
    """Hands that have gone aside about the trunk, to the left."""
    back, a = np.radians(lean), np.radians(degrees)
    ahead = np.cos(back) * FRONT + np.sin(back) * UP
    way = 0.3 * ((np.cos(a) - 1) * ahead + np.sin(a) * LEFT)
    return body(lean, left_wrist=way, right_wrist=way)


@pytest.mark.parametrize("lean", [0, 40])
@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("degrees", [-50.0, 0.0, 35.0])
def test_a_turn_is_seen_along_the_trunk(degrees: float, side: str, lean: float):
    w = window(body(lean), turned(degrees, lean), side=side)
    value = evaluate(HANDS, w)[-1]
    sign = 1 if side == "left" else -1
    assert value == pytest.approx(90 - sign * degrees, abs=1e-6)


@pytest.mark.parametrize(("azimuth", "lean"), [(0, 10), (45, 30), (90, 45), (135, 20), (180, 10)])
def test_where_the_camera_stands_before_somebody_who_sits(azimuth: float, lean: float):
    a, back = np.radians(azimuth), np.radians(lean)
    level = np.cos(a), np.sin(a)  # towards the front, towards the left
    camera = np.array([-np.sin(back) * level[0], level[1], np.cos(back) * level[0]])
    found, elevation = angles(camera, "seated", "left")
    assert found == pytest.approx(azimuth, abs=7)
    assert abs(elevation) < 25


@pytest.mark.parametrize("lean", [0, 40])
@pytest.mark.parametrize("side", ["left", "right"])
def test_who_sits_works_on_the_side_that_the_hands_go_to(side: str, lean: float):
    w = window(body(lean), turned(40 if side == "left" else -40, lean))
    top = w.t >= w.t[FRAMES]
    assert evidence("alternating", w, {"rest": ~top, "top": top}) * (1 if side == "left" else -1) > 0.3


@pytest.mark.parametrize("side", ["left", "right"])
def test_on_the_back_it_is_the_leg_that_is_stretched(side: str):
    """Both knees travel: one comes in while the other leg is stretched."""
    # The head to the right of the picture, the left side nearer to the camera.
    lying = body() @ np.stack([LEFT, UP, FRONT]).T @ np.array([[0.0, 0, -1], [1, 0, 0], [0, -1, 0]])
    other = "right" if side == "left" else "left"
    turn = lying.copy()
    feet = lying[INDEX["left_hip"]] - lying[INDEX["left_shoulder"]]
    feet /= np.linalg.norm(feet)
    turn[INDEX[f"{side}_ankle"]] += 0.3 * feet
    turn[INDEX[f"{other}_ankle"]] -= 0.2 * feet
    w = window(lying, turn)
    top = w.t >= w.t[FRAMES]
    assert evidence("alternating", w, {"rest": ~top, "top": top}) * (1 if side == "left" else -1) > 0.3
