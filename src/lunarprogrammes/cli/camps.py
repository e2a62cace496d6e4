"""`camps`: who stood with the Artemis Accords, who with the ILRS, who with both, on any date."""

import argparse
import datetime
from collections.abc import Iterator, Sequence

from lunarprogrammes.camps import ARTEMIS, BOTH, CAMPS, ILRS, STATE, Camps, Membership, Tally
from lunarprogrammes.cli._common import (
    add_format,
    add_perspective,
    bold,
    note,
    open_dataset,
    print_rows,
    terminal_width,
)
from lunarprogrammes.perspective import last_day
from lunarprogrammes.tables._shared import LEVEL

SUMMARY = "Show which states stand with the Artemis Accords, the ILRS or both, on any date."
_COLUMNS = ("name", "camp", "artemis", "number", "ilrs", "first", "certain")
_TIMES = {"year": 12, "quarter": 3, "month": 1}
_BAR = 30


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument(
        "--camp", choices=(ARTEMIS, ILRS, BOTH), help="only the members of this camp, or of both"
    )
    parser.add_argument(
        "--level",
        choices=(*LEVEL.terms, "all"),
        default=STATE,
        help="who is counted; default: %(default)s",
    )
    parser.add_argument(
        "--over-time",
        nargs="?",
        choices=[*_TIMES],
        const="year",
        metavar="STEP",
        help="count the members at the end of each year, quarter or month",
    )
    parser.add_argument(
        "--others",
        action="store_true",
        help="instead, who is spoken of without belonging: invited, said to have joined, kept out",
    )
    add_format(parser, "table", "csv", "json")
    add_perspective(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the members on a day, their numbers over time, or those who do not belong."""
    # A day is asked of the memberships themselves: what is known of them now decides.
    day = last_day(arguments.at) if arguments.at else None
    arguments.at = None
    dataset = open_dataset(arguments)
    camps = dataset.camps()
    level = None if arguments.level == "all" else arguments.level
    if arguments.over_time:
        today = datetime.date.fromisoformat(dataset.edition.replace(".", "-"))
        return _over_time(camps, day or today, level, arguments)
    if arguments.others:
        print_rows(
            ("name", "camp", "standing", "level", "record", "sources"),
            (_other(one) for one in camps.others),
            arguments.format,
        )
        return 0
    rows = [*_rows(camps, day, level, arguments.camp)]
    print_rows(_COLUMNS, rows, arguments.format)
    when = f"On {day}" if day else "By the latest that was read"
    for camp in (ARTEMIS, ILRS, BOTH):
        title = CAMPS[camp].title if camp in CAMPS else "Both"
        note(f"{when}: {bold(title)} {camps.tally(day, camp=camp, level=level)}")
    return 0 if rows else 1


def _rows(
    camps: Camps, day: datetime.date | None, level: str | None, camp: str | None
) -> Iterator[dict[str, str]]:
    for one in camps.aligned(day, level=level):
        if camp and camp != one.camp and camp not in one.memberships:
            continue
        artemis, ilrs = one.memberships.get(ARTEMIS), one.memberships.get(ILRS)
        sure = (place.on(day).value if day else place.certain for place in one.memberships.values())
        yield {
            "name": one.name,
            "camp": one.camp,
            "artemis": _since(artemis),
            "number": str(artemis.ordinal or "") if artemis else "",
            "ilrs": _since(ilrs),
            "first": one.first,
            "certain": "yes" if all(answer in {True, "yes"} for answer in sure) else "possibly",
        }


def _since(one: Membership | None) -> str:
    if one is None:
        return ""
    if one.since is None:
        return "undated"
    return one.since.text if one.dated else f"by {one.since.upper}"


def _other(one: Membership) -> dict[str, str]:
    return {
        "name": one.name,
        "camp": one.camp,
        "standing": one.standing or "named without standing",
        "level": one.level,
        "record": one.record,
        "sources": ";".join(one.sources),
    }


def _over_time(
    camps: Camps, last: datetime.date, level: str | None, arguments: argparse.Namespace
) -> int:
    days = [*_ends(camps, last, _TIMES[arguments.over_time])]
    counted = [*camps.over_time(days, level=level)]
    most = max((tally.most for _, row in counted for tally in row.values()), default=0)
    chart = arguments.format == "table"
    bars = {f"{camp} chart": camp for camp in (ARTEMIS, ILRS)} if chart else {}
    size = min(_BAR, max((terminal_width() - 45) // 2, 10))
    print_rows(
        ("date", ARTEMIS, ILRS, BOTH, *bars),
        (
            {
                "date": str(end),
                **{camp: str(tally) for camp, tally in row.items()},
                **{name: _bar(row[camp], most, size) for name, camp in bars.items()},
            }
            for end, row in counted
        ),
        arguments.format,
    )
    if chart:
        note("Chart: █ certainly, ░ possibly, at the end of the day.")
    return 0 if counted else 1


def _bar(tally: Tally, most: int, size: int) -> str:
    sure, possible = (round(size * number / most) if most else 0 for number in tally)
    return "█" * sure + "░" * (possible - sure)


def _ends(camps: Camps, last: datetime.date, months: int) -> Iterator[datetime.date]:
    """Yield the last day of each period from the first dated membership to a day."""
    dated = (one.since.lower for one in camps.memberships if one.since and one.dated)
    first = min((day for day in dated if day), default=last)
    number = first.year * 12 + (first.month - 1) // months * months
    end = datetime.date.min
    while end < last:
        number += months
        end = min(datetime.date(number // 12, number % 12 + 1, 1) - datetime.timedelta(1), last)
        yield end
