"""One CSV file of a reading, read so that every fault and every cell keeps its place.

Cells stay in lists as the parser made them, 60 ns each; rows as dictionaries and columns are made
when somebody asks for them, and the place of a cell when a message needs it. Nothing is raised for
bad content: faults are collected, and the checker words them. What is larger than any reading can
be is told and left unparsed, so that no file keeps the reader busy for more than two seconds.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from lunarprogrammes.evidence.regular_file import Fault, read_regular

MAX_BYTES = 64 * 1024 * 1024
# One document never had more rows in one table; a file of more is taken for a mistake or an attack,
# and is refused before its rows can cost more than two seconds.
MAX_LINES = 50_000
MAX_CELLS = 5_000_000
MAX_LINE = 1024 * 1024  # bytes
MAX_COLUMNS = 10_000
MAX_CELL = 32_768
# So many equal faults of a file are told one by one; the others are counted.
MOST_FAULTS = 100

_marks = re.compile('[",]').finditer


class Row(NamedTuple):
    """One row: the line on which it begins and its cells by column name."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class TabularFile:
    """A CSV file as it was read: header, rows as lists of cells, their lines, raw lines, faults."""

    path: Path
    header: tuple[str, ...] = ()
    records: Sequence[list[str]] = ()
    starts: Sequence[int] = ()
    lines: Sequence[str] = ()
    faults: tuple[Fault, ...] = field(default=())
    header_line: int = 1

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows with their cells by column name."""
        header = self.header
        return tuple(
            Row(line, dict(zip(header, cells, strict=True)))
            for line, cells in zip(self.starts, self.records, strict=True)
        )

    def row(self, number: int) -> Row:
        """Return one row, by its number from 0."""
        cells = dict(zip(self.header, self.records[number], strict=True))
        return Row(self.starts[number], cells)

    @cached_property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """The cells of every row by column name; of two columns with one name the last."""
        if not self.records:
            return dict.fromkeys(self.header, ())
        return dict(zip(self.header, zip(*self.records, strict=True), strict=True))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in reversed([*enumerate(self.header)])}

    def column_of(self, line: int, name: str) -> tuple[int, int]:
        """Return line and column, from 1, where the cell of this name begins in the row at `line`.

        Quoted cells may hold commas and line breaks.
        """
        number = self._numbers.get(name)
        return (line, 1) if number is None else _place(self.lines, line, number)


def _place(lines: Sequence[str], line: int, number: int) -> tuple[int, int]:
    """Return where the cell with this number, from 0, begins in the row that begins at `line`."""
    column, at_line, at_column, quoted = 0, line, 1, False
    while column < number and line <= len(lines):
        text = lines[line - 1]
        if '"' not in text and not quoted:
            before = text.split(",", number - column)
            column, at_line = column + len(before) - 1, line
            at_column += len(text) - len(before[-1])
            break
        for mark in _marks(text):
            if mark.group() == '"':
                quoted = not quoted
            elif not quoted:
                column, at_line, at_column = column + 1, line, mark.end() + 1
                if column == number:
                    return at_line, at_column
        if not quoted:
            break
        line += 1
    return at_line, at_column


def read_tabular(path: Path) -> TabularFile:
    """Read one CSV file; a file that cannot be read as rows has faults and no rows."""
    raw = read_regular(path, MAX_BYTES)
    if isinstance(raw, Fault):
        return TabularFile(path, faults=(raw,))
    if oversized := _oversized(raw):
        return TabularFile(path, faults=(oversized,))
    text, faults = _decode(raw)
    del raw
    if text is None:
        return TabularFile(path, faults=tuple(faults))
    lines = text.split("\n")
    if not text.strip():
        faults.append(Fault("F104", 1, 1, "The file is empty.", "Delete it or write a header."))
        return TabularFile(path, lines=lines, faults=tuple(faults))
    return _parse(path, lines, faults)


def _oversized(raw: bytes) -> Fault | None:
    """Return what is too much of a file before it is decoded, or None; a few ms for 64 MB."""
    for number, most, unit in (
        (raw.count(b"\n") + raw.count(b"\r"), MAX_LINES, "lines"),
        (raw.count(b","), MAX_CELLS, "cells"),
    ):
        if number > most:
            return Fault("F107", 1, 1, f"The file has more than {most:,} {unit}.", "Split it.")
    if len(raw) <= MAX_LINE:
        return None
    for line, text in enumerate(raw.split(b"\n"), 1):
        if len(text) > MAX_LINE:
            what = f"The line has {len(text):,} bytes, more than {MAX_LINE:,}."
            return Fault("F107", line, 1, what, "Shorten it: facts are short.")
    return None


def _decode(raw: bytes) -> tuple[str | None, list[Fault]]:
    faults: list[Fault] = []
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [Fault("F101", 1, 1, "The file is UTF-16.", "Save it as UTF-8.")]
    if raw.startswith(b"\xef\xbb\xbf"):
        faults.append(
            Fault("F102", 1, 1, "The file begins with a byte order mark.", "Save it without one.")
        )
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _bad_byte(raw, error.start)
        return None, [Fault("F101", line, column, "This byte is not UTF-8.", "Save it as UTF-8.")]
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        return None, [Fault("F103", line, 1, "The file holds a NUL character.", "Remove it.")]
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        remedy = "Save it with LF line ends."
        faults.append(Fault("F105", line, 1, "Lines end with a carriage return.", remedy))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text and not text.endswith("\n"):
        last, column = text.count("\n") + 1, len(text) - text.rfind("\n")
        remedy = "End it with a line feed."
        faults.append(Fault("F106", last, column, "The last line does not end.", remedy))
    return text, faults


def _bad_byte(raw: bytes, at: int) -> tuple[int, int]:
    """Return the line and the column of a byte of a file that is not UTF-8."""
    before = raw[raw.rfind(b"\n", 0, at) + 1 : at].decode("utf-8", "replace")
    return raw.count(b"\n", 0, at) + 1, len(before) + 1


def _parse(path: Path, lines: list[str], faults: list[Fault]) -> TabularFile:
    csv.field_size_limit(MAX_BYTES)
    records, starts = _records(lines, faults)
    # Blank lines before the header are rows without cells.
    first = next((at for at, cells in enumerate(records) if cells), len(records))
    found = _Faults(faults)
    for at in range(first):
        found.add("F110", starts[at], 1, "The row is blank.", "Delete it.")
    if first == len(records):
        return TabularFile(path, lines=lines, faults=found.all())
    header, line = tuple(records[first]), starts[first]
    if len(header) > MAX_COLUMNS:
        what = f"The header has {len(header):,} columns, more than {MAX_COLUMNS:,}."
        faults.append(Fault("F107", line, 1, what, "Write one column for each field."))
        return TabularFile(path, faults=found.all())
    _header_faults(header, lines, line, found)
    records, starts = records[first + 1 :], starts[first + 1 :]
    if not all(map(any, records)) or set(map(len, records)) - {len(header)}:
        records, starts = _well_formed(records, starts, len(header), found)
    if max(map(len, lines)) > MAX_CELL or len(starts) < len(lines) - line - 1:
        _long_cells(records, starts, lines, found)
    return TabularFile(path, header, records, starts, lines, found.all(), line)


class _Faults:
    """The faults of one file, the first hundred of each kind one by one and the rest as a count."""

    def __init__(self, faults: list[Fault]) -> None:
        self._told = faults
        self._numbers: dict[str, int] = {}
        self._rest: dict[str, tuple[int, int]] = {}

    def add(self, code: str, line: int, column: int, what: str, remedy: str) -> None:
        """Add a fault, or count it."""
        number = self._numbers[code] = self._numbers.get(code, 0) + 1
        if number <= MOST_FAULTS:
            self._told.append(Fault(code, line, column, what, remedy))
        else:
            self._rest.setdefault(code, (line, column))

    def is_full(self, code: str) -> bool:
        """Say whether further faults of a kind are only counted."""
        return self._numbers.get(code, 0) >= MOST_FAULTS

    def all(self) -> tuple[Fault, ...]:
        """Return the faults, the counts last."""
        rest = (
            Fault(
                code,
                line,
                column,
                f"The same is wrong in {self._numbers[code] - MOST_FAULTS:,} more places from "
                "here on.",
                "Mend the first of them and see whether the others have the same cause.",
            )
            for code, (line, column) in self._rest.items()
        )
        return (*self._told, *rest)


def _records(lines: list[str], faults: list[Fault]) -> tuple[list[list[str]], Sequence[int]]:
    """Return the cells of each record, and the line on which it begins."""
    body = lines[:-1] if not lines[-1] else lines
    try:
        records = list(csv.reader(body, strict=True))
    except csv.Error:
        records = []
    # As many records as lines: none spans several, which is the case of nearly every file.
    if len(records) == len(body):
        return records, range(1, len(body) + 1)
    records, starts = [], []
    for line, cells in _walk(body, faults):
        records.append(cells)
        starts.append(line)
    return records, starts


def _walk(lines: list[str], faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader((f"{line}\n" for line in lines), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            what = "The quotation marks of this row do not match."
            remedy = 'Close the quotation, and write a quotation mark inside one twice ("").'
            faults.append(Fault("F108", line, 1, what, remedy))
            return
        yield line, cells
        line = reader.line_num + 1


def _well_formed(
    records: Sequence[list[str]], starts: Sequence[int], width: int, found: _Faults
) -> tuple[list[list[str]], list[int]]:
    """Return the rows that are neither blank nor ragged, and report the others."""
    kept: list[list[str]] = []
    lines: list[int] = []
    for line, cells in zip(starts, records, strict=True):
        if not any(cells):
            found.add("F110", line, 1, "The row is blank.", "Delete it.")
        elif len(cells) != width:
            what = f"The row has {len(cells)} cells and the header {width}."
            remedy = "Quote cells that hold commas, and leave unused cells empty."
            found.add("F109", line, 1, what, remedy)
        else:
            kept.append(cells)
            lines.append(line)
    return kept, lines


def _long_cells(
    records: Sequence[list[str]], starts: Sequence[int], lines: Sequence[str], found: _Faults
) -> None:
    for line, cells in zip(starts, records, strict=True):
        if max(map(len, cells)) > MAX_CELL:
            number = next(at for at, cell in enumerate(cells) if len(cell) > MAX_CELL)
            place = (line, 1) if found.is_full("F107") else _place(lines, line, number)
            what = f"A cell has more than {MAX_CELL} characters."
            found.add("F107", *place, what, "Shorten it: facts are short.")


def _header_faults(
    header: tuple[str, ...], lines: Sequence[str], line: int, found: _Faults
) -> None:
    seen: set[str] = set()
    for number, name in enumerate(header):
        if name in seen:
            place = (line, 1) if found.is_full("F111") else _place(lines, line, number)
            what = f"The column '{name}' stands twice in the header."
            found.add("F111", *place, what, "Keep one of them.")
        seen.add(name)
