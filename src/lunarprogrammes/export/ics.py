"""What is planned for after the edition's day, as an iCalendar file (RFC 5545).

Taken are the planned launches and landings of missions that have not flown and are not given up,
the landings of missions in flight, and planned events that have not happened. A plan that names a
month or less is an event over all of its days: a calendar shows a bar, never a day that nobody
named. A vaguer one ("2028", "by 2030", "no earlier than 2026") would be a bar over a year or have
no end; it is a journal entry without a day, which most programs do not show and which loses
nothing. Plans whose time has passed are no future events; they are counted in the description.
Costs 1.5 s for the 171,000 claims of the committed edition, most of it to read them.
"""

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from lunarprogrammes import __version__
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import EditionError
from lunarprogrammes.export._icalendar import Component, Property, as_bytes
from lunarprogrammes.export.files import whole
from lunarprogrammes.resolve import CHOSEN, SUPERSEDED
from lunarprogrammes.slips import PlannedDate
from lunarprogrammes.why import Evidence

# A plan over more days than a month has is no event for a calendar.
LONGEST_DAYS = 31
_OVER = {"cancelled", "completed", "failed"}
_FIELDS = {"planned_launch": "launch", "planned_landing": "landing"}
_DATE = "X-LUNARPROGRAMMES-DATE"


class Plan(NamedTuple):
    """One planned date: its record and field, what is planned, when, and what bears on it."""

    table: str
    record: str
    field: str
    title: str
    date: UncertainDate
    about: str


def plans_of(dataset: Dataset) -> Iterator[Plan]:
    """Yield every plan that has neither come true nor been given up, past ones too.

    >>> import lunarprogrammes as lp
    >>> {plan.field for plan in plans_of(lp.load())} <= {*_FIELDS, "planned_date"}
    True
    """
    for record, row in dataset.missions.items():
        for field, what in _FIELDS.items():
            if row[field] and _is_open(row, field):
                title = f"{row['name'] or record}: {what} planned"
                about = f"Status of the mission: {row['status'] or 'not stated'}."
                yield Plan("missions", record, field, title, UncertainDate(row[field]), about)
    for record, row in dataset.events.items():
        mission = dataset.missions.get(row["mission"])
        given_up = mission is not None and mission.status == "cancelled"
        if row["planned_date"] and not row["date"] and not given_up:
            title = f"Planned: {row['summary'].rstrip('.') or record}"
            date = UncertainDate(row["planned_date"])
            yield Plan("events", record, "planned_date", title, date, f"Kind: {row['kind']}.")


def calendar_of(edition: Edition) -> Component:
    """Return the calendar of an edition; raises `EditionError` for one without a date.

    >>> calendar_of(Edition.open()).name
    'VCALENDAR'
    """
    today = _day_of(edition)
    dataset = Dataset(edition)
    ahead: list[Plan] = []
    passed = 0
    for plan in plans_of(dataset):
        if not plan.date.is_known:
            continue
        if plan.date.upper is not None and plan.date.upper < today:
            passed += 1
        else:
            ahead.append(plan)
    made = [_component(dataset, plan, today) for plan in sorted(ahead, key=_order)]
    shown = sum(one.name == "VEVENT" for one in made)
    return Component("VCALENDAR", _head(edition, today, shown, len(made), passed), tuple(made))


def write(edition: Edition, target: Path) -> None:
    """Write the calendar; the target appears whole or not at all.

    Raises `EditionError` where the edition cannot be read or has no date, and where the target
    cannot be written.
    """
    made = as_bytes(calendar_of(edition))
    with whole(target) as fresh:
        fresh.write_bytes(made)


def _head(
    edition: Edition, today: datetime.date, shown: int, number: int, passed: int
) -> tuple[Property, ...]:
    name = "Plans for the Moon"
    says = (
        f"lunarprogrammes, edition {edition.version}, CC-BY-4.0: {number} plans ahead. {shown} are "
        f"planned to the month or closer and stand here as events over all days that are meant; "
        f"{number - shown} are vaguer and stand here as journal entries without a day, which most "
        f"programs do not show. Left out: {passed} plans whose time has passed without word that "
        "they came true."
    )
    return (
        Property("VERSION", "2.0"),
        Property.text("PRODID", f"-//lunarprogrammes//lunarprogrammes {__version__}//EN"),
        Property("CALSCALE", "GREGORIAN"),
        Property("METHOD", "PUBLISH"),
        Property.midnight("LAST-MODIFIED", today),
        # The names with X are those of older programs for the ones of RFC 7986.
        *(Property.text(label, name) for label in ("NAME", "X-WR-CALNAME")),
        *(Property.text(label, says) for label in ("DESCRIPTION", "X-WR-CALDESC")),
        Property.text("X-LUNARPROGRAMMES-EDITION", edition.version),
        Property.text("X-LUNARPROGRAMMES-SCHEMA", __version__),
    )


