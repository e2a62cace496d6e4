"""Shards of an edition's claims: a folder that many readers can share, and what reads it.

`claims/part-00000-of-00008.csv` (or `.parquet`) and its siblings hold the claims: all of a record
in one shard, which is told by a hash of its name, each shard sorted as `resolve` expects. Beside
them lies what every worker needs whole: `sources.csv`, `decisions.csv`, `parents.csv`, and a
manifest with the count and SHA-256 of each file. `lunarprogrammes export shards` writes the folder.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from lunarprogrammes.errors import EditionError, MissingExtra
from lunarprogrammes.evidence.claims import Claim
from lunarprogrammes.evidence.decisions import Decision, by_cell
from lunarprogrammes.evidence.witnesses import Witness, Witnesses
from lunarprogrammes.resolve import Court

MANIFEST = "shards.json"
CLAIMS = "claims"
# About 30,000 claims, half a second of work.
SPAN = 1 << 22
PARENTS = ("table", "record", "parent")


class Shard(NamedTuple):
    """One file of claims, CSV or Parquet; a `Part` that a worker reads by itself."""

    path: str

    def rows(self) -> Iterator[Sequence[str | None]]:
        """Yield the cells of each claim in the order of `Claim`, one row in memory at a time."""
        if self.path.endswith(".csv"):
            return _csv_rows(self.path)
        return _parquet_rows(self.path)


class Span(NamedTuple):
    """Some whole records of one sorted CSV file of claims, from a byte to a byte; a `Part`."""

    path: str
    start: int
    end: int

    def rows(self) -> Iterator[Sequence[str | None]]:
        """Yield the cells of each claim in the order of `Claim`, one row in memory at a time."""
        with Path(self.path).open("rb") as file:
            _expect_columns(self.path, file.readline().decode("utf-8").rstrip("\n").split(","))
            file.seek(self.start)
            yield from csv.reader(line.decode("utf-8") for line in _lines(file, self.end))


def spans(path: Path | str, size: int = SPAN) -> Iterator[Span]:
    """Part a sorted CSV file of claims, without reading it, into spans of about so many bytes.

    No cell may hold a line break, as none of an edition does.
    """
    with Path(path).open("rb") as file:
        start = len(file.readline())
        whole = file.seek(0, 2)
        while start < whole:
            end = _start_of_record(file, start + size) if start + size < whole else whole
            yield Span(str(path), start, end)
            start = end


def _start_of_record(file: BinaryIO, beyond: int) -> int:
    """Return where the first record begins that begins behind a byte, or the end of the file."""
    file.seek(beyond)
    place = beyond + len(file.readline())
    first = None
    for line in file:
        record = next(csv.reader([line.decode("utf-8")]))[:2]
        if first is None:
            first = record
        if record != first:
            return place
        place += len(line)
    return place


def _lines(file: BinaryIO, end: int) -> Iterator[bytes]:
    left = end - file.tell()
    while left > 0:
        line = file.readline()
        left -= len(line)
        yield line


class Shards(NamedTuple):
    """A folder of shards that was opened: its edition, its court, its files of claims."""

    edition: str
    court: Court
    parts: tuple[Shard, ...]
    claims: int


def read_shards(folder: Path | str) -> Shards:
    """Open a folder of shards; no claim is read yet.

    Raises `EditionError` where it is none, or a file of it is missing.
    """
    folder = Path(folder)
    try:
        described: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        parts = tuple(Shard(str(folder / one["path"])) for one in described["shards"])
        edition, count = str(described["edition"]), int(described["claims"])
        court = _court(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EditionError(
            f"{folder} holds no shards: {error}.",
            expected=f"Expected a folder with {MANIFEST} in it.",
            remedy="Write one with `lunarprogrammes export shards`.",
        ) from None
    lost = [part.path for part in parts if not Path(part.path).is_file()]
    if lost:
        raise EditionError(f"{lost[0]} is missing.", remedy="Export the shards again.")
    return Shards(edition, court, parts, count)


def _court(folder: Path) -> Court:
    witnesses = {row["id"]: Witness.from_row(row) for row in _rows(folder / "sources.csv")}
    decisions = by_cell(Decision.from_row(row) for row in _rows(folder / "decisions.csv"))
    lineage: dict[str, dict[str, str]] = {}
    for row in _rows(folder / "parents.csv"):
        lineage.setdefault(row["table"], {})[row["record"]] = row["parent"]
    return Court(Witnesses(witnesses), decisions, lineage)


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def _csv_rows(path: str) -> Iterator[Sequence[str | None]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        _expect_columns(path, next(reader, []))
        yield from reader


def _parquet_rows(path: str) -> Iterator[Sequence[str | None]]:
    try:
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra(
            "pyarrow is not installed.", remedy="Run pip install 'lunarprogrammes[arrow]'."
        ) from None
    file = parquet.ParquetFile(path)
    _expect_columns(path, file.schema_arrow.names)
    for batch in file.iter_batches():
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _expect_columns(path: str, found: Sequence[str]) -> None:
    if tuple(found) != Claim._fields:
        expected = f"Expected {', '.join(Claim._fields)}."
        raise EditionError(f"{path} has other columns.", expected=expected)
