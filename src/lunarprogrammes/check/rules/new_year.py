"""L112, L120: many dates on the first of January, or of any month."""

from collections.abc import Iterator

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.sheets import Rows, Sheet
from lunarprogrammes.evidence.tabular import Row

NEW_YEAR = Rule(
    code="L112",
    name="new-year-cluster",
    severity=WARNING,
    reason="Spreadsheets turn 2026 into 2026-01-01. Where several days of a column are New Year's, "
    "the document mostly gave only the year.",
    bad="2026-01-01, 2028-01-01, 2030-01-01",
    good="2026, 2028, 2030",
)
FIRST_OF_MONTH = Rule(
    code="L120",
    name="first-of-month-cluster",
    severity=WARNING,
    reason="Spreadsheets turn May 2026 into 2026-05-01. One day in thirty is the first of a month: "
    "where a third of the days of a column are, the document mostly gave only the month.",
    bad="2026-05-01, 2027-08-01, 2028-11-01, 2030-03-01",
    good="2026-05, 2027-08, 2028-11, 2030-03",
)
RULES = (NEW_YEAR, FIRST_OF_MONTH)

_FEWEST = 3
_SHARE = 5  # one in so many
_FEWEST_FIRSTS = 4
_SHARE_OF_FIRSTS = 3
_DAY_LENGTH = len("2026-01-01")


def check(examination: Examination) -> Iterator[Problem]:
    """Count the days of each column of dates; one warning for a column."""
    for sheet in examination.readings:
        for name, field in sheet.columns.items():
            if field.kind == "date":
                yield from _column(sheet, name)


def _is_first(text: str) -> bool:
    return text.endswith("-01") and len(text) == _DAY_LENGTH


def _days_with(sheet: Sheet, name: str, end: str) -> Rows:
    return sheet.rows_where(name, lambda text: len(text) == _DAY_LENGTH and text.endswith(end))


def _are_several(sheet: Sheet, rows: Rows, fewest: int) -> bool:
    """Say whether some rows speak of so many records at least."""
    records: set[str] = set()
    for row in rows:
        records.add(sheet.record(row))
        if len(records) >= fewest:
            return True
    return False


def _column(sheet: Sheet, name: str) -> Iterator[Problem]:
    if not any(_is_first(text) for text in sheet.distinct(name)):
        return
    days = [text for text in sheet.file.columns[name] if len(text) == _DAY_LENGTH]
    new_years = _days_with(sheet, name, "-01-01")
    if _are_several(sheet, new_years, _FEWEST) and len(new_years) * _SHARE >= len(days):
        what = f"Of {len(days)} days in the column {name}, {len(new_years)} are the first of "
        yield _problem(NEW_YEAR, sheet, new_years[0], name, f"{what}January.")
        return
    firsts = _days_with(sheet, name, "-01")
    if _are_several(sheet, firsts, _FEWEST_FIRSTS) and len(firsts) * _SHARE_OF_FIRSTS >= len(days):
        what = f"Of {len(days)} days in the column {name}, {len(firsts)} are the first of a month."
        yield _problem(FIRST_OF_MONTH, sheet, firsts[0], name, what)


def _problem(rule: Rule, sheet: Sheet, first: Row, name: str, what: str) -> Problem:
    unit = "year" if rule is NEW_YEAR else "month"
    end = -len("-01-01") if rule is NEW_YEAR else -len("-01")
    return rule.at(
        sheet.cell(first, name),
        what,
        expected="Expected dates as precise as the document gives them.",
        remedy=f"Write the {unit} alone, such as {first.cells[name][:end]}, where the document "
        "gives no day.",
        record=sheet.record(first),
        field=name,
    )
