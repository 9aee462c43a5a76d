"""Video files as a source: true times, upright pictures, ranges, and what bad files say."""

from __future__ import annotations

import os
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.errors import SourceError
from formcheck.sources.video import VideoSource, probe

from . import videos

STEADY = [i / 30 for i in range(60)]
DAMAGED = "damaged parts of the file were skipped"


def uneven(count: int = 90) -> list[float]:
    """Times of a phone that drops frames: steps of 1/60 to 0.11 s."""
    pick = random.Random(7)
    steps = [pick.choice([1 / 60, 1 / 30, 1 / 24, 0.11]) for _ in range(count - 1)]
    return [0.0, *np.cumsum(steps).tolist()]


def noisy(count: int) -> list[np.ndarray]:
    """Numbered pictures that fill some kilobytes each."""
    grain = np.random.default_rng(0)
    pictures = (videos.numbered(i, 160, 120).astype(int) for i in range(count))
    return [np.clip(p + grain.integers(-25, 25, p.shape), 0, 255).astype(np.uint8) for p in pictures]


def numbers(frames) -> list[int]:
    return [videos.number(frame.image) for frame in frames]


# --- time -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "tolerance"),
    [("a.mp4", 1e-9), ("a.mov", 1e-9), ("a.ts", 1e-9), ("a.mkv", 0.00051)],  # Matroska counts milliseconds
)
def test_variable_frame_rate_with_b_frames_keeps_every_true_time(tmp_path, name, tolerance):
    times = uneven()
    path = videos.write(tmp_path / name, times, options={"g": "20", "bf": "3"})
    with VideoSource(path) as source:
        frames = list(source)
    assert numbers(frames) == list(range(len(times)))
    assert [f.t for f in frames] == pytest.approx(times, abs=tolerance)
    assert frames[0].t == 0.0
    assert source.notes == ()


def test_time_counts_from_the_first_frame_and_start_is_kept(tmp_path):
    path = videos.write(tmp_path / "late.mp4", [5 + t for t in STEADY])
    source = VideoSource(path)
    assert source.start_s == pytest.approx(5.0)
    assert [f.t for f in source] == pytest.approx(STEADY, abs=1e-9)
    assert source.duration_s == pytest.approx(2.0, abs=0.01)


def test_a_missing_duration_is_none_and_everything_is_read(tmp_path):
    path = videos.write(tmp_path / "live.mkv", STEADY, container_options={"live": "1"})
    source = VideoSource(path)
    assert source.duration_s is None
    assert source.frame_count_estimate is None
    assert not source.seekable
    assert numbers(source) == list(range(60))


def test_a_stream_without_timestamps_takes_the_stated_rate_and_says_so(tmp_path):
    path = videos.write(tmp_path / "raw.h264", STEADY, tick=Fraction(1, 30))
    source = VideoSource(path)
    assert source.notes == ("the file carries no timestamps: 25 frames per second assumed",)
    assert [f.t for f in source] == pytest.approx([i / 25 for i in range(60)])
    assert source.duration_s is None


def test_time_goes_on_where_joined_recordings_start_over(tmp_path):
    first = videos.write(tmp_path / "1.ts", STEADY)
    second = videos.write(tmp_path / "2.ts", STEADY[:20])
    joined = tmp_path / "joined.ts"
    joined.write_bytes(first.read_bytes() + second.read_bytes())
    source = VideoSource(joined)
    frames = list(source)
    assert numbers(frames) == [*range(60), *range(20)]
    assert [f.t for f in frames] == pytest.approx([i / 30 for i in range(80)], abs=1e-6)
    assert source.notes == ("the timestamps jump back: time goes on from there",)
    assert not source.seekable


def test_a_stray_frame_behind_and_a_repeated_time_are_dropped(tmp_path):
    path = tmp_path / "stray.mov"
    stamps = [0, 1, 2, 2, 3, 1, 4, 5, 5, 6]
    with av.open(str(path), "w") as out:
        stream = out.add_stream("png", rate=10, time_base=Fraction(1, 10))
        stream.width, stream.height, stream.pix_fmt = 64, 48, "rgb24"
        packets = []
        for i in range(len(stamps)):
            frame = av.VideoFrame.from_ndarray(videos.numbered(i, 64, 48), "rgb24")
            frame.pts, frame.time_base = i, Fraction(1, 10)
            packets += stream.encode(frame)
        packets += stream.encode(None)
        for i, (packet, stamp) in enumerate(zip(packets, stamps, strict=True)):
            packet.dts, packet.pts = i, stamp + 6  # the muxer wants decoding before showing
            out.mux(packet)
    frames = list(VideoSource(path))
    assert numbers(frames) == [0, 1, 2, 4, 6, 7, 9]
    assert [f.t for f in frames] == pytest.approx([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6], abs=1e-6)


