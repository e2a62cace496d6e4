"""What the cells of a field show: the resolver's choice, cheap where nothing is contested.

The resolver takes 40 µs for a cell of four claims, mostly to rank them by criteria that cannot tell
equal claims apart. Of claims that say the same as a fact only the source decides.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from operator import attrgetter

from lunarprogrammes.check.ledger import Ledger, identified
from lunarprogrammes.evidence.claims import DENIED, STATED, Claim
from lunarprogrammes.evidence.witnesses import EDITORS
from lunarprogrammes.ranking import CRITERIA, preference
from lunarprogrammes.resolve import Court, resolve_cell
from lunarprogrammes.tables import all_tables


class Choices:
    """The claims that the cells of a ledger show, resolved a field at a time."""

    def __init__(self, ledger: Ledger, court: Court, sources: Iterable[str]) -> None:
        self._ledger = ledger
        self._court = court
        self._sources = frozenset(sources)
        self._shown: dict[tuple[str, str], dict[str, Claim]] = {}
        self._told: dict[tuple[str, str], dict[str, str]] = {}

    def shown(self, table: str, field: str) -> Mapping[str, Claim]:
        """Return the claims that the cells of a field show, by record."""
        key = table, field
        if key not in self._shown:
            cells = self._cells(table, field)
            self._shown[key] = dict(self._shown_of(table, field, cells))
        return self._shown[key]

    def told(self, table: str, field: str) -> Mapping[str, str]:
        """Return the texts that the cells of a field show, by record.

        It costs a tenth of the claims, which are made only of cells that are contested.
        """
        key = table, field
        if key not in self._told:
            self._told[key] = self._told_of(table, field)
        return self._told[key]

    def _told_of(self, table: str, field: str) -> dict[str, str]:
        if table == "sources" or (table, field) in self._shown:
            return {record: claim.value for record, claim in self.shown(table, field).items()}
        told: dict[str, str] = {}
        contested: set[str] = set()
        keep = told.setdefault
        for part in self._ledger.telling(table, field):
            for record, text in zip(part.records, part.columns[field], strict=True):
                if text and keep(record, text) != text:
                    contested.add(record)
            contested |= part.qualified
        contested |= self._decided(table, field)
        contested &= told.keys()
        if contested:
            cells = self._ledger.cells_among(table, field, contested)
            for record in contested:
                del told[record]
            shown = self._shown_of(table, field, cells)
            told.update((record, claim.value) for record, claim in shown)
        return told

    def _decided(self, table: str, field: str) -> set[str]:
        """Return the records of which the editors decided a field."""
        return {cell[1] for cell in self._court.decisions if (cell[0], cell[2]) == (table, field)}

    def _cells(self, table: str, field: str) -> Mapping[str, list[Claim]]:
        is_told = table == "sources" or self._ledger.telling(table, field)
        return self._ledger.cells(table, field) if is_told else {}

    def _shown_of(
        self, table: str, field: str, cells: Mapping[str, list[Claim]]
    ) -> Iterator[tuple[str, Claim]]:
        """Yield what some cells of a field show, by record.

        Most cells have one claim, or several that say the same as a fact: these are not worth the
        40 µs of the resolver.
        """
        if not cells:
            return
        rank = self._ranks[all_tables()[table].fields[field].rule].__getitem__
        decided = self._decided(table, field)
        source, said = attrgetter("source"), attrgetter("value", "as_of", "certainty")
        for record, claims in cells.items():
            claim: Claim | None = claims[0]
            if len(claims) == 1 and record not in decided:
                if claims[0].certainty != DENIED:
                    yield record, claims[0]
                continue
            words, sources = {*map(said, claims)}, [*map(source, claims)]
            plain = len(words) == 1 and said(claims[0])[1:] == ("", STATED)
            if plain and record not in decided and len({*sources}) == len(sources):
                ranks = [*map(rank, sources)]
                claim = claims[ranks.index(min(ranks))]
            else:
                claim = self._choose(claims)
            if claim:
                yield record, claim

    @cached_property
    def _ranks(self) -> dict[str, dict[str, int]]:
        """The order in which the sources are preferred where all say the same, by rule."""
        ranks = {}
        names = {*self._sources, EDITORS}
        for rule in CRITERIA:
            bare = [Claim("", "", "", "", "", name, "", "", STATED, "", "") for name in names]
            bare.sort(key=lambda claim: preference(claim, rule, self._court))
            ranks[rule] = {claim.source: rank for rank, claim in enumerate(bare)}
        return ranks

    def _choose(self, claims: list[Claim]) -> Claim | None:
        table, _, field = claims[0].cell
        rule = all_tables()[table].fields[field]
        if len({claim.source for claim in claims}) < len(claims):
            # Only between two claims of one source can it come to their ids.
            twins = {identified(claim): claim for claim in claims}
            resolved = resolve_cell(sorted(twins), rule, self._court)
            return twins[resolved.chosen] if resolved and resolved.chosen else None
        resolved = resolve_cell(claims, rule, self._court)
        return resolved.chosen if resolved else None
