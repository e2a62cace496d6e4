"""What commands share: opening an edition from a perspective, and printing for people or pipes."""

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lunarprogrammes import render
from lunarprogrammes.dataset import Dataset, load
from lunarprogrammes.errors import UnknownRecord
from lunarprogrammes.tables import names_of_tables

PIPE_WIDTH = 1_000_000
_BOLD, _RESET = "\x1b[1m", "\x1b[0m"


def add_perspective(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose the edition and from where it is seen."""
    group = parser.add_argument_group("perspective")
    group.add_argument("--edition", metavar="PATH", help="folder or zip of a built edition")
    group.add_argument("--known-on", metavar="DATE", help="only what was published by this day")
    group.add_argument("--at", metavar="DATE", help="what was the case on this day, as known now")
    group.add_argument(
        "--possibly", action="store_true", help="with --at: also what cannot be ruled out"
    )
    group.add_argument(
        "--policy", metavar="NAME", help="by-field, official-first, most-recent or majority"
    )


def add_format(parser: argparse.ArgumentParser, *formats: str) -> None:
    """Add the option that chooses how the answer is written."""
    parser.add_argument(
        "--format", choices=formats, default=formats[0], help="default: %(default)s"
    )


def open_dataset(arguments: argparse.Namespace) -> Dataset:
    """Open the edition that was asked for, from the perspective that was asked for."""
    dataset = load(arguments.edition)
    if getattr(arguments, "known_on", None):
        dataset = dataset.known_on(arguments.known_on)
    if getattr(arguments, "at", None):
        dataset = dataset.at(arguments.at, possibly=arguments.possibly)
    if getattr(arguments, "policy", None):
        dataset = dataset.resolved_by(arguments.policy)
    return dataset


def locate(dataset: Dataset, words: Sequence[str]) -> tuple[str, str]:
    """Return table and record of `TABLE RECORD`, `TABLE/RECORD` or `RECORD`."""
    if len(words) > 2:
        raise UnknownRecord(
            f"{len(words)} words name no record.", expected="Expected TABLE RECORD."
        )
    if len(words) == 2:
        return words[0], dataset.current(words[0], words[1])
    if words[0] in names_of_tables():
        raise UnknownRecord(f"'{words[0]}' is a table.", expected="Expected TABLE RECORD.")
    return dataset.locate(words[0])


def terminal_width() -> int:
    """Return the width to print for: the terminal's, or no limit in a pipe."""
    if not sys.stdout.isatty():
        return PIPE_WIDTH
    import shutil

    return shutil.get_terminal_size().columns


def bold(text: str) -> str:
    """Return a text in bold where a terminal shows it and `NO_COLOR` does not forbid it."""
    plain = (
        not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    )
    return text if plain else f"{_BOLD}{text}{_RESET}"


def print_rows(columns: Sequence[str], rows: Iterable[Mapping[str, str]], style: str) -> None:
    """Print rows as a table, CSV or JSON."""
    listed = list(rows)
    if style == "csv":
        print(render.csv_text(columns, listed))
    elif style == "json":
        print(render.json_text([{name: row.get(name, "") for name in columns} for row in listed]))
    else:
        head, *body = render.text_table(columns, listed, terminal_width()).split("\n")
        print("\n".join([bold(head), *body]))


def print_json(value: Any) -> None:
    """Print one value as JSON."""
    print(render.json_text(value))


def note(text: str) -> None:
    """Say something beside the answer: on standard error, so that pipes stay clean."""
    print(text, file=sys.stderr)
