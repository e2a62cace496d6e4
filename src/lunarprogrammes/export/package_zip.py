"""An edition as one zip of its Data Package: the same bytes whenever it is written."""

import zipfile
from pathlib import Path

from lunarprogrammes.edition import DESCRIPTOR, Edition
from lunarprogrammes.errors import EditionError
from lunarprogrammes.export.files import whole
from lunarprogrammes.manifest import MANIFEST

# The zip format cannot hold an earlier date; a fixed one keeps the bytes the same.
_EPOCH = (1980, 1, 1, 0, 0, 0)
# Said on every platform, so that it does not show in the bytes, and so that modes are kept.
_UNIX = 3


def _inside(path: str) -> str:
    """Return a path of a descriptor, which may be a stranger's, if it stays in the edition."""
    if path.startswith(("/", "\\")) or ".." in path.replace("\\", "/").split("/") or ":" in path:
        raise EditionError(
            f"The descriptor names {path}, which lies outside the edition.",
            remedy="Do not trust this edition; build or download it again.",
        )
    return path


def write(edition: Edition, target: Path) -> None:
    """Write every file of an edition into one zip; the target appears whole or not at all."""
    names = [DESCRIPTOR, *(_inside(str(one["path"])) for one in edition.descriptor["resources"])]
    # An edition from before there were manifests goes without.
    names[1:1] = [MANIFEST] if MANIFEST in edition.names() else []
    with whole(target) as fresh, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as package:
        for path in names:
            add(package, path, edition.read_bytes(path))


def add(package: zipfile.ZipFile, path: str, content: bytes) -> None:
    """Add a compressed file to a zip with a fixed date and mode, so that its bytes are the same."""
    entry = zipfile.ZipInfo(path, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system, entry.external_attr = _UNIX, 0o644 << 16
    package.writestr(entry, content)
