"""Positions: what the officials and institutions of two sides said on one topic in one year.

Groups the resolved table `statements` by the country for which somebody spoke.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.tables._field import LIST_SEPARATOR

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset


@dataclass(frozen=True)
class Position:
    """One attributed statement with the side for which it was made.

    `date` is when it was said; where no source tells, `reported` is the date of the earliest
    document that reports it. `year` is that of the one or the other, empty where it spans several.
    """

    id: str
    side: str
    speaker: str
    actor: str
    date: str
    reported: str
    year: str
    topic: str
    about: str
    summary: str
    sources: tuple[str, ...]


def positions_of(
    dataset: "Dataset",
    sides: Iterable[str] = (),
    *,
    topic: str | None = None,
    year: int | str | None = None,
) -> list[Position]:
    """Return statements by year, topic and side; without `sides`, those of everybody.

    A side is the id of an actor: a country takes in its agencies, companies and officials, the
    European Union and ESA stand for themselves. Raises `UnknownRecord` and `InvalidValue`.
    """
    wanted = tuple(sides)
    for side in wanted:
        dataset.actors.row(side)
    view = dataset.statements.where(topic=topic) if topic else dataset.statements
    belongs = _Belonging(dataset)
    found = [
        one
        for row in view.rows()
        for side in [belongs.side_of(row, wanted)]
        if side or not wanted
        for one in [_position(dataset, row, side)]
        if year is None or one.year == str(year)
    ]
    return sorted(
        found, key=lambda one: (one.year, one.topic, one.side, one.date or one.reported, one.id)
    )


def common_ground(positions: Iterable[Position]) -> dict[tuple[str, str], dict[str, int]]:
    """Count the statements of each side by (year, topic), where two sides or more spoke."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for one in positions:
        if one.year and one.topic and one.side:
            of_sides = counts.setdefault((one.year, one.topic), {})
            of_sides[one.side] = of_sides.get(one.side, 0) + 1
    return {key: of_sides for key, of_sides in sorted(counts.items()) if len(of_sides) > 1}


class _Belonging:
    """For which country somebody speaks: through an actor, its country or whole, or an office."""

    def __init__(self, dataset: "Dataset") -> None:
        self._actors = dict(dataset.actors.items())
        self._people = dict(dataset.people.items())
        self._offices: dict[str, list[str]] = {}
        for row in dataset.roles.rows():
            if row["actor"]:
                self._offices.setdefault(row["person"], []).append(row["actor"])

    def side_of(self, row: Mapping[str, str], wanted: tuple[str, ...]) -> str:
        """Return the first of the wanted sides to which a statement belongs, or its country."""
        chains = [self._chain(actor) for actor in self._speaks_for(row)]
        for side in wanted:
            if any(side in chain for chain in chains):
                return side
        if wanted:
            return ""
        return next((chain[-1] for chain in chains if chain), "")

    def _speaks_for(self, row: Mapping[str, str]) -> Iterator[str]:
        if row["actor"]:
            yield row["actor"]
            return
        person = row["speaker"]
        yield from self._offices.get(person, ())
        if country := self._people.get(person, {}).get("country", ""):
            yield country

    def _chain(self, actor: str) -> list[str]:
        chain = [actor]
        while (row := self._actors.get(chain[-1])) is not None:
            above = row["country"] or row["parent"]
            if not above or above in chain:
                break
            chain.append(above)
        return chain


def _position(dataset: "Dataset", row: Mapping[str, str], side: str) -> Position:
    speaker = dataset.people.row(row["speaker"])["name"] if row["speaker"] else ""
    actor = dataset.actors.row(row["actor"])["name"] if row["actor"] else ""
    reported = "" if row["date"] else _reported(dataset, row["id"])
    return Position(
        id=row["id"],
        side=side,
        speaker=speaker,
        actor=actor,
        date=row["date"],
        reported=reported,
        year=_year(row["date"] or reported),
        topic=row["topic"],
        about=row["about"],
        summary=row["summary"],
        sources=tuple(row["sources"].split(LIST_SEPARATOR)),
    )


def _reported(dataset: "Dataset", statement: str) -> str:
    """Return the date of the earliest document that reports a statement without dating it."""
    dates = [date for date, _ in dataset.dated_claims("statements", statement, "summary") if date]
    return min(dates, key=lambda date: date.sort_key).text if dates else ""


def _year(date: str) -> str:
    if not date:
        return ""
    day = UncertainDate(date)
    if day.lower is None or day.upper is None or day.lower.year != day.upper.year:
        return ""
    return str(day.lower.year)
