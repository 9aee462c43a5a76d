"""What single exercises of the studio are known for."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.landmarks import INDEX
from samples.studio import motion
from samples.studio.body import Body
from samples.studio.motion import single_leg_bridge, squat
from samples.studio.skeleton import landmarks
from tests.studio.moving import places, posed, styles


def test_a_clamshell_s_heels_stay_together_and_its_knees_open(body: Body):
    some = posed("clamshell", body, motion.find("clamshell").Style(), np.array([0.0, 1]), {})
    knee, a, b = places(body, some, "left_knee", "left_ankle", "right_ankle")
    assert (knee[1] - knee[0])[1] > 0.15
    np.testing.assert_allclose(np.linalg.norm(a - b, axis=-1), np.linalg.norm(a[0] - b[0]), atol=1e-6)


@pytest.mark.parametrize("share", [0.0, 0.35, 0.6])
def test_rolling_back_takes_the_shoulders_along_by_their_share(share: float, body: Body):
    clamshell = motion.find("clamshell")
    style = clamshell.Style(bed=type(clamshell.Style().bed)(shoulder_share=share))
    some = posed("clamshell", body, style, np.array([0.0, 1]), {"hip_roll_back": np.array([0, 20.0])})

    def roll(joint: str) -> float:
        left, right = places(body, some, f"left_{joint}", f"right_{joint}")
        back = np.degrees(np.arctan2(-(left - right)[:, 2], (left - right)[:, 1]))
        return float(back[1] - back[0])

    assert roll("hip") == pytest.approx(20, abs=0.5)
    assert roll("shoulder") == pytest.approx(20 * share, abs=1.0)


def test_a_hydrant_s_knee_goes_out_to_the_left_and_up(body: Body):
    some = posed("fire_hydrant", body, motion.find("fire_hydrant").Style(lift=50), np.array([0.0, 1]), {})
    knee, hip = places(body, some, "left_knee", "left_hip")
    thigh = np.linalg.norm(knee - hip, axis=-1)[0]
    lift = np.radians(50)
    wanted = thigh * np.array([0, -np.cos(lift), -np.sin(lift)])
    np.testing.assert_allclose((knee - hip)[1], wanted, atol=1e-3)


def test_a_full_bridge_is_a_line_from_shoulder_to_knee(body: Body):
    style = single_leg_bridge.Style(straight=0)
    some = posed("single_leg_bridge", body, style, np.array([0.0, 1]), {})
    shoulder, hip, knee = (p[:, :2] for p in places(body, some, "left_shoulder", "left_hip", "left_knee"))
    way = (knee - shoulder)[1] / np.linalg.norm((knee - shoulder)[1])
    off = (hip - shoulder)[1] - ((hip - shoulder)[1] @ way) * way
    assert np.linalg.norm(off) < 1e-4
    # On the floor the seat rests: the hip is lower than 15 cm there, and higher than 20 at the top.
    assert hip[0, 1] < 0.15
    assert hip[1, 1] > 0.2


def test_the_knees_of_a_squat_cave_in_by_the_ratio_that_the_limits_stand_for(body: Body):
    for style in styles("squat"):
        info = squat.limits(body, style)["knee_valgus"]
        some = posed("squat", body, style, np.ones(2), {"knee_valgus": np.array([info.mild, info.severe])})
        names = ("left_knee", "right_knee", "left_ankle", "right_ankle")
        a, b, c, d = (p[:, 0] for p in places(body, some, *names))
        np.testing.assert_allclose((a - b) / (c - d), [1.0, 0.8], atol=0.01)


def test_a_squat_goes_to_its_depth(body: Body):
    for style in styles("squat", 5):
        hip, knee = places(body, posed("squat", body, style, 1.0, {}), "left_hip", "left_knee")
        slope = np.degrees(np.arcsin((hip - knee)[0, 1] / np.linalg.norm((hip - knee)[0])))
        assert slope == pytest.approx(style.bottom, abs=0.1)


#: Share of the mass and where its middle is between two landmarks: de Leva 1996, means of women and men.
SEGMENTS = (
    ("nose", "nose", 0.068, 0.0),
    *((f"{s}_hip", f"{s}_shoulder", 0.215, 0.58) for s in ("left", "right")),
    *((f"{s}_shoulder", f"{s}_elbow", 0.026, 0.57) for s in ("left", "right")),
    *((f"{s}_elbow", f"{s}_wrist", 0.022, 0.6) for s in ("left", "right")),
    *((f"{s}_hip", f"{s}_knee", 0.145, 0.39) for s in ("left", "right")),
    *((f"{s}_knee", f"{s}_ankle", 0.045, 0.44) for s in ("left", "right")),
    *((f"{s}_heel", f"{s}_foot_index", 0.013, 0.45) for s in ("left", "right")),
)


@pytest.mark.parametrize("fault", [None, *motion.find("squat").FAULTS])
def test_a_squat_keeps_its_balance(fault: str | None, body: Body):
    """With the arms where they really are, the mass is well between heels and toes all the way."""
    for style in styles("squat", 5):
        size = {fault: squat.FAULTS[fault].severe} if fault else {}
        points = landmarks(body, posed("squat", body, style, np.linspace(0, 1, 5), size))
        at = {name: points[:, INDEX[name], 2] for pair in SEGMENTS for name in pair[:2]}
        mass = sum(share * (at[a] + along * (at[b] - at[a])) for a, b, share, along in SEGMENTS)
        assert np.all(mass > at["left_heel"] + 0.02)
        assert np.all(mass < at["left_foot_index"] - 0.04)


def test_leaning_forward_pushes_the_hips_back(body: Body):
    some = posed("squat", body, squat.Style(), np.ones(2), {"forward_lean": np.array([0.0, 25])})
    hip, shoulder = places(body, some, "left_hip", "left_shoulder")
    assert hip[1, 2] < hip[0, 2] - 0.01
    assert shoulder[1, 2] > shoulder[0, 2] + 0.03
