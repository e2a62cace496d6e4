"""Bytes of a stranger's file: of a regular file alone, never through a link, never too many.

A contribution may hold a link to a system file, a pipe that never ends, a device or a folder with
the name of a file. Nothing of that is opened; what stands in the way is said instead.
"""

import os
import stat
from pathlib import Path
from typing import NamedTuple

# Windows has neither of the two; there, links need rights that contributors lack.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)

LINK, NO_FILE, UNREADABLE, TOO_LARGE = "X104", "F120", "F120", "F107"


class Fault(NamedTuple):
    """Something wrong with a file itself; `code` is that of the checker's rule."""

    code: str
    line: int
    column: int
    what: str
    remedy: str


def is_there(path: Path) -> bool:
    """Say whether anything has this name, a broken link included."""
    try:
        path.lstat()
    except (OSError, ValueError):
        return False
    return True


def read_regular(path: Path, most: int) -> bytes | Fault:
    """Return the bytes of a regular file of at most so many, or what keeps it from being read."""
    try:
        # Asked before opening: to open a device or a pipe may already do or await something.
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            return Fault(LINK, 1, 1, "This is a symbolic link.", "Put the file itself here.")
        if not stat.S_ISREG(found.st_mode):
            what = "This is a folder." if stat.S_ISDIR(found.st_mode) else "This is no plain file."
            return Fault(NO_FILE, 1, 1, what, "Put a file here, or delete it.")
        if found.st_size > most:
            return _too_large(most)
        return _read(path, most)
    except OSError as error:
        what = f"The file cannot be read: {(error.strerror or 'unknown reason').lower()}."
        return Fault(UNREADABLE, 1, 1, what, "Let it be read by everybody.")


def _read(path: Path, most: int) -> bytes | Fault:
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        # It may have been replaced since it was asked what it is, and it may grow while it is read.
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return Fault(NO_FILE, 1, 1, "This is no plain file.", "Put a file here, or delete it.")
        raw = file.read(most + 1)
    return _too_large(most) if len(raw) > most else raw


def _too_large(most: int) -> Fault:
    return Fault(TOO_LARGE, 1, 1, f"The file is larger than {most // 2**20} MB.", "Split it.")
