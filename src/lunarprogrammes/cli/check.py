"""`check`: validate readings before they become an edition."""

import argparse
import datetime
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from lunarprogrammes.check import check_seeds
from lunarprogrammes.check.reporters import json, text

SUMMARY = "Check seeds/ or one source's folder: files, schema, evidence, sense."
_PIPE_WIDTH = 100


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("path", nargs="?", type=Path, default=Path("seeds"), metavar="PATH")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace) -> int:
    """Print the report; exit code 1 if anything has to be repaired."""
    # The clock is read here, at the edge: the checker itself takes the day as an argument.
    today = datetime.datetime.now(tz=datetime.UTC).date()
    report = check_seeds(arguments.path, today=today)
    if arguments.format == "json":
        print(json.render(report), end="")
        return report.exit_code
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else _PIPE_WIDTH
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    print(text.render(report, width=width, colour=colour), end="")
    return report.exit_code
