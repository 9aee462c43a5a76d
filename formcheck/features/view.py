"""From where the camera looks at the body.

The trunk's axes at rest say where the camera stands, once the posture says which axis is up:

============  ==========================  =================================================
posture       azimuth 0 / 90 / 180        elevation from
============  ==========================  =================================================
standing      front / side / back         the head axis
side_lying    belly / feet / back (−90 head)  the axis through the upper hip
quadruped     head / side / behind        the back axis
supine        feet / side / head          the belly axis
seated        front / side / back         the head axis of a trunk that leans back by 22°
hinged        as standing, of the upright end of the rep
============  ==========================  =================================================

Only side_lying has a signed azimuth; elsewhere left and right look the same to the rules.
"""

from __future__ import annotations

import numpy as np

from formcheck.features.body import Window
from formcheck.geometry import Floats, nanmedian
from formcheck.spec import Exercise, Posture, Seen
from formcheck.types import View

#: A camera above this looks "from above"; measured: the raised rendered views read 45°, the low ones 20–32°.
RAISED_DEG = 38.0
#: Nobody who lies or kneels on the floor is seen from below: less is a trunk whose front and back, or left
#: and right, are confused. Of 97 verdicts on people on their side in such reps (tune half and people of their
#: own), four called a fault rightly, five wrongly, and one missed a rolled hip.
LOWEST_DEG = -25.0
ON_THE_FLOOR = ("side_lying", "quadruped", "supine")
#: The upright end of a rep that begins bent over: the most upright fifth of its frames, a percentile.
UPRIGHT_SHARE = 80
#: Trunks of seated people lean back by 0–45°: their angles are told for one in between, 22°.
LEANING = np.array([0.927, 0.375])
#: Words for the azimuth, by the largest angle they hold for.
KINDS: dict[Posture, tuple[tuple[float, str], ...]] = {
    "standing": ((22, "front"), (65, "front diagonal"), (115, "side"), (158, "back diagonal"), (181, "back")),
    "side_lying": (
        (22, "belly side"),
        (65, "feet diagonal"),
        (115, "feet end"),
        (158, "back diagonal"),
        (181, "back side"),
    ),
    "quadruped": (
        (22, "head end"),
        (65, "head diagonal"),
        (115, "side"),
        (158, "back diagonal"),
        (181, "back"),
    ),
    "seated": (
        (22, "front"),
        (65, "front diagonal"),
        (115, "side"),
        (158, "back diagonal"),
        (181, "back"),
    ),
    "hinged": (
        (22, "front"),
        (65, "front diagonal"),
        (115, "side"),
        (158, "back diagonal"),
        (181, "back"),
    ),
    "supine": (
        (22, "feet end"),
        (65, "feet diagonal"),
        (115, "side"),
        (158, "head diagonal"),
        (181, "head end"),
    ),
}


def angles(camera: Floats, posture: Posture, side: str) -> tuple[float, float]:
    """Azimuth and elevation in degrees for a posture.

    Args:
        camera: ``(3,)`` direction to the camera on the head, left and front axis.
        side: The working side; for lying on the side, the upper one.
    """
    head, left, front = camera / max(float(np.linalg.norm(camera)), 1e-9)
    if posture in ("standing", "hinged"):
        azimuth, up = np.arctan2(abs(left), front), head
    elif posture == "side_lying":
        azimuth, up = np.arctan2(-head, front), left if side == "left" else -left
    elif posture == "quadruped":
        azimuth, up = np.arctan2(abs(left), head), -front
    elif posture == "seated":
        azimuth, up = np.arctan2(abs(left), LEANING @ (front, -head)), LEANING @ (head, front)
    else:
        azimuth, up = np.arctan2(abs(left), -head), front
    return float(np.degrees(azimuth)), float(np.degrees(np.arcsin(np.clip(up, -1, 1))))


def estimate(window: Window, exercise: Exercise) -> View:
    """The view of a window's rest; kind "unknown" with confidence 0 where the trunk was not seen.

    Confidence is 0 as well where it is seen as it cannot be.
    """
    camera = window.camera if exercise.posture != "hinged" else _camera_of_upright(window)
    if not np.isfinite(camera).all():
        return View("unknown", float("nan"), float("nan"), 0.0)
    azimuth, elevation = angles(camera, exercise.posture, window.side)
    kind = next(word for limit, word in KINDS[exercise.posture] if abs(azimuth) <= limit)
    if azimuth < 0:  # lying on the side, the camera is nearer to the head than to the feet
        kind = kind.replace("feet", "head").replace("back diagonal", "back diagonal at the head")
    if elevation > RAISED_DEG:
        kind = f"{kind}, raised"
    # Steady axes are a sign of a trunk that is well seen: the mean resultant length of its axes.
    seen_axes = window.axes[np.isfinite(window.axes).all(axis=(1, 2))]
    spread = np.linalg.norm(seen_axes.mean(axis=0), axis=-1).min()
    sight = np.mean([np.nan_to_num(window.seen(n)).mean() for n in ("hip", "shoulder")])
    possible = elevation >= LOWEST_DEG or exercise.posture not in ON_THE_FLOOR
    sure = round(float(np.clip(spread, 0, 1) * sight), 2) if possible else 0.0
    advice = "" if inside(exercise.best, window, azimuth, elevation) else exercise.camera
    return View(kind, azimuth, elevation, sure, advice)


def _camera_of_upright(window: Window) -> Floats:
    """``(3,)`` direction to the camera, on the axes of the trunk where it is most upright.

    A bent trunk may lean by anything, so its own axes say nothing about the camera's height.
    """
    upright = -window.axes[:, 0, 1]
    seen = np.isfinite(upright)
    if not seen.any():
        return np.full(3, np.nan)
    top = upright >= np.percentile(upright[seen], UPRIGHT_SHARE)
    return -nanmedian(window.axes[top])[:, 2]


def _side(window: Window) -> str:
    """On which side of the body the camera is, that of the working limb or the other."""
    return "working" if (window.camera[1] > 0) == (window.side == "left") else "other"


def inside(seen: Seen, window: Window, azimuth: float, elevation: float) -> bool:
    """Whether the camera stands where `seen` asks for; visibility of joints is not asked here."""
    low, high = seen.elevation
    if not low <= elevation <= high:
        return False
    if seen.azimuth and not any(a <= azimuth <= b for a, b in seen.azimuth):
        return False
    # Before a rest is known, nobody knows which side will work.
    if seen.side and window.rest is not None and seen.side != _side(window):
        return False
    if seen.shows is None:
        return True
    direction, least = seen.shows
    return bool(np.hypot(*window.direction(direction)) >= least)
