"""How complete an edition is: cells filled, cells with two independent sources, facts most wanted.

Measures and decides nothing. A cell counts as filled if the resolved table shows a value; its
sources are independent if neither repeats the other, and the editors are no source of facts.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from lunarprogrammes import tables
from lunarprogrammes.camps import ARTEMIS, ILRS
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
# Of a state that signed the Artemis Accords, and of one that joined the ILRS.
ESSENTIAL_OF_SIGNATURES = ("role", "signed", "signing_body", "signed_by", "signed_at")
ESSENTIAL_OF_MEMBERSHIPS = ("status", "joined")
_FOR_TWO = (
    "launch_date",
    "outcome_stated",
    "landing_date",
    "latitude_deg",
    "longitude_deg",
    "role",
    "signed",
    "status",
    "joined",
)


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

    def signatures(self) -> dict[str, Row]:
        """Return the states that have signed the Artemis Accords, by their place as a party."""
        return self._members("parties", ARTEMIS)

    def memberships(self) -> dict[str, Row]:
        """Return the states of the ILRS, those included that are only said to have agreed."""
        return self._members("partners", ILRS)

    def _members(self, table: str, camp: str) -> dict[str, Row]:
        rows = self.moon.table(table)
        members = self.moon.camps().on(camp=camp)
        keys = sorted(member.record.partition("/")[2] for member in members)
        return {key: rows.row(key) for key in keys}

    def essentials(self) -> list[FieldCoverage]:
        """Return the coverage of the essential fields, each of the records that are meant alone."""
        return [
            self._covered(table, field, rows)
            for table, fields, rows in self._meant()
            for field in fields
        ]

    def _meant(self) -> Iterator[tuple[str, tuple[str, ...], dict[str, Row]]]:
        yield "missions", ESSENTIAL_OF_FLIGHTS, self.flights()
        yield "spacecraft", ESSENTIAL_OF_LANDINGS, self.landings()
        yield "parties", ESSENTIAL_OF_SIGNATURES, self.signatures()
        yield "partners", ESSENTIAL_OF_MEMBERSHIPS, self.memberships()

    def wanted(self) -> list[Wanted]:
        """Return the essential cells that are empty or rest on one source, empty ones first."""
        found = []
        for table, fields, rows in self._meant():
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
