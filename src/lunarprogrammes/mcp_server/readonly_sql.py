"""Read-only SQL over the tables of an edition, in memory, with limits.

The standard library's SQLite: each table is read into memory when a query first names it (the
claims of 100,000 rows take about two seconds, the others a few milliseconds each). An authorizer
admits SELECT and nothing else, so that no statement can write, attach a file or load an extension;
a clock and a row limit end what would not end. Dates and figures stay text, bounds beside them.
"""

import math
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.evidence.decisions import COLUMNS as DECISION_COLUMNS
from lunarprogrammes.evidence.redirects import COLUMNS as REDIRECT_COLUMNS
from lunarprogrammes.mcp_server.telling import Told, listed
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import Field, all_tables

SECONDS = 5.0
_LONGEST_ANSWER = 200_000
_MEMORY = 512 * 1024 * 1024
_LONGEST_VALUE = 1_000_000
_LONGEST_QUERY = 20_000
# How often the clock is looked at, in steps of SQLite's machine: every millisecond or so.
_STEPS = 10_000
_ADMITTED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
# Functions that reach outside a query, wherever a SQLite was compiled with them.
_FORBIDDEN = {"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"}
# What decides and redirects, beside the tables.
_OWN = {"decisions": DECISION_COLUMNS, "redirects": REDIRECT_COLUMNS}
# Comments may go before; none is looked at twice, or many of them would cost a power of two.
_A_SELECT = re.compile(
    r"(?:\s|--[^\n]*\n|(?>/\*.*?\*/))*+(?:select|with|values)\b", re.IGNORECASE | re.DOTALL
)


class QueryRefused(LunarProgrammesError, ValueError):
    """A query that is no single SELECT, is wrong, or asks for more than the limits allow."""

    code = "query"


class ReadOnlySql:
    """One edition as tables that can be queried and not changed.

    >>> asked = ReadOnlySql(Edition.open())
    >>> asked.query("select sample_mass_g from missions where id = 'change-5'")["rows"]
    [['1731']]
    >>> asked.query("delete from missions")
    Traceback (most recent call last):
    ...
    lunarprogrammes.mcp_server.readonly_sql.QueryRefused: Only a SELECT is answered. ...
    """

    def __init__(self, edition: Edition, *, seconds: float = SECONDS) -> None:
        self._edition = edition
        self._seconds = seconds
        self._loaded: set[str] = set()
        # Tools run on worker threads, one at a time.
        self._base = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._base.text_factory = lambda raw: raw.decode("utf-8", "replace")
        # A great sort would otherwise spill into a file.
        self._base.execute("PRAGMA temp_store=MEMORY")
        # Holds for all of SQLite in the process; a join without a condition asks for everything.
        self._base.execute(f"PRAGMA hard_heap_limit={_MEMORY}")
        # Where Python can say so, a misspelt "column" is no text that happens to be quoted.
        if configure := getattr(self._base, "setconfig", None):
            configure(sqlite3.SQLITE_DBCONFIG_DQS_DML, False)  # type: ignore[attr-defined, unused-ignore]  # noqa: FBT003
        self._base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        self._base.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _LONGEST_QUERY)
        self._base.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200)
        self._base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        for name, columns in _tables().items():
            described = ", ".join(f'"{column.name}" {column.type}' for column in columns)
            self._base.execute(f'CREATE TABLE "{name}" ({described})')

    def query(self, sql: str, limit: int = 100) -> Told:
        """Return columns and rows of a SELECT, and the tables that it read.

        `truncated` says that there was more than `limit` rows or than an answer holds. `sources`
        are those that the rows name, where the query selects the column. Raises `QueryRefused`.
        """
        # What SELECT would do is found out on the plan, before any row is read or any table filled.
        read = self._named_in(sql)
        for name in sorted(read - self._loaded):
            self._fill(name)
        columns, rows, truncated = self._guarded(sql, set(), limit)
        return {
            "columns": columns,
            "rows": rows,
            "truncated": truncated,
            "tables": sorted(read),
            "sources": _named_sources(columns, rows),
        }

    def _named_in(self, sql: str) -> set[str]:
        if not _A_SELECT.match(sql):
            raise _refused()
        read: set[str] = set()
        self._guarded(f"EXPLAIN {sql}", read, 0)
        return read

    def _guarded(
        self, sql: str, read: set[str], limit: int
    ) -> tuple[list[str], list[list[Any]], bool]:
        """Run a statement under the authorizer and the clock; note in `read` what it names."""
        tables = {*_tables()}

        def allow(action: int, first: str | None, second: str | None, *_: str | None) -> int:
            if action == sqlite3.SQLITE_READ and first in tables:
                read.add(str(first))
            if action == sqlite3.SQLITE_FUNCTION:
                return _verdict(admitted=str(second).lower() not in _FORBIDDEN)
            return _verdict(admitted=action in _ADMITTED)

        until = time.monotonic() + self._seconds
        self._base.execute("PRAGMA query_only=ON")
        self._base.set_authorizer(allow)
        self._base.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        cursor = self._base.cursor()
        try:
            return _taken(cursor.execute(sql), limit)
        except MemoryError:
            raise QueryRefused(
                "The query needs more memory than it is given.", remedy="Ask for less."
            ) from None
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise self._explained(error) from None
        finally:
            cursor.close()
            self._base.set_progress_handler(None, 0)
            self._base.set_authorizer(None)
            self._base.execute("PRAGMA query_only=OFF")

    def _explained(self, error: Exception) -> QueryRefused:
        said = str(error)
        if "interrupted" in said:
            return QueryRefused(
                f"The query took longer than {self._seconds:g} seconds and was stopped.",
                remedy="Filter earlier, join on ids, or ask for less.",
            )
        if "one statement" in said or "not authorized" in said or "prohibited" in said:
            return _refused()
        return QueryRefused(
            f"The query cannot be run: {said}.",
            expected=f"The tables are {', '.join(_tables())}.",
            remedy="`describe` lists the fields of a table.",
        )

    def _fill(self, name: str) -> None:
        columns = _tables()[name]
        marks = ", ".join("?" * len(columns))
        rows = ([_cell(column, row) for column in columns] for row in self._edition.rows(name))
        self._base.execute("BEGIN")
        self._base.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)  # noqa: S608
        self._base.execute("COMMIT")
        self._loaded.add(name)


