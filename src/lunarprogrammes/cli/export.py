"""`export`: an edition as one file."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from lunarprogrammes.edition import Edition
from lunarprogrammes.export.package_zip import write_zip

SUMMARY = "Write an edition as one zip of its Data Package."


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("form", choices=("zip",), metavar="FORMAT", help="zip")
    parser.add_argument("target", nargs="?", type=Path, metavar="PATH")
    parser.add_argument("--edition", metavar="PATH", help="folder or zip of a built edition")


def run(arguments: argparse.Namespace) -> int:
    """Write the file and say where it is."""
    edition = Edition.open(arguments.edition)
    target = arguments.target or Path(f"lunarprogrammes-{edition.version}.zip")
    write_zip(edition, target)
    print(target)
    return 0
