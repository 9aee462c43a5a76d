"""What the bodies are like, in MakeHuman's terms: input of build_bodies.py."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Shape:
    """A body.

    Attributes:
        gender: "female" or "male".
        stature_m: Height of the standing body.
        race: Shares of "caucasian", "asian" and "african", of which the face and build are mixed; sum 1.
        age: 0 young (25 years), 1 old (90 years).
        weight: 0 least, 0.5 average, 1 most.
        muscle: 0 least, 0.5 average, 1 most.
        height: -1 to 1: shorter or longer legs for the trunk.
        more: Further shapes by name, with their strength.
    """

    gender: str
    stature_m: float
    race: dict[str, float]
    age: float = 0.0
    weight: float = 0.5
    muscle: float = 0.5
    height: float = 0.0
    more: dict[str, float] = field(default_factory=dict)


def _both(name: str, strength: float) -> dict[str, float]:
    """A shape of the left and one of the right, of which ``name`` tells the part after "l-" or "r-"."""
    folder, part = name.split("/")
    return {f"{folder}/{side}-{part}": strength for side in "lr"}


#: The ten that the mesh is thinned by: others may come without changing their files.
SHAPES: dict[str, Shape] = {
    "woman_average": Shape("female", 1.65, {"caucasian": 0.5, "asian": 0.2, "african": 0.3}),
    "woman_lean_tall": Shape(
        "female",
        1.79,
        {"african": 0.8, "caucasian": 0.2},
        weight=0.32,
        muscle=0.6,
        height=0.1,
        more={"head/head-oval": 0.6, "nose/nose-width1-incr": 0.3},
    ),
    "woman_heavy": Shape(
        "female",
        1.64,
        {"caucasian": 0.8, "asian": 0.2},
        age=0.15,
        weight=0.84,
        muscle=0.4,
        more={"head/head-round": 0.6, "buttocks/buttocks-volume-incr": 0.3},
    ),
    "woman_short_old": Shape(
        "female",
        1.54,
        {"asian": 0.9, "caucasian": 0.1},
        age=0.6,
        weight=0.55,
        muscle=0.4,
        height=-0.05,
        more={"head/head-age-incr": 0.4},
    ),
    "woman_strong": Shape(
        "female",
        1.70,
        {"asian": 0.5, "caucasian": 0.3, "african": 0.2},
        weight=0.55,
        muscle=0.85,
        more={"head/head-square": 0.4},
    ),
    "man_average": Shape("male", 1.76, {"caucasian": 0.5, "asian": 0.3, "african": 0.2}),
    "man_lean_tall": Shape(
        "male",
        1.91,
        {"caucasian": 0.9, "asian": 0.1},
        weight=0.3,
        muscle=0.45,
        height=0.1,
        more={"head/head-rectangular": 0.5, "nose/nose-scale-depth-incr": 0.3},
    ),
    "man_heavy": Shape(
        "male",
        1.80,
        {"african": 0.6, "caucasian": 0.4},
        age=0.2,
        weight=0.85,
        muscle=0.5,
        more={"head/head-round": 0.5, "stomach/stomach-tone-decr": 0.5},
    ),
    "man_old": Shape(
        "male",
        1.71,
        {"caucasian": 0.7, "asian": 0.3},
        age=0.65,
        muscle=0.4,
        more={"head/head-age-incr": 0.5},
    ),
    "man_short_strong": Shape(
        "male",
        1.66,
        {"asian": 0.4, "african": 0.6},
        weight=0.6,
        muscle=0.9,
        height=-0.1,
        more={"head/head-square": 0.5, "chin/chin-width-incr": 0.3},
    ),
}

#: With proportions of their own: those that come with MakeHuman's builds keep within 6 % of their gender's
#: mean for the height. Here thighs, shanks, trunks, arms, hips, shoulders and feet are up to 12 % longer or
#: wider than that, or shorter.
MORE: dict[str, Shape] = {
    "woman_long_legs": Shape(
        "female",
        1.74,
        {"caucasian": 0.6, "african": 0.4},
        weight=0.42,
        muscle=0.55,
        more={
            "legs/measure-upperleg-height-incr": 0.45,
            "legs/measure-lowerleg-height-incr": 0.25,
            "torso/measure-napetowaist-dist-decr": 0.3,
            "torso/measure-shoulder-dist-decr": 0.4,
            "arms/measure-lowerarm-length-incr": 0.2,
            "head/head-invertedtriangular": 0.4,
        },
    ),
    "man_short_legs": Shape(
        "male",
        1.73,
        {"african": 0.5, "caucasian": 0.3, "asian": 0.2},
        age=0.1,
        weight=0.62,
        muscle=0.75,
        more={
            "legs/measure-upperleg-height-decr": 0.4,
            "legs/measure-lowerleg-height-decr": 0.35,
            "torso/measure-napetowaist-dist-incr": 0.35,
            "torso/measure-shoulder-dist-incr": 0.35,
            "arms/measure-upperarm-length-incr": 0.15,
            "head/head-square": 0.3,
        },
    ),
    "woman_wide_hips": Shape(
        "female",
        1.60,
        {"caucasian": 0.5, "asian": 0.3, "african": 0.2},
        age=0.3,
        weight=0.72,
        muscle=0.45,
        more={
            "hip/hip-scale-horiz-incr": 0.4,
            "legs/measure-lowerleg-height-decr": 0.45,
            "torso/measure-shoulder-dist-decr": 0.25,
            "arms/measure-upperarm-length-decr": 0.2,
            "buttocks/buttocks-volume-incr": 0.5,
            "head/head-round": 0.4,
            **_both("feet/foot-scale-depth-decr", 0.3),
        },
    ),
    "man_old_thin": Shape(
        "male",
        1.79,
        {"caucasian": 0.8, "african": 0.2},
        age=0.75,
        weight=0.34,
        muscle=0.35,
        more={
            "legs/measure-upperleg-height-incr": 0.15,
            "torso/measure-waisttohip-dist-decr": 0.3,
            "torso/measure-shoulder-dist-decr": 0.35,
            "hip/hip-scale-horiz-decr": 0.3,
            "arms/measure-lowerarm-length-incr": 0.2,
            "head/head-age-incr": 0.5,
            **_both("feet/foot-scale-depth-incr", 0.35),
        },
    ),
    "woman_small": Shape(
        "female",
        1.54,
        {"asian": 0.6, "african": 0.4},
        weight=0.82,
        muscle=0.65,
        more={
            "legs/measure-upperleg-height-incr": 0.2,
            "legs/measure-lowerleg-height-decr": 0.3,
            "torso/measure-waisttohip-dist-incr": 0.25,
            "hip/hip-scale-horiz-decr": 0.35,
            "arms/measure-upperarm-length-decr": 0.2,
            "arms/measure-lowerarm-length-decr": 0.15,
            "head/head-oval": 0.4,
            **_both("feet/foot-scale-depth-incr", 0.2),
        },
    ),
    "man_tall_broad": Shape(
        "male",
        1.93,
        {"caucasian": 0.5, "asian": 0.3, "african": 0.2},
        age=0.35,
        weight=0.72,
        muscle=0.65,
        more={
            "legs/measure-upperleg-height-incr": 0.2,
            "hip/hip-scale-horiz-incr": 0.35,
            "torso/measure-shoulder-dist-incr": 0.45,
            "arms/measure-lowerarm-length-decr": 0.15,
            "stomach/stomach-tone-decr": 0.4,
            "head/head-rectangular": 0.4,
            **_both("feet/foot-scale-depth-decr", 0.2),
        },
    ),
}


def _drawn(count: int) -> dict[str, Shape]:
    """Bodies drawn by lot: proportions as in `MORE`, women and men in turn."""
    random = np.random.default_rng(41)
    out = {}
    for i in range(count):
        gender = "male" if i % 2 else "female"
        race = random.dirichlet([1, 1, 1])
        more: dict[str, float] = {}

        def either(name: str, least: float, most: float, more: dict[str, float] = more) -> None:
            value = float(random.uniform(least, most))
            more[f"{name}-{'incr' if value > 0 else 'decr'}"] = abs(value)

        either("legs/measure-upperleg-height", -0.45, 0.45)
        either("legs/measure-lowerleg-height", -0.4, 0.4)
        either("torso/measure-napetowaist-dist", -0.35, 0.35)
        either("torso/measure-shoulder-dist", -0.4, 0.4)
        either("arms/measure-upperarm-length", -0.2, 0.2)
        either("arms/measure-lowerarm-length", -0.2, 0.2)
        if gender == "female":
            either("buttocks/buttocks-volume", -0.3, 0.5)
        out[f"d{i:02d}"] = Shape(
            gender,
            float(random.normal(1.66 if gender == "female" else 1.78, 0.07)),
            dict(zip(("caucasian", "asian", "african"), map(float, race), strict=True)),
            age=float(random.uniform(0, 0.6)),
            weight=float(random.uniform(0.3, 0.85)),
            muscle=float(random.uniform(0.35, 0.85)),
            height=float(random.uniform(-0.12, 0.12)),
            more=more,
        )
    return out


#: Twelve whom nobody made up.
DRAWN: dict[str, Shape] = _drawn(12)
