"""The certain repair of one file: a CSV table, or the text around a JSON document.

Where anything says that a file is not what it seems (bytes that are no UTF-8, line ends of two
kinds, an open quotation mark, a header that names no column) the whole file is left alone.
"""

import csv
import json
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lunarprogrammes.check.fixing.cells import Admits, Repair, repaired
from lunarprogrammes.check.fixing.corrections import Correction
from lunarprogrammes.check.fixing.records import Cell, Record, quoted, records
from lunarprogrammes.tables import Field

# What was done, by the code of the rule that asked for it; the house's form has no rule.
FORM = ""
MARK, LINE_ENDS, LAST_LINE, BLANK, HEADER = "F102", "F105", "F106", "F110", "F114"
RETIRED = "S115"
OF_FILES = frozenset({MARK, LINE_ENDS, LAST_LINE, BLANK})
# By the identity of a field, which hashes its whole definition; the tables keep all fields alive.
Known = dict[tuple[int, str], Repair]
# The new id of a retired one, by table and old id.
Retired = Mapping[tuple[str, str], str]
_EMPTY = Repair("", ())
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file as it should be, the number of repairs by words, and the repaired cells."""

    after: bytes
    done: Counter[str] = field(default_factory=Counter)
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a kind of file looks like: its columns, its key, and whether the order of rows matters.

    Rows of a reading are independent statements. The editors' decisions are left in their order.
    `retired` has the new id of every retired one that leads to a record, by table and old id.
    """

    columns: Mapping[str, Field]
    key: tuple[str, ...]
    is_sorted: bool
    table: str = ""
    retired: Retired = field(default_factory=dict)


def repaired_json(raw: bytes, admits: Admits) -> Outcome:
    """Repair what stands around a JSON document; what stands in it is a person's to judge."""
    text, done = _plain_text(raw, admits)
    if text is None:
        return Outcome(raw)
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return Outcome(raw)
    if not text.endswith("\n"):
        if not admits(LAST_LINE):
            return Outcome(raw)
        text += "\n"
        done["last line ended"] += 1
    return Outcome(text.encode(), done)


def repaired_table(
    raw: bytes, path: str, pattern: Pattern, admits: Admits, known: Known | None = None
) -> Outcome:
    """Repair a CSV file, or return it as it is where nothing about it is certain.

    `known` keeps the repairs of cells, so that equal cells of many files are looked at once.
    """
    text, done = _plain_text(raw, admits)
    if text is None or not text.strip():
        return Outcome(raw)
    ended = text.endswith("\n")
    if not ended and not admits(LAST_LINE):
        return Outcome(raw)
    try:
        header, *rows = records(text)
    except csv.Error:
        return Outcome(raw)
    mender = _Mender(path, pattern, admits, done, {} if known is None else known)
    if not mender.read_header(header):
        return Outcome(raw)
    lines = mender.lines(rows)
    # A last row that is not whole has been cut off: a line end would hide that.
    cut = not ended and (not rows or rows[-1].is_odd or len(rows[-1].cells) != len(header.cells))
    if not ended and not cut:
        done["last line ended"] += 1
    after = "\n".join(lines) + ("" if cut else "\n")
    return Outcome(after.encode(), done, tuple(mender.corrections))


def _plain_text(raw: bytes, admits: Admits) -> tuple[str | None, Counter[str]]:
    """Return a text without byte order mark and carriage returns, or None; and what was done."""
    done: Counter[str] = Counter()
    if raw.startswith(_BOM):
        if not admits(MARK):
            return None, done
        raw = raw.removeprefix(_BOM)
        done["byte order mark removed"] += 1
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None, done
    if "\r" in text:
        # One that stands alone among other line ends may be anything: part of a cell, or an end.
        single = "\n" if "\n" not in text else "\r"
        plain = text.replace("\r\n", "\n").replace("\r", single)
        if "\r" in plain or not admits(LINE_ENDS):
            return None, done
        text = plain
        done["line ends made LF"] += 1
    return (None if "\x00" in text or "\ufeff" in text[:1] else text), done


