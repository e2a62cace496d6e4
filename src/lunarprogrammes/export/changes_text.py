"""The changes between two editions as text for people and as Markdown for a changelog.

Counts first, then each kind of change with all that is of it.
"""

from collections.abc import Sequence

from lunarprogrammes.changes import KINDS, Change, counted
from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.export._markdown import escape, grid

_NOTHING = "No claim and no cell changed."


def as_text(old: str, new: str, found: Sequence[Change]) -> str:
    """Return the changes from the edition `old` to `new` as plain text.

    >>> one = Change("changed", "missions", "luna-9", "name", "Luna", "Luna 9", "")
    >>> print(as_text("2026.11.22", "2026.12.01", [one]))
    Changes from edition 2026.11.22 to 2026.12.01
          1  cells that say something else
    <BLANKLINE>
    Cells that say something else
      missions/luna-9 name: Luna → Luna 9
    """
    counts = counted(found)
    lines = [f"Changes from edition {old} to {new}"]
    lines += [f"{count:>7,}  {KINDS[kind]}" for kind, count in counts.items()]
    for kind in counts:
        lines += ["", _heading(kind)]
        for one in found:
            if one.change == kind:
                source = f"  ({one.source})" if one.source else ""
                place = f"{one.table}/{one.record} {one.field}"
                lines.append(f"  {place}: {_told(one)}{source}")
    return "\n".join(lines if counts else [*lines, _NOTHING])


def as_markdown(old: str, new: str, found: Sequence[Change]) -> str:
    """Return the changes from the edition `old` to `new` as Markdown.

    >>> print(as_markdown("2026.11.22", "2026.11.22", []))
    ## Changes from edition 2026.11.22 to 2026.11.22
    <BLANKLINE>
    No claim and no cell changed.
    """
    counts = counted(found)
    parts = [f"## Changes from edition {old} to {new}"]
    if not counts:
        return "\n\n".join([*parts, _NOTHING])
    summary = ((_heading(kind), f"{count:,}") for kind, count in counts.items())
    parts.append(grid(("Changes", "Count"), summary, numbers=1).rstrip())
    for kind in counts:
        rows = (
            [escape(cell) for cell in (one.table, one.record, one.field, *one[4:])]
            for one in found
            if one.change == kind
        )
        header = ("Table", "Record", "Field", "Old", "New", "Source")
        parts += [f"### {_heading(kind)}", grid(header, rows).rstrip()]
    return "\n\n".join(parts)


def _heading(kind: str) -> str:
    return KINDS[kind][0].upper() + KINDS[kind][1:]


def _told(one: Change) -> str:
    if one.change in {"added", "filled"}:
        return one.new or _exists(one)
    if one.change in {"withdrawn", "emptied", "superseded"}:
        return one.old or _exists(one)
    # A statement without a date of its own holds for that of its source.
    empty = "(the source's date)" if one.change == "re-dated" else "(none)"
    return f"{one.old or empty} → {one.new or empty}"


def _exists(one: Change) -> str:
    return "exists" if one.field == EXISTENCE else "(empty)"
