"""The databases that the browser asks: the tables alone, and the tables with the ledger.

They are the SQLite export without keys and indexes, which would double what has to be sent; the
browser makes the indexes when it opens a file. A query is answered by the small one, and by the
large one when it asks for the claims or a view of them. Costs 4 s and 100 MB of memory.
"""

import sqlite3
from collections.abc import Collection
from pathlib import Path

from lunarprogrammes.edition import Edition
from lunarprogrammes.export.sql_columns import quoted
from lunarprogrammes.export.sql_tables import NEEDS, relations, rows_of, view_statements
from lunarprogrammes.export.sqlite import index_statements
from lunarprogrammes.site.explorer_files import write_packed

LEDGER = "claims"
SMALL, LARGE = "tables.sqlite.gz", "ledger.sqlite.gz"


def write_databases(edition: Edition, folder: Path) -> None:
    """Write both databases in gzip: `tables.sqlite.gz` and `ledger.sqlite.gz`."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        names = list(relations("sqlite"))
        _fill(connection, edition, [name for name in names if name != LEDGER])
        write_packed(folder / SMALL, connection.serialize())
        # The large one is the small one and the rest.
        _fill(connection, edition, [LEDGER])
        write_packed(folder / LARGE, connection.serialize())
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, edition: Edition, names: Collection[str]) -> None:
    """Add tables, and the views that need no table which is not there then."""
    made = relations("sqlite")
    connection.execute("BEGIN")
    for name in names:
        connection.execute(made[name].ddl(constrained=False))
        marks = ", ".join("?" * len(made[name].columns))
        rows = rows_of(name, edition.rows, "sqlite", edition.version)
        connection.executemany(f"INSERT INTO {quoted(name)} VALUES ({marks})", rows)  # noqa: S608
    for name, statement in view_statements("sqlite").items():
        if (LEDGER in NEEDS[name]) == (LEDGER in names):
            connection.execute(statement)
    connection.execute("COMMIT")


def indexes() -> dict[str, list[str]]:
    """Return the statements that make the indexes of each table, by its name.

    >>> indexes()["claims"][0]
    'CREATE INDEX "claims_cell" ON "claims" ("table", "record", "field")'
    """
    made: dict[str, list[str]] = {}
    for name, statement in index_statements(relations("sqlite")):
        made.setdefault(name, []).append(statement)
    return made
