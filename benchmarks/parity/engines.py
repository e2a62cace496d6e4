"""What each of the five engines says of records: one function each, whole tables at a time.

All of them are given the rows of one table and a world of good records, and answer for each row
whether it is accepted. Frictionless and csvw read real files; SQLite holds a real database.
"""

import csv as csv_module
import io
import json
import logging
import re
import sqlite3
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from lunarprogrammes import tables
from lunarprogrammes.export import csvw as own_csvw
from lunarprogrammes.export import frictionless as own_frictionless
from lunarprogrammes.export.json_schema import table_schema
from lunarprogrammes.export.sql_columns import columns_of, quoted, values_of
from lunarprogrammes.export.sql_tables import relations
from lunarprogrammes.tables import Field, InvalidValue, Table

Row = Mapping[str, str]
World = Mapping[str, Sequence[Row]]
Engine = Callable[[Table, World, Sequence[Row], Path], list[bool]]


def pydantic(table: Table, _: World, rows: Sequence[Row], __: Path) -> list[bool]:
    """Validate each row as the package does: empty cells are left out."""
    from pydantic import TypeAdapter, ValidationError

    adapter = TypeAdapter(table.record)

    def accepts(row: Row) -> bool:
        try:
            adapter.validate_python({name: text for name, text in row.items() if text})
        except ValidationError:
            return False
        return True

    return [accepts(row) for row in rows]


def json_schema(table: Table, _: World, rows: Sequence[Row], __: Path) -> list[bool]:
    """Validate each row as the JSON record that a program would make of it, without empty cells."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(table_schema(table))
    return [
        validator.is_valid(
            {
                name: _json_value(field, row[name])
                for name, field in table.fields.items()
                if row[name]
            }
        )
        for row in rows
    ]


def _json_value(field: Field, text: str) -> object:
    if field.kind == "list":
        return text.split(";")
    if field.kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if field.kind == "integer" and re.fullmatch("-?(0|[1-9][0-9]*)([.][0-9]+)?", text):
        return json.loads(text)
    return text


def sqlite(table: Table, world: World, rows: Sequence[Row], _: Path) -> list[bool]:
    """Put each row into a database of the world and take it out again."""
    connection = _database(tuple((name, tuple(map(_frozen, held))) for name, held in world.items()))
    marks = ", ".join("?" * len(relations("sqlite")[table.name].columns))

    def accepts(row: Row) -> bool:
        connection.execute("SAVEPOINT one")
        try:
            statement = f"INSERT INTO {quoted(table.name)} VALUES ({marks})"
            connection.execute(statement, _sql_values(table, row))
        except sqlite3.IntegrityError:
            return False
        finally:
            connection.execute("ROLLBACK TO one")
            connection.execute("RELEASE one")
        return True

    return [accepts(row) for row in rows]


def _frozen(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(row.items())


@cache
def _database(world: tuple[tuple[str, Any], ...]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    made = relations("sqlite")
    held = dict(world)
    for relation in made.values():
        connection.execute(relation.ddl())
    for name, table in tables.all_tables().items():
        marks = ", ".join("?" * len(made[name].columns))
        for row in held[name]:
            values = _sql_values(table, dict(row))
            connection.execute(f"INSERT INTO {quoted(name)} VALUES ({marks})", values)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _sql_values(table: Table, row: Row) -> list[Any]:
    """Give the values of the columns; a text that has none goes in as it is, without bounds."""
    made: list[Any] = []
    for name, field in table.fields.items():
        columns = columns_of(name, field, "sqlite")
        try:
            # The export reads no damaged flags, because an edition has none.
            odd = field.kind == "boolean" and row[name] not in {"", "true", "false"}
            odd = odd or (field.kind == "integer" and not re.fullmatch("-?[0-9]*", row[name], re.A))
            values = (row[name],) if odd else values_of(field, row[name], "sqlite")
        except (InvalidValue, ValueError):
            values = (row[name], None, None)[: len(columns)]
        made += values
    return made


def frictionless(table: Table, world: World, rows: Sequence[Row], folder: Path) -> list[bool]:
    """Validate a package of the rows, after those of the world, and the tables they refer to."""
    from frictionless import validate

    resources = []
    for name, held in _with_referred(table, world, rows).items():
        schema = own_frictionless.table_schema(tables.get(name))
        if name != table.name:
            # Their own references are judged when it is their turn.
            schema.pop("foreignKeys", None)
        (folder / f"{name}.csv").write_bytes(_csv_bytes(tables.get(name), held))
        resources.append(
            {"name": name, "path": f"{name}.csv", "type": "table", "format": "csv",
             "encoding": "utf-8", "dialect": own_frictionless.DIALECT, "schema": schema}
        )  # fmt: skip
    described = own_frictionless.package_descriptor("2026.11.22", resources, [])
    path = folder / "datapackage.json"
    path.write_text(json.dumps(described), encoding="utf-8")
    report = validate(str(path), type="package", limit_errors=1_000_000)
    (task,) = (one for one in report.tasks if one.name == table.name)
    others = [error for one in report.tasks if one is not task for error in one.errors]
    assert (others, report.errors) == ([], []), others
    assert task.stats["rows"] == len(world[table.name]) + len(rows)
    refused = {error.row_number - 2 for error in task.errors}
    return _answers(refused, len(world[table.name]), len(rows))


def _with_referred(table: Table, world: World, rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Give the rows after those of the world, and of other tables the records they refer to."""
    held: dict[str, list[Row]] = {table.name: [*world[table.name], *rows]}
    for name, field in table.fields.items():
        target = field.references[0] if field.references else table.name
        if target != table.name:
            wanted = {row[name] for row in held[table.name]}
            kept = held.setdefault(target, [])
            kept += [row for row in world[target] if row["id"] in wanted and row not in kept]
    return held


