"""E129: an edition that is not named after a day."""

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Place, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.sidecars import EDITION

NAME = Rule(
    code="E129",
    name="edition-date",
    severity=ERROR,
    reason="An edition is named after the day on which it was made, with dots: so editions stand "
    "in order, and nobody builds one for a day that has not come.",
    bad='{"edition": "22.11.2026"}',
    good='{"edition": "2026.11.22"}',
)
RULES = (NAME,)

_MOST_BYTES = 65_536
_is_name = re.compile("([0-9]{4})[.]([0-9]{2})[.]([0-9]{2})").fullmatch


def check(examination: Examination) -> Iterator[Problem]:
    """Look at edition.json, if there is one; a link is not followed."""
    path = examination.seeds.root / EDITION
    if path.is_symlink() or not path.is_file():
        return
    text = _read(path)
    what, remedy = _fault(text, examination.today)
    if what:
        lines = text.split("\n")
        yield NAME.at(
            Place(EDITION, 1, max(lines[0].find(":") + 3, 1) if ":" in lines[0] else 1, lines[0]),
            what,
            expected='Expected {"edition": "2026.11.22"}, with the year first.',
            remedy=remedy,
            field="edition",
        )


def _read(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES).decode("utf-8", "replace")


def _fault(text: str, today: datetime.date | None) -> tuple[str, str]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return "The file is not valid JSON.", "Write it as expected."
    if not isinstance(data, dict) or set(data) != {"edition"}:
        return "The file does not hold the edition alone.", "Write it as expected."
    name = data["edition"]
    found = _is_name(name) if isinstance(name, str) else None
    if found is None:
        return "The edition is not named after a day.", _meant(
            name if isinstance(name, str) else ""
        )
    try:
        day = datetime.date(*map(int, found.groups()))
    except ValueError:
        return f"There is no day {name}.", "Correct the date."
    if today is not None and day > today:
        return f"The day {name} is still to come.", "Correct the date."
    return "", ""


def _meant(name: str) -> str:
    """Propose the name for a date that is spelt otherwise."""
    parts = re.findall("[0-9]{1,4}", name[:40])
    if len(parts) == 3:
        year, month, day = parts if len(parts[0]) == 4 else reversed(parts)
        if len(year) == 4:
            return f"Did you mean {year}.{int(month):02d}.{int(day):02d}?"
    return "Write the year, the month and the day with dots."
