"""Slips: how the planned date of something moved, statement by statement."""

from collections.abc import Iterable
from dataclasses import dataclass

from lunarprogrammes.dates import DaySpan, UncertainDate
from lunarprogrammes.evidence.claims import DENIED, Claim
from lunarprogrammes.evidence.witnesses import Witnesses


@dataclass(frozen=True)
class PlannedDate:
    """One dated statement of a plan: said when, by whom, where, and moved by how much.

    `moved` is the span from the plan stated before, None for the first or where either is unknown.
    """

    field: str
    said: UncertainDate | None
    planned: UncertainDate
    moved: DaySpan | None
    claim: Claim

    def __str__(self) -> str:
        said = self.said.text if self.said else "undated"
        moved = f", moved by {self.moved}" if self.moved is not None else ""
        where = f"{self.claim.source}, {self.claim.locator}"
        return f"{said}: {self.field} {self.planned.text}{moved} ({where})"


@dataclass(frozen=True)
class Slips:
    """All dated statements of the planned dates of one record, oldest statement first.

    `happened` is the date in fact, where one is known.
    """

    table: str
    record: str
    statements: tuple[PlannedDate, ...]
    happened: UncertainDate | None = None

    def __len__(self) -> int:
        return len(self.statements)

    def __str__(self) -> str:
        head = f"{self.table}/{self.record}: {len(self)} dated statement(s) of its plan"
        lines = [head, *(f"  {statement}" for statement in self.statements)]
        if self.happened is not None:
            lines.append(f"  in fact: {self.happened.text}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Slips of {self.table}/{self.record}: {len(self)} statement(s)>"


def slips_of(
    table: str,
    record: str,
    claims: Iterable[Claim],
    witnesses: Witnesses,
    happened: UncertainDate | None = None,
) -> Slips:
    """Order the claims on planned dates by the date of their statement and measure the moves."""
    stated = [
        (_said(claim, witnesses), UncertainDate(claim.value), claim)
        for claim in claims
        if claim.certainty != DENIED
    ]
    stated.sort(key=lambda one: (one[2].field, _sort_key(one[0]), one[1].sort_key, one[2].id))
    found: list[PlannedDate] = []
    for said, planned, claim in stated:
        before = found[-1] if found and found[-1].field == claim.field else None
        moved = None
        if before is not None and planned.is_known and before.planned.is_known:
            moved = planned - before.planned
        found.append(PlannedDate(claim.field, said, planned, moved, claim))
    return Slips(table, record, tuple(found), happened)


def _said(claim: Claim, witnesses: Witnesses) -> UncertainDate | None:
    return UncertainDate(claim.as_of) if claim.as_of else witnesses.dated(claim.source)


def _sort_key(said: UncertainDate | None) -> tuple[object, ...]:
    # A vague date of a statement counts from its end, as it does for what was known.
    if said is None or said.upper is None:
        return (0, "")
    return (said.upper.toordinal(), said.text)
