"""`export`: an edition as one file, in the form that other tools expect."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.export.formats import FORMATS, write

SUMMARY = "Write an edition as one file for other tools."


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    width = max(map(len, FORMATS))
    parser.add_argument("form", choices=tuple(FORMATS), metavar="FORMAT", help=", ".join(FORMATS))
    parser.add_argument("target", nargs="?", type=Path, metavar="PATH")
    parser.add_argument("--edition", metavar="PATH", help="folder or zip of a built edition")
    parser.add_argument("--shards", type=int, metavar="N", help="shards: how many; default: 8")
    parser.add_argument(
        "--file-type", choices=("csv", "parquet"), help="shards: of which kind; default: csv"
    )
    listed = "\n".join(f"  {one.name:<{width}}  {one.says}" for one in FORMATS.values())
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = f"{SUMMARY}\n\nformats:\n{listed}"


def run(arguments: argparse.Namespace) -> int:
    """Write the file and say where it is."""
    wanted = {"shards": arguments.shards, "file_type": arguments.file_type}
    options = {name: value for name, value in wanted.items() if value is not None}
    if options and arguments.form != "shards":
        raise LunarProgrammesError(
            f"The format {arguments.form} has no shards.",
            remedy="Leave --shards and --file-type out, or export shards.",
        )
    edition = Edition.open(arguments.edition)
    print(write(edition, arguments.form, arguments.target, **options))
    return 0
