"""Writing a file so that it is at every moment either the old one or the new one."""

import contextlib
import os
import tempfile
from pathlib import Path

from lunarprogrammes.check.fixing.plan import Change
from lunarprogrammes.errors import LunarProgrammesError


class FixError(LunarProgrammesError):
    """A file that could not be repaired after all."""

    code = "cannot-fix"


def write_change(change: Change) -> None:
    """Write the repaired file in the place of the old one, with its permissions.

    Raises `FixError` where the file is not the one that was read any more, or may not be written.
    """
    path = change.path
    if path.is_symlink() or path.parent.is_symlink() or path.read_bytes() != change.before:
        remedy = "Run the command again."
        raise FixError("The file has changed meanwhile.", place=str(path), remedy=remedy)
    if not os.access(path, os.W_OK):
        raise FixError("The file may not be written.", place=str(path))
    write_atomically(path, change.after)


def write_out(path: Path, content: bytes) -> None:
    """Write a file that the user named: a device or a link is written through, never replaced."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        path.write_bytes(content)
    else:
        write_atomically(path, content)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file by way of a temporary one beside it; an existing file keeps its permissions."""
    mode = path.stat().st_mode & 0o7777 if path.exists() else None
    descriptor, name = tempfile.mkstemp(
        prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent
    )
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_usual_mode() if mode is None else mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _usual_mode() -> int:
    """Return the permissions of a new file: a temporary one is its owner's alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync(folder: Path) -> None:
    """Let the new name survive a loss of power, where the system can promise that."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
