"""The commands, as a person runs them."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys

import av
import pytest

from formcheck.sources.recording import load

from .command import ENTRY, ROOT, Done, environment, on_terminal, run

COMMANDS = ("demo", "analyze", "exercises", "explain", "models", "doctor")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> tuple[Done, object]:
    """One run of the demo, for all who look at it: the run, and the folder it was started in."""
    folder = tmp_path_factory.mktemp("demo")
    return run("demo", cwd=folder), folder


@pytest.fixture(scope="session")
def recorded(tmp_path_factory, one_rep) -> tuple[Done, object]:
    """A run with every kind of output: the run, and its folder."""
    folder = tmp_path_factory.mktemp("recorded")
    more = ("--no-video", "--landmarks", folder / "marks.npz", "--json", "-", "--out", folder)
    return run("analyze", one_rep, "-e", "clamshell", *more), folder


def analyze_again(recorded, *more: str) -> Done:
    """The recording of the first run, analysed once more."""
    return run("analyze", recorded[1] / "marks.npz", "-e", "clamshell", "--json", "-", *more)


# --- demo -------------------------------------------------------------------------------------------


def test_the_demo_finds_what_the_rendered_person_was_told_to_do(demo):
    done, folder = demo
    assert done.code == 0, done.err
    told = json.loads((ROOT / "samples/clips/clamshell.json").read_text())
    report = json.loads((folder / "formcheck-demo" / "report.json").read_text())
    assert report["count"] == told["count"] == 6
    for rep, truth in zip(report["reps"], told["reps"], strict=True):
        bad = {v["fault"] for v in rep["verdicts"] if v["verdict"] in ("mild", "severe")}
        assert bad == set(truth["faults"])
        assert truth["start_s"] - 0.6 < rep["turn_s"] < truth["end_s"] + 0.6
        assert rep["side"] == told["side"]


def test_the_demo_says_so_at_80_columns_without_colour(demo):
    lines = demo[0].out.splitlines()
    assert max(len(line) for line in lines if "/" not in line) <= 80
    assert "\x1b" not in demo[0].out
    text = " ".join(demo[0].out.split())
    assert "6 of 6 reps; hip rolling back found in reps 3 and 5, as commanded." in text
    assert "The one thing to change: Keep the top hip stacked." in text
    assert text.count("▲ hip rolling back (mild)") == 2
    assert "formcheck-demo/annotated.mp4" in text


def test_the_demo_s_video_is_whole(demo):
    with av.open(str(demo[1] / "formcheck-demo" / "annotated.mp4")) as video:
        stream = video.streams.video[0]
        assert (stream.codec_context.name, stream.width, stream.height) == ("h264", 960, 540)
        assert sum(1 for _ in video.decode(stream)) == 718


def test_talk_goes_to_the_standard_error(demo):
    talk = demo[0].err.splitlines()
    assert len(talk) == 2, "off a terminal: a line at the start and one at the end"
    assert talk[0].startswith("formcheck: analysing ")
    assert re.fullmatch(r"formcheck: 718 frames in [\d.]+ s, [\d.]+ frames per second", talk[1])


# --- analyze ----------------------------------------------------------------------------------------


def test_json_to_the_standard_output_is_the_report_alone(recorded):
    done, folder = recorded
    assert done.code == 0, done.err
    assert json.loads(done.out) == json.loads((folder / "report.json").read_text())
    assert "Clamshell: 1 rep" in done.err, "the table is talk now"


def test_without_video_there_is_none(recorded):
    assert sorted(path.name for path in recorded[1].iterdir()) == ["marks.npz", "report.json", "reps.csv"]


def test_a_recording_gives_the_same_reps_as_its_video(recorded):
    assert len(load(recorded[1] / "marks.npz")) == 69
    again = analyze_again(recorded, "--quiet", "--out", str(recorded[1]))
    assert again.code == 0, again.err
    assert again.err == "", "quiet"
    first, second = json.loads(recorded[0].out), json.loads(again.out)
    assert second["model"] is None
    assert second["count"] == first["count"] == 1
    for a, b in zip(first["reps"], second["reps"], strict=True):
        assert [v["verdict"] for v in a["verdicts"]] == [v["verdict"] for v in b["verdicts"]]
        assert b["turn_s"] == pytest.approx(a["turn_s"], abs=0.05)


def test_an_ignored_fault_is_gone(recorded):
    done = analyze_again(recorded, "--ignore", "hip-roll-back", "--ignore", "momentum")
    assert done.code == 0, done.err
    faults = {v["fault"] for rep in json.loads(done.out)["reps"] for v in rep["verdicts"]}
    assert not faults & {"hip_roll_back", "momentum"}
    assert "feet_apart" in faults


def test_strictness_moves_the_limits(recorded):
    limits = {}
    for level in ("easy", "strict"):
        report = json.loads(analyze_again(recorded, "--strictness", level).out)
        assert report["strictness"] == level
        limits[level] = {v["fault"]: v["limit"] for v in report["reps"][0]["verdicts"]}
    assert limits["easy"]["hip_roll_back"] > limits["strict"]["hip_roll_back"]


def test_the_side_can_be_given(recorded):
    report = json.loads(analyze_again(recorded, "--side", "right").out)
    assert {rep["side"] for rep in report["reps"]} <= {"right"}


def test_json_to_a_file_of_one_s_choice(recorded, tmp_path):
    more = ("--json", tmp_path / "my.json", "--out", tmp_path)
    done = run("analyze", recorded[1] / "marks.npz", "-e", "Clamshell", *more)
    assert done.code == 0, done.err
    assert (tmp_path / "my.json").read_text() == (tmp_path / "report.json").read_text()


def test_results_go_beside_the_video_unless_told_otherwise(recorded, tmp_path):
    copy = tmp_path / "set [1].npz"
    copy.write_bytes((recorded[1] / "marks.npz").read_bytes())
    done = run("analyze", copy, "-e", "clamshell", cwd="/")
    assert done.code == 0, done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json", "reps.csv", copy.name]
    assert str(tmp_path / "report.json") in done.out
    assert "set [1].npz" in done.err, "brackets in a name are no markup"


def test_the_table_has_a_line_for_each_rep(recorded):
    with (recorded[1] / "reps.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    # Of the same run: others write into this folder, too, one of them with stricter limits.
    reps = json.loads((recorded[1] / "report.json").read_text())["reps"]
    assert len(rows) == len(reps) == 1
    assert [row["hip_roll_back"] for row in rows] == [
        next(v["verdict"] for v in rep["verdicts"] if v["fault"] == "hip_roll_back") for rep in reps
    ]


# --- catalogue, models, doctor ----------------------------------------------------------------------


def test_exercises_lists_the_five():
    done = run("exercises")
    assert done.code == 0, done.err
    for exercise in ("clamshell", "side_leg_raise", "fire_hydrant", "single_leg_bridge", "squat"):
        assert exercise in done.out


def test_explain_forgives_the_spelling_of_an_id():
    done = run("explain", "Side-Leg Raise")
    assert done.code == 0, done.err
    for word in (
        "lying on the side",
        "Keep the top hip stacked",
        "mild from",
        "severe from",
        "seen",
        "Sources",
    ):
        assert word in done.out


def test_models_list_and_check(tmp_path):
    done = run("models", "list")
    assert done.code == 0, done.err
    assert re.search(r"full\s+yes", done.out)
    assert run("models", "check").code == 0
    (tmp_path / "pose_landmarker_full.task").write_bytes(b"not a model")
    done = run("models", "check", env={"FORMCHECK_MODELS": str(tmp_path)})
    assert done.code == 5
    assert len(done.errors) == 1


def test_doctor_finds_everything_that_analysis_needs_here():
    done = run("doctor")
    assert done.code == 0, done.out + done.err
    for name in (
        "Python",
        "mediapipe",
        "opencv-contrib-python",
        "av",
        "model full",
        "pose",
        "H.264",
        "cores",
    ):
        assert f"✓ {name}: " in done.out


def test_doctor_says_what_is_missing_and_ends_with_7(tmp_path):
    (tmp_path / "pose_landmarker_full.task").write_bytes(b"not a model")
    done = run("doctor", env={"FORMCHECK_MODELS": str(tmp_path)})
    assert done.code == 7
    assert "✗ model full" in done.out
    assert "    formcheck models pull full" in done.out
    assert len(done.errors) == 1


# --- manners ----------------------------------------------------------------------------------------


def test_help_loads_nothing_heavy():
    """What makes it answer at once: of the libraries, only typer and what draws its help."""
    command = [sys.executable, "-X", "importtime", "-c", ENTRY, "--help"]
    done = subprocess.run(command, env=environment(), capture_output=True, encoding="utf-8", check=True)
    for command in COMMANDS:
        assert re.search(rf"\b{command}\b", done.stdout)
    loaded = {line.split("|")[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert "typer" in loaded
    assert not loaded & {"numpy", "scipy", "av", "cv2", "mediapipe", "pydantic", "platformdirs"}


def test_version_and_no_command():
    import formcheck

    assert run("--version").out == f"formcheck {formcheck.__version__}\n"
    bare = run()
    assert bare.code == 0
    assert all(command in bare.out for command in COMMANDS)


def test_no_color_is_honoured_and_colour_has_a_meaning():
    coloured = on_terminal("models", "check")
    plain = on_terminal("models", "check", env={"NO_COLOR": "1"})
    assert coloured.code == plain.code == 0
    assert ESCAPE.search(coloured.out)
    assert ESCAPE.sub("", coloured.out) == plain.out
    assert not ESCAPE.search(run("models", "check").out)


def test_a_reader_that_goes_away_is_no_error():
    read, write = os.pipe()
    os.close(read)
    try:
        done = run("explain", "clamshell", stdout=write)
    finally:
        os.close(write)
    assert done.code == 141
    assert done.err == ""


@pytest.mark.parametrize("args", [("--debug", "explain", "nosuch"), ("explain", "nosuch", "--debug")])
def test_debug_shows_the_traceback_before_and_after_the_command(args):
    done = run(*args)
    assert done.code == 2
    assert "Traceback (most recent call last)" in done.err
    assert len(done.errors) == 1
    assert "Traceback" not in run("explain", "nosuch").err


def broken_library(folder, error: str) -> dict[str, str]:
    """An environment whose rich library fails as it loads."""
    (folder / "rich").mkdir()
    (folder / "rich" / "__init__.py").write_text(f"raise {error}\n")
    return {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}


def test_an_error_of_our_own_is_one_line_that_asks_for_debug(tmp_path):
    env = broken_library(tmp_path, "ValueError('boom')")
    done = run("exercises", env=env)
    assert done.code == 1
    assert done.err.splitlines() == done.errors
    assert "--debug" in done.err
    assert "Traceback" in run("exercises", "--debug", env=env).err


def test_a_library_that_does_not_load_points_to_the_doctor(tmp_path):
    done = run("exercises", env=broken_library(tmp_path, "ImportError('libGL.so.1: no such file')"))
    assert done.code == 7
    assert "libGL.so.1" in done.err
    assert "formcheck doctor" in done.err


# --- the documents say what is so -------------------------------------------------------------------


def shape(value: object) -> object:
    """A document's keys without its values; of a list, its first entry."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else None


def test_the_report_s_document_shows_every_field(demo):
    text = (ROOT / "docs/report.md").read_text()
    shown = json.loads(re.search(r"```json\n(.*?)```", text, re.DOTALL)[1])
    assert shape(shown) == shape(json.loads((demo[1] / "formcheck-demo" / "report.json").read_text()))


def test_the_readme_names_only_options_that_exist():
    text = (ROOT / "README.md").read_text()
    options = set(re.findall(r"`(--[a-z-]+)", text)) - {"--debug", "--lang"}
    known = run("analyze", "--help").out
    assert options
    assert [option for option in options if not re.search(rf"{option}\b", known)] == []


def test_the_readme_s_demo_output_is_what_the_demo_prints(demo):
    shown = re.search(r"```\n(Clamshell: .*?)```", (ROOT / "README.md").read_text(), re.DOTALL)[
        1
    ].splitlines()
    printed = [line.rstrip() for line in demo[0].out.splitlines()]
    numbers = re.compile(r"\d+")
    assert [numbers.sub("#", line.rstrip()) for line in shown] == [
        numbers.sub("#", line) for line in printed[1 : len(shown) + 1]
    ]
