"""Everything that the rules look at, read once and worked out once.

An `Examination` holds the sheets and bibliographic entries of a seeds folder, the remarks on single
cells, and what follows from the cells that are good: claims with their places, the records that
exist, the resolved cells. Rules never read files and never parse a cell of their own. Distinct
texts of a field are inspected once; 20,000 claims take about 0.4 s.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from lunarprogrammes.check.bibliography import Entry, source_fields
from lunarprogrammes.check.problems import Place
from lunarprogrammes.check.rule import Remark, rule_set
from lunarprogrammes.check.sheets import DECISIONS, Sheet
from lunarprogrammes.check.words import nearest
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.evidence.claims import DENIED, EXISTENCE, Claim
from lunarprogrammes.evidence.decisions import Decision, by_cell
from lunarprogrammes.evidence.seeds import Reading, Seeds, SourceFile
from lunarprogrammes.evidence.tabular import Row
from lunarprogrammes.evidence.witnesses import EDITORS, Witness, Witnesses
from lunarprogrammes.resolve import Court, lineage_of, resolve_cell
from lunarprogrammes.tables import Field, all_tables

date = lru_cache(maxsize=65536)(UncertainDate)


class Standing(NamedTuple):
    """Where a claim stands: the sheet and the row."""

    sheet: Sheet
    row: Row


class Blemish(NamedTuple):
    """A remark on one cell of one sheet."""

    sheet: Sheet
    row: Row
    column: str
    remark: Remark


@dataclass(frozen=True, eq=False)
class Examination:
    """One seeds folder under examination; `today` is None where no clock was given."""

    seeds: Seeds
    today: datetime.date | None = None

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """All sources by id."""
        return {
            name: Entry.of(source, self.seeds.root) for name, source in self.seeds.sources.items()
        }

    @cached_property
    def readings(self) -> dict[Sheet, Reading]:
        """The readings by their sheets, in the order of the paths."""
        return {
            Sheet.of_reading(reading, self.seeds.root): reading for reading in self.seeds.readings
        }

    @cached_property
    def decisions(self) -> Sheet | None:
        """The sheet of the editors' decisions, where there is one."""
        file = self.seeds.decisions_file
        return Sheet(DECISIONS, file) if file else None

    @property
    def sheets(self) -> Iterator[Sheet]:
        """All sheets: the readings, then the decisions."""
        yield from self.readings
        if self.decisions:
            yield self.decisions

    # What is wrong with single cells.

    def remark(self, field: Field, text: str) -> Remark | None:
        """Return the first remark of the inspectors on a text of a field, or None."""
        verdicts = self._verdicts.setdefault(id(field), {})
        if text not in verdicts:
            verdicts[text] = _inspect(field, text)
        return verdicts[text]

    @cached_property
    def _verdicts(self) -> dict[int, dict[str, Remark | None]]:
        # By identity: a field hashes its whole definition, and the tables keep every field alive.
        return {}

    @cached_property
    def blemishes(self) -> dict[Sheet, list[Blemish]]:
        """The remarks on the cells of every sheet."""
        return {sheet: list(self._blemishes_of(sheet)) for sheet in self.sheets}

    def _blemishes_of(self, sheet: Sheet) -> Iterator[Blemish]:
        for name, field in sheet.columns.items():
            verdicts = self._verdicts.setdefault(id(field), {})
            for row in sheet.file.rows:
                text = row.cells[name]
                if not text:
                    continue
                if text not in verdicts:
                    verdicts[text] = _inspect(field, text)
                remark = verdicts[text]
                if remark is not None:
                    yield Blemish(sheet, row, name, remark)

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
    def _ledger(self) -> tuple[list[Claim], dict[str, Standing], list[tuple[Claim, Standing]]]:
        claims: list[Claim] = []
        standings: dict[str, Standing] = {}
        repeated: list[tuple[Claim, Standing]] = []
        for sheet, reading in self.readings.items():
            for claim, row in self._cleaned(sheet, reading).claims():
                if claim.id in standings:
                    repeated.append((claim, Standing(sheet, row)))
                    continue
                standings[claim.id] = Standing(sheet, row)
                claims.append(claim)
        claims.sort()
        return claims, standings, repeated

    def _cleaned(self, sheet: Sheet, reading: Reading) -> Reading:
        """Return a reading without the cells that have remarks and the rows without a key."""
        if not sheet.has_key:
            return replace(reading, file=replace(reading.file, rows=()))
        bad: dict[int, set[str]] = defaultdict(set)
        for blemish in self.blemishes[sheet]:
            bad[blemish.row.line].add(blemish.column)
        rows = []
        for row in sheet.file.rows:
            names = bad.get(row.line, set())
            if all(row.cells[name] and name not in names for name in sheet.key):
                cells = {**row.cells, **dict.fromkeys(names, "")} if names else row.cells
                rows.append(Row(row.line, cells))
        return replace(reading, file=replace(reading.file, rows=tuple(rows)))

    @property
    def claims(self) -> list[Claim]:
        """All claims of the readings that can be understood, in the order of the ledger."""
        return self._ledger[0]

    @property
    def repeated(self) -> list[tuple[Claim, Standing]]:
        """The claims that the same source has already made in the same words and place."""
        return self._ledger[2]

    def standing(self, claim: Claim) -> Standing:
        """Return the row in which a claim stands."""
        return self._ledger[1][claim.id]

    def place(self, claim: Claim) -> Place:
        """Return the place of the cell that makes a claim."""
        sheet, row = self.standing(claim)
        return sheet.first_key(row) if claim.field == EXISTENCE else sheet.cell(row, claim.field)

    @cached_property
    def by_field(self) -> Mapping[tuple[str, str], list[Claim]]:
        """The claims by table and field."""
        found: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in self.claims:
            found[claim.table, claim.field].append(claim)
        return found

    @cached_property
    def by_cell(self) -> Mapping[tuple[str, str, str], list[Claim]]:
        """The claims by table, record and field, those of the bibliography among them."""
        found: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
        for claim in (*self.claims, *self._bibliographic_claims):
            found[claim.cell].append(claim)
        return found

    @cached_property
    def _bibliographic_claims(self) -> list[Claim]:
        return Seeds(self.seeds.root, self._good_sources, (), None).claims()

    @cached_property
    def by_record(self) -> Mapping[tuple[str, str], list[Claim]]:
        """The claims of the readings by table and record."""
        found: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in self.claims:
            found[claim.table, claim.record].append(claim)
        return found

    @cached_property
    def ids(self) -> Mapping[str, list[str]]:
        """The ids of which the readings speak, by table, in the order of the ledger."""
        found: dict[str, list[str]] = defaultdict(list)
        for table, record in self.by_record:
            found[table].append(record)
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
            for sheet, blemishes in self.blemishes.items()
            if sheet.table
            for blemish in blemishes
        )

    @cached_property
    def incomplete_tables(self) -> frozenset[str]:
        """The tables of which some rows could not be read: nothing is missing there for certain."""
        names = {
            sheet.table.name
            for sheet in self.readings
            if sheet.table and not (sheet.is_whole and self._has_good_keys(sheet))
        }
        strays = (path.stem for path in self.seeds.strangers if path.suffix.lower() == ".csv")
        names.update(near for stem in strays if (near := nearest(stem, all_tables())))
        return frozenset(names)

    def _has_good_keys(self, sheet: Sheet) -> bool:
        spoiled = any(blemish.column in sheet.key for blemish in self.blemishes[sheet])
        return not spoiled and all(row.cells[name] for name in sheet.key for row in sheet.file.rows)

    @cached_property
    def records(self) -> dict[str, set[str]]:
        """The records of which a document says that they exist, by table; ids of all sources."""
        found: dict[str, set[str]] = {name: set() for name in all_tables()}
        for claim in self.claims:
            affirmed = claim.source != EDITORS and claim.certainty != DENIED
            if claim.field == EXISTENCE and affirmed:
                found[claim.table].add(claim.record)
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
        return Court(witnesses, lineage=lineage_of(self.claims))

    @cached_property
    def court(self) -> Court:
        """The court in which the resolved cells were decided."""
        rows = self.decisions.file.rows if self.decisions and self.decisions.has_key else ()
        decisions = by_cell(Decision.from_row(row.cells) for row in rows)
        return self.undecided._replace(decisions=decisions)

    @cached_property
    def _chosen(self) -> dict[tuple[str, str, str], Claim | None]:
        return {}

    def chosen(self, table: str, record: str, field: str) -> Claim | None:
        """Return the claim that a cell shows, or None where the cell is empty.

        Cells are resolved when they are asked for: the rules need few of them.
        """
        cell = table, record, field
        if cell not in self._chosen:
            claims = self.by_cell.get(cell)
            rule = all_tables()[table].fields[field]
            resolved = resolve_cell(claims, rule, self.court) if claims else None
            self._chosen[cell] = resolved.chosen if resolved else None
        return self._chosen[cell]


def _inspect(field: Field, text: str) -> Remark | None:
    for inspector in rule_set().inspectors:
        for remark in inspector(field, text):
            return remark
    return None
