"""The 33 MediaPipe pose landmarks: the only place that knows their indices.

Source: MediaPipe Pose Landmarker model card. Left and right are the person's own.
"""

from __future__ import annotations

from typing import Final

NAMES: Final = (
    "nose",
    "left_eye_inner", "left_eye", "left_eye_outer",
    "right_eye_inner", "right_eye", "right_eye_outer",
    "left_ear", "right_ear", "mouth_left", "mouth_right",
    "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
    "left_pinky", "right_pinky", "left_index", "right_index", "left_thumb", "right_thumb",
    "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
    "left_heel", "right_heel", "left_foot_index", "right_foot_index",
)  # fmt: skip
COUNT: Final = len(NAMES)
INDEX: Final = {name: i for i, name in enumerate(NAMES)}

#: Joints that exist once on each side, by their name without the side.
PAIRED: Final = (
    "ear", "shoulder", "elbow", "wrist", "pinky", "index", "thumb",
    "hip", "knee", "ankle", "heel", "foot_index",
)  # fmt: skip
LEFT: Final = {name: INDEX[f"left_{name}"] for name in PAIRED}
RIGHT: Final = {name: INDEX[f"right_{name}"] for name in PAIRED}

#: Limb chains, from the trunk outwards: what is swapped or hidden together.
LEG: Final = ("hip", "knee", "ankle", "heel", "foot_index")

#: For every landmark its mirror image's index: ``points[:, MIRROR]`` exchanges left and right.
MIRROR: Final = tuple(
    INDEX[n.replace("left", "right") if "left" in n else n.replace("right", "left") if "right" in n else n]
    for n in NAMES
)

#: Bones to draw, as index pairs: trunk, arms, legs. Face and fingers are left out on purpose.
BONES: Final = tuple(
    (INDEX[a], INDEX[b])
    for a, b in (
        ("left_shoulder", "right_shoulder"), ("left_hip", "right_hip"),
        ("left_shoulder", "left_hip"), ("right_shoulder", "right_hip"),
        ("left_shoulder", "left_elbow"), ("left_elbow", "left_wrist"),
        ("right_shoulder", "right_elbow"), ("right_elbow", "right_wrist"),
        ("left_hip", "left_knee"), ("left_knee", "left_ankle"),
        ("right_hip", "right_knee"), ("right_knee", "right_ankle"),
        ("left_ankle", "left_foot_index"), ("right_ankle", "right_foot_index"),
    )
)  # fmt: skip


def index(name: str, side: str) -> int:
    """The index of a paired joint.

    Args:
        name: A joint without its side, one of `PAIRED`.
        side: ``"left"`` or ``"right"``.

    Raises:
        KeyError: The joint is not one of `PAIRED`.
    """
    return LEFT[name] if side == "left" else RIGHT[name]


def other(side: str) -> str:
    """The opposite side."""
    return "right" if side == "left" else "left"
