"""E125, E126: one document in two folders, and a folder named after another year."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lunarprogrammes.check.bibliography import Entry
from lunarprogrammes.check.days import date
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.witnesses import EDITORS

TWICE = Rule(
    code="E125",
    name="document-twice",
    severity=WARNING,
    reason="A document that was read twice under two ids would count as two witnesses who agree. "
    "Two folders with one address, or with the same title, publisher and date, are mostly one.",
    bad="jones-2023-ilrs and spacenews-2023-ilrs, both of one address",
    good="spacenews-2023-ilrs with the readings of both",
)
YEAR = Rule(
    code="E126",
    name="folder-year",
    severity=WARNING,
    reason="The folder is named after the publisher and the year. Where no date of the document "
    "lies in that year, the name or the date is mistaken.",
    bad="seeds/bloomberg-2023-alliance/ with the date of issue 1923-02-27",
    good="seeds/bloomberg-2023-alliance/ with the date of issue 2023-02-27",
)
RULES = (TWICE, YEAR)

_year_in = re.compile("(?:^|-)((?:1[6-9]|2[01])[0-9]{2})(?:-|$)").search


def check(examination: Examination) -> Iterator[Problem]:
    """Compare each source with those before it, and its name with its dates."""
    by_address: dict[str, str] = {}
    by_title: dict[tuple[str, ...], str] = {}
    for entry in examination.entries.values():
        if not entry.is_read or entry.id == EDITORS:
            continue
        spoiled = examination.entry_remarks.get(entry.id, {})
        address = "" if "url" in spoiled else _address(entry.cells["url"])
        title = tuple(entry.cells[name].casefold() for name in ("title", "publisher", "issued"))
        other = by_address.setdefault(address, entry.id) if address else entry.id
        name, shared = "url", "address"
        if other == entry.id and all(title):
            other = by_title.setdefault(title, entry.id)
            name, shared = "title", "title, publisher and date"
        if other != entry.id:
            yield _twice(entry, other, name, shared)
        yield from _year(entry, set(spoiled))


def _address(url: str) -> str:
    """Return an address without what does not tell documents apart."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    query = "&".join(one for one in parts.query.split("&") if not one.startswith("utm_"))
    return f"{host}{parts.path.rstrip('/')}?{query}" if host else ""


def _twice(entry: Entry, other: str, name: str, shared: str) -> Problem:
    return TWICE.at(
        entry.place(name),
        f"{entry.id} has the same {shared} as {other}.",
        expected="Expected one folder for one document.",
        remedy=f"Move the readings into {other}, or correct the description.",
        record=f"sources/{entry.id}",
        field=name,
    )


def _year(entry: Entry, spoiled: set[str]) -> Iterator[Problem]:
    found = _year_in(entry.id)
    names = ("issued", "issued_probable")
    given = {name: entry.cells[name] for name in names if entry.cells[name]}
    if not found or not given or spoiled & set(given):
        return
    if not any(date(text).is_compatible(found[1]) for text in given.values()):
        name = next(iter(given))
        yield YEAR.at(
            entry.place(name),
            f"The folder is of {found[1]} and the document of {' or '.join(given.values())}.",
            expected="Expected the year of the document in the name of its folder.",
            remedy="Correct the date, or rename the folder.",
            record=f"sources/{entry.id}",
            field=name,
        )
