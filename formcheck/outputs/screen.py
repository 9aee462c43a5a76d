"""Draws what a live session shows over the newest picture: calm, and readable from three metres.

While a set runs it is the same overlay as in an annotated video. Before it, a card beside the person says
what to do. In a rest, a pause or when something is wrong, the picture steps back behind large words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal, TypeVar

import cv2
import numpy as np

from formcheck.language import tr
from formcheck.outputs.draw import WHITE, Canvas, Cards, Patch, rounded
from formcheck.outputs.layout import Anchor, Box, Card, Placer, find_person, places
from formcheck.outputs.messages import Messages, Panel
from formcheck.outputs.overlay import Overlay, Skeleton
from formcheck.outputs.sketch import AMBER, GREEN, ring
from formcheck.session.events import Screen
from formcheck.types import Pixels, Scene, Severity

Style = Literal["coach", "count"]
T = TypeVar("T")

#: States whose message lies over the whole picture, and how much of the picture stays.
_OVER: Final = {"rest": 0.34, "paused": 0.34, "done": 0.34, "waiting": 0.25, "pain": 0.16}
_ANCHORS: Final = {
    "guide": places((0.5, 1), (0, 1), (1, 1), (0.5, 0), (1, 0.5), (0, 0.5), (1, 0)),
    "number": places((1, 0), (0.5, 0), (0, 0), (1, 0.5), (0, 0.5), (0.5, 1)),
    "title": places((0, 0), (1, 0), (0, 1)),
    "notes": places(Anchor(0, 1, "title"), (0, 1), (1, 1), (1, 0)),
}
#: Plain ground of the counting style.
_GROUND: Final = (18, 21, 26)
#: The border of the count that lights up, as a share of the short side.
_GLOW: Final = 0.011


class ScreenView:
    """Draws screens over pictures of one size.

    Args:
        size: Width and height of the pictures, px.
        style: "coach", or "count" for nothing but a big number.
    """

    def __init__(self, size: tuple[int, int], style: Style = "coach") -> None:
        self.size = size
        self.style = style
        self._unit = min(size)
        self._cards = Cards(self._unit)
        self._messages = Messages(size, self._cards)
        self._overlay = Overlay(size)
        self._skeleton = Skeleton(self._unit)
        self._placer = Placer(size, margin=round(0.03 * self._unit), gap=round(0.016 * self._unit))
        self._kept: dict[str, tuple[object, object]] = {}

    def draw(self, image: Pixels, screen: Screen, *, t: float = 0.0) -> Pixels:
        """Draw a screen over a picture.

        Args:
            image: ``(H, W, 3)`` RGB, C-contiguous, changed in place.
            screen: What to show; its points in px of this picture.
            t: Seconds, rising.

        Returns:
            The same array.
        """
        screen = _told(screen)
        if screen.help:
            self._blend(image, "help", (), self._messages.help)
        elif screen.state in _OVER:
            self._over(image, screen)
        elif self.style == "count":
            self._plain(image, screen)
        elif screen.state == "set":
            self._set(image, screen, t)
        else:
            self._guide(image, screen, t)
        if screen.gesture is not None:
            self._gesture(image, screen)
        return image

    def _set(self, image: Pixels, screen: Screen, t: float) -> None:
        scene = Scene(
            points=screen.points,
            visibility=screen.visibility,
            title=screen.title,
            subtitle=screen.plan,
            count=screen.count,
            goal=screen.target,
            reps=screen.reps,
            meter=screen.meter,
            limbs=screen.limbs,
            cue=screen.cue or screen.headline,
            cue_severity=screen.cue_severity if screen.cue and screen.cue_severity else Severity.OK,
            notes=screen.notes,
        )
        self._overlay.draw(image, scene, t=t)
        box = self._overlay.layout(scene, t=t).get("count")
        if screen.flash and box is not None:
            self._keep("glow", (box.w, box.h), lambda: self._glow(box)).blend(image, box.x, box.y)

    def _guide(self, image: Pixels, screen: Screen, t: float) -> None:
        """Framing, getting ready, count-in: cards beside the person."""
        self._skeleton.draw(image, screen.points, screen.visibility, screen.limbs)
        margin = self._placer.margin
        narrow = min(round(0.66 * self._unit), self.size[0] - 2 * margin)
        patches: dict[str, tuple[Patch, ...]] = {}
        number = _number(screen) if screen.state == "count_in" else ""
        if number:
            patches["number"] = self._keep("number", number, lambda: self._messages.number(number))
        if (screen.headline and screen.headline != number) or screen.detail:
            hint = screen.camera_hint
            rough = hint and (
                round(np.nan_to_num(hint.azimuth_deg) / 4),
                round(np.nan_to_num(hint.elevation_deg) / 4),
            )
            key = (
                screen.headline,
                screen.detail,
                hint and (hint.posture, hint.wanted, hint.wanted_elevation),
                rough,
            )
            patches["guide"] = self._keep("guide", key, lambda: self._messages.guide(screen))
        if screen.title:
            scene = Scene(
                points=screen.points, visibility=screen.visibility, title=screen.title, subtitle=screen.plan,
                reps=screen.reps,
            )  # fmt: skip
            title = (screen.title, screen.plan, screen.reps)
            patches["title"] = self._keep(
                "title", title, lambda: (self._cards.title(scene, narrow, with_reps=bool(screen.reps)),)
            )
        if any(note.strip() for note in screen.notes):
            patches["notes"] = self._keep(
                "notes",
                screen.notes,
                lambda: tuple(self._cards.notes(screen.notes, narrow, n) for n in (3, 2, 1)),
            )
        cards = tuple(
            Card(name, tuple(p.size for p in ps), _ANCHORS[name], loose=name == "guide")
            for name, ps in patches.items()
        )
        person = find_person(screen.points, screen.visibility, self.size)
        plans = [cards[:n] for n in range(len(cards), 0, -1)]
        for name, spot in self._placer.settle(plans, person, t).items():
            if name in patches:
                patches[name][spot.form].blend(image, spot.box.x, spot.box.y)

    def _over(self, image: Pixels, screen: Screen) -> None:
        """A message over the whole picture."""
        if self.style == "count":
            image[...] = _GROUND
        else:
            cv2.multiply(image, (_OVER[screen.state],) * 4, dst=image)
        number = _number(screen)
        key = (screen.state, screen.headline, screen.detail, screen.next_up, number, screen.notes)
        panel: Panel = self._keep("panel", key, lambda: self._messages.panel(screen, number))
        panel.patch.blend(image, 0, 0)
        if panel.ring is not None:
            x, y, radius = panel.ring
            whole = screen.countdown_of_s
            share = screen.countdown_s / whole if np.isfinite(whole) and whole > 0 else 0.0
            late = screen.countdown_s <= 10.0
            ring(image, (x, y), radius, 0.022 * self._unit, share, AMBER if late else GREEN)

    def _plain(self, image: Pixels, screen: Screen) -> None:
        image[...] = _GROUND
        number = _number(screen) if screen.state == "count_in" else ""
        if screen.state == "set" or number:
            ink = GREEN if screen.flash else AMBER if number else WHITE
            key = (screen.count, screen.target, screen.plan, number, screen.headline if number else "", ink)
            self._blend(image, "count", key, lambda: self._messages.count(screen, number, ink))
            return
        message = (screen.state, screen.headline, screen.detail, screen.notes)
        panel = self._keep("panel", message, lambda: self._messages.panel(screen, ""))
        panel.patch.blend(image, 0, 0)

    def _gesture(self, image: Pixels, screen: Screen) -> None:
        """A ring that fills while a gesture is held."""
        assert screen.gesture is not None  # noqa: S101 - for the type checker; the caller asked
        label, progress = screen.gesture.label, screen.gesture.progress
        badge = self._keep("badge", label, lambda: self._messages.badge(label))
        x, y = (self.size[0] - badge.size[0]) // 2, round(0.44 * self.size[1]) - badge.size[1] // 2
        badge.blend(image, x, y)
        centre = x + badge.size[0] / 2, y + badge.size[1] / 2
        ring(image, centre, 0.42 * badge.size[0], 0.03 * self._unit, progress)

    def _glow(self, box: Box) -> Patch:
        canvas = Canvas(box.w, box.h)
        edge, radius = max(round(_GLOW * self._unit), 2), 0.025 * self._unit
        mask = rounded(box.w, box.h, radius)
        mask[edge:-edge, edge:-edge] -= rounded(box.w - 2 * edge, box.h - 2 * edge, max(radius - edge, 1))
        canvas.over(np.clip(mask, 0, 1), 0, 0, GREEN)
        return canvas.patch()

    def _blend(self, image: Pixels, name: str, key: object, make: Callable[[], Patch]) -> None:
        self._keep(name, key, make).blend(image, 0, 0)

    def _keep(self, name: str, key: object, make: Callable[[], T]) -> T:
        """What was composed last under this name, as long as it shows the same."""
        kept = self._kept.get(name)
        if kept is None or kept[0] != key:
            self._kept[name] = kept = (key, make())
        return kept[1]  # type: ignore[return-value]


def _told(screen: Screen) -> Screen:
    """The screen with its words in the chosen language."""
    gesture = screen.gesture and replace(screen.gesture, label=tr(screen.gesture.label))
    return replace(
        screen,
        title=tr(screen.title),
        headline=tr(screen.headline),
        detail=tr(screen.detail),
        plan=tr(screen.plan),
        cue=tr(screen.cue),
        next_up=tr(screen.next_up),
        notes=tuple(tr(note) for note in screen.notes),
        gesture=gesture,
    )


def _number(screen: Screen) -> str:
    """The countdown for people: whole seconds, minutes from one up; empty for none."""
    if not np.isfinite(screen.countdown_s):
        return ""
    left = int(np.ceil(max(screen.countdown_s, 0.0) - 1e-6))
    return f"{left // 60}:{left % 60:02d}" if left >= 60 else str(left)
