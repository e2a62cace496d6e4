"""Compressed files of the explorer: the same content gives the same bytes.

The browser unpacks them itself (`DecompressionStream`), so that a static server which compresses
nothing sends a quarter of the bytes.
"""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# The highest level takes four times as long for a fiftieth of the size.
_LEVEL = 6
_OS_BYTE = 9
_UNKNOWN_SYSTEM = 255


def packed(content: bytes) -> bytes:
    """Return content in gzip, without the time and the system on which it was packed.

    >>> packed(b"Moon") == packed(b"Moon"), gzip.decompress(packed(b"Moon"))
    (True, b'Moon')
    """
    made = bytearray(gzip.compress(content, compresslevel=_LEVEL, mtime=0))
    made[_OS_BYTE] = _UNKNOWN_SYSTEM
    return bytes(made)


def write_packed(path: Path, content: bytes) -> None:
    """Write content in gzip, and the folder where it lies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed(content))


def json_bytes(content: Any) -> bytes:
    """Return content as JSON without spaces, in UTF-8."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def column(texts: Sequence[str]) -> Any:
    """Return a column for JSON: its texts, or where they repeat each once and their places.

    >>> column(["a", "b"]), column(["a", "a", "b", "a", "a"])
    (['a', 'b'], {'texts': ['a', 'b'], 'at': [0, 0, 1, 0, 0]})
    """
    places: dict[str, int] = {}
    at = [places.setdefault(text, len(places)) for text in texts]
    return {"texts": list(places), "at": at} if 2 * len(places) < len(texts) else list(texts)