class _Column(NamedTuple):
    """A column of SQL: its type, the field whose text it is made of, and which bound it holds."""

    name: str
    type: str
    of: str
    kind: str
    bound: str = ""


@cache
def _tables() -> dict[str, list[_Column]]:
    """Return the columns of every table, those of bounds included, and of our own two."""
    made = {
        name: [column for key, field in table.fields.items() for column in _columns(key, field)]
        for name, table in all_tables().items()
    }
    own = {
        of: [_Column(name, "TEXT", name, "text") for name in names] for of, names in _OWN.items()
    }
    return made | own


def _columns(name: str, field: Field) -> Iterator[_Column]:
    whole = field.kind in {"integer", "boolean"}
    yield _Column(name, "INTEGER" if whole else "TEXT", name, field.kind)
    if field.kind in {"date", "quantity"}:
        for bound in ("lower", "upper"):
            type_of_bound = "TEXT" if field.kind == "date" else "REAL"
            yield _Column(f"{name}_{bound}", type_of_bound, name, field.kind, bound)


def _cell(column: _Column, row: Mapping[str, str]) -> str | int | float | None:
    text = row.get(column.of, "")
    if not text:
        return None
    if column.bound:
        found = getattr(_parsed(column.kind, text), column.bound)
        if found is None:
            return None
        return str(found) if column.kind == "date" else float(found)
    if column.kind == "boolean":
        return int(text == "true")
    return int(text) if column.kind == "integer" else text


@lru_cache(maxsize=4096)
def _parsed(kind: str, text: str) -> UncertainDate | Quantity:
    return UncertainDate(text) if kind == "date" else Quantity(text)


def _verdict(*, admitted: bool) -> int:
    return sqlite3.SQLITE_OK if admitted else sqlite3.SQLITE_DENY


def _refused() -> QueryRefused:
    return QueryRefused(
        "Only a SELECT is answered.",
        expected="Expected one statement that begins with SELECT, WITH or VALUES.",
        remedy="Nothing here can be changed; the tables are those of `describe`.",
    )


def _taken(cursor: sqlite3.Cursor, limit: int) -> tuple[list[str], list[list[Any]], bool]:
    """Take rows until there are enough of them, or enough text in them."""
    columns = [one[0] for one in cursor.description or ()]
    rows: list[list[Any]] = []
    length = 0
    for row in cursor:
        told = [_json_value(value) for value in row]
        length += sum(len(str(value)) for value in told)
        if len(rows) >= limit or length > _LONGEST_ANSWER:
            return columns, rows, True
        rows.append(told)
    return columns, rows, False


def _json_value(value: Any) -> Any:
    """Return a value that JSON can hold: it has neither bytes nor infinities."""
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _named_sources(columns: list[str], rows: list[list[Any]]) -> list[str]:
    places = [place for place, name in enumerate(columns) if name in {"source", "sources"}]
    cells = (row[place] for row in rows for place in places)
    return list(
        dict.fromkeys(one for cell in cells if isinstance(cell, str) for one in listed(cell))
    )
