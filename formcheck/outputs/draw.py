"""Drawing that is worth keeping: anti-aliased panels, text and marks as patches, and the skeleton.

A patch holds what a card adds to the picture and how much of the picture shines through. It is composed
once, slowly and exactly, and then blended onto its own region of every frame with two passes of OpenCV.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import cv2
import numpy as np

from formcheck.types import Floats, Pixels, Scene, Severity

Colour = tuple[int, int, int]

WHITE: Final[Colour] = (255, 255, 255)
SOFT: Final[Colour] = (222, 226, 230)
DARK: Final[Colour] = (16, 18, 22)
#: Opacity of panels: white on it has a contrast of 8 over a white wall, where WCAG AA asks for 4.5.
PANEL: Final = 0.76

# Text sizes as fractions of the picture's short side, and the smallest that still reads, px. A 15-inch
# laptop's picture is 190 mm high: at 3 m the banner's capitals (10 mm) span 11 minutes of arc and the
# title's 7, where normal sight reads 5. A phone's short side is 65 mm: at 0.5 m notes span 9 minutes.
COUNT: Final = (0.205, 9)
COUNT_SMALL: Final = (0.152, 9)
BANNER: Final = (0.072, 9)
BANNER_SMALL: Final = (0.0625, 9)
TITLE: Final = (0.048, 9)
SMALL: Final = (0.034, 9)
NOTE: Final = (0.031, 9)
LABEL: Final = (0.05, 9)
BOLD, MEDIUM, PLAIN = 650, 600, 400


#: After Okabe and Ito (bluish green, orange, vermillion; jfly.uni-koeln.de/color), lightened and spread in
#: lightness, so that they differ for deuteranopes and protanopes too. The tests measure it.
COLOURS: Final[dict[Severity, Colour]] = {
    Severity.OK: (30, 190, 150),
    Severity.MILD: (255, 205, 70),
    Severity.SEVERE: (228, 62, 16),
    Severity.UNKNOWN: (112, 117, 125),
}

#: Cap height of the built-in font at size 1, measured on its capital H.
CAP: Final = 0.75
_ASCENT: Final = 1.02
_DESCENT: Final = 0.28
_SUPER: Final = 4  # polygons are drawn this much larger and averaged: OpenCV's own edges are coarse
#: Sub-pixel bits of OpenCV's coordinates.
SHIFT: Final = 4


@dataclass(frozen=True, slots=True)
class Patch:
    """Something to blend.

    Attributes:
        add: ``(H, W, 3)`` its own light.
        keep: ``(H, W, 3)`` how much of the picture stays, 255 = all.
    """

    add: Pixels
    keep: Pixels

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, px."""
        return self.add.shape[1], self.add.shape[0]

    def blend(self, image: Pixels, x: int, y: int) -> None:
        """Blend onto an ``(H, W, 3)`` image in place, the upper left corner at x, y px; cut at the edges."""
        left, top = max(x, 0), max(y, 0)
        region = image[top : max(y + self.add.shape[0], 0), left : max(x + self.add.shape[1], 0)]
        if not region.size:
            return
        part = np.s_[top - y : top - y + region.shape[0], left - x : left - x + region.shape[1]]
        cv2.multiply(region, self.keep[part], dst=region, scale=1 / 255)
        cv2.add(region, self.add[part], dst=region)


