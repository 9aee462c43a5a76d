"""Recorded landmarks as a source: ``.npz`` files of schema ``formcheck.landmarks/1``.

Arrays of the file: ``t (T,)`` seconds, strictly rising; ``image (T, 33, 4)`` x px, y px, z px,
visibility 0..1; ``world (T, 33, 3)`` metres; ``size (2,)`` width and height, px; ``schema``, a string.
NaN is missing. Further arrays are ignored. Nothing is ever unpickled, so a file from a stranger is safe.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import SourceError
from formcheck.files import atomic
from formcheck.landmarks import COUNT
from formcheck.types import Recording

SCHEMA = "formcheck.landmarks/1"

_NAMES = ("schema", "t", "image", "world", "size")
_AGAIN = "record it again with --landmarks"


def save(path: Path | str, recording: Recording) -> None:
    """Write a recording, whole or not at all; what stood there before stays until then.

    Points are stored as 32-bit floats: finer than 0.001 px up to 8K pictures. Times keep 64 bits.

    Raises:
        ValueError: The recording breaks the schema; nothing was written.
        OutputError: The file cannot be written.
    """
    path = Path(path)
    arrays: dict[str, NDArray[Any]] = {
        "t": np.asarray(recording.t, np.float64),
        "image": np.asarray(recording.image, np.float32),
        "world": np.asarray(recording.world, np.float32),
        "size": np.asarray(recording.size, np.int64),
        "schema": np.asarray(SCHEMA),
    }
    if problem := _problem(arrays):
        raise ValueError(problem)
    with atomic(path) as part, part.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def load(path: Path | str) -> Recording:
    """Read a recording.

    Returns:
        Arrays of 64-bit floats.

    Raises:
        SourceError: No such file, not a landmark recording, or its content breaks the schema.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            arrays = _read(path, file)
    except FileNotFoundError:
        raise SourceError(f"{path}: there is no such file", hint="check the name and the folder") from None
    except IsADirectoryError:
        raise SourceError(f"{path}: this is a folder", hint="give the name of a .npz file") from None
    except PermissionError:
        raise SourceError(f"{path}: no permission to read it", hint="change the file's rights") from None
    except OSError as error:
        raise SourceError(f"{path}: could not be read: {error.strerror or error}", hint=_AGAIN) from error
    if problem := _problem(arrays):
        raise SourceError(f"{path}: {problem}", hint=_AGAIN)
    width, height = (int(side) for side in arrays["size"])
    t, image, world = (arrays[name].astype(np.float64) for name in ("t", "image", "world"))
    return Recording(t, image, world, (width, height))


def _read(path: Path, file: BinaryIO) -> dict[str, NDArray[Any]]:
    """The file's arrays by name, those that the schema knows."""
    if not zipfile.is_zipfile(file):
        raise SourceError(f"{path}: this is not a landmark recording", hint="expected a .npz file; " + _AGAIN)
    file.seek(0)
    try:
        with np.load(file, allow_pickle=False) as stored:
            return {name: stored[name] for name in _NAMES if name in stored.files}
    except (ValueError, EOFError, KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        raise SourceError(f"{path}: the recording is damaged", hint=_AGAIN) from error


def _problem(arrays: dict[str, NDArray[Any]]) -> str:
    """What breaks the schema, as a clause about the file; empty when nothing does."""
    if missing := [name for name in _NAMES if name not in arrays]:
        return f"not a landmark recording: it lacks {', '.join(missing)}"
    return _shape_problem(arrays) or _value_problem(arrays)


def _shape_problem(arrays: dict[str, NDArray[Any]]) -> str:
    schema, t = arrays["schema"], arrays["t"]
    if schema.shape != () or schema.dtype.kind != "U" or str(schema) != SCHEMA:
        return f"its schema is not {SCHEMA}"
    if t.ndim != 1:
        return "t must have one dimension"
    shapes = {"t": t.shape, "image": (len(t), COUNT, 4), "world": (len(t), COUNT, 3), "size": (2,)}
    for name, shape in shapes.items():
        if arrays[name].dtype.kind not in "fiu":
            return f"{name} holds no numbers"
        if arrays[name].shape != shape:
            return f"{name} has shape {arrays[name].shape}, expected {shape}"
    return "" if len(t) else "it holds no frame"


def _value_problem(arrays: dict[str, NDArray[Any]]) -> str:
    t, size = arrays["t"], arrays["size"]
    if not np.all(np.isfinite(t)) or not np.all(np.diff(t) > 0):
        return "its times t do not rise strictly"
    if any(np.any(np.isinf(arrays[name])) for name in ("image", "world")):
        return "it holds infinite coordinates"
    if not np.all(np.isfinite(size)) or np.any(size < 1) or np.any(size != np.floor(size)):
        return "size must be two whole numbers of pixels"
    return ""
