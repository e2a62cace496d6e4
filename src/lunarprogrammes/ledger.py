"""The ledger of an edition: its claims, sources and decisions, read once and shared.

Every perspective of a dataset (`known_on`, `at`, another policy) resolves the same ledger, so it is
read and parsed once. Reading one record's claims costs 2 ms, the whole ledger 20 ms for 6,000.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from lunarprogrammes.edition import Edition
from lunarprogrammes.evidence.claims import Claim
from lunarprogrammes.evidence.decisions import Decision, by_cell
from lunarprogrammes.evidence.redirects import Redirect, by_old_id
from lunarprogrammes.evidence.witnesses import Witness, Witnesses
from lunarprogrammes.perspective import Perspective
from lunarprogrammes.resolve import Court, lineage_of


class LineageWhenAsked(Mapping[str, Mapping[str, str]]):
    """The parents of records, read when a reference is compared: most questions never do."""

    def __init__(self, read: Callable[[], Mapping[str, Mapping[str, str]]]) -> None:
        self._read = read

    @cached_property
    def _found(self) -> Mapping[str, Mapping[str, str]]:
        return self._read()

    def __getitem__(self, table: str) -> Mapping[str, str]:
        return self._found[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class Ledger:
    """The claims of one edition, with what the resolver must know besides.

    >>> len(Ledger(Edition.open()).of_record("missions", "change-5")) > 10
    True
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._was_asked = False

    @cached_property
    def sources(self) -> dict[str, dict[str, str]]:
        """The rows of the table `sources` by id."""
        return {row["id"]: row for row in self._edition.rows("sources")}

    @cached_property
    def claims(self) -> list[Claim]:
        """All claims in the order of the ledger."""
        return [Claim.from_row(row) for row in self._edition.rows("claims")]

    @cached_property
    def redirects(self) -> dict[tuple[str, str], Redirect]:
        """The retired ids by table and old id; read in 0.1 ms while they are few."""
        return by_old_id(self._edition.rows("redirects"))

    def of_record(self, table: str, record: str) -> list[Claim]:
        """Return the claims of one record in the order of the ledger."""
        # One record is found fastest by a scan; whoever asks for a second one is given the index.
        if not self._was_asked:
            self._was_asked = True
            rows = self._edition.rows_where("claims", "record", record)
            return [Claim.from_row(row) for row in rows if row["table"] == table]
        return self._by_record.get((table, record), [])

    @cached_property
    def _by_record(self) -> dict[tuple[str, str], list[Claim]]:
        index: dict[tuple[str, str], list[Claim]] = {}
        for claim in self.claims:
            index.setdefault((claim.table, claim.record), []).append(claim)
        return index

    @cached_property
    def _impartial(self) -> Court:
        """The court without known parents, in which the parents themselves are decided."""
        witnesses = Witnesses({key: Witness.from_row(row) for key, row in self.sources.items()})
        decisions = by_cell(Decision.from_row(row) for row in self._edition.rows("decisions"))
        return Court(witnesses, decisions)

    def _lineage(self) -> Mapping[str, Mapping[str, str]]:
        parents = self._edition.rows_where("claims", "field", "parent")
        return lineage_of((Claim.from_row(row) for row in parents), self._impartial)

    @cached_property
    def _lineage_when_asked(self) -> "LineageWhenAsked":
        return LineageWhenAsked(self._lineage)

    def court(self, seen: Perspective) -> Court:
        """Return the court in which claims are resolved from a perspective."""
        return self._impartial._replace(
            lineage=self._lineage_when_asked, known_on=seen.known_on, at=seen.at, policy=seen.policy
        )
