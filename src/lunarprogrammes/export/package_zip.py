"""An edition as one zip of its Data Package: the same bytes whenever it is written."""

import os
import tempfile
import zipfile
from pathlib import Path

from lunarprogrammes.edition import DESCRIPTOR, Edition
from lunarprogrammes.errors import EditionError

# The zip format cannot hold an earlier date; a fixed one keeps the bytes the same.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_zip(edition: Edition, target: Path) -> None:
    """Write every file of an edition into one zip; the target appears whole or not at all."""
    names = [DESCRIPTOR, *(str(one["path"]) for one in edition.descriptor["resources"])]
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    except OSError as error:
        raise EditionError(
            f"{target} cannot be written: {error.strerror}.", remedy="Choose another place."
        ) from None
    os.close(handle)
    fresh = Path(name)
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as package:
            for path in names:
                entry = zipfile.ZipInfo(path, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(entry, edition.read_text(path))
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
