"""From a readable description to clips: who does what, where, filmed from where. All of it drawn from seeds.

A suite is a TOML file such as ``suite.toml``. Each clip draws from its own generator, seeded with the
suite's seed and the clip's name; what has to be spread evenly (people, rooms, faults, sides) comes from
shuffled decks, one for each exercise and split.
"""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from formcheck import exercises
from formcheck.errors import SourceError, UsageError
from samples.studio import motion
from samples.studio.people import PEOPLE
from samples.studio.perform import LEAD_S, PARTIAL
from samples.studio.reps import draw_reps, pick, seconds_of
from samples.studio.script import Act, RepPlan, Segment

SUITE: Final = Path(__file__).with_name("suite.toml")
SPLITS: Final = ("tune", "test")
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
        split: "tune" or "test".
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
    split: str
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


@dataclass
class Deck:
    """Cards in shuffled order, again and again: everything comes up equally often."""

    cards: Sequence[Any]
    random: np.random.Generator
    left: list[Any] = field(default_factory=list)

    def take(self) -> Any:
        """The next card."""
        if not len(self.cards):
            raise ValueError("there is nothing to choose from")
        if not self.left:
            self.left = [self.cards[i] for i in self.random.permutation(len(self.cards))]
        return self.left.pop()


def load(path: Path | str = SUITE) -> dict[str, Any]:
    """A suite's description as it stands in the file.

    Raises:
        SourceError: No such file, or it is not TOML.
    """
    path = Path(path)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"{path}: could not be read: {error.strerror}", hint="check the name") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: {error}", hint="compare it with samples/studio/suite.toml") from error


def expand(rules: dict[str, Any]) -> list[Clip]:
    """All clips of a suite: the same from the same rules, always.

    Raises:
        SourceError: Something is missing in the description, or is not what it should be.
    """
    try:
        return [
            clip
            for split in SPLITS
            for clips in (
                *(_sets(rules, split, name) for name in rules["exercises"]),
                _scenes(rules, split, "life", rules["scenes"]),
                *(
                    _scenes(rules, split, kind, rules[table])
                    for kind, table in (("other", "others"), ("gait", "gaits"))
                    if table in rules
                ),
                _strings(rules, split),
            )
            for clip in clips
        ]
    except UsageError as error:
        raise SourceError(f"the suite names what there is not: {error}") from error
    except (KeyError, TypeError, ValueError, IndexError) as error:
        what = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
        raise SourceError(
            f"the suite's description is wrong: {what}", hint="compare it with samples/studio/suite.toml"
        ) from error


def _sets(rules: dict[str, Any], split: str, exercise: str) -> Iterator[Clip]:
    """The clips of one exercise and split."""
    group = rules["exercises"][exercise]
    posture = exercises.find(exercise).posture
    move = motion.find(exercise)
    limits = {id_: (info.mild, info.severe) for id_, info in move.FAULTS.items()}
    lowers_first = motion.lowers_first(move)
    random = _generator(rules, f"{split}/{exercise}")
    people, rooms = Deck(_people(split), random), Deck(rules["splits"][split]["rooms"], random)
    faults = Deck(group["faults"], random)
    sides = Deck(motion.sides(move), random)
    views = [view for view in group["views"] for _ in range(view["clips"])]
    for number, view in enumerate(views, 1):
        name = f"{exercise}_{split}_{number:02d}"
        draw = _generator(rules, name)
        (habits,) = pick(draw, rules["faults"]["habits"])
        person = people.take()
        habit = sorted({faults.take() for _ in range(habits)})
        own = {**rules, "reps": rules["reps"] | group.get("reps", {})}
        workout = Segment("set", reps=draw_reps(draw, own, habit, limits, standing=lowers_first))
        yield Clip(
            name=name,
            split=split,
            exercise=exercise,
            scene="",
            side=sides.take(),
            person=person,
            second=_second(draw, rules, split, person),
            room=rooms.take(),
            hidden_foot=bool(draw.random() < rules["people"]["hidden_foot_share"]),
            shot=_shot(draw, rules, split, view, signed=posture == "side_lying"),
            segments=_with_extras(draw, workout, rules["extras"] | group.get("extras", {})),
            seed=int(draw.integers(2**31)),
            style=tuple(view.get("style", {}).items()),
        )


def _scenes(rules: dict[str, Any], split: str, kind: str, scenes: dict[str, Any]) -> Iterator[Clip]:
    """The clips of one split in which nobody does one of the exercises."""
    random = _generator(rules, f"{split}/scenes" if kind == "life" else f"{split}/{kind}")
    people, rooms = Deck(_people(split), random), Deck(rules["splits"][split]["rooms"], random)
    kinds = Deck(scenes["kinds"], random)
    views = [v for v in scenes.get("views", [{**scenes, "label": "any"}]) for _ in range(v["clips"])]
    for number, view in enumerate(views, 1):
        name = f"{kind}_{split}_{number:02d}"
        draw = _generator(rules, name)
        person, scene = people.take(), view.get("scene") or kinds.take()
        yield Clip(
            name=name,
            split=split,
            exercise=None,
            scene=scene,
            side="both",
            person=person,
            second=_second(draw, rules, split, person),
            room=rooms.take(),
            hidden_foot=False,
            shot=_shot(draw, rules, split, view, signed=True),
            segments=(Segment(scene, round(draw.uniform(*view.get("seconds", scenes["seconds"])), 1)),),
            seed=int(draw.integers(2**31)),
        )


