"""What changed between two editions: in the claims, and in what the cells say.

A claim has another id as soon as anything about it is other, so a claim that only moved looks like
one withdrawn and one added. Such pairs are told as what they are: read anew, re-dated, re-sourced,
or renamed, where the newer edition redirects the id of a record. About 10 s for two editions of
170,000 claims.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from lunarprogrammes import tables
from lunarprogrammes.edition import Edition
from lunarprogrammes.evidence.redirects import Redirect, by_old_id

Row = Mapping[str, str]
Cell = tuple[str, str, str]
Retired = Mapping[tuple[str, str], Redirect]
# All that a claim says and where: what makes its id.
_WHOLE = ("table", "record", "field", "value", "source", "locator", "as_of", "certainty")

# Every kind of change, claims first, with what `old` and `new` hold.
KINDS: Mapping[str, str] = {
    "added": "claims added",
    "withdrawn": "claims withdrawn",
    "superseded": "claims superseded by a later statement",
    "renamed": "claims renamed: the same statement, of a record that has another id now",
    "re-dated": "claims re-dated: same source and value, as of another date",
    "re-sourced": "claims re-sourced: same value, from another source",
    "re-read": "claims read anew: same source, value and date, another place or certainty",
    "filled": "cells filled",
    "emptied": "cells emptied",
    "changed": "cells that say something else",
    "contested": "cells newly contested",
    "uncontested": "cells no longer contested",
}
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


class Change(NamedTuple):
    """One change of a claim or a cell; `change` is one of `KINDS`.

    `old` and `new` are values; dates where a claim was re-dated, sources where it was re-sourced,
    locators where it was read anew, ids where a record was renamed, verdicts where a cell is newly
    or no longer contested. `source` is that of the claim, empty for a cell. The field `*` is the
    existence of the record.
    """

    change: str
    table: str
    record: str
    field: str
    old: str
    new: str
    source: str


def changes(old: Edition, new: Edition) -> list[Change]:
    """Return every change from one edition to another, in the order of table, record and field.

    >>> changes(Edition.open(), Edition.open())
    []
    """
    before = {row["id"]: row for row in old.rows("claims")}
    after = {row["id"]: row for row in new.rows("claims")}
    retired = by_old_id(new.rows("redirects"))
    renamed = {
        key: now for key, row in before.items() if (now := _as_named_now(row, retired)) is not row
    }
    # A record that was taken into another one has nothing to say of the cells that this one had.
    cells = {**renamed, **{key: row for key, row in before.items() if key not in renamed}}
    found = _of_claims(before, after, renamed)
    found += _of_values(cells, after) + _of_verdicts(cells, after)
    return sorted(
        found,
        key=lambda one: (one.table, one.record, one.field, _ORDER[one.change], *one[4:]),
    )


def counted(found: Iterable[Change]) -> dict[str, int]:
    """Return how many changes there are of each kind that occurs, in the order of `KINDS`.

    >>> counted([Change("changed", "missions", "luna-9", "name", "Luna", "Luna 9", "")])
    {'changed': 1}
    """
    counts = Counter(one.change for one in found)
    return {kind: counts[kind] for kind in KINDS if counts[kind]}


def _of_claims(
    before: Mapping[str, Row], after: Mapping[str, Row], renamed: Mapping[str, Row]
) -> list[Change]:
    come = [row for key, row in after.items() if key not in before]
    moved = [row for key, row in renamed.items() if key not in after]
    pairs, alone, come = _paired(moved, come, _WHOLE)
    kept = {row["id"] for row in alone}
    gone = [
        row
        for key, row in before.items()
        if key not in after and (key not in renamed or key in kept)
    ]
    found = [
        _change("superseded", row, row["value"], row["value"])
        for key, row in after.items()
        if key in before and row["standing"] == "superseded" != before[key]["standing"]
    ]
    found += [_renaming(before[old["id"]], new) for old, new in pairs]
    # The closest first: what only moved within its document is no new date, and so on.
    for kind, told, same in (
        ("re-read", "locator", ("value", "source", "as_of")),
        ("re-dated", "as_of", ("value", "source")),
        ("re-sourced", "source", ("value",)),
    ):
        pairs, gone, come = _paired(gone, come, ("table", "record", "field", *same))
        found += [_change(kind, new, old[told], new[told]) for old, new in pairs]
    found += [_change("withdrawn", row, row["value"], "") for row in gone]
    found += [_change("added", row, "", row["value"]) for row in come]
    return found


def _renaming(old: Row, new: Row) -> Change:
    """Return the change of a claim of which the record, or the record that it names, is renamed."""
    told = "record" if old["record"] != new["record"] else "value"
    return _change("renamed", new, old[told], new[told])


def _as_named_now(row: Row, retired: Retired) -> Row:
    """Return a claim with the ids of records as they are now; itself where none is retired."""
    if not retired or row["table"] not in tables.names_of_tables():
        return row
    table = tables.get(row["table"])
    cells = {
        name: _followed(table.fields.get(name), table.name, text, retired)
        for name, text in table.key_cells(row["record"]).items()
    }
    record = table.record_id(cells)
    value = _followed(table.fields.get(row["field"]), "", row["value"], retired)
    if (record, value) == (row["record"], row["value"]):
        return row
    return {**row, "record": record, "value": value}


def _followed(field: tables.Field | None, table: str, text: str, retired: Retired) -> str:
    if field is None or field.kind not in {"id", "reference", "record"}:
        return text
    before, slash, record = text.rpartition("/")
    named = {"id": (table,), "record": (before,)}.get(field.kind, field.references)
    found = (retired[one, record] for one in named if (one, record) in retired)
    new = next((one.new_id for one in found if one.new_id), record)
    return f"{before}{slash}{new}"


def _paired(
    gone: list[Row], come: list[Row], same: tuple[str, ...]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pair each row that is gone with one that came and is the same in some columns."""
    waiting: dict[tuple[str, ...], list[Row]] = {}
    for row in sorted(gone, key=_by_place, reverse=True):
        waiting.setdefault(tuple(row[name] for name in same), []).append(row)
    pairs, alone = [], []
    for row in sorted(come, key=_by_place):
        if others := waiting.get(tuple(row[name] for name in same)):
            pairs.append((others.pop(), row))
        else:
            alone.append(row)
    return pairs, [row for rows in waiting.values() for row in rows], alone


