"""What a clip is before anything is rendered: who does what, where, and how it is filmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from samples.studio.perform import LEAD_S
from samples.studio.reps import seconds_of
from samples.studio.script import PARTIAL, Act, RepPlan, Segment

SPLITS: Final = ("tune", "test")
#: What clips are drawn for, with people of their own, and the half that it belongs to.
SERIES: Final = {"tune": "tune", "test": "test", "more": "tune"}
#: Diagonal of the 35 mm film that focal lengths are told for, mm.
FILM_DIAGONAL_MM: Final = 43.27
#: About how long it takes to walk in and get into position, or out of it, s.
WALK_S: Final = 8.0


@dataclass(frozen=True)
class Shot:
    """From where and how a clip is filmed.

    Attributes:
        label: A word for the view, such as "feet diagonal".
        recommended: Whether the exercise's own advice asks for this view.
        azimuth_deg: About the vertical, as in the truth.
        elevation_deg: Of the lens above the middle of the movement.
        roll_deg: Of the camera.
        focal_mm: 35 mm equivalent.
        distance_m: From the hips to the lens, if `fill` allows it.
        fill: Least and largest share of the picture that the movement takes, in the tighter direction.
        size: Of the picture, width and height in px.
        fps: Frames a second.
        shutter: Share of a frame for which the shutter is open; 0 for no motion blur.
        crf: H.264's rate factor: 18 good, 32 poor.
        gain: Of the camera: below 1 the picture is dim.
        noise: Times the room's usual.
    """

    label: str
    recommended: bool
    azimuth_deg: float
    elevation_deg: float
    roll_deg: float
    focal_mm: float
    distance_m: float
    fill: tuple[float, float]
    size: tuple[int, int]
    fps: int
    shutter: float
    crf: int
    gain: float
    noise: float

    @property
    def fov_deg(self) -> float:
        """Vertical field of view: the film's diagonal is the picture's."""
        width, height = self.size
        half = height / np.hypot(width, height) * FILM_DIAGONAL_MM / 2
        return float(np.degrees(2 * np.arctan(half / self.focal_mm)))


@dataclass(frozen=True)
class Clip:
    """One clip of a suite, before anything is rendered.

    Attributes:
        name: Of its files, without ending.
        series: "tune", "more" or "test": people of its own.
        exercise: None for a scene of life.
        scene: What happens instead of an exercise; empty otherwise.
        side: The working side; "both" for the squat.
        person: Name of a person.
        second: Name of somebody else in the room; None for nobody.
        room: Name of a room.
        hidden_foot: Whether furniture stands between the lens and a foot.
        shot: How it is filmed.
        reps: What is performed.
        segments: What the person does, one after another; at most one of it is a set.
        seed: For everything else that is drawn.
        acts: Several exercises one after another, instead of `exercise`, `side` and `segments`.
        style: What of the person's way is asked for and not drawn.
    """

    name: str
    series: str
    exercise: str | None
    scene: str
    side: str
    person: str
    second: str | None
    room: str
    hidden_foot: bool
    shot: Shot
    segments: tuple[Segment, ...]
    seed: int
    acts: tuple[Act, ...] = ()
    style: tuple[tuple[str, Any], ...] = ()

    @property
    def split(self) -> str:
        """The half that the clip belongs to, "tune" or "test"."""
        return SERIES[self.series]

    @property
    def everything(self) -> tuple[Segment, ...]:
        """All that is done: that of the acts, if there are any."""
        return self.segments + tuple(s for act in self.acts for s in (*act.segments, *act.rest))

    @property
    def reps(self) -> tuple[RepPlan, ...]:
        """The reps of the sets, counted or not."""
        return tuple(rep for segment in self.everything for rep in segment.reps)

    @property
    def counted(self) -> int:
        """Reps that are to be counted."""
        return sum(rep.amplitude > PARTIAL for rep in self.reps)

    @property
    def seconds(self) -> float:
        """About how long it is: entering and leaving are taken for `WALK_S` each."""
        sets = [LEAD_S + sum(map(seconds_of, s.reps)) for s in self.everything if s.reps]
        between_s = WALK_S * max(0, len(self.acts) - 1)
        return between_s + sum(sets) + sum(s.seconds or WALK_S for s in self.everything if not s.reps)

    @property
    def frames(self) -> int:
        """About how many frames it has."""
        return round(self.seconds * self.shot.fps)
