"""A claim: one source says one thing about one cell, at one place, as of one date.

Named tuples, because a ledger may hold ten million of them: 0.4 µs each to make, and they sort.
"""

from collections.abc import Mapping
from typing import NamedTuple

# The field of the claim that a row makes by standing there at all: the record exists.
EXISTENCE = "*"
STATED = "stated"
DENIED = "denied"
UNKNOWN = "unknown"

# Twelve letters of base 32 are 60 bits: at ten million claims a collision has odds of 1 in 23,000,
# and the build refuses one.
_ID_LENGTH = 12
_UNIT_SEPARATOR = "\x1f"


class Claim(NamedTuple):
    """Who says what of which cell, where, and as of when; the order of fields is the sort order.

    `value` is the canonical text of the cell, empty for the claim that a record exists. `as_of` is
    empty where the statement holds for the date of its source.

    >>> Claim.of("missions", "luna-24", "launch_date", "1976", "some-report", "Table 1").id
    '5llm66y6vuhm'
    """

    table: str
    record: str
    field: str
    id: str
    value: str
    source: str
    locator: str
    as_of: str
    certainty: str
    cites: str
    remark: str

    @classmethod
    def of(
        cls,
        table: str,
        record: str,
        field: str,
        value: str,
        source: str,
        locator: str,
        as_of: str = "",
        certainty: str = "",
        cites: str = "",
        remark: str = "",
    ) -> "Claim":
        """Make a claim with its content-addressed id."""
        certainty = certainty or STATED
        made = claim_id(table, record, field, value, source, locator, as_of, certainty)
        return cls(
            table, record, field, made, value, source, locator, as_of, certainty, cites, remark
        )

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> "Claim":
        """Return the claim of a row of a built edition's `claims.csv`."""
        return cls(*(row[name] for name in cls._fields))

    @property
    def cell(self) -> tuple[str, str, str]:
        """The cell that it speaks of: table, record, field."""
        return self.table, self.record, self.field


def claim_id(
    table: str,
    record: str,
    field: str,
    value: str,
    source: str,
    locator: str,
    as_of: str,
    certainty: str,
) -> str:
    """Return the short hash of what a claim says and where.

    It does not depend on the order of rows or columns, on the platform, or on remarks: only a claim
    that says something else, elsewhere, has another id.
    """
    # Reading an edition makes no ids, so it need not pay for these.
    import hashlib
    from base64 import b32encode

    content = _UNIT_SEPARATOR.join(
        (table, record, field, value, source, locator, as_of, certainty)
    ).encode()
    return b32encode(hashlib.sha256(content).digest()[:8]).decode().lower()[:_ID_LENGTH]
