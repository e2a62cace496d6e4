"""What changed between two editions: claims added and withdrawn, cells that say something else."""

from typing import NamedTuple

from lunarprogrammes.edition import Edition


class Change(NamedTuple):
    """One change: a claim `added` or `withdrawn`, or a cell `changed` from old to new."""

    change: str
    table: str
    record: str
    field: str
    old: str
    new: str
    source: str


def changes(old: Edition, new: Edition) -> list[Change]:
    """Return every change from one edition to another, in the order of table, record and field."""
    before = {row["id"]: row for row in old.rows("claims")}
    after = {row["id"]: row for row in new.rows("claims")}
    found = [_of_claim("withdrawn", row) for key, row in before.items() if key not in after]
    found += [_of_claim("added", row) for key, row in after.items() if key not in before]
    was, now = _chosen(before), _chosen(after)
    found += [
        Change("changed", *cell, was[cell], now[cell], "")
        for cell in was
        if cell in now and was[cell] != now[cell]
    ]
    return sorted(found, key=lambda one: (one.table, one.record, one.field, one.change, one.new))


def _of_claim(change: str, row: dict[str, str]) -> Change:
    old, new = (row["value"], "") if change == "withdrawn" else ("", row["value"])
    return Change(change, row["table"], row["record"], row["field"], old, new, row["source"])


def _chosen(rows: dict[str, dict[str, str]]) -> dict[tuple[str, str, str], str]:
    return {
        (row["table"], row["record"], row["field"]): row["value"]
        for row in rows.values()
        if row["standing"] == "chosen"
    }
