"""Everything that the rules look at, read once and worked out once.

An `Examination` holds the sheets and bibliographic entries of a seeds folder, the remarks on single
cells, and what follows from the cells that are good: claims with their places, the records that
exist, the resolved cells. Rules never read files and never parse a cell of their own. Distinct
texts of a field are inspected once, and claims are made when a rule asks for those of some field.

With `focus` one source is examined against the others: of their cells only the keys are inspected,
and those of a field when a rule asks for its claims; their sheets are shown to no rule.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from lunarprogrammes.check.bibliography import Entry, source_fields
from lunarprogrammes.check.choices import Choices
from lunarprogrammes.check.ledger import GoodRows, Ledger, Standing, identified
from lunarprogrammes.check.lookups import ByCell, ByField, ByRecord, Cleaned
from lunarprogrammes.check.problems import Place
from lunarprogrammes.check.rule import Remark
from lunarprogrammes.check.sheets import DECISIONS, Sheet
from lunarprogrammes.check.verdicts import Verdicts
from lunarprogrammes.check.words import nearest
from lunarprogrammes.evidence.claims import EXISTENCE, Claim
from lunarprogrammes.evidence.decisions import Decision, by_cell
from lunarprogrammes.evidence.seeds import Reading, Seeds, SourceFile
from lunarprogrammes.evidence.tabular import Row
from lunarprogrammes.evidence.witnesses import EDITORS, Witness, Witnesses
from lunarprogrammes.resolve import Court, lineage_of
from lunarprogrammes.tables import Field, all_tables


class Blemish(NamedTuple):
    """A remark on one cell of one sheet; `number` is that of the row, from 0."""

    sheet: Sheet
    column: str
    remark: Remark
    number: int

    @property
    def row(self) -> Row:
        """The row in which the cell stands."""
        return self.sheet.file.row(self.number)


@dataclass(frozen=True, eq=False)
class Examination:
    """One seeds folder under examination; `today` is None where no clock was given.

    With `focus` only the problems of one source are wanted.
    """

    seeds: Seeds
    today: datetime.date | None = None
    focus: str | None = None

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """All sources by id."""
        return {
            name: Entry.of(source, self.seeds.root) for name, source in self.seeds.sources.items()
        }

    @cached_property
    def readings(self) -> dict[Sheet, Reading]:
        """The readings in focus by their sheets, in the order of the paths."""
        return {
            sheet: reading
            for sheet, reading in self._all_readings.items()
            if self._is_in_focus(sheet)
        }

    @cached_property
    def _all_readings(self) -> dict[Sheet, Reading]:
        return {
            Sheet.of_reading(reading, self.seeds.root): reading for reading in self.seeds.readings
        }

    def _is_in_focus(self, sheet: Sheet) -> bool:
        return self.focus is None or sheet.source == self.focus

    @cached_property
    def decisions(self) -> Sheet | None:
        """The sheet of the editors' decisions, where there is one."""
        file = self.seeds.decisions_file
        return Sheet(DECISIONS, file) if file else None

    @property
    def sheets(self) -> Iterator[Sheet]:
        """All sheets in focus: the readings, then the decisions."""
        yield from self.readings
        if self.decisions:
            yield self.decisions

    # What is wrong with single cells.

    def remark(self, field: Field, text: str) -> Remark | None:
        """Return the first remark of the inspectors on a text of a field, or None."""
        return self._verdicts.on(field, frozenset([text])).get(text)

    @cached_property
    def _verdicts(self) -> Verdicts:
        return Verdicts()

    @cached_property
    def blemishes(self) -> dict[Sheet, list[Blemish]]:
        """The remarks on the cells of every sheet."""
        return {sheet: list(self._blemishes_of(sheet)) for sheet in self.sheets}

    def _blemishes_of(self, sheet: Sheet, names: Iterable[str] = ()) -> Iterator[Blemish]:
        """Yield the remarks on the cells of a sheet, or of some of its columns."""
        for name in names or sheet.columns:
            field = sheet.columns[name]
            texts = sheet.distinct(name)
            bad = self._verdicts.on(field, texts)
            if not bad or texts.isdisjoint(bad):
                continue
            for number, text in enumerate(sheet.file.columns[name]):
                if text and text in bad:
                    yield Blemish(sheet, name, bad[text], number)

    @cached_property
    def entry_remarks(self) -> dict[str, dict[str, Remark]]:
        """The remarks on the cells that each `source.json` fills, by source and field."""
        fields = source_fields()
        found: dict[str, dict[str, Remark]] = {}
        for entry in self.entries.values():
            if entry.is_read:
                remarks = {
                    name: self.remark(fields[name], text)
                    for name, text in entry.cells.items()
                    if text and name != "id"  # the folder's name, which has a rule of its own
                }
                found[entry.id] = {name: remark for name, remark in remarks.items() if remark}
        return found

    # What follows from the good cells.

    @cached_property
    def ledger(self) -> Ledger:
        """The claims of the readings that can be understood."""
        return Ledger([*self._good_rows()], lambda: self._bibliographic_claims)

    def _good_rows(self) -> Iterator[GoodRows]:
        for sheet in self._all_readings:
            if sheet.table and sheet.has_key:
                bad: dict[int, set[str]] = defaultdict(set)
                for blemish in self._known_blemishes(sheet):
                    bad[blemish.number].add(blemish.column)
                rows = GoodRows.of(sheet, sheet.table, bad)
                if not self._is_in_focus(sheet):
                    rows = replace(rows, columns=Cleaned(rows.columns, self._good_cells(sheet)))
                yield rows

    def _known_blemishes(self, sheet: Sheet) -> Iterable[Blemish]:
        """Return the remarks on all cells of a sheet in focus, and on the keys of any other."""
        if self._is_in_focus(sheet):
            return self.blemishes[sheet]
        return self._blemishes_of(sheet, [name for name in sheet.key if name in sheet.columns])

    def _good_cells(self, sheet: Sheet) -> Callable[[str, Sequence[str]], Sequence[str]]:
        """Return what empties the cells of a column that have remarks."""

        def clean(name: str, cells: Sequence[str]) -> Sequence[str]:
            if name not in sheet.columns:
                return cells
            texts = sheet.distinct(name)
            bad = self._verdicts.on(sheet.columns[name], texts)
            if texts.isdisjoint(bad):
                return cells
            return ["" if text in bad else text for text in cells]

        return clean

    @cached_property
    def claims(self) -> list[Claim]:
        """All claims of the readings by table, field and record: ask for those of a field instead.

        To make all of a million takes 2 s.
        """
        return [claim for key in self.by_field for claim in self.ledger.claims(*key)]

    @cached_property
    def cited(self) -> set[tuple[str, str]]:
        """The places that claims cite, as source and locator."""
        return {
            (part.source, locator)
            for parts in self.ledger.parts.values()
            for part in parts
            for locator in set(part.column("locator"))
        }

    @property
    def repeated(self) -> Iterator[tuple[Claim, Standing]]:
        """The claims that the same source has already made in the same words and place.

        With where each stands; `standing` says where it was made first.
        """
        for parts in self.ledger.parts.values():
            for part in parts:
                if not self._is_in_focus(part.sheet):
                    continue
                for claim, standing, first in part.repetitions():
                    self.ledger.register(claim, first)
                    yield claim, standing

    def standing(self, claim: Claim) -> Standing:
        """Return the row in which a claim stands."""
        return self.ledger.standing(claim)

    def place(self, claim: Claim) -> Place:
        """Return the place of the cell that makes a claim."""
        sheet, row = self.standing(claim)
        return sheet.first_key(row) if claim.field == EXISTENCE else sheet.cell(row, claim.field)

    @cached_property
    def by_field(self) -> Mapping[tuple[str, str], list[Claim]]:
        """The claims by table and field, in the order of the records."""
        return ByField(self.ledger)

    @cached_property
    def by_cell(self) -> Mapping[tuple[str, str, str], list[Claim]]:
        """The claims by table, record and field, those of the bibliography among them."""
        return ByCell(self.ledger)

    @cached_property
    def _bibliographic_claims(self) -> list[Claim]:
        return Seeds(self.seeds.root, self._good_sources, (), None).claims()

    @cached_property
    def by_record(self) -> Mapping[tuple[str, str], list[Claim]]:
        """The claims of the readings by table and record."""
        return ByRecord(self.ledger, self.ids)

    @cached_property
    def ids(self) -> Mapping[str, list[str]]:
        """The ids of which the readings speak, by table, sorted."""
        found = {name: self.ledger.records(name) for name in sorted(self.ledger.parts)}
        return {name: records for name, records in found.items() if records}

    @cached_property
    def unattested(self) -> Mapping[str, list[str]]:
        """The ids of which the editors alone speak, by table, sorted."""
        found = {}
        for name, parts in sorted(self.ledger.parts.items()):
            if not any(part.source == EDITORS for part in parts):
                continue
            editors = [part.speaking() for part in parts if part.source == EDITORS]
            others = [part.speaking() for part in parts if part.source != EDITORS]
            found[name] = sorted(set().union(*editors).difference(*others))
        return found

    def first_standing(self, claims: Iterable[Claim]) -> Standing:
        """Return the first row, in the order of the files, in which one of some claims stands."""
        found = (self.standing(claim) for claim in claims)
        return min(found, key=lambda standing: (standing.sheet.path, standing.row.line))

    @cached_property
    def spoiled(self) -> frozenset[tuple[str, str, str]]:
        """The cells, by table, record and field, of which a claim could not be understood."""
        return frozenset(
            (sheet.table.name, sheet.table.record_id(blemish.row.cells), blemish.column)
            for sheet in self._all_readings
            if sheet.table
            for blemish in self._blemishes_of(sheet)
        )

    @cached_property
    def incomplete_tables(self) -> frozenset[str]:
        """The tables of which some rows could not be read: nothing is missing there for certain."""
        names = {
            sheet.table.name
            for sheet in self._all_readings
            if sheet.table and not (sheet.is_whole and self._has_good_keys(sheet))
        }
        strays = (path.stem for path in self.seeds.strangers if path.suffix.lower() == ".csv")
        names.update(near for stem in strays if (near := nearest(stem, all_tables())))
        return frozenset(names)

    def _has_good_keys(self, sheet: Sheet) -> bool:
        spoiled = any(blemish.column in sheet.key for blemish in self._known_blemishes(sheet))
        return not spoiled and not any("" in sheet.file.columns[name] for name in sheet.key)

    @cached_property
    def records(self) -> dict[str, set[str]]:
        """The records of which a document says that they exist, by table; ids of all sources."""
        found: dict[str, set[str]] = {name: set() for name in all_tables()}
        for name, parts in self.ledger.parts.items():
            found[name].update(*(part.affirmed() for part in parts if part.source != EDITORS))
        found["sources"] = set(self.entries)
        return found

    @cached_property
    def _good_sources(self) -> dict[str, SourceFile]:
        return {
            name: entry.without(set(self.entry_remarks.get(name, ())))
            for name, entry in self.entries.items()
        }

    @cached_property
    def undecided(self) -> Court:
        """The court without the editors' decisions."""
        witnesses = Witnesses(
            {name: Witness.from_row(source.cells) for name, source in self._good_sources.items()}
        )
        # The first claim of the ledger stands, whose order ends with the ids.
        parents = (
            claim
            for table in self.ledger.parts
            if "parent" in all_tables()[table].facts
            for claim in sorted(map(identified, self.ledger.claims(table, "parent")))
        )
        court = Court(witnesses)
        return court._replace(lineage=lineage_of(parents, court))

    @cached_property
    def court(self) -> Court:
        """The court in which the resolved cells were decided."""
        rows = self.decisions.file.rows if self.decisions and self.decisions.has_key else ()
        decisions = by_cell(Decision.from_row(row.cells) for row in rows)
        return self.undecided._replace(decisions=decisions)

    def chosen(self, table: str, record: str, field: str) -> Claim | None:
        """Return the claim that a cell shows, or None where the cell is empty.

        The cells of a field are resolved when one of them is asked for.
        """
        return self.shown(table, field).get(record)

    def shown(self, table: str, field: str) -> Mapping[str, Claim]:
        """Return the claims that the cells of a field show, by record."""
        return self._choices.shown(table, field)

    def told(self, table: str, field: str) -> Mapping[str, str]:
        """Return the texts that the cells of a field show, by record: much quicker than `shown`.

        A rule looks here for the records of which it has something to say.
        """
        return self._choices.told(table, field)

    @cached_property
    def _choices(self) -> Choices:
        return Choices(self.ledger, self.court, self.entries)

    def values(self, table: str, field: str) -> frozenset[str]:
        """Return the distinct values that are claimed of a field: quicker than its claims."""
        key = table, field
        if key not in self._values:
            columns = (part.columns[field] for part in self.ledger.telling(table, field))
            self._values[key] = frozenset().union(*columns) - {""}
        return self._values[key]

    @cached_property
    def _values(self) -> dict[tuple[str, str], frozenset[str]]:
        return {}

    def pairs(self, table: str, field: str) -> set[tuple[str, str]]:
        """Return the records with the values that are claimed of a field."""
        told = self.ledger.telling(table, field)
        rows = (zip(part.records, part.columns[field], strict=True) for part in told)
        return {pair for pair in set().union(*rows) if pair[1]}

    def certainties(self, table: str) -> set[str]:
        """Return the certainties with which anything is claimed in a table."""
        return set().union(*(part.certainties for part in self.ledger.parts.get(table, ())))

    def stated(self, table: str, field: str) -> set[str]:
        """Return the records of which a source gives a field and does not deny it."""
        found: set[str] = set()
        for part in self.ledger.telling(table, field):
            found |= part.stated(field)
        return found
