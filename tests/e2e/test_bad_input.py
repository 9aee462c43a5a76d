"""Bad input through the command line: one clear line, the documented exit code, nothing half-written."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import av
import numpy as np
import pytest

from tests.unit.sources import videos

from . import clips
from .command import ROOT, Done, on_terminal, run

OURS = ("annotated.mp4", "report.json", "reps.csv")
MODEL = ROOT / "models" / "pose_landmarker_full.task"


def analyze(source: Path, out: Path, *more: str, exercise: str = "clamshell", **how: object) -> Done:
    return run("analyze", source, "--exercise", exercise, "--out", out, *more, **how)


def refused(done: Done, code: int, *words: str, out: Path | None = None) -> None:
    """One clear line that says what, where and what to do; no traceback; nothing written."""
    assert done.code == code, done.err
    assert len(done.errors) == 1
    assert done.err.splitlines()[-1] == done.errors[0]
    for word in words:
        assert word in done.errors[0]
    assert done.errors[0].endswith(")"), "the line ends with what to do"
    assert "Traceback" not in done.err + done.out
    only_ours(done)
    if out is not None and out.is_dir():
        assert list(out.iterdir()) == []


def only_ours(done: Done) -> None:
    """The libraries' own chatter stays away from people."""
    assert all(line.startswith("formcheck:") for line in done.err.splitlines()), done.err


def worked(done: Done, out: Path) -> dict:
    """A run that succeeded and left three whole files; its report."""
    assert done.code == 0, done.err
    assert done.errors == []
    only_ours(done)
    assert sorted(path.name for path in out.iterdir()) == sorted(OURS)
    with av.open(str(out / "annotated.mp4")) as video:
        assert video.streams.video[0].codec_context.name == "h264"
        assert sum(1 for _ in video.decode(video=0)) > 0
    return json.loads((out / "report.json").read_text(encoding="utf-8"))


# --- files that are no videos -----------------------------------------------------------------------


def test_a_missing_file(tmp_path):
    done = run("analyze", "nosuch/clip.mp4", "-e", "clamshell", cwd=tmp_path)
    refused(done, 3, "nosuch/clip.mp4", "no such file")
    assert list(tmp_path.iterdir()) == [], "no folder is made for it either"


def test_a_folder(tmp_path):
    folder = tmp_path / "videos"
    folder.mkdir()
    refused(analyze(folder, tmp_path / "out"), 3, str(folder), "folder", out=tmp_path / "out")


@pytest.mark.parametrize("content", [b"", b"This is not a video.\n" * 500], ids=["empty", "text"])
def test_what_only_calls_itself_a_video(tmp_path, content):
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    refused(analyze(path, tmp_path / "out"), 3, str(path), out=tmp_path / "out")


def test_zero_frames(tmp_path):
    path = videos.write(tmp_path / "clip.mp4", [])
    refused(analyze(path, tmp_path / "out"), 3, str(path), out=tmp_path / "out")


def test_only_sound(tmp_path):
    path = tmp_path / "clip.mp4"
    with av.open(str(path), "w") as out:
        audio = out.add_stream("aac", rate=48_000, layout="mono")
        videos._write_sound(out, audio, videos.tone(1.0, beeps=[0.2]), 0.0, 48_000)
    refused(analyze(path, tmp_path / "out"), 3, str(path), "only sound", out=tmp_path / "out")


def test_a_file_whose_end_with_the_index_is_missing(tmp_path):
    whole = clips.write(tmp_path / "whole.mp4", clips.frames(1.0))
    path = tmp_path / "clip.mp4"
    path.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    refused(analyze(path, tmp_path / "out"), 3, str(path), "cut off", out=tmp_path / "out")


