"""What the resolver must know of a source: its tier, the day it was known, whom it repeats."""

from collections.abc import Mapping
from typing import NamedTuple

from lunarprogrammes.dates import UncertainDate

EDITORS = "editors"
TIERS = ("official", "scholarly", "reference", "press", "community", EDITORS)


class Witness(NamedTuple):
    """One source as a witness.

    `published` is the date that counts for what was known: the probable date of issue, else the
    printed one, else the day on which the source was read; empty for the editors, whose ordering of
    the world is no news. `undated` says that it is only the day of reading: enough to say since
    when the source was known, not for when its statements hold.
    """

    id: str
    tier: str
    published: str
    derived_from: str = ""
    undated: bool = False

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> "Witness":
        """Return the witness of a row of the table `sources`."""
        dated = row.get("issued_probable") or row.get("issued") or ""
        published = dated or row.get("accessed") or ""
        if row["id"] == EDITORS:
            published = ""
        tier, origin = row.get("tier", ""), row.get("derived_from", "")
        return cls(row["id"], tier, published, origin, undated=not dated)


class Witnesses:
    """All sources by id, with what the resolver asks of them.

    >>> first, copy = Witness("a", "press", "2021-03"), Witness("b", "press", "2022", "a")
    >>> seen = Witnesses({"a": first, "b": copy})
    >>> seen.origin("b"), str(seen.published("a")), seen.tier_rank("a")
    ('a', '2021-03', 3)
    """

    def __init__(self, by_id: Mapping[str, Witness]) -> None:
        self.by_id = by_id
        self._dates: dict[str, UncertainDate | None] = {}
        self._ranks: dict[str, int] = {}
        self._origins: dict[str, str] = {}

    def tier_rank(self, source: str) -> int:
        """Return the rank of a source's tier, 0 for the best."""
        if source not in self._ranks:
            witness = self.by_id.get(source)
            tier = witness.tier if witness else ""
            self._ranks[source] = TIERS.index(tier) if tier in TIERS else len(TIERS)
        return self._ranks[source]

    def published(self, source: str) -> UncertainDate | None:
        """Return the date that counts for what was known, or None for the editors."""
        if source not in self._dates:
            witness = self.by_id.get(source)
            dated = witness.published if witness else ""
            self._dates[source] = UncertainDate(dated) if dated else None
        return self._dates[source]

    def dated(self, source: str) -> UncertainDate | None:
        """Return the date of which a source's statements are, or None if it bears none."""
        witness = self.by_id.get(source)
        return None if witness is None or witness.undated else self.published(source)

    def origin(self, source: str) -> str:
        """Return the source that is repeated in the end: two copies are one witness."""
        if source not in self._origins:
            self._origins[source] = self._origin(source)
        return self._origins[source]

    def _origin(self, source: str) -> str:
        seen = {source}
        while (witness := self.by_id.get(source)) and (before := witness.derived_from):
            if before in seen:
                break
            source = before
            seen.add(source)
        return source
