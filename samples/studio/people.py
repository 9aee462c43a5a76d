"""Who is filmed: a body, and the look it wears. Colours are as seen on a screen, 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from samples.studio.shapes import DRAWN

Colour = tuple[float, float, float]
Style = Literal["bald", "short", "long", "bun"]
Series = Literal["tune", "more", "fresh", "test"]


@dataclass(frozen=True)
class Top:
    """A shirt.

    Attributes:
        colour: Red, green, blue.
        sleeve: Where the sleeve ends: 0 at the shoulder, 1 at the elbow, 2 at the wrist.
        loose: How far it stands off the body, metres.
        hem: How far it hangs below the waist, metres; negative leaves the belly free.
        stripe: The stripes' colour, if it has stripes.
    """

    colour: Colour
    sleeve: float = 0.5
    loose: float = 0.008
    hem: float = 0.03
    stripe: Colour | None = None


@dataclass(frozen=True)
class Bottom:
    """Trousers.

    Attributes:
        colour: Red, green, blue.
        length: Where the legs end: 0 at the hip, 1 at the knee, 2 at the ankle.
        loose: How far they stand off the body, metres.
    """

    colour: Colour
    length: float = 0.4
    loose: float = 0.006


@dataclass(frozen=True)
class Look:
    """Skin, hair and clothes.

    Attributes:
        skin: Red, green, blue.
        hair: Its colour, and the brows'.
        style: How the hair is worn.
        top: The shirt.
        bottom: The trousers.
        shoes: Their colour; None for bare feet.
    """

    skin: Colour = (0.80, 0.62, 0.53)
    hair: Colour = (0.22, 0.15, 0.11)
    style: Style = "short"
    top: Top = field(default_factory=lambda: Top((0.35, 0.56, 0.65)))
    bottom: Bottom = field(default_factory=lambda: Bottom((0.27, 0.27, 0.30)))
    shoes: Colour | None = None


@dataclass(frozen=True)
class Person:
    """A body and its look.

    Attributes:
        name: As listed.
        body: Name of a file in ``bodies``.
        look: What it looks like.
        series: "tune", "more" and "fresh" people are there to adjust the engine with, "test" people to
            measure it.
    """

    name: str
    body: str
    look: Look
    series: Series

    @property
    def split(self) -> Literal["tune", "test"]:
        """The half of the suite that the person belongs to."""
        return "test" if self.series == "test" else "tune"


def _person(name: str, series: Series, body: str, look: Look) -> tuple[str, Person]:
    return name, Person(name, body, look, series)


# Nobody of the test split shares a body or a look with the rest.
PEOPLE: dict[str, Person] = dict(
    [
        _person(
            "ada",
            "tune",
            "woman_average",
            Look(
                skin=(0.80, 0.62, 0.53),
                hair=(0.25, 0.17, 0.12),
                style="long",
                top=Top((0.35, 0.56, 0.65), sleeve=0.5),
                bottom=Bottom((0.27, 0.27, 0.31), length=1.85, loose=0.003),
            ),
        ),
        _person(
            "bruno",
            "tune",
            "man_heavy",
            Look(
                skin=(0.44, 0.30, 0.23),
                hair=(0.08, 0.07, 0.06),
                style="bald",
                top=Top((0.82, 0.81, 0.78), sleeve=0.75, loose=0.025, hem=0.14),
                bottom=Bottom((0.22, 0.26, 0.36), length=0.85, loose=0.022),
                shoes=(0.85, 0.85, 0.87),
            ),
        ),
        _person(
            "chen",
            "tune",
            "woman_short_old",
            Look(
                skin=(0.86, 0.70, 0.58),
                hair=(0.62, 0.61, 0.60),
                style="short",
                top=Top((0.62, 0.30, 0.36), sleeve=1.85, loose=0.016, hem=0.12),
                bottom=Bottom((0.24, 0.23, 0.26), length=1.9, loose=0.018),
                shoes=(0.30, 0.28, 0.30),
            ),
        ),
        _person(
            "dirk",
            "tune",
            "man_lean_tall",
            Look(
                skin=(0.90, 0.74, 0.66),
                hair=(0.55, 0.40, 0.24),
                style="short",
                top=Top((0.24, 0.42, 0.33), sleeve=0.12, loose=0.010, hem=0.08),
                bottom=Bottom((0.16, 0.16, 0.18), length=0.55, loose=0.015),
            ),
        ),
        _person(
            "efua",
            "tune",
            "woman_lean_tall",
            Look(
                skin=(0.38, 0.25, 0.19),
                hair=(0.06, 0.05, 0.05),
                style="bun",
                top=Top((0.15, 0.15, 0.17), sleeve=0.1, loose=0.003, hem=-0.06),
                bottom=Bottom((0.14, 0.14, 0.16), length=1.9, loose=0.003),
            ),
        ),
        _person(
            "farid",
            "test",
            "man_average",
            Look(
                skin=(0.72, 0.53, 0.41),
                hair=(0.10, 0.08, 0.07),
                style="short",
                top=Top((0.70, 0.26, 0.22), sleeve=0.6, loose=0.020, hem=0.12, stripe=(0.85, 0.83, 0.80)),
                bottom=Bottom((0.36, 0.37, 0.40), length=1.9, loose=0.024),
                shoes=(0.20, 0.22, 0.26),
            ),
        ),
        _person(
            "greta",
            "test",
            "woman_heavy",
            Look(
                skin=(0.88, 0.70, 0.63),
                hair=(0.66, 0.50, 0.32),
                style="bun",
                top=Top((0.34, 0.31, 0.52), sleeve=0.7, loose=0.022, hem=0.15),
                bottom=Bottom((0.20, 0.20, 0.23), length=1.5, loose=0.004),
            ),
        ),
        _person(
            "hana",
            "test",
            "woman_strong",
            Look(
                skin=(0.76, 0.58, 0.45),
                hair=(0.12, 0.09, 0.08),
                style="long",
                top=Top((0.88, 0.86, 0.80), sleeve=0.1, loose=0.004, hem=0.02),
                bottom=Bottom((0.70, 0.42, 0.44), length=0.35, loose=0.005),
                shoes=(0.80, 0.78, 0.76),
            ),
        ),
        _person(
            "ivo",
            "test",
            "man_old",
            Look(
                skin=(0.83, 0.65, 0.57),
                hair=(0.78, 0.77, 0.75),
                style="bald",
                top=Top((0.45, 0.52, 0.62), sleeve=1.9, loose=0.022, hem=0.12),
                bottom=Bottom((0.48, 0.42, 0.34), length=1.92, loose=0.022),
            ),
        ),
        _person(
            "kofi",
            "test",
            "man_short_strong",
            Look(
                skin=(0.33, 0.22, 0.17),
                hair=(0.05, 0.05, 0.05),
                style="short",
                top=Top((0.13, 0.14, 0.16), sleeve=0.45, loose=0.006, hem=0.04),
                bottom=Bottom((0.12, 0.12, 0.13), length=0.9, loose=0.020),
                shoes=(0.12, 0.12, 0.13),
            ),
        ),
        _person(
            "lena",
            "more",
            "woman_long_legs",
            Look(
                skin=(0.70, 0.51, 0.40),
                hair=(0.16, 0.10, 0.08),
                style="long",
                top=Top((0.78, 0.47, 0.28), sleeve=0.08, loose=0.004, hem=0.05),
                bottom=Bottom((0.30, 0.34, 0.44), length=1.75, loose=0.003),
                shoes=(0.78, 0.36, 0.34),
            ),
        ),
        _person(
            "malik",
            "more",
            "man_short_legs",
            Look(
                skin=(0.52, 0.36, 0.27),
                hair=(0.07, 0.06, 0.05),
                style="short",
                top=Top((0.30, 0.32, 0.35), sleeve=0.4, loose=0.010, hem=0.10),
                bottom=Bottom((0.46, 0.44, 0.38), length=0.75, loose=0.016),
            ),
        ),
        _person(
            "noor",
            "more",
            "woman_wide_hips",
            Look(
                skin=(0.78, 0.60, 0.48),
                hair=(0.13, 0.10, 0.09),
                style="bun",
                top=Top((0.20, 0.40, 0.44), sleeve=1.3, loose=0.014, hem=0.10),
                bottom=Bottom((0.17, 0.17, 0.20), length=1.9, loose=0.006),
                shoes=(0.90, 0.90, 0.88),
            ),
        ),
        _person(
            "oskar",
            "more",
            "man_old_thin",
            Look(
                skin=(0.87, 0.71, 0.62),
                hair=(0.70, 0.69, 0.68),
                style="short",
                top=Top((0.76, 0.74, 0.62), sleeve=0.7, loose=0.020, hem=0.13),
                bottom=Bottom((0.30, 0.33, 0.30), length=1.0, loose=0.020),
                shoes=(0.42, 0.34, 0.28),
            ),
        ),
        _person(
            "priya",
            "more",
            "woman_small",
            Look(
                skin=(0.58, 0.41, 0.31),
                hair=(0.07, 0.05, 0.05),
                style="long",
                top=Top((0.56, 0.62, 0.40), sleeve=0.3, loose=0.006, hem=0.04),
                bottom=Bottom((0.52, 0.28, 0.40), length=0.5, loose=0.005),
            ),
        ),
        _person(
            "ruben",
            "more",
            "man_tall_broad",
            Look(
                skin=(0.82, 0.66, 0.56),
                hair=(0.34, 0.22, 0.13),
                style="bald",
                top=Top((0.20, 0.22, 0.42), sleeve=0.55, loose=0.018, hem=0.11, stripe=(0.70, 0.72, 0.76)),
                bottom=Bottom((0.58, 0.57, 0.55), length=1.9, loose=0.016),
                shoes=(0.16, 0.16, 0.18),
            ),
        ),
    ]
)

_SKINS: Final = (
    (0.80, 0.62, 0.53),
    (0.44, 0.30, 0.23),
    (0.86, 0.70, 0.58),
    (0.38, 0.25, 0.19),
    (0.72, 0.53, 0.41),
    (0.58, 0.41, 0.31),
    (0.33, 0.22, 0.17),
)
_STYLES: Final[dict[str, tuple[Style, ...]]] = {"female": ("short", "long", "bun"), "male": ("bald", "short")}


def _drawn() -> dict[str, Person]:
    """People who look as the lot has it."""
    random = np.random.default_rng(77)

    def colour(low: float = 0.1, high: float = 0.85) -> Colour:
        red, green, blue = (float(x) for x in random.uniform(low, high, 3))
        return red, green, blue

    out = {}
    for name, shape in DRAWN.items():
        look = Look(
            skin=_SKINS[int(random.integers(len(_SKINS)))],
            hair=colour(0.05, 0.6),
            style=_STYLES[shape.gender][int(random.integers(len(_STYLES[shape.gender])))],
            top=Top(
                colour(),
                sleeve=float(random.choice([0.1, 0.5, 0.75, 1.4, 1.9])),
                loose=float(random.uniform(0.003, 0.025)),
                hem=float(random.uniform(0.0, 0.15)),
            ),
            bottom=Bottom(
                colour(),
                length=float(random.choice([0.35, 0.55, 0.85, 1.0, 1.85, 1.9])),
                loose=float(random.uniform(0.003, 0.024)),
            ),
            shoes=None if random.random() < 0.45 else colour(),
        )
        out[name] = Person(name, name, look, "fresh")
    return out


PEOPLE |= _drawn()