def test_a_file_whose_pictures_end_early_is_analysed_as_far_as_it_goes(tmp_path, one_rep):
    path = tmp_path / "clip.mp4"
    whole = one_rep.read_bytes()  # its index stands at the beginning
    path.write_bytes(whole[: len(whole) * 19 // 20])
    report = worked(analyze(path, tmp_path / "out"), tmp_path / "out")
    assert report["count"] == 1
    assert 3 < report["source"]["analysed_s"] < 5.4
    assert any("its pictures end at" in note for note in report["notes"])


def test_a_damaged_recording(tmp_path):
    path = tmp_path / "clip.npz"
    path.write_bytes(b"PK\x03\x04 and then nothing of use")
    refused(analyze(path, tmp_path / "out"), 3, str(path), out=tmp_path / "out")


# --- videos with little in them ---------------------------------------------------------------------


def test_one_frame(tmp_path):
    path = clips.write(tmp_path / "clip.mp4", clips.frames(0.03))
    done = analyze(path, tmp_path / "out")
    assert done.code in (3, 4)
    refused(done, done.code, str(path), out=tmp_path / "out")


def test_nobody_in_the_picture(tmp_path):
    wall = [np.full((270, 480, 3), 150 + i % 3, np.uint8) for i in range(25)]
    path = clips.write(tmp_path / "clip.mp4", wall)
    refused(analyze(path, tmp_path / "out"), 4, str(path), "nobody", out=tmp_path / "out")


def test_sixteen_pixels(tmp_path):
    tiny = [clips.scaled(picture, 16, 16) for picture in clips.frames(1.0)]
    path = clips.write(tmp_path / "clip.mp4", tiny)
    done = analyze(path, tmp_path / "out")
    if done.code:
        refused(done, 4, str(path), out=tmp_path / "out")
    else:  # MediaPipe may see a person in anything
        assert worked(done, tmp_path / "out")["count"] == 0


def test_a_person_partly_outside(tmp_path):
    """Without the legs nothing can be counted, and nothing may be called good."""
    pictures = [np.ascontiguousarray(picture[:, :230]) for picture in clips.frames(every=2)]
    path = clips.write(tmp_path / "clip.mp4", pictures, [i / 12.5 for i in range(len(pictures))])
    done = analyze(path, tmp_path / "out")
    if done.code:
        refused(done, 4, "nobody", out=tmp_path / "out")
        return
    report = worked(done, tmp_path / "out")
    assert all(
        v["verdict"] != "ok" for rep in report["reps"] for v in rep["verdicts"] if v["fault"] == "feet_apart"
    )


# --- odd sizes, rates and clocks --------------------------------------------------------------------


def test_4k(tmp_path):
    large = [clips.scaled(picture, 3840, 2160) for picture in clips.frames(0.12)]
    path = clips.write(tmp_path / "clip.mp4", large, options={"preset": "ultrafast"})
    report = worked(analyze(path, tmp_path / "out"), tmp_path / "out")
    assert (report["source"]["width"], report["source"]["height"]) == (3840, 2160)
    assert report["source"]["person_seen"] > 0.5


def test_one_frame_a_second(tmp_path):
    slow = clips.frames(30.0, every=25)
    path = clips.write(tmp_path / "clip.mp4", slow, [float(i) for i in range(len(slow))])
    report = worked(analyze(path, tmp_path / "out"), tmp_path / "out")
    speeds = [
        v for rep in report["reps"] for v in rep["verdicts"] if v["fault"] in ("momentum", "dropped_return")
    ]
    assert all(v["verdict"] == "unknown" for v in speeds), "no speed can be told from one frame a second"


def test_240_frames_a_second(tmp_path):
    """Each picture of the sample ten times, as a fast camera would see it."""
    pictures = [picture for picture in clips.frames(1.4, from_s=1.0) for _ in range(10)]
    path = clips.write(tmp_path / "clip.mp4", pictures, [i / 240 for i in range(len(pictures))])
    report = worked(analyze(path, tmp_path / "out"), tmp_path / "out")
    assert report["source"]["frames"] == len(pictures)
    assert report["source"]["analysed_s"] == pytest.approx((len(pictures) - 1) / 240, abs=0.01)


def test_a_clock_that_jumps_back(tmp_path):
    pictures = clips.frames(every=2)
    times = [i / 12.5 for i in range(len(pictures))]
    half = len(times) // 2
    first = clips.write(tmp_path / "1.ts", pictures[:half], times[:half])
    second = clips.write(tmp_path / "2.ts", pictures[half:], times[: len(times) - half])
    path = tmp_path / "clip.ts"
    path.write_bytes(first.read_bytes() + second.read_bytes())
    report = worked(analyze(path, tmp_path / "out"), tmp_path / "out")
    assert report["count"] == 1, "the rep lies across the jump"
    assert any("jump back" in note for note in report["notes"])


def test_two_hours(tmp_path):
    """Forty pictures over two hours: what counts is that time is not mistaken for frames."""
    pictures = clips.frames(1.6)
    times = [i * 7200 / len(pictures) for i in range(len(pictures))]
    # A stream cannot be sought in, so it is not cut into the hundreds of stretches of a real two-hour film.
    path = clips.write(tmp_path / "clip.ts", pictures, times)
    report = worked(analyze(path, tmp_path / "out"), tmp_path / "out")
    assert report["count"] == 0
    assert report["source"]["frames"] == len(pictures)
    assert report["source"]["analysed_s"] == pytest.approx(times[-1], abs=0.1)


# --- wrong words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "nearest"),
    [
        (["-e", "clamshel"], "did you mean clamshell"),
        (["-e", "clamshell", "--ignore", "hip_roll"], "did you mean hip_roll_back"),
        (["-e", "clamshell", "--model", "ful"], "did you mean full"),
        (["-e", "clamshell", "--side", "rigth"], "did you mean right"),
        (["-e", "clamshell", "--strictness", "strikt"], "did you mean strict"),
        (["-e", "clamshell", "--strictnes", "easy"], "--strictness"),
        (["-e", "clamshell", "--workers", "0"], "--workers"),
        (["-e", "clamshell", "--limits", "none.toml"], "could not be read"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_word_that_is_not_known(tmp_path, more, nearest):
    done = run("analyze", clips.SAMPLE, "--out", tmp_path / "out", *more)
    refused(done, 2, nearest)
    assert not (tmp_path / "out").exists()


# --- the model --------------------------------------------------------------------------------------


@pytest.mark.parametrize("harm", ["text", "cut", "flipped"])
def test_a_corrupt_model(tmp_path, harm):
    folder = tmp_path / "models"
    folder.mkdir()
    data = bytearray(MODEL.read_bytes())
    if harm == "text":
        data = bytearray(b"<html>404</html>")
    elif harm == "cut":
        del data[len(data) // 2 :]
    else:
        data[len(data) // 2] ^= 0xFF
    (folder / MODEL.name).write_bytes(data)
    done = analyze(clips.SAMPLE, tmp_path / "out", env={"FORMCHECK_MODELS": str(folder)})
    refused(done, 5, "full model", "formcheck models pull full", out=tmp_path / "out")


def test_a_model_that_is_not_there(tmp_path):
    done = analyze(
        clips.SAMPLE, tmp_path / "out", "--model", "heavy", env={"FORMCHECK_MODELS": str(tmp_path)}
    )
    refused(done, 5, "heavy", "formcheck models pull heavy", out=tmp_path / "out")


# --- results that cannot be written -----------------------------------------------------------------


def test_an_output_folder_that_cannot_be(tmp_path):
    (tmp_path / "file").write_text("here")
    refused(analyze(clips.SAMPLE, tmp_path / "file"), 6, str(tmp_path / "file"), "--out")
    refused(analyze(clips.SAMPLE, tmp_path / "no" / "where"), 6, "--out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_an_output_folder_without_permission(tmp_path):
    out = tmp_path / "out"
    out.mkdir(mode=0o500)
    refused(analyze(clips.SAMPLE, out), 6, str(out), "--out", out=out)


def small_files_only() -> None:
    """No file of this process may grow beyond 30 kB: as on a disk that is nearly full."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))


def test_a_full_disk(tmp_path, one_rep):
    """The annotated video does not fit; report and table do, and are kept."""
    out = tmp_path / "out"
    done = analyze(one_rep, out, before=small_files_only)
    assert done.code == 6, done.err
    assert len(done.errors) == 1
    assert "annotated.mp4" in done.errors[0]
    assert "room" in done.errors[0]
    assert "Traceback" not in done.err
    assert sorted(path.name for path in out.iterdir()) == ["report.json", "reps.csv"], "no half-written video"
    assert json.loads((out / "report.json").read_text())["count"] == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_standard_output(tmp_path):
    with Path("/dev/full").open("w") as full:
        done = run("exercises", stdout=full.fileno())
    refused(done, 6, "standard output")


def test_a_report_that_cannot_be_written_is_noticed_before_the_work(tmp_path):
    done = analyze(clips.SAMPLE, tmp_path / "out", "--json", str(tmp_path / "no" / "report.json"))
    refused(done, 6, "no/report.json")
    done = analyze(clips.SAMPLE, tmp_path / "out", "--landmarks", str(tmp_path / "no" / "marks.npz"))
    refused(done, 6, "no/marks.npz")


def test_a_result_never_overwrites_the_video(tmp_path):
    path = tmp_path / "annotated.mp4"
    shutil.copy(clips.SAMPLE, path)
    done = run("analyze", path, "-e", "clamshell")
    refused(done, 2, str(path), "--out")
    assert path.read_bytes() == clips.SAMPLE.read_bytes()


# --- Ctrl-C -----------------------------------------------------------------------------------------


def test_ctrl_c_while_poses_are_found_keeps_what_there_is(tmp_path):
    done = on_terminal(
        "analyze", clips.SAMPLE, "-e", "clamshell", "--out", tmp_path, interrupt_at=("frames/s",)
    )
    assert done.code == 130, done.out
    assert "Traceback" not in done.out
    assert "stopping" in done.out
    names = sorted(path.name for path in tmp_path.iterdir())
    if not names:  # the first frames were not enough for anything
        assert "nothing was written" in done.out
        return
    assert names == ["report.json", "reps.csv"]
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["source"]["complete"] is False
    assert report["source"]["analysed_s"] < 28
    assert "Stopped after" in done.out


def test_ctrl_c_while_the_video_is_drawn_leaves_a_shorter_whole_one(tmp_path, one_rep):
    place = "Drawing the video"
    done = on_terminal("analyze", one_rep, "-e", "clamshell", "--out", tmp_path, interrupt_at=(place,))
    assert done.code == 130, done.out
    assert "Traceback" not in done.out
    assert json.loads((tmp_path / "report.json").read_text())["count"] == 1
    assert not [path.name for path in tmp_path.iterdir() if path.name not in OURS]
    if (tmp_path / "annotated.mp4").exists():
        with av.open(str(tmp_path / "annotated.mp4")) as video:
            assert 0 < sum(1 for _ in video.decode(video=0)) < 69


def test_a_second_ctrl_c_drops_everything(tmp_path):
    done = on_terminal(
        "analyze", clips.SAMPLE, "-e", "clamshell", "--out", tmp_path, interrupt_at=("frames/s", "stopping")
    )
    assert done.code == 130, done.out
    assert "Traceback" not in done.out
    assert not [path.name for path in tmp_path.iterdir() if path.name not in OURS]
