"""The coaching overlay: skeleton, rep count, range-of-motion meter, cue and notes over the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from formcheck.landmarks import BONES
from formcheck.language import tr
from formcheck.outputs.draw import (
    BANNER,
    CAP,
    COLOURS,
    DARK,
    LABEL,
    MEDIUM,
    SHIFT,
    SOFT,
    WHITE,
    Cards,
    Ink,
    Patch,
    rounded,
)
from formcheck.outputs.layout import (
    Anchor,
    Box,
    Card,
    Placer,
    Spot,
    body_scale,
    find_person,
    places,
    usable,
)
from formcheck.types import Floats, Meter, Pixels, Scene, Severity

_ANCHORS: Final = {
    "count": places((1, 0), (0, 0), (1, 1), (0, 1)),
    "banner": places(
        (0.5, 1), (0.25, 1), (0.75, 1), (0, 1), (1, 1), (0.5, 0),
        Anchor(1, 0.5, "title"), Anchor(0, 0.5, "count"),
    ),
    "title": places((0, 0), (1, 0), (0, 1), (1, 1), (0.5, 0)),
    "meter": places(
        Anchor(1, 1, "count"), (1, 0.5), (1, 0.75), (1, 1), (0, 0.5), (0, 0.75), (0, 1), (1, 0), (0, 0)
    ),
    "notes": places(
        Anchor(0, 1, "title"), Anchor(0, 0, "title"), Anchor(1, 1, "title"), Anchor(1, 0, "title"),
        (0, 1), (1, 1),
    ),
}  # fmt: skip
#: Heights that the meter may shrink to, fractions of the short side.
_METER: Final = (0.46, 0.34, 0.24)
#: How much thicker than a plain bone a coloured one is.
_THICK: Final = {Severity.SEVERE: 2.8, Severity.MILD: 3.0, Severity.OK: 1.9, Severity.UNKNOWN: 1.0}


class Overlay:
    """Draws scenes over pictures of one size.

    Args:
        size: Width and height of the pictures, px, from 2 by 2 up.

    Raises:
        ValueError: The size is smaller.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        if min(size) < 2:
            raise ValueError(f"a picture of {size[0]} x {size[1]} px is too small to draw on")
        self.size = size
        self._unit = unit = min(size)
        self._cards = Cards(unit)
        self._gauge = Gauge(self._cards)
        self._skeleton = Skeleton(unit)
        self._placer = Placer(size, margin=round(0.03 * unit), gap=round(0.016 * unit))
        self._key: tuple[object, ...] = ()
        self._plans: tuple[tuple[Card, ...], ...] = ()
        self._patches: dict[str, tuple[Patch, ...]] = {}
        self._kept: dict[str, tuple[tuple[object, ...], tuple[Patch, ...]]] = {}
        self._banner_sizes: tuple[tuple[int, int], ...] = ()

    def draw(self, image: Pixels, scene: Scene, *, t: float = 0.0) -> Pixels:
        """Draw a scene over a picture.

        Args:
            image: ``(H, W, 3)`` RGB, changed in place.
            scene: What there is to show.
            t: Seconds from the source's first frame; frames come in order. Cards that have covered the
                person for a second move only as this time passes.

        Returns:
            The same array.

        Raises:
            ValueError: The picture is not of this overlay's size, or cannot be written to.
        """
        wanted = (self.size[1], self.size[0], 3)
        if image.shape != wanted or image.dtype != np.uint8:
            raise ValueError(f"the picture is {image.dtype} {image.shape}, the overlay's is uint8 {wanted}")
        if not image.flags.writeable:
            raise ValueError("the picture is read-only; the overlay draws in place")
        if not image.flags.c_contiguous:  # OpenCV can't write to every view
            image[...] = self.draw(np.ascontiguousarray(image), scene, t=t)
            return image
        self._skeleton.draw(image, scene.points, scene.visibility, scene.limbs)
        for name, (box, _, _) in self._settle(scene, t).items():
            if name == "meter" and scene.meter is not None:
                self._gauge.draw(image, scene.meter, box)
            elif name in self._patches:
                patch = next(p for p in self._patches[name] if p.size == (box.w, box.h))
                patch.blend(image, box.x, box.y)
        return image

    def layout(self, scene: Scene, *, t: float = 0.0) -> dict[str, Box]:
        """Where `draw` puts the cards of a scene at this time: count, banner, title, meter, notes.

        Asking counts as a frame: at a later time, cards may move.
        """
        spots = self._settle(scene, t)
        return {name: s.box for name, s in spots.items() if name in self._patches or name == "meter"}

    def _settle(self, scene: Scene, t: float) -> dict[str, Spot]:
        scene = _told(scene)
        if scene.meter is not None:
            self._gauge.widen(scene.meter.label)
        key = (
            scene.title, scene.subtitle, scene.count, scene.goal, scene.reps, scene.cue, scene.cue_severity,
            scene.notes, scene.meter is None, self._gauge.width,
        )  # fmt: skip
        if key != self._key or not self._plans:
            self._key = key
            self._prepare(scene)
        person = find_person(scene.points, scene.visibility, self.size)
        return self._placer.settle(self._plans, person, t)

    def _prepare(self, scene: Scene) -> None:
        """Compose the cards of a scene, and plan what to leave out when they don't fit."""
        make, margin = self._cards, self._placer.margin
        count = self._composed(
            "count",
            (scene.count, scene.goal),
            lambda: (
                make.count(scene),
                make.count_small(scene, with_goal=True),
                make.count_small(scene, with_goal=False),
            ),
        )
        room = self.size[0] - 2 * margin
        beside_count = room - self._placer.gap - count[0].size[0]
        narrow = min(round(0.66 * self._unit), beside_count if beside_count > 0.36 * self._unit else room)
        title = self._composed(
            "title",
            (scene.title, scene.subtitle, scene.reps, scene.goal, narrow),
            lambda: tuple(make.title(scene, narrow, with_reps=reps) for reps in (True, False)),
        )
        patches = {"count": count, "title": title}
        if scene.cue.strip():
            key = (scene.cue, scene.cue_severity)
            patches["banner"] = self._composed("banner", key, lambda: make.banner(scene, room))
            self._banner_sizes = tuple(p.size for p in patches["banner"])
        if any(note.strip() for note in scene.notes):
            patches["notes"] = self._composed(
                "notes",
                (scene.notes, narrow),
                lambda: tuple(make.notes(scene.notes, min(narrow, room), n) for n in (3, 2, 1)),
            )
        self._patches = patches

        cards = {name: Card(name, tuple(p.size for p in ps), _ANCHORS[name]) for name, ps in patches.items()}
        cards["title"] = replace(cards["title"], sizes=cards["title"].sizes[:1])
        if not scene.cue.strip():
            # Its place is kept while there is no cue, so that nothing has to make way when one comes.
            usual = (min(round(0.9 * self._unit), room), 2 * make.pad + round(CAP * make.px(BANNER)))
            cards["banner"] = Card("banner", self._banner_sizes or (usual,), _ANCHORS["banner"])
        else:
            cards["banner"] = replace(cards["banner"], loose=True)
        if scene.meter is not None:
            tall = tuple((self._gauge.width, max(round(f * self._unit), 12)) for f in _METER)
            cards["meter"] = Card("meter", tall, _ANCHORS["meter"], away=True)
        bare = {**cards, "title": replace(cards["title"], sizes=(title[1].size,))}
        order = ("count", "banner", "title", "meter", "notes")
        plans = [
            tuple(source[name] for name in order[:upto] if name in source)
            for source, upto in ((cards, 5), (cards, 4), (bare, 4), (bare, 3), (bare, 2))
        ]
        self._plans = (*plans, (cards["count"],), (cards["banner"],))

    def _composed(
        self, name: str, key: tuple[object, ...], make: Callable[[], tuple[Patch, ...]]
    ) -> tuple[Patch, ...]:
        """A card's forms, composed again only when what they show has changed."""
        kept = self._kept.get(name)
        if kept is None or kept[0] != key:
            self._kept[name] = kept = (key, make())
        return kept[1]


