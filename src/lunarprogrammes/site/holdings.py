"""What the pages of an edition draw on, gathered once: labels, links, claims and references.

Every page asks here, so that 7,000 pages read each table once. Costs about 400 MB for 171,000
claims, most of it the claims themselves.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from lunarprogrammes import tables
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.export._markdown import escape

Row = Mapping[str, str]

# The tables whose records have pages, in the order of the navigation.
PAGED = (
    "missions",
    "programmes",
    "actors",
    "agreements",
    "systems",
    "spacecraft",
    "places",
    "people",
    "sources",
)
# What readers call the records of a table, where its name would say less.
TITLES = {"systems": "Vehicles and systems", "actors": "Actors", "places": "Sites and places"}


def title_of(table: str) -> str:
    """Return what the list of a table's records is called.

    >>> title_of("systems"), title_of("missions")
    ('Vehicles and systems', 'Missions')
    """
    return TITLES.get(table, table.capitalize())


class Holdings:
    """One edition, prepared for pages; `paged` names the tables whose records get one."""

    def __init__(self, moon: Dataset, paged: Sequence[str] = PAGED) -> None:
        self.moon = moon
        self.paged = tuple(name for name in PAGED if name in paged)

    def label(self, table: str, record: str) -> str:
        """Return what people call a record; its id where it has no name."""
        described, view = tables.get(table), self.moon.table(table)
        label = "title" if table == "sources" else described.label
        return (view.row(record).get(label) if record in view else "") or record

    def has_page(self, table: str, record: str) -> bool:
        """Say whether a record has a page of its own."""
        return table in self.paged and record in self.moon.table(table)

    def link(self, table: str, record: str, text: str = "") -> str:
        """Return a record as a Markdown link from another record's page; plain without a page."""
        shown = escape(text or self.label(table, record))
        return f"[{shown}](../{table}/{record}.md)" if self.has_page(table, record) else shown

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield table and id of every record that has a page."""
        for table in self.paged:
            for record in self.moon.table(table).ids:
                yield table, record

    def cells(self, table: str, record: str) -> Mapping[str, list[Row]]:
        """Return the claims on each cell of a record, the chosen one first."""
        return self._cells.get((table, record), {})

    def stated_by(self, source: str) -> Sequence[Row]:
        """Return every claim that a source makes."""
        return self._by_source.get(source, ())

    def names(self, table: str, record: str) -> list[Row]:
        """Return the other names of a record."""
        return self._names.get(f"{table}/{record}", [])

    def referring(self, table: str, record: str) -> Mapping[tuple[str, str], list[str]]:
        """Return the ids of the records that point at one, by their table and field."""
        return self._referring.get((table, record), {})

    @cached_property
    def _cells(self) -> Mapping[tuple[str, str], dict[str, list[Row]]]:
        found: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(dict)
        for claim in self.moon.claims.rows():
            found[claim["table"], claim["record"]].setdefault(claim["field"], []).append(claim)
        tiers = {row["id"]: _TIERS.get(row["tier"], 9) for row in self.moon.sources.rows()}
        for cells in found.values():
            for claims in cells.values():
                claims.sort(
                    key=lambda one: (
                        _STANDINGS[one["standing"]],
                        tiers.get(one["source"], 9),
                        one["source"],
                        one["id"],
                    )
                )
        return found

    @cached_property
    def _by_source(self) -> Mapping[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for claim in self.moon.claims.rows():
            found[claim["source"]].append(claim)
        return found

    @cached_property
    def _names(self) -> Mapping[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.moon.names.rows():
            found[row["record"]].append(row)
        return found

    @cached_property
    def _referring(self) -> Mapping[tuple[str, str], dict[tuple[str, str], list[str]]]:
        found: dict[tuple[str, str], dict[tuple[str, str], list[str]]] = defaultdict(dict)
        for name, table in tables.all_tables().items():
            if name in {"claims", "names"}:
                continue
            pointing = {
                key: field
                for key, field in table.facts.items()
                if field.references or field.kind == "record"
            }
            for record, row in self.moon.table(name).items():
                for key, field in pointing.items():
                    for target in self._targets(field.references, row[key]):
                        found[target].setdefault((name, key), []).append(record)
        return found

    def _targets(self, references: Iterable[str], value: str) -> Iterator[tuple[str, str]]:
        if not value:
            return
        if not references:
            table, _, record = value.partition("/")
            yield table, record
            return
        # A field may point at one of several tables: at that which holds the id.
        for table in references:
            if value in self.moon.table(table):
                yield table, value
                return


_STANDINGS = {"chosen": 0, "supporting": 1, "superseded": 2, "rejected": 3, "": 4}
_TIERS = {
    "official": 0,
    "scholarly": 1,
    "reference": 2,
    "press": 3,
    "community": 4,
    "editors": 5,
}
__all__ = ["EXISTENCE", "PAGED", "Holdings", "Row", "title_of"]
