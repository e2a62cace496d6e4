"""The editors' decisions: where the resolver's choice is overridden, and why."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lunarprogrammes.evidence.claims import EXISTENCE

COLUMNS = ("table", "record", "field", "value", "reason", "decided")


class Decision(NamedTuple):
    """In this cell the claims with this value prevail, for this reason, since this date.

    Without a value none of the claims prevails: each rests on a confusion, and the cell is empty.
    """

    table: str
    record: str
    field: str
    value: str
    reason: str
    decided: str

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> "Decision":
        """Return the decision of a row of `decisions.csv`."""
        return cls(*(row.get(column) or "" for column in COLUMNS))

    @property
    def leaves_empty(self) -> bool:
        """Whether it lets no claim stand; the existence of a record has no value to leave."""
        return not self.value and self.field != EXISTENCE

    @property
    def cell(self) -> tuple[str, str, str]:
        """The cell that it decides: table, record, field."""
        return self.table, self.record, self.field


def by_cell(decisions: Iterable[Decision]) -> dict[tuple[str, str, str], Decision]:
    """Return decisions by the cell that they decide."""
    return {decision.cell: decision for decision in decisions}
