"""Contradictions between records: two texts that deny each other in different cells.

Within one cell the resolver sees a contradiction by itself. Where a statement, a figure or an event
contradicts another record, the editors say so in the field `contradicts`; this module pairs the two
sides with their claims. It decides nothing about values.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lunarprogrammes.evidence.claims import EXISTENCE, Claim
from lunarprogrammes.resolve import Court, Resolved
from lunarprogrammes.tables import get

FIELD = "contradicts"


@dataclass(frozen=True)
class Side:
    """One side of a contradiction: the record, what it says, and the claims that say so."""

    table: str
    record: str
    says: str
    claims: tuple[Claim, ...]

    def __str__(self) -> str:
        places = "; ".join(f"{claim.source}, {claim.locator}" for claim in self.claims)
        return f"{self.table}/{self.record}: {self.says} ({places})"


@dataclass(frozen=True)
class Contradiction:
    """Two records that contradict each other; `verdict` is superseded if one side is older."""

    one: Side
    other: Side
    verdict: str

    def __str__(self) -> str:
        return f"{self.verdict}:\n  {self.one}\n  {self.other}"


def contradictions(
    resolved: Mapping[tuple[str, str], Resolved], court: Court
) -> list[Contradiction]:
    """Return every pair of records of which the editors observe that one contradicts the other.

    `resolved` holds the existing records by table and id.
    """
    found = []
    for (table, record), one in resolved.items():
        cell = one.cells.get(FIELD)
        if cell is None or cell.chosen is None:
            continue
        other_table, _, other_record = cell.value.partition("/")
        other = resolved.get((other_table, other_record))
        if other is None:
            continue
        sides = _side(table, record, one), _side(other_table, other_record, other)
        verdict = "superseded" if _ordered(sides, court) else "contested"
        found.append(Contradiction(*sides, verdict))
    return found


def _side(table: str, record: str, one: Resolved) -> Side:
    label = get(table).label
    shown = one.cells.get("summary") or one.cells.get("value") or one.cells.get(label)
    value = one.cells.get("value") or one.cells.get("planned_start")
    says = shown.value if shown is not None else record
    if value is not None and value is not shown:
        says = f"{value.value}: {says}"
    claims = [claim for claim, _ in one.cells[EXISTENCE].standings]
    return Side(table, record, says, tuple(claims))


def _ordered(sides: Iterable[Side], court: Court) -> bool:
    """Say whether every claim of one side was made for an earlier time than all of the other's."""
    spans = []
    for side in sides:
        dates = [court.statement_date(claim) for claim in side.claims]
        known = [date for date in dates if date is not None and date.lower and date.upper]
        if len(known) < len(dates) or not known:
            return False
        days = [(date.lower, date.upper) for date in known]
        spans.append((min(low for low, _ in days if low), max(high for _, high in days if high)))
    (first_low, first_high), (other_low, other_high) = spans
    return first_high < other_low or other_high < first_low
