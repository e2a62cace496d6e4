"""What was known of one record, day by day: each change of a cell as the sources came out.

The same resolver as everywhere, asked once for each day on which a document spoke of the cell; it
decides nothing itself. A record of 300 claims costs about 10 ms.
"""

import datetime
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from lunarprogrammes import tables
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.evidence.claims import DENIED, Claim
from lunarprogrammes.resolve import CONTESTED, Cell, Court, resolve_cell

# The editors' ordering of the world is no news: it counts as known from the beginning.
ALWAYS = datetime.date.min


class Known(NamedTuple):
    """What a cell said from a day on: value, verdict, the source of the chosen claim.

    The value is empty where it could no longer be told, such as after a denial. `day` is `ALWAYS`
    for what the editors order.
    """

    day: datetime.date
    field: str
    value: str
    verdict: str
    source: str


def history_of(
    claims: Iterable[Claim], court: Court, leaving_out: Container[str] = ()
) -> list[Known]:
    """Return each change of what the cells of one record said, oldest first.

    `claims` are those of one record in the order of the ledger, `court` one that hears all of them.
    A cell that a day leaves as it was gives nothing for it, though the verdict may be another.
    """
    found: list[Known] = []
    for name, of_cell in groupby(claims, key=attrgetter("field")):
        if name not in leaving_out:
            found += _of_cell([*of_cell], court)
    return sorted(found, key=lambda one: (one.day, one.field))


def _of_cell(claims: Sequence[Claim], court: Court) -> Iterable[Known]:
    coming: dict[datetime.date, list[Claim]] = defaultdict(list)
    for claim in claims:
        day = _known_since(claim, court)
        if day is not None:
            coming[day].append(claim)
    name = claims[0].field
    field = tables.get(claims[0].table).fields.get(name)
    heard: list[Claim] = []
    said: str | None = None
    for day in sorted(coming):
        heard += coming[day]
        if said is not None and _undisputed(heard, court):
            continue
        cell = resolve_cell(sorted(heard, key=attrgetter("id")), field, court)
        if cell is None or cell.value == said or (said is None and not _tells(cell)):
            continue
        said = cell.value
        yield Known(day, name, said, cell.verdict, cell.chosen.source if cell.chosen else "")


def _tells(cell: Cell) -> bool:
    """Say whether a first word on a cell shows anything: a denial of nothing does not."""
    return cell.chosen is not None or cell.verdict == CONTESTED


def _undisputed(heard: Sequence[Claim], court: Court) -> bool:
    """Say whether all claims that are heard say the same, so that nothing need be resolved."""
    first = heard[0]
    return first.cell not in court.decisions and all(
        claim.value == first.value and claim.certainty != DENIED for claim in heard
    )


def _known_since(claim: Claim, court: Court) -> datetime.date | None:
    """Return the day from which `known_on` hears a claim; None if no day is certain."""
    published = court.witnesses.published(claim.source)
    if published is None:
        published = UncertainDate(claim.as_of) if claim.as_of else None
    return ALWAYS if published is None else published.upper
