"""What points at a record: its spacecraft, crew, partners, agreements, statements about it."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from lunarprogrammes import tables
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.export._markdown import escape
from lunarprogrammes.site import values
from lunarprogrammes.site.address import pointing_at
from lunarprogrammes.site.holdings import Holdings, Row, title_of

# Links are short and statements long: a page shows so many of each and counts the rest.
_LINKS = 24
_LINES = 8
# Told elsewhere on the page: events in its timeline.
_ELSEWHERE = {"events", "sources"}
# What a reader is told of a reference, where the names of table and field would puzzle.
_HEADINGS = {
    ("spacecraft", "mission"): "Spacecraft",
    ("payloads", "mission"): "Payloads",
    ("payloads", "spacecraft"): "Payloads",
    ("roles", "mission"): "People",
    ("roles", "actor"): "People",
    ("roles", "programme"): "People",
    ("roles", "person"): "Roles",
    ("missions", "programme"): "Missions",
    ("missions", "launch_vehicle"): "Missions launched",
    ("missions", "launch_site"): "Missions launched from here",
    ("missions", "target_site"): "Missions to here",
    ("missions", "operator"): "Missions operated",
    ("missions", "country"): "Missions of its operators",
    ("missions", "backup_of"): "Reserve built for it",
    ("agreements", "programme"): "Agreements",
    ("agreements", "issuer"): "Agreements issued",
    ("partners", "programme"): "Partners",
    ("partners", "partner"): "Partner in",
    ("partners", "agreement"): "Partnerships by it",
    ("parties", "agreement"): "Parties",
    ("parties", "party"): "Party to",
    ("contributions", "contributor"): "Contributes",
    ("contributions", "recipient"): "Receives",
    ("statements", "about"): "Said about it",
    ("statements", "speaker"): "Said by this person",
    ("statements", "actor"): "Said for it",
    ("statements", "via"): "Said through it",
    ("indicators", "subject"): "Figures",
    ("actors", "country"): "Actors established there",
    ("people", "country"): "People",
    ("payloads", "provider"): "Instruments provided",
    ("payloads", "country"): "Instruments from there",
    ("spacecraft", "site"): "Came down here",
}


def relations_section(holdings: Holdings, table: str, record: str) -> str:
    """Return what points at a record, grouped; empty if nothing does."""
    parts: dict[str, str] = {}
    for (of, field), records in sorted(
        holdings.referring(table, record).items(), key=lambda one: _order(*one[0])
    ):
        if of in _ELSEWHERE or ((of, field) == ("payloads", "mission") and "Payloads" in parts):
            continue
        heading = _heading(of, field)
        # The explorer shows what the page does not.
        rest = pointing_at(table, record, of, field)
        told = _links(holdings, of, records, rest) if of in holdings.paged else ""
        parts[heading] = told or _lines(holdings, of, field, records, rest)
    return "".join(f"**{heading}**\n\n{told}\n" for heading, told in parts.items())


def _order(of: str, field: str) -> tuple[int, str]:
    listed = list(_HEADINGS)
    return (listed.index((of, field)) if (of, field) in listed else len(listed), of + field)


def _heading(of: str, field: str) -> str:
    if (of, field) in _HEADINGS:
        return _HEADINGS[of, field]
    if field == "parent":
        return "Parts"
    return f"{title_of(of)} ({values.label(field).lower()})"


def _links(holdings: Holdings, of: str, records: Iterable[str], rest: str) -> str:
    found = [*records]
    shown = ", ".join(holdings.link(of, one) for one in found[:_LINKS])
    more = len(found) - _LINKS
    return shown + (f", and [{more} more]({rest})" if more > 0 else "") + "\n"


def _lines(holdings: Holdings, of: str, field: str, records: Iterable[str], rest: str) -> str:
    """Return records without pages as lines, each with what it says and its first source."""
    view, tell = holdings.moon.table(of), _TOLD.get(of, _plain)
    rows = sorted((view.row(one) for one in records), key=_newest_first)
    lines = []
    limit = _LINKS if of in _SHORT else _LINES
    for row in rows[:limit]:
        said = tell(holdings, row, field)
        source = row["sources"].split(";")[0]
        marked = f" ([source](../sources/{source}.md))" if _linked(holdings, source) else ""
        lines.append(f"- {said}{marked}\n")
    if len(rows) > limit:
        lines.append(f"- … and [{len(rows) - limit} more]({rest})\n")
    return "".join(lines)


def _linked(holdings: Holdings, source: str) -> bool:
    return bool(source) and holdings.has_page("sources", source)


def _newest_first(row: Row) -> tuple[int, int]:
    """Order by the newest date of a row; rows without one keep the order of their ids."""
    for name in ("date", "joined", "signed", "started", "agreed"):
        if row.get(name) and UncertainDate(row[name]).upper:
            upper = UncertainDate(row[name]).upper
            return (0, -upper.toordinal() if upper else 0)
    return (1, 0)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _when(text: str) -> str:
    return escape(UncertainDate(text).describe()) if text else ""


def _partner(holdings: Holdings, row: Row, field: str) -> str:
    other = ("actors", "partner") if field == "programme" else ("programmes", "programme")
    return _joined(
        holdings.link(other[0], row[other[1]]),
        escape(row["role"]),
        escape(row["status"]),
        f"since {_when(row['joined'])}" if row["joined"] else "",
    )


def _party(holdings: Holdings, row: Row, field: str) -> str:
    other = ("actors", "party") if field == "agreement" else ("agreements", "agreement")
    return _joined(
        holdings.link(other[0], row[other[1]]),
        escape(row["role"]),
        f"signed {_when(row['signed'])}" if row["signed"] else "",
        f"ratified {_when(row['ratified'])}" if row["ratified"] else "",
    )


def _role(holdings: Holdings, row: Row, field: str) -> str:
    wholes = (("people", "person"), ("missions", "mission"), ("actors", "actor"))
    named = [
        holdings.link(of, row[name])
        for of, name in (*wholes, ("programmes", "programme"))
        if row[name] and name != field
    ]
    return _joined(f"{escape(row['role'])}: {_joined(*named)}", _when(row["started"]))


def _statement(holdings: Holdings, row: Row, field: str) -> str:
    speaker = row["speaker"] and field != "speaker" and holdings.link("people", row["speaker"])
    actor = row["actor"] and field != "actor" and holdings.link("actors", row["actor"])
    who = _joined(speaker or "", actor or "", _when(row["date"]))
    return f"{who}: {escape(row['summary'])}" if who else escape(row["summary"])


def _contribution(holdings: Holdings, row: Row, field: str) -> str:
    named = [
        holdings.link(of, row[name])
        for of, name in (
            ("actors", "contributor"),
            ("missions", "mission"),
            ("programmes", "programme"),
        )
        if row[name] and name != field
    ]
    about = _joined(escape(row["kind"]), escape(row["status"]))
    return f"{_joined(*named)}: {escape(row['summary'])} ({about})"


def _payload(holdings: Holdings, row: Row, field: str) -> str:  # noqa: ARG001
    provider = f", from {holdings.link('actors', row['provider'])}" if row["provider"] else ""
    said = f": {escape(row['objective'])}" if row["objective"] else ""
    return f"{escape(row['name'])}{provider}{said}"


def _indicator(holdings: Holdings, row: Row, field: str) -> str:  # noqa: ARG001
    about = values.words(tables.get("indicators").fields["value"], row["value"], holdings.label)
    when = f" ({_when(row['date'])})" if row["date"] else ""
    said = f". {escape(row['summary'])}" if row["summary"] else ""
    return f"{escape(row['indicator'])}: {escape(about)} {escape(row['unit'])}{when}{said}"


def _plain(holdings: Holdings, row: Row, field: str) -> str:  # noqa: ARG001
    return escape(row.get("summary") or row.get("name") or row["id"])


_TOLD: Mapping[str, Callable[[Holdings, Row, str], str]] = {
    "partners": _partner,
    "parties": _party,
    "roles": _role,
    "statements": _statement,
    "contributions": _contribution,
    "payloads": _payload,
    "indicators": _indicator,
}
_SHORT = {"partners", "parties", "roles", "payloads"}


def slips_section(holdings: Holdings, table: str, record: str) -> Iterator[str]:
    """Yield the lines of a table of how the plan moved; nothing where it never did."""
    slips = holdings.moon.slips(record if table == "missions" else f"{table}/{record}")
    told: dict[str, bool] = {}
    rows = []
    for one in slips.statements:
        if one.said is None or (one.moved is None and told.setdefault(one.field, False)):
            continue
        told[one.field] = True
        rows.append(
            (
                escape(one.said.describe()),
                values.label(one.field),
                escape(one.planned.describe()),
                f"{one.moved}" if one.moved is not None else "first",
                holdings.link("sources", one.claim.source, one.by or one.claim.source),
            )
        )
    if len(rows) < 2:
        return
    yield "| Said | Of | Planned for | Moved by | By |\n| --- | --- | --- | --- | --- |\n"
    for cells in rows[-_SLIPS:]:
        yield f"| {' | '.join(cells)} |\n"
    if len(rows) > _SLIPS:
        yield f"\nThe last {_SLIPS} of {len(rows)} moves.\n"
    drift = slips.main_drift
    if drift is not None:
        yield (
            f"\nFrom the first statement to {'the fact' if drift.in_fact else 'the last'} the plan "
            f"moved by {drift.moved}: {drift.per_year:.0f} days for each year of watching it. "
            "[How this is measured](../../slips.md).\n"
        )


_SLIPS = 20
