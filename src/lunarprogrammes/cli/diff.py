"""`diff`: what changed between two editions."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from lunarprogrammes.changes import changes, counted
from lunarprogrammes.cli._common import add_format, print_json, print_rows
from lunarprogrammes.edition import Edition

SUMMARY = (
    "Compare two editions: claims added, withdrawn or re-dated, cells that say something else."
)
_COLUMNS = ("change", "table", "record", "field", "old", "new", "source")


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("old", type=Path, metavar="OLD", help="folder or zip of the older edition")
    parser.add_argument(
        "new", type=Path, nargs="?", metavar="NEW", help="default: the package's own"
    )
    add_format(parser, "text", "json", "markdown", "csv")


def run(arguments: argparse.Namespace) -> int:
    """Print the changes."""
    from lunarprogrammes.export.changes_text import as_markdown, as_text

    old, new = Edition.open(arguments.old), Edition.open(arguments.new)
    found = changes(old, new)
    if arguments.format == "csv":
        print_rows(_COLUMNS, [change._asdict() for change in found], "csv")
    elif arguments.format == "json":
        print_json(
            {
                "old": old.version,
                "new": new.version,
                "summary": counted(found),
                "changes": [change._asdict() for change in found],
            }
        )
    else:
        write = as_markdown if arguments.format == "markdown" else as_text
        print(write(old.version, new.version, found))
    return 0
