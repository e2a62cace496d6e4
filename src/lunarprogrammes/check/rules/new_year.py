"""L112: many dates on the first of January."""

from collections.abc import Iterator

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.sheets import Sheet

NEW_YEAR = Rule(
    code="L112",
    name="new-year-cluster",
    severity=WARNING,
    reason="Spreadsheets turn 2026 into 2026-01-01. Where several days of a column are New Year's, "
    "the document mostly gave only the year.",
    bad="2026-01-01, 2028-01-01, 2030-01-01",
    good="2026, 2028, 2030",
)
RULES = (NEW_YEAR,)

_FEWEST = 3
_SHARE = 5  # one in so many
_DAY_LENGTH = len("2026-01-01")


def check(examination: Examination) -> Iterator[Problem]:
    """Count the days of each column of dates; one warning for a column."""
    for sheet in examination.readings:
        for name, field in sheet.columns.items():
            if field.kind == "date":
                yield from _column(sheet, name)


def _column(sheet: Sheet, name: str) -> Iterator[Problem]:
    days = [row for row in sheet.file.rows if len(row.cells[name]) == _DAY_LENGTH]
    new_years = [row for row in days if row.cells[name].endswith("-01-01")]
    records = {sheet.record(row) for row in new_years}
    if len(records) >= _FEWEST and len(new_years) * _SHARE >= len(days):
        first = new_years[0]
        yield NEW_YEAR.at(
            sheet.cell(first, name),
            f"Of {len(days)} days in the column {name}, {len(new_years)} are the first of January.",
            expected="Expected dates as precise as the document gives them.",
            remedy="Write the year alone where the document gives no day.",
            record=sheet.record(first),
            field=name,
        )