def _told(scene: Scene) -> Scene:
    """The scene with its words in the current language."""
    return replace(
        scene,
        title=tr(scene.title),
        subtitle=tr(scene.subtitle),
        cue=tr(scene.cue),
        notes=tuple(tr(note) for note in scene.notes),
    )


class Gauge:
    """The range-of-motion meter: a bar with the target zone, this rep, and the number beside its level.

    Attributes:
        width: Of bar and number together, px; grows with the widest label seen.
    """

    def __init__(self, cards: Cards) -> None:
        self._cards = cards
        self._size = cards.px(LABEL)
        self._pad = max(round(0.6 * cards.pad), 1)
        self._zone = max(round(0.036 * cards.unit), 4)
        self._track = max(round(0.02 * cards.unit), 2)
        self._kept: dict[object, Patch] = {}
        self.width = 0
        self.widen("188°")

    @property
    def _bar(self) -> int:
        """Width of the bar's panel, px."""
        return self._zone + 2 * self._cards.pad

    def widen(self, label: str) -> None:
        """Make room for a label."""
        text = self._cards.type.width(label, self._size, MEDIUM) + 2 * self._pad
        self.width = max(self.width, self._bar + self._pad // 2 + text)

    def draw(self, image: Pixels, meter: Meter, box: Box) -> None:
        """Draw into a box of the picture, in place; the bar on the side of the picture's edge."""
        bar_right = 2 * box.x + box.w > image.shape[1]
        left = box.x + box.w - self._bar if bar_right else box.x
        x, low, high = left + self._bar // 2, box.y + box.h - self._cards.pad, box.y + self._cards.pad
        ends = tuple(np.clip(np.nan_to_num(sorted(meter.target)), 0, 1).tolist())
        self._cached((box.h, ends), lambda: self._panel(box.h, ends)).blend(image, left, box.y)

        def level(fraction: float) -> int:
            return round(low - min(max(fraction, 0.0), 1.0) * (low - high))

        if np.isfinite(meter.value):
            thick = max(round(0.6 * self._track), 1)
            foot = low - thick // 2
            top = min(level(meter.value) + thick // 2, foot)
            cv2.line(image, (x, foot), (x, top), WHITE, thick, cv2.LINE_AA)
        if np.isfinite(meter.best):
            y, half, thick = level(meter.best), self._zone // 2, max(self._track // 4, 1)
            for colour, extra in ((DARK, 2), (WHITE, 0)):
                cv2.line(image, (x - half, y), (x + half, y), colour, thick + extra, cv2.LINE_AA)
        if meter.label.strip():
            tag = self._cached(meter.label, lambda: self._tag(meter.label))
            away = self._pad // 2
            edge = left - away - tag.size[0] if bar_right else left + self._bar + away
            top = level(meter.value if np.isfinite(meter.value) else 0.0) - tag.size[1] // 2
            tag.blend(image, edge, max(min(top, box.y + box.h - tag.size[1]), box.y))

    def _panel(self, height: int, target: tuple[float, ...]) -> Patch:
        canvas, pad = self._cards.panel(self._bar, height), self._cards.pad
        length, middle = height - 2 * pad, self._bar / 2
        canvas.over(rounded(self._track, length, self._track), middle - self._track / 2, pad, (112, 118, 126))
        bottom, top = (pad + round((1 - f) * length) for f in target)
        zone, edge = max(bottom - top, 2), max(self._track // 6, 1)
        # White edges around the zone: the target is a shape too, not only a colour.
        for grow, colour in ((edge, WHITE), (0, COLOURS[Severity.OK])):
            wide = self._zone + 2 * grow
            canvas.over(rounded(wide, zone + 2 * grow, 3 * edge), middle - wide / 2, top - grow, colour)
        return canvas.patch()

    def _tag(self, text: str) -> Patch:
        wide = self._cards.type.width(text, self._size, MEDIUM) + 2 * self._pad
        high = 2 * self._pad + round(CAP * self._size)
        canvas = self._cards.panel(wide, high)
        self._cards.type.put(canvas, text, self._pad, high - self._pad, Ink(self._size, MEDIUM))
        return canvas.patch()

    def _cached(self, key: object, make: Callable[[], Patch]) -> Patch:
        """A patch from the cache. A tag takes some 20 kB at 720p, and a movement has about 100 of them."""
        if key not in self._kept:
            if len(self._kept) >= 192:
                self._kept.clear()
            self._kept[key] = make()
        return self._kept[key]


class Skeleton:
    """Draws the bones.

    Args:
        unit: The picture's short side, px.
    """

    def __init__(self, unit: int) -> None:
        self._unit = unit
        self._rim = max(round(0.0022 * unit), 1)

    def draw(
        self,
        image: Pixels,
        points: Floats,
        visibility: Floats,
        limbs: tuple[tuple[tuple[int, int], Severity], ...],
    ) -> None:
        """Draw onto an ``(H, W, 3)`` image.

        Args:
            image: Changed in place.
            points: ``(33, 2)`` px, NaN = missing: not drawn.
            visibility: ``(33,)`` 0..1; bones with a dim end are thin and dashed.
            limbs: Bones to colour.
        """
        finite, seen = usable(points, visibility)
        if not finite.any():
            return
        scale = body_scale(points, seen if seen.any() else finite)
        line = max(round(float(np.clip(0.028 * scale, 0.004 * self._unit, 0.008 * self._unit))), 1)
        reach = 8.0 * max(image.shape[:2])  # far outside all the same; keeps fixed-point numbers small
        at = np.clip(np.where(finite[:, None], points, 0), -reach, reach) * 2**SHIFT
        spots = [(int(x), int(y)) for x, y in np.rint(at)]
        faults = [(bone, s) for bone, s in limbs if finite[bone[0]] and finite[bone[1]]]
        coloured = {frozenset(bone) for bone, _ in faults}
        plain = [b for b in BONES if finite[b[0]] and finite[b[1]] and frozenset(b) not in coloured]
        clear = [b for b in plain if seen[b[0]] and seen[b[1]]]
        for a, b in plain:
            if not (seen[a] and seen[b]):
                self._dashed(image, spots[a], spots[b], max(line // 2, 1))
        for colour, width in ((DARK, line + 2 * self._rim), (WHITE, line)):
            for a, b in clear:
                cv2.line(image, spots[a], spots[b], colour, width, cv2.LINE_AA, SHIFT)
        for (a, b), severity in faults:
            self._limb(image, spots[a], spots[b], severity, line)
        for i in {i for bone in plain for i in bone} | {i for bone, _ in faults for i in bone}:
            radius = (1.0 if seen[i] else 0.6) * max(line, 1.5)
            for colour, size in ((DARK, radius + self._rim), (WHITE, radius)):
                cv2.circle(image, spots[i], round(size * 2**SHIFT), colour, -1, cv2.LINE_AA, SHIFT)

    def _limb(
        self, image: Pixels, a: tuple[int, int], b: tuple[int, int], severity: Severity, line: int
    ) -> None:
        """A coloured bone: severe thick and solid, mild a double line, ok slimmer, unknown plain."""
        width = max(round(_THICK[severity] * line), 1)
        for colour, extra in ((DARK, 4 * self._rim), (WHITE, 2 * self._rim), (COLOURS[severity], 0)):
            cv2.line(image, a, b, colour, width + extra, cv2.LINE_AA, SHIFT)
        if severity is Severity.MILD and width > 2:
            cv2.line(image, a, b, DARK, max(round(0.3 * width), 1), cv2.LINE_AA, SHIFT)

    def _dashed(self, image: Pixels, a: tuple[int, int], b: tuple[int, int], thin: int) -> None:
        """A bone with a hidden end."""
        start, way = np.array(a, float), np.subtract(b, a, dtype=float)
        period = 2**SHIFT * 8 * (thin + self._rim)  # round ends make dashes longer by their width
        count = int(np.clip(np.hypot(*way) / period, 1, 24))
        for i in range(count):
            p, q = start + way * (i + 0.15) / count, start + way * (i + 0.6) / count
            ends = (int(p[0]), int(p[1])), (int(q[0]), int(q[1]))
            for colour, width in ((DARK, thin + 2 * self._rim), (SOFT, thin)):
                cv2.line(image, *ends, colour, width, cv2.LINE_AA, SHIFT)
