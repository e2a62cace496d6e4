"""F114 to F116, F118, F119: what is wrong with a header, one problem for each of its cells."""

from collections.abc import Iterator

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Place, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.sheets import Sheet
from lunarprogrammes.check.sidecars import coverage_sheet, redirects_sheet
from lunarprogrammes.check.words import nearest, plain

UNKNOWN_COLUMN = Rule(
    code="F114",
    name="unknown-column",
    severity=ERROR,
    reason="A column that the table does not know is not read, and its claims would be lost.",
    bad="id,lauch_date,locator",
    good="id,launch_date,locator",
)
MISSING_COLUMN = Rule(
    code="F115",
    name="missing-column",
    severity=ERROR,
    reason="Without its key a row speaks of nothing.",
    bad="name,launch_date,locator",
    good="id,name,launch_date,locator",
)
HEADER_ONLY = Rule(
    code="F116",
    name="header-only",
    severity=ERROR,
    reason="A file without rows claims nothing; mostly its rows were lost.",
    bad="missions.csv with the line `id,name,locator` alone",
    good="missions.csv with rows, or no such file",
)
SEPARATOR = Rule(
    code="F118",
    name="separator",
    severity=ERROR,
    reason="Cells are separated by commas. Some spreadsheets write semicolons or tabs instead, "
    "according to the language that they are set to.",
    bad="id;name;locator",
    good="id,name,locator",
)
NO_HEADER = Rule(
    code="F119",
    name="no-header",
    severity=ERROR,
    reason="The first line names the columns; without it nobody knows what the cells mean.",
    bad="change-5,Chang'e 5,p. 1 as the first line",
    good="id,name,locator as the first line",
)
RULES = (UNKNOWN_COLUMN, MISSING_COLUMN, HEADER_ONLY, SEPARATOR, NO_HEADER)

# A table has some thirty columns: what has far more unknown ones is another file altogether.
_MOST_UNKNOWN = 100


def check(examination: Examination) -> Iterator[Problem]:
    """Compare each header with the columns of its table."""
    beside = (coverage_sheet(examination), redirects_sheet(examination))
    for sheet in (*examination.sheets, *(one for one in beside if one)):
        header = sheet.file.header
        if not header:
            continue
        if len(header) == 1 and (mark := next((mark for mark in ";\t|" if mark in header[0]), "")):
            yield _separator(sheet, mark)
            continue
        if not sheet.has_header:
            yield _no_header(sheet)
            continue
        unknown = [name for name in header if name not in sheet.columns]
        meant = {name: _meant(sheet, name) for name in unknown[:_MOST_UNKNOWN]}
        for name, near in meant.items():
            yield _unknown(sheet, name, near)
        for name in _needed(sheet):
            if name not in sheet.columns and name not in meant.values():
                yield _missing(sheet, name)
        # The decisions may be none yet; a reading of nothing is a mistake.
        if sheet.table and not sheet.file.records and not sheet.file.faults:
            what = "The file has a header and no rows."
            yield HEADER_ONLY.at(sheet.header(), what, remedy="Add the rows or delete the file.")


def _needed(sheet: Sheet) -> tuple[str, ...]:
    return sheet.key if sheet.table else tuple(sheet.known_columns)


def _meant(sheet: Sheet, name: str) -> str | None:
    others = [column for column in sheet.known_columns if column not in sheet.file.header]
    return nearest(name, others)


def _top(sheet: Sheet) -> Place:
    """Return the beginning of the first line: a column without a name has a place of its own."""
    return Place(sheet.path, 1, 1, sheet.line_text(1))


def _separator(sheet: Sheet, mark: str) -> Problem:
    names = {";": "semicolons", "\t": "tabs", "|": "bars"}
    return SEPARATOR.at(
        _top(sheet),
        f"The header is separated by {names[mark]}.",
        expected="Expected cells separated by commas.",
        remedy=f"Did you mean {_top(sheet).text.replace(mark, ',')}?"
        if sheet.table and set(sheet.file.header[0].split(mark)) <= set(sheet.known_columns)
        else "Save the file as comma-separated values.",
    )


def _no_header(sheet: Sheet) -> Problem:
    return NO_HEADER.at(
        _top(sheet),
        "The first line names no column.",
        expected=f"The columns are {', '.join(sheet.known_columns)}.",
        remedy="Write the names of the columns in the first line.",
    )


def _unknown(sheet: Sheet, name: str, near: str | None) -> Problem:
    table = f"The table {sheet.table.name}" if sheet.table else f"The file {sheet.path}"
    expected = "" if near else f"The columns are {', '.join(sheet.known_columns)}."
    remedy = f"Did you mean {near}?" if near else "Delete the column or rename it."
    if not name.strip():
        what = "A column has no name."
    elif sheet.table and name in sheet.table.fields:
        what = f"The column '{name}' is derived by the build."
        expected, remedy = "", "Delete the column."
    elif near and plain(name) != name:
        what = f"The column '{name}' has letters that only look like Latin ones."
    elif near and name.strip().lower() == near:
        what = f"The column '{name}' differs from {near} in case or by a space."
    else:
        what = f"{table} has no column '{name}'."
    return UNKNOWN_COLUMN.at(
        sheet.header(name), what, expected=expected, remedy=remedy, field=near or ""
    )


def _missing(sheet: Sheet, name: str) -> Problem:
    what = f"The column '{name}' is missing."
    field = sheet.known_columns[name]
    meaning = f"{field.meaning[0].lower()}{field.meaning[1:].removesuffix('.')}"
    remedy = f"Add it: {meaning}, such as {field.example.removesuffix('.')}."
    return MISSING_COLUMN.at(sheet.header(), what, remedy=remedy, field=name)
