"""Writing one file so that it appears whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lunarprogrammes.errors import EditionError


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """Give a fresh empty file beside the target, which takes its place when all went well.

    Whatever goes wrong, an old target stays as it was and nothing is left behind. Raises
    `EditionError` where the target is a folder or its folder cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     target = Path(folder) / "note.txt"
    ...     with whole(target) as fresh:
    ...         _ = fresh.write_text("Moon", encoding="utf-8")
    ...     target.read_text(encoding="utf-8")
    'Moon'
    """
    if target.is_dir():
        raise EditionError(f"{target} is a folder.", remedy="Name a file, such as edition.zip.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    except OSError as error:
        raise EditionError(
            f"{target} cannot be written: {error.strerror}.", remedy="Choose another place."
        ) from None
    os.close(handle)
    fresh = Path(name)
    try:
        yield fresh
        fresh.chmod(0o644)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
