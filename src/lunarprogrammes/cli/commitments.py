"""`commitments`: which agreements bind an actor, or are signed by it, and since when."""

import argparse
from collections.abc import Sequence

from lunarprogrammes.answers import Answer
from lunarprogrammes.cli._common import add_format, add_perspective, note, open_dataset, print_rows
from lunarprogrammes.commitments import FORCES, commitments_of
from lunarprogrammes.perspective import last_day

SUMMARY = "List which agreements bind an actor, or are signed by it, and since when."
_COLUMNS = ("force", "agreement", "name", "since", "until", "signed", "ratified", "in_force", "by")


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("actor", metavar="ACTOR", help="a state, an agency or another actor")
    parser.add_argument("--binding", action="store_true", help="only what binds it by treaty")
    add_format(parser, "table", "csv", "json")
    add_perspective(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the commitments, binding ones first; exit code 1 if there are none."""
    # A day is asked of the commitments themselves: what is known of them now decides.
    day = last_day(arguments.at) if arguments.at else None
    least = Answer.POSSIBLY if arguments.possibly else Answer.YES
    arguments.at = None
    dataset = open_dataset(arguments)
    found = [
        one
        for one in commitments_of(dataset, arguments.actor)
        if (not arguments.binding or one.force == "binding")
        and (day is None or one.on(day) in {least, Answer.YES})
    ]
    rows = [
        {
            "force": one.force,
            "agreement": one.agreement,
            "name": one.name,
            "since": one.since.text if one.since else "undated",
            "until": one.until.text if one.until else "",
            "signed": one.signed,
            "ratified": one.ratified,
            "in_force": one.in_force,
            "by": one.party,
        }
        for one in found
    ]
    print_rows(_COLUMNS, rows, arguments.format)
    for force in dict.fromkeys(one.force for one in found):
        note(f"{force}: {FORCES[force]}")
    return 0 if rows else 1
