"""`list`: the records of a table that meet conditions."""

import argparse
from collections.abc import Sequence
from typing import Any

from lunarprogrammes import tables
from lunarprogrammes.cli._common import (
    add_format,
    add_perspective,
    note,
    open_dataset,
    print_rows,
    terminal_width,
)
from lunarprogrammes.errors import UnknownField
from lunarprogrammes.find import closest
from lunarprogrammes.render import filled_columns, width_of
from lunarprogrammes.view import View

SUMMARY = "List the records of a table, filtered by any of its fields."
_WIDEST = 28


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:
    """Add the table, and each field of the table named on this command line as an option."""
    parser.add_argument("table", metavar="TABLE", help=", ".join(tables.names_of_tables()))
    parser.add_argument("--columns", metavar="A,B,…", help="which columns to show")
    add_format(parser, "table", "csv", "json")
    add_perspective(parser)
    named = next((word for word in words if word in tables.names_of_tables()), None)
    if named is None:
        return
    group = parser.add_argument_group(f"fields of {named} (a programme includes its parts)")
    for name, field in tables.get(named).fields.items():
        option = f"--{name.replace('_', '-')}"
        # A field may share its name with an option of ours; ours came first and keeps it.
        if option not in {"--at", "--format", "--columns", "--policy"}:
            group.add_argument(option, dest=f"field_{name}", metavar="VALUE", help=field.meaning)


def run(arguments: argparse.Namespace) -> int:
    """Print the records; exit code 1 if there are none."""
    view = open_dataset(arguments).table(arguments.table)
    conditions = {
        name.removeprefix("field_"): value
        for name, value in vars(arguments).items()
        if name.startswith("field_") and value is not None
    }
    view = view.where(**conditions)
    columns = _columns(view, arguments)
    print_rows(columns, view.rows(), arguments.format)
    if not len(view):
        note(f"No record of {arguments.table} meets the conditions.")
    return 0 if len(view) else 1


def _columns(view: View[Any], arguments: argparse.Namespace) -> list[str]:
    if arguments.columns:
        wanted = [name.strip() for name in arguments.columns.split(",")]
        for name in wanted:
            if name not in view.columns:
                close = closest(view.columns, name)
                raise UnknownField(
                    f"{view.table.name} has no column '{name}'.",
                    expected=f"Its columns are {', '.join(view.columns)}.",
                    remedy=f"Did you mean {close[0]}?" if close else "",
                )
        return wanted
    if arguments.format != "table":
        return list(view.columns)
    return _fitting(view, terminal_width())


def _fitting(view: View[Any], width: int) -> list[str]:
    """Return the filled columns that fit side by side; say on standard error which do not."""
    first = [*view.table.key, *view.table.headline]
    filled = [name for name in first if name in filled_columns(view)] or list(view.table.key)
    # The sources of a famous flight fill a screen by themselves; `show` and the files have them.
    filled += [name for name in filled_columns(view) if name not in {*first, "sources"}]
    kept: list[str] = []
    used = 0
    for name in filled:
        widest = max([width_of(name), *(width_of(row[name]) for row in view.rows())])
        used += min(widest, _WIDEST) + 2
        if used > width and len(kept) >= len(view.table.key) + 1:
            break
        kept.append(name)
    left = [name for name in filled if name not in kept]
    if left:
        note(f"{len(left)} more filled columns do not fit; see --columns or --format csv.")
    return kept
