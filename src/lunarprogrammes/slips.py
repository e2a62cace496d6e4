"""Slips: how the planned date of something moved, statement by statement, and how fast."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lunarprogrammes.answers import Answer
from lunarprogrammes.dates import DaySpan, UncertainDate
from lunarprogrammes.evidence.claims import DENIED, Claim
from lunarprogrammes.evidence.witnesses import Witnesses

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

# A plan that was watched for less than this tells nothing about a year.
_SHORTEST_WATCH = 180
_YEAR = 365.25
# The field that tells what came of a plan.
FACTS = {
    "planned_launch": "launch_date",
    "planned_landing": "landing_date",
    "planned_start": "started",
    "planned_end": "ended",
    "planned_first_flight": "first_flight",
    "planned_retirement": "retired",
    "planned_date": "date",
}


@dataclass(frozen=True)
class PlannedDate:
    """One dated statement of a plan: said when, by whom, where, and moved by how much.

    `by` is the person or body to which the document ascribes it, else its publisher or author,
    empty where neither is named. `moved` is the
    span from the dated statement before; None for the first, for one that is not dated, and where
    both may mean the same day: a plan that is told again, more vaguely or more sharply, has not
    moved.
    """

    field: str
    said: UncertainDate | None
    by: str
    planned: UncertainDate
    moved: DaySpan | None
    claim: Claim

    def __str__(self) -> str:
        said = self.said.text if self.said else "undated"
        moved = f", moved by {self.moved}" if self.moved is not None else ""
        where = f"{self.claim.source}, {self.claim.locator}"
        by = f" by {self.by}" if self.by else ""
        return f"{said}{by}: {self.field} {self.planned.text}{moved} ({where})"


class Drift(NamedTuple):
    """How far the plan of one field moved from its first dated statement to its last.

    Where it happened in fact, that is the last. `moved` is in days; `per_year` is the mean slip in
    days per year of watching, from the middles of the stated dates, within `least` and `most`.
    Plans without one of their ends ("no earlier than") are not taken.
    """

    field: str
    statements: int
    first: PlannedDate
    last_said: datetime.date
    last: UncertainDate
    in_fact: bool
    moved: DaySpan
    per_year: float
    least: float
    most: float


class MeanSlip(NamedTuple):
    """The mean slip of a programme's missions in days per year, the smallest and the greatest."""

    missions: int
    per_year: float
    smallest: float
    greatest: float


@dataclass(frozen=True)
class Slips:
    """All dated statements of the planned dates of one record, oldest statement first.

    `happened` gives by field the date in fact, where one is known.
    """

    table: str
    record: str
    statements: tuple[PlannedDate, ...]
    happened: Mapping[str, UncertainDate]

    def drift(self, field: str) -> Drift | None:
        """Return how far the plan of a field moved; None if it was not watched long enough."""
        stated = [
            one
            for one in self.statements
            if one.field == field and one.said and one.said.upper and _is_closed(one.planned)
        ]
        if not stated:
            return None
        fact = self.happened.get(field)
        in_fact = fact is not None and _is_closed(fact)
        last = fact if fact is not None and in_fact else stated[-1].planned
        said = last.upper if in_fact and last.upper else _day(stated[-1])
        watched = (said - _day(stated[0])).days
        moved = last - stated[0].planned
        if watched < _SHORTEST_WATCH or moved.lower is None or moved.upper is None:
            return None
        least, most = (_YEAR * days / watched for days in (moved.lower, moved.upper))
        mean = (least + most) / 2
        return Drift(field, len(stated), stated[0], said, last, in_fact, moved, mean, least, most)

    @property
    def main_drift(self) -> Drift | None:
        """Return the drift of the field that was watched longest."""
        fields = dict.fromkeys(one.field for one in self.statements)
        found = [drift for field in fields if (drift := self.drift(field))]
        return max(found, key=lambda one: (one.last_said - _day(one.first)).days, default=None)

    def __len__(self) -> int:
        return len(self.statements)

    def __str__(self) -> str:
        head = f"{self.table}/{self.record}: {len(self)} dated statement(s) of its plan"
        lines = [head, *(f"  {statement}" for statement in self.statements)]
        lines += [f"  in fact: {field} {day.text}" for field, day in self.happened.items()]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Slips of {self.table}/{self.record}: {len(self)} statement(s)>"


