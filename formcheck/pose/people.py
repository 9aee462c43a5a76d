"""Whom to follow: people are told apart by where they are, and the one who exercises is kept.

MediaPipe returns people in no lasting order, may return one person twice, and a lone tracker hops to
whoever is in sight when it loses its own. So every detection, in every mode, is linked over time by the
place and size of its trunk; afterwards, with the whole file known, one track is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from formcheck.landmarks import COUNT, LEFT, RIGHT
from formcheck.pose.mediapipe import Detections
from formcheck.types import Floats, Pixels, Recording

#: Shoulders and hips: what identifies a person from frame to frame.
TRUNK: Final = (LEFT["shoulder"], RIGHT["shoulder"], LEFT["hip"], RIGHT["hip"])
#: Joints whose motion against the pelvis is exercise.
JOINTS: Final = ("shoulder", "elbow", "wrist", "knee", "ankle")
LIMBS: Final = tuple(table[joint] for table in (LEFT, RIGHT) for joint in JOINTS)
#: What the motion of each is worth: gesturing hands of 0.8 to 0.9 trunk sizes drew attention from knees that
#: opened by 0.5.
WORTH: Final = np.array([{"elbow": 0.4, "wrist": 0.4}.get(joint, 1.0) for joint in JOINTS * 2])
#: A step to and fro is no walk, trunk sizes: a lunge's takes 1.1.
STEP: Final = 1.0

#: What is left of the picture around a person who is to be found alone, as a share of its larger side.
ALONE_MARGIN: Final = 0.1

#: Two detections are one person when their trunks lie this close, in trunk sizes.
SAME: Final = 0.3
#: Someone smaller than this share of the largest is background.
BACKGROUND: Final = 0.3
#: How far a trunk may be from where it is expected, in trunk sizes: at once, and more for each second
#: unseen. Brisk walking is about 3 trunk sizes a second, which the prediction covers.
REACH: Final = 0.6
REACH_PER_S: Final = 2.0
#: After this long unseen somebody found elsewhere is a new track, s.
FORGET_S: Final = 1.0
#: Time constant of a track's velocity, s.
VELOCITY_S: Final = 0.2
#: Pieces of tracks that never coexist may be one person seen again when sizes agree within this factor.
REJOIN: Final = 1.6
#: Rows of one storage block: under a megabyte, so that freed blocks return to the system.
BLOCK: Final = 1024


def trunk(image: Floats) -> tuple[Floats, Floats]:
    """Where trunks are and how large.

    Args:
        image: ``(..., 33, 4)`` px.

    Returns:
        Centre ``(..., 2)`` px and size ``(...)`` px: the root mean square distance of shoulders and hips
        from their centre, doubled. Unlike the trunk's length it survives a view along the body.
    """
    points = image[..., TRUNK, :2]
    centre = points.mean(axis=-2)
    spread = ((points - centre[..., None, :]) ** 2).sum(axis=-1).mean(axis=-1)
    return centre, 2 * np.sqrt(spread)


def distinct(found: Detections) -> Detections:
    """Leaves out people seen twice and people far in the background.

    Returns:
        The same people in order of visibility, the best first.
    """
    if len(found) < 2:
        return found
    centres, sizes = trunk(found.image)
    order = np.argsort(-found.image[..., 3].mean(axis=-1), kind="stable")
    kept: list[int] = []
    for i in order:
        again = any(np.linalg.norm(centres[i] - centres[k]) < SAME * max(sizes[i], sizes[k]) for k in kept)
        if not again and sizes[i] >= BACKGROUND * sizes.max():
            kept.append(int(i))
    return Detections(found.t, found.image[kept], found.world[kept])


def among(found: Detections, everybody: Detections) -> bool:
    """Whether the first person found is one of everybody."""
    centres, sizes = trunk(everybody.image)
    centre, size = trunk(found.image[0])
    near = np.linalg.norm(centres - centre, axis=-1) < SAME * np.maximum(sizes, size)
    return bool(near.any())


def alone(picture: Pixels, person: Floats, size: tuple[int, int]) -> Pixels:
    """The picture without what lies outside of a person's box and a margin around it."""
    scale = picture.shape[1] / size[0]
    low, high = person[:, :2].min(axis=0) * scale, person[:, :2].max(axis=0) * scale
    margin = ALONE_MARGIN * float((high - low).max())
    (left, top), (right, bottom) = np.maximum(low - margin, 0).astype(int), (high + margin).astype(int)
    out = np.zeros_like(picture)
    out[top:bottom, left:right] = picture[top:bottom, left:right]
    return out


