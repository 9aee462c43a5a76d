"""A person's own limits: they do what they say, and what is wrong is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from formcheck import analyze
from formcheck.app.limits import OwnLimits, load
from formcheck.errors import UsageError
from formcheck.exercises import find

RECORDING = Path(__file__).parents[3] / "samples" / "recordings" / "clamshell_feet_sizes.npz"


def written(folder: Path, text: str) -> Path:
    path = folder / "limits.toml"
    path.write_text(text)
    return path


def test_without_any_nothing_changes() -> None:
    assert OwnLimits().applied(find("squat")) is find("squat")
    assert OwnLimits().ignored("squat") == frozenset()


def test_numbers_ease_and_ignore(tmp_path: Path) -> None:
    own = load(
        written(
            tmp_path,
            "[clamshell.feet_apart]\nmild = 20\nsevere = 32\n[squat.knee_valgus]\nease = 1.5\n"
            "[clamshell.momentum]\nignore = true\n",
        )
    )
    squat = own.applied(find("squat"))
    for way in own.applied(find("clamshell")).fault("feet_apart").ways:
        assert (way.limits.mild, way.limits.severe) == (20, 32)
    for mine, usual in zip(
        squat.fault("knee_valgus").ways, find("squat").fault("knee_valgus").ways, strict=True
    ):
        gap = usual.limits.severe - usual.limits.mild
        assert mine.limits.mild == pytest.approx(usual.limits.mild + gap / 2)
        assert mine.limits.severe == pytest.approx(usual.limits.severe + gap / 2)
    assert own.ignored("clamshell") == {"momentum"}
    assert own.applied(find("fire_hydrant")) is find("fire_hydrant")


def test_reach_the_report(tmp_path: Path) -> None:
    usual = analyze(RECORDING, "clamshell")
    assert any(f.fault == "hip_roll_back" for f in usual.per_fault)
    path = written(tmp_path, "[clamshell.hip_roll_back]\nignore = true\n")
    for exercise in ("clamshell", "auto"):
        mine = analyze(RECORDING, exercise, limits=path)
        assert mine.exercise == "clamshell"
        assert all(f.fault != "hip_roll_back" for f in mine.per_fault)
        assert mine.count == usual.count


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[squats.knee_valgus]\nignore = true", "did you mean squat"),
        ("[squat.knee_valgsu]\nignore = true", "did you mean knee_valgus"),
        ("[squat.knee_valgus]\neaze = 2.0", "known: ignore, ease, mild, severe"),
        ("[squat.knee_valgus]\nease = -1.0", "ease"),
        ("[squat.knee_valgus]\nignore = 'yes'", "ignore"),
        ("[clamshell.feet_apart]\nmild = 30\nsevere = 20", "severe must lie beyond mild"),
        ("[squat.forward_lean]\nmild = 20", "use ease in place of mild"),
        ("[clamshell.hip_roll_back]\nmild = 40\nsevere = 80", "severe from 80 is never reached: above 58"),
        ("[side_leg_raise.hip_roll_back]\nease = 5.0", "severe from 118 is never reached"),
        ("[squat.dropped_return]\nease = 2.0", "only ignore"),
        ("squat = 3", "is no table"),
        ("[squat", "it should be TOML"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, said: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(UsageError, match=said) as told:
        load(path)
    assert str(path) in str(told.value)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="could not be read"):
        load(tmp_path / "none.toml")
