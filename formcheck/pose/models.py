"""Which pose networks there are, where they lie on this machine, and whether they are whole.

``full`` comes with formcheck. ``lite`` and ``heavy`` are fetched on demand from their official address
into the user's cache. Their hash isn't published, so a fetched bundle is checked for what it must
contain, and its hash is written beside it: later damage shows.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import tomllib
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from formcheck.errors import ModelError, UsageError

#: Where the official bundles are; `pull` may be given another base for a mirror.
OFFICIAL: Final = "https://storage.googleapis.com/mediapipe-models/pose_landmarker"
#: What a bundle must hold: member, least and greatest plausible size in bytes. Measured: detector
#: 3.0 MB; landmarks lite 2.8, full 6.4, heavy 27.7 MB.
MEMBERS: Final = (
    ("pose_detector.tflite", 1_000_000, 20_000_000),
    ("pose_landmarks_detector.tflite", 1_000_000, 100_000_000),
)
#: A TensorFlow Lite file carries this at byte 4.
TFLITE: Final = b"TFL3"
#: Seconds without a byte before a download is given up.
TIMEOUT_S: Final = 30.0
_BLOCK: Final = 1 << 18

#: Called with bytes so far and bytes in all (None: the server doesn't say).
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of ``models/manifest.toml``.

    Attributes:
        file: File name of the bundle.
        path: The address below `OFFICIAL`.
        sha256: Empty where the official hash isn't known.
        size: Bytes; 0 where not known.
        builtin: Whether it comes with formcheck.
    """

    name: str
    file: str
    path: str
    sha256: str
    size: int
    builtin: bool
    licence: str
    origin: str
    about: str

    def url(self, base: str = OFFICIAL) -> str:
        """The full address of the bundle."""
        return f"{base.rstrip('/')}/{self.path}"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a look at one model's file shows.

    Attributes:
        path: Where it is; None when it isn't on this machine.
        ok: Present and whole.
        message: One line for people.
    """

    model: Model
    path: Path | None
    ok: bool
    message: str


def names() -> tuple[str, ...]:
    """The names of all models, smallest first."""
    return tuple(_manifest())


def find(name: str) -> Path:
    """Where a model's bundle is on this machine; its content isn't looked at.

    Args:
        name: One of `names`.

    Raises:
        UsageError: There is no such model.
        ModelError: It isn't on this machine.
    """
    model = _model(name)
    for folder in folders():
        if (folder / model.file).is_file():
            return folder / model.file
    places = " or ".join(str(folder) for folder in folders())
    raise ModelError(
        f"The {name} model isn't on this machine: no {model.file} in {places}",
        hint=f"run `formcheck models pull {name}`",
    )


def folders() -> list[Path]:
    """Where models are looked for, in this order.

    The user's cache, the package's own folder, the source checkout's. The cache comes first, so that
    pulling mends a damaged built-in model. ``FORMCHECK_MODELS`` names one folder instead of all these.
    """
    override = os.environ.get("FORMCHECK_MODELS")
    if override:
        return [Path(override)]
    return [cache_folder(), *_shipped()]


def cache_folder() -> Path:
    """Where fetched models are kept; ``FORMCHECK_MODELS`` overrides it."""
    override = os.environ.get("FORMCHECK_MODELS")
    if override:
        return Path(override)
    import platformdirs

    return Path(platformdirs.user_cache_dir("formcheck", appauthor=False)) / "models"


def check(name: str) -> CheckResult:
    """Whether a model is present and whole: hash, where one is known, and content.

    Raises:
        UsageError: There is no such model.
    """
    model = _model(name)
    try:
        path = find(name)
    except ModelError as error:
        return CheckResult(model, None, ok=False, message=str(error))
    try:
        _verify(path, model)
    except ModelError as error:
        return CheckResult(model, path, ok=False, message=str(error))
    return CheckResult(model, path, ok=True, message=f"whole, {path.stat().st_size / 1e6:.1f} MB")


def status() -> list[CheckResult]:
    """`check` for all models, in the order of `names`."""
    return [check(name) for name in names()]


def pull(name: str, progress: Progress | None = None, *, base: str = OFFICIAL) -> Path:
    """Fetches a model into `cache_folder`, whole or not at all.

    Args:
        name: One of `names`.
        progress: Told after each block.
        base: Address of a mirror laid out as the official one.

    Returns:
        Where the bundle is now. One that was there before is replaced only by a whole one.

    Raises:
        UsageError: There is no such model.
        ModelError: Offline, refused, broken off, not a model, or the folder can't be written.
    """
    model = _model(name)
    target = cache_folder() / model.file
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    by_hand = f"by hand: fetch {model.url(base)} and put it into {target.parent} as {model.file}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = _download(model.url(base), part, progress)
        # The official file and the one built for formcheck differ in bytes, so the manifest's hash
        # says nothing about a fetched one: its content is checked, and its own hash noted.
        _check_content(part, model)
        _note(target).unlink(missing_ok=True)
        part.replace(target)
        _note(target).write_text(f"{digest}  {model.file}\n", encoding="ascii")
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", None) or error
        raise ModelError(f"The {name} model could not be fetched: {reason}", hint=by_hand) from error
    except OSError as error:
        raise ModelError(f"The {name} model cannot be stored: {error}", hint=by_hand) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def _download(url: str, part: Path, progress: Progress | None) -> str:
    """Writes what is at `url` into `part`; its SHA-256. Fewer bytes than announced is an error."""
    if not url.startswith(("https://", "http://")):
        raise UsageError(f"Models are fetched over https, not from {url}")
    digest = hashlib.sha256()
    done = 0
    with urllib.request.urlopen(url, timeout=TIMEOUT_S) as reply, part.open("wb") as out:  # noqa: S310
        announced = reply.headers.get("Content-Length")
        total = int(announced) if announced and announced.isdigit() else None
        while block := reply.read(_BLOCK):
            out.write(block)
            digest.update(block)
            done += len(block)
            if progress is not None:
                progress(done, total)
    if total is not None and done != total:
        raise http.client.IncompleteRead(b"", total - done)
    return digest.hexdigest()


def _verify(path: Path, model: Model) -> None:
    """Hash against the manifest or the note beside the file, then content."""
    try:
        noted = _note(path).read_text(encoding="ascii", errors="replace").split()
        expected = noted[0] if noted else ""
    except OSError:
        expected = model.sha256 if path.parent in _shipped() else ""
    if expected and _sha256(path) != expected:
        raise _damaged(path, model, "its content changed since it was stored")
    _check_content(path, model)


def _check_content(path: Path, model: Model) -> None:
    """A zip with the two networks, stored and plausible."""
    try:
        with zipfile.ZipFile(path) as bundle:
            for member, least, most in MEMBERS:
                info = bundle.getinfo(member)
                if info.compress_type != zipfile.ZIP_STORED:
                    raise _damaged(path, model, f"{member} is compressed, MediaPipe can't read that")
                if not least <= info.file_size <= most:
                    raise _damaged(path, model, f"{member} has {info.file_size} bytes")
                with bundle.open(member) as network:
                    if network.read(8)[4:] != TFLITE:
                        raise _damaged(path, model, f"{member} is no TensorFlow Lite network")
                    while network.read(_BLOCK):
                        pass  # reading to the end compares the zip's own checksum
    except KeyError as error:
        raise _damaged(path, model, "it lacks a network") from error
    except zipfile.BadZipFile as error:
        raise _damaged(path, model, f"{error}".rstrip(".")) from error
    except OSError as error:
        raise ModelError(f"The {model.name} model {path} cannot be read: {error}") from error


def _damaged(path: Path, model: Model, why: str) -> ModelError:
    return ModelError(
        f"The {model.name} model {path} is damaged: {why}", hint=f"run `formcheck models pull {model.name}`"
    )


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"The model {path} cannot be read: {error}") from error


def _model(name: str) -> Model:
    manifest = _manifest()
    if name not in manifest:
        raise UsageError(f"There is no model {name!r}", hint=f"models are {', '.join(manifest)}")
    return manifest[name]


def _shipped() -> Sequence[Path]:
    """The package's models folder (in a wheel) and the checkout's (from source)."""
    package = Path(__file__).resolve().parents[1]
    return (package / "models", package.parent / "models")


@cache
def _manifest() -> dict[str, Model]:
    for folder in _shipped():
        path = folder / "manifest.toml"
        if path.is_file():
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            return {name: Model(name=name, **entry) for name, entry in table["models"].items()}
    raise ModelError(
        f"The list of models is missing: no manifest.toml in {' or '.join(map(str, _shipped()))}",
        hint="reinstall formcheck",
    )
