"""Annotated videos: decoded again, they must hold the same pictures at the same times with the same sound."""

from __future__ import annotations

import errno
import os
import struct
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.errors import OutputError
from formcheck.files import atomic
from formcheck.outputs.video import VideoWriter

from ..sources import videos

STEADY = [i / 30 for i in range(60)]
UNEVEN = [0.0, 0.0101, 0.05, 0.051, 0.3, 1.0, 1.0004, 1.7, 1.75]


def encode(path: Path, times, size=(64, 48), **options) -> VideoWriter:
    with VideoWriter(path, size, **options) as writer:
        for i, t in enumerate(times):
            writer.write(videos.numbered(i, *size), t)
    return writer


def seen(path: Path) -> tuple[list[float], list[int]]:
    """Times and numbers of the pictures."""
    with av.open(str(path)) as container:
        frames = list(container.decode(video=0))
        return [f.time for f in frames], [videos.number(f.to_ndarray(format="rgb24")) for f in frames]


def heard(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Times and absolute values of the samples, as a player would place them."""
    times, values = [], []
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            samples = frame.to_ndarray()
            samples = samples.mean(axis=0) if frame.format.is_planar else samples.reshape(-1)
            if samples.dtype.kind == "i":
                samples = samples / np.iinfo(samples.dtype).max
            values.append(np.abs(samples[: frame.samples]))
            times.append(frame.time + np.arange(len(values[-1])) / frame.sample_rate)
    return np.concatenate(times), np.concatenate(values)


def beeps(path: Path) -> list[float]:
    """When beeps begin."""
    times, values = heard(path)
    loud = times[values > 0.2]
    return loud[np.diff(loud, prepend=-1) > 0.05].tolist()


def boxes(path: Path) -> list[str]:
    """Names of an MP4's outermost boxes, in order."""
    data, at, names = path.read_bytes(), 0, []
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        names.append(name.decode())
        at += length
    return names


# --- pictures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("times", [STEADY, UNEVEN, [i / 240 for i in range(48)], [0.0], [0.0, 3.0, 7200.0]])
def test_every_frame_keeps_its_time(tmp_path, times):
    path = tmp_path / "out.mp4"
    writer = encode(path, times, rate=30)
    stamps, numbers = seen(path)
    assert numbers == list(range(len(times)))
    assert stamps == pytest.approx(times, abs=2e-5)
    assert writer.frames == len(times)
    assert writer.notes == ()


def test_a_recording_that_starts_late_keeps_its_start(tmp_path):
    encode(tmp_path / "out.mp4", [1.2345, 1.3, 1.4])
    assert seen(tmp_path / "out.mp4")[0] == pytest.approx([1.2345, 1.3, 1.4], abs=1e-4)


def test_browsers_and_phones_can_play_it(tmp_path):
    path = tmp_path / "out.mp4"
    encode(path, STEADY, size=(640, 360), rate=30)
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        assert container.format.name.startswith("mov,mp4")
        assert (video.codec.name, video.pix_fmt) == ("h264", "yuv420p")
        assert video.profile in {"High", "Main", "Constrained Baseline"}
        assert float(video.duration * video.time_base) == pytest.approx(2.0, abs=0.01)
        assert (video.color_range, video.colorspace) == (1, 6)
        keys = [p.pts * p.time_base for p in container.demux(video) if p.is_keyframe and p.size]
    assert keys[0] == 0
    assert max(np.diff([*map(float, keys), 2.0])) <= 2.01
    names = boxes(path)
    assert names.index("moov") < names.index("mdat")


@pytest.mark.parametrize("size", [(641, 479), (640, 479), (641, 480), (16, 16), (17, 1)])
def test_odd_sizes_are_padded_and_shown_in_true_colours(tmp_path, size):
    path = tmp_path / "out.mp4"
    width, height = size
    picture = videos.corners(*size)
    with VideoWriter(path, size, crf=12) as writer:
        for t in STEADY[:3]:
            writer.write(picture, t)
    with av.open(str(path)) as container:
        result = next(container.decode(video=0)).to_ndarray(format="rgb24").astype(int)
    assert result.shape == (height + height % 2, width + width % 2, 3)
    if min(size) > 8:
        marks = result[[3, 3, height - 4, height - 4], [3, width - 4, 3, width - 4]]
        assert abs(marks - videos.CORNERS).max() < 16
        assert abs(result[:height, -1] - result[:height, width - 1]).max() < 16


def test_encoding_runs_in_a_thread_beside_decoding(tmp_path):
    source = videos.write(tmp_path / "in.mp4", STEADY, size=(320, 240))
    path = tmp_path / "out.mp4"
    with (
        ThreadPoolExecutor(1) as pool,
        VideoWriter(path, (320, 240)) as writer,
        av.open(str(source)) as inside,
    ):
        jobs = [
            pool.submit(writer.write, frame.to_ndarray(format="rgb24"), frame.time)
            for frame in inside.decode(video=0)
        ]
        for job in jobs:
            job.result(timeout=60)
    assert seen(path)[1] == list(range(60))


def test_wrong_pictures_and_times_are_the_callers_mistake(tmp_path):
    with VideoWriter(tmp_path / "out.mp4", (64, 48)) as writer:
        writer.write(videos.numbered(0, 64, 48), 0.5)
        for t in (0.5, 0.4, -1.0, float("nan")):
            with pytest.raises(ValueError, match="times must rise"):
                writer.write(videos.numbered(1, 64, 48), t)
        with pytest.raises(ValueError, match="expected 64x48"):
            writer.write(videos.numbered(1, 48, 64), 1.0)
        writer.write(videos.numbered(1, 64, 48), 0.5 + 1e-7)  # below the clock's step, yet later
    assert len(seen(tmp_path / "out.mp4")[0]) == 2


# --- sound ------------------------------------------------------------------------------------------

SOURCES = {
    "aac.mp4": {},
    "aac.ts": {},
    "mp3.mp4": {"sound_codec": "libmp3lame"},
    "ac3.mkv": {"sound_codec": "ac3"},
    "opus.mkv": {"sound_codec": "libopus"},
    "pcm.mov": {"sound_codec": "pcm_s16le"},
    "pcm.mkv": {"sound_codec": "pcm_s16le", "sound_rate": 96_000},
}


@pytest.mark.parametrize("sound_at", [0.0, 0.4, -0.4])
@pytest.mark.parametrize("name", SOURCES)
def test_sound_stays_in_step(tmp_path, name, sound_at):
    """Beeps at 0.7 s and 1.5 s of the pictures' clock, though the sound starts with, after or before them."""
    how = SOURCES[name]
    begin = 1.0  # of the pictures on the file's clock
    marks = [0.7, 1.5]
    sound = videos.tone(2.0 - sound_at, how.get("sound_rate", 48_000), beeps=[m - sound_at for m in marks])
    source = videos.write(
        tmp_path / name, [begin + t for t in STEADY], sound=sound, sound_at=begin + sound_at, **how
    )
    path = tmp_path / "out.mp4"
    writer = encode(path, STEADY, source=source, rate=30)
    assert writer.notes == ()
    stamps, numbers = seen(path)
    assert numbers == list(range(60))
    assert stamps == pytest.approx(STEADY, abs=2e-5)
    # A coder smears the start of a sound over part of its frame of some 20 ms.
    assert beeps(path) == pytest.approx(marks, abs=0.012)
    with av.open(str(path)) as container:
        assert container.streams.audio[0].codec.canonical_name == ("mp3" if "mp3" in name else "aac")
        audio = container.streams.audio[0]
        assert float(audio.duration * audio.time_base) == pytest.approx(2.0, abs=0.1 + abs(sound_at))


def test_copied_sound_is_the_very_same_data(tmp_path):
    source = videos.write(tmp_path / "in.mp4", STEADY, sound=videos.tone(2.0, beeps=[0.5]))
    path = tmp_path / "out.mp4"
    encode(path, STEADY, source=source)

    def packets(file: Path) -> list[bytes]:
        with av.open(str(file)) as container:
            return [bytes(p) for p in container.demux(audio=0) if p.size]

    before, after = packets(source), packets(path)
    assert len(after) >= len(before) - 2  # the tail beyond the last picture is cut
    assert after == before[: len(after)]


def test_a_source_without_sound_or_with_none_that_can_be_read_costs_no_video(tmp_path):
    silent = videos.write(tmp_path / "silent.mp4", STEADY)
    text = tmp_path / "landmarks.npz"
    text.write_text("not a video")
    for source, notes in ((silent, ()), (text, ("the source has no sound that can be read",))):
        writer = encode(tmp_path / "out.mp4", STEADY, source=source)
        assert writer.notes == notes
        with av.open(str(tmp_path / "out.mp4")) as container:
            assert not container.streams.audio
        assert seen(tmp_path / "out.mp4")[1] == list(range(60))


@pytest.mark.parametrize("name", ["aac.ts", "ac3.mkv"])
def test_damaged_sound_costs_no_video(tmp_path, name):
    codec = SOURCES[name].get("sound_codec", "aac")
    grain = np.random.default_rng(1).normal(0, 0.3, 96_000).clip(-1, 1).astype(np.float32)
    source = videos.write(tmp_path / name, STEADY, sound=grain, sound_codec=codec)
    data = bytearray(source.read_bytes())
    # The sound was muxed after most pictures: spoil the second half but keep the container's beginning.
    for at in range(len(data) // 2, len(data), 97):
        data[at] ^= 0xFF
    source.write_bytes(bytes(data))
    path = tmp_path / "out.mp4"
    encode(path, STEADY, source=source, start_s=0.0)
    assert seen(path) == (pytest.approx(STEADY, abs=2e-5), list(range(60)))


def test_sound_longer_than_the_pictures_ends_with_them(tmp_path):
    source = videos.write(tmp_path / "in.mp4", STEADY, sound=videos.tone(6.0, beeps=[0.5, 4.0]))
    path = tmp_path / "out.mp4"
    encode(path, STEADY, source=source)
    assert beeps(path) == pytest.approx([0.5], abs=0.012)
    assert heard(path)[0][-1] < 2.1


# --- endings ----------------------------------------------------------------------------------------


def test_nothing_stands_under_the_final_name_until_the_end(tmp_path):
    path = tmp_path / "out.mp4"
    path.write_text("the last result")
    with VideoWriter(path, (64, 48)) as writer:
        writer.write(videos.numbered(0, 64, 48), 0.0)
        assert path.read_text() == "the last result"
    assert seen(path)[1] == [0]
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.mp4"]


def test_an_exception_leaves_no_trace(tmp_path):
    source = videos.write(tmp_path / "in.mp4", STEADY, sound=videos.tone(2.0))
    with pytest.raises(RuntimeError), VideoWriter(tmp_path / "out.mp4", (64, 48), source=source) as writer:  # noqa: PT012
        for i, t in enumerate(STEADY):
            writer.write(videos.numbered(i, 64, 48), t)
        raise RuntimeError
    assert [entry.name for entry in tmp_path.iterdir()] == ["in.mp4"]
    writer.abort()
    with pytest.raises(ValueError, match="closed"):
        writer.write(videos.numbered(0, 64, 48), 9.0)


def test_ctrl_c_can_keep_a_shorter_film(tmp_path):
    source = videos.write(tmp_path / "in.mp4", STEADY, sound=videos.tone(2.0, beeps=[0.3, 1.5]))
    path = tmp_path / "out.mp4"
    with pytest.raises(KeyboardInterrupt), VideoWriter(path, (64, 48), source=source) as writer:  # noqa: PT012
        try:
            for i, t in enumerate(STEADY):
                writer.write(videos.numbered(i, 64, 48), t)
                if i == 29:
                    raise KeyboardInterrupt  # noqa: TRY301
        except KeyboardInterrupt:
            writer.close()
            raise
    assert seen(path)[1] == list(range(30))
    assert beeps(path) == pytest.approx([0.3], abs=0.012)
    assert heard(path)[0][-1] < 1.1


def test_without_a_frame_there_is_no_file(tmp_path):
    with VideoWriter(tmp_path / "out.mp4", (64, 48)) as writer:
        pass
    assert list(tmp_path.iterdir()) == []
    assert writer.notes == ("no frame was written: no video",)


def test_the_source_is_never_overwritten(tmp_path):
    source = videos.write(tmp_path / "in.mp4", STEADY)
    with pytest.raises(OutputError, match="overwrite the source"):
        VideoWriter(source, (64, 48), source=source)
    assert seen(source)[1] == list(range(60))


@pytest.mark.parametrize("sound", [False, True], ids=["silent", "with_sound"])
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path, sound):
    resource = pytest.importorskip("resource", reason="no limits on file sizes on this system")
    grain = np.random.default_rng(0).integers(0, 256, (40, 120, 160, 3), dtype=np.uint8)
    source = videos.write(tmp_path / "in.mp4", STEADY, sound=videos.tone(2.0)) if sound else None
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    writer = VideoWriter(tmp_path / "out.mp4", (160, 120), source=source)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(OutputError, match="no room left"), writer:  # noqa: PT012
            for i in range(300):
                writer.write(grain[i % 40], i / 30)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not list(tmp_path.glob("*out.mp4*"))
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("limit", [2_000, 60_000])
def test_a_disk_that_fills_up_at_the_very_end_is_said(tmp_path, limit):
    """The index is written, and moved to the front, only when closing."""
    resource = pytest.importorskip("resource", reason="no limits on file sizes on this system")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    writer = VideoWriter(tmp_path / "out.mp4", (64, 48))
    for i in range(1200):
        writer.write(videos.numbered(i % 256, 64, 48), i / 30)
    (part,) = tmp_path.glob(".*part")
    resource.setrlimit(resource.RLIMIT_FSIZE, (min(limit, part.stat().st_size + 3000), before[1]))
    try:
        with pytest.raises(OutputError, match="no room left"):
            writer.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_places_where_nothing_can_be_written(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    for path, says in (
        (tmp_path / "missing" / "out.mp4", "does not exist"),
        (tmp_path / "folder", "this is a folder"),
        (tmp_path / "file" / "out.mp4", "does not exist"),
        (Path(os.devnull), "not an ordinary file"),
    ):
        with pytest.raises(OutputError, match=says) as caught:
            VideoWriter(path, (64, 48))
        assert str(path) in str(caught.value)
        assert caught.value.hint
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights work differently on this system")
def test_a_read_only_folder_is_said(tmp_path):
    root = os.geteuid() == 0
    tmp_path.chmod(0o555)
    if root:
        for folder in (tmp_path, *tmp_path.parents[:2]):
            folder.chmod(0o755)
        os.seteuid(65534)  # root may write everywhere: be nobody for a moment
    try:
        with pytest.raises(OutputError, match="no permission"):
            VideoWriter(tmp_path / "out.mp4", (64, 48))
    finally:
        if root:
            os.seteuid(0)
        tmp_path.chmod(0o755)


# --- atomic -----------------------------------------------------------------------------------------


def test_atomic_writes_whole_or_not_at_all(tmp_path):
    path = tmp_path / "report.json"
    with atomic(path) as part:
        part.write_text("one")
        assert not path.exists()
        assert part.parent == tmp_path
    assert path.read_text() == "one"
    for problem in (RuntimeError(), KeyboardInterrupt()):
        with pytest.raises(type(problem)), atomic(path) as part:  # noqa: PT012
            part.write_text("two")
            raise problem
    with pytest.raises(OutputError, match="no room left"), atomic(path) as part:
        raise OSError(errno.ENOSPC, "No space left on device")
    assert path.read_text() == "one"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.json"]


def test_atomic_takes_the_longest_names(tmp_path):
    path = tmp_path / ("é" * 120 + ".json")
    with atomic(path) as part:
        part.write_text("x")
    assert path.read_text() == "x"
    with pytest.raises(OutputError, match="too long"), atomic(tmp_path / ("n" * 300)) as part:
        part.write_text("x")
