"""Read-only SQL over all tables of a dataset, as seen from its perspective, through DuckDB.

The tables are those that `export duckdb` writes: dates and figures as text with `_lower` and
`_upper` beside, and the views `evidence`, `contested` and `timeline`. A query that asks for
missions fills that table alone (0.4 s in a fresh process); the ledger of 170,000 claims
takes 3 to 7 s once. The database lives in memory and reaches neither files nor network.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import UnknownTable
from lunarprogrammes.export.duckdb import insert, library
from lunarprogrammes.export.frames import _library
from lunarprogrammes.export.sql_tables import NEEDS, relations, rows_of, view_statements
from lunarprogrammes.ledger import Ledger
from lunarprogrammes.perspective import Perspective
from lunarprogrammes.render import text_table
from lunarprogrammes.resolve import resolve
from lunarprogrammes.rows import verdicts_of
from lunarprogrammes.sql_footnotes import InvalidQuery, footnoted, nodes, split

if TYPE_CHECKING:
    import pandas

    from lunarprogrammes.dataset import Dataset

__all__ = ["Database", "InvalidQuery", "Result"]

_CLOSED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # A name that is no table must not find a data frame among the caller's variables.
    "python_enable_replacements": "false",
}
# These read no table of ours under another name.
_HARMLESS = {"unnest", "range", "generate_series"}
# DuckDB's own listings of what there is.
_CATALOGUES = ("duckdb_", "sqlite_", "pragma_", "pg_")
_SHOWN_WIDTH = 160


@dataclass(frozen=True)
class Result:
    """The answer to a query: names of columns, rows as tuples, and footnotes where asked for.

    `footnotes` holds for each row the ids of the sources on which it rests, or is None; `titles`
    tells what those sources are called.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    footnotes: tuple[tuple[str, ...], ...] | None = None
    titles: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def to_pandas(self) -> "pandas.DataFrame":
        """Return a pandas data frame, footnotes as a last column. Needs the extra `pandas`."""
        made: pandas.DataFrame = _library("pandas", "pandas").DataFrame(
            self.records(), columns=[*self.columns, *self._extra()]
        )
        return made

    def records(self) -> list[dict[str, Any]]:
        """Return each row by its columns, with its source ids under `footnotes` where asked for."""
        made = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        for row, notes in zip(made, self.footnotes or (), strict=False):
            row["footnotes"] = list(notes)
        return made

    def texts(self) -> list[dict[str, str]]:
        """Return each row as texts by its columns; empty where there is no value."""
        return [{name: _text(value) for name, value in row.items()} for row in self.records()]

    def table(self, width: int = _SHOWN_WIDTH) -> str:
        """Return the rows as an aligned table, with numbered footnotes below it."""
        rows, notes = self.texts(), []
        if self.footnotes is not None:
            notes = list(dict.fromkeys(one for row in self.footnotes for one in row))
            numbers = {one: place for place, one in enumerate(notes, 1)}
            for row, ids in zip(rows, self.footnotes, strict=True):
                row["footnotes"] = _ranges(sorted(numbers[one] for one in ids))
        lines = [text_table([*self.columns, *self._extra()], rows, width)]
        if notes:
            lines.append("")
        lines += [f"{n}. {one}: {self.titles.get(one, '')}" for n, one in enumerate(notes, 1)]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.table()

    def _extra(self) -> list[str]:
        return [] if self.footnotes is None else ["footnotes"]


