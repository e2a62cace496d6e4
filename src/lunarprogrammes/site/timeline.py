"""What happened to a record and what is planned, in order of time."""

from collections.abc import Iterator
from typing import NamedTuple

from lunarprogrammes import tables
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.export._markdown import escape
from lunarprogrammes.site import values
from lunarprogrammes.site.address import pointing_at
from lunarprogrammes.site.footnotes import Footnotes
from lunarprogrammes.site.holdings import Holdings, Row

# Beyond this a page would be a chronicle; the newest are kept.
_SHOWN = 32
# Fields that tell when something is meant to be, or only that a document bears a date.
_NOT_HAPPENED = {"period_start", "period_end"}


class Moment(NamedTuple):
    """One dated line: its date, what happened, the claims that tell it."""

    date: UncertainDate
    what: str
    claims: list[Row]


def timeline_section(holdings: Holdings, table: str, record: str, notes: Footnotes) -> str:
    """Return the moments of a record as a list, oldest first; empty with fewer than two."""
    moments = sorted(
        [*_own(holdings, table, record), *_events(holdings, table, record)],
        key=lambda one: (one.date.sort_key, one.what),
    )
    if len(moments) < 2:
        return ""
    shown = moments[-_SHOWN:]
    lines = [
        f"- **{escape(one.date.describe())}** {one.what}{notes.marks(one.claims)}" for one in shown
    ]
    if len(moments) > len(shown):
        field = next(field for of, field in holdings.referring(table, record) if of == "events")
        every = pointing_at(table, record, "events", field)
        lines.insert(0, f"- … and [{len(moments) - len(shown)} earlier]({every})")
    return "\n".join(lines) + "\n"


def _own(holdings: Holdings, table: str, record: str) -> Iterator[Moment]:
    """Yield the dates of the record itself; a plan only where no fact has taken its place."""
    row = holdings.moon.table(table).row(record)
    flown = bool(row.get("launch_date") or row.get("landing_date"))
    for name, field in tables.get(table).facts.items():
        planned = name.startswith("planned_")
        if field.kind != "date" or not row[name] or name in _NOT_HAPPENED or (planned and flown):
            continue
        date = UncertainDate(row[name])
        if date.is_known:
            claims = holdings.cells(table, record).get(name, [])
            yield Moment(date, values.label(name), _chosen(claims))


def _events(holdings: Holdings, table: str, record: str) -> Iterator[Moment]:
    seen: set[str] = set()
    for (of, _), records in holdings.referring(table, record).items():
        for event in records if of == "events" else ():
            row = holdings.moon.events.row(event)
            text = row["date"] or row["planned_date"]
            if event in seen or not text or not UncertainDate(text).is_known:
                continue
            seen.add(event)
            field = "summary" if row["summary"] else "date"
            claims = holdings.cells("events", event).get(field, [])
            planned = "" if row["date"] else "*planned:* "
            said = escape(row["summary"] or row["kind"])
            yield Moment(UncertainDate(text), f"{planned}{said}", _chosen(claims))


def _chosen(claims: list[Row]) -> list[Row]:
    return [one for one in claims if one["standing"] == "chosen"]
