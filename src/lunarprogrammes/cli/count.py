"""`count`: how many flights or landings, by a published definition, with the swing cases."""

import argparse
from collections.abc import Sequence

from lunarprogrammes.cli._common import (
    add_format,
    add_perspective,
    bold,
    note,
    open_dataset,
    print_json,
    print_rows,
)
from lunarprogrammes.counts import DEFINITIONS, Counted, count

SUMMARY = "Count flights or landings by a published definition, with list and swing cases."
_OVERVIEW = ("count", "number", "least", "most", "title")
_MEMBERS = ("record", "name", "date", "counted", "remark")


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("name", nargs="?", metavar="COUNT", help="one of the counts; without: all")
    add_format(parser, "table", "csv", "json")
    add_perspective(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print all counts, or one with its definition, list and swing cases."""
    dataset = open_dataset(arguments)
    if arguments.name is None:
        found = [count(dataset, name) for name in DEFINITIONS]
        print_rows(_OVERVIEW, [_overview(one) for one in found], arguments.format)
        return 0
    one = count(dataset, arguments.name)
    rows = dataset.table(one.definition.table)
    listed = [
        {
            "record": record,
            "name": rows.row(record)["name"],
            "date": rows.row(record).get("landing_date") or rows.row(record).get("launch_date", ""),
            "counted": "yes" if record in one.members else "no",
            "remark": one.swing.get(record, ""),
        }
        for record in (*one.members, *(swing for swing in one.swing if swing not in one.members))
    ]
    if arguments.format == "json":
        print_json({**_overview(one), "definition": one.definition.says, "records": listed})
        return 0
    print_rows(_MEMBERS, listed, arguments.format)
    note(f"{bold(one.definition.title)}: {one.number} ({one.least} to {one.most}).")
    note(one.definition.says)
    return 0


def _overview(one: Counted) -> dict[str, str]:
    return {
        "count": one.definition.id,
        "number": str(one.number),
        "least": str(one.least),
        "most": str(one.most),
        "title": one.definition.title,
    }
