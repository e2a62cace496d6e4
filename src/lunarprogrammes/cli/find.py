"""`find`: records by any of their names."""

import argparse
from collections.abc import Sequence

from lunarprogrammes.cli._common import add_format, add_perspective, note, open_dataset, print_rows

SUMMARY = "Find records by any name, in any language and script; typing errors are forgiven."


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("text", nargs="+", metavar="TEXT", help="嫦娥, chang'e 5, ILRS, Rümker …")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="default: %(default)s")
    add_format(parser, "table", "csv", "json")
    add_perspective(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the matches, best first; exit code 1 if there are none."""
    text = " ".join(arguments.text)
    matches = open_dataset(arguments).find(text, limit=arguments.limit)
    rows = [
        {"record": f"{one.table}/{one.record}", "name": one.name, "matched": one.matched}
        for one in matches
    ]
    if not rows:
        note(f"No record has a name like '{text}'.")
        return 1
    print_rows(["record", "name", "matched"], rows, arguments.format)
    return 0
