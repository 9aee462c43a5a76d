"""Following one person live, with others in the picture, through gaps and changes of resolution."""

from __future__ import annotations

from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from formcheck.pose.live import ADOPT_S, Follower, Posed
from tests.unit.pose.conftest import ROOT

RATE = 12.5
SIZE = (960, 540)


def people(clip: str, seconds: float) -> list[np.ndarray]:
    """The middle of a clip's pictures, ``(540, 480, 3)``, with one person each."""
    taken = []
    with av.open(str(ROOT / "samples" / "clips" / f"{clip}.mp4")) as container:
        for i, frame in enumerate(container.decode(video=0)):
            if frame.time >= seconds:
                break
            if i % 2 == 0:
                taken.append(frame.reformat(960, 540, "rgb24").to_ndarray()[:, 240:720])
    return taken


@pytest.fixture(scope="module")
def trainee() -> list[np.ndarray]:
    return people("squat", 4.0)


@pytest.fixture(scope="module")
def visitor() -> list[np.ndarray]:
    return people("squat_side", 4.0)


def side_by_side(left: np.ndarray | None, right: np.ndarray | None) -> np.ndarray:
    wall = np.full((540, 480, 3), 150, np.uint8)
    return np.ascontiguousarray(np.hstack([wall if left is None else left, wall if right is None else right]))


def where(posed: Posed) -> str:
    x = posed.image[11:, 0].mean()
    return "nobody" if np.isnan(x) else "left" if x < 480 else "right"


def see(follower: Follower, t: float, picture: np.ndarray) -> Posed:
    small = cv2.resize(picture, (640, 360), interpolation=cv2.INTER_AREA)
    return follower.see(t, small, SIZE)


def test_points_refer_to_the_full_picture(model: Path, trainee: list[np.ndarray]):
    with Follower(model) as follower:
        posed = see(follower, 0.0, side_by_side(None, trainee[0]))
    assert posed.image.shape == (33, 4)
    hips = posed.image[[23, 24], :2].mean(axis=0)
    assert 480 < hips[0] < 960
    ankles = posed.image[[27, 28], 1].mean()
    assert 300 < ankles < 540
    assert posed.others == 0


def test_nobody(model: Path):
    with Follower(model) as follower:
        posed = see(follower, 0.0, side_by_side(None, None))
    assert where(posed) == "nobody"
    assert np.isnan(posed.world).all()


def test_whoever_walks_in_is_seen_and_not_followed(
    model: Path, trainee: list[np.ndarray], visitor: list[np.ndarray]
):
    """Alone for 1 s, then with a visitor; the visitor is noticed at the next look round."""
    seen, others = [], []
    with Follower(model) as follower:
        for i in range(48):
            posed = see(follower, i / RATE, side_by_side(trainee[i], visitor[i] if i >= 12 else None))
            seen.append(where(posed))
            others.append(posed.others)
    assert set(seen) == {"left"}
    assert others[0] == 0
    assert others[-1] == 1


def test_a_gap_does_not_hand_over_and_a_long_one_does(
    model: Path, trainee: list[np.ndarray], visitor: list[np.ndarray]
):
    with Follower(model) as follower:
        t = 0.0
        for i in range(10):
            assert where(see(follower, t, side_by_side(trainee[i], None))) == "left"
            t += 1 / RATE
        gap_begin = t
        seen = []
        for i in range(12):  # the trainee is out of sight, about 1 s
            seen.append(where(see(follower, t, side_by_side(None, visitor[i]))))
            t += 1 / RATE
        assert set(seen) == {"nobody"}
        back = [where(see(follower, t + i / RATE, side_by_side(trainee[10 + i], None))) for i in range(10)]
        assert back[-1] == "left"
        t = gap_begin + 10
        gone = [where(see(follower, t + i / RATE, side_by_side(None, visitor[i]))) for i in range(20)]
        assert gone[-1] == "right", f"after {ADOPT_S} s the one who is there is followed"


def test_another_resolution_in_the_middle(model: Path, trainee: list[np.ndarray]):
    with Follower(model) as follower:
        for i in range(4):
            see(follower, i / RATE, side_by_side(trainee[i], None))
        upright = np.ascontiguousarray(trainee[4][:, 60:420])  # 360 x 540, the same person nearer the edge
        posed = follower.see(4 / RATE, upright, (720, 1080))
        assert np.isfinite(posed.image).all()
        assert 0 < posed.image[:, 0].min() < posed.image[:, 0].max() < 720
        assert posed.image[27:, 1].mean() > 540