# --- ranges -----------------------------------------------------------------------------------------

RANGED = {
    "b_frames.mp4": {"options": {"g": "20", "bf": "3"}},
    "open_gop.mp4": {"options": {"g": "20", "bf": "3", "x264-params": "open-gop=1"}},
    "b_frames.mkv": {"options": {"g": "20", "bf": "3"}},
    "mjpeg.mov": {"codec": "mjpeg", "pix_fmt": "yuvj420p"},
    "hevc.mp4": {"codec": "libx265", "options": {"x265-params": "keyint=20:bframes=3:log-level=none"}},
}


@pytest.mark.parametrize("name", RANGED)
def test_a_range_has_the_very_frames_and_times_of_the_whole(tmp_path, name):
    times = [3 + t for t in uneven()]  # an offset, so that file time and our time differ
    source = VideoSource(videos.write(tmp_path / name, times, **RANGED[name]))
    assert source.seekable
    whole = list(source)
    assert len(whole) == len(times)
    pick = random.Random(3)
    cuts = [0.0, *sorted(pick.choice(whole).t for _ in range(6)), *(pick.uniform(0, 4) for _ in range(6))]
    for start in cuts:
        end = start + pick.uniform(0, 1.5)
        expected = [f for f in whole if start <= f.t < end]
        got = list(source.iter_range(start, end))
        assert [f.t for f in got] == [f.t for f in expected], (start, end)
        assert all(np.array_equal(a.image, b.image) for a, b in zip(got, expected, strict=True))


def test_ranges_join_without_gap_or_overlap_when_read_side_by_side(tmp_path):
    source = VideoSource(
        videos.write(tmp_path / "a.mp4", uneven(), options={"g": "15", "bf": "3"}), threads=1
    )
    whole = [f.t for f in source]
    edges = [0.0, 1.0, whole[40], 3.3, 1e9]
    together = threading.Barrier(2)

    def read(start: float, end: float) -> list[float]:
        together.wait(timeout=30)  # two at a time, for certain
        return [f.t for f in source.iter_range(start, end)]

    with ThreadPoolExecutor(2) as pool:
        parts = list(pool.map(read, edges[:-1], edges[1:]))
    assert [t for part in parts for t in part] == whole


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("a.gif", {"codec": "gif", "pix_fmt": "rgb8", "tick": Fraction(1, 100)}),
        ("a.ts", {"options": {"g": "15"}}),
        ("a.avi", {"codec": "mpeg4", "options": {"g": "15", "bf": "2"}, "tick": Fraction(1, 10)}),
    ],
)
def test_files_without_a_sure_index_say_so_and_still_give_ranges(tmp_path, name, how):
    times = [i / 10 for i in range(30)]
    source = VideoSource(videos.write(tmp_path / name, times, **how))
    assert not source.seekable
    whole = list(source)
    assert [f.t for f in whole] == pytest.approx(times, abs=1e-6)
    assert [f.t for f in source.iter_range(0.5, 1.5)] == [f.t for f in whole if 0.5 <= f.t < 1.5]


def test_closing_ends_an_iteration_and_a_range_stops_early(tmp_path):
    source = VideoSource(videos.write(tmp_path / "a.mp4", STEADY))
    with source:
        frames = iter(source)
        next(frames)
    assert list(frames) == []