def _strings(rules: dict[str, Any], split: str) -> Iterator[Clip]:
    """The clips of one split in which several exercises follow one another."""
    random = _generator(rules, f"{split}/strings")
    people, rooms = Deck(_people(split), random), Deck(rules["splits"][split]["rooms"], random)
    for number, workout in enumerate(rules.get("strings", ()), 1):
        name = f"string_{split}_{number:02d}"
        draw = _generator(rules, name)
        acts = tuple(_act(draw, rules, split, act) for act in workout["acts"])
        acts = (
            replace(acts[0], segments=(Segment("enter"), *acts[0].segments)),
            *acts[1:-1],
            replace(acts[-1], segments=(*acts[-1].segments, Segment("leave"))),
        )
        shot = _shot(draw, rules, split, {**workout, "label": "string", **workout["acts"][0]}, signed=True)
        yield Clip(
            name=name,
            split=split,
            exercise=None,
            scene="string",
            side="both",
            person=people.take(),
            second=None,
            room=rooms.take(),
            hidden_foot=False,
            shot=replace(
                shot,
                azimuth_deg=acts[0].azimuth_deg,
                size=(max(shot.size), min(shot.size)),
            ),
            segments=(),
            seed=int(draw.integers(2**31)),
            acts=acts,
        )


def _act(draw: np.random.Generator, rules: dict[str, Any], split: str, plan: dict[str, Any]) -> Act:
    """One exercise of several: a set, and what the person does after it."""
    exercise = plan["exercise"]
    move = motion.find(exercise)
    limits = {id_: (info.mild, info.severe) for id_, info in move.FAULTS.items()}
    habit = [str(draw.choice(rules["exercises"][exercise]["faults"]))]
    reps = draw_reps(draw, rules, habit, limits, standing=motion.lowers_first(move))
    return Act(
        exercise,
        plan["side"],
        (
            *_pauses(plan.get("before", ())),
            Segment("set", reps=reps),
            *_pauses(plan.get("after", ())),
        ),
        _from_comb(draw, plan["azimuth"], rules["splits"][split]["azimuth"]),
        _pauses(plan.get("rest", ())),
        int(draw.integers(2**31)),
    )


def _pauses(kinds: Iterable[str]) -> tuple[Segment, ...]:
    """What is done beside the set; idling is 5 s, everything else as long as it takes."""
    return tuple(Segment(kind, 5.0 if kind == "idle" else 0.0) for kind in kinds)


def _shot(
    draw: np.random.Generator, rules: dict[str, Any], split: str, view: dict[str, Any], *, signed: bool
) -> Shot:
    picture, own = rules["picture"], rules["splits"][split]
    azimuth = _from_comb(draw, view["azimuth"], own["azimuth"])
    if not signed and draw.random() < 0.5:
        azimuth = -azimuth  # from the person's other side
    portrait = draw.random() < picture["portrait_share"]
    ((width, height),) = pick(draw, picture["portrait" if portrait else "landscape"])
    (fps,) = pick(draw, picture["fps"])
    blurred = draw.random() < picture["blur_share"]
    return Shot(
        label=view["label"],
        recommended=bool(view.get("recommended", False)),
        azimuth_deg=azimuth,
        elevation_deg=_from_comb(draw, view["elevation"], own["elevation"]),
        roll_deg=round(draw.uniform(*picture["roll_deg"]), 1),
        focal_mm=float(draw.choice(own["focal_mm"])),
        distance_m=round(draw.uniform(*own["distance_m"]), 2),
        fill=tuple(picture["fill"]),
        size=(width, height),
        fps=int(view.get("fps", fps)),
        shutter=round(draw.uniform(*picture["shutter"]), 2) if blurred else 0.0,
        crf=int(draw.integers(picture["crf"][0], picture["crf"][1] + 1)),
        gain=round(draw.uniform(*picture["gain"]), 2),
        noise=round(draw.uniform(*picture["noise"]), 2),
    )


def _from_comb(draw: np.random.Generator, bounds: Sequence[float], comb: dict[str, float]) -> float:
    """An angle between bounds of which the comb's teeth allow to be used."""
    for _ in range(1000):
        angle = round(float(draw.uniform(bounds[0], bounds[1])), 1)
        if comb["from"] <= angle % comb["period"] <= comb["to"]:
            return angle
    raise ValueError(f"no angle from {bounds[0]} to {bounds[1]} lies on the comb {comb}")


def _with_extras(draw: np.random.Generator, workout: Segment, extras: dict[str, Any]) -> tuple[Segment, ...]:
    """The set, a moment of rest, and now and then something before or after it."""
    before: list[Segment] = []
    after: list[Segment] = []
    if draw.random() < extras["share"]:
        count = 2 if draw.random() < extras["second_share"] else 1
        for kind in draw.choice(extras["kinds"], count, replace=False):
            seconds = round(float(draw.uniform(*extras["seconds"])), 1)
            if kind == "enter":
                before.insert(0, Segment("enter"))
            elif kind == "leave":
                after.append(Segment("leave"))
            elif draw.random() < 0.5:
                before.append(Segment(str(kind), seconds))
            else:
                after.insert(0, Segment(str(kind), seconds))
    rest = Segment("idle", round(float(draw.uniform(*extras["rest_s"])), 1))
    return (*before, workout, rest, *after)


def _second(draw: np.random.Generator, rules: dict[str, Any], split: str, person: str) -> str | None:
    """Now and then somebody else of the same split."""
    other = str(draw.choice([name for name in _people(split) if name != person]))
    return other if draw.random() < rules["people"]["second_share"] else None


def _people(split: str) -> list[str]:
    return [name for name, person in PEOPLE.items() if person.split == split]


def _generator(rules: dict[str, Any], name: str) -> np.random.Generator:
    return np.random.default_rng([int(rules["seed"]), zlib.crc32(name.encode())])
