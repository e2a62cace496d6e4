"""When fields came and how they changed since: the only home of a schema's own history.

The versions are those of the package (`schemaVersion` in an edition's descriptor). A field of which
nothing is said here stands in the tables since the first version, unchanged.
"""

from collections.abc import Mapping
from typing import NamedTuple

FIRST = "0.1.0"


class Change(NamedTuple):
    """One change of a field: in which version, and what it was."""

    version: str
    what: str


# By `table.field`; the oldest change first.
CHANGES: Mapping[str, tuple[Change, ...]] = {}


def history_of_field(table: str, field: str) -> str:
    """Return the history of a field in words.

    >>> history_of_field("missions", "launch_date")
    'in the tables since version 0.1.0, unchanged'
    """
    changes = CHANGES.get(f"{table}.{field}", ())
    if not changes:
        return f"in the tables since version {FIRST}, unchanged"
    return "; ".join(f"{one.version}: {one.what}" for one in changes)
