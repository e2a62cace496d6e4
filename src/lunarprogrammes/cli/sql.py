"""`sql`: one read-only query over all tables, with the sources of its rows on request."""

import argparse
from collections.abc import Sequence

from lunarprogrammes import render
from lunarprogrammes.cli._common import (
    add_format,
    add_perspective,
    bold,
    note,
    open_dataset,
    terminal_width,
)

SUMMARY = "Ask the tables in SQL; `--footnotes` adds the sources of each row."


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("query", metavar="SELECT", help="one query in the SQL of DuckDB")
    parser.add_argument(
        "--footnotes", action="store_true", help="name the sources on which each row rests"
    )
    add_format(parser, "table", "csv", "json")
    add_perspective(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the rows; exit code 1 if there are none."""
    result = open_dataset(arguments).sql(arguments.query, footnotes=arguments.footnotes)
    if arguments.format == "json":
        print(render.json_text([_plain(row) for row in result.records()]))
    elif arguments.format == "csv":
        columns = [*result.columns, *(["footnotes"] if arguments.footnotes else [])]
        print(render.csv_text(columns, result.texts()))
    else:
        head, *body = result.table(terminal_width()).split("\n")
        print("\n".join([bold(head), *body]))
    if not len(result):
        note("The query gives no row.")
    return 0 if len(result) else 1


def _plain(row: dict[str, object]) -> dict[str, object]:
    """Keep what JSON can hold; a date or a decimal becomes its text."""
    kept = (str, int, float, bool, list, type(None))
    return {name: one if isinstance(one, kept) else str(one) for name, one in row.items()}
