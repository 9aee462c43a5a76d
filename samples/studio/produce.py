"""One clip from its plan to a film and its truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Final

import numpy as np

from formcheck.files import atomic
from formcheck.landmarks import LEFT, RIGHT
from samples.studio import truth
from samples.studio.clip import Clip
from samples.studio.film import Film, Picture, blurred, shutter_times
from samples.studio.jobs import Halted
from samples.studio.motion import find, furniture, styled
from samples.studio.people import PEOPLE, Person
from samples.studio.perform import perform
from samples.studio.performance import Performance
from samples.studio.render import Other, Renderer
from samples.studio.room import ROOMS
from samples.studio.rotation import Floats
from samples.studio.script import Script, Segment
from samples.studio.skeleton import Body, landmarks
from samples.studio.stage import place
from samples.studio.string import string

#: Moments in one motion-blurred picture: at 15 a second a swung foot moves some 40 px in one.
SHUTTER_STEPS: Final = 4
#: Frames posed at once: 2 ms each then, 50 ms one by one.
BATCH: Final = 64
#: How far behind and beside the person somebody else stands, m.
BEHIND_M, BESIDE_M = 1.1, (0.7, 1.3)
#: From the ears to the top of the hair, m: 0.13 on the bodies, and hair.
CROWN_M: Final = 0.17
#: The scene of life that somebody else plays.
BYSTANDER: Final = "talking"
SIDES: Final = {"left": LEFT, "right": RIGHT}


def produce(clip: Clip, folder: Path, halted: Callable[[], bool] = lambda: False) -> None:
    """Renders a clip: ``NAME.mp4``, and then ``NAME.json``, each whole or not at all.

    Args:
        clip: What to render.
        folder: Where.
        halted: Asked before each frame.

    Raises:
        Halted: `halted` said so; no file was left.
        SetupError: This machine can't draw or encode.
        OutputError: A file cannot be written.
    """
    set_up = Set(clip)
    path = folder / f"{clip.name}.mp4"
    light = set_up.room.light
    film = Film(
        path,
        clip.shot.size,
        Fraction(clip.shot.fps),
        crf=clip.shot.crf,
        noise=light.noise * clip.shot.noise,
        gain=clip.shot.gain,
        seed=clip.seed,
    )
    with film:
        for picture in set_up.pictures():
            if halted():
                raise Halted
            film.write(picture)
    with atomic(path.with_suffix(".json")) as part:
        part.write_text(truth.dump(set_up.truth()), encoding="utf-8")


class Set:
    """A clip made ready: who performs what, where, before which camera.

    Attributes:
        clip: The plan.
        body: The person's.
        performance: What the person does.
        room: Without what would hide the person; with a box before a foot where the plan wants one.
        camera: Where it stands.
        times: ``(T,)`` of the frames, s.
    """

    def __init__(self, clip: Clip) -> None:
        self.clip = clip
        person = PEOPLE[clip.person]
        self.body = Body.load(person.body)
        self.look = person.look
        self.style = None
        if clip.exercise is not None:
            self.style = replace(styled(find(clip.exercise), clip.seed), **dict(clip.style))
        self.performance = (
            string(clip.acts, self.body, clip.seed)
            if clip.acts
            else perform(Script(clip.exercise, clip.side, clip.segments, clip.seed, self.style), self.body)
        )
        self.times = np.arange(int(self.performance.duration_s * clip.shot.fps)) / clip.shot.fps
        random = np.random.default_rng(clip.seed)
        points = landmarks(self.body, self.performance.at(_framed(self.performance, self.times)))
        self.room = ROOMS[clip.room]
        if clip.exercise is not None:
            blocks = furniture(find(clip.exercise), self.body, self.style)
            if clip.side == "right":
                blocks = tuple(block.mirrored() for block in blocks)
            self.room = self.room.with_blocks(blocks)
        self.camera = place(
            clip.shot,
            self.performance.zero,
            self.performance.quarter,
            truth.hips(self.performance),
            np.concatenate([points.reshape(-1, 3), _crowns(points)]),
            self.room,
            random,
        )
        if clip.hidden_foot:
            self._hide_foot(points, random)
        self._second = self._somebody_else(clip.second, random) if clip.second else None

    def pictures(self, times: Floats | None = None) -> Iterator[Picture]:
        """The clip's frames, or those of other moments ``(T,)``, as a perfect camera would see them."""
        renderer = Renderer(self.body, self.look, self.room, self.camera)
        try:
            times = self.times if times is None else times
            for first in range(0, len(times), BATCH):
                yield from self._batch(renderer, times[first : first + BATCH])
        finally:
            renderer.release()

    def _batch(self, renderer: Renderer, times: Floats) -> Iterator[Picture]:
        shot = self.clip.shot
        opened = np.zeros(1)
        if shot.shutter:
            opened = shutter_times(0.0, Fraction(shot.fps), shot.shutter, SHUTTER_STEPS)
        posed = self.performance.at(np.add.outer(times, opened).ravel())
        others: list[list[Other]] = [[] for _ in times]
        if self._second is not None:
            person, about, shift = self._second
            also = about.at(times).moved(shift)
            for i, other in enumerate(others):
                other.append((about.body, person.look, also.rotation[i], also.position[i]))
        for i, other in enumerate(others):
            moments = range(i * len(opened), (i + 1) * len(opened))
            frames = [renderer.frame(posed.rotation[j], posed.position[j], other) for j in moments]
            yield frames[0] if len(frames) == 1 else blurred(frames)

    def truth(self, *, joints: bool = True) -> truth.Truth:
        """What is known about the clip."""
        return truth.describe(
            self.clip, self.performance, self.style, self.camera, len(self.times), joints=joints
        )

    def _hide_foot(self, points: Floats, random: np.random.Generator) -> None:
        """Puts a pouf before a foot, the working one if there is one; none where the lens is too low."""
        sides = [SIDES[self.clip.side]] if self.clip.side in SIDES else [LEFT, RIGHT]
        foot = points[:, sides[int(random.integers(len(sides)))]["ankle"]]
        with suppress(ValueError):
            self.room = self.room.hiding(self.camera, np.median(foot, axis=0), reach_m=0.05, gap_m=0.35)

    def _somebody_else(self, name: str, random: np.random.Generator) -> tuple[Person, Performance, Floats]:
        """Another person, who stands farther away and to the side; and how far that is from the origin."""
        person = PEOPLE[name]
        script = Script(None, "both", (Segment(BYSTANDER, float(self.times[-1]) + 1),), self.clip.seed + 1)
        centre = np.asarray(self.performance.centre)
        away = (centre - self.camera.eye) * (1, 0, 1)
        away = away / np.linalg.norm(away)
        beside = np.cross(away, (0, 1, 0)) * random.choice([-1, 1])
        where = centre + BEHIND_M * away + random.uniform(*BESIDE_M) * beside
        half_x, half_z = np.array(self.room.half)[:2] - 0.4  # not in the wall
        shift = np.array([np.clip(where[0], -half_x, half_x), 0.0, np.clip(where[2], -half_z, half_z)])
        return person, perform(script, Body.load(person.body)), shift


def _crowns(points: Floats) -> Floats:
    """``(T, 3)`` the tops of the head for landmarks ``(T, 33, 3)``, which end at the eyes."""
    ears, shoulders = ((points[:, LEFT[name]] + points[:, RIGHT[name]]) / 2 for name in ("ear", "shoulder"))
    up = ears - shoulders
    crowns: Floats = ears + CROWN_M * up / np.linalg.norm(up, axis=-1, keepdims=True)
    return crowns


def _framed(performance: Performance, times: Floats) -> Floats:
    """Moments that the picture has to hold: those of the set, or all where there is none."""
    spans = [s for s in performance.segments if s["kind"] == "set"]
    inside = np.zeros(len(times), bool)
    for span in spans:
        inside |= (times >= span["start_s"]) & (times <= span["end_s"])
    chosen = times[inside] if spans else times
    return chosen[:: max(1, len(chosen) // 60)]
