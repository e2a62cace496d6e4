"""Writing a source's folder: all of it or nothing, never over another, never outside.

A folder is made under a hidden name beside its place and then renamed, so that an interruption, a
full disk or a second process leaves either no folder or a whole one.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.proposals.naming import checked_id


class FolderExists(LunarProgrammesError):
    """The folder is there already; nothing is ever written over."""

    code = "folder-exists"


def place_of(seeds: Path, source_id: str) -> Path:
    """Return where a source's folder goes; raise if the id is none, or the place is taken."""
    folder = seeds / checked_id(source_id)
    # A dangling link exists for nobody but the system that would write through it.
    if os.path.lexists(folder):
        raise FolderExists(
            f"{folder} exists already.", remedy="Choose another id, or add to the folder."
        )
    return folder


def write_folder(seeds: Path, source_id: str, files: Mapping[str, str]) -> Path:
    """Write a new folder with some files and return it."""
    folder = place_of(seeds, source_id)
    made = _make_parents(seeds)
    scratch = None
    try:
        scratch = Path(tempfile.mkdtemp(prefix=f".{source_id}-", dir=seeds))
        for name, text in files.items():
            (scratch / Path(name).name).write_text(text, encoding="utf-8", newline="")
        # mkdtemp makes what only its owner can open; a checkout is read by others too.
        scratch.chmod(0o777 & ~_umask())
        place_of(seeds, source_id)
        scratch.rename(folder)
    except BaseException:
        # Ctrl-C as well: nothing half-written stays behind, nor the folders made for it.
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)
        for parent in made:
            with suppress(OSError):
                parent.rmdir()
        raise
    return folder


def write_file(path: Path, text: str) -> None:
    """Write one file whole, in place of the one that stands there."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    scratch = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        scratch.chmod(0o666 & ~_umask())
        scratch.replace(path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise


def _make_parents(folder: Path) -> list[Path]:
    """Make the folders that are missing and return them, the innermost first."""
    missing = []
    while not folder.exists() and folder != folder.parent:
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir()
    return missing


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now