@dataclass(slots=True, eq=False)
class Track:
    """One person over time.

    Attributes:
        rows: Numbers of the frames in which the person was seen, rising.
    """

    rows: list[int] = field(default_factory=list)
    blocks: list[tuple[Floats, Floats]] = field(default_factory=list)
    last_s: float = 0.0
    centre: Floats = field(default_factory=lambda: np.zeros(2, np.float32))
    velocity: Floats = field(default_factory=lambda: np.zeros(2, np.float32))
    size: float = 1.0

    def add(self, row: int, t: float, image: Floats, world: Floats) -> None:
        """Appends what was seen in frame number `row` at `t` seconds."""
        centre, size = trunk(image)
        dt = t - self.last_s
        if self.rows and 0 < dt <= FORGET_S:
            share = 1 - np.exp(-dt / VELOCITY_S)
            self.velocity = self.velocity + share * ((centre - self.centre) / dt - self.velocity)
        else:
            self.velocity = np.zeros(2, np.float32)
        self.last_s, self.centre, self.size = t, centre, max(float(size), 1e-6)
        place = len(self.rows) % BLOCK
        if place == 0:
            shapes = ((BLOCK, COUNT, 4), (BLOCK, COUNT, 3))
            self.blocks.append((np.empty(shapes[0], np.float32), np.empty(shapes[1], np.float32)))
        self.blocks[-1][0][place], self.blocks[-1][1][place] = image, world
        self.rows.append(row)

    def cost(self, t: float, centre: Floats, size: float) -> float:
        """How badly a trunk fits as this track's next one: under 1 is possible."""
        gap = t - self.last_s
        if gap > FORGET_S:
            return np.inf
        expected = self.centre + self.velocity * min(gap, VELOCITY_S)
        larger = max(size, self.size)
        reach = REACH + REACH_PER_S * gap
        change = abs(np.log(max(size, 1e-6) / self.size))
        return float(np.linalg.norm(centre - expected) / larger / reach + change / 2)

    def images(self, joints: tuple[int, ...] | slice = slice(None)) -> Floats:
        """``(len(rows), joints, 4)`` px, copied."""
        whole = [image[:, joints] for image, _ in self.blocks]
        return np.concatenate(whole)[: len(self.rows)]

    def pieces(self) -> Iterator[tuple[list[int], Floats, Floats]]:
        """Frame numbers and landmarks, block by block; the blocks are freed on the way."""
        for start in range(0, len(self.rows), BLOCK):
            rows = self.rows[start : start + BLOCK]
            image, world = self.blocks.pop(0)
            yield rows, image[: len(rows)], world[: len(rows)]


class Linker:
    """Sorts detections into tracks, frame by frame, in order of time."""

    def __init__(self) -> None:
        self.t: list[float] = []
        self.tracks: list[Track] = []
        self._live: list[Track] = []

    def see(self, found: Detections) -> None:
        """Takes the next frame; one that isn't later than the last is left out."""
        if self.t and found.t <= self.t[-1]:
            return
        row = len(self.t)
        self.t.append(found.t)
        self._live = [track for track in self._live if found.t - track.last_s <= FORGET_S]
        centres, sizes = trunk(found.image)
        pairs = sorted(
            (track.cost(found.t, centres[p], float(sizes[p])), k, p)
            for k, track in enumerate(self._live)
            for p in range(len(found))
        )
        owner: dict[int, Track] = {}
        for cost, k, p in pairs:
            if cost < 1 and p not in owner and self._live[k] not in owner.values():
                owner[p] = self._live[k]
        for p in range(len(found)):
            track = owner.get(p) or self._start()
            track.add(row, found.t, found.image[p], found.world[p])

    def _start(self) -> Track:
        track = Track()
        self.tracks.append(track)
        self._live.append(track)
        return track