class Canvas:
    """A transparent sheet on which one patch is composed.

    Args:
        width: px.
        height: px.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._light = np.zeros((height, width, 3), np.float32)
        self._keep = np.ones((height, width, 1), np.float32)

    def over(self, mask: Floats, x: float, y: float, colour: Colour, opacity: float = 1.0) -> None:
        """Paint a colour through an ``(h, w)`` mask of 0..1 whose upper left corner lies at x, y px."""
        x, y = round(x), round(y)
        left, top = max(x, 0), max(y, 0)
        right, bottom = min(x + mask.shape[1], self.width), min(y + mask.shape[0], self.height)
        if right <= left or bottom <= top:
            return
        alpha = opacity * mask[top - y : bottom - y, left - x : right - x, None]
        light, keep = self._light[top:bottom, left:right], self._keep[top:bottom, left:right]
        light *= 1 - alpha
        light += alpha * np.array(colour, np.float32)
        keep *= 1 - alpha

    def patch(self) -> Patch:
        """What was painted."""
        keep = np.repeat(np.rint(255 * self._keep).astype(np.uint8), 3, axis=2)
        return Patch(np.rint(self._light).astype(np.uint8), keep)


def rounded(width: float, height: float, radius: float) -> Floats:
    """The mask of a rounded rectangle, ``(ceil(height), ceil(width))`` of 0..1, edges exact to the pixel."""
    radius = min(radius, width / 2, height / 2)
    x = np.abs(np.arange(int(np.ceil(width))) + 0.5 - width / 2) - (width / 2 - radius)
    y = np.abs(np.arange(int(np.ceil(height))) + 0.5 - height / 2) - (height / 2 - radius)
    outside = np.hypot(np.maximum(x[None, :], 0), np.maximum(y[:, None], 0))
    inside = np.minimum(np.maximum(x[None, :], y[:, None]), 0)
    mask: Floats = np.clip(radius + 0.5 - outside - inside, 0, 1).astype(np.float32)
    return mask


def polygon(points: Floats, side: int) -> Floats:
    """The mask of a filled polygon.

    Args:
        points: ``(N, 2)`` corners, px.
        side: Of the square mask, px.
    """
    big = np.zeros((side * _SUPER, side * _SUPER), np.uint8)
    cv2.fillPoly(big, [np.rint(points * _SUPER * 16).astype(np.int32)], 255, cv2.LINE_AA, SHIFT)
    mask: Floats = cv2.resize(big, (side, side), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    return mask


@lru_cache(maxsize=256)
def shape(severity: Severity, radius: float) -> Floats:
    """The mask of a severity's shape, a square of about 2 `radius` px: disc, triangle or diamond."""
    side = max(int(np.ceil(2 * radius)), 1)
    centre = side / 2
    if severity is Severity.MILD:
        angles = np.radians([-90, 30, 150])
        corners = np.stack([np.cos(angles) * 1.16, np.sin(angles) * 1.16 + 0.16], axis=1)
    elif severity is Severity.SEVERE:
        corners = np.array([(0, -1), (1, 0), (0, 1), (-1, 0)], float)
    else:
        return rounded(side, side, centre)
    return polygon(centre + radius * corners, side)


def _disc(side: int, radius: float) -> Floats:
    """The mask of a disc in the middle of a square of `side` px."""
    away = np.arange(side) + 0.5 - side / 2
    mask: Floats = np.clip(radius + 0.5 - np.hypot(away[None, :], away[:, None]), 0, 1).astype(np.float32)
    return mask


def mark(
    canvas: Canvas, x: float, y: float, radius: float, severity: Severity | None, *, sign: bool = False
) -> None:
    """Paint a mark around x, y px: shape and colour by severity, None for a rep still to come.

    White and dark outlines make it stand on any wall. A `sign` in it says it once more: a tick or an
    exclamation mark.
    """

    def layer(mask: Floats, colour: Colour, opacity: float = 1.0) -> None:
        canvas.over(mask, x - mask.shape[1] / 2, y - mask.shape[0] / 2, colour, opacity)

    edge = max(radius * 0.13, 1.0)
    side = int(np.ceil(2 * radius))
    if severity is None:
        layer(_disc(side, 0.62 * radius) - _disc(side, 0.62 * radius - edge), WHITE, 0.6)
        return
    # A triangle and a diamond of the same radius hold less than a disc: larger, they weigh the same.
    size = radius * {Severity.MILD: 1.12, Severity.SEVERE: 1.18}.get(severity, 0.92)
    layer(shape(severity, size + edge), DARK, 0.9)
    layer(shape(severity, size), WHITE)
    inner = size - edge * (1.7 if severity is Severity.MILD else 1.3)
    layer(shape(severity, inner), COLOURS[severity])
    if severity is Severity.UNKNOWN:  # hollow
        layer(_disc(side, 0.5 * inner), DARK)
    elif sign:
        layer(_sign(severity, radius), WHITE if severity is Severity.SEVERE else DARK)


