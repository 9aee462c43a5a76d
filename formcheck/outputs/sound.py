"""The sound of the source, kept in step with the pictures of the annotated video.

Its clock is that of the source's first picture, like the pictures' own. AAC and MP3 are copied as they
are; what browsers don't play in MP4 (AC-3, PCM, Opus on older phones, ...) is encoded anew as AAC. Sound
that can't be read is left out with a note: it never costs the video.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer
    from av.filter import Graph
    from av.packet import Packet

Note = Callable[[str], None]

_COPIED = ("aac", "mp3")
_AAC_RATES = (48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000)  # ISO 14496-3, to 48 kHz
_AAC_FRAME = 1024  # samples
_BITS_PER_CHANNEL = 96_000  # per second; transparent for speech and music at home, small beside the video


class Sound:
    """A source's sound on its way into a file; made by `open_sound`."""

    def __init__(
        self, source: InputContainer, out: OutputContainer, packets: Iterator[Packet[AudioStream]], note: Note
    ) -> None:
        self._source = source
        self._out = out
        self._packets = packets
        self._note = note
        self._ended = False
        self._held: Packet[AudioStream] | None = None

    def pump(self, until_s: float) -> None:
        """Write the sound that begins before this time.

        Raises:
            OSError: The disk is full; other trouble only ends the sound.
        """
        import av

        while not self._ended:
            try:
                packet = self._held or next(self._packets, None)
            except (av.FFmpegError, ValueError):
                self._note("the sound of the source is damaged: it ends early")
                packet = None
            if packet is None:
                self.close()
                return
            self._held = packet
            if float((packet.pts or 0) * packet.time_base) >= until_s:
                return
            self._held = None
            try:
                self._out.mux(packet)
            except OSError:
                raise
            except av.FFmpegError:
                self._note("the sound of the source does not fit: it ends early")
                self.close()

    def close(self) -> None:
        """Let the source go."""
        if not self._ended:
            self._ended = True
            self._packets = iter(())
            self._source.close()


def open_sound(out: OutputContainer, source: Path | str, start_s: float | None, note: Note) -> Sound | None:
    """Add a sound track to `out` before its first packet.

    Args:
        out: The file being written.
        source: The video whose sound to take.
        start_s: Timestamp of its first picture; None looks it up.
        note: Told what went wrong.

    Returns:
        None when the source has no sound, or none that can be read.
    """
    import av

    try:
        container = _open(source)
    except (av.FFmpegError, ValueError):
        note("the source has no sound that can be read")
        return None
    stream = container.streams.best("audio")
    if not isinstance(stream, av.AudioStream):
        container.close()
        return None
    try:
        for other in container.streams:
            if other is not stream:
                other.discard = av.stream.Discard.all  # spares reading the pictures again
        start = round((_first_picture_s(source) if start_s is None else start_s) / (stream.time_base or 1))
        if stream.codec_context is not None and stream.codec_context.codec.canonical_name in _COPIED:
            packets = _copied(container, stream, out.add_stream_from_template(stream), start)
        else:
            packets = _encoded(container, stream, _aac_stream(out, stream), start)
    except (av.FFmpegError, ValueError, AttributeError):
        # AttributeError: a stream of an unknown codec has no codec context.
        note("the sound of the source can't be read: left out")
        container.close()
        return None
    return Sound(container, out, packets, note)


def _open(source: Path | str) -> InputContainer:
    import av

    return av.open(f"file:{source}", options={"protocol_whitelist": "file"}, metadata_errors="replace")


def _first_picture_s(source: Path | str) -> float:
    """Timestamp of the first picture that can be decoded."""
    import av

    with _open(source) as container:
        for packet in container.demux(video=0):
            try:
                frame = next(iter(packet.decode()), None)
            except av.FFmpegError:
                continue
            if frame is not None:
                return float((frame.pts or 0) * (frame.time_base or 0))
    return 0.0


def _copied(
    container: InputContainer, stream: AudioStream, target: AudioStream, start: int
) -> Iterator[Packet[AudioStream]]:
    """The source's own packets, on the pictures' clock.

    A packet that ends before the first picture is left out, but for one: decoders need it to begin
    cleanly, and the file's edit list hides it.
    """
    last = None
    for packet in container.demux(stream):
        if not packet.size or packet.pts is None or packet.is_corrupt:
            continue
        stamp = packet.pts - start
        if stamp + 2 * (packet.duration or 0) <= 0 or (last is not None and stamp <= last):
            continue
        packet.pts = packet.dts = last = stamp
        packet.stream = target
        yield packet


def _encoded(
    container: InputContainer, stream: AudioStream, target: AudioStream, start: int
) -> Iterator[Packet[AudioStream]]:
    """The source's sound as AAC, on the pictures' clock: cut or padded to begin at 0, gaps filled."""
    graph: Graph | None = None
    for frame in _decoded(container, stream):
        if frame.pts is None:
            continue
        graph = graph or _resampler(frame, target)
        frame.pts -= start
        graph.push(frame)
        for piece in _pulled(graph):
            yield from target.encode(piece)
    if graph is not None:
        graph.push(None)
        for piece in _pulled(graph):
            yield from target.encode(piece)
        yield from target.encode(None)


def _decoded(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Frames; damaged packets are passed over."""
    import av

    for packet in container.demux(stream):
        try:
            yield from packet.decode()
        except av.FFmpegError:
            continue


def _aac_stream(out: OutputContainer, stream: AudioStream) -> AudioStream:
    """Mono or stereo AAC at the source's rate, or the nearest below that AAC has up to 48 kHz."""
    context = stream.codec_context
    rate = next((r for r in _AAC_RATES if r <= context.sample_rate), _AAC_RATES[-1])
    channels = 1 if context.layout.nb_channels == 1 else 2
    target = out.add_stream("aac", rate=rate, bit_rate=channels * _BITS_PER_CHANNEL)
    target.codec_context.layout = "mono" if channels == 1 else "stereo"
    return target


def _resampler(frame: AudioFrame, target: AudioStream) -> Graph:
    """Filters from frames like this one to the encoder's; `async` keeps step with the timestamps."""
    from av.filter import Graph

    context = target.codec_context
    graph = Graph()
    graph.threads = 1
    graph.link_nodes(
        graph.add_abuffer(
            sample_rate=frame.sample_rate,
            format=frame.format.name,
            layout=frame.layout.name,
            time_base=frame.time_base,
        ),
        graph.add("aresample", f"{context.sample_rate}:async=1:first_pts=0"),
        graph.add(
            "aformat",
            sample_fmts=context.format.name,
            sample_rates=str(context.sample_rate),
            channel_layouts=context.layout.name,
        ),
        graph.add("abuffersink"),
    ).configure()
    graph.set_audio_frame_size(_AAC_FRAME)
    return graph


def _pulled(graph: Graph) -> Iterator[AudioFrame]:
    """What is ready."""
    import av

    while True:
        try:
            yield graph.pull()  # type: ignore[misc]
        except (av.error.BlockingIOError, av.error.EOFError):
            return
