"""Small pictures made of lines: a body and where the camera stands, signs, rings.

Everything is drawn four times as large and averaged, since OpenCV's own edges are coarse. Coordinates of
a sketch are fractions of its side, y down.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from formcheck.outputs.draw import COLOURS, DARK, SHIFT, SOFT, WHITE, Canvas, Colour
from formcheck.session.events import CameraHint
from formcheck.types import Floats, Pixels, Severity

_SUPER: Final = 4
GREEN: Final = COLOURS[Severity.OK]
AMBER: Final = COLOURS[Severity.MILD]

#: Bodies from above as polylines with a thickness, head as a disc: the first point of each is nearest to
#: the trunk. The middle of the hips or the body is at 0.
_Line = tuple[float, tuple[tuple[float, float], ...]]
_ABOVE: Final[dict[str, tuple[tuple[float, float, float], tuple[_Line, ...]]]] = {
    "standing": ((0.0, 0.0, 0.085), (
        (0.10, ((-0.15, 0.0), (0.15, 0.0))),
        (0.06, ((-0.07, 0.06), (-0.07, 0.13))), (0.06, ((0.07, 0.06), (0.07, 0.13))),
    )),
    "side_lying": ((-0.26, 0.0, 0.065), (
        (0.12, ((-0.14, 0.0), (0.06, 0.0))), (0.07, ((0.06, 0.0), (0.17, 0.11), (0.32, 0.03))),
        (0.045, ((-0.13, 0.03), (-0.10, 0.13), (-0.20, 0.16))),
    )),
    "quadruped": ((-0.25, 0.0, 0.065), (
        (0.13, ((-0.13, 0.0), (0.12, 0.0))),
        (0.045, ((-0.13, -0.05), (-0.17, -0.13))), (0.045, ((-0.13, 0.05), (-0.17, 0.13))),
        (0.06, ((0.12, -0.05), (0.28, -0.06))), (0.06, ((0.12, 0.05), (0.28, 0.06))),
    )),
    "supine": ((-0.28, 0.0, 0.065), (
        (0.13, ((-0.16, 0.0), (0.02, 0.0))), (0.06, ((0.02, -0.04), (0.17, -0.05), (0.30, -0.05))),
        (0.06, ((0.02, 0.04), (0.17, 0.05), (0.30, 0.05))),
        (0.045, ((-0.15, -0.07), (0.0, -0.12))), (0.045, ((-0.15, 0.07), (0.0, 0.12))),
    )),
}  # fmt: skip
#: Where azimuths 0 and 90 lie in the picture from above, x right, y down; see formcheck.features.view.
_AXES: Final[dict[str, tuple[tuple[int, int], tuple[int, int]]]] = {
    "standing": ((0, 1), (1, 0)),
    "side_lying": ((0, 1), (1, 0)),
    "quadruped": ((-1, 0), (0, 1)),
    "supine": ((1, 0), (0, 1)),
}
#: Bodies from the side, on a floor at y = 0.
_BESIDE: Final[dict[str, tuple[tuple[float, float, float], tuple[_Line, ...]]]] = {
    "standing": ((0.0, -0.44, 0.06), (
        (0.09, ((0.0, -0.33), (0.0, -0.20))), (0.06, ((0.0, -0.20), (0.0, -0.02))),
    )),
    "side_lying": ((-0.22, -0.07, 0.055), (
        (0.11, ((-0.11, -0.06), (0.06, -0.06))), (0.06, ((0.06, -0.05), (0.24, -0.035))),
    )),
    "quadruped": ((-0.22, -0.24, 0.055), (
        (0.10, ((-0.12, -0.22), (0.12, -0.22))), (0.045, ((-0.12, -0.20), (-0.12, -0.02))),
        (0.05, ((0.12, -0.20), (0.12, -0.02), (0.24, -0.02))),
    )),
    "supine": ((-0.24, -0.06, 0.055), (
        (0.09, ((-0.13, -0.05), (0.04, -0.05))), (0.05, ((0.04, -0.05), (0.14, -0.16), (0.22, -0.02))),
    )),
}  # fmt: skip


class Sketch:
    """A square sheet of masks, painted onto a canvas one after the other.

    Args:
        canvas: Where it goes.
        x: Left edge, px.
        y: Upper edge, px.
        side: Of the square, px.
    """

    def __init__(self, canvas: Canvas, x: float, y: float, side: int) -> None:
        self._canvas = canvas
        self._at = x, y
        self.side = side

    def _mask(self) -> Pixels:
        return np.zeros((self.side * _SUPER, self.side * _SUPER), np.uint8)

    def _px(self, points: Floats) -> Floats:
        return np.rint(points * self.side * _SUPER * 2**SHIFT).astype(np.int32)

    def _paint(self, mask: Pixels, colour: Colour, opacity: float) -> None:
        small = cv2.resize(mask, (self.side, self.side), interpolation=cv2.INTER_AREA)
        self._canvas.over(small.astype(np.float32) / 255, *self._at, colour, opacity)

    def line(
        self, points: Sequence[tuple[float, float]], thick: float, colour: Colour, opacity: float = 1.0
    ) -> None:
        """A polyline with round ends."""
        mask = self._mask()
        width = max(round(thick * self.side * _SUPER), 1)
        cv2.polylines(mask, [self._px(np.array(points, float))], False, 255, width, cv2.LINE_AA, SHIFT)
        self._paint(mask, colour, opacity)

    def disc(self, x: float, y: float, radius: float, colour: Colour, opacity: float = 1.0) -> None:
        """A filled circle."""
        mask = self._mask()
        centre = self._px(np.array([x, y]))
        cv2.circle(
            mask,
            (int(centre[0]), int(centre[1])),
            int(self._px(np.array(radius))),
            255,
            -1,
            cv2.LINE_AA,
            SHIFT,
        )
        self._paint(mask, colour, opacity)

    def polygon(self, points: Floats, colour: Colour, opacity: float = 1.0) -> None:
        """A filled polygon."""
        mask = self._mask()
        cv2.fillPoly(mask, [self._px(points)], 255, cv2.LINE_AA, SHIFT)
        self._paint(mask, colour, opacity)

    def sector(
        self,
        centre: tuple[float, float],
        inner: float,
        outer: float,
        angles: Floats,
        colour: Colour,
        opacity: float,
    ) -> None:
        """A piece of a ring; `angles` are clockwise from the right, radians, in order."""
        way = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        self.polygon(np.vstack([outer * way, inner * way[::-1]]) + np.array(centre), colour, opacity)

    def camera(
        self, centre: tuple[float, float], angle: float, radius: float, colour: Colour, size: float = 0.075
    ) -> None:
        """A camera at an angle and a distance from the centre, looking at it."""
        way = np.array([np.cos(angle), np.sin(angle)])
        across = np.array([-way[1], way[0]])
        at = np.array(centre) + radius * way
        body = np.array([(-0.4, -1), (1.2, -1), (1.2, 1), (-0.4, 1)]) * size
        lens = np.array([(-1.25, -0.75), (-0.4, -0.3), (-0.4, 0.3), (-1.25, 0.75)]) * size
        for grow, ink in ((1.28, DARK), (1.0, colour)):
            for shape in (body, lens):
                middle = np.array([0.1 * size, 0.0])
                local = (shape - middle) * grow + middle
                self.polygon(at + local[:, :1] * way + local[:, 1:] * across, ink)

    def figure(
        self,
        centre: tuple[float, float],
        head: tuple[float, float, float],
        lines: Sequence[_Line],
        scale: float = 1.0,
    ) -> None:
        """A body: white, its trunk and limbs as thick lines."""
        for thick, points in lines:
            placed = [(centre[0] + scale * x, centre[1] + scale * y) for x, y in points]
            self.line(placed, scale * thick, WHITE)
        x, y, r = head
        self.disc(centre[0] + scale * x, centre[1] + scale * y, scale * (r + 0.02), DARK)
        self.disc(centre[0] + scale * x, centre[1] + scale * y, scale * r, WHITE)


def from_above(sketch: Sketch, hint: CameraHint) -> None:
    """The body from above, the directions that are good for the camera, and where it stands now."""
    centre, inner, outer = (0.5, 0.5), 0.31, 0.44
    sketch.figure(centre, *_ABOVE.get(hint.posture, _ABOVE["standing"]), scale=0.78)
    sketch.sector(centre, inner, outer, np.linspace(0, 2 * np.pi, 73), SOFT, 0.13)
    for low, high in hint.wanted:
        turns = [(low, high)] if hint.signed else [(low, high), (-high, -low)]
        for a, b in turns:
            angles = np.array([page_angle(hint, x) for x in np.linspace(a, b, 25)])
            sketch.sector(centre, inner, outer, angles, GREEN, 0.95)
    if np.isfinite(hint.azimuth_deg):
        good = inside_windows(hint)
        sketch.camera(centre, page_angle(hint, hint.azimuth_deg), 0.375, WHITE if good else AMBER)


def from_beside(sketch: Sketch, hint: CameraHint) -> None:
    """The body from the side, the heights that are good for the camera, and its own."""
    centre, inner, outer = (0.34, 0.80), 0.42, 0.58
    sketch.line([(0.04, 0.845), (0.96, 0.845)], 0.018, SOFT, 0.6)
    sketch.figure((centre[0], 0.83), *_BESIDE.get(hint.posture, _BESIDE["standing"]), scale=0.95)
    sketch.sector(centre, inner, outer, -np.radians(np.linspace(0, 90, 37)), SOFT, 0.13)
    low, high = (float(np.clip(x, 0, 90)) for x in hint.wanted_elevation)
    if high > low:
        sketch.sector(centre, inner, outer, -np.radians(np.linspace(low, high, 25)), GREEN, 0.95)
    if np.isfinite(hint.elevation_deg):
        now = float(np.clip(hint.elevation_deg, 0, 90))
        good = hint.wanted_elevation[0] <= hint.elevation_deg <= hint.wanted_elevation[1]
        sketch.camera(centre, -float(np.radians(now)), 0.50, WHITE if good else AMBER)


def page_angle(hint: CameraHint, azimuth_deg: float) -> float:
    """The direction of an azimuth in the picture from above: clockwise from the right, radians."""
    zero, ninety = _AXES.get(hint.posture, _AXES["standing"])
    a = np.radians(azimuth_deg)
    x, y = (float(np.cos(a) * z + np.sin(a) * n) for z, n in zip(zero, ninety, strict=True))
    return float(np.arctan2(y, x))


def inside_windows(hint: CameraHint) -> bool:
    """Whether the camera stands in one of the wanted directions."""
    azimuth = hint.azimuth_deg if hint.signed else abs(hint.azimuth_deg)
    return not hint.wanted or any(low <= azimuth <= high for low, high in hint.wanted)


def ring(
    image: Pixels,
    centre: tuple[float, float],
    radius: float,
    thick: float,
    share: float,
    colour: Colour = GREEN,
) -> None:
    """A ring on a picture, filled clockwise from the top by a share of 0..1; drawn in place."""
    spot = (round(centre[0] * 2**SHIFT), round(centre[1] * 2**SHIFT))
    axes = (round(radius * 2**SHIFT),) * 2
    width = max(round(thick), 1)
    cv2.ellipse(image, spot, axes, 0, 0, 360, DARK, width + max(width // 3, 2), cv2.LINE_AA, SHIFT)
    cv2.ellipse(image, spot, axes, 0, 0, 360, (92, 98, 106), width, cv2.LINE_AA, SHIFT)
    share = float(np.clip(np.nan_to_num(share), 0, 1))
    if share <= 0:
        return
    cv2.ellipse(image, spot, axes, -90, 0, 360 * share, colour, width, cv2.LINE_AA, SHIFT)
    for turn in (0.0, share):
        a = 2 * np.pi * turn - np.pi / 2
        end = (
            round((centre[0] + radius * np.cos(a)) * 2**SHIFT),
            round((centre[1] + radius * np.sin(a)) * 2**SHIFT),
        )
        cv2.circle(image, end, round(width / 2 * 2**SHIFT), colour, -1, cv2.LINE_AA, SHIFT)


#: Arms of the gestures' pictures, as polylines from the shoulder; the body is the same in all.
_ARMS: Final[dict[str, tuple[tuple[tuple[float, float], ...], ...]]] = {
    "both_up": (
        ((-0.10, -0.10), (-0.19, -0.24), (-0.15, -0.40)), ((0.10, -0.10), (0.19, -0.24), (0.15, -0.40)),
    ),
    "one_up": (
        ((-0.10, -0.10), (-0.17, 0.04), (-0.16, 0.16)), ((0.10, -0.10), (0.19, -0.24), (0.15, -0.40)),
    ),
    "crossed": (
        ((-0.10, -0.10), (-0.17, 0.06), (0.13, -0.02)), ((0.10, -0.10), (0.17, 0.06), (-0.13, -0.02)),
    ),
}  # fmt: skip


def gesture(sketch: Sketch, name: str) -> None:
    """A person from the front who makes a gesture."""
    x, y = 0.5, 0.50
    sketch.line([(x - 0.05, y + 0.16), (x - 0.07, y + 0.42)], 0.07, SOFT)
    sketch.line([(x + 0.05, y + 0.16), (x + 0.07, y + 0.42)], 0.07, SOFT)
    sketch.line([(x - 0.05, y - 0.08), (x - 0.04, y + 0.14)], 0.11, SOFT)
    sketch.line([(x + 0.05, y - 0.08), (x + 0.04, y + 0.14)], 0.11, SOFT)
    sketch.disc(x, y - 0.25, 0.085, SOFT)
    for arm in _ARMS[name]:
        placed = [(x + dx, y + dy) for dx, dy in arm]
        sketch.line(placed, 0.095, DARK)
        sketch.line(placed, 0.06, GREEN)


def sign(sketch: Sketch, name: str) -> None:
    """A sign for a state: "paused", "done", "pain" or "waiting"."""
    if name == "paused":
        for x in (0.40, 0.60):
            sketch.line([(x, 0.32), (x, 0.68)], 0.11, WHITE)
    elif name == "done":
        sketch.line([(0.30, 0.52), (0.45, 0.67), (0.72, 0.35)], 0.10, GREEN)
    elif name == "pain":
        corners = np.radians(np.arange(22.5, 360, 45))
        eight = np.stack([np.cos(corners), np.sin(corners)], axis=1)
        sketch.polygon(0.5 + 0.40 * eight, WHITE)
        sketch.polygon(0.5 + 0.36 * eight, COLOURS[Severity.SEVERE])
        sketch.polygon(0.5 + 0.15 * np.array([(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)]), WHITE)
    else:
        for x in (0.28, 0.5, 0.72):
            sketch.disc(x, 0.5, 0.07, WHITE)
