"""The person's own limits hold in live training as they do for films."""

from __future__ import annotations

from pathlib import Path

import pytest

from formcheck.cli.training import Training
from formcheck.errors import UsageError
from formcheck.exercises import STRICTNESS, find


def test_own_limits_hold_live(tmp_path: Path) -> None:
    file = tmp_path / "limits.toml"
    file.write_text("[clamshell.hip_roll_back]\nignore = true\n[squat.knee_valgus]\nease = 2.0\n")
    session = Training("clamshell", limits=file).session()
    assert session.exercise is not None
    usual = find("clamshell").with_limits(STRICTNESS["normal"])
    assert {f.id for f in usual.faults} - {f.id for f in session.exercise.faults} == {"hip_roll_back"}
    squat = Training("squat", limits=file).session().exercise
    assert squat is not None
    before = find("squat").with_limits(STRICTNESS["normal"]).fault("knee_valgus").ways[0].limits
    after = squat.fault("knee_valgus").ways[0].limits
    assert after.mild == pytest.approx(before.mild + (before.severe - before.mild))


def test_what_is_wrong_in_the_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "limits.toml"
    file.write_text("[clamshell.no_such_fault]\nmild = 3\n")
    with pytest.raises(UsageError, match="no_such_fault"):
        Training("clamshell", limits=file).session()