class Database:
    """The tables of one dataset in DuckDB, each filled when a query first names it."""

    def __init__(self, dataset: "Dataset", edition: Edition, ledger: Ledger) -> None:
        self._dataset = dataset
        self._edition = edition
        self._ledger = ledger
        self._engine = library()
        self._tables = relations("duckdb")
        self._views = view_statements("duckdb")
        self._there: set[str] = set()
        self._connection = self._engine.connect(":memory:", config=_CLOSED)
        self._connection.execute("SET lock_configuration = true")

    def query(self, sql: str, *, footnotes: bool = False) -> Result:
        """Answer one SELECT; raise `InvalidQuery` or `UnknownTable` where that cannot be done."""
        try:
            tree = self._read(sql)
            self._provide(tree)
            asked = footnoted(self._connection, tree) if footnotes else None
            cursor = self._connection.execute(asked.sql if asked else sql)
            names, rows = [one[0] for one in cursor.description], cursor.fetchall()
        except self._engine.Error as error:
            raise InvalidQuery(_first_words(str(error))) from None
        if asked is None:
            return Result(_unlike(names), tuple(rows))
        divided = [split(row, asked.added) for row in rows]
        return Result(
            _unlike(names[: len(names) - asked.added]),
            tuple(row for row, _ in divided),
            tuple(notes for _, notes in divided),
            {key: row["title"] for key, row in self._ledger.sources.items()},
        )

    def _read(self, sql: str) -> dict[str, Any]:
        """Return the parsed query; only SELECT can be parsed into such a tree."""
        one = self._connection.execute("SELECT json_serialize_sql($1::VARCHAR)", [sql]).fetchone()
        tree: dict[str, Any] = json.loads(one[0])
        if tree["error"]:
            message = tree.get("error_message", "")
            if tree.get("error_type") == "not implemented":
                raise InvalidQuery(
                    "The dataset can only be read.", expected="Expected SELECT or WITH."
                )
            raise InvalidQuery(f"This is no SQL that DuckDB reads: {message}.")
        if len(tree["statements"]) != 1:
            raise InvalidQuery(
                f"These are {len(tree['statements'])} queries.", expected="Expected one."
            )
        return tree

    def _provide(self, tree: dict[str, Any]) -> None:
        """Fill the tables that a query names, directly or by way of a view."""
        own = {entry["key"].lower() for one in nodes(tree) for entry in _named_queries(one)}
        wanted: list[str] = []
        for one in nodes(tree):
            if _may_ask_for_any(one):
                wanted += [*self._tables, *self._views]
            elif one.get("type") == "BASE_TABLE":
                name = one["table_name"].lower()
                if name in self._tables or name in self._views:
                    wanted.append(name)
                elif name not in own:
                    raise self._unknown(name)
        for name in wanted:
            self._fill(name)

    def _unknown(self, name: str) -> UnknownTable:
        from lunarprogrammes.find import closest

        known = [*self._tables, *self._views]
        close = closest(known, name)
        return UnknownTable(
            f"There is no table '{name}'.",
            expected=f"The tables and views are {', '.join(sorted(known))}.",
            remedy=f"Did you mean {' or '.join(close)}?" if close else "",
        )

    def _fill(self, name: str) -> None:
        if name in self._there:
            return
        if name in self._views:
            for table in NEEDS[name]:
                self._fill(table)
            self._connection.execute(self._views[name])
        else:
            relation = self._tables[name]
            self._connection.execute(relation.ddl(constrained=False))
            rows = rows_of(name, self._rows, "duckdb", self._edition.version)
            insert(self._connection, relation, rows)
        self._there.add(name)

    def _rows(self, name: str) -> Iterable[Mapping[str, str]]:
        plain = self._dataset.perspective == Perspective()
        if name in {"decisions", "redirects"} or (plain and name == "claims"):
            return self._edition.rows(name)
        return self._heard() if name == "claims" else self._dataset.table(name).rows()

    def _heard(self) -> Iterator[dict[str, str]]:
        """Yield the claims that this perspective hears, with what it makes of them."""
        court = self._ledger.court(self._dataset.perspective)
        made: dict[str, tuple[str, str]] = {}
        for one in resolve(self._ledger.claims, court):
            made.update(verdicts_of(one))
        for row in self._edition.rows("claims"):
            if row["id"] in made:
                verdict, standing = made[row["id"]]
                yield {**row, "verdict": verdict, "standing": standing}


def _named_queries(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the queries that a WITH names."""
    named = node.get("cte_map")
    return named["map"] if isinstance(named, dict) else []


def _may_ask_for_any(node: dict[str, Any]) -> bool:
    """Say whether a part of a query may read a table whose name it makes only when it runs."""
    kind = node.get("type")
    if kind == "BASE_TABLE":
        own_schema = node["schema_name"] in {"", "main"}
        return not own_schema or node["table_name"].lower().startswith(_CATALOGUES)
    if kind == "TABLE_FUNCTION":
        return (node.get("function") or {}).get("function_name") not in _HARMLESS
    return kind == "SHOW_REF"


def _unlike(names: list[str]) -> tuple[str, ...]:
    """Give columns of the same name different ones, so that a row can be a dictionary."""
    made: list[str] = []
    for name in names:
        new, count = name, 0
        while new in made:
            count += 1
            new = f"{name}_{count}"
        made.append(new)
    return tuple(made)


def _ranges(numbers: list[int]) -> str:
    """Return ascending numbers as text, neighbours together: 1-3, 7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(map(_text, value)) if isinstance(value, list) else str(value)


def _first_words(message: str) -> str:
    """Return what DuckDB says without its name for the error and its drawing of the place."""
    lines = re.sub("^[A-Za-z ]+ Error: ", "", message).split("\nLINE ")[0].split("\n")
    return " ".join(line.strip() for line in lines if line.strip())
