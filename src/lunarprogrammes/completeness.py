"""How complete an edition is: cells filled, cells with two independent sources, facts most wanted.

Measures and decides nothing. A cell counts as filled if the resolved table shows a value; its
sources are independent if neither repeats the other, and the editors are no source of facts.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from lunarprogrammes import tables
from lunarprogrammes.counts import stands_alone
from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.evidence.witnesses import EDITORS, Witness, Witnesses

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

Row = Mapping[str, str]
ENOUGH = 2
# What a reader looks for first of a flight that took place, and of a craft that came down.
ESSENTIAL_OF_FLIGHTS = (
    "country",
    "operator",
    "launch_date",
    "launch_vehicle",
    "launch_site",
    "outcome_stated",
)
ESSENTIAL_OF_LANDINGS = ("landing_date", "latitude_deg", "longitude_deg")
_FOR_TWO = ("launch_date", "outcome_stated", "landing_date", "latitude_deg", "longitude_deg")


class FieldCoverage(NamedTuple):
    """How well one field of one table is covered."""

    table: str
    field: str
    rows: int
    filled: int
    with_two: int
    contested: int


class Wanted(NamedTuple):
    """An essential cell that is empty, or that rests on one source alone."""

    table: str
    record: str
    field: str
    source: str


class Completeness:
    """The evidence of an edition, counted by cell."""

    def __init__(self, moon: "Dataset") -> None:
        self.moon = moon
        rows = {row["id"]: row for row in moon.sources.rows()}
        witnesses = Witnesses({key: Witness.from_row(row) for key, row in rows.items()})
        self._origins: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._contested: dict[tuple[str, str, str], bool] = {}
        for claim in moon.claims.rows():
            cell = claim["table"], claim["record"], claim["field"]
            self._contested[cell] = claim["verdict"] == "contested"
            if claim["source"] != EDITORS:
                self._origins[cell].add(witnesses.origin(claim["source"]))

    def sources_of(self, table: str, record: str, field: str) -> set[str]:
        """Return the independent documents that speak of a cell, whatever they say of it."""
        return self._origins.get((table, record, field), set())

    def fields(self) -> Iterator[FieldCoverage]:
        """Yield every field of the tables of facts that documents can fill, in their order."""
        for name, table in tables.all_tables().items():
            if name in {"sources", "claims"}:
                continue
            rows = self.moon.table(name)
            for field in table.facts:
                if field not in table.key:
                    yield self._covered(name, field, dict(rows.items()))

    def _covered(self, table: str, field: str, rows: Mapping[str, Row]) -> FieldCoverage:
        filled = [record for record, row in rows.items() if row[field]]
        cells = [(table, record, field) for record in filled]
        return FieldCoverage(
            table,
            field,
            len(rows),
            len(filled),
            sum(len(self._origins.get(cell, ())) >= ENOUGH for cell in cells),
            sum(self._contested.get(cell, False) for cell in cells),
        )

    def flights(self) -> dict[str, Row]:
        """Return the flights to the Moon that took place, launch failures included."""
        missions = self.moon.missions.items()
        return {key: row for key, row in missions if row["scope"] == "lunar" and row["launch_date"]}

    def landings(self) -> dict[str, Row]:
        """Return the craft that met the surface in a known way, parts of another one left out."""
        craft = self.moon.spacecraft.items()
        return {
            key: row
            for key, row in craft
            if row["surface_contact"] not in {"", "decay"} and stands_alone(row)
        }

    def essentials(self) -> list[FieldCoverage]:
        """Return the coverage of the essential fields, of flights and of landings alone."""
        flights, landings = self.flights(), self.landings()
        return [
            *(self._covered("missions", field, flights) for field in ESSENTIAL_OF_FLIGHTS),
            *(self._covered("spacecraft", field, landings) for field in ESSENTIAL_OF_LANDINGS),
        ]

    def wanted(self) -> list[Wanted]:
        """Return the essential cells that are empty or rest on one source, empty ones first."""
        found = []
        for table, fields, rows in (
            ("missions", ESSENTIAL_OF_FLIGHTS, self.flights()),
            ("spacecraft", ESSENTIAL_OF_LANDINGS, self.landings()),
        ):
            for record, row in rows.items():
                for field in fields:
                    sources = self.sources_of(table, record, field)
                    if not row[field]:
                        found.append(Wanted(table, record, field, ""))
                    elif len(sources) < ENOUGH and field in _FOR_TWO:
                        found.append(Wanted(table, record, field, next(iter(sources), "")))
        return sorted(found, key=lambda one: (bool(one.source), one))

    def records_with_two(self, table: str) -> int:
        """Return how many records of a table are named by two independent documents or more."""
        rows = self.moon.table(table).ids
        return sum(len(self.sources_of(table, record, EXISTENCE)) >= ENOUGH for record in rows)
