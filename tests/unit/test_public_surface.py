"""What `import formcheck` offers, and what it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import formcheck

NAMES = {
    "FormcheckError",
    "ModelError",
    "NoPersonError",
    "OutputError",
    "Recording",
    "Rep",
    "Report",
    "Severity",
    "SourceError",
    "UsageError",
    "Verdict",
    "View",
    "analyze",
    "catalogue",
    "load",
    "save",
}


def test_the_public_names_are_these_and_no_others():
    """A name that is added or goes needs a line in the changelog."""
    assert set(formcheck.__all__) == NAMES
    assert set(dir(formcheck)) == NAMES | {"__version__"}


def test_every_public_name_is_there():
    for name in formcheck.__all__:
        assert getattr(formcheck, name).__name__ == name


def test_a_wrong_name_is_told_by_name():
    with pytest.raises(AttributeError, match="'analyse'"):
        formcheck.analyse  # noqa: B018


def test_importing_it_loads_no_library():
    code = "import formcheck, sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    loaded = set(done.stdout.split())
    assert "formcheck" in loaded
    assert not loaded & {"numpy", "scipy", "av", "cv2", "mediapipe", "pydantic", "typer", "rich"}
