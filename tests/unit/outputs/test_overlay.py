"""The overlay, drawn for real and measured on the pixels."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from formcheck.landmarks import INDEX
from formcheck.outputs.draw import COLOURS, Canvas, Cards, Ink, Type
from formcheck.outputs.layout import Box, find_person
from formcheck.outputs.overlay import Overlay
from formcheck.types import Meter, Scene, Severity

OK, MILD, SEVERE, UNKNOWN = Severity.OK, Severity.MILD, Severity.SEVERE, Severity.UNKNOWN
SIZES = [
    (2, 2), (3, 7), (16, 16), (17, 33), (64, 48), (160, 120), (320, 240), (240, 320), (640, 480),
    (1280, 720), (721, 1281), (1080, 1920), (1920, 1080), (3840, 2160), (1500, 60), (60, 1500),
]  # fmt: skip
LANDSCAPE = [(640, 480), (1280, 720), (1920, 1080), (3840, 2160)]

#: A person, upright, in a unit square: x and y of what the skeleton and the box need.
FIGURE = {
    "nose": (0.5, 0.08), "left_ear": (0.54, 0.07), "right_ear": (0.46, 0.07),
    "left_shoulder": (0.62, 0.2), "right_shoulder": (0.38, 0.2),
    "left_elbow": (0.68, 0.35), "right_elbow": (0.32, 0.35),
    "left_wrist": (0.7, 0.5), "right_wrist": (0.3, 0.5),
    "left_hip": (0.57, 0.5), "right_hip": (0.43, 0.5), "left_knee": (0.58, 0.72), "right_knee": (0.42, 0.72),
    "left_ankle": (0.58, 0.93), "right_ankle": (0.42, 0.93),
    "left_foot_index": (0.62, 0.97), "right_foot_index": (0.38, 0.97),
}  # fmt: skip


def figure(x: float, y: float, w: float, h: float, *, lying: bool = False) -> np.ndarray:
    points = np.full((33, 2), np.nan)
    for name, (a, b) in FIGURE.items():
        points[INDEX[name]] = (x + b * w, y + a * h) if lying else (x + a * w, y + b * h)
    return points


def full_scene(points: np.ndarray, **changes: object) -> Scene:
    scene = Scene(
        points=points,
        visibility=np.where(np.isfinite(points[:, 0]), 0.98, 0.0),
        title="Elevación lateral",
        subtitle="lado izquierdo · serie 2 de 3",
        count=7,
        goal=12,
        reps=(OK, OK, MILD, OK, UNKNOWN, SEVERE, OK),
        meter=Meter(0.6, (0.75, 0.95), 0.7, "32°"),
        limbs=(((INDEX["left_hip"], INDEX["left_knee"]), SEVERE),),
        cue="Keep the top hip stacked",
        cue_severity=SEVERE,
        notes=("Back arch: not visible from here",),
    )
    return replace(scene, **changes)  # type: ignore[arg-type]


NOBODY = np.full((33, 2), np.nan)


def centred(size: tuple[int, int]) -> np.ndarray:
    w, h = size
    return figure(0.35 * w, 0.2 * h, 0.3 * w, 0.6 * h)


def ground(size: tuple[int, int], kind: str) -> np.ndarray:
    shape = (size[1], size[0], 3)
    if kind == "noise":
        return np.random.default_rng(7).integers(0, 256, shape, dtype=np.uint8)
    return np.full(shape, {"black": 0, "white": 255, "grey": 128}[kind], np.uint8)


def cut(image: np.ndarray, box: Box) -> np.ndarray:
    return image[box.y : box.y + box.h, box.x : box.x + box.w]


def linear(image: np.ndarray) -> np.ndarray:
    """SRGB 0..255 to linear light 0..1."""
    c = np.asarray(image, float) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def luminance(image: np.ndarray) -> np.ndarray:
    """The relative luminance of WCAG 2."""
    return linear(image) @ np.array([0.2126, 0.7152, 0.0722])


# --- any picture -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("points", ["someone", "nobody"])
def test_draws_in_place_and_keeps_cards_apart_at_any_size(size: tuple[int, int], points: str) -> None:
    overlay, image = Overlay(size), ground(size, "grey")
    scene = full_scene(centred(size) if points == "someone" else NOBODY)
    assert overlay.draw(image, scene) is image
    boxes = overlay.layout(scene)
    for box in boxes.values():
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.w <= size[0]
        assert box.y + box.h <= size[1]
    for a, b in itertools.combinations(boxes.values(), 2):
        assert a.overlap(b) == 0
    for box in boxes.values():
        assert (cut(image, box) != 128).any()
    if min(size) >= 320:
        assert set(boxes) == {"count", "title", "meter", "banner", "notes"}


def test_what_does_not_fit_goes_in_order_of_importance() -> None:
    importance = ("notes", "meter", "title")
    seen = set()
    for side in (16, 24, 32, 48, 64, 80, 96, 120, 160, 200, 240, 320, 480):
        names = set(Overlay((side, side)).layout(full_scene(NOBODY)))
        seen.add(frozenset(names))
        missing = [name for name in importance if name not in names]
        assert missing == list(importance[: len(missing)])
        assert names & {"count", "banner"}
    assert len(seen) >= 3


def test_changes_nothing_but_cards_and_skeleton() -> None:
    size = (1280, 720)
    before = ground(size, "noise")
    overlay, scene = Overlay(size), full_scene(centred(size))
    after = overlay.draw(before.copy(), scene)
    allowed = np.zeros((720, 1280), bool)
    person = find_person(scene.points, scene.visibility, size)
    assert person is not None
    for box in (*overlay.layout(scene).values(), person.box):
        cut(allowed, box)[:] = True
    changed = (before != after).any(axis=2)
    assert changed[allowed].any()
    assert not changed[~allowed].any()


def test_nobody_in_the_picture_still_shows_the_cards() -> None:
    image = ground((1280, 720), "grey")
    overlay, scene = Overlay((1280, 720)), full_scene(NOBODY, visibility=np.full(33, np.nan))
    overlay.draw(image, scene)
    inside = np.zeros((720, 1280), bool)
    for box in overlay.layout(scene).values():
        cut(inside, box)[:] = True
        assert (cut(image, box) > 200).all(axis=2).any()
    assert (image[~inside] == 128).all()


def test_odd_points_do_no_harm() -> None:
    points = centred((640, 480))
    points[INDEX["left_knee"]] = (1e9, -1e9)
    points[INDEX["right_knee"]] = (np.inf, 5.0)
    points[INDEX["left_hip"]] = (np.nan, 100.0)
    image = ground((640, 480), "grey")
    Overlay((640, 480)).draw(image, full_scene(points))
    assert (image != 128).any()


def test_a_view_is_drawn_in_place_too() -> None:
    size = (320, 240)
    scene = full_scene(centred(size))
    whole = ground(size, "grey")
    Overlay(size).draw(whole, scene)
    store = ground((640, 480), "grey")
    view = store[::-2, ::2]
    assert Overlay(size).draw(view, scene) is view
    np.testing.assert_array_equal(store[::-2, ::2], whole)
    assert (store[::2, 1::2] == 128).all()


def test_wrong_pictures_are_refused() -> None:
    overlay, scene = Overlay((64, 48)), full_scene(NOBODY)
    with pytest.raises(ValueError, match="overlay's is uint8"):
        overlay.draw(np.zeros((64, 48, 3), np.uint8), scene)
    with pytest.raises(ValueError, match="float64"):
        overlay.draw(np.zeros((48, 64, 3)), scene)
    frozen = np.zeros((48, 64, 3), np.uint8)
    frozen.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        overlay.draw(frozen, scene)
    with pytest.raises(ValueError, match="too small"):
        Overlay((1, 40))


# --- where the cards go ------------------------------------------------------------------------------------

W, H = 1280, 720
ROOMY = {
    "standing in the middle": figure(0.36 * W, 0.1 * H, 0.28 * W, 0.85 * H),
    "standing left": figure(0.02 * W, 0.1 * H, 0.28 * W, 0.85 * H),
    "standing right": figure(0.7 * W, 0.1 * H, 0.28 * W, 0.85 * H),
    "standing under the count": figure(0.68 * W, 0.05 * H, 0.3 * W, 0.9 * H),
    "lying in the middle": figure(0.2 * W, 0.35 * H, 0.55 * W, 0.3 * H, lying=True),
    "lying below": figure(0.15 * W, 0.68 * H, 0.6 * W, 0.28 * H, lying=True),
    "lying above": figure(0.1 * W, 0.04 * H, 0.6 * W, 0.28 * H, lying=True),
    "small, upper left": figure(0.02 * W, 0.02 * H, 0.15 * W, 0.4 * H),
    "small, lower right": figure(0.8 * W, 0.55 * H, 0.15 * W, 0.4 * H),
}


@pytest.mark.parametrize("where", ROOMY)
def test_cards_leave_the_person_free_where_there_is_room(where: str) -> None:
    scene = full_scene(ROOMY[where])
    person = find_person(scene.points, scene.visibility, (W, H))
    assert person is not None
    boxes = Overlay((W, H)).layout(scene)
    assert set(boxes) == {"count", "title", "meter", "banner", "notes"}
    assert {name: box.overlap(person.box) for name, box in boxes.items() if box.overlap(person.box)} == {}


def test_portrait_leaves_the_person_free() -> None:
    points = figure(200, 620, 680, 1050)
    scene = full_scene(points)
    person = find_person(points, scene.visibility, (1080, 1920))
    assert person is not None
    for box in Overlay((1080, 1920)).layout(scene).values():
        assert box.overlap(person.box) == 0


def test_the_box_holds_the_person_and_the_skin() -> None:
    points = figure(100, 100, 300, 500)
    person = find_person(points, np.full(33, 0.9), (1280, 720))
    assert person is not None
    x, y, w, h = person.box
    finite = points[np.isfinite(points[:, 0])]
    assert (finite > (x, y)).all()
    assert (finite < (x + w, y + h)).all()
    assert y <= finite[:, 1].min() - 0.25 * 150  # the crown above the ears; the torso is 150 px
    assert find_person(np.full((33, 2), np.nan), np.full(33, 0.9), (1280, 720)) is None


def test_meter_stands_away_from_the_person() -> None:
    left = Overlay((W, H)).layout(full_scene(ROOMY["standing left"]))["meter"]
    right = Overlay((W, H)).layout(full_scene(ROOMY["standing right"]))["meter"]
    assert left.x > W / 2 > right.x + right.w


def test_cards_stay_unless_they_cover_the_person_for_a_second() -> None:
    overlay = Overlay((W, H))
    away, under = full_scene(ROOMY["standing in the middle"]), full_scene(ROOMY["small, upper left"])
    person = find_person(under.points, under.visibility, (W, H))
    assert person is not None
    first = overlay.layout(away, t=0.0)
    assert first["title"].overlap(person.box) > 0
    for i in range(28):  # 0.93 s below the title
        assert overlay.layout(under, t=(i + 1) / 30) == first
    for i in range(60):  # gone again in time
        assert overlay.layout(away, t=1 + i / 30) == first
    moved = [overlay.layout(under, t=3 + i / 30) for i in range(60)]
    assert moved[25] == first
    assert moved[-1]["title"].overlap(person.box) == 0
    assert moved[-1]["count"] == first["count"]  # what is not in the way stays
    changes = sum(a != b for a, b in itertools.pairwise(moved))
    assert changes == 1


def test_a_squat_moves_no_card() -> None:
    overlay, layouts = Overlay((W, H)), set()
    for i in range(300):
        rise = 0.25 * H * (0.5 - 0.5 * np.cos(2 * np.pi * i / 75))
        scene = full_scene(figure(0.36 * W, 0.1 * H + rise, 0.28 * W, 0.85 * H - rise), count=i // 75)
        layouts.add(tuple(overlay.layout(scene, t=i / 30).items()))
    assert len(layouts) == 1


def test_a_cue_makes_nothing_else_move() -> None:
    overlay, points = Overlay((W, H)), ROOMY["lying in the middle"]
    quiet = overlay.layout(full_scene(points, cue=""), t=0.0)
    assert "banner" not in quiet
    spoken = overlay.layout(full_scene(points), t=0.1)
    assert {k: v for k, v in spoken.items() if k != "banner"} == quiet


# --- can it be read ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["black", "white", "noise"])
@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (1080, 1920)])
def test_contrast_of_text_is_4_5_in_any_room(size: tuple[int, int], kind: str) -> None:
    scene = full_scene(NOBODY, reps=(), goal=None, meter=None)
    overlay = Overlay(size)
    reference = luminance(overlay.draw(ground(size, "black"), scene))
    drawn = luminance(overlay.draw(ground(size, kind), scene))
    for name, box in overlay.layout(scene).items():
        inner = box.grown(-max(box.h // 8, 3))  # without the rounded corners
        light = cut(reference, inner)
        text, panel = cut(drawn, inner)[light > 0.7], cut(drawn, inner)[light < 0.01]
        assert text.size > 20, name
        assert panel.size > 100, name
        # 1 in 50 of the text's pixels may be the end of an edge.
        assert (np.percentile(text, 2) + 0.05) / (panel.max() + 0.05) >= 4.5, name


@pytest.mark.parametrize("size", LANDSCAPE)
@pytest.mark.parametrize("where", ["nobody", "crowded"])
def test_count_digits_are_a_ninth_of_the_height(size: tuple[int, int], where: str) -> None:
    w, h = size
    points = NOBODY if where == "nobody" else figure(0.02 * w, 0.24 * h, 0.96 * w, 0.5 * h, lying=True)
    scene = full_scene(points, count=88, goal=None)
    overlay = Overlay(size)
    box = overlay.layout(scene)["count"]
    bright = luminance(cut(overlay.draw(ground(size, "black"), scene), box)) > 0.5
    rows = np.flatnonzero(bright.any(axis=1))
    assert rows[-1] - rows[0] + 1 >= h / 9


@pytest.mark.parametrize("size", LANDSCAPE)
@pytest.mark.parametrize("cue", ["H", "HHHHHHHHH HHHHHHHHH HHHHHHHHH HHHHHHHHH HHHHHHHHH HHHHHHHHHHH H"])
def test_banner_capitals_are_a_22nd_of_the_height(size: tuple[int, int], cue: str) -> None:
    scene = full_scene(NOBODY, cue=cue)
    overlay = Overlay(size)
    box = overlay.layout(scene)["banner"]
    bright = luminance(cut(overlay.draw(ground(size, "black"), scene), box)) > 0.5
    letters = bright[:, -2 * box.h // 3 :] if cue == "H" else bright[:, box.w // 2 :]
    rows = np.flatnonzero(letters.any(axis=1))
    first_line = next((i for i in range(1, len(rows)) if rows[i] != rows[i - 1] + 1), len(rows))
    assert first_line >= size[1] / 22


def test_long_texts_stay_inside_and_wrap() -> None:
    overlay = Overlay((1280, 720))
    short = overlay.layout(full_scene(NOBODY, cue="Sit deeper"))["banner"]
    two = Overlay((1280, 720)).layout(
        full_scene(NOBODY, cue="Push your knees out over your toes, and breathe")
    )
    endless = full_scene(
        NOBODY, cue="Keep it up " * 60, title="Side-lying leg raise " * 9, subtitle="x" * 300,
        notes=("a long reason why this can't be seen " * 5,) * 9, reps=(OK, MILD, SEVERE) * 20, goal=99,
    )  # fmt: skip
    boxes = Overlay((1280, 720)).layout(endless)
    assert two["banner"].h > short.h
    assert set(boxes) == {"count", "title", "meter", "banner", "notes"}
    assert all(box.x + box.w <= 1280 and box.y + box.h <= 720 for box in boxes.values())
    assert boxes["title"].x + boxes["title"].w < boxes["count"].x
    Overlay((1280, 720)).draw(ground((1280, 720), "grey"), endless)


def test_notes_that_do_not_fit_are_counted() -> None:
    cards = Cards(720)
    one = cards.notes(("Back arch: hidden",), 470, 1)
    more = cards.notes(("Back arch: hidden", "Torso twist: hidden", "Hip shift: hidden"), 470, 1)
    assert more.size[1] == one.size[1]
    assert one.size[0] < more.size[0] <= 470
    assert cards.notes(("W" * 90, "b"), 470, 1).size[0] <= 470


@pytest.mark.parametrize("letter", "áéíóúüñÁÉÍÓÚÜÑ¿¡°·…–—0Ж漢")
def test_the_font_has_the_letter(letter: str) -> None:
    def drawn(text: str) -> np.ndarray:
        canvas = Canvas(120, 120)
        Type().put(canvas, text, 20, 80, Ink(60, 600))
        return canvas.patch().add

    assert drawn(letter).max() > 200
    assert (drawn(letter) != drawn("?")).any()


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t", "a\nb\x00c", "\ud800", "😀😀", "שלום", "W" * 2000, "مرحبا"]
)
def test_any_text_is_drawn_without_an_error(text: str) -> None:
    size = (640, 480)
    scene = full_scene(
        NOBODY,
        title=text,
        subtitle=text,
        cue=text,
        notes=(text, text),
        meter=Meter(0.5, (0.6, 0.8), 0.5, text),
    )
    image = Overlay(size).draw(ground(size, "grey"), scene)
    assert (image != 128).any()


# --- colours and shapes ------------------------------------------------------------------------------------

# Machado, Oliveira, Fernandes 2009, "A physiologically-based model for simulation of color vision
# deficiency", severity 1.0; they apply to linear light.
DEFICIENCY = {
    "none": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900],
    ],
}  # fmt: skip


def lab(light: np.ndarray) -> np.ndarray:
    """CIE 1976 L*a*b* under D65 of linear sRGB."""
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    x = to_xyz @ np.clip(light, 0, 1) / (0.95047, 1.0, 1.08883)
    f = np.where(x > 216 / 24389, np.cbrt(x), (24389 / 27 * x + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("eyes", DEFICIENCY)
def test_severities_differ_for_the_colour_blind(eyes: str) -> None:
    seen = {s: lab(np.asarray(DEFICIENCY[eyes]) @ linear(c)) for s, c in COLOURS.items()}
    for a, b in itertools.combinations(seen, 2):
        # 2.3 is just noticeable; ten times that can be named at a glance. Unknown differs by being hollow.
        least = 23 if UNKNOWN not in {a, b} else 15
        assert np.linalg.norm(seen[a] - seen[b]) >= least, (a, b)


def row_mark(severity: Severity) -> np.ndarray:
    """The only mark of a row, drawn on black."""
    size = (1280, 720)
    overlay, scene = Overlay(size), full_scene(NOBODY, reps=(severity,), goal=None, title="", subtitle="")
    image = overlay.draw(ground(size, "black"), scene)
    box = overlay.layout(scene)["title"]
    return cut(image, Box(box.x, box.y, 70, box.h))


def test_marks_differ_in_shape_without_any_colour() -> None:
    silhouettes = {}
    for severity in COLOURS:
        lit = luminance(row_mark(severity)) > 0.02
        rows, columns = np.flatnonzero(lit.any(axis=1)), np.flatnonzero(lit.any(axis=0))
        silhouettes[severity] = lit[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    filled = {s: m.mean() for s, m in silhouettes.items()}
    assert 0.7 < filled[OK] < 0.9  # a disc fills pi/4 of its square
    assert filled[MILD] < 0.62  # a triangle and a diamond half of it
    assert filled[SEVERE] < 0.62
    thirds = {s: [part.mean() for part in np.array_split(m, 3)] for s, m in silhouettes.items()}
    assert thirds[MILD][0] < 0.35
    assert thirds[MILD][2] > 0.75  # the triangle stands on its base
    assert thirds[SEVERE][1] > 1.5 * thirds[SEVERE][2]  # the diamond on its corner
    middle = silhouettes[UNKNOWN].shape[0] // 2, silhouettes[UNKNOWN].shape[1] // 2
    assert not silhouettes[UNKNOWN][middle]  # hollow
    assert silhouettes[OK][middle]


def test_marks_carry_their_colour() -> None:
    for severity, colour in COLOURS.items():
        near = np.abs(row_mark(severity).astype(int) - colour).max(axis=2) < 12
        assert near.sum() > 20, severity


@pytest.mark.parametrize("severity", [OK, MILD, SEVERE])
def test_a_limb_is_drawn_in_its_severity(severity: Severity) -> None:
    size, a, b = (1280, 720), INDEX["left_hip"], INDEX["left_knee"]
    points = np.full((33, 2), np.nan)
    points[a], points[b] = (500, 300), (500, 500)
    scene = full_scene(points, limbs=(((a, b), severity),), visibility=np.ones(33))
    image = Overlay(size).draw(ground(size, "grey"), scene)
    across = image[400, 480:521].astype(int)
    coloured = np.abs(across - COLOURS[severity]).max(axis=1) < 25
    runs = np.diff(np.flatnonzero(np.diff(np.r_[False, coloured, False].astype(int))))[::2]
    assert len(runs) == (2 if severity is MILD else 1)  # mild is a double line
    changed = (across != 128).any(axis=1).sum()
    assert (across[:20] == 255).all(axis=1).any()  # a white edge
    assert changed >= 10


def test_a_severe_limb_is_thicker_than_a_plain_bone() -> None:
    size, a, b = (1280, 720), INDEX["left_hip"], INDEX["left_knee"]
    points = np.full((33, 2), np.nan)
    points[a], points[b] = (500, 300), (500, 500)
    width = {}
    for limbs in ((), (((a, b), SEVERE),)):
        scene = full_scene(points, limbs=limbs, visibility=np.ones(33))
        image = Overlay(size).draw(ground(size, "grey"), scene)
        width[len(limbs)] = int((image[400, 470:531] != 128).any(axis=1).sum())
    assert width[1] >= 1.6 * width[0]


def test_a_hidden_bone_is_dashed_and_a_missing_one_is_not_drawn() -> None:
    size, a, b = (1280, 720), INDEX["left_hip"], INDEX["left_knee"]
    points = np.full((33, 2), np.nan)
    points[a], points[b] = (500, 250), (500, 500)
    visibility = np.ones(33)
    along = {}
    for sight in (1.0, 0.3):
        visibility[b] = sight
        image = Overlay(size).draw(
            ground(size, "grey"), full_scene(points, limbs=(), visibility=visibility.copy())
        )
        along[sight] = (image[270:480, 500] != 128).any(axis=1)
    assert along[1.0].all()
    assert 0.3 < along[0.3].mean() < 0.9
    assert np.abs(np.diff(along[0.3].astype(int))).sum() >= 6
    points[b] = np.nan
    image = Overlay(size).draw(ground(size, "grey"), full_scene(points, limbs=(), visibility=np.ones(33)))
    assert (image[270:480, 500] == 128).all()


# --- the meter ---------------------------------------------------------------------------------------------


def test_meter_shows_level_target_and_best() -> None:
    size = (1280, 720)
    tops = []
    for value in (0.0, 0.25, 0.5, 0.75, 1.0, 1.7):
        overlay, scene = Overlay(size), full_scene(NOBODY, meter=Meter(value, (0.4, 0.6), np.nan, "7°"))
        image = overlay.draw(ground(size, "black"), scene)
        box = overlay.layout(scene)["meter"]
        bar = cut(image, box)[:, -70:]
        green = (np.abs(bar.astype(int) - COLOURS[OK]).max(axis=2) < 12).any(axis=1)
        rows = np.flatnonzero(green)
        length = box.h - 2 * 22
        assert abs(rows[0] - (22 + 0.4 * length)) <= 4
        assert abs(rows[-1] - (22 + 0.6 * length)) <= 4
        white = np.flatnonzero((bar[:, 35] > 240).all(axis=1))
        gaps = np.flatnonzero(np.diff(white) > 1)
        tops.append(length + 22 - (white[gaps[-1] + 1] if gaps.size else white[0]))
    assert tops == sorted(tops)
    assert tops[0] < 10
    assert tops[2] == pytest.approx(0.5 * (331 - 44), abs=6)
    assert tops[-1] == tops[-2]  # cannot leave the bar
    plain = Overlay(size).draw(
        ground(size, "black"), full_scene(NOBODY, meter=Meter(0.2, (0.4, 0.6), np.nan, ""))
    )
    best = Overlay(size).draw(
        ground(size, "black"), full_scene(NOBODY, meter=Meter(0.2, (0.4, 0.6), 0.3, ""))
    )
    rows = np.flatnonzero((plain != best).any(axis=(1, 2)))
    assert 3 <= rows[-1] - rows[0] + 1 <= 14


def test_meter_number_stands_at_the_level() -> None:
    size = (1280, 720)
    middles = []
    for value in (0.2, 0.8):
        overlay = Overlay(size)
        with_text = full_scene(NOBODY, meter=Meter(value, (0.4, 0.6), np.nan, "32°"))
        without = full_scene(NOBODY, meter=Meter(value, (0.4, 0.6), np.nan, ""))
        a, b = overlay.draw(ground(size, "grey"), with_text), overlay.draw(ground(size, "grey"), without)
        rows = np.flatnonzero((a != b).any(axis=(1, 2)))
        middles.append((rows[0] + rows[-1]) / 2)
    assert middles[0] - middles[1] == pytest.approx(0.6 * (331 - 44), abs=4)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, -3.0])
def test_meter_takes_any_number(value: float) -> None:
    image = ground((320, 240), "grey")
    Overlay((320, 240)).draw(image, full_scene(NOBODY, meter=Meter(value, (value, 0.5), value, "?")))
    assert (image != 128).any()
