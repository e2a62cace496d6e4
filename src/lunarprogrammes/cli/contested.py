"""`contested`: where sources contradict each other, or later statements replaced earlier ones."""

import argparse
from collections.abc import Sequence

from lunarprogrammes.cli._common import (
    add_format,
    add_perspective,
    bold,
    note,
    open_dataset,
    print_rows,
)
from lunarprogrammes.disagreements import Contradiction, Side
from lunarprogrammes.evidence.claims import Claim
from lunarprogrammes.why import Evidence

SUMMARY = "List every contradiction with both sides and their places."
_COLUMNS = ("verdict", "cell", "standing", "value", "source", "locator")


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("table", nargs="?", metavar="TABLE", help="only this table")
    parser.add_argument(
        "--between",
        nargs=2,
        metavar="TIER",
        help="only where a source of one tier contradicts one of the other: official press",
    )
    add_format(parser, "text", "csv", "json")
    add_perspective(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the contradictions: within cells, then between records."""
    dataset = open_dataset(arguments)
    if arguments.between:
        cells = dataset.contested(arguments.table, between=tuple(arguments.between))
        pairs = []
    else:
        cells = [*dataset.contested(arguments.table), *dataset.superseded(arguments.table)]
        pairs = [
            pair
            for pair in dataset.contradictions()
            if arguments.table in {None, pair.one.table, pair.other.table}
        ]
    if arguments.format != "text":
        rows = [row for one in cells for row in _cell_rows(one)]
        rows += [row for pair in pairs for row in _pair_rows(pair)]
        print_rows(_COLUMNS, rows, arguments.format)
        return 0
    for one in cells:
        print(bold(f"{one.verdict}: {one.table}/{one.record} {one.field}"), f"= {one.value}")
        print(f"  {one.reason}")
        for claim, standing in one.standings:
            print(f"  {standing:<10}  {claim.value}  ({_place(claim)})")
        print()
    for pair in pairs:
        head = f"{pair.verdict}: {pair.one.table}/{pair.one.record}"
        print(bold(head), f"against {pair.other.table}/{pair.other.record}")
        for side in (pair.one, pair.other):
            print(f"  {side.says}  ({'; '.join(_place(claim) for claim in side.claims)})")
        print()
    note(f"Cells: {len(cells)}; pairs of records: {len(pairs)}.")
    return 0


def _place(claim: Claim) -> str:
    return f"{claim.source}, {claim.locator}" + (f", as of {claim.as_of}" if claim.as_of else "")


def _cell_rows(one: Evidence) -> list[dict[str, str]]:
    return [
        {
            "verdict": one.verdict,
            "cell": f"{one.table}/{one.record} {one.field}",
            "standing": standing,
            "value": claim.value,
            "source": claim.source,
            "locator": claim.locator,
        }
        for claim, standing in one.standings
    ]


def _pair_rows(pair: Contradiction) -> list[dict[str, str]]:
    def row(side: Side, claim: Claim) -> dict[str, str]:
        return {
            "verdict": pair.verdict,
            "cell": f"{pair.one.table}/{pair.one.record} contradicts",
            "standing": "",
            "value": f"{side.table}/{side.record}: {side.says}",
            "source": claim.source,
            "locator": claim.locator,
        }

    return [row(side, claim) for side in (pair.one, pair.other) for claim in side.claims]
