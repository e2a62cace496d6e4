"""A built edition on disk, in a zip, or in the wheel: where its files are and how rows are read.

Standard library only and nothing is validated: an edition is trusted by the hashes in its
descriptor. Opening costs nothing; each table is read when it is asked for.
"""

import csv
import io
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lunarprogrammes.errors import EditionError

if TYPE_CHECKING:
    import zipfile

DESCRIPTOR = "datapackage.json"


class Edition:
    """One built edition: a folder or a zip that holds `datapackage.json` and one CSV per table.

    >>> Edition.open().version[:2]
    '20'
    """

    def __init__(self, root: "Path | zipfile.Path", name: str) -> None:
        self._root = root
        self.name = name

    @classmethod
    def open(cls, path: str | Path | None = None) -> "Edition":
        """Open the edition at a path, or the one that came with the package.

        Raises `EditionError` where there is none.
        """
        if path is None:
            return cls(_own_datasets(), "the edition in the package")
        try:
            root = _folder(Path(path))
        except OSError as error:
            raise EditionError(f"{path} cannot be opened: {error.strerror}.") from None
        for candidate in (root, root / "datasets"):
            if (candidate / DESCRIPTOR).is_file():
                return cls(candidate, str(path))
        raise EditionError(
            f"{path} holds no edition of the dataset.",
            expected=f"Expected a folder or zip with {DESCRIPTOR} in it.",
            remedy="Build one with `lunarprogrammes build`, or leave the path out.",
        )

    @cached_property
    def descriptor(self) -> dict[str, Any]:
        """The Data Package descriptor."""
        import json

        try:
            found = json.loads(self.read_text(DESCRIPTOR))
        except ValueError:
            raise EditionError(f"{self.name}: {DESCRIPTOR} is not valid JSON.") from None
        if not isinstance(found, dict) or not isinstance(found.get("resources"), list):
            raise EditionError(f"{self.name}: {DESCRIPTOR} holds no descriptor.")
        return found

    @property
    def version(self) -> str:
        """The edition's date, such as 2026.11.22."""
        return str(self.descriptor.get("version", "unknown"))

    def read_text(self, name: str) -> str:
        """Return the text of one file of the edition."""
        try:
            return (self._root / name).read_text(encoding="utf-8")
        except _reading_errors():
            raise EditionError(
                f"{self.name} has no readable file {name}.",
                remedy="Build or download the edition again.",
            ) from None

    def rows(self, table: str) -> Iterator[dict[str, str]]:
        """Yield the rows of one table as cell texts by column name."""
        reader = csv.reader(io.StringIO(self.read_text(f"{table}.csv"), newline=""))
        header = next(reader, [])
        for cells in reader:
            yield dict(zip(header, cells, strict=False))

    def rows_where(self, table: str, column: str, value: str) -> Iterator[dict[str, str]]:
        """Yield the rows in which one column has one value; others are not turned into rows."""
        reader = csv.reader(io.StringIO(self.read_text(f"{table}.csv"), newline=""))
        header = next(reader, [])
        if column not in header:
            return
        place = header.index(column)
        for cells in reader:
            if cells[place] == value:
                yield dict(zip(header, cells, strict=False))


def _reading_errors() -> tuple[type[Exception], ...]:
    """Return what a missing or damaged file raises; asked only once something is raised."""
    import zipfile
    import zlib

    return OSError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error


def _folder(path: Path) -> "Path | zipfile.Path":
    if path.is_dir():
        return path
    import zipfile

    if path.is_file() and zipfile.is_zipfile(path):
        return zipfile.Path(path)
    if path.exists():
        raise EditionError(f"{path} is neither a folder nor a zip.")
    raise EditionError(f"{path} does not exist.", remedy="Check the path.")


def _own_datasets() -> Path:
    """Return the folder in the wheel, or in a checkout the one beside `src/`."""
    here = Path(__file__).resolve().parent
    for folder in (here / "datasets", here.parents[1] / "datasets"):
        if (folder / DESCRIPTOR).is_file():
            return folder
    raise EditionError(
        "The package holds no edition.",
        remedy="In a checkout run `lunarprogrammes build`; otherwise install the package again.",
    )
