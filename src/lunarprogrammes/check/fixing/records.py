"""A CSV file taken apart so that it can be put together again to the character.

`csv` decides what the rows are, as it does when readings are read; each row keeps the text in which
it stands. A row whose text is not plainly that of its cells (a quotation mark inside an unquoted
cell, a line break inside a quoted one) is odd: programs read it differently, so nobody repairs it.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lunarprogrammes.evidence.tabular import MAX_BYTES

# A quoted cell, or one without quotation marks; possessive, so that no text makes it try twice.
_cell = re.compile(r'"(?:[^"\n]++|"")*+"|[^",\n]*+').match
_needs_quotes = re.compile('[",\n\r]').search


class Cell(NamedTuple):
    """A cell: what it says, its text in the file, and the column from 1 where that begins."""

    value: str
    raw: str
    column: int


class Record(NamedTuple):
    """A row: the line on which it begins, its text without the line end, its cells; none if odd."""

    line: int
    raw: str
    cells: tuple[Cell, ...]

    @property
    def is_odd(self) -> bool:
        """Whether its text is not plainly that of its cells."""
        return not self.cells

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it but separators."""
        return not self.is_odd and not any(cell.value for cell in self.cells)


def records(text: str) -> Iterator[Record]:
    """Yield the rows of a text whose lines end with line feeds; raises `csv.Error`."""
    lines = text.split("\n")
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    before = 0
    for values in reader:
        raw = "\n".join(lines[before : reader.line_num])
        yield Record(before + 1, raw, _cells(raw, values))
        before = reader.line_num


def _cells(raw: str, values: Sequence[str]) -> tuple[Cell, ...]:
    parts = raw.split(",") if '"' not in raw else list(_parts(raw))
    if [_value(part) for part in parts] != (list(values) or [""]):
        return ()
    cells, column = [], 1
    for part in parts:
        cells.append(Cell(_value(part), part, column))
        column += len(part) + 1
    return tuple(cells)


def _parts(raw: str) -> Iterator[str]:
    at = 0
    while True:
        found = _cell(raw, at)
        if found is None:
            return
        yield found[0]
        at = found.end()
        if at == len(raw):
            return
        if raw[at] != ",":
            yield raw[at:]  # which is the value of no cell, so that the row counts as odd
            return
        at += 1


def _value(part: str) -> str:
    return part[1:-1].replace('""', '"') if part.startswith('"') else part


def quoted(value: str) -> str:
    """Return the text of a cell, in quotation marks only where it needs them.

    >>> quoted("Chang'e 5"), quoted("a,b")
    ("Chang'e 5", '"a,b"')
    """
    return '"' + value.replace('"', '""') + '"' if _needs_quotes(value) else value
