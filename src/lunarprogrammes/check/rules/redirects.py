"""E132, E133, S115: retired ids that are not told rightly, or that a reading still uses."""

from collections.abc import Iterator
from typing import NamedTuple

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.rules.references import targets
from lunarprogrammes.check.sheets import Sheet
from lunarprogrammes.check.sidecars import REDIRECTS, redirects_sheet, retired_ids
from lunarprogrammes.check.suggestions import suggestion
from lunarprogrammes.check.words import did_you_mean, example_of, expects
from lunarprogrammes.evidence.redirects import Redirect
from lunarprogrammes.evidence.tabular import Row
from lunarprogrammes.tables import all_tables

ROW = Rule(
    code="E132",
    name="redirect-row",
    severity=ERROR,
    reason="Whoever follows a retired id is told since when and why it is one, and arrives at one "
    "record: each id of a table stands once, with its day and its reason.",
    bad="missions,chang-e-5,change-5,,",
    good="missions,chang-e-5,change-5,2026-12-01,Spelt as the agency spells it.",
)
TARGET = Rule(
    code="E133",
    name="redirect-target",
    severity=ERROR,
    reason="A redirect leads to a record in one step. One that leads to nothing, to itself or to "
    "another retired id breaks every link and citation that follows it, and an id that is in use "
    "is not retired.",
    bad="missions,chang-e-5,change-55,2026-12-01,One spelling.",
    good="missions,chang-e-5,change-5,2026-12-01,One spelling.",
)
RETIRED = Rule(
    code="S115",
    name="retired-id",
    severity=ERROR,
    reason="An id that was retired is never used again, so that what was published under it stays "
    "findable. redirects.csv says which id is meant now.",
    bad="programme: chang-e-programme",
    good="programme: clep",
)
RULES = (ROW, TARGET, RETIRED)


class _Found(NamedTuple):
    """What is wrong with a row: the rule, the cell at which it shows, and the words."""

    rule: Rule
    column: str
    what: str
    expected: str = ""
    remedy: str = ""


def check(examination: Examination) -> Iterator[Problem]:
    """Look at every row of redirects.csv, then at every id in the readings."""
    sheet = redirects_sheet(examination)
    if sheet is None:
        return
    if sheet.has_key and examination.focus in {None, REDIRECTS}:
        yield from _of_rows(examination, sheet)
    if retired_ids(examination):
        for reading in examination.readings:
            yield from _of_reading(examination, reading)


def _of_rows(examination: Examination, sheet: Sheet) -> Iterator[Problem]:
    lines: dict[tuple[str, str], int] = {}
    for row in sheet.file.rows:
        found = _of_cells(examination, sheet, row)
        redirect = Redirect.from_row(row.cells)
        if found is None:
            first = lines.setdefault((redirect.table, redirect.old_id), row.line)
            found = _judge(examination, redirect) if first == row.line else _twice(first)
        if found:
            yield found.rule.at(
                sheet.cell(row, found.column),
                found.what,
                expected=found.expected,
                remedy=found.remedy,
                record=sheet.record(row),
                field=found.column,
            )


def _of_cells(examination: Examination, sheet: Sheet, row: Row) -> _Found | None:
    """Return the first thing wrong with a cell of a row by itself."""
    for name, field in sheet.columns.items():
        text = row.cells[name]
        if not text and field.required:
            return _Found(ROW, name, f"The cell {name} is empty.", "", example_of(field))
        remark = examination.remark(field, text) if text else None
        if remark:
            return _Found(ROW, name, remark.what, expects(field), remark.remedy)
    return None


def _twice(line: int) -> _Found:
    return _Found(ROW, "old_id", f"The id is already retired in line {line}.", "", "Keep one row.")


def _judge(examination: Examination, redirect: Redirect) -> _Found | None:
    with_ids = [name for name, table in all_tables().items() if table.key == ("id",)]
    if redirect.table not in with_ids or redirect.table == "claims":
        what = f"No table '{redirect.table}' has ids that could be retired."
        return _Found(ROW, "table", what, "", did_you_mean(redirect.table, with_ids))
    if redirect.table == "sources" and redirect.old_id in examination.entries:
        what = f"There is still a folder {redirect.old_id}."
        remedy = "Rename the folder, or delete the row."
        return _Found(TARGET, "old_id", what, "Expected an id that is no longer used.", remedy)
    return None if redirect.leads_nowhere else _of_target(examination, redirect)


def _of_target(examination: Examination, redirect: Redirect) -> _Found | None:
    table, new = redirect.table, redirect.new_id
    expected = f"Expected the id of a record of {table} that exists."
    if new == redirect.old_id:
        what = "The redirect leads to itself."
        return _Found(TARGET, "new_id", what, expected, "Name the id that is meant now.")
    if further := retired_ids(examination).get((table, new)):
        what = f"'{new}' is retired too."
        remedy = f"Did you mean {further.new_id}?" if further.new_id else "Leave the cell empty."
        if further.new_id == redirect.old_id:
            remedy = "The two lead to each other: delete the row of the id that is in use."
        return _Found(TARGET, "new_id", what, expected, remedy)
    records = examination.records[table]
    if new in records or table in examination.incomplete_tables:
        return None
    otherwise = "Leave the cell empty where the record was withdrawn and none takes its place."
    remedy = suggestion(examination, TARGET.code, new, sorted(records), otherwise)
    return _Found(TARGET, "new_id", f"No document speaks of {table}/{new}.", expected, remedy)


def _of_reading(examination: Examination, sheet: Sheet) -> Iterator[Problem]:
    retired = retired_ids(examination)
    for name, field in sheet.columns.items():
        if field.kind == "id" and sheet.table and sheet.key == (name,):
            of = sheet.table.name
            found = {text: retired.get((of, text)) for text in sheet.distinct(name)}
        elif field.kind in {"reference", "record"}:
            found = {
                text: next((retired[key] for key in targets(field, text) if key in retired), None)
                for text in sheet.distinct(name) - {""}
            }
        else:
            continue
        for row in sheet.rows_where(name, found.get):
            redirect = found[row.cells[name]]
            assert redirect is not None, "Only rows with a retired id are asked for."
            slash = f"{redirect.table}/" if field.kind == "record" else ""
            yield RETIRED.at(
                sheet.cell(row, name),
                f"The id '{redirect.old_id}' was retired on {redirect.retired}: {redirect.reason}",
                remedy=f"Did you mean {slash}{redirect.new_id}?"
                if redirect.new_id
                else "The record was withdrawn: delete the row, or choose another id.",
                record=sheet.record(row),
                field=name,
            )