def link(frames: Iterable[Detections]) -> Linker:
    """Links all frames of a source, given in order of time."""
    linker = Linker()
    for found in frames:
        linker.see(found)
    return linker


def follow(linker: Linker, size: tuple[int, int]) -> Recording:
    """The one person who exercises, over the whole source.

    Args:
        linker: All frames, linked. Its tracks are used up.
        size: Width and height of the picture, px.

    Returns:
        A row for each frame, NaN where that person wasn't seen.
    """
    t = np.array(linker.t)
    image = np.full((len(t), COUNT, 4), np.nan, np.float32)
    world = np.full((len(t), COUNT, 3), np.nan, np.float32)
    for track in chosen(linker, size):
        for rows, piece_image, piece_world in track.pieces():
            image[rows], world[rows] = piece_image, piece_world
    return Recording(t, image, world, size)


def chosen(linker: Linker, size: tuple[int, int]) -> list[Track]:
    """The track of the person who exercises, and others that are the same person seen again."""
    ranked = sorted(linker.tracks, key=lambda track: -exercise_score(track, linker.t, size))
    taken: list[Track] = ranked[:1]
    if not taken:
        return taken
    main_size = _typical_size(taken[0])
    used = set(taken[0].rows)
    for track in ranked[1:]:
        ratio = _typical_size(track) / main_size
        if used.isdisjoint(track.rows) and 1 / REJOIN < ratio < REJOIN and _apart(track, linker, ranked[0]):
            taken.append(track)
            used.update(track.rows)
    return taken


def _apart(track: Track, linker: Linker, main: Track) -> bool:
    """Whether `track` doesn't merely stand in while `main` is briefly unseen beside it."""
    first_s, last_s = linker.t[track.rows[0]], linker.t[track.rows[-1]]
    times = np.array([linker.t[row] for row in main.rows])
    return not bool(((times > first_s) & (times < last_s)).any())


def exercise_score(track: Track, t: list[float], size: tuple[int, int]) -> float:
    """How much a track looks like the person to coach; only comparisons mean anything.

    Long in view, moving limbs against a pelvis that stays where it is, the whole body visible, large;
    of equals the one nearer to the middle. A walker moves the limbs as much, but travels, and who stands by
    and talks moves the hands.
    """
    image = track.images((*TRUNK, *LIMBS))
    xy, visibility = image[..., :2], image[..., 3]
    scale = max(_typical_size(track), 1e-6)
    pelvis = xy[:, 2:4].mean(axis=1)
    limbs = xy[:, len(TRUNK) :] - pelvis[:, None]
    low, high = np.percentile(limbs, (5, 95), axis=0)
    seen = visibility[:, len(TRUNK) :].mean(axis=0)
    motion = float((np.linalg.norm(high - low, axis=-1) * seen * WORTH).max()) / scale
    travel = float(np.ptp(np.percentile(pelvis[:, 0], (5, 95)))) / scale
    inside = ((xy >= 0) & (xy <= size)).all(axis=-1).mean()
    middle = abs(float(np.median(pelvis[:, 0])) / size[0] - 0.5)
    seconds = len(track.rows) / max(len(t), 1) * (t[-1] - t[0] if len(t) > 1 else 1.0)
    beyond = max(0.0, travel - STEP)
    activity = 0.05 + min(motion, 1.0)
    return float(
        seconds
        * activity
        * inside
        * float(visibility.mean())
        * np.sqrt(scale)
        * (1.2 - 0.4 * middle)
        / (1 + beyond**2)
    )


def _typical_size(track: Track) -> float:
    return float(np.median(trunk_sizes(track)))


def trunk_sizes(track: Track) -> Floats:
    """``(len(rows),)`` px."""
    points = track.images(TRUNK)[..., :2]
    spread = ((points - points.mean(axis=1, keepdims=True)) ** 2).sum(axis=-1).mean(axis=-1)
    sizes: Floats = 2 * np.sqrt(spread)
    return sizes
