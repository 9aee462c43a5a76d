"""Where the cards go: beside the person where there is room, and steady over time.

Every card knows a list of places in order of preference. A place is taken when it is inside the picture
and free of other cards; among those, one that does not cover the person wins. A choice once made stays
until it has covered the person for longer than `PATIENCE_S`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from formcheck import landmarks
from formcheck.types import Floats

#: How long a card may cover the person before it moves, seconds. Shorter and cards would hop within a
#: rep: a squat's lower half lasts about 1 s (tempo 1-0-1 s and slower).
PATIENCE_S: Final = 1.0
#: Below this a landmark is drawn faint and does not widen the person's box: MediaPipe's own default.
VISIBLE: Final = 0.5
#: Time constant with which the remembered reach of the movement shrinks back, seconds: about one rep.
REACH_S: Final = 4.0
#: Skin around the landmarks of head, trunk and arms, and feet, in torso lengths. The crown is 0.3 above
#: the eyes (anthropometric tables: head height 0.13, torso 0.29 of the stature); the rest was measured on
#: rendered people: buttocks 0.2 behind the hip on all fours, toes 0.05 beyond the foot index.
PAD: Final = np.array([0.3] * 11 + [0.18] * 16 + [0.1] * 6)

#: What a place costs, dearest part first: cover, being new, a lesser form, a later place in the list.
_Key = tuple[int, int, int, int]
_L: Final = landmarks.LEFT
_R: Final = landmarks.RIGHT


Mask = NDArray[np.bool_]


class Box(NamedTuple):
    """A rectangle: left, top, width, height, px."""

    x: int
    y: int
    w: int
    h: int

    def overlap(self, other: Box) -> int:
        """The area in common, px²."""
        width = min(self.x + self.w, other.x + other.w) - max(self.x, other.x)
        height = min(self.y + self.h, other.y + other.h) - max(self.y, other.y)
        return width * height if width > 0 and height > 0 else 0

    def grown(self, by: int) -> Box:
        """The same box, larger by `by` px on every side."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)


class Anchor(NamedTuple):
    """A place: fractions of the free span; or above (y 0), below (y 1) or beside (y 0.5) another card."""

    x: float
    y: float
    stack: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Something to place.

    Attributes:
        sizes: Width and height of each form that it can take, px, the dearest first.
        anchors: Places in order of preference.
        away: Prefers the side with more room beside the person to the order of `anchors`.
        loose: May take a better place whenever it changes: it is new to the eye anyway.
    """

    name: str
    sizes: tuple[tuple[int, int], ...]
    anchors: tuple[Anchor, ...]
    away: bool = False
    loose: bool = False


class Spot(NamedTuple):
    """A card's place.

    Attributes:
        form: Index into the card's sizes.
    """

    box: Box
    form: int
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Person:
    """What must stay visible.

    Attributes:
        box: Around the visible landmarks and the skin beyond them, cut to the picture.
        samples: ``(N, 2)`` px along the bones, for the choice between places that all cover something.
        girth: Half the thickness of a limb, px.
    """

    box: Box
    samples: Floats
    girth: int


def places(*first: tuple[float, float] | Anchor) -> tuple[Anchor, ...]:
    """The given places first, then a 5 by 5 grid, the picture's edge before its middle."""
    wanted = [Anchor(*place) for place in first]
    rest = [Anchor(x, y) for y in (1.0, 0.0, 0.75, 0.25, 0.5) for x in (0.0, 1.0, 0.5, 0.25, 0.75)]
    rest.sort(key=lambda a: a.x not in {0.0, 1.0} and a.y not in {0.0, 1.0})
    return tuple(dict.fromkeys(wanted + rest))


def usable(points: Floats, visibility: Floats) -> tuple[Mask, Mask]:
    """Which landmarks are there at all, and which of them can be seen: ``(33,)`` each."""
    finite: Mask = np.asarray(np.isfinite(points).all(axis=1))
    seen: Mask = np.logical_and(finite, np.greater_equal(visibility, VISIBLE))
    return finite, seen


