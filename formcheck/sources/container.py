"""Containers: opening, demuxing, seeking, and what a file states about itself."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.errors import SourceError

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream


def open_file(path: Path) -> InputContainer:
    """Open a local file, and nothing but a local file, whatever its content refers to."""
    import av

    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise SourceError(f"{path}: this is a folder", hint="give the name of a video file")
        if not stat.S_ISREG(mode):  # opening a pipe would wait for ever
            raise SourceError(f"{path}: this is not an ordinary file", hint="give the name of a video file")
        with path.open("rb") as file:
            head = file.read(12)
    except (FileNotFoundError, NotADirectoryError):
        raise SourceError(f"{path}: there is no such file", hint="check the name and the folder") from None
    except PermissionError:
        raise SourceError(f"{path}: no permission to read it", hint="change the file's rights") from None
    except OSError as error:
        raise SourceError(f"{path}: could not be read: {error.strerror}", hint="copy it again") from error
    if not head:
        raise SourceError(f"{path}: the file is empty", hint="copy it again")
    try:
        # Playlists disguised as videos must not make us fetch from the network.
        return av.open(f"file:{path}", options={"protocol_whitelist": "file"}, metadata_errors="replace")
    except (av.FFmpegError, ValueError) as error:
        if head[4:8] == b"ftyp":
            raise SourceError(
                f"{path}: this video is cut off or damaged: its index is missing",
                hint="copy it from the camera again, after the recording has ended",
            ) from error
        raise SourceError(
            f"{path}: this is not a video that can be read", hint="give an MP4, MOV, MKV, WebM, AVI or GIF"
        ) from error


def decoded(
    container: InputContainer, stream: VideoStream, note: Callable[[str], None] = lambda _: None
) -> Iterator[VideoFrame]:
    """Frames in order of presentation; damaged packets are skipped with a note."""
    import av

    def attempt(packet: Packet[VideoStream] | None) -> list[VideoFrame]:
        try:
            return stream.codec_context.decode(packet)
        except av.FFmpegError:
            note("damaged parts of the file were skipped")
            return []

    try:
        for packet in container.demux(stream):
            if packet.is_corrupt:  # what a file's cut end left of a packet decodes to rubbish
                note("damaged parts of the file were skipped")
            elif packet.size:
                yield from attempt(packet)
    except av.FFmpegError:
        note("the file is damaged: what follows could not be read")
    yield from attempt(None)


def seek_before(container: InputContainer, stream: VideoStream, target: int) -> None:
    """Go to a keyframe that is shown at `target` (ticks) or before.

    Indices go by decoding time, and a keyframe can be decoded before and shown after the target;
    so look at the packet found, and go further back until it suits.
    """
    import av

    back = 0
    step = int(1 / (stream.time_base or Fraction(1, 1000)))
    begin = stream.start_time or 0
    while target - back > begin:
        try:
            container.seek(target - back, stream=stream)
            packet = next(container.demux(stream))
            found = packet.is_keyframe and packet.pts is not None and packet.pts <= target
        except av.FFmpegError:
            found = False
        if found:
            container.seek(target - back, stream=stream)
            return
        back = 2 * back + step
    container.seek(begin, stream=stream)


def has_reliable_index(container: InputContainer, stream: VideoStream, duration: float) -> bool:
    """Whether the file has an index that leads to the right keyframe with true timestamps.

    MP4 and MOV count when their index reaches the end (fragmented ones have none); Matroska and WebM
    when time and place in the file rise together. Others estimate positions, or keep no timestamps.
    """
    import av

    name = container.format.name
    if "matroska" in name:
        try:
            container.seek(stream.start_time or 0, stream=stream)  # loads the cues, often kept at the end
        except av.FFmpegError:
            return False
        places = [entry.pos for entry in stream.index_entries]
        return bool(places) and all(a <= b for a, b in pairwise(places))
    entries = stream.index_entries
    if "mp4" not in name or not len(entries) or stream.time_base is None:
        return False
    reach = (entries[-1].timestamp - entries[0].timestamp) * stream.time_base
    return len(entries) == stream.frames or float(reach) > 0.9 * duration


def stated_duration(
    container: InputContainer, stream: VideoStream, start: int, tick: Fraction
) -> float | None:
    """Length of the pictures as stated, else of the whole file."""
    if stream.duration:
        begin = stream.start_time if stream.start_time is not None else start
        return max(0.0, float((stream.duration + begin - start) * tick))
    if not container.duration:
        return None
    length = container.duration / 1e6
    # Matroska states the time of the end on the file's own clock.
    return max(0.0, length - float(start * tick)) if "matroska" in container.format.name else length


def stated_rate(stream: VideoStream) -> float | None:
    """Average frames per second as stated, where it is believable."""
    for rate in (stream.average_rate, stream.guessed_rate, stream.base_rate):
        # 1000 is what containers with millisecond ticks report when they don't know.
        if rate is not None and 0 < rate < 1000:
            return float(rate)
    return None