def _csv_bytes(table: Table, rows: Sequence[Row]) -> bytes:
    """Write a CSV file with every cell quoted, so that a carriage return stays in its cell."""
    out = io.StringIO(newline="")
    writer = csv_module.writer(out, lineterminator="\n", quoting=csv_module.QUOTE_ALL)
    writer.writerow(table.fields)
    writer.writerows([row[name] for name in table.fields] for row in rows)
    return out.getvalue().encode()


def csvw(table: Table, world: World, rows: Sequence[Row], folder: Path) -> list[bool]:
    """Have csvw check cells, keys and references of the same files, by line."""
    from csvw import TableGroup

    held = _with_referred(table, world, rows)
    for name in held:
        (folder / f"{name}.csv").write_bytes(_csv_bytes(tables.get(name), held[name]))
    described = own_csvw.table_group({}, map(tables.get, held))
    for one in described["tables"]:
        if one["url"] != f"{table.name}.csv":
            # Their own references are judged when it is their turn.
            one["tableSchema"].pop("foreignKeys", None)
    path = folder / own_csvw.METADATA
    path.write_text(json.dumps(described), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        group = TableGroup.from_file(str(path))
    kept = [one for one in group.tables if one.local_name == f"{table.name}.csv"]
    log = _Log(folder / f"{table.name}.csv")
    with warnings.catch_warnings():
        # NaN is refused with a warning besides.
        warnings.simplefilter("ignore")
        for _ in kept[0].iterdicts(log=log.logger):
            pass
        kept[0].check_primary_key(log=log.logger)
        group.check_referential_integrity(log=log.logger)
    row_at = _row_at(held[table.name])
    refused = {row_at[line] for line in log.lines()}
    return _answers(refused, len(world[table.name]), len(rows))


class _Log(logging.Handler):
    """What csvw logs of one file; any other complaint is an error of this bench."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.found: list[str] = []
        self.logger = logging.Logger("csvw", logging.DEBUG)
        self.logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())

    def lines(self) -> set[int]:
        """Return the lines that were complained of, as csvw counts them."""
        found = [re.match(rf"{re.escape(str(self.path))}:([0-9]+)", one) for one in self.found]
        strange = [text for text, one in zip(self.found, found, strict=True) if one is None]
        assert not strange, strange[:3]
        return {int(one[1]) for one in found if one}


def _row_at(rows: Sequence[Row]) -> dict[int, int]:
    """Return the number of the row that ends in a line, as csvw counts lines: by line feeds."""
    made, line = {}, 1
    for number, row in enumerate(rows):
        line += 1 + sum(text.count("\n") for text in row.values())
        made[line] = number
    return made


def _answers(refused: set[int], before: int, count: int) -> list[bool]:
    """Return the verdicts on the rows that follow those of the world, none of which is refused."""
    assert not {number for number in refused if number < before}, "a good record was refused"
    return [before + number not in refused for number in range(count)]


ENGINES: Mapping[str, Engine] = {
    "pydantic": pydantic,
    "JSON Schema": json_schema,
    "Frictionless": frictionless,
    "SQLite": sqlite,
    "CSVW": csvw,
}
