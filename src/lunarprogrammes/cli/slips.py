"""`slips`: how the planned date of something moved."""

import argparse
from collections.abc import Sequence

from lunarprogrammes.cli._common import add_format, add_perspective, note, open_dataset, print_rows

SUMMARY = "Show every dated statement of the planned dates of a mission, oldest first."
_COLUMNS = ("said", "field", "planned", "moved", "source", "locator", "claim")


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument(
        "record", metavar="MISSION", help="a mission, or programmes/ilrs-construction"
    )
    add_format(parser, "table", "csv", "json")
    add_perspective(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the statements; exit code 1 if there are none."""
    slips = open_dataset(arguments).slips(arguments.record)
    rows = [
        {
            "said": one.said.text if one.said else "undated",
            "field": one.field,
            "planned": one.planned.text,
            "moved": str(one.moved) if one.moved is not None else "",
            "source": one.claim.source,
            "locator": one.claim.locator,
            "claim": one.claim.id,
        }
        for one in slips.statements
    ]
    if not rows:
        note(f"No source that was read states a planned date of {arguments.record}.")
        return 1
    print_rows(_COLUMNS, rows, arguments.format)
    if slips.happened is not None:
        note(f"In fact: {slips.happened.text}.")
    return 0
