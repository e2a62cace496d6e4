"""L134: a time at midnight, which a program has put behind a day."""

import re
from collections.abc import Iterator

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.sheets import Sheet

MIDNIGHT = Rule(
    code="L134",
    name="midnight",
    severity=WARNING,
    reason="Spreadsheets and databases turn 2026-05-03 into 2026-05-03T00:00:00Z. Hardly anything "
    "happens at midnight to the second: the document mostly gave only the day.",
    bad="2020-11-23T00:00:00Z",
    good="2020-11-23, or the time that the document gives",
)
RULES = (MIDNIGHT,)

_midnight = re.compile("T00:00(:00)?Z").search


def check(examination: Examination) -> Iterator[Problem]:
    """Look for midnights in each column of dates; one warning for a column."""
    for sheet in examination.readings:
        for name, field in sheet.columns.items():
            if field.kind == "date":
                yield from _column(sheet, name)


def _column(sheet: Sheet, name: str) -> Iterator[Problem]:
    rows = sheet.rows_where(name, lambda text: _midnight(text) is not None)
    if not rows:
        return
    first = rows[0]
    text = first.cells[name]
    what = f"The time of '{text}' is midnight."
    if len(rows) > 1:
        what = f"{len(rows)} times in the column {name} are midnight, the first '{text}'."
    yield MIDNIGHT.at(
        sheet.cell(first, name),
        what,
        expected="Expected a time only where the document gives one.",
        remedy=f"Write {text.partition('T')[0]} if the document gives the day alone.",
        record=sheet.record(first),
        field=name,
    )
