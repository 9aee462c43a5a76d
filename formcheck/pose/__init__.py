"""Pictures in, landmarks out: the only room that knows MediaPipe.

`mediapipe.Landmarker` sees one frame at a time, `file.estimate_file` a whole file in chunks side by
side, `people` decides whom to follow, `models` knows where the networks are. Importing this package
loads nothing heavy; MediaPipe itself is loaded when the first `Landmarker` is made.
"""

from __future__ import annotations

from formcheck.pose.file import estimate_file
from formcheck.pose.mediapipe import MAX_SIDE, Detections, Landmarker

__all__ = ["MAX_SIDE", "Detections", "Landmarker", "estimate_file"]