def slips_of(
    table: str,
    record: str,
    claims: Iterable[Claim],
    witnesses: Witnesses,
    publishers: Mapping[str, str],
    row: Mapping[str, str],
) -> Slips:
    """Order the claims on planned dates by the date of their statement and measure the moves.

    `publishers` gives who published or wrote a source, `row` the record as it is resolved.
    """
    stated = [
        (_said(claim, witnesses), UncertainDate(claim.value), claim)
        for claim in claims
        if claim.certainty != DENIED
    ]
    stated.sort(key=lambda one: (one[2].field, _sort_key(one[0]), one[1].sort_key, one[2].id))
    found: list[PlannedDate] = []
    before: dict[str, UncertainDate] = {}
    for said, planned, claim in stated:
        by = claim.cites or publishers.get(claim.source, "")
        moved = _moved(before.get(claim.field), planned) if said else None
        found.append(PlannedDate(claim.field, said, by, planned, moved, claim))
        stood = before.get(claim.field)
        # What is told again more vaguely leaves the sharper plan standing.
        if (
            said
            and planned.is_known
            and (moved or stood is None or planned.is_more_precise_than(stood))
        ):
            before[claim.field] = planned
    facts = {name: row.get(fact, "") for name, fact in FACTS.items()}
    happened = {name: UncertainDate(text) for name, text in facts.items() if text}
    return Slips(table, record, tuple(found), happened)


def drifts(dataset: "Dataset", programme: str | None = None) -> Iterator[tuple[str, Drift]]:
    """Yield every mission whose plan was watched for half a year or more, with its drift.

    A programme includes its parts; raises `UnknownRecord` if there is none of that id.
    """
    missions = dataset.missions.where(programme=programme) if programme else dataset.missions
    for mission in missions.ids:
        drift = dataset.slips(mission).main_drift
        if drift is not None:
            yield mission, drift


def means(dataset: "Dataset", found: Mapping[str, Drift]) -> dict[str, MeanSlip]:
    """Return the mean slip of each programme, its parts included, greatest first.

    `found` gives the drifts by mission; missions of no programme stand under the empty text.
    """
    rates: dict[str, list[float]] = {}
    for mission, drift in found.items():
        for programme in _with_wholes(dataset, dataset.missions.row(mission)["programme"]):
            rates.setdefault(programme, []).append(drift.per_year)
    meant = {
        name: MeanSlip(len(of_it), sum(of_it) / len(of_it), min(of_it), max(of_it))
        for name, of_it in rates.items()
    }
    return dict(sorted(meant.items(), key=lambda one: (-one[1].per_year, one[0])))


def _with_wholes(dataset: "Dataset", programme: str) -> list[str]:
    """Return a programme and those of which it is a part."""
    found = [programme]
    while programme and (parent := dataset.programmes.row(programme)["parent"]) not in {"", *found}:
        found.append(programme := parent)
    return found


def _moved(before: UncertainDate | None, planned: UncertainDate) -> DaySpan | None:
    if before is None or not (planned.is_known and before.is_known):
        return None
    # Of two deadlines, or of two days before which nothing happens, that one end moved.
    if before.lower is planned.lower is None:
        return _between(before.upper, planned.upper)
    if before.upper is planned.upper is None:
        return _between(before.lower, planned.lower)
    apart = Answer.YES in {planned.before(before), before.before(planned)}
    return planned - before if apart else None


def _between(first: datetime.date | None, then: datetime.date | None) -> DaySpan | None:
    if first is None or then is None or first == then:
        return None
    days = (then - first).days
    return DaySpan(days, days)


def _is_closed(date: UncertainDate) -> bool:
    return date.is_known and date.lower is not None and date.upper is not None


def _day(one: PlannedDate) -> datetime.date:
    # Only statements whose date has an end are measured.
    assert one.said is not None
    assert one.said.upper is not None
    return one.said.upper


def _said(claim: Claim, witnesses: Witnesses) -> UncertainDate | None:
    return UncertainDate(claim.as_of) if claim.as_of else witnesses.dated(claim.source)


def _sort_key(said: UncertainDate | None) -> tuple[object, ...]:
    # A vague date of a statement counts from its end, as it does for what was known.
    if said is None or said.upper is None:
        return (0, "")
    return (said.upper.toordinal(), said.text)
