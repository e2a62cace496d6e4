"""The facts of a record as a table, each with its footnotes, and what its sources dispute."""

from collections.abc import Iterator

from lunarprogrammes import tables
from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.export._markdown import escape, grid
from lunarprogrammes.site import values
from lunarprogrammes.site.address import in_explorer
from lunarprogrammes.site.footnotes import Footnotes, place_of
from lunarprogrammes.site.holdings import Holdings, Row
from lunarprogrammes.tables import Field

_CARRYING = {"chosen", "supporting"}
_CONTESTED, _OLDER = "contested", "superseded"
# A side of a dispute shows these of its sources; the rest is counted.
_OF_A_SIDE = 2


def facts_section(holdings: Holdings, table: str, record: str, notes: Footnotes) -> str:
    """Return the facts of a record as a table; every filled field is a row."""
    described, row = tables.get(table), holdings.moon.table(table).row(record)
    cells = holdings.cells(table, record)
    rows = []
    for name, field in described.facts.items():
        if name in {*described.key, described.label} or not row[name]:
            continue
        claims = [one for one in cells.get(name, ()) if one["standing"] in _CARRYING]
        said = values.marked(field, row[name], holdings.link)
        if name in row["contested"].split(";"):
            said += " [disputed](#disputed)"
        link = f"[{values.label(name)}](../../dictionary/{table}.md#{name})"
        rows.append((link, said, notes.marks(claims)))
    exists = [one for one in cells.get(EXISTENCE, ()) if one["standing"] in _CARRYING]
    rows.append(("Named in", _counted(exists), notes.marks(exists)))
    every = in_explorer(table, open=record)
    return grid(("Fact", "Value", "Sources"), rows) + f"\n[All claims on these facts]({every})\n"


def disputed_section(holdings: Holdings, table: str, record: str) -> str:
    """Return each contested value of a record with its sides and the reason of the choice."""
    described = tables.get(table)
    contested = [
        name
        for name, claims in holdings.cells(table, record).items()
        if claims[0]["verdict"] == _CONTESTED
    ]
    names = [name for name in (EXISTENCE, *described.facts) if name in contested]
    parts = [_dispute(holdings, table, record, name) for name in names]
    return "\n".join(parts)


def _dispute(holdings: Holdings, table: str, record: str, name: str) -> str:
    field = tables.get(table).fields.get(name)
    sides: dict[str, list[Row]] = {}
    for claim in holdings.cells(table, record)[name]:
        says = f"not {claim['value']}" if claim["certainty"] == "denied" else claim["value"]
        sides.setdefault(says, []).append(claim)
    reason = holdings.moon.why(table, record, name).reason
    what = "Existence" if name == EXISTENCE else values.label(name)
    every = in_explorer(table, open=record)
    lines = ["", "", f"    {escape(reason)}", ""]
    standing = {key: claims for key, claims in sides.items() if claims[0]["standing"] != _OLDER}
    lines[0] = f'??? note "{what}: {len(standing)} readings"'
    for claims in standing.values():
        lines += [f"    {line}" for line in _side(holdings, field, claims, every)]
    if older := len(sides) - len(standing):
        lines += ["", f"    Beside these, {older} that later statements superseded."]
    return "\n".join([*lines, ""])


def _side(holdings: Holdings, field: Field | None, claims: list[Row], every: str) -> Iterator[str]:
    first = claims[0]
    said = values.marked(field, first["value"], holdings.link) if field and first["value"] else ""
    denial = "denied: " if first["certainty"] == "denied" else ""
    yield f"- **{denial}{said or 'that it exists'}** ({first['standing']}; {_counted(claims)})"
    for claim in claims[:_OF_A_SIDE]:
        how = "" if claim["certainty"] == "stated" else f"*{claim['certainty']}*, "
        place = place_of(
            holdings, claim["source"], claim["locator"], claim["as_of"], claim["cites"]
        )
        remark = f" {escape(claim['remark'])}" if claim["remark"] else ""
        yield f"    - {how}{place}{remark} `{claim['id']}`"
    if len(claims) > _OF_A_SIDE:
        yield f"    - and [{len(claims) - _OF_A_SIDE} more]({every})"


def _counted(claims: list[Row]) -> str:
    number = len({claim["source"] for claim in claims})
    return f"{number} source{'s' if number != 1 else ''}"
