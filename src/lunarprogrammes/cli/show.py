"""`show`: one record with everything that is known of it."""

import argparse
from collections.abc import Sequence

from lunarprogrammes.cli._common import (
    add_format,
    add_perspective,
    bold,
    locate,
    open_dataset,
    print_json,
)
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import Field

SUMMARY = "Show one record: every filled field, other names, sources, what is contested."

_SOURCES_SHOWN = 12


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("record", nargs="+", metavar="[TABLE] RECORD", help="missions change-5")
    add_format(parser, "text", "json")
    add_perspective(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the record."""
    dataset = open_dataset(arguments)
    table, record = locate(dataset, arguments.record)
    view = dataset.table(table)
    row = view.row(record)
    if arguments.format == "json":
        print_json({"table": table, **{name: text for name, text in row.items() if text}})
        return 0
    print(bold(f"{table}/{record}"))
    contested = set((row.get("contested") or "").split(";"))
    width = max(len(name) for name, text in row.items() if text)
    for name, field in view.table.fields.items():
        if row[name] and not field.derived and name not in view.table.key:
            mark = "  [contested]" if name in contested else ""
            print(f"  {name:<{width}}  {in_words(field, row[name])}{mark}")
    for line in _names(dataset, table, record):
        print(f"  {'also':<{width}}  {line}")
    sources = (row.get("sources") or "").split(";")
    for source in sources[:_SOURCES_SHOWN]:
        print(f"  {'source':<{width}}  {source}")
    if len(sources) > _SOURCES_SHOWN:
        more = f"and {len(sources) - _SOURCES_SHOWN} more: lunarprogrammes why {table} {record}"
        print(f"  {'':<{width}}  {more}")
    first = next(iter(sorted(contested - {""})), "launch_date")
    print(
        f"\nWhy: lunarprogrammes why {table} {record} {first}" if contested - {""} else "", end=""
    )
    print()
    return 0


def in_words(field: Field, text: str) -> str:
    """Return a cell as it is, with its meaning in words where the text alone does not tell."""
    if field.kind == "date":
        words = UncertainDate(text).describe()
        return f"{text} ({words})" if words != text else text
    if field.kind == "quantity":
        words = Quantity(text).describe()
        unit = f" {field.unit}" if field.unit else ""
        return f"{text}{unit} ({words})" if words.replace(",", "") != text else f"{words}{unit}"
    return text


def _names(dataset: Dataset, table: str, record: str) -> list[str]:
    return [
        f"{row['name']} ({', '.join(part for part in (row['kind'], row['language']) if part)})"
        for row in dataset.names_of(table, record)
    ]
