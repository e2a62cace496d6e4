"""The tables of the dataset: each module here defines one, and every schema derives from it.

A table is added by adding a module with a record class and a `TABLE`. Modules are imported only
when their table is asked for, so that reading one mission does not pay for nineteen classes.
"""

import os
from functools import cache
from importlib import import_module

from lunarprogrammes.errors import UnknownTable
from lunarprogrammes.tables._field import Field, InvalidValue, Vocabulary
from lunarprogrammes.tables._table import KEY_SEPARATOR, Table, in_order

__all__ = [
    "KEY_SEPARATOR",
    "Field",
    "InvalidValue",
    "Table",
    "Vocabulary",
    "all_tables",
    "get",
    "names_of_tables",
]


@cache
def names_of_tables() -> tuple[str, ...]:
    """Return the names of all tables, alphabetically; imports none of them."""
    # A listing of the folder costs a tenth of what pkgutil does to import.
    files = (name for name in os.listdir(__path__[0]) if name.endswith(".py"))
    return tuple(sorted(name.removesuffix(".py") for name in files if not name.startswith("_")))


def get(name: str) -> Table:
    """Return a table by its name; raise `UnknownTable` with a suggestion.

    >>> get("missions").key
    ('id',)
    """
    if name not in names_of_tables():
        from difflib import get_close_matches

        close = get_close_matches(name, names_of_tables(), 1, 0.5)
        raise UnknownTable(
            f"There is no table '{name}'.",
            expected=f"The tables are {', '.join(names_of_tables())}.",
            remedy=f"Did you mean {close[0]}?" if close else "",
        )
    table: Table = import_module(f"{__name__}.{name}").TABLE
    return table


@cache
def all_tables() -> dict[str, Table]:
    """Return every table by name, in the order of listings; imports all of them."""
    return in_order(get(name) for name in names_of_tables())
