"""The page `camps.md`: who stands with which camp, since when, and how both grew."""

import datetime
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lunarprogrammes.camps import ARTEMIS, BOTH, CAMPS, ILRS, Camps, Membership, Tally
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.export._markdown import GENERATED, escape, grid

_INTRODUCTION = (
    "Two camps have formed around the return to the Moon. This page is made from the resolved "
    "tables [parties](dictionary/parties.md) and [partners](dictionary/partners.md); "
    "`lunarprogrammes why parties artemis-accords:ID signed` and "
    "`lunarprogrammes why partners ilrs:ID status` show the documents behind each line. Signed is "
    "not announced, and an institution is not its state: a university that signs is listed as "
    "itself. Where no source gives a day, *by* stands before the date of the first document that "
    "shows the membership.\n\n"
)
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 320, 40, 150, 16, 32
_STYLE = f'width="{_WIDTH}" fill="none" stroke="currentColor" font-size="13"'
_DASHES = {ARTEMIS: "", ILRS: "7 4", BOTH: "2 4"}


def camps_text(dataset: Dataset) -> str:
    """Return `camps.md` for an edition."""
    camps = dataset.camps()
    today = datetime.date.fromisoformat(dataset.edition.replace(".", "-"))
    return "".join(
        (
            f"{GENERATED}# Camps\n\n{_INTRODUCTION}",
            *_definitions(),
            "## Over time\n\n",
            _chart(camps, today),
            "\n```sh\nlunarprogrammes camps --over-time quarter\n```\n\n",
            _years(camps, today),
            "\n## States\n\n```sh\nlunarprogrammes camps --at 2024-09-05\n```\n\n",
            _states(camps),
            _bodies(camps),
            _others(camps),
        )
    )


def _definitions() -> Iterator[str]:
    for camp in CAMPS.values():
        yield f"**{camp.title}.** {escape(camp.says)}\n\n"


def _years(camps: Camps, today: datetime.date) -> str:
    days = [datetime.date(year, 12, 31) for year in range(2020, today.year)] + [today]
    rows = [
        (f"{day}", *(str(tallies[camp]) for camp in (ARTEMIS, ILRS, BOTH)))
        for day, tallies in camps.over_time(days)
    ]
    return grid(("On", "Artemis Accords", "ILRS", "In both"), rows, numbers=3)


def _states(camps: Camps) -> str:
    rows = [
        (
            escape(one.name),
            _since(one.memberships.get(ARTEMIS)),
            _number(one.memberships.get(ARTEMIS)),
            _since(one.memberships.get(ILRS)),
            CAMPS[one.first].title if one.first else "",
        )
        for one in camps.aligned()
    ]
    return grid(("State", "Artemis Accords", "Number", "ILRS", "Joined first"), rows)


def _bodies(camps: Camps) -> str:
    members = sorted(
        (one for one in camps.on(level=None) if one.level != "state"),
        key=lambda one: (one.level, one.name),
    )
    if not members:
        return ""
    rows = [(escape(one.name), one.level, _since(one), escape(one.standing)) for one in members]
    return "\n## Organisations, institutions and companies in the ILRS\n\n" + grid(
        ("Body", "Level", "Since", "Standing"), rows
    )


def _others(camps: Camps) -> str:
    if not camps.others:
        return ""
    rows = [
        (escape(one.name), CAMPS[one.camp].title, one.standing or "named without standing")
        for one in sorted(camps.others, key=lambda one: (one.camp, one.name))
    ]
    return (
        "\n## Spoken of without belonging\n\nInvited, intending to join, kept out, or said to have "
        "joined when it has not: the words are those of the "
        "[vocabulary](definitions.md#partner-status).\n\n"
        + grid(("Actor", "Camp", "Standing"), rows)
    )


def _since(one: Membership | None) -> str:
    if one is None:
        return ""
    if one.since is None:
        return "undated"
    return f"`{one.since.text}`" if one.dated else f"by `{one.since.upper}`"


def _number(one: Membership | None) -> str:
    return str(one.ordinal) if one and one.ordinal else ""


def _chart(camps: Camps, today: datetime.date) -> str:
    """Draw the numbers of members at each month's end; the text alternative gives the last."""
    days = [*_month_ends(datetime.date(2020, 9, 1), today)]
    counted = [tallies for _, tallies in camps.over_time(days)]
    most = max(tally.least for tallies in counted for tally in tallies.values())
    top = max(10, -(-most // 10) * 10)
    last = counted[-1]
    title = (
        f"States in each camp from 2020 to {today.year}: on {today} the Artemis Accords have "
        f"{last[ARTEMIS]}, the ILRS {last[ILRS]}, both {last[BOTH]}."
    )
    lines = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" {_STYLE} role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>",
        *_axes(days, top),
    ]
    for camp in (ARTEMIS, ILRS, BOTH):
        lines += _line(camp, [tallies[camp] for tallies in counted], top)
    return (
        "<figure>\n" + "\n".join(lines) + f"\n</svg>\n<figcaption>{title}</figcaption>\n</figure>\n"
    )


def _axes(days: Sequence[datetime.date], top: int) -> Iterator[str]:
    for value in range(0, top + 1, 10):
        y = _y(value, top)
        yield (
            f'<path d="M{_LEFT} {y}H{_WIDTH - _RIGHT}" stroke-width="0.3"/>'
            f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end" fill="currentColor" '
            f'stroke="none">{value}</text>'
        )
    for place, day in enumerate(days):
        if day.month == 1:
            yield (
                f'<text x="{_x(place, len(days))}" y="{_HEIGHT - 10}" text-anchor="middle" '
                f'fill="currentColor" stroke="none">{day.year}</text>'
            )


def _line(camp: str, tallies: Sequence[Tally], top: int) -> Iterator[str]:
    steps = [f"M{_x(0, len(tallies))} {_y(tallies[0].least, top)}"]
    for place, (before, tally) in enumerate(pairwise(tallies), 1):
        if tally.least != before.least or place == len(tallies) - 1:
            steps.append(f"H{_x(place, len(tallies))}V{_y(tally.least, top)}")
    dash = f' stroke-dasharray="{_DASHES[camp]}"' if _DASHES[camp] else ""
    label = CAMPS[camp].title if camp == ARTEMIS else camp.upper() if camp == ILRS else "in both"
    yield f'<path d="{"".join(steps)}" stroke-width="2"{dash}/>'
    yield (
        f'<text x="{_WIDTH - _RIGHT + 6}" y="{_y(tallies[-1].least, top) + 4}" '
        f'fill="currentColor" stroke="none">{label} {tallies[-1].least}</text>'
    )


def _x(place: int, number: int) -> float:
    return round(_LEFT + place * (_WIDTH - _LEFT - _RIGHT) / max(number - 1, 1), 1)


def _y(value: int, top: int) -> float:
    return round(_HEIGHT - _BOTTOM - value * (_HEIGHT - _TOP - _BOTTOM) / top, 1)


def _month_ends(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    month = UncertainDate(f"{first:%Y-%m}")
    while month.upper and month.upper < last:
        yield month.upper
        following = month.upper + datetime.timedelta(days=1)
        month = UncertainDate(f"{following:%Y-%m}")
    yield last
