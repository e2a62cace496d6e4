"""`site`: the source folder of the documentation site, for MkDocs to build."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lunarprogrammes.cli._progress import Progress
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import LunarProgrammesError

SUMMARY = "Write the site as Markdown, a page for every record, for `mkdocs build`."


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument(
        "target",
        nargs="?",
        type=Path,
        default=Path("build/site-source"),
        metavar="TARGET",
        help="default: %(default)s, where mkdocs.yml looks",
    )
    parser.add_argument(
        "--docs", type=Path, default=Path("docs"), metavar="PATH", help="default: %(default)s"
    )
    parser.add_argument(
        "--tables",
        metavar="NAMES",
        help="record pages of these tables alone, separated by commas, for a quick look",
    )
    parser.add_argument("--edition", metavar="PATH", help="folder or zip of a built edition")


def run(arguments: argparse.Namespace) -> int:
    """Write the folder and say where it is."""
    from lunarprogrammes.site.holdings import PAGED
    from lunarprogrammes.site.writing import write_site

    paged = arguments.tables.split(",") if arguments.tables is not None else PAGED
    for name in paged:
        if name not in PAGED:
            raise LunarProgrammesError(
                f"'{name}' is no table whose records have pages.",
                expected=f"Expected some of {', '.join(PAGED)}.",
            )
    progress = Progress(sys.stderr, what="Writing")
    try:
        written = write_site(
            Edition.open(arguments.edition),
            arguments.docs,
            arguments.target,
            paged=paged,
            progress=progress,
        )
    finally:
        progress.close()
    print(f"{arguments.target}: {written:,} record pages")
    return 0