def body_scale(points: Floats, seen: Mask) -> float:
    """The torso's length as far as the picture shows it, px; 0 without a person.

    Args:
        points: ``(33, 2)`` px.
        seen: ``(33,)`` of bool: which of them to use.
    """
    if not seen.any():
        return 0.0
    spread = np.ptp(points[seen], axis=0)
    # Foreshortened torsos (feet towards the camera) are short: a standing person's box is about 3.3 torsos.
    scale = 0.28 * float(np.hypot(*spread))
    for a, b in ((_L["shoulder"], _L["hip"]), (_R["shoulder"], _R["hip"])):
        if seen[a] and seen[b]:
            scale = max(scale, float(np.hypot(*(points[a] - points[b]))))
    return scale


def find_person(points: Floats, visibility: Floats, size: tuple[int, int]) -> Person | None:
    """The person's box; None when no landmark lies in the picture.

    Args:
        points: ``(33, 2)`` px, NaN = missing.
        visibility: ``(33,)`` 0..1, NaN counts as 0.
        size: Width and height of the picture, px.
    """
    finite, seen = usable(points, visibility)
    if not seen.any():
        seen = finite
    scale = body_scale(points, seen)
    if not seen.any():
        return None
    pad = PAD[seen, None] * scale
    low = (points[seen] - pad).min(axis=0)
    high = (points[seen] + pad).max(axis=0)
    left, top = (int(v) for v in np.floor(np.clip(low, 0, size)))
    right, bottom = (int(v) for v in np.ceil(np.clip(high, 0, size)))
    if right <= left or bottom <= top:
        return None
    bones = np.array([(a, b) for a, b in landmarks.BONES if seen[a] and seen[b]] or [(0, 0)])
    steps = np.linspace(0.0, 1.0, 7)[:, None, None]
    samples = (points[bones[:, 0]] * (1 - steps) + points[bones[:, 1]] * steps).reshape(-1, 2)
    samples = np.vstack([samples[np.isfinite(samples).all(axis=1)], points[seen]])
    return Person(Box(left, top, right - left, bottom - top), samples, int(0.12 * scale))


