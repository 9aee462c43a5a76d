"""What formcheck needs from a machine, each thing tried for real."""

from __future__ import annotations

import ctypes
import importlib
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from formcheck.errors import FormcheckError

#: Distribution and module of each library; the first four need system libraries and are imported for real.
LIBRARIES = (
    ("mediapipe", "mediapipe"),
    ("opencv-contrib-python", "cv2"),
    ("av", "av"),
    ("numpy", "numpy"),
    ("scipy", "scipy"),
    ("pydantic", "pydantic"),
    ("platformdirs", "platformdirs"),
    ("typer", "typer"),
    ("rich", "rich"),
)
#: What mediapipe (the first two) and OpenCV load from a Linux system, with the packages of Debian and
#: Ubuntu, Fedora, Arch. Found with `readelf -d` on mediapipe 1.2.2 and opencv-contrib-python 5.0.0.
GRAPHICS = (
    ("libEGL.so.1", ("libegl1", "mesa-libEGL", "libglvnd")),
    ("libGLESv2.so.2", ("libgles2", "libglvnd-gles", "libglvnd")),
    ("libGL.so.1", ("libgl1", "mesa-libGL", "libglvnd")),
    ("libgthread-2.0.so.0", ("libglib2.0-0", "glib2", "glib2")),
)
INSTALLERS = (
    ("apt-get", "sudo apt-get install -y"),
    ("dnf", "sudo dnf install -y"),
    ("pacman", "sudo pacman -S"),
)
#: Free space worth a warning: an hour of annotated 1080p takes about 1 GB.
LITTLE_ROOM = 1e9
#: Speech commands in the order of preference; one is enough.
SPEECH = ("say", "spd-say", "espeak-ng", "powershell", "pwsh")

