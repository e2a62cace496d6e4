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
_PLACES = 3
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
        for (standing, value), claims in _sides(one).items():
            print(f"  {standing:<10}  {value}  ({_places(claims)})")
        print()
    for pair in pairs:
        head = f"{pair.verdict}: {pair.one.table}/{pair.one.record}"
        print(bold(head), f"against {pair.other.table}/{pair.other.record}")
        for side in (pair.one, pair.other):
            print(f"  {side.says}  ({_places(side.claims)})")
        print()
    note(f"Cells: {len(cells)}; pairs of records: {len(pairs)}.")
    if cells or pairs:
        note("All places: `why` for one cell, `--format csv` for every cell.")
    return 0


def _sides(one: Evidence) -> dict[tuple[str, str], list[Claim]]:
    """Return the claims by what they say and how they stand, in the order of the evidence."""
    sides: dict[tuple[str, str], list[Claim]] = {}
    for claim, standing in one.standings:
        sides.setdefault((standing, claim.value), []).append(claim)
    return sides


def _places(claims: Sequence[Claim]) -> str:
    """Return where something is said; what everybody says is not told forty times."""
    places = list(dict.fromkeys(_place(claim) for claim in claims))
    rest = len(places) - _PLACES
    more = [f"and {rest} more"] if rest > 0 else []
    return "; ".join([*places[:_PLACES], *more])


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
