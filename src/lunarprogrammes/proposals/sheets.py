"""The CSV files of a source's folder: a header for the facts to come, or a row for one of them."""

import csv
import io
from collections.abc import Iterable, Mapping

from lunarprogrammes.canonical import csv_text
from lunarprogrammes.errors import UnknownTable
from lunarprogrammes.evidence.seeds import EVIDENCE_COLUMNS
from lunarprogrammes.tables import Table, get, names_of_tables

_GENERATED = ("claims", "sources")


def header_of(table: Table) -> str:
    """Return an empty CSV with every column that the table and the evidence have."""
    return csv_text([*table.facts, *EVIDENCE_COLUMNS], [])


def tables_of(text: str) -> list[Table]:
    """Return the tables that are named in a list with commas; raise `UnknownTable` for others.

    >>> [table.name for table in tables_of("missions, partners")]
    ['missions', 'partners']
    """
    names = dict.fromkeys(name.strip() for name in text.split(",") if name.strip())
    for name in names:
        if name in _GENERATED:
            what = f"The table {name} is generated and has no file of its own."
            raise UnknownTable(what, expected=f"The tables are {', '.join(writable_tables())}.")
    return [get(name) for name in names]


def writable_tables() -> tuple[str, ...]:
    """Return the names of the tables that readings may fill."""
    return tuple(name for name in names_of_tables() if name not in _GENERATED)


def sheet_of(table: Table, rows: Iterable[Mapping[str, str]]) -> str:
    """Return a CSV with some rows: the key, the columns that are filled, and the locator."""
    listed = [dict(row) for row in rows]
    always = {*table.key, "locator"}
    known = [*table.facts, *EVIDENCE_COLUMNS]
    used = [name for name in known if name in always or any(row.get(name) for row in listed)]
    return csv_text(used, [{name: row.get(name, "") for name in used} for row in listed])


def with_row(table: Table, text: str, row: Mapping[str, str]) -> str:
    """Return a CSV that has one more row at its end, and a column more where the row needs it.

    The rows that are there stay as they are written, unless a column has to be added to them.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header, *rows = reader
    known = [*table.facts, *EVIDENCE_COLUMNS]
    added = [name for name in known if row.get(name) and name not in header]
    columns = [*header, *added]
    last = csv_text(columns, [{name: row.get(name, "") for name in columns}])
    if not added:
        return text + last.split("\n", 1)[1]
    old = [{**dict.fromkeys(added, ""), **dict(zip(header, one, strict=True))} for one in rows]
    return csv_text(columns, [*old, {name: row.get(name, "") for name in columns}])