State = Literal["ok", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor.

    Attributes:
        state: "bad" when analysis does not work without it, "warn" when something else does not.
        mend: The command that mends it; empty when there is nothing to mend.
    """

    name: str
    state: State
    text: str
    mend: str = ""


def everything() -> Iterator[Check]:
    """All checks, one after the other; each takes from nothing to two seconds."""
    yield python()
    yield from graphics()
    for distribution, module in LIBRARIES:
        yield library(distribution, module)
    yield from opencv_twice()
    yield from models()
    yield landmarker()
    yield codec()
    yield display()
    yield camera()
    yield speech()
    yield disk(Path.cwd())
    yield cores()


def python() -> Check:
    """The interpreter; formcheck does not install with one that is too old."""
    return Check("Python", "ok", ".".join(map(str, sys.version_info[:3])))


def graphics(load: Callable[[str], object] = ctypes.CDLL) -> Iterator[Check]:
    """The system's graphics libraries, which bare Linux machines lack. Other systems bring them.

    Args:
        load: Loads a shared library by name or raises OSError.
    """
    if not sys.platform.startswith("linux"):
        return
    missing = []
    for name, packages in GRAPHICS:
        try:
            load(name)
        except OSError:
            missing.append((name, packages))
    if not missing:
        yield Check("graphics libraries", "ok", ", ".join(name for name, _ in GRAPHICS))
        return
    names = ", ".join(name for name, _ in missing)
    yield Check(
        "graphics libraries", "bad", f"missing {names}", _install([packages for _, packages in missing])
    )


def library(distribution: str, module: str) -> Check:
    """One Python library: installed, and does it load."""
    try:
        version = metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return Check(distribution, "bad", "not installed", f"{_pip()} install {distribution}")
    try:
        importlib.import_module(module)
    except (ImportError, OSError) as error:
        why = " ".join(str(error).split())
        return Check(
            distribution,
            "bad",
            f"{version}, but it does not load: {why}",
            f"{_pip()} install --force-reinstall {distribution}",
        )
    return Check(distribution, "ok", version)


def opencv_twice() -> Iterator[Check]:
    """Other distributions of OpenCV overwrite the same folder: then nobody knows which one runs."""
    others = []
    for name in ("opencv-python", "opencv-python-headless", "opencv-contrib-python-headless"):
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
        others.append(name)
    if others:
        again = f"{_pip()} install --force-reinstall opencv-contrib-python"
        mend = f"{_pip()} uninstall -y {' '.join(others)} && {again}"
        yield Check("OpenCV", "warn", f"{', '.join(others)} is installed over opencv-contrib-python", mend)


def models() -> Iterator[Check]:
    """The built-in model whole, and the others if they are here."""
    from formcheck.pose import models as registry

    for state in registry.status():
        name = f"model {state.model.name}"
        if state.ok:
            yield Check(
                name, "ok", f"{state.message}, hash as expected" if state.model.builtin else state.message
            )
        elif state.model.builtin or state.path is not None:
            bad: State = "bad" if state.model.builtin else "warn"
            yield Check(name, bad, state.message.split(" (")[0], f"formcheck models pull {state.model.name}")


def landmarker() -> Check:
    """MediaPipe starts with the built-in model."""
    from formcheck.pose import models as registry
    from formcheck.pose.mediapipe import Landmarker

    try:
        with Landmarker(registry.find("full")):
            return Check("pose", "ok", "MediaPipe runs with the model")
    except FormcheckError as error:
        return Check("pose", "bad", str(error))
    except (ImportError, OSError) as error:
        return Check("pose", "bad", f"MediaPipe does not start: {error}")


def codec() -> Check:
    """H.264, written and read back."""
    try:
        import av

        memory = io.BytesIO()
        with av.open(memory, "w", format="mp4") as out:
            stream = out.add_stream("libx264", rate=25)
            stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
            frame = av.VideoFrame(64, 64, "yuv420p")
            frame.pts = 0
            out.mux(stream.encode(frame))
            out.mux(stream.encode(None))
        memory.seek(0)
        with av.open(memory, "r") as back:
            count = len(list(back.decode(video=0)))
    except (ImportError, OSError, ValueError) as error:  # av.FFmpegError is one of the last two
        return Check("H.264", "bad", f"does not work: {error}", f"{_pip()} install --force-reinstall av")
    if count != 1:
        return Check(
            "H.264", "bad", "what was written cannot be read", f"{_pip()} install --force-reinstall av"
        )
    return Check("H.264", "ok", "written and read")


def display() -> Check:
    """Windows are for live coaching; analysis needs none."""
    try:
        import cv2

        toolkit = str(cv2.currentUIFramework())
    except (ImportError, AttributeError) as error:
        return Check("display", "warn", f"OpenCV has no windows: {error}; analysis needs none")
    if not toolkit:
        mend = f"{_pip()} install --force-reinstall opencv-contrib-python"
        return Check("display", "warn", "this OpenCV has no windows; analysis needs none", mend)
    linux = sys.platform.startswith("linux")
    if linux and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return Check("display", "warn", "no screen in this session; analysis needs none")
    return Check("display", "ok", f"OpenCV opens windows with {toolkit}")


def camera(devices: Path = Path("/dev")) -> Check:
    """Cameras that the system lists. None is opened: that would switch it on."""
    if not sys.platform.startswith("linux"):
        return Check("camera", "ok", "not looked for: that would switch it on")
    found = sorted(devices.glob("video*"))
    if not found:
        return Check("camera", "warn", "none found; analysis of files needs none")
    closed = [path for path in found if not os.access(path, os.R_OK | os.W_OK)]
    if len(closed) == len(found):
        return Check("camera", "warn", f"no permission to use {closed[0]}", "sudo usermod -aG video $USER")
    return Check("camera", "ok", ", ".join(str(path) for path in found))


def speech() -> Check:
    """A command that speaks, for live coaching."""
    for name in SPEECH:
        if shutil.which(name):
            return Check("speech", "ok", name)
    return Check(
        "speech", "warn", "no speech command found; analysis needs none", _install([("espeak-ng",) * 3])
    )


def disk(folder: Path) -> Check:
    """Room for results."""
    free = shutil.disk_usage(folder).free
    text = f"{free / 1e9:.1f} GB free in {folder}"
    return Check("disk", "ok" if free >= LITTLE_ROOM else "warn", text)


def cores() -> Check:
    """How many poses can be found at once."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Check("cores", "ok", f"{count}: as many stretches of a video are worked on at once")


def _install(packages: list[tuple[str, ...]]) -> str:
    """The command that installs system packages here."""
    for i, (program, command) in enumerate(INSTALLERS):
        if shutil.which(program):
            return f"{command} {' '.join(dict.fromkeys(names[i] for names in packages))}"
    return f"install {' '.join(names[0] for names in packages)} with your system's package manager"


def _pip() -> str:
    return f"{sys.executable} -m pip"