@lru_cache(maxsize=64)
def _sign(severity: Severity, radius: float) -> Floats:
    """The mask of the sign inside a mark: a tick for ok, an exclamation mark for faults."""
    side = int(np.ceil(2 * radius))
    if severity is Severity.OK:
        tick = np.array([(-0.42, 0.02), (-0.12, 0.32), (0.42, -0.28)])
        inner = np.array([(0.30, -0.40), (-0.12, 0.08), (-0.29, -0.12)])
        return polygon(side / 2 + radius * np.vstack([tick, inner]), side)
    down = 0.16 if severity is Severity.MILD else 0.0
    corners = [(-0.13, -0.48), (0.13, -0.48), (0.08, 0.12), (-0.08, 0.12)]
    stem = np.array([(x, y + down) for x, y in corners])
    mask = polygon(side / 2 + radius * stem, side)
    dot = _disc(side, 0.13 * radius)
    shift = round((0.34 + down) * radius)
    mask[shift:] = np.maximum(mask[shift:], dot[: side - shift])
    return mask


class Ink(NamedTuple):
    """How a text looks: size in px, weight 100..1000, colour."""

    size: int
    weight: int
    colour: Colour = WHITE


class Type:
    """Text in the font that comes with OpenCV: Latin, Greek, Cyrillic and Chinese; no emoji."""

    def __init__(self) -> None:
        self._face = cv2.FontFace("sans")
        self._widths: dict[tuple[str, int, int], int] = {}

    def width(self, text: str, size: int, weight: int) -> int:
        """The text's advance, px."""
        key = (text, size, weight)
        if key not in self._widths:
            if len(self._widths) > 4096:
                self._widths.clear()
            box = cv2.getTextSize((0, 0), _plain(text), (0, 0), self._face, size, weight)
            self._widths[key] = int(box[2])
        return self._widths[key]

    def put(self, canvas: Canvas, text: str, x: float, y: float, ink: Ink) -> None:
        """Paint one line, its baseline's left end at x, y px."""
        up, pad = int(np.ceil(_ASCENT * ink.size)), ink.size // 4 + 1
        size = up + int(np.ceil(_DESCENT * ink.size)), self.width(text, ink.size, ink.weight) + 2 * pad
        mask = np.zeros(size, np.uint8)
        cv2.putText(mask, _plain(text), (pad, up), (255,), self._face, ink.size, ink.weight)
        canvas.over(mask.astype(np.float32) / 255, x - pad, y - up, ink.colour)

    def cut(self, text: str, size: int, weight: int, room: int) -> str:
        """The text, or as much of it as fits into `room` px with an ellipsis; empty when nothing does."""
        if self.width(text, size, weight) <= room:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(text[:middle].rstrip() + "…", size, weight) <= room:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + "…" if low else ""

    def wrap(self, text: str, size: int, weight: int, room: int, lines: int) -> list[str]:
        """The text in at most `lines` lines of `room` px, broken between words; the last one may be cut."""
        out: list[str] = []
        words = text.split()
        while words and len(out) < lines - 1:
            taken = 1
            while taken < len(words) and self.width(" ".join(words[: taken + 1]), size, weight) <= room:
                taken += 1
            out.append(self.cut(" ".join(words[:taken]), size, weight, room))
            words = words[taken:]
        if words:
            out.append(self.cut(" ".join(words), size, weight, room))
        return [line for line in out if line]

    def balance(self, text: str, size: int, weight: int) -> list[str]:
        """The text in two lines of about the same width; one when it is a single word."""
        words = text.split()
        pairs = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
        if not pairs:
            return [text] if text else []
        return list(min(pairs, key=lambda pair: max(self.width(line, size, weight) for line in pair)))


def _plain(text: str) -> str:
    """What the font can draw: one line, valid Unicode, and a zero that is not slashed.

    The built-in zero is slashed and reads as an 8 from three metres; its capital O is the same shape
    without the slash.
    """
    text = " ".join(text.split()).encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in text if c.isprintable()).replace("0", "O")