def _component(dataset: Dataset, plan: Plan, today: datetime.date) -> Component:
    evidence = dataset.why(plan.table, plan.record, plan.field)
    chosen = evidence.cell.chosen
    source = evidence.sources.get(chosen.source, {}) if chosen else {}
    lower, upper = plan.date.lower, plan.date.upper
    properties = [
        # The same plan has the same id in every edition, so that a new date moves the old entry.
        Property.text("UID", f"{plan.table}-{plan.record}-{plan.field}@lunarprogrammes"),
        Property.midnight("DTSTAMP", today),
        Property.text("SUMMARY", f"{plan.title} ({plan.date.describe()})"),
        Property.text("DESCRIPTION", _description(dataset, plan, evidence)),
        Property.text(_DATE, plan.date.text),
        *([Property.day(f"{_DATE}-LOWER", lower)] if lower else []),
        *([Property.day(f"{_DATE}-UPPER", upper)] if upper else []),
        *([Property("URL", source["url"])] if source.get("url") else []),
    ]
    if not (lower and upper and (upper - lower).days < LONGEST_DAYS):
        return Component("VJOURNAL", tuple(properties))
    properties += [
        Property.day("DTSTART", lower),
        # The end of an event over whole days is the day after its last.
        Property.day("DTEND", upper + datetime.timedelta(days=1)),
        Property("STATUS", "TENTATIVE"),
        Property("TRANSP", "TRANSPARENT"),
    ]
    return Component("VEVENT", tuple(properties))


def _description(dataset: Dataset, plan: Plan, evidence: Evidence) -> str:
    said = {one.claim.id: one for one in dataset.slips(f"{plan.table}/{plan.record}").statements}
    lower, upper = plan.date.lower or "open", plan.date.upper or "open"
    lines = [
        f"Planned for: {plan.date.describe()} ({plan.date.text}; from {lower} to {upper}).",
        plan.about,
        f"Verdict: {evidence.verdict}. {evidence.reason}",
    ]
    for claim, standing in evidence.standings:
        if standing == SUPERSEDED:
            continue
        source = evidence.sources.get(claim.source, {})
        title = source.get("title", claim.source)
        where = " ".join(part for part in (source.get("url", ""), f"[{claim.id}]") if part)
        lead = "Stated" if standing == CHOSEN else standing.capitalize()
        certainty = "" if claim.certainty == "stated" else f" ({claim.certainty})"
        lines.append(
            f"{lead}: {claim.value}{certainty}, {_by_whom(said.get(claim.id))}: “{title}” "
            f"({claim.source}), {claim.locator} {where}"
        )
    return "\n".join(lines)


def _by_whom(one: PlannedDate | None) -> str:
    if one is None:
        return "denied"
    by = f"by {one.by}" if one.by else "by an unnamed publisher"
    return f"{by}, as of {one.said.text}" if one.said else f"{by}, undated"


def _is_open(row: Mapping[str, str], field: str) -> bool:
    """Say whether a mission's launch or landing is still to come."""
    if row["status"] in _OVER:
        return False
    if not row["launch_date"]:
        return row["status"] != "operating"
    # Of a mission in flight only the landing is ahead.
    return field == "planned_landing" and row["status"] == "operating" and not row["landing_date"]


def _order(plan: Plan) -> tuple[object, ...]:
    return plan.date.sort_key, plan.table, plan.record, plan.field


def _day_of(edition: Edition) -> datetime.date:
    """Return the day of an edition: the first three parts of its version."""
    try:
        year, month, day = (int(part) for part in edition.version.split(".")[:3])
        return datetime.date(year, month, day)
    except ValueError:
        raise EditionError(
            f"{edition.name} has the version '{edition.version}', which is no date.",
            expected="Expected a date such as 2026.11.22.",
            remedy="Build or download the edition again.",
        ) from None
