"""Real little videos with known content, made with PyAV: the inputs of the video tests."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

# The display matrices (a b . c d) of the eight orientations, and how numpy brings each one upright.
# A stored point (x, y) is shown at (ax + cy, bx + dy), y down (ISO 14496-12, 8.3.2).
MATRICES = {
    "upright": (1, 0, 0, 1),
    "quarter_clockwise": (0, 1, -1, 0),
    "half": (-1, 0, 0, -1),
    "quarter_counterclockwise": (0, -1, 1, 0),
    "mirrored": (-1, 0, 0, 1),
    "upside_down_mirrored": (1, 0, 0, -1),
    "transposed": (0, 1, 1, 0),
    "antitransposed": (0, -1, -1, 0),
}
CORNERS = np.array([[230, 30, 30], [30, 220, 30], [40, 40, 235], [225, 225, 40]], np.uint8)


def corners(width: int, height: int) -> np.ndarray:
    """``(height, width, 3)``: red top left, green top right, blue bottom left, yellow bottom right."""
    picture = np.empty((height, width, 3), np.uint8)
    top, left = height // 2, width // 2
    picture[:top, :left], picture[:top, left:], picture[top:, :left], picture[top:, left:] = CORNERS
    return picture


def numbered(index: int, width: int, height: int) -> np.ndarray:
    """A picture that shows its number: eight light or dark columns, the lowest bit at the left."""
    bits = (index >> (np.arange(width) * 8 // width)) & 1
    column = np.where(bits, 220, 35).astype(np.uint8)
    return np.broadcast_to(column[None, :, None], (height, width, 3)).copy()


def number(picture: np.ndarray) -> int:
    """The number that `numbered` wrote."""
    cells = [cell.mean() for cell in np.array_split(picture.mean(axis=(0, 2)), 8)]
    return sum(1 << bit for bit, cell in enumerate(cells) if cell > 128)


def tone(seconds: float, rate: int = 48_000, *, beeps: Sequence[float] = ()) -> np.ndarray:
    """``(samples,)`` floats: silence with 50 ms beeps of 1 kHz."""
    time = np.arange(round(seconds * rate)) / rate
    sound = np.zeros(len(time), np.float32)
    for start in beeps:
        inside = (time >= start) & (time < start + 0.05)
        sound[inside] = 0.7 * np.sin(2 * np.pi * 1000 * (time[inside] - start))
    return sound


def write(
    path: Path,
    times: Sequence[float | None],
    pictures: Sequence[np.ndarray] | None = None,
    *,
    size: tuple[int, int] = (64, 48),
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    options: dict[str, str] | None = None,
    container_options: dict[str, str] | None = None,
    matrix: tuple[int, int, int, int] | None = None,
    aspect: Fraction | None = None,
    sound: np.ndarray | None = None,
    sound_at: float = 0.0,
    sound_codec: str = "aac",
    sound_rate: int = 48_000,
    tick: Fraction = Fraction(1, 90_000),
) -> Path:
    """A video whose frame ``i`` is shown at ``times[i]`` seconds; numbered pictures unless given."""
    with av.open(str(path), "w", options=container_options or {}) as out:
        if pictures is None:
            pictures = [numbered(i, *size) for i in range(len(times))]
        if pictures:
            size = pictures[0].shape[1], pictures[0].shape[0]
        video = out.add_stream(codec, rate=30, options=options or {}, time_base=tick)
        video.width, video.height, video.pix_fmt = *size, pix_fmt
        if aspect is not None:
            video.codec_context.sample_aspect_ratio = aspect
        if matrix is not None:
            a, b, c, d = (value << 16 for value in matrix)
            video.set_display_matrix((a, b, 0, c, d, 0, 0, 0, 1 << 30))
        audio = None
        if sound is not None:
            audio = out.add_stream(sound_codec, rate=sound_rate, layout="mono")
        for time, picture in zip(times, pictures, strict=True):
            frame = av.VideoFrame.from_ndarray(picture, "rgb24")
            frame.pts = None if time is None else round(time / tick)
            frame.time_base = tick
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        if audio is not None and sound is not None:
            _write_sound(out, audio, sound, sound_at, sound_rate)
    return path


def _write_sound(out, audio, sound: np.ndarray, at: float, rate: int) -> None:
    block = audio.codec_context.frame_size or 1024
    kind = audio.codec_context.format.name
    for start in range(0, len(sound), block):
        piece = sound[start : start + block]
        if kind.startswith("s"):
            whole = np.dtype(f"int{kind[1:3]}")
            piece = (piece * np.iinfo(whole).max).astype(whole)
        frame = av.AudioFrame.from_ndarray(piece[None, :], kind, "mono")
        frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
        frame.pts = round(at * rate) + start
        out.mux(audio.encode(frame))
    out.mux(audio.encode(None))


def patch_matrix(path: Path, matrix: tuple[int, int, int, int]) -> Path:
    """Write a display matrix straight into the bytes of an MP4's first ``tkhd`` box."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4
    at += 4 + (20 if data[at] == 0 else 32) + 16  # version and flags, times and ids, layer to volume
    a, b, c, d = (value << 16 for value in matrix)
    data[at : at + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(bytes(data))
    return path
