"""The doctor's checks against folders and loaders of our choice."""

from __future__ import annotations

import sys

import pytest

from formcheck.cli import checks, samples
from formcheck.cli.options import known
from formcheck.errors import SetupError, UsageError

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring these libraries")


@linux
def test_missing_graphics_libraries_name_the_packages():
    def load(name: str) -> object:
        if "EGL" in name or "GLES" in name:
            raise OSError(f"{name}: cannot open shared object file")
        return object()

    (check,) = checks.graphics(load)
    assert check.state == "bad"
    assert "libEGL.so.1, libGLESv2.so.2" in check.text
    assert "libegl1 libgles2" in check.mend or "mesa-libEGL" in check.mend or "libglvnd" in check.mend


@linux
def test_present_graphics_libraries_need_nothing():
    (check,) = checks.graphics()
    assert (check.state, check.mend) == ("ok", "")


def test_a_library_that_is_not_installed():
    check = checks.library("no-such-distribution", "no_such_module")
    assert check.state == "bad"
    assert check.mend.endswith("-m pip install no-such-distribution")


@linux
def test_cameras_are_listed_and_not_opened(tmp_path):
    assert checks.camera(tmp_path).state == "warn"
    (tmp_path / "video0").touch()
    (tmp_path / "video2").touch()
    check = checks.camera(tmp_path)
    assert check.state == "ok"
    assert check.text == f"{tmp_path / 'video0'}, {tmp_path / 'video2'}"


def test_h264_is_written_and_read_for_real():
    assert checks.codec().state == "ok"


def test_words_are_forgiven_their_spelling():
    assert known("model", " Full ", ("lite", "full")) == "full"
    assert known("fault", "hip-roll back", ("hip_roll_back",)) == "hip_roll_back"
    with pytest.raises(UsageError, match=r"unknown side 'lft' \(did you mean left\? known: left, right\)"):
        known("side", "lft", ("left", "right"))
    with pytest.raises(UsageError, match=r"unknown side 'xyzzy' \(known: left, right\)"):
        known("side", "xyzzy", ("left", "right"))


def test_the_sample_has_its_truth_beside_it():
    truth = samples.truth(samples.find())
    assert truth is not None
    assert (truth.exercise, truth.count, truth.faults) == ("clamshell", 6, {"hip_roll_back": (3, 5)})


def test_a_sample_that_is_not_there():
    with pytest.raises(SetupError, match=r"no nosuch\.mp4 in .*install formcheck again"):
        samples.find("nosuch")


def test_a_clip_without_truth_or_with_another_schema(tmp_path):
    clip = tmp_path / "clip.mp4"
    assert samples.truth(clip) is None
    clip.with_suffix(".json").write_text('{"schema": "something/else"}')
    assert samples.truth(clip) is None
