"""Folders compared in a test.

By digest where the content is large: pytest lays the two sides of a failed comparison out line by
line, and for a whole edition that takes an hour.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, hidden ones too, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def digests(files: Mapping[str, bytes | str]) -> dict[str, str]:
    """The SHA-256 of each file; text counts as UTF-8."""
    return {
        name: hashlib.sha256(held.encode() if isinstance(held, str) else held).hexdigest()
        for name, held in files.items()
    }
