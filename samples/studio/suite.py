"""From a readable description to clips: who does what, where, filmed from where. All of it drawn from seeds.

A suite is a TOML file such as ``suite.toml``. Each clip draws from its own generator, seeded with the
suite's seed and the clip's name; what has to be spread evenly (people, rooms, faults, sides) comes from
shuffled decks, one for each exercise and series.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from formcheck import exercises
from formcheck.errors import SourceError, UsageError
from samples.studio import motion
from samples.studio.clip import SERIES, SPLITS, Clip, Shot
from samples.studio.draw import Deck, from_comb, generator, pick
from samples.studio.people import PEOPLE
from samples.studio.reps import draw_reps
from samples.studio.script import Act, Segment

SUITE: Final = Path(__file__).with_name("suite.toml")


def load(path: Path | str = SUITE) -> dict[str, Any]:
    """A suite's description as it stands in the file.

    Raises:
        SourceError: No such file, or it is not TOML.
    """
    path = Path(path)
    try:
        rules = tomllib.loads(path.read_text(encoding="utf-8"))
        return _extended(load(path.with_name(rules["extends"])), rules) if "extends" in rules else rules
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        what = f"{path}: what it extends is described wrongly: {error}"
        raise SourceError(what, hint="compare it with samples/studio/fresh.toml") from error
    except OSError as error:
        raise SourceError(f"{path}: could not be read: {error.strerror}", hint="check the name") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: {error}", hint="compare it with samples/studio/suite.toml") from error


def _extended(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """One series of another suite anew: people, seed and cameras are its own, views the recommended ones."""
    series, left = own["series"], {name: list(counts) for name, counts in own["recommended"].items()}
    for name, group in base["exercises"].items():
        for view in group["views"]:
            wanted = view.get("recommended") and "style" not in view and left.get(name)
            view[series] = left[name].pop(0) if wanted else 0
    for table in ("scenes", "others", "gaits"):
        for one in (base[table], *base[table].get("views", ())):
            one[series] = 0
    splits = base["splits"] | {series: own["splits"][series]}
    return base | {"seed": own["seed"], "series": [series], "splits": splits}


def expand(rules: dict[str, Any]) -> list[Clip]:
    """All clips of a suite: the same from the same rules, always.

    Raises:
        SourceError: Something is missing in the description, or is not what it should be.
    """
    try:
        return [
            clip
            for series in rules.get("series", SERIES)
            if series in rules["splits"]
            for clips in (
                *(_sets(rules, series, name) for name in rules["exercises"]),
                _scenes(rules, series, "life", rules["scenes"]),
                *(
                    _scenes(rules, series, kind, rules[table])
                    for kind, table in (("other", "others"), ("gait", "gaits"))
                    if table in rules
                ),
                _strings(rules, series),
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


def _sets(rules: dict[str, Any], series: str, exercise: str) -> Iterator[Clip]:
    """The clips of one exercise and series."""
    group = rules["exercises"][exercise]
    posture = exercises.find(exercise).posture
    move = motion.find(exercise)
    limits = {id_: (info.mild, info.severe) for id_, info in move.FAULTS.items()}
    lowers_first = motion.lowers_first(move)
    random = _generator(rules, f"{series}/{exercise}")
    apart = _of(rules, series)
    people, rooms = Deck(_people(rules, series), random), Deck(apart["rooms"], random)
    faults = Deck(group["faults"], random)
    sides = Deck(motion.sides(move), random)
    wrong = Deck(apart.get("faults", [{}]), _generator(rules, f"{series}/{exercise}/faults"))
    own = {**rules, "reps": rules["reps"] | group.get("reps", {}) | apart.get("reps", {})}
    for number, view in enumerate(_each(group["views"], series), 1):
        name = f"{exercise}_{series}_{number:02d}"
        draw = _generator(rules, name)
        (habits,) = pick(draw, rules["faults"]["habits"])
        person = people.take()
        habit = sorted({faults.take() for _ in range(habits)})
        own["faults"] = rules["faults"] | wrong.take()
        workout = Segment("set", reps=draw_reps(draw, own, habit, limits, standing=lowers_first))
        yield Clip(
            name=name,
            series=series,
            exercise=exercise,
            scene="",
            side=sides.take(),
            person=person,
            second=_second(draw, rules, series, person),
            room=rooms.take(),
            hidden_foot=bool(draw.random() < rules["people"]["hidden_foot_share"]),
            shot=_shot(draw, rules, series, view, signed=posture == "side_lying"),
            segments=_with_extras(draw, workout, rules["extras"] | group.get("extras", {})),
            seed=int(draw.integers(2**31)),
            style=tuple(view.get("style", {}).items()),
        )


def _scenes(rules: dict[str, Any], series: str, kind: str, scenes: dict[str, Any]) -> Iterator[Clip]:
    """The clips of one series in which nobody does one of the exercises."""
    random = _generator(rules, f"{series}/scenes" if kind == "life" else f"{series}/{kind}")
    people, rooms = Deck(_people(rules, series), random), Deck(_of(rules, series)["rooms"], random)
    kinds = Deck(scenes["kinds"], random)
    views = scenes.get("views", [{**scenes, "label": "any"}])
    for number, view in enumerate(_each(views, series), 1):
        name = f"{kind}_{series}_{number:02d}"
        draw = _generator(rules, name)
        person, scene = people.take(), view.get("scene") or kinds.take()
        yield Clip(
            name=name,
            series=series,
            exercise=None,
            scene=scene,
            side="both",
            person=person,
            second=_second(draw, rules, series, person),
            room=rooms.take(),
            hidden_foot=False,
            shot=_shot(draw, rules, series, view, signed=True),
            segments=(Segment(scene, round(draw.uniform(*view.get("seconds", scenes["seconds"])), 1)),),
            seed=int(draw.integers(2**31)),
        )


def _strings(rules: dict[str, Any], series: str) -> Iterator[Clip]:
    """The clips of one half in which several exercises follow one another; no other series has any."""
    if series not in SPLITS:
        return
    random = _generator(rules, f"{series}/strings")
    people, rooms = Deck(_people(rules, series), random), Deck(_of(rules, series)["rooms"], random)
    for number, workout in enumerate(rules.get("strings", ()), 1):
        name = f"string_{series}_{number:02d}"
        draw = _generator(rules, name)
        acts = tuple(_act(draw, rules, series, act) for act in workout["acts"])
        acts = (
            replace(acts[0], segments=(Segment("enter"), *acts[0].segments)),
            *acts[1:-1],
            replace(acts[-1], segments=(*acts[-1].segments, Segment("leave"))),
        )
        shot = _shot(draw, rules, series, {**workout, "label": "string", **workout["acts"][0]}, signed=True)
        yield Clip(
            name=name,
            series=series,
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


def _act(draw: np.random.Generator, rules: dict[str, Any], series: str, plan: dict[str, Any]) -> Act:
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
        from_comb(draw, plan["azimuth"], _of(rules, series)["azimuth"]),
        _pauses(plan.get("rest", ())),
        int(draw.integers(2**31)),
    )


def _pauses(kinds: Iterable[str]) -> tuple[Segment, ...]:
    """What is done beside the set; idling is 5 s, everything else as long as it takes."""
    return tuple(Segment(kind, 5.0 if kind == "idle" else 0.0) for kind in kinds)


def _shot(
    draw: np.random.Generator, rules: dict[str, Any], series: str, view: dict[str, Any], *, signed: bool
) -> Shot:
    picture, own = rules["picture"], _of(rules, series)
    azimuth = from_comb(draw, view["azimuth"], own["azimuth"])
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
        elevation_deg=from_comb(draw, view["elevation"], own["elevation"]),
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


def _second(draw: np.random.Generator, rules: dict[str, Any], series: str, person: str) -> str | None:
    """Now and then somebody else of the same series."""
    other = str(draw.choice([name for name in _people(rules, series) if name != person]))
    return other if draw.random() < rules["people"]["second_share"] else None


def _people(rules: dict[str, Any], series: str) -> list[str]:
    """The series' own people, or those of another one that it names."""
    whose = rules["splits"][series].get("people", series)
    return [name for name, person in PEOPLE.items() if person.series == whose]


def _of(rules: dict[str, Any], series: str) -> dict[str, Any]:
    """What is the series' own: rooms, lenses and directions are those of its half."""
    own: dict[str, Any] = rules["splits"][SERIES[series]] | rules["splits"][series]
    return own


def _each(views: Iterable[dict[str, Any]], series: str) -> Iterator[dict[str, Any]]:
    """A view for each clip: both halves have as many, another series as many as it is given by its name."""
    for view in views:
        for _ in range(view["clips"] if series in SPLITS else view.get(series, 0)):
            yield view


def _generator(rules: dict[str, Any], name: str) -> np.random.Generator:
    return generator(int(rules["seed"]), name)
