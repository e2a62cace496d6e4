"""When a row is the case: memberships, roles and agreements hold from a start to an end."""

import datetime

from lunarprogrammes.answers import Answer
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.resolve import Court, Resolved
from lunarprogrammes.tables import Table

# Said of the future, or not meant as a fact: such a claim does not show that a thing was the case.
_NOT_YET = {"planned", "opinion", "denied"}


def holds(
    resolved: Resolved, table: Table, court: Court, day: datetime.date, *, possibly: bool
) -> bool:
    """Say whether a row certainly was the case on a day, or with `possibly` may have been.

    A row without a date of its beginning began, at the latest, on the earliest date for which a
    source states it as a fact.
    """
    if not table.starts:
        return True
    started = _starts_by(resolved, table, court, day)
    ended = _ended_by(resolved, table, day)
    answer = started & ~ended
    return answer is Answer.YES or (possibly and answer is Answer.POSSIBLY)


def _starts_by(resolved: Resolved, table: Table, court: Court, day: datetime.date) -> Answer:
    for name in table.starts:
        cell = resolved.cells.get(name)
        if cell is not None and cell.value:
            return UncertainDate(cell.value).not_after(day)
    existence = resolved.cells[EXISTENCE]
    for claim, _ in existence.standings:
        if claim.certainty in _NOT_YET:
            continue
        stated = court.statement_date(claim)
        if stated is not None and stated.upper is not None and stated.upper <= day:
            return Answer.YES
    return Answer.POSSIBLY


def _ended_by(resolved: Resolved, table: Table, day: datetime.date) -> Answer:
    for name in table.ends:
        cell = resolved.cells.get(name)
        if cell is not None and cell.value:
            return UncertainDate(cell.value).not_after(day)
    return Answer.NO
