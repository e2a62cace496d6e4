"""`why`: the evidence for one cell."""

import argparse
from collections.abc import Sequence

from lunarprogrammes.cli._common import add_format, add_perspective, open_dataset, print_json
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.evidence.claims import EXISTENCE

SUMMARY = "Show why a cell says what it says: claims, sources, places, verdict, reason."


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument(
        "cell",
        nargs="+",
        metavar="TABLE RECORD FIELD",
        help="missions queqiao-2 launch_date; without the field, why the record exists; without "
        "the table, the first one that has the record",
    )
    add_format(parser, "text", "json")
    add_perspective(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the evidence."""
    dataset = open_dataset(arguments)
    evidence = dataset.why(*cell_of(dataset, arguments.cell))
    if arguments.format == "json":
        print_json(
            {
                "table": evidence.table,
                "record": evidence.record,
                "field": evidence.field,
                "value": evidence.value,
                "verdict": evidence.verdict,
                "reason": evidence.reason,
                "claims": [
                    {**claim._asdict(), "standing": standing}
                    for claim, standing in evidence.standings
                ],
            }
        )
    else:
        print(evidence)
    return 0


def cell_of(dataset: Dataset, words: Sequence[str]) -> tuple[str, str, str]:
    """Return table, record and field of one to three words."""
    from lunarprogrammes import tables

    if len(words) > 3:
        raise LunarProgrammesError(
            f"{len(words)} words name no cell.", expected="Expected TABLE RECORD FIELD."
        )
    if words[0] in tables.names_of_tables():
        if len(words) == 1:
            raise LunarProgrammesError(
                f"'{words[0]}' is a table.", expected="Expected TABLE RECORD FIELD."
            )
        return words[0], words[1], words[2] if len(words) == 3 else EXISTENCE
    if len(words) == 3:
        tables.get(words[0])
    field = words[1] if len(words) == 2 else EXISTENCE
    return *dataset.locate(words[0], field), field