class Placer:
    """Places cards, and remembers where they are.

    Args:
        size: Width and height of the picture, px.
        margin: Between cards and the picture's edge, px.
        gap: Between cards, px.
    """

    def __init__(self, size: tuple[int, int], margin: int, gap: int) -> None:
        self.size = size
        self.margin = margin
        self.gap = gap
        self._spots: dict[str, Spot] = {}
        self._plans: Sequence[tuple[Card, ...]] = ()
        self._t = 0.0
        self._covered_s = 0.0
        self._reach: tuple[float, float, float, float] | None = None

    def settle(self, plans: Sequence[tuple[Card, ...]], person: Person | None, t: float) -> dict[str, Spot]:
        """The places for this frame.

        Args:
            plans: Sets of cards, the richest first; each in order of importance. The first that fits is
                taken.
            person: Whom not to cover.
            t: Seconds; frames come in order.
        """
        passed = min(max(t - self._t, 0.0), 0.5)
        if t < self._t:
            self._covered_s = 0.0
        self._t = t
        self._follow(person, passed)
        if plans != self._plans:
            self._plans = plans
            self._spots = self._choose(plans, person, pinned=True)
        covered = person is not None and any(s.box.overlap(person.box) for s in self._spots.values())
        self._covered_s = max(self._covered_s + (passed if covered else -passed), 0.0)
        if self._covered_s > PATIENCE_S:
            self._covered_s = 0.0
            better = self._choose(plans, person, pinned=False)
            if self._harm(better, person) + 0.2 < self._harm(self._spots, person):
                self._spots = better
        return self._spots

    def _follow(self, person: Person | None, passed: float) -> None:
        """Widen the remembered reach of the movement at once, shrink it slowly."""
        if person is None:
            return
        x, y, w, h = person.box
        now = (x, y, x + w, y + h)
        if self._reach is None:
            self._reach = now
            return
        keep = float(np.exp(-passed / REACH_S))
        left, top, right, bottom = (n + (r - n) * keep for r, n in zip(self._reach, now, strict=True))
        self._reach = (min(left, x), min(top, y), max(right, x + w), max(bottom, y + h))

    def _choose(
        self, plans: Sequence[tuple[Card, ...]], person: Person | None, *, pinned: bool
    ) -> dict[str, Spot]:
        """The first plan that fits, in the better of two orders.

        A wide second card (the banner) can leave the third (the title) no good corner: so it is tried
        the other way round too.
        """
        for plan in plans:
            best = self._fill(plan, person, pinned=pinned)
            if best is None or any(best[0]):
                turned = self._fill(plan[:1] + plan[1:3][::-1] + plan[3:], person, pinned=pinned)
                best = min((r for r in (best, turned) if r is not None), key=lambda r: r[0], default=None)
            if best is not None:
                return best[1]
        return {}

    def _fill(
        self, cards: Sequence[Card], person: Person | None, *, pinned: bool
    ) -> tuple[_Key, dict[str, Spot]] | None:
        """Place cards in turn; None when one of them finds no place."""
        spots: dict[str, Spot] = {}
        total = np.zeros(4, int)
        for card in cards:
            best = self._place(card, spots, person, pinned=pinned and not card.loose)
            if best is None:
                return None
            total += best[0]
            spots[card.name] = best[1]
        return (int(total[0]), int(total[1]), int(total[2]), int(total[3])), spots

    def _place(
        self, card: Card, taken: dict[str, Spot], person: Person | None, *, pinned: bool
    ) -> tuple[_Key, Spot] | None:
        """The best free place of one card and its price; None when there is none."""
        others = [spot.box.grown(self.gap) for spot in taken.values()]
        now = self._spots.get(card.name)
        if pinned and now is not None and now.form < len(card.sizes):
            box = self._at(now.anchor, card.sizes[now.form], taken)
            if box is not None and not any(box.overlap(other) for other in others):
                return (0, 0, 0, 0), Spot(box, now.form, now.anchor)
        anchors = self._away(card.anchors, person) if card.away else card.anchors
        best: tuple[_Key, Spot] | None = None
        for form, size in enumerate(card.sizes):
            for order, anchor in enumerate(anchors):
                box = self._at(anchor, size, taken)
                if box is None or any(box.overlap(other) for other in others):
                    continue
                held = now is not None and now.anchor == anchor and now.form == form
                key = (round(20 * self._cost(box, person)), int(not held), form, order)
                if best is None or key < best[0]:
                    best = (key, Spot(box, form, anchor))
        return best

    def _at(self, anchor: Anchor, size: tuple[int, int], taken: dict[str, Spot]) -> Box | None:
        """The box of `size` at an anchor, None when it does not lie inside the picture."""
        width, height = size
        span_x = self.size[0] - 2 * self.margin - width
        span_y = self.size[1] - 2 * self.margin - height
        if span_x < 0 or span_y < 0:
            return None
        x, y = self.margin + round(anchor.x * span_x), self.margin + round(anchor.y * span_y)
        if anchor.stack:
            if anchor.stack not in taken:
                return None
            base = taken[anchor.stack].box
            x = base.x + round(anchor.x * (base.w - width))
            y = base.y + base.h + self.gap if anchor.y else base.y - self.gap - height
            if anchor.y == 0.5:
                x = base.x + base.w + self.gap if anchor.x else base.x - self.gap - width
                low = 2 * base.y + base.h > self.size[1]
                y = base.y + base.h - height if low else base.y
            if not (0 <= x - self.margin <= span_x and 0 <= y - self.margin <= span_y):
                return None
        return Box(x, y, width, height)

    def _away(self, anchors: tuple[Anchor, ...], person: Person | None) -> tuple[Anchor, ...]:
        """The same places, those on the side with clearly more room first."""
        if person is None:
            return anchors
        left, right = person.box.x, self.size[0] - person.box.x - person.box.w
        if abs(left - right) < 0.15 * self.size[0]:
            return anchors
        side = 0.0 if left > right else 1.0
        return tuple(sorted(anchors, key=lambda a: not a.stack and a.x != side))

    def _cost(self, box: Box, person: Person | None) -> float:
        """0 clear of the whole movement, 1 clear of the person now, from 2 up covering."""
        if person is None or self._reach is None:
            return 0.0
        left, top, right, bottom = (int(v) for v in self._reach)
        if not box.overlap(Box(left, top, right - left, bottom - top)):
            return 0.0
        common = box.overlap(person.box)
        if not common:
            return 1.0
        x, y, w, h = box.grown(person.girth)
        px, py = person.samples[:, 0], person.samples[:, 1]
        inside = (px >= x) & (px < x + w) & (py >= y) & (py < y + h)
        return 2.0 + 10.0 * float(inside.mean()) + 0.2 * common / (box.w * box.h)

    def _harm(self, spots: dict[str, Spot], person: Person | None) -> float:
        return sum(max(self._cost(spot.box, person) - 1.0, 0.0) for spot in spots.values())
