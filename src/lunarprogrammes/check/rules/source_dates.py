"""E115, E116: dates of documents that cannot be."""

from collections.abc import Iterator

from lunarprogrammes.answers import Answer
from lunarprogrammes.check.days import date
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule

READ_BEFORE_ISSUED = Rule(
    code="E115",
    name="read-before-issued",
    severity=ERROR,
    reason="Nobody reads a document before it is issued: one of the two dates is wrong.",
    bad='"issued": 2023-02-27, "accessed": 2022-11-01',
    good='"issued": 2023-02-27, "accessed": 2026-11-01',
)
FUTURE = Rule(
    code="E116",
    name="future-date",
    severity=ERROR,
    reason="A document that is not issued yet cannot have been read, and no statement holds for a "
    "day that has not come: a plan has the date on which it was made.",
    bad="as_of: 2035, of a plan for 2035",
    good="as_of: 2024, of a plan for 2035",
)
RULES = (READ_BEFORE_ISSUED, FUTURE)


def check(examination: Examination) -> Iterator[Problem]:
    """Compare each source's dates with each other and, where a day is given, with today."""
    yield from _order(examination)
    if examination.today is not None:
        yield from _future_sources(examination)
        yield from _future_statements(examination)


def _order(examination: Examination) -> Iterator[Problem]:
    for entry in examination.entries.values():
        issued, accessed = entry.cells["issued"], entry.cells["accessed"]
        bad = examination.entry_remarks.get(entry.id, {})
        if not (issued and accessed) or {"issued", "accessed"} & set(bad):
            continue
        if date(accessed).before(date(issued)) is Answer.YES:
            yield READ_BEFORE_ISSUED.at(
                entry.place("accessed"),
                f"The document was read on {accessed} and issued on {issued}.",
                expected="Expected to be issued first and read afterwards.",
                remedy="Correct the date that is wrong.",
                record=f"sources/{entry.id}",
                field="accessed",
            )


def _is_future(examination: Examination, text: str) -> bool:
    return examination.today is not None and date(text).after(examination.today) is Answer.YES


def _future_sources(examination: Examination) -> Iterator[Problem]:
    for entry in examination.entries.values():
        bad = examination.entry_remarks.get(entry.id, {})
        for name in ("issued", "issued_probable", "accessed"):
            text = entry.cells[name]
            if text and name not in bad and _is_future(examination, text):
                yield FUTURE.at(
                    entry.place(name),
                    f"{text} is still to come.",
                    expected=f"Expected a date up to {examination.today}.",
                    remedy="Correct the date.",
                    record=f"sources/{entry.id}",
                    field=name,
                )


def _future_statements(examination: Examination) -> Iterator[Problem]:
    for sheet in examination.sheets:
        name = "as_of" if sheet.table else "decided"
        if name not in sheet.columns:
            continue
        field = sheet.columns[name]
        for row in sheet.rows_where(name, bool):
            text = row.cells[name]
            if text and examination.remark(field, text) is None and _is_future(examination, text):
                yield FUTURE.at(
                    sheet.cell(row, name),
                    f"{text} is still to come.",
                    expected=f"Expected a date up to {examination.today}.",
                    remedy="Give the date on which the statement was made.",
                    record=sheet.record(row),
                    field=name,
                )
