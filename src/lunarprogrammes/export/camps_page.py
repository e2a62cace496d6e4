"""The page `camps.md`: who stands with which camp, since when, and how both grew."""

import datetime
from collections.abc import Iterator

from lunarprogrammes.camps import ARTEMIS, BOTH, CAMPS, ILRS, Camps, Membership
from lunarprogrammes.dataset import Dataset
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
# The site turns these commands into links to its pages of the pictures.
_PICTURES = (
    "`lunarprogrammes plot camps` draws how both grew and when each state joined, "
    "`lunarprogrammes plot camps-map` who stands where on the map.\n"
)


def camps_text(dataset: Dataset) -> str:
    """Return `camps.md` for an edition."""
    camps = dataset.camps()
    today = datetime.date.fromisoformat(dataset.edition.replace(".", "-"))
    return "".join(
        (
            f"{GENERATED}# Camps\n\n{_INTRODUCTION}",
            *_definitions(),
            "## Over time\n\n",
            _newest(camps, today),
            _PICTURES,
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


def _newest(camps: Camps, today: datetime.date) -> str:
    last = next(iter(camps.over_time([today])))[1]
    return (
        f"States in each camp: on {today} the Artemis Accords have {last[ARTEMIS]}, the ILRS "
        f"{last[ILRS]}, both {last[BOTH]}. "
    )


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
