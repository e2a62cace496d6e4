"""`check`: validate readings before they become an edition."""

import argparse
from collections.abc import Sequence
from pathlib import Path

SUMMARY = "Check seeds/ or one source's folder: files, schema, evidence, sense."


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("path", nargs="?", type=Path, default=Path("seeds"), metavar="PATH")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace) -> int:
    """Print the report; exit code 1 if there are problems."""
    from lunarprogrammes.check import check_seeds, report_json, report_text

    report = check_seeds(arguments.path)
    print(report_json(report) if arguments.format == "json" else report_text(report))
    return report.exit_code
