"""Recorded landmarks as a source: ``.npz`` files of two schemas.

``formcheck.landmarks/1``: ``t (T,)`` seconds, strictly rising; ``image (T, 33, 4)`` x px, y px, z px,
visibility 0..1; ``world (T, 33, 3)`` metres; ``size (2,)`` width and height, px; ``schema``, a string.
NaN is missing.

``formcheck.landmarks/2``, the compact one, holds the same in whole steps: about 120 bytes a frame
against 445. ``size`` and ``schema`` as above; ``t (T,)`` whole microseconds; ``seen (T,)`` bool, the N
frames that have points (the others are NaN throughout); ``points (4, 7, 33, N)`` uint8. The 7 are the 4
of an image point and the 3 of a world point, in units of `STEPS`. Each is stored as its change since
the seen frame before, less the same change of the point in `STEM`, as noise and movement are shared
along the body; then folded to 0, -1, 1, -2, 2 … = 0, 1, 2, 3, 4 …; the first axis are the bytes of that
32-bit number, lowest first. The first seen frame is the change from 0.

Further arrays are ignored. Nothing is ever unpickled, so a file from a stranger is safe.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import SourceError
from formcheck.files import atomic
from formcheck.landmarks import COUNT
from formcheck.types import Floats, Recording

SCHEMA = "formcheck.landmarks/1"
COMPACT_SCHEMA = "formcheck.landmarks/2"
#: One step of x, y, z px, visibility, and x, y, z m in a compact file: a tenth of what landmarks jitter
#: on a still picture. Nothing reads the depth in pixels, so it is coarse.
STEPS: Final = np.array([0.1, 0.1, 1.0, 0.01, 0.001, 0.001, 0.001])
#: For each landmark, the one before it along the body; -1: none.
STEM: Final = (
    -1, 0, 1, 2, 0, 4, 5, 3, 6, 0, 9, -1, 11, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
    -1, 23, 23, 24, 25, 26, 27, 28, 29, 30,
)  # fmt: skip

_NAMES = ("schema", "t", "image", "world", "size")
_COMPACT_NAMES = ("schema", "t", "seen", "points", "size")
_AGAIN = "record it again with --landmarks"


def save(path: Path | str, recording: Recording, *, compact: bool = False) -> None:
    """Write a recording, whole or not at all; what stood there before stays until then.

    Points are stored as 32-bit floats: finer than 0.001 px up to 8K pictures. Times keep 64 bits.

    Args:
        path: The ``.npz`` file.
        recording: What to write.
        compact: Write a ``formcheck.landmarks/2`` file: a quarter of the bytes, points rounded to `STEPS`
            and times to microseconds.

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
    if compact:
        arrays = _pack(recording)
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
            arrays = {name: stored[name] for name in {*_NAMES, *_COMPACT_NAMES} if name in stored.files}
    except (ValueError, EOFError, KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        raise SourceError(f"{path}: the recording is damaged", hint=_AGAIN) from error
    if _schema(arrays) != COMPACT_SCHEMA:
        return arrays
    if problem := _compact_problem(arrays):
        raise SourceError(f"{path}: {problem}", hint=_AGAIN)
    return _unpack(arrays)


def _schema(arrays: dict[str, NDArray[Any]]) -> str:
    schema = arrays.get("schema")
    return str(schema) if schema is not None and schema.shape == () and schema.dtype.kind == "U" else ""


def _problem(arrays: dict[str, NDArray[Any]]) -> str:
    """What breaks the schema, as a clause about the file; empty when nothing does."""
    if missing := [name for name in _NAMES if name not in arrays]:
        return f"not a landmark recording: it lacks {', '.join(missing)}"
    return _shape_problem(arrays) or _value_problem(arrays)


def _shape_problem(arrays: dict[str, NDArray[Any]]) -> str:
    t = arrays["t"]
    if _schema(arrays) != SCHEMA:
        return f"its schema is neither {SCHEMA} nor {COMPACT_SCHEMA}"
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


def _pack(recording: Recording) -> dict[str, NDArray[Any]]:
    """The arrays of a compact file.

    Raises:
        ValueError: A frame that is there in part, points too far away, or two frames in a microsecond.
    """
    t = np.rint(np.asarray(recording.t, np.float64) * 1e6)
    values = np.concatenate([recording.image, recording.world], axis=2).astype(np.float64)
    missing = np.isnan(values)
    seen = np.asarray(~missing.all(axis=(1, 2)))
    if missing[seen].any():
        raise ValueError("a compact recording has no frame of which some points are missing")
    values = np.rint(values[seen] / STEPS)
    # Twice a difference of differences has to fit into 32 bits.
    if np.any(np.abs(values) >= 2**27) or np.any(np.abs(t) >= 2**53) or np.any(np.diff(t) <= 0):
        raise ValueError("a compact recording holds no such far points, or close or late times")
    change = np.diff(values.astype(np.int64), axis=0, prepend=0)
    own = change.copy()
    for joint, stem in enumerate(STEM):
        if stem >= 0:
            own[:, joint] -= change[:, stem]
    folded = np.ascontiguousarray(np.where(own < 0, -2 * own - 1, 2 * own).transpose(2, 1, 0))
    points = np.stack([folded >> shift & 255 for shift in (0, 8, 16, 24)]).astype(np.uint8)
    return {
        "t": t.astype(np.int64),
        "seen": seen,
        "points": points,
        "size": np.asarray(recording.size, np.int64),
        "schema": np.asarray(COMPACT_SCHEMA),
    }


def _unpack(arrays: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """A compact file's content as the arrays of the full schema."""
    seen, planes = arrays["seen"], arrays["points"].astype(np.int64)
    folded = sum(plane << shift for plane, shift in zip(planes, (0, 8, 16, 24), strict=True))
    change = np.where(folded & 1, -(folded + 1) // 2, folded // 2).transpose(2, 1, 0)
    for joint, stem in enumerate(STEM):
        if stem >= 0:
            change[:, joint] += change[:, stem]
    values: Floats = np.full((len(seen), COUNT, len(STEPS)), np.nan)
    values[seen] = np.cumsum(change, axis=0) * STEPS
    return {
        "schema": np.asarray(SCHEMA),
        "t": arrays["t"] / 1e6,
        "image": values[..., :4],
        "world": values[..., 4:],
        "size": arrays["size"],
    }


def _compact_problem(arrays: dict[str, NDArray[Any]]) -> str:
    """What keeps a compact file from being unpacked; the rest is for `_problem`."""
    if missing := [name for name in _COMPACT_NAMES if name not in arrays]:
        return f"not a landmark recording: it lacks {', '.join(missing)}"
    t, seen, points = arrays["t"], arrays["seen"], arrays["points"]
    if t.ndim != 1 or t.dtype.kind not in "iu":
        return "t must be whole microseconds in one dimension"
    if seen.dtype.kind != "b" or seen.shape != t.shape:
        return f"seen has shape {seen.shape}, expected one bool for each of {len(t)} frames"
    shape = (4, len(STEPS), COUNT, int(seen.sum()))
    if points.dtype != np.uint8 or points.shape != shape:
        return f"points has shape {points.shape}, expected {shape} of bytes"
    return ""