def _by_place(row: Row) -> tuple[str, ...]:
    return row["source"], row["as_of"], row["locator"], row["id"]


def _of_values(before: Mapping[str, Row], after: Mapping[str, Row]) -> list[Change]:
    was, now = (_cells(rows, _value) for rows in (before, after))
    found = [Change("emptied", *cell, was[cell], "", "") for cell in was if cell not in now]
    found += [Change("filled", *cell, "", now[cell], "") for cell in now if cell not in was]
    found += [
        Change("changed", *cell, was[cell], now[cell], "")
        for cell in was
        if cell in now and was[cell] != now[cell]
    ]
    return found


def _of_verdicts(before: Mapping[str, Row], after: Mapping[str, Row]) -> list[Change]:
    was, now = (_cells(rows, lambda row: row["verdict"]) for rows in (before, after))
    found = []
    for cell in {*was, *now}:
        old, new = was.get(cell, ""), now.get(cell, "")
        if (old == "contested") != (new == "contested"):
            kind = "contested" if new == "contested" else "uncontested"
            found.append(Change(kind, *cell, old, new, ""))
    return found


def _value(row: Row) -> str | None:
    return row["value"] if row["standing"] == "chosen" else None


def _cells(rows: Mapping[str, Row], told: Callable[[Row], str | None]) -> dict[Cell, str]:
    """Return what a claim of each cell tells, without those that tell nothing."""
    found = ((_cell(row), told(row)) for row in rows.values())
    return {cell: text for cell, text in found if text is not None}


def _cell(row: Row) -> Cell:
    return row["table"], row["record"], row["field"]


def _change(kind: str, row: Row, old: str, new: str) -> Change:
    return Change(kind, *_cell(row), old, new, row["source"])