class Cards:
    """Composes the cards that change with a rep or a cue, not with every frame.

    Args:
        unit: The picture's short side, px.
    """

    def __init__(self, unit: int) -> None:
        self.unit = unit
        self.pad = max(round(0.03 * unit), 2)
        self.type = Type()
        # The count's card keeps its size at the tenth rep, but for pictures where every pixel is needed.
        self._widest = "88" if unit >= 48 else ""

    def px(self, type_size: tuple[float, int]) -> int:
        """A text size in px."""
        return max(round(type_size[0] * self.unit), type_size[1])

    def panel(self, width: int, height: int) -> Canvas:
        """A sheet with a card's dark ground."""
        canvas = Canvas(width, height)
        radius = 0.025 * self.unit
        canvas.over(rounded(width, height, radius), 0, 0, DARK, PANEL)
        return canvas

    def count(self, scene: Scene) -> Patch:
        """The large count, the goal under it."""
        size, small, pad = self.px(COUNT), self.px(TITLE), self.pad
        digits, goal = str(scene.count), f"/ {scene.goal}" if scene.goal is not None else ""
        width = max(self.type.width(text, size, BOLD) for text in (digits, self._widest)) + 2 * pad
        cap, sub = round(CAP * size), round(CAP * small) + pad if goal else 0
        canvas = self.panel(width, 2 * pad + cap + sub)
        self._centred(canvas, digits, width, pad + cap, Ink(size, BOLD, WHITE))
        self._centred(canvas, goal, width, pad + cap + sub, Ink(small, MEDIUM, SOFT))
        return canvas.patch()

    def count_small(self, scene: Scene, *, with_goal: bool) -> Patch:
        """The count for low rooms: smaller, the goal beside it or left out."""
        size, small, pad = self.px(COUNT_SMALL), self.px(TITLE), round(0.7 * self.pad)
        goal = f"/ {scene.goal}" if with_goal and scene.goal is not None else ""
        digits = str(scene.count)
        wide = max(self.type.width(text, size, BOLD) for text in (digits, self._widest))
        beside = self.type.width(goal, small, MEDIUM) + pad if goal else 0
        cap = round(CAP * size)
        canvas = self.panel(wide + beside + 2 * pad, 2 * pad + cap)
        self._centred(canvas, digits, wide + 2 * pad, pad + cap, Ink(size, BOLD, WHITE))
        self.type.put(canvas, goal, wide + 2 * pad, pad + cap, Ink(small, MEDIUM, SOFT))
        return canvas.patch()

    def title(self, scene: Scene, limit: int, *, with_reps: bool) -> Patch:
        """Exercise, what belongs to it, and the row of marks."""
        pad, big, small = self.pad, self.px(TITLE), self.px(SMALL)
        room = limit - 2 * pad
        title = self.type.cut(scene.title, big, MEDIUM, room)
        under = self.type.cut(scene.subtitle, small, PLAIN, room)
        radius = max(0.0175 * self.unit, 4.0)
        marks = self._row(scene, int(room // (2.6 * radius))) if with_reps else []
        widths = (
            self.type.width(title, big, MEDIUM), self.type.width(under, small, PLAIN),
            round(2.6 * radius * len(marks)),
        )  # fmt: skip
        height = 2 * pad + round(CAP * big)
        height += round(CAP * small + 0.6 * pad) if under else 0
        height += round(2 * radius + 0.7 * pad) if marks else 0
        canvas = self.panel(max(*widths, min(6 * big, room)) + 2 * pad, height)
        y = pad + round(CAP * big)
        self.type.put(canvas, title, pad, y, Ink(big, MEDIUM, WHITE))
        if under:
            y += round(CAP * small + 0.6 * pad)
            self.type.put(canvas, under, pad, y, Ink(small, PLAIN, SOFT))
        for i, what in enumerate(marks):
            x, middle = pad + (1.3 + 2.6 * i) * radius, y + 0.7 * pad + radius
            if isinstance(what, str) and not isinstance(what, Severity):
                wide = self.type.width("…", small, MEDIUM)
                self.type.put(canvas, "…", x - wide / 2, middle + 0.1 * small, Ink(small, MEDIUM, SOFT))
            else:
                mark(canvas, x, middle, radius, what)
        return canvas.patch()

    @staticmethod
    def _row(scene: Scene, fit: int) -> list[Severity | str | None]:
        """The marks to show: all, or the last done with what comes next, "…" for those left out."""
        row: list[Severity | str | None] = [*scene.reps]
        row += [None] * max((scene.goal or 0) - len(row), 0)
        if len(row) <= fit or fit < 1:
            return row if fit >= 1 else []
        start = min(max(len(scene.reps) + 1 - fit + (len(scene.reps) < len(row)), 0), len(row) - fit)
        shown = row[start : start + fit]
        if start > 0:
            shown[0] = "…"
        if start + fit < len(row) and fit > 1:
            shown[-1] = "…"
        return shown

    def notes(self, notes: tuple[str, ...], limit: int, lines: int) -> Patch:
        """What can't be judged: small, each note behind the mark of the unknown."""
        size, pad = self.px(NOTE), round(0.6 * self.pad)
        step, radius = round(1.3 * size), 0.36 * size
        indent = round(3.4 * radius)
        shown: list[tuple[str, bool]] = []
        room = limit - 2 * pad - indent
        todo = [note for note in notes if note.strip()]
        while todo and len(shown) < lines:
            wrapped = self.type.wrap(todo.pop(0), size, PLAIN, room, min(lines - len(shown), 2))
            shown += [(line, i == 0) for i, line in enumerate(wrapped)]
        if todo and shown:  # say that there is more
            more = f"  +{len(todo)}"
            last, first = shown[-1]
            shown[-1] = (
                self.type.cut(last, size, PLAIN, room - self.type.width(more, size, PLAIN)) + more,
                first,
            )
        width = max((self.type.width(line, size, PLAIN) for line, _ in shown), default=0)
        canvas = self.panel(width + indent + 2 * pad, 2 * pad + step * max(len(shown), 1))
        for i, (line, first) in enumerate(shown):
            middle = pad + step * (i + 0.5)
            if first:
                mark(canvas, pad + 1.2 * radius, middle, radius, Severity.UNKNOWN)
            self.type.put(canvas, line, pad + indent, middle + CAP / 2 * size, Ink(size, PLAIN, SOFT))
        return canvas.patch()

    def banner(self, scene: Scene, limit: int) -> tuple[Patch, ...]:
        """The cue in one line and in two, as far as they fit; cut only when nothing else helps.

        Empty when there is no room for a single letter.
        """
        size, cue = self.px(BANNER), " ".join(scene.cue.split())
        room = limit - 2 * self.pad - round(1.25 * size)
        width = self.type.width(cue, size, MEDIUM)
        forms: list[tuple[int, list[str]]] = [(size, [cue])] if width <= room else []
        for s in (size, self.px(BANNER_SMALL)):
            two = self.type.balance(cue, s, MEDIUM)
            if len(two) == 2 and max(self.type.width(line, s, MEDIUM) for line in two) <= room:
                forms.append((s, two))
                break
        if not forms:
            small = self.px(BANNER_SMALL)
            forms = [(small, self.type.wrap(cue, small, MEDIUM, room, 2))]
        return tuple(self._banner_form(lines, s, scene.cue_severity) for s, lines in forms if lines)

    def _banner_form(self, lines: list[str], size: int, severity: Severity) -> Patch:
        pad, step, radius = self.pad, round(1.2 * size), 0.46 * size
        indent = round(1.25 * size)
        width = max((self.type.width(line, size, MEDIUM) for line in lines), default=0)
        height = 2 * pad + round(CAP * size) + step * (len(lines) - 1)
        canvas = self.panel(width + indent + 2 * pad, height)
        mark(canvas, pad + radius, height / 2, radius, severity, sign=True)
        for i, line in enumerate(lines):
            y = pad + round(CAP * size) + i * step
            self.type.put(canvas, line, pad + indent, y, Ink(size, MEDIUM, WHITE))
        return canvas.patch()

    def _centred(self, canvas: Canvas, text: str, width: int, y: int, ink: Ink) -> None:
        self.type.put(canvas, text, (width - self.type.width(text, ink.size, ink.weight)) / 2, y, ink)
