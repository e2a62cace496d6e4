"""`cite`: a citation of one fact."""

import argparse
from collections.abc import Sequence

from lunarprogrammes.cite import STYLES, cite
from lunarprogrammes.cli._common import add_perspective, open_dataset
from lunarprogrammes.cli.why import cell_of

SUMMARY = "Cite one fact: the fact, its primary source with the place, the edition."


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument(
        "cell", nargs="+", metavar="[TABLE] RECORD [FIELD]", help="change-5 sample_mass_g"
    )
    parser.add_argument("--style", choices=STYLES, default="text", help="default: %(default)s")
    add_perspective(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the citation."""
    dataset = open_dataset(arguments)
    evidence = dataset.why(*cell_of(dataset, arguments.cell))
    print(cite(evidence, dataset.edition, arguments.style))
    return 0
