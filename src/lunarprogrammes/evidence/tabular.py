"""One CSV file of a reading, read so that every fault and every cell keeps its place.

Cells carry the line on which their row begins; the column is worked out only when a message needs
it. Nothing is raised for bad content: faults are collected, and the checker words them.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

MAX_BYTES = 64 * 1024 * 1024
MAX_CELL = 32_768


class Fault(NamedTuple):
    """Something wrong with a file itself; `code` is that of the checker's rule."""

    code: str
    line: int
    column: int
    what: str
    remedy: str


class Row(NamedTuple):
    """One row: the line on which it begins and its cells by column name."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class TabularFile:
    """A CSV file as it was read: header, rows, raw lines, faults."""

    path: Path
    header: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    lines: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = field(default=())

    def column_of(self, line: int, name: str) -> tuple[int, int]:
        """Return line and column, from 1, where the cell of this name begins in the row at `line`.

        Quoted cells may hold commas and line breaks, so the row is walked character by character.
        """
        if name not in self.header:
            return line, 1
        wanted, column, at_line, at_column, quoted = self.header.index(name), 0, line, 1, False
        for text in self.lines[line - 1 :]:
            for position, character in enumerate(text, 1):
                if column == wanted:
                    return at_line, at_column
                if character == '"':
                    quoted = not quoted
                elif character == "," and not quoted:
                    column, at_line, at_column = column + 1, line, position + 1
            if not quoted:
                break
            line += 1
        return at_line, at_column


def read_tabular(path: Path) -> TabularFile:
    """Read one CSV file; a file that cannot be read as rows has faults and no rows."""
    if path.stat().st_size > MAX_BYTES:
        fault = Fault(
            "F107", 1, 1, f"The file is larger than {MAX_BYTES // 2**20} MB.", "Split it."
        )
        return TabularFile(path, faults=(fault,))
    raw = path.read_bytes()
    text, faults = _decode(raw)
    if text is None:
        return TabularFile(path, faults=tuple(faults))
    lines = tuple(text.split("\n"))
    if not text.strip():
        faults.append(Fault("F104", 1, 1, "The file is empty.", "Delete it or write a header."))
        return TabularFile(path, lines=lines, faults=tuple(faults))
    header, rows, more = _rows(text)
    return TabularFile(path, header, tuple(rows), lines, (*faults, *more))


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
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        return None, [Fault("F101", line, column, "This byte is not UTF-8.", "Save it as UTF-8.")]
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        return None, [Fault("F103", line, 1, "The file holds a NUL character.", "Remove it.")]
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        faults.append(
            Fault(
                "F105", line, 1, "Lines end with a carriage return.", "Save it with LF line ends."
            )
        )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text and not text.endswith("\n"):
        last = text.count("\n") + 1
        faults.append(
            Fault("F106", last, 1, "The last line does not end.", "End it with a line feed.")
        )
    return text, faults


def _rows(text: str) -> tuple[tuple[str, ...], list[Row], list[Fault]]:
    faults: list[Fault] = []
    rows: list[Row] = []
    header: tuple[str, ...] = ()
    csv.field_size_limit(MAX_BYTES)
    for line, cells in _records(text, faults):
        if not header:
            header = tuple(cells)
            faults.extend(_header_faults(header))
            continue
        if not any(cells):
            faults.append(Fault("F110", line, 1, "The row is blank.", "Delete it."))
        elif len(cells) != len(header):
            what = f"The row has {len(cells)} cells and the header {len(header)}."
            remedy = "Quote cells that hold commas, and leave unused cells empty."
            faults.append(Fault("F109", line, 1, what, remedy))
        else:
            rows.append(Row(line, dict(zip(header, cells, strict=True))))
            if any(len(cell) > MAX_CELL for cell in cells):
                what = f"A cell has more than {MAX_CELL} characters."
                faults.append(Fault("F107", line, 1, what, "Shorten it: facts are short."))
    return header, rows, faults


def _records(text: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
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


def _header_faults(header: tuple[str, ...]) -> Iterator[Fault]:
    for place, name in enumerate(header):
        if name in header[:place]:
            what = f"The column '{name}' stands twice in the header."
            yield Fault("F111", 1, 1, what, "Keep one of them.")
