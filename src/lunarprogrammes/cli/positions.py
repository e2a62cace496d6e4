"""`positions`: what two sides said on the same topic in the same year."""

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
from lunarprogrammes.positions import Position, common_ground, positions_of

SUMMARY = "Show what sides said on a topic in a year, or where they spoke on the same one."
_COLUMNS = ("year", "topic", "side", "speaker", "actor", "date", "reported", "summary", "sources")


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument(
        "sides",
        nargs="*",
        metavar="ACTOR",
        help="whose: a country takes in its agencies and officials; without: everybody",
    )
    parser.add_argument("--topic", metavar="TOPIC", help="only on this, such as law")
    parser.add_argument("--year", metavar="YEAR", help="only of this year")
    parser.add_argument(
        "--common",
        action="store_true",
        help="instead, count the statements by year and topic where two sides or more spoke",
    )
    add_format(parser, "text", "table", "csv", "json")
    add_perspective(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the statements by year, topic and side; exit code 1 if there are none."""
    found = positions_of(
        open_dataset(arguments), arguments.sides, topic=arguments.topic, year=arguments.year
    )
    if arguments.common:
        return _common(found, arguments.format)
    if arguments.format == "text":
        _account(found)
    else:
        print_rows(_COLUMNS, map(_row, found), arguments.format)
    note(f"Statements: {len(found)}.")
    return 0 if found else 1


def _row(one: Position) -> dict[str, str]:
    cells = {name: getattr(one, name) for name in _COLUMNS}
    return cells | {"sources": ";".join(one.sources)}


def _account(found: Sequence[Position]) -> None:
    before = ("", "")
    for one in found:
        if (one.year, one.topic) != before:
            before = (one.year, one.topic)
            print(bold(f"{one.year or 'Year not known'}, {one.topic or 'no topic'}"))
        who = ", ".join(part for part in (one.speaker, one.actor) if part) or "not named"
        when = one.date or (f"reported {one.reported}" if one.reported else "undated")
        print(f"  {one.side or 'no side'}: {who} ({when}): {one.summary}")
        print(f"    {one.id}; {', '.join(one.sources)}")


def _common(found: Sequence[Position], style: str) -> int:
    counts = common_ground(found)
    sides = sorted({side for of_sides in counts.values() for side in of_sides})
    rows = [
        {"year": year, "topic": topic, **{side: str(number) for side, number in of_sides.items()}}
        for (year, topic), of_sides in counts.items()
    ]
    print_rows(("year", "topic", *sides), rows, "table" if style == "text" else style)
    return 0 if rows else 1
