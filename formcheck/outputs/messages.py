"""What a live screen says in large letters: cards beside the person, and panels over the whole picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.language import tr
from formcheck.outputs import sketch
from formcheck.outputs.draw import (
    BOLD,
    CAP,
    DARK,
    MEDIUM,
    PANEL,
    PLAIN,
    SOFT,
    WHITE,
    Canvas,
    Cards,
    Colour,
    Ink,
    Patch,
    rounded,
)
from formcheck.outputs.sketch import Sketch
from formcheck.session.events import CameraHint, Screen

# Sizes as fractions of the short side, and the smallest that still reads, px. At 3 m from a 15-inch laptop
# the headline's capitals span 17 minutes of arc and the detail's 8, where normal sight reads 5.
HEADLINE: Final = (0.105, 10)
DETAIL: Final = (0.052, 9)
PANEL_HEADLINE: Final = (0.13, 10)
PANEL_DETAIL: Final = (0.058, 9)
NUMBER: Final = (0.30, 12)
RING_NUMBER: Final = (0.17, 10)
KEY: Final = (0.043, 9)

#: Shown with the help; a word for each key, and for each gesture what it does.
KEYS: Final = (
    ("space", "start, pause"), ("n", "next set or side"), ("u", "undo a count"), ("+ −", "more, fewer reps"),
    ("p", "I have pain"), ("m", "mute"), ("?", "this page"), ("q", "leave"),
)  # fmt: skip
GESTURES: Final = (
    ("both_up", "start, pause"),
    ("one_up", "next set or side"),
    ("crossed", "stop; hold: pain"),
)


@dataclass(frozen=True, slots=True)
class Panel:
    """A composed full-screen message.

    Attributes:
        patch: As large as the picture.
        ring: Centre x, y and radius in px of the countdown's ring; None without one.
    """

    patch: Patch
    ring: tuple[float, float, float] | None


class Messages:
    """Composes them for pictures of one size.

    Args:
        size: Width and height, px.
    """

    def __init__(self, size: tuple[int, int], cards: Cards) -> None:
        self.size = size
        self.cards = cards
        self.unit = min(size)

    def guide(self, screen: Screen) -> tuple[Patch, ...]:
        """Headline, detail, and the camera's picture: a wide form, a tall one, and a low one."""
        room = self.size[0] - 2 * round(0.03 * self.unit)
        wide = self._guide(screen, min(room, round(1.5 * self.unit)), 1.0)
        tall = self._guide(screen, min(room, round(0.58 * self.unit)), 0.85, tall=True)
        low = self._guide(screen, min(room, round(1.7 * self.unit)), 0.7)
        return wide, tall, low

    def _guide(self, screen: Screen, room: int, share: float, *, tall: bool = False) -> Patch:
        """One form, its letters and pictures a share of the full size."""
        make, kind, pad = self.cards, self.cards.type, self.cards.pad
        big = max(round(share * make.px(HEADLINE)), 9)
        small = max(round(max(share, 0.8) * make.px(DETAIL)), 9)
        views = _views(screen.camera_hint)
        side = round((0.24 if tall else 0.26 * share) * self.unit) if views else 0
        pictures = len(views) * side
        text_room = room - 2 * pad - (0 if tall else pictures + (pad if views else 0))
        head = kind.wrap(screen.headline, big, BOLD, text_room, 3)
        body = kind.wrap(screen.detail, small, MEDIUM, text_room, 6)
        widths = [kind.width(line, big, BOLD) for line in head] + [kind.width(x, small, MEDIUM) for x in body]
        text_w = max(widths, default=1)
        gap = round(0.45 * big) if head and body else 0  # the headline's letters reach below their line
        text_h = _stack(head, big, 1.12) + gap + _stack(body, small, 1.35)
        if tall:
            width, height = max(text_w, pictures), text_h + (side + pad if views else 0)
        else:
            width, height = text_w + (pictures + pad if views else 0), max(text_h, side)
        canvas = make.panel(width + 2 * pad, height + 2 * pad)
        for i, draw in enumerate(views):
            top = pad if tall else pad + (height - side) / 2
            draw(Sketch(canvas, pad + i * side, top, side), screen.camera_hint)
        x = pad if tall or not views else 2 * pad + pictures
        y = pad + (side + pad if views else 0) if tall else pad + (height - text_h) // 2
        y = self._lines(canvas, head, x, y, Ink(big, BOLD, WHITE), 1.12) + gap
        self._lines(canvas, body, x, y, Ink(small, MEDIUM, SOFT), 1.35)
        return canvas.patch()

    def number(self, text: str) -> tuple[Patch, ...]:
        """A huge number in a card, for the count-in; a large form and a smaller one."""
        return tuple(self._number(text, share) for share in (1.0, 0.7))

    def _number(self, text: str, share: float) -> Patch:
        size, pad = round(share * self.cards.px(NUMBER)), self.cards.pad
        width = max(self.cards.type.width(x, size, BOLD) for x in (text, "3")) + 4 * pad
        canvas = self.cards.panel(width, 4 * pad + round(CAP * size))
        x = (width - self.cards.type.width(text, size, BOLD)) / 2
        self.cards.type.put(canvas, text, x, 2 * pad + round(CAP * size), Ink(size, BOLD, WHITE))
        return canvas.patch()

    def panel(self, screen: Screen, number: str) -> Panel:
        """A message over the whole picture: sign or countdown, headline, detail, what comes next."""
        make, kind = self.cards, self.cards.type
        width, height = self.size
        big, small = make.px(PANEL_HEADLINE), make.px(PANEL_DETAIL)
        room = round(min(0.92 * width, 1.6 * self.unit))
        head = kind.wrap(screen.headline, big, BOLD, room, 2)
        body = kind.wrap(screen.detail, small, MEDIUM, room, 4)
        body = kind.balance(screen.detail, small, MEDIUM) if len(body) == 2 else body
        coming = (
            kind.cut(tr("Next: {what}", what=screen.next_up), small, MEDIUM, room - 4 * make.pad)
            if screen.next_up
            else ""
        )
        top = round((0.44 if number else 0.26) * self.unit) if number or screen.state in _SIGNS else 0
        gaps = round(0.06 * self.unit)
        parts = [top, _stack(head, big, 1.12), _stack(body, small, 1.35), round(2.3 * small) if coming else 0]
        line = make.px(KEY)
        notes = kind.cut(" · ".join(screen.notes), line, MEDIUM, round(0.94 * width))
        room_y = height - (round(2.6 * line) if notes else 0)
        total = sum(parts) + gaps * (sum(p > 0 for p in parts) - 1)
        if total > 0.96 * room_y:  # a low picture: the sign or the ring gives way
            top = max(top - (total - round(0.96 * room_y)), 0)
            total -= parts[0] - top
        canvas = Canvas(width, height)
        y = max((room_y - total) // 2, 0)
        ring = None
        if number and top >= 8:
            ring = (width / 2, y + top / 2, 0.44 * top)
            canvas.over(
                rounded(1.02 * top, 1.02 * top, top), width / 2 - 0.51 * top, y - 0.01 * top, DARK, 0.55
            )
            size = max(min(make.px(RING_NUMBER), round(0.4 * top)), 9)
            if kind.width(number, size, BOLD) > 0.72 * top:
                size = round(0.8 * size)
            self._centred(canvas, [number], y + (top - CAP * size) / 2, Ink(size, BOLD, WHITE), 1.0)
        elif top:
            sketch.sign(Sketch(canvas, (width - top) / 2, y, top), screen.state)
        y += top + (gaps if top else 0)
        y = self._centred(canvas, head, y, Ink(big, BOLD, WHITE), 1.12) + (gaps if head else 0)
        y = self._centred(canvas, body, y, Ink(small, MEDIUM, SOFT), 1.35) + (gaps if body else 0)
        if coming:
            wide = kind.width(coming, small, MEDIUM) + 4 * make.pad
            canvas.over(rounded(wide, round(2.3 * small), small), (width - wide) / 2, y, DARK, PANEL)
            self._centred(
                canvas, [coming], y + round((2.3 - CAP) / 2 * small), Ink(small, MEDIUM, WHITE), 1.0
            )
        if notes:
            self._centred(canvas, [notes], height - 1.9 * line, Ink(line, MEDIUM, SOFT), 1.0)
        return Panel(canvas.patch(), ring)

    def count(self, screen: Screen, number: str = "", ink: Colour = WHITE) -> Patch:
        """Nothing but the number, and one line under it: for ``formcheck count``."""
        make, kind = self.cards, self.cards.type
        width, height = self.size
        canvas = Canvas(width, height)
        size = round(0.94 * height)
        digits = number or str(screen.count)
        while kind.width(digits, size, BOLD) > 0.9 * width and size > 12:
            size = round(0.9 * size)
        line = make.px(PANEL_DETAIL)
        y = (height - CAP * size) / 2 - 0.5 * line
        self._centred(canvas, [digits], y, Ink(size, BOLD, ink), 1.0)
        goal = tr("of {n:d}", n=screen.target) if screen.target is not None else ""
        under = screen.detail if number else " · ".join(x for x in (goal, screen.plan) if x)
        text = kind.cut(under, line, MEDIUM, round(0.92 * width))
        self._centred(canvas, [text], height - 2.2 * line, Ink(line, MEDIUM, SOFT), 1.0)
        return canvas.patch()

    def help(self) -> Patch:
        """Keys and gestures, over the whole picture."""
        make, kind = self.cards, self.cards.type
        keys = [(tr(key), tr(text)) for key, text in KEYS]
        gestures = [(name, tr(text)) for name, text in GESTURES]
        width, height = self.size
        canvas = Canvas(width, height)
        canvas.over(np.ones((height, width), np.float32), 0, 0, DARK, 0.82)
        size = make.px(KEY)
        side = round(0.26 * self.unit)
        cell = max(side, *(kind.width(text, size, MEDIUM) for _, text in gestures)) + 2 * make.pad
        columns = 2 if width > 1.2 * height else 1
        rows = -(-len(keys) // columns)
        step = round(1.9 * size)
        total = side + round(2.6 * size) + rows * step + 2 * make.pad
        y = max((height - total) // 2, 0)
        x = (width - cell * len(gestures)) / 2
        for name, text in gestures:
            sketch.gesture(Sketch(canvas, x + (cell - side) / 2, y, side), name)
            at = x + (cell - kind.width(text, size, MEDIUM)) / 2
            kind.put(canvas, text, at, y + side + round(CAP * size), Ink(size, MEDIUM, WHITE))
            x += cell
        y += side + round(2.6 * size) + make.pad
        parts = [keys[i : i + rows] for i in range(0, len(keys), rows)]
        caps = [max(kind.width(key, size, BOLD) for key, _ in part) + make.pad for part in parts]
        words = [max(kind.width(text, size, PLAIN) for _, text in part) + 4 * make.pad for part in parts]
        starts = [sum(caps[:k]) + sum(words[:k]) for k in range(len(parts))]
        left = (width - sum(caps) - sum(words)) / 2 + 2 * make.pad
        for i, (key, text) in enumerate(keys):
            x = left + starts[i // rows]
            base = y + (i % rows) * step + round(CAP * size)
            wide = kind.width(key, size, BOLD) + make.pad
            canvas.over(
                rounded(wide, round(1.5 * size), 0.3 * size), x, base - 1.12 * size, (70, 76, 84), 1.0
            )
            kind.put(canvas, key, x + make.pad / 2, base, Ink(size, BOLD, WHITE))
            kind.put(canvas, text, x + caps[i // rows] + make.pad / 2, base, Ink(size, PLAIN, SOFT))
        return canvas.patch()

    def badge(self, label: str) -> Patch:
        """The ground of the gesture's ring, with what it will do."""
        kind, side = self.cards.type, round(0.36 * self.unit)
        canvas = Canvas(side, side)
        canvas.over(rounded(side, side, side), 0, 0, DARK, PANEL)
        size = self.cards.px(DETAIL)
        while kind.width(label, size, MEDIUM) > 0.66 * side and size > 8:
            size -= 1
        x = (side - kind.width(label, size, MEDIUM)) / 2
        kind.put(canvas, label, x, side / 2 + CAP / 2 * size, Ink(size, MEDIUM, WHITE))
        return canvas.patch()

    def _lines(self, canvas: Canvas, lines: list[str], x: float, y: float, ink: Ink, step: float) -> int:
        """Lines from the left; returns where they end."""
        for i, line in enumerate(lines):
            base = y + round(CAP * ink.size) + round(i * step * ink.size)
            self.cards.type.put(canvas, line, x, base, ink)
        return round(y) + _stack(lines, ink.size, step)

    def _centred(self, canvas: Canvas, lines: list[str], y: float, ink: Ink, step: float) -> int:
        for i, line in enumerate(lines):
            base = y + round(CAP * ink.size) + round(i * step * ink.size)
            x = (self.size[0] - self.cards.type.width(line, ink.size, ink.weight)) / 2
            self.cards.type.put(canvas, line, x, base, ink)
        return round(y) + _stack(lines, ink.size, step)


_SIGNS: Final = ("paused", "done", "pain", "waiting")


def _stack(lines: list[str], size: int, step: float) -> int:
    """Height of lines of text, px: from the first one's capitals to the last one's baseline."""
    return round(CAP * size) + round((len(lines) - 1) * step * size) if lines else 0


def _views(hint: CameraHint | None) -> list:  # type: ignore[type-arg]
    """The sketches that say something: what any camera satisfies is left out."""
    if hint is None:
        return []
    views = [sketch.from_above] if hint.wanted else []
    low, high = hint.wanted_elevation
    if low > 0 or high < 89:
        views.append(sketch.from_beside)
    return views
