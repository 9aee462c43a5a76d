"""A contact sheet: every exercise at rest and at the turn, many people, rooms and cameras; scenes of life."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from formcheck.files import atomic
from samples.studio import suite
from samples.studio.clip import Clip
from samples.studio.film import Picture
from samples.studio.produce import Set

#: Size of one picture when rendered and on the sheet, px, and how many stand in a row.
RENDERED, TILE, COLUMNS = (640, 480), (240, 180), 8
#: Largest size of the file, bytes: a page loads it.
LARGEST: Final = 900_000


def draw(path: Path) -> None:
    """Renders the sheet from clips of the suite and writes it as JPEG.

    Raises:
        OutputError: It cannot be written.
        SetupError: This machine can't draw.
    """
    clips = [clip for clip in suite.expand(suite.load()) if clip.scene != "string"]
    names = dict.fromkeys(clip.exercise for clip in clips)
    rows = [np.hstack(list(_tiles([clip for clip in clips if clip.exercise == name]))) for name in names]
    sheet = cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR)
    quality = 90
    while True:
        data = cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
        if len(data) <= LARGEST or quality <= 30:
            break
        quality -= 5
    with atomic(path) as part:
        part.write_bytes(data)


def _tiles(clips: list[Clip]) -> Iterator[Picture]:
    """One row: pairs of rest and turn, or single moments of scenes."""
    is_life = clips[0].exercise is None
    for clip in _varied(clips, COLUMNS if is_life else COLUMNS // 2):
        made = Set(replace(clip, shot=replace(clip.shot, size=RENDERED, shutter=0.0)))
        rep = next((rep for rep in made.performance.reps if rep.counted), None)
        times = [rep.start_s, rep.turn_s] if rep else [made.performance.duration_s / 2]
        for picture in made.pictures(np.array(times)):
            yield cv2.resize(picture, TILE, interpolation=cv2.INTER_AREA)


def _varied(clips: list[Clip], count: int) -> list[Clip]:
    """Clips that differ in person, room and view as far as there are enough."""
    chosen: list[Clip] = []
    while len(chosen) < count:
        left = [clip for clip in clips if clip not in chosen]
        chosen.append(min(left, key=lambda clip: sum(_likeness(clip, other) for other in chosen)))
    return chosen


def _likeness(one: Clip, other: Clip) -> int:
    same = (
        one.person == other.person,
        one.split == other.split,
        one.room == other.room,
        one.shot.label == other.shot.label,
        one.scene == other.scene and bool(one.scene),
    )
    return sum(same)