class _Mender:
    """The repair of one table: its header once read, the cells met, and what was done."""

    def __init__(
        self, path: str, pattern: Pattern, admits: Admits, done: Counter[str], known: Known
    ) -> None:
        self.path, self.pattern, self.admits, self.done = path, pattern, admits, done
        self._known = known
        self.corrections: list[Correction] = []
        self.names: list[str] = []
        self.header: Record | None = None

    def read_header(self, header: Record) -> bool:
        """Take in the names of the columns; say whether the rows can be understood by them."""
        names = [cell.value for cell in header.cells]
        taken = set(names)
        for place, name in enumerate(names):
            meant = _column(name, self.pattern.columns)
            if meant and meant not in taken and self.admits(HEADER):
                names[place] = meant
                taken.add(meant)
        self.header, self.names = header, names
        return len(set(names)) == len(names) and any(name in self.pattern.columns for name in names)

    def lines(self, rows: Sequence[Record]) -> list[str]:
        """Return the lines of the whole file as they should be."""
        assert self.header is not None, "The header is read first."
        columns = [self.pattern.columns.get(name) for name in self.names]
        head = [
            self._written(self.header.line, cell, name, (HEADER,))
            for cell, name in zip(self.header.cells, self.names, strict=True)
        ]
        made: list[tuple[str, list[str]]] = []
        sortable = self.pattern.is_sorted and self.admits(FORM)
        for row in rows:
            if row.is_odd or len(row.cells) != len(columns):
                if row.is_blank and self.admits(BLANK):
                    self.done["blank rows deleted"] += 1
                    continue
                made.append((row.raw, []))
                sortable = False
                continue
            repairs = [self._repair(*pair) for pair in zip(columns, row.cells, strict=True)]
            values = [repair.text for repair in repairs]
            if not any(values) and self.admits(BLANK):
                self.done["blank rows deleted"] += 1
                continue
            parts = [
                self._written(row.line, cell, repair.text, repair.codes)
                for cell, repair in zip(row.cells, repairs, strict=True)
            ]
            made.append((",".join(parts), values))
        if sortable:
            made = self._sorted(made)
        return [",".join(head), *(line for line, _ in made)]

    def _repair(self, of: Field | None, cell: Cell) -> Repair:
        if not cell.value:
            return _EMPTY
        if of is None:
            return Repair(cell.value, ())
        known = self._known.get((id(of), cell.value))
        if known is None:
            known = self._known[id(of), cell.value] = repaired(of, cell.value, self.admits)
        return self._redirected(of, known)

    def _redirected(self, of: Field, repair: Repair) -> Repair:
        """Put the new id for a retired one; not among what is known, as ids of all tables are."""
        if not self.pattern.retired or of.kind not in {"id", "reference", "record"}:
            return repair
        before, slash, record = repair.text.rpartition("/")
        tables = {"id": (self.pattern.table,), "record": (before,)}.get(of.kind, of.references)
        for table in tables:
            if (new := self.pattern.retired.get((table, record))) and self.admits(RETIRED):
                return Repair(f"{before}{slash}{new}", (*repair.codes, RETIRED))
        return repair

    def _written(self, line: int, cell: Cell, value: str, codes: tuple[str, ...]) -> str:
        if value != cell.value:
            text = quoted(value)
            self.done["column names spelt" if codes == (HEADER,) else "cells spelt"] += 1
            end = cell.column + len(cell.raw)
            made = Correction(self.path, line, cell.column, end, cell.raw, text, codes)
            self.corrections.append(made)
            return text
        if cell.raw[:1] == '"' and self.admits(FORM) and quoted(value) != cell.raw:
            self.done["needless quotation marks removed"] += 1
            return quoted(value)
        return cell.raw

    def _sorted(self, made: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
        """Sort rows by their keys, rows of one key as they stood; only where every key is good."""
        if not all(name in self.names for name in self.pattern.key):
            return made
        places = [(self.names.index(name), self.pattern.columns[name]) for name in self.pattern.key]
        for _, values in made:
            if not all(_is_key(of, values[place]) for place, of in places):
                return made
        ordered = sorted(made, key=lambda row: [row[1][place] for place, _ in places])
        if ordered != made:
            self.done["rows sorted"] += 1
        return ordered


def _is_key(of: Field, text: str) -> bool:
    from lunarprogrammes.tables import InvalidValue

    try:
        return bool(text) and bool(of.parse(text))
    except InvalidValue:
        return False


def _column(name: str, known: Mapping[str, Field]) -> str | None:
    """Return the column whose name differs in case, spaces and joints alone, or None."""
    plain = " ".join(unicodedata.normalize("NFC", name).split()).lower()
    meant = plain.replace(" ", "_").replace("-", "_")
    return meant if meant != name and meant in known else None
