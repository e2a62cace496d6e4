"""`diff`: what changed between two editions."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from lunarprogrammes.changes import changes
from lunarprogrammes.cli._common import add_format, print_rows
from lunarprogrammes.edition import Edition

SUMMARY = "Compare two editions: claims added and withdrawn, cells that say something else."
_COLUMNS = ("change", "table", "record", "field", "old", "new", "source")


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("old", type=Path, metavar="OLD", help="folder or zip of the older edition")
    parser.add_argument(
        "new", type=Path, nargs="?", metavar="NEW", help="default: the package's own"
    )
    add_format(parser, "table", "csv", "json")


def run(arguments: argparse.Namespace) -> int:
    """Print the changes."""
    found = changes(Edition.open(arguments.old), Edition.open(arguments.new))
    print_rows(_COLUMNS, [change._asdict() for change in found], arguments.format)
    return 0