# --- pictures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("patched", [False, True], ids=["muxed", "patched"])
@pytest.mark.parametrize("name", videos.MATRICES)
def test_all_eight_orientations_come_upright(tmp_path, name, patched):
    a, b, c, d = matrix = videos.MATRICES[name]
    upright = videos.corners(96, 64)
    # Store what the matrix will bring back: walk from shown to stored places, (x, y) -> (ax + cy, bx + dy).
    width, height = (64, 96) if b else (96, 64)
    y, x = np.mgrid[:height, :width]
    column, row = a * x + c * y, b * x + d * y
    stored = upright[row - row.min(), column - column.min()]
    path = tmp_path / "turned.mp4"
    if patched:
        videos.patch_matrix(videos.write(path, STEADY[:3], [stored] * 3), matrix)
    else:
        videos.write(path, STEADY[:3], [stored] * 3, matrix=matrix)
    source = VideoSource(path)
    assert source.size == (96, 64)
    for frame in source:
        assert frame.image.shape == (64, 96, 3)
        assert frame.image.flags.c_contiguous
        assert abs(frame.image[8:-8:47, 8:-8:79].reshape(4, 3).astype(int) - videos.CORNERS).max() < 12


@pytest.mark.parametrize(
    ("name", "codec", "pix_fmt"),
    [
        ("a.mkv", "ffv1", "yuv420p"),
        ("a.mp4", "libx264", "yuv444p"),
        ("a.mp4", "libx264", "yuv420p10le"),
        ("a.mkv", "ffv1", "yuv422p"),
        ("a.mov", "mjpeg", "yuvj420p"),
        ("a.mov", "png", "rgb24"),
        ("a.gif", "gif", "rgb8"),
    ],
)
@pytest.mark.parametrize("size", [(641, 479), (480, 854), (16, 16)])
def test_colours_and_size_survive_every_pixel_format(tmp_path, name, codec, pix_fmt, size):
    if codec == "libx264" and pix_fmt == "yuv420p10le" and size[0] % 2:
        size = (642, 480)  # H.264 can't store odd sizes in 4:2:0
    tick = Fraction(1, 100)
    path = videos.write(
        tmp_path / name, [0.0, 0.1], [videos.corners(*size)] * 2, codec=codec, pix_fmt=pix_fmt, tick=tick
    )
    source = VideoSource(path)
    assert source.size == size
    for frame in source:
        assert frame.image.shape == (size[1], size[0], 3)
        assert frame.image.dtype == np.uint8
        assert frame.image.flags.c_contiguous
        seen = frame.image[[3, 3, -4, -4], [3, -4, 3, -4]].astype(int)
        worst = 90 if pix_fmt == "rgb8" else 16  # two bits for blue make steps of 85
        assert abs(seen - videos.CORNERS).max() < worst


def test_a_picture_may_be_drawn_on_without_touching_the_next(tmp_path):
    pictures = [videos.corners(64, 48)] * 4
    path = videos.write(tmp_path / "a.mov", STEADY[:4], pictures, codec="png", pix_fmt="rgb24")
    for frame in VideoSource(path):
        assert np.array_equal(frame.image, pictures[0])
        frame.image[:] = 0


@pytest.mark.parametrize("matrix", ["upright", "quarter_clockwise"])
def test_max_side_scales_the_pictures_and_not_the_size(tmp_path, matrix):
    path = videos.write(
        tmp_path / "a.mp4", STEADY[:2], [videos.corners(320, 180)] * 2, matrix=videos.MATRICES[matrix]
    )
    source = VideoSource(path, max_side=160)
    turned = matrix != "upright"
    assert source.size == ((180, 320) if turned else (320, 180))
    assert {f.image.shape for f in source} == {(160, 90, 3) if turned else (90, 160, 3)}
    assert next(iter(VideoSource(path, max_side=4000))).image.shape[:2] == source.size[::-1]


def test_stored_pixels_that_are_not_square_are_made_square(tmp_path):
    wide = videos.write(tmp_path / "w.mp4", STEADY[:2], size=(72, 60), aspect=Fraction(4, 3))
    tall = videos.write(
        tmp_path / "t.mp4", STEADY[:2], size=(72, 60), aspect=Fraction(1, 2), matrix=videos.MATRICES["half"]
    )
    assert probe(wide).size == (96, 60)
    assert next(iter(VideoSource(wide))).image.shape == (60, 96, 3)
    assert probe(tall).size == (72, 120)
    assert next(iter(VideoSource(tall))).image.shape == (120, 72, 3)


def test_probe_tells_the_facts(tmp_path):
    sound = videos.tone(2.0)
    path = videos.write(tmp_path / "a.mp4", STEADY, sound=sound, options={"g": "20"})
    info = probe(path)
    assert info.size == (64, 48)
    assert info.duration_s == pytest.approx(2.0, abs=0.01)
    assert info.frames == 60
    assert info.rate == pytest.approx(30, abs=0.1)
    assert info.has_audio
    assert info.codec == "h264"
    assert info.seekable
    assert not probe(videos.write(tmp_path / "b.mp4", STEADY[:1])).has_audio


