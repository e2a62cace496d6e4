"""One CSV file under examination: its columns, and where each cell stands.

A sheet is a reading (a table's columns and the evidence) or the editors' decisions.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lunarprogrammes.check.problems import Place
from lunarprogrammes.check.words import nearest
from lunarprogrammes.evidence.seeds import Reading
from lunarprogrammes.evidence.tabular import Row, TabularFile
from lunarprogrammes.tables import Field, Table, get
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables.claims import EVIDENCE
from lunarprogrammes.tables.claims import TABLE as CLAIMS

DECISIONS = "decisions.csv"

DECISION_FIELDS: dict[str, Field] = {
    **{name: CLAIMS.fields[name] for name in ("table", "record", "field", "value")},
    "reason": kinds.text(
        "Why this value prevails.", example="The other date is local.", required=True
    ),
    "decided": kinds.date("Day on which the editors decided.", example="2026-11-22", required=True),
}
# With these faults some rows of a file were not read, so that nothing can be said to be missing.
ROWS_LOST = frozenset({"F101", "F103", "F104", "F107", "F108", "F109", "F120"})


@dataclass(frozen=True, eq=False)
class Rows:
    """Some rows of a file, each made when it is looked at."""

    file: TabularFile
    numbers: Sequence[int]

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, at: int) -> Row:
        return self.file.row(self.numbers[at])

    def __iter__(self) -> Iterator[Row]:
        return map(self.file.row, self.numbers)


@dataclass(frozen=True, eq=False)
class Sheet:
    """One CSV file: path from the seeds folder, contents, source and table (none for decisions)."""

    path: str
    file: TabularFile
    source: str = ""
    table: Table | None = None

    @classmethod
    def of_reading(cls, reading: Reading, root: Path) -> "Sheet":
        """Return the sheet of a reading."""
        path = reading.file.path.relative_to(root).as_posix()
        return cls(path, reading.file, reading.source, get(reading.table))

    @cached_property
    def known_columns(self) -> Mapping[str, Field]:
        """All columns that such a file may have."""
        return {**self.table.facts, **EVIDENCE} if self.table else DECISION_FIELDS

    @cached_property
    def columns(self) -> dict[str, Field]:
        """The known columns that the file has, in its own order."""
        known = self.known_columns
        return {name: known[name] for name in self.file.header if name in known}

    @property
    def key(self) -> tuple[str, ...]:
        """The columns without which a row speaks of nothing."""
        return self.table.key if self.table else ("table", "record", "field")

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that the file must have: the key, and the value of a decision.

        Without that column a decision would silently leave its cell empty.
        """
        is_decision = self.known_columns is DECISION_FIELDS
        return (*self.key, "value") if is_decision else self.key

    @property
    def has_header(self) -> bool:
        """Whether the first line names any column, well or nearly."""
        return any(nearest(name, self.known_columns) for name in self.file.header[:100])

    @property
    def has_key(self) -> bool:
        """Whether each row says of which record it speaks, and each column stands but once."""
        once = len(set(self.file.header)) == len(self.file.header)
        return once and all(name in self.columns for name in self.needed)

    @property
    def is_whole(self) -> bool:
        """Whether every row was read and speaks of a record."""
        lost = any(fault.code in ROWS_LOST for fault in self.file.faults)
        return not lost and self.has_key

    def record(self, row: Row) -> str:
        """Return `table/id` of the record of which a row speaks, or an empty text."""
        if self.table is None:
            return f"{row.cells.get('table', '')}/{row.cells.get('record', '')}".strip("/")
        record = self.table.record_id(row.cells)
        return f"{self.table.name}/{record}" if record.strip(":") else ""

    def distinct(self, name: str) -> frozenset[str]:
        """Return the distinct texts of a column, the empty one among them where a cell is empty."""
        found = self._distinct.get(name)
        if found is None:
            found = self._distinct[name] = frozenset(self.file.columns[name])
        return found

    @cached_property
    def _distinct(self) -> dict[str, frozenset[str]]:
        return {}

    def numbers_where(self, name: str, is_meant: Callable[[str], object]) -> list[int]:
        """Return the numbers of the rows of which the cell in a column is meant.

        Each distinct text is asked once.
        """
        meant = {*filter(is_meant, self.distinct(name))}
        if not meant:
            return []
        cells = self.file.columns[name]
        return [number for number, text in enumerate(cells) if text in meant]

    def rows_where(self, name: str, is_meant: Callable[[str], object]) -> "Rows":
        """Return the rows of which the cell in a column is meant."""
        return Rows(self.file, self.numbers_where(name, is_meant))

    def line_text(self, line: int) -> str:
        """Return one line of the file, or an empty text where it could not be read."""
        return self.file.lines[line - 1] if 0 < line <= len(self.file.lines) else ""

    def cell(self, row: Row, name: str, offset: int = 0) -> Place:
        """Return the place of a cell, or of a character within it."""
        line, column = self.file.column_of(row.line, name)
        text = self.line_text(line)
        if offset and text[column - 1 : column] == '"':
            # Each quotation mark inside a quoted cell is written twice.
            before = row.cells.get(name, "")[:offset]
            offset += 1 + before.count('"')
        return Place(self.path, line, column + offset, text)

    def first_key(self, row: Row) -> Place:
        """Return the place of the row's first key cell, or of the row."""
        return self.cell(row, self.key[0])

    def header(self, name: str = "") -> Place:
        """Return the place of a column in the header, or of the header."""
        line = self.file.header_line
        if name not in self.file.header:
            return Place(self.path, line, 1, self.line_text(line))
        line, column = self.file.column_of(line, name)
        return Place(self.path, line, column, self.line_text(line))
