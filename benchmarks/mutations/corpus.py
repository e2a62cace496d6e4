"""The committed seeds in memory, and where damage can be done: files, rows, cells, entries.

The seeds are canonical (UTF-8, LF, one line to a row, minimal quoting), so a row is a line and is
written again by the standard library. Nothing here uses the checker's own reader: what is measured
must not be measured with itself.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from lunarprogrammes.tables import Field, get
from lunarprogrammes.tables.claims import EVIDENCE


@dataclass(frozen=True)
class Link:
    """A symbolic link in the place of a file."""

    target: str


Content = bytes | Link | None  # None: the file is deleted


@dataclass(frozen=True)
class Spot:
    """Where a problem has to stand: a file, or a folder that ends with a slash, and its lines."""

    path: str
    lines: frozenset[int] = frozenset()  # none given: any line

    def holds(self, path: str, line: int) -> bool:
        """Say whether a problem at this path and line stands here."""
        inside = path == self.path or path == self.path.rstrip("/")
        inside = inside or (self.path.endswith("/") and path.startswith(self.path))
        return inside and (not self.lines or line in self.lines)

    def is_named_in(self, text: str) -> bool:
        """Say whether a message names this place, as `… in path, line 4` does."""
        return any(f"{self.path}, line {line}." in text for line in self.lines)


@dataclass(frozen=True)
class Mutant:
    """One damage: the files as they are afterwards, and the places at which it may be reported."""

    files: dict[str, Content]
    spots: tuple[Spot, ...]
    header: tuple[str, ...] = ()  # of the one damaged sheet before the damage


def line_of(cells: list[str]) -> str:
    """Write a row as the seeds write theirs, without the line feed."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


@dataclass(frozen=True, eq=False)
class Sheet:
    """One CSV file of one source."""

    path: str
    text: str

    @property
    def source(self) -> str:
        return self.path.partition("/")[0]

    @property
    def table(self) -> str:
        return Path(self.path).stem

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")[:-1]

    @cached_property
    def rows(self) -> list[list[str]]:
        """All rows, the header first, so that row n stands in line n + 1."""
        return list(csv.reader(io.StringIO(self.text, newline="")))

    @property
    def header(self) -> list[str]:
        return self.rows[0]

    @cached_property
    def fields(self) -> dict[str, Field]:
        known = {**get(self.table).facts, **EVIDENCE}
        return {name: known[name] for name in self.header}

    @property
    def key(self) -> tuple[str, ...]:
        return get(self.table).key

    def get(self, row: int, name: str) -> str:
        """Return a cell's text, empty where the column is not there."""
        return self.rows[row][self.header.index(name)] if name in self.header else ""

    def mutant(self, content: str | Content, *lines: int, path: str = "") -> Mutant:
        """Return the mutant in which this sheet has other contents."""
        made = content.encode() if isinstance(content, str) else content
        spot = Spot(path or self.path, frozenset(lines))
        return Mutant({self.path: made}, (spot,), tuple(self.header))

    def with_lines(self, changed: dict[int, str], *, at: tuple[int, ...] = ()) -> Mutant:
        """Return the mutant in which some rows, by number from 0, are other lines."""
        lines = [changed.get(number, line) for number, line in enumerate(self.lines)]
        return self.mutant("\n".join(lines) + "\n", *(at or [number + 1 for number in changed]))

    def with_row(self, row: int, cells: dict[str, str]) -> Mutant:
        """Return the mutant in which a row has other cells; missing columns are added."""
        return self.with_rows({row: cells})

    def with_rows(self, changed: dict[int, dict[str, str]]) -> Mutant:
        """Return the mutant in which some rows have other cells; missing columns are added."""
        names = [name for cells in changed.values() for name in cells]
        new = [name for name in dict.fromkeys(names) if name not in self.header]
        header = [*self.header, *new]
        lines = [line_of(header)] if new else [self.lines[0]]
        for number, old in enumerate(self.rows[1:], 1):
            row = dict(zip(header, [*old, *[""] * len(new)], strict=True))
            lines.append(line_of(list({**row, **changed.get(number, {})}.values())))
        made = self.mutant("\n".join(lines) + "\n", *(number + 1 for number in changed))
        return Mutant(made.files, made.spots, tuple(header))


@dataclass(frozen=True, eq=False)
class Cell:
    """One filled cell of a sheet; `row` counts from 0 with the header, so it is the line less 1."""

    sheet: Sheet
    row: int
    name: str
    corpus: "Corpus"

    @property
    def text(self) -> str:
        return self.sheet.get(self.row, self.name)

    @property
    def field(self) -> Field:
        return self.sheet.fields[self.name]

    @property
    def record(self) -> str:
        return ":".join(self.sheet.get(self.row, part) for part in self.sheet.key)

    def becomes(self, text: str) -> Mutant:
        """Return the mutant in which the cell has another text."""
        return self.sheet.with_row(self.row, {self.name: text})

    def raw(self, replacement: str) -> Mutant:
        """Return the mutant in which the cell stands as these very characters in the line."""
        at = self.sheet.header.index(self.name)
        cells = [line_of([text]) if text else "" for text in self.sheet.rows[self.row]]
        cells[at] = replacement
        return self.sheet.with_lines({self.row: ",".join(cells)})


