"""What the command line has other processes do, clip by clip; heavy libraries are loaded only there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from samples.studio.clip import Clip
from samples.studio.jobs import Halted

Halt = Callable[[], bool]


def render(argument: tuple[Clip, Path], halted: Halt) -> None:
    """Renders a clip into a folder."""
    from samples.studio.produce import produce

    clip, out = argument
    produce(clip, out, halted)


def record(argument: tuple[Path, Path, str], halted: Halt) -> None:
    """Records a film into a folder with a model."""
    from samples.studio import record as recorder

    if halted():
        raise Halted
    video, out, model = argument
    recorder.record(video, out, model)


def make(argument: tuple[Clip, Path, str], halted: Halt) -> None:
    """Renders a clip, records it into a folder with a model, and throws the film away."""
    clip, out, model = argument
    with TemporaryDirectory(prefix="studio-") as folder:
        render((clip, Path(folder)), halted)
        record((Path(folder) / f"{clip.name}.mp4", out, model), halted)


def is_produced(name: str, folder: Path) -> bool:
    """Whether a clip's film is there; its truth is written last."""
    return (folder / f"{name}.mp4").is_file() and (folder / f"{name}.json").is_file()


def is_recorded(name: str, folder: Path) -> bool:
    """Whether a clip's recording is there; its truth is written last."""
    return (folder / f"{name}.npz").is_file() and (folder / f"{name}.json").is_file()
