"""Writing files so that a final name never stands for half a file."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from formcheck.errors import OutputError


@contextmanager
def atomic(path: Path | str) -> Iterator[Path]:
    """Give a temporary path beside `path`; rename it when the block succeeds, remove it when it fails.

    What stood under the final name before stays there until the new file is whole. An exception of
    any kind, Ctrl-C included, leaves no trace. The temporary name starts with a dot and ends in
    ``.part``, so writers that judge by the ending must be told the format.

    Raises:
        OutputError: The folder is missing or read-only, the disk is full, the name is a folder or a device.
    """
    path = Path(path)
    part = part_path(path)
    try:
        yield part
        part.replace(path)
    except OSError as problem:
        raise output_error(path, problem) from problem
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def part_path(path: Path) -> Path:
    """A fresh temporary name beside `path`, after checking that a file can stand there.

    Raises:
        OutputError: It can't; the message says why.
    """
    try:
        if not path.parent.is_dir():
            raise OutputError(
                f"{path}: the folder {path.parent} does not exist", hint="create it, or write somewhere else"
            )
        if path.is_dir():
            raise OutputError(f"{path}: this is a folder", hint="give the name of a file")
        if path.exists() and not path.is_file():
            raise OutputError(f"{path}: this is not an ordinary file", hint="give the name of a file")
    except OSError as problem:
        raise output_error(path, problem) from problem
    # The token keeps two runs apart that write the same name; the cut keeps within 255 bytes.
    return path.with_name(f".{path.name[:50]}.{secrets.token_hex(4)}.part")


def output_error(path: Path, problem: OSError) -> OutputError:
    """What an `OSError` met while writing `path` means to a person."""
    match problem.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return OutputError(
                f"{path}: there is no room left to write it", hint="free some space, or write to another disk"
            )
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return OutputError(
                f"{path}: no permission to write there", hint="choose another folder, or change its rights"
            )
        case errno.ENOENT | errno.ENOTDIR:
            return OutputError(
                f"{path}: the folder does not exist", hint="create it, or write somewhere else"
            )
        case errno.ENAMETOOLONG:
            return OutputError(f"{path}: the name is too long", hint="choose a shorter one")
        case _:
            why = problem.strerror or os.strerror(problem.errno or 0)
            return OutputError(f"{path}: could not be written: {why}", hint="try another folder or disk")