# --- bad files --------------------------------------------------------------------------------------


def only_sound(path: Path) -> Path:
    with av.open(str(path), "w") as out:
        stream = out.add_stream("aac", rate=48_000, layout="mono")
        videos._write_sound(out, stream, videos.tone(0.5), 0.0, 48_000)
    return path


def without_frames(path: Path) -> Path:
    with av.open(str(path), "w", options={"movflags": "empty_moov+default_base_moof"}) as out:
        stream = out.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        out.start_encoding()
    return path


def renamed_text(path: Path) -> Path:
    path.write_text("clamshell: three sets of twelve\n" * 40)
    return path


def playlist(path: Path) -> Path:
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")
    return path


def empty(path: Path) -> Path:
    path.touch()
    return path


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def index_cut_off(path: Path) -> Path:
    data = videos.write(path, STEADY, noisy(60)).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path, "there is no such file"),
        (lambda path: renamed_text(path) / "a.mp4", "there is no such file"),
        (folder, "this is a folder"),
        (empty, "the file is empty"),
        (renamed_text, "this is not a video that can be read"),
        (playlist, "this is not a video that can be read"),
        (index_cut_off, "cut off or damaged: its index is missing"),
        (only_sound, "there is only sound in this file"),
        (without_frames, "no picture in it can be decoded"),
        pytest.param(
            pipe,
            "this is not an ordinary file",
            marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system"),
        ),
    ],
)
def test_each_bad_file_gives_one_clear_line(tmp_path, make, says):
    path = make(tmp_path / "clip.mp4")
    for use in (VideoSource, probe):
        with pytest.raises(SourceError) as caught:
            use(path)
        text = str(caught.value)
        assert says in text
        assert str(path) in text
        assert "\n" not in text
        assert caught.value.hint


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights work differently on this system")
def test_no_permission_is_said(tmp_path):
    path = videos.write(tmp_path / "a.mp4", STEADY[:2])
    path.chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)  # root may read everything: be nobody for a moment
    try:
        with pytest.raises(SourceError, match="no permission to read it"):
            probe(path)
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv"])
def test_a_file_cut_in_the_middle_gives_what_is_there(tmp_path, name):
    faststart = {"movflags": "+faststart"} if name == "a.mp4" else {}
    path = videos.write(
        tmp_path / name, STEADY, noisy(60), options={"g": "15", "bf": "3"}, container_options=faststart
    )
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10])
    source = VideoSource(path)
    frames = list(source)
    assert 25 <= len(frames) <= 40
    assert numbers(frames) == list(range(len(frames)))
    assert any("its pictures end at" in note for note in source.notes)


def test_damage_in_the_middle_is_skipped_and_noted_once(tmp_path):
    path = videos.write(
        tmp_path / "a.mp4",
        STEADY,
        noisy(60),
        options={"g": "10"},
        container_options={"movflags": "+faststart"},
    )
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 20_000] = bytes(20_000)
    path.write_bytes(bytes(data))
    source = VideoSource(path)
    frames = list(source)
    assert 40 <= len(frames) < 60
    assert source.notes == (DAMAGED,)
    by_time = {round(f.t * 30): videos.number(f.image) for f in frames}
    assert all(by_time[i] == i for i in (*range(20), *range(50, 60)))  # whole groups of pictures away


def test_a_cover_picture_is_no_video(tmp_path):
    song = tmp_path / "song.mp4"
    with av.open(str(song), "w") as out:
        audio = out.add_stream("aac", rate=48_000, layout="mono")
        cover = out.add_stream("png", rate=1)
        cover.width, cover.height, cover.pix_fmt = 64, 48, "rgb24"
        cover.disposition = av.stream.Disposition.attached_pic
        frame = av.VideoFrame.from_ndarray(videos.corners(64, 48), "rgb24")
        frame.pts = 0
        out.mux(cover.encode(frame))
        out.mux(cover.encode(None))
        videos._write_sound(out, audio, videos.tone(0.5), 0.0, 48_000)
    with pytest.raises(SourceError, match="only sound"):
        probe(song)
