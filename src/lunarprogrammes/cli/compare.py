"""`compare`: two programmes side by side."""

import argparse
from collections.abc import Sequence

from lunarprogrammes.cli._common import add_format, add_perspective, open_dataset, print_rows
from lunarprogrammes.comparison import compare

SUMMARY = "Set programmes side by side, such as artemis and ilrs."


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("programmes", nargs="+", metavar="PROGRAMME", help="ids of programmes")
    add_format(parser, "table", "csv", "json")
    add_perspective(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print one row for each aspect of which anything was read."""
    compared = compare(open_dataset(arguments), *arguments.programmes)
    rows = [
        {"aspect": one.name, **dict(zip(compared.programmes, one.values, strict=True))}
        | {"see": one.see}
        for one in compared.aspects
    ]
    print_rows(("aspect", *compared.programmes, "see"), rows, arguments.format)
    return 0