def together(changes: list[tuple[Cell, dict[str, str]]]) -> Mutant:
    """Return the mutant in which the rows of some cells have other cells, each in its own sheet."""
    of_sheet: dict[Sheet, dict[int, dict[str, str]]] = {}
    for cell, cells in changes:
        of_sheet.setdefault(cell.sheet, {}).setdefault(cell.row, {}).update(cells)
    made = [sheet.with_rows(changed) for sheet, changed in of_sheet.items()]
    files = {path: content for one in made for path, content in one.files.items()}
    return Mutant(files, tuple(spot for one in made for spot in one.spots), made[0].header)


@dataclass(frozen=True, eq=False)
class Entry:
    """One `source.json`."""

    path: str
    text: str
    corpus: "Corpus"

    @property
    def source(self) -> str:
        return self.path.partition("/")[0]

    @property
    def data(self) -> dict[str, Any]:
        return json.loads(self.text)  # type: ignore[no-any-return]

    def becomes(self, text: str | Content, *lines: int) -> Mutant:
        """Return the mutant in which the file has other contents."""
        made = text.encode() if isinstance(text, str) else text
        return Mutant({self.path: made}, (Spot(self.path, frozenset(lines)),))

    def with_data(self, data: dict[str, Any], key: str = "") -> Mutant:
        """Return the mutant with other data; the problem stands in the lines of the key."""
        text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
        lines = text.split("\n")
        first = next((n for n, line in enumerate(lines, 1) if f'"{key}":' in line), 0)
        if not first:
            return self.becomes(text)
        indent = len(lines[first - 1]) - len(lines[first - 1].lstrip())
        last = first
        if lines[first - 1].rstrip().endswith(("{", "[")):
            while len(lines[last]) - len(lines[last].lstrip()) > indent:
                last += 1
            last += 1
        return self.becomes(text, *range(first, last + 1))

    def with_custom(self, key: str, value: object) -> Mutant:
        """Return the mutant with one part of our own block changed."""
        data = self.data
        data["custom"][key] = value
        return self.with_data(data, key)

    def with_part(self, key: str, value: object) -> Mutant:
        """Return the mutant with one part of the file changed."""
        return self.with_data({**self.data, key: value}, key)


@dataclass(frozen=True, eq=False)
class Corpus:
    """A seeds folder: every file by its path."""

    files: dict[str, bytes]

    @classmethod
    def read(cls, root: Path) -> "Corpus":
        """Read a seeds folder whole."""
        paths = sorted(path for path in root.rglob("*") if path.is_file())
        return cls({path.relative_to(root).as_posix(): path.read_bytes() for path in paths})

    @cached_property
    def sheets(self) -> list[Sheet]:
        names = [path for path in self.files if path.endswith(".csv") and "/" in path]
        return [Sheet(path, self.files[path].decode()) for path in names]

    @cached_property
    def entries(self) -> list[Entry]:
        names = [path for path in self.files if path.endswith("/source.json")]
        return [Entry(path, self.files[path].decode(), self) for path in names]

    @cached_property
    def cells(self) -> list[Cell]:
        """Every filled cell of every reading."""
        return list(self._cells())

    def _cells(self) -> Iterator[Cell]:
        for sheet in self.sheets:
            for row, cells in enumerate(sheet.rows[1:], 1):
                for name, text in zip(sheet.header, cells, strict=True):
                    if text:
                        yield Cell(sheet, row, name, self)

    def of_kind(self, *kinds: str) -> list[Cell]:
        """Return the filled cells of fields of some kinds."""
        return [cell for cell in self.cells if cell.field.kind in kinds]

    def in_field(self, *names: str) -> list[Cell]:
        """Return the filled cells of some fields, each `table.field`."""
        return [cell for cell in self.cells if f"{cell.sheet.table}.{cell.name}" in names]

    def values(self, table: str, record: str, field: str) -> list[Cell]:
        """Return what all sources say of one field of one record."""
        return [cell for cell in self._by_field.get((table, field), []) if cell.record == record]

    @cached_property
    def _by_field(self) -> dict[tuple[str, str], list[Cell]]:
        found: dict[tuple[str, str], list[Cell]] = {}
        for cell in self.cells:
            found.setdefault((cell.sheet.table, cell.name), []).append(cell)
        return found

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        """The ids of every table."""
        found: dict[str, set[str]] = {}
        for cell in self.cells:
            if cell.name == "id":
                found.setdefault(cell.sheet.table, set()).add(cell.text)
        return found

    def issued(self, source: str) -> str:
        """Return the year in which a source was published, or in which it was read."""
        entry = next(entry for entry in self.entries if entry.source == source)
        probable = entry.data["custom"].get("issued_probable")
        dated = entry.data.get("issued") or entry.data.get("accessed")
        return probable[:4] if probable else str(dated["date-parts"][0][0])
