"""The claims of the good rows of all sheets, made when a rule asks for those of some field.

Rows stay columns of texts. A check of a million claims makes only the third of them that rules look
at one by one (0.3 µs each), and hashes the ids of none: a repetition shows in the texts themselves,
and an id decides only between claims of one cell that disagree. Claims of the ledger have an empty
id; `identified` gives them theirs. Where a claim stands is kept by its identity.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import compress, groupby, repeat
from operator import itemgetter
from typing import NamedTuple

from lunarprogrammes.check.sheets import Sheet
from lunarprogrammes.evidence.claims import DENIED, EXISTENCE, STATED, Claim, claim_id
from lunarprogrammes.evidence.tabular import Row
from lunarprogrammes.evidence.witnesses import EDITORS
from lunarprogrammes.tables import KEY_SEPARATOR, Table

_record = itemgetter(Claim._fields.index("record"))


class Standing(NamedTuple):
    """Where a claim stands: the sheet and the row."""

    sheet: Sheet
    row: Row


class Repetition(NamedTuple):
    """A claim that its source has already made: the claim, where it stands, where it stood."""

    claim: Claim
    standing: Standing
    first: Standing


@dataclass(frozen=True, eq=False)
class GoodRows:
    """The rows of one sheet that speak of a record, without the cells that have remarks."""

    sheet: Sheet
    table: Table
    numbers: Sequence[int]
    columns: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, sheet: Sheet, table: Table, bad: Mapping[int, set[str]]) -> "GoodRows":
        """Return the good rows of a sheet; `bad` holds the columns with remarks by row number."""
        columns = sheet.file.columns
        numbers = range(len(sheet.file.records))
        if not bad and not any("" in columns[name] for name in table.key):
            return cls(sheet, table, numbers, columns)
        kept = [
            number
            for number in numbers
            if all(columns[name][number] for name in table.key)
            and not bad.get(number, set()).intersection(table.key)
        ]
        return cls(sheet, table, kept, _picked(columns, kept, bad))

    def among(self, records: set[str]) -> "GoodRows":
        """Return the rows that speak of some records."""
        at = [place for place, record in enumerate(self.records) if record in records]
        numbers = [self.numbers[place] for place in at]
        columns = {name: [cells[place] for place in at] for name, cells in self.columns.items()}
        return GoodRows(self.sheet, self.table, numbers, columns)

    @property
    def source(self) -> str:
        """The source whose sheet it is."""
        return self.sheet.source

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The columns whose cells are claims."""
        return tuple(
            name for name in self.columns if name in self.table.facts and name not in self.table.key
        )

    @cached_property
    def records(self) -> Sequence[str]:
        """The id of the record of which each row speaks."""
        keys = [self.columns[name] for name in self.table.key]
        return keys[0] if len(keys) == 1 else [*map(KEY_SEPARATOR.join, zip(*keys, strict=True))]

    @cached_property
    def certainties(self) -> Sequence[str]:
        """The certainty of each row."""
        cells = self.column("certainty")
        return [text or STATED for text in cells] if "" in cells else cells

    def column(self, name: str) -> Sequence[str]:
        """Return the cells of a column; empty ones where the file has no such column."""
        return self.columns.get(name) or [""] * len(self.numbers)

    @cached_property
    def filled(self) -> Sequence[bool]:
        """Whether each row claims anything beyond that its record exists."""
        facts = [self.columns[name] for name in self.facts]
        return [*map(any, zip(*facts, strict=True))] if facts else [False] * len(self.numbers)

    @cached_property
    def existences(self) -> Sequence[bool]:
        """Whether each row claims that its record exists.

        The editors create no records; a denied cell denies its value, not the record.
        """
        if self.source == EDITORS:
            return [False] * len(self.numbers)
        if DENIED not in self.certainties:
            return [True] * len(self.numbers)
        pairs = zip(self.filled, self.certainties, strict=True)
        return [not filled or certainty != DENIED for filled, certainty in pairs]

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The records of which the rows speak."""
        return frozenset(self.records)

    @cached_property
    def qualified(self) -> frozenset[str]:
        """The records of which a row is more than stated, or of another day than its document."""
        if "as_of" not in self.columns and "certainty" not in self.columns:
            return frozenset()
        rows = zip(self.records, self.certainties, self.column("as_of"), strict=True)
        return frozenset(record for record, sure, day in rows if sure != STATED or day)

    def speaking(self) -> AbstractSet[str]:
        """Return the records of which something is claimed."""
        if self.source != EDITORS:
            return self.distinct
        pairs = zip(self.records, self.filled, strict=True)
        return {record for record, filled in pairs if filled}

    def affirmed(self) -> AbstractSet[str]:
        """Return the records of which a row says that they exist."""
        if self.source != EDITORS and DENIED not in self.certainties:
            return self.distinct
        rows = zip(self.records, self.existences, self.certainties, strict=True)
        return {record for record, claims, certainty in rows if claims and certainty != DENIED}

    def stated(self, field: str) -> set[str]:
        """Return the records of which a row gives a field and does not deny it."""
        if DENIED not in self.certainties:
            return {*compress(self.records, self.columns[field])}
        rows = zip(self.records, self.columns[field], self.certainties, strict=True)
        return {record for record, text, certainty in rows if text and certainty != DENIED}

    @cached_property
    def places(self) -> list[tuple[str, ...]]:
        """What two rows must share to say the same: record, locator, as_of and certainty."""
        evidence = (self.column("locator"), self.column("as_of"), self.certainties)
        return [*zip(self.records, *evidence, strict=True)]

    @cached_property
    def is_without_repetition(self) -> bool:
        """Whether no two rows share record and place, so that nothing can be repeated."""
        if len(self.distinct) == len(self.numbers):
            return True
        return len(set(self.places)) == len(self.places)

    def claims(self, field: str) -> list[Claim]:
        """Return the claims of a field, each once, in the order of `placed`."""
        number = len(self.numbers)
        rows = zip(
            repeat(self.table.name, number),
            self.records,
            repeat(field),
            repeat(""),
            repeat("") if field == EXISTENCE else self.columns[field],
            repeat(self.source),
            self.column("locator"),
            self.column("as_of"),
            self.certainties,
            self.column("cites"),
            self.column("remark"),
        )
        # The constructor of a named tuple takes its fields apart once more: a third of the time.
        make = partial(tuple.__new__, Claim)
        if self.is_without_repetition:
            return [*map(make, compress(rows, self._wanted(field)))]
        made = [*map(make, rows)]
        return [made[place] for place in self.placed(field)]

    def _wanted(self, field: str) -> Sequence[object]:
        return self.existences if field == EXISTENCE else self.columns[field]

    def placed(self, field: str) -> list[int]:
        """Return the places of the rows that claim a field, without those that only repeat it."""
        wanted = [*compress(range(len(self.numbers)), self._wanted(field))]
        if self.is_without_repetition:
            return wanted
        values = self._wanted(field)
        seen = {(self.places[place], values[place]): place for place in reversed(wanted)}
        return sorted(seen.values())

    def count(self) -> int:
        """Return how many claims the rows make, each counted once."""
        cells = sum(len(self.columns[name]) - self.columns[name].count("") for name in self.facts)
        total = sum(self.existences) + cells
        return total - sum(1 for _ in self.repetitions())

    def standing(self, place: int) -> Standing:
        """Return where the row at a place stands."""
        return Standing(self.sheet, self.sheet.file.row(self.numbers[place]))

    def repetitions(self) -> Iterator[Repetition]:
        """Yield the claims that an earlier row has already made, in the order of the rows."""
        if self.is_without_repetition:
            return
        shared: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place, key in enumerate(self.places):
            shared[key].append(place)
        first: dict[tuple[object, ...], int] = {}
        again = sorted(place for rows in shared.values() if len(rows) > 1 for place in rows)
        for place in again:
            for field, value in self._said(place):
                at = first.setdefault((self.places[place], field, value), place)
                if at != place:
                    claim = self._claim(place, field, value)
                    yield Repetition(claim, self.standing(place), self.standing(at))

    def _said(self, place: int) -> Iterator[tuple[str, str]]:
        if self.existences[place]:
            yield EXISTENCE, ""
        for name in self.facts:
            if self.columns[name][place]:
                yield name, self.columns[name][place]

    def _claim(self, place: int, field: str, value: str) -> Claim:
        locator, as_of = self._cell("locator", place), self._cell("as_of", place)
        cites, remark = self._cell("cites", place), self._cell("remark", place)
        record, certainty = self.records[place], self._cell("certainty", place) or STATED
        who = self.table.name, record, field, "", value, self.source
        return Claim(*who, locator, as_of, certainty, cites, remark)

    def _cell(self, name: str, place: int) -> str:
        cells = self.columns.get(name)
        return cells[place] if cells else ""

    def claims_among(self, field: str, records: AbstractSet[str]) -> list[Claim]:
        """Return the claims of a field of some records, in the order of `placed`."""
        if self.distinct.isdisjoint(records):
            return []
        values, names = self.columns[field], self.records
        if self.is_without_repetition:
            rows = zip(names, values, strict=True)
            at = [n for n, (name, value) in enumerate(rows) if value and name in records]
        else:
            at = [place for place in self.placed(field) if names[place] in records]
        return [self._claim(place, field, values[place]) for place in at]

    def claims_of_row(self, place: int) -> list[Claim]:
        """Return the claims of the row at a place."""
        return [self._claim(place, *said) for said in self._said(place)]


def _picked(
    columns: Mapping[str, Sequence[str]], kept: list[int], bad: Mapping[int, set[str]]
) -> dict[str, list[str]]:
    """Return the columns with the rows that are kept, bad cells empty."""
    picked = {name: [cells[number] for number in kept] for name, cells in columns.items()}
    for place, number in enumerate(kept):
        for name in bad.get(number, ()):
            picked[name][place] = ""
    return picked


class Ledger:
    """The good rows of all sheets, and the claims that have been asked for."""

    def __init__(self, parts: Sequence[GoodRows], bibliography: Callable[[], list[Claim]]) -> None:
        self.parts: dict[str, list[GoodRows]] = defaultdict(list)
        for part in parts:
            self.parts[part.table.name].append(part)
        self._bibliography = bibliography
        self._claims: dict[tuple[str, str], list[Claim]] = {}
        self._at: dict[tuple[str, str], dict[int, tuple[GoodRows, int]]] = {}
        self._cells: dict[tuple[str, str], dict[str, list[Claim]]] = {}
        self._others: dict[int, tuple[Claim, Standing]] = {}
        self._rows: dict[str, dict[str, list[tuple[GoodRows, int]]]] = {}

    def claims(self, table: str, field: str) -> list[Claim]:
        """Return the claims of a field by record, then in the order of the files."""
        key = table, field
        if key not in self._claims:
            found: list[Claim] = []
            for part in self.telling(table, field):
                found += part.claims(field)
            found.sort(key=_record)
            self._claims[key] = found
        return self._claims[key]

    def telling(self, table: str, field: str) -> list[GoodRows]:
        """Return the good rows of the sheets that may claim a field."""
        parts = self.parts.get(table, ())
        return [part for part in parts if field == EXISTENCE or field in part.facts]

    def _placed(self, table: str, field: str) -> dict[int, tuple[GoodRows, int]]:
        """Return where the claims of a field stand, by their identity."""
        places = [
            (part, place) for part in self.telling(table, field) for place in part.placed(field)
        ]
        places.sort(key=lambda placed: placed[0].records[placed[1]])
        pairs = zip(self.claims(table, field), places, strict=True)
        return {id(claim): place for claim, place in pairs}

    def cells(self, table: str, field: str) -> dict[str, list[Claim]]:
        """Return the claims of a field by record, the bibliography's among them."""
        key = table, field
        if key not in self._cells:
            claims = self.claims(table, field)
            if table == "sources":
                claims = [claim for claim in self._bibliography() if claim.field == field]
            # Sorted by record, as they are.
            found = {record: [*group] for record, group in groupby(claims, _record)}
            self._cells[key] = found
        return self._cells[key]

    def cells_among(
        self, table: str, field: str, records: AbstractSet[str]
    ) -> dict[str, list[Claim]]:
        """Return the claims of a field of some records, by record; `standing` knows none of them.

        Only rows of readings are looked at, not the bibliography.
        """
        found: dict[str, list[Claim]] = defaultdict(list)
        for part in self.telling(table, field):
            for claim in part.claims_among(field, records):
                found[claim.record].append(claim)
        return found

    def of_record(self, table: str, record: str) -> list[Claim]:
        """Return all claims that speak of one record."""
        if table not in self._rows:
            rows: dict[str, list[tuple[GoodRows, int]]] = defaultdict(list)
            for part in self.parts.get(table, ()):
                for place, name in enumerate(part.records):
                    rows[name].append((part, place))
            self._rows[table] = rows
        found = []
        for part, place in self._rows[table].get(record, ()):
            for claim in part.claims_of_row(place):
                self.register(claim, part.standing(place))
                found.append(claim)
        return found

    def register(self, claim: Claim, standing: Standing) -> None:
        """Keep where a claim stands that is not among those of its field."""
        # With the claim itself: its identity is its own only as long as it lives.
        self._others[id(claim)] = claim, standing

    def standing(self, claim: Claim) -> Standing:
        """Return the row in which a claim of this ledger stands."""
        if id(claim) in self._others:
            return self._others[id(claim)][1]
        key = claim.table, claim.field
        if key not in self._at:
            self._at[key] = self._placed(*key)
        part, place = self._at[key][id(claim)]
        return part.standing(place)

    def count(self, only: str | None = None) -> int:
        """Return the number of claims, of all sources or of one."""
        parts = (part for parts in self.parts.values() for part in parts)
        return sum(part.count() for part in parts if only in {None, part.source})

    def records(self, table: str) -> list[str]:
        """Return the records of a table of which anything is claimed, sorted."""
        return sorted(set().union(*(part.speaking() for part in self.parts.get(table, ()))))


def identified(claim: Claim) -> Claim:
    """Return a claim of the ledger with its id."""
    said = claim.table, claim.record, claim.field, claim.value, claim.source
    return claim._replace(id=claim_id(*said, claim.locator, claim.as_of, claim.certainty))
