"""Retired ids and where they lead: `seeds/redirects.csv`, and the same table in an edition.

An id that was once published is never used for anything else. Who follows it arrives at the record
that is meant now, in one step: a redirect never leads to another one. Where a record was withdrawn,
its id leads nowhere and the reason is told instead. Standard library only.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

COLUMNS = ("table", "old_id", "new_id", "retired", "reason")


class Redirect(NamedTuple):
    """An id of a table, since when and why it is retired, and the `new_id` meant now, if any.

    >>> print(Redirect("missions", "change-v", "change-5", "2026-12-01", "One spelling."))
    missions/change-v was retired on 2026-12-01 and is missions/change-5 now: One spelling.
    """

    table: str
    old_id: str
    new_id: str
    retired: str
    reason: str

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> "Redirect":
        """Return the redirect of a row of `redirects.csv`."""
        return cls(*(row.get(column) or "" for column in COLUMNS))

    @property
    def leads_nowhere(self) -> bool:
        """Whether the record was withdrawn and no other is meant."""
        return not self.new_id

    def __str__(self) -> str:
        named = f"{self.table}/{self.old_id}"
        if self.leads_nowhere:
            return f"{named} was withdrawn on {self.retired}: {self.reason}"
        now = f"{self.table}/{self.new_id}"
        return f"{named} was retired on {self.retired} and is {now} now: {self.reason}"


def by_old_id(rows: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], Redirect]:
    """Return redirects by table and old id."""
    found = (Redirect.from_row(row) for row in rows)
    return {(one.table, one.old_id): one for one in found}
